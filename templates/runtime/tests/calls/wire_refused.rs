//! What is refused before anything is sent, and what goes out as it is: a server that listens sees the difference.

use crate::api::{Client, ClientBuilder, secured};
use crate::server::{Server, json};
use clientsmith_runtime::codegen::{
    BodySpec, CookieStyle, Credential, Delimiter, Encode, ErrorKind, Map, Multipart, Op, Options, Param, Part, Payload,
    Place, Request, Value, none,
};
use clientsmith_runtime::http::ReqwestTransport;

static SEND: Op = Op {
    id: "send",
    method: "POST",
    path: "/send",
    params: &[
        Param::header("X-Text"),
        Param::header("X-Tabs").style(Place::DelimitedHeader(Delimiter::Tab)),
        Param::at("plain", Place::Cookie(CookieStyle::Cookie), true),
        Param::at("joined", Place::Cookie(CookieStyle::Cookie), false),
        Param::cookie("form"),
    ],
    body: Some(BodySpec::new("text/plain", false)),
    ..Op::BASE
};

fn transport() -> ReqwestTransport {
    ReqwestTransport::builder().no_proxy().build().unwrap()
}

fn builder(server: &Server, transport: &ReqwestTransport) -> ClientBuilder {
    Client::builder().transport(transport.clone()).url(server.url())
}

async fn listening() -> (Server, Client) {
    let server = Server::start(|_| json(200, "{}")).await;
    let client = builder(&server, &transport()).build().unwrap();
    (server, client)
}

/// A length that is not that of the body cuts it short, or lets the server wait for more (RFC 9110, section 8.6).
#[tokio::test]
async fn what_frames_a_message_is_not_given() {
    static SIZED: Op = Op { params: &[Param::header("Content-Length")], ..SEND };
    let (server, client) = listening().await;
    for name in ["Content-Length", "transfer-encoding", "Connection", "HOST"] {
        let text = format!("header \"{name}\" is written by the transport and cannot be given");
        let call = client.core.request(&SEND).text("hello").options(Options::new().header(name, "3"));
        assert_eq!(call.call(none).await.unwrap_err().to_string(), format!("send: not sent: {text}"));
        let error = builder(&server, &transport()).header(name, "3").build().unwrap_err();
        assert_eq!(error.to_string(), format!("zoo: no client: {text}"));
    }
    assert!(client.core.request(&SIZED).set(0, &3).text("hello").call(none).await.is_err());
    assert!(server.seen().is_empty());
}

/// RFC 9110, section 5.5: CR, LF and NUL are invalid and dangerous; other control characters are invalid but for a tab.
#[tokio::test]
async fn no_header_is_sent_that_would_be_two() {
    type Fill = fn(Request, &str) -> Request;
    let (server, client) = listening().await;
    let places: [(&str, Fill); 9] = [
        ("X-Text", |request, text| request.set(0, &text)),
        ("X-Text", |request, text| request.set(0, &vec!["a", text])),
        ("X-Tabs", |request, text| request.set(1, &vec!["a", text])),
        ("Cookie", |request, text| request.set(2, &text)),
        ("Cookie", |request, text| request.set(3, &Map::from_iter([("a", text)]))),
        ("X-Own", |request, text| request.options(Options::new().header("X-Own", text))),
        ("Content-Type", |request, text| request.body(Payload::new(format!("text/{text}"), ""))),
        ("X-Part", |request, text| part(request, Part::from("").header("X-Part", text))),
        ("Content-Type", |request, text| part(request, Part::from("").media_type(text))),
    ];
    for (name, fill) in places {
        for text in ["a\r\nX-Admin: 1", "a\nX-Admin: 1", "a\rX-Admin: 1", "a\0X-Admin", "a\x1bX-Admin", "a\x7fX-Admin"]
        {
            let error = fill(client.core.request(&SEND), text).call(none).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{name} {text:?}: {error}");
            assert!(error.to_string().starts_with("send: not sent: "), "{error}");
            assert!(error.to_string().contains(name), "{name} {text:?}: {error}");
            assert!(!error.to_string().contains("Admin"), "{error}");
        }
    }
    for text in [" a", "a ", "\ta"] {
        let error = client.core.request(&SEND).set(0, &text).call(none).await.unwrap_err();
        assert!(error.to_string().contains("begins or ends with a blank, which would be lost"), "{error}");
    }
    // Where the text is encoded it is a value as any other.
    client.core.request(&SEND).set(4, &"a\r\nb\0").call(none).await.unwrap();
    let named = part(client.core.request(&SEND), Part::from("").file_name("a\r\nX-Admin: 1"));
    named.call(none).await.unwrap();
    let seen = server.seen();
    assert_eq!((seen.len(), seen[0].header("cookie")), (2, Some("form=a%0D%0Ab%00")));
    assert!(!seen[1].text().contains("\nX-Admin"), "{}", seen[1].text());
}

