//! The loaded files: trees and places.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::node::{At, Kind, Node};
use super::scan::Resource;
use super::version::Version;
use super::written;
use crate::ir::Origin;

/// One loaded file.
#[derive(Debug)]
pub struct File {
    /// Path as it was given or found, with `/`.
    pub path: String,
    /// Its text, without a byte order mark.
    pub text: String,
    /// The tree.
    pub root: Node,
    /// Byte offset of each node, by its number.
    pub offsets: Vec<u32>,
    /// Path from the folder of the description: what references are resolved with.
    pub(super) key: String,
    /// Where each address in it leads.
    pub(super) links: BTreeMap<Box<str>, Link>,
    /// Its parts that have an identifier.
    pub(super) resources: Vec<Resource>,
    /// Whether it is a part of the description. Settings and overlays are not: they only change what becomes of it. Nor is
    /// what could not be parsed.
    pub(super) part: bool,
    /// The nodes that an overlay put here, in order: their offsets are those of the file where they stand.
    pub(super) grafts: Vec<Graft>,
    lines: OnceLock<Lines>,
}

/// Where lines start, and how many characters stand before each block: a line may be the whole of a file of many
/// megabytes, and a column counts characters.
#[derive(Debug, Default)]
struct Lines {
    starts: Vec<u32>,
    blocks: Vec<usize>,
}

/// Keys of more bytes are not shown whole.
const LONG_KEY: usize = 200;

/// Bytes of a block.
const BLOCK: usize = 4096;

/// Nodes that follow each other in one file and stand in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Graft {
    /// The first.
    pub start: u32,
    /// The last.
    pub end: u32,
    /// Where they stand.
    pub file: u32,
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// To a loaded file.
    File(u32),
    /// Nowhere.
    Missing,
    /// Out of what may be read.
    Outside,
}

/// A description: its main file and every file that it refers to.
#[derive(Debug, Default)]
pub struct Document {
    /// The files; the main one is the first.
    pub files: Vec<File>,
    /// The specification that it follows.
    pub version: Version,
    /// Files by their path from the folder of the description.
    pub(super) paths: BTreeMap<String, u32>,
    /// Files that cannot be read, and why. It is told where a reference names them.
    pub(super) unreadable: BTreeMap<String, String>,
    /// Parts of files by identifier.
    pub(super) identifiers: BTreeMap<String, Origin>,
    /// The file with the settings.
    pub(super) settings: Option<u32>,
}

/// Why a `$ref` cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefError {
    /// Nothing is there.
    Missing(String),
    /// The chain comes back to itself.
    Cycle,
    /// It leaves what may be read.
    Outside(String),
    /// The file is there and cannot be read.
    Unreadable(String),
}

