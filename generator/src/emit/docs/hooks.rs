//! The page of webhooks and callbacks: what the server sends, and how it is read.

use super::notes::{self, join};
use super::operation::{json_fence, table};
use super::site::{HOOKS, OPERATIONS, Site};
use super::{MARK, markdown, prose};
use crate::emit::rust;
use crate::ir::{Hook, Param, Place};
use crate::plan::{HookNames, PAYLOADS_FEATURE};
use crate::template::{self, Value, list, markup, markups, values};

/// Longer examples would bury the page.
const EXAMPLE: usize = 4_000;

/// The page.
pub(super) fn page(site: &Site<'_>) -> String {
    let hooks = site.api.hooks.iter().zip(&site.own.names.hooks).map(|(hook, names)| section(site, hook, names));
    let feature = site.own.gates_payloads.then(|| {
        format!(
            "The module {} needs the Cargo feature {}.",
            markdown::code("webhooks"),
            markdown::code(PAYLOADS_FEATURE)
        )
    });
    template::render(
        "docs/webhooks.md",
        values([
            ("mark", markup(MARK)),
            ("title", markup(site.title())),
            ("back", markup(markdown::link("Operations", OPERATIONS))),
            ("feature", markups(feature)),
            ("hooks", list(hooks)),
        ]),
    )
}

fn section(site: &Site<'_>, hook: &Hook, names: &HookNames) -> Value {
    let mut about = prose::blocks(&hook.doc);
    let method = markdown::plain(&hook.method);
    about.push(match &hook.caller {
        None => format!("A webhook, sent as **{method}**."),
        Some(caller) => format!(
            "A callback of {}, sent as **{method}** to {}.",
            site.op_link(HOOKS, caller.operation),
            markdown::code(&caller.address)
        ),
    });
    let rows: Vec<Value> = hook.params.iter().map(|param| row(site, param)).collect();
    let body = hook.body.as_ref().map(|body| {
        let media = body.media.iter().map(|media| {
            let kind = rust::decoded_text(site.cx(), media);
            let kind = site.type_link(HOOKS, &media.shape, &kind);
            format!("{kind} as {}", markdown::code(&media.name))
        });
        format!("Its body is {}.", media.collect::<Vec<_>>().join(", or "))
    });
    let example = hook.body.iter().flat_map(|body| &body.media).flat_map(|media| &media.examples);
    let example = example.map(|(_, text)| text).find(|text| text.len() <= EXAMPLE).map(|text| json_fence(text));
    let module =
        if site.own.module.is_empty() { String::new() } else { format!("::{}", rust::file_stem(&site.own.module)) };
    let call = hook.body.is_some().then(|| {
        let path = format!("{}{module}::webhooks::{}", site.plan.crate_ident(), names.function);
        markdown::fence("rust", &format!("let payload = {path}(&headers, body)?;"))
    });
    let twins = site.api.hooks.iter().filter(|other| other.name == hook.name).count();
    let method_too = if twins > 1 { format!(" ({method})") } else { String::new() };
    values([
        ("heading", markup(format!("{}{method_too}", markdown::label(&hook.name)))),
        ("about", markups(about)),
        ("body", markups(body)),
        ("call", markups(call)),
        ("headers", table(rows)),
        ("example", markups(example)),
    ])
}

fn row(site: &Site<'_>, param: &Param) -> Value {
    let mut out = Vec::new();
    if !param.required {
        out.push("[optional]".to_owned());
    }
    out.push(
        match param.place {
            Place::Header(_) => "Header",
            Place::Cookie(..) => "Cookie",
            Place::Path(..) | Place::Query(..) | Place::QueryString => "Query",
        }
        .to_owned(),
    );
    out.extend(notes::limits(&param.notes));
    out.push(notes::values(site, HOOKS, &param.shape));
    values([
        ("name", markup(markdown::code_cell(&param.wire))),
        ("description", markup(prose::cell(&param.doc))),
        ("notes", markup(join(out))),
    ])
}
