//! The JSON codec: models to text and back, without loss.
//!
//! Use [`from_str`] or [`from_slice`] to decode a model or a free [`Value`], [`to_string`] or [`to_vec`] to encode one.
//!
//! What is decoded and encoded again is the same JSON: members that a model does not name are kept in its `extra`,
//! numbers in a [`Value`] keep their text, values that an enum or a union does not list are kept in its `Unknown`.
//!
//! # Example
//! ```
//! use clientsmith_runtime::json::{self, Value};
//!
//! let value: Value = json::from_str(r#"{"price": 1.10, "big": 123456789012345678901}"#)?;
//! assert_eq!(json::to_string(&value)?, r#"{"price":1.10,"big":123456789012345678901}"#);
//!
//! let error = json::from_str::<Value>(r#"{"price": 1.10"#).unwrap_err();
//! assert_eq!(error.to_string(), r#"expected `,` or `}`, found end of text at $ (byte 14): {"price": 1.10"#);
//! # Ok::<(), json::Error>(())
//! ```

mod attached;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod bridge;
mod check;
mod containers;
mod decimal;
mod decode;
mod encode;
mod error;
mod failure;
mod kind;
mod lend;
mod literal;
mod lookup;
mod macros;
mod map;
mod maybe;
mod misfit;
mod nesting;
mod number;
mod object;
mod path;
mod pointer;
mod reader;
mod scalars;
mod scan;
mod sent;
mod text;
mod text_enum;
mod trial;
mod tuple;
#[cfg(feature = "cli")]
mod twice;
mod union;
mod value;
mod value_enum;
mod writer;

pub(crate) use self::attached::Attached;
pub(crate) use self::check::violations;
pub use self::check::{CHECKED_FORMATS, Check, Rule, Rules, Violation, Violations, check_value};
pub use self::decode::Decode;
pub use self::encode::Encode;
pub use self::error::{Error, Stop};
pub use self::kind::Kind;
pub use self::map::{Iter, Map};
pub use self::maybe::Maybe;
#[cfg(feature = "cli")]
pub(crate) use self::misfit::{Misfit, read_with_misfits};
pub use self::number::Number;
pub use self::object::{Closed, Need, Rest, RestEncode, Said};
pub use self::pointer::PointerError;
pub use self::reader::{DEFAULT_DEPTH, Reader};
#[cfg(feature = "cli")]
pub(crate) use self::sent::not_sent;
pub(crate) use self::sent::{to_sent, to_sent_value};
pub use self::text_enum::TextEnum;
pub use self::trial::Note;
pub use self::tuple::{ClosedItems, Items, ItemsEncode};
#[cfg(feature = "cli")]
pub(crate) use self::twice::named_twice;
pub use self::union::{Union, Variant};
pub use self::value::Value;
pub use self::value_enum::ValueEnum;
pub use self::writer::Writer;

/// The members of an object that its type does not name, as received.
pub type Extra = Map<Value>;

/// Decodes a text.
///
/// # Errors
/// When the text is no JSON, or not what `T` can hold; the error says where.
///
/// # Example
/// ```
/// use clientsmith_runtime::json;
///
/// assert_eq!(json::from_str::<Vec<Option<u8>>>("[1, null]")?, [Some(1), None]);
/// # Ok::<(), json::Error>(())
/// ```
pub fn from_str<T: Decode + Default>(text: &str) -> Result<T, Error> {
    from_reader(Reader::new(text))
}

/// Decodes bytes, which must be UTF-8.
///
/// # Errors
/// As [`from_str`], and when the bytes are not UTF-8.
pub fn from_slice<T: Decode + Default>(bytes: &[u8]) -> Result<T, Error> {
    from_reader(Reader::from_slice(bytes)?)
}

/// Decodes a free value.
///
/// # Errors
/// When the value is not what `T` can hold. The position in the error is that in the compact text of the value.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{self, Value};
///
/// let value = Value::array([1, 2]);
/// assert_eq!(json::from_value::<Vec<u8>>(&value)?, [1, 2]);
/// # Ok::<(), json::Error>(())
/// ```
pub fn from_value<T: Decode + Default>(value: &Value) -> Result<T, Error> {
    let text = to_string(value)?;
    from_reader(Reader::new(&text).with_depth(usize::MAX))
}

fn from_reader<T: Decode + Default>(mut r: Reader<'_>) -> Result<T, Error> {
    let mut value = T::default();
    read_into(&mut value, &mut r)?;
    Ok(value)
}

/// Not generic, so that a program has it once.
pub(crate) fn read_into(value: &mut dyn Decode, r: &mut Reader<'_>) -> Result<(), Error> {
    value.decode(r).and_then(|()| r.finish()).map_err(|stop| r.error(stop))
}

/// Tells why values in a text were kept as unknown ones by the unions of `T`: one note for each variant that was not
/// taken.
///
/// A union that knows no variant for a value is no error, so decoding says nothing about it; this does, for the log or
/// the debugger.
///
/// # Errors
/// As [`from_str`].
///
/// # Example
/// With the type `Size` of [`Reader::union`], `explain::<Size>("true")` gives the notes
/// `Size is not Cells: expected number, found boolean at $ (byte 0): true` and the same for `Name`.
pub fn explain<T: Decode + Default>(text: &str) -> Result<Vec<Note>, Error> {
    let mut r = Reader::new(text);
    r.notes = Some(Vec::new());
    read_into(&mut T::default(), &mut r)?;
    Ok(r.notes.unwrap_or_default().into_iter().filter(|note| note.counts).collect())
}

/// Encodes a value as compact JSON.
///
/// # Errors
/// When it holds what JSON cannot: a NaN or an infinite number. The error has its path.
///
/// # Example
/// ```
/// use clientsmith_runtime::json;
///
/// assert_eq!(json::to_string(&vec![Some(1.5), None])?, "[1.5,null]");
/// assert_eq!(json::to_string(&vec![0.0, f64::NAN]).unwrap_err().path(), "$[1]");
/// # Ok::<(), json::Error>(())
/// ```
pub fn to_string(value: &dyn Encode) -> Result<String, Error> {
    written(value).finish_text()
}

/// Encodes a value as compact JSON in bytes.
///
/// # Errors
/// As [`to_string`].
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, Error> {
    written(value).finish()
}

/// Turns a value into a free one.
///
/// # Errors
/// As [`to_string`].
pub fn to_value(value: &dyn Encode) -> Result<Value, Error> {
    encode::through_text(written(value))
}

fn written(value: &dyn Encode) -> Writer {
    let mut w = Writer::with_capacity(128);
    value.encode(&mut w);
    w
}
