//! What goes wrong while JSON is read or written, and how it is told.

use std::borrow::Cow;
use std::fmt;

use super::path;

/// The mark that decoding has stopped.
///
/// It carries nothing, so that a `Result<(), Stop>` is one byte and costs nothing to hand upwards. What went wrong, and
/// where, is kept by the [`Reader`](super::Reader) that made the mark; [`Reader::error`](super::Reader::error) turns it
/// into an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop(pub(super) ());

/// What a reader remembers of a failure: enough to make an [`Error`] later, cheap enough to be thrown away when a union
/// tries its next variant.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub position: usize,
    pub expected: Cow<'static, str>,
    /// What was found, where the text at `position` does not say it by itself.
    pub found: Option<&'static str>,
    /// Broken for every type that could be read here: bad syntax, too deep. A union does not try its next variant.
    pub fatal: bool,
    /// The failure concerns the container around `position`, not the value that was read last.
    pub container: bool,
}

impl Fault {
    pub fn into_error(self, text: &str) -> Error {
        let found = match self.found {
            Some(found) => found.to_owned(),
            None => path::describe(text, self.position),
        };
        Error(Box::new(Parts {
            path: path::path(text, self.position, self.container),
            position: self.position,
            expected: self.expected.into_owned(),
            found,
            excerpt: path::excerpt(text, self.position),
        }))
    }
}

/// A text that is not the JSON that was expected, or a value that JSON cannot hold.
///
/// The message names the place as a path and as a byte offset, what was expected there, what was found, and shows the
/// text around it.
///
/// # Example
/// ```
/// use clientsmith_runtime::json;
///
/// let error = json::from_str::<Vec<i32>>(r#"[1, "x"]"#).unwrap_err();
/// assert_eq!(error.path(), "$[1]");
/// assert_eq!(error.to_string(), r#"expected integer, found string at $[1] (byte 4): [1, "x"]"#);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    path: String,
    position: usize,
    expected: String,
    found: String,
    excerpt: String,
}

impl Error {
    /// The place as a path from the whole text: `$.owner.id`, `$.items[3]`, `$["a b"]`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The place as a byte offset from the start of the text.
    pub fn position(&self) -> usize {
        self.0.position
    }

    /// What should have been there.
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What was there.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// The text around the place, on one line; empty after [`without_excerpt`](Self::without_excerpt).
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }

    /// The same error without the text around the place, for texts that hold secrets.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json;
    ///
    /// let error = json::from_str::<i32>(r#""hunter2""#).unwrap_err().without_excerpt();
    /// assert_eq!(error.to_string(), "expected integer, found string at $ (byte 0)");
    /// ```
    #[must_use]
    pub fn without_excerpt(mut self) -> Self {
        self.0.excerpt.clear();
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { path, position, expected, found, excerpt } = &*self.0;
        write!(f, "expected {expected}, found {found} at {path} (byte {position})")?;
        if !excerpt.is_empty() {
            write!(f, ": {excerpt}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("json::Error")
            .field("path", &self.0.path)
            .field("position", &self.0.position)
            .field("expected", &self.0.expected)
            .field("found", &self.0.found)
            .field("excerpt", &self.0.excerpt)
            .finish()
    }
}

impl std::error::Error for Error {}
