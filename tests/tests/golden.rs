//! The code of all snippets is compiled with warnings denied, and run.
//!
//! One crate holds them all, each as a module; the tests of `tests/golden/` use it. It does without the default
//! transport, which holds that generated code can.

use std::collections::BTreeMap;

use clientsmith::diag::Severity;
use clientsmith::settings::{Config, Runtime};
use clientsmith_tests::nested::Nested;
use clientsmith_tests::{snippets, workspace};

#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn the_code_of_all_snippets_compiles_and_runs() {
    let nested = Nested::lock();
    let runtime = nested.workspace().join("templates/runtime");
    let folder = nested.package("golden", golden(&runtime.to_string_lossy()));
    nested.cargo(&folder, &["check", "--lib"]).expect_clean("the code of the snippets");
    nested.cargo(&folder, &["check", "--lib", "--features", "cli"]).expect_clean("their command-line client");
    nested.cargo(&folder, &["test", "--quiet", "--tests"]).expect_clean("the tests in `tests/golden/`");
    nested.cargo(&folder, &["test", "--quiet", "--doc"]).expect_clean("the examples of the snippets");
    nested.cargo(&folder, &["doc", "--quiet", "--no-deps"]).expect_clean("the docs of the snippets");
}

/// The files of the crate.
fn golden(runtime: &str) -> BTreeMap<String, String> {
    let sources: Vec<_> = snippets::all().iter().map(snippets::Snippet::source).collect();
    let config = Config::default().with_name("golden").with_runtime(Runtime::Crate).with_api_modules(true);
    let outcome = clientsmith::generate(&sources, &config);
    let errors: Vec<_> = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut files: BTreeMap<String, String> = outcome
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/") && *path != "src/main.rs")
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    files.insert("Cargo.toml".to_owned(), manifest(outcome.files.get("Cargo.toml").unwrap_or_default(), runtime));
    for path in workspace::files("tests/golden") {
        files.insert(path.replace("tests/golden/", "tests/"), workspace::read(&path));
    }
    files
}

/// The manifest: the features as they are generated, all of them on but those that bring the default transport.
fn manifest(generated: &str, runtime: &str) -> String {
    let (_, rest) = generated.split_once("[features]\n").expect("there are features");
    let features = rest.lines().take_while(|line| !line.starts_with('['));
    let features: Vec<&str> = features.filter(|line| line.contains('=') && !line.starts_with("default =")).collect();
    let names = features.iter().filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().trim_matches('"'));
    let on: Vec<String> = names
        .filter(|name| !["reqwest", "gzip", "brotli", "zstd", "cli"].contains(name))
        .map(|name| format!("{name:?}"))
        .collect();
    format!(
        r#"[package]
name = "golden"
edition = "2024"
publish = false

[workspace]

[features]
default = [{on}]
{features}

[dependencies]
clientsmith-runtime = {{ path = {runtime:?}, default-features = false }}
serde_json = "1"
"#,
        on = on.join(", "),
        features = features.join("\n"),
    )
}
