//! This program between Cargo and the compiler: `RUSTC_WORKSPACE_WRAPPER`.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::super::measure::{self, Used};
use super::super::process::State;

const FOLDER: &str = "CLIENTSMITH_CORPUS_MEASURES";
const LIMIT: &str = "CLIENTSMITH_CORPUS_CHECK_LIMIT";
const MEMORY: &str = "CLIENTSMITH_CORPUS_CHECK_MEMORY";

/// What the compiler took for a crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Measured {
    /// How it ended; errors in the crate are not told here.
    pub(super) state: State,
    /// What it took.
    pub(super) used: Used,
}

/// Lets a command of Cargo call the compiler through this program.
///
/// # Errors
/// When the path of this program is not known.
pub(super) fn stand_between(command: &mut Command, folder: &Path, bounds: (u64, u64)) -> Result<(), String> {
    let own = env::current_exe().map_err(|error| error.to_string())?;
    command.env("RUSTC_WORKSPACE_WRAPPER", own).env(FOLDER, folder);
    command.env(LIMIT, bounds.0.to_string()).env(MEMORY, bounds.1.to_string());
    Ok(())
}

/// What the compiler took for a crate when it was last at it.
pub(super) fn measured(folder: &Path, name: &str) -> Option<Measured> {
    serde_json::from_str(&fs::read_to_string(folder.join(format!("{name}.json"))).ok()?).ok()
}

/// Runs the compiler and measures it, if Cargo calls this program in its place.
pub(in super::super) fn wrapper() -> Option<ExitCode> {
    let folder = env::var_os(FOLDER)?;
    let mut arguments = env::args_os().skip(1);
    let mut command = Command::new(arguments.next()?);
    command.args(arguments);
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let limit = Duration::from_secs(number(LIMIT).unwrap_or(u64::MAX));
    if let Some(gib) = number(MEMORY) {
        measure::bound(gib);
    }
    let (state, code) = match watch(&mut command, limit) {
        Ok(ended) => ended,
        Err(error) => {
            eprintln!("error: the compiler cannot be run: {error}");
            (State::Failed, 101)
        }
    };
    // Cargo also asks the compiler what it can do; that belongs to no crate. What a crate takes is told by its library:
    // programs are a few lines.
    if let Ok(name) = env::var("CARGO_PKG_NAME")
        && env::var_os("CARGO_BIN_NAME").is_none()
    {
        let measured = Measured { state, used: measure::children() };
        let text = serde_json::to_string(&measured).unwrap_or_default();
        if let Err(error) = fs::write(Path::new(&folder).join(format!("{name}.json")), text) {
            eprintln!("warning: the measures of {name} cannot be written: {error}");
        }
    }
    Some(ExitCode::from(code))
}

/// Runs a command for at most `limit`.
fn watch(command: &mut Command, limit: Duration) -> std::io::Result<(State, u8)> {
    let mut child = command.spawn()?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            // The compiler handles its own panics; what is left without a code ran out of memory or stack.
            let state = if code.is_some() { State::Done } else { State::Memory };
            return Ok((state, code.unwrap_or(101)));
        }
        if start.elapsed() > limit {
            // It may have ended just now.
            let _ = child.kill();
            child.wait()?;
            eprintln!("error: the compiler was stopped after {} s", limit.as_secs());
            return Ok((State::Timeout, 101));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
