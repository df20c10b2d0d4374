//! One walk over a parsed file: which files it refers to, and which parts of it have a name of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::uri;
use super::{Kind, Node};

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Scan<'a> {
    /// Addresses of other files and identifiers, as written, without fragment.
    pub addresses: BTreeSet<&'a str>,
    /// The parts that have an identifier, in document order; the first one is the file itself.
    pub resources: Vec<Resource>,
}

/// A part of a file that references are relative to: the file itself, or a schema with an `$id`.
#[derive(Debug)]
pub(super) struct Resource {
    /// Number of its root.
    pub start: u32,
    /// Highest number inside.
    pub end: u32,
    /// Its identifier: absolute, or the path of the file from the folder of the description.
    pub base: String,
    /// Nodes by `$anchor` and `$dynamicAnchor`.
    pub anchors: BTreeMap<Box<str>, u32>,
}

/// Walks a file. `identifiers` says whether `$id` and `$anchor` mean something, as they do since OpenAPI 3.1.
pub(super) fn scan<'a>(root: &'a Node, path: &str, identifiers: bool) -> Scan<'a> {
    let mut scan = Scan::default();
    let base = root.get("$self").and_then(text).map_or_else(|| path.to_owned(), |own| uri::join(path, own));
    scan.resources.push(Resource { start: 0, end: u32::MAX, base, anchors: BTreeMap::new() });
    walk(&mut scan, root, 0, identifiers);
    scan
}

/// Walks a node that lies in the resource at `inside`, and gives the highest number in it.
fn walk<'a>(scan: &mut Scan<'a>, node: &'a Node, inside: usize, identifiers: bool) -> u32 {
    let mut last = node.id;
    match &node.kind {
        Kind::Array(items) => {
            for item in items {
                last = walk(scan, item, inside, identifiers);
            }
        }
        Kind::Object(members) => {
            let own = if identifiers { identify(scan, node, inside) } else { inside };
            for (key, value) in members.iter() {
                last = walk(scan, value, own, identifiers);
                match key {
                    "$ref" | "$dynamicRef" | "operationRef" => scan.addresses.extend(text(value).and_then(address)),
                    "discriminator" => {
                        let Some(Kind::Object(mapping)) = value.get("mapping").map(|mapping| &mapping.kind) else {
                            continue;
                        };
                        // A value may be a bare name of a schema; only what looks like a file is taken for one.
                        let targets =
                            mapping.values().filter_map(text).filter(|target| target.contains(['/', '#', '.']));
                        scan.addresses.extend(targets.filter_map(address));
                    }
                    _ => {}
                }
            }
            if own != inside
                && let Some(resource) = scan.resources.get_mut(own)
            {
                resource.end = last;
            }
        }
        _ => {}
    }
    last
}

/// Notes `$id` and anchors of an object, and gives the resource that its members are in.
fn identify(scan: &mut Scan<'_>, node: &Node, inside: usize) -> usize {
    let mut own = inside;
    if let Some(id) = node.get("$id").and_then(text) {
        let base = scan.resources.get(inside).map(|resource| uri::join(&resource.base, id)).unwrap_or_default();
        match id.strip_prefix('#') {
            // Up to draft 7 a bare fragment was what `$anchor` is now.
            Some(name) => anchor(scan, inside, name, node.id),
            None if node.id == 0 => {
                if let Some(root) = scan.resources.first_mut() {
                    root.base = base;
                }
            }
            None => {
                own = scan.resources.len();
                scan.resources.push(Resource { start: node.id, end: node.id, base, anchors: BTreeMap::new() });
            }
        }
    }
    for name in ["$anchor", "$dynamicAnchor"].iter().filter_map(|key| node.get(key).and_then(text)) {
        anchor(scan, own, name, node.id);
    }
    own
}

fn anchor(scan: &mut Scan<'_>, inside: usize, name: &str, node: u32) {
    if let Some(resource) = scan.resources.get_mut(inside) {
        resource.anchors.entry(name.into()).or_insert(node);
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::String(text) => Some(text),
        _ => None,
    }
}

fn address(reference: &str) -> Option<&str> {
    let (address, _) = uri::split(reference);
    (!address.is_empty()).then_some(address)
}
