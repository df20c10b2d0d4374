//! Answers, decoded and encoded again, without their types.

use super::super::call::{Error, Response};
use super::super::formats::Base64;
use super::super::http::BoxFuture;
use super::super::json::{self, Encode, Value};
use super::flow::Flow;
use std::fmt;

/// A call under way whose answer has lost its type.
pub type Pending = BoxFuture<'static, Result<Response<Shown>, Error>>;

/// A body that can be shown.
pub enum Shown {
    /// None.
    Empty,
    /// A JSON value, as its type writes it.
    Json(Value),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Items that are still to come.
    Flow(Box<dyn Flow>),
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Json(_) => "Json",
            Self::Text(_) => "Text",
            Self::Bytes(_) => "Bytes",
            Self::Flow(_) => "Flow",
        })
    }
}

impl Shown {
    /// What the type of a value writes.
    ///
    /// # Errors
    ///
    /// When it holds what JSON cannot, such as a NaN.
    pub fn json(value: &dyn Encode) -> Result<Self, json::Error> {
        json::to_value(value).map(Self::Json)
    }

    /// Bytes of which only the media type is known.
    pub(super) fn guess(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            Self::Empty
        } else if let Ok(value) = json::from_slice::<Value>(bytes) {
            Self::Json(value)
        } else {
            match std::str::from_utf8(bytes) {
                Ok(text) => Self::Text(text.to_owned()),
                Err(_) => Self::Bytes(bytes.to_vec()),
            }
        }
    }

    /// As a member of the machine form.
    pub(super) fn into_value(self) -> Value {
        match self {
            // The items of a flow were taken out before.
            Self::Empty | Self::Flow(_) => Value::Null,
            Self::Json(value) => value,
            Self::Text(text) => Value::String(text),
            Self::Bytes(bytes) => Value::object([("$base64", Base64::from_bytes(bytes).as_str())]),
        }
    }

    /// The bytes that a file gets.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Empty | Self::Flow(_) => Vec::new(),
            Self::Json(value) => value.to_string().into_bytes(),
            Self::Text(text) => text.into_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// How the variants of an enum of error bodies are shown: what the macro `__error_body` names.
pub mod shown {
    use super::{Encode, Shown};

    /// A body in JSON.
    pub fn json(body: &dyn Encode) -> Option<Shown> {
        Shown::json(body).ok()
    }

    /// A text.
    pub fn text(body: &str) -> Option<Shown> {
        Some(Shown::Text(body.to_owned()))
    }

    /// Any bytes.
    pub fn bytes(body: &[u8]) -> Option<Shown> {
        Some(Shown::Bytes(body.to_vec()))
    }

    /// No body.
    pub fn empty() -> Option<Shown> {
        Some(Shown::Empty)
    }
}
