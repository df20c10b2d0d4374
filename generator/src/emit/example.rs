//! Examples: a call with values that the description gives, as code that compiles.

mod value;

use clientsmith_runtime::json::{self, Value};

use self::value::{exact, exact_argument, expression, literal, meant, variant};
use super::rust::{self, Cx};
use crate::ir::{Codec, Item, Media, OpId, Param, Shape, TextFormat, TypeKind};
use crate::plan::{self, Outcome};

/// Longer examples would bury the call, and each operation that shares them.
const LONG: usize = 4_000;

/// The head of a function up to this width needs no breaks.
const HEAD: usize = 103;
/// Statements up to this width need none.
const SHORT: usize = 80;
/// How an example shows the answer.
const PRINTED: &str = "println!(\"{:?}\", answer.body());";

/// How a loop over a stream starts.
const EACH: &str = "while let Some(item) = ";

/// Lines that make the call, with what has to stand before them.
fn parts(cx: Cx<'_>, id: OpId) -> (String, &'static str, Vec<String>) {
    let operation = &cx.api.ops[id];
    let names = cx.own.op(id);
    let mut lines = Vec::new();
    let mut arguments: Vec<String> =
        operation.params.iter().filter(|param| param.required).map(|param| argument(cx, param)).collect();
    let mut setters = String::new();
    let media = operation.body.as_ref().and_then(|body| body.media.first());
    if let Some(media) = media {
        let (value, by_reference) = body(cx, media);
        lines.push(format!("let body = {value};"));
        let given = if by_reference { "&body" } else { "body" };
        if rust::takes_body(cx, id) {
            arguments.push(given.to_owned());
        } else {
            setters.push_str(&format!(".{}({given})", names.bodies[0]));
        }
    }
    let optional = operation
        .params
        .iter()
        .enumerate()
        .filter(|(_, param)| !param.required && param.example.is_some() && !param.doc.deprecated);
    for (index, param) in optional.take(2) {
        // A position is what paging moves; an example that starts in the middle would mislead.
        if operation.paging.is_none() {
            setters.push_str(&format!(".{}({})", names.params[index], argument(cx, param)));
        }
    }
    let call = format!("client.{}({}){setters}", names.method, arguments.join(", "));
    if operation.paging.is_some() && pages(cx, id) {
        lines.push(format!("let mut items = {call}.items();"));
        lines.push(each("items"));
    } else {
        let send = if operation.polling.is_some() { "wait" } else { "send" };
        match plan::success(cx.api, id) {
            Outcome::Nothing if !operation.replies.ok.is_empty() && operation.polling.is_none() => {
                lines.push(format!("{call}.{send}().await?;"))
            }
            Outcome::Streamed => {
                lines.push(format!("let mut answer = {call}.stream().await?;"));
                lines.push(each("answer"));
            }
            _ => {
                lines.push(format!("let answer = {call}.{send}().await?;"));
                lines.push(PRINTED.to_owned());
            }
        }
    }
    let deprecated =
        if operation.doc.deprecated || operation.params.iter().any(|param| param.doc.deprecated && param.required) {
            "#[allow(deprecated)]\n"
        } else {
            ""
        };
    (api_path(cx), deprecated, lines)
}

/// The example as a function that stands alone.
pub(super) fn operation(cx: Cx<'_>, id: OpId) -> String {
    let (path, deprecated, lines) = parts(cx, id);
    let models = if uses_models(&lines) { format!("use {path}::models;\n\n") } else { String::new() };
    let answer = "Result<(), Box<dyn std::error::Error>>";
    let mut head = format!("async fn example(client: &{path}::Client) -> {answer} {{");
    if head.len() > HEAD {
        head = format!("async fn example(\n    client: &{path}::Client,\n) -> {answer} {{");
    }
    format!("{models}{deprecated}{head}\n{}    Ok(())\n}}", indented(&laid_out(&lines)))
}

