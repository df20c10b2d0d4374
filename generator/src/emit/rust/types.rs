//! Shapes → Rust types.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

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

/// The type of a shape; `models` says how a model is reached from where it is written.
pub(crate) fn shape(cx: Cx<'_>, shape_: &Shape, models: &TokenStream) -> TokenStream {
    match shape_ {
        Shape::Bool => quote!(bool),
        Shape::Int(kind) => integer(*kind),
        Shape::Float(kind) => number(*kind),
        Shape::Text(format) => text(*format),
        Shape::JsonText(inner) => {
            let inner = shape(cx, inner, models);
            quote!(rt::JsonText<#inner>)
        }
        Shape::Binary => quote!(rt::Part),
        Shape::Json => quote!(rt::Value),
        Shape::List(inner) => {
            let inner = shape(cx, inner, models);
            quote!(Vec<#inner>)
        }
        Shape::Map(inner) => {
            let inner = shape(cx, inner, models);
            quote!(rt::Map<#inner>)
        }
        Shape::Nullable(inner) => {
            let inner = shape(cx, inner, models);
            quote!(Option<#inner>)
        }
        Shape::Named(id) => {
            let name = ident(cx.type_name(*id));
            quote!(#models #name)
        }
    }
}

fn integer(kind: IntKind) -> TokenStream {
    match kind {
        IntKind::I8 => quote!(i8),
        IntKind::I16 => quote!(i16),
        IntKind::I32 => quote!(i32),
        IntKind::I64 => quote!(i64),
        IntKind::U8 => quote!(u8),
        IntKind::U16 => quote!(u16),
        IntKind::U32 => quote!(u32),
        IntKind::U64 => quote!(u64),
    }
}

fn number(kind: FloatKind) -> TokenStream {
    match kind {
        FloatKind::F32 => quote!(f32),
        FloatKind::F64 => quote!(f64),
        FloatKind::Exact => quote!(rt::Number),
        FloatKind::UnixTime => quote!(rt::UnixTime),
        FloatKind::Seconds => quote!(rt::Seconds),
        FloatKind::Milliseconds => quote!(rt::Milliseconds),
    }
}

fn text(format: TextFormat) -> TokenStream {
    match format {
        TextFormat::Plain => quote!(String),
        TextFormat::Time => quote!(rt::Time),
        TextFormat::Duration => quote!(rt::IsoDuration),
        TextFormat::HttpDate => quote!(rt::HttpDate),
        TextFormat::Integer => quote!(rt::IntegerText),
        TextFormat::Decimal => quote!(rt::DecimalText),
        TextFormat::List(Separator::Comma) => quote!(rt::CommaList),
        TextFormat::List(Separator::Space) => quote!(rt::SpaceList),
        TextFormat::List(Separator::Pipe) => quote!(rt::PipeList),
        TextFormat::List(Separator::Line) => quote!(rt::LineList),
        TextFormat::DateTime => quote!(rt::DateTime),
        TextFormat::Date => quote!(rt::Date),
        TextFormat::LocalDateTime => quote!(rt::LocalDateTime),
        TextFormat::Uuid => quote!(rt::Uuid),
        TextFormat::Base64 => quote!(rt::Base64),
        TextFormat::Base64Url => quote!(rt::Base64Url),
        TextFormat::Password => quote!(rt::Secret),
    }
}

/// The type of a member: absence and `null` are two things, and a box stands where a value would contain itself.
pub(crate) fn field(cx: Cx<'_>, field: &Field, boxed: bool, forced: bool, models: &TokenStream) -> TokenStream {
    let (inner, null) = match &field.shape {
        Shape::Nullable(inner) => (inner.as_ref(), true),
        other => (other, false),
    };
    let mut value = shape(cx, inner, models);
    if boxed {
        value = quote!(Box<#value>);
    }
    match (field.presence == Presence::Optional || forced, null) {
        (false, false) => value,
        (true, true) => quote!(rt::Maybe<#value>),
        _ => quote!(Option<#value>),
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
pub(crate) fn argument(cx: Cx<'_>, shape_: &Shape, name: &Ident) -> (TokenStream, TokenStream) {
    let models = quote!(models::);
    let own = shape(cx, shape_, &models);
    match plain(cx, shape_) {
        Shape::Bool | Shape::Int(_) | Shape::Float(FloatKind::F32 | FloatKind::F64) => (own, quote!(&#name)),
        Shape::Text(_) | Shape::Float(_) | Shape::JsonText(_) | Shape::Json | Shape::Binary => {
            (quote!(impl Into<#own>), quote!(&#name.into()))
        }
        Shape::Named(id) if matches!(&cx.api.types[*id].kind, TypeKind::Enum(list) if list.text) => {
            (quote!(impl Into<#own>), quote!(&#name.into()))
        }
        Shape::List(inner) => match plain(cx, inner) {
            Shape::Nullable(_) | Shape::List(_) | Shape::Map(_) => {
                let item = shape(cx, inner, &models);
                (quote!(&[#item]), quote!(&#name))
            }
            _ => {
                let item = shape(cx, inner, &models);
                (
                    quote!(impl IntoIterator<Item = impl Into<#item>>),
                    quote!(&#name.into_iter().map(Into::into).collect::<Vec<#item>>()),
                )
            }
        },
        _ => (quote!(&#own), quote!(#name)),
    }
}

/// Tokens as one line of Rust, spaced as rustfmt would.
pub(crate) fn tokens_to_text(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == ' ' {
            let before = out.chars().next_back().unwrap_or(' ');
            let after = rest.chars().next().unwrap_or(' ');
            let tight = matches!(before, '<' | '(' | '[' | '&' | ':' | '!' | '#') && !out.ends_with(" =")
                || matches!(after, '>' | ')' | ']' | ',' | ';' | '<' | '(')
                || (after == ':');
            if tight && (before != ':' || out.ends_with("::")) {
                continue;
            }
        }
        out.push(c);
    }
    out
}
