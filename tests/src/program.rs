//! The command-line program of one crate that is generated from several descriptions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::diag::Severity;
use clientsmith::output::{self, Mode};
use clientsmith::settings::Config;
use clientsmith::source::Source;

use crate::workspace;

/// A program that was built.
pub(crate) struct Program {
    path: PathBuf,
    /// The program of one API alone takes no word for it.
    alone: bool,
}

impl Program {
    /// Generates the crate `name` into a folder and builds its program, with the dependencies of the target folder.
    ///
    /// # Errors
    /// When a description has errors, or the crate does not compile.
    pub(crate) fn build(sources: &[Source], name: &str, folder: &Path, target: &Path) -> Result<Self, String> {
        let config = Config::default().with_name(name).with_api_modules(true);
        let outcome = clientsmith::generate(sources, &config);
        let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let errors: Vec<String> = errors.map(|finding| finding.message.clone()).collect();
        if !errors.is_empty() {
            return Err(format!("{name}: {}", errors.join("; ")));
        }
        output::write(&outcome.files, folder, Mode::Write).map_err(|error| error.to_string())?;
        // The versions of dependencies that this workspace has locked.
        let lock = folder.join("Cargo.lock");
        if !lock.exists() {
            fs::write(&lock, workspace::read("Cargo.lock")).map_err(|error| error.to_string())?;
        }
        eprintln!("{name}: compiling {} operations", outcome.summary.operations_generated());
        let mut cargo = workspace::cargo();
        cargo.args(["build", "--quiet", "--features", "cli"]).current_dir(folder);
        cargo.env("CARGO_TARGET_DIR", target).env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_TERM_COLOR", "never");
        let ran = cargo.output().map_err(|error| format!("cargo: {error}"))?;
        if !ran.status.success() {
            return Err(format!("{name} does not compile:\n{}", String::from_utf8_lossy(&ran.stderr)));
        }
        Ok(Self { path: target.join("debug").join(name), alone: sources.len() == 1 })
    }

    /// A run of the program for one of its APIs; what it shall do is still to be added.
    pub(crate) fn command(&self, api: &str) -> Command {
        let mut command = Command::new(&self.path);
        command.args((!self.alone).then_some(api));
        command
    }
}
