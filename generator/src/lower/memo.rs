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
    /// Steps that are left.
    budget: Cell<usize>,
}

/// A type that has no name in the document.
pub(super) enum Slot<'a> {
    /// It is being lowered. Something inside of it that leads back has given it an id already.
    Open { at: At<'a>, hint: NameHint, id: Option<TypeId> },
    /// It has a type.
    Done(TypeId),
}

impl Memo<'_> {
    /// A document of that size may take some steps for each of its nodes: merging multiplies what it says, and a hostile
    /// one could do so without an end.
    pub(super) fn new(doc: &Document) -> Self {
        let nodes: usize = doc.files.iter().map(|file| file.offsets.len()).sum();
        Self {
            anonymous: BTreeMap::new(),
            contents: BTreeMap::new(),
            nullable: RefCell::default(),
            budget: Cell::new(1_000_000 + nodes.saturating_mul(64)),
        }
    }
}

impl<'a> Lower<'a> {
    /// Takes steps off what is left; when there are not enough, that is a diagnostic and `false`.
    pub(super) fn spend(&self, steps: usize, at: At<'a>) -> bool {
        let left = self.memo.budget.get();
        if left >= steps {
            self.memo.budget.set(left - steps);
            return true;
        }
        self.sink.left_out(
            Code::Limit,
            at.origin(),
            "the schemas of this description multiply each other beyond what can be written out",
            "the value is free JSON",
        );
        false
    }
}
