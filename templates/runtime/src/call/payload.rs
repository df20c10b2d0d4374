//! The body of a request, before it is sent.

use super::super::http::Body;
use super::super::http::form::{self, FormField};
use super::super::json::{self, Encode};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A body with its media type, ready to be sent.
///
/// Generated methods make it from their arguments. Make one yourself for a media type that the generated
/// method does not offer.
///
/// Bytes and texts are sent again when a call is repeated after a renewed token or a redirect. A stream is read
/// once: then the answer that asked for the repetition is the answer of the call. [`repeatable`](Self::repeatable)
/// takes a stream that can be opened again.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::Payload;
///
/// let patch = Payload::json("application/merge-patch+json", &vec![1, 2])?;
/// assert_eq!((patch.media(), patch.as_bytes()), ("application/merge-patch+json", Some(&b"[1,2]"[..])));
///
/// let picture = Payload::new("image/png", b"\x89PNG");
/// assert!(picture.is_repeatable());
/// # Ok::<(), clientsmith_runtime::json::Error>(())
/// ```
#[derive(Clone)]
pub struct Payload {
    media: Cow<'static, str>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Bytes(Arc<Vec<u8>>),
    /// A stream, until it is sent.
    Once(Arc<Mutex<Option<Body>>>),
    Again(Arc<dyn Fn() -> Body + Send + Sync>),
}

impl Payload {
    /// These bytes, this text or this stream.
    pub fn new(media: impl Into<Cow<'static, str>>, body: impl Into<Body>) -> Self {
        Self::of(media.into(), body.into())
    }

    /// A body that `open` makes anew each time that it is sent.
    pub fn repeatable(media: impl Into<Cow<'static, str>>, open: impl Fn() -> Body + Send + Sync + 'static) -> Self {
        Self { media: media.into(), content: Content::Again(Arc::new(open)) }
    }

    fn of(media: Cow<'static, str>, body: Body) -> Self {
        let content = match body.try_into_bytes() {
            Ok(bytes) => Content::Bytes(Arc::new(bytes)),
            Err(stream) => Content::Once(Arc::new(Mutex::new(Some(stream)))),
        };
        Self { media, content }
    }

    /// A value as JSON.
    ///
    /// # Errors
    ///
    /// When the value holds what JSON cannot, such as a NaN.
    pub fn json(media: impl Into<Cow<'static, str>>, value: &dyn Encode) -> Result<Self, json::Error> {
        Ok(Self::new(media, json::to_vec(value)?))
    }

    /// A value as a form.
    ///
    /// # Errors
    ///
    /// As [`json`](Self::json).
    pub fn form(value: &dyn Encode, fields: &[FormField]) -> Result<Self, json::Error> {
        Ok(Self::new("application/x-www-form-urlencoded", form::write(&json::to_value(value)?, fields)))
    }

    /// The media type.
    pub fn media(&self) -> &str {
        &self.media
    }

    /// The bytes, when the body is not a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Once(_) | Content::Again(_) => None,
        }
    }

    /// Whether the body can be sent more than once.
    pub fn is_repeatable(&self) -> bool {
        !matches!(self.content, Content::Once(_))
    }

    /// The body as it goes out now.
    ///
    /// # Errors
    ///
    /// When it is a stream that was sent already: what would go out is not what was meant.
    pub(super) fn open(&self) -> Result<Body, &'static str> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Body::from(bytes.to_vec())),
            Content::Again(open) => Ok(open()),
            Content::Once(stream) => stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take()
                .ok_or("the body is a stream, and was sent already by an earlier call"),
        }
    }
}

/// Shows no content.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Bytes(bytes) => write!(f, "Payload({}, {} bytes)", self.media, bytes.len()),
            Content::Once(_) | Content::Again(_) => write!(f, "Payload({}, stream)", self.media),
        }
    }
}
