//! Where a byte of a JSON text is, told as a path; computed only when an error is made.
//!
//! Nothing keeps track of the path while JSON is read. When there is an error, the text is gone through once more up to
//! the byte in question, and the member names and indexes on the way are collected.

use super::text;

/// Longest part of the text that is shown before and after the place of an error, in bytes.
const BEFORE: usize = 24;
const AFTER: usize = 40;

/// How many steps are shown of either end of a path that is longer than both.
const SHOWN: usize = 32;

enum Frame<'a> {
    /// An object, with the raw name of the member that is being read.
    Object(Option<&'a str>),
    Array(usize),
}

/// The path of the value at `position`, or of the container around it.
pub(super) fn path(text: &str, position: usize, container: bool) -> String {
    let mut frames = frames(text, position);
    if container {
        match frames.last_mut() {
            Some(Frame::Object(name)) => *name = None,
            Some(Frame::Array(_)) => {
                frames.pop();
            }
            None => {}
        }
    }
    let mut path = String::from("$");
    for (depth, frame) in frames.iter().enumerate() {
        if depth >= SHOWN && frames.len() - depth > SHOWN {
            // The middle of a way that nobody would walk.
            if depth == SHOWN {
                path.push('…');
            }
            continue;
        }
        match frame {
            Frame::Object(None) => {}
            Frame::Object(Some(raw)) => push_name(&mut path, &text::unescape(raw)),
            Frame::Array(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
        }
    }
    path
}

/// The containers that are open at `position`. The text up to there has been read before, so its shape can be trusted.
fn frames(text: &str, position: usize) -> Vec<Frame<'_>> {
    let bytes = text.as_bytes();
    let mut frames = Vec::new();
    let mut at = 0;
    while at < position
        && let Some(&byte) = bytes.get(at)
    {
        at += 1;
        match byte {
            b'{' => frames.push(Frame::Object(None)),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => {
                frames.pop();
            }
            b',' => match frames.last_mut() {
                Some(Frame::Object(name)) => *name = None,
                Some(Frame::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                let start = at;
                at = string_end(bytes, start);
                // A failure inside a name concerns the object, so the name counts only when it is whole.
                if at < position
                    && let Some(Frame::Object(name @ None)) = frames.last_mut()
                {
                    *name = text.get(start..at);
                }
                at += 1;
            }
            _ => {}
        }
    }
    frames
}

/// The place of the quote that ends the string whose content starts at `from`.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The step to a member.
pub(super) fn step(name: &str) -> String {
    let mut step = String::new();
    push_name(&mut step, name);
    step
}

fn push_name(path: &mut String, name: &str) {
    let mut bytes = name.bytes();
    let plain = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        path.push('.');
        path.push_str(name);
    } else {
        path.push('[');
        path.push_str(&text::quote(name));
        path.push(']');
    }
}

/// What is at `position`, in words.
pub(super) fn describe(text: &str, position: usize) -> String {
    let rest = text.get(position..).unwrap_or("");
    match rest.chars().next() {
        None => "end of text".to_owned(),
        Some('"') => "string".to_owned(),
        Some('{') => "object".to_owned(),
        Some('[') => "array".to_owned(),
        Some('-' | '0'..='9') => "number".to_owned(),
        Some(_) if rest.starts_with("true") || rest.starts_with("false") => "boolean".to_owned(),
        Some(_) if rest.starts_with("null") => "null".to_owned(),
        Some(c) => format!("character {c:?}"),
    }
}

/// The text around `position`, on one line, with `…` where it is cut.
pub(super) fn excerpt(text: &str, position: usize) -> String {
    let position = position.min(text.len());
    let from = text.floor_char_boundary(position.saturating_sub(BEFORE));
    let to = text.ceil_char_boundary((position + AFTER).min(text.len()));
    let mut excerpt = String::new();
    if from > 0 {
        excerpt.push('…');
    }
    excerpt.extend(text.get(from..to).unwrap_or("").chars().map(|c| if c.is_control() { ' ' } else { c }));
    if to < text.len() {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_every_kind() {
        let text = r#"{"a": {"b c": [10, {"q\"uote": 1}]}, "": 2, "ünï": [[3]]}"#;
        for (needle, expected) in [
            ("10", r#"$.a["b c"][0]"#),
            ("1}", r#"$.a["b c"][1]["q\"uote"]"#),
            ("2", r#"$[""]"#),
            ("3", r#"$["ünï"][0][0]"#),
            ("[10", r#"$.a["b c"]"#),
            (r#""b c""#, "$.a"),
        ] {
            let at = text.find(needle).unwrap();
            assert_eq!(path(text, at, false), expected, "{needle}");
        }
        assert_eq!(path(text, 0, false), "$");
        assert_eq!(path(text, text.find("10").unwrap(), true), r#"$.a["b c"]"#);
    }

    #[test]
    fn long_paths_are_cut() {
        let text = "[".repeat(1000);
        assert_eq!(path(&text, 64, false), format!("${}", "[0]".repeat(64)));
        assert_eq!(path(&text, 999, false), format!("${}…{}", "[0]".repeat(SHOWN), "[0]".repeat(SHOWN)));
    }

    #[test]
    fn no_position_panics() {
        let text = r#"{"é": ["\"", "\\", {"x": "😀"#;
        for position in 0..text.len() + 3 {
            path(text, position, false);
            path(text, position, true);
            excerpt(text, position);
            describe(text, position);
        }
    }

    #[test]
    fn excerpts_are_short_and_on_one_line() {
        assert_eq!(excerpt("[1,\n2]", 4), "[1, 2]");
        let long = "x".repeat(200);
        assert_eq!(excerpt(&long, 100), format!("…{}…", "x".repeat(BEFORE + AFTER)));
    }
}
