//! `type`: which kinds of value a schema allows (JSON Schema Validation 2020-12, section 6.1.1).
//!
//! Published descriptions also name types as programming languages do, or by a format. Such words are told, and read as
//! what they mean.

use super::parts::{Parts, Role};
use super::{Lower, format};
use crate::diag::Code;
use crate::load::{At, Kind};

/// The types that there are; `file` is one of 2.0.
const TYPES: &[&str] = &["array", "boolean", "file", "integer", "null", "number", "object", "string"];

/// Other words for them, in small letters.
const WORDS: &[(&str, &[&str])] = &[
    ("array", &["list"]),
    ("boolean", &["bool"]),
    ("integer", &["int"]),
    ("object", &["dict", "dictionary", "map", "struct"]),
    ("string", &["char", "str", "text"]),
];

/// The type that a word means.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    by_other_word(word).or_else(|| format::kind(word))
}

/// The type that a word means which is not the name of a format.
fn by_other_word(word: &str) -> Option<&'static str> {
    let small = word.trim().to_ascii_lowercase();
    let known = TYPES.iter().find(|name| **name == small).copied();
    known.or_else(|| WORDS.iter().find(|(_, words)| words.contains(&small.as_str())).map(|(name, _)| *name))
}

/// Whether a word is the name of a type, to the letter.
pub(super) fn is_type(word: &str) -> bool {
    TYPES.contains(&word)
}

impl<'a> Lower<'a> {
    /// The names in the `type` of one schema, without `null`.
    pub(super) fn types_of(&self, at: At<'a>) -> Vec<&'a str> {
        let Some(types) = at.get("type") else { return Vec::new() };
        let passed_over = |what: &str| {
            self.sink.warning(Code::KeywordType, types.origin(), format!("`type` is {what}"), "it is passed over");
            Vec::new()
        };
        let given: Vec<At<'a>> = match &types.node.kind {
            Kind::String(_) => vec![types],
            Kind::Array(list) if list.is_empty() => return passed_over("an empty list"),
            Kind::Array(_) => types.items().collect(),
            _ => return passed_over(types.node.type_name()),
        };
        let mut names: Vec<&str> = Vec::new();
        for one in given {
            let Some(word) = one.as_str() else {
                // `null` without quotes is meant as the word.
                if !one.is_null() {
                    passed_over(&format!("a list with {}", one.node.type_name()));
                }
                continue;
            };
            let name = self.type_of(at, one, word);
            if name != "null" && !names.contains(&name) {
                names.push(name);
            }
        }
        if names.contains(&"number") {
            names.retain(|name| *name != "integer");
        }
        names
    }

    /// The type that a word of the schema `at` names.
    fn type_of(&self, at: At<'a>, place: At<'a>, word: &'a str) -> &'a str {
        if is_type(word) {
            return word;
        }
        let hinted = || {
            let by = [("properties", "object"), ("items", "array")];
            by.into_iter().find(|(key, _)| at.get(key).is_some()).map(|(_, name)| name)
        };
        // What has no meaning is told where it becomes free JSON.
        let Some(name) = meant(word).or_else(hinted) else { return word };
        let is_format = format::of(at) == word && by_other_word(word).is_none() && format::kind(word).is_some();
        let with = if is_format { format!(" with `format: {word}`") } else { String::new() };
        self.sink.warning(
            Code::KeywordType,
            place.origin(),
            format!("`{word}` is no type of JSON Schema"),
            format!("it is read as `{name}`{with}"),
        );
        name
    }

    /// The types that all parts allow; none when nothing is said of them.
    pub(super) fn types(&self, parts: &Parts<'a>) -> Vec<&'a str> {
        let mut known: Vec<&'a str> = Vec::new();
        for part in parts.list.iter().filter(|part| part.role != Role::Maybe) {
            let own = self.types_of(part.at);
            if own.is_empty() {
                continue;
            }
            if known.is_empty() {
                known = own;
                continue;
            }
            let both: Vec<&str> = known.iter().filter_map(|name| narrower(name, &own)).collect();
            if both.is_empty() {
                self.sink.warning(
                    Code::SchemaConflict,
                    part.at.origin(),
                    format!(
                        "the value is {} here and {} in another part of the schema",
                        own.join(" or "),
                        known.join(" or ")
                    ),
                    "the later part counts",
                );
                known = own;
            } else {
                known = both;
            }
        }
        known
    }
}

/// The name, or the narrower one that both sides allow.
fn narrower<'n>(name: &'n str, others: &[&'n str]) -> Option<&'n str> {
    match name {
        name if others.contains(&name) => Some(name),
        "integer" if others.contains(&"number") => Some("integer"),
        "number" if others.contains(&"integer") => Some("integer"),
        _ => None,
    }
}
