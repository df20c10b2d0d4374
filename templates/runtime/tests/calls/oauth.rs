//! OAuth 2 client credentials, and tokens from a provider: kept, renewed early, renewed once.

use crate::api::{BY_OAUTH, Client, ClientBuilder};
use clientsmith_runtime::auth::{AccessToken, ProviderError, TokenProvider};
use clientsmith_runtime::codegen::{BoxFuture, ClientCredentials, Credential, ErrorKind, Transport};
use clientsmith_runtime::http::{FakeTransport, HttpRequest, HttpResponse, Sent, TransportError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// A token endpoint and an API: the API takes the tokens in `good`.
struct World {
    fake: FakeTransport,
    issued: Arc<AtomicUsize>,
    good: Arc<Mutex<Vec<String>>>,
}

impl World {
    /// Tokens `t1`, `t2`, … that last `lifetime` seconds by their own word; all are good at first.
    fn new(lifetime: &'static str) -> Self {
        let issued = Arc::new(AtomicUsize::new(0));
        let good = Arc::new(Mutex::new(Vec::new()));
        let (count, taken) = (Arc::clone(&issued), Arc::clone(&good));
        let fake = FakeTransport::new(move |sent| {
            if sent.path().ends_with("/token") {
                let token = format!("t{}", count.fetch_add(1, Ordering::SeqCst) + 1);
                taken.lock().unwrap().push(token.clone());
                return HttpResponse::json(
                    200,
                    &format!(r#"{{"access_token":"{token}","token_type":"bearer"{lifetime}}}"#),
                );
            }
            let bearer = sent.header("authorization").unwrap_or_default().trim_start_matches("Bearer ").to_owned();
            HttpResponse::json(if taken.lock().unwrap().contains(&bearer) { 200 } else { 401 }, "{}")
        });
        Self { fake, issued, good }
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder().transport(self.fake.clone()).oauth(Credential::client_credentials("id", "s3cret"))
    }

    fn issued(&self) -> usize {
        self.issued.load(Ordering::SeqCst)
    }

    fn revoke_all(&self) {
        self.good.lock().unwrap().clear();
    }
}

fn calls(fake: &FakeTransport) -> Vec<Sent> {
    fake.sent().into_iter().filter(|sent| sent.path() == "/v2/secured").collect()
}

#[tokio::test]
async fn the_token_request_is_as_the_rfc_says() {
    let world = World::new("");
    let grant = ClientCredentials::new("id:1", "s3c ret/+").scopes(["a", "b c"]).param("audience", "zoo");
    let client = Client::builder().transport(world.fake.clone()).oauth(grant).build().unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    let sent = world.fake.sent();
    let token = &sent[0];
    assert_eq!(token.method(), "POST");
    assert_eq!(token.address().to_string(), "https://login.zoo.example/oauth/token");
    assert_eq!(token.text(), "grant_type=client_credentials&scope=a+b+c&audience=zoo");
    assert_eq!(token.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(token.header("accept"), Some("application/json"));
    // id%3A1:s3c+ret%2F%2B
    assert_eq!(token.header("authorization"), Some("Basic aWQlM0ExOnMzYytyZXQlMkYlMkI="));
    assert_eq!(sent[1].header("authorization"), Some("Bearer t1"));
    assert_eq!(sent.len(), 2);
}

#[tokio::test]
async fn id_and_secret_can_go_into_the_body() {
    let world = World::new("");
    let grant = ClientCredentials::new("id", "s&c").in_body();
    let client = Client::builder().transport(world.fake.clone()).oauth(grant).build().unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(world.fake.sent()[0].text(), "grant_type=client_credentials&client_id=id&client_secret=s%26c");
    assert_eq!(world.fake.sent()[0].header("authorization"), None);
}

#[tokio::test]
async fn the_token_url_follows_the_server_or_the_user() {
    let world = World::new("");
    let url = async |builder: ClientBuilder| {
        let before = world.fake.sent().len();
        builder.build().unwrap().call(&BY_OAUTH).await.unwrap();
        world.fake.sent()[before].address().to_string()
    };
    assert_eq!(url(world.builder().domain("eu.zoo")).await, "https://login.eu.zoo/oauth/token");
    assert_eq!(url(world.builder().oauth_token_url("/o/token")).await, "https://api.zoo.example/o/token");
    assert_eq!(url(world.builder().oauth_token_url("http://h:1/token")).await, "http://h:1/token");
    let grant = ClientCredentials::new("id", "x").token_url("http://g/token");
    assert_eq!(url(world.builder().oauth(grant).oauth_token_url("http://h/token")).await, "http://g/token");
}

#[tokio::test]
async fn a_token_is_kept_and_shared_by_clones() {
    let world = World::new(r#","expires_in":3600"#);
    let client = world.builder().build().unwrap();
    for _ in 0..3 {
        client.clone().call(&BY_OAUTH).await.unwrap();
    }
    assert_eq!(world.issued(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let world = World::new(r#","expires_in":3600"#);
    let client = world.builder().build().unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    world.fake.advance(Duration::from_secs(3539));
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(world.issued(), 1);
    world.fake.advance(Duration::from_secs(2));
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(world.issued(), 2);
    assert_eq!(calls(&world.fake)[2].header("authorization"), Some("Bearer t2"));
}

#[tokio::test]
async fn a_short_life_is_renewed_after_four_fifths_and_odd_numbers_are_read() {
    let world = World::new(r#","expires_in":"10.0""#);
    let client = world.builder().build().unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    world.fake.advance(Duration::from_millis(7900));
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(world.issued(), 1);
    world.fake.advance(Duration::from_millis(200));
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(world.issued(), 2);
}

#[tokio::test]
async fn a_token_without_a_life_is_kept_until_it_is_refused() {
    let world = World::new("");
    let client = world.builder().build().unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    world.fake.advance(Duration::from_secs(1_000_000));
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(world.issued(), 1);
    world.revoke_all();
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(world.issued(), 2);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_not_again() {
    let fake = FakeTransport::new(|sent| match sent.path() {
        "/oauth/token" => HttpResponse::json(200, r#"{"access_token":"t"}"#),
        _ => HttpResponse::json(401, r#"{"message":"no"}"#),
    });
    let client =
        Client::builder().transport(fake.clone()).oauth(Credential::client_credentials("i", "s3")).build().unwrap();
    let error = client.call(&BY_OAUTH).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(401)));
    let paths: Vec<String> = fake.sent().iter().map(|sent| sent.path().to_owned()).collect();
    assert_eq!(paths, ["/oauth/token", "/v2/secured", "/oauth/token", "/v2/secured"]);
}

#[tokio::test]
async fn a_refused_token_endpoint_is_told_without_secrets() {
    let fake = FakeTransport::new(|_| {
        HttpResponse::json(400, r#"{"error":"invalid_client","description":"client s3cret-x not found"}"#)
    });
    let grant = Credential::client_credentials("id", "s3cret-x");
    let client = Client::builder().transport(fake.clone()).oauth(grant).build().unwrap();
    let error = client.call(&BY_OAUTH).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(error.operation(), "secured");
    assert_eq!(error.status(), Some(400));
    assert_eq!(
        error.to_string(),
        "secured: no token: the token endpoint answered 400 Bad Request: client *** not found (invalid_client)"
    );
    assert!(error.text().contains("invalid_client"));
    assert!(!format!("{error:?} {client:?}").contains("s3cret-x"));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn an_answer_without_a_token_is_told() {
    for body in ["{}", "", "<html>", r#"{"access_token":""}"#, r#"{"access_token":null}"#] {
        let fake = FakeTransport::new(move |_| HttpResponse::json(200, body));
        let grant = Credential::client_credentials("id", "x");
        let client = Client::builder().transport(fake).oauth(grant).build().unwrap();
        let error = client.call(&BY_OAUTH).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(error.to_string().contains("login.zoo.example"), "{error}");
        assert!(error.to_string().contains("without an access_token"), "{error}");
    }
}

/// A transport that takes its time, so that calls overlap.
struct Slow(FakeTransport);

impl Transport for Slow {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            self.0.send(request).await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }

    fn now(&self) -> SystemTime {
        self.0.now()
    }
}

async fn twenty(client: &Client) -> Vec<Result<u16, clientsmith_runtime::codegen::Error>> {
    let tasks: Vec<_> = (0..20).map(|_| tokio::spawn(client.call(&BY_OAUTH))).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap().map(|response| response.status()));
    }
    results
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_calls_at_once_get_one_token_and_renew_it_once() {
    let world = World::new(r#","expires_in":3600"#);
    let client = world.builder().transport(Slow(world.fake.clone())).build().unwrap();
    assert!(twenty(&client).await.iter().all(Result::is_ok));
    assert_eq!(world.issued(), 1);
    world.revoke_all();
    assert!(twenty(&client).await.iter().all(Result::is_ok));
    assert_eq!(world.issued(), 2);
    world.fake.advance(Duration::from_secs(3550));
    assert!(twenty(&client).await.iter().all(Result::is_ok));
    assert_eq!(world.issued(), 3);
    world.fake.advance(Duration::from_secs(10_000));
    assert!(twenty(&client).await.iter().all(Result::is_ok));
    assert_eq!(world.issued(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_dead_token_endpoint_is_not_asked_once_per_caller() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(503));
    let grant = Credential::client_credentials("id", "x");
    let client = Client::builder().transport(Slow(fake.clone())).oauth(grant).build().unwrap();
    let results = twenty(&client).await;
    assert!(results.iter().all(|result| result.as_ref().unwrap_err().status() == Some(503)));
    assert!(fake.sent().len() <= 2, "{}", fake.sent().len());
}

#[tokio::test]
async fn an_early_renewal_that_fails_leaves_the_old_token_in_use() {
    let dead = Arc::new(AtomicUsize::new(0));
    let is_dead = Arc::clone(&dead);
    let fake = FakeTransport::new(move |sent| match (sent.path(), is_dead.load(Ordering::SeqCst)) {
        ("/oauth/token", 0) => HttpResponse::json(200, r#"{"access_token":"t","expires_in":100}"#),
        ("/oauth/token", _) => HttpResponse::empty(503),
        _ => HttpResponse::empty(200),
    });
    let grant = Credential::client_credentials("id", "x");
    let client = Client::builder().transport(fake.clone()).oauth(grant).build().unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    dead.store(1, Ordering::SeqCst);
    fake.advance(Duration::from_secs(85));
    for _ in 0..5 {
        client.call(&BY_OAUTH).await.unwrap();
    }
    let asked = fake.sent().iter().filter(|sent| sent.path() == "/oauth/token").count();
    assert_eq!(asked, 2);
    fake.advance(Duration::from_secs(20));
    assert_eq!(client.call(&BY_OAUTH).await.unwrap_err().status(), Some(503));
}

#[tokio::test]
async fn a_provider_is_asked_when_needed() {
    struct Vault(AtomicUsize);
    impl TokenProvider for Vault {
        fn token<'a>(&'a self, _: &'a dyn Transport) -> BoxFuture<'a, Result<AccessToken, ProviderError>> {
            Box::pin(async {
                match self.0.fetch_add(1, Ordering::SeqCst) {
                    0 => Ok(AccessToken::new("v1").lasting(Duration::from_secs(100))),
                    _ => Err("the vault is sealed".into()),
                }
            })
        }
    }
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder()
        .transport(fake.clone())
        .oauth(Credential::provider(Vault(AtomicUsize::new(0))))
        .build()
        .unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    client.call(&BY_OAUTH).await.unwrap();
    assert_eq!(fake.sent()[1].header("authorization"), Some("Bearer v1"));
    fake.advance(Duration::from_secs(101));
    let error = client.call(&BY_OAUTH).await.unwrap_err();
    assert_eq!(error.to_string(), "secured: no token: the vault is sealed");
    assert_eq!(error.kind(), ErrorKind::Credentials);
}
