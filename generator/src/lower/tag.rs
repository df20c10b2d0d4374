//! Tags: groups of operations, which may stand inside each other (OpenAPI 3.2, Tag Object).

use std::collections::BTreeMap;

use super::{Lower, prose};
use crate::diag::Code;
use crate::ir::{Id as _, MAX_TAG_DEPTH, Origin, Tag, TagId};
use crate::load::At;

impl<'a> Lower<'a> {
    /// The tags that the document lists, each inside of the one that it names as its parent.
    pub(super) fn declare_tags(&mut self) {
        let mut wanted: BTreeMap<TagId, (&'a str, Origin)> = BTreeMap::new();
        let mut declared: BTreeMap<&str, At<'a>> = BTreeMap::new();
        for tag in self.section(&["tags"]).into_iter().flat_map(At::items) {
            let Some(name) = tag.str("name") else { continue };
            if declared.insert(name, tag).is_some() {
                let message = format!("the tag `{name}` is described twice");
                self.sink.warning(Code::Tag, tag.origin(), message, "the last description counts");
            }
            let id = self.tag(name);
            wanted.remove(&id);
            let mut doc = prose::doc(tag);
            let title = doc.summary.take();
            self.api.tags[id] =
                Tag { name: name.to_owned(), title, kind: tag.str("kind").map(str::to_owned), parent: None, doc };
            if let Some(parent) = tag.get("parent").filter(|parent| !parent.is_null()) {
                match parent.as_str() {
                    Some(text) => drop(wanted.insert(id, (text, parent.origin()))),
                    None => self.sink.warning(
                        Code::Tag,
                        parent.origin(),
                        format!("the parent of a tag is the name of one, not {}", parent.node.type_name()),
                        "the tag stands at the top",
                    ),
                }
            }
        }
        self.place_tags(&wanted);
    }

    /// The tag of this name.
    pub(super) fn tag(&mut self, name: &str) -> TagId {
        if let Some(&id) = self.tags.get(name) {
            return id;
        }
        let id = self.api.tags.push(Tag { name: name.to_owned(), ..Tag::default() });
        self.tags.insert(name.to_owned(), id);
        id
    }

    /// The tag that an operation is grouped by: the first one that is meant for that, or one inside of it that the
    /// operation has as well. Badges and audiences say something else (the registry of tag kinds).
    pub(super) fn group(&mut self, at: At<'a>) -> TagId {
        let names = || at.get("tags").into_iter().flat_map(At::items).filter_map(At::as_str);
        let declared = |name: &str| self.tags.get(name).map(|id| (*id, &self.api.tags[*id]));
        let groups = |tag: &Tag| matches!(tag.kind.as_deref(), None | Some("nav"));
        let meant = names().find(|name| declared(name).is_none_or(|(_, tag)| groups(tag)));
        let first = meant.or_else(|| names().next()).unwrap_or_default();
        let Some((outer, _)) = declared(first) else { return self.tag(first) };
        let depth = |(id, tag): (TagId, &Tag)| {
            let chain = self.api.tag_chain(id);
            (groups(tag) && chain.contains(&outer)).then_some((chain.len(), id))
        };
        // Of several at one depth the first.
        let inside = names().filter_map(declared).filter_map(depth).reduce(|best, next| match next.0 > best.0 {
            true => next,
            false => best,
        });
        inside.map_or(outer, |(_, id)| id)
    }

    /// Puts tags inside of their parents. What leads nowhere, in a circle or too deep is told.
    fn place_tags(&mut self, wanted: &BTreeMap<TagId, (&str, Origin)>) {
        let count = self.api.tags.len();
        let mut parents: Vec<Option<TagId>> = vec![None; count];
        for (id, (name, at)) in wanted {
            match self.tags.get(*name) {
                Some(parent) => parents[id.index()] = Some(*parent),
                None => {
                    let message = format!("the parent of the tag is `{name}`, which is no tag of this document");
                    self.sink.warning(Code::Tag, *at, message, "the tag stands at the top");
                }
            }
        }
        let place = |id: TagId| wanted.get(&id).map(|(_, at)| *at).unwrap_or_default();
        for id in circular(&parents) {
            parents[id.index()] = None;
            let message = format!("the tag `{}` stands inside of itself", self.api.tags[id].name);
            self.sink.warning(Code::Tag, place(id), message, "the tag stands at the top");
        }
        // Depths from the top down: what is known of a tag is known of those above it.
        let mut depths: Vec<Option<usize>> = vec![None; count];
        for start in self.api.tags.ids() {
            let mut chain = vec![start];
            while let Some(parent) = chain.last().and_then(|last| parents[last.index()])
                && depths[parent.index()].is_none()
            {
                chain.push(parent);
            }
            for id in chain.into_iter().rev().filter(|id| depths[id.index()].is_none()).collect::<Vec<_>>() {
                let above = parents[id.index()];
                let mut depth = above.and_then(|above| depths[above.index()]).map_or(1, |above| above + 1);
                if let Some(above) = above.filter(|_| depth > MAX_TAG_DEPTH) {
                    parents[id.index()] = parents[above.index()];
                    depth = MAX_TAG_DEPTH;
                    let message = format!("tags stand more than {MAX_TAG_DEPTH} deep inside each other");
                    let effect = format!("the tag stands beside `{}`, not in it", self.api.tags[above].name);
                    self.sink.warning(Code::Tag, place(id), message, effect);
                }
                depths[id.index()] = Some(depth);
            }
        }
        for (tag, parent) in self.api.tags.iter_mut().zip(parents) {
            tag.parent = parent;
        }
    }
}

/// The tags that stand in circles, in document order.
fn circular(parents: &[Option<TagId>]) -> Vec<TagId> {
    // The walk from which each was met first.
    let mut walks: Vec<Option<usize>> = vec![None; parents.len()];
    let mut circles = vec![false; parents.len()];
    for start in 0..parents.len() {
        let mut at = start;
        while walks[at].is_none() {
            walks[at] = Some(start);
            let Some(parent) = parents[at] else { break };
            at = parent.index();
        }
        // A walk that ends where it was itself has met a circle.
        if walks[at] == Some(start) && parents[at].is_some() {
            while !circles[at] {
                circles[at] = true;
                at = parents[at].map_or(at, |parent| parent.index());
            }
        }
    }
    (0..parents.len()).filter(|at| circles[*at]).map(TagId::from_index).collect()
}
