//! Wire names → Rust idents, per scope: collision-free first, pretty second.
//!
//! Who gets a name that several things want is decided in `scope`. Words that we add ourselves (`extra`, `Unknown`,
//! `send`) are reserved in every scope, so that a new name in a document never renames ours.

mod ident;
mod scope;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use ident::Kind;
pub use ident::{pascal, screaming, snake};
use scope::Scope;
pub use words::EXPORTS;
use words::{BUILDER, CLIENT, PRELUDE, REQUEST, status_word};

use crate::diag::{Code, Sink};
use crate::ir::{Api, Header, Id as _, Item, Media, NameHint, Scheme, SchemeKind, Status, TypeId, TypeKind};
use crate::lock::{self, Lock};
use crate::plan::{self, Case, EnumNames, Facts, HookNames, Names, OpNames, Outcome, VariableNames};

/// Gives every item of an API its ident. What is wrong with names that the settings give goes to `sink`.
pub fn names(api: &Api, facts: &Facts, lock: &Lock, sink: &Sink) -> Names {
    let mut names = Names::default();
    let known = |kind: &str| lock.api(&api.name).and_then(|known| known.get(kind));
    types(api, facts, known("types"), &mut names, sink);
    members(api, &mut names, sink);
    operations(api, &known, &mut names, sink);
    hooks(api, known("webhooks"), &mut names, sink);
    servers(api, &mut names, sink);
    tags(api, known("tags"), &mut names, sink);
    let mut schemes = Scope::new(Kind::Value, BUILDER);
    let given = &api.choices.names.schemes;
    for (index, scheme) in api.schemes.iter().enumerate() {
        schemes.claim(given.get(&index), snake(&scheme.name), &scheme.name);
    }
    let oauth = |scheme: &Scheme| matches!(scheme.kind, SchemeKind::OAuth2(_));
    let urls: Vec<Option<usize>> = api
        .schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| {
            let own = given.get(&index).map_or_else(|| snake(&scheme.name), |given| given.name.clone());
            let wanted = format!("{}_token_url", own.trim_start_matches("r#"));
            oauth(scheme).then(|| schemes.claim_ours(wanted, &format!("{} token url", scheme.name)))
        })
        .collect();
    let log_ins: Vec<[Option<usize>; 2]> = api
        .schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| {
            let own = given.get(&index).map_or_else(|| snake(&scheme.name), |given| given.name.clone());
            let own = own.trim_start_matches("r#");
            let ways = [plan::authorization(&scheme.kind).is_some(), plan::device(&scheme.kind).is_some()];
            let [browser, device] = ways;
            [(browser, "authorize"), (device, "device")].map(|(is_there, word)| {
                is_there.then(|| schemes.claim_ours(format!("{own}_{word}"), &format!("{} {word}", scheme.name)))
            })
        })
        .collect();
    let idents = schemes.settle(sink).idents;
    let named = |at: Option<usize>| at.map_or_else(String::new, |at| idents[at].clone());
    names.log_ins = log_ins.into_iter().map(|ways| ways.map(named)).collect();
    names.token_urls = urls.into_iter().map(|url| url.map_or_else(String::new, |at| idents[at].clone())).collect();
    names.schemes = idents.into_iter().take(api.schemes.len()).collect();
    names
}

fn tags(api: &Api, known: Option<&BTreeMap<String, String>>, names: &mut Names, sink: &Sink) {
    // Modules are files, and Windows keeps some names for devices.
    let devices = (1..=9)
        .flat_map(|port| [format!("com{port}"), format!("lpt{port}")])
        .chain(["aux", "con", "nul", "prn"].map(str::to_owned));
    let own = ["client", "r#mod", "models", "operations", "rt", "shared", "unreferenced", "webhook_payloads"]
        .map(str::to_owned);
    let words: Vec<String> = own.into_iter().chain(devices).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut scope = Scope::new(Kind::Value, &words).remembering(known);
    let given = &api.choices.names.tags;
    for name in given.values().filter(|name| !name.name.is_ascii()) {
        sink.error(
            Code::Setting,
            name.at,
            format!("`{}` cannot be the name of a module: rustc wants the names of files in ASCII", name.name),
        );
    }
    for (id, tag) in api.tags.iter() {
        scope.claim(given.get(&id), module(&tag.name), &tag.name);
    }
    let settled = scope.settle(sink);
    names.tags = settled.idents;
    names.notes.insert("tags".to_owned(), settled.notes);
}

/// The module of a tag. It is a file too, and rustc wants those in ASCII.
fn module(tag: &str) -> String {
    if tag.is_empty() {
        return "general".to_owned();
    }
    let ascii: String =
        tag.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!(" u{:x} ", u32::from(c)) }).collect();
    snake(&ascii)
}

