//! The elements of one JSON array, each as soon as it is there.

use super::scan::{Scan, Walk, is_blank};
use super::split::{Found, Split};

/// Takes an array apart. What an element holds is not looked at here.
#[derive(Default)]
pub(super) struct Elements {
    place: Place,
    scan: Scan,
    /// How far the element was looked at before.
    seen: usize,
}

/// Where in the array the next byte stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Before,
    /// After `[`.
    First,
    /// After `,`.
    Next,
    /// After an element.
    Behind,
    /// After `]`.
    After,
}

const MARK: &[u8] = "\u{feff}".as_bytes();

impl Split for Elements {
    fn find(&mut self, bytes: &[u8], ended: bool) -> Found {
        let Some(&byte) = bytes.first() else {
            return match self.place {
                Place::After if ended => Found::End,
                _ if ended => Found::Broken("the JSON array is cut off"),
                _ => Found::More,
            };
        };
        if self.seen == 0 {
            let blanks = bytes.iter().take_while(|byte| is_blank(**byte)).count();
            if blanks > 0 {
                return Found::Skip(blanks);
            }
        }
        match (self.place, byte) {
            (Place::Before, b'[') => self.to(Place::First),
            (Place::Before, _) if bytes.starts_with(MARK) => Found::Skip(MARK.len()),
            (Place::Before, _) if MARK.starts_with(bytes) && !ended => Found::More,
            (Place::Before, _) => Found::Broken("there is no JSON array"),
            (Place::First, b']') => self.to(Place::After),
            (Place::First | Place::Next, _) => self.element(bytes, ended),
            (Place::Behind, b',') => self.to(Place::Next),
            (Place::Behind, b']') => self.to(Place::After),
            (Place::Behind, _) => Found::Broken("there is neither a comma nor the end of the JSON array"),
            (Place::After, _) => Found::Broken("there is text after the JSON array"),
        }
    }
}

impl Elements {
    fn to(&mut self, place: Place) -> Found {
        self.place = place;
        Found::Skip(1)
    }

    fn element(&mut self, bytes: &[u8], ended: bool) -> Found {
        match self.scan.walk(bytes, self.seen) {
            Walk::End(0) => Found::Broken("there is no JSON value where an element is due"),
            Walk::End(at) => {
                self.scan = Scan::default();
                self.seen = 0;
                self.place = Place::Behind;
                Found::Item(at)
            }
            Walk::More if ended => Found::Broken("the JSON array is cut off"),
            Walk::More => {
                self.seen = bytes.len();
                Found::More
            }
        }
    }
}
