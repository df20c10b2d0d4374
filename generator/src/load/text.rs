//! Bytes → text: byte order marks, UTF-16, and bytes that are not text.

/// Text made from bytes.
#[derive(Debug)]
pub(super) struct Text {
    /// The text without a byte order mark.
    pub text: String,
    /// Byte offset in `text` of the first place that was not valid, now U+FFFD.
    pub invalid: Option<usize>,
}

/// Reads bytes as text. UTF-8 unless a byte order mark, or the zero half of an opening ASCII character, says UTF-16.
/// Invalid places become U+FFFD, as one odd byte in a description is no reason to refuse the whole file.
pub(super) fn decode(bytes: Vec<u8>) -> Text {
    let text = text_of(bytes);
    // Lines that end as on old machines; each end stays one byte, so places stay the same.
    match text.text.contains('\r') && !text.text.contains('\n') {
        true => Text { text: text.text.replace('\r', "\n"), ..text },
        false => text,
    }
}

fn text_of(bytes: Vec<u8>) -> Text {
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest.to_vec()),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [first, 0, ..] if first.is_ascii() && *first != 0 => utf16(&bytes, u16::from_le_bytes),
        [0, second, ..] if second.is_ascii() && *second != 0 => utf16(&bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: Vec<u8>) -> Text {
    match String::from_utf8(bytes) {
        Ok(text) => Text { text, invalid: None },
        Err(error) => {
            let invalid = error.utf8_error().valid_up_to();
            Text { text: String::from_utf8_lossy(error.as_bytes()).into_owned(), invalid: Some(invalid) }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Text {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut invalid = None;
    for unit in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let next = unit.unwrap_or_else(|_| {
            invalid.get_or_insert(text.len());
            char::REPLACEMENT_CHARACTER
        });
        text.push(next);
    }
    if !odd.is_empty() {
        invalid.get_or_insert(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Text { text, invalid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_encodings() {
        let text = |bytes: &[u8]| {
            let text = decode(bytes.to_vec());
            (text.text, text.invalid)
        };
        assert_eq!(text(b"\xEF\xBB\xBFa: \xC3\xA9"), ("a: é".to_owned(), None));
        assert_eq!(text(b"\xFF\xFEa\0:\0"), ("a:".to_owned(), None));
        assert_eq!(text(b"\xFE\xFF\0a\0:"), ("a:".to_owned(), None));
        assert_eq!(text(b"a\0:\0"), ("a:".to_owned(), None));
        assert_eq!(text(b"\0a\0:"), ("a:".to_owned(), None));
        assert_eq!(text(b"\xFF\xFE\x3D\xD8\x00\xDE!\0"), ("😀!".to_owned(), None));
        assert_eq!(text(b"\xFF\xFE\x3D\xD8a\0b"), ("\u{FFFD}a\u{FFFD}".to_owned(), Some(0)));
        assert_eq!(text(b"caf\xE9!"), ("caf\u{FFFD}!".to_owned(), Some(3)));
        assert_eq!(text(b"a\r\nb\rc"), ("a\r\nb\rc".to_owned(), None));
        assert_eq!(text(b"a\rb"), ("a\nb".to_owned(), None));
        assert_eq!(text(b""), (String::new(), None));
    }
}
