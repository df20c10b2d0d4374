//! A transport without a network, for tests.

use super::{Address, Body, BoxFuture, Headers, HttpRequest, HttpResponse, Transport, TransportError};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

type Answer = dyn Fn(&Sent) -> Result<HttpResponse, TransportError> + Send + Sync;

/// A transport that answers from a function, keeps what was sent, and never waits.
///
/// Use it to test code that calls an API: no server, no network, no time. Sleeping moves its clock and
/// returns at once, so that polling and the renewal of tokens take no time in a test.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::{FakeTransport, HttpResponse};
///
/// let fake = FakeTransport::new(|sent| match sent.path() {
///     "/pets/1" => HttpResponse::json(200, r#"{"id":1}"#),
///     _ => HttpResponse::empty(404),
/// });
/// // let client = Client::builder().transport(fake.clone()).build()?; … and afterwards:
/// assert_eq!(fake.sent().len(), 0);
/// ```
#[derive(Clone)]
pub struct FakeTransport {
    answer: Arc<Answer>,
    state: Arc<Mutex<State>>,
}

struct State {
    sent: Vec<Sent>,
    slept: Vec<Duration>,
    now: SystemTime,
    random: u64,
}

impl FakeTransport {
    /// A transport that answers each request by calling `answer`.
    pub fn new(answer: impl Fn(&Sent) -> HttpResponse + Send + Sync + 'static) -> Self {
        Self::failing(move |sent| Ok(answer(sent)))
    }

    /// As [`new`](Self::new), for a function that can also fail to answer.
    pub fn failing(answer: impl Fn(&Sent) -> Result<HttpResponse, TransportError> + Send + Sync + 'static) -> Self {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let state = State { sent: Vec::new(), slept: Vec::new(), now, random: 0 };
        Self { answer: Arc::new(answer), state: Arc::new(Mutex::new(state)) }
    }

    /// What was sent so far, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// How long was slept, each time.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.state().slept.clone()
    }

    /// Moves the clock on.
    pub fn advance(&self, duration: Duration) {
        self.state().now += duration;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for FakeTransport {
    fn send(&self, mut request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let body = request.take_body();
            let sent = Sent {
                method: request.method(),
                address: request.address().clone(),
                headers: request.headers().clone(),
                has_body: !body.is_empty(),
                body: Body::collect(body, usize::MAX).await?,
            };
            self.state().sent.push(sent.clone());
            (self.answer)(&sent)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut state = self.state();
        state.slept.push(duration);
        state.now += duration;
        Box::pin(std::future::ready(()))
    }

    fn now(&self) -> SystemTime {
        self.state().now
    }

    /// 1, 2, 3 and so on, so that a test knows the very bytes.
    fn random(&self) -> u64 {
        let mut state = self.state();
        state.random += 1;
        state.random
    }
}

impl fmt::Debug for FakeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeTransport").field("sent", &self.state().sent.len()).finish_non_exhaustive()
    }
}

/// A request that a [`FakeTransport`] was given.
#[derive(Clone)]
pub struct Sent {
    method: &'static str,
    address: Address,
    headers: Headers,
    has_body: bool,
    body: Vec<u8>,
}

impl Sent {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The path, encoded as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.address.path()
    }

    /// The query, encoded as it was sent; empty when there was none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.address.query().unwrap_or_default()
    }

    /// The first value of a header field.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// All header fields.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// Whether there was a body at all.
    #[must_use]
    pub fn has_body(&self) -> bool {
        self.has_body
    }

    /// The body's bytes.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Shows neither the query nor the body.
impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {:?} ({} bytes)", self.method, self.address, self.headers, self.body.len())
    }
}
