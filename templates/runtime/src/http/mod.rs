//! HTTP without an HTTP library: messages, header fields, addresses, percent-encoding, parameter styles, and
//! the [`Transport`] trait behind which a library sits.

mod address;
mod body;
pub(crate) mod charset;
pub(crate) mod content;
pub(crate) mod date;
mod fake;
pub mod form;
mod headers;
mod message;
pub mod percent;
mod pull;
#[cfg(feature = "reqwest")]
mod reqwest;
mod source;
pub(crate) mod status;
pub mod style;
mod transport;

pub(crate) use self::address::is_dot_segment;
pub use self::address::{Address, AddressError};
pub use self::body::{Body, Chunks};
pub use self::fake::{FakeTransport, Sent};
pub use self::headers::{HeaderError, Headers};
pub use self::message::{HttpRequest, HttpResponse};
pub(crate) use self::pull::Pull;
#[cfg(feature = "reqwest")]
pub use self::reqwest::{ReqwestTransport, ReqwestTransportBuilder};
pub use self::transport::{BoxFuture, Transport, TransportError};
