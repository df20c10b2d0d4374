//! The bytes of an answer, as they arrive.

use super::super::call::Error;
use super::Arriving;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of an answer, chunk by chunk: a stream of `Result<Vec<u8>, Error>`.
///
/// A chunk is read when it is asked for. The stream ends after the last one, or after an error.
///
/// # Example
///
/// ```no_run
/// # async fn example(mut body: clientsmith_runtime::stream::ByteStream) -> Result<(), Box<dyn std::error::Error>> {
/// use std::io::Write as _;
///
/// let mut file = std::fs::File::create("report.pdf")?;
/// while let Some(chunk) = body.next().await {
///     file.write_all(&chunk?)?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct ByteStream {
    arriving: Arriving,
}

impl ByteStream {
    pub(super) fn new(arriving: Arriving) -> Self {
        Self { arriving }
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks (kind [`Transport`](super::super::call::ErrorKind::Transport)), or pauses for too
    /// long (kind [`Timeout`](super::super::call::ErrorKind::Timeout)).
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All bytes that are still to come; the client's limit for answers counts.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next); also when they are more than the limit.
    pub async fn collect(mut self) -> Result<Vec<u8>, Error> {
        let mut all = Vec::new();
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            if all.len() + chunk.len() > self.arriving.limit {
                return Err(self.arriving.too_large("the answer"));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all)
    }
}

impl Stream for ByteStream {
    type Item = Result<Vec<u8>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.arriving.poll_chunk(context).map(Result::transpose)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
