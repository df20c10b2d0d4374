//! Arrays: lists, and tuples whose places have shapes of their own.

use super::Lower;
use super::parts::{Part, Parts, Role};
use super::schema::Lowered;
use crate::ir::{Access, Field, NameHint, Presence, Rest, Shape, Struct, TypeKind};
use crate::load::{At, Kind};

/// More places than this are no tuple that anyone would want to name.
const PLACES: usize = 64;

/// What the parts of an array say together.
#[derive(Default)]
struct Array<'a> {
    /// What holds for each of the first items.
    prefix: Vec<Vec<Part<'a>>>,
    /// What holds for the others.
    items: Vec<Part<'a>>,
    /// No others are allowed.
    closed: bool,
    /// So many there are at least, and at most.
    least: usize,
    most: Option<usize>,
}

impl<'a> Lower<'a> {
    /// `type: array` (JSON Schema Core 2020-12, section 10.3.1; in older drafts `items` is a list for a tuple).
    pub(super) fn array(&mut self, parts: &Parts<'a>, hint: &NameHint) -> Lowered {
        let array = gather(parts);
        if array.prefix.is_empty() || array.prefix.len() > PLACES {
            if array.closed && array.prefix.is_empty() {
                // Nothing stands in it, so it has no type to lose.
                return Lowered::Plain(Shape::List(Box::new(Shape::Json)));
            }
            let items: Vec<Part<'a>> = if array.prefix.is_empty() { array.items } else { Vec::new() };
            if let Some(first) = array.prefix.first().and_then(|first| first.first()) {
                self.fallback(first.at, "a tuple has too many places");
            }
            let item = self.shape_of(&items, &hint.child("item"));
            return Lowered::Plain(Shape::List(Box::new(item)));
        }
        Lowered::Type(TypeKind::Struct(self.tuple(&array, hint)))
    }

    fn tuple(&mut self, array: &Array<'a>, hint: &NameHint) -> Struct {
        let mut fields = Vec::new();
        for (index, parts) in array.prefix.iter().enumerate() {
            let title = parts.iter().rev().find_map(|part| part.at.str("title"));
            let name = title.map_or_else(|| format!("item {index}"), str::to_owned);
            let required = index < array.least;
            let shape = self.shape_of(parts, &hint.child(&name));
            // An item that may be missing can still be a `null` where it stands.
            let shape = if required { shape } else { shape.nullable() };
            let (doc, notes) = self.said_of_member(parts);
            fields.push(Field {
                wire: index.to_string(),
                name: Some(name),
                shape,
                fixed: None,
                conditional: false,
                presence: if required { Presence::Required } else { Presence::Optional },
                access: Access::Both,
                doc,
                notes,
                origin: parts.last().map(|part| part.at.origin()).unwrap_or_default(),
            });
        }
        let full = array.most.is_some_and(|most| most <= array.prefix.len());
        let rest = if array.closed || full {
            Rest::Closed
        } else if array.items.is_empty() {
            Rest::Open
        } else {
            match self.shape_of(&array.items, &hint.child("item")) {
                Shape::Json => Rest::Open,
                shape => Rest::Typed(shape),
            }
        };
        Struct { fields, rest, tuple: true, ..Struct::default() }
    }
}

fn gather<'a>(parts: &Parts<'a>) -> Array<'a> {
    let mut array = Array::default();
    let mut everywhere: Vec<Part<'a>> = Vec::new();
    for part in parts.list.iter().filter(|part| part.role != Role::Maybe) {
        let at = part.at;
        let list = |key: &str| at.get(key).filter(|list| matches!(list.node.kind, Kind::Array(_)) && !list.is_empty());
        let (prefix, rest) = match (list("prefixItems"), list("items")) {
            (Some(prefix), _) => (Some(prefix), at.get("items").or_else(|| at.get("unevaluatedItems"))),
            (None, Some(prefix)) => (Some(prefix), at.get("additionalItems").or_else(|| at.get("unevaluatedItems"))),
            (None, None) => (None, at.get("items").or_else(|| at.get("unevaluatedItems"))),
        };
        for (index, item) in prefix.into_iter().flat_map(At::items).enumerate() {
            match array.prefix.get_mut(index) {
                Some(known) => known.push(part.inside(item)),
                None => array.prefix.push(vec![part.inside(item)]),
            }
        }
        match rest.map(|rest| &rest.node.kind) {
            Some(Kind::Bool(false)) => array.closed = true,
            // Of what is no schema more is said where it is read.
            Some(Kind::Object(members)) if members.is_empty() => {}
            Some(Kind::Object(_) | Kind::Null | Kind::Number(_) | Kind::String(_)) => {
                array.items.extend(rest.map(|rest| part.inside(rest)));
                if prefix.is_none() {
                    everywhere.extend(rest.map(|rest| part.inside(rest)));
                }
            }
            _ => {}
        }
        let number = |key: &str| at.get(key).and_then(At::as_number).and_then(|text| text.parse::<usize>().ok());
        array.least = array.least.max(number("minItems").unwrap_or(0));
        array.most = array.most.into_iter().chain(number("maxItems")).min();
    }
    for place in &mut array.prefix {
        place.splice(0..0, everywhere.iter().copied());
    }
    array
}
