//! Values of the description as Rust expressions.

use std::cell::Cell;

use clientsmith_runtime::json::{self, Value};

use crate::emit::rust::{self, Cx};
use crate::emit::text;
use crate::ir::{Access, Id as _, Pick, Presence, Shape, Struct, TypeId, TypeKind, Union};

/// Values inside of each other in an example.
const DEEP: usize = 13;
/// Values that are tried for one argument.
const STEPS: usize = 20_000;

/// A Rust string literal: raw where the text is full of quotes.
pub(super) fn literal(text: &str) -> String {
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

pub(super) fn variant(cx: Cx<'_>, id: TypeId, wire: &str) -> Option<String> {
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
pub(super) fn expression(cx: Cx<'_>, shape: &Shape, value: &Value) -> Option<String> {
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
        // What only comes is not sent, but for what tells the kind of the object.
        if field.access == Access::ReadOnly && !structure.tags.iter().any(|(property, _)| *property == field.wire) {
            continue;
        }
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
        .filter(|(key, value)| !structure.constants.iter().any(|known| known.wire == **key && known.value.is(value)))
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

/// What a text of the description means where a number or a boolean is wanted: values are often written in quotes.
pub(super) fn meant(shape: &Shape, value: Value) -> Value {
    let wanted = |found: &Value| match shape {
        Shape::Int(_) | Shape::Float(_) => matches!(found, Value::Number(_)),
        Shape::Bool => matches!(found, Value::Bool(_)),
        _ => false,
    };
    value.as_str().and_then(|text| text.parse::<Value>().ok()).filter(wanted).unwrap_or(value)
}

/// A number that keeps its text, as an argument that is turned into it.
pub(super) fn exact_argument(cx: Cx<'_>, shape: &Shape, number: &json::Number) -> String {
    small(number).map_or_else(|| exact(cx, shape, number), |whole| whole.to_string())
}

/// A number that keeps its text, with its type.
pub(super) fn exact(cx: Cx<'_>, shape: &Shape, number: &json::Number) -> String {
    let kind = text::shape(cx.api, cx.own, shape);
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
