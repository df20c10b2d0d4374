//! Request bodies and media types (OpenAPI 3.2, Request Body Object and Media Type Object).

use super::Lower;
use super::keywords::says_no_shape;
use super::target::BODY;
use crate::diag::Code;
use crate::ir::{Body, Codec, Media, NameHint, Origin, Shape, TextFormat};
use crate::load::At;

/// Whether a body is sent or received.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// With a call.
    Out,
    /// With an answer.
    In,
    /// With a request of the server.
    Hook,
}

impl Way {
    /// Whether a body in this media type has no typed form where it is received.
    pub(super) fn is_raw(self, codec: Codec) -> bool {
        match self {
            Self::Out => false,
            Self::In => matches!(codec, Codec::Form | Codec::Multipart),
            Self::Hook => matches!(codec, Codec::Form | Codec::Multipart) || codec.is_stream(),
        }
    }
}

impl<'a> Lower<'a> {
    /// The body of an operation, if it has one.
    pub(super) fn request_body(&mut self, operation: At<'a>, hint: &NameHint, way: Way) -> Option<Body> {
        let given = operation.get("requestBody")?;
        let at = self.resolve(given)?;
        if self.is_astray(given, at, BODY, "the request body is left out") {
            return None;
        }
        let mut media = self.media_of(operation, given, at, &hint.child("body"), way);
        // JSON first: it is what the plain method sends.
        media.sort_by_key(|media| media.codec != Codec::Json);
        for media in &mut media {
            // Any JSON is sent as the type that every server knows.
            if media.codec == Codec::Json && matches!(essence(&media.name), "*/*" | "application/*") {
                media.name = "application/json".to_owned();
            }
        }
        leave_other_names_of_json(&mut media);
        if media.is_empty() {
            // Of other values that are no object is told already.
            if (at.is_object() || at.is_null()) && at.get("content").is_none_or(At::is_empty) {
                self.sink.left_out(
                    Code::MissingKeyword,
                    at.origin(),
                    "the request body has no `content`",
                    "it is left out",
                );
            }
            return None;
        }
        for events in media.iter().filter(|media| media.codec == Codec::Events && way == Way::Out) {
            self.sink.left_out(
                Code::MediaType,
                at.origin(),
                format!("a body of `{}` has no typed form", events.name),
                "it is sent as the bytes that are given",
            );
        }
        let required = at.bool("required").unwrap_or(false);
        Some(Body { required, media, doc: self.said(given, at, false), origin: at.origin() })
    }

    /// The media types under `content`.
    pub(super) fn media_types(&mut self, at: At<'a>, hint: &NameHint, way: Way) -> Vec<Media> {
        let Some(content) = self.map(at, "content") else { return Vec::new() };
        let mut out: Vec<Media> = Vec::new();
        for (name, media) in content.entries() {
            let Some(media) = self.resolve(media) else { continue };
            if !is_media_type(name) {
                self.sink.left_out(
                    Code::MediaType,
                    media.origin(),
                    format!("`{name}` is no media type"),
                    "it is left out",
                );
                continue;
            }
            let codec = self.codec_of(name, content, media, way);
            let order = match (codec, way) {
                (Codec::Multipart, Way::Out) => self.parts_by_place(media),
                _ => None,
            };
            let raw = self.given_raw(name, codec, content, media, way);
            let item = if order.is_some() || raw.is_some() { None } else { self.stream_item(codec, media, hint) };
            let shape = match (raw, codec, self.schema_or_own(media)) {
                (Some(raw), ..) => raw,
                (_, Codec::Binary, _) => Shape::Binary,
                _ if codec.is_stream() => Shape::Binary,
                _ if order.is_some() => Shape::List(Box::new(Shape::Binary)),
                // Types of different media types of one place often are the same: one name serves.
                (.., Some(schema)) => self.shape(schema, hint),
                (.., None) => Shape::Json,
            };
            let shape = match (codec, shape) {
                (Codec::Text, Shape::Json | Shape::Binary) => Shape::Text(TextFormat::Plain),
                (_, shape) => shape,
            };
            let mut parts = match codec {
                Codec::Form | Codec::Multipart if way == Way::Out => self.parts_by_name(codec, media),
                _ => Vec::new(),
            };
            let examples = self.examples(media);
            let schema = media.get("schema");
            for part in &mut parts {
                let is_xml = part.media.first().is_some_and(|name| self::codec(name) == Codec::Xml) && !part.value;
                let member = schema.and_then(|schema| self.doc.resolve(schema).ok());
                let member = member.and_then(|schema| self.member_of(schema, &part.wire)).filter(|_| is_xml);
                part.xml = member.map(|member| self.xml_root(self.items_of(member).unwrap_or(member), way));
            }
            let xml = schema.filter(|_| codec == Codec::Xml).map(|schema| self.xml_root(schema, way));
            out.push(Media { name: name.to_owned(), codec, shape, item, parts, order, xml, examples });
        }
        out
    }
}

