//! Headers of answers: a type for each operation that documents any, with an accessor of one line for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{Comment, deprecated};
use super::{Cx, types};
use crate::emit::docs::markdown;
use crate::emit::text;
use crate::ir::{Header, OpId, Shape, TypeKind};
use crate::plan;

/// `GetTriggerHeaders`.
pub(super) fn headers(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id).headers.as_ref()?;
    let name = types::ident(&names.name);
    let accessors = plan::headers(cx.api, id).into_iter().zip(&names.variants).map(|((header, statuses), accessor)| {
        let accessor = types::ident(accessor);
        let wire = &header.wire;
        let (kind, read) = reading(cx, header);
        let mut comment = Comment::default();
        comment.prose(&header.doc);
        let statuses: Vec<String> = statuses.into_iter().map(text::status).collect();
        comment.own(format!("{}, with status {}.", markdown::code(wire), statuses.join(", ")));
        let (comment, deprecated) = (comment.tokens(), deprecated(&header.doc));
        quote! {
            #comment
            #deprecated
            pub fn #accessor(&self) -> Result<Option<#kind>, rt::Error> {
                self.0.#read(#wire)
            }
        }
    });
    let about = format!(
        " Headers of the answers to [`{}`](Client::{1}): `answer.headers_as::<{2}>()`, and the same of an error.",
        text::plain(&operation.id),
        cx.own.op(id).method.trim_start_matches("r#"),
        names.name
    );
    let op = &operation.id;
    Some(quote! {
        rt::reply_headers!(#name, #op, #about);
        impl #name<'_> { #(#accessors)* }
    })
}

/// The type of a header, and how it is read. What the style `simple` has no types for is given as its text.
fn reading(cx: Cx<'_>, header: &Header) -> (TokenStream, TokenStream) {
    if header.json {
        return (types::shape(cx, &header.shape, "models::"), quote!(json));
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
        (None, _) => return (quote!(String), quote!(text)),
        (Some(Form::Text), false) => quote!(text),
        (Some(Form::Text), true) => quote!(texts),
        (Some(Form::Plain), false) => quote!(plain),
        (Some(Form::Plain), true) => quote!(plains),
    };
    (types::shape(cx, shape, "models::"), read)
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
