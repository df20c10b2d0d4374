//! How much may be made of a description. Parts that many places share, and members that many types inherit, can ask for
//! far more than a file holds; each copy is paid for here.

use std::cell::Cell;

use crate::load::{At, Document, Kind, Node};

/// Copies of this many values are always granted, and of as many values as this many times the whole document.
const ALWAYS: usize = 20_000;
const TIMES: usize = 16;
/// Text counts too: this many bytes as one value.
const BYTES: usize = 64;

/// What is left.
#[derive(Debug)]
pub(super) struct Budget(Cell<usize>);

impl Budget {
    /// The budget for a document.
    pub(super) fn of(doc: &Document) -> Self {
        let values = doc.files.iter().map(|file| file.offsets.len() + file.text.len() / BYTES).sum::<usize>();
        Self(Cell::new(values.saturating_mul(TIMES).saturating_add(ALWAYS)))
    }

    /// Pays for so many values; says whether there was enough left.
    pub(super) fn spend(&self, values: usize) -> bool {
        let left = self.0.get().checked_sub(values);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Pays for a copy of what stands at a place.
    pub(super) fn copy(&self, doc: &Document, at: At<'_>) -> bool {
        self.spend(size(doc, at))
    }
}

/// How many values stand at a place, about. Numbers grow in document order, so the last value inside tells.
fn size(doc: &Document, at: At<'_>) -> usize {
    let mut last: &Node = at.node;
    while let Some(inner) = match &last.kind {
        Kind::Array(items) => items.last(),
        Kind::Object(members) => members.last(),
        _ => None,
    } {
        last = inner;
    }
    let text = match &last.kind {
        Kind::String(text) | Kind::Number(text) => text.len(),
        _ => 0,
    };
    let bytes = doc
        .files
        .get(at.file as usize)
        .map_or(0, |file| file.offset(last.id).saturating_sub(file.offset(at.node.id)).saturating_add(text));
    let values = last.id.saturating_sub(at.node.id) as usize + 1;
    values.saturating_add(bytes / BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::load::{Limits, load};
    use crate::source::Source;

    #[test]
    fn sizes() {
        let text = format!(r#"{{"openapi": "3.0.3", "a": {{"b": [1, 2, {{"c": 3}}]}}, "d": "{}"}}"#, "x".repeat(6400));
        let document = load(&Source::new("a.json", text), &Limits::default(), &Sink::default());
        let of = |key: &str| size(&document, document.root().unwrap().get(key).unwrap());
        assert_eq!((of("a"), of("d")), (6, 101));
        let budget = Budget::of(&document);
        assert!(budget.spend(ALWAYS) && budget.copy(&document, document.root().unwrap()));
        assert!(!budget.spend(ALWAYS) && !budget.spend(1));
    }
}
