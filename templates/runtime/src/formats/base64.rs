//! Binary data as text.

use super::shape;
use super::text::text_format;

text_format! {
    /// Binary data in Base64 (`byte`), as the text that was received.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "base64")] {
    /// use clientsmith_runtime::formats::Base64;
    ///
    /// let data = Base64::from_bytes([0xfb, 0xff]);
    /// assert_eq!(data.as_str(), "+/8=");
    /// assert_eq!(data.to_bytes()?, [0xfb, 0xff]);
    /// // What servers send beside it: the alphabet for addresses, no padding, line breaks.
    /// assert_eq!(Base64::from("-_\n8").to_bytes()?, [0xfb, 0xff]);
    /// # }
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    Base64, "byte", shape::base64
}

text_format! {
    /// Binary data in the Base64 for addresses (`base64url`, RFC 4648 section 5), as the text that was received.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "base64")] {
    /// use clientsmith_runtime::formats::Base64Url;
    ///
    /// let data = Base64Url::from_bytes([0xfb, 0xff]);
    /// assert_eq!(data.as_str(), "-_8");
    /// assert_eq!(data.to_bytes()?, [0xfb, 0xff]);
    /// # }
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    Base64Url, "base64url", shape::base64url
}

#[cfg(feature = "base64")]
mod convert {
    use base64::Engine as _;
    use base64::alphabet::STANDARD;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

    use super::super::FormatError;
    use super::{Base64, Base64Url};

    /// Writes padding; reads with and without, and does not mind bits that are left over.
    const ENGINE: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );

    impl Base64 {
        /// Encodes bytes with the standard alphabet and padding (feature `base64`).
        pub fn from_bytes(bytes: impl AsRef<[u8]>) -> Self {
            Self::new(ENGINE.encode(bytes))
        }

        /// The bytes (feature `base64`). Both alphabets, missing padding and white space are accepted.
        ///
        /// # Errors
        /// When the text has other characters, or is cut off.
        pub fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
            decode(self.as_str(), "base64")
        }
    }

    impl Base64Url {
        /// Encodes bytes with the alphabet for addresses and without padding (feature `base64`).
        pub fn from_bytes(bytes: impl AsRef<[u8]>) -> Self {
            Self::new(URL_SAFE_NO_PAD.encode(bytes))
        }

        /// The bytes (feature `base64`). Both alphabets, padding and white space are accepted.
        ///
        /// # Errors
        /// When the text has other characters, or is cut off.
        pub fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
            decode(self.as_str(), "base64url")
        }
    }

    fn decode(text: &str, format: &'static str) -> Result<Vec<u8>, FormatError> {
        let standard: Vec<u8> = text
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(|byte| match byte {
                b'-' => b'+',
                b'_' => b'/',
                other => other,
            })
            .collect();
        ENGINE.decode(standard).map_err(|error| FormatError::new(text, format, &error))
    }
}
