//! Answers to HEAD over real connections: they speak of a body that does not come (RFC 9110, section 9.3.2).

use crate::api::{Client, HEAD_PET, PostPetsError};
use crate::server::{Server, with};
use clientsmith_runtime::codegen::{ErrorKind, Op, Options, none};
use clientsmith_runtime::http::ReqwestTransport;
use std::time::Duration;

const FIELDS: &str = "Content-Type: application/json\r\nX-Size: 99\r\n";

fn transport() -> ReqwestTransport {
    ReqwestTransport::builder().no_proxy().build().unwrap()
}

fn client(server: &Server, transport: &ReqwestTransport) -> Client {
    // Whoever waits for the body that is announced waits until then.
    Client::builder().transport(transport.clone()).url(server.url()).timeout(Duration::from_secs(20)).build().unwrap()
}

#[tokio::test]
async fn no_body_is_waited_for_whatever_the_status() {
    static GET: Op = Op { method: "GET", ..HEAD_PET };
    let lengths = [
        "Content-Length: 99\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\nContent-Length: 99\r\n",
    ];
    let transport = transport();
    for length in lengths {
        for status in [200, 204, 206, 304, 400, 401, 403, 404, 410, 429, 500, 503] {
            let server = Server::start(move |seen| match seen.line().starts_with("HEAD") {
                true => format!("HTTP/1.1 {status} X\r\n{FIELDS}{length}\r\n"),
                false => with(200, "", ""),
            })
            .await;
            let client = client(&server, &transport);
            let answer = client.core.request(&HEAD_PET).set(0, &"1").call(none).await;
            match answer {
                Ok(answer) => {
                    assert_eq!((answer.status(), answer.header("x-size")), (status, Some("99")));
                    assert!(status < 300, "{status}");
                }
                Err(error) => {
                    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)), "{error}");
                    assert_eq!((error.headers().get("x-size"), error.body().len()), (Some("99"), 0));
                    // There is nothing to read, and that is no error on top of the error.
                    let nothing = |typed| typed == PostPetsError::Refused(String::new());
                    assert!(error.typed::<PostPetsError>().is_none_or(nothing), "{status}");
                    assert!(status >= 300, "{status}");
                }
            }
            // The connection is as good as before.
            client.core.request(&GET).set(0, &"1").call(none).await.unwrap();
            let lines: Vec<String> = server.seen().iter().map(|seen| seen.line().to_owned()).collect();
            assert_eq!(lines, ["HEAD /pets/1 HTTP/1.1", "GET /pets/1 HTTP/1.1"]);
        }
    }
}

#[tokio::test]
async fn a_redirect_keeps_the_method() {
    let transport = transport();
    for status in [301, 302, 303, 307, 308] {
        let server = Server::start(move |seen| match seen.line().contains("/1 ") {
            true => format!("HTTP/1.1 {status} X\r\nLocation: 2\r\nContent-Length: 99\r\n\r\n"),
            false => format!("HTTP/1.1 200 X\r\n{FIELDS}\r\n"),
        })
        .await;
        let answer = client(&server, &transport).core.request(&HEAD_PET).set(0, &"1").call(none).await.unwrap();
        assert_eq!(answer.header("x-size"), Some("99"));
        assert_eq!(server.seen()[1].line(), "HEAD /pets/2 HTTP/1.1", "{status}");
    }
}

/// A limit is for what is read.
#[tokio::test]
async fn the_limit_does_not_count_what_does_not_come() {
    let server = Server::start(|_| format!("HTTP/1.1 200 X\r\n{FIELDS}Content-Length: 99\r\n\r\n")).await;
    let client = Client::builder().transport(transport()).url(server.url()).answer_limit(10).build().unwrap();
    let options = Options::new().timeout(Duration::from_secs(20));
    assert!(client.core.request(&HEAD_PET).set(0, &"1").options(options).call(none).await.is_ok());
}
