//! Listings, walked to their end.

use super::support::{botcity, json, kore, process};
use automation_clients::genesys_process_automation::models::{FlowSearchRequest, TriggerEntityListing};
use automation_clients::kore_ai::models::QueryTableRequest;
use automation_clients::{ErrorKind, Options};
use clientsmith_tests::server::{Answer, Received, Server, scenario};
use serde_json::Value;

fn targets(requests: &[Received]) -> Vec<&str> {
    requests.iter().map(|request| request.target.split_once('?').map_or("", |(_, query)| query)).collect()
}

fn bodies(requests: &[Received]) -> Vec<String> {
    requests.iter().map(Received::text).collect()
}

fn triggers(count: usize) -> Vec<Value> {
    (1..=count).map(|number| json!({ "id": number.to_string() })).collect()
}

fn flows(count: usize) -> Vec<Value> {
    let flow = |number: usize| json!({ "id": number.to_string(), "flowConfigId": {}, "launchTime": "2023-10-04T12:00:00Z", "launchType": "NORMAL" });
    (1..=count).map(flow).collect()
}

fn tasks(count: usize) -> Vec<Value> {
    let task = |number: usize| {
        json!({
            "id": number, "state": "START", "activityLabel": "a", "repositoryLabel": "DEFAULT",
            "dateCreation": "2024-02-09T20:02:40.032+00:00",
        })
    };
    (1..=count).map(task).collect()
}

#[tokio::test]
async fn by_the_next_address() {
    let server = Server::start().await;
    server.on("getProcessautomationTriggers", scenario::by_next_uri(triggers(5), 2));
    let items = process(&server).get_processautomation_triggers().page_size("2").enabled(true).items();
    let ids: Vec<_> = items.try_collect().await.unwrap().into_iter().filter_map(|trigger| trigger.id).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5"]);
    // The address is followed as it is: what the first request had beside it is the server's business.
    assert_eq!(targets(&server.received()), ["pageSize=2&enabled=true", "pageSize=2&after=c2", "pageSize=2&after=c4"]);
    assert!(server.received().iter().all(|request| request.header("authorization") == Some("Bearer tok")));
    assert!(server.problems().is_empty());
}

#[tokio::test]
async fn items_can_be_bare_texts() {
    let server = Server::start().await;
    let names: Vec<Value> = ["v2.users.{id}.activity", "v2.a", "v2.b"].map(Value::from).into();
    server.on("getProcessautomationTriggersTopics", scenario::by_next_uri(names, 2));
    let topics = process(&server).get_processautomation_triggers_topics().items().try_collect().await.unwrap();
    assert_eq!(topics, ["v2.users.{id}.activity", "v2.a", "v2.b"]);
}

#[tokio::test]
async fn by_an_address_or_a_bare_cursor() {
    let server = Server::start().await;
    server.on("getProcessautomationFlowsInstancesCommandsSearch", scenario::by_packed_search(flows(7), 2));
    let search = process(&server).get_processautomation_flows_instances_commands_search("H4s=0").expand(["users"]);
    let found = search.items().try_collect().await.unwrap();
    assert_eq!(found.len(), 7);
    // The first and third pages name whole addresses, the second a cursor, which goes into the original request.
    let wanted = ["q64=H4s%3D0&expand=users", "q64=H4s%3D2", "q64=H4s%3D4&expand=users", "q64=H4s%3D6"];
    assert_eq!(targets(&server.received()), wanted);
    assert!(server.problems().is_empty());
}

