//! A log-in whose answer feeds two headers.

use crate::api::{BY_LOGIN, Client, LOG_IN, models::LoginRequest};
use clientsmith_runtime::codegen::{ErrorKind, json};
use clientsmith_runtime::http::{FakeTransport, HttpResponse};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn who() -> LoginRequest {
    LoginRequest { login: "ann".into(), key: "s3cret-key".into(), ..Default::default() }
}

/// Logs in with tokens `a1`, `a2`, …; the API takes those from `from` on.
fn world(from: Arc<AtomicUsize>) -> (FakeTransport, Client) {
    let count = AtomicUsize::new(0);
    let fake = FakeTransport::new(move |sent| {
        if sent.path() == "/v2/login" {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            return HttpResponse::json(200, &format!(r#"{{"accessToken":"a{number}","organizationLabel":"acme"}}"#));
        }
        let number: usize = sent.header("token").unwrap_or("a0").trim_start_matches('a').parse().unwrap();
        HttpResponse::json(if number >= from.load(Ordering::SeqCst) { 200 } else { 401 }, "[]")
    });
    let client = Client::builder().transport(fake.clone()).login(&who()).build().unwrap();
    (fake, client)
}

fn lines(fake: &FakeTransport) -> Vec<String> {
    let line =
        |sent: &clientsmith_runtime::http::Sent| format!("{} {}", sent.path(), sent.header("token").unwrap_or("-"));
    fake.sent().iter().map(line).collect()
}

#[tokio::test]
async fn it_runs_once_before_the_first_call_that_needs_it() {
    let (fake, client) = world(Arc::default());
    client.call(&crate::api::DELETE_PETS).await.unwrap();
    assert_eq!(lines(&fake), ["/v2/pets -"]);
    client.call(&BY_LOGIN).await.unwrap();
    client.call(&BY_LOGIN).await.unwrap();
    assert_eq!(lines(&fake)[1..], ["/v2/login -", "/v2/secured a1", "/v2/secured a1"]);
    let sent = fake.sent();
    assert_eq!((sent[1].method(), sent[1].text().as_str()), ("POST", r#"{"login":"ann","key":"s3cret-key"}"#));
    assert_eq!(sent[2].header("organization"), Some("acme"));
}

#[tokio::test]
async fn it_is_repeated_once_when_its_token_is_refused() {
    let from = Arc::new(AtomicUsize::new(0));
    let (fake, client) = world(Arc::clone(&from));
    client.call(&BY_LOGIN).await.unwrap();
    from.store(2, Ordering::SeqCst);
    client.call(&BY_LOGIN).await.unwrap();
    assert_eq!(lines(&fake)[2..], ["/v2/secured a1", "/v2/login -", "/v2/secured a2"]);
    from.store(99, Ordering::SeqCst);
    let error = client.call(&BY_LOGIN).await.unwrap_err();
    assert_eq!(error.status(), Some(401));
    assert_eq!(lines(&fake)[5..], ["/v2/secured a2", "/v2/login -", "/v2/secured a3"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_once_log_in_once() {
    let from = Arc::new(AtomicUsize::new(0));
    let (fake, client) = world(Arc::clone(&from));
    for (first, logins) in [(0, 1), (2, 2)] {
        from.store(first, Ordering::SeqCst);
        let tasks: Vec<_> = (0..20).map(|_| tokio::spawn(client.call(&BY_LOGIN))).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!(lines(&fake).iter().filter(|line| line.starts_with("/v2/login")).count(), logins);
    }
}

#[tokio::test]
async fn a_refused_log_in_is_told_without_the_key() {
    let fake = FakeTransport::new(|_| HttpResponse::json(401, r#"{"message":"bad key s3cret-key"}"#));
    let client = Client::builder().transport(fake.clone()).login(&who()).build().unwrap();
    let error = client.call(&BY_LOGIN).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Credentials, Some(401)));
    assert_eq!(error.operation(), "secured");
    assert_eq!(error.to_string(), "secured: log-in (logIn): the server answered 401 Unauthorized");
    assert!(!format!("{error:?} {client:?}").contains("s3cret-key"));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn an_answer_that_lacks_a_value_is_told() {
    for (body, says) in [
        (r#"{"accessToken":"t"}"#, "the answer has no text for `organization` at /organizationLabel"),
        (r#"{"accessToken":"","organizationLabel":"x"}"#, "the answer has no text for `token` at /accessToken"),
        ("hello", "the answer is not JSON"),
    ] {
        let fake = FakeTransport::new(move |_| HttpResponse::json(200, body));
        let client = Client::builder().transport(fake).login(&who()).build().unwrap();
        let error = client.call(&BY_LOGIN).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert_eq!(error.to_string(), format!("secured: log-in (logIn): {says}"));
    }
}

#[tokio::test]
async fn without_it_the_call_names_both_schemes() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    let error = client.call(&BY_LOGIN).await.unwrap_err();
    assert!(error.to_string().contains("`token` (a key for the header \"token\") and `organization` ("), "{error}");
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn the_operation_can_be_called_by_itself() {
    let (_, client) = world(Arc::default());
    let answer =
        client.core.request(&LOG_IN).json(&who()).call(json::<clientsmith_runtime::codegen::Value>).await.unwrap();
    assert_eq!(answer.get("accessToken").unwrap().as_str(), Some("a1"));
}
