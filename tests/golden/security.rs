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
