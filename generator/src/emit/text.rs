//! Rust as prose shows it: types, signatures and examples, the same in doc comments and docs pages.

use super::docs::markdown;
use super::example;
use super::rust::{self, Cx};
use crate::ir::{Api, OpId, Shape, Status};
use crate::plan::{self, ApiPlan, Case, Outcome, Plan};

/// The Rust type of a shape, such as `Vec<models::Trigger>`.
pub fn shape(api: &Api, own: &ApiPlan, shape: &Shape) -> String {
    let plan = Plan::default();
    rust::shape_text(Cx { api, plan: &plan, own }, shape, "models::").replace("rt::", "")
}

/// How the client's method is called, on one line.
pub fn signature(api: &Api, plan: &Plan, own: &ApiPlan, id: OpId) -> String {
    let cx = Cx { api, plan, own };
    let names = own.op(id);
    let mut arguments: Vec<String> = Vec::new();
    for (index, param) in api.ops[id].params.iter().enumerate().filter(|(_, param)| param.required) {
        arguments.push(format!("{}: {}", names.params[index], rust::argument_text(cx, &param.shape)));
    }
    if rust::takes_body(cx, id)
        && let Some(media) = api.ops[id].body.as_ref().and_then(|body| body.media.first())
    {
        arguments.push(format!("{}: {}", names.bodies[0], rust::body_text(cx, media)));
    }
    format!("client.{}({}) -> {}", names.method, arguments.join(", "), answer(cx, id))
}

/// The type of the answer's body.
pub(crate) fn answer(cx: Cx<'_>, id: OpId) -> String {
    match plan::success(cx.api, id) {
        Outcome::Nothing if cx.api.ops[id].replies.ok.is_empty() => "Vec<u8>".to_owned(),
        Outcome::Nothing => "()".to_owned(),
        Outcome::One(media) => rust::decoded_text(cx, media),
        Outcome::Streamed => {
            plan::stream(cx.api, id).map_or_else(String::new, |streamed| rust::stream_text(cx, id, streamed))
        }
        Outcome::Many(_) => {
            cx.own.op(id).reply.as_ref().map_or_else(String::new, |names| format!("operations::{}", names.name))
        }
    }
}

/// The complete example of an operation, ready to be compiled.
pub fn example(api: &Api, plan: &Plan, own: &ApiPlan, id: OpId) -> String {
    example::operation(Cx { api, plan, own }, id)
}

pub(crate) fn doctest(cx: Cx<'_>, id: OpId) -> String {
    example::hidden(cx, id)
}

/// What the errors of a call are.
pub(crate) fn errors(cx: Cx<'_>, id: OpId) -> String {
    let operation = &cx.api.ops[id];
    let statuses: Vec<String> = operation.replies.err.iter().map(|reply| status(reply.status)).collect();
    let statuses = statuses.join(", ");
    let other = operation.replies.fallback.is_some();
    let declared = match (statuses.is_empty(), other) {
        (true, false) => "An error status is an error of kind `Status`".to_owned(),
        (true, true) => "Every error status is an error of kind `Status`".to_owned(),
        (false, false) => format!("{statuses} and other error statuses are errors of kind `Status`"),
        (false, true) => format!("{statuses} and all other error statuses are errors of kind `Status`"),
    };
    let body = match plan::failure(cx.api, id) {
        Outcome::One(media) if media.codec.is_model() => {
            format!(" with a typed body: `error.typed::<{}>()`.", shape(cx.api, cx.own, &media.shape))
        }
        Outcome::Many(_) => match &cx.own.op(id).error {
            Some(names) => format!(" with typed bodies by status: `error.typed::<operations::{}>()`.", names.name),
            None => ".".to_owned(),
        },
        _ => ".".to_owned(),
    };
    format!("{declared}{body} Failures to send, to wait and to decode are errors too.")
}

/// What asks for a stream in the request itself, in words.
pub(crate) fn stream_switch(cx: Cx<'_>, id: OpId) -> Option<String> {
    rust::stream::switch(cx, id)
}

/// The ways to read the answer while it arrives, in words.
pub(crate) fn streams(cx: Cx<'_>, id: OpId) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(streamed) = plan::stream(cx.api, id) {
        let switch = stream_switch(cx, id)
            .map_or_else(String::new, |switch| format!(" The request has to say so too, it seems: see {switch}."));
        out.push(format!(
            "`.stream()` asks for `{}` and gives `{}`, which is read while it arrives.{switch}",
            plain(&streamed.media.name),
            rust::stream_text(cx, id, streamed)
        ));
    }
    if rust::stream::bytes_accept(cx, id).is_some() {
        out.push("`.stream_bytes()` gives the bytes as they arrive.".to_owned());
    }
    if rust::stream::list_item(cx, id).is_some() {
        out.push("`.items()` gives the items one by one as they arrive.".to_owned());
    }
    out
}

/// A case of an answer in words.
pub(crate) fn case(case: &Case<'_>) -> String {
    let media = case.media.map_or_else(|| "no body".to_owned(), |media| format!("`{}`", plain(&media.name)));
    format!("Status {}, {media}", status(case.status))
}

/// A status in words.
pub fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Any => "any other".to_owned(),
    }
}

/// Text of the document inside backticks of ours, where nothing is markup.
pub(crate) fn plain(text: &str) -> String {
    markdown::one_line(text).replace('`', "'")
}
