//! Starting a job, and looking at it until it is done.

use super::super::http::date::retry_after;
use super::super::json::Value;
use super::backoff::Backoff;
use super::core::Core;
use super::draft::Draft;
use super::error::{Error, ErrorKind};
use super::op::Op;
use super::probe::value_at;
use super::reply::Reply;
use std::time::Duration;

/// How a started job is looked at: the operation that shows it, and what its states mean.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static GET_JOB: rt::Op = rt::Op { id: "getJob", path: "/jobs/{id}", params: &[rt::Param::path("id")], ..rt::Op::BASE };
/// static POLLING: rt::Polling = rt::Polling {
///     op: &GET_JOB,
///     params: &[(0, rt::Source::Body("/id"))],
///     state: "/state",
///     done: &["Success"],
///     failed: &["Failed"],
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Polling {
    /// The operation that shows the job.
    pub op: &'static Op,
    /// Its parameters, by index, and where their values are in the answer that started the job.
    pub params: &'static [(usize, Source)],
    /// A JSON pointer to the state.
    pub state: &'static str,
    /// The states of a job that is done.
    pub done: &'static [&'static str],
    /// The states of a job that failed; every other state is that of a job under way.
    pub failed: &'static [&'static str],
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A JSON pointer into the body.
    Body(&'static str),
    /// A header field.
    Header(&'static str),
}

/// Starts the job of `draft` and looks at it until it is done; gives the last answer.
pub(super) async fn poll(
    core: Core,
    draft: Box<Draft>,
    polling: &'static Polling,
    backoff: Backoff,
) -> Result<Reply, Error> {
    let started = core.exchange(&draft).await?;
    let look = job_request(&started, &draft, polling)?;
    let begin = core.now();
    let mut slept = Duration::ZERO;
    let mut wait = backoff.start();
    let mut last = "not seen yet".to_owned();
    loop {
        let elapsed = core.now().duration_since(begin).unwrap_or_default().max(slept);
        if elapsed.saturating_add(wait) > backoff.limit() {
            let message = format!("the job is not done after {elapsed:?}; its last state: {last}");
            return Err(Error::new(ErrorKind::Timeout, polling.op.id, message));
        }
        core.transport().sleep(wait).await;
        slept += wait;
        wait = backoff.after(wait);
        let asked = match core.exchange(&look).await {
            Ok(reply) => {
                let asked = reply.headers().get("retry-after").and_then(|value| retry_after(value, core.now()));
                match judge(&reply, polling)? {
                    Verdict::Done => return Ok(reply),
                    Verdict::Failed(state) => {
                        return Err(reply.error(ErrorKind::Job, format!("the job failed: its state is {state}")));
                    }
                    Verdict::Running(state) => last = state,
                }
                asked
            }
            // Too many looks, or a short break: the job itself goes on.
            Err(error) if matches!(error.status(), Some(429 | 503)) && error.kind() == ErrorKind::Status => {
                error.retry_after()
            }
            Err(error) => return Err(error),
        };
        wait = asked.map_or(wait, |asked| asked.max(wait));
    }
}

fn job_request(started: &Reply, draft: &Draft, polling: &'static Polling) -> Result<Draft, Error> {
    let mut look = Draft::new(polling.op).options(draft.options.clone());
    for (index, source) in polling.params {
        let (found, place) = match source {
            Source::Body(pointer) => (value_at(started, pointer)?.filter(|value| *value != Value::Null), *pointer),
            Source::Header(name) => (started.headers().get(name).map(Value::from), *name),
        };
        let missing = || started.error(ErrorKind::Job, format!("the job cannot be followed: no value at {place}"));
        look.set_param(*index, &found.ok_or_else(missing)?);
    }
    Ok(look)
}

enum Verdict {
    Done,
    Failed(String),
    Running(String),
}

fn judge(reply: &Reply, polling: &Polling) -> Result<Verdict, Error> {
    if reply.bytes().is_empty() {
        return Ok(Verdict::Running(format!("an answer without a body (status {})", reply.status())));
    }
    let state = match value_at(reply, polling.state)? {
        Some(Value::String(state)) => state,
        Some(Value::Null) | None if reply.status() == 202 => "accepted".to_owned(),
        Some(Value::Null) | None => {
            return Err(reply.error(ErrorKind::Job, format!("the job has no state at {}", polling.state)));
        }
        Some(other) => other.to_string(),
    };
    if polling.done.contains(&state.as_str()) {
        Ok(Verdict::Done)
    } else if polling.failed.contains(&state.as_str()) {
        Ok(Verdict::Failed(state))
    } else {
        Ok(Verdict::Running(state))
    }
}
