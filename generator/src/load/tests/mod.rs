//! The loader as a whole: small documents in, trees, places and diagnostics out.

mod hostile;
mod overlay_rules;
mod overlays;
mod refs;
mod yaml;

use super::*;

/// Loads a description that stands in memory beside other files.
pub(super) fn load_files(main: &str, others: &[(&str, &str)]) -> (Document, Vec<String>) {
    let mut source = Source::new("specs/main.yaml", main);
    for (path, text) in others {
        source = source.with_file(*path, *text);
    }
    load_source(&source)
}

pub(super) fn load_source(source: &Source) -> (Document, Vec<String>) {
    let sink = Sink::default();
    let document = load(source, &Limits::default(), &sink);
    let told = sink.into_sorted().into_iter().map(|found| {
        let place = document.position(found.at);
        format!(
            "{:?} {} {}:{}:{} {}",
            found.severity,
            found.code.id(),
            document.path(document.place(found.at).0),
            place.line,
            place.column,
            found.message
        )
    });
    let told = told.collect();
    (document, told)
}

#[test]
fn json_that_is_none_is_read_as_yaml() {
    let text = "{\n  \"openapi\": \"3.0.3\",\n  \"x\": [1, 2,], # note\n}";
    assert_eq!(load_files(text, &[]).1, [""; 0], "it says that it is YAML");
    let (document, told) = load_source(&Source::new("specs/main.json", text));
    assert_eq!(told, ["Warning OA0002 specs/main.json:3:14 not valid JSON: expected value, found character ']'"]);
    assert_eq!(document.root().unwrap().node.to_json(), r#"{"openapi":"3.0.3","x":[1,2]}"#);
    let (_, told) = load_source(&Source::new("a.json", "{\"openapi\": \"3.0.3\",\n\"x\": {\n\"y\": {\"z\": 1},\n\n}}"));
    assert_eq!(told, ["Warning OA0002 a.json:5:1 not valid JSON: expected member name, found character '}'"]);
}

#[test]
fn a_text_that_is_neither_is_told_as_what_it_looks_like() {
    assert_eq!(
        load_files("{\"openapi\": \"3.0.3\",\n \"a\": ]}", &[]).1,
        ["Error OA0002 specs/main.yaml:2:7 expected value, found character ']'"]
    );
    assert_eq!(
        load_files("openapi: 3.0.3\na: b: c\n", &[]).1,
        ["Error OA0002 specs/main.yaml:2:5 mapping values are not allowed in this context"]
    );
    assert_eq!(load_files("openapi: 3.0.3\na: [\n", &[]).1.len(), 1);
}

#[test]
fn odd_bytes_are_replaced() {
    let (document, told) = load_source(&Source::new("a.yaml", b"openapi: 3.0.3\nx: caf\xE9\n".to_vec()));
    assert_eq!(told, ["Warning OA0002 a.yaml:2:7 there are bytes here that are not UTF-8"]);
    assert_eq!(document.root().unwrap().str("x"), Some("caf\u{FFFD}"));
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(
        load_source(&Source::open("/does/not/exist.yaml")).1,
        ["Error OA0001 /does/not/exist.yaml:1:1 there is no such file"]
    );
    assert_eq!(load_files("", &[]).1, ["Error OA0003 specs/main.yaml:1:1 the document is empty"]);
    assert_eq!(load_files("swagger: '2.0'", &[]).1, Vec::<String>::new());
}

#[test]
fn pointers_and_nodes_by_place() {
    let text = r##"{"openapi": "3.0.3", "paths": {"/a~b/{c}": {"get": {"tags": ["x", {"y": null}]}}}, "z": []}"##;
    let (document, _) = load_files(text, &[]);
    let mut open = vec![document.root().unwrap()];
    let mut seen = 0;
    while let Some(at) = open.pop() {
        seen += 1;
        let pointer = document.pointer(at.origin());
        assert_eq!(document.node(at.origin()).map(At::origin), Some(at.origin()));
        assert_eq!(document.follow(0, &pointer).map(At::origin), Ok(at.origin()), "{pointer}");
        open.extend(at.items());
        open.extend(at.entries().map(|(_, value)| value));
    }
    assert_eq!(seen, document.files[0].offsets.len());
    assert_eq!(document.pointer(Origin { file: 0, node: 8 }), "#/paths/~1a~0b~1{c}/get/tags/1/y");
}

#[test]
fn positions_count_characters() {
    let (document, _) = load_files("openapi: 3.0.3\r\n\"é\": {b: ü, c: 1}\r\n", &[]);
    let c = document.root().unwrap().get("é").and_then(|e| e.get("c")).unwrap();
    assert_eq!(document.position(c.origin()), Position { line: 2, column: 16 });
    assert_eq!(document.line_text(0, 2), "\"é\": {b: ü, c: 1}");
    assert_eq!((document.line_text(0, 0), document.line_text(0, 9), document.line_text(7, 1)), ("", "", ""));
}
