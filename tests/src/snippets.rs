//! Tiny descriptions, one construct each: `tests/snippets/NAME.yaml`.
//!
//! The first line of each is a comment that says what it holds. A second line `# Shows: client.rs` says which of the
//! generated files matter; without it they are the models and the operations.

use std::fmt::Write as _;

use clientsmith::report::{Style, to_text};
use clientsmith::settings::{Config, Runtime};
use clientsmith::source::Source;
use clientsmith::summary::Outcome;

use crate::workspace;

/// One tiny description.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// File name without its ending.
    pub name: String,
    /// What it holds, in one sentence.
    pub about: String,
    /// Beginnings of the paths of the files that matter.
    shows: Vec<String>,
    /// The description.
    pub text: String,
}

/// All of them, sorted by name.
pub fn all() -> Vec<Snippet> {
    let found: Vec<Snippet> = workspace::files("tests/snippets")
        .iter()
        .filter_map(|path| {
            let name = path.strip_prefix("tests/snippets/")?.strip_suffix(".yaml")?;
            Some(Snippet::new(name, workspace::read(path)))
        })
        .collect();
    assert!(!found.is_empty());
    found
}

impl Snippet {
    fn new(name: &str, text: String) -> Self {
        let mut lines = text.lines();
        let about = lines.next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default().to_owned();
        assert!(about.ends_with('.'), "{name}: its first line is a comment that says what it holds");
        let shows = lines.next().and_then(|line| line.strip_prefix("# Shows: ")).unwrap_or("models/, operations/");
        let shows = shows.split(',').map(|part| part.trim().to_owned()).collect();
        Self { name: name.to_owned(), about, shows, text }
    }

    /// The description, named after the snippet.
    pub fn source(&self) -> Source {
        Source::new(format!("{}.yaml", self.name), self.text.clone())
    }

    /// The crate that it gives; the runtime does not travel along.
    pub fn generate(&self) -> Outcome {
        clientsmith::generate(&[self.source()], &Config::default().with_runtime(Runtime::Crate))
    }

    /// What there is to review: what was found, then the files that matter.
    pub fn snapshot(&self) -> String {
        let outcome = self.generate();
        let mut out = format!("{}\n", self.about);
        if !outcome.findings.is_empty() {
            let _ = writeln!(out, "\n{}", to_text(&outcome.findings, Style::default()).trim_end());
        }
        for (path, text) in outcome.files.iter() {
            let inside = path.strip_prefix("src/").unwrap_or(path);
            // The files that only gather modules say nothing of their own.
            let gathers = path.ends_with("/mod.rs") || path.ends_with("/lib.rs");
            if !gathers && self.shows.iter().any(|shown| inside.starts_with(shown.as_str())) {
                let _ = write!(out, "\n──── {path}\n\n{}", without_header(text));
            }
        }
        out
    }
}

/// The text without the lines that every generated file begins with.
fn without_header(text: &str) -> &str {
    let rest = text.split_once("\n\n").filter(|(head, _)| head.contains("@generated")).map_or(text, |(_, rest)| rest);
    let imports = ["use super::*;", "use super::{Client, models, rt};"];
    imports.iter().fold(rest, |rest, line| rest.strip_prefix(line).unwrap_or(rest)).trim_start()
}
