//! The static table of an operation: what is sent where, as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::compact::compact;
use super::lines::{self, literal};
use super::{Cx, limits, types, xml};
use crate::analyze::{holds_secret, reply_shapes, request_shapes};
use crate::ir::{
    Codec, CookieStyle, Delimiter, Id as _, Media, OpId, Operation, Param, PathStyle, Place, QueryStyle, Reply, Server,
    Status,
};

/// `pub(crate) static GET_TRIGGER: rt::Op = …`.
pub(super) fn table(out: &mut String, cx: Cx<'_>, id: OpId) {
    let operation = &cx.api.ops[id];
    let mut rows = Vec::new();
    let limits = cx.api.limits.params.get(id.index());
    let params = operation.params.iter().enumerate().map(|(index, param)| {
        let rules = limits::setter(limits.and_then(|limits| limits.get(index)));
        let row = row(param);
        compact(&quote!(#row #rules))
    });
    let params: Vec<String> = params.collect();
    if let Some(body) = &operation.body
        && let Some(media) = body.media.first()
    {
        let spec = body_spec(media, body.required);
        let rules = limits::setter(cx.api.limits.bodies.get(id.index()).and_then(|bodies| bodies.first()));
        rows.push(quote! { body: Some(#spec #rules) });
    }
    let accept = accept(operation);
    if accept != "application/json" {
        rows.push(quote! { accept: #accept });
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
        let security = sets.iter().map(|names| quote! { &[#(#names),*] });
        rows.push(quote! { security: &[#(#security),*] });
    }
    let success: Vec<Literal> = operation
        .replies
        .ok
        .iter()
        .filter_map(|reply| match reply.status {
            Status::Code(code) if !(200..300).contains(&code) => Some(Literal::u16_unsuffixed(code)),
            _ => None,
        })
        .collect();
    if !success.is_empty() {
        rows.push(quote! { success: &[#(#success),*] });
    }
    if !operation.servers.is_empty() {
        let servers = operation.servers.iter().map(server);
        rows.push(quote! { servers: &[#(#servers),*] });
    }
    rows.extend(xml::replies(operation));
    // RFC 9110, section 9.2.2.
    if !matches!(operation.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY") {
        rows.push(quote! { retry_safe: false });
    }
    let secret = &cx.own.facts.secret;
    if request_shapes(operation).chain(reply_shapes(operation)).any(|shape| holds_secret(shape, secret)) {
        rows.push(quote! { secret: true });
    }
    out.push_str(&format!(
        "pub(crate) static {}: rt::Op = rt::Op {{\n    id: {}, method: {}, path: {},\n",
        cx.own.op(id).table,
        literal(&operation.id),
        literal(&operation.method),
        literal(&operation.path)
    ));
    if !params.is_empty() {
        lines::list(out, "    params: &[", &params, "    ],");
    }
    rows.iter().for_each(|row| out.push_str(&format!("    {},\n", compact(row))));
    out.push_str("    ..rt::Op::BASE\n};\n");
}

/// A server as the runtime has it.
pub(super) fn server(server: &Server) -> TokenStream {
    let url = &server.url;
    if server.variables.is_empty() {
        return quote!(rt::Server::at(#url));
    }
    let variables = server.variables.iter().map(|variable| {
        let (name, default) = (&variable.name, &variable.default);
        quote!((#name, #default))
    });
    quote!(rt::Server { url: #url, variables: &[#(#variables),*] })
}

fn row(param: &Param) -> TokenStream {
    let name = &param.wire;
    let json = param.content.as_ref().is_some_and(|content| content.codec == Codec::Json).then(|| quote!(.json()));
    let delimiter = param.joined.map(|delimiter| {
        let name = types::ident(match delimiter {
            Delimiter::Space => "Space",
            Delimiter::Tab => "Tab",
            Delimiter::Pipe => "Pipe",
        });
        quote!(rt::Delimiter::#name)
    });
    let required = (param.required && !matches!(param.place, Place::Path(..))).then(|| quote!(.required()));
    // What the place has by itself is not said again.
    let exploded = |explode: bool, usual: bool| (explode != usual).then(|| quote!(.explode(#explode)));
    let raw = |reserved: bool| reserved.then(|| quote!(.reserved()));
    match param.place {
        Place::Path(style, explode, reserved) => {
            let style = match style {
                PathStyle::Simple => {
                    delimiter.map(|with| quote!(.style(rt::Place::Path(rt::PathStyle::Delimited(#with)))))
                }
                PathStyle::Label => Some(quote!(.style(rt::Place::Path(rt::PathStyle::Label)))),
                PathStyle::Matrix => Some(quote!(.style(rt::Place::Path(rt::PathStyle::Matrix)))),
            };
            let (explode, reserved) = (exploded(explode, false), raw(reserved));
            quote!(rt::Param::path(#name) #style #explode #reserved #json)
        }
        Place::Query(style, explode, reserved) => {
            let style = query_style(style).map(|style| quote!(.style(rt::Place::Query(rt::QueryStyle::#style))));
            let (explode, reserved) = (exploded(explode, true), raw(reserved));
            quote!(rt::Param::query(#name) #style #explode #reserved #required #json)
        }
        Place::QueryString => quote!(rt::Param::query_string(#name) #required #json),
        Place::Header(explode) => {
            let explode = exploded(explode, false);
            let style = delimiter.map(|with| quote!(.style(rt::Place::DelimitedHeader(#with))));
            quote!(rt::Param::header(#name) #style #explode #required #json)
        }
        Place::Cookie(style, explode) => {
            let style = match style {
                CookieStyle::Form => None,
                CookieStyle::Cookie => Some(quote!(.style(rt::Place::Cookie(rt::CookieStyle::Cookie)))),
            };
            let explode = exploded(explode, true);
            quote!(rt::Param::cookie(#name) #style #explode #required #json)
        }
    }
}

/// The runtime's name of a style other than `form`.
fn query_style(style: QueryStyle) -> Option<proc_macro2::Ident> {
    let name = match style {
        QueryStyle::Form => return None,
        QueryStyle::Space => "SpaceDelimited",
        QueryStyle::Pipe => "PipeDelimited",
        QueryStyle::Tab => "TabDelimited",
        QueryStyle::DeepObject => "DeepObject",
    };
    Some(types::ident(name))
}

pub(super) fn body_spec(media: &Media, required: bool) -> TokenStream {
    let name = &media.name;
    match media.codec {
        Codec::Json if media.name == "application/json" => quote!(rt::BodySpec::json(#required)),
        Codec::Form => quote!(rt::BodySpec::form(#required)),
        _ => quote!(rt::BodySpec::new(#name, #required)),
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
