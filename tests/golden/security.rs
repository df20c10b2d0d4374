//! What generated builders take for security schemes, and what calls send for it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use golden::runtime::http::{FakeTransport, HttpResponse};
use golden::{AuthorizationCode, ClientCredentials, DeviceCode, PasswordGrant};

/// Runs a future that never waits, as all are over a [`FakeTransport`].
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// An API, its token endpoints and its discovery document.
fn world() -> FakeTransport {
    FakeTransport::new(|sent| match sent.path() {
        "/.well-known/openid-configuration" => HttpResponse::json(
            200,
            r#"{"token_endpoint":"https://id.example/token","authorization_endpoint":"https://id.example/page"}"#,
        ),
        "/device" => HttpResponse::json(200, r#"{"device_code":"d","user_code":"U","verification_uri":"https://go.example"}"#),
        _ if sent.method() == "POST" => HttpResponse::json(200, r#"{"access_token":"t"}"#),
        _ => HttpResponse::empty(204),
    })
}

#[test]
fn grants() {
    let fake = world();
    let builder = golden::security_flows::Client::builder().url("https://x.example").transport(fake.clone());
    let client = builder.oauth(PasswordGrant::new("app", "ann", "pw")).build().unwrap();
    run(client.get_oauth().send()).unwrap();
    let sent = fake.sent();
    assert_eq!(sent[0].address().to_string(), "https://login.example/token");
    assert_eq!(sent[1].header("authorization"), Some("Bearer t"));

    let fake = world();
    let builder = golden::security_flows::Client::builder().url("https://x.example").transport(fake.clone());
    let client = builder.oidc(ClientCredentials::new("id", "secret")).build().unwrap();
    run(client.get_oidc().send()).unwrap();
    assert_eq!(fake.sent()[1].address().to_string(), "https://id.example/token");
}

#[test]
fn log_ins() {
    let fake = world();
    let builder = golden::security_flows::Client::builder().url("https://x.example").transport(fake.clone());
    let log_in = run(builder.oauth_authorize(AuthorizationCode::new("app", "app:/back"))).unwrap();
    assert!(log_in.url().starts_with("https://login.example/page?response_type=code&client_id=app&"), "{}", log_in.url());
    let back = format!("app:/back?code=c&state={}", log_in.state());
    let tokens = run(log_in.finish(&back)).unwrap();
    assert_eq!(fake.sent()[0].address().to_string(), "https://login.example/code-token");
    let client = builder.oauth(tokens).build().unwrap();
    run(client.get_oauth().send()).unwrap();

    let builder = golden::security_flows::Client::builder().url("https://x.example").transport(fake.clone());
    let log_in = run(builder.oauth_device(DeviceCode::new("app"))).unwrap();
    assert_eq!((log_in.user_code(), log_in.verification_uri()), ("U", "https://go.example"));
    assert_eq!(run(log_in.wait()).unwrap().access_token().unwrap().expose(), "t");
    let page = run(builder.oidc_authorize(AuthorizationCode::new("app", "app:/back"))).unwrap();
    assert!(page.url().starts_with("https://id.example/page?"), "{}", page.url());
}

#[test]
fn what_is_missing_is_named() {
    let fake = world();
    let client = golden::security_flows::Client::builder().url("https://x.example").transport(fake.clone());
    let client = client.build().unwrap();
    let error = run(client.get_mutual().send()).unwrap_err();
    assert!(error.to_string().contains("`mutual` (a client certificate, which the transport shows)"), "{error}");
    assert!(fake.sent().is_empty());
    let client = golden::security_flows::Client::builder().url("https://x.example").transport(fake.clone());
    run(client.mutual().build().unwrap().get_mutual().send()).unwrap();
    assert_eq!(fake.sent().len(), 1);
}

/// All of a requirement, one of several, none where one is empty; nothing is sent that lacks something.
#[test]
fn what_a_call_needs() {
    use golden::security_needs::{Client, ClientBuilder};

    let with = |set: fn(ClientBuilder) -> ClientBuilder| {
        let fake = world();
        let builder = Client::builder().url("https://x.example").transport(fake.clone());
        (set(builder).build().unwrap(), fake)
    };
    let (none, a, b, both) =
        (with(|it| it), with(|it| it.a("1")), with(|it| it.b("2")), with(|it| it.b("2").a("1")));
    macro_rules! check {
        ($call:ident: $($given:ident $wanted:literal),+) => {$(
            let (client, fake) = &$given;
            let before = fake.sent().len();
            let answer = run(client.$call().send());
            let sent = fake.sent();
            let found = match answer {
                Ok(_) => {
                    let fields = ["X-A", "X-B", "Authorization"].into_iter();
                    fields.filter(|name| sent[before].header(name).is_some()).collect::<Vec<_>>().join(" ")
                }
                Err(error) => {
                    assert_eq!(sent.len(), before, "{error}");
                    error.to_string().split_once("credentials for ").unwrap().1.split(';').next().unwrap().to_owned()
                }
            };
            assert_eq!(found, $wanted, concat!(stringify!($call), " with ", stringify!($given)));
        )+};
    }
    check!(get_default: none "`a` (a key for the header \"X-A\")", a "X-A", both "X-A");
    check!(get_default: b "`a` (a key for the header \"X-A\")");
    check!(get_either: a "X-A", b "X-B", both "X-A");
    check!(get_either: none "`a` (a key for the header \"X-A\"), or for `b` (a key for the header \"X-B\")");
    check!(get_together: both "X-A X-B");
    check!(get_together: a "`a` (a key for the header \"X-A\") and `b` (a key for the header \"X-B\")");
    check!(get_together: b "`a` (a key for the header \"X-A\") and `b` (a key for the header \"X-B\")");
    check!(get_optional: none "", a "X-A", b "");
    check!(get_none: none "", both "");
    // Whatever its scopes are.
    check!(get_scopes: both "`o` (an OAuth 2 token, or a grant that gets one)");
}
