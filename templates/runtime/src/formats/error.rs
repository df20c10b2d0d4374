//! A text that is not of its format.

use std::fmt;

/// How much of a text is shown.
const SHOWN: usize = 40;

/// A text that is not of the format that its type names, so that it cannot be converted. The text itself is kept all
/// the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    text: String,
    format: &'static str,
    reason: String,
}

impl FormatError {
    pub(super) fn new(text: &str, format: &'static str, reason: &dyn fmt::Display) -> Self {
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        Self { text: shown, format, reason: reason.to_string() }
    }

    /// The name of the format, such as `date-time` or `uuid`.
    pub fn format(&self) -> &'static str {
        self.format
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, format, reason } = self;
        write!(f, "{text:?} is no {format}: {reason}")
    }
}

impl std::error::Error for FormatError {}
