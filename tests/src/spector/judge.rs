//! All scenarios of one version: sent, answered, compared.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clientsmith_runtime::json::Value;

use super::client::{Answer, Client, Text};
use super::document::Document;
use super::plan::{self, ByHand, Call, Folder};
use super::scenario::Step;
use super::serve::Server;
use super::suite::Suite;

/// What became of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// The server and the answers say that all was right.
    Passed,
    /// Something was not.
    Failed,
    /// Nothing was sent: the documents do not say how.
    NotRun,
}

impl State {
    /// All of them with their words.
    pub(super) const ALL: [(Self, &'static str); 3] =
        [(Self::Passed, "passed"), (Self::Failed, "failed"), (Self::NotRun, "not run")];

    /// The state in words.
    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }
}

/// A scenario in one version.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) version: String,
    pub(super) folder: String,
    pub(super) scenario: String,
    pub(super) state: State,
    /// Why it did not pass, in one line.
    pub(super) reason: String,
}

/// Sends every scenario and gives what became of each.
///
/// # Errors
/// When the server or the program cannot be run.
pub(super) fn judge(
    suite: &Suite,
    client: &Client,
    texts: &[Text],
    version: &str,
    by_hand: &BTreeMap<String, Vec<ByHand>>,
    show: bool,
) -> Result<Vec<Verdict>, String> {
    let documents: Vec<(&Text, Document)> = texts
        .iter()
        .map(|text| Ok((text, Document::parse(&text.text).map_err(|error| format!("{}: {error}", text.api))?)))
        .collect::<Result<_, String>>()?;
    let server = Server::start(suite)?;
    let steps = suite.scenarios(&server.address())?;
    let mut scenarios: BTreeMap<(String, String), Vec<&Step>> = BTreeMap::new();
    for step in &steps {
        scenarios.entry((step.document(), step.scenario.clone())).or_default().push(step);
    }
    let mut verdicts = Vec::new();
    for ((folder, scenario), steps) in &scenarios {
        let documents: Folder<'_> = documents
            .iter()
            .filter(|(text, _)| text.folder == *folder)
            .map(|(text, document)| (text.api.as_str(), document))
            .collect();
        if documents.is_empty() {
            continue;
        }
        let own = by_hand.get(scenario).map_or(&[][..], Vec::as_slice);
        let (state, reason) = match run(steps, &documents, own, &server.address(), client, show) {
            Ok(()) => (State::Passed, String::new()),
            Err((state, reason)) => (state, reason),
        };
        if show {
            eprintln!("{version} {scenario}: {} {reason}", state.word());
        }
        let (version, folder, scenario) = (version.to_owned(), folder.clone(), scenario.clone());
        verdicts.push(Verdict { version, folder, scenario, state, reason: one_line(&reason) });
    }
    let coverage = server.stop()?;
    for verdict in &mut verdicts {
        let said = coverage.get(&verdict.scenario).map_or("unknown", String::as_str);
        if verdict.state == State::Passed && said != "pass" {
            (verdict.state, verdict.reason) = (State::Failed, format!("the server counts it as {said}"));
        }
    }
    Ok(verdicts)
}

/// All steps of a scenario.
fn run(
    steps: &[&Step],
    folder: &Folder<'_>,
    by_hand: &[ByHand],
    server: &str,
    client: &Client,
    show: bool,
) -> Result<(), (State, String)> {
    let mut failed = None;
    for (at, step) in steps.iter().enumerate() {
        let own = by_hand.get(at).or(by_hand.first().filter(|_| by_hand.len() == 1));
        if own.is_some_and(|own| own.sent_before) {
            continue;
        }
        let call = plan::plan(step, folder, own, server).map_err(|reason| (State::NotRun, reason))?;
        let answer = client.call(&call).map_err(|reason| (State::Failed, reason))?;
        if show {
            eprintln!("  {} {} {} {}", call.api, call.operation, call.args, call.flags.join(" "));
            eprintln!("  {} {}{}", answer.status, answer.printed, answer.said);
        }
        // The other steps are sent all the same: the server counts them together.
        if let Err(reason) = compare(step, own, &call, &answer) {
            failed.get_or_insert(reason);
        }
    }
    failed.map_or(Ok(()), |reason| Err((State::Failed, reason)))
}

