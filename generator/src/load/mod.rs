//! Text → [`Document`]: JSON and YAML into one tree with places, versions told apart, references followed.
//!
//! Nothing here touches a disk: the main file is in memory, and others come through the
//! [`Fetch`](crate::source::Fetch) of the source.

mod anchors;
mod document;
mod follow;
mod json;
mod members;
mod node;
mod overlay;
mod scan;
#[cfg(test)]
mod tests;
mod text;
mod toml;
mod tree;
mod trouble;
pub(crate) mod uri;
mod version;
mod written;
mod yaml;

use std::collections::BTreeMap;

pub use document::{Document, File, Position, RefError};
pub(crate) use follow::nearest_name;
pub use members::Members;
pub use node::{At, Kind, Node};
pub use toml::key_origin;
pub use version::Version;

use document::Link;
use tree::{Failure, Found, Tree};

use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::ir::Origin;
use crate::source::{Attached, Source};

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

/// Loads a description and every file that it refers to, with its settings and overlays.
///
/// What is wrong goes to `sink`. The document is given back in any case, so that its lines can be shown; after an error
/// it holds nothing else of use.
pub fn load(source: &Source, limits: &Limits, sink: &Sink) -> Document {
    let mut document = Document::default();
    let mut left = limits.bytes;
    let main = main_file(&mut document, source, limits, &mut left, sink);
    let overlays = attach(&mut document, source, limits, &mut left, sink);
    let Some(mut found) = main else { return document };
    overlay::apply(&mut document, &overlays, &mut found, limits, sink);
    tell(&mut document, &found, 0, sink);
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

/// Reads the main file; gives what is wrong with it, or nothing when it cannot be read at all.
fn main_file(
    document: &mut Document,
    source: &Source,
    limits: &Limits,
    left: &mut usize,
    sink: &Sink,
) -> Option<Vec<Found>> {
    let key = source.path.rsplit('/').next().unwrap_or_default().to_owned();
    let bytes = match source.bytes(*left) {
        Ok(bytes) => bytes,
        Err(why) => {
            document.files.push(file(source.path.clone(), key, String::new(), failed(0)));
            sink.error(Code::Unreadable, Origin::default(), why);
            return None;
        }
    };
    *left = left.saturating_sub(bytes.len());
    let (main, found) = parse(source.path.clone(), key.clone(), bytes, Format::Data, limits);
    document.files.push(main);
    document.paths.insert(key, 0);
    found.map_err(|failure| refuse(sink, Origin::default(), failure)).ok()
}

/// Reads the settings and the overlays; gives the files of the latter, in the order in which they are applied.
fn attach(document: &mut Document, source: &Source, limits: &Limits, left: &mut usize, sink: &Sink) -> Vec<u32> {
    let mut overlays = Vec::new();
    if let Some(settings) = source.settings() {
        document.settings = u32::try_from(document.files.len()).ok();
        attach_file(document, settings, Format::Toml, limits, left).told(document, sink);
        let named: Vec<(String, Origin)> = document
            .settings()
            .and_then(|settings| settings.get("overlays"))
            .into_iter()
            .flat_map(At::items)
            .filter_map(|path| Some((path.as_str()?.to_owned(), path.origin())))
            .collect();
        for (path, origin) in named {
            match attach_file(document, &source.beside_settings(&path), Format::Data, limits, left) {
                Attachment::Unreadable(_, why) => sink.error(Code::Unreadable, origin, format!("`{path}`: {why}")),
                other => overlays.extend(other.told(document, sink)),
            }
        }
    }
    for overlay in source.overlays() {
        overlays.extend(attach_file(document, overlay, Format::Data, limits, left).told(document, sink));
    }
    overlays
}

/// What became of a file that goes with a description.
enum Attachment {
    Parsed(u32, Vec<Found>),
    Broken(u32, Failure),
    Unreadable(u32, String),
}

impl Attachment {
    /// Tells what is wrong, and gives the number of the file if it is of use.
    fn told(self, document: &mut Document, sink: &Sink) -> Option<u32> {
        let error = |file, code, message| sink.error(code, Origin { file, node: 0 }, message);
        match self {
            Self::Parsed(file, found) => {
                tell(document, &found, file, sink);
                return Some(file);
            }
            Self::Broken(file, failure) => refuse(sink, Origin { file, node: 0 }, failure),
            Self::Unreadable(file, why) => error(file, Code::Unreadable, why),
        }
        None
    }
}

fn attach_file(
    document: &mut Document,
    attached: &Attached,
    format: Format,
    limits: &Limits,
    left: &mut usize,
) -> Attachment {
    let number = u32::try_from(document.files.len()).unwrap_or(u32::MAX);
    let path = attached.path.clone();
    let (mut parsed, result) = match attached.bytes(*left) {
        Ok(bytes) => {
            *left = left.saturating_sub(bytes.len());
            let (parsed, found) = parse(path.clone(), path, bytes, format, limits);
            (
                parsed,
                found.map_or_else(
                    |failure| Attachment::Broken(number, failure),
                    |found| Attachment::Parsed(number, found),
                ),
            )
        }
        Err(why) => (file(path.clone(), path, String::new(), failed(0)), Attachment::Unreadable(number, why)),
    };
    parsed.part = false;
    document.files.push(parsed);
    result
}

/// Finds what a file refers to, loads what is not there yet, and notes where each address leads.
fn connect(document: &mut Document, index: usize, source: &Source, limits: &Limits, left: &mut usize, sink: &Sink) {
    let Some(file) = document.files.get_mut(index).filter(|file| file.part) else { return };
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
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(why) => {
            document.unreadable.insert(path, why);
            return Link::Missing;
        }
    };
    let number = u32::try_from(document.files.len()).unwrap_or(u32::MAX);
    let shown = uri::normal(&format!("{}{path}", uri::folder(&source.path)));
    let origin = Origin { file: number, node: 0 };
    let effect = "what refers to this file falls back to free JSON, or is left out when it is no schema";
    if document.files.len() >= limits.files {
        let mut lost = file(shown, path, String::new(), failed(0));
        lost.part = false;
        document.files.push(lost);
        sink.left_out(Code::Limit, origin, format!("there are more than {} files", limits.files), effect);
        return Link::Missing;
    }
    *left = left.saturating_sub(bytes.len());
    let format = if is_prose(&path) { Format::Prose } else { Format::Data };
    let (mut parsed, found) = parse(shown, path.clone(), bytes, format, limits);
    parsed.part = found.is_ok();
    document.files.push(parsed);
    match found {
        Err(failure) => {
            sink.push(Diagnostic {
                effect: Some(effect.to_owned()),
                help: failure.help.map(str::to_owned),
                ..Diagnostic::new(failure.code, Severity::LeftOut, origin, failure.message)
            });
            Link::Missing
        }
        Ok(found) => {
            tell(document, &found, number, sink);
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

/// What a file is read as.
#[derive(Clone, Copy)]
enum Format {
    /// JSON or YAML.
    Data,
    /// One text.
    Prose,
    Toml,
}

/// Parses one file; gives what does not stand in the way, or what does.
fn parse(
    path: String,
    key: String,
    bytes: Vec<u8>,
    format: Format,
    limits: &Limits,
) -> (File, Result<Vec<Found>, Failure>) {
    let decoded = text::decode(bytes);
    let text = decoded.text;
    let tree = match format {
        Format::Data => tree(&key, &text, limits),
        Format::Prose => Ok(sentence(&text)),
        Format::Toml => toml::parse(&text, limits),
    };
    match tree {
        Ok(mut tree) => {
            if let Some(offset) = decoded.invalid {
                let message = "there are bytes here that are not UTF-8".to_owned();
                tree.found.push(syntax(offset, message, "they are read as U+FFFD"));
            }
            let found = std::mem::take(&mut tree.found);
            (file(path, key, text, tree), Ok(found))
        }
        Err(failure) => {
            let tree = failed(failure.offset);
            (file(path, key, text, tree), Err(failure))
        }
    }
}

/// Says that a file cannot be used.
fn refuse(sink: &Sink, at: Origin, failure: Failure) {
    let help = failure.help.map(str::to_owned);
    sink.push(Diagnostic { help, ..Diagnostic::new(failure.code, Severity::Error, at, failure.message) });
}

fn tell(document: &mut Document, found: &[Found], file: u32, sink: &Sink) {
    for found in found {
        let mark = found.offset.and_then(|offset| document.files.get_mut(file as usize)?.mark(offset));
        let at = Origin { file, node: mark.unwrap_or(found.node) };
        sink.warning(found.code, at, &found.message, found.effect);
    }
}

/// JSON when it looks like it, else YAML. What looks like JSON but is none may still be YAML, which knows commas before
/// a closing bracket.
fn tree(key: &str, text: &str, limits: &Limits) -> Result<Tree, Failure> {
    let start = text.trim_start();
    if ["<!", "<?xml", "<html"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|own| own.eq_ignore_ascii_case(tag)))
    {
        let failure = Failure::syntax(0, "this looks like HTML or XML, not JSON or YAML");
        return Err(Failure { code: Code::NotASpec, ..failure });
    }
    if !start.starts_with(['{', '[']) {
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
            tree.found.push(syntax(failure.offset, message, "the text is read as YAML"));
            Ok(tree)
        }
        Err(_) => Err(failure),
    }
}

/// Something wrong with the text itself, in the midst of a value or between two.
fn syntax(offset: usize, message: String, effect: &'static str) -> Found {
    Found { code: Code::Syntax, node: 0, message, effect, offset: Some(offset) }
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
