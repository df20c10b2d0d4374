//! Open enums of numbers, booleans, or values of several kinds.

use std::borrow::Cow;

use super::misfit::Misfit;
use super::{Encode, Reader, Stop, Value, Writer, literal};

/// An enum of JSON values that keeps a value which it does not list. Enums of texts alone are a
/// [`TextEnum`](super::TextEnum).
///
/// The generator emits the enum and this impl; the macro `value_enums!` adds the rest: `is_known`, `Default` (what is
/// `blank`), `Display`, `From<Value>`, decoding and encoding.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{Value, ValueEnum};
///
/// #[derive(Clone, Debug, PartialEq)]
/// enum Level {
///     Low,
///     High,
///     Unknown(Value),
/// }
///
/// impl ValueEnum for Level {
///     const TABLE: &'static [(&'static str, Self)] = &[("1", Self::Low), ("2", Self::High)];
///
///     fn unknown(value: Value) -> Self {
///         Self::Unknown(value)
///     }
///
///     fn as_unknown(&self) -> Option<&Value> {
///         match self {
///             Self::Unknown(value) => Some(value),
///             _ => None,
///         }
///     }
/// }
///
/// assert_eq!(Level::from_json("2.0"), Some(Level::High));
/// assert_eq!(Level::from_json("3"), Some(Level::Unknown(3.into())));
/// assert_eq!(Level::High.json(), "2");
/// ```
pub trait ValueEnum: Clone + PartialEq + 'static {
    /// The listed values with their JSON texts.
    const TABLE: &'static [(&'static str, Self)];

    /// The value for JSON that is not listed.
    fn unknown(value: Value) -> Self;

    /// The JSON of a value that is not listed.
    fn as_unknown(&self) -> Option<&Value>;

    /// What decoding fills: an unknown `null`, or the only value that the spec allows.
    fn blank() -> Self {
        Self::unknown(Value::Null)
    }

    /// The value that a JSON text stands for; `None` when it is no JSON. Numbers are compared by what they are worth.
    fn from_json(text: &str) -> Option<Self> {
        match Self::listed(text) {
            Some(value) => Some(value),
            None => text.parse().ok().map(Self::unknown),
        }
    }

    /// The value that a free value stands for.
    fn from_value(value: Value) -> Self {
        Self::listed(&value.to_string()).unwrap_or_else(|| Self::unknown(value))
    }

    /// The listed value that a JSON text stands for.
    fn listed(text: &str) -> Option<Self> {
        Self::TABLE.iter().find(|entry| literal::same(entry.0, text)).map(|entry| entry.1.clone())
    }

    /// The JSON text that stands for the value.
    fn json(&self) -> Cow<'static, str> {
        match self.as_unknown() {
            Some(value) => Cow::Owned(value.to_string()),
            None => Cow::Borrowed(Self::TABLE.iter().find(|entry| entry.1 == *self).map_or("null", |entry| entry.0)),
        }
    }

    /// Reads a value.
    ///
    /// # Errors
    /// When the text is broken; every JSON value can be read.
    fn read(r: &mut Reader<'_>) -> Result<Self, Stop> {
        let start = r.mark();
        let text = r.skip()?;
        match Self::listed(text) {
            Some(value) => {
                r.known += 1;
                Ok(value)
            }
            None => {
                r.reset(&start);
                let at = r.start();
                r.misfit(at, Misfit::Unlisted);
                r.value().map(Self::unknown)
            }
        }
    }

    /// Writes the value.
    fn write(&self, w: &mut Writer) {
        match self.as_unknown() {
            Some(value) => value.encode(w),
            None => w.raw(&self.json()),
        }
    }
}
