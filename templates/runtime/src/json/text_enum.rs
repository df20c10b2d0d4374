//! Open enums of texts.

use super::misfit::Misfit;
use super::{Reader, Stop, Writer};

/// An enum of texts that keeps a text which it does not list.
///
/// The generator emits the enum and this impl; the macro `text_enums!` adds the rest: `as_str`, `is_known`,
/// `Default` (what is `blank`), `Display`, `From<&str>`, decoding and encoding.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::TextEnum;
///
/// #[derive(Clone, Debug, PartialEq)]
/// enum State {
///     Active,
///     NotActive,
///     Unknown(String),
/// }
///
/// impl TextEnum for State {
///     const TABLE: &'static [(&'static str, Self)] = &[("active", Self::Active), ("not active", Self::NotActive)];
///
///     fn unknown(text: String) -> Self {
///         Self::Unknown(text)
///     }
///
///     fn as_unknown(&self) -> Option<&str> {
///         match self {
///             Self::Unknown(text) => Some(text),
///             _ => None,
///         }
///     }
/// }
///
/// assert_eq!(State::from_text("not active"), State::NotActive);
/// assert_eq!(State::from_text("gone"), State::Unknown("gone".into()));
/// assert_eq!(State::NotActive.text(), "not active");
/// ```
pub trait TextEnum: Clone + PartialEq + 'static {
    /// The listed values with their texts.
    const TABLE: &'static [(&'static str, Self)];

    /// The value for a text that is not listed.
    fn unknown(text: String) -> Self;

    /// The text of a value that is not listed.
    fn as_unknown(&self) -> Option<&str>;

    /// What decoding fills: an unknown empty text, or the only value that the spec allows.
    fn blank() -> Self {
        Self::unknown(String::new())
    }

    /// The value that a text stands for.
    fn from_text(text: &str) -> Self {
        Self::listed(text).unwrap_or_else(|| Self::unknown(text.to_owned()))
    }

    /// The listed value that a text stands for.
    fn listed(text: &str) -> Option<Self> {
        Self::TABLE.iter().find(|entry| entry.0 == text).map(|entry| entry.1.clone())
    }

    /// The text that stands for the value.
    fn text(&self) -> &str {
        match self.as_unknown() {
            Some(text) => text,
            None => Self::TABLE.iter().find(|entry| entry.1 == *self).map_or("", |entry| entry.0),
        }
    }

    /// Reads a value.
    ///
    /// # Errors
    /// When the next value is no string.
    fn read(r: &mut Reader<'_>) -> Result<Self, Stop> {
        let start = r.start();
        let text = r.string()?;
        match Self::listed(&text) {
            Some(value) => {
                r.known += 1;
                Ok(value)
            }
            None => {
                r.misfit(start, Misfit::Unlisted);
                Ok(Self::unknown(text.into_owned()))
            }
        }
    }

    /// Writes the value.
    fn write(&self, w: &mut Writer) {
        w.string(self.text());
    }
}
