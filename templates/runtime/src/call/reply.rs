//! A successful answer, before it is decoded.

use super::super::auth::Shared;
use super::super::http::{Body, Headers, Pull, charset};
use super::super::json::{self, Decode, Reader, Stop};
use super::super::stream::Arriving;
use super::super::xml::{self, XmlNode, XmlReply};
use super::core::Core;
use super::draft::Draft;
use super::error::{Error, ErrorKind};
use super::incoming::REQUEST;
use super::op::Op;
use super::response::Response;
use super::summary::status_text;
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

/// A successful answer whose body was received but not decoded.
///
/// Generated code chooses by [`status`](Self::status) and [`media`](Self::media) what it is read as.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// enum PutPetReply { Replaced(rt::Value), Created(rt::Value), NoContent }
///
/// fn read(reply: rt::Reply) -> Result<rt::Response<PutPetReply>, rt::Error> {
///     match reply.status() {
///         201 => reply.json_as(PutPetReply::Created),
///         204 => reply.empty_as(PutPetReply::NoContent),
///         _ => reply.json_as(PutPetReply::Replaced),
///     }
/// }
/// ```
pub struct Reply {
    op: &'static Op,
    status: u16,
    headers: Headers,
    body: Vec<u8>,
    received: SystemTime,
    secrets: Vec<Shared>,
    /// Where the body is still on its way: how it comes, and what to send for a new one.
    rest: Option<Box<Rest>>,
}

/// The body of an answer that is read while it arrives.
pub(super) struct Rest {
    pub(super) body: Pull,
    pub(super) pause: Option<Duration>,
    pub(super) limit: usize,
    pub(super) again: Option<(Core, Box<Draft>)>,
}

impl Reply {
    pub(crate) fn new(op: &'static Op, status: u16, headers: Headers, body: Vec<u8>, received: SystemTime) -> Self {
        Self { op, status, headers, body, received, secrets: Vec::new(), rest: None }
    }

    /// The same, with the credentials that no message may show.
    pub(crate) fn with_secrets(mut self, secrets: Vec<Shared>) -> Self {
        self.secrets = secrets;
        self
    }

    /// The same with a body that is still on its way.
    pub(super) fn with_rest(mut self, rest: Rest) -> Self {
        self.rest = Some(Box::new(rest));
        self
    }

    /// What to send for the same answer again.
    pub(crate) fn take_again(&mut self) -> Option<(Core, Box<Draft>)> {
        self.rest.as_mut()?.again.take()
    }

    /// The answer as one whose body is read while it arrives.
    pub(crate) fn into_arriving(self) -> Arriving {
        let Self { op, status, headers, body, received, secrets, rest } = self;
        let (body, pause, limit) = match rest {
            Some(rest) => (rest.body, rest.pause, rest.limit),
            None => (Pull::new(Body::from(body)), None, usize::MAX),
        };
        Arriving { op, status, headers, body, pause, limit, received, secrets }
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The header fields.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The media type without its parameters, in small letters; empty when the answer names none.
    #[must_use]
    pub fn media(&self) -> String {
        essence(&self.headers)
    }

    /// The raw body.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON of this type.
    ///
    /// # Errors
    ///
    /// When the body is not JSON of that form: kind [`Decode`](ErrorKind::Decode), with the JSON path.
    pub fn json<T: Decode + Default>(self) -> Result<Response<T>, Error> {
        let text = self.json_text()?;
        match json::from_slice(&text) {
            Ok(body) => {
                drop(text);
                Ok(self.with(body))
            }
            Err(error) => Err(self.not_json(error)),
        }
    }

    /// The body as JSON, put into a variant of an answer enum.
    ///
    /// # Errors
    ///
    /// As [`json`](Self::json).
    pub fn json_as<T: Decode + Default, U>(self, wrap: fn(T) -> U) -> Result<Response<U>, Error> {
        Ok(self.json::<T>()?.map(wrap))
    }

    /// The body as text, put into a variant of an answer enum.
    ///
    /// # Errors
    ///
    /// As [`text()`].
    pub fn text_as<U>(self, wrap: fn(String) -> U) -> Result<Response<U>, Error> {
        Ok(text(self)?.map(wrap))
    }

    /// The raw body, put into a variant of an answer enum.
    ///
    /// # Errors
    ///
    /// None; the `Result` lets it stand beside the others.
    pub fn bytes_as<U>(self, wrap: fn(Vec<u8>) -> U) -> Result<Response<U>, Error> {
        Ok(bytes(self)?.map(wrap))
    }

    /// An answer of which only the status and headers matter.
    ///
    /// # Errors
    ///
    /// None; the `Result` lets it stand beside the others.
    pub fn empty_as<U>(self, body: U) -> Result<Response<U>, Error> {
        Ok(self.with(body))
    }

    /// Reads a part of the body: `read` gets a reader at the start of the text.
    pub(crate) fn probe<T>(&self, read: impl FnOnce(&mut Reader<'_>) -> Result<T, Stop>) -> Result<T, Error> {
        let text = self.json_text()?;
        let found = Reader::from_slice(&text).and_then(|mut reader| {
            let found = read(&mut reader);
            found.map_err(|stop| reader.error(stop))
        });
        found.map_err(|error| self.not_json(error))
    }

    /// The body as JSON: XML becomes what its table makes of it.
    fn json_text(&self) -> Result<Cow<'_, [u8]>, Error> {
        match self.xml_root() {
            None => Ok(Cow::Borrowed(&self.body)),
            Some(root) => from_xml(root, &self.body).map(Cow::Owned).map_err(|error| {
                self.error(ErrorKind::Decode, format!("{} could not be decoded: {error}", self.what()))
            }),
        }
    }

    /// The table of an answer in XML, if it is one.
    fn xml_root(&self) -> Option<&'static XmlNode> {
        let root = XmlReply::root(self.op.xml, self.status)?;
        xml::is_xml(&self.media()).then_some(root)
    }

