//! Bodies of several parts (RFC 2046, section 5.1): forms with files, and documents that belong together.
//!
//! A form is a model like any other; its files are [`Part`]s. The table of an operation says how members are written
//! when that is not the usual way, and [`Multipart`] is the body that comes out.

mod compose;
mod disposition;
mod form;
mod json;
mod part;
mod spec;

pub use self::compose::Multipart;
pub(crate) use self::form::{listed, named};
pub use self::part::Part;
pub use self::spec::PartSpec;
