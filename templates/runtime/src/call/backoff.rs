//! How long to wait between two looks at a job.

use std::time::Duration;

/// The rhythm in which a job is looked at: 1 second, then twice as long each time up to 30 seconds, for 10
/// minutes, unless set otherwise.
///
/// When the server says how long to wait (`Retry-After`), that counts.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::Backoff;
/// use std::time::Duration;
///
/// let backoff = Backoff::new().first(Duration::from_millis(200)).give_up_after(Duration::from_secs(60));
/// ```
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    first: Duration,
    factor: f64,
    longest: Duration,
    give_up_after: Duration,
}

impl Backoff {
    /// The usual rhythm.
    pub const fn new() -> Self {
        Self {
            first: Duration::from_secs(1),
            factor: 2.0,
            longest: Duration::from_secs(30),
            give_up_after: Duration::from_secs(600),
        }
    }

    /// The wait before the first look.
    pub const fn first(mut self, wait: Duration) -> Self {
        self.first = wait;
        self
    }

    /// By how much each wait is longer than the one before; less than 1 counts as 1.
    pub const fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// The longest wait.
    pub const fn longest(mut self, wait: Duration) -> Self {
        self.longest = wait;
        self
    }

    /// When to stop looking.
    pub const fn give_up_after(mut self, time: Duration) -> Self {
        self.give_up_after = time;
        self
    }

    pub(super) fn limit(&self) -> Duration {
        self.give_up_after
    }

    /// The wait before the first look, as it is kept.
    pub(super) fn start(&self) -> Duration {
        self.first.min(self.longest)
    }

    /// The wait after `wait`.
    pub(super) fn after(&self, wait: Duration) -> Duration {
        let factor = if self.factor.is_finite() { self.factor.max(1.0) } else { 1.0 };
        let longer = Duration::try_from_secs_f64(wait.as_secs_f64() * factor).unwrap_or(self.longest);
        longer.min(self.longest)
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}
