//! Answers that are streams, item by item.

use super::super::call::{self, Call, Error, ErrorKind, Paging, Request, Response};
use super::super::http::BoxFuture;
use super::super::json::{self, Decode, Encode, Value};
use super::super::stream::{Event, EventData, EventStream, ItemStream};
use super::show::{Pending, Shown};

/// A stream whose items have lost their type.
pub trait Flow: Send {
    /// The next item, as its type writes it.
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Value, Error>>>;
    /// Asks again when the stream ends, where the protocol knows how.
    fn reconnect(&mut self);
}

/// How the data of an event is written.
type Write<T> = fn(&T) -> Result<Value, json::Error>;

struct Items<T>(ItemStream<T>);

impl<T: Decode + Encode + Default + Send> Flow for Items<T> {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Value, Error>>> {
        Box::pin(async move {
            let item = self.0.next().await?;
            Some(item.and_then(|item| json::to_value(&item).map_err(unwritten)))
        })
    }

    fn reconnect(&mut self) {}
}

struct Events<T> {
    stream: Option<EventStream<T>>,
    write: Write<T>,
}

impl<T: Send> Flow for Events<T> {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Value, Error>>> {
        let write = self.write;
        Box::pin(async move {
            let event = self.stream.as_mut()?.next().await?;
            Some(event.and_then(|Event { event, data, id, .. }| {
                let data = write(&data).map_err(unwritten)?;
                let members = [("event", Value::from(event)), ("data", data)];
                Ok(Value::object(members.into_iter().chain(id.map(|id| ("id", id.into())))))
            }))
        })
    }

    fn reconnect(&mut self) {
        self.stream = self.stream.take().map(EventStream::reconnecting);
    }
}

/// The items of all pages, of which the first has come.
struct Walk<T> {
    first: Option<T>,
    rest: call::Items<T>,
}

impl<T: Decode + Encode + Default + Send> Flow for Walk<T> {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Value, Error>>> {
        Box::pin(async move {
            let item = match self.first.take() {
                Some(first) => Ok(first),
                None => self.rest.next().await?,
            };
            Some(item.and_then(|item| json::to_value(&item).map_err(unwritten)))
        })
    }

    fn reconnect(&mut self) {}
}

fn unwritten(error: json::Error) -> Error {
    Error::new(ErrorKind::Decode, "", format!("an item cannot be shown: {error}"))
}

/// What the type of a value writes.
///
/// # Errors
///
/// When it holds what JSON cannot, such as a NaN.
pub fn written(value: &dyn Encode) -> Result<Value, json::Error> {
    json::to_value(value)
}

/// Sends a request whose answer is JSON Lines.
#[must_use]
pub fn lines<T: Decode + Encode + Default + Send + 'static>(request: Request, accept: &'static str) -> Pending {
    items(request.lines::<T>(accept))
}

/// Sends a request whose answer is a JSON text sequence.
#[must_use]
pub fn sequence<T: Decode + Encode + Default + Send + 'static>(request: Request, accept: &'static str) -> Pending {
    items(request.sequence::<T>(accept))
}

/// Sends a request whose answer is events with JSON.
#[must_use]
pub fn events<T: Decode + Encode + Default + Send + 'static>(request: Request, accept: &'static str) -> Pending {
    flow(request.events::<T>(accept), |data| json::to_value(data))
}

/// Sends a request whose answer is events with text.
#[must_use]
pub fn text_events(request: Request, accept: &'static str) -> Pending {
    flow(request.text_events(accept), |data| Ok(Value::from(data.as_str())))
}

/// Sends a request whose answer is events that their names tell apart.
#[must_use]
pub fn named_events<T: EventData + Send + 'static>(request: Request, accept: &'static str, write: Write<T>) -> Pending {
    flow(request.named_events::<T>(accept), write)
}

/// Sends a request whose answer comes in pages, and gives the items of all of them. Status and headers are those of the
/// page with the first item.
#[must_use]
pub fn pages<T: Decode + Encode + Default + Send + 'static>(request: Request, paging: &'static Paging) -> Pending {
    Box::pin(async move {
        let mut rest = call::Items::<T>::new(request, paging);
        let first = rest.next().await.transpose()?;
        let (status, headers) = rest.head().map(|(status, headers)| (status, headers.clone())).unwrap_or_default();
        Ok(Response::new(status, headers, Shown::Flow(Box::new(Walk { first, rest }))))
    })
}

fn items<T: Decode + Encode + Default + Send + 'static>(call: Call<ItemStream<T>>) -> Pending {
    Box::pin(async move { Ok(call.await?.map(|stream| Shown::Flow(Box::new(Items(stream))))) })
}

fn flow<T: Send + 'static>(call: Call<EventStream<T>>, write: Write<T>) -> Pending {
    Box::pin(async move { Ok(call.await?.map(|stream| Shown::Flow(Box::new(Events { stream: Some(stream), write })))) })
}