/// A line and column, both counted from one; columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl File {
    /// Whether it is no part of the description, as settings and overlays are not.
    pub fn is_aside(&self) -> bool {
        !self.part
    }

    /// A file from its parts.
    pub(super) fn new(path: String, key: String, text: String, root: Node, offsets: Vec<u32>) -> Self {
        Self {
            path,
            text,
            root,
            offsets,
            key,
            links: BTreeMap::new(),
            resources: Vec::new(),
            part: true,
            grafts: Vec::new(),
            lines: OnceLock::new(),
        }
    }

    /// A number for a place where no node stands, behind those of all nodes.
    pub(super) fn mark(&mut self, offset: usize) -> Option<u32> {
        let number = u32::try_from(self.offsets.len()).ok()?;
        self.offsets.push(u32::try_from(offset).ok()?);
        Some(number)
    }

    /// Made on first use: most runs show no line at all.
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| {
            let breaks = self.text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, behind)| behind);
            let starts = std::iter::once(0).chain(breaks).collect();
            let mut total = 0;
            let blocks = self.text.as_bytes().chunks(BLOCK).map(|block| {
                let before = total;
                total += characters(block);
                before
            });
            Lines { starts, blocks: blocks.collect() }
        })
    }

    /// How many characters stand before an offset.
    fn characters_before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let blocks = &self.lines().blocks;
        let block = (offset / BLOCK).min(blocks.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        blocks.get(block).map_or(0, |before| before + characters(rest))
    }

    /// The byte offset of a node in the file where it stands; see [`Document::place`].
    pub fn offset(&self, node: u32) -> usize {
        self.offsets.get(node as usize).or(self.offsets.last()).map_or(0, |offset| *offset as usize)
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let starts = &self.lines().starts;
        let line = starts.partition_point(|start| *start as usize <= offset);
        let start = line.checked_sub(1).and_then(|line| starts.get(line)).map_or(0, |start| *start as usize);
        Position { line: line.max(1), column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// The byte offset at which a line starts, counted from one.
    pub fn line_start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|line| self.lines().starts.get(line)).map_or(0, |start| *start as usize)
    }

    /// A line, counted from one, without its line break.
    pub fn line(&self, line: usize) -> &str {
        let starts = &self.lines().starts;
        let at = |index: usize| starts.get(index).map(|start| *start as usize);
        let Some(start) = line.checked_sub(1).and_then(at) else { return "" };
        let end = at(line).unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// The last node on the way down to `id` whose number is not behind it, with the steps taken from each node.
    pub(super) fn descend<'a>(&'a self, id: u32, mut step: impl FnMut(&'a Node, Step<'a>)) -> &'a Node {
        let mut here = &self.root;
        // Numbers grow in document order, so the child to enter is the last one that does not lie behind the target.
        while here.id < id {
            let next = match &here.kind {
                Kind::Array(items) => {
                    let at = items.partition_point(|item| item.id <= id).checked_sub(1);
                    at.and_then(|index| Some((Step::Index(index), items.get(index)?)))
                }
                Kind::Object(members) => members.before(id).map(|(key, node)| (Step::Key(key), node)),
                _ => None,
            };
            let Some((taken, node)) = next else { break };
            step(here, taken);
            here = node;
        }
        here
    }
}