fn types(api: &Api, facts: &Facts, known: Option<&BTreeMap<String, String>>, names: &mut Names, sink: &Sink) {
    let given = &api.choices.names.types;
    let mut scope = Scope::new(Kind::Type, PRELUDE).remembering(known);
    let named: Vec<TypeId> = api
        .types
        .iter()
        .filter(|(id, definition)| definition.component || facts.emitted[id.index()])
        .map(|(id, _)| id)
        .collect();
    for id in &named {
        let definition = &api.types[*id];
        let text = hint_text(&definition.hint);
        match given.get(id) {
            None if !definition.component => scope.claim_ours(pascal(&text), &text),
            given => scope.claim(given, pascal(&text), &text),
        };
    }
    let settled = scope.settle(sink);
    names.types = vec![String::new(); api.types.len()];
    for (id, ident) in named.into_iter().zip(settled.idents) {
        names.types[id.index()] = ident;
    }
    names.notes.insert("types".to_owned(), settled.notes);
}

fn hint_text(hint: &NameHint) -> String {
    let parts: Vec<&str> = std::iter::once(&hint.base).chain(&hint.path).map(String::as_str).collect();
    parts.join(" ")
}

fn members(api: &Api, names: &mut Names, sink: &Sink) {
    let given = &api.choices.names;
    for (id, definition) in api.types.iter() {
        let mut fields = Vec::new();
        let mut variants = Vec::new();
        match &definition.kind {
            TypeKind::Struct(structure) => {
                let mut scope = Scope::new(Kind::Value, &["extra"]);
                for (index, field) in structure.fields.iter().enumerate() {
                    let text = field.name.as_ref().unwrap_or(&field.wire);
                    scope.claim(given.fields.get(&(id, index)), snake(text), text);
                }
                fields = scope.settle(sink).idents;
            }
            TypeKind::Enum(list) => {
                let mut scope = Scope::new(Kind::Type, &["Self", "Unknown"]);
                for (index, value) in list.values.iter().enumerate() {
                    let wanted = pascal(value.name.as_deref().unwrap_or(&value.wire));
                    scope.claim(given.variants.get(&(id, index)), wanted, &value.wire);
                }
                variants = scope.settle(sink).idents;
            }
            TypeKind::Union(union) => {
                let mut scope = Scope::new(Kind::Type, &["Self", "Unknown"]);
                for (index, variant) in union.variants.iter().enumerate() {
                    let text = hint_text(&variant.hint);
                    scope.claim(given.variants.get(&(id, index)), pascal(&text), &text);
                }
                variants = scope.settle(sink).idents;
            }
            TypeKind::Alias(_) => {}
        }
        names.fields.push(fields);
        names.extra.push("extra".to_owned());
        names.variants.push(variants);
        names.unknown.push("Unknown".to_owned());
    }
}

fn operations<'l>(
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
    let mut outcomes = Vec::new();
    let mut headers = Vec::new();
    for (id, operation) in api.ops.iter() {
        let text = hint_text(&operation.hint);
        methods.claim(given.ops.get(&id), snake(&text), &text);
        requests.claim(None, pascal(&text), &text);
        let mut scope = Scope::new(Kind::Value, REQUEST);
        for (index, param) in operation.params.iter().enumerate() {
            let text = param.name.as_ref().unwrap_or(&param.wire);
            scope.claim(given.params.get(&(id, index)), snake(text), text);
        }
        for (index, media) in operation.body.iter().flat_map(|body| &body.media).enumerate() {
            scope.claim_ours(body_name(index, media), &media.name);
        }
        let mut params = scope.settle(sink).idents;
        let bodies = params.split_off(operation.params.len());
        names.ops.push(OpNames { params, bodies, ..OpNames::default() });
        outcomes.push((text, plan::success(api, id), plan::failure(api, id), plan::stream(api, id)));
        headers.push(plan::headers(api, id));
    }
    let enums: Vec<[Option<usize>; 4]> = outcomes
        .iter()
        .zip(&headers)
        .map(|((text, success, failure, stream), headers)| {
            let many = |outcome: &Outcome<'_>| matches!(outcome, Outcome::Many(_));
            let events = stream.as_ref().is_some_and(|stream| matches!(stream.item, Item::Named(_)));
            let headers = !headers.is_empty();
            let own = [(many(success), "Reply"), (many(failure), "Error"), (events, "Event"), (headers, "Headers")];
            own.map(|(is_there, suffix)| {
                is_there.then(|| requests.claim_ours(format!("{}{suffix}", pascal(text)), &format!("{text} {suffix}")))
            })
        })
        .collect();
    let (methods, requests) = (methods.settle(sink), requests.settle(sink));
    // A request is a tuple struct, so that its name is that of a value as well: `V1`. And tables have tables of pages beside them.
    let paged = api.ops.iter().zip(&requests.idents).filter(|((_, operation), _)| operation.paging.is_some());
    let pages: Vec<String> = paged.map(|(_, request)| format!("{}_PAGES", screaming(request))).collect();
    let taken: Vec<&str> = requests.idents.iter().chain(&pages).map(String::as_str).collect();
    let mut tables = Scope::new(Kind::Static, &taken);
    for request in requests.idents.iter().take(api.ops.len()) {
        tables.claim(None, table_of(request), request);
    }
    let tables = tables.settle(sink).idents;
    let own =
        methods.idents.into_iter().zip(&requests.idents).zip(tables).zip(enums).zip(outcomes.iter().zip(&headers));
    for (
        op,
        ((((method, request), table), [reply, error, events, fields]), ((_, success, failure, stream), headers)),
    ) in names.ops.iter_mut().zip(own)
    {
        (op.method, op.request, op.table) = (method, request.clone(), table);
        let named = |at: usize, variants: Vec<String>| EnumNames { name: requests.idents[at].clone(), variants };
        op.reply = reply.map(|at| named(at, cases(success, sink)));
        op.error = error.map(|at| named(at, cases(failure, sink)));
        op.events = events.map(|at| named(at, event_kinds(stream, sink)));
        op.headers = fields.map(|at| named(at, accessors(headers, sink)));
    }
    let given = || api.ops.iter().filter_map(|(_, operation)| Some((operation, operation.given.as_ref()?)));
    let (own, without): (Vec<_>, Vec<_>) = given().partition(|(operation, given)| operation.id == **given);
    let own = own.into_iter().map(|(operation, id)| (id.clone(), lock::mark(&operation.place))).collect();
    let without = without.into_iter().map(|(operation, id)| (operation.place.clone(), id.clone())).collect();
    names.notes.insert(lock::IDS.to_owned(), own);
    names.notes.insert(lock::WITHOUT_ID.to_owned(), without);
    names.notes.insert("methods".to_owned(), methods.notes);
    names.notes.insert("requests".to_owned(), requests.notes);
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

