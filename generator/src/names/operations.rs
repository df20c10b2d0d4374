//! What stands beside an operation: its method, its request value with parameters and bodies, the types of its answers.

use std::collections::BTreeMap;

use super::ident::Kind;
use super::scope::Scope;
use super::words::{CLIENT, PRELUDE, REQUEST, status_word};
use super::{hint_text, pascal, screaming, snake, table_of};
use crate::diag::Sink;
use crate::ir::{Api, Header, Item, Media, OpId, Operation, Param, Place, Status};
use crate::lock;
use crate::plan::{self, Case, EnumNames, Names, OpNames, Outcome};

pub(super) fn operations<'l>(
    api: &Api,
    known: &dyn Fn(&str) -> Option<&'l BTreeMap<String, String>>,
    names: &mut Names,
    sink: &Sink,
) {
    let given = &api.choices.names;
    let mut methods = Scope::new(Kind::Value, CLIENT).remembering(known("methods"));
    // Their modules name the client too.
    let words = [PRELUDE, &["Client"]].concat();
    let mut requests = Scope::new(Kind::Request, &words).remembering(known("requests"));
    let mut answers: Vec<Answers<'_>> = Vec::new();
    for (id, operation) in api.ops.iter() {
        let text = hint_text(&operation.hint);
        methods.claim(given.ops.get(&id), snake(&text), &text);
        requests.claim(None, pascal(&text), &text);
        let mut scope = Scope::new(Kind::Value, REQUEST);
        for (index, text) in param_texts(&operation.params).into_iter().enumerate() {
            scope.claim(given.params.get(&(id, index)), snake(&text), &text);
        }
        for (index, media) in operation.body.iter().flat_map(|body| &body.media).enumerate() {
            let wanted = body_name(index, media);
            let otherwise = format!("request_{wanted}");
            scope.claim_ours_or(wanted, otherwise, &media.name);
        }
        let mut params = scope.settle(sink).idents;
        let bodies = params.split_off(operation.params.len());
        names.ops.push(OpNames { params, bodies, ..OpNames::default() });
        answers.push(Answers::new(api, id));
    }
    let methods = methods.settle(sink);
    // The types of answers are called after the requests, which come first and leave them what they had.
    let had = known("answers");
    let source = |operation: &Operation, suffix: &str| format!("{} {suffix}", hint_text(&operation.hint));
    let sources = api.ops.iter().zip(&answers).flat_map(|((_, operation), answers)| {
        answers.suffixes().into_iter().flatten().map(move |suffix| source(operation, suffix))
    });
    requests.leave(sources.filter_map(|source| had?.get(&source)));
    let requests = requests.settle(sink);
    let words: Vec<&str> = words.into_iter().chain(requests.idents.iter().map(String::as_str)).collect();
    let mut types = Scope::new(Kind::Request, &words).remembering(had);
    let claims: Vec<[Option<usize>; 4]> = api
        .ops
        .iter()
        .zip(&requests.idents)
        .zip(&answers)
        .map(|(((_, operation), request), answers)| {
            let mut claim = |suffix: &str| types.claim_ours(format!("{request}{suffix}"), &source(operation, suffix));
            answers.suffixes().map(|suffix| suffix.map(&mut claim))
        })
        .collect();
    let types = types.settle(sink);
    // A request is a tuple struct, so that its name is that of a value as well: `V1`. And tables have tables of pages beside them.
    let paged = api.ops.iter().zip(&requests.idents).filter(|((_, operation), _)| operation.paging.is_some());
    let pages: Vec<String> = paged.map(|(_, request)| format!("{}_PAGES", screaming(request))).collect();
    let taken: Vec<&str> = requests.idents.iter().chain(&pages).map(String::as_str).collect();
    let mut tables = Scope::new(Kind::Static, &taken);
    for request in &requests.idents {
        tables.claim(None, table_of(request), request);
    }
    let tables = tables.settle(sink).idents;
    let own = methods.idents.into_iter().zip(requests.idents).zip(tables).zip(claims).zip(&answers);
    for (op, ((((method, request), table), claims), answers)) in names.ops.iter_mut().zip(own) {
        (op.method, op.request, op.table) = (method, request, table);
        let [reply, error, events, headers] = claims.map(|at| at.map(|at| types.idents[at].clone()));
        let named = |name: Option<String>, variants: Vec<String>| name.map(|name| EnumNames { name, variants });
        op.reply = named(reply, cases(&answers.success, sink));
        op.error = named(error, cases(&answers.failure, sink));
        op.events = named(events, event_kinds(&answers.stream, sink));
        op.headers = named(headers, accessors(&answers.headers, sink));
    }
    let given = || api.ops.iter().filter_map(|(_, operation)| Some((operation, operation.given.as_ref()?)));
    let (own, without): (Vec<_>, Vec<_>) = given().partition(|(operation, given)| operation.id == **given);
    let own = own.into_iter().map(|(operation, id)| (id.clone(), lock::mark(&operation.place))).collect();
    let without = without.into_iter().map(|(operation, id)| (operation.place.clone(), id.clone())).collect();
    names.notes.insert(lock::IDS.to_owned(), own);
    names.notes.insert(lock::WITHOUT_ID.to_owned(), without);
    names.notes.insert("methods".to_owned(), methods.notes);
    names.notes.insert("requests".to_owned(), requests.notes);
    names.notes.insert("answers".to_owned(), types.notes);
}

