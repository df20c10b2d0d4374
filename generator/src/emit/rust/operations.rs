//! Operations: the client's method, the request value with its setters, and the ways to send it.

use super::doc::Comment;
use super::lines::{self, literal};
use super::{Cx, answers, body, error_body, headers, paging, polling, stream, table, types};
use crate::emit::docs::markdown;
use crate::emit::text;
use crate::ir::{OpId, Param, Permissions};

/// All items of an operation, as text.
pub(super) fn operation(cx: Cx<'_>, id: OpId) -> String {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let mut out = String::from("\n");
    table::table(&mut out, cx, id);
    let (about, caller) = (text::plain(&operation.id), names.method.trim_start_matches("r#"));
    let mut request = vec![names.request.clone(), literal(&about), literal(caller)];
    if let Some((kind, read)) = answers::only(cx, id) {
        request.push(format!("send {kind}, by {read}"));
    }
    out.push_str(&format!("rt::request!({});\nimpl Client {{\n", request.join(", ")));
    method(&mut out, cx, id);
    out.push_str("}\n");
    let mut methods = String::new();
    for (index, param) in operation.params.iter().enumerate().filter(|(_, param)| !param.required) {
        setter(&mut methods, cx, param, index, &names.params[index]);
    }
    if let Some(body) = &operation.body {
        let first = usize::from(takes_body(cx, id));
        for (index, media) in body.media.iter().enumerate().skip(first) {
            body::setter(&mut methods, cx, media, &names.bodies[index], index == 0);
        }
    }
    answers::send(&mut methods, cx, id);
    stream::methods(&mut methods, cx, id);
    polling::methods(&mut methods, cx, id);
    paging::methods(&mut methods, cx, id);
    if !methods.is_empty() {
        out.push_str(&format!("impl {} {{\n{methods}}}\n", names.request));
    }
    answers::choice(&mut out, cx, id);
    stream::events_enum(&mut out, cx, id);
    headers::headers(&mut out, cx, id);
    error_body::error_enum(&mut out, cx, id);
    paging::table(&mut out, cx, id);
    out
}

/// An operation in a comment: its name, which leads to the client's method.
pub(super) fn link(cx: Cx<'_>, id: OpId) -> String {
    let method = cx.own.op(id).method.trim_start_matches("r#");
    format!("[`{}`](Client::{method})", text::plain(&cx.api.ops[id].id))
}

/// Whether the method itself takes the body: when it must be given and there is one way to give it.
pub(crate) fn takes_body(cx: Cx<'_>, id: OpId) -> bool {
    cx.api.ops[id].body.as_ref().is_some_and(|body| body.required && body.media.len() == 1)
}

fn method(out: &mut String, cx: Cx<'_>, id: OpId) {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let mut arguments = vec!["&self".to_owned()];
    let mut calls = vec![format!("self.core.request(&{})", names.table)];
    for (index, param) in operation.params.iter().enumerate().filter(|(_, param)| param.required) {
        let name = &names.params[index];
        let (kind, value) = types::argument(cx, &param.shape, name);
        arguments.push(format!("{name}: {kind}"));
        calls.push(format!(".set({index}, {value})"));
    }
    if takes_body(cx, id)
        && let Some(body) = &operation.body
    {
        let name = &names.bodies[0];
        let (kind, call) = body::argument(cx, &body.media[0], name, true);
        arguments.push(format!("{name}: {kind}"));
        calls.push(call);
    }
    lines::comment(out, &comment(cx, id), "    ");
    lines::deprecated(out, &operation.doc, "    ");
    // A path may need more arguments than the lint likes; the description decides that.
    if arguments.len() > 7 {
        out.push_str("    #[allow(clippy::too_many_arguments)]\n");
    }
    let request = &names.request;
    lines::list(out, &format!("    pub fn {}(", names.method), &arguments, &format!(") -> {request} {{"));
    let together = format!("        {request}({})", calls.concat());
    let body = if together.len() <= lines::WIDTH {
        together
    } else {
        format!("        {request}({})", calls.join("\n            "))
    };
    out.push_str(&format!("{body}\n    }}\n"));
}

fn setter(out: &mut String, cx: Cx<'_>, param: &Param, index: usize, name: &str) {
    let (kind, value) = types::argument(cx, &param.shape, name);
    let mut comment = Comment::default();
    comment.prose(&param.doc);
    if comment.is_empty() {
        comment.own(format!("Sets {}.", markdown::code(&param.wire)));
    }
    comment.notes(&param.notes);
    lines::comment(out, &comment, "    ");
    lines::deprecated(out, &param.doc, "    ");
    let head = format!("    pub fn {name}(self, {name}: {kind}) -> Self");
    lines::function(out, &head, &format!("Self(self.0.set({index}, {value}))"));
}

/// What the client's method says of itself.
fn comment(cx: Cx<'_>, id: OpId) -> Comment {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let mut comment = Comment::default();
    match &operation.doc.summary {
        Some(summary) => comment.line(summary),
        None => comment.own(format!("Calls `{}`.", text::plain(&operation.id))),
    };
    let place = markdown::code(&format!("{} {}", operation.method, operation.path));
    let link = operation.doc.link.as_ref().map(|link| format!(", see {}", markdown::line(link)));
    comment.own(place + &link.unwrap_or_default());
    if let Some(description) = &operation.doc.description
        && operation.doc.summary.as_ref().is_none_or(|summary| summary.trim() != description.trim())
    {
        comment.block(description);
    }
    if let Some(permissions) = &operation.permissions {
        comment.own("# Permissions").next(permissions_text(permissions));
    }
    let arguments: Vec<(usize, &Param)> =
        operation.params.iter().enumerate().filter(|(_, param)| param.required).collect();
    if !arguments.is_empty() || takes_body(cx, id) {
        comment.own("# Arguments");
        for (index, param) in arguments {
            let words = param
                .doc
                .description
                .as_deref()
                .or(param.doc.summary.as_deref())
                .map(markdown::line)
                .unwrap_or_default();
            let notes: Vec<String> = param.notes.iter().map(|note| markdown::line(note)).collect();
            let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
            let name = names.params[index].trim_start_matches("r#");
            comment.next(format!("* `{name}`: {words}{notes}").trim_end_matches([':', ' ']));
        }
        if takes_body(cx, id)
            && let Some(body) = &operation.body
        {
            let words =
                body.doc.description.as_deref().map(markdown::line).unwrap_or_else(|| "what to send".to_owned());
            comment.next(format!("* `{}`: {words}", names.bodies[0].trim_start_matches("r#")));
        }
    }
    comment.own("# Errors").next(text::errors(cx, id));
    // An example compiles only where the path of the client is known.
    let fence = if cx.plan.is_crate { "```no_run" } else { "```ignore" };
    comment.own("# Example").next(fence).next(text::doctest(cx, id)).next("```");
    comment
}

fn permissions_text(permissions: &Permissions) -> String {
    let list =
        |names: &[String]| names.iter().map(|name| format!("`{}`", text::plain(name))).collect::<Vec<_>>().join(", ");
    let mut lines = Vec::new();
    if !permissions.any.is_empty() {
        lines.push(format!("Any of: {}.", list(&permissions.any)));
    }
    if !permissions.all.is_empty() {
        lines.push(format!("All of: {}.", list(&permissions.all)));
    }
    if let Some(note) = &permissions.note {
        lines.push(markdown::line(note));
    }
    lines.join("\n\n")
}
