//! Text formats: dates, identifiers, binary data, secrets.
//!
//! Each type keeps the text that was received, so decoding never fails over a format and encoding gives the same text
//! back. Conversions to the types of a well-kept crate come with features of the crate's name: `jiff` for dates and
//! times, `uuid`, `base64`.

mod base64;
mod date;
mod error;
mod secret;
mod shape;
mod text;
mod uuid;

pub use self::base64::Base64;
pub use self::date::{Date, DateTime, LocalDateTime, Time};
pub use self::error::FormatError;
pub use self::secret::Secret;
pub use self::uuid::Uuid;
