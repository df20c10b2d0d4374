//! What errors say.

use crate::models::Trigger;
use crate::rt::{self, Value};

#[test]
fn the_message_has_everything() {
    let text = r#"{"name": "n", "state": null, "owner": {"id": "x", "home": {}}}"#;
    let error = rt::from_str::<Trigger>(text).unwrap_err();
    assert_eq!(error.path(), "$.owner.id");
    assert_eq!(error.position(), 45);
    assert_eq!(error.expected(), "integer");
    assert_eq!(error.found(), "string");
    assert_eq!(error.excerpt(), r#"…: null, "owner": {"id": "x", "home": {}}}"#);
}

#[test]
fn paths() {
    let base = r#""name": "n", "state": null"#;
    for (member, path) in [
        (r#""tags": ["a", 1]"#, "$.tags[1]"),
        (r#""labels": {"a b": 1}"#, r#"$.labels["a b"]"#),
        (r#""labels": {"": 1}"#, r#"$.labels[""]"#),
        (r#""labels": {"q\"\n\u00e9": 1}"#, r#"$.labels["q\"\né"]"#),
        (r#""Date/\"Time\" \\ é": 1"#, r#"$["Date/\"Time\" \\ é"]"#),
        (r#""children": [{"name": "n", "state": null}, {"name": "n", "state": 1}]"#, "$.children[1].state"),
        (r#""children": [[]]"#, "$.children[0]"),
        (r#""parent": {"name": "n"}"#, "$.parent"),
        (r#""owner": {"id": 1, "home": {"city": "x", "street": 0}}"#, "$.owner.home.street"),
    ] {
        let error = rt::from_str::<Trigger>(&format!("{{{base}, {member}}}")).unwrap_err();
        assert_eq!(error.path(), path.replace('\n', "\\n"), "{member}");
        let error = rt::from_str::<Trigger>(&format!("{{{member}, {base}}}")).unwrap_err();
        assert_eq!(error.path(), path.replace('\n', "\\n"), "{member}");
        let error = rt::from_str::<Vec<Trigger>>(&format!("[{{{base}}}, {{{member}, {base}}}]")).unwrap_err();
        assert_eq!(error.path(), path.replace('\n', "\\n").replacen('$', "$[1]", 1), "{member}");
    }
}

#[test]
fn syntax() {
    for (text, message) in [
        ("", "expected value, found end of text at $ (byte 0)"),
        ("  ", "expected value, found end of text at $ (byte 2):   "),
        ("[1 2]", "expected `,` or `]`, found number at $ (byte 3): [1 2]"),
        ("[1,]", "expected value, found character ']' at $[1] (byte 3): [1,]"),
        ("[,1]", "expected value, found character ',' at $[0] (byte 1): [,1]"),
        ("[1", "expected `,` or `]`, found end of text at $ (byte 2): [1"),
        (r#"{"a" 1}"#, r#"expected `:`, found number at $.a (byte 5): {"a" 1}"#),
        (r#"{"a": 1 "b": 2}"#, r#"expected `,` or `}`, found string at $ (byte 8): {"a": 1 "b": 2}"#),
        (r#"{"a": 1,}"#, r#"expected member name, found character '}' at $ (byte 8): {"a": 1,}"#),
        (r#"{"x": {a: 1}}"#, r#"expected member name, found character 'a' at $.x (byte 7): {"x": {a: 1}}"#),
        ("{,}", "expected member name, found character ',' at $ (byte 1): {,}"),
        ("[1] x", "expected end of text, found character 'x' at $ (byte 4): [1] x"),
        ("[1]]", "expected end of text, found character ']' at $ (byte 3): [1]]"),
        ("tru", "expected boolean, found character 't' at $ (byte 0): tru"),
        ("nul", "expected null, found character 'n' at $ (byte 0): nul"),
        ("[nullx]", "expected `,` or `]`, found character 'x' at $ (byte 5): [nullx]"),
        (
            r#"{"a": [{"b": tru}]}"#,
            r#"expected boolean, found character 't' at $.a[0].b (byte 13): {"a": [{"b": tru}]}"#,
        ),
        ("'a'", "expected value, found character '\\'' at $ (byte 0): 'a'"),
        ("\u{a0}1", "expected value, found character '\\u{a0}' at $ (byte 0): \u{a0}1"),
        ("// x\n1", "expected value, found character '/' at $ (byte 0): // x 1"),
    ] {
        assert_eq!(rt::from_str::<Value>(text).unwrap_err().to_string(), message);
        let mut r = rt::Reader::new(text);
        assert!(r.skip().and_then(|_| r.finish()).is_err());
    }
}

#[test]
fn secrets_can_be_kept_out() {
    let error = rt::from_str::<Trigger>(r#"{"name": "hunter2", "state": 1}"#).unwrap_err();
    assert!(error.to_string().contains("hunter2"));
    let error = error.without_excerpt();
    assert!(!error.to_string().contains("hunter2") && !format!("{error:?}").contains("hunter2"));
    assert_eq!(error.to_string(), "expected string, found number at $.state (byte 29)");
}

#[test]
fn errors_are_usual_errors() {
    fn assert_usual<T: std::error::Error + Send + Sync + Clone + PartialEq + 'static>() {}
    assert_usual::<rt::Error>();
    assert_usual::<rt::PointerError>();
    assert_usual::<rt::FormatError>();
    assert!(size_of::<rt::Error>() <= size_of::<usize>());
    assert!(size_of::<Result<(), rt::Stop>>() <= 1);
}
