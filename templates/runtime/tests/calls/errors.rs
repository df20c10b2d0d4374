//! The error of a call.

use crate::api::{Client, LOG_IN, PostPetsError, models};
use clientsmith_runtime::codegen::{self as rt, Error, ErrorKind, Options, json};
use clientsmith_runtime::http::{Body, FakeTransport, Headers, HttpResponse, TransportError};
use std::time::Duration;

async fn refused(answer: fn() -> HttpResponse) -> Error {
    let client = Client::builder().transport(FakeTransport::new(move |_| answer())).build().unwrap();
    client.post_pets(&models::Pet::default()).send().await.unwrap_err()
}

fn plain(status: u16, media: &str, body: &str) -> HttpResponse {
    HttpResponse::new(status, Headers::new(), Body::from(body)).with_header("Content-Type", media)
}

#[tokio::test]
async fn it_keeps_all_of_the_answer() {
    let error = refused(|| {
        HttpResponse::json(404, r#"{"message":"no such pet","code":"not.found","contextId":"c1"}"#)
            .with_header("ININ-Correlation-Id", "c1")
    })
    .await;
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.operation(), "postPets");
    assert_eq!(error.status(), Some(404));
    assert_eq!(error.header("inin-correlation-id"), Some("c1"));
    assert_eq!(error.to_string(), "postPets: the server answered 404 Not Found: no such pet (not.found)");
    let problem = error.typed::<models::Problem>().unwrap();
    assert_eq!(problem.message.as_deref(), Some("no such pet"));
    assert_eq!(problem.extra.get("contextId").unwrap().as_str(), Some("c1"));
}

