//! The arguments, with their help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns API descriptions (OpenAPI) into typed, documented Rust client crates.
#[derive(Debug, Parser)]
#[command(
    name = "clientsmith",
    version,
    about,
    after_help = "Exit status: 0 done, 1 a description has errors or the output cannot be written, 2 wrong usage.\n\nStart with:\n  clientsmith generate pets.yaml --out pets-client"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// What is wrong with the arguments together.
    pub fn problem(&self) -> Option<&'static str> {
        let input = match &self.command {
            Command::Generate(Generate { input, .. })
            | Command::Check(Check { input })
            | Command::Docs(Docs { input, .. })
            | Command::Features(Features { input, .. })
            | Command::Inspect(Inspect { input, .. }) => input,
            Command::Explain(_) => return None,
        };
        let own = input.settings.is_some() || !input.overlay.is_empty();
        (own && input.specs.len() > 1).then_some(
            "--settings and --overlay are for one description; give each its own run, or a TOML file beside it",
        )
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a crate that stands alone: Cargo.toml, README, sources, docs
    Generate(Generate),
    /// Find every problem of the descriptions; write nothing
    Check(Check),
    /// Write the docs alone
    Docs(Docs),
    /// Name the Cargo features that a program needs for the operations that it calls
    Features(Features),
    /// Show what a stage makes of the descriptions
    Inspect(Inspect),
    /// Explain a code such as OA0020, or list all
    Explain(Explain),
}

/// The descriptions, and how they are read.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// Descriptions: OpenAPI as JSON or YAML, also packed with gzip (.gz)
    ///
    /// Other files that a description refers to are read from its own folder and the folders below. Nothing is ever
    /// fetched from a network.
    #[arg(value_name = "SPEC", required = true)]
    pub specs: Vec<PathBuf>,
    /// Let references read this folder too (may be given several times)
    #[arg(long, value_name = "DIR")]
    pub allow: Vec<PathBuf>,
    /// Settings of the API [default: the TOML file beside the description, pets.toml for pets.yaml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Apply an OpenAPI Overlay, behind those that the settings name (may be given several times)
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// Make everything that would be left out an error
    #[arg(long)]
    pub strict: bool,
    /// How problems are shown, on standard error
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
    /// Show at most this many problems of each code that are no errors; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// How problems are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: with the lines of the description
    Text,
    /// For tools: an array of objects
    Json,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The last line on standard output is\n  NAME: O operations, T types, D docs pages, L left out, S s\n\nExamples:\n  clientsmith generate pets.yaml --out pets-client\n  clientsmith generate a.json b.yaml.gz --out clients --name acme-clients --report report.json\n  clientsmith generate pets.yaml --out pets-client --check    # in CI: fail when it is not up to date"
)]
pub(super) struct Generate {
    #[command(flatten)]
    pub input: Input,
    /// Folder of the crate; only files that differ are written
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Name of the crate, and of the API if there is only one [default: the name of the description, or of DIR for several]
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub name: Option<String>,
    /// Write the numbers of the run and what was left out to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Replace files that clientsmith did not make
    #[arg(long)]
    pub force: bool,
    /// Write nothing, and fail when something would change
    #[arg(long, conflicts_with = "force")]
    pub check: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  clientsmith check pets.yaml\n  clientsmith check specs/*.yaml --strict\n  clientsmith check pets.yaml --format json 2> problems.json"
)]
pub(super) struct Check {
    #[command(flatten)]
    pub input: Input,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  clientsmith docs pets.yaml --out docs")]
pub(super) struct Docs {
    #[command(flatten)]
    pub input: Input,
    /// Folder of the docs; only files that differ are written
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Name of the crate that the examples use [default: the name of the description]
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub name: Option<String>,
    /// Replace files that clientsmith did not make
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Without --for, every feature is listed with the number of operations that it switches on.\n\nExamples:\n  clientsmith features large.yaml --for listPets --for 'GET /orders/{id}'\n  clientsmith features large.yaml"
)]
pub(super) struct Features {
    #[command(flatten)]
    pub input: Input,
    /// An operation: its operationId, the method of the client, or METHOD /path; `*` stands for any text (may be given
    /// several times)
    #[arg(long = "for", value_name = "OPERATION", num_args = 1..)]
    pub wanted: Vec<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  clientsmith inspect pets.yaml\n  clientsmith inspect pets.yaml --stage plan | less"
)]
pub(super) struct Inspect {
    #[command(flatten)]
    pub input: Input,
    /// Which stage
    #[arg(long, value_enum, default_value_t = Stage::Ir, value_name = "STAGE")]
    pub stage: Stage,
}

/// A stage whose result can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    /// What the API is: types and operations, free of the document
    Ir,
    /// What was decided: names, boxes, modules, files
    Plan,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  clientsmith explain\n  clientsmith explain OA0020")]
pub(super) struct Explain {
    /// The code; all are listed when it is not given
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

fn name(text: &str) -> Result<String, String> {
    if crate::pipeline::is_name(text) {
        Ok(text.to_owned())
    } else {
        Err("a name has small letters, digits and single hyphens, and starts with a letter".to_owned())
    }
}
