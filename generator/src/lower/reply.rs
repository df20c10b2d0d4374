//! Answers (OpenAPI 3.2, Responses Object and Response Object).

use super::body::{Way, codec};
use super::target::RESPONSE;
use super::{Lower, prose, style};
use crate::diag::Code;
use crate::ir::{Codec, Doc, Header, NameHint, Replies, Reply, Shape, Status, TextFormat, TypeKind};
use crate::load::{At, Version};

impl<'a> Lower<'a> {
    /// All answers of an operation.
    pub(super) fn replies(&mut self, operation: At<'a>, hint: &NameHint) -> Replies {
        let mut replies = Replies::default();
        let responses: Vec<_> = self.map(operation, "responses").into_iter().flat_map(At::entries).collect();
        let responses: Vec<_> = responses.into_iter().filter(|(key, _)| !key.starts_with("x-")).collect();
        if responses.is_empty() {
            // At least one there must be (OpenAPI 3.2, Responses Object).
            self.sink.warning(
                Code::MissingResponses,
                operation.get("responses").unwrap_or(operation).origin(),
                "the operation describes no answer",
                "any 2xx answer is a success, and its body is given as bytes",
            );
        }
        for (key, response) in responses {
            let Some(status) = status(key) else {
                self.sink.left_out(
                    Code::Status,
                    response.origin(),
                    format!("`{key}` is not a status"),
                    "the response is left out",
                );
                continue;
            };
            let Some(at) = self.resolve(response) else { continue };
            let reply = self.reply(operation, status, response, at, &hint.child(word(status)));
            match status {
                Status::Code(code) if code < 400 => replies.ok.push(reply),
                Status::Range(digit) if digit < 4 => replies.ok.push(reply),
                Status::Any => replies.fallback = Some(reply),
                _ => replies.err.push(reply),
            }
        }
        // Redirects and 1xx only count as a success of their own when nothing in 2xx is described.
        if replies.ok.iter().any(is_2xx) {
            let (ok, other): (Vec<_>, Vec<_>) = replies.ok.into_iter().partition(is_2xx);
            replies.ok = ok;
            replies.err.splice(0..0, other);
        }
        self.note_other_streams(&replies);
        // Where no success is described, `default` describes it too (OpenAPI 3.2, Responses Object), unless its body is
        // that of an error.
        if replies.ok.is_empty()
            && let Some(fallback) = &replies.fallback
            && (replies.err.is_empty() || !fallback.media.is_empty() && !self.is_error_too(operation))
        {
            if !replies.err.is_empty() {
                self.sink.warning(
                    Code::MissingResponses,
                    fallback.origin,
                    "no success is described but by `default`, beside errors with other bodies",
                    "its body is that of every success, and of the errors that are not listed",
                );
            }
            replies.ok.push(fallback.clone());
        }
        replies
    }

    /// Whether the body of `default` is that of another answer, as it is written.
    fn is_error_too(&self, operation: At<'a>) -> bool {
        let schemas = |response: At<'a>| -> Vec<String> {
            let Ok(at) = self.doc.resolve(response) else { return Vec::new() };
            let media = at.get("content").into_iter().flat_map(At::entries).map(|(_, media)| media);
            media.chain([at]).filter_map(|at| Some(at.get("schema")?.node.to_json())).collect()
        };
        let is_default = |(key, _): &(&str, At<'a>)| key.eq_ignore_ascii_case("default");
        let responses = operation.get("responses").into_iter().flat_map(At::entries);
        let (default, others): (Vec<_>, Vec<_>) = responses.partition(is_default);
        let listed: Vec<String> = others.into_iter().flat_map(|(_, response)| schemas(response)).collect();
        default.into_iter().flat_map(|(_, response)| schemas(response)).any(|schema| listed.contains(&schema))
    }

    /// One stream is given a method; others are not.
    fn note_other_streams(&self, replies: &Replies) {
        let all = replies.ok.iter().flat_map(|reply| reply.media.iter().map(move |media| (reply, media)));
        let mut streams = all.filter(|(_, media)| media.codec.is_stream());
        let Some((_, first)) = streams.next() else { return };
        for (reply, media) in streams.filter(|(_, media)| media.name != first.name || media.item != first.item) {
            self.sink.left_out(
                Code::MediaType,
                reply.origin,
                format!("the answer can also be a stream of `{}`", media.name),
                format!("only `{}` is asked for", first.name),
            );
        }
    }