fn part(request: Request, part: Part) -> Request {
    request.body(Multipart::new("multipart/form-data").named("p", part).into())
}

#[tokio::test]
async fn no_credential_is_sent_that_would_be_two_headers() {
    static BY_KEY: Op = secured(&[&["key"]]);
    static BY_BEARER: Op = secured(&[&["bearer"]]);
    static BY_DIGEST: Op = secured(&[&["digest"]]);
    static BY_TWO: Op = secured(&[&["organization", "token"]]);
    let transport = transport();
    for (scheme, op) in [("key", &BY_KEY), ("bearer", &BY_BEARER), ("digest", &BY_DIGEST), ("token", &BY_TWO)] {
        let server = Server::start(|_| json(200, "{}")).await;
        let client = builder(&server, &transport)
            .with("organization", Credential::token("acme"))
            .with(scheme, Credential::token("s3cret\r\nX-Admin: 1"))
            .build()
            .unwrap();
        let error = client.call(op).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(error.to_string().contains(&format!("the credential for `{scheme}`")), "{error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        assert!(server.seen().is_empty());
    }
}

/// Beyond ASCII a value goes out as UTF-8, and is read as that.
#[tokio::test]
async fn what_is_not_ascii_is_utf_8() {
    let (server, client) = listening().await;
    let request = client.core.request(&SEND).set(0, &"grüße\t☃").set(1, &vec!["a", "é"]).set(2, &"ü");
    request.options(Options::new().header("X-Own", "é")).call(none).await.unwrap();
    let seen = server.seen().remove(0);
    let values = ["x-text", "x-tabs", "cookie", "x-own"].map(|name| seen.header(name).unwrap().to_owned());
    assert_eq!(values, ["grüße\t☃", "a\té", "plain=ü", "é"]);
}

/// OpenAPI 3.2, Style Values: `cookie` is `form` with "; " between, and nothing is escaped.
#[tokio::test]
async fn cookies_as_they_are() {
    let object = || Map::from_iter([("R", Value::from(100)), ("G", "a,b c".into())]);
    let none_of_it: Vec<String> = Vec::new();
    let cases: [(&str, usize, &dyn Encode); 10] = [
        ("plain=blue", 2, &"blue"),
        ("plain=a b,c=%2B\"/?&", 2, &"a b,c=%2B\"/?&"),
        ("plain=1.50", 2, &"1.50".parse::<Value>().unwrap()),
        ("plain=true", 2, &true),
        ("plain=", 2, &""),
        ("plain=a; plain=b c", 2, &vec!["a", "b c"]),
        ("R=100; G=a,b c", 2, &object()),
        ("joined=a,b c", 3, &vec!["a", "b c"]),
        ("joined=R,100,G,a,b c", 3, &object()),
        // The style of earlier versions.
        ("form=a%20b%2Cc%3B", 4, &"a b,c;"),
    ];
    for (wanted, index, value) in cases {
        let (server, client) = listening().await;
        client.core.request(&SEND).set(index, value).call(none).await.unwrap();
        assert_eq!(server.seen()[0].header("cookie"), Some(wanted));
    }
    let (server, client) = listening().await;
    client.core.request(&SEND).set(2, &none_of_it).set(3, &Value::Null).call(none).await.unwrap();
    assert_eq!(server.seen()[0].header("cookie"), None);
    let several = client.core.request(&SEND).set(2, &vec!["a", "b"]).set(4, &"c d");
    several.options(Options::new()).call(none).await.unwrap();
    assert_eq!(server.seen()[1].header("cookie"), Some("plain=a; plain=b; form=c%20d"));
    // What would end it, wherever it stands.
    let bad: [(usize, &dyn Encode); 4] =
        [(2, &"a; b=c"), (2, &vec!["a", "b;"]), (3, &Map::from_iter([("x;y", 1)])), (2, &Map::from_iter([("x", ";")]))];
    for (index, value) in bad {
        let error = client.core.request(&SEND).set(index, value).call(none).await.unwrap_err();
        assert!(error.to_string().contains("has a value with `;`, which would end it"), "{error}");
    }
    assert_eq!(server.seen().len(), 2);
}

/// Within a requirement all schemes are needed, one requirement is enough, and the empty one needs nothing (OpenAPI,
/// Security Requirement Object).
#[tokio::test]
async fn needs() {
    type Needs = &'static [&'static [&'static str]];
    const AND: Needs = &[&["key", "bearer"]];
    const OR: Needs = &[&["key"], &["bearer"]];
    const MIXED: Needs = &[&["key", "queryKey"], &["basic"]];
    const FIRST_OPEN: Needs = &[&[], &["key", "bearer"]];
    const LAST_OPEN: Needs = &[&["key", "bearer"], &[]];
    const OPEN: Needs = &[];
    let key = "`key` (a key for the header \"X-Key\")";
    let bearer = "`bearer` (a bearer token)";
    let query = "`queryKey` (a key for the query parameter \"api key\")";
    let basic = "`basic` (a user name and a password)";
    let (both, either) = (format!("{key} and {bearer}"), format!("{key}, or for {bearer}"));
    let mixed = format!("{key} and {query}, or for {basic}");
    // What goes out, or what is missing.
    type Wanted<'a> = Result<&'a [&'a str], &'a str>;
    let cases: [(Needs, &[&'static str], Wanted<'_>); 20] = [
        (AND, &[], Err(&both)),
        (AND, &["key"], Err(&both)),
        (AND, &["bearer", "basic"], Err(&both)),
        (AND, &["bearer", "key"], Ok(&["authorization: Bearer c", "x-key: c"])),
        (OR, &[], Err(&either)),
        (OR, &["basic"], Err(&either)),
        (OR, &["key"], Ok(&["x-key: c"])),
        (OR, &["bearer"], Ok(&["authorization: Bearer c"])),
        (OR, &["bearer", "key"], Ok(&["x-key: c"])),
        (MIXED, &["key"], Err(&mixed)),
        (MIXED, &["queryKey"], Err(&mixed)),
        (MIXED, &["queryKey", "basic"], Ok(&["authorization: Basic YzpjMg=="])),
        (MIXED, &["queryKey", "basic", "key"], Ok(&["x-key: c", "?api%20key=c"])),
        (FIRST_OPEN, &[], Ok(&[])),
        (FIRST_OPEN, &["key"], Ok(&[])),
        (FIRST_OPEN, &["key", "bearer"], Ok(&["authorization: Bearer c", "x-key: c"])),
        (LAST_OPEN, &["bearer"], Ok(&[])),
        (LAST_OPEN, &["key", "bearer"], Ok(&["authorization: Bearer c", "x-key: c"])),
        (OPEN, &["key", "bearer", "basic"], Ok(&[])),
        (&[&[]], &["key"], Ok(&[])),
    ];
    let transport = transport();
    for (security, given, wanted) in cases {
        let server = Server::start(|_| json(200, "{}")).await;
        let client = given.iter().fold(builder(&server, &transport), |builder, scheme| match *scheme {
            "basic" => builder.with(scheme, Credential::basic("c", "c2")),
            _ => builder.with(scheme, Credential::token("c")),
        });
        let op: &'static Op = Box::leak(Box::new(secured(security)));
        let answer = client.build().unwrap().call(op).await;
        let seen = server.seen();
        match wanted {
            Ok(wanted) => {
                answer.unwrap();
                let mut found = seen[0].headers();
                found.extend(
                    seen[0]
                        .line()
                        .split(' ')
                        .nth(1)
                        .and_then(|target| target.find('?').map(|at| target[at..].to_owned())),
                );
                assert_eq!(found, wanted, "{security:?} {given:?}");
            }
            Err(missing) => {
                let error = answer.unwrap_err();
                assert_eq!((error.kind(), seen.len()), (ErrorKind::Credentials, 0), "{security:?} {given:?}");
                assert_eq!(
                    error.to_string(),
                    format!("secured: not sent: it needs credentials for {missing}; give them to the client's builder")
                );
            }
        }
    }
}
