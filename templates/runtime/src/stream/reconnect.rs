//! When and how often a broken stream of events is asked for again.

use std::time::Duration;

/// How a stream of events is asked for again when it ends: see
/// [`EventStream::reconnecting_with`](super::EventStream::reconnecting_with).
///
/// # Example
///
/// ```
/// use clientsmith_runtime::stream::Reconnect;
/// use std::time::Duration;
///
/// let patient = Reconnect::new().wait(Duration::from_secs(10)).tries(100);
/// ```
#[must_use]
#[derive(Clone, Copy, Debug)]
pub struct Reconnect {
    pub(super) wait: Duration,
    pub(super) tries: u32,
}

impl Reconnect {
    /// After three seconds, or when the server said (`retry`); at most eight times in a row without an event between.
    pub fn new() -> Self {
        Self { wait: Duration::from_secs(3), tries: 8 }
    }

    /// How long to wait where the server does not say. After a failure it is twice as long each time, up to a minute.
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// How often to try in a row, with no event between, before the stream ends with the last error.
    pub fn tries(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }
}

impl Default for Reconnect {
    fn default() -> Self {
        Self::new()
    }
}
