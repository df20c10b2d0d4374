//! Secrets are not shown, whatever is printed.

use super::support::{APP_SECRET, APP_TOKEN, json, kore, transport};
use automation_clients::botcity_insights::{self, models};
use automation_clients::genesys_process_automation as process;
use automation_clients::{ClientCredentials, Credential, ErrorKind, kore_ai};
use clientsmith_tests::server::{Answer, Server};
use std::fmt::Debug;

const SECRET: &str = "hunter2-hunter2";

#[track_caller]
fn silent(shown: &impl Debug) {
    for text in [format!("{shown:?}"), format!("{shown:#?}")] {
        assert!(!text.contains(SECRET), "{text}");
        assert!(!text.contains(APP_SECRET), "{text}");
        assert!(!text.contains(APP_TOKEN), "{text}");
    }
}

#[tokio::test]
async fn clients_builders_and_credentials() {
    let server = Server::start().await;
    silent(&Credential::token(SECRET));
    silent(&Credential::basic("ann", SECRET));
    silent(&Credential::client_credentials("id", SECRET));
    silent(&ClientCredentials::new("id", SECRET));
    silent(&super::support::signer());

    let builder = process::Client::builder().url(server.url()).transport(transport());
    let builder = builder.pure_cloud_oauth(Credential::token(SECRET)).header("X-Key", SECRET);
    silent(&builder);
    silent(&builder.build().unwrap());
    let builder = kore_ai::Client::builder().url(server.url()).transport(transport()).jwt(super::support::signer());
    silent(&builder);
    let client = builder.build().unwrap();
    client.get_audit_logs().send().await.unwrap();
    silent(&client);
    let login = models::LoginRequest::new("ann", SECRET);
    let builder = botcity_insights::Client::builder().url(server.url()).transport(transport()).workspace_login(&login);
    silent(&builder);
    let client = builder.build().unwrap();
    server.script("workspaceLogin", [Answer::json(200, &json!({ "accessToken": SECRET, "organizationLabel": "o" }))]);
    client.list_runners().send().await.unwrap();
    silent(&client);
}

#[tokio::test]
async fn requests_show_no_values() {
    let server = Server::start().await;
    let client = kore(&server);
    let mut body = kore_ai::models::QueryTableRequest::default();
    body.extra.insert("note", automation_clients::Value::from(SECRET));
    let request = client.query_table_data(SECRET, &body).sys_limit(1);
    silent(&request);
    assert!(format!("{request:?}").contains("queryTableData"));
    let call = request.send();
    call.await.unwrap();
}

#[tokio::test]
async fn bodies_with_secrets() {
    let server = Server::start().await;
    let login = models::LoginRequest::new("ann", SECRET);
    silent(&login);
    let answer = json!({ "accessToken": SECRET, "organizationLabel": "o" });
    server.script("workspaceLogin", [Answer::json(200, &answer)]);
    let client = botcity_insights::Client::builder().url(server.url()).transport(transport()).build().unwrap();
    silent(&client.workspace_login(&login));
    let answer = client.workspace_login(&login).send().await.unwrap();
    silent(&answer);
    assert_eq!(answer.access_token.expose(), SECRET);
    // It is sent and kept as it is all the same.
    assert!(server.take_one().text().contains(SECRET));
}

#[tokio::test]
async fn errors_of_an_operation_with_secrets_show_no_body() {
    let server = Server::start().await;
    let client = botcity_insights::Client::builder().url(server.url()).transport(transport()).build().unwrap();
    let login = models::LoginRequest::new("ann", SECRET);
    let half = format!(r#"{{"accessToken":"{SECRET}","organizationLabel":7}}"#);
    let echo = format!(r#"{{"message":"the key {SECRET} is wrong"}}"#);
    for answer in [Answer::json_text(200, &half), Answer::json_text(401, &echo), Answer::text(500, SECRET)] {
        server.script("workspaceLogin", [answer]);
        let error = client.workspace_login(&login).send().await.unwrap_err();
        silent(&error);
        assert!(!error.to_string().contains(SECRET), "{error}");
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            assert!(!format!("{inner} {inner:?}").contains(SECRET), "{inner}");
            source = inner.source();
        }
        // Who asks for the body gets it.
        assert!(error.text().contains(SECRET));
    }
}

#[tokio::test]
async fn a_server_that_repeats_the_credential() {
    let server = Server::start().await;
    let builder = process::Client::builder().url(server.url()).transport(transport());
    let client = builder.pure_cloud_oauth(Credential::token(SECRET)).build().unwrap();
    let bodies = [
        Answer::json(400, &json!({ "message": format!("token {SECRET} is not good"), "code": SECRET })),
        Answer::text(502, &format!("upstream said: Bearer {SECRET}")),
        Answer::json_text(200, &format!(r#"{{"id":"{SECRET}","version":"{SECRET}"}}"#)),
        Answer::empty(401).header("WWW-Authenticate", &format!("Bearer error=\"{SECRET}\"")),
    ];
    for body in bodies {
        server.script("getProcessautomationTrigger", [body]);
        let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
        silent(&error);
        assert!(!error.to_string().contains(SECRET), "{error}");
    }
}

#[tokio::test]
async fn a_token_that_was_fetched() {
    let server = Server::start().await;
    let grant = json!({ "access_token": SECRET, "token_type": "bearer", "expires_in": "86399" });
    server.script("token", [Answer::json(200, &grant)]);
    let grant = ClientCredentials::new("id", "s").token_url("/oauth/token");
    let builder = process::Client::builder().url(server.url()).transport(transport());
    let client = builder.pure_cloud_oauth(grant).build().unwrap();
    client.get_processautomation_triggers_topics().send().await.unwrap();
    silent(&client);
    let echo = Answer::json(403, &json!({ "message": format!("{SECRET} may not do that") }));
    server.script("getProcessautomationTrigger", [echo]);
    let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    silent(&error);
    assert!(!error.to_string().contains(SECRET), "{error}");
}
