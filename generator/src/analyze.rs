//! What follows from the graph of types: who reaches whom, which edges need a box, which types hold secrets.

use crate::diag::{Code, Sink};
use crate::ir::reach::{directions, parts, reach};
use crate::ir::{Access, Api, Codec, Id as _, Media, Presence, Shape, TextFormat, TypeId, TypeKind};
use crate::plan::Facts;

/// Works out the facts of an API.
pub fn analyze(api: &Api, sink: &Sink) -> Facts {
    let (sent, received) = directions(api);
    let mut emitted: Vec<bool> = sent.iter().zip(&received).map(|(a, b)| *a || *b).collect();
    for (id, definition) in api.types.iter() {
        if definition.component {
            reach(api, &Shape::Named(id), &mut emitted);
        }
    }
    let hashable =
        api.types.iter().map(|(_, definition)| matches!(&definition.kind, TypeKind::Enum(list) if list.text)).collect();
    let mut optional = forced_optional(api, sink);
    one_way(api, &sent, &received, &mut optional);
    Facts { emitted, sent, received, boxed: boxes(api), forced_optional: optional, hashable, secret: secrets(api) }
}

/// The type that a shape holds by value: through nullables and aliases, not through lists and maps.
fn by_value(api: &Api, shape: &Shape) -> Option<TypeId> {
    let mut shape = shape;
    for _ in 0..64 {
        match shape {
            Shape::Nullable(inner) => shape = inner,
            Shape::Named(id) => match &api.types[*id].kind {
                TypeKind::Alias(inner) => shape = inner,
                _ => return Some(*id),
            },
            _ => return None,
        }
    }
    None
}

/// Edges that close a circle of values get a box, and no others.
fn boxes(api: &Api) -> Vec<Vec<bool>> {
    back_edges(api, |kind| match kind {
        TypeKind::Struct(structure) => structure.fields.iter().map(|field| by_value(api, &field.shape)).collect(),
        TypeKind::Union(union) => union.variants.iter().map(|variant| by_value(api, &variant.shape)).collect(),
        TypeKind::Enum(_) | TypeKind::Alias(_) => Vec::new(),
    })
}

/// Required members through which a type requires itself: no finite value could exist.
fn forced_optional(api: &Api, sink: &Sink) -> Vec<Vec<bool>> {
    let edges = back_edges(api, |kind| match kind {
        TypeKind::Struct(structure) => structure
            .fields
            .iter()
            .map(|field| {
                let value = (field.presence == Presence::Required && !matches!(field.shape, Shape::Nullable(_)))
                    .then(|| by_value(api, &field.shape))??;
                matches!(api.types[value].kind, TypeKind::Struct(_)).then_some(value)
            })
            .collect(),
        _ => Vec::new(),
    });
    for (id, definition) in api.types.iter() {
        let TypeKind::Struct(structure) = &definition.kind else { continue };
        for (field, forced) in structure.fields.iter().zip(&edges[id.index()]) {
            if *forced {
                sink.warning(
                    Code::InfiniteType,
                    field.origin,
                    format!("`{}` requires a value of the type that it is part of", field.wire),
                    "the member is taken as optional",
                );
            }
        }
    }
    edges
}

/// Required members that stand in one direction only, of types that go in the other too: a request must be possible
/// without what only comes, and an answer is whole without what only goes (OpenAPI 3.0.4, Schema Object, `readOnly`).
fn one_way(api: &Api, sent: &[bool], received: &[bool], optional: &mut [Vec<bool>]) {
    for (id, definition) in api.types.iter() {
        let TypeKind::Struct(structure) = &definition.kind else { continue };
        for (field, optional) in structure.fields.iter().zip(&mut optional[id.index()]) {
            *optional |= field.presence == Presence::Required
                && match field.access {
                    Access::Both => false,
                    Access::ReadOnly => sent[id.index()],
                    Access::WriteOnly => received[id.index()],
                };
        }
    }
}

/// A depth-first walk over types in document order; the edges that lead back into the walk.
fn back_edges(api: &Api, edges_of: impl Fn(&TypeKind) -> Vec<Option<TypeId>>) -> Vec<Vec<bool>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let edges: Vec<Vec<Option<TypeId>>> = api.types.iter().map(|(_, definition)| edges_of(&definition.kind)).collect();
    let mut back: Vec<Vec<bool>> = edges.iter().map(|list| vec![false; list.len()]).collect();
    let mut marks = vec![Mark::New; edges.len()];
    for start in 0..edges.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(edge) = edges[node].get(next) else {
                marks[node] = Mark::Done;
                continue;
            };
            stack.push((node, next + 1));
            let Some(target) = edge.map(|id| id.index()) else { continue };
            match marks[target] {
                Mark::New => {
                    marks[target] = Mark::Open;
                    stack.push((target, 0));
                }
                Mark::Open => back[node][next] = true,
                Mark::Done => {}
            }
        }
    }
    back
}

/// Types that hold a password, directly or inside.
fn secrets(api: &Api) -> Vec<bool> {
    let mut secret = vec![false; api.types.len()];
    loop {
        let mut changed = false;
        for (id, definition) in api.types.iter() {
            let found =
                !secret[id.index()] && parts(&definition.kind).into_iter().any(|shape| holds_secret(shape, &secret));
            if found {
                secret[id.index()] = true;
                changed = true;
            }
        }
        if !changed {
            return secret;
        }
    }
}

/// Whether a shape holds a password, given the types that do.
pub fn holds_secret(shape: &Shape, secret: &[bool]) -> bool {
    match shape.core() {
        Shape::Text(TextFormat::Password) => true,
        Shape::Named(id) => secret.get(id.index()).copied().unwrap_or(false),
        _ => false,
    }
}

/// Whether a body in this media type is JSON text that a codec of ours reads.
pub fn is_json(media: &Media) -> bool {
    media.codec == Codec::Json
}
