//! Objects: `properties`, `required` and what may stand beside them, of all parts together.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::keywords::reference_of;
use super::parts::{Part, Parts, Role};
use super::schema::Lowered;
use super::{Lower, prose, x_ms};
use crate::ir::{Access, Doc, Field, Fixed, NameHint, Origin, Presence, Rest, Shape, Struct, TypeKind};
use crate::load::{At, Kind};

/// What the parts of an object say together.
#[derive(Default)]
struct Object<'a> {
    /// What holds for each member, by wire name.
    members: IndexMap<&'a str, Vec<Part<'a>>>,
    /// Members that must not be there.
    never: BTreeSet<&'a str>,
    required: BTreeSet<&'a str>,
    /// Members whose names match a pattern.
    patterns: Vec<(&'a str, Part<'a>)>,
    /// What holds for all others.
    rest: Vec<Part<'a>>,
    /// No others are allowed.
    closed: bool,
    /// Members that are described only under a condition, with what each condition says of them.
    maybe: IndexMap<&'a str, Vec<Vec<Part<'a>>>>,
    /// Sentences on members.
    notes: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Lower<'a> {
    /// `type: object`: a struct where members have names, else a map.
    pub(super) fn object(&mut self, parts: &Parts<'a>, hint: &NameHint) -> Lowered {
        let object = self.gather(parts);
        if object.members.is_empty() && object.maybe.is_empty() {
            return Lowered::Plain(Shape::Map(Box::new(match self.rest(&object, hint) {
                Rest::Typed(shape) => shape,
                Rest::Open | Rest::Closed => Shape::Json,
            })));
        }
        Lowered::Type(TypeKind::Struct(self.structure(&object, hint)))
    }

    fn gather(&self, parts: &Parts<'a>) -> Object<'a> {
        let mut object = Object::default();
        for part in parts.list.iter().filter(|part| part.role != Role::Maybe) {
            let at = part.at;
            for (name, member) in self.map(at, "properties").into_iter().flat_map(At::entries) {
                if member.as_bool() == Some(false) {
                    object.never.insert(name);
                } else {
                    object.members.entry(name).or_default().push(part.inside(member));
                }
            }
            object
                .required
                .extend(at.get("required").into_iter().flat_map(At::items).filter_map(|name| self.doc.word(name)));
            for (pattern, schema) in at.get("patternProperties").into_iter().flat_map(At::entries) {
                // A pattern that every name matches is no pattern.
                match pattern {
                    _ if is_for_all(pattern) => object.rest.push(part.inside(schema)),
                    _ if schema.as_bool() == Some(false) => {}
                    _ => object.patterns.push((pattern, part.inside(schema))),
                }
            }
            for rest in ["additionalProperties", "unevaluatedProperties"].into_iter().filter_map(|key| at.get(key)) {
                match &rest.node.kind {
                    Kind::Bool(false) => object.closed = true,
                    Kind::Object(members) if members.is_empty() => {}
                    // Of what is no schema more is said where it is read; `null` is how some leave it out.
                    Kind::Bool(true) | Kind::Null => {}
                    _ => object.rest.push(part.inside(rest)),
                }
            }
            for (name, with) in dependent(at) {
                let others = with.items().filter_map(|other| self.doc.word(other));
                let with: Vec<String> = others.map(|other| format!("`{other}`")).collect();
                if !with.is_empty() {
                    object.notes.entry(name).or_default().push(format!("where it is, {} must be too", with.join(", ")));
                }
            }
        }
        let mut seen = parts.seen.clone();
        let mut tried = BTreeSet::new();
        for part in parts.list.iter().filter(|part| part.role == Role::Maybe) {
            self.gather_maybe(*part, &mut object, &mut seen, &mut tried, 0);
        }
        let never = std::mem::take(&mut object.never);
        object.members.retain(|name, _| !never.contains(name));
        // A member that is described without a condition has its shape from there.
        object.maybe.retain(|name, _| !never.contains(name) && !object.members.contains_key(name));
        object
    }

    /// The members that a part adds which may hold or not. `seen` are the parts that have been gathered, `tried` those
    /// that have been looked into.
    fn gather_maybe(
        &self,
        part: Part<'a>,
        object: &mut Object<'a>,
        seen: &mut BTreeSet<Origin>,
        tried: &mut BTreeSet<Origin>,
        depth: usize,
    ) {
        if depth > 16 || !tried.insert(part.at.origin()) || !self.spend(1, part.at) {
            return;
        }
        let mut leaves = Vec::new();
        self.spread(Part { role: Role::Whole, ..part }, &mut leaves);
        let parts = self.deep(&leaves, None);
        for inner in parts.list {
            if inner.role == Role::Maybe {
                self.gather_maybe(inner, object, seen, tried, depth + 1);
                continue;
            }
            if !seen.insert(inner.at.origin()) {
                continue;
            }
            for (name, member) in self.map(inner.at, "properties").into_iter().flat_map(At::entries) {
                if member.as_bool() != Some(false) {
                    object.maybe.entry(name).or_default().push(vec![inner.inside(member)]);
                }
            }
            let choices = ["oneOf", "anyOf"].into_iter().filter_map(|key| inner.at.get(key)).flat_map(At::items);
            for choice in choices {
                self.gather_maybe(inner.inside(choice), object, seen, tried, depth + 1);
            }
        }
    }

    /// The struct of an object with named members.
    fn structure(&mut self, object: &Object<'a>, hint: &NameHint) -> Struct {
        let rest = self.rest(object, hint);
        let mut fields = Vec::new();
        for (name, parts) in &object.members {
            let mut field = self.field(name, parts, object.required.contains(name), hint);
            field.notes.extend(object.notes.get(name).into_iter().flatten().cloned());
            fields.push(field);
        }
        for (name, ways) in &object.maybe {
            fields.push(self.conditional_field(name, ways, hint));
        }
        Struct { fields, rest, ..Struct::default() }
    }

    fn field(&mut self, name: &'a str, parts: &[Part<'a>], required: bool, hint: &NameHint) -> Field {
        let shape = self.shape_of(parts, &self.member_hint(name, parts, hint));
        let (mut doc, mut notes) = self.said_of_member(parts);
        let bytes = doc.description.iter().chain(&doc.summary).chain(&notes).map(String::len).sum();
        if parts.last().is_some_and(|last| !self.spend_on_prose(bytes, last.at)) {
            (doc, notes) = (Doc { deprecated: doc.deprecated, ..Doc::default() }, Vec::new());
        }
        let flag = |key: &str| parts.iter().any(|part| part.at.bool(key) == Some(true));
        let access = match (flag("readOnly"), flag("writeOnly")) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (false, false) => parts.iter().find_map(|part| x_ms::mutability(part.at)).unwrap_or(Access::Both),
            (true, true) => Access::Both,
        };
        let given = parts.iter().rev().find_map(|part| x_ms::client_name(part.at));
        Field {
            wire: name.to_owned(),
            name: given.map(str::to_owned),
            fixed: self.fixed(parts),
            conditional: false,
            shape,
            presence: if required { Presence::Required } else { Presence::Optional },
            access,
            doc,
            notes,
            origin: parts.last().map(|part| part.at.origin()).unwrap_or_default(),
        }
    }

    /// What an inline type of a member is called after: the schema that describes the member.
    fn member_hint(&self, name: &str, parts: &[Part<'a>], hint: &NameHint) -> NameHint {
        let mut owners = parts.iter().map(|part| part.owner);
        match owners.next().flatten() {
            Some(owner) if owners.all(|other| other == Some(owner)) => self.hint_of(owner).child(name),
            _ => hint.child(name),
        }
    }

    /// Prose and ready notes of a member. A later part says more of it than an earlier one.
    pub(super) fn said_of_member(&self, parts: &[Part<'a>]) -> (Doc, Vec<String>) {
        let mut notes: Vec<String> = Vec::new();
        for part in parts {
            let own = self.limits_of_value(part.at).into_iter();
            let items = part.at.get("items").filter(|items| items.is_object()).map(prose::limits).unwrap_or_default();
            for note in own.chain(items.into_iter().map(|limit| format!("each item: {limit}"))) {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        let Some(last) = parts.last() else { return (Doc::default(), notes) };
        // Prose beside a reference is about the member, not the type it refers to; the type's own prose is on its page.
        let said = parts.iter().rev().map(|part| prose::doc(part.at)).find(|doc| *doc != Doc::default());
        let mut doc = said.unwrap_or_default();
        if doc == Doc::default()
            && let Some(target) = reference_of(last.at).and_then(|_| self.quiet_target(last.at))
        {
            let of_type = prose::doc(target);
            let words = of_type.summary.or(of_type.description);
            doc.description = words.map(|words| prose::opening(&words));
            doc.deprecated = of_type.deprecated;
        }
        let example = parts.iter().rev().find_map(|part| part.at.get("example"));
        if let Some(example) = example.filter(|example| !matches!(example.node.kind, Kind::Object(_) | Kind::Array(_)))
        {
            let text = example.as_str().map_or_else(|| example.node.to_json(), str::to_owned);
            notes.push(format!("for example `{text}`"));
        }
        (doc, notes)
    }

    /// What a member always is, where no type says so.
    fn fixed(&self, parts: &[Part<'a>]) -> Option<Fixed> {
        parts.iter().find_map(|part| {
            let at = if reference_of(part.at).is_some() { self.quiet_target(part.at)? } else { part.at };
            let only = match (at.get("const"), at.get("enum")) {
                (Some(one), _) => one.as_bool(),
                (None, Some(list)) if list.len() == 1 => list.items().next()?.as_bool(),
                _ => None,
            };
            only.map(Fixed::Bool).or_else(|| self.only_null(at).then_some(Fixed::Null))
        })
    }

    /// A member that is described under conditions alone: optional, and of any of the shapes.
    fn conditional_field(&mut self, name: &'a str, ways: &[Vec<Part<'a>>], hint: &NameHint) -> Field {
        let first = ways.first().map(Vec::as_slice).unwrap_or_default();
        let own = self.member_hint(name, first, hint);
        let mut field = self.field(name, first, false, hint);
        field.conditional = true;
        let mut shapes = vec![(self.hint_of_shape(&field.shape, "variant 1".to_owned()), field.shape.clone())];
        for (index, way) in ways.iter().enumerate().skip(1) {
            let word = format!("variant {}", index + 1);
            let shape = self.shape_of(way, &own.child(&word));
            shapes.push((self.hint_of_shape(&shape, word), shape));
        }
        let schemas: Vec<Part<'a>> = ways.iter().flatten().copied().collect();
        field.shape = self.any_of_shapes(shapes, false, &schemas, &own);
        field
    }

    /// What members beside the known ones look like.
    fn rest(&mut self, object: &Object<'a>, hint: &NameHint) -> Rest {
        let mut shapes: Vec<(NameHint, Shape)> = Vec::new();
        for (pattern, schema) in &object.patterns {
            let child = if object.patterns.len() == 1 { hint.child("value") } else { hint.child(*pattern) };
            let shape = self.shape_of(&[*schema], &child);
            shapes.push((self.hint_of_shape(&shape, format!("variant {}", shapes.len() + 1)), shape));
        }
        let others = match object.rest.as_slice() {
            [] if object.closed => None,
            [] => Some(Shape::Json),
            rest => Some(self.shape_of(rest, &hint.child("value"))),
        };
        if shapes.is_empty() {
            return match others {
                None => Rest::Closed,
                Some(Shape::Json) => Rest::Open,
                Some(shape) => Rest::Typed(shape),
            };
        }
        // A name says which pattern it matches, and a type cannot ask for it: a member is of any of the shapes.
        let open = others == Some(Shape::Json);
        shapes.extend(others.filter(|_| !open).map(|shape| (self.hint_of_shape(&shape, "other".to_owned()), shape)));
        let schemas: Vec<Part<'a>> = object.patterns.iter().map(|(_, schema)| *schema).collect();
        match self.any_of_shapes(shapes, open, &schemas, &hint.child("value")) {
            Shape::Json => Rest::Open,
            shape => Rest::Typed(shape),
        }
    }
}

/// Whether every name matches a pattern.
pub(super) fn is_for_all(pattern: &str) -> bool {
    matches!(pattern, "" | "^" | "$" | ".*" | "^.*$" | "^.*" | ".*$" | ".+" | "^.+$" | "^.+" | ".+$")
}

/// `dependentRequired`, and `dependencies` of older drafts.
fn dependent(at: At<'_>) -> impl Iterator<Item = (&str, At<'_>)> {
    let all = ["dependentRequired", "dependencies"].into_iter().filter_map(move |key| at.get(key));
    all.flat_map(At::entries)
}
