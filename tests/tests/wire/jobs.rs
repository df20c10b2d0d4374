//! Jobs: started, looked at, waited for.

use super::support::{BEARER, bots, json, transport};
use automation_clients::genesys_bots::{Client, models};
use automation_clients::runtime::http::{
    BoxFuture, HttpRequest, HttpResponse, ReqwestTransport, Transport, TransportError,
};
use automation_clients::{Backoff, Credential, ErrorKind};
use clientsmith_tests::server::{Answer, Received, Server, scenario};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The default transport, except that it notes pauses instead of making them.
#[derive(Clone)]
struct Hasty {
    inner: ReqwestTransport,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl Transport for Hasty {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.inner.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.pauses.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

fn hasty(server: &Server) -> (Client, Arc<Mutex<Vec<Duration>>>) {
    let pauses = Arc::default();
    let transport = Hasty { inner: transport(), pauses: Arc::clone(&pauses) };
    let builder = Client::builder().url(server.url()).transport(transport);
    (builder.pure_cloud_oauth(Credential::token("tok")).build().unwrap(), pauses)
}

fn lines(server: &Server) -> Vec<String> {
    server.take().iter().map(Received::line).collect()
}

fn two_runs() -> models::ExecutionDataRequest {
    models::ExecutionDataRequest::new(vec!["exec-1".to_owned(), "exec-2".to_owned()])
}

const START: &str = "POST /api/v2/bots/instances/jobs";
const LOOK: &str = "GET /api/v2/bots/instances/jobs/job-2";

#[tokio::test]
async fn a_job_is_looked_at_until_it_is_done() {
    let server = Server::start().await;
    server.script("getBotsInstancesJob", scenario::job("job-2", &["Running", "Running", "Success"]));
    let (client, pauses) = hasty(&server);
    let done = client.post_bots_instances_jobs(&two_runs()).wait().await.unwrap();
    assert_eq!(done.job_state, Some(models::GetBotExecutionDataJobResultJobState::Success));
    assert_eq!(done.entities.as_ref().unwrap()[0].download_uri.as_deref(), Some("https://example.com/exec-1"));
    let looks = server.received();
    assert!(looks.iter().all(|request| request.header(BEARER[0].0) == Some(BEARER[0].1)));
    assert_eq!(lines(&server), [START, LOOK, LOOK, LOOK]);
    assert_eq!(*pauses.lock().unwrap(), [1, 2, 4].map(Duration::from_secs));
    assert!(server.problems().is_empty());
}

#[tokio::test]
async fn a_get_can_start_a_job_too() {
    let server = Server::start().await;
    server.script("getBotsInstancesJob", scenario::job("job-1", &["Registered", "Success"]));
    let (client, _) = hasty(&server);
    client.get_bots_instance("exec 1").wait().await.unwrap();
    let look = "GET /api/v2/bots/instances/jobs/job-1";
    assert_eq!(lines(&server), ["GET /api/v2/bots/instances/exec%201", look, look]);
}

#[tokio::test]
async fn a_failed_job_is_an_error_with_the_last_answer() {
    let server = Server::start().await;
    server.script("getBotsInstancesJob", scenario::job("job-2", &["Running", "Failed"]));
    let (client, _) = hasty(&server);
    let error = client.post_bots_instances_jobs(&two_runs()).wait().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Job);
    let last = error.typed::<models::GetBotExecutionDataJobResult>().unwrap();
    assert_eq!(last.job_state, Some(models::GetBotExecutionDataJobResultJobState::Failed));
    assert!(error.to_string().contains("Failed"), "{error}");
}

#[tokio::test]
async fn a_state_that_the_description_does_not_know_goes_on() {
    let server = Server::start().await;
    server.script("getBotsInstancesJob", scenario::job("job-2", &["Paused", "Success"]));
    let (client, _) = hasty(&server);
    assert!(client.post_bots_instances_jobs(&two_runs()).wait().await.is_ok());
}

#[tokio::test]
async fn patience_ends() {
    let server = Server::start().await;
    server.on("getBotsInstancesJob", |_| scenario::job("job-2", &["Running"]).remove(0));
    let (client, pauses) = hasty(&server);
    let backoff = Backoff::new().first(Duration::from_secs(10)).factor(1.0).give_up_after(Duration::from_secs(35));
    let error = client.post_bots_instances_jobs(&two_runs()).wait_with(backoff).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("Running"), "{error}");
    assert_eq!(*pauses.lock().unwrap(), [10, 10, 10].map(Duration::from_secs));
}

#[tokio::test]
async fn a_rate_limit_on_the_way_is_waited_for() {
    let server = Server::start().await;
    let mut answers = scenario::job("job-2", &["Running", "Success"]);
    answers.insert(1, Server::declared("getBotsInstancesJob", 429));
    server.script("getBotsInstancesJob", answers);
    let (client, pauses) = hasty(&server);
    client.post_bots_instances_jobs(&two_runs()).wait().await.unwrap();
    assert_eq!(*pauses.lock().unwrap(), [1, 2, 42].map(Duration::from_secs));
}

#[tokio::test]
async fn a_real_pause_is_short_when_it_is_set_so() {
    let server = Server::start().await;
    server.script("getBotsInstancesJob", scenario::job("job-2", &["Running", "Success"]));
    let backoff = Backoff::new().first(Duration::from_millis(1));
    bots(&server).post_bots_instances_jobs(&two_runs()).wait_with(backoff).await.unwrap();
    assert_eq!(lines(&server), [START, LOOK, LOOK]);
}

#[tokio::test]
async fn a_job_without_an_id_cannot_be_followed() {
    let server = Server::start().await;
    server.script("postBotsInstancesJobs", [Answer::json(200, &json!({ "jobState": "Registered" }))]);
    let (client, _) = hasty(&server);
    let error = client.post_bots_instances_jobs(&two_runs()).wait().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Job);
    assert!(error.to_string().contains("/id"), "{error}");
    assert_eq!(lines(&server), [START]);
}