#[tokio::test]
async fn by_page_numbers_in_the_body() {
    let server = Server::start().await;
    server.on("postProcessautomationFlowsInstancesCommandsSearch", scenario::by_number_in_body(flows(5), 2));
    let client = process(&server);
    let body = FlowSearchRequest { page_size: Some(2), ..Default::default() };
    let found = client.post_processautomation_flows_instances_commands_search(&body).items();
    assert_eq!(found.try_collect().await.unwrap().len(), 5);
    let wanted = [r#"{"pageSize":2}"#, r#"{"pageSize":2,"pageNumber":2}"#, r#"{"pageSize":2,"pageNumber":3}"#];
    assert_eq!(bodies(&server.take()), wanted);

    // From a page of the caller's choice; and the page count ends the walk without a last, empty page.
    let body = FlowSearchRequest { page_number: Some(2), ..Default::default() };
    let pages = client.post_processautomation_flows_instances_commands_search(&body).pages();
    let pages = pages.try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| (page.page_number, page.results.len())).collect::<Vec<_>>(), [(2, 2), (3, 1)]);
    assert_eq!(bodies(&server.received()), [r#"{"pageNumber":2}"#, r#"{"pageNumber":3}"#]);
    assert!(server.problems().is_empty());
}

#[tokio::test]
async fn by_page_numbers_from_zero() {
    let server = Server::start().await;
    server.on("listTasks", scenario::by_page_from_zero(tasks(5), 2));
    let client = botcity(&server);
    let items = client.list_tasks().days(7).items().try_collect().await.unwrap();
    assert_eq!(items.iter().map(|task| task.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(targets(&server.take()), ["days=7", "page=1&days=7", "page=2&days=7"]);

    let items = client.list_tasks().page(1).items().try_collect().await.unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(targets(&server.take()), ["page=1", "page=2"]);

    // Both keys on each of the pages.
    client.list_tasks().items().try_collect().await.unwrap();
    let carries =
        |request: &Received| request.header("token") == Some("tok") && request.header("organization") == Some("org");
    assert!(server.received().iter().all(carries));
}

#[tokio::test]
async fn an_empty_listing_is_one_request() {
    let server = Server::start().await;
    server.on("listTasks", scenario::by_page_from_zero(Vec::new(), 2));
    server.on("queryTableData", scenario::by_offset(Vec::new()));
    server.on("getProcessautomationTriggers", scenario::by_next_uri(Vec::new(), 2));
    assert!(botcity(&server).list_tasks().items().try_collect().await.unwrap().is_empty());
    let all = QueryTableRequest::default();
    assert!(kore(&server).query_table_data("T", &all).items().next().await.is_none());
    assert!(process(&server).get_processautomation_triggers().items().next().await.is_none());
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn by_offset_while_there_is_more() {
    let server = Server::start().await;
    let rows: Vec<Value> = (0..5).map(|number| json!({ "sys_Id": format!("sys-{number}"), "Age": number })).collect();
    server.on("queryTableData", scenario::by_offset(rows));
    let client = kore(&server);
    let query = QueryTableRequest::default();
    let items = client.query_table_data("T", &query).sys_limit(2).items().try_collect().await.unwrap();
    assert_eq!(items.iter().filter_map(|row| row.extra["Age"].as_i64()).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    let wanted = ["sys_limit=2", "sys_limit=2&sys_offset=2", "sys_limit=2&sys_offset=4"];
    assert_eq!(targets(&server.received()), wanted);
    assert!(bodies(&server.take()).iter().all(|body| body == "{}"));

    // Older servers do not say whether there is more; then a page without rows is the end.
    let older = |number| Answer::json(200, &json!({ "queryResult": vec![json!({}); number] }));
    server.script("queryTableData", [older(2), older(1), older(0)]);
    assert_eq!(client.query_table_data("T", &query).items().try_collect().await.unwrap().len(), 3);
    assert_eq!(targets(&server.received()), ["", "sys_offset=2", "sys_offset=3"]);
    assert!(server.problems().is_empty());
}

#[tokio::test]
async fn after_the_last_entry() {
    let server = Server::start().await;
    let entries: Vec<Value> = (0..5).map(|number| json!({ "AuditLogId": format!("00{number}") })).collect();
    server.on("getAuditLogs", scenario::by_last_entry(entries, 2));
    let items = kore(&server).get_audit_logs().size(2).items().try_collect().await.unwrap();
    assert_eq!(items.len(), 5);
    assert_eq!(targets(&server.received()), ["size=2", "size=2&fetchAfter=001", "size=2&fetchAfter=003"]);
    assert!(server.problems().is_empty());
}

#[tokio::test]
async fn pages_are_asked_for_when_they_are_wanted() {
    let server = Server::start().await;
    server.on("listTasks", scenario::by_page_from_zero(tasks(4), 2));
    let mut items = botcity(&server).list_tasks().items();
    assert_eq!(server.received().len(), 0);
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    assert_eq!(server.received().len(), 1);
    assert_eq!(items.next().await.unwrap().unwrap().id, 3);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn pages_keep_status_and_headers() {
    let server = Server::start().await;
    let answers = ["first", "last"].map(|name| Server::example("getProcessautomationTriggers", name));
    server.script("getProcessautomationTriggers", answers);
    let mut pages = process(&server).get_processautomation_triggers().page_size("1").pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.header("inin-ratelimit-count"), Some("1"));
    let first: TriggerEntityListing = first.into_body();
    assert_eq!(first.entities.map(|entities| entities.len()), Some(1));
    assert_eq!(pages.next().await.unwrap().unwrap().status(), 200);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn going_in_circles_is_an_error() {
    let server = Server::start().await;
    // The first example names its next page, and so does every page after it: the same one.
    let mut items = process(&server).get_processautomation_triggers().items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(items.next().await.is_none());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn credentials_stay_with_their_server() {
    let server = Server::start().await;
    let elsewhere = Server::start().await;
    let page = |next: String| Answer::json(200, &json!({ "entities": [{}], "nextUri": next }));
    let next = format!("{}/api/v2/processautomation/triggers", elsewhere.url());
    server.script("getProcessautomationTriggers", [page(next)]);
    let client = process(&server);
    let error = client.get_processautomation_triggers().items().try_collect().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(elsewhere.received().is_empty());

    // An absolute address on the same server is fine.
    let next = format!("{}/api/v2/processautomation/triggers?after=x", server.url());
    server.script("getProcessautomationTriggers", [page(next), Answer::json(200, &json!({ "entities": [{}] }))]);
    assert_eq!(client.get_processautomation_triggers().items().try_collect().await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_error_on_the_way_ends_the_walk() {
    let server = Server::start().await;
    let page =
        Answer::json(200, &json!({ "entities": [{}, {}], "nextUri": "/api/v2/processautomation/triggers?after=x" }));
    server.script("getProcessautomationTriggers", [page, Server::declared("getProcessautomationTriggers", 503)]);
    let options = Options::new().header("X-Request", "7");
    let mut items = process(&server).get_processautomation_triggers().with_options(options).items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(503)));
    assert!(items.next().await.is_none());
    // What was set for the call holds for each page of it.
    assert!(server.received().iter().all(|request| request.header("x-request") == Some("7")));
}
