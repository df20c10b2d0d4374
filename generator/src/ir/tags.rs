//! Tags: groups of operations, which may stand inside each other.

use super::{Api, Doc, TagId};

/// Tags stand at most this deep inside each other.
pub const MAX_TAG_DEPTH: usize = 8;

/// A tag: a group of operations.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    /// Name as written; empty for operations without a tag.
    pub name: String,
    /// `summary` (3.2): what people call it.
    pub title: Option<String>,
    /// `kind` (3.2): what it is for.
    pub kind: Option<String>,
    /// The tag that it stands in (3.2). No circles, and never deeper than [`MAX_TAG_DEPTH`].
    pub parent: Option<TagId>,
    /// Prose.
    pub doc: Doc,
}

impl Api {
    /// A tag and those that it stands in, the outermost first.
    pub fn tag_chain(&self, tag: TagId) -> Vec<TagId> {
        let mut chain: Vec<TagId> =
            std::iter::successors(Some(tag), |id| self.tags.get(*id)?.parent).take(MAX_TAG_DEPTH).collect();
        chain.reverse();
        chain
    }

    /// All tags that hold operations, by themselves or inside, each before those inside of it; siblings in document
    /// order.
    pub fn tag_tree(&self) -> Vec<TagId> {
        let mut used = vec![false; self.tags.len()];
        for (_, operation) in self.ops.iter() {
            for id in self.tag_chain(operation.tag) {
                used.get_mut(super::Id::index(id)).into_iter().for_each(|used| *used = true);
            }
        }
        let mut out: Vec<(Vec<TagId>, TagId)> = self
            .tags
            .ids()
            .filter(|id| used.get(super::Id::index(*id)) == Some(&true))
            .map(|id| (self.tag_chain(id), id))
            .collect();
        out.sort();
        out.into_iter().map(|(_, id)| id).collect()
    }
}
