//! clientsmith turns API descriptions into Rust client crates.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unreachable)
)]

pub mod analyze;
pub mod build_script;
pub mod cli;
pub mod diag;
pub mod emit;
pub mod features;
pub mod files;
pub mod ir;
pub mod layout;
pub mod load;
pub mod lock;
mod lower;
pub mod names;
pub mod output;
mod parallel;
pub mod pipeline;
pub mod plan;
pub mod report;
pub mod settings;
pub mod source;
pub mod summary;
pub mod template;

pub use lower::{lower, lower_as_before};
pub use pipeline::{check, generate};
