//! IR and plan → Rust source. Every decision was made before; this only maps and prints.

mod answers;
mod body;
mod cli;
mod client;
mod compact;
mod doc;
mod enums;
mod error_body;
mod headers;
mod hooks;
mod limits;
mod lines;
mod modules;
mod operations;
mod paging;
mod polling;
mod print;
pub(in crate::emit) mod stream;
mod structs;
mod table;
mod types;
mod unions;
mod xml;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, Id as _, TypeId, TypeKind};
use crate::parallel;
use crate::plan::{ApiPlan, PAYLOADS_FEATURE, Plan};

pub(super) use body::{Parts, parts};
pub(super) use operations::takes_body;
pub(super) use print::HEADER;
pub(super) use types::{ident, plain, text as shape_text};

/// The type of an argument as prose shows it.
pub(super) fn argument_text(cx: Cx<'_>, shape: &crate::ir::Shape) -> String {
    without_runtime(&types::argument(cx, shape, "value").0)
}

/// The type of a body's argument as prose shows it.
pub(super) fn body_text(cx: Cx<'_>, media: &crate::ir::Media) -> String {
    without_runtime(&body::argument(cx, media, "body", true).0)
}

/// The type that a body decodes to as prose shows it.
pub(super) fn decoded_text(cx: Cx<'_>, media: &crate::ir::Media) -> String {
    without_runtime(&answers::decoded(cx, media))
}

/// The type of a stream as prose shows it.
pub(super) fn stream_text(cx: Cx<'_>, id: crate::ir::OpId, streamed: crate::plan::Streamed<'_>) -> String {
    without_runtime(&stream::kind(cx, id, streamed))
}

/// `rt` is a name inside of the crate; users see its items at the crate's root.
fn without_runtime(text: &str) -> String {
    text.replace("rt::", "")
}

/// What every printer of one API looks at.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub(crate) api: &'a Api,
    pub(crate) plan: &'a Plan,
    pub(crate) own: &'a ApiPlan,
}

impl<'a> Cx<'a> {
    fn type_name(self, id: TypeId) -> &'a str {
        self.own.names.types.get(id.index()).map_or("", String::as_str)
    }
}

/// The source files of one API: path below its module and text.
///
/// `root` is the name of the API's own file: `mod.rs`, or `lib.rs` where the API is the crate.
pub(crate) fn emit(cx: Cx<'_>) -> Vec<(String, String)> {
    let modules = modules::Modules::new(cx);
    let mut jobs: Vec<Job<'_>> = vec![Job::Client];
    jobs.extend(modules.files().map(Job::Gather));
    for (module, ops) in &cx.own.layout.operations {
        jobs.push(Job::Tag(module, &[]));
        jobs.extend(ops.chunks(TOGETHER / 8).map(|ops| Job::Tag(module, ops)));
    }
    for (module, types) in &cx.own.layout.models {
        jobs.push(Job::Types(module, &[]));
        jobs.extend(types.chunks(TOGETHER).map(|types| Job::Types(module, types)));
    }
    if !cx.api.hooks.is_empty() {
        jobs.push(Job::Hooks);
    }
    if !cx.api.xml_roots.is_empty() {
        jobs.push(Job::Xml);
    }
    if cx.plan.is_crate {
        jobs.push(Job::Tool);
        jobs.extend(cx.own.layout.operations.iter().map(|(module, ops)| Job::Entries(module, ops)));
    }
    // Types may be nested as deep as schemas are; these threads have the stack for it.
    let texts = parallel::map(&jobs, |job| job.text(cx));
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for (job, text) in jobs.iter().zip(texts) {
        let path = job.path();
        match parts.last_mut() {
            Some((last, texts)) if *last == path => texts.push(text),
            _ => parts.push((path, vec![text])),
        }
    }
    parts.into_iter().map(|(path, texts)| (path, texts.concat())).collect()
}

