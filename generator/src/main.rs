//! The command `clientsmith`; all of it is in [`clientsmith::cli`].

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    clientsmith::cli::run(std::env::args_os())
}
