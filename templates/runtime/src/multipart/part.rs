//! One part: a file, or anything else with a media type and header fields of its own.

use super::super::http::content::Content;
use super::super::http::{Body, Headers};
use super::super::json::{self, Encode};
use super::compose::Multipart;
use std::fmt;

/// A part of a multipart body: bytes, a text or a stream, with a file name, a media type and header fields.
///
/// Models of forms hold one for each file. Bytes and texts become one by `into()`; a form field that is a file is
/// called after its field unless [`file_name`](Self::file_name) says otherwise.
///
/// In JSON, where files do not belong, a part is its text; see `Decode` below for what is read.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::Body;
/// use clientsmith_runtime::multipart::Part;
///
/// let small = Part::from("a,b\n1,2\n").file_name("table.csv").media_type("text/csv");
/// // A file of `tokio::fs` is a reader too. Where its length is known, the server is told.
/// let large = Part::new(Body::from_reader(&b"\x89PNG"[..]).with_length(4)).file_name("größe.png");
/// assert!(small.is_repeatable() && !large.is_repeatable());
/// ```
#[derive(Clone, PartialEq)]
pub struct Part {
    pub(super) inside: Inside,
    pub(super) file_name: Option<String>,
    pub(super) media: Option<String>,
    pub(super) headers: Headers,
    /// The first thing that cannot be sent.
    pub(super) problem: Option<String>,
}

/// What a part is made of.
#[derive(Clone, PartialEq)]
pub(super) enum Inside {
    Content(Content),
    Parts(Multipart),
}

impl Part {
    /// These bytes, this text or this stream.
    pub fn new(body: impl Into<Body>) -> Self {
        Self::of(Content::from(body.into()))
    }

    /// A stream that `open` makes anew each time that it is sent: after a renewed token, or a redirect.
    pub fn repeatable(open: impl Fn() -> Body + Send + Sync + 'static) -> Self {
        Self::of(Content::again(open))
    }

    /// A value as JSON, of the media type `application/json`.
    ///
    /// # Errors
    ///
    /// When the value holds what JSON cannot, such as a NaN.
    pub fn json(value: &dyn Encode) -> Result<Self, json::Error> {
        Ok(Self::new(json::to_sent(value)?).media_type("application/json"))
    }

    pub(super) fn of(content: Content) -> Self {
        Self { inside: Inside::Content(content), file_name: None, media: None, headers: Headers::new(), problem: None }
    }

    /// The same, called so. Any text will do: it cannot break out of its header field.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The same, of this media type.
    #[must_use]
    pub fn media_type(mut self, media: impl Into<String>) -> Self {
        self.media = Some(media.into());
        self
    }

    /// The same with a header field of its own. What cannot be sent is the error of the call.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        if name.eq_ignore_ascii_case("content-type") {
            return self.media_type(value);
        }
        if let Err(error) = self.headers.insert(name, value) {
            self.problem.get_or_insert(error.to_string());
        }
        self
    }

    /// The bytes, when the part is not a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.inside {
            Inside::Content(content) => content.as_bytes(),
            Inside::Parts(_) => None,
        }
    }

    /// Whether the part can be sent more than once.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match &self.inside {
            Inside::Content(content) => content.is_repeatable(),
            Inside::Parts(parts) => parts.is_repeatable(),
        }
    }
}

/// An empty part.
impl Default for Part {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

/// A part that has parts itself.
impl From<Multipart> for Part {
    fn from(parts: Multipart) -> Self {
        let empty = Self::default();
        Self { inside: Inside::Parts(parts), ..empty }
    }
}

/// Shows no content.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Part");
        match &self.inside {
            Inside::Content(content) => out.field("content", content),
            Inside::Parts(parts) => out.field("content", parts),
        };
        out.field("file_name", &self.file_name)
            .field("media_type", &self.media)
            .field("headers", &self.headers)
            .finish()
    }
}
