//! What a parser gives back, and the numbering of nodes that JSON and YAML share.

use super::{Kind, Limits, Members, Node};
use crate::diag::Code;

/// A parsed text.
#[derive(Debug)]
pub(super) struct Tree {
    /// The root.
    pub root: Node,
    /// Byte offset of each node, by its number.
    pub offsets: Vec<u32>,
    /// What is wrong without standing in the way.
    pub found: Vec<Found>,
}

/// Something wrong at a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// Which rule.
    pub code: Code,
    /// Number of the node.
    pub node: u32,
    /// What is wrong.
    pub message: String,
    /// What it does to the output.
    pub effect: &'static str,
    /// Byte offset, where no node stands.
    pub offset: Option<usize>,
}

/// Why a text cannot be parsed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Failure {
    /// Which rule.
    pub code: Code,
    /// Byte offset.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
    /// What to do, where more is known than the code says.
    pub help: Option<&'static str>,
}

impl Failure {
    /// A text that is not what it should be.
    pub fn syntax(offset: usize, message: impl Into<String>) -> Self {
        Self { code: Code::Syntax, offset, message: message.into(), help: None }
    }
    /// A text that goes beyond a limit.
    pub fn limit(offset: usize, message: impl Into<String>) -> Self {
        Self { code: Code::Limit, ..Self::syntax(offset, message) }
    }
    /// With what to do.
    pub fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }
}

/// At most this many texts with duplicate keys are told one by one.
const TOLD: usize = 1000;

/// Numbers the nodes of one text.
#[derive(Debug)]
pub(super) struct Builder {
    pub offsets: Vec<u32>,
    pub found: Vec<Found>,
    nodes: usize,
}

impl Builder {
    pub fn new(limits: &Limits) -> Self {
        Self { offsets: Vec::new(), found: Vec::new(), nodes: limits.nodes }
    }

    /// The number of a node that starts at `offset`. Call it before its children's: numbers are in document order.
    ///
    /// # Errors
    /// When there are more nodes than the limit allows.
    pub fn number(&mut self, offset: usize) -> Result<u32, Failure> {
        let id = self.offsets.len();
        match u32::try_from(id) {
            Ok(number) if id < self.nodes => {
                self.offsets.push(u32::try_from(offset).unwrap_or(u32::MAX));
                Ok(number)
            }
            _ => Err(Failure::limit(offset, format!("the document has more than {} values", self.nodes))),
        }
    }

    /// Moves a node's place.
    pub fn place(&mut self, id: u32, offset: usize) {
        if let Some(place) = self.offsets.get_mut(id as usize) {
            *place = u32::try_from(offset).unwrap_or(u32::MAX);
        }
    }

    /// An object; names that stand there twice are told.
    pub fn object(&mut self, id: u32, mut entries: Vec<(Box<str>, Node)>) -> Node {
        entries.shrink_to_fit();
        let (members, doubled) = Members::new(entries);
        for (key, node) in doubled {
            if self.found.len() < TOLD {
                self.found.push(Found {
                    code: Code::DuplicateKey,
                    node,
                    message: format!("`{key}` stands twice in this object"),
                    effect: "the last one counts",
                    offset: None,
                });
            }
        }
        Node { id, kind: Kind::Object(members) }
    }

    /// Closes the tree.
    pub fn finish(self, root: Node) -> Tree {
        Tree { root, offsets: self.offsets, found: self.found }
    }
}
