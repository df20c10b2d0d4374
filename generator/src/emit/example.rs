//! Examples: a call with values that the description gives, as code that compiles.

use std::cell::Cell;

use clientsmith_runtime::json::{self, Value};

use super::rust::{self, Cx};
use crate::ir::{
    Codec, Id as _, Item, Media, OpId, Param, Pick, Presence, Shape, Struct, TextFormat, TypeId, TypeKind, Union,
};
use crate::plan::{self, Outcome};

/// Longer examples would bury the call, and each operation that shares them.
const LONG: usize = 4_000;

/// Values inside of each other in an example.
const DEEP: usize = 13;
/// Values that are tried for one argument.
const STEPS: usize = 20_000;

/// Lines up to this width need no breaks.
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
    let head = if path.len() <= 24 {
        format!("async fn example(client: &{path}::Client) -> {answer} {{")
    } else {
        format!("async fn example(\n    client: &{path}::Client,\n) -> {answer} {{")
    };
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
    let text = match (inner, example) {
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
        .map(|value| match (rust::plain(cx, item), value) {
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

/// A Rust string literal: raw where the text is full of quotes.
fn literal(text: &str) -> String {
    let raw_reads_better = text.contains('"') && text.chars().all(|c| !c.is_control());
    if !raw_reads_better {
        return format!("{text:?}");
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

fn variant(cx: Cx<'_>, id: TypeId, wire: &str) -> Option<String> {
    let TypeKind::Enum(list) = &cx.api.types[id].kind else { return None };
    let index = list.values.iter().position(|value| value.wire == wire)?;
    Some(format!("models::{}::{}", cx.own.names.types.get(id.index())?, cx.own.names.variants[id.index()].get(index)?))
}

/// How far an expression may still go. Choices of choices are tried one by one, so the steps of all count together.
#[derive(Clone, Copy)]
struct Room<'a> {
    depth: usize,
    steps: &'a Cell<usize>,
}

impl Room<'_> {
    fn deeper(self) -> Option<Self> {
        let (depth, steps) = (self.depth.checked_sub(1)?, self.steps.get().checked_sub(1)?);
        self.steps.set(steps);
        Some(Self { depth, ..self })
    }
}

/// A value of the example as a Rust expression of the shape's type; `None` where that cannot be said.
fn expression(cx: Cx<'_>, shape: &Shape, value: &Value) -> Option<String> {
    within(cx, shape, value, Room { depth: DEEP, steps: &Cell::new(STEPS) })
}

fn within(cx: Cx<'_>, shape: &Shape, value: &Value, room: Room<'_>) -> Option<String> {
    let room = room.deeper()?;
    Some(match (rust::plain(cx, shape), value) {
        (Shape::Json, value) => json_expression(value),
        (Shape::Nullable(_), Value::Null) => "None".to_owned(),
        (Shape::Nullable(inner), value) => format!("Some({})", within(cx, inner, value, room)?),
        (Shape::Bool, Value::Bool(value)) => value.to_string(),
        (Shape::Int(_), Value::Number(number)) => number.as_i64()?.to_string(),
        (Shape::Float(kind), Value::Number(number)) if kind.keeps_text() => match small(number) {
            Some(whole) => format!("{whole}.into()"),
            None => format!("{}.parse()?", literal(number.as_str())),
        },
        (Shape::Float(_), Value::Number(number)) => float(number.as_f64())?,
        (Shape::Text(_) | Shape::JsonText(_) | Shape::Binary, Value::String(text)) => {
            format!("{}.into()", literal(text))
        }
        (Shape::List(item), Value::Array(values)) => {
            let items: Option<Vec<String>> = values.iter().map(|value| within(cx, item, value, room)).collect();
            format!("Vec::from([{}])", items?.join(", "))
        }
        (Shape::Map(item), Value::Object(members)) => {
            let items: Option<Vec<String>> = members
                .iter()
                .map(|(key, value)| Some(format!("({}.to_owned(), {})", literal(key), within(cx, item, value, room)?)))
                .collect();
            format!("[{}].into_iter().collect()", items?.join(", "))
        }
        (Shape::Named(id), value) => named(cx, *id, value, room)?,
        _ => return None,
    })
}

fn named(cx: Cx<'_>, id: TypeId, value: &Value, room: Room<'_>) -> Option<String> {
    let name = cx.own.names.types.get(id.index())?;
    match (&cx.api.types[id].kind, value) {
        (TypeKind::Enum(list), Value::String(text)) if list.text => {
            variant(cx, id, text).or_else(|| Some(format!("{}.into()", literal(text))))
        }
        (TypeKind::Enum(_), value) => variant(cx, id, &value.to_string()),
        (TypeKind::Struct(structure), Value::Object(_)) if !structure.tuple => object(cx, id, structure, value, room),
        (TypeKind::Union(union), value) => union.variants.iter().enumerate().find_map(|(index, variant)| {
            if told(union, value).is_some_and(|told| told != index) {
                return None;
            }
            let inner = within(cx, &variant.shape, value, room)?;
            let inner = if cx.own.facts.boxed[id.index()][index] { format!("Box::new({inner})") } else { inner };
            Some(format!("models::{name}::{}({inner})", cx.own.names.variants[id.index()].get(index)?))
        }),
        _ => None,
    }
}

/// The variant that the tag of a value tells.
fn told(union: &Union, value: &Value) -> Option<usize> {
    let (Pick::Tag { property }, Value::Object(members)) = (&union.pick, value) else { return None };
    let Some(Value::String(tag)) = members.get(property) else { return None };
    union.variants.iter().position(|variant| variant.tags.iter().any(|known| known == tag))
}

fn object(cx: Cx<'_>, id: TypeId, structure: &Struct, value: &Value, room: Room<'_>) -> Option<String> {
    let Value::Object(members) = value else { return None };
    let name = cx.own.names.types.get(id.index())?;
    let mut fields = Vec::new();
    let mut given = 0;
    for (index, field) in structure.fields.iter().enumerate() {
        let Some(value) = members.get(&field.wire) else {
            if field.presence == Presence::Required && !cx.own.facts.forced_optional[id.index()][index] {
                return None;
            }
            continue;
        };
        given += 1;
        let ident = &cx.own.names.fields[id.index()][index];
        let (shape, null) = match &field.shape {
            Shape::Nullable(inner) => (inner.as_ref(), true),
            other => (other, false),
        };
        let forced = cx.own.facts.forced_optional[id.index()][index];
        let optional = field.presence == Presence::Optional || forced;
        let maybe = || format!("{}::Maybe", cx.plan.crate_ident());
        if matches!(value, Value::Null) && !matches!(rust::plain(cx, shape), Shape::Json) {
            match (optional, null) {
                (true, true) => fields.push(format!("{ident}: {}::Null", maybe())),
                (false, true) => fields.push(format!("{ident}: None")),
                _ => return None,
            }
            continue;
        }
        let inner = within(cx, shape, value, room)?;
        let inner = if cx.own.facts.boxed[id.index()][index] { format!("Box::new({inner})") } else { inner };
        fields.push(match (optional, null) {
            (false, false) => format!("{ident}: {inner}"),
            (true, true) => format!("{ident}: {}::Value({inner})", maybe()),
            _ => format!("{ident}: Some({inner})"),
        });
    }
    let others: Vec<String> = members
        .iter()
        .filter(|(key, _)| !structure.fields.iter().any(|field| field.wire == **key))
        .map(|(key, value)| match &structure.rest {
            crate::ir::Rest::Typed(shape) => {
                Some(format!("({}.to_owned(), {})", literal(key), within(cx, shape, value, room)?))
            }
            _ => Some(format!("({}.to_owned(), {})", literal(key), json_expression(value))),
        })
        .collect::<Option<_>>()?;
    let complete = given == structure.fields.len() && !others.is_empty();
    if !others.is_empty() {
        fields.push(format!("{}: [{}].into_iter().collect()", cx.own.names.extra[id.index()], others.join(", ")));
    }
    if !complete {
        fields.push("..Default::default()".to_owned());
    }
    Some(format!("models::{name} {{ {} }}", fields.join(", ")))
}

/// A number that keeps its text, as an argument that is turned into it.
fn exact_argument(cx: Cx<'_>, shape: &Shape, number: &json::Number) -> String {
    small(number).map_or_else(|| exact(cx, shape, number), |whole| whole.to_string())
}

/// A number that keeps its text, with its type.
fn exact(cx: Cx<'_>, shape: &Shape, number: &json::Number) -> String {
    let kind = super::text::shape(cx.api, cx.own, shape);
    let root = cx.plan.crate_ident();
    match small(number) {
        Some(whole) => format!("{root}::{kind}::from({whole})"),
        None => format!("{}.parse::<{root}::{kind}>()?", literal(number.as_str())),
    }
}

/// A whole number that Rust takes as an `i32` where nothing says what it is.
fn small(number: &json::Number) -> Option<i32> {
    number.as_i64()?.try_into().ok()
}

/// Free JSON as an expression.
fn json_expression(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{}.into()", literal(text)),
        Value::Bool(value) => format!("{value}.into()"),
        Value::Number(number) => match (number.as_i64(), float(number.as_f64())) {
            (Some(whole), _) => format!("{whole}_i64.into()"),
            (None, Some(text)) => format!("{text}.into()"),
            _ => "0_i64.into()".to_owned(),
        },
        other => format!("{}.parse()?", literal(&other.to_string())),
    }
}

fn float<N: Into<Option<f64>>>(number: N) -> Option<String> {
    let number = number.into()?;
    number.is_finite().then(|| format!("{number:?}_f64"))
}