    pub(crate) fn op(&self) -> &'static Op {
        self.op
    }

    /// An error about this answer, which it carries.
    pub(crate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        let json =
            self.xml_root().filter(|_| kind == ErrorKind::Status).and_then(|root| from_xml(root, &self.body).ok());
        Error::new(kind, self.op.id, message)
            .with_answer(self.status, self.headers.clone(), self.body.clone(), self.received)
            .with_json(json)
            .without(self.secrets())
    }

    /// What it is, for messages.
    fn what(&self) -> String {
        match self.status {
            REQUEST => "the request".to_owned(),
            status => format!("the answer ({})", status_text(status)),
        }
    }

    fn not_json(&self, error: json::Error) -> Error {
        let what = self.what();
        if self.body.is_empty() {
            return self.error(ErrorKind::Decode, format!("{what} has no body where JSON is expected"));
        }
        let media = self.media();
        let of = if media.is_empty() || is_json(&media) { String::new() } else { format!(" of type {media}") };
        let error = if self.shows_secrets() { error.without_excerpt() } else { error };
        let message = format!("{what}{of} could not be decoded: {error}");
        Error::new(ErrorKind::Decode, self.op.id, message)
            .with_source(error)
            .with_answer(self.status, self.headers.clone(), self.body.clone(), self.received)
            .without(self.secrets())
    }

    /// Whether a part of the body must not be shown.
    fn shows_secrets(&self) -> bool {
        let text = String::from_utf8_lossy(&self.body);
        self.op.secret || self.secrets().any(|secret| !secret.is_empty() && text.contains(secret))
    }

    /// The credentials that this answer came for.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(|secret| secret.expose())
    }

    fn with<T>(self, body: T) -> Response<T> {
        Response::new(self.status, self.headers, body)
    }
}

/// Reads the body as JSON: what [`Request::call`](super::Request::call) is given for most operations.
///
/// # Errors
///
/// When the body is not JSON of that form.
pub fn json<T: Decode + Default>(reply: Reply) -> Result<Response<T>, Error> {
    reply.json()
}

/// Reads the body as text, in the charset that its media type names. Of a body that is one JSON string, and says that it is
/// JSON, it is the text in it.
///
/// # Errors
///
/// When the body is no text in that charset, or the charset is none of UTF-8, US-ASCII, ISO 8859-1 and windows-1252.
pub fn text(mut reply: Reply) -> Result<Response<String>, Error> {
    if let Some(text) = json_string(&reply.headers, &reply.body) {
        return Ok(reply.with(text));
    }
    let body = std::mem::take(&mut reply.body);
    match charset::text(&reply.headers, &body) {
        Ok(Cow::Owned(text)) => Ok(reply.with(text)),
        // What it is seen to be already, without a copy.
        Ok(Cow::Borrowed(_)) => Ok(reply.with(String::from_utf8(body).unwrap_or_default())),
        Err(why) => {
            reply.body = body;
            let what = if reply.status == REQUEST { "request" } else { "answer" };
            Err(reply.error(ErrorKind::Decode, format!("the {what} is text, but {why}")))
        }
    }
}

/// Gives the raw body.
///
/// # Errors
///
/// None; the `Result` lets it stand beside the others.
pub fn bytes(mut reply: Reply) -> Result<Response<Vec<u8>>, Error> {
    let body = std::mem::take(&mut reply.body);
    Ok(reply.with(body))
}

/// Gives no body, whatever came: for answers that document none.
///
/// # Errors
///
/// None; the `Result` lets it stand beside the others.
pub fn none(reply: Reply) -> Result<Response<()>, Error> {
    Ok(reply.with(()))
}

/// The media type of an answer without its parameters, in small letters.
pub(crate) fn essence(headers: &Headers) -> String {
    let media = headers.get("content-type").unwrap_or_default();
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The JSON text of an answer in XML.
fn from_xml(root: &XmlNode, body: &[u8]) -> Result<Vec<u8>, String> {
    let value = xml::read(root, body).map_err(|error| error.to_string())?;
    json::to_vec(&value).map_err(|error| error.without_excerpt().to_string())
}

/// The text of a body that is JSON by its media type, where it is one string. Servers send other texts as JSON too: those
/// are texts as they are.
pub(super) fn json_string(headers: &Headers, body: &[u8]) -> Option<String> {
    is_json(&essence(headers)).then(|| json::from_slice(body).ok()).flatten()
}

fn is_json(media: &str) -> bool {
    media.ends_with("/json") || media.ends_with("+json")
}

/// Shows no content.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({}, {}, {} bytes)", self.op.id, self.status, self.body.len())
    }
}
