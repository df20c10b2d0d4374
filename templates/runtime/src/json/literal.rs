//! Comparing values by their JSON texts.

use super::{Value, decimal, text};

/// Whether two JSON texts (checked ones, without white space around them) stand for the same value.
pub(super) fn same(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    match (left.as_bytes().first(), right.as_bytes().first()) {
        (Some(b'"'), Some(b'"')) => content(left) == content(right),
        (Some(b'-' | b'0'..=b'9'), Some(b'-' | b'0'..=b'9')) => decimal::same(left, right),
        (Some(b'['), Some(b'[')) | (Some(b'{'), Some(b'{')) => {
            left.parse::<Value>().ok().is_some_and(|left| right.parse().ok() == Some(left))
        }
        _ => false,
    }
}

/// The text that a JSON string stands for.
pub(super) fn content(string: &str) -> std::borrow::Cow<'_, str> {
    text::unescape(string.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(string))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kinds() {
        for (left, right) in [
            ("null", "null"),
            ("1", "1.0"),
            (r#""a""#, r#""\u0061""#),
            ("[1, 2]", "[1,2.0]"),
            (r#"{"a":1,"b":2}"#, r#"{"b":2, "a":1}"#),
        ] {
            assert!(same(left, right), "{left} {right}");
        }
        for (left, right) in [("1", r#""1""#), ("true", "false"), ("null", "0"), ("[1]", "[2]"), (r#""a""#, r#""b""#)] {
            assert!(!same(left, right), "{left} {right}");
        }
    }
}
