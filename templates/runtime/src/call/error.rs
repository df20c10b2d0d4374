//! The one error of a call.

use super::super::http::date;
use super::super::http::{Headers, TransportError, charset};
use super::super::json::Violation;
use super::error_body::{ErrorBody, ErrorReply};
use super::incoming::REQUEST;
use super::summary;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Why a call failed.
///
/// It keeps all that is known: the operation, the status, the headers and the raw body of the answer, and
/// gives the declared error body on demand with [`typed`](Self::typed). `Display` is one line for people;
/// neither it nor `Debug` shows credentials.
///
/// # Example
///
/// ```no_run
/// use clientsmith_runtime::call::{Error, ErrorKind};
///
/// fn report(error: &Error) -> String {
///     match (error.kind(), error.retry_after()) {
///         (ErrorKind::Status, Some(wait)) => format!("try again in {} s", wait.as_secs()),
///         (ErrorKind::Status, None) if error.status() == Some(404) => "gone".to_owned(),
///         _ => error.to_string(),
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    operation: &'static str,
    message: String,
    status: Option<u16>,
    headers: Headers,
    body: Vec<u8>,
    /// The body as JSON, where it is something else.
    json: Option<Vec<u8>>,
    retry_after: Option<Duration>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    violations: Vec<Violation>,
}

/// The sort of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call could not be built; nothing was sent.
    Request,
    /// The arguments break limits of the document, and the client checks them; nothing was sent. The error's
    /// [`violations`](Error::violations) tell each place.
    Invalid,
    /// Credentials are missing (nothing was sent), or a token or log-in was refused.
    Credentials,
    /// No answer came: no connection, or a broken one.
    Transport,
    /// No answer, or no end of a job, in the time allowed.
    Timeout,
    /// The server answered with an error status.
    Status,
    /// The answer is not what the document says.
    Decode,
    /// The job that was waited for failed.
    Job,
    /// The next page cannot be told from this one.
    Paging,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, operation: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation,
            message: message.into(),
            status: None,
            headers: Headers::new(),
            body: Vec::new(),
            json: None,
            retry_after: None,
            source: None,
            violations: Vec::new(),
        }))
    }

    /// What is wrong with the arguments of a call.
    pub(crate) fn invalid(operation: &'static str, violations: Vec<Violation>) -> Self {
        const TOLD: usize = 10;
        let told: Vec<String> = violations.iter().take(TOLD).map(Violation::to_string).collect();
        let more = violations.len().saturating_sub(TOLD);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        let mut error = Self::new(ErrorKind::Invalid, operation, format!("not sent: {}{more}", told.join("; ")));
        error.0.violations = violations;
        error
    }

    /// Adds the answer that the error is about.
    pub(crate) fn with_answer(mut self, status: u16, headers: Headers, body: Vec<u8>, now: SystemTime) -> Self {
        let inner = &mut *self.0;
        inner.retry_after = headers.get("retry-after").and_then(|value| date::retry_after(value, now));
        inner.status = (status != REQUEST).then_some(status);
        inner.headers = headers;
        inner.body = body;
        self
    }

    /// With the JSON that stands for the body in [`typed`](Self::typed).
    pub(crate) fn with_json(mut self, json: Option<Vec<u8>>) -> Self {
        self.0.json = json;
        self
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// The same failure as part of another operation's call, with words put before the message.
    pub(crate) fn within(mut self, kind: ErrorKind, operation: &'static str, before: &str) -> Self {
        let inner = &mut *self.0;
        inner.kind = kind;
        inner.operation = operation;
        inner.message = format!("{before}{}", inner.message);
        self
    }

    pub(crate) fn from_transport(operation: &'static str, error: TransportError, timeout: Option<Duration>) -> Self {
        if !error.is_timeout() {
            return Self::new(ErrorKind::Transport, operation, format!("no answer: {error}")).with_source(error);
        }
        let message = match timeout {
            Some(limit) => format!("no answer within {limit:?}"),
            None => "no answer in time".to_owned(),
        };
        Self::new(ErrorKind::Timeout, operation, message).with_source(error)
    }

    /// The sort of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The id of the operation that was called.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// The status of the answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The headers of the answer; empty when there was none.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.0.headers
    }

    /// The first value of a header field of the answer, such as a correlation id.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)
    }

    /// The header fields with the types that the document gives them: generated code has a type for each operation that
    /// documents any.
    #[must_use]
    pub fn headers_as<'a, H: From<&'a Headers>>(&'a self) -> H {
        H::from(&self.0.headers)
    }

    /// The raw body of the answer; empty when there was none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The body of the answer as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        charset::shown(&self.0.headers, &self.0.body)
    }

    /// The declared error body, when the answer holds one.
    ///
    /// Ask for the model that the operation documents for errors, or for its error enum when it documents
    /// several. It is decoded here, so it costs nothing when nobody asks.
    #[must_use]
    pub fn typed<T: ErrorBody>(&self) -> Option<T> {
        let reply = ErrorReply::new(self.0.status?, &self.0.headers, &self.0.body);
        T::from_reply(&reply.with_json(self.0.json.as_deref()))
    }

    /// The limits of the document that the arguments break; empty unless the kind is [`Invalid`](ErrorKind::Invalid).
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// How long the server asked to wait before the next try (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Hides every one of `secrets` that found its way into the message, and what the message came from.
    pub(crate) fn without<'s>(mut self, secrets: impl Iterator<Item = &'s str>) -> Self {
        let inner = &mut *self.0;
        for secret in secrets {
            if summary::hide(&mut inner.message, secret) {
                inner.source = None;
            }
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.operation, self.0.message)
    }
}

/// Shows no body and no header values: they may hold secrets.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("operation", &inner.operation)
            .field("status", &inner.status)
            .field("message", &inner.message)
            .field("body_bytes", &inner.body.len())
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
