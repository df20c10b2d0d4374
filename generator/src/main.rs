//! The command `clientsmith`; all of it is in [`clientsmith::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith::cli::run(std::env::args_os())
}