/// The lines that make an API's own file: modules and what users name.
pub(crate) fn root(cx: Cx<'_>) -> TokenStream {
    let variables: Vec<_> = cx
        .own
        .names
        .server_variables
        .iter()
        .flatten()
        .filter(|variable| !variable.kind.is_empty())
        .map(|variable| ident(&variable.kind))
        .collect();
    let variables = (!variables.is_empty()).then(|| quote! { pub use client::{#(#variables),*}; });
    let server = (!cx.api.servers.is_empty()).then(|| quote! { pub use client::Server; });
    // Names and shapes come from the description, so lints on them are no help.
    let lints = quote! {
        #[allow(non_camel_case_types, non_snake_case, non_upper_case_globals, unused_imports, clippy::all)]
    };
    let hooks = (!cx.api.hooks.is_empty()).then(|| {
        let gate = cx.own.gates_payloads.then(|| quote! { #[cfg(feature = #PAYLOADS_FEATURE)] });
        quote! {
            #gate
            #[rustfmt::skip]
            #[doc = " What the server sends by itself: a function for each webhook and callback reads its body."]
            #lints
            pub mod webhooks;
        }
    });
    // Those whose bodies they are may stand behind features.
    let xml = (!cx.api.xml_roots.is_empty()).then(|| quote! { #[rustfmt::skip] #[allow(dead_code)] #lints mod xml; });
    let cli = cx.plan.is_crate.then(|| {
        quote! {
            #[cfg(feature = "cli")]
            #[rustfmt::skip]
            #[doc(hidden)]
            #lints
            pub mod cli;
        }
    });
    quote! {
        #[rustfmt::skip]
        #[allow(dead_code)]
        #lints
        mod client;
            #xml
        #cli
        #[rustfmt::skip]
        #[doc = " What is sent and received."]
        #lints
        // Where a description has but a name, the docs have no more.
        #[allow(missing_docs)]
        pub mod models;
        #[rustfmt::skip]
        #[doc = " Calls, ready to be sent: what the methods of [`Client`] give."]
        #lints
        pub mod operations;
        #hooks
        pub use client::{Client, ClientBuilder};
        #server
        #variables
    }
}

/// The text of the program's own file.
pub(crate) fn program_text(apis: &[Cx<'_>], about: &str) -> String {
    let body = print::file(&cli::program(apis));
    body.replacen("\n\n", &format!("\n\n//! {about}\n\n"), 1)
}

/// The text of a root file made of `tokens`, with `docs` before them.
pub(crate) fn root_text(docs: &[String], tokens: &TokenStream) -> String {
    let docs = docs.iter().map(|line| if line.is_empty() { "//!\n".to_owned() } else { format!("//! {line}\n") });
    let body = print::file(tokens);
    let (header, rest) = body.split_once("\n\n").unwrap_or((body.as_str(), ""));
    format!("{header}\n\n{}\n{rest}", docs.collect::<String>())
}

/// So many models are written at once; the head of a file is a job of its own, without any.
const TOGETHER: usize = 256;

enum Job<'a> {
    Client,
    Gather(modules::File<'a>),
    Hooks,
    Tag(&'a str, &'a [crate::ir::OpId]),
    Types(&'a str, &'a [TypeId]),
    Xml,
    Tool,
    Entries(&'a str, &'a [crate::ir::OpId]),
}

impl Job<'_> {
    fn path(&self) -> String {
        match self {
            Self::Client => "client.rs".to_owned(),
            Self::Gather(file) => file.path(),
            Self::Hooks => "webhooks.rs".to_owned(),
            Self::Tag(module, _) => modules::path("operations", module),
            Self::Types(module, _) => modules::path("models", module),
            Self::Xml => "xml.rs".to_owned(),
            Self::Tool => "cli/mod.rs".to_owned(),
            Self::Entries(module, _) => format!("cli/{}.rs", file_stem(modules::last(module))),
        }
    }

    fn text(&self, cx: Cx<'_>) -> String {
        match self {
            Self::Types(_, []) => format!("{}\n\nuse super::*;\n", HEADER),
            Self::Types(_, types) => models(cx, types),
            Self::Entries(_, ops) => cli::entries(cx, ops),
            Self::Tag(_, []) => format!("{}\n\nuse super::{{Client, models, rt}};\n", HEADER),
            Self::Tag(_, ops) => ops.iter().map(|id| operations::operation(cx, *id)).collect(),
            _ => print::file(&self.tokens(cx)),
        }
    }

    fn tokens(&self, cx: Cx<'_>) -> TokenStream {
        match self {
            Self::Types(..) | Self::Entries(..) | Self::Tag(..) => TokenStream::new(),
            Self::Client => client::client(cx),
            Self::Hooks => hooks::module(cx),
            Self::Gather(file) => file.tokens(),
            Self::Xml => xml::tables(cx),
            Self::Tool => cli::tool(cx),
        }
    }
}

/// Some models of one module.
fn models(cx: Cx<'_>, ids: &[TypeId]) -> String {
    let mut out = String::new();
    for id in ids {
        out.push('\n');
        match &cx.api.types[*id].kind {
            TypeKind::Struct(structure) => structs::structure(&mut out, cx, *id, structure),
            TypeKind::Enum(list) => enums::enumeration(&mut out, cx, *id, list),
            TypeKind::Union(union) => unions::union(&mut out, cx, *id, union),
            TypeKind::Alias(shape) => structs::alias(&mut out, cx, *id, shape),
        }
    }
    out
}

/// What is said of a type.
fn about(cx: Cx<'_>, id: TypeId) -> doc::Comment {
    let definition = &cx.api.types[id];
    let mut comment = doc::Comment::default();
    comment.prose(&definition.doc);
    if comment.is_empty() {
        comment.own(format!("`{}`", doc_name(&definition.hint)));
    }
    comment.forget_echo(&[cx.type_name(id)]).deprecation(&definition.doc);
    comment
}

/// A hint as words for a doc comment.
fn doc_name(hint: &crate::ir::NameHint) -> String {
    let mut text = hint.base.clone();
    for part in &hint.path {
        text.push('.');
        text.push_str(part);
    }
    text.replace('`', "'").replace(['\n', '\r'], " ")
}

/// A module's ident as a file name: never raw.
pub(crate) fn file_stem(module: &str) -> &str {
    module.strip_prefix("r#").unwrap_or(module)
}
