//! Calls: the tables that describe operations, the requests made from them, the way out and back, errors,
//! pages and jobs.

mod backoff;
mod build;
mod builder;
mod core;
mod draft;
mod error;
mod error_body;
mod exchange;
mod future;
mod incoming;
mod log_in;
mod macros;
mod op;
mod options;
mod pages;
mod paging;
mod payload;
mod polling;
mod probe;
mod reply;
mod request;
mod response;
mod site;
pub(crate) mod summary;
mod typed_headers;

pub use self::backoff::Backoff;
pub use self::builder::CoreBuilder;
pub use self::core::Core;
pub use self::draft::Draft;
pub use self::error::{Error, ErrorKind};
pub use self::error_body::{ErrorBody, ErrorReply, error_as};
pub use self::future::Call;
pub use self::incoming::incoming;
pub use self::op::{Api, BodySpec, Op, Param, Server};
pub use self::options::Options;
pub use self::pages::{Items, Pages};
pub use self::paging::{Move, Next, Paging};
pub use self::payload::Payload;
pub use self::polling::{Polling, Source};
pub use self::reply::{Reply, bytes, json, none, text};
pub use self::request::Request;
pub use self::response::Response;
pub use self::typed_headers::TypedHeaders;
