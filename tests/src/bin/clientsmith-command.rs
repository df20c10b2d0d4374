//! The command `clientsmith`, for the tests of this package: Cargo tells a package only where its own programs are.

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith::cli::run(std::env::args_os())
}
