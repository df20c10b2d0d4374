//! Answers that are pages: the methods that ask for one after the other, and the table of how.

use super::lines::{self, literal, literals};
use super::{Cx, answers, types};
use crate::ir::{Next, OpId, Target};
use crate::plan;

/// `items` and `pages`, where an operation pages.
pub(super) fn methods(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Some((media, _)) = plan::page(cx.api, id) else { return };
    let Some((item, table)) = paged(cx, id) else { return };
    let page = answers::decoded(cx, media);
    out.push_str(
        "    /// All items of this page and the following ones: a stream that asks for each page when it is needed.\n",
    );
    let (head, body) =
        (format!("    pub fn items(self) -> rt::Items<{item}>"), format!("rt::Items::new(self.0, &{table})"));
    lines::function(out, &head, &body);
    out.push_str("    /// This page and the following ones: a stream that asks for each when it is needed.\n");
    let (head, body) =
        (format!("    pub fn pages(self) -> rt::Pages<{page}>"), format!("rt::Pages::new(self.0, &{table})"));
    lines::function(out, &head, &body);
}

/// The type of an item of the pages and the name of their table.
pub(super) fn paged(cx: Cx<'_>, id: OpId) -> Option<(String, String)> {
    let (_, item) = plan::page(cx.api, id)?;
    Some((types::text(cx, item, "models::"), format!("{}_PAGES", cx.own.op(id).table)))
}

/// The static table of how an operation pages.
pub(super) fn table(out: &mut String, cx: Cx<'_>, id: OpId) {
    let (Some(paging), Some((_, name))) = (cx.api.ops[id].paging.as_ref(), paged(cx, id)) else { return };
    let next = match &paging.next {
        Next::End => "End".to_owned(),
        Next::Link { at } => format!("Link {{ at: {} }}", literal(at)),
        Next::Address { at, into: None } => format!("address({})", literal(at)),
        Next::Address { at, into: Some(into) } => {
            format!("Address {{ at: {}, cursor: Some({}) }}", literal(at), target(into))
        }
        Next::Page { set, first } => format!("Page {{ to: {}, first: {first} }}", target(set)),
        Next::Offset { set, first } => format!("Offset {{ to: {}, first: {first} }}", target(set)),
        Next::LastItem { set, from } => format!("LastItem {{ at: {}, to: {} }}", literal(from), target(set)),
        Next::Value { set, from } => format!("Cursor {{ at: {}, to: {} }}", literal(from), target(set)),
    };
    let mut rows = vec![format!("items: {}", literal(&paging.items)), format!("next: rt::Next::{next}")];
    rows.extend(paging.more.as_ref().map(|more| format!("more: Some({})", literal(more))));
    rows.extend((!paging.until.is_empty()).then(|| format!("until: &[{}]", literals(&paging.until))));
    rows.extend(paging.pages.as_ref().map(|pages| format!("pages: Some({})", literal(pages))));
    rows.push("..rt::Paging::BASE".to_owned());
    lines::list(out, &format!("pub(crate) static {name}: rt::Paging = rt::Paging {{ "), &rows, "};");
}

fn target(target: &Target) -> String {
    match target {
        Target::Param(index) => format!("rt::Move::Param({index})"),
        Target::Body(pointer) => format!("rt::Move::Body({})", literal(pointer)),
    }
}
