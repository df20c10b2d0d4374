//! The generated clients at work: `cargo run --example tour`.
//!
//! Starts a server on this machine that answers with the examples of `specs/`, makes real HTTP calls with all four
//! clients, and prints what was called, what went over the wire, and what came of it. The exit status is 0 only if
//! everything went as it should.

use automation_clients::runtime::http::ReqwestTransport;
use automation_clients::{Backoff, ClientCredentials, Credential, ErrorKind, JwtSigner, Value};
use automation_clients::{botcity_insights, genesys_bots, genesys_process_automation, kore_ai};
use clientsmith_tests::server::{Received, Server, scenario};
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

type Outcome = Result<(), Box<dyn Error>>;

/// Runs code and gives its text as well, so that what is printed is what was run.
macro_rules! run {
    ($($code:tt)*) => {{
        let value = { $($code)* };
        (stringify!($($code)*), value)
    }};
}

/// Ends the tour when something is not as it should be.
macro_rules! check {
    ($condition:expr) => {
        if !$condition {
            return Err(concat!("this does not hold: ", stringify!($condition)).into());
        }
    };
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match tour().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nThe tour stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn tour() -> Outcome {
    let server = Server::start().await;
    println!("Four generated clients call a server on this machine. It answers with the examples of the");
    println!("descriptions in specs/, and refuses what they do not allow. Lines with > went over the wire.");
    let mut guide = Guide { server, steps: 0, requests: 0 };
    botcity(&mut guide).await?;
    process_automation(&mut guide).await?;
    bots(&mut guide).await?;
    kore(&mut guide).await?;
    println!("\nDone: {} steps, {} requests, each as its description asks.", guide.steps, guide.requests);
    Ok(())
}

/// A log-in that feeds two headers, and pages numbered from 0.
async fn botcity(guide: &mut Guide) -> Outcome {
    let workspace = botcity_insights::models::LoginRequest::new("<WORKSPACE_LOGIN>", "<WORKSPACE_KEY>");
    let botcity = botcity_insights::Client::builder()
        .url(guide.server.url())
        .transport(transport()?)
        .workspace_login(&workspace)
        .build()?;

    let (code, runners) = run!(botcity.list_runners().sort("tasks,desc").send().await?);
    let title = "BotCity Insights: the client logs in by itself and carries both values it was given";
    guide.step(title, code, &[200, 200], keys)?;
    check!(runners.len() == 1 && runners[0].name == "vm01");
    println!(
        "    1 runner: {}, {} tasks, {} automation",
        runners[0].name,
        runners[0].tasks,
        runners[0].automations.len()
    );

    let pages = ["waiting", "finished"].map(|name| Server::example("listTasks", name));
    guide.server.script("listTasks", pages);
    let (code, tasks) = run!(botcity.list_tasks().days(7).items().try_collect().await?);
    guide.step("BotCity Insights: a listing, walked page by page to its end", code, &[200, 200], nothing)?;
    check!(tasks.len() == 3);
    let states: Vec<String> = tasks.iter().map(|task| format!("{} {}", task.id, task.state)).collect();
    println!("    3 tasks on 2 pages: {}", states.join(", "));
    Ok(())
}

/// OAuth 2, cursors, events of any shape, typed errors.
async fn process_automation(guide: &mut Guide) -> Outcome {
    guide.server.issue_tokens("my-client", "my-secret");
    let grant = ClientCredentials::new("my-client", "my-secret");
    // The token endpoint follows the region; here it is on this machine, as everything else.
    let genesys = genesys_process_automation::Client::builder()
        .url(guide.server.url())
        .transport(transport()?)
        .pure_cloud_oauth(grant.token_url("/oauth/token"))
        .build()?;

    let pages = ["first", "last"].map(|name| Server::example("getProcessautomationTriggers", name));
    guide.server.script("getProcessautomationTriggers", pages);
    let (code, triggers) = run!(genesys.get_processautomation_triggers().page_size("1").items().try_collect().await?);
    let title = "Genesys Process Automation: one OAuth token for all calls, and pages that name the next one";
    guide.step(title, code, &[200, 200, 200], bearer)?;
    check!(triggers.len() == 1 && triggers[0].version == Some(1));
    println!("    1 trigger on 2 pages: {:?}", triggers[0].name.as_deref().unwrap_or_default());

    let topic = "v2.detail.events.conversation.{id}.customer.end";
    let event = Value::object([("conversationId", "c1"), ("disconnectType", "ERROR")]);
    let (code, tried) = run!(genesys.post_processautomation_triggers_topic_test(topic).body(&event).send().await?);
    let title = "Genesys Process Automation: braces in a path value, an event of any shape";
    guide.step(title, code, &[200], body)?;
    let schema = tried.schema_validation.as_ref().ok_or("no schemaValidation")?;
    check!(schema.matches == Some(false));
    println!("    the event does not fit its topic: {}", schema.details.as_deref().unwrap_or_default().join(", "));

    guide.server.script("getProcessautomationTrigger", [Server::declared("getProcessautomationTrigger", 404)]);
    let (code, answer) = run!(genesys.get_processautomation_trigger("no-such-trigger").send().await);
    guide.step("Genesys Process Automation: an error status with its typed body", code, &[404], nothing)?;
    let error = answer.err().ok_or("the trigger should not be there")?;
    let typed = error.typed::<genesys_process_automation::models::ErrorBody>().ok_or("no typed body")?;
    check!(error.kind() == ErrorKind::Status && typed.code.as_deref() == Some("not.found"));
    println!("    code {:?}, about a {}", typed.code.unwrap_or_default(), typed.entity_name.unwrap_or_default());
    println!("    as one line: {error}");
    Ok(())
}

/// A job.
async fn bots(guide: &mut Guide) -> Outcome {
    let bots = genesys_bots::Client::builder()
        .url(guide.server.url())
        .transport(transport()?)
        .pure_cloud_oauth(Credential::token("token-1")) // the one that the server gave before
        .build()?;
    guide.server.script("getBotsInstancesJob", scenario::job("job-2", &["Running", "Running", "Success"]));
    let runs = genesys_bots::models::ExecutionDataRequest::new(vec!["exec-1".to_owned()]);
    // Seconds in earnest; on a tour nobody wants to wait.
    let quickly = Backoff::new().first(Duration::from_millis(2));
    let (code, job) = run!(bots.post_bots_instances_jobs(&runs).wait_with(quickly).await?);
    guide.step("Genesys Bots: a job, started and looked at until it is done", code, &[200; 4], body)?;
    let files = job.entities.as_deref().unwrap_or_default();
    check!(files.len() == 1);
    println!("    the data of {} is ready for download", files[0].id.as_deref().unwrap_or_default());
    Ok(())
}

/// A token that the caller signs, a POST that reads, a DELETE with a body.
async fn kore(guide: &mut Guide) -> Outcome {
    use kore_ai::models::{
        DeleteTableRowsRequest, Expression, ExpressionValue, Operand, QueryTableRequest, TableQuery,
    };
    let signer = JwtSigner::hs256("client secret of the app").claim("appId", "cs-1234").claim("sub", "tour");
    let kore = kore_ai::Client::builder().url(guide.server.url()).transport(transport()?).jwt(signer).build()?;
    let small = Expression::new("Number", Operand::Lt, ExpressionValue::Number(10.into()));
    let small = TableQuery { expressions: Some(vec![small]), ..Default::default() };

    let asked = QueryTableRequest { query: Some(small.clone()), ..Default::default() };
    let (code, rows) = run!(kore.query_table_data("My table", &asked).sys_limit(50).send().await?);
    let title = "Kore.ai: a POST that only reads, with a token that the client signs";
    guide.step(title, code, &[200], signed)?;
    let rows = rows.query_result.as_deref().unwrap_or_default();
    check!(rows.len() == 2);
    let names: Vec<&str> = rows.iter().filter_map(|row| row.extra["firstName"].as_str()).collect();
    println!("    2 rows with columns that people made up: {}", names.join(", "));

    let doomed = DeleteTableRowsRequest::new(small);
    let (code, deleted) = run!(kore.delete_table_rows("My table", &doomed).send().await?);
    guide.step("Kore.ai: a DELETE whose body says what to delete", code, &[200], body)?;
    check!(deleted.n_deleted == Some(1));
    println!("    1 row deleted");
    Ok(())
}

/// Tells what happens, and sees to it that it does.
struct Guide {
    server: Server,
    steps: usize,
    requests: usize,
}

impl Guide {
    /// Prints a step: what it shows, the code, the requests that came in for it, which must have been answered with
    /// these statuses. `remark` adds to a request.
    fn step(
        &mut self,
        title: &str,
        code: &str,
        statuses: &[u16],
        remark: impl Fn(&Received) -> Option<String>,
    ) -> Outcome {
        self.steps += 1;
        println!("\n{}. {title}", self.steps);
        println!("    {code}");
        let requests = self.server.take();
        for request in &requests {
            println!("    > {} {} -> {}", request.method, request.target, request.status);
            if let Some(remark) = remark(request) {
                println!("      {remark}");
            }
            if let Some(problem) = request.problems.first() {
                return Err(format!("{}: {problem}", request.line()).into());
            }
        }
        check!(requests.iter().map(|request| request.status).eq(statuses.iter().copied()));
        self.requests += requests.len();
        Ok(())
    }
}

fn nothing(_: &Received) -> Option<String> {
    None
}

/// The body of a request, for requests that have one.
fn body(request: &Received) -> Option<String> {
    (!request.body.is_empty()).then(|| request.text())
}

fn keys(request: &Received) -> Option<String> {
    request.header("token").and(request.header("organization"))?;
    Some("with the headers token and organization".to_owned())
}

fn bearer(request: &Received) -> Option<String> {
    request.header("authorization")?.strip_prefix("Bearer ")?;
    Some("with the token in the header authorization".to_owned())
}

fn signed(request: &Received) -> Option<String> {
    let parts = request.header("auth")?.split('.').count();
    (parts == 3).then(|| "with a JSON Web Token in the header auth".to_owned())
}

/// The default transport. Proxies, which the machine may have set, have no business on this machine itself.
fn transport() -> Result<ReqwestTransport, Box<dyn Error>> {
    Ok(ReqwestTransport::builder().no_proxy().build()?)
}
