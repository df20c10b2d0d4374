//! The example server sees what is wrong: where it is silent in other tests, that means something.
//!
//! Requests are written by hand here, since no client would send them.

use clientsmith_tests::server::{Answer, Server, scenario};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes on a connection of their own and gives all that comes back until the server has answered `answers` times.
async fn talk(server: &Server, bytes: &str, answers: usize) -> String {
    let address = server.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert_eq!(text.matches("HTTP/1.1 ").count(), answers, "{text}");
    text
}

/// A request with these header lines and body.
fn request(line: &str, fields: &[&str], body: &str) -> String {
    let mut text = format!("{line} HTTP/1.1\r\nHost: localhost\r\n");
    for field in fields {
        text.push_str(field);
        text.push_str("\r\n");
    }
    if !body.is_empty() {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text + "\r\n" + body
}

const JSON: &str = "Content-Type: application/json";
const BEARER: &str = "Authorization: Bearer t";

/// What the server finds wrong with a request, which it must then have answered with `status`.
async fn problems(line: &str, fields: &[&str], body: &str, status: u16) -> Vec<String> {
    let server = Server::start().await;
    let answer = talk(&server, &request(line, fields, body), 1).await;
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    let received = server.take_one();
    assert_eq!((received.line().as_str(), received.status), (line, status));
    assert_eq!(received.text(), body);
    received.problems
}

async fn is_refused(line: &str, fields: &[&str], body: &str, problem: &str) {
    assert_eq!(problems(line, fields, body, 400).await, [problem], "{line}");
}

#[tokio::test]
async fn good_requests_are_answered_with_the_example() {
    let line = "GET /api/v2/bots/instances/jobs/job-1";
    assert!(problems(line, &[BEARER], "", 200).await.is_empty());
    let server = Server::start().await;
    let answer = talk(&server, &request(line, &[BEARER], ""), 1).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("ININ-Correlation-Id: 3f0c2a4e-0000-4000-8000-000000000000"), "{head}");
    assert!(head.contains("inin-ratelimit-allowed: 180") && head.contains("Content-Type: application/json"), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["jobState"], "Success");

    let delete = request("DELETE /api/v2/processautomation/triggers/1", &[BEARER], "");
    let answer = talk(&server, &delete, 1).await;
    assert!(answer.starts_with("HTTP/1.1 204 ") && !answer.contains("Content-Length"), "{answer}");
}

#[tokio::test]
async fn credentials_are_asked_for() {
    let bearer = r#"credentials are missing: it needs [["PureCloudOAuth"]]"#;
    let line = "GET /api/v2/bots/instances/jobs/job-1";
    is_refused(line, &[], "", bearer).await;
    is_refused(line, &["Authorization: Basic x"], "", bearer).await;
    is_refused(line, &["Authorization: Bearer "], "", bearer).await;
    let keys = r#"credentials are missing: it needs [["token", "organization"]]"#;
    is_refused("GET /api/v1/insights/runners", &["token: t"], "", keys).await;
    is_refused("GET /api/v1/insights/runners", &["organization: o"], "", keys).await;
    assert!(problems("GET /api/v1/insights/runners", &["Token: t", "ORGANIZATION: o"], "", 200).await.is_empty());
    let jwt = r#"credentials are missing: it needs [["jwt"]]"#;
    is_refused("GET /api/public/auditlogs", &[BEARER], "", jwt).await;
    let login = r#"{"login":"a","key":"b"}"#;
    assert!(problems("POST /api/v2/workspace/login", &[JSON], login, 200).await.is_empty());
}

