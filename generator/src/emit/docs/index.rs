//! The index of the APIs of a crate with several.

use super::site::{OPERATIONS, Site, relative};
use super::{File, MARK, markdown};
use crate::plan::Plan;
use crate::template::{self, Value, list, markup, values};

/// The page.
pub(super) fn page(plan: &Plan, sites: &[Site<'_>]) -> File {
    let rows = sites.iter().map(|site| {
        let target = relative("docs/README.md", &site.path(OPERATIONS));
        values([
            ("title", markup(markdown::link(&format!("**{}**", site.title()), &target))),
            ("version", markup(markdown::label(&site.api.info.version))),
            ("module", markup(markdown::code_cell(&site.own.module))),
            ("feature", markup(markdown::code_cell(&site.own.feature))),
            ("operations", Value::from(site.api.ops.len())),
        ])
    });
    let text = template::render(
        "docs/index.md",
        values([("mark", markup(MARK)), ("name", markup(markdown::plain(&plan.crate_name))), ("apis", list(rows))]),
    );
    ("docs/README.md".to_owned(), text)
}
