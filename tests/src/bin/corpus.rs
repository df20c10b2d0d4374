//! `cargo corpus`: the generator on a folder of published descriptions. See [`clientsmith_tests::corpus`].

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith_tests::corpus::main()
}
