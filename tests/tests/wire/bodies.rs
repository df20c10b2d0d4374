//! Bodies on their way to the server.

use super::support::{BEARER, JWT, expect, kore, process};
use automation_clients::genesys_process_automation::models as process_models;
use automation_clients::kore_ai::models;
use automation_clients::{Error, Number, Value};
use clientsmith_tests::server::Server;

#[tokio::test]
async fn an_event_has_any_shape_and_is_not_wrapped() {
    let server = Server::start().await;
    let client = process(&server);
    let line = "POST /api/v2/processautomation/triggers/1/test";
    for event in [
        r#"{"eventTime":10000,"callbackNumbers":["5550100"],"nested":{"a":[null,true]}}"#,
        r#"["a",1]"#,
        r#""just a text""#,
        "12.50",
        "123456789012345678901234567890.000000000000000000001",
        "true",
        "null",
        "{}",
        r#"{"v2.{id}":"ü\u0001\"\\"}"#,
    ] {
        let value: Value = event.parse().unwrap();
        client.post_processautomation_trigger_test("1").body(&value).send().await.unwrap();
        expect(&server, line, BEARER, Some(event));
    }
    // No event is no body; that is something else than `null`.
    client.post_processautomation_trigger_test("1").send().await.unwrap();
    let request = server.take_one();
    assert_eq!(request.text(), "");
    assert_eq!(request.header("content-type"), None);
    assert!(request.problems.is_empty());
}

#[tokio::test]
async fn a_delete_carries_its_body() {
    let server = Server::start().await;
    let client = kore(&server);
    let body = models::RemoveUsersRequest { org_user_ids: Some(vec!["org-1".to_owned()]), ..Default::default() };
    client.remove_users(&body).send().await.unwrap();
    let request = expect(&server, "DELETE /api/public/users", JWT, Some(r#"{"orgUserIds":["org-1"]}"#));
    assert_eq!(request.header("content-length"), Some("24"));
}

#[tokio::test]
async fn columns_keep_names_order_and_number_texts() {
    let server = Server::start().await;
    let number: Number = "0.10".parse().unwrap();
    let columns = [
        ("Z", Value::from("last letter first")),
        ("Date/Time", "2024-05-06".into()),
        ("größe in €", number.into()),
        ("", Value::Null),
    ];
    let body = models::InsertTableRowRequest::new(columns.into_iter().collect());
    kore(&server).insert_table_row("T", &body).send().await.unwrap();
    let sent = r#"{"data":{"Z":"last letter first","Date/Time":"2024-05-06","größe in €":0.10,"":null}}"#;
    expect(&server, "POST /api/public/tables/T", JWT, Some(sent));
}

#[tokio::test]
async fn unknown_values_and_members_can_be_sent() {
    let server = Server::start().await;
    let mut expression = models::Expression::new("age", ">=".into(), models::ExpressionValue::Unknown(Value::Null));
    expression.extra.insert("caseSensitive", Value::from(false));
    let query = models::TableQuery { expressions: Some(vec![expression]), ..Default::default() };
    let body = models::DeleteTableRowsRequest::new(query);
    let outcome: Result<_, Error> = kore(&server).delete_table_rows("T", &body).send().await;
    // The server checks what the description says: `null` is no value of a condition.
    assert_eq!(outcome.unwrap_err().status(), Some(400));
    let request = server.take_one();
    let sent = r#"{"query":{"expressions":[{"field":"age","operand":">=","value":null,"caseSensitive":false}]}}"#;
    assert_eq!(request.text(), sent);
    assert_eq!(request.problems, ["$.query.expressions[0].value is null, which fits no variant"]);
}

#[tokio::test]
async fn a_recursive_body() {
    let server = Server::start().await;
    let mut leaf = process_models::FlowSearchCriteria::new("EXACT".into());
    leaf.value = Some("99".to_owned());
    let mut criteria = leaf;
    for _ in 0..3 {
        let mut outer = process_models::FlowSearchCriteria::new(process_models::FlowSearchCriteriaType::Exact);
        outer.operator = Some(process_models::FlowSearchCriteriaOperator::Or);
        outer.group = Some(vec![criteria]);
        criteria = outer;
    }
    let body = process_models::FlowSearchRequest { query: Some(vec![criteria]), ..Default::default() };
    process(&server).post_processautomation_flows_instances_commands_search(&body).send().await.unwrap();
    let group = |inner: &str| format!(r#"{{"type":"EXACT","operator":"OR","group":[{inner}]}}"#);
    let sent = format!(r#"{{"query":[{}]}}"#, group(&group(&group(r#"{"type":"EXACT","value":"99"}"#))));
    expect(&server, "POST /api/v2/processautomation/flows/instances/commands/search", BEARER, Some(&sent));
}
