//! Formats: dates, spans of time, identifiers, binary data, numbers and lists in strings, secrets.
//!
//! Each type keeps the text or number that was received, so decoding never fails over a format and encoding gives the
//! same back. Conversions to the types of a well-kept crate come with features of the crate's name: `jiff` for dates and
//! times, `uuid`, `base64`; those to types of `std` are always there.

mod amount;
mod base64;
mod date;
mod duration;
mod error;
mod http_date;
mod json_text;
mod list;
mod number;
mod number_text;
mod secret;
mod shape;
mod text;
mod unix_time;
mod uuid;

pub use self::amount::{Milliseconds, Seconds};
pub use self::base64::{Base64, Base64Url};
pub use self::date::{Date, DateTime, LocalDateTime, Time};
pub use self::duration::IsoDuration;
pub use self::error::FormatError;
pub use self::http_date::HttpDate;
pub use self::json_text::JsonText;
pub use self::list::{CommaList, LineList, PipeList, SpaceList};
pub use self::number_text::{DecimalText, IntegerText};
pub use self::secret::Secret;
pub use self::unix_time::UnixTime;
pub use self::uuid::Uuid;
