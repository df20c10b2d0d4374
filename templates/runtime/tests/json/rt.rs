//! The part of `codegen` that models use.

pub use clientsmith_runtime::formats::*;
pub use clientsmith_runtime::json::Need::{Opt as OPT, Req as REQ};
pub use clientsmith_runtime::json::*;
pub use clientsmith_runtime::{__models as models, __text_enums as text_enums, __value_enums as value_enums};
