//! Redirects over real connections: what goes along within an origin, and that nothing goes anywhere else.

use crate::api::{Client, ClientBuilder, secured};
use crate::server::{Server, json, with};
use clientsmith_runtime::codegen::{Credential, ErrorKind, Op, none};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, ReqwestTransport};

static ALL: Op = secured(&[&["key", "queryKey", "cookieKey", "bearer"]]);

fn transport() -> ReqwestTransport {
    ReqwestTransport::builder().no_proxy().build().unwrap()
}

fn builder(server: &Server, transport: &ReqwestTransport) -> ClientBuilder {
    Client::builder().transport(transport.clone()).url(server.url())
}

/// A client that has a credential in each place, from the document and from the user.
fn armed(builder: ClientBuilder) -> Client {
    builder
        .with("key", Credential::token("s3cret-k"))
        .with("queryKey", Credential::token("s3cret q"))
        .with("cookieKey", Credential::token("s3cret-c"))
        .with("bearer", Credential::token("s3cret-b"))
        .header("Token", "s3cret-t")
        .build()
        .unwrap()
}

/// A server that leads from `/secured` to `location`, where `HERE` stands for its own authority.
async fn leading(status: u16, location: &str) -> Server {
    let location = location.to_owned();
    Server::start(move |seen| match seen.line().contains(" /secured") {
        true => {
            let location = location.replace("HERE", seen.header("host").unwrap());
            with(status, &format!("Location: {location}\r\n"), "")
        }
        false => json(200, "{}"),
    })
    .await
}

#[tokio::test]
async fn within_the_origin_all_credentials_go_along() {
    let key = "api%20key=s3cret%20q";
    let cases = [
        (301, "/next", format!("/next?{key}")),
        (302, "next?x=1", format!("/next?x=1&{key}")),
        (303, "http://HERE/next#part", format!("/next?{key}")),
        (307, "//HERE/next", format!("/next?{key}")),
        // The server said it already, in its own way.
        (308, "/next?api%20key=s3cret+q&y", "/next?api%20key=s3cret+q&y".to_owned()),
    ];
    let transport = transport();
    for (status, location, target) in cases {
        let server = leading(status, location).await;
        armed(builder(&server, &transport)).call(&ALL).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen[0].line(), format!("GET /secured?{key} HTTP/1.1"));
        assert_eq!(seen[1].line(), format!("GET {target} HTTP/1.1"), "{status} {location}");
        for seen in &seen {
            assert_eq!(
                seen.headers(),
                ["authorization: Bearer s3cret-b", "cookie: sid=s3cret-c", "token: s3cret-t", "x-key: s3cret-k"]
            );
        }
        assert_eq!(seen.len(), 2);
    }
}

#[tokio::test]
async fn nothing_goes_to_another_origin() {
    let other = Server::start(|_| json(200, "{}")).await;
    let port = other.address.port();
    let cases = [
        // Another port, with and without what looks like the old one.
        format!("http://127.0.0.1:{port}/next"),
        format!("//127.0.0.1:{port}/next"),
        format!("http://HERE@127.0.0.1:{port}/next"),
        format!("http://127.0.0.1:{port}\\@HERE/next"),
        // Another scheme, another host.
        "https://HERE/next".to_owned(),
        format!("http://localhost:{port}/next"),
        "http://HERE.other.invalid/next".to_owned(),
        // No address of HTTP at all.
        "ftp://HERE/next".to_owned(),
        "file:///etc/hostname".to_owned(),
        "http://[HERE/next".to_owned(),
        "http://".to_owned(),
    ];
    let transport = transport();
    for location in cases {
        for status in [301, 302, 303, 307, 308] {
            let server = leading(status, &location).await;
            let error = armed(builder(&server, &transport)).call(&ALL).await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)), "{location}");
            assert!(error.to_string().contains("a redirect that was not followed"), "{location}: {error}");
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{location}: {error:?}");
            assert_eq!(server.seen().len(), 1, "{status} {location}");
        }
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn nor_by_a_detour() {
    let other = Server::start(|_| json(200, "{}")).await;
    let away = format!("{}/next", other.url());
    let server = Server::start(move |seen| match seen.line().contains(" /secured") {
        true => with(307, "Location: /second\r\n", ""),
        false => with(307, &format!("Location: {away}\r\n"), ""),
    })
    .await;
    let transport = transport();
    let error = armed(builder(&server, &transport)).call(&ALL).await.unwrap_err();
    assert_eq!((error.status(), server.seen().len(), other.seen().len()), (Some(307), 2, 0));
}

