//! The page of settings: each of its examples is run on the description that stands there, and gives what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clientsmith::diag::Severity;
use clientsmith::settings::Config;
use clientsmith::source::Source;
use clientsmith::summary::Outcome;

/// The blocks of code of the page: what stands behind the fence, and the text.
fn blocks() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/settings.md");
    let page = fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    let mut out: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(language) => {
                open = true;
                out.push((language.to_owned(), String::new()));
            }
            None => {
                if let Some((_, text)) = out.last_mut().filter(|_| open) {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    out
}

fn errors(outcome: &Outcome) -> Vec<String> {
    let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{}:{} {}", finding.file, finding.line, finding.message)).collect()
}

#[test]
fn every_example_gives_what_it_says() {
    let blocks = blocks();
    let named = |name: &str| {
        let found = blocks.iter().find(|(_, text)| text.starts_with(&format!("# {name}\n")));
        found.map(|(_, text)| text.clone()).unwrap_or_else(|| panic!("no block of {name}"))
    };
    let (description, overlay) = (named("pets.yaml"), named("pets.overlay.yaml"));
    let source = || Source::new("pets.yaml", description.clone()).with_file("pets.overlay.yaml", overlay.clone());
    let mut code = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (language, text) in &blocks {
        let source = match language.as_str() {
            "toml" => source().with_settings("pets.toml", text.clone()),
            "yaml" if *text == overlay => source().with_overlay("pets.overlay.yaml", overlay.clone()),
            "yaml" => continue,
            "rust" | "rust,absent" => {
                for line in text.lines() {
                    assert_eq!(code.contains(line), language == "rust", "{line} in\n{code}");
                }
                *counts.entry(language).or_default() += 1;
                continue;
            }
            other => panic!("a block of {other}"),
        };
        // Strictly, where the example is about gaps: without it there is an error.
        let strict = text.contains("[[allow]]");
        let outcome = clientsmith::generate(&[source], &Config::default().with_strict(strict));
        assert_eq!(errors(&outcome), [""; 0], "{text}");
        let sources = outcome.files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime/"));
        code = sources.map(|(_, text)| text).collect();
        *counts.entry(language).or_default() += 1;
    }
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [("rust", 8), ("rust,absent", 3), ("toml", 9), ("yaml", 1)]);
    let strict = clientsmith::generate(&[source()], &Config::default().with_strict(true));
    assert_eq!(errors(&strict).len(), 1);
}
