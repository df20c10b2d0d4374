//! Types of several media types of one body that are not the same and would get the same name: the media type tells them
//! apart, as it does for the methods that set the body (`body_multipart` takes a `…BodyMultipart`).

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::reach::parts;
use crate::ir::{Api, Body, Item, Media, NameHint, Operation, Reply, Shape, TypeId};

/// What only bodies that are written to make work take too long for keeps its numbers.
const STEPS: usize = 16;

/// Calls such types after their media types, and says what a body without a name is.
pub(super) fn finish(api: &mut Api) {
    let mut steps = 1_000 + STEPS * (api.types.len() + api.ops.len());
    let mut hints: BTreeMap<TypeId, NameHint> = BTreeMap::new();
    let mut about: BTreeMap<TypeId, String> = BTreeMap::new();
    for operation in api.ops.iter().map(|(_, operation)| operation) {
        for media in lists(operation).filter(|media| media.len() > 1) {
            tell_apart(api, media, &mut hints, &mut steps);
        }
        about.extend(operation.body.iter().flat_map(|body| abouts(api, operation, body)));
    }
    for (id, hint) in hints {
        api.types[id].hint = hint;
    }
    for (id, text) in about {
        api.types[id].doc.description = Some(text);
    }
}

/// The media types of the body, and those of each answer.
fn lists(operation: &Operation) -> impl Iterator<Item = &[Media]> {
    let replies = &operation.replies;
    let replies = replies.ok.iter().chain(&replies.err).chain(&replies.fallback);
    operation
        .body
        .iter()
        .map(|body: &Body| body.media.as_slice())
        .chain(replies.map(|reply: &Reply| reply.media.as_slice()))
}

/// The first one keeps its names.
fn tell_apart(api: &Api, list: &[Media], hints: &mut BTreeMap<TypeId, NameHint>, steps: &mut usize) {
    let mut known: BTreeSet<TypeId> = BTreeSet::new();
    let mut taken: BTreeSet<&NameHint> = BTreeSet::new();
    for media in list {
        let mut own: Vec<TypeId> = Vec::new();
        reach(api, media, &mut known, &mut own, steps);
        let rivals: BTreeSet<&NameHint> =
            own.iter().map(|id| &api.types[*id].hint).filter(|hint| taken.contains(hint)).collect();
        for id in &own {
            let hint = &api.types[*id].hint;
            // It, or the first of what it stands in.
            let depth = (0..=hint.path.len())
                .find(|depth| rivals.contains(&NameHint { path: hint.path[..*depth].to_vec(), ..hint.clone() }));
            if let Some(depth) = depth {
                hints.entry(*id).or_insert_with(|| with_word(hint, depth, &media.word()));
            }
        }
        taken.extend(own.iter().map(|id| &api.types[*id].hint));
    }
}

/// A hint with a word behind its first parts.
fn with_word(hint: &NameHint, depth: usize, word: &str) -> NameHint {
    let mut hint = hint.clone();
    let part = match depth.checked_sub(1) {
        Some(last) => &mut hint.path[last],
        None => &mut hint.base,
    };
    part.push(' ');
    part.push_str(word);
    hint
}

/// The types without a name in the document that a body is made of, but for those that are known.
fn reach(api: &Api, media: &Media, known: &mut BTreeSet<TypeId>, own: &mut Vec<TypeId>, steps: &mut usize) {
    let mut work: Vec<&Shape> = media.item.iter().flat_map(Item::shapes).chain([&media.shape]).collect();
    while let Some(shape) = work.pop() {
        let Shape::Named(id) = shape.core() else { continue };
        if *steps == 0 || api.types[*id].component || !known.insert(*id) {
            continue;
        }
        *steps -= 1;
        own.push(*id);
        work.extend(parts(&api.types[*id].kind));
    }
}

/// What the bodies of an operation are, of which nothing is said.
fn abouts<'a>(api: &'a Api, operation: &'a Operation, body: &'a Body) -> impl Iterator<Item = (TypeId, String)> {
    body.media.iter().filter_map(move |media| {
        let Shape::Named(id) = media.shape.core() else { return None };
        let definition = &api.types[*id];
        let silent = definition.doc.summary.is_none() && definition.doc.description.is_none();
        let own =
            !definition.component && definition.hint.base == operation.hint.base && definition.hint.path == ["body"];
        let others = body.media.iter().filter(|other| other.shape != media.shape).count();
        let alone = others > 0 && others + 1 == body.media.len();
        let by = if alone { format!(", sent as `{}`", media.name) } else { String::new() };
        (silent && own).then(|| (*id, format!("Body of `{}`{by}.", operation.id.replace('`', "'"))))
    })
}
