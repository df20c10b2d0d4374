//! From a scenario to a call: which operation, and with which arguments.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::document::{Document, Operation};
use super::scenario::{Body, Step};
use super::unstyle;

/// The documents of a folder: the name of the API in the crate, and what it says.
pub(super) type Folder<'a> = Vec<(&'a str, &'a Document)>;

/// One run of the program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Call {
    pub(super) api: String,
    pub(super) operation: String,
    pub(super) args: Value,
    pub(super) flags: Vec<String>,
}

/// What is said by hand about a step that cannot be derived: see `tests/spector/by-hand.json`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ByHand {
    /// Members of `--args` that replace the derived ones.
    pub(super) args: Option<Map<String, Value>>,
    /// The media type of the body.
    pub(super) media: Option<String>,
    /// More flags.
    pub(super) flags: Vec<String>,
    /// The body that comes back, as the types write it.
    pub(super) gives: Option<Value>,
    /// The call of the step before sends this one too.
    pub(super) sent_before: bool,
    /// Why.
    pub(super) why: String,
}

/// Finds the call of a step.
///
/// # Errors
/// When the documents do not say how: the reason in one line.
pub(super) fn plan(step: &Step, folder: &Folder<'_>, by_hand: Option<&ByHand>, server: &str) -> Result<Call, String> {
    let Some((api, document, operation, found)) = find(step, folder) else {
        return Err(format!("no document has {} {}", step.method, step.uri));
    };
    let mut flags = address(document, &found, server);
    let mut args: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.place == "path") {
        // What is optional and empty is not given.
        if let Some(text) = found.get(&parameter.name).filter(|text| !text.is_empty()) {
            let value = unstyle::value(parameter, &decoded(text));
            args.entry("path").or_default().insert(parameter.name.clone(), value);
        }
    }
    let mut query = step.request.query.clone();
    // Parameters that take whatever is left come last.
    let (spread, plain): (Vec<_>, Vec<_>) = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "query")
        .partition(|parameter| parameter.explode && parameter.schema["type"] == "object");
    for parameter in plain.into_iter().chain(spread) {
        if let Some(value) = unstyle::query(parameter, &mut query) {
            args.entry("query").or_default().insert(parameter.name.clone(), value);
        }
    }
    for (name, value) in &query {
        let value = unstyle::text(value);
        flags.extend(credential(document, operation, "query", name, &value)?);
    }
    for (name, value) in &step.request.headers {
        header(step, document, operation, name, &unstyle::text(value), &mut args, &mut flags)?;
    }
    let mut args: Map<String, Value> =
        args.into_iter().map(|(part, members)| (part.to_owned(), Value::Object(members))).collect();
    let own = by_hand.and_then(|by_hand| by_hand.args.as_ref());
    if let Some(own) = own {
        args.extend(own.clone());
    }
    if let Some(expected) = &step.request.body {
        let media = by_hand.and_then(|by_hand| by_hand.media.clone());
        let (media, value) = body(operation, expected, media, own.is_some_and(|own| own.contains_key("body")))?;
        if let Some(value) = value {
            args.insert("body".to_owned(), value);
        }
        flags.extend(["--media-type".to_owned(), media]);
    }
    flags.extend(by_hand.map(|by_hand| by_hand.flags.clone()).unwrap_or_default());
    Ok(Call { api: api.to_owned(), operation: operation.id.clone(), args: Value::Object(args), flags })
}

