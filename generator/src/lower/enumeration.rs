//! `enum` and `const`: lists of literals, open in code.

use std::collections::BTreeSet;

use super::Lower;
use super::memo::for_text;
use super::parts::{Parts, Role};
use super::schema::Lowered;
use crate::diag::Code;
use crate::ir::{Doc, Enum, EnumValue, NameHint, Shape, TextFormat, TypeKind};
use crate::load::{At, Document, Kind};

/// No more entries of an extension than this are searched for one literal.
const MANY: usize = 2_000;

/// The literals that a value can be.
pub(super) struct Literals<'a> {
    doc: &'a Document,
    /// The schema that lists them; it has their names and descriptions.
    at: At<'a>,
    /// Its index in the list and the literal; `null` is left to the caller.
    list: Vec<(usize, At<'a>)>,
}

impl<'a> Lower<'a> {
    /// The literals that all parts allow, if any part has a list of them.
    pub(super) fn literals(&self, parts: &Parts<'a>) -> Option<Literals<'a>> {
        let mut lists =
            parts.list.iter().filter(|part| part.role != Role::Maybe).filter_map(|part| self.listed(part.at));
        let mut found = lists.next()?;
        for next in lists {
            let theirs: BTreeSet<String> = next.json().collect();
            let mut both = Literals { list: Vec::new(), ..found };
            both.list.extend(found.list.iter().filter(|(_, literal)| theirs.contains(&literal.node.to_json())));
            let ours: BTreeSet<String> = found.json().collect();
            if both.list.is_empty() {
                self.sink.warning(
                    Code::SchemaConflict,
                    next.at.origin(),
                    "no value is in this list of literals and in that of another part of the schema",
                    "the later part counts",
                );
                both = next;
            } else if let Some((_, lost)) =
                next.list.iter().find(|(_, literal)| !ours.contains(&literal.node.to_json()))
            {
                let message =
                    format!("`{}` is no value of another part of the schema", lost.node.to_json().replace('`', "'"));
                self.sink.warning(
                    Code::SchemaConflict,
                    lost.origin(),
                    message,
                    "it is not among the values of the type",
                );
            }
            found = both;
        }
        Some(found)
    }

    /// The literals of one schema.
    fn listed(&self, at: At<'a>) -> Option<Literals<'a>> {
        let all: Vec<At<'a>> = match (at.get("const"), at.get("enum")) {
            (Some(one), _) => vec![one],
            (None, Some(list)) if matches!(list.node.kind, Kind::Array(_)) && !list.is_empty() => {
                list.items().collect()
            }
            (None, Some(list)) => {
                let what =
                    if matches!(list.node.kind, Kind::Array(_)) { "an empty list" } else { list.node.type_name() };
                self.sink.warning(Code::KeywordType, list.origin(), format!("`enum` is {what}"), "it is passed over");
                return None;
            }
            (None, None) => return None,
        };
        let list: Vec<_> = all.into_iter().enumerate().filter(|(_, literal)| !literal.is_null()).collect();
        // Nothing but `null` says no more than that.
        (!list.is_empty()).then_some(Literals { doc: self.doc, at, list })
    }

    /// What literals make. `main` is where the schema stands.
    pub(super) fn enumeration(
        &mut self,
        main: At<'a>,
        literals: Literals<'a>,
        parts: &Parts<'a>,
        hint: &NameHint,
    ) -> Lowered {
        let types = self.types(parts);
        let is = |kind: fn(At<'a>) -> bool| literals.list.iter().all(|(_, literal)| kind(*literal));
        let wanted = match types.as_slice() {
            [one] => Some(*one),
            [..] => None,
        };
        // It is told at the first literal of those.
        let misfit = |fits: fn(At<'a>) -> bool, what: &str, effect: &str| {
            let first = literals.list.iter().map(|(_, literal)| *literal).find(|literal| !fits(*literal));
            self.sink.warning(Code::EnumValue, first.unwrap_or(literals.at).origin(), what, effect);
        };
        match wanted {
            _ if is(|literal| literal.as_bool().is_some()) => {
                if wanted.is_some_and(|name| name != "boolean" && name != "string") {
                    misfit(|_| false, "an enum lists booleans, which its type does not allow", "the booleans count");
                }
                if wanted != Some("string") {
                    return Lowered::Plain(Shape::Bool);
                }
            }
            Some("boolean") if is(|literal| matches!(literal.as_str(), Some("true" | "false"))) => {
                misfit(|_| false, "an enum of booleans lists strings", "the booleans are meant");
                return Lowered::Plain(Shape::Bool);
            }
            // The list is meant for the items.
            Some("array") if is(|literal| !matches!(literal.node.kind, Kind::Array(_))) => {
                misfit(
                    |_| false,
                    "an enum lists single values, and the type is an array",
                    "the list is taken for that of the items",
                );
                let lowered = self.array(parts, hint);
                return match (lowered, values(&literals, None)) {
                    (Lowered::Plain(Shape::List(inner)), kind)
                        if matches!(*inner, Shape::Json | Shape::Text(TextFormat::Plain)) =>
                    {
                        let item = self.push_inline(main, &hint.child("item"), TypeKind::Enum(kind));
                        Lowered::Plain(Shape::List(Box::new(Shape::Named(item))))
                    }
                    (lowered, _) => lowered,
                };
            }
            Some("object") if is(|literal| !literal.is_object()) => {
                misfit(|_| false, "an enum lists no object, and the type is one", "the list is passed over");
                return self.object(parts, hint);
            }
            // YAML reads unquoted words such as `1` or `no` so; the text is meant.
            Some("string") if !is(|literal| literal.as_str().is_some()) => {
                misfit(|one| one.as_str().is_some(), "an enum of strings lists other literals", "their text is taken");
            }
            Some("integer" | "number") if !is(|literal| literal.as_number().is_some()) => {
                misfit(
                    |one| one.as_number().is_some(),
                    "an enum of numbers lists other literals",
                    "numbers in quotes are taken as numbers, the others as they are",
                );
            }
            _ => {}
        }
        match self.spend(self.cost(&literals), main) {
            true => Lowered::Type(TypeKind::Enum(values(&literals, wanted))),
            false => Lowered::Plain(Shape::Json),
        }
    }

    /// Steps for writing a list out.
    pub(super) fn cost(&self, literals: &Literals<'a>) -> usize {
        let bytes = literals.list.iter().filter_map(|(_, literal)| literal.as_str()).map(str::len).sum();
        literals.list.len().saturating_mul(16).saturating_add(for_text(bytes))
    }

    /// The values of a list alone, such as that of a variant.
    pub(super) fn values_of(&self, literals: &Literals<'a>, types: &[&str]) -> Enum {
        values(
            literals,
            match types {
                [one] => Some(one),
                _ => None,
            },
        )
    }
}

impl Literals<'_> {
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }
    /// Whether all are strings.
    pub(super) fn all_text(&self) -> bool {
        self.list.iter().all(|(_, literal)| literal.as_str().is_some())
    }
    /// The literals as JSON.
    pub(super) fn json(&self) -> impl Iterator<Item = String> {
        self.list.iter().map(|(_, literal)| literal.node.to_json())
    }
    /// The literals as the text of a tag has them; none when one is no scalar.
    pub(super) fn texts(&self) -> Option<Vec<String>> {
        self.list
            .iter()
            .map(|(_, literal)| match literal.node.kind {
                Kind::Array(_) | Kind::Object(_) | Kind::Null => None,
                _ => Some(text_of(self.doc, *literal)),
            })
            .collect()
    }
}

