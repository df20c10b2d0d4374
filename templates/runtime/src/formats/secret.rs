//! Text that must not be shown.

use std::fmt;

use super::super::json::{Decode, Encode, Reader, Stop, Writer};

/// A text that must not be shown: a password, a token, a key.
///
/// `Debug` gives `***`, and there is no `Display`. It is sent as it is; [`expose`](Self::expose) gives the text.
///
/// # Example
/// ```
/// use clientsmith_runtime::formats::Secret;
///
/// let secret = Secret::from("hunter2");
/// assert_eq!(format!("{secret:?}"), "***");
/// assert_eq!(secret.expose(), "hunter2");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text from being shown.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Decode for Secret {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        self.0.decode(r)
    }
}

impl Encode for Secret {
    fn encode(&self, w: &mut Writer) {
        w.string(&self.0);
    }
}
