//! What passes between the core and a transport.

use super::{Address, Body, Headers};
use std::time::Duration;

/// One request as it goes out: nothing is left to be worked out.
///
/// A [`Transport`](super::Transport) sends it as it is. `Debug` hides the query and credentials.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::{Address, HttpRequest};
///
/// let address = Address::parse("https://api.example.com/pets?key=s3cret")?;
/// let request = HttpRequest::new("POST", address).with_body("{}");
/// assert_eq!(request.url(), "https://api.example.com/pets?key=s3cret");
/// assert!(!format!("{request:?}").contains("s3cret"));
/// # Ok::<(), clientsmith_runtime::http::AddressError>(())
/// ```
#[derive(Debug)]
pub struct HttpRequest {
    method: &'static str,
    address: Address,
    headers: Headers,
    body: Body,
    timeout: Option<Duration>,
    pause: Option<Option<Duration>>,
}

impl HttpRequest {
    /// A request without headers and body.
    #[must_use]
    pub fn new(method: &'static str, address: Address) -> Self {
        Self { method, address, headers: Headers::new(), body: Body::empty(), timeout: None, pause: None }
    }

    /// The same with these headers.
    #[must_use]
    pub fn with_headers(mut self, headers: Headers) -> Self {
        self.headers = headers;
        self
    }

    /// The same with this body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    /// The same with this timeout.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Option<Duration>) -> Self {
        self.timeout = timeout;
        self
    }

    /// The same, for an answer that is read while it arrives and may pause for so long.
    #[must_use]
    pub fn with_streamed_answer(mut self, pause: Option<Duration>) -> Self {
        self.pause = Some(pause);
        self
    }

    /// The method, in capitals.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// Where it goes.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The whole address as text, with its query: it may hold an API key, so do not log it.
    #[must_use]
    pub fn url(&self) -> String {
        self.address.to_string()
    }

    /// The header fields.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// How long the whole exchange may take, until the last byte of the answer; `None` is without end.
    ///
    /// Where the answer is [streamed](Self::is_streamed), it is how long the head of the answer may take: a stream may
    /// go on for hours.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Whether the answer is read while it arrives.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        self.pause.is_some()
    }

    /// How long each chunk of a streamed answer may take; `None` is without end.
    #[must_use]
    pub fn pause(&self) -> Option<Duration> {
        self.pause.flatten()
    }

    /// Takes the body out and leaves none.
    #[must_use]
    pub fn take_body(&mut self) -> Body {
        std::mem::replace(&mut self.body, Body::empty())
    }
}

/// One answer as it comes in.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::HttpResponse;
///
/// let answer = HttpResponse::json(404, r#"{"message":"no such pet"}"#);
/// assert_eq!(answer.status(), 404);
/// assert_eq!(answer.headers().get("content-type"), Some("application/json"));
/// ```
#[derive(Debug)]
pub struct HttpResponse {
    status: u16,
    headers: Headers,
    body: Body,
}

impl HttpResponse {
    /// An answer of these parts.
    #[must_use]
    pub fn new(status: u16, headers: Headers, body: Body) -> Self {
        Self { status, headers, body }
    }

    /// An answer with a JSON text: for tests.
    #[must_use]
    pub fn json(status: u16, text: &str) -> Self {
        let mut headers = Headers::new();
        headers.receive("content-type", b"application/json");
        Self::new(status, headers, Body::from(text))
    }

    /// An answer without a body: for tests.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self::new(status, Headers::new(), Body::empty())
    }

    /// The same with one more header field: for tests.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.receive(name, value.as_bytes());
        self
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

    /// The parts.
    #[must_use]
    pub fn into_parts(self) -> (u16, Headers, Body) {
        (self.status, self.headers, self.body)
    }
}
