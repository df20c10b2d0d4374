//! What `clientsmith generate` writes is a crate that stands alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use clientsmith_tests::nested::Nested;
use clientsmith_tests::workspace;
use serde_json::Value;

/// Runs the command and gives the last line of its output.
fn generate(specs: &[&str], out: &Path, more: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientsmith-command"));
    command.current_dir(workspace::root()).arg("generate").args(specs).arg("--out").arg(out).args(more);
    let ran = command.output().expect("the command can be run");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    // The four descriptions are clean, and in a pipe nothing else is said.
    assert_eq!(said, "");
    String::from_utf8_lossy(&ran.stdout).lines().last().unwrap_or_default().to_owned()
}

/// A place that stays from run to run; Cargo needs the versions that are at hand.
fn place(nested: &Nested, name: &str) -> PathBuf {
    let folder = nested.folder(name);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    fs::write(folder.join("Cargo.lock"), workspace::read("Cargo.lock")).expect("the target folder can be written");
    folder
}

/// The files that were generated, with the time of their last change.
fn stamps(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let files = workspace::below(folder).into_iter().filter(|path| !path.ends_with("Cargo.lock"));
    files
        .map(|path| (path.clone(), fs::metadata(&path).and_then(|file| file.modified()).expect("it is there")))
        .collect()
}

#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn one_api_is_a_crate_of_its_own() {
    let nested = Nested::lock();
    let folder = place(&nested, "kore-ai");
    let report = nested.folder("kore-ai.report.json");
    let line = generate(&["specs/kore-ai.yaml"], &folder, &["--report", &report.to_string_lossy()]);

    let report: Value = serde_json::from_str(&fs::read_to_string(report).expect("it was written")).expect("it is JSON");
    assert_eq!(report["name"], "kore-ai");
    assert_eq!((&report["operations_in_spec"], &report["operations_generated"]), (&11.into(), &11.into()));
    assert_eq!((&report["left_out"], &report["warnings"]), (&Value::Array(Vec::new()), &0.into()));
    assert_eq!(report["files"].as_u64(), Some(stamps(&folder).len() as u64 + 1), "with `.gitignore`");
    assert!(report["seconds"].as_f64().is_some_and(|seconds| seconds < 60.0));
    let docs = workspace::below(&folder.join("docs")).len();
    let start = format!("kore-ai: 11 operations, {} types, {docs} docs pages, 0 left out, ", report["types"]);
    let seconds = line.strip_prefix(&start).and_then(|rest| rest.strip_suffix(" s"));
    assert!(seconds.is_some_and(|seconds| seconds.parse::<f64>().is_ok()), "{line}");

    let first = stamps(&folder);
    generate(&["specs/kore-ai.yaml"], &folder, &[]);
    assert_eq!(stamps(&folder), first, "a second run changes nothing");

    needs_nothing_of_ours(&folder);
    nested.cargo(&folder, &["check"]).expect_clean("the crate");
    nested.cargo(&folder, &["check", "--no-default-features"]).expect_clean("the crate without features");
    nested.cargo(&folder, &["check", "--features", "cli"]).expect_clean("its command-line client");
    nested.cargo(&folder, &["doc", "--quiet", "--no-deps", "--features", "cli"]).expect_clean("its docs");
}

#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn several_apis_share_a_crate() {
    let nested = Nested::lock();
    let folder = place(&nested, "several");
    let specs = ["specs/genesys-bots.yaml", "specs/botcity-insights.yaml"];
    let line = generate(&specs, &folder, &["--name", "two-clients"]);
    assert!(line.starts_with("two-clients: 9 operations, ") && line.contains(" 0 left out, "), "{line}");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("it is there");
    assert!(manifest.contains("name = \"two-clients\"\n"));
    needs_nothing_of_ours(&folder);
    for page in ["README.md", "botcity-insights/README.md", "genesys-bots/models/README.md"] {
        assert!(folder.join("docs").join(page).is_file(), "{page}");
    }
    nested.cargo(&folder, &["check"]).expect_clean("both APIs");
    nested.cargo(&folder, &["check", "--features", "cli"]).expect_clean("one command-line client for both");
    let alone = ["check", "--no-default-features", "--features", "botcity-insights"];
    nested.cargo(&folder, &alone).expect_clean("one of the APIs alone");
}

/// No file names this repository, its packages or this machine.
fn needs_nothing_of_ours(folder: &Path) {
    let root = workspace::root();
    let root = root.to_string_lossy();
    for path in workspace::below(folder).into_iter().filter(|path| !path.ends_with("Cargo.lock")) {
        let text = fs::read_to_string(&path).expect("it is text");
        for foreign in [&*root, "clientsmith-runtime", "clientsmith_runtime", "automation-clients", "workspace = true"]
        {
            assert!(!text.contains(foreign), "{} names {foreign}", path.display());
        }
    }
}
