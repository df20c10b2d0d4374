//! What the tests across packages share, and the tour.
//!
//! Nothing here is part of the product: it is written for tests, and panics where a test would fail.

pub mod corpus;
pub mod hostile;
pub mod nested;
pub mod prism;
mod program;
pub mod server;
pub mod snippets;
pub mod spector;
pub mod tokens;
pub mod workspace;
