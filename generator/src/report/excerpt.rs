//! One line of a description, cut and marked.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::is_unsafe;

/// A line of a description with a part marked. Places are columns of a terminal: some characters take two, some none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text, without control characters.
    pub text: String,
    /// How many columns stand before the marked part.
    pub before: usize,
    /// How many columns are marked.
    pub marked: usize,
    /// Whether something of the line is missing.
    pub cut: bool,
}

/// Longest line in bytes that is shown whole, and how much of a longer one is shown before and behind the place.
const WIDE: usize = 140;
const BEFORE: usize = 40;
const BEHIND: usize = 80;

/// A terminal narrower than this is not cut for.
const NARROW: usize = 20;

impl Excerpt {
    /// The same in at most so many columns, the start of the marked part among them.
    pub(super) fn within(&self, columns: usize) -> Self {
        if columns < NARROW || self.text.width() <= columns {
            return self.clone();
        }
        let gone = self.before.saturating_sub(columns / 3);
        let (mut passed, mut width) = (0, 0);
        let mut text = String::new();
        let mut before = self.before;
        for c in self.text.chars() {
            let wide = c.width().unwrap_or(0);
            if passed < gone {
                passed += wide;
                continue;
            }
            if text.is_empty() && passed > 0 {
                text.push('…');
                width = 1;
                before = (self.before + 1).saturating_sub(passed);
            }
            if width + wide >= columns {
                text.push('…');
                break;
            }
            text.push(c);
            width += wide;
        }
        let room = columns.saturating_sub(before + 1);
        Self { text, before, marked: self.marked.clamp(1, room.max(1)), cut: true }
    }
}

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
    let room = plain(behind).width();
    Excerpt {
        before: left.width(),
        marked: plain(&behind.chars().take(token(before.chars().next_back(), behind, separator)).collect::<String>())
            .width()
            .clamp(1, room.max(1)),
        text: format!("{left}{}{}", plain(behind), edge(cut_behind)),
        cut: cut_before || cut_behind,
    }
}

/// A piece of a line with nothing in it that moves the cursor.
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
    if rest.peek().is_some_and(|c| c.is_whitespace()) || matches!(first, '{' | '[' | '}' | ']' | ',' | ':') {
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

    /// Text and carets, one below the other.
    fn shown(excerpt: &Excerpt) -> [String; 2] {
        [excerpt.text.clone(), format!("{}{}", " ".repeat(excerpt.before), "^".repeat(excerpt.marked))]
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let line = "  名前: 日本 # e\u{301}";
        assert_eq!(shown(&excerpt(line, line.find('日').unwrap(), ':')), [line, "        ^^^^"]);
        assert_eq!(shown(&excerpt(line, 2, ':')), [line, "  ^^^^"]);
        let line = "e\u{301}: {b: c}";
        assert_eq!(shown(&excerpt(line, line.find('c').unwrap(), ':')), [line, "       ^"]);
    }

    #[test]
    fn lines_fit_into_a_terminal() {
        let line = format!("{}here: {}", "ab ".repeat(20), "cd ".repeat(20));
        let whole = excerpt(&line, 60, ':');
        assert_eq!(whole.within(0), whole);
        assert_eq!(whole.within(200), whole);
        assert_eq!(shown(&whole.within(30)), ["… ab ab ab here: cd cd cd cd …", "           ^^^^"].map(str::to_owned));
        for columns in NARROW..line.len() {
            let cut = whole.within(columns);
            assert!(cut.text.width() <= columns && cut.before + cut.marked <= columns, "{cut:?}");
            assert!(cut.text.chars().skip(cut.before).collect::<String>().starts_with("here"), "{cut:?}");
        }
        let wide = excerpt(&"日".repeat(40), "日".len() * 20, ':').within(31);
        assert!(wide.text.width() <= 31 && wide.text.starts_with('…') && wide.text.ends_with('…'), "{wide:?}");
    }

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
