//! The generated crate of one version of OpenAPI, and its program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::source::Source;
use clientsmith_runtime::json::Value;
use serde::Deserialize;

use super::plan::Call;
use crate::program::Program;
use crate::workspace;

/// A document of the suite on disk.
pub(super) struct Text {
    /// The folder that it belongs to.
    pub(super) folder: String,
    /// The name of the API in the crate.
    pub(super) api: String,
    pub(super) text: String,
}

/// A text of the suite's documents that says something else than the suite means: see `tests/spector/repairs.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Repair {
    folder: String,
    from: String,
    to: String,
    /// The versions of OpenAPI that have words for it; all when none is named.
    #[serde(default)]
    versions: Vec<String>,
    /// What OpenAPI or the emitter has no words for.
    #[serde(rename = "why")]
    _why: String,
}

/// The documents of a version, by folder and name, repaired.
///
/// # Errors
/// When they cannot be read, or a repair fits none of them any more.
pub(super) fn documents(root: &Path, version: &str) -> Result<Vec<Text>, String> {
    let mut texts = read(root, version)?;
    let repairs: Vec<Repair> = serde_json::from_str(&workspace::read("tests/spector/repairs.json"))
        .map_err(|error| format!("tests/spector/repairs.json: {error}"))?;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let meant = |repair: &&Repair| repair.versions.is_empty() || repair.versions.iter().any(|own| own == version);
    for repair in repairs.iter().filter(meant) {
        for text in texts.iter_mut().filter(|text| text.folder == repair.folder) {
            let count = seen.entry(repair.to.as_str()).or_default();
            *count += text.text.matches(&repair.from).count();
            text.text = text.text.replace(&repair.from, &repair.to);
        }
    }
    // What has two forms in two versions of OpenAPI has two repairs of one effect.
    match seen.into_iter().find(|(_, count)| *count != 1) {
        Some((to, count)) => Err(format!("{version}: a repair fits {count} times: {to}")),
        None => Ok(texts),
    }
}

fn read(root: &Path, version: &str) -> Result<Vec<Text>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", root.display());
    let list = |folder: &Path| -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(folder).map_err(failed)?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        Ok(paths)
    };
    let mut found = Vec::new();
    for folder in list(root)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let inside = folder.join(version);
        if !inside.is_dir() {
            continue;
        }
        for path in list(&inside)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
            // `openapi.v1.yaml` is the document of a version of the API.
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let own = stem.strip_prefix("openapi").unwrap_or(&stem).replace('.', "-").to_ascii_lowercase();
            let text = fs::read_to_string(&path).map_err(failed)?;
            found.push(Text { folder: name.clone(), api: format!("{}{own}", name.to_ascii_lowercase()), text });
        }
    }
    Ok(found)
}

/// The built program.
pub(super) struct Client(Program);

/// What a run of the program gave.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: i32,
    /// What it printed; `null` when that was no JSON.
    pub(super) printed: Value,
    pub(super) said: String,
}

impl Client {
    /// Generates one crate from all documents and builds its program.
    ///
    /// # Errors
    /// When a document has errors, or the crate does not compile.
    pub(super) fn build(texts: &[Text], root: &Path, version: &str) -> Result<Self, String> {
        let name = format!("spector-{}", version.replace('.', "-"));
        let sources: Vec<Source> = texts
            .iter()
            .map(|text| Source::new(format!("{}.yaml", text.api), text.text.clone()).named(text.api.clone()))
            .collect();
        // Dependencies are shared with the workspace.
        Program::build(&sources, &name, &root.join("crates").join(&name), root.parent().unwrap_or(root)).map(Self)
    }

    /// Runs the program once.
    ///
    /// # Errors
    /// When it cannot be run.
    pub(super) fn call(&self, call: &Call) -> Result<Answer, String> {
        let mut command = self.0.command(&call.api);
        command.args(["call", &call.operation, "--args", &call.args.to_string(), "--timeout", "10"]);
        command.args(&call.flags).env_clear();
        let ran = command.output().map_err(|error| format!("{}: {error}", call.api))?;
        let printed = String::from_utf8_lossy(&ran.stdout).parse().unwrap_or(Value::Null);
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        Ok(Answer { status: ran.status.code().unwrap_or(-1), printed, said })
    }
}
