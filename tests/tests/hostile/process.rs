//! The command in a process of its own, with bounds on its memory and its time that the system keeps.

use std::path::Path;
use std::process::Command;

/// What one description may take. Every case keeps to it in a debug build, which takes some five times as long as a
/// release build.
const MEMORY_MIB: u64 = 1536;
const CPU_SECONDS: u64 = 60;

/// How a run ended: the last line on standard output, and what it said on standard error.
#[derive(Debug)]
pub struct Ended {
    /// Whether the output was made.
    pub success: bool,
    /// Standard error: findings.
    pub told: String,
}

/// What one run may take, and more arguments for it.
#[derive(Clone, Copy, Debug)]
pub struct Bounds<'a> {
    /// Memory in MiB.
    pub memory: u64,
    /// Seconds of computing.
    pub seconds: u64,
    /// More arguments.
    pub arguments: &'a [&'a str],
}

impl Default for Bounds<'_> {
    fn default() -> Self {
        Self { memory: MEMORY_MIB, seconds: CPU_SECONDS, arguments: &[] }
    }
}

/// Generates a crate from files of which the first is the description.
///
/// Fails when the command panics, overflows its stack, or goes beyond the bounds.
#[track_caller]
pub fn generate(files: &[(&str, &[u8])]) -> Ended {
    generate_within(files, Bounds::default())
}

/// As [`generate`], with other bounds.
#[track_caller]
pub fn generate_within(files: &[(&str, &[u8])], bounds: Bounds<'_>) -> Ended {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("there is room for temporary files");
    }
    let (name, bytes) = files.first().expect("there is a description");
    let start: String = String::from_utf8_lossy(bytes.get(..600.min(bytes.len())).unwrap_or_default()).into_owned();
    let ended = command(folder.path(), name, &start, bounds);
    // Nothing that is written is out of proportion either.
    let (put_in, taken_out) =
        (files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>(), size(&folder.path().join("out")));
    let fair = put_in.saturating_mul(200).saturating_add(16 << 20);
    assert!(taken_out <= fair, "{} bytes make {taken_out} bytes", bytes.len());
    ended
}

#[track_caller]
fn command(folder: &Path, name: &str, start: &str, bounds: Bounds<'_>) -> Ended {
    let program = env!("CARGO_BIN_EXE_clientsmith-command");
    // `ulimit` counts KiB of address space and seconds of computing. Threads reserve their stacks, which is not memory.
    let memory = (bounds.memory + 512) * 1024;
    let script = format!("ulimit -v {memory}; ulimit -t {}; exec \"$0\" \"$@\"", bounds.seconds);
    let output = Command::new("sh")
        .args(["-c", &script, program, "generate", name, "--out", "out", "--limit", "3"])
        .args(bounds.arguments)
        .current_dir(folder)
        .output()
        .expect("the command can be run");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let short: String = told.chars().take(3000).collect();
    assert!(!told.contains("panicked at"), "{short}");
    match output.status.code() {
        Some(0) => Ended { success: true, told },
        Some(1) => Ended { success: false, told },
        other => panic!("it ended with {other:?} ({}): {short}\n{start}", output.status),
    }
}

fn size(folder: &Path) -> usize {
    let files = if folder.is_dir() { clientsmith_tests::workspace::below(folder) } else { Vec::new() };
    files.iter().filter_map(|path| Some(usize::try_from(path.metadata().ok()?.len()).unwrap_or(usize::MAX))).sum()
}
