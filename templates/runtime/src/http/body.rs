//! Bodies: nothing, bytes, or chunks as they arrive.

use super::transport::{BoxFuture, TransportError};
use std::fmt;

/// The body of a request or an answer.
///
/// It is opaque, so that a stream can stand where bytes stand today: read it with [`chunk`](Self::chunk) or
/// [`collect`](Self::collect), make one with `From` or [`Body::stream`].
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::Body;
///
/// assert_eq!(Body::from("hello").as_bytes(), Some(&b"hello"[..]));
/// assert!(Body::empty().is_empty() && !Body::from("").is_empty());
/// ```
pub struct Body(Kind);

enum Kind {
    Empty,
    Bytes(Vec<u8>),
    Stream(Box<dyn Chunks>),
}

/// A source of chunks, for a body that is read while it arrives.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::{Body, BoxFuture, Chunks, TransportError};
///
/// struct Countdown(u8);
///
/// impl Chunks for Countdown {
///     fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, TransportError>> {
///         self.0 = self.0.saturating_sub(1);
///         let chunk = if self.0 > 0 { Some(vec![self.0]) } else { None };
///         Box::pin(async move { Ok(chunk) })
///     }
/// }
///
/// let body = Body::stream(Countdown(4));
/// assert!(body.as_bytes().is_none());
/// ```
pub trait Chunks: Send {
    /// The next chunk; `None` at the end.
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, TransportError>>;
}

impl Body {
    /// No body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Kind::Empty)
    }

    /// A body that is read from `chunks`.
    pub fn stream(chunks: impl Chunks + 'static) -> Self {
        Self(Kind::Stream(Box::new(chunks)))
    }

    /// The bytes, when the body is not a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Kind::Empty => Some(&[]),
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(_) => None,
        }
    }

    /// The bytes themselves, when the body is not a stream.
    #[must_use]
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self.0 {
            Kind::Empty => Some(Vec::new()),
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(_) => None,
        }
    }

    /// Whether there is no body at all, which is not the same as a body of no bytes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self.0, Kind::Empty)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the transport could not read on.
    pub async fn chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        match &mut self.0 {
            Kind::Stream(chunks) => chunks.chunk().await,
            Kind::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Kind::Empty;
                Ok(Some(bytes))
            }
            Kind::Empty => Ok(None),
        }
    }

    /// All bytes; more than `limit` of them is an error.
    ///
    /// # Errors
    ///
    /// When the transport could not read on, or the body is larger than `limit`.
    pub async fn collect(self, limit: usize) -> Result<Vec<u8>, TransportError> {
        let too_large = || TransportError::new(format!("the body is larger than the limit of {limit} bytes"));
        let mut stream = match self.0 {
            Kind::Empty => return Ok(Vec::new()),
            Kind::Bytes(bytes) if bytes.len() <= limit => return Ok(bytes),
            Kind::Bytes(_) => return Err(too_large()),
            Kind::Stream(stream) => stream,
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.chunk().await? {
            if bytes.len() + chunk.len() > limit {
                return Err(too_large());
            }
            if bytes.is_empty() {
                bytes = chunk;
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
        Ok(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Kind::Bytes(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self(Kind::Bytes(text.into_bytes()))
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self(Kind::Bytes(text.as_bytes().to_vec()))
    }
}

/// Shows the size only: a body may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Empty => f.write_str("empty"),
            Kind::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Kind::Stream(_) => f.write_str("stream"),
        }
    }
}