/// The operation that a step is for: the one whose path has the most letters of its own.
fn find<'a>(
    step: &Step,
    folder: &Folder<'a>,
) -> Option<(&'a str, &'a Document, &'a Operation, BTreeMap<String, String>)> {
    let mut best: Option<(usize, _)> = None;
    for (api, document) in folder {
        for operation in document.operations.iter().filter(|operation| operation.method == step.method) {
            for slashes in [false, true] {
                let mut found = BTreeMap::new();
                // The suite's router takes a slash at the end or leaves it, and has colons behind a backslash.
                let (path, uri) = (operation.path.trim_end_matches('/'), step.uri.replace('\\', ""));
                if !matches(path, uri.trim_end_matches('/'), slashes, &mut found) || !document.allows(&found) {
                    continue;
                }
                let own = operation.path.len() - found.keys().map(|name| name.len() + 2).sum::<usize>();
                // Of several versions of a document, the one that the request names.
                let version = document.version();
                let named = found.values().any(|value| value == version)
                    || step.request.query.values().any(|value| value == version);
                let rank = own * 4 + 2 * usize::from(!slashes) + usize::from(named);
                if best.as_ref().is_none_or(|(other, _)| rank > *other) {
                    best = Some((rank, (*api, *document, operation, found)));
                }
                break;
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Whether a template gives a path, and what its parts are then.
fn matches(template: &str, path: &str, slashes: bool, found: &mut BTreeMap<String, String>) -> bool {
    let Some(start) = template.find('{') else { return template == path };
    let Some(path) = path.strip_prefix(&template[..start]) else { return false };
    let Some(end) = template[start..].find('}').map(|end| start + end) else { return false };
    let (name, rest) = (&template[start + 1..end], &template[end + 1..]);
    for at in (0..=path.len()).filter(|at| path.is_char_boundary(*at)) {
        if !slashes && path[..at].contains('/') {
            return false;
        }
        let mut inside = found.clone();
        if matches(rest, &path[at..], slashes, &mut inside) {
            inside.insert(name.to_owned(), path[..at].to_owned());
            *found = inside;
            return true;
        }
    }
    false
}

impl Document {
    /// Whether the variables of the server can have these values.
    fn allows(&self, found: &BTreeMap<String, String>) -> bool {
        self.variables().iter().all(|name| match found.get(name) {
            None => true,
            Some(value) => self.listed(name).is_none_or(|listed| listed.contains(value)) && !value.is_empty(),
        })
    }
}

/// The flags that bring a call to the server.
fn address(document: &Document, found: &BTreeMap<String, String>, server: &str) -> Vec<String> {
    let variables = document.variables();
    let at_variable = document.server().starts_with('{');
    let mut flags = Vec::new();
    if at_variable {
        let first = document.server()[1..].split('}').next().unwrap_or_default();
        flags.extend(["--server-variable".to_owned(), format!("{first}={server}")]);
    } else {
        let path = document.server().split("://").nth(1).and_then(|rest| rest.find('/').map(|at| &rest[at..]));
        flags.extend(["--server".to_owned(), format!("{server}{}", path.unwrap_or_default())]);
    }
    for name in variables {
        if let Some(value) = found.get(&name) {
            flags.extend(["--server-variable".to_owned(), format!("{name}={value}")]);
        }
    }
    flags
}

fn header(
    step: &Step,
    document: &Document,
    operation: &Operation,
    name: &str,
    value: &str,
    args: &mut BTreeMap<&str, Map<String, Value>>,
    flags: &mut Vec<String>,
) -> Result<(), String> {
    let own = |place: &'static str| operation.parameters.iter().filter(move |parameter| parameter.place == place);
    // Headers that OpenAPI leaves to other parts of a description (Parameter Object, `name`).
    let other = ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str());
    if let Some(parameter) =
        own("header").filter(|_| !other).find(|parameter| parameter.name.eq_ignore_ascii_case(name))
    {
        let value = unstyle::value(parameter, value);
        args.entry("header").or_default().insert(parameter.name.clone(), value);
        return Ok(());
    }
    match name.to_ascii_lowercase().as_str() {
        "content-type" => Ok(()),
        // One of several answers is asked for by a header of the call.
        "accept" if operation.answers.len() > 1 => {
            flags.extend(["--header".to_owned(), format!("Accept={value}")]);
            Ok(())
        }
        "accept" => Ok(()),
        "cookie" => {
            for pair in value.split("; ") {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                match own("cookie").find(|parameter| parameter.name == name) {
                    Some(parameter) => {
                        let value = unstyle::value(parameter, value);
                        args.entry("cookie").or_default().insert(name.to_owned(), value);
                    }
                    None => flags.extend(credential(document, operation, "cookie", name, value)?),
                }
            }
            Ok(())
        }
        _ => {
            flags.extend(
                credential(document, operation, "header", name, value)
                    .map_err(|error| format!("{error} ({} {})", step.method, step.uri))?,
            );
            Ok(())
        }
    }
}

/// The flag for a credential that must be sent.
fn credential(
    document: &Document,
    operation: &Operation,
    place: &str,
    name: &str,
    value: &str,
) -> Result<Vec<String>, String> {
    for scheme in &operation.security {
        let about = document.scheme(scheme);
        let kind = about["type"].as_str().unwrap_or_default();
        let given = if kind == "apiKey" && about["in"] == place {
            about["name"].as_str().filter(|own| own.eq_ignore_ascii_case(name)).map(|_| value.to_owned())
        } else if place == "header" && name.eq_ignore_ascii_case("authorization") && kind != "apiKey" {
            match (kind, about["scheme"].as_str().unwrap_or_default().to_ascii_lowercase().as_str()) {
                ("http", "basic") => value
                    .strip_prefix("Basic ")
                    .and_then(|code| STANDARD.decode(code).ok().and_then(|bytes| String::from_utf8(bytes).ok())),
                ("http", word) => value
                    .split_once(' ')
                    .filter(|(own, _)| own.eq_ignore_ascii_case(word))
                    .map(|(_, rest)| rest.to_owned()),
                _ => value.strip_prefix("Bearer ").map(str::to_owned),
            }
        } else {
            None
        };
        if let Some(given) = given {
            return Ok(vec!["--auth".to_owned(), format!("{scheme}={given}")]);
        }
    }
    Err(format!("the document does not say that {place} `{name}` is sent"))
}

/// The media type of a body and its value; no value where it is given by hand.
fn body(
    operation: &Operation,
    expected: &Body,
    media: Option<String>,
    by_hand: bool,
) -> Result<(String, Option<Value>), String> {
    let wanted = media.clone().unwrap_or_else(|| essence(&expected.content_type));
    let found = operation.bodies.iter().find(|(name, _)| essence(name) == essence(&wanted));
    let range = || operation.bodies.iter().find(|(name, _)| covers(name, &wanted));
    // What the scenario's text is written in is not always what is sent.
    let only = || operation.bodies.first().filter(|_| operation.bodies.len() == 1 && media.is_none());
    let Some((name, schema)) = found.or_else(range).or_else(only) else {
        return Err(format!("the document does not say that `{wanted}` is sent"));
    };
    let sent = if name.contains('*') { wanted.clone() } else { name.clone() };
    if by_hand {
        return Ok((sent, None));
    }
    let bytes = |bytes: &[u8]| json!({"$base64": STANDARD.encode(bytes)});
    let is_json = essence(name).ends_with("json") && (schema == &json!({}) || !binary(schema));
    let value = match expected {
        Body { parts, files, .. } if parts.is_some() || files.is_some() => {
            let parts = parts.clone().unwrap_or_default().into_iter();
            // A part has no types of its own: its text is what its schema says.
            let typed = parts.map(|(name, value)| match schema["properties"][&name]["type"].as_str() {
                Some("string") => (name, unstyle::text(&value).into()),
                _ => (name, value),
            });
            let mut members: Map<String, Value> = typed.collect();
            for file in files.iter().flatten() {
                let part = json!({
                    "$base64": file.base64, "fileName": file.originalname, "mediaType": file.mimetype,
                });
                match members.get_mut(&file.fieldname) {
                    None => drop(members.insert(file.fieldname.clone(), part)),
                    Some(Value::Array(several)) => several.push(part),
                    Some(one) => *one = Value::Array(vec![one.take(), part]),
                }
            }
            Value::Object(members)
        }
        Body { json: Some(text), .. } | Body { text: Some(text), .. } if is_json => {
            serde_json::from_str(text).map_err(|error| format!("the scenario's body: {error}"))?
        }
        Body { json: Some(text), .. } | Body { text: Some(text), .. } if binary(schema) => bytes(text.as_bytes()),
        // A text that is not sent as JSON, written down as JSON.
        Body { json: Some(text), .. } => Value::String(serde_json::from_str(text).unwrap_or_else(|_| text.clone())),
        Body { text: Some(text), .. } => Value::String(text.clone()),
        Body { base64: Some(code), .. } => json!({"$base64": code}),
        _ => return Err("the scenario does not say what the body is".to_owned()),
    };
    Ok((sent, Some(value)))
}

/// Whether a schema stands for bytes.
fn binary(schema: &Value) -> bool {
    schema["format"] == "binary"
        || schema.get("contentMediaType").is_some()
        || schema.as_object().is_none_or(Map::is_empty)
}

/// A media type without its parameters.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn covers(range: &str, media: &str) -> bool {
    range.split_once('*').is_some_and(|(start, _)| start.is_empty() || media.starts_with(start))
}

/// Percent-encoded text as it was.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code =
            code.and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
