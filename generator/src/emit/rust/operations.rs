//! Operations: the client's method, the request value with its setters, and the ways to send it.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::doc::{Comment, deprecated};
use super::lines::literal;
use super::{Cx, body, error_body, headers, print, stream, table, types};
use crate::emit::docs::markdown;
use crate::emit::text;
use crate::ir::{Codec, Media, Next, OpId, Param, Permissions, Status, Target};
use crate::plan::{self, Case, Outcome};

/// All items of an operation, as text.
pub(super) fn operation(cx: Cx<'_>, id: OpId) -> String {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let request = types::ident(&names.request);
    let mut out = String::from("\n");
    table::table(&mut out, cx, id);
    let method = method(cx, id);
    let mut items = Vec::new();
    for (index, param) in operation.params.iter().enumerate() {
        if !param.required {
            items.push(setter(cx, param, index, &types::ident(&names.params[index])));
        }
    }
    if let Some(body) = &operation.body {
        let first = usize::from(takes_body(cx, id));
        for (index, media) in body.media.iter().enumerate().skip(first) {
            items.push(body::setter(cx, media, &types::ident(&names.bodies[index]), index == 0));
        }
    }
    let send = send(cx, id);
    let streams = stream::methods(cx, id);
    let events = stream::events_enum(cx, id);
    let headers = headers::headers(cx, id);
    let paging = paging(cx, id);
    let pages = paging.is_some().then(|| paging_table(cx, id));
    let polling = polling(cx, id);
    let reply = reply_enum(cx, id);
    let errors = error_body::error_enum(cx, id);
    let (about, caller) = (operation_name(&operation.id), names.method.trim_start_matches("r#"));
    out.push_str(&format!("rt::request!({}, {}, {});\n", names.request, literal(&about), literal(caller)));
    out.push_str(&print::items(&quote! {
        impl Client { #method }
        impl #request {
            #(#items)*
            #send
            #streams
            #polling
            #paging
        }
        #reply
        #events
        #headers
        #errors
        #pages
    }));
    out
}

fn operation_name(id: &str) -> String {
    markdown::line(id).replace('`', "'")
}

/// Whether the method itself takes the body: when it must be given and there is one way to give it.
pub(crate) fn takes_body(cx: Cx<'_>, id: OpId) -> bool {
    cx.api.ops[id].body.as_ref().is_some_and(|body| body.required && body.media.len() == 1)
}

