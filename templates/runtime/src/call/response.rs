//! What a call gives.

use super::super::http::Headers;
use std::ops::{Deref, DerefMut};

/// The answer to a call: the decoded body with the status and headers it came with.
///
/// It dereferences to the body, so fields can be read straight from it; [`into_body`](Self::into_body) takes
/// the body out.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::Response;
///
/// let response = Response::new(200, Default::default(), String::from("Rex"));
/// assert_eq!(response.status(), 200);
/// assert_eq!(response.len(), 3);
/// assert_eq!(response.into_body(), "Rex");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    status: u16,
    headers: Headers,
    body: T,
}

impl<T> Response<T> {
    /// A response of these parts: for tests.
    pub fn new(status: u16, headers: Headers, body: T) -> Self {
        Self { status, headers, body }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// All header fields.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The header fields with the types that the document gives them: generated code has a type for each operation that
    /// documents any.
    pub fn headers_as<'a, H: From<&'a Headers>>(&'a self) -> H {
        H::from(&self.headers)
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Takes the body out.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The same answer with another body made from this one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { status: self.status, headers: self.headers, body: change(self.body) }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// So that a body that is a stream can be read where it is.
impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}
