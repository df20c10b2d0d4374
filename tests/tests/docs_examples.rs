//! Every example of the pages compiles, and every link leads somewhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clientsmith::emit::docs::check::broken_links;
use clientsmith::settings::{Config, Runtime};
use clientsmith::source::Source;
use clientsmith_tests::nested::Nested;
use clientsmith_tests::{snippets, workspace};

/// The pages of the repository and of what it generates, by their path.
fn pages() -> Vec<(String, String)> {
    let paths = workspace::files(".").into_iter().map(|path| path.trim_start_matches("./").to_owned());
    paths.filter(|path| path.ends_with(".md")).map(|path| (path.clone(), workspace::read(path))).collect()
}

/// The crate of the four APIs with its pages as documentation, so that rustdoc compiles the examples of both.
#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn every_example_compiles() {
    let nested = Nested::lock();
    let runtime = nested.workspace().join("templates/runtime");
    let pages: Vec<(String, String)> = pages().into_iter().filter(|(path, _)| path.starts_with("generated/")).collect();
    let with_examples: Vec<&(String, String)> = pages.iter().filter(|(_, text)| text.contains("```rust\n")).collect();
    // One page of operations and one of credentials and errors for each API, and the README.
    assert_eq!(with_examples.len(), 2 * 4 + 1, "{:?}", with_examples.iter().map(|(path, _)| path).collect::<Vec<_>>());

    let mut modules = String::new();
    let mut files = BTreeMap::new();
    for (index, (path, text)) in with_examples.into_iter().enumerate() {
        let _ = writeln!(
            modules,
            "#[doc = include_str!({:?})]\n#[cfg(doctest)]\npub mod page_{index} {{}}",
            format!("../{path}")
        );
        files.insert(path.clone(), text.clone());
    }
    let sources = workspace::files("generated/src");
    files.extend(sources.into_iter().map(|path| (path.replace("generated/", ""), workspace::read(&path))));
    let root = files.get_mut("src/lib.rs").expect("the crate has a root");
    let _ = write!(root, "\n{modules}");
    let manifest = workspace::read("generated/Cargo.toml");
    let (_, features) = manifest.split_once("[features]\n").expect("there are features");
    let features: String =
        features.lines().take_while(|line| !line.starts_with('[')).map(|line| format!("{line}\n")).collect();
    let manifest = format!(
        "[package]\nname = \"automation-clients\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n[features]\n{features}\n[dependencies]\nclientsmith-runtime = {{ path = {runtime:?}, default-features = false }}\n"
    );
    files.insert("Cargo.toml".to_owned(), manifest);
    let folder = nested.package("docs-examples", files);
    let ran = nested.cargo(&folder, &["test", "--doc"]).expect("an example does not compile");
    let run = ran.stdout.matches("... ok").count();
    assert!(run > 60, "only {run} examples were found:\n{}", ran.stdout);
}

#[test]
fn every_link_of_the_repository_leads_somewhere() {
    let mut pages = pages();
    // What pages may link to beside each other.
    let others = workspace::files(".").into_iter().map(|path| path.trim_start_matches("./").to_owned());
    pages.extend(others.filter(|path| !path.ends_with(".md")).map(|path| (path, String::new())));
    assert_eq!(broken_links(&pages), Vec::<String>::new());
}

#[test]
fn every_link_of_the_snippets_leads_somewhere() {
    let sources: Vec<Source> = snippets::all().iter().map(snippets::Snippet::source).collect();
    let together = Config::default().with_name("all").with_api_modules(true).with_runtime(Runtime::Crate);
    let outcome = clientsmith::generate(&sources, &together);
    let pages: Vec<_> = outcome.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    assert_eq!(broken_links(&pages), Vec::<String>::new());
}

/// A crate that is one API has its pages in `docs/` itself.
#[test]
fn every_link_of_a_crate_that_stands_alone_leads_somewhere() {
    for source in Source::open_folder(workspace::root().join("specs")).expect("there are specs") {
        let outcome = clientsmith::generate(&[source], &Config::default());
        let pages: Vec<_> = outcome.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        assert_eq!(broken_links(&pages), Vec::<String>::new());
    }
}
