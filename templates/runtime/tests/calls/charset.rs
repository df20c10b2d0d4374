//! Texts in other character sets than UTF-8.

use crate::api::{Client, secured};
use clientsmith_runtime::codegen::{Op, PartSpec, Payload, Request, Value, none, text};
use clientsmith_runtime::http::{Body, FakeTransport, Headers, HttpResponse, Sent};

static GET: Op = secured(&[]);

async fn read(media: &'static str, body: &'static [u8]) -> Result<String, String> {
    let fake = FakeTransport::new(move |_| {
        let headers: Headers = [("Content-Type", media)].into_iter().collect();
        HttpResponse::new(200, headers, Body::from(body))
    });
    let client = Client::builder().transport(fake).build().unwrap();
    let answer = client.core.request(&GET).call(text).await;
    answer.map(|answer| answer.into_body()).map_err(|error| error.to_string())
}

async fn sent(fill: impl FnOnce(Request) -> Request) -> Result<Sent, String> {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    match fill(client.core.request(&GET)).call(none).await {
        Ok(_) => Ok(fake.sent().remove(0)),
        Err(error) => {
            assert!(fake.sent().is_empty());
            Err(error.to_string())
        }
    }
}

#[tokio::test]
async fn a_text_is_read_in_the_charset_that_the_answer_names() {
    for (media, body, text) in [
        ("text/plain", "é€".as_bytes(), "é€"),
        ("text/plain; charset=\"UTF-8\"", "é€".as_bytes(), "é€"),
        ("text/plain; charset=iso-8859-1", b"caf\xe9", "café"),
        ("text/plain; format=flowed; Charset=Latin1", b"caf\xe9", "café"),
        ("text/plain; charset=us-ascii", b"caf\xe9", "café"),
        ("text/plain; charset=us-ascii", "café".as_bytes(), "café"),
        ("text/plain;charset=windows-1252", b"\x80 caf\xe9\x9f", "€ caféŸ"),
    ] {
        assert_eq!(read(media, body).await.as_deref(), Ok(text), "{media}");
    }
    assert_eq!(
        read("text/plain; charset=Shift_JIS", b"a").await.unwrap_err(),
        "secured: the answer is text, but the charset `shift_jis` is not known here"
    );
    assert!(read("text/plain", b"caf\xe9").await.unwrap_err().contains("not UTF-8 at byte 3"));
}

#[tokio::test]
async fn a_text_is_written_in_the_charset_of_its_media_type() {
    let body = |media: &'static str, text: &'static str| {
        sent(move |request| request.body(Payload::new(media, text.to_owned())))
    };
    for (media, text, bytes) in [
        ("text/plain", "é", "é".as_bytes()),
        ("text/plain; charset=iso-8859-1", "café", b"caf\xe9"),
        ("text/plain; charset=windows-1252", "€é", b"\x80\xe9"),
        ("text/plain; charset=us-ascii", "plain", b"plain"),
    ] {
        assert_eq!(body(media, text).await.unwrap().body(), bytes, "{media}");
    }
    for (media, text) in [("iso-8859-1", "€"), ("us-ascii", "é"), ("windows-1252", "ł")] {
        let media: &'static str = format!("text/plain; charset={media}").leak();
        let error = body(media, text).await.unwrap_err();
        assert!(error.contains("the body cannot be written: it has a character that the charset `"), "{error}");
    }
    let error = body("text/plain; charset=utf-16", "a").await.unwrap_err();
    assert!(error.ends_with("the charset `utf-16` is not known here"), "{error}");
    // Bytes are what they are.
    let bytes = sent(|request| request.body(Payload::new("text/plain; charset=utf-16", b"\0a".to_vec()))).await;
    assert_eq!(bytes.unwrap().body(), b"\0a");
    const SPECS: &[PartSpec] = &[PartSpec::new("note").media(&["text/plain; charset=iso-8859-1"])];
    let form = Value::object([("note", "é")]);
    let part = sent(|request| request.multipart("multipart/form-data", SPECS, &form)).await.unwrap();
    assert!(part.body().windows(5).any(|five| five == b"\r\n\xe9\r\n"));
}
