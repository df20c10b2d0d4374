//! The arguments of every operation of a description.

use serde_json::{Map, Value, json};

use super::document::{Document, child};
use super::random::Random;
use super::value::Maker;

/// One call: which operation, and with what.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) args: Value,
    pub(super) flags: Vec<String>,
    /// The media type of the body, where the operation is called with more than one.
    pub(super) other: Option<String>,
}

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
/// Headers that OpenAPI leaves to other parts of a description (Parameter Object, `name`), and those that the transport
/// writes.
const OTHERS: [&str; 7] =
    ["accept", "content-type", "authorization", "content-length", "transfer-encoding", "connection", "host"];

/// All operations with values from a seed: each with JSON where it takes that, and once more for each kind of form, which
/// Prism validates too.
pub(super) fn requests(document: &Document, seed: u64) -> Vec<Planned> {
    let mut planned = Vec::new();
    for (path, item) in document.members("/paths") {
        let item = document.follow(&item);
        for (method, operation) in document.members(&item) {
            if METHODS.contains(&method.as_str()) {
                let content = child(&document.follow(&child(&operation, "requestBody")), "content");
                let media: Vec<String> = document.members(&content).into_iter().map(|(name, _)| name).collect();
                let first = media.iter().position(|name| is_json(name)).unwrap_or(0);
                let forms = (0..media.len()).filter(|&at| at != first && media[at].contains("form"));
                for at in std::iter::once(first).chain(forms) {
                    let random = Random::new(seed, &format!("{method} {path}"));
                    let mut maker = Maker { document, random };
                    let other = (at != first).then(|| media[at].clone());
                    let request = request(&mut maker, &path, &item, &method, &operation, at);
                    planned.push(Planned { other, ..request });
                }
            }
        }
    }
    planned
}

fn is_json(media: &str) -> bool {
    media.split(';').next().is_some_and(|name| name.ends_with("json"))
}

/// `media` is the place of the media type that the body has.
fn request(maker: &mut Maker<'_>, path: &str, item: &str, method: &str, operation: &str, media: usize) -> Planned {
    let document = maker.document;
    let mut args: Map<String, Value> = Map::new();
    let mut set = |place: &str, name: &str, value: Value| {
        let part = args.entry(place.to_owned()).or_insert_with(|| json!({}));
        part[name] = value;
    };
    let mut fields = Map::new();
    let mut body = None;
    for parameter in parameters(document, item, operation) {
        let (name, place) = (document.text(&child(&parameter, "name")), document.text(&child(&parameter, "in")));
        let required = document.at(&parameter)["required"] == true || place == "path";
        let ignored = place == "header" && OTHERS.contains(&name.to_ascii_lowercase().as_str());
        if ignored || !(required || maker.random.coin()) {
            continue;
        }
        let schema = schema(document, &parameter);
        let mut value = maker.value(&schema, 1);
        // Nothing and dots cannot stand in a path, and blanks at the ends of a header are lost.
        if let Value::String(text) = &value {
            let kept = text.trim_matches([' ', '.']);
            value = if kept.is_empty() { json!("text") } else { kept.into() };
        }
        match place {
            "body" => body = Some(value),
            "formData" => drop(fields.insert(name.to_owned(), file(document, &parameter, value))),
            _ => set(place, name, value),
        }
    }
    let mut flags = Vec::new();
    if !fields.is_empty() {
        args.insert("body".to_owned(), Value::Object(fields));
    }
    if document.is_old() {
        if let Some(value) = body {
            args.insert("body".to_owned(), value);
        }
    } else {
        let about = document.follow(&child(operation, "requestBody"));
        if let Some((name, pointer)) = document.members(&child(&about, "content")).get(media) {
            let schema = child(pointer, "schema");
            let value = if is_json(name) || name.contains("form") {
                maker.fitting(&schema)
            } else if document.at(&document.follow(&schema))["format"] == "byte" {
                // The body itself is to be in base64: that of `hello` here, and written down in base64 like all bytes.
                json!({"$base64": "YUdWc2JHOD0="})
            } else if name.starts_with("text/") {
                json!("text")
            } else {
                json!({"$base64": "aGVsbG8="})
            };
            args.insert("body".to_owned(), value);
            let sent = if name.contains('*') { "application/octet-stream".to_owned() } else { name.clone() };
            flags.extend(["--media-type".to_owned(), sent]);
        }
    }
    flags.extend(credentials(document, operation));
    Planned { method: method.to_owned(), path: path.to_owned(), args: Value::Object(args), flags, other: None }
}

/// Pointers to the parameters of an operation; its own win over those of its path.
fn parameters(document: &Document, item: &str, operation: &str) -> Vec<String> {
    let own = [operation, item].map(|at| document.items(&child(at, "parameters")));
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut found = Vec::new();
    for pointer in own.into_iter().flatten().map(|pointer| document.follow(&pointer)) {
        let key =
            (document.text(&child(&pointer, "name")).to_owned(), document.text(&child(&pointer, "in")).to_owned());
        if !seen.contains(&key) {
            seen.push(key);
            found.push(pointer);
        }
    }
    found
}

/// Where the schema of a parameter stands; in 2.0 most parameters are schemas themselves.
fn schema(document: &Document, parameter: &str) -> String {
    let about = document.at(parameter);
    match about.get("content").and_then(Value::as_object).and_then(|content| content.keys().next()) {
        Some(media) => child(&child(&child(parameter, "content"), media), "schema"),
        None if about.get("schema").is_some() => child(parameter, "schema"),
        None => parameter.to_owned(),
    }
}

/// A file of a form, where a parameter stands for one.
fn file(document: &Document, parameter: &str, value: Value) -> Value {
    if document.at(parameter)["type"] == "file" {
        json!({"$base64": "aGVsbG8=", "fileName": "hello.txt"})
    } else {
        value
    }
}

/// What authorizes the call: the first way that the description names.
fn credentials(document: &Document, operation: &str) -> Vec<String> {
    let own = child(operation, "security");
    let list = if document.at(&own).is_array() { own } else { "/security".to_owned() };
    let Some(first) = document.items(&list).into_iter().next() else { return Vec::new() };
    let schemes = if document.is_old() { "/securityDefinitions" } else { "/components/securitySchemes" };
    document
        .members(&first)
        .into_iter()
        // Some descriptions ask for a scheme that they do not define.
        .filter(|(name, _)| document.at(&child(schemes, name)).is_object())
        .flat_map(|(name, _)| {
            let scheme = document.at(&document.follow(&child(schemes, &name)));
            let basic = scheme["type"] == "basic"
                || scheme["scheme"].as_str().is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"));
            ["--auth".to_owned(), format!("{name}={}", if basic { "ann:secret" } else { "token" })]
        })
        .collect()
}
