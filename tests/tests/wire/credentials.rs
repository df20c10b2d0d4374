//! Tokens, keys and signed tokens on their way into requests.

use super::support::{APP_ID, APP_SECRET, APP_TOKEN, JWT, expect, json, kore, signer, transport};
use automation_clients::genesys_process_automation::Client;
use automation_clients::{ClientCredentials, Credential, ErrorKind, JwtSigner};
use automation_clients::{botcity_insights, genesys_process_automation, kore_ai};
use clientsmith_tests::server::{Answer, Received, Server};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::Value;
use std::collections::BTreeSet;
use std::future::{Future as _, poll_fn};
use std::task::Poll;
use std::time::{Duration, SystemTime};
use tokio::task::JoinSet;

fn granted(server: &Server, grant: ClientCredentials) -> Client {
    let grant = grant.token_url("/oauth/token");
    let builder = Client::builder().url(server.url()).transport(transport());
    builder.pure_cloud_oauth(grant).build().unwrap()
}

fn lines(server: &Server) -> Vec<String> {
    server.take().iter().map(Received::line).collect()
}

const TOKEN: &str = "POST /oauth/token";
const TOPICS: &str = "GET /api/v2/processautomation/triggers/topics";

#[tokio::test]
async fn a_token_is_fetched_once_and_kept() {
    let server = Server::start().await;
    server.issue_tokens("my:client", "s&cret 1");
    let client = granted(&server, ClientCredentials::new("my:client", "s&cret 1").scopes(["a", "b:c"]));
    // RFC 6749, 2.3.1 wants both parts form-encoded; the endpoint of the tests compares with the plain ones.
    let error = client.get_processautomation_triggers_topics().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let asked = server.take_one();
    assert_eq!(asked.header("authorization"), Some("Basic bXklM0FjbGllbnQ6cyUyNmNyZXQrMQ=="));
    assert_eq!(asked.text(), "grant_type=client_credentials&scope=a+b%3Ac");
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.header("accept"), Some("application/json"));

    server.issue_tokens("client", "secret");
    let client = granted(&server, ClientCredentials::new("client", "secret"));
    let clone = client.clone();
    client.get_processautomation_triggers_topics().send().await.unwrap();
    clone.get_processautomation_triggers_topics().send().await.unwrap();
    let requests = server.received();
    assert_eq!(lines(&server), [TOKEN, TOPICS, TOPICS]);
    assert_eq!(requests[0].form(), [("grant_type".to_owned(), "client_credentials".to_owned())]);
    assert!(requests[1..].iter().all(|request| request.header("authorization") == Some("Bearer token-1")));
    assert!(requests.iter().all(|request| request.problems.is_empty()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_the_same_time_share_one_token() {
    let server = Server::start().await;
    server.issue_tokens("client", "secret");
    let client = granted(&server, ClientCredentials::new("client", "secret"));
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        calls.spawn(client.get_processautomation_triggers_topics().send());
    }
    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
    let lines = lines(&server);
    assert_eq!(lines.iter().filter(|line| *line == TOKEN).count(), 1);
    assert_eq!(lines.iter().filter(|line| *line == TOPICS).count(), 20);
    assert_eq!(lines[0], TOKEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_token_is_renewed_once() {
    let server = Server::start().await;
    server.issue_tokens("client", "secret");
    let client = granted(&server, ClientCredentials::new("client", "secret"));
    client.get_processautomation_triggers_topics().send().await.unwrap();
    server.revoke_tokens();
    client.get_processautomation_triggers_topics().send().await.unwrap();
    let sent: Vec<_> = server.take().into_iter().map(|request| (request.line(), request.status)).collect();
    let wanted = [(TOKEN, 200), (TOPICS, 200), (TOPICS, 401), (TOKEN, 200), (TOPICS, 200)];
    assert_eq!(sent, wanted.map(|(line, status)| (line.to_owned(), status)));

    // Calls that were refused together renew it together.
    server.revoke_tokens();
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        calls.spawn(client.get_processautomation_triggers_topics().send());
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    assert_eq!(lines(&server).iter().filter(|line| *line == TOKEN).count(), 1);
}

/// A call that fetches a token for all and is then given up.
#[tokio::test]
async fn a_call_that_is_dropped_holds_up_nobody() {
    let server = Server::start().await;
    server.issue_tokens("client", "secret");
    let client = granted(&server, ClientCredentials::new("client", "secret"));
    let mut given_up = Box::pin(client.get_processautomation_triggers_topics().send());
    let mut waiting = Box::pin(client.get_processautomation_triggers_topics().send());
    poll_fn(|context| {
        assert!(given_up.as_mut().poll(context).is_pending());
        assert!(waiting.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    drop(given_up);
    waiting.await.unwrap();
    assert_eq!(lines(&server).iter().filter(|line| *line == TOPICS).count(), 1);
}

#[tokio::test]
async fn a_server_that_refuses_every_token_gets_two_tries() {
    let server = Server::start().await;
    server.issue_tokens("client", "secret");
    server.on("getProcessautomationTriggersTopics", |_| Server::declared("getProcessautomationTriggersTopics", 401));
    let client = granted(&server, ClientCredentials::new("client", "secret"));
    let error = client.get_processautomation_triggers_topics().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(401)));
    let body = error.typed::<genesys_process_automation::models::ErrorBody>().unwrap();
    assert_eq!(body.code.as_deref(), Some("authentication.required"));
    assert_eq!(lines(&server), [TOKEN, TOPICS, TOKEN, TOPICS]);
}

#[tokio::test]
async fn a_fixed_token_is_not_tried_twice() {
    let server = Server::start().await;
    server.accept("PureCloudOAuth", &["another"]);
    let error = super::support::process(&server).get_processautomation_triggers_topics().send().await.unwrap_err();
    assert_eq!(error.status(), Some(401));
    assert_eq!(lines(&server), [TOPICS]);
}

#[tokio::test]
async fn a_refused_client_says_why() {
    let server = Server::start().await;
    server.issue_tokens("client", "secret");
    let client = granted(&server, ClientCredentials::new("client", "wr0ng"));
    let error = client.get_processautomation_triggers_topics().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Credentials, Some(400)));
    assert!(error.to_string().contains("invalid_client"), "{error}");
    assert!(error.to_string().contains("client not found"), "{error}");
    assert!(!format!("{error} {error:?}").contains("wr0ng"));
    assert_eq!(lines(&server), [TOKEN]);
}

#[tokio::test]
async fn a_token_endpoint_that_answers_nonsense() {
    let server = Server::start().await;
    server.issue_tokens("client", "secret");
    server.script("token", [Answer::html(502, "<h1>Bad gateway</h1>"), Answer::json(200, &json!({ "token": "x" }))]);
    let client = granted(&server, ClientCredentials::new("client", "secret"));
    for _ in 0..2 {
        let error = client.get_processautomation_triggers_topics().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
    }
    client.get_processautomation_triggers_topics().send().await.unwrap();
    assert_eq!(lines(&server), [TOKEN, TOKEN, TOKEN, TOPICS]);
}

#[tokio::test]
async fn a_signed_token_travels_raw() {
    let server = Server::start().await;
    server.accept("jwt", &[APP_TOKEN]);
    let client = kore(&server);
    client.get_audit_logs().send().await.unwrap();
    let request = expect(&server, "GET /api/public/auditlogs", JWT, None);
    let token = request.header("auth").unwrap();
    let header = decode_header(token).unwrap();
    assert_eq!((header.alg, header.typ.as_deref()), (Algorithm::HS256, Some("JWT")));
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    let claims = decode::<Value>(token, &DecodingKey::from_secret(APP_SECRET.as_bytes()), &validation).unwrap().claims;
    assert_eq!(claims, json!({ "sub": "1234567890", "appId": APP_ID }));
    assert!(decode::<Value>(token, &DecodingKey::from_secret(b"another"), &validation).is_err());
}

#[tokio::test]
async fn a_token_for_one_use_is_signed_for_each_call() {
    let server = Server::start().await;
    let signer = signer().issued_at().lasting(Duration::from_secs(600)).unique_id();
    let client = kore_ai::Client::builder().url(server.url()).transport(transport()).jwt(signer).build().unwrap();
    for _ in 0..3 {
        client.get_audit_logs().send().await.unwrap();
    }
    let key = DecodingKey::from_secret(APP_SECRET.as_bytes());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let mut ids = BTreeSet::new();
    for request in server.received() {
        let claims = decode::<Value>(request.header("auth").unwrap(), &key, &Validation::new(Algorithm::HS256));
        let claims = claims.unwrap().claims;
        let issued = claims["iat"].as_u64().unwrap();
        assert!(now.abs_diff(issued) < 60);
        assert_eq!(claims["exp"].as_u64(), Some(issued + 600));
        ids.insert(claims["jti"].as_str().unwrap().to_owned());
    }
    assert_eq!(ids.len(), 3);
}

#[tokio::test]
async fn a_lasting_token_is_kept() {
    let server = Server::start().await;
    let signer = signer().issued_at().lasting(Duration::from_secs(600));
    let client = kore_ai::Client::builder().url(server.url()).transport(transport()).jwt(signer).build().unwrap();
    client.get_audit_logs().send().await.unwrap();
    client.get_audit_logs().send().await.unwrap();
    let tokens: BTreeSet<_> =
        server.take().iter().filter_map(|request| request.header("auth").map(str::to_owned)).collect();
    assert_eq!(tokens.len(), 1);
}

#[tokio::test]
async fn a_token_made_elsewhere_will_do() {
    let server = Server::start().await;
    let builder = kore_ai::Client::builder().url(server.url()).transport(transport());
    let client = builder.jwt(Credential::token("a.b.c")).build().unwrap();
    client.get_audit_logs().send().await.unwrap();
    expect(&server, "GET /api/public/auditlogs", &[("auth", "a.b.c")], None);
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Server::start().await;
    let client = kore_ai::Client::builder().url(server.url()).transport(transport()).build().unwrap();
    let error = client.get_audit_logs().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("`jwt`"), "{error}");

    // Of two keys that are needed together, one is not enough.
    let builder = botcity_insights::Client::builder().url(server.url()).transport(transport());
    let client = builder.token(Credential::token("tok")).build().unwrap();
    let error = client.list_runners().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("`token` (a key"), "{error}");

    let client = Client::builder().url(server.url()).transport(transport()).build().unwrap();
    let error = client.get_processautomation_triggers().items().next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("PureCloudOAuth"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn operations_without_security_need_no_credentials() {
    let server = Server::start().await;
    let client = botcity_insights::Client::builder().url(server.url()).transport(transport()).build().unwrap();
    let body = botcity_insights::models::LoginRequest::new("ann", "s3cret");
    client.workspace_login(&body).send().await.unwrap();
    let sent = r#"{"login":"ann","key":"s3cret"}"#;
    expect(&server, "POST /api/v2/workspace/login", &[], Some(sent));
}

#[tokio::test]
async fn a_credential_that_no_header_can_hold() {
    let server = Server::start().await;
    let builder = kore_ai::Client::builder().url(server.url()).transport(transport());
    let client = builder.jwt(Credential::token("to\r\nken: x")).build().unwrap();
    let error = client.get_audit_logs().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!format!("{error} {error:?}").contains("ken: x"));
    assert!(server.received().is_empty());
}

/// A signer is a credential as it stands; this is what the builder's method takes.
#[test]
fn a_signer_is_a_credential() {
    let _: Credential = JwtSigner::hs256("key").claim("appId", "1").into();
}
