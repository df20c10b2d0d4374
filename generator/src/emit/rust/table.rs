//! The static table of an operation: what is sent where, as data.

use super::compact::compact;
use super::lines::{self, literal, literals};
use super::{Cx, body, limits, xml};
use crate::analyze::holds_secret;
use crate::ir::reach::{reply_shapes, request_shapes};
use crate::ir::{
    Codec, CookieStyle, Delimiter, Id as _, Media, OpId, Operation, Param, PathStyle, Place, QueryStyle, Reply, Server,
    Status,
};

/// `pub(crate) static GET_TRIGGER: rt::Op = …`.
pub(super) fn table(out: &mut String, cx: Cx<'_>, id: OpId) {
    let operation = &cx.api.ops[id];
    let limits = cx.api.limits.params.get(id.index());
    let params = operation.params.iter().enumerate().map(|(index, param)| {
        let rules = limits::setter(limits.and_then(|limits| limits.get(index)));
        row(param) + &rules
    });
    let params: Vec<String> = params.collect();
    let mut rows = vec![
        format!("id: {}", literal(&operation.id)),
        format!("method: {}", literal(&operation.method)),
        format!("path: {}", literal(&operation.path)),
    ];
    let line = format!("params: &[{}]", params.join(", "));
    let is_long = line.len() + 6 > lines::WIDTH;
    if !params.is_empty() && !is_long {
        rows.push(line);
    }
    if let Some(body) = &operation.body
        && let Some(media) = body.media.first()
    {
        let rules = limits::setter(cx.api.limits.bodies.get(id.index()).and_then(|bodies| bodies.first()));
        rows.push(format!("body: Some({}{rules})", body_spec(media, body.required)));
    }
    let accept = accept(operation);
    if accept != "application/json" {
        rows.push(format!("accept: {}", literal(&accept)));
    }
    if !operation.security.is_empty() {
        // Alternatives that differ in scopes alone need the same credentials.
        let mut sets: Vec<Vec<&str>> = Vec::new();
        for needs in &operation.security {
            let names: Vec<&str> = needs.iter().map(|need| need.scheme.as_str()).collect();
            if !sets.contains(&names) {
                sets.push(names);
            }
        }
        let sets: Vec<String> = sets.iter().map(|names| format!("&[{}]", literals(names))).collect();
        rows.push(format!("security: &[{}]", sets.join(", ")));
    }
    let success: Vec<String> = operation
        .replies
        .ok
        .iter()
        .filter_map(|reply| match reply.status {
            Status::Code(code) if !(200..300).contains(&code) => Some(code.to_string()),
            _ => None,
        })
        .collect();
    if !success.is_empty() {
        rows.push(format!("success: &[{}]", success.join(", ")));
    }
    if !operation.servers.is_empty() {
        let servers: Vec<String> = operation.servers.iter().map(server).collect();
        rows.push(format!("servers: &[{}]", servers.join(", ")));
    }
    rows.extend(xml::replies(operation).map(|replies| compact(&replies)));
    let secret = &cx.own.facts.secret;
    if request_shapes(operation).chain(reply_shapes(operation)).any(|shape| holds_secret(shape, secret)) {
        rows.push("secret: true".to_owned());
    }
    out.push_str(&format!("pub(crate) static {}: rt::Op = rt::Op {{\n", cx.own.op(id).table));
    if is_long {
        lines::list(out, "    params: &[", &params, "    ],");
    }
    rows.push("..rt::Op::BASE".to_owned());
    lines::rows(out, &rows, "    ");
    out.push_str("};\n");
}

/// A server as the runtime has it.
pub(super) fn server(server: &Server) -> String {
    let url = literal(&server.url);
    if server.variables.is_empty() {
        return format!("rt::Server::at({url})");
    }
    let variables = server.variables.iter().map(|variable| {
        let (name, default) = (literal(&variable.name), literal(&variable.default));
        format!("({name}, {default})")
    });
    let mut out = format!("rt::Server::at({url}).variables(&[{}])", variables.collect::<Vec<_>>().join(", "));
    let listed = server.variables.iter().filter(|variable| !variable.values.is_empty());
    let listed: Vec<String> = listed
        .map(|variable| {
            let values: Vec<&str> = variable.values.iter().map(String::as_str).collect();
            format!("({}, &[{}])", literal(&variable.name), literals(&values))
        })
        .collect();
    if !listed.is_empty() {
        out.push_str(&format!(".values(&[{}])", listed.join(", ")));
    }
    out
}

