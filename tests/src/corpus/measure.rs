//! Time and memory of processes.

use std::fs;

use serde::{Deserialize, Serialize};

/// What a process took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Used {
    /// Seconds of computing, in the program and in the system.
    pub(super) seconds: f64,
    /// Most memory held at once, in MiB.
    pub(super) peak: f64,
}

/// What this process has taken so far.
#[cfg(unix)]
pub(super) fn own() -> Used {
    let used = usage(nix::sys::resource::UsageWho::RUSAGE_SELF);
    // The kernel's other number begins with what the parent held when it started this process.
    Used { peak: high_water().unwrap_or(used.peak), ..used }
}

/// What the processes took that this one has started and waited for.
#[cfg(unix)]
pub(super) fn children() -> Used {
    usage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN)
}

#[cfg(unix)]
fn usage(who: nix::sys::resource::UsageWho) -> Used {
    let Ok(usage) = nix::sys::resource::getrusage(who) else { return Used::default() };
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1024.0 * 1024.0 } else { 1024.0 };
    Used { seconds: seconds(usage.user_time()) + seconds(usage.system_time()), peak: usage.max_rss() as f64 / unit }
}

/// Bounds the memory of this process and of those that it starts: an error there rather than a machine that hangs.
#[cfg(unix)]
pub(super) fn bound(gib: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    let bytes = gib << 30;
    // Where it cannot be bounded, it is measured all the same.
    let _ = setrlimit(Resource::RLIMIT_AS, bytes, bytes);
}

/// The most memory that this program has held, on systems that tell it in `/proc`.
fn high_water() -> Option<f64> {
    peak_of(&fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_of(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kib| kib / 1024.0)
}

#[cfg(not(unix))]
mod other {
    use super::Used;

    pub(in super::super) fn own() -> Used {
        Used::default()
    }
    pub(in super::super) fn children() -> Used {
        Used::default()
    }
    pub(in super::super) fn bound(_gib: u64) {}
}
#[cfg(not(unix))]
pub(super) use other::{bound, children, own};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak() {
        assert_eq!(peak_of("Name:\tx\nVmHWM:\t  2048 kB\nVmRSS:\t 1 kB\n"), Some(2.0));
        assert_eq!(peak_of("Name:\tx\n"), None);
    }

    #[test]
    fn this_process() {
        assert!(own().peak > 0.0 || cfg!(not(unix)));
    }
}
