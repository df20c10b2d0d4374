//! Typed bodies of error answers.

use super::super::http::{Headers, charset};
use super::super::json::{self, Decode};
use super::reply::{essence, json_string};
use std::borrow::Cow;
use std::fmt;

/// A type that an error answer can be read as, by [`Error::typed`](super::Error::typed).
///
/// Every model is one: its JSON is decoded whatever the status is. For an operation with several error types,
/// generated code implements this for an enum by status.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::{ErrorBody, ErrorReply};
///
/// enum GetPetError { NotFound(String), Other(String) }
///
/// impl ErrorBody for GetPetError {
///     fn from_reply(reply: &ErrorReply<'_>) -> Option<Self> {
///         match reply.status() {
///             404 => reply.json().map(Self::NotFound),
///             _ => reply.text().map(Self::Other),
///         }
///     }
/// }
/// ```
pub trait ErrorBody: Sized {
    /// Reads the answer; `None` when it is something else.
    fn from_reply(reply: &ErrorReply<'_>) -> Option<Self>;
}

impl<T: Decode + Default> ErrorBody for T {
    fn from_reply(reply: &ErrorReply<'_>) -> Option<Self> {
        reply.json()
    }
}

/// An error answer, as [`ErrorBody`] sees it.
#[derive(Clone, Copy)]
pub struct ErrorReply<'a> {
    status: u16,
    headers: &'a Headers,
    body: &'a [u8],
    json: Option<&'a [u8]>,
}

impl<'a> ErrorReply<'a> {
    /// An answer of these parts.
    #[must_use]
    pub fn new(status: u16, headers: &'a Headers, body: &'a [u8]) -> Self {
        Self { status, headers, body, json: None }
    }

    /// The same, with JSON that stands for a body in another form.
    pub(crate) fn with_json(self, json: Option<&'a [u8]>) -> Self {
        Self { json, ..self }
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The header fields.
    #[must_use]
    pub fn headers(&self) -> &'a Headers {
        self.headers
    }

    /// The media type without its parameters, in small letters; empty when the answer names none.
    #[must_use]
    pub fn media(&self) -> String {
        essence(self.headers)
    }

    /// The body as this type, when it is JSON of that form.
    #[must_use]
    pub fn json<T: Decode + Default>(&self) -> Option<T> {
        json::from_slice(self.json.unwrap_or(self.body)).ok()
    }

    /// The body as text, when it is one in the charset that its media type names; of a JSON string that says it is JSON
    /// the text in it.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let text = || charset::text(self.headers, self.body).ok().map(Cow::into_owned);
        json_string(self.headers, self.body).or_else(text)
    }

    /// The raw body.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.body
    }
}

/// Shows no content.
impl fmt::Debug for ErrorReply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ErrorReply({}, {} bytes)", self.status, self.body.len())
    }
}

/// How the bodies of errors become the variants of an enum: what the macro `__error_body` names.
pub mod error_as {
    use super::{Decode, ErrorReply};

    /// Of a body in JSON.
    pub fn json<T: Decode + Default, E>(reply: &ErrorReply<'_>, variant: fn(T) -> E) -> Option<E> {
        reply.json().map(variant)
    }

    /// Of a text.
    pub fn text<E>(reply: &ErrorReply<'_>, variant: fn(String) -> E) -> Option<E> {
        reply.text().map(variant)
    }

    /// Of any bytes.
    pub fn bytes<E>(reply: &ErrorReply<'_>, variant: fn(Vec<u8>) -> E) -> Option<E> {
        Some(variant(reply.bytes().to_vec()))
    }

    /// Of an answer without a body.
    pub fn empty<E>(_: &ErrorReply<'_>, variant: E) -> Option<E> {
        Some(variant)
    }
}
