//! Objects: `properties`, `required`, `additionalProperties`, and `allOf` merged into one.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::schema::Lowered;
use super::{Lower, prose};
use crate::diag::Code;
use crate::ir::{Access, Field, NameHint, Origin, Presence, Rest, Shape, Struct, TypeKind};
use crate::load::{At, Kind};

/// What the parts of an object say together.
#[derive(Default)]
pub(super) struct Merged<'a> {
    /// Members by wire name; the last part that describes one counts.
    pub(super) members: IndexMap<&'a str, At<'a>>,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) rest: Option<At<'a>>,
    pub(super) closed: bool,
    /// `oneOf`/`anyOf` lists met on the way.
    pub(super) unions: Vec<At<'a>>,
    /// A part that is no object, such as a string enum.
    pub(super) other: Option<At<'a>>,
    /// The parts so far, and whether they are being merged right now: one that is met again says nothing new.
    pub(super) seen: BTreeMap<Origin, bool>,
}

impl<'a> Lower<'a> {
    /// `type: object`.
    pub(super) fn object(&mut self, at: At<'a>, hint: &NameHint) -> Lowered {
        let mut merged = Merged::default();
        self.merge(at, &mut merged, 0);
        self.finish_object(merged, hint)
    }

    /// `allOf`: one struct with the members of all parts.
    pub(super) fn all_of(&mut self, at: At<'a>, hint: &NameHint) -> Lowered {
        let mut merged = Merged::default();
        self.merge(at, &mut merged, 0);
        if let Some(union) = merged.unions.first().copied() {
            if merged.unions.len() > 1 {
                self.sink.left_out(
                    Code::SchemaFallback,
                    at.origin(),
                    "an `allOf` holds several `oneOf` or `anyOf`",
                    "only the first is expressed; members of the others are kept untyped",
                );
            }
            return self.union_over(at, union, &merged, hint);
        }
        if merged.members.is_empty()
            && merged.rest.is_none()
            && let Some(other) = merged.other
        {
            // Beside `allOf` itself: its own type counts, the parts only narrow it.
            if other.origin() == at.origin() {
                let types = self.types_of(at);
                return types.first().map_or(Lowered::Plain(Shape::Json), |name| self.typed(name, at, hint));
            }
            return Lowered::Plain(self.shape(other, hint));
        }
        self.finish_object(merged, hint)
    }

    /// Adds what one part says.
    pub(super) fn merge(&mut self, at: At<'a>, merged: &mut Merged<'a>, depth: usize) {
        if depth > 64 {
            let message = "parts of an `allOf` are more than 64 deep";
            self.sink.left_out(Code::Limit, at.origin(), message, "the part is left out");
            return;
        }
        let Some(target) = self.resolve(at) else { return };
        if let Some(open) = merged.seen.insert(target.origin(), true) {
            if open {
                let message = "an `allOf` contains itself";
                self.sink.left_out(Code::RefCycle, at.origin(), message, "the repeated part is left out");
            }
            merged.seen.insert(target.origin(), open);
            return;
        }
        for part in target.get("allOf").into_iter().flat_map(At::items) {
            self.merge(part, merged, depth + 1);
        }
        let union = ["oneOf", "anyOf"].into_iter().find_map(|key| target.get(key));
        if let Some(list) =
            union.filter(|list| !list.is_empty() && depth > 0 || target.get("allOf").is_some() && !list.is_empty())
        {
            merged.unions.push(list);
        }
        for (name, member) in self.map(target, "properties").into_iter().flat_map(At::entries) {
            self.member(name, member, merged);
        }
        for name in target.get("required").into_iter().flat_map(At::items).filter_map(At::as_str) {
            merged.required.insert(name);
        }
        match target.get("additionalProperties") {
            Some(rest) if rest.as_bool() == Some(false) => merged.closed = true,
            Some(rest) if rest.is_object() && !rest.is_empty() => merged.rest = Some(rest),
            _ => {}
        }
        let plain =
            target.get("enum").is_some() || target.str("type").is_some_and(|name| !matches!(name, "object" | "null"));
        if plain {
            merged.other = Some(at);
        }
        merged.seen.insert(target.origin(), false);
    }

