//! The body of a request, before it is sent.

use super::super::http::form::{self, FormField};
use super::super::json::{self, Encode};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A body with its media type, ready to be sent, and to be sent again after a renewed token.
///
/// Generated methods make it from their arguments. Make one yourself for a media type that the generated
/// method does not offer.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::Payload;
///
/// let patch = Payload::json("application/merge-patch+json", &vec![1, 2])?;
/// assert_eq!((patch.media(), patch.bytes()), ("application/merge-patch+json", &b"[1,2]"[..]));
/// # Ok::<(), clientsmith_runtime::json::Error>(())
/// ```
#[derive(Clone)]
pub struct Payload {
    media: Cow<'static, str>,
    bytes: Arc<Vec<u8>>,
}

impl Payload {
    /// These bytes.
    pub fn new(media: impl Into<Cow<'static, str>>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { media: media.into(), bytes: Arc::new(bytes.into()) }
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

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Shows no content.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({}, {} bytes)", self.media, self.bytes.len())
    }
}
