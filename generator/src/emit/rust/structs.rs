//! Structs: fields, and the list that lends them to the codec.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Comment;
use super::{Cx, limits, types};
use crate::emit::docs::markdown;
use crate::ir::{Access, Field, Id as _, Presence, Rest, Rule, Shape, Struct, TypeId, TypeKind};

pub(super) fn structure(cx: Cx<'_>, id: TypeId, structure: &Struct) -> TokenStream {
    let definition = &cx.api.types[id];
    let name = types::ident(cx.type_name(id));
    let here = TokenStream::new();
    let facts = &cx.own.facts;
    let limits = limits(cx, id);
    let mut declared = Vec::new();
    let mut members = Vec::new();
    for (index, field) in structure.fields.iter().enumerate() {
        let boxed = facts.boxed[id.index()][index];
        let forced = facts.forced_optional[id.index()][index];
        let ident = types::ident(&cx.own.names.fields[id.index()][index]);
        let kind = types::field(cx, field, boxed, forced, &here);
        let mut comment = Comment::default();
        comment.prose(&field.doc);
        if comment.is_empty() {
            comment.own(markdown::code(&field.wire));
        }
        comment.notes(&field.notes);
        match field.access {
            Access::ReadOnly if only_comes(field) && is_sent(cx, id) => comment.own("Only in answers: it is not sent."),
            Access::ReadOnly => comment.own("Only in answers."),
            Access::WriteOnly => comment.own("Only in requests."),
            Access::Both => &mut comment,
        };
        let comment = comment.tokens();
        // `#[deprecated]` would warn in the codec's own lists; the words are in the docs.
        declared.push(quote! { #comment pub #ident: #kind });
        let wire = &field.wire;
        let need = if field.presence == Presence::Required && !forced { quote!(REQ) } else { quote!(OPT) };
        let rules = limits.and_then(|(_, members)| members.get(index)).filter(|rules| !rules.is_empty());
        let rules = rules.map(|list| limits::rules(list, &here));
        let rules = rules.iter();
        members.push(if structure.tuple {
            quote! { (#need, #ident) }
        } else {
            quote! { (#wire, #need, #ident #(, #rules)*) }
        });
    }
    let extra = types::ident(&cx.own.names.extra[id.index()]);
    let (rest, rest_doc) = match &structure.rest {
        Rest::Typed(shape) => {
            let inner = types::shape(cx, shape, &here);
            if structure.tuple {
                (quote!(Vec<#inner>), "All items behind those.")
            } else {
                (quote!(rt::Map<#inner>), "All other members.")
            }
        }
        Rest::Open | Rest::Closed if structure.tuple => {
            (quote!(Vec<rt::Value>), "Items behind those that the description knows, as received.")
        }
        Rest::Open | Rest::Closed => (quote!(rt::Extra), "Members that the description does not know, as received."),
    };
    let rest_doc = format!(" {rest_doc}");
    let mut comment = Comment::default();
    comment.prose(&definition.doc);
    if comment.is_empty() {
        comment.own(format!("`{}`", super::doc_name(&definition.hint)));
    }
    let comment = comment.tokens();
    let new = constructor(cx, id, structure);
    let own = limits.map(|(own, _)| limits::rules(own, &here)).filter(|_| !structure.tuple).map(|own| quote!([#own]));
    let closed = (structure.rest == Rest::Closed).then(|| quote!(closed));
    let tags = structure.tags.iter().map(|(property, text)| quote! { is(#property, #text) });
    let comes = structure.fields.iter().filter(|field| only_comes(field) && is_sent(cx, id));
    let comes: Vec<&str> = comes.map(|field| field.wire.as_str()).collect();
    let comes = (!comes.is_empty()).then(|| quote!(, comes(#(#comes),*)));
    let list = if structure.tuple { quote!(tuple) } else { quote!(object) };
    quote! {
        #comment
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name {
            #(#declared,)*
            #[doc = #rest_doc]
            pub #extra: #rest,
        }
        #new
        rt::#list!(#name, #closed #extra #own #(, #tags)* #comes #(, #members)*);
    }
}

/// Whether some call sends a type.
fn is_sent(cx: Cx<'_>, id: TypeId) -> bool {
    cx.own.facts.sent.get(id.index()).copied().unwrap_or(false)
}

/// Whether a member is left out of what is sent (OpenAPI 3.0.4, Schema Object, `readOnly`). What it must be is known to
/// both sides, and mostly tells them what the object is.
fn only_comes(field: &Field) -> bool {
    field.access == Access::ReadOnly && field.fixed.is_none()
}

/// The limits of an object and of its members; nothing where there is none at all.
fn limits<'a>(cx: Cx<'a>, id: TypeId) -> Option<(&'a [Rule], &'a [Vec<Rule>])> {
    if !cx.own.facts.checked(id) {
        return None;
    }
    let own = cx.api.limits.types.get(id.index())?;
    let members = cx.api.limits.parts.get(id.index())?;
    let any = !own.is_empty() || members.iter().any(|rules| !rules.is_empty());
    any.then_some((own, members))
}

/// `new` with the required members as arguments; with more than a handful a struct literal reads better.
fn constructor(cx: Cx<'_>, id: TypeId, structure: &Struct) -> Option<TokenStream> {
    let facts = &cx.own.facts;
    // What is known anyway need not be given.
    let known = |field: &Field| {
        field.fixed.is_some()
            || structure.tags.iter().any(|(property, _)| *property == field.wire)
            || matches!(&field.shape, Shape::Named(kind)
                if matches!(&cx.api.types[*kind].kind, TypeKind::Enum(list) if list.constant().is_some()))
    };
    let all: Vec<_> = structure
        .fields
        .iter()
        .enumerate()
        .filter(|(index, field)| {
            let optional = facts.forced_optional[id.index()][*index];
            // What only goes must be there when it goes.
            let goes = field.access == Access::WriteOnly && !facts.boxed[id.index()][*index];
            field.presence == Presence::Required && (!optional || goes)
        })
        .collect();
    let (fixed, required): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, field)| known(field));
    if required.is_empty() || required.len() > 6 || !facts.sent[id.index()] {
        return None;
    }
    let name = types::ident(cx.type_name(id));
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for (index, field) in &required {
        let ident = types::ident(&cx.own.names.fields[id.index()][*index]);
        let kind = types::field(cx, field, false, false, &TokenStream::new());
        let value = match types::plain(cx, &field.shape) {
            Shape::Text(_) | Shape::JsonText(_) | Shape::Json | Shape::Binary => {
                arguments.push(quote! { #ident: impl Into<#kind> });
                quote!(#ident.into())
            }
            Shape::Float(number) if number.keeps_text() => {
                arguments.push(quote! { #ident: impl Into<#kind> });
                quote!(#ident.into())
            }
            _ => {
                arguments.push(quote! { #ident: #kind });
                quote!(#ident)
            }
        };
        if facts.forced_optional[id.index()][*index] {
            let null = matches!(field.shape, Shape::Nullable(_));
            values.push(if null { quote!(#ident: #value.into()) } else { quote!(#ident: Some(#value)) });
            continue;
        }
        values.push(if facts.boxed[id.index()][*index] && matches!(field.shape, Shape::Nullable(_)) {
            quote! { #ident: #value.map(Box::new) }
        } else if facts.boxed[id.index()][*index] {
            quote! { #ident: Box::new(#value) }
        } else if ident == value.to_string() {
            quote! { #ident }
        } else {
            quote! { #ident: #value }
        });
    }
    for (index, field) in &fixed {
        let ident = types::ident(&cx.own.names.fields[id.index()][*index]);
        // The others are blank ones already.
        values
            .extend(field.fixed.filter(|value| *value && field.shape == Shape::Bool).map(|_| quote! { #ident: true }));
    }
    let rest = (required.len() <= structure.fields.len()).then(|| quote! { ..Self::default() });
    Some(quote! {
        impl #name {
            #[doc = " With the required members; the others are set on the value."]
            #[inline]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #rest }
            }
        }
    })
}

pub(super) fn alias(cx: Cx<'_>, id: TypeId, shape: &Shape) -> TokenStream {
    let definition = &cx.api.types[id];
    let name = types::ident(cx.type_name(id));
    let value = types::shape(cx, shape, &TokenStream::new());
    let mut comment = Comment::default();
    comment.prose(&definition.doc);
    if comment.is_empty() {
        comment.own(format!("`{}`", super::doc_name(&definition.hint)));
    }
    let comment = comment.tokens();
    quote! { #comment pub type #name = #value; }
}
