//! The page of diagnostic codes: documentation of clientsmith itself.

use std::collections::BTreeMap;

use super::{MARK, markdown};
use crate::diag::Code;
use crate::template::{self, Value, list, markup, values};

/// The page of all codes, `docs/codes.md` of this repository. `examples` are inputs that bring codes about, and what is
/// said about them.
pub fn codes_page(examples: &BTreeMap<Code, (String, String)>) -> String {
    let rows: Vec<Value> = Code::ALL
        .iter()
        .map(|code| {
            let example = examples.get(code).map(|(input, said)| {
                let language = if input.contains(" = ") { "toml" } else { "yaml" };
                values([
                    ("input", markup(markdown::fence(language, input))),
                    ("said", markup(markdown::fence("text", said))),
                ])
            });
            values([
                ("id", markup(code.id())),
                ("anchor", markup(code.id().to_ascii_lowercase())),
                ("title", markup(markdown::cell(code.title()))),
                ("explanation", markup(markdown::block(code.explanation()))),
                ("help", markup(markdown::block(code.help()))),
                ("examples", list(example)),
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
        let example = ("paths: [".to_owned(), "error[OA0002]: it ends".to_owned());
        let page = codes_page(&BTreeMap::from([(Code::Syntax, example)]));
        assert!(page.contains("```yaml\npaths: [\n```\n\n```text\nerror[OA0002]: it ends\n```\n"), "{page}");
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
