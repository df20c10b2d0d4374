//! Answers that are read while they arrive, and bodies that are made while they are sent: bytes, the items of a
//! sequence, events.
//!
//! | stream | of | from |
//! |---|---|---|
//! | [`ByteStream`] | chunks of bytes | any answer |
//! | [`ItemStream`] | items | JSON Lines, JSON text sequences |
//! | [`EventStream`] | [`Event`]s | server-sent events |
//! | [`SendItems`] | items to send | bodies that are JSON Lines or JSON text sequences |
//! | [`Items`](super::call::Items) | items | the elements of a JSON array, or of many pages |
//!
//! Nothing is read before it is asked for: who reads slowly slows the server down. What is kept is one item and one
//! chunk, however long the answer is.

mod arriving;
mod bytes;
mod elements;
mod event_data;
mod events;
mod items;
mod lines;
mod reconnect;
mod request;
mod scan;
mod send;
mod sequence;
mod split;
mod sse;
mod wanted;

pub(crate) use self::arriving::Arriving;
pub use self::bytes::ByteStream;
pub use self::event_data::{EventData, RawEvent};
pub use self::events::{Event, EventStream};
pub use self::items::ItemStream;
pub use self::reconnect::Reconnect;
pub use self::send::SendItems;
pub(crate) use self::wanted::Wanted;
