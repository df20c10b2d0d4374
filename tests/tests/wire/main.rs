//! The generated clients against a real server on loopback, with the exact requests asserted.
//!
//! One program with a module per theme, since each program would link an HTTP client of its own.

mod bodies;
mod botcity;
mod bots;
mod credentials;
mod errors;
mod jobs;
mod kore;
mod login;
mod models;
mod paging;
mod process;
mod secrets;
mod servers;
mod support;
mod targets;
