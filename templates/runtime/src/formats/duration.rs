//! Spans of time as text.

use std::time::Duration;

use super::FormatError;
use super::text::text_format;

text_format! {
    /// A span of time (`duration`, ISO 8601), as the text that was received.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::IsoDuration;
    /// use std::time::Duration;
    ///
    /// assert_eq!(IsoDuration::from("P40D").to_duration()?, Duration::from_secs(40 * 86_400));
    /// assert_eq!(IsoDuration::from(Duration::from_millis(90_500)).as_str(), "PT90.5S");
    /// // How long a month is depends on the month.
    /// assert!(IsoDuration::from("P1M").to_duration().is_err());
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    IsoDuration, "duration", |text| parse(text).is_ok()
}

impl IsoDuration {
    /// The span, where a day has 24 hours. Digits beyond the nanosecond are cut.
    ///
    /// # Errors
    /// When the text is no duration, or one that has years or months, is negative, or is too long.
    pub fn to_duration(&self) -> Result<Duration, FormatError> {
        let wrong = |reason: &str| FormatError::new(self.as_str(), "duration", &reason);
        let parsed = parse(self.as_str()).map_err(wrong)?;
        if parsed.calendar {
            return Err(wrong("years and months have no length of their own"));
        }
        match (parsed.negative, parsed.span) {
            (_, None) => Err(wrong("it is out of range")),
            (true, Some(span)) if span > Duration::ZERO => Err(wrong("it is negative")),
            (_, Some(span)) => Ok(span),
        }
    }
}

impl From<Duration> for IsoDuration {
    /// In seconds, with as many digits as needed.
    fn from(span: Duration) -> Self {
        Self::new(format!("PT{}S", super::Seconds::from(span)))
    }
}

struct Parsed {
    negative: bool,
    /// Whether there are years or months.
    calendar: bool,
    /// The length of the rest; `None` when it is out of range.
    span: Option<Duration>,
}

/// Reads `P3Y6M4DT12H30M5.5S` and `P2W` (ISO 8601-1, section 5.5.2); a comma may stand for the point.
fn parse(text: &str) -> Result<Parsed, &'static str> {
    const WRONG: &str = "expected the form `P1DT12H30M5.5S`";
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut rest = rest.strip_prefix(['P', 'p']).ok_or(WRONG)?;
    let mut units: &[(char, u64)] = &[('Y', 0), ('M', 0), ('W', 604_800), ('D', 86_400)];
    let mut parsed = Parsed { negative, calendar: false, span: Some(Duration::ZERO) };
    let mut any = false;
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix(['T', 't'])
            && !in_time
        {
            (units, rest, in_time, any) = (&[('H', 3_600), ('M', 60), ('S', 1)], time, true, false);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit()).ok_or(WRONG)?;
        let (whole, after) = rest.split_at(end);
        let (fraction, after) = match after.strip_prefix(['.', ',']) {
            Some(fraction) => {
                let end = fraction.find(|c: char| !c.is_ascii_digit()).ok_or(WRONG)?;
                let (digits, after) = fraction.split_at(end);
                (if digits.is_empty() { return Err(WRONG) } else { digits }, after)
            }
            None => ("", after),
        };
        let unit = after.chars().next().ok_or(WRONG)?.to_ascii_uppercase();
        let at = units.iter().position(|(known, _)| *known == unit).ok_or(WRONG)?;
        let seconds = units.get(at).map_or(0, |unit| unit.1);
        // Only the last number may have a fraction.
        if whole.is_empty() || !fraction.is_empty() && after.len() > 1 {
            return Err(WRONG);
        }
        parsed.calendar |= seconds == 0;
        parsed.span = parsed.span.and_then(|span| span.checked_add(length(whole, fraction, seconds)?));
        units = units.get(at + 1..).unwrap_or_default();
        rest = after.get(1..).ok_or(WRONG)?;
        any = true;
    }
    if any { Ok(parsed) } else { Err(WRONG) }
}

/// So many times so many seconds.
fn length(whole: &str, fraction: &str, seconds: u64) -> Option<Duration> {
    let whole: u64 = whole.parse().ok()?;
    let nanoseconds = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    let nanoseconds = nanoseconds.fold(0_u128, |sum, digit| sum * 10 + u128::from(digit - b'0')) * u128::from(seconds);
    let part = Duration::new(u64::try_from(nanoseconds / 1_000_000_000).ok()?, (nanoseconds % 1_000_000_000) as u32);
    Duration::from_secs(whole.checked_mul(seconds)?).checked_add(part)
}

#[cfg(feature = "jiff")]
mod convert {
    use super::{FormatError, IsoDuration};

    impl IsoDuration {
        /// The span with its units (feature `jiff`).
        ///
        /// # Errors
        /// When the text is no duration.
        pub fn to_span(&self) -> Result<jiff::Span, FormatError> {
            self.as_str().parse().map_err(|error: jiff::Error| FormatError::new(self.as_str(), "duration", &error))
        }
    }

    impl From<jiff::Span> for IsoDuration {
        fn from(span: jiff::Span) -> Self {
            Self::new(span.to_string())
        }
    }

    impl From<jiff::SignedDuration> for IsoDuration {
        fn from(span: jiff::SignedDuration) -> Self {
            Self::new(span.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (text, seconds) in [
            ("P40D", 3_456_000.0),
            ("PT0S", 0.0),
            ("-PT0S", 0.0),
            ("P1W", 604_800.0),
            ("P1DT12H30M5.5S", 131_405.5),
            ("pt1,5h", 5_400.0),
            ("PT36H", 129_600.0),
            ("P0.5D", 43_200.0),
            ("PT0.0000000019S", 0.000_000_001),
        ] {
            assert_eq!(IsoDuration::from(text).to_duration(), Ok(Duration::from_secs_f64(seconds)), "{text}");
        }
    }

    #[test]
    fn no_durations() {
        for text in [
            "", "P", "PT", "P1DT", "1D", "P1", "PD", "P1.5DT1H", "P1.D", "P1D1Y", "PT1S1H", "P1S", "PT1D", "P1é",
            "PTT1S",
        ] {
            let error = IsoDuration::from(text).to_duration().unwrap_err().to_string();
            assert!(error.ends_with("expected the form `P1DT12H30M5.5S`"), "{error}");
        }
        for (text, reason) in [
            ("P1Y", "years and months have no length of their own"),
            ("P1M2D", "years and months have no length of their own"),
            ("-P1D", "it is negative"),
            ("P99999999999999999999D", "it is out of range"),
            ("P999999999999999999D", "it is out of range"),
        ] {
            let error = IsoDuration::from(text).to_duration().unwrap_err().to_string();
            assert!(error.ends_with(reason), "{text}: {error}");
        }
    }
}
