//! Schemas (JSON Schema 2020-12, with the keywords of OpenAPI 3.0): which shape a value has.

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
        if self.depth >= MAX_DEPTH {
            self.sink.left_out(Code::Limit, at.origin(), "schemas are nested too deep", "the value is free JSON");
            return Shape::Json;
        }
        self.depth += 1;
        let shape = self.shape_inner(at, hint);
        self.depth -= 1;
        shape
    }

    fn shape_inner(&mut self, at: At<'a>, hint: &NameHint) -> Shape {
        if let Some(file) = self.files.get(&at.origin()) {
            return file.clone();
        }
        if at.get("$ref").is_some_and(|reference| reference.as_str().is_some()) {
            return self.reference(at);
        }
        let nullable = self.nullable(at, 0);
        if let Some(target) = self.wrapped_reference(at) {
            let shape = self.reference(target);
            return if nullable { shape.nullable() } else { shape };
        }
        let wanted = self.wishes.hint(at.origin());
        let shape = match self.lowered(at, wanted.as_ref().unwrap_or(hint)) {
            Lowered::Plain(shape) => shape,
            Lowered::Type(kind) => self.inline(at, hint, kind),
        };
        if nullable { shape.nullable() } else { shape }
    }

    /// The shape behind a `$ref`: the named type of its target, nullable where the target is.
    fn reference(&mut self, at: At<'a>) -> Shape {
        let Some(target) = self.follow(at) else { return Shape::Json };
        if !target.is_object() {
            return self.boolean_schema(target);
        }
        let nullable = self.nullable(target, 0) || at.bool("nullable") == Some(true);
        let shape = Shape::Named(self.named(target));
        if nullable { shape.nullable() } else { shape }
    }

    /// `allOf: [$ref]` beside prose only: how 3.0 adds a description or `nullable` to a reference.
    fn wrapped_reference(&self, at: At<'a>) -> Option<At<'a>> {
        // The prose may be a part of its own.
        let mut parts = at.get("allOf")?.items().filter(|part| !is_prose(*part));
        let only = parts.next().filter(|only| only.str("$ref").is_some())?;
        let bare = |key: &str| matches!(key, "allOf" | "nullable" | "type") || says_no_shape(key);
        (parts.next().is_none() && at.entries().all(|(key, _)| bare(key))).then_some(only)
    }

    /// What a named type is.
    pub(super) fn kind(&mut self, at: At<'a>, hint: &NameHint) -> TypeKind {
        if at.str("$ref").is_some() {
            let shape = self.reference(at);
            return TypeKind::Alias(strip_null(shape));
        }
        if let Some(target) = self.wrapped_reference(at) {
            let shape = self.reference(target);
            return TypeKind::Alias(strip_null(shape));
        }
        match self.lowered(at, hint) {
            Lowered::Plain(shape) => TypeKind::Alias(strip_null(shape)),
            Lowered::Type(kind) => kind,
        }
    }

    /// What a schema is, leaving aside whether it may be `null`.
    pub(super) fn lowered(&mut self, at: At<'a>, hint: &NameHint) -> Lowered {
        if !at.is_object() {
            return Lowered::Plain(self.boolean_schema(at));
        }
        if at.get("enum").is_some() || at.get("const").is_some() {
            return self.enumeration(at);
        }
        if at.get("oneOf").is_some() || at.get("anyOf").is_some() {
            return self.union(at, hint);
        }
        if at.get("allOf").is_some() {
            return self.all_of(at, hint);
        }
        let types = self.types_of(at);
        match types.as_slice() {
            [] => self.untyped(at, hint),
            [one] => self.typed(one, at, hint),
            many => self.mixed(many, at, hint),
        }
    }

    /// `true`, `false` and what is no schema at all (JSON Schema Core 2020-12, section 4.3.2).
    fn boolean_schema(&self, at: At<'a>) -> Shape {
        match at.node.kind {
            Kind::Bool(true) | Kind::Null => {}
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

    /// The names in `type`, without `null`.
    pub(super) fn types_of(&self, at: At<'a>) -> Vec<&'a str> {
        let Some(types) = at.get("type") else { return Vec::new() };
        match &types.node.kind {
            Kind::String(one) => {
                if one.as_ref() == "null" {
                    Vec::new()
                } else {
                    vec![one]
                }
            }
            Kind::Array(_) => {
                let mut names: Vec<&str> =
                    types.items().filter_map(At::as_str).filter(|name| *name != "null").collect();
                names.dedup();
                names
            }
            _ => {
                self.sink.warning(
                    Code::KeywordType,
                    types.origin(),
                    format!("`type` is {}", types.node.type_name()),
                    "it is passed over",
                );
                Vec::new()
            }
        }
    }

    /// A schema without `type`: told by its other keywords, which only make sense for one kind of value.
    fn untyped(&mut self, at: At<'a>, hint: &NameHint) -> Lowered {
        let has = |keys: &[&str]| keys.iter().any(|key| at.get(key).is_some());
        if at.get("type").is_some_and(|types| types.as_str() == Some("null")) {
            return Lowered::Plain(Shape::Json);
        }
        if has(&[
            "properties",
            "additionalProperties",
            "required",
            "patternProperties",
            "minProperties",
            "maxProperties",
        ]) {
            return self.object(at, hint);
        }
        if has(&["items", "prefixItems", "minItems", "maxItems"]) {
            return self.typed("array", at, hint);
        }
        if has(&["contentEncoding", "contentSchema"]) {
            return self.typed("string", at, hint);
        }
        Lowered::Plain(Shape::Json)
    }

    pub(super) fn typed(&mut self, name: &str, at: At<'a>, hint: &NameHint) -> Lowered {
        let format = at.str("format").unwrap_or_default();
        if let Some(shape) = self.wishes.format(name, format) {
            return Lowered::Plain(shape);
        }
        Lowered::Plain(match name {
            "object" => return self.object(at, hint),
            "array" => {
                let item = match at.get("items") {
                    Some(items) if items.is_object() && !items.is_empty() => self.shape(items, &hint.child("item")),
                    _ => Shape::Json,
                };
                Shape::List(Box::new(item))
            }
            "string" if self.is_binary(at) => Shape::Binary,
            "string" => self.string(at, hint),
            "integer" => format::integer(at),
            "number" => format::number(at),
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

    /// Several types in one schema: a union by JSON kind.
    fn mixed(&mut self, types: &[&'a str], at: At<'a>, hint: &NameHint) -> Lowered {
        if types.len() == 2 && types.contains(&"integer") && types.contains(&"number") {
            return self.typed("number", at, hint);
        }
        let mut members = Vec::new();
        for name in types {
            let child = hint.child(*name);
            let shape = match self.typed(name, at, &child) {
                Lowered::Plain(shape) => shape,
                Lowered::Type(kind) => self.inline(at, &child, kind),
            };
            members.push((NameHint::named(*name), shape));
        }
        self.kinds_union(members)
    }

    /// Whether `null` is a value of the schema, in any dialect.
    pub(super) fn nullable(&self, at: At<'a>, depth: usize) -> bool {
        if let Some(known) = self.nullable.borrow().get(&at.origin()) {
            return *known;
        }
        if depth > 8 || !self.budget.spend(1) {
            return false;
        }
        let found = self.allows_null(at, depth);
        // Deeper down the answer may be cut short.
        if depth == 0 {
            self.nullable.borrow_mut().insert(at.origin(), found);
        }
        found
    }

    fn allows_null(&self, at: At<'a>, depth: usize) -> bool {
        if at.bool("nullable") == Some(true) || at.bool("x-nullable") == Some(true) {
            return true;
        }
        match at.get("type").map(|types| &types.node.kind) {
            Some(Kind::String(one)) if one.as_ref() == "null" => return true,
            Some(Kind::Array(_))
                if at
                    .get("type")
                    .into_iter()
                    .flat_map(At::items)
                    .any(|one| one.as_str() == Some("null") || one.is_null()) =>
            {
                return true;
            }
            _ => {}
        }
        // A `null` among the literals counts only where no `type` forbids it; published 3.0 documents mean it either way.
        if at.get("enum").into_iter().flat_map(At::items).any(At::is_null) || at.get("const").is_some_and(At::is_null) {
            return true;
        }
        let variants = ["oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key)).flat_map(At::items);
        for variant in variants {
            let target = self.doc.resolve(variant).unwrap_or(variant);
            if self.nullable(target, depth + 1) {
                return true;
            }
        }
        // Every part of an `allOf` that speaks of its shape has to allow it.
        let Some(parts) = at.get("allOf").filter(|_| at.get("nullable").is_none()) else { return false };
        let mut parts = parts.items().filter(|part| !is_prose(*part)).peekable();
        parts.peek().is_some()
            && parts.all(|part| {
                let target = self.doc.resolve(part).unwrap_or(part);
                self.nullable(target, depth + 1)
            })
    }
}

/// Whether a part of an `allOf` only adds prose.
fn is_prose(part: At<'_>) -> bool {
    part.is_object() && part.entries().all(|(key, _)| says_no_shape(key))
}

/// Whether a keyword says nothing of the shape of a value.
pub(super) fn says_no_shape(key: &str) -> bool {
    const PROSE: &[&str] = &[
        "description",
        "title",
        "readOnly",
        "writeOnly",
        "deprecated",
        "default",
        "example",
        "examples",
        "externalDocs",
        "xml",
    ];
    PROSE.contains(&key) || key.starts_with("x-")
}

/// A named type never is `null` itself: the places that refer to it say so.
fn strip_null(shape: Shape) -> Shape {
    match shape {
        Shape::Nullable(inner) => *inner,
        other => other,
    }
}
