//! The reader: a concrete pull parser over a text that is in memory as a whole.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::error::{Error, Fault, Stop};
use super::lookup::Indexes;
use super::misfit::Misfit;
use super::trial::{Note, Place};
use super::{Decode, Kind, Value, decimal, scan, text};

/// How many arrays and objects may be open at once, unless [`Reader::with_depth`] says otherwise.
pub const DEFAULT_DEPTH: usize = 512;

/// Reads one JSON text from front to back.
///
/// Models are decoded by [`from_str`](super::from_str) and its siblings; use a reader yourself for a text of no fixed
/// type, for the byte position of each part, or in a hand-written [`Decode`]. Every method skips the white space before
/// what it reads. After an error nothing more can be read.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{Error, Reader, Stop};
///
/// fn sum(r: &mut Reader<'_>) -> Result<i64, Stop> {
///     let mut sum = 0;
///     r.begin_object()?;
///     while let Some(name) = r.next_key()? {
///         match &*name {
///             "a" | "b" => sum += r.value::<i64>()?,
///             _ => drop(r.skip()?),
///         }
///     }
///     r.finish()?;
///     Ok(sum)
/// }
///
/// let mut r = Reader::new(r#"{"a": 1, "x": [true], "b": 2}"#);
/// assert_eq!(sum(&mut r), Ok(3));
///
/// let mut r = Reader::new(r#"{"a": 1, "b": false}"#);
/// let error: Error = sum(&mut r).map_err(|stop| r.error(stop)).unwrap_err();
/// assert_eq!(error.path(), "$.b");
/// ```
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) position: usize,
    /// How many containers are open, and how many may be.
    pub(super) level: usize,
    pub(super) limit: usize,
    /// Where the stack was when the outermost container was opened.
    pub(super) base: usize,
    /// A container was opened just now, so no comma is due.
    pub(super) fresh: bool,
    /// The values that are being filled hold something already, because their member is a duplicate.
    pub(super) refill: bool,
    pub(super) fault: Option<Box<Fault>>,
    /// How well the text suits the types that it was read into so far; see `union`.
    pub(super) known: usize,
    pub(super) surprises: usize,
    pub(super) misfits: usize,
    /// The places of the misfits that count; kept only when asked for.
    pub(super) found: Option<Vec<(usize, Misfit)>>,
    /// How many unions are trying their variants around the place that is being read.
    pub(super) trials: usize,
    /// The variants that were settled while a union around them was still trying.
    pub(super) settled: BTreeMap<Place, usize>,
    /// The unions that are being read, from the outermost on: one that comes to itself in the same place is no variant.
    pub(super) open: Vec<Place>,
    /// Why unions did not know a value; kept only when asked for.
    pub(super) notes: Option<Vec<Note>>,
    /// What has been read of the free values that are being read; see `value`.
    pub(super) element_stack: Vec<Value>,
    pub(super) member_stack: Vec<(String, Value)>,
    /// The indexes of types whose members come in another order; see `lookup`.
    pub(super) indexes: Indexes,
}