/// The functions that read what the server sends, and the types of bodies that can be one of several.
fn hooks(api: &Api, known: Option<&BTreeMap<String, String>>, names: &mut Names, sink: &Sink) {
    let mut functions = Scope::new(Kind::Value, &[]).remembering(known);
    let mut payloads = Scope::new(Kind::Type, PRELUDE);
    let mut enums = Vec::new();
    for hook in &api.hooks {
        let text = hint_text(&hook.hint);
        functions.claim(None, snake(&text), &text);
        let Outcome::Many(cases) = plan::payload(hook) else {
            enums.push(None);
            continue;
        };
        let mut variants = Scope::new(Kind::Type, &["Self"]);
        for media in cases.iter().filter_map(|case| case.media) {
            variants.claim(None, pascal(&media.name), &media.name);
        }
        let at = payloads.claim(None, format!("{}Payload", pascal(&text)), &text);
        enums.push(Some((at, variants.settle(sink).idents)));
    }
    let (functions, payloads) = (functions.settle(sink), payloads.settle(sink).idents);
    let mut tables = Scope::new(Kind::Static, &[]);
    for function in &functions.idents {
        tables.claim(None, table_of(function), function);
    }
    let tables = tables.settle(sink).idents;
    for ((function, table), payload) in functions.idents.into_iter().zip(tables).zip(enums) {
        let payload = payload.map(|(at, variants)| EnumNames { name: payloads[at].clone(), variants });
        names.hooks.push(HookNames { function, table, payload });
    }
    names.notes.insert("webhooks".to_owned(), functions.notes);
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

fn servers(api: &Api, names: &mut Names, sink: &Sink) {
    let mut constructors = Scope::new(Kind::Value, &["clone", "fmt", "from", "into", "url", "custom"]);
    let own = ["Client", "ClientBuilder", "Server", "Self", "Option", "String", "Vec", "Into", "From", "Result"];
    let mut kinds = Scope::new(Kind::Type, &[own.as_slice(), EXPORTS].concat());
    for (index, server) in api.servers.iter().enumerate() {
        let text = match (server.name.as_ref().or(server.description.as_ref()), api.servers.len()) {
            (_, 1) => "new".to_owned(),
            // A short description is a name; a sentence is not.
            (Some(words), _) if words.len() <= 32 => words.clone(),
            _ => format!("server {}", index + 1),
        };
        constructors.claim(None, snake(&text), &text);
        for variable in server.variables.iter().filter(|variable| !variable.values.is_empty()) {
            kinds.claim(None, pascal(&variable.name), &variable.name);
        }
    }
    names.servers = constructors.settle(sink).idents;
    let mut kinds = kinds.settle(sink).idents.into_iter();
    for server in &api.servers {
        let mut arguments = Scope::new(Kind::Value, &[]);
        for variable in &server.variables {
            arguments.claim(None, snake(&variable.name), &variable.name);
        }
        let variables = server.variables.iter().zip(arguments.settle(sink).idents).map(|(variable, argument)| {
            let mut variants = Scope::new(Kind::Type, &["Self"]);
            for value in &variable.values {
                variants.claim(None, pascal(value), value);
            }
            let kind = if variable.values.is_empty() { None } else { kinds.next() };
            VariableNames { argument, kind: kind.unwrap_or_default(), variants: variants.settle(sink).idents }
        });
        names.server_variables.push(variables.collect());
    }
}

/// What the table of a request or a hook is called. Where letters have no case, it would be called as that itself, in the
/// same place.
fn table_of(name: &str) -> String {
    let plain = name.trim_start_matches("r#");
    let table = screaming(plain);
    if table == plain { format!("{table}_OP") } else { table }
}
