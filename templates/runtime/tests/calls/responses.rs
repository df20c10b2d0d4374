//! How answers are read.

use crate::api::{Client, HEAD_PET, PostPetsReply, REQUIRED, models};
use clientsmith_runtime::codegen::{ErrorKind, bytes, json, none, text};
use clientsmith_runtime::http::{Body, FakeTransport, Headers, HttpResponse};

fn client(answer: impl Fn() -> HttpResponse + Send + Sync + 'static) -> Client {
    Client::builder().transport(FakeTransport::new(move |_| answer())).build().unwrap()
}

fn with_type(status: u16, media: &str, body: &str) -> HttpResponse {
    HttpResponse::new(status, Headers::new(), Body::from(body)).with_header("Content-Type", media)
}

#[tokio::test]
async fn body_status_and_headers() {
    let client = client(|| HttpResponse::json(200, r#"{"id":3,"x":[1.0]}"#).with_header("X-Correlation", "c1"));
    let pet = client.get_pet("3").send().await.unwrap();
    assert_eq!(pet.status(), 200);
    assert_eq!(pet.header("x-correlation"), Some("c1"));
    assert_eq!(pet.id, 3);
    assert_eq!(pet.into_body().extra.get("x").unwrap().to_string(), "[1.0]");
}

#[tokio::test]
async fn success_types_by_status_and_media_type() {
    let pet = models::Pet { id: 1, ..Default::default() };
    let reply = async |answer: fn() -> HttpResponse| {
        client(answer).post_pets(&models::Pet::default()).send().await.unwrap().into_body()
    };
    assert_eq!(reply(|| HttpResponse::json(201, r#"{"id":1}"#)).await, PostPetsReply::Created(pet.clone()));
    assert_eq!(reply(|| HttpResponse::json(200, r#"{"id":1}"#)).await, PostPetsReply::Updated(pet.clone()));
    assert_eq!(reply(|| HttpResponse::empty(202)).await, PostPetsReply::Accepted);
    assert_eq!(reply(|| with_type(203, "Text/Plain; charset=UTF-8", "hi")).await, PostPetsReply::Told("hi".into()));
    // Not documented: as the first success type.
    assert_eq!(reply(|| HttpResponse::json(299, r#"{"id":1}"#)).await, PostPetsReply::Updated(pet));
}

#[tokio::test]
async fn statuses_below_400_can_be_documented_as_success() {
    let not_modified = client(|| HttpResponse::empty(304));
    let request = || not_modified.core.request(&REQUIRED).set(0, &1);
    assert_eq!(request().call(none).await.unwrap().status(), 304);
    let error = not_modified.get_pet("1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(304)));
}

#[tokio::test]
async fn empty_bodies() {
    let client = client(|| HttpResponse::empty(204));
    assert_eq!(client.call(&crate::api::DELETE_PETS).await.unwrap().status(), 204);
    assert_eq!(client.core.request(&HEAD_PET).set(0, &"1").call(none).await.unwrap().status(), 204);
    let error = client.get_pet("1").send().await.unwrap_err();
    assert_eq!(error.to_string(), "getPet: the answer (204 No Content) has no body where JSON is expected");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(204)));
}

#[tokio::test]
async fn text_and_bytes() {
    let request = |client: &Client| client.core.request(&REQUIRED).set(0, &1);
    let plain = client(|| with_type(200, "text/plain", "grüezi"));
    assert_eq!(request(&plain).call(text).await.unwrap().into_body(), "grüezi");
    let binary = client(|| HttpResponse::new(200, Headers::new(), Body::from(vec![1, 255])));
    assert_eq!(request(&binary).call(bytes).await.unwrap().into_body(), [1, 255]);
    let error = request(&binary).call(text).await.unwrap_err();
    assert_eq!(error.to_string(), "required: the answer is text, but not UTF-8 at byte 1");
    assert_eq!(error.body(), [1, 255]);
}

#[tokio::test]
async fn a_text_that_comes_as_json_is_the_string_in_it() {
    let read = async |media: &'static str, body: &'static str| {
        let client = client(move || with_type(200, media, body));
        client.core.request(&REQUIRED).set(0, &1).call(text).await.unwrap().into_body()
    };
    assert_eq!(read("application/json", r#""say \"hi\"""#).await, r#"say "hi""#);
    assert_eq!(read("application/problem+json; charset=utf-8", r#""no""#).await, "no");
    assert_eq!(read("text/plain", r#""quoted""#).await, r#""quoted""#);
    // Many servers write a text as it is and call it JSON.
    assert_eq!(read("application/json", "hi").await, "hi");
    assert_eq!(read("application/json", r#"{"id":1}"#).await, r#"{"id":1}"#);
}

#[tokio::test]
async fn a_decode_error_says_where() {
    let answer = client(|| HttpResponse::json(200, r#"[{"id":1},{"id":"x"}]"#));
    let error = answer.core.request(&REQUIRED).set(0, &1).call(json::<Vec<models::Pet>>).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        r#"required: the answer (200 OK) could not be decoded: expected integer, found string at $[1].id (byte 16): [{"id":1},{"id":"x"}]"#
    );
    assert_eq!(error.status(), Some(200));
    assert_eq!(error.text(), r#"[{"id":1},{"id":"x"}]"#);
    assert!(std::error::Error::source(&error).is_some());
    let page = client(|| with_type(200, "text/html", "<html>"));
    let error = page.get_pet("1").send().await.unwrap_err();
    assert!(error.to_string().contains("(200 OK) of type text/html could not be decoded"), "{error}");
}

#[tokio::test]
async fn answers_over_the_limit_are_refused() {
    let fake = FakeTransport::new(|_| HttpResponse::json(200, r#"{"id":1}"#));
    let client = Client::builder().transport(fake).answer_limit(7).build().unwrap();
    let error = client.get_pet("1").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("limit of 7 bytes"), "{error}");
    // The status of an error stays known.
    let fake = FakeTransport::new(|_| HttpResponse::json(404, r#"{"title":"none"}"#));
    let client = Client::builder().transport(fake).answer_limit(7).build().unwrap();
    let error = client.get_pet("1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.body()), (ErrorKind::Status, Some(404), &b""[..]));
    assert!(error.to_string().contains("404 Not Found, and its body could not be read: "), "{error}");
}
