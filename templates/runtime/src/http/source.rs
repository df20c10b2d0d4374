//! What a body of chunks is read from.

use super::body::Chunks;
use super::transport::{BoxFuture, TransportError};
use futures_core::Stream;
use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::Pin;
use tokio::io::{AsyncRead, ReadBuf};

/// How much is read from a reader at once.
const PIECE: usize = 64 * 1024;

/// A stream of anything that is bytes.
pub(super) struct FromStream<S>(pub(super) Pin<Box<S>>);

impl<S, B, E> Chunks for FromStream<S>
where
    S: Stream<Item = Result<B, E>> + Send,
    B: Into<Vec<u8>>,
    E: StdError + Send + Sync + 'static,
{
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, TransportError>> {
        Box::pin(async move {
            match poll_fn(|context| self.0.as_mut().poll_next(context)).await {
                None => Ok(None),
                Some(Ok(chunk)) => Ok(Some(chunk.into())),
                Some(Err(error)) => Err(unreadable(error)),
            }
        })
    }
}

/// Anything that tokio reads from.
pub(super) struct FromReader<R>(pub(super) Pin<Box<R>>);

impl<R: AsyncRead + Send> Chunks for FromReader<R> {
    fn chunk(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, TransportError>> {
        Box::pin(async move {
            let mut room = vec![0; PIECE];
            let mut piece = ReadBuf::new(&mut room);
            poll_fn(|context| self.0.as_mut().poll_read(context, &mut piece)).await.map_err(unreadable)?;
            let length = piece.filled().len();
            room.truncate(length);
            Ok((length > 0).then_some(room))
        })
    }
}

fn unreadable(error: impl StdError + Send + Sync + 'static) -> TransportError {
    TransportError::new(format!("the body could not be read: {error}")).with_source(error)
}
