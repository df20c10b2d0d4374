//! The files that hold the modules together: `lib.rs` or `mod.rs`, one per API, and the runtime where it travels along.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::markdown;
use super::rust::{self, Cx, ident};
use crate::features;
use crate::ir::{Api, Id as _};
use crate::names::EXPORTS;
use crate::plan::{ApiPlan, Plan};
use crate::settings::{Config, Form, Runtime};

/// The root files of the output.
pub(super) fn files(apis: &[Api], plan: &Plan, config: &Config) -> Vec<(String, String)> {
    let whole_crate = config.form == Form::Crate;
    let (folder, root) = if whole_crate { ("src/", "lib.rs") } else { ("", "mod.rs") };
    let mut files = Vec::new();
    let runtime = match (whole_crate, config.runtime) {
        (true, Runtime::Vendored) => quote! { pub mod runtime; use runtime::codegen as rt; },
        _ => quote! { pub use ::clientsmith_runtime as runtime; use ::clientsmith_runtime::codegen as rt; },
    };
    // Lints on letters can only be set for a whole crate.
    let letters =
        whole_crate.then(|| quote! { #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)] });
    let exports = EXPORTS.iter().map(|name| ident(name));
    let contract = quote! { #[rustfmt::skip] const _: () = assert!(rt::CONTRACT == 1, "generated code and runtime do not fit together: generate anew"); };
    let exports = quote! { #contract #[rustfmt::skip] #[doc(no_inline)] pub use rt::{#(#exports),*}; };
    if whole_crate {
        let all: Vec<Cx<'_>> = apis.iter().zip(&plan.apis).map(|(api, own)| Cx { api, plan, own }).collect();
        let about = "The command-line client: `--help` tells how it is used.";
        files.push(("src/main.rs".to_owned(), rust::program_text(&all, about)));
    }
    match (apis, plan.apis.as_slice()) {
        ([api], [own]) if own.module.is_empty() => {
            let cx = Cx { api, plan, own };
            let body = module(cx);
            let docs = if whole_crate { api_docs(cx) } else { Vec::new() };
            files.push((
                format!("{folder}{root}"),
                rust::root_text(&docs, &quote! { #letters #runtime #exports #body }),
            ));
        }
        _ => {
            let modules = plan.apis.iter().zip(apis).map(|(own, api)| declaration(own, api));
            let mut docs = Vec::new();
            if whole_crate {
                docs.push(format!(
                    "Clients of {} API{}, each a module behind a feature of its own.",
                    apis.len(),
                    if apis.len() == 1 { "" } else { "s" }
                ));
                docs.push(String::new());
                docs.push("| module | feature | API | operations |".to_owned());
                docs.push("|---|---|---|--:|".to_owned());
                // No links: where a feature is off, they would lead nowhere.
                for (own, api) in plan.apis.iter().zip(apis) {
                    docs.push(format!(
                        "| `{0}` | `{1}` | {2} | {3} |",
                        rust::file_stem(&own.module),
                        own.feature,
                        markdown::cell(&api.info.title),
                        api.ops.len()
                    ));
                }
            }
            files.push((
                format!("{folder}{root}"),
                rust::root_text(&docs, &quote! { #letters #runtime #exports #(#modules)* }),
            ));
            for (api, own) in apis.iter().zip(&plan.apis) {
                let cx = Cx { api, plan, own };
                let body = module(cx);
                let path = format!("{folder}{}/mod.rs", rust::file_stem(&own.module));
                files.push((path, rust::root_text(&api_docs(cx), &quote! { use super::rt; #body })));
            }
        }
    }
    files
}

/// The modules of one API. Names come from a description, so lints on names and shapes are no help here.
fn module(cx: Cx<'_>) -> TokenStream {
    rust::root(cx)
}

fn declaration(own: &ApiPlan, api: &Api) -> TokenStream {
    let module = ident(&own.module);
    let gate = (!own.feature.is_empty()).then(|| {
        let feature = &own.feature;
        quote! { #[cfg(feature = #feature)] }
    });
    let _ = api;
    quote! { #gate #[rustfmt::skip] pub mod #module; }
}

/// Crate or module docs of an API: what it is, a first call, what there is.
fn api_docs(cx: Cx<'_>) -> Vec<String> {
    let api = cx.api;
    let title = if api.info.title.is_empty() { &api.name } else { &api.info.title };
    let mut lines = vec![format!(
        "{} ({} operation{}).",
        markdown::line(title),
        api.ops.len(),
        if api.ops.len() == 1 { "" } else { "s" }
    )];
    if let Some(description) = &api.info.doc.description {
        lines.push(String::new());
        lines.extend(markdown::doc_block(description).lines().map(str::to_owned));
    }
    // The simplest call shows best how it feels: no body, as few arguments as possible.
    let simplest = api.ops.iter().min_by_key(|(_, operation)| {
        (
            operation.body.is_some(),
            operation.params.iter().filter(|param| param.required).count(),
            operation.method != "GET",
        )
    });
    if let Some((id, _)) = simplest {
        lines.push(String::new());
        lines.push("# Example".to_owned());
        lines.push(String::new());
        lines.push("```no_run".to_owned());
        lines.extend(super::text::doctest(cx, id).lines().map(str::to_owned));
        lines.push("```".to_owned());
    }
    lines.push(String::new());
    lines.push("# Operations".to_owned());
    lines.push(String::new());
    for (_, ids) in &cx.own.layout.operations {
        let tag = ids.first().map(|id| api.ops[*id].tag).filter(|tag| !api.tags[*tag].name.is_empty());
        if let Some(tag) = tag.filter(|_| cx.own.layout.operations.len() > 1) {
            let feature = ids.first().and_then(|id| features::of_operation(api, &cx.own.tag_features, *id));
            let feature = feature.map(|feature| format!(" (feature `{}`)", feature.name)).unwrap_or_default();
            let chain = api.tag_chain(tag);
            let name: Vec<String> = chain.iter().map(|tag| markdown::line(&api.tags[*tag].name)).collect();
            lines.push(format!("**{}**{feature}", name.join(" › ")));
            lines.push(String::new());
        }
        for id in ids {
            let operation = &api.ops[*id];
            let summary = operation
                .doc
                .summary
                .as_deref()
                .map(|summary| format!(": {}", markdown::line(summary)))
                .unwrap_or_default();
            // Where a feature may be off, a link would lead nowhere.
            let method = cx.own.names.ops[id.index()].method.trim_start_matches("r#");
            let linked = cx.own.tag_features.is_empty();
            lines.push(if linked {
                format!("* [`{method}`](Client::{method}){summary}")
            } else {
                format!("* `{method}`{summary}")
            });
        }
        lines.push(String::new());
    }
    lines.pop();
    lines
}
