//! Numbers as text.

use super::super::json::Number;
use super::FormatError;
use super::shape;
use super::text::text_format;

text_format! {
    /// A whole number in a string (`type: string` with `format: int64` and the like), as the text that was received.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::IntegerText;
    ///
    /// let id = IntegerText::from(9_007_199_254_740_993_i64);
    /// assert_eq!(id.as_str(), "9007199254740993");
    /// assert_eq!(id.to_i64()?, 9_007_199_254_740_993);
    /// assert!(IntegerText::from("18446744073709551616").to_u64().is_err());
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    IntegerText, "integer", shape::integer
}

text_format! {
    /// A number in a string (`type: string` with `format: decimal` and the like), as the text that was received: no
    /// digit is lost.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::DecimalText;
    /// use clientsmith_runtime::json::Number;
    ///
    /// let price = DecimalText::from("1234567890.10");
    /// assert_eq!(price.to_number()?.as_str(), "1234567890.10");
    /// assert_eq!(DecimalText::from("1.5".parse::<Number>()?), "1.5".into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    DecimalText, "decimal", |text| text.parse::<Number>().is_ok()
}

impl IntegerText {
    /// The number.
    ///
    /// # Errors
    /// When the text is no whole number, or one beyond the range of the type.
    pub fn to_i64(&self) -> Result<i64, FormatError> {
        self.whole()
    }

    /// The number.
    ///
    /// # Errors
    /// When the text is no whole number, or one beyond the range of the type.
    pub fn to_u64(&self) -> Result<u64, FormatError> {
        self.whole()
    }

    /// The number.
    ///
    /// # Errors
    /// When the text is no whole number, or one beyond the range of the type.
    pub fn to_i128(&self) -> Result<i128, FormatError> {
        self.whole()
    }

    fn whole<T: std::str::FromStr<Err = std::num::ParseIntError>>(&self) -> Result<T, FormatError> {
        self.as_str().parse().map_err(|error| FormatError::new(self.as_str(), "integer", &error))
    }
}

impl DecimalText {
    /// The number, with its text.
    ///
    /// # Errors
    /// When the text is not what JSON has as a number, such as `NaN` or `+1`.
    pub fn to_number(&self) -> Result<Number, FormatError> {
        self.as_str().parse().map_err(|error: super::super::json::Error| {
            FormatError::new(self.as_str(), "number", &error.without_excerpt())
        })
    }
}

impl From<Number> for DecimalText {
    fn from(number: Number) -> Self {
        Self::new(number.as_str())
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for IntegerText {
            fn from(number: $integer) -> Self {
                Self::new(number.to_string())
            }
        }

        impl From<$integer> for DecimalText {
            fn from(number: $integer) -> Self {
                Self::new(number.to_string())
            }
        }
    )*};
}

from_integers!(i32 i64 i128 u32 u64 u128);
