//! Asking for an answer that is read while it arrives.

use super::super::call::{Call, Error, Reply, Request, Response};
use super::super::json::{self, Decode};
use super::events::Read;
use super::wanted::{Form, Wanted};
use super::{ByteStream, EventData, EventStream, ItemStream, RawEvent};

/// What many services send as the last event, though it is no JSON.
const DONE: &str = "[DONE]";

impl Request {
    /// Sends the request; gives the bytes of the answer as they arrive. `accept` is empty for what the operation gives.
    pub fn byte_stream(self, accept: &'static str) -> Call<ByteStream> {
        self.open(Wanted::new(accept, Form::Bytes), |reply| Ok(streamed(reply, ByteStream::new)))
    }

    /// Sends the request; gives the items of an answer that is JSON Lines.
    pub fn lines<T: Decode + Default>(self, accept: &'static str) -> Call<ItemStream<T>> {
        self.open(Wanted::new(accept, Form::Lines), |reply| {
            Ok(streamed(reply, |arriving| ItemStream::new(arriving, Form::Lines)))
        })
    }

    /// Sends the request; gives the items of an answer that is a JSON text sequence.
    pub fn sequence<T: Decode + Default>(self, accept: &'static str) -> Call<ItemStream<T>> {
        self.open(Wanted::new(accept, Form::Sequence), |reply| {
            Ok(streamed(reply, |arriving| ItemStream::new(arriving, Form::Sequence)))
        })
    }

    /// Sends the request; gives the elements of an answer that is a JSON array.
    pub fn elements<T: Decode + Default>(self) -> Call<ItemStream<T>> {
        self.open(Wanted::new("", Form::Array), |reply| {
            Ok(streamed(reply, |arriving| ItemStream::new(arriving, Form::Array)))
        })
    }

    /// Sends the request; gives the events of the answer, with data that is JSON.
    pub fn events<T: Decode + Default>(self, accept: &'static str) -> Call<EventStream<T>> {
        self.open(Wanted::new(accept, Form::Events), |reply| Ok(events(reply, json_data)))
    }

    /// Sends the request; gives the events of the answer, with data that is text.
    pub fn text_events(self, accept: &'static str) -> Call<EventStream<String>> {
        self.open(Wanted::new(accept, Form::Events), |reply| Ok(events(reply, |event| Ok(Some(event.text())))))
    }

    /// Sends the request; gives the events of the answer, told apart by their names.
    pub fn named_events<T: EventData>(self, accept: &'static str) -> Call<EventStream<T>> {
        self.open(Wanted::new(accept, Form::Events), |reply| Ok(events(reply, |event| T::read(event).map(Some))))
    }

    fn open<T>(self, wanted: Wanted, read: fn(Reply) -> Result<Response<T>, Error>) -> Call<T> {
        Call::new(self.start_stream(wanted), read)
    }
}

fn streamed<T>(reply: Reply, make: fn(super::Arriving) -> T) -> Response<T> {
    let (status, headers) = (reply.status(), reply.headers().clone());
    Response::new(status, headers, make(reply.into_arriving()))
}

fn events<T>(mut reply: Reply, read: Read<T>) -> Response<EventStream<T>> {
    let (status, headers) = (reply.status(), reply.headers().clone());
    let again = reply.take_again();
    Response::new(status, headers, EventStream::new(reply.into_arriving(), again, read))
}

fn json_data<T: Decode + Default>(event: RawEvent<'_>) -> Result<Option<T>, json::Error> {
    match event.json() {
        Ok(data) => Ok(Some(data)),
        Err(_) if event.data().trim() == DONE => Ok(None),
        Err(error) => Err(error),
    }
}
