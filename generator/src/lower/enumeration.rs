//! `enum` and `const`: lists of literals, open in code.

use super::Lower;
use super::schema::Lowered;
use crate::diag::Code;
use crate::ir::{Doc, Enum, EnumValue, Shape, TypeKind};
use crate::load::{At, Kind};

impl<'a> Lower<'a> {
    /// A schema with `enum` or `const`. `null` among the literals is left to the caller.
    pub(super) fn enumeration(&mut self, at: At<'a>) -> Lowered {
        let literals: Vec<At<'a>> = match at.get("enum") {
            Some(list) if matches!(list.node.kind, Kind::Array(_)) => {
                list.items().filter(|literal| !literal.is_null()).collect()
            }
            Some(list) => {
                self.sink.warning(
                    Code::KeywordType,
                    list.origin(),
                    format!("`enum` is {}", list.node.type_name()),
                    "it is passed over",
                );
                Vec::new()
            }
            None => at.get("const").into_iter().filter(|literal| !literal.is_null()).collect(),
        };
        let types = self.types_of(at);
        if literals.is_empty() {
            return Lowered::Plain(match types.as_slice() {
                ["string"] => Shape::Text(crate::ir::TextFormat::Plain),
                _ => Shape::Json,
            });
        }
        if literals.iter().all(|literal| literal.as_bool().is_some()) {
            return Lowered::Plain(Shape::Bool);
        }
        let all_text = literals.iter().all(|literal| literal.as_str().is_some());
        let scalars = literals.iter().all(|literal| !matches!(literal.node.kind, Kind::Array(_) | Kind::Object(_)));
        if !scalars {
            self.sink.left_out(
                Code::EnumValue,
                at.origin(),
                "an enum lists arrays or objects",
                "the value is free JSON",
            );
            return Lowered::Plain(Shape::Json);
        }
        // `type: string` beside numbers or booleans: YAML reads unquoted words such as `1` or `no` so; the text is meant.
        let text = all_text || types.as_slice() == ["string"];
        if text && !all_text {
            self.sink.warning(
                Code::EnumValue,
                at.origin(),
                "an enum of strings lists other literals",
                "their text is taken",
            );
        }
        let mut values: Vec<EnumValue> = Vec::new();
        for (index, literal) in literals.iter().enumerate() {
            let wire = match literal.as_str() {
                Some(word) if text => word.to_owned(),
                _ => literal.node.to_json(),
            };
            if values.iter().any(|value| value.wire == wire) {
                continue;
            }
            values.push(EnumValue {
                wire,
                name: label(at, &["x-enum-varnames", "x-enumNames", "x-enum-names"], index),
                doc: description(at, index, *literal),
            });
        }
        Lowered::Type(TypeKind::Enum(Enum { values, text }))
    }
}

/// The entry that an extension has for one literal.
fn label(at: At<'_>, keys: &[&str], index: usize) -> Option<String> {
    keys.iter().find_map(|key| at.get(key)?.items().nth(index)?.as_str().map(str::to_owned))
}

fn description(at: At<'_>, index: usize, literal: At<'_>) -> Doc {
    let by_place = label(at, &["x-enum-descriptions", "x-enumDescriptions"], index);
    let by_name = || {
        let word = literal.as_str()?;
        ["x-enum-descriptions", "x-enumDescriptions"].iter().find_map(|key| at.get(key)?.str(word)).map(str::to_owned)
    };
    Doc { description: by_place.or_else(by_name), ..Doc::default() }
}
