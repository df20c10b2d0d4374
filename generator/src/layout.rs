//! Which item stands in which module: one per tag with the models that only it uses, and one for shared models.

use std::collections::BTreeMap;

use crate::analyze::{hook_shapes, parts, reply_shapes, request_shapes};
use crate::ir::{Api, Id as _, OpId, Shape, TypeId};
use crate::plan::{Facts, Layout, Names};

/// Module of the models that nothing sends or receives.
pub const UNREFERENCED: &str = "unreferenced";

/// Module of the models that only requests of the server hold.
pub const PAYLOADS: &str = "webhook_payloads";

/// Stands for the server's requests where tags are counted.
const HOOKS: usize = usize::MAX;

/// Module of all operations, where the settings want a single one.
const SINGLE: &str = "all";

/// Who uses a type.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    Nobody,
    Tag(usize),
    Many,
}

/// Lays out an API.
pub fn layout(api: &Api, facts: &Facts, names: &Names) -> Layout {
    let mut owners = vec![Owner::Nobody; api.types.len()];
    for (_, operation) in api.ops.iter() {
        for shape in request_shapes(operation).chain(reply_shapes(operation)) {
            claim(api, shape, operation.tag.index(), &mut owners);
        }
    }
    for shape in api.hooks.iter().flat_map(hook_shapes) {
        claim(api, shape, HOOKS, &mut owners);
    }
    let tags: Vec<usize> = api
        .tags
        .ids()
        .map(|tag| tag.index())
        .filter(|tag| api.ops.iter().any(|(_, operation)| operation.tag.index() == *tag))
        .collect();
    let by_tag = tags.len() > 1 && !api.choices.single_module;
    let mut models: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for id in api.types.ids() {
        if !facts.emitted[id.index()] || names.types[id.index()].is_empty() {
            continue;
        }
        let module = match owners[id.index()] {
            Owner::Tag(HOOKS) if !tags.is_empty() => PAYLOADS.to_owned(),
            Owner::Tag(tag) if by_tag && tag != HOOKS => names.tags[tag].clone(),
            // Where nothing is called, every model is what the crate is for.
            Owner::Nobody if !tags.is_empty() => UNREFERENCED.to_owned(),
            _ => "shared".to_owned(),
        };
        models.entry(module).or_default().push(id);
    }
    if api.choices.single_module && !api.ops.is_empty() {
        return Layout {
            models: models.into_iter().collect(),
            operations: vec![(SINGLE.to_owned(), api.ops.ids().collect())],
        };
    }
    // A tag may be called `shared` too: its models then stand with the shared ones, which is right.
    let operations = tags.iter().map(|tag| (names.tags[*tag].clone(), ops_of(api, *tag))).collect();
    Layout { models: models.into_iter().collect(), operations }
}

fn ops_of(api: &Api, tag: usize) -> Vec<OpId> {
    api.ops.iter().filter(|(_, operation)| operation.tag.index() == tag).map(|(id, _)| id).collect()
}

fn claim(api: &Api, shape: &Shape, tag: usize, owners: &mut [Owner]) {
    let mut work = vec![shape];
    while let Some(shape) = work.pop() {
        let Shape::Named(id) = shape.core() else { continue };
        let owner = &mut owners[id.index()];
        let next = match *owner {
            Owner::Nobody => Owner::Tag(tag),
            Owner::Tag(other) if other != tag => Owner::Many,
            _ => continue,
        };
        *owner = next;
        work.extend(parts(&api.types[*id].kind));
    }
}
