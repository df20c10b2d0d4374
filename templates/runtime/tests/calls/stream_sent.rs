//! Bodies that are sequences of JSON texts.

use crate::api::models::Pet;
use crate::pieces::client_of;
use clientsmith_runtime::codegen::{ErrorKind, Op, SendItems, none};
use clientsmith_runtime::http::{FakeTransport, HttpResponse};

static SEND: Op = Op { id: "send", method: "POST", path: "/send", ..Op::BASE };

fn pets() -> Vec<Pet> {
    let pet = |id| Pet { id, name: Some("Rex\nRex".to_owned()), ..Default::default() };
    vec![pet(1), pet(2)]
}

#[tokio::test]
async fn lines_and_sequences_from_lists_and_streams() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = client_of(fake.clone());
    let request = || client.core.request(&SEND);
    request().lines_body("application/jsonl", pets()).call(none).await.unwrap();
    request().lines_body::<Pet>("application/x-ndjson", SendItems::iter(pets())).call(none).await.unwrap();
    request().sequence_body("application/json-seq", pets().as_slice()).call(none).await.unwrap();
    request().sequence_body("application/json-seq", [1, 2, 3]).call(none).await.unwrap();
    request().lines_body::<Pet>("application/jsonl", []).call(none).await.unwrap();
    let lines = "{\"id\":1,\"name\":\"Rex\\nRex\"}\n{\"id\":2,\"name\":\"Rex\\nRex\"}\n";
    let sequence = "\u{1e}{\"id\":1,\"name\":\"Rex\\nRex\"}\n\u{1e}{\"id\":2,\"name\":\"Rex\\nRex\"}\n";
    let sent = fake.sent();
    let texts: Vec<String> = sent.iter().map(|sent| sent.text()).collect();
    assert_eq!(texts, [lines, lines, sequence, "\u{1e}1\n\u{1e}2\n\u{1e}3\n", ""]);
    let media: Vec<&str> = sent.iter().map(|sent| sent.header("content-type").unwrap()).collect();
    assert_eq!(media[..3], ["application/jsonl", "application/x-ndjson", "application/json-seq"]);
    assert!(sent[4].has_body(), "no items are a body too");
}

#[tokio::test]
async fn an_item_that_json_cannot_hold() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = client_of(fake.clone());
    let list = client.core.request(&SEND).lines_body("application/jsonl", [1.0, f64::NAN]).call(none).await;
    let error = list.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("the body cannot be written"), "{error}");
    assert!(fake.sent().is_empty());
    let items = SendItems::iter([1.0, f64::NAN]);
    let error = client.core.request(&SEND).lines_body("application/jsonl", items).call(none).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("an item cannot be written"), "{error}");
}