impl<'a> Lower<'a> {
    /// How a media type is read and written. A file is sent as it is, whatever its type is, JSON included (OpenAPI 3.2,
    /// Considerations for File Uploads).
    fn codec_of(&self, name: &str, content: At<'a>, media: At<'a>, way: Way) -> Codec {
        let by_name = codec(name);
        let schema = media.get("schema").and_then(|schema| self.doc.resolve(schema).ok());
        let is_file = schema.is_some_and(|schema| self.is_binary(schema));
        match by_name {
            Codec::Json | Codec::Text | Codec::Xml if is_file => Codec::Binary,
            // A range without a schema can be anything.
            Codec::Json if is_range(name) && schema.is_none() => Codec::Binary,
            Codec::Json if essence(name) == "*/*" => schema.map_or(by_name, |schema| self.codec_of_any(schema, way)),
            Codec::Text if way == Way::In && self.is_json_as_text(name, content, media) => Codec::Json,
            // Of a document nothing is known of but that it is one, its text is what there is.
            Codec::Xml if schema.is_none_or(|schema| self.types_of(schema) == ["string"] || schema.is_empty()) => {
                Codec::Text
            }
            other => other,
        }
    }

    /// How a body of any media type is read and written: as JSON, which tools that know no media type mean by it, unless
    /// its schema tells nothing of it but that it may be a text.
    fn codec_of_any(&self, schema: At<'a>, way: Way) -> Codec {
        let is_text = self.types_of(schema) == ["string"]
            && !["format", "enum", "const", "contentEncoding", "contentMediaType"]
                .iter()
                .any(|key| schema.get(key).is_some());
        let is_open = schema.is_object() && schema.entries().all(|(key, _)| says_no_shape(key));
        any(is_text, is_open, way)
    }

    /// Whether a text is declared beside JSON with the very schema of it, which no text has: what servers that offer each
    /// of their formatters say of all answers.
    fn is_json_as_text(&self, name: &str, content: At<'a>, media: At<'a>) -> bool {
        let Some(schema) = media.get("schema").filter(|_| essence(name).eq_ignore_ascii_case("text/plain")) else {
            return false;
        };
        let Ok(target) = self.doc.resolve(schema) else { return false };
        let types = self.types_of(target);
        let has_parts = || ["properties", "additionalProperties", "items"].iter().any(|key| target.get(key).is_some());
        let is_text = if types.is_empty() { !has_parts() } else { types.contains(&"string") };
        !is_text && content.entries().any(|(other, media)| codec(other) == Codec::Json && is_same(media, schema))
    }

    /// Whether a schema describes raw bytes: `format: binary` of 3.0 and what 3.1 says instead (OpenAPI 3.1, Working
    /// With Binary Data).
    pub(super) fn is_binary(&self, schema: At<'a>) -> bool {
        if !schema.is_object() || schema.get("contentEncoding").is_some() {
            return false;
        }
        let types = self.types_of(schema);
        match types.as_slice() {
            ["string"] if super::format::of(schema) == "binary" => true,
            ["string"] => schema.str("contentMediaType").is_some_and(|name| codec(name) == Codec::Binary),
            [] => schema.get("contentMediaType").is_some(),
            ["file"] => true,
            _ => false,
        }
    }

    /// What a body is given as whose media type has no typed form here, where its schema describes one; that is told,
    /// unless JSON or XML carries the same.
    fn given_raw(&self, name: &str, codec: Codec, content: At<'a>, media: At<'a>, way: Way) -> Option<Shape> {
        let is_raw = way.is_raw(codec) || codec.is_raw() && self.has_parts(codec, media);
        if !is_raw {
            return None;
        }
        let same = |(other, twin): (&str, At<'a>)| {
            let twin = self.doc.resolve(twin).ok().and_then(|twin| self.schema_of(twin));
            self::codec(other).is_model() && twin.is_some() && twin == self.schema_of(media)
        };
        let described = media.get("schema").or_else(|| media.get("itemSchema")).is_some();
        // Which one comes with a webhook is not ours to choose.
        if described && (way == Way::Hook || !content.entries().any(same)) {
            self.tell_raw(name, codec, media, way);
        }
        Some(codec.raw())
    }

