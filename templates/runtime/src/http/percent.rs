//! Percent-encoding, one set of kept characters per place (RFC 3986).

use std::borrow::Cow;

/// Where a text is going, and so which characters may stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Only letters, digits and `-._~`: right for a value in a path, a query or a cookie.
    Unreserved,
    /// A query value under `allowReserved`: delimiters and `%XX` stay, but not those that a query cannot
    /// hold (`#`, `[`, `]`).
    ReservedQuery,
    /// A path value under `allowReserved`: delimiters and `%XX` stay, but not those that end a path
    /// (`?`, `#`) or that a path cannot hold (`[`, `]`).
    ReservedPath,
    /// A cookie's value under `allowReserved`: delimiters and `%XX` stay, but not those that a cookie cannot hold (`,`
    /// and `;`: RFC 6265, 4.1.1).
    ReservedCookie,
    /// The fixed text of a path template, where the author of the document chose the delimiters.
    PathText,
    /// Any text that is an address already: only what no address can hold is encoded.
    Address,
    /// `application/x-www-form-urlencoded`: a space becomes `+`.
    Form,
}

impl Keep {
    fn keeps(self, byte: u8) -> bool {
        if byte.is_ascii_alphanumeric() {
            return true;
        }
        match self {
            Self::Unreserved => b"-._~".contains(&byte),
            Self::ReservedQuery => b"-._~:/?@!$&'()*+,;=".contains(&byte),
            Self::ReservedPath | Self::PathText => b"-._~:/@!$&'()*+,;=".contains(&byte),
            Self::ReservedCookie => b"-._~:/?#[]@!$&'()*+=".contains(&byte),
            Self::Address => b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
            Self::Form => b"*-._".contains(&byte),
        }
    }

    fn keeps_triples(self) -> bool {
        matches!(self, Self::ReservedQuery | Self::ReservedPath | Self::ReservedCookie | Self::PathText | Self::Address)
    }
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends `text` to `out`, with every byte encoded that `keep` does not keep.
pub fn encode_into(out: &mut String, text: &str, keep: Keep) {
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if keep.keeps(byte) || (byte == b'%' && keep.keeps_triples() && is_triple(bytes.get(at..))) {
            out.push(char::from(byte));
        } else if byte == b' ' && keep == Keep::Form {
            out.push('+');
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// `text` with every byte encoded that `keep` does not keep.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::percent::{Keep, encode};
///
/// assert_eq!(encode("v2.{id}/a b", Keep::Unreserved), "v2.%7Bid%7D%2Fa%20b");
/// assert_eq!(encode("a b&c", Keep::Form), "a+b%26c");
/// assert_eq!(encode("a/b%20c#d", Keep::ReservedQuery), "a/b%20c%23d");
/// ```
#[must_use]
pub fn encode(text: &str, keep: Keep) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    encode_into(&mut out, text, keep);
    out
}

/// `text` with its `%XX` triples decoded; what is no triple, or no UTF-8 once decoded, is left readable.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1).and_then(hex), bytes.get(at + 2).and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

fn is_triple(rest: Option<&[u8]>) -> bool {
    matches!(rest, Some([_, high, low, ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn hex(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
