//! Diagnostics for people and tools: with file, line, column, and the lines of the description.

mod excerpt;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diag::{Code, Diagnostic, Severity};
use crate::load::Document;
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
    pub help: Option<String>,
    /// Why it is no error although nothing may be left out: the reason that the settings give.
    pub allowed: Option<String>,
    /// The line, cut around the place when it is long.
    pub excerpt: Option<Excerpt>,
}

impl Finding {
    /// Looks up the place of a diagnostic.
    pub fn new(diagnostic: Diagnostic, document: &Document) -> Self {
        let Diagnostic { code, severity, at, message, effect, help } = diagnostic;
        let position = document.position(at);
        let (written, offset) = document.place(at);
        let file = document.files.get(written as usize).filter(|file| !file.text.is_empty());
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
            message: clean(&message),
            effect: effect.as_deref().map(clean),
            help: help.as_deref().map(clean),
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
            effect: None,
            help: None,
            allowed: None,
            excerpt: None,
        }
    }

    /// `file:line:column`, or the file alone.
    pub fn place(&self) -> String {
        let file = clean(&self.file);
        if self.line == 0 { file } else { format!("{file}:{}:{}", self.line, self.column) }
    }

    /// One line: for build scripts and logs.
    pub fn line_text(&self) -> String {
        let place = self.place();
        let mut out =
            format!("{place}{}[{}] {}", if place.is_empty() { "" } else { ": " }, self.code.id(), self.message);
        for (word, text) in [("effect", &self.effect), ("help", &self.help), ("allowed", &self.allowed)] {
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
    format!("{all:#}\n")
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether a terminal shows colours.
    pub colour: bool,
    /// How many findings of one code are shown that are no errors; zero for all.
    pub per_code: usize,
}

/// All findings as text with their lines.
pub fn to_text(findings: &[Finding], style: Style) -> String {
    let mut out = String::new();
    let mut shown: BTreeMap<(Code, Severity), usize> = BTreeMap::new();
    for finding in findings {
        let count = shown.entry((finding.code, finding.severity)).or_default();
        *count += 1;
        if style.per_code == 0 || *count <= style.per_code || finding.severity == Severity::Error {
            one(&mut out, finding, style.colour);
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

fn one(out: &mut String, finding: &Finding, colour: bool) {
    let paint = |code: &'static str| if colour { code } else { "" };
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
    if let Some(Excerpt { text, before, marked, cut }) = &finding.excerpt {
        lines.push(format!("{pad} {blue}|{end}"));
        lines.push(format!("{blue}{number} |{end} {text}"));
        lines.push(format!("{pad} {blue}|{end} {}{tone}{}{end}", " ".repeat(*before), "^".repeat(*marked)));
        if *cut {
            lines.push(format!("{pad} {blue}={end} at: {}", clean(&finding.pointer)));
        }
    }
    for (word, text) in [("effect", &finding.effect), ("help", &finding.help), ("allowed", &finding.allowed)] {
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
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::load::{Limits, load};
    use crate::source::Source;

    /// Loads a text, puts one diagnostic at a pointer, and gives it rendered.
    fn show(text: &str, pointer: &str) -> String {
        let sink = Sink::default();
        let document = load(&Source::new("specs/pets.yaml", text), &Limits::default(), &sink);
        let at = document.follow(0, pointer).unwrap().origin();
        let mut diagnostic =
            Diagnostic::new(Code::BrokenRef, Severity::Error, at, "`$ref` leads nowhere: `#/x\u{1b}[2J`")
                .help("mend it");
        diagnostic.effect = Some("the value becomes free JSON".to_owned());
        to_text(&[Finding::new(diagnostic, &document)], Style::default())
    }

    #[test]
    fn lines_and_carets() {
        let text = "openapi: 3.0.3\npaths:\n  /pets:\n    get:\n      schema:\n        $ref: '#/x'\n";
        let expected = "error[OA0020]: `$ref` leads nowhere: `#/x\\u{1b}[2J`
 --> specs/pets.yaml:6:9
  |
6 |         $ref: '#/x'
  |         ^^^^
  = effect: the value becomes free JSON
  = help: mend it

";
        assert_eq!(show(text, "#/paths/~1pets/get/schema"), expected);
        assert!(
            show(text, "#/paths/~1pets/get/schema/$ref").contains("6 |         $ref: '#/x'\n  |                ^^^\n")
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let filler = "\"f\": 0, ".repeat(100);
        let text = format!(
            "{{\"openapi\": \"3.0.3\", {filler}\"x\": {{\"a\": \"b\\\"c\"}}, {}\"z\": 1}}",
            filler.replace('f', "g")
        );
        let shown = show(&text, "#/x/a");
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[1], " --> specs/pets.yaml:1:833");
        assert!(
            lines[3].starts_with("1 | …") && lines[3].ends_with('…') && lines[3].chars().count() < 140,
            "{}",
            lines[3]
        );
        let caret = lines[4].find('^').unwrap();
        let marked: String = lines[3].chars().skip(caret).take(lines[4].matches('^').count()).collect();
        assert_eq!(marked, "\"b\\\"c\"");
        assert_eq!(lines[5], "  = at: #/x/a");
    }

    #[test]
    fn odd_characters_in_lines() {
        let text = "openapi: 3.0.3\nx:\n  a: \"q\tw\" # \u{202E}r\n";
        let shown = show(text, "#/x/a");
        assert!(shown.contains("3 |   a: \"q    w\" # \u{FFFD}r\n"), "{shown}");
    }

    #[test]
    fn json_and_cargo_forms() {
        let sink = Sink::default();
        let document = load(&Source::new("a.yaml", "openapi: 9.0\n"), &Limits::default(), &sink);
        let findings: Vec<Finding> =
            sink.into_sorted().into_iter().map(|found| Finding::new(found, &document)).collect();
        let json: serde_json::Value = serde_json::from_str(&to_json(&findings)).unwrap();
        assert_eq!(json[0]["code"], "OA0004");
        assert_eq!(json[0]["line"], 1);
        assert_eq!(
            findings[0].line_text(),
            "a.yaml:1:1: [OA0004] `openapi: 9.0` is not a version that can be read; help: 3.0, 3.1 and 3.2 can be read"
        );
        assert_eq!(tally(&findings), "1 error");
    }

    #[test]
    fn many_of_one_kind_are_counted() {
        let document = Document::default();
        let finding = |severity| {
            Finding::new(Diagnostic::new(Code::Union, severity, crate::ir::Origin::default(), "m"), &document)
        };
        let all = [
            finding(Severity::Warning),
            finding(Severity::Warning),
            finding(Severity::Warning),
            finding(Severity::Error),
            finding(Severity::Error),
        ];
        let text = to_text(&all, Style { per_code: 1, ..Style::default() });
        assert_eq!(text.matches("[OA0053]: m").count(), 3);
        assert!(text.contains("… and 2 more of warning[OA0053]"));
        assert_eq!(tally(&all), "2 errors, 3 warnings");
    }
}
