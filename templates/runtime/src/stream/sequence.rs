//! JSON text sequences (RFC 7464): a record separator before each JSON text, and a line feed after it.

use super::scan::{Scan, Walk, is_blank};
use super::split::{Found, Split};

const SEPARATOR: u8 = 0x1E;

/// Splits at record separators, and gives a text as soon as it is whole.
///
/// A text that is cut off ends at the next separator: it is an error of its own, and the texts after it are good
/// (section 2.4).
#[derive(Default)]
pub(super) struct Sequence {
    scan: Scan,
    /// How far the bytes were looked at before.
    seen: usize,
    /// What is wrong with the bytes from here to the next separator, if they are more than white space.
    bad: Option<&'static str>,
}

impl Split for Sequence {
    fn find(&mut self, bytes: &[u8], ended: bool) -> Found {
        let Some(first) = bytes.first() else {
            return if ended { Found::End } else { Found::More };
        };
        if self.seen == 0 {
            if *first == SEPARATOR {
                self.bad = None;
                return Found::Skip(1);
            }
            let blanks = bytes.iter().take_while(|byte| is_blank(**byte)).count();
            if blanks > 0 {
                return Found::Skip(blanks);
            }
        }
        let next = bytes.iter().skip(self.seen).position(|byte| *byte == SEPARATOR).map(|at| self.seen + at);
        let end = next.unwrap_or(bytes.len());
        if self.bad.is_none() {
            match self.scan.walk(bytes.get(..end).unwrap_or_default(), self.seen) {
                Walk::End(0) => self.bad = Some("there is no JSON text where one is due"),
                Walk::End(at) => {
                    self.start_again();
                    self.bad = Some("there is text after an item, where a record separator is due");
                    return Found::Item(at);
                }
                Walk::More if next.is_none() && !ended => {}
                // Without white space after it, the rest of a number or a word may be missing.
                Walk::More if self.scan.is_open_ended() => self.bad = Some("the JSON text may be cut off"),
                Walk::More => {
                    self.start_again();
                    return Found::Item(end);
                }
            }
        }
        match self.bad {
            Some(what) if next.is_some() || ended => {
                self.start_again();
                Found::Bad(end, what)
            }
            _ => {
                self.seen = bytes.len();
                Found::More
            }
        }
    }
}

impl Sequence {
    fn start_again(&mut self) {
        self.scan = Scan::default();
        self.seen = 0;
    }
}
