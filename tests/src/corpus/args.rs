//! The command line.

use std::path::PathBuf;

/// Runs the generator on a folder of published descriptions and holds the result against `tests/corpus-expected.tsv`.
///
/// The folder has an `INDEX.tsv` that names the main files (columns `file` and `kind`; more are ignored); without one,
/// every JSON or YAML file in it that looks like a description is taken. Files may be packed with gzip.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "cargo corpus")]
pub(super) struct Args {
    /// Folder of the descriptions.
    #[arg(long, value_name = "DIR", env = "CLIENTSMITH_CORPUS")]
    pub(super) set: Option<PathBuf>,

    /// Only descriptions whose path holds this text; may be given several times.
    #[arg(long, value_name = "TEXT")]
    pub(super) filter: Vec<String>,

    /// Only so many descriptions, spread over the set and none of more than a megabyte: the same ones each time.
    #[arg(long, value_name = "N")]
    pub(super) sample: Option<usize>,

    /// Runs `cargo check` on each generated crate.
    #[arg(long)]
    pub(super) compile: bool,

    /// Takes every JSON example of the descriptions through its models: decoded and encoded, it must be the same.
    #[arg(long)]
    pub(super) examples: bool,

    /// With `--compile`: runs `cargo doc` as well.
    #[arg(long, requires = "compile")]
    pub(super) doc: bool,

    /// With `--compile`: runs clippy on this many crates, spread over the set by name: the same ones each time.
    #[arg(long, requires = "compile", value_name = "N", num_args = 0..=1, default_missing_value = "30")]
    pub(super) clippy: Option<usize>,

    /// Runs `cargo check` on each crate with none of its features, then with each one alone; or with so many of them,
    /// spread over the list: the same ones each time.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "0")]
    pub(super) features_alone: Option<usize>,

    /// With `--compile` and `--examples`: begins nothing new after so many minutes; the smallest crates come first.
    #[arg(long, value_name = "N")]
    pub(super) minutes: Option<u64>,

    /// Makes what comes out now the expectation.
    #[arg(long)]
    pub(super) accept: bool,

    /// Where the table goes; `target/corpus/corpus.tsv` when it is not given.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,

    /// How many things go on at once; one per core when it is not given.
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<usize>,

    /// Seconds after which a generation is stopped.
    #[arg(long, value_name = "S", default_value_t = 300)]
    pub(super) generate_limit: u64,

    /// Seconds after which the compiler is stopped on one crate.
    #[arg(long, value_name = "S", default_value_t = 900)]
    pub(super) check_limit: u64,

    /// Memory that one process may take, in GiB of address space.
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub(super) memory: u64,

    /// Works on this one description and writes what happened to `--report`: what the command does for each.
    #[arg(long, hide = true, value_name = "FILE", requires = "report")]
    pub(super) one: Option<String>,

    /// See `--one`.
    #[arg(long, hide = true, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// With `--one`: where the crate goes.
    #[arg(long, hide = true, value_name = "DIR")]
    pub(super) into: Option<PathBuf>,

    /// With `--one`: where the program for the examples goes.
    #[arg(long, hide = true, value_name = "DIR")]
    pub(super) examples_into: Option<PathBuf>,
}

impl Args {
    /// How many things go on at once.
    pub(super) fn jobs(&self) -> usize {
        self.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
    }
}
