//! The writer: compact JSON into one buffer.

use std::fmt;
use std::io::Write as _;

use super::attached::Attached;
use super::check::Found;
use super::error::{Error, Fault};
use super::{Encode, Said, text};

/// Writes one JSON text.
///
/// Models are encoded by [`to_string`](super::to_string) and its siblings; use a writer yourself for a text of no fixed
/// type or in a hand-written [`Encode`]. Commas are written by the writer.
///
/// A value that JSON cannot hold (a NaN, an infinite number) does not interrupt the writing; [`finish`](Self::finish)
/// reports the first one.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::Writer;
///
/// let mut w = Writer::new();
/// w.begin_object();
/// w.key("tags");
/// w.begin_array();
/// for tag in ["a", "b"] {
///     w.element();
///     w.string(tag);
/// }
/// w.end_array();
/// w.key("size");
/// w.value(&3);
/// w.end_object();
/// assert_eq!(w.finish()?, br#"{"tags":["a","b"],"size":3}"#);
/// # Ok::<(), clientsmith_runtime::json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Writer {
    pub(super) out: Vec<u8>,
    /// Something stands before what comes next in the innermost container.
    pub(super) comma: bool,
    /// The tags that the next object must have; see [`tagged`](Self::tagged).
    pub(super) tags: Vec<(&'static str, Said)>,
    /// The first value that has no JSON form: its place, what it should have been, and what it was.
    fault: Option<(usize, &'static str, &'static str)>,
    /// Values that stand beside the text, where they may.
    pub(super) attached: Option<Vec<Attached>>,
    /// The text goes to a server.
    pub(super) sends: bool,
    /// Members of the next object that do not.
    pub(super) kept_back: &'static [&'static str],
    /// Where values begin that do not go to the server, when that is asked for.
    pub(super) stay: Option<Vec<usize>>,
    /// What breaks a rule, when the value is being checked.
    pub(super) found: Option<Vec<Found>>,
}

impl Writer {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for `bytes` bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), ..Self::default() }
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    /// Writes `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes a string.
    #[inline]
    pub fn string(&mut self, value: &str) {
        text::quote_into(&mut self.out, value);
    }

    /// Writes an integer.
    #[inline]
    pub(super) fn integer(&mut self, negative: bool, mut size: u64) {
        // Digits are made from the last to the first, two at a time.
        let mut digits = [b'0'; 21];
        let mut at = digits.len();
        loop {
            let pair = size % 100;
            size /= 100;
            at -= 2;
            if let Some(place) = digits.get_mut(at..at + 2) {
                place.copy_from_slice(pair_of(pair));
            }
            if size == 0 {
                at += usize::from(pair < 10);
                break;
            }
        }
        if negative {
            self.out.push(b'-');
        }
        self.out.extend_from_slice(digits.get(at..).unwrap_or_default());
    }

    /// Writes a number as the shortest text that reads back as the same `f64`.
    pub fn f64(&mut self, value: f64) {
        if value.is_finite() {
            // `Debug` is the shortest text, and always that of a float (`1.0`, `1e300`).
            let _ = write!(self.out, "{value:?}");
        } else {
            self.refuse("finite number", if value.is_nan() { "NaN" } else { "infinite number" });
        }
    }

    /// Writes a number as the shortest text that reads back as the same `f32`.
    pub fn f32(&mut self, value: f32) {
        if value.is_finite() {
            let _ = write!(self.out, "{value:?}");
        } else {
            self.refuse("finite number", if value.is_nan() { "NaN" } else { "infinite number" });
        }
    }

    /// Writes a text that is JSON already.
    pub(super) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// Writes a value.
    #[inline]
    pub fn value(&mut self, value: &dyn Encode) {
        value.encode(self);
    }

    /// Starts an array. Call [`element`](Self::element) before each element.
    #[inline]
    pub fn begin_array(&mut self) {
        self.out.push(b'[');
        self.comma = false;
    }

    /// Announces the next element.
    #[inline]
    pub fn element(&mut self) {
        if self.comma {
            self.out.push(b',');
        }
        self.comma = true;
    }

    /// Ends an array.
    #[inline]
    pub fn end_array(&mut self) {
        self.out.push(b']');
        self.comma = true;
    }

    /// Starts an object. Call [`key`](Self::key) before each value.
    #[inline]
    pub fn begin_object(&mut self) {
        self.out.push(b'{');
        self.comma = false;
    }

    /// Writes the name of the next member.
    #[inline]
    pub fn key(&mut self, name: &str) {
        self.element();
        self.string(name);
        self.out.push(b':');
    }

    /// Ends an object.
    #[inline]
    pub fn end_object(&mut self) {
        self.out.push(b'}');
        self.comma = true;
    }

    /// The finished text as bytes.
    ///
    /// # Errors
    /// When a value was written that JSON cannot hold; the error has its path.
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        match self.fault {
            None => Ok(self.out),
            Some((position, expected, found)) => {
                let text = String::from_utf8_lossy(&self.out);
                let fault =
                    Fault { position, expected: expected.into(), found: Some(found), fatal: true, container: false };
                Err(fault.into_error(&text))
            }
        }
    }

    /// The finished text.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn finish_text(self) -> Result<String, Error> {
        // Only whole `str`s and ASCII were written.
        Ok(String::from_utf8(self.finish()?).unwrap_or_default())
    }

    /// Writes `null` for a value that has no JSON form, and keeps the error.
    #[cold]
    pub(crate) fn refuse(&mut self, expected: &'static str, found: &'static str) {
        self.fault.get_or_insert((self.out.len(), expected, found));
        self.null();
    }
}

impl fmt::Debug for Writer {
    /// Without the text, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("bytes", &self.out.len()).finish_non_exhaustive()
    }
}

/// The two digits of a number below 100.
#[inline]
fn pair_of(pair: u64) -> &'static [u8] {
    const PAIRS: &[u8; 200] = b"0001020304050607080910111213141516171819\
        2021222324252627282930313233343536373839\
        4041424344454647484950515253545556575859\
        6061626364656667686970717273747576777879\
        8081828384858687888990919293949596979899";
    let at = usize::try_from(pair).unwrap_or(0) * 2;
    PAIRS.get(at..at + 2).unwrap_or(b"00")
}
