//! A successful answer whose body is still on its way.

use super::super::auth::Shared;
use super::super::call::{Error, ErrorKind, Op, summary};
use super::super::http::{Headers, Pull};
use super::super::json;
use std::task::{Context, Poll, ready};
use std::time::{Duration, SystemTime};

/// The body of an answer as it arrives, with what its errors have to say.
pub(crate) struct Arriving {
    pub(crate) op: &'static Op,
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: Pull,
    /// How long it may pause.
    pub(crate) pause: Option<Duration>,
    /// How many bytes may be kept for one item.
    pub(crate) limit: usize,
    pub(crate) received: SystemTime,
    pub(crate) secrets: Vec<Shared>,
}

impl Arriving {
    /// The next chunk; `None` at the end and after an error.
    pub(super) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Vec<u8>>, Error>> {
        let chunk = ready!(self.body.poll_chunk(context));
        Poll::Ready(chunk.map_err(|error| {
            let (kind, message) = match (error.is_timeout(), self.pause) {
                (true, Some(pause)) => (ErrorKind::Timeout, format!("the answer paused for more than {pause:?}")),
                (true, None) => (ErrorKind::Timeout, "the answer did not go on in time".to_owned()),
                (false, _) => (ErrorKind::Transport, format!("the answer broke off: {error}")),
            };
            self.plain_error(kind, message).with_source(error).without(self.secrets())
        }))
    }

    /// An error about the answer as a whole.
    pub(super) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        self.plain_error(kind, message.into()).without(self.secrets())
    }

    fn plain_error(&self, kind: ErrorKind, message: String) -> Error {
        Error::new(kind, self.op.id, message).with_answer(self.status, self.headers.clone(), Vec::new(), self.received)
    }

    /// The error for one item, whose text it carries as the body.
    pub(super) fn item_error(&self, what: &str, text: &[u8], error: json::Error) -> Error {
        let shown = String::from_utf8_lossy(text);
        let secret = self.op.secret || self.secrets().any(|secret| !secret.is_empty() && shown.contains(secret));
        let error = if secret { error.without_excerpt() } else { error };
        let status = summary::status_text(self.status);
        let message = format!("{what} of the answer ({status}) could not be decoded: {error}");
        Error::new(ErrorKind::Decode, self.op.id, message)
            .with_source(error)
            .with_answer(self.status, self.headers.clone(), text.to_vec(), self.received)
            .without(self.secrets())
    }

    pub(super) fn too_large(&self, what: &str) -> Error {
        self.error(ErrorKind::Transport, format!("{what} is larger than the limit of {} bytes", self.limit))
    }

    fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(|secret| secret.expose())
    }
}
