//! What is sent to a server: members that only come from it stay at home.

use super::{Encode, Error, Value, Writer, encode};

impl Writer {
    /// A writer for what is sent.
    pub(crate) fn sending() -> Self {
        let mut w = Self::with_capacity(128);
        w.sends = true;
        w
    }

    /// Says which members of the next object only come from the server (`readOnly`): where the text is sent to it they are
    /// left out, elsewhere they are written as all others are.
    pub fn comes(&mut self, members: &'static [&'static str]) {
        if self.sends {
            self.kept_back = members;
        }
    }

    /// Notes a member that stays at home, when that is asked for. A `null` holds its place, by which its path is found.
    pub(super) fn stays(&mut self, name: &str) {
        if self.stay.is_none() {
            return;
        }
        self.key(name);
        let position = self.out.len();
        self.stay.get_or_insert_default().push(position);
        self.null();
    }
}

/// The paths of what would be left out if this value were sent; at most `most` of them, and how many there are.
#[cfg(feature = "cli")]
pub(crate) fn not_sent(value: &dyn Encode, most: usize) -> (Vec<String>, usize) {
    // Files have no JSON form and stand beside the text.
    let mut w = Writer::with_attachments();
    w.stay = Some(Vec::new());
    value.encode(&mut w);
    let places = w.stay.take().unwrap_or_default();
    let text = String::from_utf8_lossy(&w.out);
    let paths = places.iter().take(most).map(|&place| super::path::path(&text, place, false)).collect();
    (paths, places.len())
}

/// Encodes what is sent.
///
/// # Errors
/// As [`to_string`](super::to_string).
pub(crate) fn to_sent(value: &dyn Encode) -> Result<Vec<u8>, Error> {
    written(value).finish()
}

/// Turns what is sent into a free value.
///
/// # Errors
/// As [`to_string`](super::to_string).
pub(crate) fn to_sent_value(value: &dyn Encode) -> Result<Value, Error> {
    encode::through_text(written(value))
}

fn written(value: &dyn Encode) -> Writer {
    let mut w = Writer::sending();
    value.encode(&mut w);
    w
}
