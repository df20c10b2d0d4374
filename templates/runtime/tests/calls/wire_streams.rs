//! Answers through the default transport that are read while they arrive: what is given, and when.

use crate::api::Client;
use clientsmith_runtime::codegen::{ErrorKind, Op, Options};
use clientsmith_runtime::http::ReqwestTransport;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

static EVENTS: Op = Op { id: "events", path: "/events", accept: "text/event-stream", ..Op::BASE };

/// A server for one connection.
async fn serve<F: Future<Output = ()> + Send + 'static>(
    work: impl FnOnce(TcpStream) -> F + Send + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { work(listener.accept().await.unwrap().0).await });
    address
}

async fn read_until(stream: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while !all.ends_with(end) {
        assert_ne!(stream.read_buf(&mut all).await.unwrap(), 0, "{}", String::from_utf8_lossy(&all));
    }
    all
}

fn transport() -> ReqwestTransport {
    ReqwestTransport::builder().no_proxy().build().unwrap()
}

fn client(address: SocketAddr) -> Client {
    Client::builder().transport(transport()).url(format!("http://{address}")).build().unwrap()
}

#[tokio::test]
async fn an_event_is_given_when_it_arrives() {
    let (go, wait) = tokio::sync::oneshot::channel::<()>();
    let address = serve(|mut stream| async move {
        read_until(&mut stream, b"\r\n\r\n").await;
        let head = "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n\r\n";
        stream.write_all(format!("{head}data: one\n\n").as_bytes()).await.unwrap();
        wait.await.unwrap();
        stream.write_all(b"data: two\n\n").await.unwrap();
    })
    .await;
    // The time of the exchange is that of the head.
    let options = Options::new().timeout(Duration::from_secs(20));
    let call = client(address).core.request(&EVENTS).options(options).text_events("text/event-stream");
    let mut events = call.await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "one");
    go.send(()).unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "two");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_pause_may_be_too_long() {
    let address = serve(|mut stream| async move {
        read_until(&mut stream, b"\r\n\r\n").await;
        let head = "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n\r\n";
        stream.write_all(format!("{head}data: one\n\n").as_bytes()).await.unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let options = Options::new().pause(Duration::from_millis(50));
    let call = client(address).core.request(&EVENTS).options(options).text_events("text/event-stream");
    let mut events = call.await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "one");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::Timeout, "events: the answer paused for more than 50ms")
    );
}

#[tokio::test]
async fn a_head_may_come_too_late() {
    let address = serve(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let options = Options::new().timeout(Duration::from_millis(50));
    let call = client(address).core.request(&EVENTS).options(options).byte_stream("");
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Timeout, "events: no answer within 50ms"));
}

