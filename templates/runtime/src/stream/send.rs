//! Bodies that are sequences of JSON texts, made while they are sent.

use super::super::call::{Payload, Request};
use super::super::http::{Body, TransportError};
use super::super::json::{self, Encode, Rule};
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Items to be sent as JSON Lines or as a JSON text sequence: a list, or a stream that gives them one by one.
///
/// A list is sent again when a call has to be repeated; a stream is read once, each item when the one before is on its
/// way.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::stream::SendItems;
///
/// let list: SendItems<u32> = vec![1, 2].into();
/// let endless = SendItems::iter(0_u64..);
/// ```
#[must_use]
pub struct SendItems<T> {
    source: Source<T>,
}

enum Source<T> {
    List(Vec<T>),
    Stream(Pin<Box<dyn Stream<Item = T> + Send>>),
}

impl<T> SendItems<T> {
    /// The items that a stream gives.
    pub fn stream(stream: impl Stream<Item = T> + Send + 'static) -> Self {
        Self { source: Source::Stream(Box::pin(stream)) }
    }

    /// The items that an iterator gives.
    pub fn iter<I>(items: I) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + Unpin + 'static,
    {
        Self::stream(Each(items.into_iter()))
    }
}

impl<T: Encode + 'static> SendItems<T> {
    /// The body. Of a stream each item is checked against `rules`, where there are some, before it goes out.
    fn payload(self, media: &'static str, framing: Framing, rules: Option<Rules>) -> Result<Payload, json::Error> {
        match self.source {
            Source::List(items) => {
                let mut bytes = Vec::new();
                for item in &items {
                    framing.write(&mut bytes, item)?;
                }
                Ok(Payload::new(media, bytes))
            }
            Source::Stream(stream) => {
                let body = Body::from_stream(Written { stream, framing, rules, write: write_item::<T> });
                Ok(Payload::new(media, body))
            }
        }
    }
}

impl<T> From<Vec<T>> for SendItems<T> {
    fn from(items: Vec<T>) -> Self {
        Self { source: Source::List(items) }
    }
}

impl<T, const N: usize> From<[T; N]> for SendItems<T> {
    fn from(items: [T; N]) -> Self {
        Self { source: Source::List(Vec::from(items)) }
    }
}

impl<T: Clone> From<&[T]> for SendItems<T> {
    fn from(items: &[T]) -> Self {
        Self { source: Source::List(items.to_vec()) }
    }
}

impl<T> fmt::Debug for SendItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendItems")
    }
}

/// What stands around the text of an item.
#[derive(Clone, Copy)]
enum Framing {
    Lines,
    /// RFC 7464, 2.2.
    Sequence,
}

impl Framing {
    fn write(self, out: &mut Vec<u8>, item: &dyn Encode) -> Result<(), json::Error> {
        if let Self::Sequence = self {
            out.push(0x1E);
        }
        out.append(&mut json::to_sent(item)?);
        out.push(b'\n');
        Ok(())
    }
}

/// The limits of one item.
type Rules = &'static [Rule<'static>];

/// How an item is written; what is wrong with one that is not sent.
type Write<T> = fn(Framing, Option<Rules>, &T) -> Result<Vec<u8>, String>;

fn write_item<T: Encode>(framing: Framing, rules: Option<Rules>, item: &T) -> Result<Vec<u8>, String> {
    let violations = rules.map(|rules| json::violations(rules, item)).unwrap_or_default();
    if !violations.is_empty() {
        let all: Vec<String> = violations.iter().map(ToString::to_string).collect();
        return Err(format!("an item breaks limits of the description: {}", all.join("; ")));
    }
    let mut bytes = Vec::new();
    let written = framing.write(&mut bytes, item);
    written.map_err(|error| format!("an item cannot be written: {}", error.without_excerpt()))?;
    Ok(bytes)
}

/// The texts of the items of a stream.
struct Written<T> {
    stream: Pin<Box<dyn Stream<Item = T> + Send>>,
    framing: Framing,
    rules: Option<Rules>,
    write: Write<T>,
}

impl<T> Stream for Written<T> {
    type Item = Result<Vec<u8>, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.stream.as_mut().poll_next(context));
        let text = item.map(|item| (self.write)(self.framing, self.rules, &item));
        Poll::Ready(text.map(|text| text.map_err(TransportError::new)))
    }
}

/// An iterator as a stream.
struct Each<I>(I);

impl<I: Iterator + Unpin> Stream for Each<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

impl Request {
    /// Sets the body: items as JSON Lines.
    pub fn lines_body<T: Encode + 'static>(self, media: &'static str, items: impl Into<SendItems<T>>) -> Self {
        self.items(media, items.into(), Framing::Lines)
    }

    /// Sets the body: items as a JSON text sequence.
    pub fn sequence_body<T: Encode + 'static>(self, media: &'static str, items: impl Into<SendItems<T>>) -> Self {
        self.items(media, items.into(), Framing::Sequence)
    }

    fn items<T: Encode + 'static>(self, media: &'static str, items: SendItems<T>, framing: Framing) -> Self {
        let (request, rules) = match &items.source {
            Source::List(list) => self.check_items(media, Some(list)),
            Source::Stream(_) => self.check_items(media, None),
        };
        request.try_body(items.payload(media, framing, rules))
    }
}
