//! Who uses each type directly.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::reach::{hook_shapes, parts, reply_shapes, request_shapes};
use crate::ir::{Api, OpId, Shape, TypeId};

/// The users of each type that has some, in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Users {
    /// Operations that send it.
    pub(super) sent: BTreeMap<TypeId, Vec<OpId>>,
    /// Operations that give it.
    pub(super) received: BTreeMap<TypeId, Vec<OpId>>,
    /// Types that it is part of.
    pub(super) parts: BTreeMap<TypeId, Vec<TypeId>>,
    /// Types that webhooks and callbacks bring.
    hooks: BTreeSet<TypeId>,
}

impl Users {
    pub(super) fn of(api: &Api) -> Self {
        let mut users = Self::default();
        for (id, operation) in api.ops.iter() {
            request_shapes(operation).for_each(|shape| add(&mut users.sent, shape, id));
            reply_shapes(operation).for_each(|shape| add(&mut users.received, shape, id));
        }
        users.hooks.extend(api.hooks.iter().flat_map(hook_shapes).filter_map(named));
        for (id, definition) in api.types.iter() {
            parts(&definition.kind).into_iter().for_each(|shape| add(&mut users.parts, shape, id));
        }
        users
    }

    /// The one type that uses a type, where nothing else does.
    pub(super) fn owner(&self, id: TypeId) -> Option<TypeId> {
        let called = self.sent.contains_key(&id) || self.received.contains_key(&id) || self.hooks.contains(&id);
        match self.parts.get(&id).map(Vec::as_slice) {
            Some([owner]) if !called => Some(*owner),
            _ => None,
        }
    }
}

fn named(shape: &Shape) -> Option<TypeId> {
    match shape.core() {
        Shape::Named(id) => Some(*id),
        _ => None,
    }
}

/// Adds a user; one that has a type several times uses it once.
fn add<I: PartialEq>(users: &mut BTreeMap<TypeId, Vec<I>>, shape: &Shape, user: I) {
    if let Some(id) = named(shape) {
        let known = users.entry(id).or_default();
        if known.last() != Some(&user) {
            known.push(user);
        }
    }
}
