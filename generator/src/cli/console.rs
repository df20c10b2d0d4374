//! Standard output and standard error. A pipe that is closed early is no reason to fail, so failed writes are passed
//! over.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::args::{Format, Input};
use crate::pipeline::Step;
use crate::report::{self, Finding, Style, clean};

/// Where a command prints to.
#[derive(Debug)]
pub(super) struct Console {
    started: Instant,
    terminal: bool,
    /// Whether a line of progress stands on the terminal.
    dirty: AtomicBool,
}

impl Console {
    pub fn new() -> Self {
        Self { started: Instant::now(), terminal: io::stderr().is_terminal(), dirty: AtomicBool::new(false) }
    }

    /// Seconds since the command began.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Shows how far a long run is, on a terminal only.
    pub fn progress(&self, step: &Step) {
        if self.terminal {
            let text = match step {
                Step::Reading(path) => format!("reading {path}"),
                Step::Understood(name, operations) => format!("{name}: {operations} operations"),
                Step::Writing => "writing".to_owned(),
            };
            let _ = write!(io::stderr(), "\r\u{1b}[2K{}", clean(&text));
            let _ = io::stderr().flush();
            self.dirty.store(true, Ordering::Relaxed);
        }
    }

    /// Takes the line of progress away.
    fn settle(&self) {
        if self.dirty.swap(false, Ordering::Relaxed) {
            let _ = write!(io::stderr(), "\r\u{1b}[2K");
        }
    }

    /// Prints to standard output.
    pub fn print(&self, text: &str) {
        self.settle();
        let _ = writeln!(io::stdout(), "{text}");
    }

    /// Prints a message to standard error.
    pub fn tell(&self, text: &str) {
        self.settle();
        let _ = writeln!(io::stderr(), "clientsmith: {}", clean(text));
    }

    /// Prints findings to standard error.
    pub fn findings(&self, findings: &[Finding], input: &Input) {
        self.show(&self.rendered(findings, input));
    }

    /// Prints what [`rendered`](Self::rendered) gave.
    pub fn show(&self, findings: &str) {
        self.settle();
        let _ = io::stderr().write_all(findings.as_bytes());
    }

    /// Findings as they are shown.
    pub fn rendered(&self, findings: &[Finding], input: &Input) -> String {
        let mut text = match input.format {
            Format::Json => report::to_json(findings),
            Format::Text => {
                let (colour, columns) = (self.colour(), self.columns());
                report::to_text(findings, Style { colour, columns, per_code: input.limit, advice: true })
            }
        };
        let tally = report::tally(findings);
        if let (Format::Text, Some(first)) = (input.format, findings.first()) {
            text.push_str(&format!("clientsmith: {tally}; `clientsmith explain {}` tells more\n", first.code.id()));
        }
        text
    }

    /// How wide the terminal is; zero where there is none.
    pub fn columns(&self) -> usize {
        let size = if self.terminal { terminal_size::terminal_size_of(io::stderr()) } else { None };
        size.map_or(0, |(width, _)| usize::from(width.0))
    }

    /// Colours are for terminals, unless the user wants none (no-color.org).
    pub fn colour(&self) -> bool {
        self.terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
    }
}
