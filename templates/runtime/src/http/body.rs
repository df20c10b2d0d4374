//! Bodies: nothing, bytes, or chunks as they come.

use super::charset;
use super::source::{FromReader, FromStream};
use super::transport::{BoxFuture, TransportError};
use futures_core::Stream;
use std::fmt;
use tokio::io::AsyncRead;

/// The body of a request or an answer: nothing, bytes, text, or a stream.
///
/// Calls that send anything but a model take `impl Into<Body>`, so bytes and texts are given as they are. A
/// stream is made by [`from_stream`](Self::from_stream) or [`from_reader`](Self::from_reader); where its length
/// is known, [`with_length`](Self::with_length) saves the server the chunked form.
///
/// Read one with [`chunk`](Self::chunk) or [`collect`](Self::collect).
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::Body;
///
/// assert_eq!(Body::from("hello").as_bytes(), Some(&b"hello"[..]));
/// assert!(Body::empty().is_empty() && !Body::from("").is_empty());
///
/// // Anything that is read piece by piece: a file of `tokio::fs`, a pipe, a socket.
/// let body = Body::from_reader(&b"0123456789"[..]).with_length(10);
/// assert_eq!((body.as_bytes(), body.length()), (None, Some(10)));
/// ```
pub struct Body(Kind);

enum Kind {
    Empty,
    Bytes(Vec<u8>),
    /// What was given as a text may have to be written in another charset.
    Text(String),
    Stream {
        chunks: Box<dyn Chunks>,
        /// How many bytes are still to come, where that is known.
        left: Option<u64>,
    },
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
        Self(Kind::Stream { chunks: Box::new(chunks), left: None })
    }

    /// A body that is read from a stream of bytes or texts. Its first error ends the exchange.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Vec<u8>>,
        E: std::error::Error + Send + Sync + 'static,
    {
        Self::stream(FromStream(Box::pin(stream)))
    }

    /// A body that is read from a reader, such as a file of `tokio::fs`. Its first error ends the exchange.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(FromReader(Box::pin(reader)))
    }

    /// The same stream, whose length is known: it is announced, and a stream that gives more or less than that is
    /// an error. What is no stream stays as it is.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Kind::Stream { left, .. } = &mut self.0 {
            *left = Some(bytes);
        }
        self
    }

    /// How many bytes there are (still), where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Kind::Empty => Some(0),
            Kind::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::Text(text) => u64::try_from(text.len()).ok(),
            Kind::Stream { left, .. } => *left,
        }
    }

    /// The bytes, when the body is not a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Kind::Empty => Some(&[]),
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Text(text) => Some(text.as_bytes()),
            Kind::Stream { .. } => None,
        }
    }

    /// The bytes, when the body is not a stream.
    #[must_use]
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        self.try_into_bytes().ok()
    }

    /// The bytes, or the stream itself.
    pub(crate) fn try_into_bytes(self) -> Result<Vec<u8>, Self> {
        match self.0 {
            Kind::Empty => Ok(Vec::new()),
            Kind::Bytes(bytes) => Ok(bytes),
            Kind::Text(text) => Ok(text.into_bytes()),
            Kind::Stream { .. } => Err(self),
        }
    }

    /// The same as a body of this media type: a text is written in the charset that it names.
    ///
    /// # Errors
    ///
    /// Why the text cannot be written so.
    pub(crate) fn written_as(self, media: &str) -> Result<Self, String> {
        match self.0 {
            Kind::Text(text) => charset::encode(media, text).map(Self::from),
            _ => Ok(self),
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
    /// When the source could not be read on, or does not keep to the length that was announced.
    pub async fn chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        match &mut self.0 {
            Kind::Stream { chunks, left } => {
                let chunk = chunks.chunk().await?;
                if let Some(left) = left {
                    *left = keep_to(*left, chunk.as_deref())?;
                }
                Ok(chunk)
            }
            Kind::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Kind::Empty;
                Ok(Some(bytes))
            }
            Kind::Text(text) => {
                let bytes = std::mem::take(text).into_bytes();
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
    /// As [`chunk`](Self::chunk), and when the body is larger than `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Vec<u8>, TransportError> {
        let too_large = || TransportError::new(format!("the body is larger than the limit of {limit} bytes"));
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if chunk.len() > limit.saturating_sub(bytes.len()) {
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

/// What is left of a length after a chunk, or the end.
fn keep_to(left: u64, chunk: Option<&[u8]>) -> Result<u64, TransportError> {
    match chunk {
        Some(chunk) => u64::try_from(chunk.len())
            .ok()
            .and_then(|length| left.checked_sub(length))
            .ok_or_else(|| TransportError::new("the body is longer than its announced length")),
        None if left > 0 => Err(TransportError::new(format!("the body ends {left} bytes before its announced length"))),
        None => Ok(0),
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Kind::Bytes(bytes))
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Self(Kind::Bytes(bytes.to_vec()))
    }
}

impl<const N: usize> From<[u8; N]> for Body {
    fn from(bytes: [u8; N]) -> Self {
        Self(Kind::Bytes(bytes.to_vec()))
    }
}

impl<const N: usize> From<&[u8; N]> for Body {
    fn from(bytes: &[u8; N]) -> Self {
        Self(Kind::Bytes(bytes.to_vec()))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self(Kind::Text(text))
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self(Kind::Text(text.to_owned()))
    }
}

/// Shows the size only: a body may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.length()) {
            (Kind::Empty, _) => f.write_str("empty"),
            (Kind::Bytes(bytes), _) => write!(f, "{} bytes", bytes.len()),
            (Kind::Text(text), _) => write!(f, "{} bytes", text.len()),
            (Kind::Stream { .. }, Some(length)) => write!(f, "stream of {length} bytes"),
            (Kind::Stream { .. }, None) => f.write_str("stream"),
        }
    }
}
