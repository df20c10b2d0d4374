//! What a call gives: the bodies of answers and webhooks told apart, and the headers that come with them.

use super::{Case, Outcome, Streamed};
use crate::ir::{Api, Header, Hook, Media, OpId, Operation, Reply, Shape, Status, TypeKind};

/// The success bodies of an operation, told apart; those that are streams are left to [`stream`].
pub fn success<'a>(api: &'a Api, id: OpId) -> Outcome<'a> {
    let operation = &api.ops[id];
    match outcome(operation, operation.replies.ok.iter(), |media| !media.codec.is_stream()) {
        Outcome::Nothing if stream(api, id).is_some() && operation.replies.ok.iter().all(|ok| !ok.media.is_empty()) => {
            Outcome::Streamed
        }
        other => other,
    }
}

/// The error bodies of an operation, told apart; `default` is the last.
pub fn failure<'a>(api: &'a Api, id: OpId) -> Outcome<'a> {
    let operation = &api.ops[id];
    outcome(operation, operation.replies.err.iter().chain(&operation.replies.fallback), |_| true)
}

/// The success body that is a stream; the first one where there are several.
pub fn stream<'a>(api: &'a Api, id: OpId) -> Option<Streamed<'a>> {
    let media = api.ops[id].replies.ok.iter().flat_map(|reply| &reply.media);
    media.filter(|media| media.codec.is_stream()).find_map(|media| Some(Streamed { media, item: media.item.as_ref()? }))
}

/// A page of an operation that gives pages, and one item of it; nothing where the answer has no such list.
pub fn page(api: &Api, id: OpId) -> Option<(&Media, &Shape)> {
    let paging = api.ops[id].paging.as_ref()?;
    let Outcome::One(media) = success(api, id) else { return None };
    let mut shape = plain(api, &media.shape);
    for part in paging.items.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        let Shape::Named(id) = shape else { return None };
        let TypeKind::Struct(structure) = &api.types[*id].kind else { return None };
        shape = plain(api, &structure.fields.iter().find(|field| field.wire == part)?.shape);
    }
    match shape {
        Shape::List(item) => Some((media, item)),
        _ => None,
    }
}

/// A shape behind aliases and without `null`.
fn plain<'a>(api: &'a Api, mut shape: &'a Shape) -> &'a Shape {
    for _ in 0..64 {
        shape = match shape {
            Shape::Nullable(inner) => inner,
            Shape::Named(id) => match &api.types[*id].kind {
                TypeKind::Alias(inner) => inner,
                _ => return shape,
            },
            _ => return shape,
        };
    }
    shape
}

/// The headers of all answers of an operation, each once, with the statuses that it comes with.
pub fn headers(api: &Api, id: OpId) -> Vec<(&Header, Vec<Status>)> {
    let replies = &api.ops[id].replies;
    let mut out: Vec<(&Header, Vec<Status>)> = Vec::new();
    for reply in replies.ok.iter().chain(&replies.err).chain(&replies.fallback) {
        for header in &reply.headers {
            let same = |(known, _): &&mut (&Header, Vec<Status>)| {
                known.wire.eq_ignore_ascii_case(&header.wire)
                    && known.shape == header.shape
                    && known.json == header.json
                    && known.joined == header.joined
            };
            match out.iter_mut().find(same) {
                Some((_, statuses)) if statuses.contains(&reply.status) => {}
                Some((_, statuses)) => statuses.push(reply.status),
                None => out.push((header, vec![reply.status])),
            }
        }
    }
    out
}

/// The body of a webhook or callback, told apart by media type.
pub fn payload(hook: &Hook) -> Outcome<'_> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let all = hook.body.as_ref().map_or([].as_slice(), |body| &body.media);
    for media in all {
        let twin = |case: &Case<'_>| case.media.is_some_and(|other| is_twin(other, media, all));
        if !cases.iter().any(twin) {
            cases.push(Case { status: Status::Any, media: Some(media) });
        }
    }
    told_apart(cases)
}

/// Whether an answer has a body at all (RFC 9110, sections 9.3.2 and 15.3.5).
fn has_body(operation: &Operation, reply: &Reply) -> bool {
    operation.method != "HEAD" && !matches!(reply.status, Status::Code(204 | 205 | 304))
}

/// A media type without its parameters, in small letters.
pub fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn outcome<'a>(
    operation: &Operation,
    replies: impl Iterator<Item = &'a Reply>,
    counts: fn(&Media) -> bool,
) -> Outcome<'a> {
    let mut cases: Vec<Case<'a>> = Vec::new();
    for reply in replies {
        if reply.media.is_empty() || !has_body(operation, reply) {
            cases.push(Case { status: reply.status, media: None });
            continue;
        }
        for media in reply.media.iter().filter(|media| counts(media)) {
            let twin = |case: &Case<'_>| {
                case.status == reply.status && case.media.is_some_and(|other| is_twin(other, media, &reply.media))
            };
            if cases.iter().any(twin) {
                continue;
            }
            cases.push(Case { status: reply.status, media: Some(media) });
        }
    }
    told_apart(cases)
}

/// Whether nothing tells one body from another. They are told by media type without parameters; a model is the same by
/// any name, unless a range stands beside it, which takes the names that have no case of their own.
fn is_twin(one: &Media, other: &Media, all: &[Media]) -> bool {
    let ranged = || all.iter().any(|media| media.is_range() && !media.codec.is_model());
    essence(&one.name) == essence(&other.name) || one.codec.is_model() && one == other && !ranged()
}

fn told_apart(cases: Vec<Case<'_>>) -> Outcome<'_> {
    let Some(first) = cases.first() else { return Outcome::Nothing };
    if cases.iter().all(|case| case.media == first.media) {
        return first.media.map_or(Outcome::Nothing, Outcome::One);
    }
    Outcome::Many(cases)
}
