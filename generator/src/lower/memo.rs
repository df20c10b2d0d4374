//! What lowering remembers of schemas, and how much work it may do.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Lower;
use super::parts::Role;
use crate::diag::Code;
use crate::ir::{NameHint, Origin, TypeId};
use crate::load::{At, Document};

/// What a list of parts is told by.
pub(super) type Key = Vec<(Origin, Role)>;

/// What is known of schemas.
pub(super) struct Memo<'a> {
    /// The types without a name in the document, by their parts.
    pub(super) anonymous: BTreeMap<Key, Slot<'a>>,
    /// What a schema holds, by its place.
    pub(super) contents: BTreeMap<Origin, Rc<BTreeSet<Origin>>>,
    /// Whether what is referred to can be `null`, by its place.
    pub(super) nullable: RefCell<BTreeMap<Origin, bool>>,
    /// Schemes that were told to be asked for together and to go into one place.
    pub(super) told_together: RefCell<BTreeSet<(String, String)>>,
    /// Steps that are left for types.
    budget: Cell<usize>,
    /// Steps that are left for limits: they are read last, and what types took is no reason to lose them.
    for_limits: Cell<usize>,
}

/// Steps for so many bytes of text that are written out once more.
pub(super) fn for_text(bytes: usize) -> usize {
    bytes / 4
}

/// A type that has no name in the document.
pub(super) enum Slot<'a> {
    /// It is being lowered. Something inside of it that leads back has given it an id already.
    Open { at: At<'a>, hint: NameHint, id: Option<TypeId> },
    /// It has a type.
    Done(TypeId),
}

impl Memo<'_> {
    /// A document of that size may take some steps for each of its nodes and bytes: merging multiplies what it says, and
    /// a hostile one could do so without an end.
    pub(super) fn new(doc: &Document) -> Self {
        let nodes: usize = doc.files.iter().map(|file| file.offsets.len()).sum();
        let bytes: usize = doc.files.iter().map(|file| file.text.len()).sum();
        let steps = 1_000_000 + nodes.saturating_mul(64) + bytes.saturating_mul(2);
        Self {
            anonymous: BTreeMap::new(),
            contents: BTreeMap::new(),
            nullable: RefCell::default(),
            told_together: RefCell::default(),
            budget: Cell::new(steps),
            for_limits: Cell::new(steps),
        }
    }
}

impl<'a> Lower<'a> {
    /// Takes steps off what is left; when there are not enough, that is a diagnostic and `false`.
    pub(super) fn spend(&self, steps: usize, at: At<'a>) -> bool {
        self.take(&self.memo.budget, steps, at, "the value is free JSON")
    }

    /// As [`spend`](Self::spend), for prose.
    pub(super) fn spend_on_prose(&self, bytes: usize, at: At<'a>) -> bool {
        self.take(&self.memo.budget, for_text(bytes), at, "this copy has no prose")
    }

    /// As [`spend`](Self::spend), for limits.
    pub(super) fn spend_on_limits(&self, steps: usize, at: At<'a>) -> bool {
        self.take(&self.memo.for_limits, steps, at, "its limits are neither told nor checked here")
    }

    fn take(&self, budget: &Cell<usize>, steps: usize, at: At<'a>, effect: &str) -> bool {
        let left = budget.get();
        if left >= steps {
            budget.set(left - steps);
            return true;
        }
        self.sink.left_out(
            Code::Limit,
            at.origin(),
            "the schemas of this description multiply each other beyond what can be written out",
            effect,
        );
        false
    }
}
