//! Content that is to be sent, perhaps more than once.

use super::body::{Body, Chunks};
use super::transport::{BoxFuture, TransportError};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What a body or a part is made of. A clone is the same content: a stream is sent once, by whoever sends it first.
#[derive(Clone)]
pub(crate) enum Content {
    /// In memory.
    Bytes(Arc<Vec<u8>>),
    /// A stream, until it is sent, and its length.
    Once(Arc<Mutex<Option<Body>>>, Option<u64>),
    /// A stream that can be opened again.
    Again(Arc<dyn Fn() -> Body + Send + Sync>),
    /// One after the other.
    Chain(Arc<Vec<Content>>),
}

impl Content {
    pub(crate) fn again(open: impl Fn() -> Body + Send + Sync + 'static) -> Self {
        Self::Again(Arc::new(open))
    }

    /// The bytes, when they are in memory.
    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Once(..) | Self::Again(_) | Self::Chain(_) => None,
        }
    }

    /// Whether it can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::Again(_) => true,
            Self::Once(..) => false,
            Self::Chain(parts) => parts.iter().all(Self::is_repeatable),
        }
    }

    /// The content as it goes out now.
    ///
    /// # Errors
    ///
    /// When a stream was sent already: what would go out is not what was meant.
    pub(crate) fn open(&self) -> Result<Body, &'static str> {
        match self {
            Self::Bytes(bytes) => Ok(Body::from(bytes.to_vec())),
            Self::Again(open) => Ok(open()),
            Self::Once(stream, _) => stream
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take()
                .ok_or("the body is a stream, and was sent already by an earlier call"),
            Self::Chain(parts) => {
                let bodies = parts.iter().map(Self::open).collect::<Result<VecDeque<Body>, _>>()?;
                let length = bodies.iter().try_fold(0_u64, |sum, body| sum.checked_add(body.length()?));
                let chain = Body::stream(Chain(bodies));
                Ok(match length {
                    Some(length) => chain.with_length(length),
                    None => chain,
                })
            }
        }
    }
}

impl From<Body> for Content {
    fn from(body: Body) -> Self {
        let length = body.length();
        match body.try_into_bytes() {
            Ok(bytes) => Self::Bytes(Arc::new(bytes)),
            Err(stream) => Self::Once(Arc::new(Mutex::new(Some(stream))), length),
        }
    }
}

/// The same bytes, or the same source.
impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::Once(one, _), Self::Once(other, _)) => Arc::ptr_eq(one, other),
            (Self::Again(one), Self::Again(other)) => Arc::ptr_eq(one, other),
            (Self::Chain(one), Self::Chain(other)) => one == other,
            _ => false,
        }
    }
}

/// Shows the size only.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Once(_, Some(length)) => write!(f, "stream of {length} bytes"),
            Self::Once(_, None) | Self::Again(_) | Self::Chain(_) => f.write_str("stream"),
        }
    }
}

/// Bodies one after the other.
struct Chain(VecDeque<Body>);

impl Chunks for Chain {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, TransportError>> {
        Box::pin(async move {
            while let Some(body) = self.0.front_mut() {
                if let Some(chunk) = body.chunk().await? {
                    return Ok(Some(chunk));
                }
                self.0.pop_front();
            }
            Ok(None)
        })
    }
}