/// The example for a doc comment: what only makes it compile is hidden.
pub(super) fn hidden(cx: Cx<'_>, id: OpId) -> String {
    let (path, deprecated, lines) = parts(cx, id);
    let models = if uses_models(&lines) { format!("use {path}::models;\n") } else { String::new() };
    let deprecated = if deprecated.is_empty() { "" } else { "# #[allow(deprecated)]\n" };
    format!(
        "{models}{deprecated}# async fn example(client: &{path}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n{}\n# Ok(()) }}",
        laid_out(&lines)
    )
}

/// A loop that shows what a stream gives.
fn each(stream: &str) -> String {
    format!("{EACH}{stream}.next().await {{\n    let item = item?;\n    println!(\"{{item:?}}\");\n}}")
}

/// Whether a statement stands as it should: it is short and opens no block, or is one of ours.
fn is_laid_out(statement: &str) -> bool {
    let is_short = |line: &str| line.len() <= SHORT && !line.contains(['{', '|']);
    statement == PRINTED || statement.starts_with(EACH) || statement.lines().all(is_short)
}

fn uses_models(lines: &[String]) -> bool {
    lines.iter().any(|line| line.contains("models::"))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

/// Statements as they stand in a function. Short ones that open no block are so already; most are, and to parse them
/// takes longer than all else that is done for an operation.
fn laid_out(lines: &[String]) -> String {
    let text = lines.join("\n");
    if lines.iter().all(|line| is_laid_out(line)) {
        return text;
    }
    let text = format!("fn f() {{\n{text}\n}}");
    // What does not parse stays as it is, which a test then shows.
    let text = syn::parse_file(&text).map_or(text, |file| prettyplease::unparse(&file));
    let body = text.trim_end().strip_prefix("fn f() {").and_then(|body| body.strip_suffix('}')).unwrap_or(&text);
    let body: Vec<&str> =
        body.trim_matches('\n').lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    body.join("\n")
}

/// Path of the API's module from outside of its crate.
pub(super) fn api_path(cx: Cx<'_>) -> String {
    let root = cx.plan.crate_ident();
    if cx.own.module.is_empty() { root } else { format!("{root}::{}", cx.own.module) }
}

fn pages(cx: Cx<'_>, id: OpId) -> bool {
    plan::page(cx.api, id).is_some()
}

fn argument(cx: Cx<'_>, param: &Param) -> String {
    let example = param.example.as_deref().and_then(|text| json::from_str::<Value>(text).ok());
    let shape = rust::plain(cx, &param.shape);
    let inner = match shape {
        Shape::Nullable(inner) => rust::plain(cx, inner),
        other => other,
    };
    let text = match (inner, example.map(|value| meant(inner, value))) {
        (Shape::Text(_) | Shape::JsonText(_), Some(Value::String(text))) => literal(&text),
        (Shape::Text(_) | Shape::JsonText(_), Some(other)) => literal(&other.to_string()),
        (Shape::Text(_) | Shape::JsonText(_), None) => literal(&param.wire),
        (Shape::Float(kind), Some(Value::Number(number))) if kind.keeps_text() => exact_argument(cx, inner, &number),
        (Shape::List(item), Some(value)) => list_argument(cx, item, &value),
        (Shape::List(item), None) => {
            return if is_concrete_list(cx, item) {
                "&[]".to_owned()
            } else {
                format!("Vec::<{}>::new()", list_item_text(cx, item))
            };
        }
        (Shape::Named(id), value) => match (&cx.api.types[*id].kind, value) {
            (TypeKind::Enum(list), Some(Value::String(text))) if list.text => {
                variant(cx, *id, &text).unwrap_or_else(|| literal(&text))
            }
            (TypeKind::Enum(list), _) if list.text => {
                let first = list.values.first().map_or("", |value| value.wire.as_str());
                variant(cx, *id, first).unwrap_or_else(|| literal(first))
            }
            (_, Some(value)) => {
                format!("&{}", expression(cx, shape, &value).unwrap_or_else(|| "Default::default()".to_owned()))
            }
            (_, None) => "&Default::default()".to_owned(),
        },
        (Shape::Map(_), value) => format!(
            "&{}",
            value.and_then(|value| expression(cx, inner, &value)).unwrap_or_else(|| "Default::default()".to_owned())
        ),
        (_, Some(value)) => expression(cx, inner, &value).unwrap_or_else(|| default_scalar(inner)),
        (_, None) => default_scalar(inner),
    };
    match shape {
        Shape::Nullable(_) => {
            let converted = match inner {
                Shape::Text(_) | Shape::JsonText(_) => true,
                Shape::Float(kind) => kind.keeps_text(),
                _ => false,
            };
            format!("&Some({text}{})", if converted { ".into()" } else { "" })
        }
        _ => text,
    }
}

fn is_concrete_list(cx: Cx<'_>, item: &Shape) -> bool {
    matches!(rust::plain(cx, item), Shape::Nullable(_) | Shape::List(_) | Shape::Map(_))
}

fn list_item_text(cx: Cx<'_>, item: &Shape) -> String {
    match rust::plain(cx, item) {
        Shape::Bool => "bool".to_owned(),
        Shape::Float(kind) if kind.keeps_text() => "i64".to_owned(),
        Shape::Int(_) | Shape::Float(_) => super::text::shape(cx.api, cx.own, item),
        Shape::Named(_) => super::text::shape(cx.api, cx.own, item),
        _ => "String".to_owned(),
    }
}

fn list_argument(cx: Cx<'_>, item: &Shape, value: &Value) -> String {
    let values: Vec<&Value> = match value {
        Value::Array(values) => values.iter().collect(),
        other => vec![other],
    };
    if is_concrete_list(cx, item) {
        let items: Option<Vec<String>> = values.iter().map(|value| expression(cx, item, value)).collect();
        return items.map_or_else(|| "&[]".to_owned(), |items| format!("&[{}]", items.join(", ")));
    }
    let items: Vec<String> = values
        .iter()
        .map(|value| meant(rust::plain(cx, item), (*value).clone()))
        .map(|value| match (rust::plain(cx, item), &value) {
            (Shape::Text(_) | Shape::JsonText(_), Value::String(text)) => literal(text),
            (Shape::Text(_) | Shape::JsonText(_), other) => literal(&other.to_string()),
            // All items have one type, and that is only known from the first of them.
            (shape @ Shape::Float(kind), Value::Number(number)) if kind.keeps_text() => exact(cx, shape, number),
            (Shape::Named(id), Value::String(text)) => variant(cx, *id, text).unwrap_or_else(|| literal(text)),
            (shape, value) => expression(cx, shape, value).unwrap_or_else(|| default_scalar(shape)),
        })
        .collect();
    if items.is_empty() {
        format!("Vec::<{}>::new()", list_item_text(cx, item))
    } else {
        format!("[{}]", items.join(", "))
    }
}

fn default_scalar(shape: &Shape) -> String {
    match shape {
        Shape::Bool => "true".to_owned(),
        Shape::Int(_) => "1".to_owned(),
        Shape::Float(kind) if kind.keeps_text() => "1".to_owned(),
        Shape::Float(_) => "1.0".to_owned(),
        Shape::Text(_) | Shape::JsonText(_) | Shape::Json => "\"text\"".to_owned(),
        _ => "Default::default()".to_owned(),
    }
}

/// The body of the example and whether the call takes it by reference.
fn body(cx: Cx<'_>, media: &Media) -> (String, bool) {
    let short = |text: &&String| text.len() <= LONG;
    let example = media.examples.iter().map(|(_, text)| text).find(short);
    let example = example.and_then(|text| json::from_str::<Value>(text).ok());
    let of_type = || match rust::plain(cx, &media.shape) {
        Shape::Named(id) => {
            cx.api.types[*id].examples.iter().find(short).and_then(|text| json::from_str::<Value>(text).ok())
        }
        _ => None,
    };
    match media.codec {
        Codec::Multipart if !matches!(rust::parts(cx, media), rust::Parts::Named) => {
            let root = cx.plan.crate_ident();
            match rust::parts(cx, media) {
                rust::Parts::Ordered(_) => (format!("[{root}::Part::from(\"text\")]"), false),
                _ => (format!("{root}::Multipart::new({:?}).named(\"name\", \"text\")", media.name), false),
            }
        }
        Codec::Json | Codec::Xml | Codec::Form | Codec::Multipart => {
            let value = example.or_else(of_type);
            let text = value.and_then(|value| match rust::plain(cx, &media.shape) {
                // A body of any shape is shown as the JSON that it is.
                Shape::Json => Some(any_json(cx, &value)),
                _ => expression(cx, &media.shape, &value),
            });
            let kind = super::text::shape(cx.api, cx.own, &media.shape);
            match (text, rust::plain(cx, &media.shape)) {
                (Some(text), Shape::Text(TextFormat::Plain)) => (text.trim_end_matches(".into()").to_owned(), false),
                (None, Shape::Text(TextFormat::Plain)) => ("\"text\"".to_owned(), false),
                (Some(text), Shape::Text(_)) => {
                    (format!("{}::{kind}::from({})", cx.plan.crate_ident(), text.trim_end_matches(".into()")), true)
                }
                (Some(text), Shape::JsonText(_)) => {
                    let text = text.trim_end_matches(".into()");
                    (format!("{}::JsonText::from({text})", cx.plan.crate_ident()), true)
                }
                (Some(text), Shape::Map(_)) => (format!("{}::{kind}::from_iter({text})", cx.plan.crate_ident()), true),
                (Some(text), Shape::Float(number)) if number.keeps_text() => {
                    let text = match text.strip_suffix(".parse()?") {
                        Some(text) => format!("{text}.parse::<{}::{kind}>()?", cx.plan.crate_ident()),
                        None => {
                            format!("{}::{kind}::from({})", cx.plan.crate_ident(), text.trim_end_matches(".into()"))
                        }
                    };
                    (text, true)
                }
                (Some(text), _) => (text, true),
                (None, Shape::List(_)) => ("[]".to_owned(), true),
                (None, _) => (default_of(cx, &media.shape), true),
            }
        }
        _ if media.is_range() => {
            let name = if media.name.starts_with("image/") { "image/png" } else { "application/octet-stream" };
            (format!("{}::Payload::new({name:?}, b\"bytes\")", cx.plan.crate_ident()), false)
        }
        Codec::Text => {
            (example.and_then(|value| value.as_str().map(literal)).unwrap_or_else(|| "\"text\"".to_owned()), false)
        }
        Codec::JsonLines | Codec::JsonSeq => {
            let kind = match &media.item {
                Some(Item::Json(shape)) => super::text::shape(cx.api, cx.own, shape),
                _ => "Value".to_owned(),
            };
            let std = ["models::", "Vec<", "Option<", "String", "bool"].iter().any(|start| kind.starts_with(start));
            let std = std || kind.chars().next().is_some_and(char::is_lowercase);
            let kind = if std { kind } else { format!("{}::{kind}", cx.plan.crate_ident()) };
            (format!("Vec::<{kind}>::new()"), false)
        }
        _ => ("b\"bytes\"".to_owned(), false),
    }
}

/// `Default::default()` with its type said.
fn default_of(cx: Cx<'_>, shape: &Shape) -> String {
    let text = super::text::shape(cx.api, cx.own, shape);
    if text.starts_with("models::") {
        return format!("{text}::default()");
    }
    let root = cx.plan.crate_ident();
    match rust::plain(cx, shape) {
        Shape::Json => format!("{root}::Value::default()"),
        Shape::Map(_) => format!("{root}::Map::default()"),
        Shape::Float(kind) if kind.keeps_text() => format!("{root}::{text}::default()"),
        Shape::JsonText(_) => format!("{root}::JsonText::default()"),
        Shape::Bool => "true".to_owned(),
        Shape::Int(_) => "1".to_owned(),
        Shape::Float(_) => "1.0".to_owned(),
        Shape::Text(_) => format!("{root}::{text}::default()"),
        _ => "Default::default()".to_owned(),
    }
}

fn any_json(cx: Cx<'_>, value: &Value) -> String {
    let text = value.to_string();
    format!("{}.parse::<{}::Value>()?", literal(&text), cx.plan.crate_ident())
}
