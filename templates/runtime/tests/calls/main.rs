//! Calls, credentials, paging and polling, against a server on the loopback and against a fake transport.

mod address;
mod api;
mod charset;
mod checks;
mod credentials;
mod errors;
mod form;
mod headers;
mod jwt;
mod login;
mod multipart;
mod oauth;
mod oauth_flows;
mod pages;
mod percent;
mod pieces;
mod polling;
mod requests;
mod responses;
mod secrets;
#[cfg(feature = "reqwest")]
mod server;
mod servers;
mod stream_bytes;
mod stream_events;
mod stream_items;
mod stream_sent;
mod streamed_bodies;
mod style;
mod typed_headers;
#[cfg(feature = "reqwest")]
mod wire;
#[cfg(feature = "reqwest")]
mod wire_heads;
#[cfg(feature = "reqwest")]
mod wire_redirects;
#[cfg(feature = "reqwest")]
mod wire_refused;
#[cfg(feature = "reqwest")]
mod wire_streams;
#[cfg(feature = "xml")]
mod xml;
