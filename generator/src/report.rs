//! Diagnostics for people and tools: with file, line, column, and the lines of the description.

mod excerpt;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diag::{Code, Diagnostic, Severity};
use crate::load::{Document, Position};
use excerpt::excerpt;

pub use excerpt::Excerpt;

/// A diagnostic whose place has been looked up, so that it outlives the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which rule.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// File, as it was given or found.
    pub file: String,
    /// Line, counted from one; zero when the file could not be read.
    pub line: usize,
    /// Column in characters, counted from one.
    pub column: usize,
    /// JSON Pointer, such as `#/paths/~1pets/get`.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What it does to the output.
    pub effect: Option<String>,
    /// What to do.
    pub help: String,
    /// Why it is no error although nothing may be left out: the reason that the settings give.
    pub allowed: Option<String>,
    /// The line, cut around the place when it is long.
    pub excerpt: Option<Excerpt>,
}

impl Finding {
    /// Looks up the place of a diagnostic.
    pub fn new(diagnostic: Diagnostic, document: &Document) -> Self {
        let Diagnostic { code, severity, at, on_key, message, effect, help } = diagnostic;
        let (written, offset) = if on_key { document.key_place(at) } else { document.place(at) };
        let file = document.files.get(written as usize);
        let position = file.map_or(Position { line: 1, column: 1 }, |file| file.position(offset));
        let file = file.filter(|file| !file.text.is_empty());
        let excerpt = file.map(|file| {
            let separator =
                if document.settings().is_some_and(|settings| settings.file == written) { '=' } else { ':' };
            excerpt(file.line(position.line), offset.saturating_sub(file.line_start(position.line)), separator)
        });
        let (line, column) = if excerpt.is_some() { (position.line, position.column) } else { (0, 0) };
        Self {
            code,
            severity,
            file: document.path(written).to_owned(),
            line,
            column,
            pointer: document.short_pointer(at),
            message: clean(&short(&message)),
            effect: effect.as_deref().or(default_effect(severity)).map(clean),
            help: clean(&short(help.as_deref().unwrap_or(code.help()))),
            allowed: None,
            excerpt,
        }
    }

    /// An error that concerns the run as a whole.
    pub fn of_run(code: Code, message: String) -> Self {
        Self {
            code,
            severity: Severity::Error,
            file: String::new(),
            line: 0,
            column: 0,
            pointer: String::new(),
            message: clean(&message),
            effect: default_effect(Severity::Error).map(str::to_owned),
            help: code.help().to_owned(),
            allowed: None,
            excerpt: None,
        }
    }

    /// `file:line:column`, or the file alone.
    pub fn place(&self) -> String {
        let file = clean(&self.file);
        if self.line == 0 { file } else { format!("{file}:{}:{}", self.line, self.column) }
    }

    /// What it does and what to do: in full, or only what is particular to this finding.
    fn advice(&self, full: bool) -> [Option<&String>; 2] {
        let effect = self.effect.as_ref().filter(|effect| full || default_effect(self.severity) != Some(effect));
        [effect, Some(&self.help).filter(|help| full || *help != self.code.help())]
    }

    /// One line: for logs. What to do is told where it is particular to this finding.
    pub fn line_text(&self) -> String {
        self.line(false)
    }

    /// One line with what it does and what to do in full: for build scripts.
    pub(crate) fn full_line_text(&self) -> String {
        self.line(true)
    }

    fn line(&self, full: bool) -> String {
        let [effect, help] = self.advice(full);
        let place = self.place();
        let mut out =
            format!("{place}{}[{}] {}", if place.is_empty() { "" } else { ": " }, self.code.id(), self.message);
        for (word, text) in [("effect", effect), ("help", help), ("allowed", self.allowed.as_ref())] {
            if let Some(text) = text {
                // Writing to a string cannot fail.
                let _ = write!(out, "; {word}: {text}");
            }
        }
        out
    }

    fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "code": self.code.id(),
            "severity": word(self.severity),
            "file": self.file,
            "line": (self.line > 0).then_some(self.line),
            "column": (self.line > 0).then_some(self.column),
            "pointer": self.pointer,
            "message": self.message,
            "effect": self.effect,
            "help": self.help,
            "allowed": self.allowed,
        })
    }
}

/// What an error does, where nothing else is said.
fn default_effect(severity: Severity) -> Option<&'static str> {
    (severity == Severity::Error).then_some("nothing is generated")
}

/// How a severity is called.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::LeftOut => "left-out",
        Severity::Warning => "warning",
    }
}

