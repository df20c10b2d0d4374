//! Bodies that are no bytes in memory: what goes out, and what happens when they would have to go out again.

use crate::api::{BY_OAUTH, Client};
use clientsmith_runtime::codegen::{Body, BodySpec, Credential, ErrorKind, Op, Payload, none};
use clientsmith_runtime::http::{FakeTransport, HttpResponse};
use std::pin::Pin;
use std::task::{Context, Poll};

pub static UPLOAD: Op = Op {
    id: "upload",
    method: "PUT",
    path: "/files",
    body: Some(BodySpec::new("application/octet-stream", true)),
    ..Op::BASE
};

/// A stream of these pieces, each of which comes only at the second time of asking.
pub struct Pieces(Vec<Result<&'static str, std::io::Error>>, bool);

pub fn pieces(pieces: impl IntoIterator<Item = Result<&'static str, std::io::Error>>) -> Pieces {
    let mut pieces: Vec<_> = pieces.into_iter().collect();
    pieces.reverse();
    Pieces(pieces, false)
}

impl futures_core::Stream for Pieces {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.1 = !self.1;
        if self.1 {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.0.pop())
    }
}

fn client(fake: &FakeTransport) -> Client {
    Client::builder().transport(fake.clone()).oauth(Credential::client_credentials("id", "s3")).build().unwrap()
}

#[tokio::test]
async fn streams_readers_texts_and_bytes_are_bodies() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = client(&fake);
    let long = "x".repeat(200_000);
    let bodies: [(Body, &str); 6] = [
        (Body::from_stream(pieces([Ok("a"), Ok(""), Ok("bc")])), "abc"),
        (Body::from_reader(std::io::Cursor::new(long.clone())), &long),
        ("text".into(), "text"),
        (String::from("text").into(), "text"),
        (b"bytes".into(), "bytes"),
        (b"bytes".to_vec().into(), "bytes"),
    ];
    for (body, text) in bodies {
        client.core.request(&UPLOAD).bytes(body).call(none).await.unwrap();
        let sent = fake.sent().pop().unwrap();
        assert_eq!(sent.text(), text);
        assert_eq!(sent.header("content-type"), Some("application/octet-stream"));
    }
}

#[tokio::test]
async fn a_stream_keeps_to_its_announced_length() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = client(&fake);
    for (length, message) in [
        (2, "upload: no answer: the body is longer than its announced length"),
        (4, "upload: no answer: the body ends 1 bytes before its announced length"),
    ] {
        let body = Body::from_stream(pieces([Ok("abc")])).with_length(length);
        let error = client.core.request(&UPLOAD).bytes(body).call(none).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.to_string(), message);
    }
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn what_cannot_be_read_ends_the_call() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let body = Body::from_stream(pieces([Ok("a"), Err(std::io::Error::other("disk gone"))]));
    let error = client(&fake).core.request(&UPLOAD).bytes(body).call(none).await.unwrap_err();
    assert!(error.to_string().contains("the body could not be read: disk gone"), "{error}");
}

#[tokio::test]
async fn a_stream_is_sent_once_and_never_as_nothing() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = client(&fake);
    let request = client.core.request(&UPLOAD).bytes(Body::from_stream(pieces([Ok("a")])));
    request.clone().call(none).await.unwrap();
    let error = request.call(none).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(error.to_string(), "upload: not sent: the body is a stream, and was sent already by an earlier call");
    assert_eq!(fake.sent().len(), 1);
}

/// A token that the server refuses is renewed, and the call repeated; a stream cannot be.
#[tokio::test]
async fn after_a_refused_token_only_what_can_be_repeated_is() {
    static SECURED: Op = Op { security: BY_OAUTH.security, ..UPLOAD };
    let fake = FakeTransport::new(|sent| match sent.path() {
        "/oauth/token" => HttpResponse::json(200, r#"{"access_token":"t","expires_in":3600}"#),
        _ => HttpResponse::empty(401),
    });
    let uploads = |fake: &FakeTransport| fake.sent().iter().filter(|sent| sent.path() != "/oauth/token").count();
    let client = client(&fake);
    let stream = Body::from_stream(pieces([Ok("a")]));
    let error = client.core.request(&SECURED).bytes(stream).call(none).await.unwrap_err();
    assert_eq!((error.status(), uploads(&fake)), (Some(401), 1));

    let again = Payload::repeatable("text/csv", || Body::from_stream(pieces([Ok("a")])));
    let error = client.core.request(&SECURED).body(again).call(none).await.unwrap_err();
    assert_eq!((error.status(), uploads(&fake)), (Some(401), 3));
    assert!(fake.sent().iter().filter(|sent| sent.path() != "/oauth/token").all(|sent| sent.text() == "a"));
}

#[tokio::test]
async fn a_redirect_that_keeps_the_body_is_not_followed_with_a_stream() {
    let fake = FakeTransport::new(|sent| match sent.path() {
        "/v2/files" => HttpResponse::empty(307).with_header("location", "/v2/moved"),
        _ => HttpResponse::empty(204),
    });
    let client = client(&fake);
    let stream = Body::from_stream(pieces([Ok("a")]));
    let error = client.core.request(&UPLOAD).bytes(stream).call(none).await.unwrap_err();
    assert_eq!((error.status(), fake.sent().len()), (Some(307), 1));
    assert!(error.to_string().contains("a redirect that was not followed"), "{error}");

    client.core.request(&UPLOAD).bytes("a").call(none).await.unwrap();
    assert_eq!(fake.sent().pop().unwrap().text(), "a");
}

/// `303` asks for a GET, which has no body.
#[tokio::test]
async fn a_redirect_to_a_get_needs_no_body() {
    static POST: Op = Op { method: "POST", ..UPLOAD };
    let fake = FakeTransport::new(|sent| match sent.method() {
        "POST" => HttpResponse::empty(303).with_header("location", "/v2/result"),
        _ => HttpResponse::empty(204),
    });
    let stream = Body::from_stream(pieces([Ok("a")]));
    client(&fake).core.request(&POST).bytes(stream).call(none).await.unwrap();
    let sent = fake.sent().pop().unwrap();
    assert_eq!((sent.method(), sent.has_body()), ("GET", false));
}
