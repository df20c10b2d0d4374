//! Headers of answers: a type for each operation that documents any, with an accessor of one line for each.

use super::doc::Comment;
use super::lines::{self, literal};
use super::{Cx, operations, table, types};
use crate::emit::docs::markdown;
use crate::emit::text;
use crate::ir::{Header, OpId, Shape, TypeKind};
use crate::plan;

/// `GetTriggerHeaders`.
pub(super) fn headers(out: &mut String, cx: Cx<'_>, id: OpId) {
    let operation = &cx.api.ops[id];
    let Some(names) = cx.own.op(id).headers.as_ref() else { return };
    let about = format!(
        " Headers of the answers to {}: `answer.headers_as::<{}>()`, and the same of an error.",
        operations::link(cx, id),
        names.name
    );
    let entries = [names.name.clone(), literal(&operation.id), literal(&about)];
    lines::list(out, "rt::reply_headers!(", &entries, ");");
    out.push_str(&format!("impl {}<'_> {{\n", names.name));
    for ((header, statuses), accessor) in plan::headers(cx.api, id).into_iter().zip(&names.variants) {
        let (kind, read) = reading(cx, header);
        let mut comment = Comment::default();
        comment.prose(&header.doc);
        let statuses: Vec<String> = statuses.into_iter().map(text::status).collect();
        comment.own(format!("{}, with status {}.", markdown::code(&header.wire), statuses.join(", ")));
        lines::comment(out, &comment, "    ");
        lines::deprecated(out, &header.doc, "    ");
        let head = format!("    pub fn {accessor}(&self) -> Result<Option<{kind}>, rt::Error>");
        let joined = header.joined.map(|with| format!(".delimited({})", table::delimiter(with))).unwrap_or_default();
        lines::function(out, &head, &format!("self.0{joined}.{read}({})", literal(&header.wire)));
    }
    out.push_str("}\n");
}

/// The type of a header, and how it is read. What the style `simple` has no types for is given as its text.
fn reading(cx: Cx<'_>, header: &Header) -> (String, &'static str) {
    if header.json {
        return (types::text(cx, &header.shape, "models::"), "json");
    }
    let shape = match types::plain(cx, &header.shape) {
        Shape::Nullable(inner) => types::plain(cx, inner),
        other => other,
    };
    let (one, many) = match shape {
        Shape::List(item) => (form(cx, item), true),
        _ => (form(cx, shape), false),
    };
    let read = match (one, many) {
        (None, _) => return ("String".to_owned(), "text"),
        (Some(Form::Text), false) => "text",
        (Some(Form::Text), true) => "texts",
        (Some(Form::Plain), false) => "plain",
        (Some(Form::Plain), true) => "plains",
    };
    (types::text(cx, shape, "models::"), read)
}

enum Form {
    Text,
    Plain,
}

/// How a value without parts is written.
fn form(cx: Cx<'_>, shape: &Shape) -> Option<Form> {
    match types::plain(cx, shape) {
        Shape::Bool | Shape::Int(_) | Shape::Float(_) => Some(Form::Plain),
        Shape::Text(_) | Shape::JsonText(_) => Some(Form::Text),
        Shape::Named(id) => match &cx.api.types[*id].kind {
            TypeKind::Enum(list) if list.text => Some(Form::Text),
            _ => None,
        },
        _ => None,
    }
}