    /// One member: a later part refines an earlier one, unless it only adds prose to it.
    fn member(&mut self, name: &'a str, at: At<'a>, merged: &mut Merged<'a>) {
        if let Some(&before) = merged.members.get(name) {
            let says_shape = |at: At<'a>| {
                ["type", "$ref", "allOf", "oneOf", "anyOf", "enum", "const", "properties", "items"]
                    .iter()
                    .any(|key| at.get(key).is_some())
            };
            if !says_shape(at) && says_shape(before) {
                return;
            }
            let (old, new) = (self.kind_word(before), self.kind_word(at));
            if old != new && old.is_some() && new.is_some() {
                self.sink.warning(
                    Code::SchemaConflict,
                    at.origin(),
                    format!(
                        "`{name}` is {} here and {} in another part of the `allOf`",
                        new.unwrap_or_default(),
                        old.unwrap_or_default()
                    ),
                    "the later part counts",
                );
            }
        }
        merged.members.insert(name, at);
    }

    fn kind_word(&self, at: At<'a>) -> Option<&'a str> {
        self.doc.resolve(at).ok()?.str("type")
    }

    /// The struct, map or free object that the merged parts make.
    fn finish_object(&mut self, merged: Merged<'a>, hint: &NameHint) -> Lowered {
        if merged.members.is_empty() {
            return Lowered::Plain(Shape::Map(Box::new(match merged.rest {
                Some(rest) => self.shape(rest, &hint.child("value")),
                None => Shape::Json,
            })));
        }
        Lowered::Type(TypeKind::Struct(self.structure(&merged, hint)))
    }

    /// The struct with the members of `merged`.
    pub(super) fn structure(&mut self, merged: &Merged<'a>, hint: &NameHint) -> Struct {
        let rest = match merged.rest {
            Some(rest) => match self.shape(rest, &hint.child("value")) {
                Shape::Json => Rest::Open,
                shape => Rest::Typed(shape),
            },
            None if merged.closed => Rest::Closed,
            None => Rest::Open,
        };
        let fields = merged
            .members
            .iter()
            .map(|(name, at)| self.field(name, *at, merged.required.contains(name), hint))
            .collect();
        Struct { fields, rest }
    }

    fn field(&mut self, name: &'a str, at: At<'a>, required: bool, hint: &NameHint) -> Field {
        let shape = self.shape(at, &hint.child(name));
        // Prose beside a reference is about the member, not the type it refers to; the type's own prose is on its page.
        let mut doc = prose::doc(at);
        let flag = |key: &str| at.bool(key).unwrap_or(false);
        let access = match (flag("readOnly"), flag("writeOnly")) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        };
        let mut notes = prose::limits(at);
        if let Some(items) = at.get("items").filter(|items| items.is_object()) {
            notes.extend(prose::limits(items).into_iter().map(|limit| format!("each item: {limit}")));
        }
        if doc == crate::ir::Doc::default()
            && at.str("$ref").is_some()
            && let Some(target) = self.follow(at)
        {
            let of_type = prose::doc(target);
            let words = of_type.summary.or(of_type.description);
            doc.description = words.map(|words| prose::opening(&words));
            doc.deprecated = of_type.deprecated;
        }
        if at.get("example").is_some_and(|example| !matches!(example.node.kind, Kind::Object(_) | Kind::Array(_)))
            && let Some(example) = at.get("example")
        {
            notes.push(format!(
                "for example `{}`",
                example.as_str().map_or_else(|| example.node.to_json(), str::to_owned)
            ));
        }
        Field {
            wire: name.to_owned(),
            shape,
            presence: if required { Presence::Required } else { Presence::Optional },
            access,
            doc,
            notes,
            origin: at.origin(),
        }
    }
}
