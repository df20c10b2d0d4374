//! The code of all snippets is compiled with warnings denied, and run.
//!
//! One crate holds them all, each as a module; the tests of `tests/golden/` use it. It does without the default
//! transport, which holds that generated code can.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clientsmith::diag::Severity;
use clientsmith::settings::{Config, Runtime};
use clientsmith_tests::nested::Nested;
use clientsmith_tests::{snippets, workspace};

#[test]
fn the_code_of_all_snippets_compiles_and_runs() {
    let nested = Nested::lock();
    let runtime = nested.workspace().join("templates/runtime");
    let folder = nested.package("golden", golden(&runtime.to_string_lossy()));
    nested.cargo(&folder, &["check", "--lib"]).expect_clean("the code of the snippets");
    nested.cargo(&folder, &["test", "--quiet", "--tests"]).expect_clean("the tests in `tests/golden/`");
    nested.cargo(&folder, &["doc", "--quiet", "--no-deps"]).expect_clean("the docs of the snippets");
}

/// The files of the crate.
fn golden(runtime: &str) -> BTreeMap<String, String> {
    let snippets = snippets::all();
    let sources: Vec<_> = snippets.iter().map(snippets::Snippet::source).collect();
    let config = Config::default().with_name("golden").with_runtime(Runtime::Crate).with_api_modules(true);
    let outcome = clientsmith::generate(&sources, &config);
    let errors: Vec<_> = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut files: BTreeMap<String, String> = outcome
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    files.insert("Cargo.toml".to_owned(), manifest(&snippets, runtime));
    for path in workspace::files("tests/golden") {
        files.insert(path.replace("tests/golden/", "tests/"), workspace::read(&path));
    }
    files
}

fn manifest(snippets: &[snippets::Snippet], runtime: &str) -> String {
    let mut features = String::new();
    for snippet in snippets {
        let _ = writeln!(features, "{} = []", snippet.name);
    }
    let names: Vec<String> = snippets.iter().map(|snippet| format!("{:?}", snippet.name)).collect();
    format!(
        "[package]\nname = \"golden\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n[features]\ndefault = [{}]\n{features}\n[dependencies]\nclientsmith-runtime = {{ path = {runtime:?}, default-features = false, features = [\"serde\", \"jiff\", \"uuid\", \"base64\", \"jwt\"] }}\nserde_json = \"1\"\n",
        names.join(", ")
    )
}
