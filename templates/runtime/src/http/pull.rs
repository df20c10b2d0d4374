//! Polling a body for its chunks.

use super::body::Body;
use super::transport::{BoxFuture, TransportError};
use std::task::{Context, Poll};

/// A body from which chunks are polled.
///
/// The read that is under way owns the body, so that it goes on where it was when the one who polls has gone and come
/// again.
pub(crate) struct Pull(State);

type Chunk = Result<Option<Vec<u8>>, TransportError>;

enum State {
    Idle(Body),
    Reading(BoxFuture<'static, (Body, Chunk)>),
    Done,
}

impl Pull {
    pub(crate) fn new(body: Body) -> Self {
        Self(State::Idle(body))
    }

    /// The next chunk; `None` at the end and after an error.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Chunk> {
        loop {
            match std::mem::replace(&mut self.0, State::Done) {
                State::Done => return Poll::Ready(Ok(None)),
                State::Idle(mut body) => {
                    self.0 = State::Reading(Box::pin(async move {
                        let chunk = body.chunk().await;
                        (body, chunk)
                    }));
                }
                State::Reading(mut reading) => match reading.as_mut().poll(context) {
                    Poll::Pending => {
                        self.0 = State::Reading(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready((body, Ok(Some(chunk)))) => {
                        self.0 = State::Idle(body);
                        return Poll::Ready(Ok(Some(chunk)));
                    }
                    Poll::Ready((_, end)) => return Poll::Ready(end),
                },
            }
        }
    }
}