/// What parameters are named after. One name may stand in several places (OpenAPI 3.2, Parameter Object, `name`): the
/// first of these has it alone, the others say where they are, so that no order counts.
fn param_texts(params: &[Param]) -> Vec<String> {
    let place = |param: &Param| match param.place {
        Place::Path(..) => (0, "path"),
        Place::Query(..) => (1, "query"),
        Place::QueryString => (2, "query string"),
        Place::Header(_) => (3, "header"),
        Place::Cookie(..) => (4, "cookie"),
    };
    let text = |param: &Param| param.name.clone().unwrap_or_else(|| param.wire.clone());
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for param in params {
        let rank = first.entry(text(param)).or_insert(usize::MAX);
        *rank = place(param).0.min(*rank);
    }
    let one = |param: &Param| {
        let ((rank, word), text) = (place(param), text(param));
        if first.get(&text) == Some(&rank) { text } else { format!("{text} {word}") }
    };
    params.iter().map(one).collect()
}

/// What the answers of an operation can be.
struct Answers<'a> {
    success: Outcome<'a>,
    failure: Outcome<'a>,
    stream: Option<plan::Streamed<'a>>,
    headers: Vec<(&'a Header, Vec<Status>)>,
}

impl<'a> Answers<'a> {
    fn new(api: &'a Api, id: OpId) -> Self {
        Self {
            success: plan::success(api, id),
            failure: plan::failure(api, id),
            stream: plan::stream(api, id),
            headers: plan::headers(api, id),
        }
    }

    /// What the names of the types that there are end in: of the answer, the error, the events, the headers.
    fn suffixes(&self) -> [Option<&'static str>; 4] {
        let many = |outcome: &Outcome<'_>| matches!(outcome, Outcome::Many(_));
        let events = self.stream.as_ref().is_some_and(|stream| matches!(stream.item, Item::Named(_)));
        [
            many(&self.success).then_some("Reply"),
            many(&self.failure).then_some("Error"),
            events.then_some("Event"),
            (!self.headers.is_empty()).then_some("Headers"),
        ]
    }
}

/// The accessors of the headers of answers.
fn accessors(headers: &[(&Header, Vec<Status>)], sink: &Sink) -> Vec<String> {
    let words = ["clone", "clone_from", "fmt", "from", "into", "to_owned", "try_from", "try_into"];
    let mut scope = Scope::new(Kind::Value, &words);
    for (at, (header, statuses)) in headers.iter().enumerate() {
        // One header may be of several types: from the second on, its status tells.
        let is_same = |(known, _): &(&Header, Vec<Status>)| known.wire.eq_ignore_ascii_case(&header.wire);
        let status =
            statuses.first().filter(|_| headers.iter().take(at).any(is_same)).map(|status| status_word(*status));
        let text = status.map_or_else(|| header.wire.clone(), |status| format!("{} {status}", header.wire));
        scope.claim(None, snake(&text), &text);
    }
    scope.settle(sink).idents
}

/// The variants of the enum of a stream whose events have several kinds.
fn event_kinds(stream: &Option<plan::Streamed<'_>>, sink: &Sink) -> Vec<String> {
    let Some(Item::Named(cases)) = stream.as_ref().map(|stream| stream.item) else { return Vec::new() };
    let mut scope = Scope::new(Kind::Type, &["Self", "Unknown"]);
    for case in cases {
        scope.claim(None, pascal(&case.hint), &case.hint);
    }
    scope.settle(sink).idents
}

/// The variants of the enum of an outcome that has several cases.
fn cases(outcome: &Outcome<'_>, sink: &Sink) -> Vec<String> {
    let Outcome::Many(cases) = outcome else { return Vec::new() };
    let many_media = |case: &Case<'_>| cases.iter().filter(|other| other.status == case.status).count() > 1;
    let mut scope = Scope::new(Kind::Type, &["Self"]);
    for case in cases {
        let status = status_word(case.status);
        let word = match case.media {
            Some(media) if many_media(case) => format!("{status} {}", media.name),
            _ => status,
        };
        scope.claim(None, pascal(&word), &word);
    }
    scope.settle(sink).idents
}

/// The first body of an operation is `body`; the others say what they are: `body_form`, `body_png`, `body_merge_patch`.
fn body_name(index: usize, media: &Media) -> String {
    if index == 0 {
        return "body".to_owned();
    }
    format!("body_{}", snake(&media.word()).trim_start_matches("r#"))
}
