//! Strings.

use std::borrow::Cow;

use crate::rt::{self, Reader};

fn read(text: &str) -> Result<String, String> {
    rt::from_str(text).map_err(|error| error.to_string())
}

#[test]
fn escapes() {
    assert_eq!(read(r#""""#).unwrap(), "");
    assert_eq!(read(r#""\"\\\/\b\f\n\r\t\u00e9""#).unwrap(), "\"\\/\u{8}\u{c}\n\r\té");
    assert_eq!(read(r#""a\ud83d\ude00b""#).unwrap(), "a😀b");
    assert_eq!(read(r#""\u0000""#).unwrap(), "\0");
}

#[test]
fn half_surrogates_become_the_replacement_character() {
    assert_eq!(read(r#""\ud83d""#).unwrap(), "\u{fffd}");
    assert_eq!(read(r#""\ude00\ud83d""#).unwrap(), "\u{fffd}\u{fffd}");
    assert_eq!(read(r#""\ud83dx\ud83d\u0041""#).unwrap(), "\u{fffd}x\u{fffd}A");
}

#[test]
fn broken_strings() {
    for (text, expected, byte) in [
        (r#"""#, "closing quote", 1),
        (r#""abc"#, "closing quote", 4),
        (r#""abc\"#, "escape sequence", 4),
        (r#""\x""#, "escape sequence", 1),
        (r#""\u12""#, "escape sequence", 1),
        (r#""\u12g4""#, "escape sequence", 1),
        (r#""\u+123""#, "escape sequence", 1),
        ("\"a\nb\"", "escaped control character", 2),
        ("\"\u{1f}\"", "escaped control character", 1),
        ("\"long enough for words\tx\"", "escaped control character", 22),
    ] {
        let error = rt::from_str::<String>(text).unwrap_err();
        assert_eq!((error.expected(), error.position()), (expected, byte), "{text}");
        let mut r = Reader::new(text);
        r.skip().unwrap_err();
    }
    assert_eq!(
        read("\"a\nb\"").unwrap_err(),
        "expected escaped control character, found character '\\n' at $ (byte 2): \"a b\""
    );
}

#[test]
fn every_length_and_every_special_character() {
    for length in 0..40 {
        for special in ["", "\"", "\\", "\n", "\u{1f}", " ", "é", "😀"] {
            for place in 0..=length {
                let text = format!("{}{special}{}", "a".repeat(place), "b".repeat(length - place));
                let json = rt::to_string(&text).unwrap();
                assert_eq!(read(&json).unwrap(), text);
                assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
                assert_eq!(
                    rt::from_slice::<Vec<String>>(format!("[{json},{json}]").as_bytes()).unwrap(),
                    [&*text, &*text]
                );
            }
        }
    }
}

#[test]
fn plain_strings_are_borrowed() {
    let mut r = Reader::new(r#"["plain", "esc\u0061ped"]"#);
    r.begin_array().unwrap();
    assert!(r.next_element().unwrap());
    assert!(matches!(r.string().unwrap(), Cow::Borrowed("plain")));
    assert!(r.next_element().unwrap());
    assert!(matches!(r.string().unwrap(), Cow::Owned(text) if text == "escaped"));
    assert!(!r.next_element().unwrap());
    r.finish().unwrap();
}

#[test]
fn invalid_utf8() {
    for (bytes, at) in [
        (&b"\"\xff\""[..], 1),
        (b"\"abc\xc3\"", 4),
        (b"\"\xed\xa0\x80\"", 1),
        (b"{\"a\": \"\xc0\x80\"}", 7),
        (b"[1]\xfe", 3),
    ] {
        let error = rt::from_slice::<rt::Value>(bytes).unwrap_err();
        assert_eq!((error.expected(), error.position()), ("UTF-8", at));
        assert!(Reader::from_slice(bytes).is_err());
    }
    assert_eq!(rt::from_slice::<rt::Value>(b"{\"a\": \"\xc0\x80\"}").unwrap_err().path(), "$.a");
}

#[test]
fn byte_order_mark() {
    assert_eq!(rt::from_slice::<Vec<u8>>(b"\xef\xbb\xbf[1]").unwrap(), [1]);
    rt::from_str::<Vec<u8>>("[\u{feff}1]").unwrap_err();
}