/// How many characters start in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// A step down.
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Document {
    /// The root of the main file.
    pub fn root(&self) -> Option<At<'_>> {
        self.files.first().map(|file| At { file: 0, node: &file.root })
    }

    /// The node at a place.
    pub fn node(&self, origin: Origin) -> Option<At<'_>> {
        let node = self.files.get(origin.file as usize)?.descend(origin.node, |_, _| {});
        (node.id == origin.node).then_some(At { file: origin.file, node })
    }

    /// In how many schemas with an identifier, and files, an anchor of this name stands.
    pub(crate) fn anchored(&self, name: &str) -> usize {
        let resources = self.files.iter().flat_map(|file| &file.resources);
        resources.filter(|resource| resource.anchors.contains_key(name)).count()
    }

    /// A text or another scalar as it is written: what unquoted words such as `1.10`, `0x1F` and `True` look like, as the
    /// keys of objects are read.
    pub fn word<'a>(&'a self, at: At<'a>) -> Option<&'a str> {
        let json = match &at.node.kind {
            Kind::String(text) => return Some(text),
            Kind::Number(text) => text,
            Kind::Bool(true) => "true",
            Kind::Bool(false) => "false",
            Kind::Null | Kind::Array(_) | Kind::Object(_) => return None,
        };
        let (file, offset) = self.place(at.origin());
        let written = self.files.get(file as usize).and_then(|file| file.text.get(offset..)).map(written::word);
        Some(written.filter(|word| written::reads_as(word, &at.node.kind)).unwrap_or(json))
    }

    /// The JSON Pointer of a node, such as `#/paths/~1pets/get`.
    pub fn pointer(&self, origin: Origin) -> String {
        self.steps(origin, |key| key.into())
    }

    /// The same with what is in the middle of very long keys left out: for people, and wherever there are many.
    pub fn short_pointer(&self, origin: Origin) -> String {
        self.steps(origin, |key| match key.len() {
            0..=LONG_KEY => key.into(),
            _ => format!(
                "{}…{}",
                &key[..key.floor_char_boundary(LONG_KEY / 2)],
                &key[key.ceil_char_boundary(key.len() - LONG_KEY / 4)..]
            )
            .into(),
        })
    }

    fn steps<'a>(&'a self, origin: Origin, mut shown: impl FnMut(&'a str) -> Cow<'a, str>) -> String {
        let mut out = String::from("#");
        // A mark is no node.
        if let Some(file) = self.files.get(origin.file as usize).filter(|_| self.node(origin).is_some()) {
            file.descend(origin.node, |_, step| {
                out.push('/');
                match step {
                    Step::Key(key) => out.push_str(&shown(key).replace('~', "~0").replace('/', "~1")),
                    Step::Index(index) => out.push_str(&index.to_string()),
                }
            });
        }
        out
    }

    /// The root of the settings, if there are any.
    pub fn settings(&self) -> Option<At<'_>> {
        let file = self.settings?;
        self.files.get(file as usize).map(|settings| At { file, node: &settings.root })
    }

    /// A node as a reference from the main file says it: `#/paths/~1pets`, or `schemas/pet.yaml#/Pet`.
    pub fn reference(&self, origin: Origin) -> String {
        let pointer = self.pointer(origin);
        match self.files.get(origin.file as usize) {
            Some(file) if origin.file > 0 => format!("{}{pointer}", file.key),
            _ => pointer,
        }
    }

    /// Where a node is written: the file and the byte offset. That is another file than the one whose tree it belongs
    /// to when an overlay put it there.
    pub fn place(&self, origin: Origin) -> (u32, usize) {
        let Some(file) = self.files.get(origin.file as usize) else { return (origin.file, 0) };
        let after = file.grafts.partition_point(|graft| graft.start <= origin.node);
        let graft = after.checked_sub(1).and_then(|at| file.grafts.get(at)).filter(|graft| origin.node <= graft.end);
        (graft.map_or(origin.file, |graft| graft.file), file.offset(origin.node))
    }

    /// The same of the key that a node stands under, where that is written before it just as it is read.
    pub fn key_place(&self, origin: Origin) -> (u32, usize) {
        let (written, offset) = self.place(origin);
        let mut key = None;
        if let Some(file) = self.files.get(origin.file as usize) {
            file.descend(origin.node, |_, step| key = if let Step::Key(key) = step { Some(key) } else { None });
        }
        let text = self.files.get(written as usize).map_or("", |file| &file.text);
        let found = key.filter(|key| !key.is_empty()).and_then(|key| {
            // Between the two there is little: a colon, a line break, a comment.
            let start = text.floor_char_boundary(offset.saturating_sub(key.len() + BLOCK));
            let before = text.get(start..offset)?;
            let is_key = |at: &usize| before[at + key.len()..].trim_start_matches(['"', '\'', ' ']).starts_with(':');
            before.rmatch_indices(key).map(|(at, _)| at).find(is_key).map(|at| start + at)
        });
        (written, found.unwrap_or(offset))
    }

    /// The path of a file, as it was given or found.
    pub fn path(&self, file: u32) -> &str {
        self.files.get(file as usize).map_or("", |file| &file.path)
    }

    /// The line and column at which a node stands, in the file of its [`place`](Self::place).
    pub fn position(&self, origin: Origin) -> Position {
        let (file, offset) = self.place(origin);
        self.files.get(file as usize).map_or(Position { line: 1, column: 1 }, |file| file.position(offset))
    }

    /// A line of a file, counted from one, without its line break.
    pub fn line_text(&self, file: u32, line: usize) -> &str {
        self.files.get(file as usize).map_or("", |file| file.line(line))
    }
}
