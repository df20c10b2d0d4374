//! A crate of many clients that is checked in and brings itself up to date whenever it is built.

use std::collections::BTreeSet;
use std::path::Path;

use super::Failed;
use super::directives::Directives;
use crate::output::{self, Changes, Mode};
use crate::plan::{PAYLOADS_FEATURE, UNREFERENCED_FEATURE};
use crate::settings::{Config, Runtime};
use crate::source::Source;
use crate::summary::Outcome;

/// Brings a crate up to date with the descriptions in `../specs`: each API is a module and a feature of its own.
///
/// For the build script of that crate, whose one line it is. `Cargo.toml`, `README.md`, `src/` and `docs/` are
/// generated; files that are the same are not touched, so a build with nothing new does nothing. Everything that would
/// be left out is an error. The variable `CLIENTSMITH` changes what happens:
///
/// * `off`: nothing at all, so that a generator that fails does not stand in the way;
/// * `check`: nothing is written, and a difference is an error.
///
/// Without `../specs`, as in a published package, nothing happens either.
///
/// # Errors
/// When a description has errors, the output cannot be written, or the check finds a difference. Cargo has been told.
///
/// # Example
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), clientsmith::build_script::Failed> {
///     // Cargo runs build scripts in the folder of their package.
///     clientsmith::build_script::regenerate_workspace(".")
/// }
/// ```
pub fn regenerate_workspace(manifest_dir: impl AsRef<Path>) -> Result<(), Failed> {
    let variable = |name: &str| std::env::var(name).ok();
    let mut directives = Directives::default();
    let result = regenerate(manifest_dir.as_ref(), &variable, &mut directives);
    directives.print();
    result
}

fn regenerate(
    folder: &Path,
    variable: &dyn Fn(&str) -> Option<String>,
    directives: &mut Directives,
) -> Result<(), Failed> {
    directives.watch_variable("CLIENTSMITH");
    let mode = match variable("CLIENTSMITH").as_deref() {
        Some("off") => return Ok(()),
        Some("check") => Mode::Check,
        None | Some("" | "on") => Mode::Force,
        Some(other) => {
            return Err(
                directives.error(&format!("CLIENTSMITH is `{other}`; it can be `off`, `check`, `on` or not set"))
            );
        }
    };
    let specs = match (folder.file_name(), folder.parent()) {
        (Some(_), Some(parent)) => parent.join("specs"),
        _ => folder.join("../specs"),
    };
    if !Source::is_folder(&specs) {
        return Ok(());
    }
    let sources = Source::open_folder(&specs).map_err(|error| directives.error(&error))?;
    directives.watch([specs.to_string_lossy()].into_iter());
    let lock = output::read_lock(folder).map_err(|error| directives.error(&error))?;
    let outcome = crate::generate(&sources, &config(folder, variable).with_lock(lock));
    directives.watch(outcome.inputs.iter());
    directives.findings(&outcome.findings);
    if outcome.has_errors() {
        return Err(Failed("the descriptions have errors".to_owned()));
    }
    // Cargo has read the manifest as it was before this run.
    let manifest = output::read_text(&folder.join("Cargo.toml")).unwrap_or_default();
    let known = features(&manifest);
    let changes = output::write(&outcome.files, folder, mode).map_err(|error| directives.error(&error.to_string()))?;
    if mode == Mode::Check {
        directives.watch(outcome.files.iter().map(|(path, _)| folder.join(path).to_string_lossy().into_owned()));
        return verdict(folder, &changes, directives);
    }
    let written = outcome.files.get("Cargo.toml").unwrap_or_default();
    for feature in [UNREFERENCED_FEATURE, PAYLOADS_FEATURE] {
        if !known.contains(feature) && features(written).contains(feature) {
            directives.known_feature(feature);
        }
    }
    if variable("CARGO_FEATURE_DEFAULT").is_some() {
        for name in new_features(&outcome, &known) {
            directives.feature(name);
        }
    }
    Ok(())
}

fn config(folder: &Path, variable: &dyn Fn(&str) -> Option<String>) -> Config {
    let name =
        variable("CARGO_PKG_NAME").or_else(|| folder.file_name().map(|name| name.to_string_lossy().into_owned()));
    let config = Config::default().with_strict(true).with_runtime(Runtime::Crate).with_api_modules(true);
    match name {
        Some(name) => config.with_name(name),
        None => config,
    }
}

fn verdict(folder: &Path, changes: &Changes, directives: &mut Directives) -> Result<(), Failed> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut differing: Vec<&str> = changes.written.iter().chain(&changes.deleted).map(String::as_str).collect();
    differing.sort_unstable();
    let first = differing.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let more = if differing.len() > 5 { format!(" and {} more", differing.len() - 5) } else { String::new() };
    let message = format!(
        "{} is not what the descriptions say: {first}{more}; run `cargo build` without CLIENTSMITH=check to bring it up to date",
        folder.display()
    );
    Err(directives.error(&message))
}

