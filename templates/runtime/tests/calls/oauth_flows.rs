//! OAuth 2 with a person: password, refresh tokens, authorization code, device; and discovery by OpenID Connect.

use crate::api::{BY_OAUTH, Client, secured};
use clientsmith_runtime::codegen::{
    Api, CoreBuilder, Credential, DeviceCode, ErrorKind, Op, PasswordGrant, Scheme, SchemeKind, Server, Tokens, none,
};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, Sent, TransportError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

static OIDC: Api = Api {
    name: "zoo",
    servers: &[Server::at("https://api.zoo.example/v2")],
    schemes: &[Scheme { name: "oidc", kind: SchemeKind::OpenIdConnect { url: "https://id.example/tenant" } }],
    ..Api::BASE
};
static BY_OIDC: Op = secured(&[&["oidc"]]);

/// Answers the requests to token endpoints with these texts in turn, and takes every call.
fn endpoint(answers: &'static [(u16, &'static str)]) -> FakeTransport {
    let count = AtomicUsize::new(0);
    FakeTransport::new(move |sent| {
        if sent.method() != "POST" {
            return HttpResponse::empty(200);
        }
        let (status, text) = answers.get(count.fetch_add(1, Ordering::SeqCst)).copied().unwrap_or((500, "{}"));
        HttpResponse::json(status, text)
    })
}

fn posts(fake: &FakeTransport) -> Vec<String> {
    fake.sent().iter().filter(|sent| sent.method() == "POST").map(Sent::text).collect()
}

