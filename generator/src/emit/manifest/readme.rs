//! `README.md`: what the crate is, and a first call.

use super::{RUNTIME, is_on, title};
use crate::emit::docs::{Entry, MARK, markdown};
use crate::emit::text;
use crate::features;
use crate::ir::{Api, DefaultFeatures, OpId};
use crate::plan::{PAYLOADS_FEATURE, Plan, UNREFERENCED_FEATURE};
use crate::template::{self, Value, list, markup, markups, values};

pub(super) fn readme(apis: &[Api], plan: &Plan, pages: &[Entry]) -> String {
    let rows = apis.iter().zip(pages).map(|(api, page)| {
        values([
            ("title", markup(markdown::label(&title(api)))),
            ("version", markup(markdown::label(&api.info.version))),
            ("operations", Value::from(api.ops.len())),
            ("docs", markup(markdown::link("operations", &page.operations))),
        ])
    });
    let about = match apis {
        [only] => only
            .info
            .doc
            .description
            .as_deref()
            .map(markdown::opening)
            .or_else(|| only.info.doc.summary.as_deref().map(markdown::line)),
        _ => Some("Typed clients of these APIs. Each is a module behind a feature of its own.".to_owned()),
    };
    let first =
        apis.iter().zip(&plan.apis).enumerate().filter_map(|(at, (api, own))| Some((at, api, own, simplest(api)?)));
    let first = first.min_by_key(|(_, api, _, id)| effort(api, *id));
    let client = first.as_ref().and_then(|(at, ..)| pages.get(*at)).or(pages.first());
    let call = first.as_ref().map(|(_, api, own, id)| markdown::fence("rust", &text::example(api, plan, own, *id)));
    let tags = plan.apis.iter().any(|api| !api.tag_features.is_empty()).then(|| {
        let what = "everything; each tag has a feature of its own too, named after it: a program that switches the default features off names the ones that it calls";
        row(features::FULL, true, what.to_owned())
    });
    let unreferenced = plan.has_unreferenced().then(|| {
        let what = "models that nothing sends or receives";
        row(UNREFERENCED_FEATURE, false, what.to_owned())
    });
    let payloads = plan.has_payloads().then(|| {
        let what = "webhooks and callbacks: what the server sends, and a function for each that reads it";
        row(PAYLOADS_FEATURE, false, what.to_owned())
    });
    let own = plan.apis.iter().zip(apis).filter(|(own, _)| !own.feature.is_empty());
    let own = own.map(|(own, api)| {
        let on = api.choices.default_features != DefaultFeatures::Nothing;
        row(&own.feature, on, format!("the API {}", markdown::plain(&title(api))))
    });
    let runtime = RUNTIME.iter().map(|feature| row(feature.name, is_on(feature, apis), feature.what.to_owned()));
    // A program for several APIs is told which one first.
    let command = apis.first().filter(|_| plan.many()).map_or_else(String::new, |api| format!("{} ", api.name));
    let auth = client.map_or_else(
        || "documentation".to_owned(),
        |page| markdown::link("page on credentials and errors", &page.auth),
    );
    template::render(
        "crate/README.md",
        values([
            ("mark", markup(MARK)),
            ("name", markup(markdown::plain(&plan.crate_name))),
            ("about", markups(about.filter(|text| !text.is_empty()))),
            ("apis", list(rows)),
            ("dependency", markup(&plan.crate_name)),
            ("command", markup(command)),
            ("client", markup(client.map_or_else(String::new, |page| markdown::fence("rust", &page.client)))),
            ("call", markups(call)),
            ("auth", markup(auth)),
            ("features", list(own.chain(tags).chain(unreferenced).chain(payloads).chain(runtime))),
            ("plural", markup(if apis.len() == 1 { "" } else { "s" })),
        ]),
    )
}

/// The operation that shows best what a call looks like: no body, few arguments.
fn simplest(api: &Api) -> Option<OpId> {
    let ids = api.ops.ids().filter(|id| !api.ops[*id].doc.deprecated && api.ops[*id].login.is_none());
    ids.min_by_key(|id| effort(api, *id)).or_else(|| api.ops.ids().next())
}

fn effort(api: &Api, id: OpId) -> (bool, usize, bool) {
    let operation = &api.ops[id];
    (
        operation.body.is_some(),
        operation.params.iter().filter(|param| param.required).count(),
        operation.method != "GET",
    )
}

/// A row of the table of features.
fn row(name: &str, on: bool, what: String) -> Value {
    let on = if on { "yes" } else { "no" };
    values([("name", markup(markdown::code_cell(name))), ("default", markup(on)), ("what", markup(what))])
}
