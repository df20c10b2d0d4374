//! Anchors of YAML that are set twice. An alias means the last anchor of its name before it (YAML 1.2.2, section 7.1),
//! but `serde_yaml` mixes up the numbers that it gives to anchors once a name comes again. So each later anchor of a name
//! is given a name of its own before it reads the text: one as long, so that every place stays where it is.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Failure;

/// The letters of names (as libyaml has them).
const LETTERS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

/// The text with a name of its own for each anchor; nothing where that is so already.
///
/// # Errors
/// When there are more anchors of one name than names of its length.
pub(super) fn distinct(text: &str) -> Result<Option<String>, Failure> {
    if !text.contains('&') || !text.contains('*') {
        return Ok(None);
    }
    let marks = Scanner { text: text.as_bytes(), at: 0, line: 0, seen: 0, flow: 0, parent: None }.marks();
    let name = |mark: &Mark| text.get(mark.start..mark.end).unwrap_or_default();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let anchors = marks.iter().filter(|mark| mark.anchor);
    if anchors.map(name).filter(|name| !taken.insert(name)).count() == 0 {
        return Ok(None);
    }
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut counts) = (0, BTreeMap::<usize, usize>::new());
    let mut current: BTreeMap<&str, String> = BTreeMap::new();
    for mark in &marks {
        let own = name(mark);
        if mark.anchor {
            let new = if current.contains_key(own) {
                let count = counts.entry(own.len()).or_default();
                fresh(own.len(), count, &taken)
                    .ok_or_else(|| Failure::limit(mark.start, format!("there are too many anchors `{own}`")))?
            } else {
                own.to_owned()
            };
            current.insert(own, new);
        }
        if let Some(new) = current.get(own) {
            out.push_str(text.get(copied..mark.start).unwrap_or_default());
            out.push_str(new);
            copied = mark.end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Ok(Some(out))
}

/// The next name of a length that no anchor has.
fn fresh(length: usize, count: &mut usize, taken: &BTreeSet<&str>) -> Option<String> {
    loop {
        let mut rest = *count;
        *count += 1;
        let mut name = String::with_capacity(length);
        for _ in 0..length {
            name.push(char::from(*LETTERS.get(rest % LETTERS.len())?));
            rest /= LETTERS.len();
        }
        match rest {
            0 if taken.contains(name.as_str()) => {}
            0 => return Some(name),
            _ => return None,
        }
    }
}

/// The name of an anchor or alias.
struct Mark {
    anchor: bool,
    start: usize,
    end: usize,
}

/// Goes over a text and knows where a value can begin: only there an anchor stands.
struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
    /// Where the last line starts of those that were looked at, and how far that was.
    line: usize,
    seen: usize,
    /// Brackets around.
    flow: usize,
    /// The column of the entry that a value belongs to; what goes on over several lines stands behind it.
    parent: Option<usize>,
}

