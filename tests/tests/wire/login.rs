//! A log-in whose answer feeds the calls after it.

use super::support::{expect, json, transport};
use automation_clients::botcity_insights::{Client, models};
use automation_clients::{Credential, ErrorKind};
use clientsmith_tests::server::{Answer, Received, Server, scenario};
use tokio::task::JoinSet;

const LOGIN: &str = "POST /api/v2/workspace/login";
const RUNNERS: &str = "GET /api/v1/insights/runners";

fn client(server: &Server) -> Client {
    let credentials = models::LoginRequest::new("ann", "s3cret");
    Client::builder().url(server.url()).transport(transport()).workspace_login(&credentials).build().unwrap()
}

fn gives(token: &str, organization: &str) -> Answer {
    Answer::json(200, &json!({ "accessToken": token, "organizationLabel": organization }))
}

fn lines(server: &Server) -> Vec<String> {
    server.take().iter().map(Received::line).collect()
}

#[tokio::test]
async fn both_values_travel_in_headers_of_their_own() {
    let server = Server::start().await;
    server.script("workspaceLogin", [gives("t1", "demo")]);
    let client = client(&server);
    client.list_runners().send().await.unwrap();
    let mut requests = server.take();
    let (runners, login) = (requests.remove(1), requests.remove(0));
    assert_eq!(login.line(), LOGIN);
    assert_eq!(login.text(), r#"{"login":"ann","key":"s3cret"}"#);
    assert_eq!(login.header("token"), None);
    assert_eq!(runners.line(), RUNNERS);
    assert_eq!(runners.header_names(), ["accept", "host", "organization", "token", "user-agent"]);
    assert_eq!((runners.header("token"), runners.header("organization")), (Some("t1"), Some("demo")));

    // Once for all calls, of clones too.
    client.clone().list_runners().send().await.unwrap();
    expect(&server, RUNNERS, &[("token", "t1"), ("organization", "demo")], None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_the_same_time_share_one_log_in() {
    let server = Server::start().await;
    let client = client(&server);
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        calls.spawn(client.list_runners().send());
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    let lines = lines(&server);
    assert_eq!(lines.len(), 11);
    assert_eq!(lines.iter().filter(|line| *line == LOGIN).count(), 1);
}

#[tokio::test]
async fn a_refused_token_is_followed_by_one_more_log_in() {
    let server = Server::start().await;
    server.script("workspaceLogin", [gives("t1", "demo"), gives("t2", "demo"), gives("t3", "demo")]);
    server.accept("token", &["t1"]);
    let client = client(&server);
    client.list_runners().send().await.unwrap();
    server.accept("token", &["t2"]);
    client.list_runners().send().await.unwrap();
    assert_eq!(lines(&server), [LOGIN, RUNNERS, RUNNERS, LOGIN, RUNNERS]);

    // If that is refused as well, it is the answer.
    server.accept("token", &["t9"]);
    let error = client.list_runners().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(401)));
    assert_eq!(error.typed::<models::ErrorMessage>().unwrap().message.as_deref(), Some("Invalid token"));
    assert_eq!(lines(&server), [RUNNERS, LOGIN, RUNNERS]);
}

#[tokio::test]
async fn a_token_that_ends_in_the_middle_of_a_walk() {
    let server = Server::start().await;
    server.script("workspaceLogin", [gives("t1", "demo"), gives("t2", "demo")]);
    let task = json!({
        "id": 1, "state": "START", "activityLabel": "a", "repositoryLabel": "DEFAULT",
        "dateCreation": "2024-02-09T20:02:40.032+00:00",
    });
    server.on("listTasks", scenario::by_page_from_zero(vec![task; 3], 1));
    server.accept("token", &["t1"]);
    let mut items = client(&server).list_tasks().items();
    assert!(items.next().await.unwrap().is_ok());
    server.accept("token", &["t2"]);
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.is_none());
    let tasks = |query: &str| format!("GET /api/v1/insights/tasks{query}");
    let wanted = [LOGIN.to_owned(), tasks(""), tasks("?page=1"), LOGIN.to_owned(), tasks("?page=1"), tasks("?page=2")];
    assert_eq!(lines(&server), wanted);
}

#[tokio::test]
async fn a_refused_log_in_says_so() {
    let server = Server::start().await;
    server.script("workspaceLogin", [Server::declared("workspaceLogin", 401)]);
    let error = client(&server).list_runners().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Credentials, Some(401)));
    assert_eq!(error.operation(), "listRunners");
    assert!(error.to_string().contains("workspaceLogin"), "{error}");
    assert!(!format!("{error} {error:?}").contains("s3cret"));
    assert_eq!(error.typed::<models::ErrorMessage>().unwrap().message.as_deref(), Some("Invalid token"));
    assert_eq!(lines(&server), [LOGIN]);
}

#[tokio::test]
async fn a_log_in_without_the_values_says_which() {
    let server = Server::start().await;
    server.script("workspaceLogin", [Answer::json(200, &json!({ "accessToken": "t0ken" }))]);
    let error = client(&server).list_runners().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("`organization` at /organizationLabel"), "{error}");
    assert!(!format!("{error} {error:?}").contains("t0ken"));
}

#[tokio::test]
async fn the_log_in_can_be_called_by_hand() {
    let server = Server::start().await;
    server.script("workspaceLogin", [gives("t7", "demo")]);
    let builder = Client::builder().url(server.url()).transport(transport());
    let anonymous = builder.build().unwrap();
    let answer = anonymous.workspace_login(&models::LoginRequest::new("ann", "s3cret")).send().await.unwrap();
    let builder = Client::builder().url(server.url()).transport(transport());
    let builder = builder.token(Credential::token(answer.access_token.clone()));
    let client = builder.organization(Credential::token(answer.organization_label.as_str())).build().unwrap();
    server.take();
    client.list_runners().send().await.unwrap();
    expect(&server, RUNNERS, &[("token", "t7"), ("organization", "demo")], None);
}
