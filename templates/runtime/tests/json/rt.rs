//! What generated code has in scope, and the functions that read and write.

pub use clientsmith_runtime::codegen::{OPT, REQ, models, object, text_enums, union, value_enums};
pub use clientsmith_runtime::formats::*;
pub use clientsmith_runtime::json::*;