    /// Says that a body of a media type is text or bytes, though it is described as more.
    pub(super) fn tell_raw(&self, name: &str, codec: Codec, at: At<'a>, way: Way) {
        let effect = match (way, codec.raw()) {
            (Way::Out, _) => "it is sent as the bytes that are given",
            (_, Shape::Binary) => "its bytes are given",
            _ => "its text is given",
        };
        let message = format!("a body of `{name}` has no typed form");
        self.sink.left_out(Code::MediaType, at.origin(), message, effect);
    }

    /// Whether what a media type describes is more than the text or the bytes that it is given as.
    fn has_parts(&self, codec: Codec, media: At<'a>) -> bool {
        let schema = media.get("schema").and_then(|schema| self.doc.resolve(schema).ok());
        let holders = schema.map(|schema| self.holders(schema)).unwrap_or_default();
        let has_parts = |name: &str| match codec {
            Codec::Text => matches!(name, "object" | "array"),
            _ => !matches!(name, "string" | "file"),
        };
        let says_more =
            |holder: At<'a>| holder.get("properties").is_some() || self.types_of(holder).into_iter().any(has_parts);
        media.get("itemSchema").is_some() || holders.into_iter().any(says_more)
    }

    /// Where the schema of a media type stands.
    fn schema_of(&self, media: At<'a>) -> Option<Origin> {
        media.get("schema").and_then(|schema| self.doc.resolve(schema).ok()).map(At::origin)
    }
}

/// Where a body is offered as `application/json`, other names of the same JSON are no choice worth making: ranges,
/// `text/json`, and parameters such as `;odata.metadata=full`. What says more, such as `+json` types, stays.
fn leave_other_names_of_json(media: &mut Vec<Media>) {
    let Some(first) = media.iter().position(|media| media.name == "application/json") else { return };
    media.swap(0, first);
    let shape = media[0].shape.clone();
    let mut at = 0;
    media.retain(|other| {
        at += 1;
        let name = essence(&other.name);
        let same = other.codec == Codec::Json && other.shape == shape;
        at == 1 || !(same && (other.is_range() || matches!(name, "application/json" | "text/json")))
    });
}

/// How a body of any media type is read and written whose schema may only say that it is a text, or nothing at all.
pub(super) fn any(is_text: bool, is_open: bool, way: Way) -> Codec {
    match way {
        Way::In | Way::Hook if is_text => Codec::Text,
        _ if is_text || is_open => Codec::Binary,
        _ => Codec::Json,
    }
}

/// Whether a media type has this schema, as it is written.
fn is_same(media: At<'_>, schema: At<'_>) -> bool {
    media.get("schema").is_some_and(|other| other.node.to_json() == schema.node.to_json())
}

/// A media type without its parameters.
fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default().trim()
}

fn is_range(name: &str) -> bool {
    essence(name).contains('*')
}

/// Whether a name can be one of a media type (RFC 9110, section 8.3.1).
pub(super) fn is_media_type(name: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let visible = name.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte));
    visible && essence(name).split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

/// How a media type is read and written (RFC 6838 section 4.2.8 for the `+` suffixes).
pub(super) fn codec(name: &str) -> Codec {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    match (kind, subtype) {
        (_, "json") | ("*", "*") => Codec::Json,
        (_, subtype) if subtype.ends_with("+json") => Codec::Json,
        ("application", "x-www-form-urlencoded") => Codec::Form,
        ("multipart", _) => Codec::Multipart,
        ("text", "event-stream") => Codec::Events,
        ("application", "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "x-jsonlines" | "jsonlines" | "json-lines") => {
            Codec::JsonLines
        }
        ("application", "json-seq") => Codec::JsonSeq,
        (_, subtype) if subtype.ends_with("+json-seq") => Codec::JsonSeq,
        (_, "xml") => Codec::Xml,
        (_, subtype) if subtype.ends_with("+xml") => Codec::Xml,
        ("text", _) | ("application", "yaml" | "x-yaml" | "javascript") => Codec::Text,
        _ => Codec::Binary,
    }
}
