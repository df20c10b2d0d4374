//! What is generated, word for word: from many tiny descriptions and from the four of `specs/`.
//!
//! Accept a change with `cargo insta review`, or with `INSTA_UPDATE=always cargo test -p clientsmith-tests --test
//! snapshots` and a look at the difference in git.

use std::fmt::Write as _;
use std::panic::catch_unwind;

use clientsmith::report::{Style, to_text};
use clientsmith::settings::Config;
use clientsmith::source::Source;
use clientsmith_tests::{snippets, workspace};

/// Compares every text with its snapshot in a folder; all that differ are shown, not only the first.
fn check(folder: &str, texts: impl IntoIterator<Item = (String, String)>) {
    let mut differing = Vec::new();
    for (name, text) in texts {
        let compared = catch_unwind(|| {
            let path = format!("../snapshots/{folder}");
            insta::with_settings!({ snapshot_path => path, prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(name.clone(), text);
            });
        });
        if compared.is_err() {
            differing.push(name);
        }
    }
    assert!(differing.is_empty(), "not what the snapshots say: {}", differing.join(", "));
}

#[test]
fn of_snippets() {
    check("snippets", snippets::all().into_iter().map(|snippet| (snippet.name.clone(), snippet.snapshot())));
}

/// The crates that stand alone, as `clientsmith generate` writes them; the runtime that travels along is left out, since
/// it is the same everywhere. `generated/` holds the same modules as members of one crate.
#[test]
fn of_the_four_apis() {
    let specs = Source::open_folder(workspace::root().join("specs")).expect("there are specs");
    check("apis", specs.iter().flat_map(crate_of));
}

/// Two texts for one API: its sources, and its pages.
fn crate_of(source: &Source) -> [(String, String); 2] {
    let outcome = clientsmith::generate(std::slice::from_ref(source), &Config::default());
    let name = source.name();
    let mut sources = to_text(&outcome.findings, Style::default());
    let mut pages = String::new();
    for (path, text) in outcome.files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
        let out = if path.ends_with(".md") { &mut pages } else { &mut sources };
        let _ = write!(out, "\n──── {path}\n\n{text}");
    }
    [(format!("{name}.sources"), sources), (format!("{name}.pages"), pages)]
}

/// A snapshot without a test would be compared by nobody.
#[test]
fn none_is_left_over() {
    let snippets = snippets::all();
    let specs = Source::open_folder(workspace::root().join("specs")).expect("there are specs");
    for path in workspace::files("tests/snapshots") {
        let name = path.trim_start_matches("tests/snapshots/").trim_end_matches(".snap");
        let known = match name.split_once('/') {
            Some(("snippets", name)) => snippets.iter().any(|snippet| snippet.name == name),
            Some(("apis", name)) => {
                let api = name.trim_end_matches(".sources").trim_end_matches(".pages");
                specs.iter().any(|source| source.name() == api)
            }
            _ => false,
        };
        assert!(known, "{path} belongs to no test");
    }
}
