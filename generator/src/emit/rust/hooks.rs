//! Webhooks and callbacks: one function for each that reads its body.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{Comment, deprecated};
use super::{Cx, answers, types, xml};
use crate::emit::docs::markdown;
use crate::emit::text;
use crate::ir::{Hook, Place};
use crate::plan::{self, HookNames, Outcome};

/// The module of all of them.
pub(super) fn module(cx: Cx<'_>) -> TokenStream {
    let items = cx.api.hooks.iter().zip(&cx.own.names.hooks).filter_map(|(hook, names)| function(cx, hook, names));
    quote! {
        use super::rt;
        #[allow(unused_imports)]
        use super::models;
        #(#items)*
    }
}

/// The type that a body decodes to; `None` where there is none.
fn payload(cx: Cx<'_>, hook: &Hook, names: &HookNames) -> Option<TokenStream> {
    match plan::payload(hook) {
        Outcome::One(media) => Some(types::tokens(&answers::decoded(cx, media))),
        Outcome::Many(_) => {
            let name = types::ident(&names.payload.as_ref()?.name);
            Some(quote!(#name))
        }
        Outcome::Nothing | Outcome::Streamed => None,
    }
}

fn function(cx: Cx<'_>, hook: &Hook, names: &HookNames) -> Option<TokenStream> {
    let kind = payload(cx, hook, names)?;
    let (function, table) = (types::ident(&names.function), types::ident(&names.table));
    let (name, method) = (&hook.name, &hook.method);
    let method = (method != "POST").then(|| quote!(method: #method,));
    let xml = xml::hook(hook);
    let (read, choice) = match plan::payload(hook) {
        Outcome::Many(cases) => {
            let variants: Vec<_> =
                names.payload.iter().flat_map(|names| &names.variants).map(|name| types::ident(name)).collect();
            let name = kind.to_string();
            let arms = answers::arms(&cases, |index| {
                answers::read_variant(&cases[index], &variants[index].to_string(), &name)
            });
            let arms = arms.iter().map(|arm| types::tokens(arm));
            let items = cases.iter().zip(&variants).filter_map(|(case, variant)| {
                let media = case.media?;
                let inner = types::tokens(&answers::decoded(cx, media));
                let about = format!(" `{}`", text::plain(&media.name));
                Some(quote! { #[doc = #about] #variant(#inner) })
            });
            let about = format!(" What [`{}`] gives.", names.function.trim_start_matches("r#"));
            let choice = quote! {
                #[doc = #about]
                #[derive(Clone, Debug, PartialEq)]
                pub enum #kind { #(#items,)* }
            };
            (quote!(|reply| match (reply.status(), reply.media().as_str()) { #(#arms,)* }), Some(choice))
        }
        Outcome::One(media) => {
            let decode = types::ident(answers::decode(media));
            (quote!(rt::#decode), None)
        }
        Outcome::Nothing | Outcome::Streamed => return None,
    };
    let comment = comment(cx, hook);
    let deprecated = deprecated(&hook.doc);
    Some(quote! {
        static #table: rt::Op = rt::Op { id: #name, #method #xml ..rt::Op::HOOK };
        #comment
        #deprecated
        pub fn #function(headers: &rt::Headers, body: &[u8]) -> Result<#kind, rt::Error> {
            rt::incoming(&#table, headers, body, #read)
        }
        #choice
    })
}

fn comment(cx: Cx<'_>, hook: &Hook) -> TokenStream {
    let mut comment = Comment::default();
    comment.prose(&hook.doc);
    comment.own(about(cx, hook));
    let headers: Vec<String> = hook
        .params
        .iter()
        .filter(|param| matches!(param.place, Place::Header(_)))
        .map(|param| format!("`{}`", text::plain(&param.wire)))
        .collect();
    if !headers.is_empty() {
        comment.own(format!("Headers: {}.", headers.join(", ")));
    }
    comment.own("# Errors").own("When the body is not what the description says: kind `Decode`.");
    comment.tokens()
}

/// What it is, in one sentence.
fn about(cx: Cx<'_>, hook: &Hook) -> String {
    let name = text::plain(&hook.name);
    match &hook.caller {
        None => format!("Reads the body of the webhook `{name}`, sent as {}.", markdown::plain(&hook.method)),
        Some(caller) => {
            let method = cx.own.op(caller.operation).method.trim_start_matches("r#");
            // Where a feature may be off, a link would lead nowhere.
            let linked = cx.own.tag_features.is_empty();
            let by = if linked { format!("[`{method}`](super::Client::{method})") } else { format!("`{method}`") };
            let address = text::plain(&caller.address);
            let sent = markdown::plain(&hook.method);
            format!("Reads the body of the callback `{name}`, sent as {sent} to `{address}` of {by}.")
        }
    }
}
