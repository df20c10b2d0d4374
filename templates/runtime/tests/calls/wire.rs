//! The default transport, against a server on the loopback: the very bytes.

use crate::api::{
    BY_LOGIN, BY_OAUTH, Client, ClientBuilder, DELETE_PETS, HEAD_PET, models, models::LoginRequest, secured,
};
use crate::server::{Server, json, with};
use clientsmith_runtime::codegen::{BodySpec, Credential, ErrorKind, Items, Next, Op, Options, Paging, Value, none};
use clientsmith_runtime::http::ReqwestTransport;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn builder(server: &Server) -> ClientBuilder {
    let transport = ReqwestTransport::builder().no_proxy().build().unwrap();
    Client::builder().transport(transport).url(format!("{}/v2", server.url()))
}

#[tokio::test]
async fn a_get_byte_for_byte() {
    let server = Server::start(|_| json(200, r#"{"id":1}"#)).await;
    let client = builder(&server).build().unwrap();
    let pet =
        client.get_pet("a/{b} ü").expand(vec!["x,y".into(), "z".into()]).trace("t").theme("dark").send().await.unwrap();
    assert_eq!(pet.id, 1);
    let head = server.seen().remove(0).head;
    // What is unpacked depends on features.
    let mut lines: Vec<&str> = head.lines().filter(|line| !line.starts_with("accept-encoding")).collect();
    assert_eq!(lines.remove(0), "GET /v2/pets/a%2F%7Bb%7D%20%C3%BC?expand=x%2Cy&expand=z HTTP/1.1");
    lines.sort_unstable();
    let host = format!("host: {}", server.address);
    assert_eq!(lines, ["accept: application/json", "cookie: theme=dark", &host, "user-agent: zoo/1.0", "x-trace: t"]);
}

#[tokio::test]
async fn a_delete_and_a_post_with_a_body() {
    let server = Server::start(|_| json(200, r#"{"id":1}"#)).await;
    let client = builder(&server).build().unwrap();
    let pet = models::Pet { id: 7, ..Default::default() };
    client.core.request(&DELETE_PETS).json(&pet).call(none).await.unwrap();
    client.post_pets(&pet).send().await.unwrap();
    static GET_WITH_BODY: Op = Op { method: "GET", ..DELETE_PETS };
    client.core.request(&GET_WITH_BODY).json(&pet).call(none).await.unwrap();
    for (seen, line) in server.seen().iter().zip(["DELETE /v2/pets", "POST /v2/pets", "GET /v2/pets"]) {
        assert_eq!(seen.line(), format!("{line} HTTP/1.1"));
        assert_eq!(seen.headers(), ["content-length: 8", "content-type: application/json"]);
        assert_eq!(seen.text(), r#"{"id":7}"#);
    }
}

/// Pages by links over real connections: the credentials come along, and nothing at all goes to another origin.
#[tokio::test]
async fn pages_by_links() {
    static FIND: Op = Op { method: "POST", path: "/find", ..secured(&[&["key"]]) };
    static LINKS: Paging = Paging { items: "/value", next: Next::Link { at: "/nextLink" }, ..Paging::BASE };
    let other = Server::start(|_| json(200, r#"{"value":[9]}"#)).await;
    let elsewhere = format!("{}/v2/find", other.url());
    let server = Server::start(move |seen| match seen.line() {
        "POST /v2/find HTTP/1.1" => json(200, r#"{"value":[1],"nextLink":"/v2/find?skip=1"}"#),
        "GET /v2/find?skip=1 HTTP/1.1" => json(200, r#"{"value":[2,3],"nextLink":"?skip=3"}"#),
        _ => json(200, &format!(r#"{{"value":[4],"nextLink":"{elsewhere}"}}"#)),
    })
    .await;
    let client = builder(&server).with("key", Credential::token("s3cret")).build().unwrap();
    let mut items = Items::<i64>::new(client.core.request(&FIND), &LINKS);
    let mut found = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(item) => found.push(item),
            Err(error) => break error,
        }
    };
    assert_eq!((found, error.kind()), (vec![1, 2, 3, 4], ErrorKind::Paging));
    let lines: Vec<String> = server.seen().iter().map(|seen| seen.line().to_owned()).collect();
    assert_eq!(lines[2], "GET /v2/find?skip=3 HTTP/1.1");
    assert!(server.seen().iter().all(|seen| seen.header("x-key") == Some("s3cret")));
    assert_eq!((lines.len(), other.seen().len()), (3, 0));
}

#[tokio::test]
async fn every_method() {
    let server = Server::start(|_| "HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n".to_owned()).await;
    let client = builder(&server).build().unwrap();
    let methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY", "PURGE"];
    for method in methods {
        let op: &'static Op = Box::leak(Box::new(Op { id: "any", method, path: "/any", ..Op::BASE }));
        client.call(op).await.unwrap();
    }
    let lines: Vec<String> = server.seen().iter().map(|seen| seen.line().to_owned()).collect();
    assert_eq!(lines, methods.map(|method| format!("{method} /v2/any HTTP/1.1")));
}

/// Whether a call may be repeated is the caller's to decide, whatever the server asks for.
#[tokio::test]
async fn an_error_is_not_followed_by_another_try() {
    for status in [401, 408, 409, 425, 429, 500, 502, 503, 504] {
        let server = Server::start(move |_| with(status, "Retry-After: 0\r\n", "")).await;
        let client = builder(&server).with("bearer", Credential::token("t")).build().unwrap();
        static GET: Op = secured(&[&["bearer"]]);
        let error = client.call(&GET).await.unwrap_err();
        assert_eq!((error.status(), server.seen().len()), (Some(status), 1));
    }
}

/// RFC 9110, 8.6: a length of nothing is said where the method means a body, and nowhere else.
#[tokio::test]
async fn what_has_no_body_says_so() {
    let server = Server::start(|_| with(204, "", "")).await;
    let client = builder(&server).build().unwrap();
    for (method, length) in
        [("POST", Some("0")), ("PUT", Some("0")), ("PATCH", Some("0")), ("GET", None), ("DELETE", None)]
    {
        let text = BodySpec::new("text/plain", false);
        let op: &'static Op =
            Box::leak(Box::new(Op { id: "ping", method, path: "/ping", body: Some(text), ..Op::BASE }));
        client.call(op).await.unwrap();
        client.core.request(op).text("").call(none).await.unwrap();
        client.core.request(op).form(&[], &Value::object::<&str, Value>([])).call(none).await.unwrap();
        for (seen, media) in server.seen().iter().rev().take(3).rev().zip([
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
        ]) {
            assert_eq!((seen.header("content-length"), seen.header("transfer-encoding")), (length, None), "{method}");
            assert_eq!(seen.header("content-type"), media, "{method}");
        }
    }
}

#[tokio::test]
async fn head_and_empty_answers() {
    let server = Server::start(|seen| match seen.line().split(' ').next() {
        Some("HEAD") => "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nX-Size: 99\r\n\r\n".to_owned(),
        _ => "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
    })
    .await;
    let client = builder(&server).build().unwrap();
    let head = client.core.request(&HEAD_PET).set(0, &"1").call(none).await.unwrap();
    assert_eq!((head.status(), head.header("x-size")), (200, Some("99")));
    assert_eq!(client.call(&DELETE_PETS).await.unwrap().status(), 204);
    assert_eq!(server.seen()[0].line(), "HEAD /v2/pets/1 HTTP/1.1");
}

#[tokio::test]
async fn credentials_in_each_place() {
    static ALL: Op = secured(&[&["key", "queryKey", "cookieKey", "basic"]]);
    let server = Server::start(|_| json(200, "{}")).await;
    let client = builder(&server)
        .with("key", Credential::token("k"))
        .with("queryKey", Credential::token("q&"))
        .with("cookieKey", Credential::token("c"))
        .with("basic", Credential::basic("Aladdin", "open sesame"))
        .build()
        .unwrap();
    client.call(&ALL).await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.line(), "GET /v2/secured?api%20key=q%26 HTTP/1.1");
    assert_eq!(seen.headers(), ["authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "cookie: sid=c", "x-key: k"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_token_for_twenty_calls() {
    let server = Server::start(|seen| match seen.line().split(' ').nth(1) {
        Some("/token") => json(200, r#"{"access_token":"t","expires_in":3600}"#),
        _ => json(200, "{}"),
    })
    .await;
    let client =
        builder(&server).oauth(Credential::client_credentials("id", "s3")).oauth_token_url("/token").build().unwrap();
    let tasks: Vec<_> = (0..20).map(|_| tokio::spawn(client.call(&BY_OAUTH))).collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let seen = server.seen();
    let tokens: Vec<_> = seen.iter().filter(|seen| seen.line().starts_with("POST")).collect();
    assert_eq!(tokens.len(), 1);
    assert_eq!(tokens[0].text(), "grant_type=client_credentials");
    assert_eq!(
        tokens[0].headers(),
        ["authorization: Basic aWQ6czM=", "content-length: 29", "content-type: application/x-www-form-urlencoded"]
    );
    assert_eq!(seen.len(), 21);
    assert!(seen.iter().skip(1).all(|seen| seen.header("authorization") == Some("Bearer t")));
}

#[tokio::test]
async fn a_log_in_that_gives_two_headers_and_is_repeated() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |seen| {
        if seen.line().starts_with("POST /v2/login") {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            return json(200, &format!(r#"{{"accessToken":"t{number}","organizationLabel":"acme"}}"#));
        }
        json(if seen.header("token") == Some("t1") { 401 } else { 200 }, "{}")
    })
    .await;
    let who = LoginRequest { login: "ann".into(), key: "k".into(), ..Default::default() };
    let client = builder(&server).login(&who).build().unwrap();
    client.call(&BY_LOGIN).await.unwrap();
    let seen = server.seen();
    let lines: Vec<&str> = seen.iter().map(|seen| seen.line()).collect();
    let (login, call) = ("POST /v2/login HTTP/1.1", "GET /v2/secured HTTP/1.1");
    assert_eq!(lines, [login, call, login, call]);
    assert_eq!(seen[0].text(), r#"{"login":"ann","key":"k"}"#);
    assert_eq!(seen[3].headers(), ["organization: acme", "token: t2"]);
}

#[tokio::test]
async fn pages_over_the_wire() {
    static LIST: Op = Op { id: "list", path: "/list", ..Op::BASE };
    static ADDRESS: Paging = Paging { items: "/entities", next: Next::address("/nextUri"), ..Paging::BASE };
    let server = Server::start(|seen| match seen.line().split(' ').nth(1) {
        Some("/v2/list") => json(200, r#"{"entities":[1,2],"nextUri":"/v2/list?after=%2B"}"#),
        _ => json(200, r#"{"entities":[3]}"#),
    })
    .await;
    let client = builder(&server).build().unwrap();
    let items = Items::<u8>::new(client.core.request(&LIST), &ADDRESS).try_collect().await.unwrap();
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(server.seen()[1].line(), "GET /v2/list?after=%2B HTTP/1.1");
}

#[tokio::test]
async fn redirects_stay_within_the_origin() {
    let other = Server::start(|_| json(200, r#"{"id":2}"#)).await;
    let elsewhere = format!("{}/v2/pets/1", other.url());
    let server = Server::start(move |seen| match seen.line().split(' ').nth(1).unwrap() {
        "/v2/pets/here" => with(302, "Location: /v2/pets/1\r\n", ""),
        "/v2/pets/there" => with(302, &format!("Location: {elsewhere}\r\n"), ""),
        "/v2/pets/loop" => with(307, "Location: loop\r\n", ""),
        "/v2/pets" => with(303, "Location: /v2/pets/1\r\n", ""),
        "/v2/secured" => with(308, "Location: /v2/pets/1\r\n", ""),
        _ => json(200, r#"{"id":1}"#),
    })
    .await;
    let client = builder(&server).with("bearer", Credential::token("t")).build().unwrap();
    assert_eq!(client.get_pet("here").send().await.unwrap().id, 1);
    let error = client.get_pet("there").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(302)));
    assert_eq!(
        error.to_string(),
        "getPet: the server answered 302 Found, a redirect that was not followed: it leads to another origin or on and on, or the body was a stream"
    );
    assert!(other.seen().is_empty());
    let error = client.get_pet("loop").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(307)));
    assert_eq!(server.seen().iter().filter(|seen| seen.line().contains("loop")).count(), 6);
    // See Other: the body stays behind.
    client.post_pets(&models::Pet::default()).send().await.unwrap();
    let seen = server.seen();
    let last = seen.last().unwrap();
    assert_eq!((last.line(), last.body.len()), ("GET /v2/pets/1 HTTP/1.1", 0));
    assert_eq!(last.header("content-type"), None);
    // Permanent: the same request, with its credentials, elsewhere on the same server.
    static PUT: Op = Op { method: "PUT", ..secured(&[&["bearer"]]) };
    client.core.request(&PUT).text("x").call(none).await.unwrap();
    let seen = server.seen();
    let last = seen.last().unwrap();
    assert_eq!((last.line(), last.text().as_str()), ("PUT /v2/pets/1 HTTP/1.1", "x"));
    assert_eq!(last.header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn timeouts() {
    let server = Server::start(|seen| match seen.line().contains("slow-body") {
        true => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_owned(),
        false => String::new(),
    })
    .await;
    let client = builder(&server).timeout(Duration::from_millis(100)).build().unwrap();
    for pet in ["1", "slow-body"] {
        let error = client.get_pet(pet).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert_eq!(error.to_string(), "getPet: no answer within 100ms");
    }
    let patient = builder(&server).build().unwrap();
    let options = Options::new().timeout(Duration::from_millis(50));
    let error = patient.get_pet("1").options(options).send().await.unwrap_err();
    assert_eq!(error.to_string(), "getPet: no answer within 50ms");
}

#[tokio::test]
async fn no_connection() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let transport = ReqwestTransport::builder().no_proxy().build().unwrap();
    let client = Client::builder().transport(transport).url(format!("http://127.0.0.1:{port}")).build().unwrap();
    let client = client.core.request(&crate::api::GET_PET).set(0, &"1");
    let error = client.call(none).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().to_lowercase().contains("connect"), "{error}");
    assert!(!error.to_string().contains("pets"), "{error}");
}

#[tokio::test]
async fn a_broken_answer_does_not_show_the_key_in_the_address() {
    let server =
        Server::start(|_| "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{".to_owned() + "\0")
            .await;
    static QUERY: Op = secured(&[&["queryKey"]]);
    let client = builder(&server)
        .with("queryKey", Credential::token("s3cret"))
        .timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let error = client.core.request(&QUERY).call(none).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    let unreachable =
        Client::builder().url("http://127.0.0.1:1").with("queryKey", Credential::token("s3cret")).build().unwrap();
    let error = unreachable.core.request(&QUERY).call(none).await.unwrap_err();
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        shown += &format!(" {inner} {inner:?}");
        source = inner.source();
    }
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn an_answer_in_chunks() {
    let server = Server::start(|_| {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"id\r\n4\r\n\":1}\r\n0\r\n\r\n".to_owned()
    })
    .await;
    let client = builder(&server).build().unwrap();
    assert_eq!(client.get_pet("1").send().await.unwrap().id, 1);
    let small = builder(&server).answer_limit(6).build().unwrap();
    assert!(small.get_pet("1").send().await.unwrap_err().to_string().contains("limit of 6 bytes"));
}

#[tokio::test]
async fn the_builder_makes_a_transport_by_itself() {
    if ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].iter().any(|name| std::env::var_os(name).is_some()) {
        return; // It would be asked for the loopback.
    }
    let server = Server::start(|_| json(200, r#"{"id":1}"#)).await;
    let client = Client::builder().url(server.url()).build().unwrap();
    assert_eq!(client.get_pet("1").send().await.unwrap().id, 1);
}

#[test]
fn a_transport_takes_settings() {
    let transport = ReqwestTransport::builder().connect_timeout(Duration::from_secs(1));
    assert!(format!("{transport:?}").contains("1s"));
    let error = transport.identity("nonsense").build().unwrap_err();
    assert!(!error.to_string().is_empty());
    ReqwestTransport::builder()
        .root_certificates("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
        .build()
        .unwrap_err();
}

#[tokio::test]
async fn a_stream_of_known_length_and_one_without() {
    use crate::streamed_bodies::{UPLOAD, pieces};
    use clientsmith_runtime::codegen::Body;
    let server = Server::start(|_| with(204, "", "")).await;
    let client = builder(&server).build().unwrap();
    let stream = || Body::from_stream(pieces([Ok("hello "), Ok("world")]));
    client.core.request(&UPLOAD).bytes(stream().with_length(11)).call(none).await.unwrap();
    client.core.request(&UPLOAD).bytes(stream()).call(none).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].headers(), ["content-length: 11", "content-type: application/octet-stream"]);
    assert_eq!(seen[1].headers(), ["content-type: application/octet-stream", "transfer-encoding: chunked"]);
    for seen in seen {
        assert_eq!(seen.text(), "hello world");
    }
    // Less than was announced never looks like a whole body.
    let short = client.core.request(&UPLOAD).bytes(stream().with_length(12)).call(none).await.unwrap_err();
    assert_eq!(short.kind(), ErrorKind::Transport);
    assert_eq!(server.seen().len(), 2);
}