fn method(cx: Cx<'_>, id: OpId) -> TokenStream {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let (method, request, table) =
        (types::ident(&names.method), types::ident(&names.request), types::ident(&names.table));
    let mut arguments = Vec::new();
    let mut calls = Vec::new();
    for (index, param) in operation.params.iter().enumerate().filter(|(_, param)| param.required) {
        let name = types::ident(&names.params[index]);
        let (kind, value) = types::argument(cx, &param.shape, &name);
        arguments.push(quote! { #name: #kind });
        let index = Literal::usize_unsuffixed(index);
        calls.push(quote! { .set(#index, #value) });
    }
    if takes_body(cx, id)
        && let Some(body) = &operation.body
    {
        let name = types::ident(&names.bodies[0]);
        let (kind, call) = body::argument(cx, &body.media[0], &name, true);
        arguments.push(quote! { #name: #kind });
        calls.push(call);
    }
    let comment = comment(cx, id);
    let deprecated = deprecated(&operation.doc);
    // A path may need more arguments than the lint likes; the description decides that.
    let many = (arguments.len() > 6).then(|| quote! { #[allow(clippy::too_many_arguments)] });
    quote! {
        #comment
        #deprecated
        #many
        pub fn #method(&self, #(#arguments),*) -> #request {
            #request(self.core.request(&#table) #(#calls)*)
        }
    }
}

fn setter(cx: Cx<'_>, param: &Param, index: usize, name: &Ident) -> TokenStream {
    let (kind, value) = types::argument(cx, &param.shape, name);
    let mut comment = Comment::default();
    comment.prose(&param.doc);
    if comment.is_empty() {
        comment.own(format!("Sets {}.", markdown::code(&param.wire)));
    }
    comment.notes(&param.notes);
    let comment = comment.tokens();
    let deprecated = deprecated(&param.doc);
    let index = Literal::usize_unsuffixed(index);
    quote! {
        #comment
        #deprecated
        pub fn #name(self, #name: #kind) -> Self {
            Self(self.0.set(#index, #value))
        }
    }
}

/// The type that a body in this media type decodes to, and the function that does it.
pub(super) fn decoder(cx: Cx<'_>, media: &Media) -> (TokenStream, TokenStream) {
    match media.codec {
        Codec::Json | Codec::Xml => (types::shape(cx, &media.shape, "models::"), quote!(rt::json)),
        Codec::Text | Codec::Form => (quote!(String), quote!(rt::text)),
        _ => (quote!(Vec<u8>), quote!(rt::bytes)),
    }
}

fn send(cx: Cx<'_>, id: OpId) -> TokenStream {
    let about = format!(
        " Sends the request; [`{0}`](Client::{0}) tells of the errors.",
        cx.own.op(id).method.trim_start_matches("r#")
    );
    let about = quote! {
        #[doc = #about]
    };
    match plan::success(cx.api, id) {
        Outcome::Streamed => TokenStream::new(),
        Outcome::Nothing => {
            // Without any description the body is whatever comes.
            if cx.api.ops[id].replies.ok.is_empty() {
                return quote! { #about pub fn send(self) -> rt::Call<Vec<u8>> { self.0.call(rt::bytes) } };
            }
            quote! { #about pub fn send(self) -> rt::Call<()> { self.0.call(rt::none) } }
        }
        Outcome::One(media) => {
            let (kind, decode) = decoder(cx, media);
            quote! { #about pub fn send(self) -> rt::Call<#kind> { self.0.call(#decode) } }
        }
        Outcome::Many(cases) => {
            let Some(names) = &cx.own.op(id).reply else { return TokenStream::new() };
            let kind = types::ident(&names.name);
            let variants: Vec<Ident> = names.variants.iter().map(|name| types::ident(name)).collect();
            let arms = arms(&cases, |index| read_variant(cx, &cases[index], &variants[index], &kind));
            quote! {
                #about
                pub fn send(self) -> rt::Call<#kind> {
                    self.0.call(|reply| match (reply.status(), reply.media().as_str()) { #(#arms,)* })
                }
            }
        }
    }
}

/// One arm for each case, with what `read` makes of it; the first case also takes what no case names, so that an
/// undeclared 2xx is still read.
pub(super) fn arms(cases: &[Case<'_>], read: impl Fn(usize) -> TokenStream) -> Vec<TokenStream> {
    let mut arms = Vec::new();
    let mut ordered: Vec<(usize, &Case<'_>)> = cases.iter().enumerate().collect();
    ordered.sort_by_key(|(_, case)| rank(case.status));
    for (index, case) in ordered {
        let value = read(index);
        let status = status_pattern(case.status);
        let alone = cases.iter().filter(|other| other.status == case.status).count() == 1;
        match case.media {
            Some(media) if !alone => {
                let name = media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
                arms.push(quote! { (#status, #name) => #value });
            }
            _ => arms.push(quote! { (#status, _) => #value }),
        }
    }
    let alone = |status| cases.iter().filter(|other| other.status == status).count() == 1;
    if !cases.is_empty() && !alone(Status::Any) {
        let value = read(0);
        arms.push(quote! { _ => #value });
    }
    arms
}

/// How a case is read into its variant of the answer's enum.
pub(super) fn read_variant(cx: Cx<'_>, case: &Case<'_>, variant: &Ident, kind: &Ident) -> TokenStream {
    match case.media {
        Some(media) => {
            let (_, decode) = decoder(cx, media);
            let decode =
                types::ident(&format!("{}_as", decode.to_string().rsplit("::").next().unwrap_or_default().trim()));
            quote!(reply.#decode(#kind::#variant))
        }
        None => quote!(reply.empty_as(#kind::#variant)),
    }
}

/// A status of its own counts before its range, and both before `default` (OpenAPI 3.2, Responses Object).
pub(super) fn rank(status: Status) -> u8 {
    match status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Any => 2,
    }
}

pub(super) fn status_pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let low = Literal::u16_unsuffixed(u16::from(digit) * 100);
            let high = Literal::u16_unsuffixed(u16::from(digit) * 100 + 99);
            quote!(#low..=#high)
        }
        Status::Any => quote!(_),
    }
}

fn reply_enum(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let names = cx.own.op(id).reply.as_ref()?;
    let Outcome::Many(cases) = plan::success(cx.api, id) else { return None };
    let name = types::ident(&names.name);
    let variants = cases.iter().zip(&names.variants).map(|(case, variant)| {
        let about = format!(" {}.", text::case(case));
        let variant = types::ident(variant);
        match case.media {
            Some(media) => {
                let (kind, _) = decoder(cx, media);
                quote! { #[doc = #about] #variant(#kind) }
            }
            None => quote! { #[doc = #about] #variant },
        }
    });
    let about = format!(
        " What [`{}`](Client::{}) gives.",
        operation_name(&cx.api.ops[id].id),
        cx.own.op(id).method.trim_start_matches("r#")
    );
    Some(quote! {
        #[doc = #about]
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name { #(#variants,)* }
    })
}

fn paging(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let (media, item) = plan::page(cx.api, id)?;
    let (page, _) = decoder(cx, media);
    let item = types::shape(cx, item, "models::");
    let name = types::ident(&format!("{}_PAGES", cx.own.op(id).table));
    Some(quote! {
        #[doc = " All items of this page and the following ones: a stream that asks for each page when it is needed."]
        pub fn items(self) -> rt::Items<#item> {
            rt::Items::new(self.0, &#name)
        }
        #[doc = " This page and the following ones: a stream that asks for each when it is needed."]
        pub fn pages(self) -> rt::Pages<#page> {
            rt::Pages::new(self.0, &#name)
        }
    })
}

/// The type of an item of the pages and the name of their table, for the command line.
pub(super) fn paged(cx: Cx<'_>, id: OpId) -> Option<(String, String)> {
    let (_, item) = plan::page(cx.api, id)?;
    Some((types::text(cx, item, "models::"), format!("{}_PAGES", cx.own.op(id).table)))
}

/// The static table of how an operation pages.
fn paging_table(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let paging = cx.api.ops[id].paging.as_ref()?;
    let name = types::ident(&format!("{}_PAGES", cx.own.op(id).table));
    let items = &paging.items;
    let next = match &paging.next {
        Next::End => quote!(rt::Next::End),
        Next::Link { at } => quote!(rt::Next::Link { at: #at }),
        Next::Address { at, into: None } => quote!(rt::Next::address(#at)),
        Next::Address { at, into: Some(into) } => {
            let into = target(into);
            quote!(rt::Next::Address { at: #at, cursor: Some(#into) })
        }
        Next::Page { set, first } => {
            let (to, first) = (target(set), Literal::i64_unsuffixed(*first));
            quote!(rt::Next::Page { to: #to, first: #first })
        }
        Next::Offset { set, first } => {
            let (to, first) = (target(set), Literal::i64_unsuffixed(*first));
            quote!(rt::Next::Offset { to: #to, first: #first })
        }
        Next::LastItem { set, from } => {
            let to = target(set);
            quote!(rt::Next::LastItem { at: #from, to: #to })
        }
        Next::Value { set, from } => {
            let to = target(set);
            quote!(rt::Next::Cursor { at: #from, to: #to })
        }
    };
    let more = paging.more.as_ref().map(|more| quote!(more: Some(#more),));
    let until = &paging.until;
    let until = (!until.is_empty()).then(|| quote!(until: &[#(#until),*],));
    let pages = paging.pages.as_ref().map(|pages| quote!(pages: Some(#pages),));
    Some(quote! {
        pub(crate) static #name: rt::Paging = rt::Paging { items: #items, next: #next, #more #until #pages ..rt::Paging::BASE };
    })
}

fn target(target: &Target) -> TokenStream {
    match target {
        Target::Param(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(rt::Move::Param(#index))
        }
        Target::Body(pointer) => quote!(rt::Move::Body(#pointer)),
    }
}

fn polling(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let polling = cx.api.ops[id].polling.as_ref()?;
    let Outcome::One(media) = plan::success(cx.api, polling.operation) else { return None };
    let (kind, _) = decoder(cx, media);
    let table = types::ident(&cx.own.op(polling.operation).table);
    // The other operation may stand in another module.
    let tag = cx.api.ops[id].tag;
    let table = if cx.api.ops[polling.operation].tag == tag {
        quote!(#table)
    } else {
        let up = cx.own.layout.tags.get(crate::ir::Id::index(tag)).map_or(1, |module| module.split('/').count());
        let up = std::iter::repeat_n(quote!(super::), up);
        quote!(#(#up)* #table)
    };
    let parameters = polling.parameters.iter().map(|(index, pointer)| {
        let index = Literal::usize_unsuffixed(*index);
        quote!((#index, rt::Source::Body(#pointer)))
    });
    let (state, done, failed) = (&polling.state, &polling.done, &polling.failed);
    Some(quote! {
        #[doc = " Sends the request and waits until the job that it starts is done, asking less and less often."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " As for `send`; also when the job fails or takes longer than [`Backoff`](rt::Backoff) allows."]
        pub fn wait(self) -> rt::Call<#kind> {
            self.wait_with(rt::Backoff::default())
        }
        #[doc = " Like `wait`, with intervals and patience of your own."]
        pub fn wait_with(self, backoff: rt::Backoff) -> rt::Call<#kind> {
            static POLLING: rt::Polling = rt::Polling { op: &#table, params: &[#(#parameters),*], state: #state, done: &[#(#done),*], failed: &[#(#failed),*] };
            self.0.wait(&POLLING, backoff, rt::json)
        }
    })
}

/// What the client's method says of itself.
fn comment(cx: Cx<'_>, id: OpId) -> TokenStream {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let mut comment = Comment::default();
    match &operation.doc.summary {
        Some(summary) => comment.line(summary),
        None => comment.own(format!("Calls `{}`.", operation_name(&operation.id))),
    };
    comment.own(markdown::code(&format!("{} {}", operation.method, operation.path)));
    if let Some(description) = &operation.doc.description
        && operation.doc.summary.as_ref().is_none_or(|summary| summary.trim() != description.trim())
    {
        comment.block(description);
    }
    if let Some(link) = &operation.doc.link {
        comment.line(&format!("See {link}"));
    }
    if let Some(permissions) = &operation.permissions {
        comment.own("# Permissions").own(permissions_text(permissions));
    }
    let arguments: Vec<(usize, &Param)> =
        operation.params.iter().enumerate().filter(|(_, param)| param.required).collect();
    if !arguments.is_empty() || takes_body(cx, id) {
        comment.own("# Arguments");
        let mut first = true;
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
            let entry = format!("* `{name}`: {words}{notes}");
            let entry = entry.trim_end_matches([':', ' ']).to_owned();
            let _ = if first { comment.own(entry) } else { comment.next(entry) };
            first = false;
        }
        if takes_body(cx, id)
            && let Some(body) = &operation.body
        {
            let words =
                body.doc.description.as_deref().map(markdown::line).unwrap_or_else(|| "what to send".to_owned());
            let entry = format!("* `{}`: {words}", names.bodies[0].trim_start_matches("r#"));
            let _ = if first { comment.own(entry) } else { comment.next(entry) };
        }
    }
    comment.own("# Errors").own(text::errors(cx, id));
    // An example compiles only where the path of the client is known.
    let fence = if cx.plan.is_crate { "```no_run" } else { "```ignore" };
    comment.own("# Example").own(fence).next(text::doctest(cx, id)).next("```");
    comment.tokens()
}

fn permissions_text(permissions: &Permissions) -> String {
    let list = |names: &[String]| {
        names.iter().map(|name| format!("`{}`", markdown::line(name).replace('`', "'"))).collect::<Vec<_>>().join(", ")
    };
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
