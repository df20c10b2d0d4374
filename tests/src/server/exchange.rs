//! What becomes of one request.

use super::answer::Answer;
use super::check;
use super::description::{Declared, Example, Operation};
use super::received::Received;
use super::route;
use super::state::State;
use super::token::{PATH, TokenEndpoint};
use serde_json::json;

/// Answers a request and keeps it.
pub(super) fn answer(state: &mut State, mut request: Received) -> Answer {
    let answer = respond(state, &mut request);
    request.status = answer.status;
    state.received.push(request);
    answer
}

fn respond(state: &mut State, request: &mut Received) -> Answer {
    if request.path() == PATH {
        return token(state, request);
    }
    let Some(route) = route::find(&request.method, request.path()) else {
        request.problems.push("there is no such operation".to_owned());
        return refusal(404, &request.problems);
    };
    let operation = route.operation;
    request.operation = Some(operation.id.clone());
    request.problems = check::problems(&route, request);
    if !request.problems.is_empty() {
        return refusal(400, &request.problems);
    }
    let credentials = check::credentials(operation, request).unwrap_or_default();
    if !credentials.iter().all(|(scheme, value)| state.accepts(scheme, value)) {
        return declared(operation, 401);
    }
    state.scripted(&operation.id, request).unwrap_or_else(|| example(operation, None))
}

fn token(state: &mut State, request: &mut Received) -> Answer {
    request.operation = Some("token".to_owned());
    request.problems = TokenEndpoint::problems(request);
    if !request.problems.is_empty() {
        return refusal(400, &request.problems);
    }
    if let Some(answer) = state.scripted("token", request) {
        return answer;
    }
    match &mut state.token {
        Some(endpoint) => endpoint.answer(request),
        None => refusal(404, &["no test set up the token endpoint".to_owned()]),
    }
}

fn refusal(status: u16, problems: &[String]) -> Answer {
    Answer::json(status, &json!({ "problems": problems }))
}

/// The success of an operation, with the named example or the first one.
pub(super) fn example(operation: &Operation, name: Option<&str>) -> Answer {
    let success = operation.success();
    let status = success.status.unwrap_or(200);
    if !success.has_body {
        return with_headers(Answer::empty(status), success);
    }
    let mut examples = success.examples.iter();
    let found = match name {
        Some(name) => examples.find(|example| example.name == name),
        None => examples.next(),
    };
    let Example { value, .. } = found.unwrap_or_else(|| panic!("{} has no example {name:?}", operation.id));
    with_headers(Answer::json(status, value), success)
}

/// The answer that an operation declares for an error status, with its first example.
pub(super) fn declared(operation: &Operation, status: u16) -> Answer {
    let answer = operation.answer(status).unwrap_or_else(|| panic!("{} declares no {status}", operation.id));
    match answer.examples.first() {
        Some(example) => with_headers(Answer::json(status, &example.value), answer),
        None => with_headers(Answer::empty(status), answer),
    }
}

fn with_headers(answer: Answer, declared: &Declared) -> Answer {
    declared.headers.iter().fold(answer, |answer, (name, value)| answer.header(name, value))
}