#[tokio::test]
async fn error_types_by_status() {
    let typed = async |answer: fn() -> HttpResponse| refused(answer).await.typed::<PostPetsError>();
    let problem = models::Problem { message: Some("m".into()), ..Default::default() };
    assert_eq!(
        typed(|| HttpResponse::json(409, r#"{"message":"m"}"#)).await,
        Some(PostPetsError::Conflict(problem.clone()))
    );
    assert_eq!(typed(|| plain(422, "text/plain", "no")).await, Some(PostPetsError::Refused("no".into())));
    assert_eq!(typed(|| HttpResponse::json(500, r#"{"message":"m"}"#)).await, Some(PostPetsError::Other(problem)));
    assert_eq!(typed(|| plain(500, "text/html", "<html>")).await, None);
}

#[tokio::test]
async fn bodies_that_are_no_json_are_kept_and_told() {
    let error = refused(|| plain(502, "text/html; charset=utf-8", "<html><body>oops</body></html>")).await;
    assert_eq!(error.to_string(), "postPets: the server answered 502 Bad Gateway: a body of 30 bytes (text/html)");
    assert_eq!(error.text(), "<html><body>oops</body></html>");
    assert!(error.typed::<models::Problem>().is_none());
    let error = refused(|| plain(503, "text/plain", "  down for\n maintenance ")).await;
    assert_eq!(error.to_string(), "postPets: the server answered 503 Service Unavailable: down for maintenance");
    let error = refused(|| HttpResponse::empty(500)).await;
    assert_eq!(error.to_string(), "postPets: the server answered 500 Internal Server Error");
    let error = refused(|| HttpResponse::new(500, Headers::new(), Body::from(vec![0, 159]))).await;
    assert!(error.to_string().ends_with("a body of 2 bytes (unknown type)"), "{error}");
}

#[tokio::test]
async fn the_message_is_found_where_services_put_it() {
    for (body, says) in [
        (r#"{"errors":[{"msg":"Invalid SDK credentials","code":4002}]}"#, "Invalid SDK credentials (4002)"),
        (r#"{"error":{"message":"m","code":"c"}}"#, "m (c)"),
        (r#"{"error":"invalid_client","error_description":"d"}"#, "d (invalid_client)"),
        (r#"{"title":"Bad","detail":"worse"}"#, "worse"),
        (r#"{"error":"Unauthorized"}"#, "Unauthorized"),
        (r#""just text""#, r#""just text""#),
        (r#"{"x":1}"#, r#"{"x":1}"#),
    ] {
        let fake = FakeTransport::new(move |_| HttpResponse::json(400, body));
        let client = Client::builder().transport(fake).build().unwrap();
        let error = client.get_pet("1").send().await.unwrap_err();
        assert_eq!(error.to_string(), format!("getPet: the server answered 400 Bad Request: {says}"));
    }
}

#[tokio::test]
async fn a_long_message_is_cut() {
    let error = refused(|| plain(500, "text/plain", &"ü".repeat(500))).await;
    assert_eq!(error.to_string().chars().filter(|c| *c == 'ü').count(), 200);
    assert!(error.to_string().ends_with('…'));
    assert_eq!(error.text().chars().count(), 500);
}

#[tokio::test]
async fn retry_after_as_seconds_and_as_a_date() {
    let wait = async |value: &'static str| {
        let fake = FakeTransport::new(move |_| HttpResponse::empty(429).with_header("Retry-After", value));
        let client = Client::builder().transport(fake).build().unwrap();
        client.get_pet("1").send().await.unwrap_err().retry_after()
    };
    assert_eq!(wait("3").await, Some(Duration::from_secs(3)));
    // The fake's clock stands at 2023-11-14T22:13:20Z.
    assert_eq!(wait("Tue, 14 Nov 2023 22:14:20 GMT").await, Some(Duration::from_secs(60)));
    assert_eq!(wait("Tue, 14 Nov 2023 22:13:19 GMT").await, Some(Duration::ZERO));
    assert_eq!(wait("Thu, 29 Feb 2024 00:00:00 GMT").await, Some(Duration::from_secs(9_164_800)));
    for nonsense in ["soon", "-1", "Tue, 99 Nov 2023 22:14:20 GMT", "Tue, 14 Foo 2023 22:14:20 GMT"] {
        assert_eq!(wait(nonsense).await, None, "{nonsense}");
    }
}

#[tokio::test]
async fn no_answer() {
    let failing = |error: fn() -> TransportError| {
        let fake = FakeTransport::failing(move |_| Err(error()));
        Client::builder().transport(fake).build().unwrap()
    };
    let broken = failing(|| TransportError::new("connection refused"));
    let error = broken.get_pet("1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert_eq!(error.to_string(), "getPet: no answer: connection refused");
    let slow = failing(TransportError::timeout);
    let error = slow.get_pet("1").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.to_string(), "getPet: no answer within 60s");
    let options = Options::new().timeout(Duration::from_millis(1500));
    let error = slow.get_pet("1").options(options).send().await.unwrap_err();
    assert_eq!(error.to_string(), "getPet: no answer within 1.5s");
}

#[tokio::test]
async fn secret_bodies_are_never_shown() {
    let client = |status| {
        let fake = FakeTransport::new(move |_| HttpResponse::json(status, r#"{"message":"key s3cret is bad"}"#));
        Client::builder().transport(fake).build().unwrap()
    };
    let refused = client(400).core.request(&LOG_IN).json(&1).call(json::<models::Pet>).await.unwrap_err();
    let undecoded = client(200).core.request(&LOG_IN).json(&1).call(json::<models::Pet>).await.unwrap_err();
    for error in [refused, undecoded] {
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(!source.contains("s3cret"), "{source}");
        assert!(error.text().contains("s3cret"));
    }
}

#[test]
fn it_can_be_sent_and_shared() {
    fn check<T: Send + Sync + 'static + std::error::Error + Clone>() {}
    check::<Error>();
}

rt::error_body! {
    /// Told apart by status, media type and range.
    pub enum Told {
        /// One media type.
        404, "text/csv" => Row(body: Vec<u8>) by bytes,
        /// A range.
        404, media if media.starts_with("text/") => Text(body: String) by text,
        /// JSON, and what has no other case.
        404, _ => Json(body: rt::Value) by json,
        /// No body.
        410, _ => Gone by empty,
    }
}

#[tokio::test]
async fn bodies_by_media_type_and_range() {
    let told = async |status, media: &'static str, body: &'static str| {
        let fake = FakeTransport::new(move |_| plain(status, media, body));
        let client = Client::builder().transport(fake).build().unwrap();
        client.get_pet("1").send().await.unwrap_err().typed::<Told>()
    };
    let json = || Some(Told::Json(rt::Value::from(1_i64)));
    assert_eq!(told(404, "text/csv", "a").await, Some(Told::Row(b"a".to_vec())));
    assert_eq!(told(404, "Text/HTML; charset=utf-8", "a").await, Some(Told::Text("a".to_owned())));
    assert_eq!(told(404, "application/json", "1").await, json());
    assert_eq!(told(404, "application/problem+json", "1").await, json());
    assert_eq!(told(404, "image/png", "\u{1}").await, None);
    assert_eq!(told(410, "text/plain", "a").await, Some(Told::Gone));
    assert_eq!(told(500, "application/json", "1").await, None);
}
