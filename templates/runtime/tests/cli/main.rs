//! The command-line client, against a transport without a network.
#![cfg(feature = "cli")]

mod complete;
mod items;
mod machine;
mod outcome;
mod people;
mod refused;
mod secrets;
mod typed;
mod zoo;
