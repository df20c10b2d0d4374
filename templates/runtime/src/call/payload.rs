//! The body of a request, before it is sent.

use super::super::http::Body;
use super::super::http::content::Content;
use super::super::http::form::{self, FormField};
use super::super::json::{self, Encode};
use super::super::multipart::Multipart;
use std::borrow::Cow;
use std::fmt;

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
    inside: Inside,
}

#[derive(Clone)]
enum Inside {
    Content(Content),
    Parts(Multipart),
    /// A text that the media type has no bytes for: why.
    Unwritable(String),
}

impl Payload {
    /// These bytes, this text or this stream. A text is written in the `charset` of the media type, UTF-8 without one; what
    /// cannot be written so is the error of the call.
    pub fn new(media: impl Into<Cow<'static, str>>, body: impl Into<Body>) -> Self {
        let media = media.into();
        let inside = match body.into().written_as(&media) {
            Ok(body) => Inside::Content(Content::from(body)),
            Err(why) => Inside::Unwritable(why),
        };
        Self { media, inside }
    }

    /// A body that `open` makes anew each time that it is sent.
    pub fn repeatable(media: impl Into<Cow<'static, str>>, open: impl Fn() -> Body + Send + Sync + 'static) -> Self {
        Self { media: media.into(), inside: Inside::Content(Content::again(open)) }
    }

    /// A value as JSON.
    ///
    /// # Errors
    ///
    /// When the value holds what JSON cannot, such as a NaN.
    pub fn json(media: impl Into<Cow<'static, str>>, value: &dyn Encode) -> Result<Self, json::Error> {
        Ok(Self::new(media, json::to_sent(value)?))
    }

    /// A value as a form.
    ///
    /// # Errors
    ///
    /// As [`json`](Self::json).
    pub fn form(value: &dyn Encode, fields: &[FormField]) -> Result<Self, json::Error> {
        Ok(Self::new("application/x-www-form-urlencoded", form::write(&json::to_sent_value(value)?, fields)))
    }

    /// The media type; that of several parts gets its boundary when it is sent.
    pub fn media(&self) -> &str {
        &self.media
    }

    /// The bytes, when the body is not a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.inside {
            Inside::Content(content) => content.as_bytes(),
            Inside::Parts(_) | Inside::Unwritable(_) => None,
        }
    }

    /// Whether the body can be sent more than once.
    pub fn is_repeatable(&self) -> bool {
        match &self.inside {
            Inside::Content(content) => content.is_repeatable(),
            Inside::Parts(parts) => parts.is_repeatable(),
            Inside::Unwritable(_) => false,
        }
    }

    /// The same as it can be opened: parts have a boundary between them.
    ///
    /// # Errors
    ///
    /// When a part or a text cannot be sent; the text says which and why.
    pub(super) fn sealed(&self, random: &mut dyn FnMut() -> u64) -> Result<Self, String> {
        match &self.inside {
            Inside::Content(_) => Ok(self.clone()),
            Inside::Parts(parts) => {
                let (media, content) = parts.seal(random)?;
                Ok(Self { media: media.into(), inside: Inside::Content(content) })
            }
            Inside::Unwritable(why) => Err(format!("the body cannot be written: {why}")),
        }
    }

    /// The body as it goes out now.
    ///
    /// # Errors
    ///
    /// When it is a stream that was sent already: what would go out is not what was meant.
    pub(super) fn open(&self) -> Result<Body, &'static str> {
        match &self.inside {
            Inside::Content(content) => content.open(),
            Inside::Parts(_) => Err("the parts of the body have no boundary yet"),
            Inside::Unwritable(_) => Err("the body cannot be written in its charset"),
        }
    }
}

impl From<Multipart> for Payload {
    fn from(parts: Multipart) -> Self {
        Self { media: parts.media().to_owned().into(), inside: Inside::Parts(parts) }
    }
}

/// Shows no content.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inside {
            Inside::Content(content) => write!(f, "Payload({}, {content:?})", self.media),
            Inside::Parts(parts) => write!(f, "Payload({parts:?})"),
            Inside::Unwritable(why) => write!(f, "Payload({}, {why})", self.media),
        }
    }
}
