//! Types without a name in the document that would get the same name and are the same: one is enough.
//!
//! Such twins are the schemas of several media types of one body, or an enum that is written out at each place under the
//! name that an extension gives it. Types that would be named apart stay apart, so that what is added to a document never
//! renames what it had.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Field, Id as _, NameHint, Rest, Shape, TypeDef, TypeId, TypeKind};

/// So often types are merged whose parts were merged.
const ROUNDS: usize = 8;

/// Makes one of all twins, the first; the others are left without a use.
pub(super) fn merge(api: &mut Api) {
    let mut gone: BTreeSet<TypeId> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let mut first: BTreeMap<NameHint, Vec<TypeId>> = BTreeMap::new();
        for (id, definition) in api.types.iter().filter(|(id, definition)| !definition.component && !gone.contains(id))
        {
            first.entry(definition.hint.clone()).or_default().push(id);
        }
        let mut instead: BTreeMap<TypeId, TypeId> = BTreeMap::new();
        for ids in first.into_values().filter(|ids| ids.len() > 1 && ids.len() < 1_000) {
            let mut kept: Vec<TypeId> = Vec::new();
            for id in ids {
                match kept.iter().find(|other| is_same(api, **other, id)) {
                    Some(other) => drop(instead.insert(id, *other)),
                    None => kept.push(id),
                }
            }
        }
        if instead.is_empty() {
            return;
        }
        replace(api, &instead);
        gone.extend(instead.into_keys());
    }
}

/// Whether two types are the same but for prose and places.
fn is_same(api: &Api, left: TypeId, right: TypeId) -> bool {
    let limits = |id: TypeId| (api.limits.types.get(id.index()), api.limits.parts.get(id.index()));
    if limits(left) != limits(right) {
        return false;
    }
    let pair = Pair { left, right };
    let (left, right): (&TypeDef, &TypeDef) = (&api.types[left], &api.types[right]);
    match (&left.kind, &right.kind) {
        (TypeKind::Struct(a), TypeKind::Struct(b)) => {
            let rest = match (&a.rest, &b.rest) {
                (Rest::Typed(a), Rest::Typed(b)) => pair.shape(a, b),
                (a, b) => a == b,
            };
            rest && a.tuple == b.tuple && a.tags == b.tags && pair.fields(&a.fields, &b.fields)
        }
        (TypeKind::Enum(a), TypeKind::Enum(b)) => {
            let values = |list: &crate::ir::Enum| -> Vec<(String, Option<String>)> {
                list.values.iter().map(|value| (value.wire.clone(), value.name.clone())).collect()
            };
            a.text == b.text && a.values.len() == b.values.len() && values(a) == values(b)
        }
        (TypeKind::Union(a), TypeKind::Union(b)) => {
            a.pick == b.pick
                && a.variants.len() == b.variants.len()
                && a.variants.iter().zip(&b.variants).all(|(a, b)| {
                    (&a.hint, &a.tags, &a.keys, &a.consts, a.fallback)
                        == (&b.hint, &b.tags, &b.keys, &b.consts, b.fallback)
                        && pair.shape(&a.shape, &b.shape)
                })
        }
        (TypeKind::Alias(a), TypeKind::Alias(b)) => pair.shape(a, b),
        _ => false,
    }
}

/// Two types that are compared: each may refer to itself.
struct Pair {
    left: TypeId,
    right: TypeId,
}

impl Pair {
    fn fields(&self, left: &[Field], right: &[Field]) -> bool {
        left.len() == right.len()
            && left.iter().zip(right).all(|(a, b)| {
                (&a.wire, &a.name, a.presence, a.access, a.fixed) == (&b.wire, &b.name, b.presence, b.access, b.fixed)
                    && self.shape(&a.shape, &b.shape)
            })
    }

    fn shape(&self, left: &Shape, right: &Shape) -> bool {
        match (left, right) {
            (Shape::Named(a), Shape::Named(b)) => a == b || (*a, *b) == (self.left, self.right),
            (Shape::List(a), Shape::List(b))
            | (Shape::Map(a), Shape::Map(b))
            | (Shape::Nullable(a), Shape::Nullable(b))
            | (Shape::JsonText(a), Shape::JsonText(b)) => self.shape(a, b),
            (a, b) => a == b,
        }
    }
}

/// Puts the kept type in the place of its twins.
fn replace(api: &mut Api, instead: &BTreeMap<TypeId, TypeId>) {
    let swap = |shape: &mut Shape| {
        let mut shape = shape;
        loop {
            match shape {
                Shape::List(inner) | Shape::Map(inner) | Shape::Nullable(inner) | Shape::JsonText(inner) => {
                    shape = inner
                }
                Shape::Named(id) => {
                    if let Some(kept) = instead.get(id) {
                        *id = *kept;
                    }
                    return;
                }
                _ => return,
            }
        }
    };
    for id in api.types.ids() {
        match &mut api.types[id].kind {
            TypeKind::Struct(structure) => {
                structure.fields.iter_mut().for_each(|field| swap(&mut field.shape));
                if let Rest::Typed(shape) = &mut structure.rest {
                    swap(shape);
                }
            }
            TypeKind::Union(union) => union.variants.iter_mut().for_each(|variant| swap(&mut variant.shape)),
            TypeKind::Alias(shape) => swap(shape),
            TypeKind::Enum(_) => {}
        }
    }
    for id in api.ops.ids() {
        let operation = &mut api.ops[id];
        operation.params.iter_mut().for_each(|param| swap(&mut param.shape));
        let replies = &mut operation.replies;
        let replies = replies.ok.iter_mut().chain(&mut replies.err).chain(&mut replies.fallback);
        let mut media: Vec<&mut crate::ir::Media> =
            operation.body.iter_mut().flat_map(|body| &mut body.media).collect();
        for reply in replies {
            media.extend(&mut reply.media);
            reply.headers.iter_mut().for_each(|header| swap(&mut header.shape));
        }
        for media in media {
            swap(&mut media.shape);
            media.item.iter_mut().flat_map(crate::ir::Item::shapes_mut).for_each(&swap);
        }
    }
}
