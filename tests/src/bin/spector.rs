//! `cargo spector`: generated clients against the server of a public suite. See [`clientsmith_tests::spector`].

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith_tests::spector::main()
}
