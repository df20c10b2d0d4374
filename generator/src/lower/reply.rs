//! Answers (OpenAPI 3.2, Responses Object and Response Object).

use super::body::{Way, codec};
use super::{Lower, prose};
use crate::diag::Code;
use crate::ir::{Codec, Doc, Header, NameHint, Replies, Reply, Shape, Status, TextFormat};
use crate::load::{At, Version};

impl<'a> Lower<'a> {
    /// All answers of an operation.
    pub(super) fn replies(&mut self, operation: At<'a>, hint: &NameHint) -> Replies {
        let mut replies = Replies::default();
        let Some(responses) = self.map(operation, "responses").filter(|responses| !responses.is_null()) else {
            self.sink.warning(
                Code::MissingResponses,
                operation.origin(),
                "the operation has no `responses`",
                "any 2xx answer is a success, its body free JSON",
            );
            return replies;
        };
        for (key, response) in responses.entries() {
            if key.starts_with("x-") {
                continue;
            }
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
        // `default` alone describes the success too (OpenAPI 3.2, Responses Object).
        if replies.ok.is_empty()
            && replies.err.is_empty()
            && let Some(fallback) = &replies.fallback
        {
            replies.ok.push(fallback.clone());
        }
        replies
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
        let mut media = self.media_of(operation, given, at, hint, Way::In);
        media.sort_by_key(|media| media.codec != Codec::Json);
        let headers = self
            .map(at, "headers")
            .into_iter()
            .flat_map(At::entries)
            .filter_map(|(name, header)| self.header(name, header, hint))
            .collect();
        self.tell_links(at);
        Reply { status, media, headers, doc: prose::doc(at), origin: at.origin() }
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

    fn header(&mut self, name: &str, at: At<'a>, hint: &NameHint) -> Option<Header> {
        let at = self.resolve(at)?;
        if name.eq_ignore_ascii_case("content-type") {
            return None;
        }
        let own = (self.doc.version == Version::V2).then_some(at);
        let content = self.map(at, "content").and_then(|content| content.entries().next());
        let json = content.is_some_and(|(name, _)| codec(name) == Codec::Json);
        let schema = own.or_else(|| at.get("schema"));
        let schema = schema.or_else(|| content.filter(|_| json).and_then(|(_, media)| media.get("schema")));
        let shape = schema.map_or(Shape::Text(TextFormat::Plain), |schema| self.shape(schema, &hint.child(name)));
        let doc = prose::doc(at);
        let doc = if doc == Doc::default() { schema.map(prose::doc).unwrap_or_default() } else { doc };
        Some(Header { wire: name.to_owned(), shape, required: at.bool("required").unwrap_or(false), json, doc })
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