/// The enum of some literals of a type.
fn values(literals: &Literals<'_>, wanted: Option<&str>) -> Enum {
    let text = literals.all_text() && !matches!(wanted, Some("integer" | "number"))
        || wanted == Some("string") && literals.list.iter().all(|(_, literal)| is_scalar(*literal));
    let mut values: Vec<EnumValue> = Vec::new();
    let mut known = BTreeSet::new();
    let title = title_of_objects(literals);
    for (index, literal) in &literals.list {
        let wire = match literal.as_str() {
            _ if text => text_of(literals.doc, *literal),
            Some(word) if matches!(wanted, Some("integer" | "number")) && is_number(word) => word.to_owned(),
            _ => literal.node.to_json(),
        };
        if !known.insert(wire.clone()) {
            continue;
        }
        let name = name(literals, *index, *literal)
            .or_else(|| literal.str(title?).map(str::to_owned))
            .or_else(|| (!is_scalar(*literal)).then(|| format!("value {}", index + 1)));
        values.push(EnumValue { wire, name, doc: description(literals, *index, *literal) });
    }
    Enum { text: text && !values.is_empty(), values, open: false }
}

/// The member that objects are called by: a text in each of them, and never the same.
fn title_of_objects(literals: &Literals<'_>) -> Option<&'static str> {
    ["name", "title", "slug", "key", "id"].into_iter().find(|key| {
        let mut texts = BTreeSet::new();
        let text = |literal: &At<'_>| literal.str(key).filter(|text| !text.trim().is_empty()).map(str::to_owned);
        literals.list.iter().all(|(_, literal)| text(literal).is_some_and(|text| texts.insert(text)))
    })
}

fn is_scalar(at: At<'_>) -> bool {
    !matches!(at.node.kind, Kind::Array(_) | Kind::Object(_))
}

/// The text of a literal: of unquoted words of YAML what they look like.
pub(super) fn text_of(doc: &Document, at: At<'_>) -> String {
    doc.word(at).map_or_else(|| at.node.to_json(), str::to_owned)
}

/// Whether a text is a number of JSON (RFC 8259, section 6).
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && digits(fraction) && digits(exponent)
}

