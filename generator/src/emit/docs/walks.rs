//! Calls that are more than one exchange: pages, jobs, log-ins.

use super::markdown;
use super::prose::{any_of, pointer};
use super::site::{AUTH, Site, relative};
use crate::ir::{Next, OpId, Paging, Target};
use crate::plan::{self, Outcome};

/// How the pages of a listing are walked.
pub(super) fn paging(site: &Site<'_>, id: OpId) -> Option<String> {
    let paging = site.api.ops[id].paging.as_ref()?;
    plan::page(site.api, id)?;
    let items = if paging.items.is_empty() { "the list".to_owned() } else { pointer(&paging.items) };
    let mut out = format!(
        "`.items()` gives the items in {items} of this page and of all following ones as a stream, `.pages()` the pages. "
    );
    out.push_str(&next(site, id, paging));
    if let Some(more) = &paging.more {
        out.push_str(&format!(" It goes on while {} is true.", pointer(more)));
    }
    if !paging.until.is_empty() {
        let flags: Vec<String> = paging.until.iter().map(|flag| pointer(flag)).collect();
        out.push_str(&format!(" It ends when {} is true.", any_of(&flags)));
    }
    if let Some(pages) = &paging.pages {
        out.push_str(&format!(" {} tells how many pages there are.", pointer(pages)));
    }
    Some(out)
}

fn next(site: &Site<'_>, id: OpId, paging: &Paging) -> String {
    let target = |target: &Target| match target {
        Target::Param(index) => {
            markdown::code(site.api.ops[id].params.get(*index).map_or("", |param| param.wire.as_str()))
        }
        Target::Body(at) => format!("{} of the body", pointer(at)),
    };
    match &paging.next {
        Next::End => "There is one page.".to_owned(),
        Next::Link { at } => {
            format!(
                "Each page holds the address of the next one in {}, which is asked for with GET; the last page has none.",
                pointer(at)
            )
        }
        Next::Address { at, into: None } => {
            format!("Each page holds the address of the next one in {}; the last page has none.", pointer(at))
        }
        Next::Address { at, into: Some(into) } => {
            format!(
                "Each page holds the address of the next one, or a cursor for {}, in {}; the last page has none.",
                target(into),
                pointer(at)
            )
        }
        Next::Page { set, first } => {
            format!("{} goes up by one from page to page; the first page is {first}.", target(set))
        }
        Next::Offset { set, first } => {
            format!("{} goes up by the number of items received, from {first}.", target(set))
        }
        Next::LastItem { set, from } => {
            format!("{} of the last item is sent as {} to get the next page.", pointer(from), target(set))
        }
        Next::Value { set, from } => format!(
            "{} of a page is sent as {} to get the next one; the last page has none.",
            pointer(from),
            target(set)
        ),
    }
}

/// How a job is waited for.
pub(super) fn polling(site: &Site<'_>, from: &str, id: OpId) -> Option<String> {
    let polling = site.api.ops[id].polling.as_ref()?;
    let Outcome::One(_) = plan::success(site.api, polling.operation) else { return None };
    let states = |states: &[String]| any_of(&states.iter().map(|state| markdown::code(state)).collect::<Vec<_>>());
    let mut out = format!(
        "`.wait()` starts the job and asks {} for its state, less and less often, until {}",
        site.op_link(from, polling.operation),
        pointer(&polling.state)
    );
    if polling.done.is_empty() {
        out.push_str(" says that it has ended.");
    } else {
        out.push_str(&format!(
            " is {}; the answer is then that of {}.",
            states(&polling.done),
            site.op_link(from, polling.operation)
        ));
    }
    if !polling.failed.is_empty() {
        out.push_str(&format!(" {} is an error of the kind `Job`.", states(&polling.failed)));
    }
    out.push_str(" `.wait_with(backoff)` sets the intervals and the patience.");
    Some(out)
}

/// What a log-in is good for.
pub(super) fn login(site: &Site<'_>, from: &str, id: OpId) -> Option<String> {
    let login = site.api.ops[id].login.as_ref()?;
    let provides: Vec<String> = login
        .provides
        .iter()
        .map(|(scheme, at)| format!("{} (from {})", site.scheme_link(from, scheme), pointer(at)))
        .collect();
    let more = markdown::link("Credentials", &format!("{}#credentials", relative(from, AUTH)));
    Some(format!(
        "This log-in provides {} to the other calls: give its body to the client's builder and it runs when it is needed. More on {more}.",
        provides.join(" and ")
    ))
}

/// Which credentials a call needs.
pub(super) fn security(site: &Site<'_>, from: &str, id: OpId) -> String {
    let operation = &site.api.ops[id];
    let alternatives: Vec<String> = operation
        .security
        .iter()
        .map(|needs| {
            if needs.is_empty() {
                return "none".to_owned();
            }
            let all: Vec<String> = needs
                .iter()
                .map(|need| {
                    let scopes: Vec<String> = need.scopes.iter().map(|scope| markdown::code(scope)).collect();
                    let scopes =
                        if scopes.is_empty() { String::new() } else { format!(" (scopes: {})", scopes.join(", ")) };
                    format!("{}{scopes}", site.scheme_link(from, &need.scheme))
                })
                .collect();
            all.join(" and ")
        })
        .collect();
    let text = if alternatives.is_empty() { "none".to_owned() } else { alternatives.join(", or ") };
    format!("Credentials: {text}")
}
