//! What reaches what: the shapes of calls, and the types that these lead to.

use super::{Api, Hook, Id as _, Item, Media, Operation, Reply, Rest, Shape, TypeKind};

/// Which types calls send, and which come from the server, by their numbers.
pub fn directions(api: &Api) -> (Vec<bool>, Vec<bool>) {
    let count = api.types.len();
    let mut sent = vec![false; count];
    let mut received = vec![false; count];
    for (_, operation) in api.ops.iter() {
        for shape in request_shapes(operation) {
            reach(api, shape, &mut sent);
        }
        for shape in reply_shapes(operation) {
            reach(api, shape, &mut received);
        }
    }
    for shape in api.hooks.iter().flat_map(hook_shapes) {
        reach(api, shape, &mut received);
    }
    (sent, received)
}

/// Shapes that a call sends.
pub fn request_shapes(operation: &Operation) -> impl Iterator<Item = &Shape> {
    let params = operation.params.iter().map(|param| &param.shape);
    params.chain(operation.body.iter().flat_map(|body| &body.media).flat_map(media_shapes))
}

/// Shapes that a call can give.
pub fn reply_shapes(operation: &Operation) -> impl Iterator<Item = &Shape> {
    let replies = &operation.replies;
    replies.ok.iter().chain(&replies.err).chain(&replies.fallback).flat_map(shapes_of_reply)
}

/// Shapes that a request of the server holds.
pub fn hook_shapes(hook: &Hook) -> impl Iterator<Item = &Shape> {
    hook.params
        .iter()
        .map(|param| &param.shape)
        .chain(hook.body.iter().flat_map(|body| &body.media).flat_map(media_shapes))
}

fn shapes_of_reply(reply: &Reply) -> impl Iterator<Item = &Shape> {
    reply.media.iter().flat_map(media_shapes).chain(reply.headers.iter().map(|header| &header.shape))
}

fn media_shapes(media: &Media) -> impl Iterator<Item = &Shape> {
    std::iter::once(&media.shape).chain(media.item.iter().flat_map(Item::shapes))
}

/// The shapes that stand directly in a type.
pub fn parts(kind: &TypeKind) -> Vec<&Shape> {
    match kind {
        TypeKind::Struct(structure) => {
            let rest = match &structure.rest {
                Rest::Typed(shape) => Some(shape),
                Rest::Open | Rest::Closed => None,
            };
            structure.fields.iter().map(|field| &field.shape).chain(rest).collect()
        }
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.shape).collect(),
        TypeKind::Alias(shape) => vec![shape],
        TypeKind::Enum(_) => Vec::new(),
    }
}

/// Marks every type that a shape leads to; iterative, since types may nest as deep as a document likes.
pub fn reach(api: &Api, shape: &Shape, seen: &mut [bool]) {
    let mut work = vec![shape];
    while let Some(shape) = work.pop() {
        if let Shape::Named(id) = shape.core()
            && let Some(flag) = seen.get_mut(id.index())
            && !*flag
        {
            *flag = true;
            work.extend(parts(&api.types[*id].kind));
        }
    }
}
