//! Which item stands in which module: one per tag with the models that only it uses, and one for shared models.
//!
//! Tags may stand inside each other. Then the module of the outer one holds those of the inner ones, one for its own
//! operations, and one for the models that several of these share.

use std::collections::BTreeMap;

use crate::ir::reach::{hook_shapes, parts, reply_shapes, request_shapes};
use crate::ir::{Api, Id as _, OpId, Shape, TagId, TypeId};
use crate::plan::{Facts, Layout, Names};

/// Module of the models that nothing sends or receives.
pub const UNREFERENCED: &str = "unreferenced";

/// Module of the models that only requests of the server hold.
pub const PAYLOADS: &str = "webhook_payloads";

/// Module of the models that several tags use.
const SHARED: &str = "shared";

/// Module of all operations, where the settings want a single one.
const SINGLE: &str = "all";

/// Who uses a type.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    Nobody,
    /// The server's requests.
    Hooks,
    /// The operations of one tag.
    Tag(TagId),
    /// Operations of several tags inside of one, that one's own among them or not.
    Group(TagId),
    Many,
}

/// Lays out an API.
pub fn layout(api: &Api, facts: &Facts, names: &Names) -> Layout {
    let tree = Tree::new(api, names);
    let mut owners = vec![Owner::Nobody; api.types.len()];
    for (_, operation) in api.ops.iter() {
        for shape in request_shapes(operation).chain(reply_shapes(operation)) {
            claim(api, &tree, shape, Owner::Tag(operation.tag), &mut owners);
        }
    }
    for shape in api.hooks.iter().flat_map(hook_shapes) {
        claim(api, &tree, shape, Owner::Hooks, &mut owners);
    }
    let has_ops = |tag: &TagId| api.ops.iter().any(|(_, operation)| operation.tag == *tag);
    let tags: Vec<TagId> = tree.order.iter().copied().filter(has_ops).collect();
    let by_tag = tags.len() > 1 && !api.choices.single_module;
    let mut models: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for id in api.types.ids() {
        if !facts.emitted[id.index()] || names.types[id.index()].is_empty() {
            continue;
        }
        let module = match owners[id.index()] {
            Owner::Hooks if !tags.is_empty() => PAYLOADS.to_owned(),
            Owner::Tag(tag) if by_tag => tree.module(tag),
            Owner::Group(tag) if by_tag => format!("{}/{SHARED}", tree.folder(tag)),
            // Where nothing is called, every model is what the crate is for.
            Owner::Nobody if !tags.is_empty() => UNREFERENCED.to_owned(),
            _ => SHARED.to_owned(),
        };
        models.entry(module).or_default().push(id);
    }
    let models = models.into_iter().collect();
    if api.choices.single_module && !api.ops.is_empty() {
        let operations = vec![(SINGLE.to_owned(), api.ops.ids().collect())];
        return Layout { tags: vec![SINGLE.to_owned(); api.tags.len()], models, operations };
    }
    // A tag may be called `shared` too: its models then stand with the shared ones, which is right.
    let operations = tags.iter().map(|tag| (tree.module(*tag), ops_of(api, *tag))).collect();
    Layout { tags: api.tags.ids().map(|tag| tree.module(tag)).collect(), models, operations }
}

fn ops_of(api: &Api, tag: TagId) -> Vec<OpId> {
    api.ops.iter().filter(|(_, operation)| operation.tag == tag).map(|(id, _)| id).collect()
}

/// The tags that hold operations.
struct Tree<'a> {
    names: &'a Names,
    order: Vec<TagId>,
    /// By tag: itself and those that it stands in, the outermost first.
    chains: Vec<Vec<TagId>>,
    /// By tag: whether others stand in it.
    holds: Vec<bool>,
}

impl<'a> Tree<'a> {
    fn new(api: &Api, names: &'a Names) -> Self {
        let chains: Vec<Vec<TagId>> = api.tags.ids().map(|tag| api.tag_chain(tag)).collect();
        let order = api.tag_tree();
        let mut holds = vec![false; chains.len()];
        for id in order.iter().filter_map(|tag| chains[tag.index()].iter().rev().nth(1)) {
            holds[id.index()] = true;
        }
        Self { names, order, chains, holds }
    }

    /// The module that stands for the whole of a tag.
    fn folder(&self, tag: TagId) -> String {
        let names: Vec<&str> = self.chains[tag.index()].iter().map(|id| self.names.tags[id.index()].as_str()).collect();
        names.join("/")
    }

    /// The module of what is the tag's alone.
    fn module(&self, tag: TagId) -> String {
        let folder = self.folder(tag);
        if self.holds[tag.index()] { format!("{folder}/{}", self.names.tags[tag.index()]) } else { folder }
    }

    fn join(&self, one: Owner, other: Owner) -> Owner {
        let (Owner::Tag(a) | Owner::Group(a), Owner::Tag(b) | Owner::Group(b)) = (one, other) else {
            return if one == Owner::Nobody || one == other { other } else { Owner::Many };
        };
        if one == other {
            return one;
        }
        let both = self.chains[a.index()].iter().zip(&self.chains[b.index()]).take_while(|(a, b)| a == b);
        both.last().map_or(Owner::Many, |(tag, _)| Owner::Group(*tag))
    }
}

fn claim(api: &Api, tree: &Tree<'_>, shape: &Shape, by: Owner, owners: &mut [Owner]) {
    let mut work = vec![shape];
    while let Some(shape) = work.pop() {
        let Shape::Named(id) = shape.core() else { continue };
        let owner = &mut owners[id.index()];
        let next = tree.join(*owner, by);
        if next != *owner {
            *owner = next;
            work.extend(parts(&api.types[*id].kind));
        }
    }
}
