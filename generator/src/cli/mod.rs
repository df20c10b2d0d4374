//! The command line. This module reads arguments, prints, and tells the exit status; the work is done elsewhere.

mod args;
mod console;
mod run;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use console::Console;

/// Runs the command with these arguments, the first of which is its own name.
///
/// The exit status is 0 when all went well, 1 when a description has errors or the output cannot be written, and 2
/// when the arguments are wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too; a closed pipe is no reason to fail.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut console = Console::new();
    if let Some(problem) = cli.problem() {
        console.tell(problem);
        return ExitCode::from(2);
    }
    match cli.command {
        Command::Generate(arguments) => run::generate(&arguments, &mut console),
        Command::Check(arguments) => run::check(&arguments, &mut console),
        Command::Docs(arguments) => run::docs(&arguments, &mut console),
        Command::Features(arguments) => run::features(&arguments, &mut console),
        Command::Inspect(arguments) => run::inspect(&arguments, &mut console),
        Command::Explain(arguments) => run::explain(&arguments, &mut console),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
