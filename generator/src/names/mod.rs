//! Wire names → Rust idents, per scope: collision-free first, pretty second.
//!
//! Names that the document gives come first, in document order; a later name that would repeat an earlier one is
//! told apart by what it is made from, then by a number. Words that we add ourselves (`extra`, `Unknown`, `send`) are
//! reserved in every scope, so that a new name in a document never renames ours.

mod ident;
mod scope;

use std::collections::BTreeMap;

pub use ident::{pascal, screaming, snake};
use scope::Scope;

use crate::diag::{Code, Sink};
use crate::ir::{Api, Codec, GivenName, Id as _, Item, Media, NameHint, Scheme, SchemeKind, Status, TypeKind};
use crate::plan::{self, Case, EnumNames, Facts, Names, OpNames, Outcome, VariableNames};

/// Names of the standard prelude that generated modules use unqualified.
const PRELUDE: &[&str] = &[
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Err",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "ToString",
    "Vec",
];
/// Methods and functions of a client.
const CLIENT: &[&str] = &["builder", "clone", "core", "new"];
/// Methods of every request value.
const REQUEST: &[&str] = &[
    "clone",
    "clone_from",
    "fmt",
    "from",
    "into",
    "items",
    "new",
    "pages",
    "send",
    "stream",
    "stream_bytes",
    "to_owned",
    "try_from",
    "try_into",
    "wait",
    "wait_with",
    "with_options",
];
/// Methods of every builder.
const BUILDER: &[&str] = &[
    "answer_limit",
    "build",
    "check_requests",
    "clone",
    "document_url",
    "fmt",
    "from",
    "header",
    "into",
    "server",
    "timeout",
    "transport",
    "url",
    "user_agent",
    "variable",
];

/// What users of an API find beside its own items: the names of the runtime that its root gives again.
pub const EXPORTS: &[&str] = &[
    "Backoff",
    "Base64",
    "Base64Url",
    "Body",
    "ByteStream",
    "Call",
    "Check",
    "ClientCredentials",
    "CommaList",
    "Credential",
    "Date",
    "DateTime",
    "DecimalText",
    "Error",
    "ErrorKind",
    "Event",
    "EventStream",
    "HttpDate",
    "IntegerText",
    "IsoDuration",
    "ItemStream",
    "Items",
    "JsonText",
    "JwtSigner",
    "LineList",
    "LocalDateTime",
    "Map",
    "Maybe",
    "Milliseconds",
    "Multipart",
    "Number",
    "Options",
    "Pages",
    "Part",
    "Payload",
    "PipeList",
    "Reconnect",
    "Response",
    "Seconds",
    "Secret",
    "SpaceList",
    "Time",
    "Transport",
    "UnixTime",
    "Uuid",
    "Value",
    "Violation",
    "Violations",
];

