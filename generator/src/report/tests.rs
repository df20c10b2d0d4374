//! Findings as they are shown.

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
        Diagnostic::new(Code::BrokenRef, Severity::Error, at, "`$ref` leads nowhere: `#/x\u{1b}[2J`").help("mend it");
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
    assert!(show(text, "#/paths/~1pets/get/schema/$ref").contains("6 |         $ref: '#/x'\n  |                ^^^\n"));
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
    assert!(lines[3].starts_with("1 | …") && lines[3].ends_with('…') && lines[3].chars().count() < 140, "{}", lines[3]);
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
    let findings: Vec<Finding> = sink.into_sorted().into_iter().map(|found| Finding::new(found, &document)).collect();
    let json: serde_json::Value = serde_json::from_str(&to_json(&findings)).unwrap();
    assert_eq!(json[0]["code"], "OA0004");
    assert_eq!(json[0]["line"], 1);
    assert_eq!(
        findings[0].line_text(),
        "a.yaml:1:10: [OA0004] `openapi: 9.0` is not a version that can be read; help: 3.0, 3.1 and 3.2 can be read"
    );
    assert_eq!(tally(&findings), "1 error");
}

#[test]
fn nothing_drives_the_terminal_and_nothing_floods_it() {
    let key = "\u{9b}2J\u{7f}\u{202e}x".to_owned() + &"y".repeat(10_000);
    let document = load(&Source::new("a\u{9b}.json", "{}"), &Limits::default(), &Sink::default());
    let found = Diagnostic::new(Code::BrokenRef, Severity::LeftOut, crate::ir::Origin::default(), format!("`{key}`"));
    let mut finding = Finding::new(found, &document);
    finding.pointer = format!("#/{key}");
    let json = to_json(std::slice::from_ref(&finding));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (read[0]["file"].as_str(), read[0]["pointer"].as_str()),
        (Some("a\u{9b}.json"), Some(&*finding.pointer))
    );
    for text in [json, to_text(std::slice::from_ref(&finding), Style::default()), finding.line_text()] {
        assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
    }
    assert!(
        finding.message.len() < 600 && finding.message.starts_with("`\\u{9b}2J") && finding.message.ends_with("y`")
    );
}

#[test]
fn advice_stands_at_the_first_finding_of_a_code() {
    let document = Document::default();
    let found =
        |code| Finding::new(Diagnostic::new(code, Severity::Warning, crate::ir::Origin::default(), "m"), &document);
    let all = [found(Code::BrokenRef), found(Code::BrokenRef), found(Code::Status)];
    let text = to_text(&all, Style { advice: true, ..Style::default() });
    assert_eq!(text.matches(Code::BrokenRef.help()).count(), 1);
    assert_eq!(text.matches("= help: ").count(), 2);
    assert_eq!(to_text(&all, Style::default()).matches("= help: ").count(), 0);
}

#[test]
fn many_of_one_kind_are_counted() {
    let document = Document::default();
    let finding = |severity| {
        Finding::new(Diagnostic::new(Code::SchemaFallback, severity, crate::ir::Origin::default(), "m"), &document)
    };
    let all = [
        finding(Severity::Warning),
        finding(Severity::Warning),
        finding(Severity::Warning),
        finding(Severity::Error),
        finding(Severity::Error),
    ];
    let text = to_text(&all, Style { per_code: 1, ..Style::default() });
    assert_eq!(text.matches("[OA0051]: m").count(), 3);
    assert!(text.contains("… and 2 more of warning[OA0051]"));
    assert_eq!(tally(&all), "2 errors, 3 warnings");
}
