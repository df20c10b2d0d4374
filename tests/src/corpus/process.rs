//! Starting a process for one piece of work, and telling how it ended.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// How a piece of work ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum State {
    /// As it should.
    #[default]
    Done,
    /// The description was turned away with a diagnostic.
    Refused,
    /// The program panicked.
    Panic,
    /// The stack overflowed.
    Overflow,
    /// There was not enough memory.
    Memory,
    /// It took too long.
    Timeout,
    /// It ended in another way.
    Failed,
}

impl State {
    /// All of them with their words.
    pub(super) const ALL: [(Self, &'static str); 7] = [
        (Self::Done, "done"),
        (Self::Refused, "refused"),
        (Self::Panic, "panic"),
        (Self::Overflow, "overflow"),
        (Self::Memory, "memory"),
        (Self::Timeout, "timeout"),
        (Self::Failed, "failed"),
    ];

    /// The state in a word.
    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    /// Whether the program itself is at fault, whatever the description is.
    pub(super) fn is_crash(self) -> bool {
        !matches!(self, Self::Done | Self::Refused)
    }
}

/// How a process ended, and what it said last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ended {
    /// How.
    pub(super) state: State,
    /// One line for people; empty when it ended well.
    pub(super) note: String,
}

/// Runs a process for at most `limit`; what it says on standard error goes to `log`.
///
/// # Errors
/// When it cannot be started.
pub(super) fn run(mut command: Command, limit: Duration, log: &Path) -> Result<Ended, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", log.display());
    let errors = File::create(log).map_err(failed)?;
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors).spawn().map_err(|error| error.to_string())?;
    let start = Instant::now();
    let mut pause = Duration::from_millis(2);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            break Some(status);
        }
        if start.elapsed() > limit {
            // It may have ended just now.
            let _ = child.kill();
            child.wait().map_err(|error| error.to_string())?;
            break None;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    };
    let said = fs::read(log).map_err(failed)?;
    Ok(judge(status, &String::from_utf8_lossy(&said), limit))
}

/// What became of a process; `None` when it was stopped.
fn judge(status: Option<ExitStatus>, said: &str, limit: Duration) -> Ended {
    let ended = |state, note: String| Ended { state, note };
    let Some(status) = status else {
        return ended(State::Timeout, format!("stopped after {} s", limit.as_secs()));
    };
    if status.success() {
        return Ended::default();
    }
    if said.contains("has overflowed its stack") {
        return ended(State::Overflow, "the stack overflowed".to_owned());
    }
    if let Some(line) = said.lines().find(|line| line.contains("memory allocation of")) {
        return ended(State::Memory, line.trim().to_owned());
    }
    if let Some(note) = panic_of(said) {
        return ended(State::Panic, note);
    }
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    // Without a code it was a signal: most likely the system ran out of memory.
    match status.code() {
        None => ended(State::Memory, format!("{status}; {last}")),
        Some(_) => ended(State::Failed, format!("{status}; {last}")),
    }
}

/// Place and message of the first panic.
fn panic_of(said: &str) -> Option<String> {
    let mut lines = said.lines().skip_while(|line| !line.contains("panicked at "));
    let place = lines.next()?.split_once("panicked at ")?.1.trim_end_matches(':');
    Some(format!("{place}: {}", lines.next().unwrap_or_default().trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics() {
        let said = "x\n\nthread '<unnamed>' (12) panicked at generator/src/a.rs:1:2:\nindex out of bounds\nnote: run\nthread 'main' panicked at b.rs:3:4:\na scoped thread panicked\n";
        assert_eq!(panic_of(said).unwrap(), "generator/src/a.rs:1:2: index out of bounds");
        assert_eq!(panic_of("all is well"), None);
    }

    #[cfg(unix)]
    #[test]
    fn how_processes_end() {
        let folder = tempfile::tempdir().unwrap();
        let run = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            run(command, Duration::from_millis(300), &folder.path().join("log")).unwrap()
        };
        assert_eq!(run("true"), Ended::default());
        assert_eq!(run("sleep 5").state, State::Timeout);
        assert_eq!(run("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$").state, State::Memory);
        assert_eq!(run("echo \"thread 'main' has overflowed its stack\" >&2; kill -ABRT $$").state, State::Overflow);
        assert_eq!(run("kill -KILL $$").state, State::Memory);
        assert_eq!(run("echo \"thread 'a' panicked at x.rs:1:1:\" >&2; echo oh >&2; exit 101").note, "x.rs:1:1: oh");
        assert!(run("echo why >&2; exit 3").note.ends_with("; why"));
    }

    #[test]
    fn words() {
        assert_eq!(State::Overflow.word(), "overflow");
        assert!(State::Timeout.is_crash() && !State::Refused.is_crash());
    }
}
