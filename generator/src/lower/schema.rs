//! Schemas (JSON Schema 2020-12, with the keywords of OpenAPI 3.0): which shape a value has.

use super::keywords::{KINDS, reference_of};
use super::memo::Slot;
use super::parts::{Part, Parts, Role};
use super::{Lower, MAX_DEPTH, format};
use crate::diag::Code;
use crate::ir::{NameHint, Shape, TypeKind};
use crate::load::{At, Kind};

/// What a schema turns out to be, before it has a name.
pub(super) enum Lowered {
    /// A shape that needs no type of its own.
    Plain(Shape),
    /// Something that becomes a named type.
    Type(TypeKind),
}

impl<'a> Lower<'a> {
    /// The shape of a value described by `at`; an inline type gets its name from `hint`.
    pub(super) fn shape(&mut self, at: At<'a>, hint: &NameHint) -> Shape {
        self.shape_of(&[Part::whole(at)], hint)
    }

    /// The shape of a value for which several schemas hold.
    pub(super) fn shape_of(&mut self, raws: &[Part<'a>], hint: &NameHint) -> Shape {
        let Some(last) = raws.last().copied() else { return Shape::Json };
        if let Some(file) = raws.iter().rev().find_map(|raw| self.files.get(&raw.at.origin())) {
            return file.clone();
        }
        if self.depth >= MAX_DEPTH {
            self.sink.left_out(Code::Limit, last.at.origin(), "schemas are nested too deep", "the value is free JSON");
            return Shape::Json;
        }
        if !self.spend(16, last.at) {
            return Shape::Json;
        }
        self.depth += 1;
        let nullable = self.all_nullable(raws);
        let mut leaves = Vec::new();
        raws.iter().for_each(|raw| self.spread(*raw, &mut leaves));
        self.reduce(&mut leaves, None);
        let shape = match leaves.as_slice() {
            [] if last.at.is_null() => self.boolean_schema(last.at),
            [] => Shape::Json,
            [only] if only.role == Role::Whole => strip_null(self.reference(only.at)),
            _ => self.anonymous(&leaves, last.at, hint),
        };
        self.depth -= 1;
        if nullable { shape.nullable() } else { shape }
    }

    /// The shape behind a reference: the named type of its target, nullable where the target is.
    fn reference(&mut self, at: At<'a>) -> Shape {
        let Some(target) = self.referred(at) else { return Shape::Json };
        if !target.is_object() {
            return self.boolean_schema(target);
        }
        let shape = Shape::Named(self.named(target));
        if self.nullable(at, 0) { shape.nullable() } else { shape }
    }

    /// The shape of parts that have no name together. The same parts are the same type, wherever they meet.
    fn anonymous(&mut self, leaves: &[Part<'a>], main: At<'a>, hint: &NameHint) -> Shape {
        let key: Vec<_> = leaves.iter().map(|leaf| (self.identity(leaf), leaf.role)).collect();
        match self.memo.anonymous.get(&key) {
            Some(Slot::Done(id)) | Some(Slot::Open { id: Some(id), .. }) => return Shape::Named(*id),
            Some(Slot::Open { at, hint, .. }) => {
                // It leads back to itself.
                let (at, hint) = (*at, hint.clone());
                let id = self.push_inline(at, &hint, TypeKind::Alias(Shape::Json));
                self.memo.anonymous.insert(key, Slot::Open { at, hint, id: Some(id) });
                return Shape::Named(id);
            }
            None => {}
        }
        let wanted = self.wishes.hint(main.origin()).or_else(|| self.standing(main, hint));
        let hint = wanted.as_ref().unwrap_or(hint);
        self.memo.anonymous.insert(key.clone(), Slot::Open { at: main, hint: hint.clone(), id: None });
        let parts = self.deep(leaves, None);
        let lowered = self.lowered(main, parts, hint);
        let given = match self.memo.anonymous.remove(&key) {
            Some(Slot::Open { id, .. }) => id,
            _ => None,
        };
        let (kind, given) = match (lowered, given) {
            (Lowered::Plain(shape), None) => return shape,
            (Lowered::Plain(shape), given) => (TypeKind::Alias(strip_null(shape)), given),
            // Something refers to the place by a pointer.
            (Lowered::Type(kind), given) => (kind, given.or_else(|| self.pointed_at(leaves))),
        };
        let id = match given {
            Some(id) => {
                self.api.types[id].kind = kind;
                id
            }
            None => match (&kind, main.get("x-ms-enum").and_then(|named| named.str("name"))) {
                (TypeKind::Enum(_), Some(name)) if wanted.is_none() => {
                    self.push_inline(main, &NameHint::named(name), kind)
                }
                _ => self.push_inline(main, hint, kind),
            },
        };
        self.memo.anonymous.insert(key, Slot::Done(id));
        Shape::Named(id)
    }

    /// The type of an inline schema that was met where it stands.
    pub(super) fn known_inline(&self, at: At<'a>) -> Option<crate::ir::TypeId> {
        match self.memo.anonymous.get(&vec![(at.origin(), Role::Own)])? {
            Slot::Done(id) => Some(*id),
            Slot::Open { id, .. } => *id,
        }
    }

    fn pointed_at(&self, leaves: &[Part<'a>]) -> Option<crate::ir::TypeId> {
        let [only] = leaves else { return None };
        self.types.get(&only.at.origin()).copied()
    }

    /// What a named type is.
    pub(super) fn kind(&mut self, at: At<'a>, hint: &NameHint) -> TypeKind {
        if at.is_null() {
            return TypeKind::Alias(self.boolean_schema(at));
        }
        let mut leaves = Vec::new();
        self.spread(Part::whole(at), &mut leaves);
        self.reduce(&mut leaves, Some(at.origin()));
        if let Some(family) = self.family(at) {
            return self.family_union(at, &leaves, &family, hint);
        }
        match leaves.as_slice() {
            [only] if only.role == Role::Whole && !self.is_member_of_family(at) => {
                TypeKind::Alias(strip_null(self.reference(only.at)))
            }
            _ => self.merged_kind(at, &leaves, hint),
        }
    }

    /// What the parts of a named type make.
    pub(super) fn merged_kind(&mut self, at: At<'a>, leaves: &[Part<'a>], hint: &NameHint) -> TypeKind {
        let parts = self.deep(leaves, Some(at.origin()));
        match self.lowered(at, parts, hint) {
            Lowered::Plain(shape) => TypeKind::Alias(strip_null(shape)),
            Lowered::Type(kind) => kind,
        }
    }

    /// What parts are together, leaving aside whether the value may be `null`. `main` is where they stand.
    pub(super) fn lowered(&mut self, main: At<'a>, mut parts: Parts<'a>, hint: &NameHint) -> Lowered {
        let choices = self.settle(&mut parts);
        if let Some(never) = parts.list.iter().find(|part| !part.at.is_object()) {
            return Lowered::Plain(self.boolean_schema(never.at));
        }
        if let Some(literals) = self.literals(&parts) {
            return self.enumeration(main, literals, &parts, hint);
        }
        if !choices.is_empty() {
            return self.union(&parts, choices, hint);
        }
        let types = self.types(&parts);
        match types.as_slice() {
            [] => self.untyped(main, &parts, hint),
            [one] => self.typed(one, &parts, hint),
            many => self.mixed(many, main, &parts, hint),
        }
    }

    /// `true`, `false` and what is no schema at all (JSON Schema Core 2020-12, section 4.3.2).
    fn boolean_schema(&self, at: At<'a>) -> Shape {
        match at.node.kind {
            Kind::Bool(true) => {}
            Kind::Bool(false) => self.sink.left_out(
                Code::SchemaFallback,
                at.origin(),
                "the schema `false` allows no value",
                "the value is free JSON",
            ),
            _ => self.sink.left_out(
                Code::KeywordType,
                at.origin(),
                format!("a schema cannot be {}", at.node.type_name()),
                "the value is free JSON",
            ),
        }
        Shape::Json
    }

    /// Without `type`: told by the other keywords, which only make sense for one kind of value.
    fn untyped(&mut self, main: At<'a>, parts: &Parts<'a>, hint: &NameHint) -> Lowered {
        let (maybe, sure): (Vec<&Part<'a>>, Vec<_>) = parts.list.iter().partition(|part| part.role == Role::Maybe);
        let has = |key: &&str| sure.iter().any(|part| tells_kind(part.at, key));
        if let Some((kind, _)) = KINDS.iter().find(|(_, keys)| keys.iter().any(has)) {
            return self.typed(kind, parts, hint);
        }
        if let Some(named) = sure.iter().rev().find_map(|part| part.at.get("format")) {
            let known = named.as_str().and_then(|name| format::kind(name));
            return match known {
                Some(kind) => self.typed(kind, parts, hint),
                None => {
                    self.fallback(main, "it has a `format` and no `type`");
                    Lowered::Plain(Shape::Json)
                }
            };
        }
        // Conditions add members to an object; what else they ask for holds in some cases only.
        match maybe.iter().all(|part| self.is_of_objects(part.at)) {
            true if !maybe.is_empty() => return self.typed("object", parts, hint),
            true => {}
            false => self.fallback(main, "of which kind the value is depends on a condition"),
        }
        if parts.list.iter().any(|part| self.only_null(part.at)) {
            self.fallback(main, "it allows nothing but `null`");
        } else if KINDS
            .iter()
            .any(|(_, keys)| keys.iter().any(|key| sure.iter().any(|part| part.at.get(key).is_some())))
        {
            self.fallback(main, "it has no `type`, and its keywords leave open what it is");
        }
        Lowered::Plain(Shape::Json)
    }

    /// Whether what a schema says is about objects alone.
    fn is_of_objects(&self, at: At<'a>) -> bool {
        let at = if reference_of(at).is_some() { self.quiet_target(at).unwrap_or(at) } else { at };
        let types = self.types_of(at);
        let mut kinds = KINDS.iter().filter(|(_, keys)| keys.iter().any(|key| at.get(key).is_some()));
        match types.as_slice() {
            [] => kinds.all(|(kind, _)| *kind == "object"),
            types => types == ["object"],
        }
    }

    /// Says why a value has no type.
    pub(super) fn fallback(&self, at: At<'a>, why: &str) {
        self.sink.left_out(
            Code::SchemaFallback,
            at.origin(),
            format!("the schema has no type here: {why}"),
            "the value is free JSON",
        );
    }

    /// A value of one type.
    pub(super) fn typed(&mut self, name: &str, parts: &Parts<'a>, hint: &NameHint) -> Lowered {
        match name {
            "object" => return self.object(parts, hint),
            "array" => return self.array(parts, hint),
            _ => {}
        }
        let at = self.speaker(name, parts);
        if let Some(shape) = self.wishes.format(name, format::of(at)) {
            return Lowered::Plain(shape);
        }
        Lowered::Plain(match name {
            "string" if self.is_binary(at) => Shape::Binary,
            "string" => self.string(at, hint),
            "integer" => self.integer(at),
            "number" => self.number(at),
            "boolean" => Shape::Bool,
            // 2.0 names uploaded and downloaded files so.
            "file" => Shape::Binary,
            other => {
                self.sink.left_out(
                    Code::SchemaFallback,
                    at.origin(),
                    format!("`{other}` is no type of JSON Schema"),
                    "the value is free JSON",
                );
                Shape::Json
            }
        })
    }

    /// The part that says most of a scalar: the last one with a format, else the last one of that type.
    fn speaker(&self, name: &str, parts: &Parts<'a>) -> At<'a> {
        let fits = |at: At<'a>| {
            let own = self.types_of(at);
            own.is_empty() || own.contains(&name)
        };
        // What a condition says of it holds in some cases only.
        let sure = parts.list.iter().rev().filter(|part| part.role != Role::Maybe);
        let all = || sure.clone().map(|part| part.at).filter(|at| fits(*at));
        let speaks =
            |at: &At<'a>| ["format", "contentEncoding", "contentMediaType"].iter().any(|key| at.get(key).is_some());
        let typed = |at: &At<'a>| at.get("type").is_some();
        let last = all().find(speaks).or_else(|| all().find(typed)).or_else(|| parts.list.last().map(|part| part.at));
        last.unwrap_or(self.root)
    }

    /// Several types at once: a union by JSON kind.
    fn mixed(&mut self, types: &[&'a str], main: At<'a>, parts: &Parts<'a>, hint: &NameHint) -> Lowered {
        let mut members = Vec::new();
        for name in types {
            let child = hint.child(*name);
            let shape = match self.typed(name, parts, &child) {
                Lowered::Plain(shape) => shape,
                Lowered::Type(kind) => Shape::Named(self.push_inline(main, &child, kind)),
            };
            members.push((NameHint::named(*name), shape));
        }
        self.kinds_union(members)
    }
}

/// A named type never is `null` itself: the places that refer to it say so.
pub(super) fn strip_null(shape: Shape) -> Shape {
    match shape {
        Shape::Nullable(inner) => *inner,
        other => other,
    }
}

/// Whether a keyword tells of which kind a value without `type` is. A list of `items` is no keyword of OpenAPI, and is
/// published for values of one of these schemas; `additionalProperties: false` is, beside every `type` and where none is.
fn tells_kind(at: At<'_>, key: &str) -> bool {
    at.get(key).is_some_and(|value| match key {
        "items" => !matches!(value.node.kind, Kind::Array(_)) || at.get("prefixItems").is_some(),
        "additionalProperties" | "unevaluatedProperties" => value.as_bool() != Some(false),
        _ => true,
    })
}
