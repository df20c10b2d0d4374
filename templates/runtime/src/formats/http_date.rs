//! Dates as HTTP headers have them.

use std::time::SystemTime;

use super::super::http::date;
use super::FormatError;
use super::text::text_format;

text_format! {
    /// A moment in the form of HTTP headers (`http-date`, RFC 9110 section 5.6.7), as the text that was received.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::HttpDate;
    /// use std::time::{Duration, SystemTime};
    ///
    /// let date = HttpDate::from("Fri, 26 Aug 2022 14:38:00 GMT");
    /// let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_661_524_680);
    /// assert_eq!(date.to_system_time()?, moment);
    /// assert_eq!(HttpDate::from(moment), date);
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    HttpDate, "http-date", |text| date::parse(text).is_some()
}

impl HttpDate {
    /// The moment.
    ///
    /// # Errors
    /// When the text is no such date, or one before 1970.
    pub fn to_system_time(&self) -> Result<SystemTime, FormatError> {
        let reason = "expected the form `Sun, 06 Nov 1994 08:49:37 GMT`";
        date::parse(self.as_str()).ok_or_else(|| FormatError::new(self.as_str(), "http-date", &reason))
    }
}

impl From<SystemTime> for HttpDate {
    /// Parts of a second are cut: the form has no place for them. A moment before 1970 becomes its beginning.
    fn from(time: SystemTime) -> Self {
        Self::new(date::write(time))
    }
}

#[cfg(feature = "jiff")]
mod convert {
    use super::{FormatError, HttpDate};

    impl HttpDate {
        /// The moment (feature `jiff`).
        ///
        /// # Errors
        /// When the text is no such date.
        pub fn to_timestamp(&self) -> Result<jiff::Timestamp, FormatError> {
            jiff::fmt::rfc2822::parse(self.as_str())
                .map(|time| time.timestamp())
                .map_err(|error| FormatError::new(self.as_str(), "http-date", &error))
        }
    }

    impl From<jiff::Timestamp> for HttpDate {
        /// Parts of a second are cut: the form has no place for them.
        fn from(time: jiff::Timestamp) -> Self {
            Self::new(time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        }
    }
}
