//! No `Debug` and no `Display` shows a secret.

use crate::api::{Client, models::LoginRequest, secured};
use clientsmith_runtime::auth::AccessToken;
use clientsmith_runtime::codegen::{ClientCredentials, Credential, Draft, JwtSigner, Op, Payload, Secret};
use clientsmith_runtime::http::{Address, Body, FakeTransport, HttpRequest, HttpResponse, TransportError};
use std::fmt::Debug;

const WORD: &str = "s3cret";

fn hides(value: &dyn Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains(WORD), "{shown}");
    }
}

#[test]
fn types_that_hold_secrets_hide_them() {
    hides(&Secret::from(WORD));
    hides(&Credential::token(WORD));
    hides(&Credential::basic("user", WORD));
    hides(&ClientCredentials::new("id", WORD));
    hides(&Credential::client_credentials("id", WORD));
    hides(&JwtSigner::hs256(WORD));
    hides(&Credential::from(JwtSigner::hs256(WORD)));
    hides(&AccessToken::new(WORD));
    hides(&Payload::new("text/plain", WORD));
    hides(&Body::from(WORD));
    hides(&Address::parse(&format!("https://h/p?key={WORD}")).unwrap());
    let login = LoginRequest { login: "ann".into(), key: WORD.into(), ..Default::default() };
    hides(&login);
    let draft = Draft::new(&crate::api::LOG_IN).json(&login);
    hides(&draft);
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let builder = Client::builder()
        .transport(fake.clone())
        .header("Authorization", format!("Bearer {WORD}"))
        .oauth(Credential::client_credentials("id", WORD))
        .with("key", Credential::token(WORD))
        .with("basic", Credential::basic("user", WORD))
        .login(&login);
    hides(&builder);
    hides(&builder.build().unwrap());
}

#[test]
fn requests_hide_them() {
    let address = Address::parse(&format!("https://h/p?key={WORD}")).unwrap();
    let mut headers = clientsmith_runtime::codegen::Headers::new();
    headers.insert("Authorization", WORD).unwrap();
    hides(&HttpRequest::new("GET", address).with_headers(headers).with_body(WORD));
}

static EVERYWHERE: Op = secured(&[&["key", "queryKey", "cookieKey", "bearer"]]);

fn everywhere() -> crate::api::ClientBuilder {
    let secret = |tail: &str| Credential::token(format!("{WORD}-{tail}"));
    let builder = Client::builder().with("key", secret("k")).with("queryKey", secret("q"));
    builder.with("cookieKey", secret("c")).with("bearer", secret("b"))
}

#[tokio::test]
async fn what_was_sent_is_hidden_by_the_fake_transport_too() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    everywhere().transport(fake.clone()).build().unwrap().call(&EVERYWHERE).await.unwrap();
    hides(&fake.sent());
    hides(&fake);
}

#[tokio::test]
async fn a_server_that_echoes_credentials_does_not_get_them_into_messages() {
    for status in [400, 200] {
        let fake = FakeTransport::new(move |sent| {
            let echo =
                format!("you sent {} and {}", sent.header("authorization").unwrap(), sent.header("x-key").unwrap());
            HttpResponse::json(status, &format!(r#"{{"message":"{echo}"}}"#))
        });
        let client = everywhere().transport(fake).build().unwrap();
        let call = client.core.request(&EVERYWHERE).call(clientsmith_runtime::codegen::json::<Vec<u8>>);
        let error = call.await.unwrap_err();
        hides(&error);
        assert!(!error.to_string().contains(WORD), "{error}");
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(!source.contains(WORD), "{source}");
        let hidden = if status == 400 { "you sent Bearer *** and ***" } else { "at $ (byte 0)" };
        assert!(error.to_string().ends_with(hidden), "{error}");
    }
}

#[tokio::test]
async fn a_short_credential_is_hidden_as_a_word_and_leaves_other_words_alone() {
    static KEY: Op = secured(&[&["key"]]);
    let fake = FakeTransport::new(|_| HttpResponse::json(400, r#"{"message":"key 't' is not a teapot, t. tt"}"#));
    let client = Client::builder().transport(fake).with("key", Credential::token("t")).build().unwrap();
    let error = client.call(&KEY).await.unwrap_err();
    assert_eq!(error.to_string(), "secured: the server answered 400 Bad Request: key '***' is not a teapot, ***. tt");
}

#[tokio::test]
async fn a_cut_message_does_not_leave_half_of_a_secret() {
    static KEY: Op = secured(&[&["key"]]);
    let fake = FakeTransport::new(|sent| {
        let text = format!("{} {}", "x".repeat(195), sent.header("x-key").unwrap());
        HttpResponse::new(500, Default::default(), Body::from(text))
    });
    let client = Client::builder().transport(fake).with("key", Credential::token(WORD)).build().unwrap();
    let error = client.call(&KEY).await.unwrap_err();
    assert!(error.to_string().ends_with("xxx ***"), "{error}");
}

#[tokio::test]
async fn nor_does_a_transport_that_puts_them_into_its_error() {
    let fake = FakeTransport::failing(|sent| Err(TransportError::new(format!("cannot reach {}", sent.address()))));
    let error = everywhere().transport(fake).build().unwrap().call(&EVERYWHERE).await.unwrap_err();
    hides(&error);
    assert!(!error.to_string().contains(WORD), "{error}");
}
