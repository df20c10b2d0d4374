//! Headers of answers, with types.

use clientsmith_runtime::codegen::{Date, Delimiter, ErrorKind, Headers, Response, TypedHeaders, Value};

fn answer() -> Response<()> {
    let mut headers = Headers::new();
    for (name, value) in [
        ("x-text", " a, \"b\" ü "),
        ("x-number", "41"),
        ("x-flag", "true"),
        ("x-list", "a, b,,c"),
        ("X-List", "d"),
        ("x-numbers", "1,2"),
        ("x-json", "{\"a\":[1]}"),
        ("x-date", "2024-02-29"),
        ("x-empty", ""),
    ] {
        headers.receive(name, value.as_bytes());
    }
    Response::new(200, headers, ())
}

#[test]
fn each_form() {
    let answer = answer();
    let headers = TypedHeaders::new("op", answer.headers());
    assert_eq!(headers.text::<String>("X-Text").unwrap().unwrap(), "a, \"b\" ü");
    assert_eq!(headers.plain::<u8>("X-Number").unwrap(), Some(41));
    assert_eq!(headers.plain::<bool>("X-Flag").unwrap(), Some(true));
    assert_eq!(headers.texts::<Vec<String>>("X-List").unwrap().unwrap(), ["a", "b", "c", "d"]);
    assert_eq!(headers.plains::<Vec<u8>>("X-Numbers").unwrap().unwrap(), [1, 2]);
    assert_eq!(headers.json::<Value>("X-Json").unwrap().unwrap().to_string(), "{\"a\":[1]}");
    assert_eq!(headers.text::<Date>("X-Date").unwrap().unwrap().as_str(), "2024-02-29");
    assert_eq!(headers.text::<String>("X-Empty").unwrap().unwrap(), "");
    assert_eq!(headers.text::<String>("X-None").unwrap(), None);
}

#[test]
fn a_value_of_another_type_is_told_without_the_value() {
    let answer = answer();
    let headers = TypedHeaders::new("op", answer.headers());
    let error = headers.plain::<u8>("X-Text").unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, "op"));
    assert!(error.to_string().starts_with("op: the header \"X-Text\" of the answer could not be decoded: "), "{error}");
    assert!(!error.to_string().contains('ü'), "{error}");
}

/// Swagger 2.0, Header Object, `collectionFormat`.
#[test]
fn lists_with_another_character_between() {
    let headers: Headers =
        [("x-pipes", "a,b| c"), ("x-pipes", "d"), ("x-spaces", "1  2"), ("x-tabs", "a b\tc")].into_iter().collect();
    let headers = TypedHeaders::new("op", &headers);
    let pipes = headers.delimited(Delimiter::Pipe).texts::<Vec<String>>("X-Pipes").unwrap().unwrap();
    assert_eq!(pipes, ["a,b", "c", "d"]);
    assert_eq!(headers.delimited(Delimiter::Space).plains::<Vec<u8>>("X-Spaces").unwrap().unwrap(), [1, 2]);
    assert_eq!(headers.delimited(Delimiter::Tab).texts::<Vec<String>>("X-Tabs").unwrap().unwrap(), ["a b", "c"]);
}
