//! A tree while overlays change it: values from several files in one tree, each of which still knows where it stands.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_json_path::JsonPath;

use super::super::document::Graft;
use super::super::{Kind, Node};
use super::merge;

/// One step on the way down from the root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(Box<str>),
    Index(usize),
}

/// A tree whose values come from several files. Their numbers are those of their own file, behind the numbers of all
/// files before it.
#[derive(Debug)]
pub(super) struct Draft {
    root: Node,
    /// The same values for queries, which know no tree of ours.
    mirror: Value,
    /// Byte offset of each number.
    offsets: Vec<u32>,
    /// The first number of each file, and the file.
    files: Vec<(u32, u32)>,
    /// How many values there are.
    pub count: usize,
}

/// A tree that is numbered in its own order again.
#[derive(Debug)]
pub(super) struct Finished {
    pub root: Node,
    /// Byte offset of each node in the file where it stands.
    pub offsets: Vec<u32>,
    /// The nodes that stand in another file.
    pub grafts: Vec<Graft>,
    /// By old number of the first file: the new number, if the node is still there.
    pub moved: Vec<Option<u32>>,
}

impl Draft {
    /// Starts with the tree of the main file.
    pub fn new(root: Node, offsets: Vec<u32>) -> Self {
        let mirror = value(&root);
        let count = size(&root);
        Self { root, mirror, offsets, files: vec![(0, 0)], count }
    }

    /// Lets values of another file in: gives what is to be added to their numbers, unless numbers run out.
    pub fn admit(&mut self, file: u32, offsets: &[u32]) -> Option<u32> {
        let base = u32::try_from(self.offsets.len()).ok()?;
        u32::try_from(self.offsets.len() + offsets.len()).ok()?;
        self.offsets.extend_from_slice(offsets);
        self.files.push((base, file));
        Some(base)
    }

