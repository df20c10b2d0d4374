//! Spans of time as a number.

use std::time::Duration;

use super::super::json::Number;
use super::FormatError;
use super::number::number_format;

number_format! {
    /// A span of time as a number of seconds (`seconds`), as the number that was received.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::Seconds;
    /// use std::time::Duration;
    ///
    /// let wait = Seconds::from(Duration::from_millis(35_625));
    /// assert_eq!(wait.to_string(), "35.625");
    /// assert_eq!("2.5".parse::<Seconds>()?.to_duration()?, Duration::from_millis(2_500));
    /// assert!(Seconds::from(-1).to_duration().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Seconds
}

number_format! {
    /// A span of time as a number of milliseconds (`milliseconds`), as the number that was received.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::Milliseconds;
    /// use std::time::Duration;
    ///
    /// assert_eq!(Milliseconds::from(Duration::from_secs(36)).to_string(), "36000");
    /// assert_eq!(Milliseconds::from(1_500).to_duration()?, Duration::from_millis(1_500));
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    Milliseconds
}

impl Seconds {
    /// The span. Digits beyond the nanosecond are cut.
    ///
    /// # Errors
    /// When the number is negative, or out of the range of a `Duration`.
    pub fn to_duration(&self) -> Result<Duration, FormatError> {
        duration(&self.0, 9, "number of seconds")
    }
}

impl Milliseconds {
    /// The span. Digits beyond the nanosecond are cut.
    ///
    /// # Errors
    /// When the number is negative, or out of the range of a `Duration`.
    pub fn to_duration(&self) -> Result<Duration, FormatError> {
        duration(&self.0, 6, "number of milliseconds")
    }
}

impl From<Duration> for Seconds {
    /// With as many digits of the second as needed.
    fn from(span: Duration) -> Self {
        Self(Number::from_parts("", u128::from(span.as_secs()), span.subsec_nanos(), 9))
    }
}

impl From<Duration> for Milliseconds {
    /// With as many digits of the millisecond as needed.
    fn from(span: Duration) -> Self {
        Self(Number::from_parts("", span.as_millis(), span.subsec_nanos() % 1_000_000, 6))
    }
}

/// The span that is `number` times ten to the power of `places` nanoseconds.
fn duration(number: &Number, places: u32, format: &'static str) -> Result<Duration, FormatError> {
    let wrong = |reason: &str| FormatError::new(number.as_str(), format, &reason);
    let nanoseconds = number.shifted(places).ok_or_else(|| wrong("it is out of range"))?;
    let nanoseconds = u128::try_from(nanoseconds).map_err(|_| wrong("it is negative"))?;
    let seconds = u64::try_from(nanoseconds / 1_000_000_000).map_err(|_| wrong("it is out of range"))?;
    Ok(Duration::new(seconds, (nanoseconds % 1_000_000_000) as u32))
}
