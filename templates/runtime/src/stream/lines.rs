//! JSON Lines, NDJSON: one JSON text in each line.

use super::scan::is_blank;
use super::split::{Found, Split};

/// Splits at line feeds. A carriage return before one is white space, lines without text are passed over, and the last
/// line needs no end.
#[derive(Default)]
pub(super) struct Lines {
    /// How far the bytes were looked at before.
    seen: usize,
}

impl Split for Lines {
    fn find(&mut self, bytes: &[u8], ended: bool) -> Found {
        let rest = bytes.get(self.seen..).unwrap_or_default();
        let (line, length) = match rest.iter().position(|byte| *byte == b'\n') {
            Some(at) => (self.seen + at, self.seen + at + 1),
            None if ended => (bytes.len(), bytes.len()),
            None => {
                self.seen = bytes.len();
                return Found::More;
            }
        };
        self.seen = 0;
        if length == 0 {
            return Found::End;
        }
        // The line feed goes with the item: to the reader it is white space.
        let blank = bytes.get(..line).is_some_and(|line| line.iter().all(|byte| is_blank(*byte)));
        if blank { Found::Skip(length) } else { Found::Item(length) }
    }
}
