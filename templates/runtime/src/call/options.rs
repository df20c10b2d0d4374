//! What can be set for one call.

use super::super::http::percent::{Keep, encode};
use super::super::http::{HeaderError, Headers};
use std::fmt;
use std::time::Duration;

/// Settings of one call that do not come from the API's document.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::Options;
/// use std::time::Duration;
///
/// let options = Options::new()
///     .timeout(Duration::from_secs(5))
///     .header("X-Request-Id", "42")
///     .query("debug", "true");
/// // client.get_pet("1").with_options(options).send().await?
/// ```
#[must_use]
#[derive(Clone, Default)]
pub struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) pause: Option<Duration>,
    pub(super) headers: Headers,
    pub(super) query: Vec<String>,
    pub(super) url: Option<String>,
    pub(super) error: Option<HeaderError>,
}

impl Options {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long each exchange of this call may take, instead of the client's own setting.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long an answer that is read while it arrives may pause.
    ///
    /// Without it, streams of events and of items may be silent for as long as they like, and bytes and the elements of
    /// an array have the time of the exchange for each chunk.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = Some(pause);
        self
    }

    /// Sends a header field, instead of one of the same name that the call would send. Credentials are put
    /// in last and win over it. A value that cannot be sent is an error when the call is sent.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Err(error) = self.headers.give(name, value) {
            self.error.get_or_insert(error);
        }
        self
    }

    /// Adds a pair to the query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push(format!("{}={}", encode(name, Keep::Unreserved), encode(value, Keep::Unreserved)));
        self
    }

    /// Calls this address instead of the operation's server: another one that the document names for it, or a path on
    /// the client's server. The path of the operation is added to it.
    ///
    /// Credentials go along to the client's own origin and to origins that the document names for the operation, and
    /// to no other: a call that needs some is an error there.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }
}

/// Shows names only.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Options").field("timeout", &self.timeout).field("headers", &headers).finish_non_exhaustive()
    }
}
