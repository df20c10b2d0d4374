//! The page of an API: what it is, its servers, and its operations; for large APIs a page for each tag.

use super::operation::{row, section, table};
use super::site::{AUTH, HOOKS, LEFT_OUT, MODELS, OPERATIONS, Site};
use super::{File, MARK, markdown, prose};
use crate::ir::{OpId, TagId};
use crate::parallel;
use crate::template::{self, Value, list, markup, markups, values};

/// The pages of operations.
pub(super) fn pages(site: &Site<'_>, left_out: usize) -> Vec<File> {
    let mut out = vec![(site.path(OPERATIONS), main(site, left_out))];
    if site.split {
        out.extend(parallel::map(&site.tags, |(tag, ops)| (site.path(site.tag_page(*tag)), tag_page(site, *tag, ops))));
    }
    out
}

fn main(site: &Site<'_>, left_out: usize) -> String {
    let api = site.api;
    let mut about = prose::blocks(&api.info.doc);
    about.extend(api.info.notes.iter().map(|note| markdown::line(note)));
    let groups = api.tag_tree().into_iter().map(|tag| {
        let ops = site.tags.iter().find(|(known, _)| *known == tag).map_or(&[][..], |(_, ops)| ops);
        group(site, tag, ops)
    });
    let sections = if site.split {
        Vec::new()
    } else {
        site.tags.iter().flat_map(|(_, ops)| ops).map(|id| section(site, OPERATIONS, *id)).collect()
    };
    let mut links = vec![markdown::link("Models", MODELS), markdown::link("Credentials and errors", AUTH)];
    if !api.hooks.is_empty() {
        links.push(markdown::link(&format!("Webhooks ({})", api.hooks.len()), HOOKS));
    }
    if left_out > 0 {
        links.push(markdown::link(&format!("Left out ({left_out})"), LEFT_OUT));
    }
    template::render(
        "docs/api.md",
        values([
            ("mark", markup(MARK)),
            ("title", markup(site.title())),
            ("facts", markup(facts(site))),
            ("links", markup(links.join(" · "))),
            ("about", markups(about)),
            ("base", markups(base(site))),
            ("servers", table(servers(site))),
            ("variables", table(variables(site))),
            ("credentials", markup(credentials(site))),
            ("groups", list(groups)),
            ("sections", markups(sections)),
        ]),
    )
}

fn tag_page(site: &Site<'_>, tag: TagId, ops: &[OpId]) -> String {
    let from = site.tag_page(tag);
    let links = [
        markdown::link("All operations", OPERATIONS),
        markdown::link("Models", MODELS),
        markdown::link("Credentials and errors", AUTH),
    ];
    template::render(
        "docs/tag.md",
        values([
            ("mark", markup(MARK)),
            ("title", markup(site.title())),
            ("tag", markup(site.tag_path(tag))),
            ("links", markup(links.join(" · "))),
            ("about", markups(prose::blocks(&site.api.tags[tag].doc))),
            ("rows", list(ops.iter().map(|id| row(site, from, *id)))),
            ("sections", markups(ops.iter().map(|id| section(site, from, *id)))),
        ]),
    )
}

/// The table of the operations of one tag, if it has some; the heading is left out when there is only one tag.
fn group(site: &Site<'_>, tag: TagId, ops: &[OpId]) -> Value {
    let chain = site.api.tag_chain(tag);
    let heading = (site.tags.len() > 1 || chain.len() > 1 || ops.is_empty()).then(|| {
        let title = site.tag_title(tag);
        let title = if site.split && !ops.is_empty() { markdown::link(&title, site.tag_page(tag)) } else { title };
        // Below the heading of the page's section; Markdown knows six levels.
        format!("{} {title}", "#".repeat((2 + chain.len()).min(6)))
    });
    let doc = &site.api.tags[tag].doc;
    let about = if site.split { vec![prose::short(doc)] } else { prose::blocks(doc) };
    let rows: Vec<Value> = ops.iter().map(|id| row(site, OPERATIONS, *id)).collect();
    values([
        ("heading", markups(heading)),
        ("about", markups(about.into_iter().filter(|text| !text.is_empty()))),
        ("tables", table(rows)),
    ])
}