impl Scanner<'_> {
    fn marks(mut self) -> Vec<Mark> {
        let mut marks = Vec::new();
        // Where the line, behind its dashes, starts.
        let mut key = 0;
        let mut fresh_line = true;
        while let Some(byte) = self.peek(0) {
            let column = self.column();
            if fresh_line && !byte.is_ascii_whitespace() {
                (key, fresh_line) = (column, false);
            }
            match byte {
                b'\n' => {
                    fresh_line = true;
                    self.at += 1;
                }
                b'#' if self.is_apart() => self.skip_line(),
                b'-' if column == 0 && self.peek(1) == Some(b'-') && self.peek(2) == Some(b'-') && self.ends(3) => {
                    self.at += 3;
                }
                b'-' if self.flow == 0 && column == key && self.ends(1) => {
                    self.parent = Some(column);
                    self.at += 1;
                    key += 1 + self.text.get(self.at..).unwrap_or_default().iter().take_while(|c| **c == b' ').count();
                }
                b'[' | b'{' => {
                    self.flow += 1;
                    self.at += 1;
                }
                b']' | b'}' => {
                    self.flow = self.flow.saturating_sub(1);
                    self.at += 1;
                }
                b':' | b'?' if self.flow > 0 || self.ends(1) => {
                    self.parent = Some(key);
                    self.at += 1;
                }
                b',' if self.flow > 0 => self.at += 1,
                b'"' | b'\'' => self.skip_quoted(byte),
                b'|' | b'>' if self.flow == 0 => self.skip_block(),
                b'&' | b'*' => {
                    let start = self.at + 1;
                    let name = self.text.get(start..).unwrap_or_default();
                    let end = start + name.iter().take_while(|byte| LETTERS.contains(byte)).count();
                    self.at = end;
                    // `&nbsp;` is none.
                    if end > start && (self.ends(0) || matches!(self.peek(0), Some(b',' | b']' | b'}'))) {
                        marks.push(Mark { anchor: byte == b'&', start, end });
                    }
                }
                b'!' => {
                    while !self.ends(0) {
                        self.at += 1;
                    }
                }
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => self.skip_plain(),
            }
        }
        marks
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// Whether a blank or the end of the text is so far ahead.
    fn ends(&self, ahead: usize) -> bool {
        self.peek(ahead).is_none_or(|byte| byte.is_ascii_whitespace())
    }

    /// Whether nothing stands right before.
    fn is_apart(&self) -> bool {
        self.at.checked_sub(1).and_then(|before| self.text.get(before)).is_none_or(u8::is_ascii_whitespace)
    }

    fn column(&mut self) -> usize {
        let passed = self.text.get(self.seen..self.at).unwrap_or_default();
        if let Some(last) = passed.iter().rposition(|byte| *byte == b'\n') {
            self.line = self.seen + last + 1;
        }
        self.seen = self.at;
        self.at.saturating_sub(self.line)
    }

    fn skip_line(&mut self) {
        while self.peek(0).is_some_and(|byte| byte != b'\n') {
            self.at += 1;
        }
    }

    fn skip_quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += match byte {
                b'\\' if quote == b'"' => 2,
                b'\'' if quote == byte && self.peek(1) == Some(b'\'') => 2,
                byte if byte == quote => {
                    self.at += 1;
                    return;
                }
                _ => 1,
            };
        }
    }

    /// A text in lines of its own.
    fn skip_block(&mut self) {
        self.skip_line();
        while self.goes_on() {
            self.at += 1;
            self.skip_line();
        }
    }

    /// A text without quotes: it ends at a comment, as a key at its colon, in brackets at a comma or bracket, and else
    /// with its last line.
    fn skip_plain(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b':' if self.ends(1) => return,
                b':' if self.flow > 0 && matches!(self.peek(1), Some(b',' | b'[' | b']' | b'{' | b'}')) => return,
                b',' | b'[' | b']' | b'{' | b'}' if self.flow > 0 => return,
                b'#' if self.is_apart() => return,
                b'\n' if self.flow == 0 && !self.goes_on() => return,
                _ => self.at += 1,
            }
        }
    }

    /// At the end of a line: whether the next one belongs to the same text.
    fn goes_on(&self) -> bool {
        let Some(line) = self.text.get(self.at + 1..) else { return false };
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        match line.get(indent) {
            None => false,
            Some(b'\n' | b'\r') => true,
            Some(_) => self.parent.is_some_and(|parent| indent > parent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str) {
        assert_eq!(distinct(text).unwrap().as_deref().unwrap_or(text), wanted);
    }

    #[test]
    fn later_anchors_get_names_of_their_own() {
        check("a: &r 1\nb: &s 2\nc: *r", "a: &r 1\nb: &s 2\nc: *r");
        check("a: &r 1\nb: &r 2\nc: *r\n", "a: &r 1\nb: &a 2\nc: *a\n");
        check("[&a 1, *a, &a 2, *a, {b: &a x, *a : *a}]", "[&a 1, *a, &b 2, *b, {b: &c x, *c : *c}]");
        check("- &xy\n  - !t &xy 1\n- *xy", "- &xy\n  - !t &aa 1\n- *aa");
        check("--- &r\na: &r 1\nb: *r", "--- &r\na: &a 1\nb: *a");
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        let text = |inside: &str| format!("z: &r 1\n{inside}\ny: &r 2\nx: *r");
        for inside in [
            "a: \"\\\"&r *r\"",
            "a: 'it''s &r, *r'\nb: ['', \"\", '''&r']",
            "a:\n  b\n  &r *r",
            "a: b &r *r",
            "a: b\n  &r *r",
            "a: b\n\n  &r *r",
            "a: [b\n  &r *r]",
            "# &r *r",
            "? |\n &r;\n: &r;",
            "a: {b: '&r', c: it's &r, \"d\": \"&r\"} # &r",
            "a: b # &r",
            "a: |\n  - &r *r\n\n   : &r *r",
            "a:\n- b: >-\n   - &r\n  c: |+\n   *r",
            "a:\n- |\n - &r\n- b\n  &r",
        ] {
            let wanted = text(inside).replace("y: &r", "y: &a").replace("x: *r", "x: *a");
            check(&text(inside), &wanted);
        }
    }

    #[test]
    fn too_many() {
        let text = format!("[{}*r]", "&r 1, ".repeat(70));
        assert_eq!(distinct(&text).unwrap_err().message, "there are too many anchors `r`");
    }
}
