//! Calls, credentials, paging and polling, against a server on the loopback and against a fake transport.

mod address;
mod api;
mod credentials;
mod errors;
mod form;
mod headers;
mod jwt;
mod login;
mod oauth;
mod pages;
mod percent;
mod polling;
mod requests;
mod responses;
mod secrets;
#[cfg(feature = "reqwest")]
mod server;
mod style;
#[cfg(feature = "reqwest")]
mod wire;
