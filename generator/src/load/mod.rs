//! Text → [`Document`]: JSON and YAML into one tree with places, versions told apart, references followed.
//!
//! Nothing here touches a disk: the main file is in memory, and others come through the
//! [`Fetch`](crate::source::Fetch) of the source.

mod document;
mod follow;
mod json;
mod members;
mod node;
mod scan;
#[cfg(test)]
mod tests;
mod text;
mod tree;
pub(crate) mod uri;
mod version;
mod yaml;

use std::collections::BTreeMap;

pub use document::{Document, File, Position, RefError};
pub use members::Members;
pub use node::{At, Kind, Node};
pub use version::Version;

use document::Link;
use tree::{Failure, Tree};

use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::ir::Origin;
use crate::source::Source;

/// Bounds on what is read, so that a hostile file cannot exhaust the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all files of one description together, unpacked.
    pub bytes: usize,
    /// Values inside each other.
    pub depth: usize,
    /// Values in one file, with YAML aliases written out.
    pub nodes: usize,
    /// Files of one description.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 512 << 20, depth: 200, nodes: 10_000_000, files: 20_000 }
    }
}

/// Loads a description and every file that it refers to.
///
/// What is wrong goes to `sink`. The document is given back in any case, so that its lines can be shown; after an error
/// it holds nothing else of use.
pub fn load(source: &Source, limits: &Limits, sink: &Sink) -> Document {
    let mut document = Document::default();
    let key = source.path.rsplit('/').next().unwrap_or_default().to_owned();
    let bytes = match source.bytes(limits.bytes) {
        Ok(bytes) => bytes,
        Err(why) => {
            document.files.push(file(source.path.clone(), key, String::new(), failed(0)));
            sink.error(Code::Unreadable, Origin::default(), why);
            return document;
        }
    };
    let mut left = limits.bytes.saturating_sub(bytes.len());
    let (main, failure) = parse(source.path.clone(), key.clone(), bytes, limits, 0, sink);
    document.files.push(main);
    document.paths.insert(key, 0);
    if let Some(failure) = failure {
        sink.error(failure.code, Origin::default(), failure.message);
        return document;
    }
    match document.root().map(version::version) {
        Some(Ok(version)) => document.version = version,
        Some(Err(refused)) => {
            sink.push(Diagnostic {
                help: refused.help,
                ..Diagnostic::new(refused.code, Severity::Error, refused.at, refused.message)
            });
            return document;
        }
        None => return document,
    }
    let mut next = 0;
    while next < document.files.len() {
        connect(&mut document, next, source, limits, &mut left, sink);
        next += 1;
    }
    document
}

/// Finds what a file refers to, loads what is not there yet, and notes where each address leads.
fn connect(document: &mut Document, index: usize, source: &Source, limits: &Limits, left: &mut usize, sink: &Sink) {
    let Some(file) = document.files.get_mut(index) else { return };
    let root = std::mem::replace(&mut file.root, Node { id: 0, kind: Kind::Null });
    let key = file.key.clone();
    let identifiers = document.version >= Version::V31 || root.get("$schema").is_some();
    let found = scan::scan(&root, &key, identifiers);
    let number = u32::try_from(index).unwrap_or(u32::MAX);
    let mut links = BTreeMap::new();
    for address in &found.addresses {
        let mut link = document.link(&key, address);
        let path = uri::path(&key, address);
        let local = !uri::is_remote(address) && !uri::is_rooted(address);
        if local && !matches!(link, Link::File(_)) && (!path.starts_with("../") || source.allows(&path)) {
            link = open(document, source, path, limits, left, sink);
        }
        links.insert(Box::from(*address), link);
    }
    let resources = found.resources;
    for resource in &resources {
        let origin = Origin { file: number, node: resource.start };
        document.identifiers.entry(resource.base.clone()).or_insert(origin);
    }
    if let Some(file) = document.files.get_mut(index) {
        file.root = root;
        file.links = links;
        file.resources = resources;
    }
}