/// What a server on the loopback has not: TLS and well-known ports.
#[tokio::test]
async fn an_origin_is_scheme_host_and_port() {
    let cases = [
        ("https://api.zoo.example/v2", "https://API.zoo.example:443/next", true),
        ("https://api.zoo.example/v2", "http://api.zoo.example/next", false),
        ("https://api.zoo.example/v2", "http://api.zoo.example:443/next", false),
        ("https://api.zoo.example/v2", "https://api.zoo.example:8443/next", false),
        ("https://api.zoo.example/v2", "https://zoo.example/next", false),
        ("https://api.zoo.example/v2", "https://api.zoo.example./next", false),
        ("https://api.zoo.example/v2", "https://api.zoo.example.evil.example/next", false),
        ("https://api.zoo.example/v2", "https://api.zoo.example@evil.example/next", false),
        ("http://api.zoo.example/v2", "http://api.zoo.example:80/next", true),
        ("http://api.zoo.example/v2", "https://api.zoo.example/next", false),
    ];
    for (url, location, followed) in cases {
        let fake = FakeTransport::new(move |sent| match sent.path() {
            "/v2/secured" => HttpResponse::empty(307).with_header("location", location),
            _ => HttpResponse::empty(204),
        });
        let answer = armed(Client::builder().transport(fake.clone()).url(url)).call(&ALL).await;
        assert_eq!((answer.is_ok(), fake.sent().len()), (followed, if followed { 2 } else { 1 }), "{location}");
    }
}

/// RFC 9110, sections 15.4.2 to 15.4.9: what becomes of method and body. A redirect that would say something else by
/// the same method, or the same by another one, is left to the caller.
#[tokio::test]
async fn methods_and_bodies() {
    type Sent = Option<(&'static str, &'static str)>;
    const SAME: Sent = Some(("", "x"));
    const AS_GET: Sent = Some(("GET", ""));
    static POST: Op = Op { method: "POST", ..secured(&[]) };
    static PUT: Op = Op { method: "PUT", ..secured(&[]) };
    static PATCH: Op = Op { method: "PATCH", ..secured(&[]) };
    static DELETE: Op = Op { method: "DELETE", ..secured(&[]) };
    let cases: [(u16, &Op, Sent); 20] = [
        (301, &POST, AS_GET),
        (302, &POST, AS_GET),
        (303, &POST, AS_GET),
        (307, &POST, SAME),
        (308, &POST, SAME),
        (301, &PUT, None),
        (302, &PUT, None),
        (303, &PUT, AS_GET),
        (307, &PUT, SAME),
        (308, &PUT, SAME),
        (301, &PATCH, None),
        (302, &PATCH, None),
        (303, &PATCH, AS_GET),
        (307, &PATCH, SAME),
        (308, &PATCH, SAME),
        (301, &DELETE, None),
        (302, &DELETE, None),
        (303, &DELETE, AS_GET),
        (307, &DELETE, SAME),
        (308, &DELETE, SAME),
    ];
    let transport = transport();
    for (status, op, wanted) in cases {
        let op: &'static Op = op;
        let server = leading(status, "/next").await;
        let answer = builder(&server, &transport).build().unwrap().core.request(op).text("x").call(none).await;
        let mut seen = server.seen();
        assert_eq!(seen.remove(0).text(), "x");
        match wanted {
            None => assert_eq!((answer.unwrap_err().status(), seen.len()), (Some(status), 0), "{} {status}", op.method),
            Some((method, body)) => {
                let (method, next) = (if method.is_empty() { op.method } else { method }, seen.remove(0));
                assert_eq!((next.line(), &*next.text()), (&*format!("{method} /next HTTP/1.1"), body), "{status}");
                let media = (!body.is_empty()).then_some("text/plain");
                assert_eq!(next.header("content-type").and_then(|media| media.split(';').next()), media);
            }
        }
    }
}

/// A client's own secret goes to the token endpoint, and only there.
#[tokio::test]
async fn a_token_endpoint_leads_nowhere() {
    let other = Server::start(|_| json(200, r#"{"access_token":"t"}"#)).await;
    let transport = transport();
    for status in [302, 307] {
        let location = format!("Location: {}/token\r\n", other.url());
        let server = Server::start(move |_| with(status, &location, "")).await;
        let grant = Credential::client_credentials("id", "s3cret");
        let client = builder(&server, &transport).oauth(grant).oauth_token_url("/token").build().unwrap();
        let error = client.call(&crate::api::BY_OAUTH).await.unwrap_err();
        assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Credentials, 1), "{error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
    assert!(other.seen().is_empty());
}
