//! A choice between scalars: lists of literals, numbers, texts. Most are one type and no union.

use std::collections::BTreeSet;

use super::parts::{Part, Parts, Role};
use super::schema::{Lowered, strip_null};
use super::union::Choice;
use super::{Lower, prose};
use crate::ir::{Doc, Enum, EnumValue, FloatKind, NameHint, Shape, TextFormat, TypeKind};
use crate::load::Kind;

impl<'a> Lower<'a> {
    /// A choice between lists of literals, or between scalars of one kind: `anyOf: [string, enum of strings]` is one enum,
    /// which is open anyway.
    pub(super) fn literals_or_scalars(&mut self, choice: &Choice<'a>, base: &Parts<'a>) -> Option<Lowered> {
        let mut values: Vec<EnumValue> = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut kinds: Vec<&str> = Vec::new();
        let mut plains: Vec<Part<'a>> = Vec::new();
        let (mut text, mut other, mut plain) = (false, false, false);
        for member in &choice.members {
            let mut leaves = Vec::new();
            self.spread(*member, &mut leaves);
            let mut parts = self.deep(&leaves, None);
            // A file is no text, though its type is `string`.
            if parts.list.iter().any(|part| self.is_binary(part.at)) {
                return None;
            }
            if !self.settle(&mut parts).is_empty() || parts.list.iter().any(|part| part.role == Role::Maybe) {
                return None;
            }
            let mut types = self.types(&parts);
            if types.is_empty() {
                types = self.types(base);
            }
            if types.iter().any(|name| matches!(*name, "object" | "array" | "file")) {
                return None;
            }
            match self.literals(&parts) {
                Some(literals) => {
                    if !self.spend(self.cost(&literals), member.at) {
                        return Some(Lowered::Plain(Shape::Json));
                    }
                    let list = self.values_of(&literals, &types);
                    if list.text {
                        text = true
                    } else {
                        other = true
                    }
                    for mut value in list.values {
                        if value.doc == Doc::default() && literals.len() == 1 {
                            value.doc = prose::doc(member.at);
                        }
                        if known.insert(value.wire.clone()) {
                            values.push(value);
                        }
                    }
                }
                None => {
                    plain = true;
                    let [one] = types.as_slice() else { return None };
                    kinds.push(one);
                    plains.push(*member);
                    text |= *one == "string";
                    other |= *one != "string";
                }
            }
        }
        let booleans = !values.is_empty() && values.iter().all(|value| matches!(value.wire.as_str(), "true" | "false"));
        match (text, other) {
            _ if booleans && other && !text => {
                kinds.iter().all(|kind| *kind == "boolean").then_some(Lowered::Plain(Shape::Bool))
            }
            (true, false) if values.is_empty() => Some(Lowered::Plain(Shape::Text(TextFormat::Plain))),
            (true, false) => Some(Lowered::Type(TypeKind::Enum(Enum { values, text: true, open: plain }))),
            // Any number, so those that are listed add nothing.
            (false, true) if plain => {
                let listed: Vec<&str> = values.iter().map(|value| value.wire.as_str()).collect();
                (listed.len() + kinds.len() > 1).then(|| self.any_number(&plains, &kinds, &listed)).flatten()
            }
            (false, true) => Some(Lowered::Type(TypeKind::Enum(Enum { values, text: false, open: plain }))),
            // Texts and others: a text of an enum of texts is no JSON, so the lists would not go together.
            _ if plain => None,
            _ => self.mixed_literals(choice),
        }
    }

    /// A number of any of some schemas, or one of some literals.
    fn any_number(&mut self, schemas: &[Part<'a>], kinds: &[&str], listed: &[&str]) -> Option<Lowered> {
        let is_number = |text: &&str| text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if !kinds.iter().all(|kind| matches!(*kind, "integer" | "number")) || !listed.iter().all(is_number) {
            return None;
        }
        let mut widths = Vec::new();
        for schema in schemas {
            let mut shape = strip_null(self.shape_of(&[*schema], &NameHint::named("number")));
            while let Shape::Named(id) = shape
                && let TypeKind::Alias(target) = &self.api.types[id].kind
            {
                shape = strip_null(target.clone());
            }
            match shape {
                Shape::Int(width) => widths.push(width),
                _ => return Some(Lowered::Plain(Shape::Float(FloatKind::Exact))),
            }
        }
        Some(Lowered::Plain(super::wide::widest(&widths, listed)))
    }

    /// Literals of several kinds.
    fn mixed_literals(&mut self, choice: &Choice<'a>) -> Option<Lowered> {
        let mut values: Vec<EnumValue> = Vec::new();
        for member in &choice.members {
            let mut leaves = Vec::new();
            self.spread(*member, &mut leaves);
            let literals = self.literals(&self.deep(&leaves, None))?;
            let list = self.values_of(&literals, &[]);
            values.extend(list.values.into_iter().map(|value| match list.text {
                true => EnumValue {
                    name: value.name.or_else(|| Some(value.wire.clone())),
                    wire: quoted(&value.wire),
                    ..value
                },
                false => value,
            }));
        }
        Some(Lowered::Type(TypeKind::Enum(Enum { values, text: false, open: false })))
    }
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    crate::load::Node { id: 0, kind: Kind::String(text.into()) }.to_json()
}
