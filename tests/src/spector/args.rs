//! The command line.

use std::path::PathBuf;

/// Judges generated clients by the server of a public suite of HTTP scenarios.
///
/// Needs npm. Nothing else is needed from outside: the suite's documents are made by its own emitter, unless `--set`
/// names a folder of them (FOLDER/VERSION/*.yaml).
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "cargo spector")]
pub(super) struct Args {
    /// Folder of the documents, instead of what the suite's emitter makes.
    #[arg(long, value_name = "DIR")]
    pub(super) set: Option<PathBuf>,

    /// Only folders whose name begins with this, such as `parameters-path`; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(super) folder: Vec<String>,

    /// Only this version of OpenAPI; may be given several times.
    #[arg(long, value_name = "VERSION", value_parser = ["3.0.0", "3.1.0", "3.2.0"])]
    pub(super) version: Vec<String>,

    /// Shows each call: what was given, what was said.
    #[arg(long)]
    pub(super) show: bool,

    /// Makes what comes out now the expectation, and a whole run the table in `CONTRIBUTING.md`.
    #[arg(long)]
    pub(super) accept: bool,

    /// Where the table goes; `target/spector/spector.tsv` when it is not given.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

impl Args {
    /// The versions to look at.
    pub(super) fn versions(&self) -> Vec<String> {
        let all = super::suite::VERSIONS.iter().map(|version| (*version).to_owned());
        all.filter(|version| self.version.is_empty() || self.version.contains(version)).collect()
    }

    /// Whether all is looked at.
    pub(super) fn is_whole(&self) -> bool {
        self.folder.is_empty() && self.version.is_empty()
    }

    /// Whether a folder is to be looked at.
    pub(super) fn wants(&self, folder: &str) -> bool {
        self.folder.is_empty() || self.folder.iter().any(|start| folder.starts_with(start.as_str()))
    }
}
