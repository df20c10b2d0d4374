//! What a call gives: body types by status, errors, headers.

use super::site::{AUTH, Site, relative};
use super::{markdown, prose};
use crate::emit::{rust, text};
use crate::ir::{Header, Media, OpId, Operation, Reply, Status};
use crate::plan::{self, Case, Outcome};
use crate::template::{Value, markup, values};

/// Paragraphs on the type of the answer, and the rows of the table of its cases when there are several.
pub(super) fn returns(site: &Site<'_>, from: &str, id: OpId) -> (Vec<String>, Vec<Value>) {
    let operation = &site.api.ops[id];
    let names = site.own.op(id);
    match plan::success(site.api, id) {
        Outcome::Nothing if operation.replies.ok.is_empty() => (
            vec![format!("{}: the description names no answer", markdown::code(&text::answer(site.cx(), id)))],
            Vec::new(),
        ),
        Outcome::Nothing => (with_descriptions(operation, "`()` (no response body)".to_owned()), Vec::new()),
        Outcome::Streamed => (with_descriptions(operation, markdown::code(&text::answer(site.cx(), id))), Vec::new()),
        Outcome::One(media) => (
            with_descriptions(operation, format!("**{}**{}", media_type(site, from, media), other_than_json(media))),
            Vec::new(),
        ),
        Outcome::Many(cases) => {
            let (name, variants) = names
                .reply
                .as_ref()
                .map_or(("", [].as_slice()), |names| (names.name.as_str(), names.variants.as_slice()));
            let about =
                format!("{}, an enum with a variant for each case:", markdown::code(&format!("operations::{name}")));
            (
                vec![about],
                cases
                    .iter()
                    .zip(variants)
                    .map(|(case, variant)| case_row(site, from, case, variant, &operation.replies.ok))
                    .collect(),
            )
        }
    }
}

fn with_descriptions(operation: &Operation, kind: String) -> Vec<String> {
    let mut out = vec![kind];
    for reply in &operation.replies.ok {
        let text = prose::cell(&reply.doc);
        if !text.is_empty() {
            out.push(format!("Status {}: {text}", text::status(reply.status)));
        }
    }
    out
}

fn other_than_json(media: &Media) -> String {
    if media.name == "application/json" { String::new() } else { format!(" ({})", markdown::code(&media.name)) }
}

fn media_type(site: &Site<'_>, from: &str, media: &Media) -> String {
    site.type_link(from, &media.shape, &rust::decoded_text(site.cx(), media))
}

fn case_row(site: &Site<'_>, from: &str, case: &Case<'_>, variant: &str, replies: &[Reply]) -> Value {
    let doc = replies
        .iter()
        .find(|reply| reply.status == case.status)
        .map_or_else(String::new, |reply| prose::cell(&reply.doc));
    values([
        ("variant", markup(markdown::code_cell(variant))),
        ("status", markup(text::status(case.status))),
        (
            "type",
            markup(case.media.map_or_else(
                || "no body".to_owned(),
                |media| format!("{}{}", media_type(site, from, media), other_than_json(media)),
            )),
        ),
        ("description", markup(doc)),
    ])
}

/// Rows of the table of errors.
pub(super) fn errors(site: &Site<'_>, from: &str, id: OpId) -> Vec<Value> {
    let replies = &site.api.ops[id].replies;
    let row = |reply: &Reply| {
        let kinds: Vec<String> = reply
            .media
            .iter()
            .map(|media| format!("{}{}", media_type(site, from, media), other_than_json(media)))
            .collect();
        values([
            ("status", markup(text::status(reply.status))),
            ("type", markup(if kinds.is_empty() { "no body described".to_owned() } else { kinds.join("<br>") })),
            ("description", markup(prose::cell(&reply.doc))),
        ])
    };
    replies.err.iter().chain(&replies.fallback).map(row).collect()
}

/// How the typed body of an error is read.
pub(super) fn error_note(site: &Site<'_>, from: &str, id: OpId) -> String {
    let more = markdown::link("Errors", &format!("{}#errors", relative(from, AUTH)));
    let typed = match plan::failure(site.api, id) {
        Outcome::One(media)
            if rust::decoded_text(site.cx(), media) == text::shape(site.api, site.own, &media.shape) =>
        {
            Some(text::shape(site.api, site.own, &media.shape))
        }
        Outcome::Many(_) => site.own.op(id).error.as_ref().map(|names| format!("operations::{}", names.name)),
        _ => None,
    };
    match typed {
        Some(name) => format!(
            "{} gives the body of an error status. More on {more}.",
            markdown::code(&format!("error.typed::<{name}>()"))
        ),
        None => format!("More on {more}."),
    }
}

/// Rows of the table of response headers, with the statuses that each comes with.
pub(super) fn headers(site: &Site<'_>, from: &str, id: OpId) -> Vec<Value> {
    let row = |(header, statuses): (&Header, Vec<Status>)| {
        let statuses: Vec<String> = statuses.into_iter().map(text::status).collect();
        values([
            ("name", markup(format!("**{}**", markdown::plain(&header.wire)))),
            ("type", markup(site.shape_link(from, &header.shape))),
            ("status", markup(statuses.join(", "))),
            ("description", markup(prose::cell(&header.doc))),
        ])
    };
    plan::headers(site.api, id).into_iter().map(row).collect()
}

/// How the headers are read.
pub(super) fn headers_note(site: &Site<'_>, id: OpId) -> Option<String> {
    let names = site.own.op(id).headers.as_ref()?;
    let call = format!("answer.headers_as::<operations::{}>()", names.name);
    Some(format!("{} has a method for each of these; an error has it too.", markdown::code(&call)))
}
