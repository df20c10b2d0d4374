//! Each operation of Genesys Cloud Process Automation.

use super::support::{BEARER, expect, expect_all_called, process};
use automation_clients::Value;
use automation_clients::genesys_process_automation::models;
use clientsmith_tests::server::Server;

const TRIGGER: &str = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

fn target() -> models::TriggerTarget {
    models::TriggerTarget {
        r#type: Some(models::TriggerTargetType::Workflow),
        id: Some("11111111-2222-4333-8444-555555555555".to_owned()),
        ..Default::default()
    }
}

#[tokio::test]
async fn every_operation_on_triggers() {
    let server = Server::start().await;
    let client = process(&server);
    let mut all = Vec::new();

    let list = client.get_processautomation_triggers().page_size("1").topic_name("v2.{id}.end,v2.x").enabled(true);
    let page = list.has_delay_by(false).before("b=").after("a/").send().await.unwrap();
    assert_eq!(page.entities.as_ref().map(Vec::len), Some(1));
    assert_eq!(page.header("inin-correlation-id"), Some("3f0c2a4e-0000-4000-8000-000000000000"));
    let line = "GET /api/v2/processautomation/triggers?before=b%3D&after=a%2F&pageSize=1\
        &topicName=v2.%7Bid%7D.end%2Cv2.x&enabled=true&hasDelayBy=false";
    all.push(expect(&server, line, BEARER, None));

    let mut body = models::CreateTriggerRequest::new(target(), true, "Odd endings", "v2.users.{id}.activity");
    body.match_criteria = Some(vec![models::MatchCriteria {
        json_path: Some("mediaType".to_owned()),
        operator: Some(models::MatchOperator::Equal),
        value: Some("CHAT".into()),
        ..Default::default()
    }]);
    body.event_ttl_seconds = Some(120);
    let created = client.post_processautomation_triggers(&body).send().await.unwrap();
    assert_eq!(created.version, Some(1));
    let sent = r#"{"target":{"type":"Workflow","id":"11111111-2222-4333-8444-555555555555"},"enabled":true,"#
        .to_owned()
        + r#""name":"Odd endings","topicName":"v2.users.{id}.activity","#
        + r#""matchCriteria":[{"jsonPath":"mediaType","operator":"Equal","value":"CHAT"}],"eventTTLSeconds":120}"#;
    all.push(expect(&server, "POST /api/v2/processautomation/triggers", BEARER, Some(&sent)));

    let trigger = client.get_processautomation_trigger(TRIGGER).send().await.unwrap();
    assert_eq!(trigger.id.as_deref(), Some(TRIGGER));
    let line = format!("GET /api/v2/processautomation/triggers/{TRIGGER}");
    all.push(expect(&server, &line, BEARER, None));

    let mut body = models::UpdateTriggerRequest::new(1, target(), false, "Odd endings", "v2.users.{id}.activity");
    body.delay_by_seconds = Some(60);
    let updated = client.put_processautomation_trigger(TRIGGER, &body).send().await.unwrap();
    assert_eq!(updated.version, Some(2));
    let sent = r#"{"version":1,"target":{"type":"Workflow","id":"11111111-2222-4333-8444-555555555555"},"#.to_owned()
        + r#""enabled":false,"name":"Odd endings","topicName":"v2.users.{id}.activity","delayBySeconds":60}"#;
    all.push(expect(&server, &line.replace("GET", "PUT"), BEARER, Some(&sent)));

    // No body either way.
    let gone = client.delete_processautomation_trigger(TRIGGER).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    all.push(expect(&server, &line.replace("GET", "DELETE"), BEARER, None));

    // An event of any shape, as it is.
    let event = Value::object([("eventTime", Value::from(10000)), ("mediaType", "CHAT".into())]);
    let tried = client.post_processautomation_trigger_test(TRIGGER).body(&event).send().await.unwrap();
    assert_eq!(tried.trigger_matches, Some(false));
    let line = format!("POST /api/v2/processautomation/triggers/{TRIGGER}/test");
    all.push(expect(&server, &line, BEARER, Some(r#"{"eventTime":10000,"mediaType":"CHAT"}"#)));

    let topics = client.get_processautomation_triggers_topics().page_size("3").send().await.unwrap();
    assert_eq!(topics.entities.as_ref().map(|names| names[0].as_str()), Some("v2.users.{id}.activity"));
    all.push(expect(&server, "GET /api/v2/processautomation/triggers/topics?pageSize=3", BEARER, None));

    let tried = client.post_processautomation_triggers_topic_test("v2.users.{id}.activity").body(&event);
    let tried = tried.send().await.unwrap();
    assert_eq!(tried.schema_validation.as_ref().and_then(|schema| schema.matches), Some(false));
    let line = "POST /api/v2/processautomation/triggers/topics/v2.users.%7Bid%7D.activity/test";
    all.push(expect(&server, line, BEARER, Some(r#"{"eventTime":10000,"mediaType":"CHAT"}"#)));

    let of_flows = ["getProcessautomationFlowsDefinitionVersion", "getProcessautomationFlowsInstance"];
    let flows = every_operation_on_flows(&server).await;
    assert!(of_flows.iter().all(|id| flows.iter().any(|request| request.operation.as_deref() == Some(id))));
    all.extend(flows);
    expect_all_called("genesys-process-automation", &all);
}

async fn every_operation_on_flows(server: &Server) -> Vec<clientsmith_tests::server::Received> {
    let client = process(server);
    let mut all = Vec::new();

    let version = client.get_processautomation_flows_definition_version("e88db9fb", "3.0").expand("users");
    let version = version.send().await.unwrap();
    assert_eq!(version.version.as_deref(), Some("3.0"));
    let line = "GET /api/v2/processautomation/flows/definitions/e88db9fb/versions/3.0?expand=users";
    all.push(expect(server, line, BEARER, None));

    let expand = models::GetProcessautomationFlowsInstanceExpand::Variables;
    let flow = client.get_processautomation_flows_instance("99").expand(expand).send().await.unwrap();
    assert_eq!(flow.status, Some(models::FlowDetailsStatus::Running));
    let line = "GET /api/v2/processautomation/flows/instances/99?expand=variables";
    all.push(expect(server, line, BEARER, None));

    // A parameter that is repeated for each value.
    let search = client.get_processautomation_flows_instances_commands_search("H4sIAAA+/A==");
    let found = search.expand(["users", "flowconfigid"]).send().await.unwrap();
    assert_eq!(found.total, 2);
    let line = "GET /api/v2/processautomation/flows/instances/commands/search\
        ?q64=H4sIAAA%2B%2FA%3D%3D&expand=users&expand=flowconfigid";
    all.push(expect(server, line, BEARER, None));

    let mut criteria = models::FlowSearchCriteria::new(models::FlowSearchCriteriaType::Exact);
    criteria.fields = Some(vec!["flowExecId".to_owned()]);
    criteria.values = Some(vec!["99".to_owned()]);
    let body = models::FlowSearchRequest {
        sort_order: Some(models::SortOrder::Asc),
        page_size: Some(25),
        query: Some(vec![criteria]),
        ..Default::default()
    };
    let found = client.post_processautomation_flows_instances_commands_search(&body).send().await.unwrap();
    assert_eq!(found.results.len(), 2);
    let line = "POST /api/v2/processautomation/flows/instances/commands/search";
    let sent =
        r#"{"sortOrder":"ASC","pageSize":25,"query":[{"type":"EXACT","fields":["flowExecId"],"values":["99"]}]}"#;
    all.push(expect(server, line, BEARER, Some(sent)));
    all
}