/// The features that a manifest declares.
fn features(manifest: &str) -> BTreeSet<&str> {
    let lines = manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().trim_matches('"')).collect()
}

/// The APIs that the manifest, as Cargo has read it, has no feature for.
fn new_features<'a>(outcome: &'a Outcome, known: &BTreeSet<&str>) -> impl Iterator<Item = &'a str> {
    outcome
        .summary
        .apis
        .iter()
        .filter(|api| !api.opt_in)
        .map(|api| api.name.as_str())
        .filter(|name| !known.contains(name))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn spec(title: &str) -> String {
        format!(
            "openapi: 3.0.3\ninfo: {{title: {title}, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: getA\n      responses: {{'204': {{description: none}}}}\n"
        )
    }

    fn run(folder: &Path, mode: Option<&str>) -> (Result<(), Failed>, Vec<String>) {
        let mut directives = Directives::default();
        let variable = |name: &str| match name {
            "CLIENTSMITH" => mode.map(str::to_owned),
            "CARGO_PKG_NAME" => Some("some-clients".to_owned()),
            "CARGO_FEATURE_DEFAULT" => Some("1".to_owned()),
            _ => None,
        };
        let result = regenerate(folder, &variable, &mut directives);
        (result, directives.lines().iter().filter(|line| !line.contains("rerun-if")).cloned().collect())
    }

    #[test]
    fn one_run_writes_and_the_next_does_nothing() {
        let root = tempfile::tempdir().unwrap();
        let (specs, folder) = (root.path().join("specs"), root.path().join("generated"));
        fs::create_dir_all(&folder).unwrap();
        assert_eq!(run(&folder, None), (Ok(()), Vec::new()), "nothing to do without specs");

        fs::create_dir_all(&specs).unwrap();
        fs::write(specs.join("one.yaml"), spec("One")).unwrap();
        fs::write(folder.join("build.rs"), "fn main() {}").unwrap();
        assert!(run(&folder, Some("check")).0.is_err());
        assert!(!folder.join("src").exists());
        assert_eq!(run(&folder, Some("off")), (Ok(()), Vec::new()));
        assert!(!folder.join("src").exists());

        let (result, lines) = run(&folder, None);
        assert_eq!(result, Ok(()));
        assert_eq!(lines, ["cargo::rustc-check-cfg=cfg(feature, values(\"one\"))", "cargo::rustc-cfg=feature=\"one\""]);
        assert!(folder.join("src/lib.rs").is_file() && folder.join("src/one/mod.rs").is_file());
        assert_eq!(run(&folder, Some("check")), (Ok(()), Vec::new()));

        fs::write(
            specs.join("two.json"),
            r#"{"openapi": "3.0.3", "info": {"title": "Two", "version": "1"}, "paths": {}}"#,
        )
        .unwrap();
        let (failed, lines) = run(&folder, Some("check"));
        assert!(failed.is_err());
        assert!(
            lines.iter().any(|line| line.starts_with("cargo::error=") && line.contains("docs/two/README.md")),
            "{lines:?}"
        );
        assert_eq!(run(&folder, None).0, Ok(()));
        fs::remove_file(specs.join("one.yaml")).unwrap();
        assert_eq!(run(&folder, None).0, Ok(()));
        assert!(
            !folder.join("src/one").exists()
                && folder.join("src/two/mod.rs").is_file()
                && folder.join("build.rs").is_file()
        );
        assert!(run(&folder, Some("maybe")).0.is_err());
    }

    #[test]
    fn errors_leave_the_folder_alone() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("generated");
        fs::create_dir_all(root.path().join("specs")).unwrap();
        fs::create_dir_all(&folder).unwrap();
        fs::write(root.path().join("specs/bad.yaml"), "openapi: 3.0.3\npaths: [\n").unwrap();
        let (result, lines) = run(&folder, None);
        assert!(result.is_err());
        assert!(
            lines[0].starts_with("cargo::error=") && lines[0].contains("specs/bad.yaml:3:1: [OA0002]"),
            "{lines:?}"
        );
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[test]
    fn features_of_a_manifest() {
        let manifest = "[package]\nname = \"x\"\n\n[features]\ndefault = [\"a-b\"]\na-b = []\n\"c\" = [\"d/e\"]\n\n[dependencies]\nf = \"1\"\n";
        assert_eq!(features(manifest).into_iter().collect::<Vec<_>>(), ["a-b", "c", "default"]);
        assert!(features("").is_empty());
    }
}
