//! What generated calls send as their body, to the letter.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use golden::runtime::http::{FakeTransport, HttpResponse, Sent};
use golden::{Body, Payload};

/// Runs a future that never waits, as all are over a [`FakeTransport`].
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// The one request that a call sends.
macro_rules! sent {
    ($api:ident, |$client:ident| $call:expr) => {{
        let fake = FakeTransport::new(|_| HttpResponse::empty(204));
        let $client =
            golden::$api::Client::builder().url("https://x.example/base").transport(fake.clone()).build().unwrap();
        run($call.send()).unwrap();
        let [sent] = <[Sent; 1]>::try_from(fake.sent()).unwrap();
        sent
    }};
}

fn typed(sent: &Sent) -> (Option<&str>, &[u8]) {
    (sent.header("content-type"), sent.body())
}

#[test]
fn bytes_text_and_streams_are_given_as_they_are() {
    let sent = sent!(bodies_kinds, |client| client.send_bytes(Body::from_reader(&b"piece by piece"[..])));
    assert_eq!(typed(&sent), (Some("application/octet-stream"), &b"piece by piece"[..]));
    let sent = sent!(bodies_kinds, |client| client.send_text(Body::from_reader(&b"text"[..])));
    assert_eq!(typed(&sent), (Some("text/plain"), &b"text"[..]));
    // A file whose media type happens to be JSON.
    let sent = sent!(bodies_ranges, |client| client.send_file("{ }"));
    assert_eq!(typed(&sent), (Some("application/json"), &b"{ }"[..]));
}

#[test]
fn a_range_is_never_sent() {
    let sent = sent!(bodies_ranges, |client| client.send_picture(Payload::new("image/png", b"\x89PNG")));
    assert_eq!(typed(&sent), (Some("image/png"), &b"\x89PNG"[..]));
    let sent = sent!(bodies_ranges, |client| client.send_any_json(&Default::default()));
    assert_eq!(typed(&sent), (Some("application/json"), &b"{}"[..]));
    let sent = sent!(bodies_ranges, |client| client.send_choice().body_jpeg(b"\xff\xd8"));
    assert_eq!(typed(&sent), (Some("image/jpeg"), &b"\xff\xd8"[..]));
    let sent = sent!(bodies_ranges, |client| client.send_choice().body_image(Payload::new("image/webp", "RIFF")));
    assert_eq!(typed(&sent), (Some("image/webp"), &b"RIFF"[..]));
}
