//! The command line.

use std::path::PathBuf;

/// Judges generated clients by Prism, a validating mock server.
///
/// Needs npm. Without a folder it judges the four descriptions of `specs/`.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "cargo prism")]
pub(super) struct Args {
    /// Folder of the descriptions that `tests/prism/specs.txt` names, with the addresses that they come from.
    #[arg(long, value_name = "DIR", env = "CLIENTSMITH_CORPUS")]
    pub(super) set: Option<PathBuf>,

    /// Only descriptions whose file name holds this text; may be given several times.
    #[arg(long, value_name = "TEXT")]
    pub(super) filter: Vec<String>,

    /// Where the values begin.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,

    /// Shows each call: what was given, what was said.
    #[arg(long)]
    pub(super) show: bool,

    /// Writes what is refused now to the list of exceptions, each of which still needs its reason; and the counts of a
    /// whole run to `CONTRIBUTING.md`.
    #[arg(long)]
    pub(super) accept: bool,
}
