//! The page on what of a description is not in the output.

use super::operation::table;
use super::site::{OPERATIONS, Site};
use super::{LeftOut, MARK, markdown};
use crate::template::{self, markup, values};

/// The page.
pub(super) fn page(site: &Site<'_>, left_out: &[LeftOut]) -> String {
    let rows = left_out.iter().map(|one| {
        values([
            ("code", markup(markdown::code_cell(one.code.id()))),
            ("title", markup(markdown::cell(one.code.title()))),
            ("place", markup(markdown::code_cell(&one.place))),
            ("reason", markup(markdown::cell(&one.reason))),
            ("effect", markup(markdown::cell(&one.effect))),
        ])
    });
    template::render(
        "docs/left-out.md",
        values([
            ("mark", markup(MARK)),
            ("title", markup(site.title())),
            ("back", markup(markdown::link("Operations", OPERATIONS))),
            ("rows", table(rows.collect())),
        ]),
    )
}
