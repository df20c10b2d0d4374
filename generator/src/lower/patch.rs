//! `application/merge-patch+json` (RFC 7396): an absent member stays as it is, and `null` takes it away.
//!
//! Descriptions rarely say of such a body that its members can be `null`, though that is what the media type means. So
//! every optional member of it can be, and every value of a map; a list is replaced as a whole.

use std::collections::BTreeSet;

use crate::ir::{Api, Media, Presence, Rest, Shape, TypeId, TypeKind};

/// Lets `null` be said in all bodies that are patches.
pub(super) fn finish(api: &mut Api) {
    let mut work = Vec::new();
    for id in api.ops.ids() {
        let bodies = api.ops[id].body.iter_mut().flat_map(|body| &mut body.media);
        for media in bodies.filter(|media| is_patch(media)) {
            within(&mut media.shape, &mut work);
        }
    }
    let mut seen: BTreeSet<TypeId> = BTreeSet::new();
    while let Some(id) = work.pop() {
        if !seen.insert(id) {
            continue;
        }
        match &mut api.types[id].kind {
            TypeKind::Struct(structure) => {
                for field in &mut structure.fields {
                    within(&mut field.shape, &mut work);
                    if field.presence == Presence::Optional {
                        removable(&mut field.shape);
                    }
                }
                if let Rest::Typed(shape) = &mut structure.rest {
                    within(shape, &mut work);
                    removable(shape);
                }
            }
            TypeKind::Union(union) => {
                union.variants.iter_mut().for_each(|variant| within(&mut variant.shape, &mut work))
            }
            TypeKind::Alias(shape) => within(shape, &mut work),
            TypeKind::Enum(_) => {}
        }
    }
}

fn is_patch(media: &Media) -> bool {
    let essence = media.name.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/merge-patch+json")
}

/// Goes on to what a patch looks into.
fn within(shape: &mut Shape, work: &mut Vec<TypeId>) {
    match shape {
        Shape::Named(id) => work.push(*id),
        Shape::Nullable(inner) => within(inner, work),
        Shape::Map(inner) => {
            within(inner, work);
            removable(inner);
        }
        _ => {}
    }
}

fn removable(shape: &mut Shape) {
    *shape = std::mem::replace(shape, Shape::Json).nullable();
}
