//! What every client made by clientsmith shares: the JSON codec, calls over HTTP, credentials, paging and polling.
//!
//! | module | what |
//! |---|---|
//! | [`json`] | models to text and back, free values |
//! | [`formats`] | dates, identifiers, binary data, secrets: texts with a meaning |
//! | [`http`] | messages, headers, addresses, parameter styles, the [`Transport`](http::Transport) |
//! | [`multipart`] | bodies of several parts: [`Part`](multipart::Part)s |
//! | [`xml`] | bodies in XML, by tables |
//! | [`auth`] | [`Credential`](auth::Credential)s, and how tokens are got and kept |
//! | [`call`] | requests, responses, the [`Error`](call::Error), pages, jobs |
//! | [`stream`] | answers that are read while they arrive |
//! | `cli` | the command-line client (feature `cli`) |
//! | [`codegen`] | the names that generated code uses |
//!
//! Users of a generated crate meet these types through it. The sources are also copied into stand-alone crates,
//! as a module called `runtime`.

pub mod auth;
pub mod call;
#[cfg(feature = "cli")]
pub mod cli;
pub mod codegen;
#[cfg(feature = "embed")]
mod embed;
pub mod formats;
pub mod http;
pub mod json;
pub mod multipart;
pub mod stream;
pub mod xml;

#[cfg(feature = "embed")]
pub use self::embed::sources;