/// Version, module and feature on one line.
fn facts(site: &Site<'_>) -> String {
    let mut out = Vec::new();
    if !site.api.info.version.trim().is_empty() {
        out.push(format!("Version {}", markdown::plain(&site.api.info.version)));
    }
    let module = site.own.module.as_str();
    let path =
        if module.is_empty() { site.plan.crate_ident() } else { format!("{}::{module}", site.plan.crate_ident()) };
    out.push(format!("Rust module {}", markdown::code(&path)));
    if !site.own.feature.is_empty() {
        out.push(format!("Cargo feature {}", markdown::code(&site.own.feature)));
    }
    out.join(" · ")
}

fn base(site: &Site<'_>) -> Option<String> {
    let server = site.api.servers.first()?;
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    let mut text = format!("All URIs are relative to *{}*.", markdown::plain(&url));
    if !url.contains("://") && site.api.base.is_none() {
        text.push_str(
            " That address is relative itself, to where the description lies: say where with `document_url`, or set the \
             whole address with `url`.",
        );
    }
    Some(text)
}

fn servers(site: &Site<'_>) -> Vec<Value> {
    let one = site.api.servers.iter().enumerate().map(|(index, server)| {
        let arguments: Vec<String> = site
            .own
            .names
            .server_variables
            .get(index)
            .into_iter()
            .flatten()
            .map(|names| names.argument.clone())
            .collect();
        let call = site
            .own
            .names
            .servers
            .get(index)
            .map_or_else(String::new, |name| format!("Server::{name}({})", arguments.join(", ")));
        values([
            ("url", markup(markdown::code_cell(&server.url))),
            ("call", markup(markdown::code_cell(&call))),
            ("description", markup(server.description.as_deref().map_or_else(String::new, markdown::cell))),
        ])
    });
    one.collect()
}

fn variables(site: &Site<'_>) -> Vec<Value> {
    let mut out = Vec::new();
    for (index, server) in site.api.servers.iter().enumerate() {
        for (at, variable) in server.variables.iter().enumerate() {
            let names = site.own.names.server_variables.get(index).and_then(|names| names.get(at));
            let values_of: Vec<String> = variable.values.iter().map(|value| super::notes::literal(value)).collect();
            let kind = names.map(|names| names.kind.as_str()).filter(|kind| !kind.is_empty()).unwrap_or("String");
            out.push(values([
                ("name", markup(format!("**{}**", markdown::plain(&variable.name)))),
                ("server", markup(markdown::code_cell(&server.url))),
                ("type", markup(markdown::code_cell(kind))),
                ("default", markup(super::notes::literal(&variable.default))),
                ("values", markup(if values_of.is_empty() { "any".to_owned() } else { values_of.join(", ") })),
                ("description", markup(variable.description.as_deref().map_or_else(String::new, markdown::cell))),
            ]));
        }
    }
    out
}

fn credentials(site: &Site<'_>) -> String {
    let more = markdown::link("credentials and errors", &format!("{AUTH}#credentials"));
    let names: Vec<String> = site.api.schemes.iter().map(|scheme| site.scheme_link(OPERATIONS, &scheme.name)).collect();
    let open =
        site.api.ops.iter().filter(|(_, op)| op.security.is_empty() || op.security.iter().any(Vec::is_empty)).count();
    let total = site.api.ops.len();
    match (names.is_empty(), open) {
        (true, _) => "No call needs credentials.".to_owned(),
        (false, 0) => format!("Every call needs credentials: {}. See {more}.", names.join(", ")),
        (false, open) => format!(
            "{} of {total} operations can be called without credentials. The schemes are {}. See {more}.",
            open,
            names.join(", ")
        ),
    }
}
