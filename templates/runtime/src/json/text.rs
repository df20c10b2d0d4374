//! String content: from JSON's escapes to text and back.

use std::borrow::Cow;

use super::scan;

/// The text that the raw content of a JSON string (what is between the quotes) stands for.
///
/// The content has been checked by whoever cut it out; what is no escape after all is kept as it is.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        match escaped(escape.as_bytes()) {
            Some((c, length)) => {
                out.push(c);
                rest = escape.get(length..).unwrap_or("");
            }
            None => {
                out.push('\\');
                rest = escape;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character for what stands after a backslash, and how many bytes of it were used.
///
/// A surrogate without its other half becomes U+FFFD: Rust's text cannot hold it, and one bad character is no reason to
/// refuse a whole answer.
pub(super) fn escaped(bytes: &[u8]) -> Option<(char, usize)> {
    let c = match bytes.first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(bytes.get(1..)?).map(|(c, length)| (c, length + 1)),
        _ => return None,
    };
    Some((c, 1))
}

fn unicode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = hex4(bytes)?;
    if (0xd800..0xdc00).contains(&first)
        && let Some([b'\\', b'u', rest @ ..]) = bytes.get(4..)
        && let Some(second @ 0xdc00..0xe000) = hex4(rest)
    {
        let point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return Some((char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER), 10));
    }
    Some((char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 4))
}

fn hex4(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk::<4>()?.iter().try_fold(0, |sum, &byte| Some(sum * 16 + char::from(byte).to_digit(16)?))
}

/// Appends `text` as a JSON string, quotes included.
#[inline]
pub(super) fn quote_into(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let end = scan::plain_end(bytes, 0);
    if end == bytes.len() {
        out.reserve(bytes.len() + 2);
        out.push(b'"');
        out.extend_from_slice(bytes);
        out.push(b'"');
    } else {
        escape_into(out, bytes, end);
    }
}

#[inline(never)]
fn escape_into(out: &mut Vec<u8>, bytes: &[u8], first: usize) {
    out.reserve(bytes.len() + 8);
    out.push(b'"');
    let mut from = 0;
    let mut at = first;
    while let Some(&byte) = bytes.get(at) {
        out.extend_from_slice(bytes.get(from..at).unwrap_or_default());
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            _ => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
        from = at + 1;
        at = scan::plain_end(bytes, from);
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
    out.push(b'"');
}

/// `text` as a JSON string, quotes included.
pub(super) fn quote(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    quote_into(&mut out, text);
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_every_kind() {
        for (raw, text) in [
            ("plain", "plain"),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"\u0041\u00e9\u20ac", "Aé€"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\uD83D\uDE00", "😀"),
            (r"a\ud83dz", "a\u{fffd}z"),
            (r"\ude00", "\u{fffd}"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
            (r"\ud83d\n", "\u{fffd}\n"),
            (r"\ud83d\u0041", "\u{fffd}A"),
        ] {
            assert_eq!(unescape(raw), text, "{raw}");
        }
    }

    #[test]
    fn quoting_and_back() {
        for text in
            ["", "a", "\"", "\\", "\u{0}\u{1f}\u{7f}", "😀\n\u{2028}", "long enough for a word \" and more \t end"]
        {
            let quoted = quote(text);
            assert!(quoted.bytes().all(|byte| byte >= b' '));
            assert_eq!(unescape(&quoted[1..quoted.len() - 1]), text);
        }
        assert_eq!(quote("\u{1}\u{8}\u{c}"), r#""\u0001\b\f""#);
    }
}