#[tokio::test]
async fn parameters_are_asked_for() {
    let widget = |query: &str| format!("GET /api/public/bot/b/dashboard/d/widget/w?{query}");
    let jwt = &["auth: t"];
    is_refused(&widget("startDate=2024-05-01"), jwt, "", "parameter endDate is missing").await;
    let twice = "startDate=2024-05-01&startDate=2024-05-01&endDate=2024-05-02";
    is_refused(&widget(twice), jwt, "", "parameter startDate is given 2 times").await;
    let no_day = "startDate=yesterday&endDate=2024-05-02";
    is_refused(&widget(no_day), jwt, "", r#"parameter startDate is "yesterday""#).await;
    let no_number = "startDate=2024-05-01&endDate=2024-05-02&limit=1.0";
    is_refused(&widget(no_number), jwt, "", r#"parameter limit is "1.0""#).await;
    let odd = "startDate=2024-05-01&endDate=2024-05-02&Limit=1";
    is_refused(&widget(odd), jwt, "", "Limit is no parameter").await;
    let boolean = "GET /api/v2/processautomation/triggers?enabled=yes";
    is_refused(boolean, &[BEARER], "", r#"parameter enabled is "yes""#).await;
    let repeated = "GET /api/v2/processautomation/flows/instances/commands/search?q64=x&expand=users&expand=a";
    assert!(problems(repeated, &[BEARER], "", 200).await.is_empty());
}

#[tokio::test]
async fn bodies_are_asked_for() {
    let line = "DELETE /api/public/tables/T";
    let jwt = &["auth: t", JSON];
    is_refused(line, jwt, "", "the body is missing").await;
    is_refused(line, jwt, "{}", "$ lacks query").await;
    is_refused(line, jwt, r#"{"query":[]}"#, "$.query is [], not an object").await;
    let value = r#"{"query":{"expressions":[{"field":"a","operand":"=","value":[1]}]}}"#;
    is_refused(line, jwt, value, "$.query.expressions[0].value is [1], which fits no variant").await;
    let unknown = r#"{"query":{"expressions":[{"field":"a","operand":"~","value":1,"x":2}]}}"#;
    assert!(problems(line, jwt, unknown, 200).await.is_empty());
    let form = &["auth: t", "Content-Type: text/plain"];
    is_refused(line, form, r#"{"query":{}}"#, r#"the body is Some("text/plain"), not application/json"#).await;
    is_refused("GET /api/public/auditlogs", jwt, "{}", "it takes no body").await;
    let broken = problems(line, jwt, "{", 400).await;
    assert!(broken[0].starts_with("the body is not JSON: "), "{broken:?}");
    let user = r#"{"users":[{"userInfo":{"firstName":"Jane"}}]}"#;
    is_refused("POST /api/public/users", jwt, user, "$.users[0].userInfo lacks emailId").await;
    // A body that is not asked for may be left out.
    assert!(problems("POST /api/v2/processautomation/triggers/1/test", &[BEARER], "", 200).await.is_empty());
}

#[tokio::test]
async fn what_is_no_operation() {
    for line in ["GET /", "PATCH /api/public/users", "GET /api/public/users/", "POST /api/public/tables/a/b/query"] {
        assert_eq!(problems(line, &["auth: t"], "", 404).await, ["there is no such operation"]);
    }
}

#[tokio::test]
async fn tokens_are_given_to_the_client_that_was_named() {
    let form = "Content-Type: application/x-www-form-urlencoded";
    let ask = |fields: &[&str], body: &str| request("POST /oauth/token", fields, body);
    let server = Server::start().await;
    server.issue_tokens("a", "b");
    let basic = "Authorization: Basic YTpi";
    let answer = talk(&server, &ask(&[form, basic], "grant_type=client_credentials"), 1).await;
    assert!(answer.contains(r#""access_token":"token-1""#), "{answer}");
    let answer = talk(&server, &ask(&[form, "Authorization: Basic YTpj"], "grant_type=client_credentials"), 1).await;
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("invalid_client"), "{answer}");
    assert!(server.problems().is_empty());
    talk(&server, &ask(&[JSON, basic], "grant_type=password"), 1).await;
    let problems = server.received().pop().unwrap().problems;
    assert_eq!(problems, ["the body is no form", "the grant type is not client_credentials"]);

    // Only tokens that were given count, until they are taken back.
    let job =
        |token: &str| request("GET /api/v2/bots/instances/jobs/1", &[&format!("Authorization: Bearer {token}")], "");
    assert!(talk(&server, &job("token-1"), 1).await.starts_with("HTTP/1.1 200 "));
    assert!(talk(&server, &job("token-2"), 1).await.starts_with("HTTP/1.1 401 "));
    server.revoke_tokens();
    assert!(talk(&server, &job("token-1"), 1).await.contains("authentication.required"));
}

#[tokio::test]
async fn several_requests_on_one_connection_and_bodies_in_chunks() {
    let server = Server::start().await;
    let first = request("GET /api/public/auditlogs", &["auth: t"], "");
    let second = request("DELETE /api/public/tables/T", &["auth: t", JSON, "Transfer-Encoding: chunked"], "");
    let chunks = "8;x=y\r\n{\"query\"\r\n4\r\n:{}}\r\n0\r\nTrailer: x\r\n\r\n";
    talk(&server, &format!("{first}{second}{chunks}{first}"), 3).await;
    let received = server.take();
    assert_eq!(received.iter().map(|request| request.status).collect::<Vec<_>>(), [200, 200, 200]);
    assert_eq!(received[1].text(), r#"{"query":{}}"#);
    assert_eq!(received[1].headers[1], ("auth".to_owned(), "t".to_owned()));
}

#[tokio::test]
async fn what_does_not_speak_http_is_left_alone() {
    let server = Server::start().await;
    assert_eq!(talk(&server, "\u{16}\u{3}\u{1} hello\r\n\r\n", 0).await, "");
    assert_eq!(talk(&server, "GET /half HTTP/1.1\r\nHost:", 0).await, "");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn scripts_end_and_examples_return() {
    let server = Server::start().await;
    server.script("getAuditLogs", [Answer::text(418, "no tea")]);
    let logs = request("GET /api/public/auditlogs", &["auth: t"], "");
    let answer = talk(&server, &logs, 1).await;
    assert!(answer.starts_with("HTTP/1.1 418 \r\n") && answer.ends_with("\r\n\r\nno tea"), "{answer}");
    assert!(talk(&server, &logs, 1).await.contains("AuditLogId"));
    server.on("getAuditLogs", scenario::by_last_entry(vec![json!({ "AuditLogId": "1" })], 5));
    assert!(talk(&server, &logs, 1).await.contains(r#""moreAvailable":false"#));
}

#[test]
#[should_panic(expected = "no description has an operation getPets")]
fn an_operation_that_nobody_has() {
    Server::example("getPets", "x");
}
