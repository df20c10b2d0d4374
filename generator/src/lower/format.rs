//! `format`, `contentEncoding` and `contentMediaType`: what the text or number of a value means (OpenAPI format registry;
//! JSON Schema Validation 2020-12, sections 7 and 8).
//!
//! A format that is not known here is plain text, or a number without limits.

use super::Lower;
use crate::ir::{FloatKind, IntKind, NameHint, Separator, Shape, TextFormat};
use crate::load::At;

impl<'a> Lower<'a> {
    /// The shape of a `type: string`.
    pub(super) fn string(&mut self, at: At<'a>, hint: &NameHint) -> Shape {
        match at.str("contentEncoding").map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => return Shape::Text(TextFormat::Base64),
            Some("base64url") => return Shape::Text(TextFormat::Base64Url),
            // Text that stands for other bytes; its format is about those.
            Some(other) if !matches!(other, "7bit" | "8bit" | "binary") => return Shape::Text(TextFormat::Plain),
            _ => {}
        }
        if at.str("contentMediaType").is_some_and(|name| super::body::codec(name) == crate::ir::Codec::Json) {
            let inner = match at.get("contentSchema") {
                Some(schema) => self.shape(schema, &hint.child("content")),
                None => Shape::Json,
            };
            return Shape::JsonText(Box::new(inner));
        }
        match text(of(at)) {
            TextFormat::Plain if at.bool("x-ms-secret") == Some(true) => Shape::Text(TextFormat::Password),
            format => Shape::Text(format),
        }
    }

    /// The shape of a `type: integer`.
    pub(super) fn integer(&self, at: At<'a>) -> Shape {
        let name = name(at);
        match (int_kind(&name), meaning(&name)) {
            (None, Some(kind)) => Shape::Float(kind),
            _ if matches!(name.as_str(), "int128" | "uint128" | "bigint" | "biginteger") => {
                Shape::Float(FloatKind::Exact)
            }
            (kind, _) => self.wide_enough(at, kind.unwrap_or(IntKind::I64)),
        }
    }

    /// The shape of a `type: number`.
    pub(super) fn number(&self, at: At<'a>) -> Shape {
        let name = name(at);
        match name.as_str() {
            // What is called `float` often has more digits than 32 bits keep.
            "float" | "double" | "float32" | "float64" => Shape::Float(FloatKind::F64),
            // Of the names of whole numbers those of the registry are for numbers too.
            _ => match int_kind(&name).filter(|_| name.ends_with(|last: char| last.is_ascii_digit())) {
                Some(kind) => self.wide_enough(at, kind),
                None => Shape::Float(meaning(&name).unwrap_or(FloatKind::Exact)),
            },
        }
    }
}

/// The name of the format, in small letters: published descriptions write it either way.
fn name(at: At<'_>) -> String {
    of(at).trim().to_ascii_lowercase()
}

/// The format of a schema. Some name it in the place of the type: `type: date`.
pub(super) fn of(at: At<'_>) -> &str {
    let as_type = || at.str("type").filter(|word| !super::types::is_type(word));
    at.str("format").or_else(as_type).unwrap_or_default()
}

/// The type that a format is for, where nothing else tells it.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    let name = name.trim().to_ascii_lowercase();
    match name.as_str() {
        "float" | "double" | "float32" | "float64" | "decimal" => Some("number"),
        "email"
        | "hostname"
        | "idn-email"
        | "idn-hostname"
        | "ipv4"
        | "ipv6"
        | "uri"
        | "url"
        | "uri-reference"
        | "iri"
        | "iri-reference"
        | "uri-template"
        | "regex"
        | "json-pointer"
        | "relative-json-pointer"
        | "binary"
        | "string" => Some("string"),
        other if int_kind(other).is_some() => Some("integer"),
        other if meaning(other).is_some() => Some("number"),
        other => (text(other) != TextFormat::Plain).then_some("string"),
    }
}

/// Widths of whole numbers.
fn int_kind(name: &str) -> Option<IntKind> {
    Some(match name {
        "int8" => IntKind::I8,
        "int16" | "short" => IntKind::I16,
        "int32" => IntKind::I32,
        "int64" | "integer" | "long" => IntKind::I64,
        "uint8" => IntKind::U8,
        "uint16" => IntKind::U16,
        "uint32" => IntKind::U32,
        "uint64" | "uint" => IntKind::U64,
        _ => return None,
    })
}

/// What a number stands for.
fn meaning(name: &str) -> Option<FloatKind> {
    Some(match name {
        "unixtime" | "unix-time" | "unix_time" | "unix-timestamp" => FloatKind::UnixTime,
        "seconds" => FloatKind::Seconds,
        "milliseconds" => FloatKind::Milliseconds,
        _ => return None,
    })
}

/// Formats of strings that get a type of their own.
fn text(format: &str) -> TextFormat {
    match format.trim().to_ascii_lowercase().as_str() {
        "date-time" | "datetime" => TextFormat::DateTime,
        "date" => TextFormat::Date,
        "time" => TextFormat::Time,
        "local-date-time" | "date-time-local" => TextFormat::LocalDateTime,
        "http-date" | "date-time-rfc1123" | "date-time-rfc7231" => TextFormat::HttpDate,
        "duration" => TextFormat::Duration,
        "uuid" => TextFormat::Uuid,
        "byte" | "base64" => TextFormat::Base64,
        "base64url" => TextFormat::Base64Url,
        "password" => TextFormat::Password,
        "decimal" | "decimal128" | "double" | "float" => TextFormat::Decimal,
        // How TypeSpec writes an array that is encoded as text.
        "arrayencoding.commadelimited" => TextFormat::List(Separator::Comma),
        "arrayencoding.spacedelimited" => TextFormat::List(Separator::Space),
        "arrayencoding.pipedelimited" => TextFormat::List(Separator::Pipe),
        "arrayencoding.newlinedelimited" => TextFormat::List(Separator::Line),
        other if int_kind(other).is_some() => TextFormat::Integer,
        _ => TextFormat::Plain,
    }
}
