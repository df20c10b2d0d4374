//! What the server sends by itself, read by the generated functions.

use golden::{Headers, callbacks, webhooks, webhooks_media};

fn headers(media: &str) -> Headers {
    [("content-type", media)].into_iter().collect()
}

#[test]
fn a_body_becomes_its_model() {
    let json = headers("application/json; charset=utf-8");
    let pet = webhooks::webhooks::new_pet(&json, br#"{"name":"Rex","age":3}"#).unwrap();
    assert_eq!((pet.name.as_deref(), pet.extra.len()), (Some("Rex"), 1));
    let orders = webhooks::webhooks::order_changed_post(&json, br#"[{"id":1},{"id":2}]"#).unwrap();
    assert_eq!(orders.len(), 2);
    let data = callbacks::webhooks::open_stream_on_data(&json, br#"{"at":"2026-01-02T03:04:05Z"}"#).unwrap();
    assert_eq!(data.at.as_str(), "2026-01-02T03:04:05Z");
    assert_eq!(callbacks::webhooks::old(&Headers::new(), b"7").unwrap(), 7);
}

#[test]
fn the_media_type_tells_which_one_it_is() {
    use webhooks::webhooks::{EitherPayload, either};
    assert_eq!(either(&headers("text/plain"), b"hi").unwrap(), EitherPayload::TextPlain("hi".to_owned()));
    let EitherPayload::ApplicationJson(body) = either(&headers("application/json"), br#"{"kind":"a"}"#).unwrap() else {
        panic!("JSON is another variant")
    };
    assert_eq!(body.kind.as_deref(), Some("a"));
}

#[test]
fn what_is_not_described_is_an_error() {
    let error = webhooks::webhooks::new_pet(&headers("text/html"), b"<p>").unwrap_err();
    assert!(error.to_string().starts_with("newPet: the request of type text/html could not be decoded"), "{error}");
    assert_eq!(error.status(), None);
}

#[test]
fn xml_is_read_by_the_type_that_is_named() {
    let note = webhooks_media::webhooks::note(&headers("application/xml"), b"<note id='1'><text>a</text></note>").unwrap();
    assert_eq!((note.id, note.text.as_deref()), (Some(1), Some("a")));
    for (media, body) in [("application/xml", "<note id='2'/>"), ("application/json", r#"{"id":2}"#)] {
        let note = webhooks_media::webhooks::either(&headers(media), body.as_bytes()).unwrap();
        assert_eq!(note.id, Some(2), "{media}");
    }
}
