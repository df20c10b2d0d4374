//! The generator on a folder of published descriptions, held against what it could do before.
//!
//! `cargo corpus --set DIR` generates a crate from each description in a process of its own, so that a crash is
//! counted and has a name, and its memory is measured. `--compile` runs `cargo check` on what came out. The table goes
//! to standard output and to a TSV file. The run fails when a description does worse than
//! `tests/corpus-expected.tsv` says; `--accept` rewrites that file.
//!
//! | module | what |
//! |---|---|
//! | `set` | which descriptions there are |
//! | `raw`, `count` | the operations of a description, counted without the generator |
//! | `child`, `values` | what happens to one description, in a process of its own |
//! | `process`, `measure` | starting such a process, and telling how it ended and what it took |
//! | `compile` | Cargo on the crates |
//! | `examples` | the examples of a description through its models |
//! | `row`, `table` | what is known about a description, and how it is shown |
//! | `expected` | the committed numbers |

mod args;
mod child;
mod compile;
mod count;
mod examples;
mod expected;
mod measure;
mod process;
pub(crate) mod raw;
mod row;
mod run;
mod set;
mod table;
mod values;

use std::process::ExitCode;

use clap::Parser as _;

/// The command `corpus`. The same program is also the process that works on one description, and stands between Cargo
/// and the compiler to measure it.
pub fn main() -> ExitCode {
    if let Some(code) = compile::wrapper() {
        return code;
    }
    let arguments = args::Args::parse();
    let done = match &arguments.one {
        Some(_) => child::main(&arguments).map(|()| true),
        None => run::run(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("corpus: {error}");
            ExitCode::from(2)
        }
    }
}
