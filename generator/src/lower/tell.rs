//! Once all types are known: what tells the variants of each union apart.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Sink};
use crate::ir::{Access, Api, Fixed, NameHint, Pick, Presence, Shape, Struct, TypeId, TypeKind, Union, Variant};

/// Unions and aliases inside each other are looked through this deep, and at so many types for one question: unions of
/// unions of unions have more ways through them than can be walked.
const DEEP: usize = 16;
const MANY: usize = 2_000;

/// How many types may still be looked at.
struct Left(Cell<usize>);

impl Left {
    fn new() -> Self {
        Self(Cell::new(MANY))
    }
    fn one_more(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

/// Completes all unions.
pub(super) fn finish(api: &mut Api, sink: &Sink) {
    for id in api.types.ids() {
        if let TypeKind::Alias(shape) = &api.types[id].kind
            && leads_to(api, shape, id)
        {
            // An alias cannot contain itself; a union of one variant can.
            let variant = Variant { hint: NameHint::named("value"), shape: shape.clone(), ..Variant::default() };
            api.types[id].kind = if matches!(variant.shape, Shape::Named(_)) {
                sink.left_out(
                    Code::RefCycle,
                    api.types[id].origin,
                    "a schema is nothing but itself",
                    "the value is free JSON",
                );
                TypeKind::Alias(Shape::Json)
            } else {
                TypeKind::Union(Union { variants: vec![variant], pick: Pick::Trial })
            };
        }
    }
    for id in api.types.ids() {
        let TypeKind::Union(union) = &api.types[id].kind else { continue };
        let mut union = union.clone();
        for variant in &mut union.variants {
            let facts = facts(api, &variant.shape, 0, &Left::new());
            variant.keys = facts.keys.iter().map(|key| (*key).to_owned()).collect();
            variant.consts = facts.consts.iter().map(|(name, json)| ((*name).to_owned(), json.clone())).collect();
        }
        if union.pick == Pick::Trial
            && let Some(property) = constant_tag(api, &mut union.variants)
        {
            union.pick = Pick::Tag { property };
        }
        if matches!(union.pick, Pick::Tag { .. }) {
            // Where a tag tells, nothing else is asked.
            let mut times: BTreeMap<String, usize> = BTreeMap::new();
            union
                .variants
                .iter()
                .flat_map(|variant| &variant.tags)
                .for_each(|tag| *times.entry(tag.clone()).or_default() += 1);
            for variant in union.variants.iter_mut().filter(|variant| !variant.fallback) {
                if !variant.tags.is_empty() && variant.tags.iter().all(|tag| times.get(tag) == Some(&1)) {
                    variant.consts.clear();
                }
            }
        }
        api.types[id].kind = TypeKind::Union(union);
    }
    inner_tags(api);
}

/// Whether a shape comes to a type through aliases alone.
fn leads_to(api: &Api, shape: &Shape, target: TypeId) -> bool {
    let mut shape = shape;
    for _ in 0..api.types.len().saturating_add(1) {
        let Shape::Named(id) = shape.core() else { return false };
        if *id == target {
            return true;
        }
        match &api.types[*id].kind {
            TypeKind::Alias(inner) => shape = inner,
            _ => return false,
        }
    }
    false
}

/// What the members of each value of a shape are known to be.
#[derive(Default)]
struct Facts<'x> {
    /// Members that are always there, in document order.
    keys: Vec<&'x str>,
    /// Members that, when they are there, are one constant, as JSON text.
    consts: BTreeMap<&'x str, Vec<String>>,
}

fn facts<'x>(api: &'x Api, shape: &Shape, depth: usize, left: &Left) -> Facts<'x> {
    let Shape::Named(id) = shape else { return Facts::default() };
    if !left.one_more() {
        return Facts::default();
    }
    match &api.types[*id].kind {
        TypeKind::Struct(structure) if !structure.tuple => of_struct(api, structure),
        TypeKind::Alias(inner) if depth < DEEP => facts(api, inner, depth + 1, left),
        // What holds for each variant; a value that none of them knows has to be kept by the inner union.
        TypeKind::Union(union) if depth < DEEP && union.variants.len() < 64 => {
            let mut all = union.variants.iter().map(|variant| facts(api, &variant.shape, depth + 1, left));
            let Some(mut common) = all.next() else { return Facts::default() };
            for next in all {
                common.keys.retain(|key| next.keys.contains(key));
                common.consts = common
                    .consts
                    .into_iter()
                    .filter_map(|(name, mut json)| {
                        let more = next.consts.get(name)?;
                        json.extend(more.iter().filter(|text| !json.contains(text)).cloned().collect::<Vec<_>>());
                        Some((name, json))
                    })
                    .collect();
            }
            common
        }
        _ => Facts::default(),
    }
}

