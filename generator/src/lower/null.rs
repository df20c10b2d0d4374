//! Whether `null` is a value of a schema, in any dialect: `nullable` of 3.0, `x-nullable`, `type` lists, `const`, `enum`
//! and the variants of a choice.

use super::Lower;
use super::keywords::{is_constraint, reference_of, says_no_shape};
use super::parts::{Part, Role};
use crate::load::{At, Kind};

/// Choices inside each other are asked this deep.
const DEEP: usize = 16;

impl<'a> Lower<'a> {
    /// Whether `null` is a value of all of these schemas.
    pub(super) fn all_nullable(&self, raws: &[Part<'a>]) -> bool {
        let mut speaking = raws.iter().filter(|raw| raw.role != Role::Maybe && !is_silent(raw.at)).peekable();
        speaking.peek().is_some()
            && speaking.all(|raw| match raw.role {
                Role::Whole => self.nullable(raw.at, 0),
                // Its `$ref` and `allOf` speak for themselves.
                _ => says_null(raw.at) || !forbids_null(raw.at),
            })
    }

    /// Whether `null` is a value of the schema.
    pub(super) fn nullable(&self, at: At<'a>, depth: usize) -> bool {
        if depth > DEEP {
            return false;
        }
        if says_null(at) {
            return true;
        }
        if reference_of(at).is_some() {
            let beside = self.siblings_count() && forbids_null(at);
            return !beside && self.quiet_target(at).is_some_and(|target| self.target_nullable(target, depth));
        }
        // One of the variants, even if `type` beside them forbids it: authors mean it.
        let variants = ["oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key)).flat_map(At::items);
        if variants.into_iter().any(|variant| self.nullable(variant, depth + 1)) {
            return true;
        }
        // Every part of an `allOf` that speaks of its shape has to allow it.
        let Some(parts) = at.get("allOf").filter(|_| at.get("nullable").is_none()) else { return false };
        let mut parts = parts.items().filter(|part| !is_silent(*part)).peekable();
        !forbids_null(at) && parts.peek().is_some() && parts.all(|part| self.nullable(part, depth + 1))
    }

    fn target_nullable(&self, target: At<'a>, depth: usize) -> bool {
        let origin = target.origin();
        if let Some(known) = self.memo.nullable.borrow().get(&origin) {
            return *known;
        }
        // What leads back to itself adds nothing to the answer.
        self.memo.nullable.borrow_mut().insert(origin, false);
        let found = self.nullable(target, depth + 1);
        self.memo.nullable.borrow_mut().insert(origin, found);
        found
    }

    /// Whether a schema allows `null` and nothing else.
    pub(super) fn only_null(&self, at: At<'a>) -> bool {
        let target = if reference_of(at).is_some() { self.quiet_target(at).unwrap_or(at) } else { at };
        target.is_null()
            || is_null_type(target)
            || target.get("const").is_some_and(At::is_null)
            || target.get("enum").is_some_and(|list| !list.is_empty() && list.items().all(At::is_null))
            // `anyOf: [X, {nullable: true}]`
            || target.bool("nullable") == Some(true)
                && target.entries().all(|(key, _)| key == "nullable" || says_no_shape(key))
    }

    /// Whether a variant of a choice is there for `null` and nothing else.
    ///
    /// Nothing may stand beside a `$ref` in 3.0, so documents make a choice of it and of `{type: object, nullable:
    /// true}`. Beside what could have said `nullable` itself, that means what it says: any object, or `null`.
    pub(super) fn is_null_variant(&self, choice: At<'a>, variant: At<'a>) -> bool {
        let stands_for_null = || {
            variant.get("type").is_some_and(|kind| kind.as_str() == Some("object"))
                && variant.bool("nullable") == Some(true)
                && variant.entries().all(|(key, _)| matches!(key, "nullable" | "type") || says_no_shape(key))
                && choice.items().any(|other| reference_of(other).is_some())
        };
        self.only_null(variant) || stands_for_null()
    }
}

fn is_null_type(at: At<'_>) -> bool {
    match at.get("type").map(|types| &types.node.kind) {
        Some(Kind::String(one)) => is_null_word(one),
        Some(Kind::Array(all)) => {
            !all.is_empty()
                && at
                    .get("type")
                    .into_iter()
                    .flat_map(At::items)
                    .all(|one| one.as_str().is_some_and(is_null_word) || one.is_null())
        }
        _ => false,
    }
}

fn is_null_word(word: &str) -> bool {
    super::types::meant(word) == Some("null")
}

/// Whether the schema's own keywords name `null`.
fn says_null(at: At<'_>) -> bool {
    at.bool("nullable") == Some(true)
        || at.bool("x-nullable") == Some(true)
        // What is always one value is never another.
        || at.get("const").is_none_or(At::is_null)
            && at.get("type").is_some_and(|types| {
                let is_null = |one: At<'_>| one.as_str().is_some_and(is_null_word) || one.is_null();
                types.as_str().is_some_and(is_null_word) || types.items().any(is_null)
            })
        // A `null` among the literals counts even where `type` forbids it: published documents mean it.
        || at.get("enum").into_iter().flat_map(At::items).any(At::is_null)
        || at.get("const").is_some_and(At::is_null)
}

/// Whether the schema's own keywords leave no room for `null`.
fn forbids_null(at: At<'_>) -> bool {
    ["type", "enum", "const"].iter().any(|key| at.get(key).is_some()) && !says_null(at)
}

/// Whether a schema says nothing of the kind of a value.
fn is_silent(at: At<'_>) -> bool {
    at.as_bool() == Some(true)
        || at.is_null()
        || at.is_object() && at.entries().all(|(key, _)| says_no_shape(key))
        || is_constraint(at)
}
