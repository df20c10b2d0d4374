//! Answers that are no success, and answers that are not what the description says.

use super::support::{botcity, json, kore, process, transport};
use automation_clients::genesys_process_automation::{Client, models};
use automation_clients::kore_ai::models::ErrorResponse;
use automation_clients::{Credential, ErrorKind, Options, botcity_insights};
use clientsmith_tests::server::{Answer, Server, descriptions};
use std::time::Duration;
use tokio::net::TcpListener;

const TRIGGER: &str = "getProcessautomationTrigger";

#[tokio::test]
async fn every_declared_error_has_its_body() {
    let server = Server::start().await;
    let client = process(&server);
    let description =
        descriptions().iter().find(|description| description.api == "genesys-process-automation").unwrap();
    let operation = description.operations.iter().find(|operation| operation.id == TRIGGER).unwrap();
    let statuses: Vec<u16> =
        operation.answers.iter().filter_map(|answer| answer.status).filter(|status| *status >= 400).collect();
    assert!(statuses.len() > 8, "{statuses:?}");
    for status in statuses {
        server.script(TRIGGER, [Server::declared(TRIGGER, status)]);
        let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)));
        assert_eq!(error.operation(), TRIGGER);
        assert_eq!(error.header("ININ-CORRELATION-ID"), Some("3f0c2a4e-0000-4000-8000-000000000000"));
        let body = error.typed::<models::ErrorBody>().unwrap();
        assert_eq!(body.status, Some(i32::from(status)));
        assert!(body.context_id.is_some());
        // The line for people says what the server says.
        let line = error.to_string();
        assert!(line.contains(TRIGGER) && line.contains(&status.to_string()), "{line}");
        assert!(line.contains(body.message.as_deref().unwrap()), "{line}");
        let wait = (status == 429).then(|| Duration::from_secs(42));
        assert_eq!(error.retry_after(), wait);
    }
}

#[tokio::test]
async fn an_error_within_an_error() {
    let server = Server::start().await;
    let body = r#"{"status":400,"errors":[{"code":"a","errors":[{"code":"b","limit":{"value":7}}]}],"new":{"x":1.50}}"#;
    server.script(TRIGGER, [Answer::json_text(400, body)]);
    let error = process(&server).get_processautomation_trigger("1").send().await.unwrap_err();
    let typed = error.typed::<models::ErrorBody>().unwrap();
    let inner = &typed.errors.as_ref().unwrap()[0].errors.as_ref().unwrap()[0];
    assert_eq!(inner.limit.as_ref().and_then(|limit| limit.value), Some(7));
    assert_eq!(typed.extra["new"]["x"].to_string(), "1.50");
    assert_eq!(error.text(), body);
}

#[tokio::test]
async fn an_error_that_is_not_json() {
    let server = Server::start().await;
    let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    server.script(TRIGGER, [Answer::html(502, page), Answer::empty(503).header("Retry-After", "7")]);
    let client = process(&server);
    let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(502)));
    assert_eq!(error.typed::<models::ErrorBody>(), None);
    assert_eq!(error.body(), page.as_bytes());
    assert!(!error.to_string().contains('\n'), "{error}");

    let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
    assert_eq!((error.status(), error.retry_after()), (Some(503), Some(Duration::from_secs(7))));
    assert_eq!(error.typed::<models::ErrorBody>(), None);

    // Kore.ai says in a sentence that the limit is reached, with a status that nobody knows.
    let sentence = "The API rate limit is exceeded. Try again later.";
    server.script("getAuditLogs", [Answer::text(420, sentence)]);
    let error = kore(&server).get_audit_logs().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(420)));
    assert!(error.to_string().contains(sentence), "{error}");
    assert_eq!(error.typed::<ErrorResponse>(), None);
}

#[tokio::test]
async fn the_default_error_of_an_operation() {
    let server = Server::start().await;
    let body = json!({ "errors": [{ "msg": "Invalid SDK credentials", "code": 4002 }], "traceId": "x" });
    server.script("getAuditLogs", [Answer::json(403, &body)]);
    let error = kore(&server).get_audit_logs().send().await.unwrap_err();
    let typed = error.typed::<ErrorResponse>().unwrap();
    assert_eq!(typed.errors.as_ref().unwrap()[0].code, Some(4002));
    assert_eq!(typed.extra["traceId"].as_str(), Some("x"));
    assert!(error.to_string().contains("Invalid SDK credentials"), "{error}");

    server.script("listRunners", [Server::declared("listRunners", 500)]);
    let error = botcity(&server).list_runners().send().await.unwrap_err();
    let typed = error.typed::<botcity_insights::models::ErrorMessage>().unwrap();
    assert_eq!(typed.message.as_deref(), Some("The report could not be made"));
}

