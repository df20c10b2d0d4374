//! The bytes of an answer, as they arrive.

use crate::pieces::{Pieces, client, client_of};
use clientsmith_runtime::codegen::{ErrorKind, Op};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, TransportError};
use std::sync::atomic::Ordering;

static REPORT: Op = Op { id: "report", path: "/report", accept: "application/pdf, application/json;q=0.1", ..Op::BASE };

#[tokio::test]
async fn head_first_then_each_chunk_when_it_is_wanted() {
    let pieces = Pieces::new(["ab", "", "c"]);
    let read = pieces.counter();
    let client = client(pieces.answer("application/pdf").with_header("X-Pages", "3"));
    let mut body = client.core.request(&REPORT).byte_stream("application/pdf").await.unwrap();
    assert_eq!((body.status(), body.header("x-pages")), (200, Some("3")));
    assert_eq!(read.load(Ordering::SeqCst), 0);
    assert_eq!(body.next().await.unwrap().unwrap(), b"ab");
    assert_eq!(read.load(Ordering::SeqCst), 1);
    assert_eq!(body.into_body().collect().await.unwrap(), b"c");
}

#[tokio::test]
async fn accept_is_the_operation_s_or_one_s_own() {
    let fake = FakeTransport::new(|_| HttpResponse::json(200, "{}"));
    let client = client_of(fake.clone());
    client.core.request(&REPORT).byte_stream("").await.unwrap();
    client.core.request(&REPORT).byte_stream("image/png").await.unwrap();
    let accepts: Vec<_> = fake.sent().iter().map(|sent| sent.header("accept").unwrap().to_owned()).collect();
    assert_eq!(accepts, ["application/pdf, application/json;q=0.1", "image/png"]);
}

#[tokio::test]
async fn errors() {
    let client_404 = client(HttpResponse::json(404, "{\"message\":\"no report\"}"));
    let error = client_404.core.request(&REPORT).byte_stream("").await.unwrap_err();
    assert_eq!(error.to_string(), "report: the server answered 404 Not Found: no report");
    let client = client(Pieces::new(["a"]).failing(TransportError::new("reset")).answer("application/pdf"));
    let mut body = client.core.request(&REPORT).byte_stream("").await.unwrap();
    assert_eq!(body.next().await.unwrap().unwrap(), b"a");
    assert_eq!(body.next().await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
    assert!(body.next().await.is_none());
}

#[tokio::test]
async fn the_limit_counts_where_all_is_kept() {
    let fake = FakeTransport::new(|_| Pieces::new(["abc", "def"]).answer("application/pdf"));
    let core = clientsmith_runtime::codegen::CoreBuilder::new(&crate::api::API);
    let core = core.transport(fake).answer_limit(5).build().unwrap();
    let mut body = core.request(&REPORT).byte_stream("").await.unwrap();
    while let Some(chunk) = body.next().await {
        assert_eq!(chunk.unwrap().len(), 3);
    }
    let error = core.request(&REPORT).byte_stream("").await.unwrap().into_body().collect().await.unwrap_err();
    assert_eq!(error.to_string(), "report: the answer is larger than the limit of 5 bytes");
}