    /// What a query selects, each place once.
    pub fn select(&self, query: &JsonPath) -> Vec<Vec<Step>> {
        let mut known = BTreeSet::new();
        let mut found = Vec::new();
        for node in query.query_located(&self.mirror).all() {
            let step = |element: &serde_json_path::PathElement<'_>| match element.as_index() {
                Some(index) => Step::Index(index),
                None => Step::Key(element.as_name().unwrap_or_default().into()),
            };
            let path: Vec<Step> = node.location().iter().map(step).collect();
            if known.insert(path.clone()) {
                found.push(path);
            }
        }
        found
    }

    /// The value at a place.
    pub fn get(&self, path: &[Step]) -> Option<&Node> {
        path.iter().try_fold(&self.root, |here, step| match (&here.kind, step) {
            (Kind::Object(members), Step::Key(key)) => members.get(key),
            (Kind::Array(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })
    }

    fn get_mut(&mut self, path: &[Step]) -> Option<&mut Node> {
        path.iter().try_fold(&mut self.root, |here, step| match (&mut here.kind, step) {
            (Kind::Object(members), Step::Key(key)) => members.get_mut(key),
            (Kind::Array(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        })
    }

    fn mirror_mut(&mut self, path: &[Step]) -> Option<&mut Value> {
        path.iter().try_fold(&mut self.mirror, |here, step| match step {
            Step::Key(key) => here.get_mut(&**key),
            Step::Index(index) => here.get_mut(*index),
        })
    }

    /// Merges a value, whose numbers are those of this draft, into the one at a place.
    pub fn merge(&mut self, path: &[Step], update: Node) {
        self.count += size(&update);
        let Some(target) = self.get_mut(path) else { return };
        merge::merge(target, update);
        let changed = value(target);
        if let Some(mirror) = self.mirror_mut(path) {
            *mirror = changed;
        }
    }

    /// Takes out the values at some places, none of which is the root.
    pub fn remove(&mut self, paths: &[Vec<Step>]) {
        let mut lost: BTreeMap<&[Step], BTreeSet<&Step>> = BTreeMap::new();
        for path in paths {
            if let Some((last, parent)) = path.split_last() {
                lost.entry(parent).or_default().insert(last);
            }
        }
        // What stands deeper or behind comes first, so that the other places stay right.
        for (parent, steps) in lost.into_iter().rev() {
            let goes = |key: &str| steps.contains(&Step::Key(key.into()));
            match self.get_mut(parent).map(|node| &mut node.kind) {
                Some(Kind::Object(members)) => members.retain(|key| !goes(key)),
                Some(Kind::Array(items)) => without(items, &steps),
                _ => {}
            }
            match self.mirror_mut(parent) {
                Some(Value::Object(members)) => members.retain(|key, _| !goes(key)),
                Some(Value::Array(items)) => without(items, &steps),
                _ => {}
            }
        }
    }

    /// Numbers the tree in its own order.
    pub fn finish(self) -> Finished {
        let Self { mut root, offsets, files, .. } = self;
        let first = files.get(1).map_or(offsets.len(), |(base, _)| *base as usize);
        let mut out = Finished {
            root: Node { id: 0, kind: Kind::Null },
            offsets: Vec::new(),
            grafts: Vec::new(),
            moved: vec![None; first],
        };
        number(&mut root, &offsets, &files, &mut out);
        out.root = root;
        out
    }
}

fn without<T>(items: &mut Vec<T>, steps: &BTreeSet<&Step>) {
    let mut index = 0;
    items.retain(|_| {
        let stays = !steps.contains(&Step::Index(index));
        index += 1;
        stays
    });
}

fn number(node: &mut Node, offsets: &[u32], files: &[(u32, u32)], out: &mut Finished) {
    let old = node.id;
    let new = u32::try_from(out.offsets.len()).unwrap_or(u32::MAX);
    node.id = new;
    out.offsets.push(offsets.get(old as usize).copied().unwrap_or_default());
    let file = files
        .partition_point(|(base, _)| *base <= old)
        .checked_sub(1)
        .and_then(|at| files.get(at))
        .map_or(0, |(_, file)| *file);
    if file == 0 {
        if let Some(moved) = out.moved.get_mut(old as usize) {
            // A copy has the number of what it was made from.
            moved.get_or_insert(new);
        }
    } else {
        match out.grafts.last_mut().filter(|graft| graft.file == file && graft.end.checked_add(1) == Some(new)) {
            Some(graft) => graft.end = new,
            None => out.grafts.push(Graft { start: new, end: new, file }),
        }
    }
    match &mut node.kind {
        Kind::Array(items) => items.iter_mut().for_each(|item| number(item, offsets, files, out)),
        Kind::Object(members) => members.values_mut().for_each(|member| number(member, offsets, files, out)),
        _ => {}
    }
}

/// A copy of a value with `base` added to all its numbers.
pub(super) fn graft(node: &Node, base: u32) -> Node {
    let mut copy = node.clone();
    shift(&mut copy, base);
    copy
}

fn shift(node: &mut Node, base: u32) {
    node.id = node.id.saturating_add(base);
    match &mut node.kind {
        Kind::Array(items) => items.iter_mut().for_each(|item| shift(item, base)),
        Kind::Object(members) => members.values_mut().for_each(|member| shift(member, base)),
        _ => {}
    }
}

/// How many values a value holds, itself included.
pub(super) fn size(node: &Node) -> usize {
    1 + children(node).map(size).sum::<usize>()
}

/// How deep values stand inside each other.
pub(super) fn height(node: &Node) -> usize {
    1 + children(node).map(height).max().unwrap_or_default()
}

fn children(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match &node.kind {
        Kind::Array(items) => Box::new(items.iter()),
        Kind::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

fn value(node: &Node) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(*value),
        // A number beyond what can be compared is still there for `*`.
        Kind::Number(text) => text.parse().map_or(Value::Null, Value::Number),
        Kind::String(text) => Value::String(text.to_string()),
        Kind::Array(items) => Value::Array(items.iter().map(value).collect()),
        Kind::Object(members) => {
            Value::Object(members.iter().map(|(key, node)| (key.to_owned(), value(node))).collect())
        }
    }
}
