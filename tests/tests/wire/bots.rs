//! Each operation of Genesys Cloud Bots.

use super::support::{BEARER, bots, expect, expect_all_called};
use automation_clients::genesys_bots::models;
use clientsmith_tests::server::Server;

#[tokio::test]
async fn every_operation() {
    let server = Server::start().await;
    let client = bots(&server);
    let mut all = Vec::new();

    let job = client.get_bots_instance("exec-1").send().await.unwrap();
    assert_eq!(job.id.as_deref(), Some("job-1"));
    assert_eq!(job.header("inin-ratelimit-allowed"), Some("180"));
    all.push(expect(&server, "GET /api/v2/bots/instances/exec-1", BEARER, None));

    let body = models::ExecutionDataRequest::new(vec!["exec-1".to_owned(), "exec-2".to_owned()]);
    let job = client.post_bots_instances_jobs(&body).send().await.unwrap();
    assert_eq!(job.job_state, Some(models::GetBotExecutionDataJobResultJobState::Running));
    all.push(expect(&server, "POST /api/v2/bots/instances/jobs", BEARER, Some(r#"{"ids":["exec-1","exec-2"]}"#)));

    let job = client.get_bots_instances_job("job-1").send().await.unwrap();
    assert_eq!(job.entities.as_ref().map(Vec::len), Some(2));
    all.push(expect(&server, "GET /api/v2/bots/instances/jobs/job-1", BEARER, None));

    let capabilities = client.get_bots_instances_querycapabilities().send().await.unwrap();
    assert_eq!(capabilities.bot_types.as_deref(), Some(&["example".to_owned()][..]));
    all.push(expect(&server, "GET /api/v2/bots/instances/querycapabilities", BEARER, None));

    // A POST that only reads.
    let since = models::CriteriaItem {
        key: Some(models::CriteriaKey::FlowStartDateTime),
        operator: Some(models::CriteriaItemOperator::Gte),
        value: Some("2023-10-01T00:00:00Z".to_owned()),
        ..Default::default()
    };
    let group = models::CriteriaGroup { and: Some(vec![since]), ..Default::default() };
    let body = models::CriteriaQuery::new(vec![group]);
    let found = client.post_bots_instances_query(&body).index_only(true).send().await.unwrap();
    assert_eq!(found.total, Some(2));
    let line = "POST /api/v2/bots/instances/query?indexOnly=true";
    let sent = r#"{"query":[{"and":[{"key":"FlowStartDateTime","operator":"gte","value":"2023-10-01T00:00:00Z"}]}]}"#;
    all.push(expect(&server, line, BEARER, Some(sent)));

    expect_all_called("genesys-bots", &all);
}
