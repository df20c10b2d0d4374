//! Files of 100 MB. They take too long for every run; CONTRIBUTING.md has the command.

use crate::process::{Bounds, Ended, generate_within};

const SIZE: usize = 100_000_000;

/// A debug build may take so much.
const BOUNDS: Bounds<'static> = Bounds { memory: 3072, seconds: 120, arguments: &[] };

#[track_caller]
fn generate(name: &str, text: &str) -> Ended {
    assert!(text.len() >= SIZE, "{}", text.len());
    generate_within(&[(name, text.as_bytes())], BOUNDS)
}

/// Many values that mean nothing, long prose, and one operation among them.
#[test]
#[ignore = "takes minutes"]
fn json() {
    let row = r#"{"a": 1, "b": [true, null, "text of some length"], "c": "\u00e9"}, "#;
    let mut text = r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1", "description": ""#.to_owned();
    text.push_str(&"prose ".repeat(SIZE / 12));
    text.push_str(r#""}, "x-rows": ["#);
    text.push_str(&row.repeat(SIZE / 2 / row.len()));
    text.push_str(
        r##"0], "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"$ref": "#/none"}}}}}, "x": ""##,
    );
    text.push_str(&"x".repeat(SIZE.saturating_sub(text.len())));
    text.push_str("\"}");
    let ended = generate("a.json", &text);
    assert!(ended.success && ended.told.contains("OA0020"), "{}", ended.told);
    // The same with its end missing: the place is told though all is one line.
    text.truncate(text.len() - 2);
    let ended = generate("a.json", &text);
    assert!(
        !ended.success && ended.told.contains(&format!("a.json:1:{}\n", text.chars().count() + 1)),
        "{}",
        ended.told
    );
}

#[test]
#[ignore = "takes minutes"]
fn yaml() {
    let row = "  - {a: 1, b: [true, null, text of some length], c: \"\\u00e9\"}\n";
    let mut text = "openapi: 3.1.0\ninfo:\n  title: T\n  version: '1'\n  description: |\n".to_owned();
    text.push_str(&format!("    {}\n", "prose ".repeat(20)).repeat(SIZE / 250));
    text.push_str("x-rows:\n");
    text.push_str(&row.repeat(SIZE / 2 / row.len()));
    text.push_str("paths: {/a: {get: {operationId: a, responses: {'200': {$ref: '#/none'}}}}}\nx: ");
    text.push_str(&"x".repeat(SIZE.saturating_sub(text.len())));
    let ended = generate("a.yaml", &text);
    assert!(ended.success && ended.told.contains("OA0020"), "{}", ended.told);
    text.push_str("\nb: [\n");
    let ended = generate("a.yaml", &text);
    assert!(
        !ended.success && ended.told.contains("error[OA0002]") && ended.told.contains("--> a.yaml:"),
        "{}",
        ended.told
    );
}

/// More values than are read.
#[test]
fn values_without_end() {
    for (name, text) in [
        ("a.json", format!(r#"{{"openapi": "3.1.0", "x": [{}0]}}"#, "1,".repeat(SIZE / 2))),
        ("a.yaml", format!("openapi: 3.1.0\nx:\n{}", "- 1\n".repeat(SIZE / 4))),
    ] {
        let ended = generate(name, &text);
        assert!(
            !ended.success && ended.told.contains("error[OA0005]: the document has more than 10000000 values"),
            "{}",
            ended.told
        );
    }
}
