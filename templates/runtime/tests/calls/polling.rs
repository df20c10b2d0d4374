//! Jobs: started, looked at, done, failed, given up.

use crate::api::Client;
use clientsmith_runtime::codegen::{
    Backoff, BodySpec, Error, ErrorKind, Op, Options, Param, Polling, Response, Source, Value, json,
};
use clientsmith_runtime::http::{FakeTransport, HttpResponse};
use std::time::Duration;

static START: Op = Op { id: "startJob", method: "POST", path: "/jobs", body: Some(BodySpec::json(false)), ..Op::BASE };
static LOOK: Op = Op { id: "getJob", path: "/jobs/{id}", params: &[Param::path("id")], ..Op::BASE };
static POLLING: Polling = Polling {
    op: &LOOK,
    params: &[(0, Source::Body("/id"))],
    state: "/jobState",
    done: &["Success"],
    failed: &["Failed"],
};
static BY_HEADER: Polling = Polling { params: &[(0, Source::Header("X-Job"))], ..POLLING };

async fn run(
    answers: Vec<HttpResponse>,
    polling: &'static Polling,
    backoff: Backoff,
) -> (FakeTransport, Result<Response<Value>, Error>) {
    let answers = std::sync::Mutex::new(answers.into_iter());
    let fake = FakeTransport::new(move |_| answers.lock().unwrap().next().unwrap_or_else(|| look("Running")));
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    let result = client.core.request(&START).wait(polling, backoff, json).await;
    (fake, result)
}

fn started() -> HttpResponse {
    HttpResponse::json(200, r#"{"id":"j/1","jobState":"Registered"}"#).with_header("X-Job", "h1")
}

fn look(state: &str) -> HttpResponse {
    HttpResponse::json(200, &format!(r#"{{"id":"j/1","jobState":"{state}"}}"#))
}

fn seconds(fake: &FakeTransport) -> Vec<u64> {
    fake.slept().iter().map(Duration::as_secs).collect()
}

#[tokio::test]
async fn until_it_is_done() {
    let (fake, result) =
        run(vec![started(), look("Registered"), look("Running"), look("Success")], &POLLING, Backoff::default()).await;
    let done = result.unwrap();
    assert_eq!(done.pointer("/jobState").unwrap().as_str(), Some("Success"));
    let lines: Vec<String> = fake.sent().iter().map(|sent| format!("{} {}", sent.method(), sent.path())).collect();
    assert_eq!(lines, ["POST /v2/jobs", "GET /v2/jobs/j%2F1", "GET /v2/jobs/j%2F1", "GET /v2/jobs/j%2F1"]);
    assert_eq!(seconds(&fake), [1, 2, 4]);
}

#[tokio::test]
async fn the_value_can_be_in_a_header() {
    let (fake, result) = run(vec![started(), look("Success")], &BY_HEADER, Backoff::default()).await;
    result.unwrap();
    assert_eq!(fake.sent()[1].path(), "/v2/jobs/h1");
}

#[tokio::test]
async fn a_failed_job_keeps_its_answer() {
    let failed = HttpResponse::json(200, r#"{"id":"j","jobState":"Failed","why":"x"}"#);
    let (_, result) = run(vec![started(), failed], &POLLING, Backoff::default()).await;
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Job);
    assert_eq!(error.to_string(), "getJob: the job failed: its state is Failed");
    assert_eq!(error.typed::<Value>().unwrap().pointer("/why").unwrap().as_str(), Some("x"));
}

#[tokio::test]
async fn it_is_given_up_in_the_end() {
    let (fake, result) = run(vec![started()], &POLLING, Backoff::default()).await;
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let waits = seconds(&fake);
    assert_eq!(waits[..6], [1, 2, 4, 8, 16, 30]);
    assert!(waits[6..].iter().all(|wait| *wait == 30));
    let total: u64 = waits.iter().sum();
    assert!((570..=600).contains(&total), "{total}");
    assert_eq!(error.to_string(), format!("getJob: the job is not done after {total}s; its last state: Running"));
}

#[tokio::test]
async fn the_rhythm_can_be_set() {
    let backoff = Backoff::new()
        .first(Duration::from_secs(3))
        .factor(1.5)
        .longest(Duration::from_secs(5))
        .give_up_after(Duration::from_secs(20));
    let (fake, result) = run(vec![started()], &POLLING, backoff).await;
    result.unwrap_err();
    assert_eq!(fake.slept().iter().map(Duration::as_secs_f64).collect::<Vec<_>>(), [3.0, 4.5, 5.0, 5.0]);
    let odd = Backoff::new().factor(f64::NAN).give_up_after(Duration::from_secs(3));
    assert_eq!(seconds(&run(vec![started()], &POLLING, odd).await.0), [1, 1, 1]);
}

#[tokio::test]
async fn the_server_can_ask_for_more_time() {
    let busy = HttpResponse::empty(429).with_header("Retry-After", "7");
    let down = HttpResponse::empty(503);
    let later = look("Running").with_header("Retry-After", "20");
    let (fake, result) = run(vec![started(), busy, down, later, look("Success")], &POLLING, Backoff::default()).await;
    result.unwrap();
    assert_eq!(seconds(&fake), [1, 7, 14, 28]);
}

#[tokio::test]
async fn other_errors_end_the_wait() {
    let gone = HttpResponse::json(404, r#"{"message":"no job"}"#);
    let (_, result) = run(vec![started(), gone], &POLLING, Backoff::default()).await;
    assert_eq!(result.unwrap_err().to_string(), "getJob: the server answered 404 Not Found: no job");
    let (fake, result) = run(vec![HttpResponse::empty(403)], &POLLING, Backoff::default()).await;
    assert_eq!(result.unwrap_err().operation(), "startJob");
    assert!(fake.slept().is_empty());
}

#[tokio::test]
async fn answers_that_lack_something() {
    let (_, result) = run(vec![HttpResponse::json(200, "{}")], &POLLING, Backoff::default()).await;
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Job);
    assert_eq!(error.to_string(), "startJob: the job cannot be followed: no value at /id");
    let (_, result) = run(vec![started(), HttpResponse::json(200, "{}")], &POLLING, Backoff::default()).await;
    assert_eq!(result.unwrap_err().to_string(), "getJob: the job has no state at /jobState");
    // Not there yet.
    let waiting = vec![started(), HttpResponse::empty(204), HttpResponse::json(202, "{}"), look("Success")];
    run(waiting, &POLLING, Backoff::default()).await.1.unwrap();
}

#[tokio::test]
async fn options_go_along() {
    let fake = FakeTransport::new(|sent| if sent.method() == "POST" { started() } else { look("Success") });
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    let request = client.core.request(&START).options(Options::new().header("X-Trace", "1"));
    request.wait(&POLLING, Backoff::default(), json::<Value>).await.unwrap();
    assert!(fake.sent().iter().all(|sent| sent.header("x-trace") == Some("1")));
}