/// The name that an extension has for a literal.
fn name(literals: &Literals<'_>, index: usize, literal: At<'_>) -> Option<String> {
    let Literals { doc, at, .. } = *literals;
    by_place(at, &["x-enum-varnames", "x-enumNames", "x-enum-names"], index)
        .or_else(|| by_literal(at, &["x-enum-varnames", "x-enumNames"], &text_of(doc, literal)))
        .or_else(|| ms_value(doc, at, index, literal)?.str("name").map(str::to_owned))
        // A constant of its own is often called by its title, and a number has no other name.
        .or_else(|| {
            let alone = at.get("const").is_some() || at.get("enum").is_some_and(|list| list.len() == 1);
            let title = at.str("title").filter(|_| alone && literal.as_str().is_none());
            title.map(str::to_owned)
        })
}

fn description(literals: &Literals<'_>, index: usize, literal: At<'_>) -> Doc {
    const KEYS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];
    let Literals { doc, at, .. } = *literals;
    let description = by_place(at, KEYS, index)
        .or_else(|| by_literal(at, KEYS, &text_of(doc, literal)))
        .or_else(|| ms_value(doc, at, index, literal)?.str("description").map(str::to_owned));
    Doc { description, ..Doc::default() }
}

/// The entry that an extension has at the place of a literal.
fn by_place(at: At<'_>, keys: &[&str], index: usize) -> Option<String> {
    keys.iter().find_map(|key| item(at.get(key)?, index)?.as_str().map(str::to_owned))
}

fn item(at: At<'_>, index: usize) -> Option<At<'_>> {
    match &at.node.kind {
        Kind::Array(items) => items.get(index).map(|node| At { file: at.file, node }),
        _ => None,
    }
}

/// The entry that an extension has under a literal.
fn by_literal(at: At<'_>, keys: &[&str], word: &str) -> Option<String> {
    keys.iter().find_map(|key| at.get(key)?.str(word)).map(str::to_owned)
}

/// What `x-ms-enum` says of a literal.
fn ms_value<'a>(doc: &Document, at: At<'a>, index: usize, literal: At<'a>) -> Option<At<'a>> {
    let values = at.get("x-ms-enum")?.get("values")?;
    let is_it = |value: &At<'a>| value.get("value").is_some_and(|value| text_of(doc, value) == text_of(doc, literal));
    // They mostly come in the same order.
    item(values, index).filter(is_it).or_else(|| values.items().take(MANY).find(is_it))
}
