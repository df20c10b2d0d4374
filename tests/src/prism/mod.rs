//! Generated clients judged by a validating mock server that we did not write: Prism, from npm, pinned.
//!
//! `cargo prism --set DIR` takes the descriptions that `tests/prism/specs.txt` names from a folder of published ones,
//! generates one crate for all of them, and calls every operation through the command-line form `call` with values that
//! are made from the schemas by a seeded generator. That generator reads the raw document: nothing of ours that could
//! be wrong in the same way stands between the description and the judge. No request may be refused as invalid, but
//! those in `tests/prism-expected.tsv`, where the judge itself is wrong.
//!
//! | module | what |
//! |---|---|
//! | `document` | the raw description: pointers and references |
//! | `random`, `pattern`, `value` | values from a seed: numbers, texts for a pattern, values for a schema |
//! | `request` | the arguments of an operation |
//! | `mock` | Prism itself |
//! | `run` | all of it |

mod args;
mod document;
mod mock;
mod pattern;
mod random;
mod request;
mod run;
mod value;

use std::process::ExitCode;

use clap::Parser as _;

/// The command `prism`.
pub fn main() -> ExitCode {
    match run::run(&args::Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("prism: {error}");
            ExitCode::from(2)
        }
    }
}