    fn reply(&mut self, operation: At<'a>, status: Status, given: At<'a>, at: At<'a>, hint: &NameHint) -> Reply {
        let is_lost = self.is_astray(given, at, RESPONSE, "it is read as a response without a body");
        let mut media = if is_lost { Vec::new() } else { self.media_of(operation, given, at, hint, Way::In) };
        // JSON first, and by its own names before those of texts.
        media.sort_by_key(|media| (media.codec != Codec::Json, codec(&media.name) != Codec::Json));
        let headers = self
            .map(at, "headers")
            .into_iter()
            .flat_map(At::entries)
            .filter_map(|(name, header)| self.header(name, header, hint))
            .collect();
        self.tell_links(at);
        // It has a summary since 3.2 (OpenAPI 3.2, Response Object).
        let doc = self.said(given, at, self.doc.version >= Version::V32);
        Reply { status, media, headers, doc, origin: at.origin() }
    }

    /// Links are not generated; those that cannot be any are told.
    fn tell_links(&self, at: At<'a>) {
        for (name, given) in self.map(at, "links").into_iter().flat_map(At::entries) {
            let Some(link) = self.follow(given).filter(|link| link.is_object()) else { continue };
            if link.get("operationId").is_none() && link.get("operationRef").is_none() {
                self.sink.warning(
                    Code::MissingKeyword,
                    given.get("$ref").unwrap_or(given).origin(),
                    format!("the link `{name}` names no operation"),
                    "it is passed over",
                );
            }
        }
    }

    fn header(&mut self, name: &str, given: At<'a>, hint: &NameHint) -> Option<Header> {
        let at = self.resolve(given)?;
        if name.eq_ignore_ascii_case("content-type") {
            return None;
        }
        let own = (self.doc.version == Version::V2).then_some(at);
        let content = self.map(at, "content").and_then(|content| content.entries().next());
        let json = content.is_some_and(|(name, _)| codec(name) == Codec::Json);
        let schema = own.or_else(|| at.get("schema"));
        let schema = schema.or_else(|| content.filter(|_| json).and_then(|(_, media)| media.get("schema")));
        // What it says of its style is judged as for a parameter.
        let place = if content.is_none() { self.place("header", at) } else { None };
        let joined = place.filter(|_| own.is_some()).and_then(|place| style::joined_v2(place, at));
        let mut shape = schema.map_or(Shape::Text(TextFormat::Plain), |schema| self.shape(schema, &hint.child(name)));
        if !json && self.has_members(&shape) {
            self.sink.left_out(
                Code::MediaType,
                at.origin(),
                format!("the header `{name}` has no typed form: it is neither a plain value nor a list of such"),
                "its text is given",
            );
            shape = Shape::Text(TextFormat::Plain);
        }
        let doc = self.said(given, at, false);
        let doc = if doc == Doc::default() { schema.map(prose::doc).unwrap_or_default() } else { doc };
        let required = at.bool("required").unwrap_or(false);
        Some(Header { wire: name.to_owned(), shape, required, json, joined, doc })
    }

    /// Whether a value is more than a scalar or a list of such.
    pub(super) fn has_members(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Nullable(inner) => self.has_members(inner),
            Shape::List(item) => self.is_list(item) || self.has_members(item),
            Shape::Map(_) => true,
            Shape::Named(id) => match &self.api.types[*id].kind {
                TypeKind::Alias(inner) => self.has_members(inner),
                TypeKind::Enum(_) => false,
                _ => true,
            },
            _ => false,
        }
    }

    fn is_list(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Nullable(inner) => self.is_list(inner),
            Shape::Named(id) => matches!(&self.api.types[*id].kind, TypeKind::Alias(inner) if self.is_list(inner)),
            other => matches!(other, Shape::List(_)),
        }
    }
}

fn is_2xx(reply: &Reply) -> bool {
    matches!(reply.status, Status::Code(200..=299) | Status::Range(2))
}

/// What an answer is called after.
pub(super) fn word(status: Status) -> String {
    match status {
        Status::Code(code) => format!("{code} reply"),
        Status::Range(digit) => format!("{digit}xx reply"),
        Status::Any => "default reply".to_owned(),
    }
}

pub(super) fn status(key: &str) -> Option<Status> {
    if key.eq_ignore_ascii_case("default") {
        return Some(Status::Any);
    }
    if let [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] = key.as_bytes() {
        return Some(Status::Range(digit - b'0'));
    }
    key.parse().ok().filter(|code| (100..600).contains(code)).map(Status::Code)
}