/// Whether an answer is what the scenario gives, as the types of the client write it.
fn compare(step: &Step, own: Option<&ByHand>, call: &Call, answer: &Answer) -> Result<(), String> {
    let printed = &answer.printed;
    let wanted = &step.response;
    let status = printed["status"].as_u64().unwrap_or(0);
    if printed.is_null() {
        return Err(format!("{}: no JSON was printed: {}", call.operation, answer.said));
    }
    if status == 0 {
        let error = &printed["error"];
        return Err(format!("{}: {}", call.operation, error["message"].as_str().unwrap_or_default()));
    }
    if status != u64::from(wanted.status) {
        return Err(format!("{}: status {status} instead of {}: {}", call.operation, wanted.status, printed["body"]));
    }
    if let Some(message) = printed["error"]["message"].as_str().filter(|_| wanted.status < 400) {
        return Err(format!("{}: {message}", call.operation));
    }
    for (name, value) in &wanted.headers {
        let value = super::unstyle::text(value);
        let found = printed["headers"].get(&name.to_ascii_lowercase()).and_then(Value::as_str);
        if found != Some(value.as_str()) {
            return Err(format!("{}: the header `{name}` is {found:?} instead of {value:?}", call.operation));
        }
    }
    // A HEAD has no body, whatever is described.
    let Some(body) = wanted.body.as_ref().filter(|_| step.method != "head") else { return Ok(()) };
    let found = &printed["body"];
    let same = if let Some(gives) = own.and_then(|own| own.gives.as_ref()) {
        gives.to_string().parse::<Value>().is_ok_and(|gives| gives == *found || same_items(&gives, found))
    } else if let Some((found, wanted)) = found.as_array().and_then(|found| Some((found, streamed(body)?))) {
        same_items(&Value::Array(wanted), &Value::Array(found.clone()))
    } else if let Some(code) = &body.base64 {
        let bytes = STANDARD.decode(code).unwrap_or_default();
        let text = found.as_str().map(str::as_bytes);
        found["$base64"].as_str() == Some(code) || text == Some(&bytes)
    } else {
        let text = body.json.as_ref().or(body.text.as_ref()).map_or("", String::as_str);
        let coded = found["$base64"].as_str().is_some_and(|code| code == STANDARD.encode(text));
        coded || found.as_str() == Some(text) || text.parse::<Value>().is_ok_and(|wanted| wanted == *found)
    };
    if same { Ok(()) } else { Err(format!("{}: the body was read as {found}", call.operation)) }
}

/// The items of a body that is a stream, as the program prints them.
fn streamed(body: &super::scenario::Body) -> Option<Vec<Value>> {
    let text = match (&body.text, &body.base64) {
        (Some(text), _) => text.clone(),
        (None, code) => String::from_utf8(STANDARD.decode(code.as_ref()?).ok()?).ok()?,
    };
    match plan::essence(&body.content_type).as_str() {
        "application/jsonl" => text.lines().filter(|line| !line.is_empty()).map(|line| line.parse().ok()).collect(),
        // WHATWG HTML, 9.2.6: fields in lines, an empty line behind each event; an id with NUL is none.
        "text/event-stream" => {
            Some(text.replace("\r\n", "\n").replace('\r', "\n").split("\n\n").filter_map(event).collect())
        }
        _ => None,
    }
}

fn same_items(wanted: &Value, found: &Value) -> bool {
    match (wanted.as_array(), found.as_array()) {
        (Some(wanted), Some(found)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(found, wanted)| same_item(found, wanted))
        }
        _ => false,
    }
}

/// Whether an item is the one that was sent. Where the document does not describe the data of events they are text.
fn same_item(found: &Value, wanted: &Value) -> bool {
    let as_json = |value: &Value| value.as_str().and_then(|text| text.parse::<Value>().ok());
    found == wanted
        || found["event"] == wanted["event"]
            && found["id"] == wanted["id"]
            && (found["data"] == wanted["data"] || as_json(&found["data"]).as_ref() == Some(&wanted["data"]))
}

fn event(block: &str) -> Option<Value> {
    let fields = |name: &'static str| {
        block.lines().filter_map(move |line| {
            let (own, value) = line.split_once(':').unwrap_or((line, ""));
            (own == name).then(|| value.strip_prefix(' ').unwrap_or(value))
        })
    };
    let data = fields("data").collect::<Vec<_>>();
    if data.is_empty() {
        return None;
    }
    let data = data.join("\n");
    let data = data.parse().unwrap_or_else(|_| Value::from(data.as_str()));
    let members = [("event", Value::from(fields("event").next_back().unwrap_or("message"))), ("data", data)];
    Some(Value::object(
        members.into_iter().chain(fields("id").rfind(|id| !id.contains('\0')).map(|id| ("id", id.into()))),
    ))
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 400 { line } else { line.chars().take(399).chain(['…']).collect() }
}
