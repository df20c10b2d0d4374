//! The default transport. The library's types stay inside this file.

use super::{Body, BoxFuture, Chunks, Headers, HttpRequest, HttpResponse, Transport, TransportError};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use std::error::Error as _;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// How long opening a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The default transport: `reqwest` with TLS by `rustls`, on a tokio runtime.
///
/// A client makes one by itself; make one yourself to set what belongs to connections. It keeps connections
/// open and shares them between clones. Opening a connection may take 10 seconds; the time for a whole
/// exchange comes with each request. Proxies are taken from the environment (`HTTPS_PROXY` and so on). The
/// certificates that the machine trusts are trusted.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::ReqwestTransport;
/// use std::time::Duration;
///
/// let transport = ReqwestTransport::builder().connect_timeout(Duration::from_secs(3)).build()?;
/// # Ok::<(), clientsmith_runtime::http::TransportError>(())
/// ```
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with the usual settings.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// A transport with settings of your own.
    #[must_use]
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder { connect_timeout: CONNECT_TIMEOUT, roots: Vec::new(), identity: None, no_proxy: false }
    }
}

/// Settings for a [`ReqwestTransport`].
#[derive(Clone)]
pub struct ReqwestTransportBuilder {
    connect_timeout: Duration,
    roots: Vec<Vec<u8>>,
    identity: Option<Vec<u8>>,
    no_proxy: bool,
}

impl ReqwestTransportBuilder {
    /// How long opening a connection may take.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Trusts the certificates in this PEM text, beside those that the machine trusts.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Shows this certificate to servers that ask for one (mutual TLS): a PEM text with the private key and
    /// the certificate chain.
    #[must_use]
    pub fn identity(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.identity = Some(pem.into());
        self
    }

    /// Ignores the proxies that the environment names.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.no_proxy = true;
        self
    }

    /// Makes the transport.
    ///
    /// # Errors
    ///
    /// When a PEM text cannot be read, or TLS cannot be set up.
    pub fn build(self) -> Result<ReqwestTransport, TransportError> {
        let plain = self.roots.is_empty();
        match self.prepared()?.build() {
            Ok(client) => Ok(ReqwestTransport { client }),
            // A machine without any trusted certificate (a small container) can still call plain http, such as
            // a test server: calls to https then fail with a message of their own.
            Err(_) if plain => {
                let client = self.prepared()?.tls_certs_only(Vec::new()).build().map_err(explain)?;
                Ok(ReqwestTransport { client })
            }
            Err(error) => Err(explain(error)),
        }
    }

    fn prepared(&self) -> Result<reqwest::ClientBuilder, TransportError> {
        // The core follows redirects, within one origin: the library would not know which headers are secret.
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout);
        for pem in &self.roots {
            let found = reqwest::Certificate::from_pem_bundle(pem).map_err(explain)?;
            builder = builder.tls_certs_merge(found);
        }
        if let Some(pem) = &self.identity {
            builder = builder.identity(reqwest::Identity::from_pem(pem).map_err(explain)?);
        }
        Ok(if self.no_proxy { builder.no_proxy() } else { builder })
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            // A stream has no end to wait for: its head and each of its chunks have the time on their own.
            let pause = request.pause();
            let head = request.timeout().filter(|_| request.is_streamed());
            let answer = within(head, self.client.execute(to_reqwest(request)?)).await?;
            let mut headers = Headers::new();
            for (name, value) in answer.headers() {
                headers.receive(name.as_str(), value.as_bytes());
            }
            Ok(HttpResponse::new(answer.status().as_u16(), headers, Body::stream(Incoming { answer, pause })))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn to_reqwest(mut request: HttpRequest) -> Result<reqwest::Request, TransportError> {
    let bad = |what: &str| TransportError::new(format!("the {what} cannot be sent"));
    let method = reqwest::Method::from_bytes(request.method().as_bytes()).map_err(|_| bad("method"))?;
    let url = reqwest::Url::parse(&request.url()).map_err(|_| bad("address"))?;
    let mut out = reqwest::Request::new(method, url);
    for (name, value) in request.headers().iter() {
        let mut sent = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| bad("header"))?;
        sent.set_sensitive(request.headers().is_sensitive(name));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad("header"))?;
        out.headers_mut().append(name, sent);
    }
    if !request.is_streamed() {
        *out.timeout_mut() = request.timeout();
    }
    match request.take_body().try_into_bytes() {
        Ok(bytes) if bytes.is_empty() => {
            // RFC 9110, 8.6: where the method means a body, even none has a length. The library says nothing then.
            if matches!(request.method(), "POST" | "PUT" | "PATCH" | "QUERY") {
                out.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
        }
        Ok(bytes) => *out.body_mut() = Some(bytes.into()),
        Err(stream) => *out.body_mut() = Some(reqwest::Body::wrap(Outgoing(Mutex::new(Some(State::Idle(stream)))))),
    }
    Ok(out)
}

async fn within<T>(
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, TransportError> {
    let Some(limit) = limit else { return work.await.map_err(explain) };
    tokio::time::timeout(limit, work).await.map_err(|_| TransportError::timeout())?.map_err(explain)
}

/// A stream on its way out, as the library polls it. The lock is never waited for: the library asks for `Sync`.
struct Outgoing(Mutex<Option<State>>);

type Piece = Result<Option<Vec<u8>>, TransportError>;

enum State {
    Idle(Body),
    /// The body, and what was read from it.
    Reading(BoxFuture<'static, (Body, Piece)>),
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let state = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut reading = match state.take() {
            None => return Poll::Ready(None),
            Some(State::Reading(reading)) => reading,
            Some(State::Idle(mut body)) => Box::pin(async move {
                let chunk = body.chunk().await;
                (body, chunk)
            }),
        };
        match reading.as_mut().poll(context) {
            Poll::Pending => {
                *state = Some(State::Reading(reading));
                Poll::Pending
            }
            Poll::Ready((body, Ok(Some(chunk)))) => {
                *state = Some(State::Idle(body));
                Poll::Ready(Some(Ok(Frame::data(Bytes::from(chunk)))))
            }
            Poll::Ready((_, Ok(None))) => Poll::Ready(None),
            Poll::Ready((_, Err(error))) => Poll::Ready(Some(Err(error))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(State::Idle(body)) => body.length().map_or_else(SizeHint::default, SizeHint::with_exact),
            Some(State::Reading(_)) => SizeHint::default(),
            None => SizeHint::with_exact(0),
        }
    }
}

/// The body of an answer, as it arrives.
struct Incoming {
    answer: reqwest::Response,
    /// How long a chunk may take, where the time is not that of the whole answer.
    pause: Option<Duration>,
}

impl Chunks for Incoming {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, TransportError>> {
        Box::pin(async move { Ok(within(self.pause, self.answer.chunk()).await?.map(Vec::from)) })
    }
}

/// The whole chain in one line, without the address: an API key may be in its query.
fn explain(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::timeout();
    }
    let error = error.without_url();
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !message.contains(&text) {
            message.push_str(": ");
            message.push_str(&text);
        }
        cause = inner.source();
    }
    TransportError::new(message)
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

/// Shows no key.
impl fmt::Debug for ReqwestTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransportBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("identity", &self.identity.is_some())
            .finish_non_exhaustive()
    }
}
