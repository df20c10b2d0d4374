//! Moments as a number of seconds.

use std::time::{Duration, SystemTime};

use super::super::json::Number;
use super::FormatError;
use super::number::number_format;

number_format! {
    /// A moment as the number of seconds since 1970 began in UTC (`unixtime`), as the number that was received.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::formats::UnixTime;
    /// use std::time::{Duration, SystemTime};
    ///
    /// let time = UnixTime::from(1_686_566_864);
    /// assert_eq!(time.to_system_time()?, SystemTime::UNIX_EPOCH + Duration::from_secs(1_686_566_864));
    /// assert_eq!(UnixTime::from(SystemTime::UNIX_EPOCH + Duration::from_millis(1500)).to_string(), "1.5");
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    UnixTime
}

impl UnixTime {
    /// The moment. Digits beyond the nanosecond are cut.
    ///
    /// # Errors
    /// When the moment is too far away for the system's clock.
    pub fn to_system_time(&self) -> Result<SystemTime, FormatError> {
        let out_of_range = || FormatError::new(self.0.as_str(), "unixtime", &"it is out of range");
        let nanoseconds = self.0.shifted(9).ok_or_else(out_of_range)?;
        let size = nanoseconds.unsigned_abs();
        let seconds = u64::try_from(size / 1_000_000_000).map_err(|_| out_of_range())?;
        let size = Duration::new(seconds, (size % 1_000_000_000) as u32);
        let moment = match nanoseconds < 0 {
            true => SystemTime::UNIX_EPOCH.checked_sub(size),
            false => SystemTime::UNIX_EPOCH.checked_add(size),
        };
        moment.ok_or_else(out_of_range)
    }
}

impl From<SystemTime> for UnixTime {
    /// With as many digits of the second as needed.
    fn from(time: SystemTime) -> Self {
        let (sign, size) = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => ("", after),
            Err(before) => ("-", before.duration()),
        };
        Self(Number::from_parts(sign, u128::from(size.as_secs()), size.subsec_nanos(), 9))
    }
}

#[cfg(feature = "jiff")]
mod convert {
    use super::{FormatError, Number, UnixTime};

    impl UnixTime {
        /// The moment (feature `jiff`). Digits beyond the nanosecond are cut.
        ///
        /// # Errors
        /// When the moment is not in the years -9999 to 9999.
        pub fn to_timestamp(&self) -> Result<jiff::Timestamp, FormatError> {
            let text = self.as_number().as_str();
            let nanoseconds = self.as_number().shifted(9);
            let nanoseconds = nanoseconds.ok_or_else(|| FormatError::new(text, "unixtime", &"it is out of range"))?;
            jiff::Timestamp::from_nanosecond(nanoseconds).map_err(|error| FormatError::new(text, "unixtime", &error))
        }
    }

    impl From<jiff::Timestamp> for UnixTime {
        /// With as many digits of the second as needed.
        fn from(time: jiff::Timestamp) -> Self {
            let nanoseconds = time.as_nanosecond();
            let size = nanoseconds.unsigned_abs();
            let sign = if nanoseconds < 0 { "-" } else { "" };
            let fraction = (size % 1_000_000_000) as u32;
            Self::new(Number::from_parts(sign, size / 1_000_000_000, fraction, 9))
        }
    }
}
