//! What a build script says to Cargo.

use std::collections::BTreeSet;
use std::io::Write;

use super::Failed;
use crate::diag::Severity;
use crate::report::{Finding, clean};

/// How many findings that are no errors are told; a build log is no place for thousands.
const TOLD: usize = 25;

/// Lines for Cargo, in order.
#[derive(Debug, Default)]
pub(super) struct Directives {
    lines: Vec<String>,
}

impl Directives {
    /// Runs the script again when one of these files or folders changes.
    pub fn watch(&mut self, paths: impl Iterator<Item = impl AsRef<str>>) {
        for path in paths.map(|path| path.as_ref().to_owned()).collect::<BTreeSet<_>>() {
            self.say("rerun-if-changed", &path);
        }
    }

    /// Runs the script again when a variable changes.
    pub fn watch_variable(&mut self, name: &str) {
        self.say("rerun-if-env-changed", name);
    }

    /// Tells what was found, errors first.
    pub fn findings(&mut self, findings: &[Finding]) {
        let mut advised = BTreeSet::new();
        let mut line = |finding: &Finding| match advised.insert(finding.code) {
            true => finding.full_line_text(),
            false => finding.line_text(),
        };
        for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
            self.say("error", &line(finding));
        }
        // What the settings accept is no news.
        let told = |finding: &&Finding| finding.severity != Severity::Error && finding.allowed.is_none();
        let others: Vec<_> = findings.iter().filter(told).collect();
        for finding in others.iter().take(TOLD) {
            self.say("warning", &line(finding));
        }
        if others.len() > TOLD {
            self.say("warning", &format!("… and {} more; `clientsmith check` shows all", others.len() - TOLD));
        }
    }

    /// Tells an error, and gives it back for the end of the script.
    pub fn error(&mut self, message: &str) -> Failed {
        self.say("error", message);
        Failed(clean(message))
    }

    /// Switches a feature on that the manifest, as Cargo has read it, does not know yet.
    pub fn feature(&mut self, name: &str) {
        self.say("rustc-check-cfg", &format!("cfg(feature, values(\"{name}\"))"));
        self.say("rustc-cfg", &format!("feature=\"{name}\""));
    }

    /// Tells of a feature that the manifest, as Cargo has read it, does not know yet; it stays off in this build.
    pub fn known_feature(&mut self, name: &str) {
        self.say("rustc-check-cfg", &format!("cfg(feature, values(\"{name}\"))"));
    }

    fn say(&mut self, directive: &str, value: &str) {
        self.lines.push(format!("cargo::{directive}={}", clean(value)));
    }

    /// Prints all lines.
    pub fn print(&self) {
        let mut out = std::io::stdout().lock();
        for line in &self.lines {
            // Cargo has gone away if this fails, and nobody is left to tell.
            let _ = writeln!(out, "{line}");
        }
    }

    #[cfg(test)]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}
