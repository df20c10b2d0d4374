//! Which page a model stands on: its own, or that of the one model which it is a part of.

use crate::analyze::{hook_shapes, parts, reply_shapes, request_shapes};
use crate::ir::{Api, Id as _, Shape, TypeId};

/// For each type the one whose page it stands on: itself, unless it has no name of its own in the document and is part of
/// one other type alone.
pub(super) fn homes(api: &Api) -> Vec<TypeId> {
    let mut users: Vec<Users> = vec![Users::None; api.types.len()];
    let mut note = |shape: &Shape, user: Users| {
        if let Shape::Named(id) = shape.core()
            && let Some(known) = users.get_mut(id.index())
        {
            *known = if *known == Users::None || *known == user { user } else { Users::Many };
        }
    };
    for (_, operation) in api.ops.iter() {
        request_shapes(operation).chain(reply_shapes(operation)).for_each(|shape| note(shape, Users::Many));
    }
    api.hooks.iter().flat_map(hook_shapes).for_each(|shape| note(shape, Users::Many));
    for (id, definition) in api.types.iter() {
        parts(&definition.kind).into_iter().for_each(|shape| note(shape, Users::One(id)));
    }
    let owner = |id: TypeId| match users.get(id.index()) {
        Some(Users::One(owner)) if *owner != id && !api.types[id].hint.path.is_empty() => Some(*owner),
        _ => None,
    };
    let home = |id: TypeId| {
        let mut at = id;
        // A ring of parts has no page to stand on: each has its own.
        for _ in 0..64 {
            match owner(at) {
                Some(owner) => at = owner,
                None => return at,
            }
        }
        id
    };
    api.types.ids().map(home).collect()
}

/// What names a type.
#[derive(Clone, Copy, PartialEq)]
enum Users {
    None,
    One(TypeId),
    Many,
}
