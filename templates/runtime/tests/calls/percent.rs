//! Percent-encoding.

use clientsmith_runtime::http::percent::{Keep, decode, encode};

#[test]
fn only_unreserved_characters_stay() {
    let all: String = (0_u8..128).map(char::from).collect();
    let kept: String = all.chars().filter(|c| encode(&c.to_string(), Keep::Unreserved).len() == 1).collect();
    assert_eq!(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
}

#[test]
fn what_is_encoded_decodes_to_the_same() {
    let text = "v2.{id}/ü €%41+ \n";
    assert_eq!(decode(&encode(text, Keep::Unreserved)), text);
}

#[test]
fn broken_triples_are_left() {
    assert_eq!(decode("%4"), "%4");
    assert_eq!(decode("%zz%41"), "%zzA");
    assert_eq!(decode("%ff"), "\u{FFFD}");
}

#[test]
fn triples_stay_only_where_text_may_be_encoded_already() {
    assert_eq!(encode("%20", Keep::Unreserved), "%2520");
    assert_eq!(encode("%20", Keep::Address), "%20");
    assert_eq!(encode("50%", Keep::Address), "50%25");
}
