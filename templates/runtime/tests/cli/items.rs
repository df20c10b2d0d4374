//! Bodies that are sequences of JSON texts.

use super::zoo::{Ran, run};

const LINES: &str = "application/jsonl";
const SEQUENCE: &str = "application/json-seq";

fn call(media: &str, body: &str) -> Ran {
    let args = format!(r#"{{"body":{body}}}"#);
    run(&["call", "addPet", "--media-type", media, "--auth", "key=k", "--args", &args])
}

#[test]
fn each_item_goes_through_its_type() {
    let cases = [
        // The members stand in the order of the type.
        (LINES, r#"[{"name":"Rex","id":1},{"id":2}]"#, "{\"id\":1,\"name\":\"Rex\"}\n{\"id\":2}\n"),
        (LINES, "[]", ""),
        (LINES, r#""{\"name\":\"Rex\",\"id\":1}\r\n\n{\"id\":2}""#, "{\"id\":1,\"name\":\"Rex\"}\n{\"id\":2}\n"),
        (LINES, r#"{"$base64":"eyJpZCI6MX0K"}"#, "{\"id\":1}\n"),
        (SEQUENCE, r#"[{"id":1},{"id":2}]"#, "\x1e{\"id\":1}\n\x1e{\"id\":2}\n"),
        (SEQUENCE, r#""\u001e{\n\"id\":1}\n\u001e{\"id\":2}\n""#, "\x1e{\"id\":1}\n\x1e{\"id\":2}\n"),
    ];
    for (media, body, wanted) in cases {
        let ran = call(media, body);
        assert_eq!(ran.status, 0, "{body}: {}", ran.output);
        assert_eq!(ran.sent[0].text(), wanted, "{body}");
        assert_eq!(ran.sent[0].header("Content-Type"), Some(media));
    }
    let ran = run(&["add-pet", "--media-type", LINES, "--auth", "key=k", "--body", "{\"name\":\"Rex\",\"id\":1}\n"]);
    assert_eq!((ran.status, &*ran.sent[0].text()), (0, "{\"id\":1,\"name\":\"Rex\"}\n"), "{}", ran.errors);
}

#[test]
fn what_is_no_item_is_refused_by_its_place() {
    let cases = [
        (r#"[{"id":1},{"id":"x"}]"#, "`body`: expected integer, found string at $[1].id"),
        (r#"[{"id":1,"born":"x"}]"#, "leave out $[0].born"),
        (r#""not json at all""#, "`body`: item 1: expected"),
        (r#""{\"id\":1}\n{\"id\":2""#, "`body`: item 2: expected"),
        (r#""{\"id\":1}\n7""#, "`body`: expected object, found number at $[1]"),
        (r#"{"id":1}"#, r#"expected a string, {"$file": PATH} or {"$base64": TEXT}, or an array of the items"#),
    ];
    for (body, wanted) in cases {
        let ran = call(LINES, body);
        let error = &ran.json()["error"];
        assert_eq!((ran.status, error["kind"].as_str()), (2, Some("arguments")), "{body}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(wanted), "{body}: {message}");
        assert!(ran.sent.is_empty(), "{body}");
    }
}
