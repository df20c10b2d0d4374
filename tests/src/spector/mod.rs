//! Generated clients judged by a server that we did not write: the public suite `@typespec/http-specs`.
//!
//! `cargo spector` brings the suite from npm, pinned; has its own emitter write its folders as OpenAPI 3.0, 3.1 and 3.2;
//! generates one crate for each version; starts the suite's server; sends what each scenario asks for through the
//! command-line form `call` of the crate; and prints what the server and the answers say. A scenario passes when the
//! server says so and the body that came back through the types is the one that was sent.
//!
//! | module | what |
//! |---|---|
//! | `suite` | the packages: installed, asked for documents and scenarios |
//! | `serve` | the server, and what it has counted |
//! | `document` | the operations of a document, read without the generator |
//! | `scenario` | what a scenario asks for and gives |
//! | `plan`, `unstyle` | from a scenario to the arguments of a call |
//! | `client` | the generated crate, and one run of its program |
//! | `judge` | all scenarios of one version |
//! | `table`, `expected` | what is shown, and what was shown before |

mod args;
mod client;
mod document;
mod expected;
mod judge;
mod plan;
mod run;
mod scenario;
mod serve;
mod suite;
mod table;
mod unstyle;

use std::process::ExitCode;

use clap::Parser as _;

/// The command `spector`.
pub fn main() -> ExitCode {
    match run::run(&args::Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("spector: {error}");
            ExitCode::from(2)
        }
    }
}
