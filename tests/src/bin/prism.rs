//! `cargo prism`: generated clients against a validating mock server. See [`clientsmith_tests::prism`].

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith_tests::prism::main()
}
