//! The border to the HTTP library.

use super::{HttpRequest, HttpResponse};
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests and tells the time.
///
/// The default is `ReqwestTransport` (feature `reqwest`). Write your own to use
/// another HTTP library, to record traffic, or to add something to every request; wrap another transport to
/// act before and after it. [`FakeTransport`](super::FakeTransport) answers without a network.
///
/// A transport must not follow redirects: the core does, and only within one origin. It should keep to
/// [`HttpRequest::timeout`].
///
/// # Example
///
/// Log each exchange, whatever the transport below is:
///
/// ```
/// use clientsmith_runtime::http::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError};
/// use std::{sync::Arc, time::Duration};
///
/// struct Logged(Arc<dyn Transport>);
///
/// impl Transport for Logged {
///     fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
///         Box::pin(async move {
///             let line = format!("{} {}", request.method(), request.address().path());
///             let answer = self.0.send(request).await?;
///             println!("{line} -> {}", answer.status());
///             Ok(answer)
///         })
///     }
///     fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
///         self.0.sleep(duration)
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends one request and waits for the head of its answer.
    ///
    /// # Errors
    ///
    /// When no answer came: no connection, a broken one, a timeout. A status of 400 and above is an answer.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;

    /// Waits. Polling waits through here, so that a test can make time fly.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The time of day, by which tokens grow old.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// A number that is another one each time and that no one outside can foresee: it stands in the boundary between
    /// the parts of a body. No key is made from it.
    fn random(&self) -> u64 {
        RandomState::new().build_hasher().finish()
    }
}

impl Transport for Arc<dyn Transport> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }

    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn random(&self) -> u64 {
        (**self).random()
    }
}

/// Why there was no answer.
///
/// A transport must put no address and no header value into the message: they may hold credentials.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::TransportError;
///
/// let cause = std::io::Error::other("connection reset");
/// let error = TransportError::new(format!("broken: {cause}")).with_source(cause);
/// assert_eq!(error.to_string(), "broken: connection reset");
/// assert!(TransportError::timeout().is_timeout());
/// ```
#[derive(Clone)]
pub struct TransportError {
    message: String,
    timeout: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// An error with this message.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), timeout: false, source: None }
    }

    /// No answer in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self { message: "no answer in time".to_owned(), timeout: true, source: None }
    }

    /// The same with the error that caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// Whether it was a timeout.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError").field("message", &self.message).field("timeout", &self.timeout).finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