/// Gives every item of an API its ident. What is wrong with names that the settings give goes to `sink`.
pub fn names(api: &Api, facts: &Facts, sink: &Sink) -> Names {
    let mut names = Names::default();
    types(api, facts, &mut names, sink);
    members(api, &mut names, sink);
    operations(api, &mut names, sink);
    servers(api, &mut names);
    // Modules are files, and Windows keeps some names for devices.
    let devices = (1..=9)
        .flat_map(|port| [format!("com{port}"), format!("lpt{port}")])
        .chain(["aux", "con", "nul", "prn"].map(str::to_owned));
    let own = ["client", "r#mod", "models", "operations", "rt", "shared", "unreferenced"].map(str::to_owned);
    let words: Vec<String> = own.into_iter().chain(devices).collect();
    let mut tags = Scope::reserving(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let given = &api.choices.names;
    for name in given.tags.values().filter(|name| !name.name.is_ascii()) {
        sink.error(
            Code::Setting,
            name.at,
            format!("`{}` cannot be the name of a module: rustc wants the names of files in ASCII", name.name),
        );
    }
    tags.give(given.tags.values());
    names.tags =
        api.tags.iter().map(|(id, tag)| tags.take_or(given.tags.get(&id), &module(&tag.name), &tag.name)).collect();
    tags.tell(sink);
    let mut schemes = Scope::reserving(BUILDER);
    schemes.give(given.schemes.values());
    let all = api.schemes.iter().enumerate();
    names.schemes = all
        .map(|(index, scheme)| schemes.take_or(given.schemes.get(&index), &snake(&scheme.name), &scheme.name))
        .collect();
    let oauth = |scheme: &Scheme| matches!(scheme.kind, SchemeKind::OAuth2(_));
    let urls = api.schemes.iter().enumerate().map(|(index, scheme)| {
        let own = given.schemes.get(&index).map_or_else(|| snake(&scheme.name), |given| given.name.clone());
        if oauth(scheme) { schemes.take(&format!("{own}_token_url"), &scheme.name) } else { String::new() }
    });
    names.token_urls = urls.collect();
    schemes.tell(sink);
    names
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

fn types(api: &Api, facts: &Facts, names: &mut Names, sink: &Sink) {
    let given = &api.choices.names.types;
    let mut scope = Scope::reserving(PRELUDE);
    scope.give(given.values());
    names.types = vec![String::new(); api.types.len()];
    let of_document = api.types.iter().filter(|(_, definition)| definition.component);
    let inline = api.types.iter().filter(|(id, definition)| !definition.component && facts.emitted[id.index()]);
    for (id, definition) in of_document.chain(inline) {
        let text = hint_text(&definition.hint);
        names.types[id.index()] = scope.take_or(given.get(&id), &pascal(&text), &text);
    }
    scope.tell(sink);
}

fn hint_text(hint: &NameHint) -> String {
    let mut text = hint.base.clone();
    for part in &hint.path {
        text.push(' ');
        text.push_str(part);
    }
    text
}

fn members(api: &Api, names: &mut Names, sink: &Sink) {
    let given = &api.choices.names;
    for (id, definition) in api.types.iter() {
        let mut fields = Vec::new();
        let mut variants = Vec::new();
        match &definition.kind {
            TypeKind::Struct(structure) => {
                let mut scope = Scope::reserving(&["extra"]);
                scope.give(of(&given.fields, id));
                let all = structure.fields.iter().enumerate();
                fields = all
                    .map(|(index, field)| {
                        scope.take_or(given.fields.get(&(id, index)), &snake(&field.wire), &field.wire)
                    })
                    .collect();
                scope.tell(sink);
            }
            TypeKind::Enum(list) => {
                let mut scope = Scope::reserving(&["Self", "Unknown"]);
                scope.give(of(&given.variants, id));
                let all = list.values.iter().enumerate().map(|(index, value)| {
                    let wanted = pascal(value.name.as_deref().unwrap_or(&value.wire));
                    scope.take_or(given.variants.get(&(id, index)), &wanted, &value.wire)
                });
                variants = all.collect();
                scope.tell(sink);
            }
            TypeKind::Union(union) => {
                let mut scope = Scope::reserving(&["Self", "Unknown"]);
                scope.give(of(&given.variants, id));
                let all = union.variants.iter().enumerate().map(|(index, variant)| {
                    scope.take_or(
                        given.variants.get(&(id, index)),
                        &pascal(&hint_text(&variant.hint)),
                        &variant.hint.base,
                    )
                });
                variants = all.collect();
                scope.tell(sink);
            }
            TypeKind::Alias(_) => {}
        }
        names.fields.push(fields);
        names.extra.push("extra".to_owned());
        names.variants.push(variants);
        names.unknown.push("Unknown".to_owned());
    }
}

/// The names that the settings give to parts of one thing.
fn of<I: Ord + Copy>(names: &BTreeMap<(I, usize), GivenName>, id: I) -> impl Iterator<Item = &GivenName> {
    names.range((id, 0)..=(id, usize::MAX)).map(|(_, name)| name)
}

fn operations(api: &Api, names: &mut Names, sink: &Sink) {
    let given = &api.choices.names;
    let mut methods = Scope::reserving(CLIENT);
    methods.give(given.ops.values());
    // Their modules name the client too.
    let mut requests = Scope::reserving(&[PRELUDE, &["Client"]].concat());
    for (id, operation) in api.ops.iter() {
        let text = hint_text(&operation.hint);
        let method = methods.take_or(given.ops.get(&id), &snake(&text), &text);
        let request = requests.take(&pascal(&text), &text);
        let mut scope = Scope::reserving(REQUEST);
        scope.give(of(&given.params, id));
        let all = operation.params.iter().enumerate();
        let params: Vec<String> = all
            .map(|(index, param)| scope.take_or(given.params.get(&(id, index)), &snake(&param.wire), &param.wire))
            .collect();
        let media = operation.body.iter().flat_map(|body| &body.media);
        let bodies =
            media.enumerate().map(|(index, media)| scope.take(&body_name(index, media), &media.name)).collect();
        names.ops.push(OpNames {
            method,
            table: screaming(&request),
            request,
            params,
            bodies,
            reply: None,
            error: None,
            events: None,
        });
        let reply = outcome(&plan::success(api, id), "Reply", &text, &mut requests);
        let error = outcome(&plan::failure(api, id), "Error", &text, &mut requests);
        let events = events(&plan::stream(api, id), &text, &mut requests);
        if let Some(last) = names.ops.last_mut() {
            last.reply = reply;
            last.error = error;
            last.events = events;
        }
        scope.tell(sink);
    }
    methods.tell(sink);
}

/// The first body of an operation is `body`; the others say what they are: `body_form`, `body_png`, `body_merge_patch`.
fn body_name(index: usize, media: &Media) -> String {
    if index == 0 {
        return "body".to_owned();
    }
    let essence = plan::essence(&media.name);
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", essence.as_str()));
    let word = match (media.codec, subtype) {
        (Codec::Form, _) => "form",
        (Codec::Multipart, "form-data") => "multipart",
        (Codec::Text, "plain") => "text",
        (Codec::Events, _) => "events",
        (Codec::JsonLines, _) => "lines",
        (Codec::JsonSeq, _) => "seq",
        (Codec::Binary, "octet-stream") => "bytes",
        (_, "*") if kind == "*" => "any",
        (_, "*") => kind,
        // What stands before the suffix tells it from its like (RFC 6838, section 4.2.8).
        _ => match subtype.split_once('+') {
            Some(("*", suffix)) => suffix,
            Some((name, _)) => name,
            None => subtype,
        },
    };
    format!("body_{}", snake(word).trim_start_matches("r#"))
}

fn outcome(outcome: &Outcome<'_>, suffix: &str, text: &str, scope: &mut Scope) -> Option<EnumNames> {
    let Outcome::Many(cases) = outcome else { return None };
    let name = scope.take(&format!("{}{suffix}", pascal(text)), text);
    let mut variants = Scope::reserving(&["Self"]);
    let many_media = |case: &Case<'_>| cases.iter().filter(|other| other.status == case.status).count() > 1;
    let variants = cases
        .iter()
        .map(|case| {
            let status = status_word(case.status);
            let word = match case.media {
                Some(media) if many_media(case) => format!("{status} {}", media.name),
                _ => status,
            };
            variants.take(&pascal(&word), &word)
        })
        .collect();
    Some(EnumNames { name, variants })
}

fn events(stream: &Option<plan::Streamed<'_>>, text: &str, scope: &mut Scope) -> Option<EnumNames> {
    let Item::Named(cases) = stream.as_ref()?.item else { return None };
    let name = scope.take(&format!("{}Event", pascal(text)), text);
    let mut variants = Scope::reserving(&["Self", "Unknown"]);
    let variants = cases.iter().map(|case| variants.take(&pascal(&case.hint), &case.hint)).collect();
    Some(EnumNames { name, variants })
}

/// Reason phrases of RFC 9110 section 15 and the registry for the codes in use; the number for others.
fn status_word(status: Status) -> String {
    let code = match status {
        Status::Any => return "default".to_owned(),
        Status::Range(digit) => {
            return match digit {
                1 => "informational".to_owned(),
                2 => "success".to_owned(),
                3 => "redirection".to_owned(),
                4 => "client error".to_owned(),
                _ => "server error".to_owned(),
            };
        }
        Status::Code(code) => code,
    };
    match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        208 => "already reported",
        300 => "multiple choices",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        407 => "proxy authentication required",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        421 => "misdirected request",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        425 => "too early",
        426 => "upgrade required",
        428 => "precondition required",
        429 => "too many requests",
        431 => "request header fields too large",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        505 => "http version not supported",
        507 => "insufficient storage",
        508 => "loop detected",
        511 => "network authentication required",
        _ => return format!("status {code}"),
    }
    .to_owned()
}

fn servers(api: &Api, names: &mut Names) {
    let mut constructors = Scope::reserving(&["clone", "fmt", "from", "into", "url", "custom"]);
    let own = ["Client", "ClientBuilder", "Server", "Self", "Option", "String", "Vec", "Into", "From", "Result"];
    let mut kinds = Scope::reserving(&[own.as_slice(), EXPORTS].concat());
    for (index, server) in api.servers.iter().enumerate() {
        let text = match (server.name.as_ref().or(server.description.as_ref()), api.servers.len()) {
            (_, 1) => "new".to_owned(),
            // A short description is a name; a sentence is not.
            (Some(words), _) if words.len() <= 32 => words.clone(),
            _ => format!("server {}", index + 1),
        };
        names.servers.push(constructors.take(&snake(&text), &text));
        let mut arguments = Scope::reserving(&[]);
        let variables = server.variables.iter().map(|variable| {
            let mut variants = Scope::reserving(&["Self"]);
            let kind = if variable.values.is_empty() {
                String::new()
            } else {
                kinds.take(&pascal(&variable.name), &variable.name)
            };
            VariableNames {
                argument: arguments.take(&snake(&variable.name), &variable.name),
                kind,
                variants: variable.values.iter().map(|value| variants.take(&pascal(value), value)).collect(),
            }
        });
        names.server_variables.push(variables.collect());
    }
}
