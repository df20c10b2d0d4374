//! Header fields.

use clientsmith_runtime::http::Headers;

#[test]
fn names_ignore_case_and_keep_order() {
    let mut headers = Headers::new();
    headers.append("B", "1").unwrap();
    headers.append("a", "2").unwrap();
    headers.append("b", "3").unwrap();
    assert_eq!(headers.iter().collect::<Vec<_>>(), [("B", "1"), ("a", "2"), ("b", "3")]);
    assert_eq!(headers.get_all("b").collect::<Vec<_>>(), ["1", "3"]);
    headers.insert("B", "4").unwrap();
    assert_eq!(headers.iter().collect::<Vec<_>>(), [("a", "2"), ("B", "4")]);
    headers.remove("A");
    assert_eq!(headers.len(), 1);
}

#[test]
fn nothing_that_splits_a_header_gets_in() {
    let mut headers = Headers::new();
    for value in ["a\r\nb: c", "a\nb", "a\rb", "a\0b", "\u{7f}", "\u{1b}[1m"] {
        let error = headers.insert("X", value).unwrap_err();
        assert_eq!(error.name(), "X");
        assert!(!error.to_string().contains('a') || error.to_string().contains("has a value"), "{error}");
    }
    for name in ["", "a b", "a:", "a\r\n", "ü", "a\"b"] {
        assert!(headers.insert(name, "x").is_err(), "{name:?}");
    }
    assert!(headers.is_empty());
    headers.insert("X", "tab\tand ü").unwrap();
}

#[test]
fn values_that_are_no_utf8_are_read_as_latin_1() {
    let mut headers = Headers::new();
    headers.receive("x", b"caf\xe9");
    headers.receive("y", "café".as_bytes());
    assert_eq!(headers.get("x"), Some("café"));
    assert_eq!(headers.get("y"), Some("café"));
}

#[test]
fn debug_hides_what_is_sensitive() {
    let mut headers = Headers::new();
    headers.insert("Authorization", "Bearer tok").unwrap();
    headers.insert("Cookie", "sid=tok").unwrap();
    headers.insert("X-Key", "tok").unwrap();
    headers.insert("Accept", "text/plain").unwrap();
    headers.mark_sensitive("x-key");
    let shown = format!("{headers:?}");
    assert!(!shown.contains("tok"), "{shown}");
    assert!(shown.contains("text/plain"), "{shown}");
    assert!(headers.is_sensitive("AUTHORIZATION") && headers.is_sensitive("X-KEY") && !headers.is_sensitive("accept"));
}
