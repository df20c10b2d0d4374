//! Each operation of BotCity Insights.

use super::support::{KEYS, botcity, expect, expect_all_called};
use automation_clients::botcity_insights::models;
use clientsmith_tests::server::Server;

#[tokio::test]
async fn every_operation() {
    let server = Server::start().await;
    let client = botcity(&server);
    let mut all = Vec::new();

    // No credentials, although the client has some: the operation asks for none.
    let body = models::LoginRequest::new("ann", "s3cret");
    let login = client.workspace_login(&body).send().await.unwrap();
    assert_eq!(login.access_token.expose(), "<YOUR_ACCESS_TOKEN>");
    assert_eq!(login.organization_label, "<YOUR_ORGANIZATION_LABEL>");
    all.push(expect(&server, "POST /api/v2/workspace/login", &[], Some(r#"{"login":"ann","key":"s3cret"}"#)));

    let tasks = client.list_tasks().page(2).days(7).send().await.unwrap();
    assert_eq!(tasks.status(), 200);
    assert_eq!(tasks.content[0].id, 17296058);
    all.push(expect(&server, "GET /api/v1/insights/tasks?page=2&days=7", KEYS, None));

    // A comma inside one value, which is a delimiter elsewhere.
    let list = client.list_automations().page(0).sort("label,asc").automation("supplierHomologation").filter_by(30);
    let automations = list.send().await.unwrap();
    assert_eq!(automations.content[0].label, "supplierHomologation");
    let line = "GET /api/v1/insights/automation?page=0&sort=label%2Casc&automation=supplierHomologation&filterBy=30";
    let request = expect(&server, line, KEYS, None);
    assert_eq!(request.query("sort").as_deref(), Some("label,asc"));
    all.push(request);

    // A bare list.
    let runners = client.list_runners().sort("tasks,desc").runner("vm 01").filter_by(1).send().await.unwrap();
    assert_eq!(runners.body().len(), 1);
    assert_eq!(runners[0].id, "vm01");
    let line = "GET /api/v1/insights/runners?sort=tasks%2Cdesc&runner=vm%2001&filterBy=1";
    all.push(expect(&server, line, KEYS, None));

    // Optional parameters that are not set do not travel.
    client.list_runners().send().await.unwrap();
    all.push(expect(&server, "GET /api/v1/insights/runners", KEYS, None));

    expect_all_called("botcity-insights", &all);
}
