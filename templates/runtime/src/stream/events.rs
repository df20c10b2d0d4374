//! Server-sent events (WHATWG HTML, 9.2).

use super::super::call::{Core, Draft, Error, ErrorKind, Reply};
use super::super::http::BoxFuture;
use super::super::json;
use super::sse::{Block, Parser};
use super::{Arriving, RawEvent, Reconnect};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The longest wait between two tries.
const LONGEST: Duration = Duration::from_secs(60);

/// An event that a server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<T> {
    /// Its type; `message` when it names none.
    pub event: String,
    /// What it says.
    pub data: T,
    /// Its id, when it has one.
    pub id: Option<String>,
    /// After what time the server wants to be asked again when the connection breaks, when the event says so.
    pub retry: Option<Duration>,
}

/// How the text of an event becomes its data; `None` ends the stream.
pub(super) type Read<T> = fn(RawEvent<'_>) -> Result<Option<T>, json::Error>;

/// The events of an answer, as they arrive: a stream of `Result<Event<T>, Error>`.
///
/// An event whose data cannot be decoded is an error of kind [`Decode`](ErrorKind::Decode) that carries it as the body,
/// and the stream goes on after it. After every other error the stream ends. Where data is JSON, the text `[DONE]` is
/// taken as the end, as many services write it. Comments, which keep a connection open, are passed over; how long the
/// stream may be silent is without limit unless [`Options::pause`](super::super::call::Options::pause) sets one.
///
/// # Example
///
/// ```no_run
/// # async fn example(mut events: clientsmith_runtime::stream::EventStream<String>) -> Result<(), clientsmith_runtime::call::Error> {
/// while let Some(event) = events.next().await {
///     let event = event?;
///     println!("{}: {}", event.event, event.data);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct EventStream<T> {
    events: Events,
    read: Read<T>,
}

impl<T> EventStream<T> {
    pub(super) fn new(arriving: Arriving, again: Option<(Core, Box<Draft>)>, read: Read<T>) -> Self {
        let events = Events {
            arriving: Box::new(arriving),
            state: State::Open,
            again,
            reconnect: None,
            tried: 0,
            parser: Parser::default(),
        };
        Self { events, read }
    }

    /// Asks again when the stream ends or the connection breaks, with the id of the last event (`Last-Event-ID`), as a
    /// browser does: until the server answers 204, refuses, or the stream is dropped.
    ///
    /// It is off unless asked for: the request is repeated as it was, which only suits operations that merely read.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use clientsmith_runtime::{call::{Call, Error}, stream::EventStream};
    /// # async fn example(call: Call<EventStream<String>>) -> Result<(), Error> {
    /// let mut events = call.await?.into_body().reconnecting();
    /// # Ok(())
    /// # }
    /// ```
    pub fn reconnecting(self) -> Self {
        self.reconnecting_with(Reconnect::new())
    }

    /// As [`reconnecting`](Self::reconnecting), with waits and patience of your own.
    pub fn reconnecting_with(mut self, reconnect: Reconnect) -> Self {
        self.events.reconnect = Some(reconnect);
        self
    }

    /// The id of the last event that had one, of those that were given out: what to store to go on from here. Empty before
    /// that, and when an event has taken it back.
    pub fn last_event_id(&self) -> &str {
        self.events.parser.last_id()
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the data of the event cannot be decoded, or the answer breaks off.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// All events that are still to come.
    ///
    /// # Errors
    ///
    /// The first error.
    pub async fn try_collect(mut self) -> Result<Vec<Event<T>>, Error> {
        let mut all = Vec::new();
        while let Some(event) = self.next().await {
            all.push(event?);
        }
        Ok(all)
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let Block { event, data, id, retry } = match ready!(self.events.poll_block(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(block)) => block,
        };
        Poll::Ready(match (self.read)(RawEvent::new(&event, &data)) {
            Ok(Some(data)) => Some(Ok(Event { event, data, id, retry })),
            Ok(None) => {
                self.events.state = State::Closed;
                None
            }
            Err(error) => {
                Some(Err(self.events.arriving.item_error(&format!("an event `{event}`"), data.as_bytes(), error)))
            }
        })
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

/// The part that does not depend on a type.
struct Events {
    /// The answer that is read, or was read last.
    arriving: Box<Arriving>,
    state: State,
    /// What to send when the stream is asked for again.
    again: Option<(Core, Box<Draft>)>,
    reconnect: Option<Reconnect>,
    /// How often that was done without an event between.
    tried: u32,
    parser: Parser,
}

enum State {
    Open,
    Opening(BoxFuture<'static, Result<Reply, Error>>),
    Closed,
}

impl Events {
    fn poll_block(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Block, Error>>> {
        loop {
            if let State::Closed = self.state {
                return Poll::Ready(None);
            }
            if let Some(block) = self.parser.next() {
                self.tried = 0;
                return Poll::Ready(Some(Ok(block)));
            }
            match &mut self.state {
                State::Closed => return Poll::Ready(None),
                State::Open => match ready!(self.arriving.poll_chunk(context)) {
                    Ok(Some(chunk)) => {
                        self.parser.push(&chunk);
                        if self.parser.kept() > self.arriving.limit {
                            self.state = State::Closed;
                            return Poll::Ready(Some(Err(self.arriving.too_large("an event of the answer"))));
                        }
                    }
                    // An event without the empty line after it is none.
                    Ok(None) => self.ask_again(None)?,
                    Err(error) => self.ask_again(Some(error))?,
                },
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    // "No Content" is how a server says that there is no more (WHATWG HTML, 9.2.3).
                    Ok(reply) if reply.status() == 204 => self.state = State::Closed,
                    Ok(reply) => {
                        self.parser.start_again();
                        *self.arriving = reply.into_arriving();
                        self.state = State::Open;
                    }
                    Err(error) => self.ask_again(Some(error))?,
                },
            }
        }
    }

    /// Starts a new connection after the old one ended, by `error` if there was one; gives it where that may not be.
    fn ask_again(&mut self, error: Option<Error>) -> Result<(), Error> {
        self.state = State::Closed;
        let again = self.reconnect.filter(|reconnect| self.tried < reconnect.tries).zip(self.again.as_ref());
        let (reconnect, (core, draft)) = match (again, error) {
            (Some(again), None) => again,
            (Some(again), Some(error)) if is_passing(&error) => again,
            (_, Some(error)) => return Err(error),
            (None, None) => return Ok(()),
        };
        let wait = self.parser.retry().unwrap_or(reconnect.wait);
        let longer = wait.saturating_mul(2_u32.saturating_pow(self.tried)).min(LONGEST);
        let (core, mut draft) = (core.clone(), draft.clone());
        draft.set_last_event_id(self.parser.last_id());
        self.tried += 1;
        self.state = State::Opening(Box::pin(async move {
            core.transport().sleep(wait.max(longer)).await;
            core.open(&draft).await
        }));
        Ok(())
    }
}

/// Whether the same request may do better a little later.
fn is_passing(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Transport | ErrorKind::Timeout => true,
        ErrorKind::Status => matches!(error.status(), Some(429 | 500 | 502 | 503 | 504)),
        _ => false,
    }
}
