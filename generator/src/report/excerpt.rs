//! One line of a description, cut and marked.

use super::is_unsafe;

/// A line of a description with a part marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text, without control characters.
    pub text: String,
    /// How many characters stand before the marked part.
    pub before: usize,
    /// How many characters are marked.
    pub marked: usize,
    /// Whether something of the line is missing.
    pub cut: bool,
}

/// Longest line in bytes that is shown whole, and how much of a longer one is shown before and behind the place.
const WIDE: usize = 140;
const BEFORE: usize = 40;
const BEHIND: usize = 80;

/// Cuts a line around a byte offset in it. A line may be a whole file, so nothing here looks at all of it. A key ends at
/// `separator`.
pub(super) fn excerpt(line: &str, caret: usize, separator: char) -> Excerpt {
    let caret = line.floor_char_boundary(caret);
    let long = line.len() > WIDE;
    let start = if long { line.floor_char_boundary(caret.saturating_sub(BEFORE)) } else { 0 };
    let end = if long { line.ceil_char_boundary(caret.saturating_add(BEHIND)) } else { line.len() };
    let (before, behind) = (line.get(start..caret).unwrap_or_default(), line.get(caret..end).unwrap_or_default());
    let (cut_before, cut_behind) = (start > 0, end < line.len());
    let edge = |cut| if cut { "…" } else { "" };
    let left = format!("{}{}", edge(cut_before), plain(before));
    let room = plain(behind).chars().count();
    Excerpt {
        before: left.chars().count(),
        marked: plain(&behind.chars().take(token(before.chars().next_back(), behind, separator)).collect::<String>())
            .chars()
            .count()
            .clamp(1, room.max(1)),
        text: format!("{left}{}{}", plain(behind), edge(cut_behind)),
        cut: cut_before || cut_behind,
    }
}

/// A piece of a line with every character one column wide.
fn plain(piece: &str) -> String {
    let mut out = String::with_capacity(piece.len());
    for c in piece.chars() {
        match c {
            '\t' => out.push_str("    "),
            c if is_unsafe(c) => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

/// How many characters the key or scalar has that a text starts with; what stands before it tells whether it is quoted.
fn token(previous: Option<char>, text: &str, separator: char) -> usize {
    let quoted = previous.filter(|c| matches!(c, '"' | '\''));
    let mut rest = text.chars().peekable();
    let first = rest.peek().copied().unwrap_or(' ');
    if matches!(first, '{' | '[' | '}' | ']' | ',' | ':') {
        return 1;
    }
    let mut length = 0;
    if let Some(quote) = quoted.or(Some(first).filter(|c| matches!(c, '"' | '\''))) {
        if quoted.is_none() {
            rest.next();
            length += 1;
        }
        while let Some(c) = rest.next() {
            if c == quote {
                return length + usize::from(quoted.is_none());
            }
            length += 1;
            if c == '\\' && quote == '"' && rest.next().is_some() {
                length += 1;
            }
        }
        return length;
    }
    let mut blanks = 0;
    while let Some(c) = rest.next() {
        match c {
            ':' if separator == ':' && rest.peek().is_none_or(|next| next.is_whitespace()) => break,
            '=' if separator == '=' => break,
            ',' | '}' | ']' => break,
            '#' if blanks > 0 => break,
            c if c.is_whitespace() => blanks += 1,
            _ => {
                length += 1 + blanks;
                blanks = 0;
            }
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        assert_eq!(token(Some(' '), "key: value", ':'), 3);
        assert_eq!(token(Some(' '), "some value # note", ':'), 10);
        assert_eq!(token(None, "a:b: 'x y'", ':'), 3);
        assert_eq!(token(Some('\''), "x y'", ':'), 3);
        assert_eq!(token(Some(' '), "12}", ':'), 2);
        assert_eq!(token(Some('{'), "\"a\": 12}", ':'), 3);
        assert_eq!(token(None, "{", ':'), 1);
        assert_eq!(token(None, "", ':'), 0);
        assert_eq!(token(None, "a = b", ':'), 5);
        assert_eq!(token(None, "a = b", '='), 1);
    }
}
