//! The tables of the command-line client: one entry for each operation, all behind the feature `cli`.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{self, Parts};
use super::compact::compact;
use super::lines::{self, literal, literals};
use super::{Cx, answers, modules, paging, types, xml};
use crate::emit::docs::markdown;
use crate::features;
use crate::ir::{Codec, Doc, EventData, Item, Media, Need, OpId, Param, SchemeKind, Shape, TextFormat, TypeKind};
use crate::plan::{self, Outcome, Streamed};

/// The file that gathers the tables of all tags.
pub(super) fn tool(cx: Cx<'_>) -> TokenStream {
    let title = if cx.api.info.title.trim().is_empty() { &cx.api.name } else { &cx.api.info.title };
    let about = words(title);
    let tags = || cx.own.layout.operations.iter().map(|(module, _)| module.as_str());
    let gates = || cx.own.layout.operations.iter().map(|(_, ops)| gate(cx, ops));
    let (before_mod, before_group) = (gates(), gates());
    // Idents of tags are told apart in the whole API, so these files need no folders.
    let files: Vec<_> = tags().map(|module| types::ident(modules::last(module))).collect();
    // A group inside of another is called by the words of both.
    let names = tags().map(|module| {
        let mut words: Vec<String> = module.split('/').map(command).collect();
        words.dedup();
        words.join(" ")
    });
    quote! {
        use super::{client, rt};
        #(#before_mod mod #files;)*
        #[doc = " The client as a program: what its `main` is given."]
        pub static TOOL: rt::cli::Tool = rt::cli::Tool {
            api: &client::API,
            about: #about,
            groups: &[#(#before_group rt::cli::Group { name: #names, entries: #files::ENTRIES }),*],
        };
    }
}

/// The table of one tag.
pub(super) fn entries(cx: Cx<'_>, ops: &[OpId]) -> String {
    let mut out = format!(
        "{}\n\nuse super::super::{{models, operations, rt}};\n\npub(super) static ENTRIES: &[rt::cli::Entry] = &[\n",
        super::print::HEADER
    );
    for id in ops {
        entry(&mut out, cx, *id);
    }
    out.push_str("];\n");
    out
}

/// The condition under which the operations of a module are there.
fn gate(cx: Cx<'_>, ops: &[OpId]) -> Option<TokenStream> {
    let feature = &features::of_operation(cx.api, &cx.own.tag_features, *ops.first()?)?.name;
    Some(quote! { #[cfg(feature = #feature)] })
}

/// The program: it knows the tools of all APIs of the crate.
pub(crate) fn program(apis: &[Cx<'_>]) -> TokenStream {
    let tools = apis.iter().map(|cx| {
        let library = types::ident(&cx.plan.crate_ident());
        let gate = (!cx.own.feature.is_empty()).then(|| {
            let feature = &cx.own.feature;
            quote! { #[cfg(feature = #feature)] }
        });
        let module = (!cx.own.module.is_empty()).then(|| {
            let module = types::ident(&cx.own.module);
            quote!(#module::)
        });
        quote!(#gate &#library::#module cli::TOOL)
    });
    let library = apis.first().map(|cx| types::ident(&cx.plan.crate_ident()));
    quote! {
        #[rustfmt::skip]
        fn main() -> std::process::ExitCode {
            #library::runtime::cli::main(&[#(#tools),*])
        }
    }
}

fn entry(out: &mut String, cx: Cx<'_>, id: OpId) {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let (name, about) = (literal(&command(&names.method)), literal(&sentence(&operation.doc)));
    let error = error(cx, id).map(|error| format!(".error({error})")).unwrap_or_default();
    let mut entry = format!("    rt::cli::Entry::new(&operations::{}, {})\n", names.table, send(cx, id));
    entry.push_str(&format!("        .named({name}, {about}){error}\n"));
    if let Some((item, pages)) = paging::paged(cx, id) {
        entry.push_str(&format!("        .all(|request| rt::cli::pages::<{item}>(request, &operations::{pages}))\n"));
    }
    if matches!(plan::success(cx.api, id), Outcome::Streamed) {
        entry.push_str("        .streams()\n");
    }
    let mut list = |name: &str, rows: Vec<String>| {
        if !rows.is_empty() {
            lines::list(&mut entry, &format!("        .{name}(&["), &rows, "])");
        }
    };
    list("scopes", scopes(cx, &operation.security));
    list("params", operation.params.iter().zip(&names.params).map(|(param, name)| arg(cx, param, name)).collect());
    let bodies = operation.body.iter().flat_map(|body| &body.media);
    list("bodies", bodies.map(|media| compact(&taken(cx, media))).collect());
    out.push_str(entry.trim_end());
    out.push_str(",\n");
}

/// The scopes that an operation needs of each scheme whose tokens have scopes, as the first alternative with it says.
fn scopes(cx: Cx<'_>, security: &[Vec<Need>]) -> Vec<String> {
    let has_scopes = |name: &str| {
        let mut schemes = cx.api.schemes.iter();
        schemes.any(|scheme| {
            scheme.name == name && matches!(scheme.kind, SchemeKind::OAuth2(_) | SchemeKind::OpenId { .. })
        })
    };
    let mut seen: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for need in security.iter().flatten().filter(|need| has_scopes(&need.scheme)) {
        if seen.contains(&need.scheme.as_str()) {
            continue;
        }
        seen.push(&need.scheme);
        if !need.scopes.is_empty() {
            rows.push(format!("({}, &[{}])", literal(&need.scheme), literals(&need.scopes)));
        }
    }
    rows
}

fn arg(cx: Cx<'_>, param: &Param, name: &str) -> String {
    let kind = types::text(cx, &param.shape, "models::");
    let (inner, many) = match types::plain(cx, &param.shape) {
        Shape::List(inner) => (inner.as_ref(), ".many()"),
        other => (other, ""),
    };
    let values = values(cx, inner);
    let values = if values.is_empty() { String::new() } else { format!(".values(&[{}])", literals(&values)) };
    let (flag, about) = (literal(&command(name)), literal(&sentence(&param.doc)));
    let nullable = if param.nullable { ".nullable()" } else { "" };
    let empty = if param.empty { ".empty()" } else { "" };
    format!("rt::cli::Arg::{}::<{kind}>({flag}, {about}){many}{values}{nullable}{empty}", takes(cx, inner))
}

/// The constructor of `Arg` for a shape.
fn takes(cx: Cx<'_>, shape: &Shape) -> &'static str {
    match types::plain(cx, shape) {
        Shape::Bool => "boolean",
        Shape::Int(_) => "integer",
        Shape::Float(_) => "number",
        Shape::Text(TextFormat::Date) => "date",
        Shape::Text(TextFormat::DateTime | TextFormat::LocalDateTime) => "date_time",
        Shape::Text(_) => "text",
        Shape::Nullable(inner) => takes(cx, inner),
        Shape::Named(id) if matches!(&cx.api.types[*id].kind, TypeKind::Enum(list) if list.text) => "text",
        _ => "json",
    }
}

/// The values that the description lists.
fn values<'a>(cx: Cx<'a>, shape: &'a Shape) -> Vec<&'a str> {
    match types::plain(cx, shape) {
        Shape::Nullable(inner) => values(cx, inner),
        Shape::Named(id) => match &cx.api.types[*id].kind {
            TypeKind::Enum(list) => list.values.iter().map(|value| value.wire.as_str()).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn taken(cx: Cx<'_>, media: &Media) -> TokenStream {
    let name = &media.name;
    let kind = types::shape(cx, &media.shape, "models::");
    let given = |kind: TokenStream| quote!(rt::cli::model::<#kind>(value)?);
    match media.codec {
        Codec::Json => quote!(rt::cli::Body::json::<#kind>(#name)),
        Codec::Form => {
            let (fields, value) = (body::form_fields(&media.parts), given(kind));
            quote!(rt::cli::Body::value(#name, |request, _, value| Ok(request.form(#fields, &#value))))
        }
        Codec::Multipart => {
            let set = match body::parts(cx, media) {
                Parts::Named => {
                    let (specs, value) = (body::part_specs(&media.parts), given(kind));
                    quote!(request.multipart(media, #specs, &#value))
                }
                Parts::Ordered(order) => {
                    let ((first, rest), value) = (body::order(order), given(quote!(Vec<rt::Part>)));
                    quote!(request.parts(media, #first, #rest, #value))
                }
                Parts::Free => {
                    let value = given(quote!(rt::Map<rt::Part>));
                    quote!(request.multipart(media, &[], &#value))
                }
            };
            quote!(rt::cli::Body::parts(#name, |request, media, value| Ok(#set)))
        }
        Codec::Xml => {
            let (root, value) = (media.xml.map(xml::root), given(kind));
            quote!(rt::cli::Body::value(#name, |request, media, value| Ok(request.xml(media, &#root, &#value))))
        }
        Codec::JsonLines | Codec::JsonSeq => {
            let kind = types::tokens(&body::item(cx, media));
            let body = types::ident(if media.codec == Codec::JsonLines { "lines" } else { "sequence" });
            quote!(rt::cli::Body::#body::<#kind>(#name))
        }
        Codec::Text => quote!(rt::cli::Body::text(#name)),
        _ => quote!(rt::cli::Body::bytes(#name)),
    }
}

/// The function that sends a request and reads its answer in the way of the generated `send`.
fn send(cx: Cx<'_>, id: OpId) -> String {
    let read = |media: &Media| {
        let decode = answers::decode(media);
        let kind = media.codec.is_model().then(|| format!("::<{}>", answers::decoded(cx, media)));
        format!("{decode}{}", kind.unwrap_or_default())
    };
    match plan::success(cx.api, id) {
        Outcome::Nothing if cx.api.ops[id].replies.ok.is_empty() => "rt::cli::bytes".to_owned(),
        Outcome::Nothing => "rt::cli::none".to_owned(),
        Outcome::Streamed => compact(&streamed(cx, id)),
        Outcome::One(media) => format!("rt::cli::{}", read(media)),
        Outcome::Many(cases) => {
            let arms = answers::arms(&cases, |index| match cases[index].media {
                None => "rt::cli::read_none(reply)".to_owned(),
                Some(media) => format!("rt::cli::read_{}(reply)", read(media)),
            });
            format!(
                "|request| rt::cli::send(request, |reply| match (reply.status(), reply.media().as_str()) {{ {} }})",
                arms.join(", ")
            )
        }
    }
}

/// The same for an answer that is a stream.
fn streamed(cx: Cx<'_>, id: OpId) -> TokenStream {
    let Some(Streamed { media, item }) = plan::stream(cx.api, id) else { return quote!(rt::cli::bytes) };
    let wire = &media.name;
    match item {
        Item::Json(shape) => {
            let kind = types::shape(cx, shape, "models::");
            let read = types::ident(match media.codec {
                Codec::JsonLines => "lines",
                Codec::JsonSeq => "sequence",
                _ => "events",
            });
            quote!(|request| rt::cli::#read::<#kind>(request, #wire))
        }
        Item::Text => quote!(|request| rt::cli::text_events(request, #wire)),
        Item::Named(cases) => {
            let Some(names) = cx.own.op(id).events.as_ref() else { return quote!(rt::cli::text) };
            let kind = types::ident(&names.name);
            let arms = cases.iter().zip(&names.variants).map(|(case, variant)| {
                let variant = types::ident(variant);
                match &case.data {
                    EventData::Json(_) => quote!(operations::#kind::#variant(data) => rt::cli::written(data)),
                    EventData::Text => quote!(operations::#kind::#variant(data) => rt::cli::written(data)),
                    EventData::Literal(text) => quote!(operations::#kind::#variant => rt::cli::written(&#text)),
                    EventData::Nothing => quote!(operations::#kind::#variant => rt::cli::written(&rt::Value::Null)),
                }
            });
            // An event that no case stands for is kept with its text.
            let open = cases.iter().all(|case| case.event.is_some() || matches!(case.data, EventData::Literal(_)));
            let unknown = open.then(|| quote!(operations::#kind::Unknown(data) => rt::cli::written(data)));
            quote! {
                |request| rt::cli::named_events::<operations::#kind>(request, #wire, |data| match data { #(#arms,)* #unknown })
            }
        }
    }
}

/// The function that reads the body of an error answer.
fn error(cx: Cx<'_>, id: OpId) -> Option<String> {
    match plan::failure(cx.api, id) {
        Outcome::One(media) if media.codec.is_model() => {
            Some(format!("rt::cli::error::<{}>", types::text(cx, &media.shape, "models::")))
        }
        Outcome::Nothing | Outcome::Streamed | Outcome::One(_) => None,
        Outcome::Many(_) => {
            let names = cx.own.op(id).error.as_ref()?;
            Some(format!("rt::cli::error_case::<operations::{}>", names.name))
        }
    }
}

/// An ident as a word of a command line.
fn command(ident: &str) -> String {
    ident.trim_start_matches("r#").replace('_', "-")
}

/// What a thing is, in one line.
fn sentence(doc: &Doc) -> String {
    let first = doc.description.as_deref().map(markdown::first_sentence);
    words(doc.summary.as_deref().or(first.as_deref()).unwrap_or_default())
}

/// Text of the description for a terminal: one line without control characters, and not too long.
fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= 120 { line } else { line.chars().take(119).chain(['…']).collect() }
}