/// All findings as a JSON array of objects.
pub fn to_json(findings: &[Finding]) -> String {
    let all = serde_json::Value::Array(findings.iter().map(Finding::to_json).collect());
    let mut out = String::new();
    for c in format!("{all:#}\n").chars() {
        // JSON asks for escapes below U+0020 only; what else drives a terminal can stand in strings alone.
        if is_unsafe(c) && c != '\n' {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether a terminal shows colours.
    pub colour: bool,
    /// How many findings of one code are shown that are no errors; zero for all.
    pub per_code: usize,
    /// Whether the first finding of each code says what to do where that is the same for all of the code.
    pub advice: bool,
    /// How many columns a line may have; zero for as many as it takes.
    pub columns: usize,
}

/// All findings as text with their lines.
pub fn to_text(findings: &[Finding], style: Style) -> String {
    let mut out = String::new();
    let mut shown: BTreeMap<(Code, Severity), usize> = BTreeMap::new();
    let mut advised: BTreeSet<Code> = BTreeSet::new();
    for finding in findings {
        let count = shown.entry((finding.code, finding.severity)).or_default();
        *count += 1;
        if style.per_code == 0 || *count <= style.per_code || finding.severity == Severity::Error {
            let full = style.advice && advised.insert(finding.code);
            one(&mut out, finding, style, finding.advice(full));
        }
    }
    for ((code, severity), count) in shown {
        let hidden = count.saturating_sub(style.per_code);
        if style.per_code > 0 && hidden > 0 && severity != Severity::Error {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "… and {hidden} more of {}[{}]: {}\n", word(severity), code.id(), code.title());
        }
    }
    out
}

/// The counts in words; empty when there is nothing to tell.
pub fn tally(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let plural = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let parts: Vec<String> = [
        (count(Severity::Error), plural(count(Severity::Error), "error")),
        (count(Severity::LeftOut), format!("{} left out", count(Severity::LeftOut))),
        (count(Severity::Warning), plural(count(Severity::Warning), "warning")),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(_, text)| text)
    .collect();
    parts.join(", ")
}

fn one(out: &mut String, finding: &Finding, style: Style, [effect, help]: [Option<&String>; 2]) {
    let paint = |code: &'static str| if style.colour { code } else { "" };
    let (bold, blue, end) = (paint("\u{1b}[1m"), paint("\u{1b}[1;34m"), paint("\u{1b}[0m"));
    let tone = paint(match finding.severity {
        Severity::Error => "\u{1b}[1;31m",
        Severity::LeftOut => "\u{1b}[1;35m",
        Severity::Warning => "\u{1b}[1;33m",
    });
    let number = if finding.line == 0 { String::new() } else { finding.line.to_string() };
    let pad = " ".repeat(number.len());
    let mut lines =
        vec![format!("{tone}{}[{}]{end}{bold}: {}{end}", word(finding.severity), finding.code.id(), finding.message)];
    if !finding.file.is_empty() {
        lines.push(format!("{pad}{blue}-->{end} {}", finding.place()));
    }
    let room = style.columns.saturating_sub(pad.len() + 3);
    let excerpt = finding.excerpt.as_ref().map(|excerpt| excerpt.within(room));
    if let Some(Excerpt { text, before, marked, cut }) = &excerpt {
        lines.push(format!("{pad} {blue}|{end}"));
        lines.push(format!("{blue}{number} |{end} {text}"));
        lines.push(format!("{pad} {blue}|{end} {}{tone}{}{end}", " ".repeat(*before), "^".repeat(*marked)));
        // A text that could not be parsed has no places but its start.
        if *cut && finding.pointer.len() > 1 {
            lines.push(format!("{pad} {blue}={end} at: {}", clean(&finding.pointer)));
        }
    }
    for (word, text) in [("effect", effect), ("help", help), ("allowed", finding.allowed.as_ref())] {
        if let Some(text) = text {
            lines.push(format!("{pad} {blue}={end} {word}: {text}"));
        }
    }
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push('\n');
}

/// The longest message that is shown whole, and how much of a longer one is.
const LONG: usize = 600;
const HEAD: usize = 400;
const TAIL: usize = 100;

/// A message without the middle of what it quotes, where that is very long.
fn short(message: &str) -> Cow<'_, str> {
    if message.len() <= LONG {
        return Cow::Borrowed(message);
    }
    let (head, tail) = (message.floor_char_boundary(HEAD), message.ceil_char_boundary(message.len() - TAIL));
    let part = |from: usize, to: usize| message.get(from..to).unwrap_or_default();
    Cow::Owned(format!("{} … {}", part(0, head), part(tail, message.len())))
}

/// Text of a description that is safe to print: control characters and marks that reorder text are shown as escapes,
/// so that a file cannot drive the terminal.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_unsafe(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
