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
