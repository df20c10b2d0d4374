//! From chunks to items: the part that all forms of sequences share.

use super::super::call::{Error, ErrorKind};
use super::Arriving;
use std::task::{Context, Poll, ready};

/// What stands at the start of the bytes that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing of interest, this long.
    Skip(usize),
    /// An item, this long.
    Item(usize),
    /// Something that is no item, this long; there may be items after it.
    Bad(usize, &'static str),
    /// It cannot be said before there is more.
    More,
    /// Nothing will come any more.
    End,
    /// No item can be found from here on.
    Broken(&'static str),
}

/// A way in which items follow each other.
pub(super) trait Split: Send {
    /// Looks at what was not taken yet. After [`Found::More`] it is called with the same bytes and more; `ended` says
    /// that these are the last ones.
    fn find(&mut self, bytes: &[u8], ended: bool) -> Found;
}

/// The items of an answer as texts. Not generic: a program has it once.
pub(super) struct Texts {
    pub(super) arriving: Arriving,
    split: Box<dyn Split>,
    bytes: Vec<u8>,
    /// Where in `bytes` what was not taken yet begins.
    start: usize,
    /// How many bytes were taken before `bytes`.
    taken: u64,
    /// How many items were given.
    count: u64,
    ended: bool,
    done: bool,
}

impl Texts {
    pub(super) fn new(arriving: Arriving, split: Box<dyn Split>) -> Self {
        Self { arriving, split, bytes: Vec::new(), start: 0, taken: 0, count: 0, ended: false, done: false }
    }

    /// Reads the next item with `read`; `None` at the end.
    pub(super) fn poll_read<T>(
        &mut self,
        context: &mut Context<'_>,
        read: fn(&[u8]) -> Result<T, super::super::json::Error>,
    ) -> Poll<Option<Result<T, Error>>> {
        let length = match ready!(self.poll_item(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(length)) => length,
        };
        let text = self.bytes.get(self.start..self.start + length).unwrap_or_default();
        let item = read(text).map_err(|error| self.arriving.item_error(&format!("item {}", self.count), text, error));
        self.start += length;
        self.count += 1;
        Poll::Ready(Some(item))
    }

    /// The length of the next item, which begins at `start`.
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<usize, Error>>> {
        while !self.done {
            let rest = self.bytes.get(self.start..).unwrap_or_default();
            match self.split.find(rest, self.ended) {
                Found::Item(length) => return Poll::Ready(Some(Ok(length))),
                Found::Skip(length) => self.start += length,
                Found::Bad(length, what) => {
                    let error = self.wrong(what);
                    self.start += length;
                    return Poll::Ready(Some(Err(error)));
                }
                Found::Broken(what) => {
                    self.done = true;
                    return Poll::Ready(Some(Err(self.wrong(what))));
                }
                Found::End => self.done = true,
                Found::More if self.ended => self.done = true,
                Found::More => {
                    if rest.len() > self.arriving.limit {
                        self.done = true;
                        return Poll::Ready(Some(Err(self.arriving.too_large("an item of the answer"))));
                    }
                    match ready!(self.arriving.poll_chunk(context)) {
                        Ok(Some(chunk)) => self.push(chunk),
                        Ok(None) => self.ended = true,
                        Err(error) => {
                            self.done = true;
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                }
            }
        }
        Poll::Ready(None)
    }

    fn push(&mut self, chunk: Vec<u8>) {
        self.taken += self.start as u64;
        if self.start == self.bytes.len() {
            self.bytes = chunk;
        } else {
            self.bytes.drain(..self.start);
            self.bytes.extend_from_slice(&chunk);
        }
        self.start = 0;
    }

    fn wrong(&self, what: &str) -> Error {
        let at = self.taken + self.start as u64;
        self.arriving.error(ErrorKind::Decode, format!("{what}, after {} items (byte {at} of the answer)", self.count))
    }
}
