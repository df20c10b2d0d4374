//! Dates and times.

use super::shape;
use super::text::text_format;

text_format! {
    /// A moment in time (RFC 3339, `date-time`), as the text that was received.
    ///
    /// Two of them are equal when their texts are: to compare moments, convert them.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "jiff")] {
    /// use clientsmith_runtime::formats::DateTime;
    ///
    /// let time = DateTime::from("2024-05-01T12:00:00+02:00");
    /// assert_eq!(time.to_timestamp()?, "2024-05-01T10:00:00Z".parse()?);
    /// assert_eq!(time.to_civil()?.hour(), 12);
    /// assert_eq!(time.as_str(), "2024-05-01T12:00:00+02:00");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    DateTime, "date-time", shape::date_time
}

text_format! {
    /// A date and a time of day without a zone, as the text that was received.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "jiff")] {
    /// use clientsmith_runtime::formats::LocalDateTime;
    ///
    /// let time = LocalDateTime::from(jiff::civil::date(2024, 5, 1).at(12, 0, 0, 0));
    /// assert_eq!(time.as_str(), "2024-05-01T12:00:00");
    /// # }
    /// ```
    LocalDateTime, "local-date-time", shape::local_date_time
}

text_format! {
    /// A date (`full-date` of RFC 3339), as the text that was received.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "jiff")] {
    /// use clientsmith_runtime::formats::Date;
    ///
    /// let date = Date::from("2024-05-01");
    /// assert_eq!(date.to_date()?, jiff::civil::date(2024, 5, 1));
    /// assert!(Date::from("tomorrow").to_date().is_err());
    /// # }
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    Date, "date", shape::date
}

text_format! {
    /// A time of day (`full-time` or `partial-time` of RFC 3339), as the text that was received.
    Time, "time", shape::time
}

#[cfg(feature = "jiff")]
mod convert {
    use jiff::civil;
    use jiff::fmt::temporal::Pieces;

    use super::super::FormatError;
    use super::{Date, DateTime, LocalDateTime, Time};

    /// The date and time of day as they stand in a text, whatever its zone.
    fn civil(text: &str, format: &'static str) -> Result<civil::DateTime, FormatError> {
        match Pieces::parse(text) {
            Ok(pieces) => Ok(pieces.date().to_datetime(pieces.time().unwrap_or(civil::Time::midnight()))),
            Err(error) => Err(FormatError::new(text, format, &error)),
        }
    }

    impl DateTime {
        /// The moment (feature `jiff`).
        ///
        /// # Errors
        /// When the text is no date and time with a zone or offset.
        pub fn to_timestamp(&self) -> Result<jiff::Timestamp, FormatError> {
            self.as_str().parse().map_err(|error: jiff::Error| FormatError::new(self.as_str(), "date-time", &error))
        }

        /// The date and time of day as they stand in the text, whatever its zone (feature `jiff`).
        ///
        /// # Errors
        /// When the text is no date and time.
        pub fn to_civil(&self) -> Result<civil::DateTime, FormatError> {
            civil(self.as_str(), "date-time")
        }
    }

    impl LocalDateTime {
        /// The date and time of day (feature `jiff`).
        ///
        /// # Errors
        /// When the text is no date and time.
        pub fn to_civil(&self) -> Result<civil::DateTime, FormatError> {
            civil(self.as_str(), "local date-time")
        }
    }

    impl Date {
        /// The date (feature `jiff`). A time of day after it is not looked at.
        ///
        /// # Errors
        /// When the text is no date.
        pub fn to_date(&self) -> Result<civil::Date, FormatError> {
            civil(self.as_str(), "date").map(civil::DateTime::date)
        }
    }

    impl Time {
        /// The time of day as it stands in the text, whatever its zone (feature `jiff`).
        ///
        /// # Errors
        /// When the text is no time of day.
        pub fn to_time(&self) -> Result<civil::Time, FormatError> {
            let clock = self.as_str().split(['Z', 'z', '+', '-']).next().unwrap_or_default();
            clock.parse().map_err(|error: jiff::Error| FormatError::new(self.as_str(), "time", &error))
        }
    }

    impl From<jiff::Timestamp> for DateTime {
        /// In UTC, with as many digits of the second as needed.
        fn from(time: jiff::Timestamp) -> Self {
            Self::new(time.to_string())
        }
    }

    impl From<&jiff::Zoned> for DateTime {
        /// With the offset of the zone; the name of the zone has no place in RFC 3339.
        fn from(time: &jiff::Zoned) -> Self {
            Self::new(time.timestamp().display_with_offset(time.offset()).to_string())
        }
    }

    impl From<civil::DateTime> for LocalDateTime {
        fn from(time: civil::DateTime) -> Self {
            Self::new(time.to_string())
        }
    }

    impl From<civil::Date> for Date {
        fn from(date: civil::Date) -> Self {
            Self::new(date.to_string())
        }
    }

    impl From<civil::Time> for Time {
        fn from(time: civil::Time) -> Self {
            Self::new(time.to_string())
        }
    }
}