/// Loads a file that another one refers to.
fn open(
    document: &mut Document,
    source: &Source,
    path: String,
    limits: &Limits,
    left: &mut usize,
    sink: &Sink,
) -> Link {
    let Some(bytes) = source.fetch(&path, *left) else { return Link::Missing };
    let number = u32::try_from(document.files.len()).unwrap_or(u32::MAX);
    let shown = uri::normal(&format!("{}{path}", uri::folder(&source.path)));
    let origin = Origin { file: number, node: 0 };
    let effect = "what refers to this file falls back to free JSON, or is left out when it is no schema";
    let bytes = match bytes {
        Ok(bytes) if document.files.len() < limits.files => bytes,
        other => {
            let (code, why) = match other {
                Err(why) => (Code::Unreadable, why),
                Ok(_) => (Code::Limit, format!("there are more than {} files", limits.files)),
            };
            document.files.push(file(shown, path, String::new(), failed(0)));
            sink.left_out(code, origin, why, effect);
            return Link::Missing;
        }
    };
    *left = left.saturating_sub(bytes.len());
    let (parsed, failure) = parse(shown, path.clone(), bytes, limits, number, sink);
    document.files.push(parsed);
    match failure {
        Some(failure) => {
            sink.left_out(failure.code, origin, failure.message, effect);
            Link::Missing
        }
        None => {
            document.paths.insert(path, number);
            Link::File(number)
        }
    }
}

fn file(path: String, key: String, text: String, tree: Tree) -> File {
    File::new(path, key, text, tree.root, tree.offsets)
}

/// The tree of a text that could not be parsed: its root stands where the parser stopped.
fn failed(offset: usize) -> Tree {
    Tree {
        root: Node { id: 0, kind: Kind::Null },
        offsets: vec![u32::try_from(offset).unwrap_or(u32::MAX)],
        found: Vec::new(),
    }
}

/// Parses one file; what does not stand in the way goes to `sink`, what does is given back.
fn parse(
    path: String,
    key: String,
    bytes: Vec<u8>,
    limits: &Limits,
    number: u32,
    sink: &Sink,
) -> (File, Option<Failure>) {
    let decoded = text::decode(bytes);
    let text = decoded.text;
    let prose = number != 0 && is_prose(&key);
    let tree = if prose { Ok(sentence(&text)) } else { tree(&key, &text, limits) };
    match tree {
        Ok(tree) => {
            for found in &tree.found {
                sink.warning(found.code, Origin { file: number, node: found.node }, &found.message, found.effect);
            }
            if let Some(offset) = decoded.invalid {
                let origin = Origin { file: number, node: nearest(&tree, offset) };
                sink.warning(
                    Code::Syntax,
                    origin,
                    "there are bytes here that are not UTF-8",
                    "they are read as U+FFFD",
                );
            }
            (file(path, key, text, tree), None)
        }
        Err(failure) => {
            let tree = failed(failure.offset);
            (file(path, key, text, tree), Some(failure))
        }
    }
}

/// JSON when it looks like it, else YAML. What looks like JSON but is none may still be YAML, which knows commas before
/// a closing bracket.
fn tree(key: &str, text: &str, limits: &Limits) -> Result<Tree, Failure> {
    if !text.trim_start().starts_with(['{', '[']) {
        return yaml::parse(text, limits);
    }
    let failure = match json::parse(text, limits) {
        Ok(tree) => return Ok(tree),
        Err(failure) if failure.code == Code::Limit => return Err(failure),
        Err(failure) => failure,
    };
    let parsed = match json::without_comments(text) {
        Some(plain) => yaml::parse(&plain, limits),
        None => yaml::parse(text, limits),
    };
    match parsed {
        Ok(tree) if [".yaml", ".yml", ".yaml.gz", ".yml.gz"].iter().any(|ending| key.ends_with(ending)) => Ok(tree),
        Ok(mut tree) => {
            let message = format!("not valid JSON: {}", failure.message);
            tree.found.push(tree::Found {
                code: Code::Syntax,
                node: nearest(&tree, failure.offset),
                message,
                effect: "the text is read as YAML",
            });
            Ok(tree)
        }
        Err(_) => Err(failure),
    }
}

/// The last node that starts at or before an offset.
fn nearest(tree: &Tree, offset: usize) -> u32 {
    let near =
        (0u32..).zip(&tree.offsets).filter(|(_, start)| **start as usize <= offset).max_by_key(|(_, start)| **start);
    near.map_or(0, |(node, _)| node)
}

/// Whether a file is a text as a whole, by its name: descriptions and examples refer to such files.
fn is_prose(key: &str) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let data = ["json", "json5", "jsonc", "yaml", "yml", "gz", "oas", "openapi", "swagger", "schema"];
    extension.is_some_and(|extension| !data.contains(&extension.as_str()))
}

/// A text that is one string.
fn sentence(text: &str) -> Tree {
    Tree { root: Node { id: 0, kind: Kind::String(text.trim_end().into()) }, offsets: vec![0], found: Vec::new() }
}
