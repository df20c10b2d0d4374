//! Texts in the character sets that a media type names (RFC 9110, 8.3.2): UTF-8, and those of one byte per character that
//! old servers still speak.

use super::Headers;
use std::borrow::Cow;

/// What windows-1252 has at 0x80 to 0x9F, where ISO 8859-1 has control characters; five places are not used.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[derive(Clone, Copy, PartialEq)]
enum Charset {
    Utf8,
    Ascii,
    Latin1,
    Windows,
}

/// The text of a body of this media type.
///
/// # Errors
///
/// Why it cannot be read, as the end of a sentence.
fn decode<'b>(media: &str, body: &'b [u8]) -> Result<Cow<'b, str>, String> {
    let charset = of(media)?;
    let by_byte = |read: fn(u8) -> char| Ok(Cow::Owned(body.iter().map(|byte| read(*byte)).collect()));
    match (charset, std::str::from_utf8(body)) {
        (Charset::Utf8 | Charset::Ascii, Ok(text)) => Ok(Cow::Borrowed(text)),
        (Charset::Utf8, Err(error)) => Err(format!("not UTF-8 at byte {}", error.valid_up_to())),
        // More than it says, in the old way.
        (Charset::Ascii | Charset::Latin1, _) => by_byte(char::from),
        (Charset::Windows, _) => by_byte(windows),
    }
}

/// The text of a body, by the media type that its header fields name.
///
/// # Errors
///
/// As [`decode`].
pub(crate) fn text<'b>(headers: &Headers, body: &'b [u8]) -> Result<Cow<'b, str>, String> {
    decode(headers.get("content-type").unwrap_or_default(), body)
}

/// The same for people: what cannot be read is marked.
pub(crate) fn shown<'b>(headers: &Headers, body: &'b [u8]) -> Cow<'b, str> {
    text(headers, body).unwrap_or_else(|_| String::from_utf8_lossy(body))
}

/// A text as the bytes of a body of this media type.
///
/// # Errors
///
/// Why it cannot be written, as the end of a sentence; the text is not shown.
pub(crate) fn encode(media: &str, text: String) -> Result<Vec<u8>, String> {
    let charset = of(media)?;
    if charset == Charset::Utf8 || text.is_ascii() {
        return Ok(text.into_bytes());
    }
    let bytes = text.chars().map(|c| match charset {
        Charset::Windows => (0..=u8::MAX).find(|byte| windows(*byte) == c),
        Charset::Latin1 => u8::try_from(c).ok(),
        _ => u8::try_from(c).ok().filter(u8::is_ascii),
    });
    let bytes: Option<Vec<u8>> = bytes.collect();
    bytes.ok_or_else(|| format!("it has a character that the charset `{}` has not", name(media)))
}

fn windows(byte: u8) -> char {
    let special = byte.checked_sub(0x80).and_then(|at| WINDOWS.get(usize::from(at)));
    special.copied().unwrap_or(char::from(byte))
}

/// The names are those that IANA registers, and their usual aliases.
fn of(media: &str) -> Result<Charset, String> {
    match name(media).to_ascii_lowercase().as_str() {
        "" | "utf-8" | "utf8" => Ok(Charset::Utf8),
        "us-ascii" | "ascii" => Ok(Charset::Ascii),
        "iso-8859-1" | "iso_8859-1" | "iso8859-1" | "latin1" | "l1" => Ok(Charset::Latin1),
        "windows-1252" | "cp1252" => Ok(Charset::Windows),
        other => Err(format!("the charset `{other}` is not known here")),
    }
}

fn name(media: &str) -> &str {
    let parameters = media.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let charset = parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charset.map_or("", |(_, value)| value.trim().trim_matches('"'))
}
