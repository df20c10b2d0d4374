//! Values in paths and queries.

use super::support::{BEARER, JWT, bots, expect, kore, process, transport};
use automation_clients::genesys_process_automation::{Client, models};
use automation_clients::{Credential, Date, ErrorKind, Options};
use clientsmith_tests::server::Server;

#[tokio::test]
async fn path_values_hold_anything() {
    let server = Server::start().await;
    let client = process(&server);
    for (topic, encoded) in [
        ("v2.detail.events.conversation.{id}.customer.end", "v2.detail.events.conversation.%7Bid%7D.customer.end"),
        ("{topicName}", "%7BtopicName%7D"),
        ("a/b c?d#e", "a%2Fb%20c%3Fd%23e"),
        ("100%25", "100%2525"),
        ("ä—\u{1f600}", "%C3%A4%E2%80%94%F0%9F%98%80"),
        ("a+b&c=d;e,f:g@h", "a%2Bb%26c%3Dd%3Be%2Cf%3Ag%40h"),
        ("...", "..."),
        ("~-._", "~-._"),
    ] {
        client.post_processautomation_triggers_topic_test(topic).send().await.unwrap();
        let request = server.take_one();
        let line = format!("POST /api/v2/processautomation/triggers/topics/{encoded}/test");
        assert_eq!(request.line(), line);
        assert!(request.problems.is_empty(), "{:?}", request.problems);
        assert_eq!(request.operation.as_deref(), Some("postProcessautomationTriggersTopicTest"));
    }
}

#[tokio::test]
async fn values_that_would_call_something_else_are_refused() {
    let server = Server::start().await;
    let client = process(&server);
    for topic in ["", ".", ".."] {
        let error = client.post_processautomation_triggers_topic_test(topic).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{topic:?}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_value_never_fills_another_parameter() {
    let server = Server::start().await;
    let call = process(&server).get_processautomation_flows_definition_version("{versionId}", "{flowId}");
    call.send().await.unwrap();
    let line = "GET /api/v2/processautomation/flows/definitions/%7BversionId%7D/versions/%7BflowId%7D";
    expect(&server, line, BEARER, None);
}

#[tokio::test]
async fn an_id_can_look_like_a_fixed_path() {
    let server = Server::start().await;
    let trigger = process(&server).get_processautomation_trigger("topics ").send().await.unwrap();
    assert!(trigger.id.is_some());
    assert_eq!(server.take_one().operation.as_deref(), Some("getProcessautomationTrigger"));
}

#[tokio::test]
async fn query_values_hold_anything() {
    let server = Server::start().await;
    let client = process(&server);
    client.get_processautomation_triggers().after("a b&c=d+é/{x}?#%").send().await.unwrap();
    let line = "GET /api/v2/processautomation/triggers?after=a%20b%26c%3Dd%2B%C3%A9%2F%7Bx%7D%3F%23%25";
    let request = expect(&server, line, BEARER, None);
    assert_eq!(request.query("after").as_deref(), Some("a b&c=d+é/{x}?#%"));

    // Set twice, the last one counts; an empty text is a value.
    client.get_processautomation_triggers().after("a").after("").send().await.unwrap();
    expect(&server, "GET /api/v2/processautomation/triggers?after=", BEARER, None);
}

#[tokio::test]
async fn repeated_values() {
    let server = Server::start().await;
    let client = process(&server);
    let none: [models::GetProcessautomationFlowsInstancesCommandsSearchExpandItem; 0] = [];
    client.get_processautomation_flows_instances_commands_search("q").expand(none).send().await.unwrap();
    expect(&server, "GET /api/v2/processautomation/flows/instances/commands/search?q64=q", BEARER, None);
    client.get_processautomation_flows_instances_commands_search("q").expand(["new one"]).send().await.unwrap();
    let line = "GET /api/v2/processautomation/flows/instances/commands/search?q64=q&expand=new%20one";
    expect(&server, line, BEARER, None);
}

#[tokio::test]
async fn dates_are_sent_as_they_are() {
    let server = Server::start().await;
    let client = kore(&server);
    let day = Date::from("2024-02-29");
    client.get_dashboard_widget_data("st-1", "d", "w", day, "2024-03-01").limit(-1).send().await.unwrap();
    let line = "GET /api/public/bot/st-1/dashboard/d/widget/w?startDate=2024-02-29&endDate=2024-03-01&limit=-1";
    expect(&server, line, JWT, None);
}

#[tokio::test]
async fn booleans_and_absence() {
    let server = Server::start().await;
    let body = automation_clients::genesys_bots::models::CriteriaQuery::default();
    bots(&server).post_bots_instances_query(&body).index_only(false).send().await.unwrap();
    expect(&server, "POST /api/v2/bots/instances/query?indexOnly=false", BEARER, Some(r#"{"query":[]}"#));
    bots(&server).post_bots_instances_query(&body).send().await.unwrap();
    expect(&server, "POST /api/v2/bots/instances/query", BEARER, Some(r#"{"query":[]}"#));
}

#[tokio::test]
async fn a_base_address_with_a_path() {
    let server = Server::start().await;
    for suffix in ["/gateway/v1", "/gateway/v1/"] {
        let builder = Client::builder().url(format!("{}{suffix}", server.url())).transport(transport());
        let client = builder.pure_cloud_oauth(Credential::token("tok")).build().unwrap();
        // The example server has nothing there; where the request went is what counts.
        assert!(client.get_processautomation_trigger("1").send().await.is_err());
        assert_eq!(server.take_one().line(), "GET /gateway/v1/api/v2/processautomation/triggers/1");
    }
}

#[tokio::test]
async fn settings_of_client_and_call() {
    let server = Server::start().await;
    let builder = Client::builder().url(server.url()).transport(transport()).user_agent("nightly/1.0");
    let builder = builder.header("X-Team", "blue").header("X-Other", "1").pure_cloud_oauth(Credential::token("tok"));
    let client = builder.build().unwrap();
    let options = Options::new().header("x-team", "red").query("debug", "a b").header("Authorization", "Basic x");
    let call = client.get_processautomation_triggers_topics().page_size("2").with_options(options);
    // The server does not know the query parameter, and says so; the request is what counts.
    assert_eq!(call.send().await.unwrap_err().status(), Some(400));
    let request = server.take_one();
    assert_eq!(request.line(), "GET /api/v2/processautomation/triggers/topics?pageSize=2&debug=a%20b");
    assert_eq!(request.problems, ["debug is no parameter"]);
    assert_eq!(request.header("user-agent"), Some("nightly/1.0"));
    assert_eq!((request.header("x-team"), request.header("x-other")), (Some("red"), Some("1")));
    // Credentials win.
    assert_eq!(request.header("authorization"), Some("Bearer tok"));
    assert_eq!(request.header_names().len(), 6);
}

#[tokio::test]
async fn the_usual_user_agent_names_the_crate() {
    let server = Server::start().await;
    process(&server).get_processautomation_triggers_topics().send().await.unwrap();
    let request = server.take_one();
    assert!(request.header("user-agent").unwrap().starts_with("automation-clients/"));
}
