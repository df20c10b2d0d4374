//! Bodies by media type.

use super::{Doc, Explode, Item, Origin, QueryStyle, Reserved, Shape, TextFormat, XmlRootId};

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// Media types to choose from, the preferred one first.
    pub media: Vec<Media>,
    /// Prose.
    pub doc: Doc,
    /// Place in the document.
    pub origin: Origin,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct Media {
    /// Media type as written, such as `application/json`.
    pub name: String,
    /// How it is read and written.
    pub codec: Codec,
    /// Shape of the value.
    pub shape: Shape,
    /// One item of a stream.
    pub item: Option<Item>,
    /// Members of a form that are not written the usual way.
    pub parts: Vec<Part>,
    /// For a body of parts that are known by their place: what they are.
    pub order: Option<Order>,
    /// For a body in XML: its root.
    pub xml: Option<XmlRootId>,
    /// Name and JSON text of its examples.
    pub examples: Vec<(String, String)>,
}

impl Media {
    /// Whether its name is a range such as `image/*` (RFC 9110, section 12.5.1): something to choose from, not to send.
    pub fn is_range(&self) -> bool {
        self.name.split(';').next().unwrap_or_default().contains('*')
    }

    /// A word that tells it from other media types: `form`, `png`, `merge-patch`.
    pub fn word(&self) -> String {
        let essence = self.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/').unwrap_or(("", essence.as_str()));
        let word = match (self.codec, subtype) {
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
        word.to_owned()
    }
}

/// How a media type is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// JSON and everything `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` and other multiparts.
    Multipart,
    /// Text.
    Text,
    /// XML.
    Xml,
    /// Server-sent events.
    Events,
    /// JSON Lines, NDJSON.
    JsonLines,
    /// JSON text sequences.
    JsonSeq,
    /// Anything else: bytes.
    Binary,
}

impl Codec {
    /// Whether a body is a sequence that is read item by item.
    pub fn is_stream(self) -> bool {
        matches!(self, Self::Events | Self::JsonLines | Self::JsonSeq)
    }
    /// Whether a body is a text or bytes, whatever its schema says.
    pub fn is_raw(self) -> bool {
        matches!(self, Self::Text | Self::Binary)
    }
    /// What a body is where no model is read from it.
    pub fn raw(self) -> Shape {
        match self {
            Self::Text | Self::Form => Shape::Text(TextFormat::Plain),
            _ => Shape::Binary,
        }
    }
    /// Whether a model is read and written: JSON, and XML through it.
    pub fn is_model(self) -> bool {
        matches!(self, Self::Json | Self::Xml)
    }
}

/// How a member of a form is written, or a part that is known by its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Property it belongs to; empty for one known by its place.
    pub wire: String,
    /// `contentType`: media types and ranges to choose from; empty for what is usual.
    pub media: Vec<String>,
    /// Style, when the part is written like a query parameter.
    pub style: Option<(QueryStyle, Explode, Reserved)>,
    /// An array is one JSON text, and in an URL-encoded form everything is.
    pub whole: bool,
    /// In an URL-encoded form: each item of an array is a JSON text.
    pub json_items: bool,
    /// It is given as a part, though it is no file.
    pub value: bool,
    /// The root of a value that is written as XML.
    pub xml: Option<XmlRootId>,
}

impl Part {
    /// A member that is written as members are.
    pub fn usual(wire: &str) -> Self {
        Self {
            wire: wire.to_owned(),
            media: Vec::new(),
            style: None,
            whole: false,
            json_items: false,
            value: false,
            xml: None,
        }
    }
}

/// Parts that are known by their place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// Those at the front (`prefixEncoding`).
    pub first: Vec<Part>,
    /// All others (`itemEncoding`), where there may be others.
    pub rest: Option<Part>,
}
