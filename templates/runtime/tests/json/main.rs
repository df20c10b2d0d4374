//! The codec and the formats, used as generated code uses them.

#[cfg(feature = "serde")]
mod bridge;
mod checks;
mod depth;
mod documents;
mod enums;
mod errors;
mod formats;
mod maps;
mod models;
mod numbers;
mod objects;
mod pointers;
mod rt;
mod strings;
mod three_states;
mod unions;
mod values;