#[tokio::test]
async fn who_reads_slowly_slows_the_server_down() {
    // More than any buffer between the two holds.
    const SIZE: usize = 64 << 20;
    let sent = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = std::sync::Arc::clone(&sent);
    let address = serve(move |mut stream| async move {
        read_until(&mut stream, b"\r\n\r\n").await;
        stream.write_all(format!("HTTP/1.1 200 X\r\nContent-Length: {SIZE}\r\n\r\n").as_bytes()).await.unwrap();
        let chunk = vec![b'x'; 1 << 16];
        while counter.load(std::sync::atomic::Ordering::SeqCst) < SIZE {
            if stream.write_all(&chunk).await.is_err() {
                return;
            }
            counter.fetch_add(chunk.len(), std::sync::atomic::Ordering::SeqCst);
        }
    })
    .await;
    let mut body = client(address).core.request(&EVENTS).byte_stream("").await.unwrap();
    let first = body.next().await.unwrap().unwrap().len();
    // As long as the server gets on, it is only filling buffers.
    let mut before = usize::MAX;
    while before != sent.load(std::sync::atomic::Ordering::SeqCst) {
        before = sent.load(std::sync::atomic::Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(before < SIZE, "all was sent before it was asked for");
    let mut rest = 0;
    while let Some(chunk) = body.next().await {
        rest += chunk.unwrap().len();
    }
    assert_eq!(first + rest, SIZE);
}

/// A limit is for what is unpacked, and stops the unpacking: few bytes can stand for very many.
#[cfg(feature = "gzip")]
#[tokio::test]
async fn the_limit_counts_what_is_unpacked() {
    // A JSON string of 100,000 blanks by gzip, of which most bytes are zero.
    let mut packed = vec![0; 134];
    packed[..5].copy_from_slice(&[31, 139, 8, 0, 0]);
    packed[8..25].copy_from_slice(&[2, 3, 237, 193, 49, 13, 0, 0, 0, 2, 160, 42, 206, 254, 33, 173, 225]);
    packed[25..27].copy_from_slice(&[1, 52]);
    packed[123..133].copy_from_slice(&[192, 173, 14, 174, 186, 139, 118, 162, 134, 1]);
    for (status, limit) in [(200, 100_002), (200, 100_001), (200, 134), (500, 134)] {
        let packed = packed.clone();
        let address = serve(move |mut stream| async move {
            read_until(&mut stream, b"\r\n\r\n").await;
            let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n");
            stream.write_all(format!("{head}Content-Length: {}\r\n\r\n", packed.len()).as_bytes()).await.unwrap();
            stream.write_all(&packed).await.unwrap();
        })
        .await;
        let builder = Client::builder().transport(transport()).url(format!("http://{address}")).answer_limit(limit);
        let answer = builder.build().unwrap().core.request(&EVENTS).call(clientsmith_runtime::codegen::text).await;
        match answer {
            // The text in the JSON string, which has two quotes around it.
            Ok(answer) => assert_eq!((answer.into_body().len(), limit), (100_000, 100_002)),
            Err(error) => {
                let kind = if status == 500 { ErrorKind::Status } else { ErrorKind::Transport };
                assert_eq!(error.kind(), kind, "{error}");
                assert!(error.to_string().contains(&format!("larger than the limit of {limit} bytes")), "{error}");
                assert!(limit < 100_002, "{error}");
            }
        }
    }
}

/// Each feature asks for its coding and unpacks it; without it nothing asks.
#[tokio::test]
async fn what_is_packed_is_unpacked() {
    // `{"a":1}` in each.
    const GZIP: &[u8] =
        &[31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 84, 178, 50, 172, 5, 0, 175, 172, 27, 86, 7, 0, 0, 0];
    // One block as it is (RFC 7932, 9.2), and an empty one that ends the stream.
    const BR: &[u8] = b"\x60\x00\x10{\"a\":1}\x03";
    const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd\x04\x58\x39\x00\x00{\"a\":1}\x48\x8b\xfc\x32";
    for (coding, is_on, packed) in [
        ("gzip", cfg!(feature = "gzip"), GZIP),
        ("br", cfg!(feature = "brotli"), BR),
        ("zstd", cfg!(feature = "zstd"), ZSTD),
    ] {
        let (tell, told) = tokio::sync::oneshot::channel();
        let address = serve(move |mut stream| async move {
            let seen = read_until(&mut stream, b"\r\n\r\n").await;
            tell.send(String::from_utf8(seen).unwrap()).unwrap();
            let head = format!(
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n",
                packed.len()
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(packed).await.unwrap();
        })
        .await;
        let answer = client(address).core.request(&EVENTS).call(clientsmith_runtime::codegen::bytes).await.unwrap();
        assert_eq!(answer.into_body(), if is_on { b"{\"a\":1}" } else { packed }, "{coding}");
        let head = told.await.unwrap().to_lowercase();
        let accepted = head.lines().find_map(|line| line.strip_prefix("accept-encoding: ")).unwrap_or_default();
        assert_eq!(accepted.split(',').any(|found| found.trim() == coding), is_on, "{accepted}");
    }
}