impl<'a> Reader<'a> {
    /// A reader of `text`. A byte order mark at its start is skipped.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            position: if text.starts_with('\u{feff}') { 3 } else { 0 },
            level: 0,
            limit: DEFAULT_DEPTH,
            base: 0,
            fresh: false,
            refill: false,
            fault: None,
            known: 0,
            surprises: 0,
            misfits: 0,
            found: None,
            trials: 0,
            settled: BTreeMap::new(),
            open: Vec::new(),
            notes: None,
            element_stack: Vec::new(),
            member_stack: Vec::new(),
            indexes: Indexes::default(),
        }
    }

    /// A reader of `bytes`, which must be UTF-8.
    ///
    /// # Errors
    /// When they are not; the error has the place of the first bad byte.
    pub fn from_slice(bytes: &'a [u8]) -> Result<Self, Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(text)),
            Err(error) => {
                let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let good = String::from_utf8_lossy(good);
                let fault = Fault {
                    position: error.valid_up_to(),
                    expected: "UTF-8".into(),
                    found: Some("a byte that is none"),
                    fatal: true,
                    container: false,
                };
                Err(fault.into_error(&good))
            }
        }
    }

    /// Sets how many arrays and objects may be open at once; [`DEFAULT_DEPTH`] if not set.
    ///
    /// Whatever is set here, reading ends with an error before the stack does.
    #[must_use]
    pub fn with_depth(mut self, depth: usize) -> Self {
        self.limit = depth;
        self
    }

    /// The byte offset of what is read next. Call [`peek`](Self::peek) first to have the white space skipped.
    #[inline]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The whole text.
    #[inline]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The kind of the next value, which stays unread.
    ///
    /// # Errors
    /// When no value starts here.
    #[inline]
    pub fn peek(&mut self) -> Result<Kind, Stop> {
        match self.byte().and_then(Kind::of) {
            Some(kind) => Ok(kind),
            None => Err(self.mismatch("value")),
        }
    }

    /// Reads `null`.
    ///
    /// # Errors
    /// When the next value is something else.
    pub fn null(&mut self) -> Result<(), Stop> {
        if self.literal("null") { Ok(()) } else { Err(self.mismatch("null")) }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When the next value is something else.
    pub fn bool(&mut self) -> Result<bool, Stop> {
        if self.literal("true") {
            Ok(true)
        } else if self.literal("false") {
            Ok(false)
        } else {
            Err(self.mismatch("boolean"))
        }
    }

    /// Reads a number and gives its text as it stands.
    ///
    /// # Errors
    /// When the next value is something else.
    pub fn number(&mut self) -> Result<&'a str, Stop> {
        if !matches!(self.byte(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.mismatch("number"));
        }
        let start = self.position;
        match decimal::end(self.text.as_bytes(), start) {
            Ok(end) => {
                self.position = end;
                Ok(self.text.get(start..end).unwrap_or_default())
            }
            Err(at) => Err(self.syntax(at, "digit")),
        }
    }

    /// Reads a number that is a whole one, however it is written (`3`, `3.0`, `3e0`).
    ///
    /// # Errors
    /// When the next value is something else, has a fraction, or is too large.
    #[inline]
    pub(super) fn whole(&mut self) -> Result<i128, Stop> {
        let start = self.start();
        let bytes = self.text.as_bytes();
        let negative = bytes.get(start) == Some(&b'-');
        let first = start + usize::from(negative);
        let mut at = first;
        let mut sum = 0_u64;
        while let Some(digit @ b'0'..=b'9') = bytes.get(at)
            && at < first + 18
        {
            sum = sum * 10 + u64::from(digit - b'0');
            at += 1;
        }
        let padded = at > first + 1 && bytes.get(first) == Some(&b'0');
        if at == first || padded || matches!(bytes.get(at), Some(b'0'..=b'9' | b'.' | b'e' | b'E')) {
            return self.odd_whole();
        }
        self.position = at;
        Ok(if negative { -i128::from(sum) } else { i128::from(sum) })
    }

    #[cold]
    fn odd_whole(&mut self) -> Result<i128, Stop> {
        let start = self.start();
        if !matches!(self.byte(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.mismatch("integer"));
        }
        match decimal::integer(self.number()?) {
            Ok(whole) => Ok(whole),
            Err(found) => Err(self.fail(start, "integer", Some(found))),
        }
    }

    /// Reads a string. It is borrowed from the text unless it holds escapes.
    ///
    /// # Errors
    /// When the next value is something else, or the string is broken.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, Stop> {
        if self.byte() != Some(b'"') {
            return Err(self.mismatch("string"));
        }
        let start = self.position + 1;
        let end = scan::plain_end(self.text.as_bytes(), start);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.position = end + 1;
            return Ok(Cow::Borrowed(self.text.get(start..end).unwrap_or_default()));
        }
        let mut out = String::new();
        self.escaped_string(start, end, Some(&mut out))?;
        Ok(Cow::Owned(out))
    }

    /// Reads the rest of a string that is no plain one: `from` is its first byte, `at` the first that is special.
    #[inline(never)]
    pub(super) fn escaped_string(
        &mut self,
        mut from: usize,
        mut at: usize,
        mut out: Option<&mut String>,
    ) -> Result<(), Stop> {
        let bytes = self.text.as_bytes();
        loop {
            if let Some(out) = &mut out {
                out.push_str(self.text.get(from..at).unwrap_or_default());
            }
            match bytes.get(at) {
                Some(b'"') => {
                    self.position = at + 1;
                    return Ok(());
                }
                Some(b'\\') => match text::escaped(bytes.get(at + 1..).unwrap_or_default()) {
                    Some((c, length)) => {
                        if let Some(out) = &mut out {
                            out.push(c);
                        }
                        from = at + 1 + length;
                        at = scan::plain_end(bytes, from);
                    }
                    None => return Err(self.syntax(at, "escape sequence")),
                },
                Some(_) => return Err(self.syntax(at, "escaped control character")),
                None => return Err(self.syntax(at, "closing quote")),
            }
        }
    }

    /// Reads a value of a type that can be decoded.
    ///
    /// # Errors
    /// When the next value does not decode as a `T`.
    #[inline]
    pub fn value<T: Decode + Default>(&mut self) -> Result<T, Stop> {
        let mut value = T::default();
        value.decode(self)?;
        Ok(value)
    }

    /// Ends the reading: only white space may be left.
    ///
    /// # Errors
    /// When there is more.
    pub fn finish(&mut self) -> Result<(), Stop> {
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.syntax(self.position, "end of text")),
        }
    }

    /// The next byte that is no white space; the position is at it.
    #[inline]
    pub(super) fn byte(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        match bytes.get(self.position) {
            Some(&byte) if byte > b' ' => Some(byte),
            _ => {
                self.position = scan::blank_end(bytes, self.position);
                bytes.get(self.position).copied()
            }
        }
    }

    /// The place of the next value.
    #[inline]
    pub(super) fn start(&mut self) -> usize {
        self.byte();
        self.position
    }

    #[inline]
    fn literal(&mut self, literal: &'static str) -> bool {
        let start = self.start();
        let found = self.text.as_bytes().get(start..).is_some_and(|rest| rest.starts_with(literal.as_bytes()));
        if found {
            self.position += literal.len();
        }
        found
    }
}

impl fmt::Debug for Reader<'_> {
    /// Without the text, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("position", &self.position).field("level", &self.level).finish_non_exhaustive()
    }
}
