//! A number that keeps its text.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::{Decode, Encode, Error, Reader, Stop, Value, Writer, decimal};

/// Texts up to this length are kept in the number itself.
const SHORT: usize = 22;

/// A JSON number, kept as the text that it was: no digit is lost, whatever its size.
///
/// Two numbers are equal when they are the same number, exactly and however they are written: `1`, `1.0` and `10e-1`
/// are equal, `9007199254740993` and `9007199254740992` are not.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{self, Number};
///
/// let number: Number = json::from_str("12345678901234567890.10")?;
/// assert_eq!(number.to_string(), "12345678901234567890.10");
/// assert_eq!(number.as_i64(), None);
/// assert_eq!(number.as_f64(), Some(1.2345678901234567e19));
/// assert_eq!(Number::from(3), "3.0".parse()?);
/// # Ok::<(), json::Error>(())
/// ```
#[derive(Clone)]
pub struct Number(Text);

#[derive(Clone)]
enum Text {
    Short([u8; SHORT], u8),
    Long(Box<str>),
}

impl Number {
    /// A number from its text, which has been checked.
    pub(super) fn from_text(text: &str) -> Self {
        let mut short = [0; SHORT];
        match (short.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self(Text::Short(short, length))
            }
            _ => Self(Text::Long(text.into())),
        }
    }

    /// A number from a float; `None` when it is NaN or infinite.
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self::from_text(&format!("{value:?}")))
    }

    /// A number from a sign, a whole part and a fraction of `places` digits.
    pub(in super::super) fn from_parts(sign: &str, whole: u128, fraction: u32, places: usize) -> Self {
        let text = format!("{sign}{whole}.{fraction:0places$}");
        Self::from_text(text.trim_end_matches('0').trim_end_matches('.'))
    }

    /// The number times ten to the power of `places`, without what is left behind the point.
    pub(in super::super) fn shifted(&self, places: u32) -> Option<i128> {
        decimal::shifted(self.as_str(), places)
    }

    /// The text of the number, as it was read.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Short(bytes, length) => {
                let bytes = bytes.get(..usize::from(*length)).unwrap_or_default();
                std::str::from_utf8(bytes).unwrap_or_default()
            }
            Text::Long(text) => text,
        }
    }

    /// The number as an `i64`, if it is a whole one in its range.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// The number as a `u64`, if it is a whole one in its range.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128()?.try_into().ok()
    }

    /// The number as an `i128`, if it is a whole one of at most 38 digits.
    pub fn as_i128(&self) -> Option<i128> {
        decimal::integer(self.as_str()).ok()
    }

    /// The nearest `f64`; `None` when the number is beyond the range of that type.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_str().parse().ok().filter(|value: &f64| value.is_finite())
    }
}

impl Default for Number {
    /// Zero.
    fn default() -> Self {
        Self::from_text("0")
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        decimal::same(self.as_str(), other.as_str())
    }
}

impl Eq for Number {}

/// By what they are worth, without rounding.
impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        decimal::compare(self.as_str(), other.as_str())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Number {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        super::from_str(text)
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self::from_text(&value.to_string())
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl Decode for Number {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        *self = Self::from_text(r.number()?);
        Ok(())
    }
}

impl Encode for Number {
    fn encode(&self, w: &mut Writer) {
        w.raw(self.as_str());
    }

    fn to_value(&self) -> Value {
        Value::Number(self.clone())
    }
}
