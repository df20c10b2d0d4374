//! What comes over the wire stays what it is: decoded, looked at, encoded again.

use super::support::{as_json, botcity, json, kore, process};
use automation_clients::genesys_process_automation::models as process_models;
use automation_clients::kore_ai::models as kore_models;
use automation_clients::runtime::json;
use automation_clients::{DateTime, Maybe, Value, botcity_insights};
use clientsmith_tests::server::{Answer, Server};

fn page_of(tasks: &str) -> String {
    let sort = r#"{"sorted":false}"#;
    format!(
        r#"{{"content":[{tasks}],"number":0.0,"size":2e1,"totalElements":1,"totalPages":1,"first":true,"last":true,
        "empty":false,"numberOfElements":1,"sort":{sort},"pageable":{{}}}}"#
    )
}

fn task(rest: &str) -> String {
    let known =
        r#""id":1,"activityLabel":"a","repositoryLabel":"DEFAULT","dateCreation":"2024-02-09T20:02:40.032+00:00""#;
    format!("{{{known},{rest}}}")
}

#[tokio::test]
async fn unknown_enum_values_and_members_survive() {
    let server = Server::start().await;
    let text = r#"{"id":"1","target":{"type":"Fax","colour":"#.to_owned()
        + r#"{"r":1.0,"list":[null,"x"]}},"matchCriteria":[{"operator":"Almost","value":{"any":[1,true]}}],"#
        + r#""enabled":null,"futureMember":9007199254740993,"version":7}"#;
    server.script("getProcessautomationTrigger", [Answer::json_text(200, &text)]);
    let trigger = process(&server).get_processautomation_trigger("1").send().await.unwrap();
    let target = trigger.target.as_ref().unwrap();
    assert_eq!(target.r#type, Some(process_models::TriggerTargetType::Unknown("Fax".to_owned())));
    assert!(!target.r#type.as_ref().unwrap().is_known());
    assert_eq!(trigger.enabled, None);
    assert_eq!(trigger.extra["futureMember"].as_i64(), Some(9_007_199_254_740_993));
    assert_eq!(trigger.match_criteria.as_ref().unwrap()[0].operator, Some("Almost".into()));
    // Numbers to the last digit too, `null` where the description has none as well.
    let back = json::to_string(trigger.body()).unwrap();
    assert_eq!(back.parse::<Value>().unwrap(), text.parse::<Value>().unwrap());
    assert!(back.contains("9007199254740993"));
}

#[tokio::test]
async fn absent_null_and_value_are_three_states() {
    let server = Server::start().await;
    let tasks = [
        task(r#""state":"START""#),
        task(r#""state":"FINISHED","finishStatus":null,"machineId":null,"totalItems":null"#),
        task(r#""state":"FINISHED","finishStatus":"FAILED","machineId":"vm02","totalItems":42.0"#),
        task(r#""state":"PARKED","finishStatus":"LOST""#),
    ];
    let text = page_of(&tasks.join(","));
    server.script("listTasks", [Answer::json_text(200, &text)]);
    let page = botcity(&server).list_tasks().send().await.unwrap();
    let [absent, null, value, unknown] = &page.content[..] else { panic!("four tasks") };
    assert_eq!((&absent.machine_id, &absent.finish_status), (&Maybe::Absent, &Maybe::Absent));
    assert_eq!((&null.machine_id, &null.finish_status), (&Maybe::Null, &Maybe::Null));
    assert_eq!(value.machine_id.as_deref(), Some("vm02"));
    assert_eq!(value.finish_status, Maybe::Value(botcity_insights::models::TaskFinishStatus::Failed));
    assert_eq!(value.total_items, Maybe::Value(42));
    assert_eq!(unknown.state.as_str(), "PARKED");
    assert_eq!(unknown.finish_status.value().map(|status| status.is_known()), Some(false));
    // Integers that arrive with a fraction or an exponent.
    assert_eq!((page.number, page.size), (0, 20));
    assert_eq!(json::to_string(page.body()).unwrap().parse::<Value>().unwrap(), text.parse::<Value>().unwrap());
}

#[tokio::test]
async fn dates_with_and_without_zone() {
    let server = Server::start().await;
    let dates = r#""state":"START","dateStartRunning":"2024-02-10T09:13:02.118+02:00","dateLastModified":"gestern""#;
    server.script("listTasks", [Answer::json_text(200, &page_of(&task(dates)))]);
    let client = botcity(&server);
    let page = client.list_tasks().send().await.unwrap();
    let task = &page.content[0];
    assert_eq!(task.date_creation.to_timestamp().unwrap().to_string(), "2024-02-09T20:02:40.032Z");
    let started = task.date_start_running.value().unwrap();
    assert_eq!(started.to_timestamp().unwrap().to_string(), "2024-02-10T07:13:02.118Z");
    assert_eq!(started.to_civil().unwrap().hour(), 9);
    // A date that is none does not break the answer, and keeps its text.
    let modified: &DateTime = task.date_last_modified.value().unwrap();
    assert!(modified.to_timestamp().is_err());
    assert_eq!(modified.as_str(), "gestern");
    assert_eq!(as_json(task)["dateCreation"], "2024-02-09T20:02:40.032+00:00");

    let automations = client.list_automations().send().await.unwrap();
    let automation = &automations.content[0];
    assert_eq!(automation.date.value().unwrap().to_civil().unwrap().to_string(), "2024-02-23T23:00:02.513");
    assert_eq!(automation.sum_items, 0.0);
}

#[tokio::test]
async fn integers_must_be_whole() {
    let server = Server::start().await;
    let answer = |id: &str| Answer::json_text(200, &format!(r#"{{"id":"1","version":{id}}}"#));
    let client = process(&server);
    for (text, wanted) in [("0.0", 0), ("-0", 0), ("1e3", 1000), ("12.50e1", 125), ("9223372036854775807", i64::MAX)] {
        server.script("getProcessautomationTrigger", [answer(text)]);
        let trigger = client.get_processautomation_trigger("1").send().await.unwrap();
        assert_eq!(trigger.version, Some(wanted), "{text}");
    }
    for text in ["0.5", "9223372036854775808", "1e400", "\"7\""] {
        server.script("getProcessautomationTrigger", [answer(text)]);
        let error = client.get_processautomation_trigger("1").send().await.unwrap_err();
        assert!(error.to_string().contains("$.version"), "{text}: {error}");
    }
}

#[tokio::test]
async fn free_columns_beside_fixed_ones() {
    let server = Server::start().await;
    let text = r#"{"First_Name":"Jane","_id":"0123","sys_Id":"sys-1","Number":3453.0,"Date":null,"a":{"b":[]},"#
        .to_owned()
        + r#""Created_On":"2024-05-06T07:08:09.101Z","Größe":1e2}"#;
    server.script("insertTableRow", [Answer::json_text(200, &text)]);
    let row = kore_models::InsertTableRowRequest::new([("First_Name", Value::from("Jane"))].into_iter().collect());
    let row = kore(&server).insert_table_row("T", &row).send().await.unwrap();
    assert_eq!((row.id.as_deref(), row.sys_id.as_deref()), (Some("0123"), Some("sys-1")));
    assert_eq!(row.extra.keys().collect::<Vec<_>>(), ["First_Name", "Number", "Date", "a", "Größe"]);
    assert!(row.extra["Date"].is_null());
    let back = json::to_string(row.body()).unwrap();
    assert_eq!(back.parse::<Value>().unwrap(), text.parse::<Value>().unwrap());
    assert!(back.contains("3453.0") && back.contains("1e2"), "{back}");
}

#[tokio::test]
async fn odd_property_names() {
    let server = Server::start().await;
    let logs = kore(&server).get_audit_logs().send().await.unwrap();
    let entry = &logs.auditlogs.as_ref().unwrap()[0];
    assert_eq!(entry.date_time.as_ref().map(DateTime::as_str), Some("2024-05-06T07:08:09.101Z"));
    assert_eq!(as_json(entry)["Date/Time"], "2024-05-06T07:08:09.101Z");
    assert_eq!(as_json(entry)["AuditLogId"], "0123456789abcdef0123456");
    let widget =
        kore(&server).get_dashboard_widget_data("b", "d", "w", "2024-05-01", "2024-05-02").send().await.unwrap();
    assert_eq!(as_json(widget.body())["_id"], "wg-00000000-0000-5000-8000-0000000000bb");
}

#[tokio::test]
async fn recursive_answers() {
    let server = Server::start().await;
    let mut user = json!({ "id": "u0" });
    for number in 1..40 {
        user = json!({ "id": format!("u{number}"), "manager": user });
    }
    let flow = json!({
        "flowConfigId": {}, "launchTime": "2023-10-04T12:00:00Z", "launchType": "TEST", "launchedBy": user,
    });
    server.script("getProcessautomationFlowsInstance", [Answer::json(200, &flow)]);
    let found = process(&server).get_processautomation_flows_instance("99").send().await.unwrap();
    let mut depth = 0;
    let mut manager = found.launched_by.as_ref();
    while let Some(user) = manager {
        depth += 1;
        manager = user.manager.as_deref();
    }
    assert_eq!(depth, 40);
    assert_eq!(as_json(found.body()), flow);
}

#[test]
fn a_union_of_scalars() {
    use kore_models::ExpressionValue;
    for (text, wanted) in [
        (r#""Jane""#, ExpressionValue::Text("Jane".to_owned())),
        ("10", ExpressionValue::Number(10.into())),
        ("0.10", ExpressionValue::Number("0.1".parse().unwrap())),
        ("false", ExpressionValue::Bool(false)),
        ("[1]", ExpressionValue::Unknown(Value::array([1]))),
        ("null", ExpressionValue::Unknown(Value::Null)),
        (r#"{"from":1,"to":2}"#, ExpressionValue::Unknown(Value::object([("from", 1), ("to", 2)]))),
    ] {
        let value: ExpressionValue = json::from_str(text).unwrap();
        assert_eq!(value, wanted);
        assert_eq!(json::to_string(&value).unwrap(), text);
    }
}

#[test]
fn enums_of_signs_and_spaces() {
    use kore_models::{Operand, UsersInfoRequestStatus};
    for (text, wanted) in [("=", Operand::Eq), ("!=", Operand::Ne), ("<", Operand::Lt), (">", Operand::Gt)] {
        assert_eq!(Operand::from(text), wanted);
        assert_eq!((wanted.as_str(), wanted.to_string().as_str()), (text, text));
    }
    assert_eq!(Operand::from("≠"), Operand::Unknown("≠".to_owned()));
    assert_eq!(UsersInfoRequestStatus::NotActive.as_str(), "not active");
    assert_eq!(UsersInfoRequestStatus::from("not active"), UsersInfoRequestStatus::NotActive);
}