fn row(param: &Param) -> String {
    let mut row = match param.place {
        Place::Path(..) => "rt::Param::path",
        Place::Query(..) => "rt::Param::query",
        Place::QueryString => "rt::Param::query_string",
        Place::Header(_) => "rt::Param::header",
        Place::Cookie(..) => "rt::Param::cookie",
    }
    .to_owned();
    row.push_str(&format!("({})", literal(&param.wire)));
    // What a place has by itself is not said again.
    let (style, explode, reserved) = match param.place {
        Place::Path(style, explode, reserved) => {
            let style = match style {
                PathStyle::Simple => {
                    param.joined.map(|with| format!("rt::Place::Path(rt::PathStyle::Delimited({}))", delimiter(with)))
                }
                PathStyle::Label => Some("rt::Place::Path(rt::PathStyle::Label)".to_owned()),
                PathStyle::Matrix => Some("rt::Place::Path(rt::PathStyle::Matrix)".to_owned()),
            };
            (style, explode.then_some(true), reserved)
        }
        Place::Query(style, explode, reserved) => {
            let style = query_style(style).map(|style| format!("rt::Place::Query(rt::QueryStyle::{style})"));
            (style, (!explode).then_some(false), reserved)
        }
        Place::QueryString => (None, None, false),
        Place::Header(explode) => {
            let style = param.joined.map(|with| format!("rt::Place::DelimitedHeader({})", delimiter(with)));
            (style, explode.then_some(true), false)
        }
        Place::Cookie(style, explode, reserved) => {
            let style = match style {
                CookieStyle::Form => None,
                CookieStyle::Cookie => Some("rt::Place::Cookie(rt::CookieStyle::Cookie)".to_owned()),
            };
            (style, (!explode).then_some(false), reserved)
        }
    };
    row.extend(style.map(|style| format!(".style({style})")));
    row.extend(explode.map(|explode| format!(".explode({explode})")));
    if reserved {
        row.push_str(".reserved()");
    }
    if param.required && !matches!(param.place, Place::Path(..)) {
        row.push_str(".required()");
    }
    if param.content.as_ref().is_some_and(|content| content.codec == Codec::Json) {
        row.push_str(".json()");
    }
    if let Some(content) = param.content.as_ref().filter(|content| !content.parts.is_empty()) {
        row.push_str(&format!(".fields({})", compact(&body::form_fields(&content.parts))));
    }
    row
}

/// The runtime's name of what stands between the items of a list.
pub(super) fn delimiter(delimiter: Delimiter) -> &'static str {
    match delimiter {
        Delimiter::Space => "rt::Delimiter::Space",
        Delimiter::Tab => "rt::Delimiter::Tab",
        Delimiter::Pipe => "rt::Delimiter::Pipe",
    }
}

/// The runtime's name of a style other than `form`.
fn query_style(style: QueryStyle) -> Option<&'static str> {
    match style {
        QueryStyle::Form => None,
        QueryStyle::Space => Some("SpaceDelimited"),
        QueryStyle::Pipe => Some("PipeDelimited"),
        QueryStyle::Tab => Some("TabDelimited"),
        QueryStyle::DeepObject => Some("DeepObject"),
    }
}

fn body_spec(media: &Media, required: bool) -> String {
    match media.codec {
        Codec::Json if media.name == "application/json" => format!("rt::BodySpec::json({required})"),
        Codec::Form => format!("rt::BodySpec::form({required})"),
        _ => format!("rt::BodySpec::new({}, {required})", literal(&media.name)),
    }
}

/// What the call accepts (RFC 9110, section 12.5.1): the media types of successes, the one that is read best first, and
/// last those of errors alone, which many servers negotiate too. Streams are asked for by a method of their own, unless
/// there is nothing else.
fn accept(operation: &Operation) -> String {
    let replies = &operation.replies;
    let all = |replies: &[Reply]| -> Vec<(String, bool)> {
        let media = replies.iter().flat_map(|reply| &reply.media);
        media
            .filter(|media| is_sendable(&media.name))
            .map(|media| (media.name.clone(), media.codec.is_stream()))
            .collect()
    };
    let (streams, mut names): (Vec<_>, Vec<_>) = all(&replies.ok).into_iter().partition(|(_, stream)| *stream);
    if names.is_empty() {
        names = streams;
    }
    let errors = replies.err.iter().chain(&replies.fallback).cloned().collect::<Vec<_>>();
    let good = names.len();
    names.extend(all(&errors));
    let mut out: Vec<(String, String)> = Vec::new();
    for (at, (name, _)) in names.into_iter().enumerate() {
        if out.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let weight = match out.len() {
            _ if at >= good && good > 0 => ";q=0.1".to_owned(),
            0 => String::new(),
            rank => format!(";q=0.{}", 10_usize.saturating_sub(rank).max(2)),
        };
        out.push((name, weight));
    }
    if out.is_empty() {
        return "application/json".to_owned();
    }
    out.into_iter().map(|(name, weight)| name + &weight).collect::<Vec<_>>().join(", ")
}

/// Whether a header can hold the text.
fn is_sendable(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b',')
}
