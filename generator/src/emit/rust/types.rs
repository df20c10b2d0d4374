//! Shapes → Rust types.

use proc_macro2::{Ident, Span, TokenStream};

use super::Cx;
use crate::ir::{Field, FloatKind, IntKind, Presence, Separator, Shape, TextFormat, TypeKind};

/// An ident of the plan, raw or not.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None if name.is_empty() => Ident::new("missing_name", Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The type of a shape, as tokens; see [`text`].
pub(crate) fn shape(cx: Cx<'_>, shape: &Shape, models: &str) -> TokenStream {
    tokens(&text(cx, shape, models))
}

/// What was written with idents of the plan alone, as tokens.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// The type of a shape; `models` says how a model is reached from where it is written.
pub(crate) fn text(cx: Cx<'_>, shape: &Shape, models: &str) -> String {
    let around = |outer: &str, inner: &Shape| format!("{outer}<{}>", text(cx, inner, models));
    match shape {
        Shape::Bool => "bool".to_owned(),
        Shape::Int(kind) => integer(*kind).to_owned(),
        Shape::Float(kind) => number(*kind).to_owned(),
        Shape::Text(format) => formatted(*format).to_owned(),
        Shape::JsonText(inner) => around("rt::JsonText", inner),
        Shape::Binary => "rt::Part".to_owned(),
        Shape::Json => "rt::Value".to_owned(),
        Shape::List(inner) => around("Vec", inner),
        Shape::Map(inner) => around("rt::Map", inner),
        Shape::Nullable(inner) => around("Option", inner),
        Shape::Named(id) => format!("{models}{}", cx.type_name(*id)),
    }
}

fn integer(kind: IntKind) -> &'static str {
    match kind {
        IntKind::I8 => "i8",
        IntKind::I16 => "i16",
        IntKind::I32 => "i32",
        IntKind::I64 => "i64",
        IntKind::U8 => "u8",
        IntKind::U16 => "u16",
        IntKind::U32 => "u32",
        IntKind::U64 => "u64",
    }
}

fn number(kind: FloatKind) -> &'static str {
    match kind {
        FloatKind::F32 => "f32",
        FloatKind::F64 => "f64",
        FloatKind::Exact => "rt::Number",
        FloatKind::UnixTime => "rt::UnixTime",
        FloatKind::Seconds => "rt::Seconds",
        FloatKind::Milliseconds => "rt::Milliseconds",
    }
}

fn formatted(format: TextFormat) -> &'static str {
    match format {
        TextFormat::Plain => "String",
        TextFormat::Time => "rt::Time",
        TextFormat::Duration => "rt::IsoDuration",
        TextFormat::HttpDate => "rt::HttpDate",
        TextFormat::Integer => "rt::IntegerText",
        TextFormat::Decimal => "rt::DecimalText",
        TextFormat::List(Separator::Comma) => "rt::CommaList",
        TextFormat::List(Separator::Space) => "rt::SpaceList",
        TextFormat::List(Separator::Pipe) => "rt::PipeList",
        TextFormat::List(Separator::Line) => "rt::LineList",
        TextFormat::DateTime => "rt::DateTime",
        TextFormat::Date => "rt::Date",
        TextFormat::LocalDateTime => "rt::LocalDateTime",
        TextFormat::Uuid => "rt::Uuid",
        TextFormat::Base64 => "rt::Base64",
        TextFormat::Base64Url => "rt::Base64Url",
        TextFormat::Password => "rt::Secret",
    }
}

/// The type of a member: absence and `null` are two things, and a box stands where a value would contain itself.
pub(super) fn field(cx: Cx<'_>, field: &Field, boxed: bool, forced: bool) -> String {
    let (inner, null) = match &field.shape {
        Shape::Nullable(inner) => (inner.as_ref(), true),
        other => (other, false),
    };
    let mut value = text(cx, inner, "");
    if boxed {
        value = format!("Box<{value}>");
    }
    match (field.presence == Presence::Optional || forced, null) {
        (false, false) => value,
        (true, true) => format!("rt::Maybe<{value}>"),
        _ => format!("Option<{value}>"),
    }
}

/// Looks through aliases.
pub(crate) fn plain<'a>(cx: Cx<'a>, shape: &'a Shape) -> &'a Shape {
    let mut shape = shape;
    for _ in 0..64 {
        match shape {
            Shape::Named(id) => match &cx.api.types[*id].kind {
                TypeKind::Alias(inner) => shape = inner,
                _ => return shape,
            },
            _ => return shape,
        }
    }
    shape
}

/// How a call takes a value as an argument: the type, and the expression that makes a reference to what is sent.
pub(crate) fn argument(cx: Cx<'_>, shape: &Shape, name: &str) -> (String, String) {
    let own = text(cx, shape, "models::");
    match plain(cx, shape) {
        Shape::Bool | Shape::Int(_) | Shape::Float(FloatKind::F32 | FloatKind::F64) => (own, format!("&{name}")),
        Shape::Text(_) | Shape::Float(_) | Shape::JsonText(_) | Shape::Json | Shape::Binary => {
            (format!("impl Into<{own}>"), format!("&{name}.into()"))
        }
        Shape::Named(id) if matches!(&cx.api.types[*id].kind, TypeKind::Enum(list) if list.text) => {
            (format!("impl Into<{own}>"), format!("&{name}.into()"))
        }
        Shape::List(inner) => {
            let item = text(cx, inner, "models::");
            match plain(cx, inner) {
                Shape::Nullable(_) | Shape::List(_) | Shape::Map(_) => (format!("&[{item}]"), format!("&{name}")),
                _ => (
                    format!("impl IntoIterator<Item = impl Into<{item}>>"),
                    format!("&{name}.into_iter().map(Into::into).collect::<Vec<{item}>>()"),
                ),
            }
        }
        _ => (format!("&{own}"), name.to_owned()),
    }
}