fn of_struct<'x>(api: &Api, structure: &'x Struct) -> Facts<'x> {
    let mut facts = Facts::default();
    for field in &structure.fields {
        // An answer has no member that only goes.
        if field.presence == Presence::Required && field.access != Access::WriteOnly {
            facts.keys.push(&field.wire);
        }
        let constant = match (&field.shape, field.fixed) {
            (Shape::Bool, Some(Fixed::Bool(value))) => Some(value.to_string()),
            (Shape::Json, Some(Fixed::Null)) => Some("null".to_owned()),
            (Shape::Named(kind), _) => match &api.types[*kind].kind {
                TypeKind::Enum(list) => list.constant().map(|value| list.json(value)),
                _ => None,
            },
            _ => None,
        };
        if let Some(constant) = constant {
            facts.consts.insert(&field.wire, vec![constant]);
        }
    }
    facts
}

/// A member that every variant requires with literals of its own.
fn constant_tag(api: &Api, variants: &mut [Variant]) -> Option<String> {
    if variants.len() < 2 {
        return None;
    }
    for property in variants.first()?.keys.clone() {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut all: Vec<Vec<String>> = Vec::new();
        for variant in variants.iter() {
            let tags = literals(api, &variant.shape, &property, 0, &Left::new());
            if tags.is_empty() || tags.iter().any(|tag| taken.contains(tag)) {
                break;
            }
            taken.extend(tags.iter().cloned());
            all.push(tags);
        }
        if all.len() == variants.len() {
            for (variant, tags) in variants.iter_mut().zip(all) {
                variant.tags = tags;
            }
            return Some(property);
        }
    }
    None
}

/// The strings that a required member of the shape can hold; none when it is no text enum.
fn literals(api: &Api, shape: &Shape, property: &str, depth: usize, left: &Left) -> Vec<String> {
    let Shape::Named(id) = shape else { return Vec::new() };
    if !left.one_more() {
        return Vec::new();
    }
    match &api.types[*id].kind {
        TypeKind::Alias(inner) if depth < DEEP => literals(api, inner, property, depth + 1, left),
        TypeKind::Union(union) if depth < DEEP && union.variants.len() < 64 => {
            let mut all = Vec::new();
            for variant in &union.variants {
                let found = literals(api, &variant.shape, property, depth + 1, left);
                if found.is_empty() {
                    return found;
                }
                all.extend(found);
            }
            all
        }
        TypeKind::Struct(structure) if !structure.tuple => {
            let mut fields = structure.fields.iter();
            let field = fields.find(|field| field.wire == property && field.presence == Presence::Required);
            match field.map(|field| &field.shape) {
                Some(Shape::Named(kind)) => match &api.types[*kind].kind {
                    TypeKind::Enum(list) if list.text && !list.open => {
                        list.values.iter().map(|value| value.wire.clone()).collect()
                    }
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// A variant that is a union by the same tag has the tags of that union, unless it was given some.
fn inner_tags(api: &mut Api) {
    for id in api.types.ids() {
        let TypeKind::Union(union) = &api.types[id].kind else { continue };
        let Pick::Tag { property } = &union.pick else { continue };
        let mut found: Vec<(usize, Vec<String>)> = Vec::new();
        for (index, variant) in union.variants.iter().enumerate().filter(|(_, variant)| variant.tags.is_empty()) {
            let tags = tags_inside(api, &variant.shape, property, 0);
            let free = |tag: &String| !union.variants.iter().any(|other| other.tags.contains(tag));
            let tags: Vec<String> = tags.into_iter().filter(free).collect();
            if !tags.is_empty() {
                found.push((index, tags));
            }
        }
        if let TypeKind::Union(union) = &mut api.types[id].kind {
            for (index, tags) in found {
                if let Some(variant) = union.variants.get_mut(index) {
                    variant.tags = tags;
                }
            }
        }
    }
}

fn tags_inside(api: &Api, shape: &Shape, property: &str, depth: usize) -> Vec<String> {
    let Shape::Named(id) = shape else { return Vec::new() };
    match &api.types[*id].kind {
        TypeKind::Alias(inner) if depth < DEEP => tags_inside(api, inner, property, depth + 1),
        TypeKind::Union(Union { variants, pick: Pick::Tag { property: own } }) if own == property => {
            variants.iter().flat_map(|variant| variant.tags.iter().cloned()).collect()
        }
        _ => Vec::new(),
    }
}