#[tokio::test]
async fn an_error_body_of_another_form_stays_raw() {
    let server = Server::start().await;
    for body in ["[1,2]", r#"{"code":7}"#, "\"text\"", "{", "null"] {
        server.script(TRIGGER, [Answer::json_text(400, body)]);
        let error = process(&server).get_processautomation_trigger("1").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status);
        assert_eq!(error.typed::<models::ErrorBody>(), None, "{body}");
        assert_eq!(error.text(), body);
    }
    // The body counts, not what it is called.
    server.script(TRIGGER, [Answer::text(400, r#"{"code":"x"}"#)]);
    let error = process(&server).get_processautomation_trigger("1").send().await.unwrap_err();
    assert_eq!(error.typed::<models::ErrorBody>().unwrap().code.as_deref(), Some("x"));
}

#[tokio::test]
async fn a_success_of_another_form_says_where() {
    let server = Server::start().await;
    let body = r#"{"entities":[{"id":"1"},{"id":"2","target":{"type":"Workflow"},"version":"two"}]}"#;
    server.script("getProcessautomationTriggers", [Answer::json_text(200, body)]);
    let error = process(&server).get_processautomation_triggers().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)));
    let line = error.to_string();
    assert!(line.contains("$.entities[1].version"), "{line}");
    assert!(line.contains("integer") && line.contains("string"), "{line}");
    assert!(line.contains(r#""version":"two""#), "{line}");
    assert_eq!(error.text(), body);

    server.script("getAuditLogs", [Answer::json_text(200, r#"{"auditlogs":[{"Date/Time":5}]}"#)]);
    let line = kore(&server).get_audit_logs().send().await.unwrap_err().to_string();
    assert!(line.contains(r#"$.auditlogs[0]["Date/Time"]"#), "{line}");

    server.script("listRunners", [Answer::json_text(200, r#"[{"id":"vm01"}]"#)]);
    let line = botcity(&server).list_runners().send().await.unwrap_err().to_string();
    assert!(line.contains("idMachine") && line.contains("$[0]"), "{line}");
}

#[tokio::test]
async fn a_success_that_is_no_json_at_all() {
    let server = Server::start().await;
    let client = process(&server);
    for answer in [Answer::html(200, "<h1>Log in</h1>"), Answer::empty(200), Answer::json_text(200, "{\"id\":\"1\"")] {
        server.script(TRIGGER, [answer]);
        let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{error}");
    }
}

#[tokio::test]
async fn an_undeclared_success_is_read_as_the_declared_one() {
    let server = Server::start().await;
    let client = process(&server);
    for status in [201, 202, 299] {
        server.script(TRIGGER, [Answer::json(status, &json!({ "id": "1" }))]);
        let trigger = client.get_processautomation_trigger("1").send().await.unwrap();
        assert_eq!((trigger.status(), trigger.id.as_deref()), (status, Some("1")));
    }
    // And a body where none is declared is left alone.
    server.script("deleteProcessautomationTrigger", [Answer::html(200, "gone")]);
    assert_eq!(client.delete_processautomation_trigger("1").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn redirects_are_followed_on_the_same_server_only() {
    let server = Server::start().await;
    let elsewhere = Server::start().await;
    let there = "/api/v2/processautomation/triggers/2";
    let to = |place: String| Answer::empty(307).header("Location", &place);
    server.script(TRIGGER, [to(there.to_owned())]);
    let client = process(&server);
    client.get_processautomation_trigger("1").send().await.unwrap();
    let second = server.take().remove(1);
    assert_eq!(second.line(), format!("GET {there}"));
    assert_eq!(second.header("authorization"), Some("Bearer tok"));

    server.script(TRIGGER, [to(format!("{}{there}", elsewhere.url()))]);
    let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(307)));
    assert!(elsewhere.received().is_empty());
}

fn client_at(url: String) -> Client {
    let builder = Client::builder().url(url).transport(transport());
    builder.pure_cloud_oauth(Credential::token("tok")).build().unwrap()
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client_at(url).get_processautomation_trigger("1").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert!(error.typed::<models::ErrorBody>().is_none());
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn the_connection_breaks_off() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let error = client_at(url).get_processautomation_trigger("1").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn no_answer_comes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let silent = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok(connection) = listener.accept().await {
            open.push(connection);
        }
    });
    let options = Options::new().timeout(Duration::from_millis(20));
    let call = client_at(url).get_processautomation_trigger("1").with_options(options).send();
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("20ms"), "{error}");
    silent.abort();
}

#[tokio::test]
async fn an_answer_that_is_too_large() {
    let server = Server::start().await;
    let builder = Client::builder().url(server.url()).transport(transport()).answer_limit(100);
    let client = builder.pure_cloud_oauth(Credential::token("tok")).build().unwrap();
    let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
    assert!(error.to_string().contains("100"), "{error}");
    server.script(TRIGGER, [Answer::json(200, &json!({ "id": "1" }))]);
    assert!(client.get_processautomation_trigger("1").send().await.is_ok());
}