fn bearers(fake: &FakeTransport) -> Vec<String> {
    let calls = fake.sent().into_iter().filter(|sent| sent.path() == "/v2/secured");
    calls.map(|sent| sent.header("authorization").unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_password_and_then_the_refresh_token() {
    let fake = endpoint(&[
        (200, r#"{"access_token":"a1","expires_in":100,"refresh_token":"r1"}"#),
        (200, r#"{"access_token":"a2","expires_in":100,"refresh_token":"r2"}"#),
        (200, r#"{"access_token":"a3","expires_in":100}"#),
        (200, r#"{"access_token":"a4","expires_in":100}"#),
    ]);
    let grant = PasswordGrant::new("app", "ann", "s3cret pw").scopes(["a", "b"]);
    let client = Client::builder().transport(fake.clone()).oauth(grant).build().unwrap();
    for _ in 0..4 {
        client.call(&BY_OAUTH).await.unwrap();
        fake.advance(Duration::from_secs(101));
    }
    assert_eq!(
        posts(&fake),
        [
            "grant_type=password&username=ann&password=s3cret+pw&scope=a+b&client_id=app",
            "grant_type=refresh_token&refresh_token=r1&client_id=app",
            "grant_type=refresh_token&refresh_token=r2&client_id=app",
            // The endpoint gave no new one, so the old one is in use (RFC 6749, 6).
            "grant_type=refresh_token&refresh_token=r2&client_id=app",
        ]
    );
    assert_eq!(bearers(&fake), ["Bearer a1", "Bearer a2", "Bearer a3", "Bearer a4"]);
    let endpoints = fake.sent().into_iter().filter(|sent| sent.method() == "POST");
    assert!(endpoints.map(|sent| sent.address().origin()).all(|origin| origin == "https://login.zoo.example"));
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_is_followed_by_the_password() {
    const ANSWERS: [(u16, &str); 3] = [
        (200, r#"{"access_token":"a1","refresh_token":"r1"}"#),
        (400, r#"{"error":"invalid_grant"}"#),
        (200, r#"{"access_token":"a2"}"#),
    ];
    let count = AtomicUsize::new(0);
    let refusing = FakeTransport::new(move |sent| match (sent.method(), sent.header("authorization")) {
        ("GET", Some("Bearer a1")) => HttpResponse::empty(401),
        ("GET", _) => HttpResponse::empty(200),
        _ => {
            let (status, text) = ANSWERS[count.fetch_add(1, Ordering::SeqCst)];
            HttpResponse::json(status, text)
        }
    });
    let grant = PasswordGrant::new("app", "ann", "pw").secret("top").in_body();
    let client = Client::builder().transport(refusing.clone()).oauth(grant).build().unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(
        posts(&refusing),
        [
            "grant_type=password&username=ann&password=pw&client_id=app&client_secret=top",
            "grant_type=refresh_token&refresh_token=r1&client_id=app&client_secret=top",
            "grant_type=password&username=ann&password=pw&client_id=app&client_secret=top",
        ]
    );
    assert_eq!(bearers(&refusing), ["Bearer a1", "Bearer a2"]);
}

#[tokio::test]
async fn an_endpoint_that_is_not_reached_does_not_cost_the_refresh_token() {
    let down = std::sync::Arc::new(AtomicUsize::new(1));
    let is_down = down.clone();
    let fake = FakeTransport::failing(move |sent| match sent.method() {
        "POST" if is_down.load(Ordering::SeqCst) == 1 => Err(TransportError::new("refused")),
        "POST" => Ok(HttpResponse::json(200, r#"{"access_token":"a"}"#)),
        _ => Ok(HttpResponse::empty(200)),
    });
    let tokens = Tokens::from_refresh_token("app", "r");
    let client = Client::builder().transport(fake.clone()).oauth(tokens).build().unwrap();
    let error = client.call(&BY_OAUTH).await.unwrap_err();
    assert_eq!(error.to_string(), "secured: no token: no answer: refused");
    down.store(0, Ordering::SeqCst);
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(posts(&fake)[1], "grant_type=refresh_token&refresh_token=r&client_id=app");
}

#[tokio::test]
async fn tokens_that_have_ended_need_a_person() {
    let fake = endpoint(&[(400, r#"{"error":"invalid_grant","error_description":"r-secret-1 was revoked"}"#)]);
    let tokens = Tokens::from_refresh_token("app", "r-secret-1");
    let client = Client::builder().transport(fake.clone()).oauth(tokens).build().unwrap();
    let error = client.call(&BY_OAUTH).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Credentials, Some(400)));
    assert!(error.to_string().contains("*** was revoked (invalid_grant)"), "{error}");
    let error = client.call(&BY_OAUTH).await.unwrap_err();
    assert!(error.to_string().contains("there is none to renew it with"), "{error}");
    assert_eq!(posts(&fake).len(), 1);
}

#[tokio::test]
async fn a_token_of_a_bound_type_is_not_sent_as_a_bearer() {
    let fake = endpoint(&[(200, r#"{"access_token":"a","token_type":"DPoP"}"#)]);
    let grant = Credential::client_credentials("id", "x");
    let client = Client::builder().transport(fake.clone()).oauth(grant).build().unwrap();
    let error = client.call(&BY_OAUTH).await.unwrap_err();
    assert!(error.to_string().contains("cannot be sent as a bearer"), "{error}");
    assert!(bearers(&fake).is_empty());
}

#[cfg(feature = "pkce")]
mod code {
    use super::*;
    use clientsmith_runtime::codegen::{Authorization, AuthorizationCode};

    async fn start(fake: &FakeTransport) -> Authorization {
        let flow = AuthorizationCode::new("app/1", "http://127.0.0.1:7000/back?x=1")
            .scopes(["a", "b"])
            .param("prompt", "login");
        let builder = Client::builder().transport(fake.clone()).domain("eu.zoo");
        builder
            .core
            .authorize("oauth", "https://login.{domain}/authorize?tenant=1", "https://login.{domain}/oauth/token", flow)
            .await
            .unwrap()
    }

    fn value(url: &str, name: &str) -> String {
        let (_, query) = url.split_once('?').unwrap();
        let found = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name);
        found.unwrap_or_else(|| panic!("{url} has no {name}")).1.to_owned()
    }

    #[tokio::test]
    async fn the_page_and_the_exchange() {
        let fake = endpoint(&[
            (200, r#"{"access_token":"a1","expires_in":100,"refresh_token":"r1"}"#),
            (200, r#"{"access_token":"a2"}"#),
        ]);
        let log_in = start(&fake).await;
        let url = log_in.url();
        let before = "https://login.eu.zoo/authorize?tenant=1&response_type=code&client_id=app%2F1&redirect_uri=http%3A%2F%2F127.0.0.1%3A7000%2Fback%3Fx%3D1&scope=a%20b&state=";
        assert!(url.starts_with(before), "{url}");
        assert!(url.ends_with("&code_challenge_method=S256&prompt=login"), "{url}");
        let (state, challenge) = (value(&url, "state"), value(&url, "code_challenge"));
        assert_eq!((state.len(), challenge.len()), (43, 43));
        assert_eq!(state, log_in.state());
        assert!(!format!("{log_in:?}").contains(&state));
        assert!(fake.sent().is_empty());
        let back = format!("http://127.0.0.1:7000/back?x=1&code=c%2B1&state={state}#top");
        let tokens = log_in.finish(&back).await.unwrap();
        let sent = fake.sent();
        assert_eq!(sent[0].address().to_string(), "https://login.eu.zoo/oauth/token");
        let text = sent[0].text();
        let (rest, verifier) = text.split_once("&code_verifier=").unwrap();
        assert_eq!(
            rest,
            "grant_type=authorization_code&code=c%2B1&redirect_uri=http%3A%2F%2F127.0.0.1%3A7000%2Fback%3Fx%3D1"
        );
        let verifier = verifier.strip_suffix("&client_id=app%2F1").unwrap();
        // RFC 7636, 4.2, by another implementation.
        assert_eq!(challenge, s256(verifier));
        assert_eq!(tokens.refresh_token().unwrap().expose(), "r1");
        assert!(!format!("{tokens:?}").contains("r1\""));
        let client = Client::builder().transport(fake.clone()).oauth(tokens).build().unwrap();
        client.call(&BY_OAUTH).await.unwrap();
        assert_eq!(posts(&fake).len(), 1, "the token that the log-in gave is used first");
        fake.advance(Duration::from_secs(101));
        client.call(&BY_OAUTH).await.unwrap();
        assert_eq!(bearers(&fake), ["Bearer a1", "Bearer a2"]);
        // Where the log-in was, whatever server the client calls.
        assert_eq!(fake.sent()[2].address().to_string(), "https://login.eu.zoo/oauth/token");
    }

    fn s256(verifier: &str) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let bytes = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
        let bits: String = bytes.as_ref().iter().map(|byte| format!("{byte:08b}")).collect();
        let sixes = bits.as_bytes().chunks(6).map(|six| format!("{:0<6}", std::str::from_utf8(six).unwrap()));
        sixes.map(|six| char::from(DIGITS[usize::from_str_radix(&six, 2).unwrap()])).collect()
    }

    #[tokio::test]
    async fn each_log_in_has_its_own_state_and_key() {
        let fake = endpoint(&[]);
        let (one, two) = (start(&fake).await.url(), start(&fake).await.url());
        assert_ne!(value(&one, "state"), value(&two, "state"));
        assert_ne!(value(&one, "code_challenge"), value(&two, "code_challenge"));
    }

    #[tokio::test]
    async fn an_answer_to_another_log_in_is_not_taken() {
        let fake = endpoint(&[(200, r#"{"access_token":"a"}"#)]);
        for back in ["code=c&state=x", "code=c", "", "error=access_denied&state=x"] {
            let error = start(&fake).await.finish(back).await.unwrap_err();
            assert!(error.to_string().contains("its `state` is not the one sent"), "{error}");
        }
        let log_in = start(&fake).await;
        let back = format!("?error=access_denied&error_description=not+today&state={}", log_in.state());
        let error = log_in.finish(&back).await.unwrap_err();
        assert_eq!(error.to_string(), "zoo: no token: the log-in was refused (access_denied): not today");
        let log_in = start(&fake).await;
        let back = format!("state={}", log_in.state());
        assert!(log_in.finish(&back).await.unwrap_err().to_string().contains("holds no code"));
        assert!(fake.sent().is_empty());
    }

    #[tokio::test]
    async fn a_page_that_a_discovery_document_names() {
        let fake = FakeTransport::new(|sent| match sent.method() {
            "GET" => HttpResponse::json(
                200,
                r#"{"authorization_endpoint":"https://id.example/go","token_endpoint":"https://id.example/t"}"#,
            ),
            _ => HttpResponse::json(200, r#"{"access_token":"a"}"#),
        });
        let flow = AuthorizationCode::new("app", "app:/back").scopes(["openid"]);
        let log_in = CoreBuilder::new(&OIDC).transport(fake.clone()).authorize("oidc", "", "", flow).await.unwrap();
        assert!(log_in.url().starts_with("https://id.example/go?response_type=code&"), "{}", log_in.url());
        let back = format!("app:/back?code=c&state={}", log_in.state());
        let _ = log_in.finish(&back).await.unwrap();
        assert_eq!(fake.sent()[1].address().to_string(), "https://id.example/t");
    }
}

#[tokio::test]
async fn a_device() {
    let fake = endpoint(&[
        (
            200,
            r#"{"device_code":"d-secret","user_code":"AB-CD","verification_uri":"https://go.example/","verification_uri_complete":"https://go.example/?c=AB-CD","expires_in":900,"interval":2}"#,
        ),
        (400, r#"{"error":"authorization_pending"}"#),
        (400, r#"{"error":"slow_down"}"#),
        (400, r#"{"error":"authorization_pending"}"#),
        (200, r#"{"access_token":"a1","refresh_token":"r1"}"#),
    ]);
    let builder = Client::builder().transport(fake.clone());
    let flow = DeviceCode::new("app").scopes(["a", "b"]);
    let log_in =
        builder.core.authorize_device("oauth", "https://login.{domain}/device", "/o/token", flow).await.unwrap();
    assert_eq!((log_in.user_code(), log_in.verification_uri()), ("AB-CD", "https://go.example/"));
    assert_eq!(log_in.verification_uri_complete(), Some("https://go.example/?c=AB-CD"));
    assert!(!format!("{log_in:?}").contains("d-secret"));
    let tokens = log_in.wait().await.unwrap();
    assert_eq!(tokens.access_token().unwrap().expose(), "a1");
    let texts = posts(&fake);
    assert_eq!(texts[0], "scope=a+b&client_id=app");
    assert_eq!(
        texts[1],
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d-secret&client_id=app"
    );
    assert_eq!(fake.sent()[0].address().to_string(), "https://login.zoo.example/device");
    let seconds: Vec<u64> = fake.slept().iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [2, 2, 7, 7], "slowing down is for good (RFC 8628, 3.5)");
}

#[tokio::test]
async fn a_device_log_in_ends() {
    const CODES: (u16, &str) =
        (200, r#"{"device_code":"d","user_code":"u","verification_url":"https://go.example/","expires_in":30}"#);
    let start = async |fake: &FakeTransport| {
        let builder = Client::builder().transport(fake.clone());
        builder.core.authorize_device("oauth", "/device", "/o/token", DeviceCode::new("app")).await
    };
    let refused = endpoint(&[CODES, (400, r#"{"error":"access_denied"}"#)]);
    let error = start(&refused).await.unwrap().wait().await.unwrap_err();
    assert!(error.to_string().contains("access_denied"), "{error}");
    // Nobody comes.
    let fake = FakeTransport::new(|sent| match sent.path() {
        "/device" => HttpResponse::json(CODES.0, CODES.1),
        _ => HttpResponse::json(400, r#"{"error":"authorization_pending"}"#),
    });
    let error = start(&fake).await.unwrap().wait().await.unwrap_err();
    assert_eq!(error.to_string(), "zoo: no token: nobody logged in before the code ended");
    assert_eq!(fake.slept().len(), 6);
    // The endpoint is not reached for a while.
    let count = AtomicUsize::new(0);
    let fake = FakeTransport::failing(move |sent| match (sent.path(), count.fetch_add(1, Ordering::SeqCst)) {
        ("/device", _) => Ok(HttpResponse::json(CODES.0, CODES.1)),
        (_, 1) => Err(TransportError::timeout()),
        _ => Ok(HttpResponse::json(200, r#"{"access_token":"a"}"#)),
    });
    let _ = start(&fake).await.unwrap().wait().await.unwrap();
    assert_eq!(fake.slept(), [Duration::from_secs(5), Duration::from_secs(10)]);
    let broken = endpoint(&[(200, r#"{"device_code":"d"}"#)]);
    assert!(start(&broken).await.unwrap_err().to_string().contains("answered without the codes"));
}

#[tokio::test]
async fn a_token_endpoint_that_a_discovery_document_names() {
    let fake = FakeTransport::new(|sent| match sent.address().to_string().as_str() {
        "https://id.example/tenant/.well-known/openid-configuration" => {
            HttpResponse::json(200, r#"{"token_endpoint":"https://tokens.example/t"}"#)
        }
        "https://tokens.example/t" => HttpResponse::json(200, r#"{"access_token":"a","expires_in":100}"#),
        _ => HttpResponse::empty(200),
    });
    let core = CoreBuilder::new(&OIDC).transport(fake.clone()).header("X-Own", "private");
    let core = core.credential("oidc", Credential::client_credentials("id", "s3cret")).build().unwrap();
    for _ in 0..2 {
        core.request(&BY_OIDC).call(none).await.unwrap();
        fake.advance(Duration::from_secs(101));
    }
    let urls: Vec<String> = fake.sent().iter().map(|sent| sent.address().to_string()).collect();
    let (document, token, call) = (
        "https://id.example/tenant/.well-known/openid-configuration",
        "https://tokens.example/t",
        "https://api.zoo.example/v2/secured",
    );
    assert_eq!(urls, [document, token, call, token, call], "the document is read once");
    let sent = fake.sent();
    assert_eq!((sent[0].header("authorization"), sent[0].header("x-own")), (None, None));
    assert_eq!(sent[1].header("x-own"), None, "what is for the API stays with the API");
    assert_eq!(sent[2].header("authorization"), Some("Bearer a"));
    // A fixed token needs no discovery.
    let core = CoreBuilder::new(&OIDC).transport(fake.clone()).credential("oidc", "fixed").build().unwrap();
    core.request(&BY_OIDC).call(none).await.unwrap();
    assert_eq!(fake.sent().last().unwrap().header("authorization"), Some("Bearer fixed"));
}

#[tokio::test]
async fn discovery_documents_that_lack_something() {
    for (status, document, message) in [
        (404, "{}", "no discovery document: https://id.example answered 404 Not Found"),
        (200, "<html>", "what https://id.example answered is no JSON"),
        (200, "{}", "the discovery document of https://id.example has no token_endpoint"),
        (200, r#"{"token_endpoint":"http://id.example/t"}"#, "is not reached by https"),
    ] {
        let fake = FakeTransport::new(move |_| HttpResponse::json(status, document));
        let core = CoreBuilder::new(&OIDC).transport(fake.clone());
        let core = core.credential("oidc", Credential::client_credentials("id", "s3cret")).build().unwrap();
        let error = core.request(&BY_OIDC).call(none).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(fake.sent().len(), 1, "the secret went nowhere");
    }
}
