//! Which page a model stands on: its own, or that of the one model which it is a part of.

use super::users::Users;
use crate::ir::{Api, TypeId};

/// For each type the one whose page it stands on: itself, unless it has no name of its own in the document and is part of
/// one other type alone.
pub(super) fn homes(api: &Api, users: &Users) -> Vec<TypeId> {
    let owner = |id: TypeId| users.owner(id).filter(|owner| *owner != id && !api.types[id].hint.path.is_empty());
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
