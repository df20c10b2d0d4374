//! The page of diagnostic codes: documentation of clientsmith itself.

use super::{MARK, markdown};
use crate::diag::Code;
use crate::template::{self, Value, list, markup, values};

/// The page of all codes, `docs/codes.md` of this repository.
pub fn codes_page() -> String {
    let rows: Vec<Value> = Code::ALL
        .iter()
        .map(|code| {
            values([
                ("id", markup(code.id())),
                ("anchor", markup(code.id().to_ascii_lowercase())),
                ("title", markup(markdown::cell(code.title()))),
                ("explanation", markup(markdown::block(code.explanation()))),
            ])
        })
        .collect();
    template::render("docs/codes.md", values([("mark", markup(MARK)), ("codes", list(rows))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_section() {
        let page = codes_page();
        for code in Code::ALL {
            assert!(
                page.contains(&format!("<a id=\"{}\"></a>\n\n## {}: ", code.id().to_ascii_lowercase(), code.id())),
                "{}",
                code.id()
            );
        }
        assert_eq!(super::super::check::broken_links(&[("docs/codes.md".to_owned(), page)]), Vec::<String>::new());
    }
}
