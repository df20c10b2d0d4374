//! The items of an answer, as they arrive.

use super::super::call::Error;
use super::super::json::{self, Decode};
use super::Arriving;
use super::elements::Elements;
use super::lines::Lines;
use super::sequence::Sequence;
use super::split::{Split, Texts};
use super::wanted::Form;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The items of an answer, one by one while it arrives: a stream of `Result<T, Error>`.
///
/// An item that cannot be decoded is an error of kind [`Decode`](super::super::call::ErrorKind::Decode) that carries
/// its text, and the stream goes on after it. After every other error the stream ends.
///
/// # Example
///
/// ```no_run
/// # async fn example(mut rows: clientsmith_runtime::stream::ItemStream<String>) -> Result<(), clientsmith_runtime::call::Error> {
/// while let Some(row) = rows.next().await {
///     println!("{}", row?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct ItemStream<T> {
    texts: Texts,
    read: fn(&[u8]) -> Result<T, json::Error>,
}

impl<T: Decode + Default> ItemStream<T> {
    pub(super) fn new(arriving: Arriving, form: Form) -> Self {
        let split: Box<dyn Split> = match form {
            Form::Sequence => Box::new(Sequence::default()),
            Form::Array => Box::new(Elements::default()),
            Form::Lines | Form::Events | Form::Bytes => Box::new(Lines::default()),
        };
        Self { texts: Texts::new(arriving, split), read: json::from_slice::<T> }
    }
}

impl<T> ItemStream<T> {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the item cannot be decoded, or the answer breaks off.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// All items that are still to come.
    ///
    /// # Errors
    ///
    /// The first error.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    pub(crate) fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        self.texts.poll_read(context, self.read)
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemStream")
    }
}
