//! How the scalars of YAML that are no texts are written, and where: the parser gives their values alone. Between two
//! values are separators and comments only, so the next one is found from the end of the last that is known. Where that is
//! not known, such as behind a text in lines of its own, nothing is said until a key or text comes whose place is known.

use super::Kind;

/// Goes over a text beside the parser.
pub(super) struct Written<'t> {
    text: &'t str,
    /// Where the last key or value ends.
    at: usize,
    /// Whether that is the last one that the parser gave.
    known: bool,
    /// How many aliases the parser is inside of: what they repeat stands elsewhere.
    aliases: usize,
}

/// What comes next.
struct Next<'t> {
    offset: usize,
    token: &'t str,
    /// The dash of the entry that it is in.
    dash: Option<usize>,
}

/// Where a value is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Within {
    /// Behind a key.
    Member,
    /// In a list, or the only one.
    List,
}

impl<'t> Written<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, known: true, aliases: 0 }
    }

    /// A key or a text that ends there.
    pub(super) fn slice(&mut self, end: usize, within: Within) {
        if end > self.at {
            (self.at, self.known) = (end, true);
        } else if self.is_sure() {
            self.alias(within);
        }
    }

    /// A key or a text of which it is not known where it stands.
    pub(super) fn text(&mut self, within: Within) {
        if !self.is_sure() || self.alias(within) {
            return;
        }
        // Behind a key the next key will say where it is.
        let next = (within == Within::List).then(|| self.next(within));
        let end = next.and_then(|next| Some(next.offset + quoted(self.text.get(next.offset..)?)?));
        match end {
            Some(end) => self.at = end,
            None => self.known = false,
        }
    }

    /// A scalar of this value: where it stands, and how it is written.
    pub(super) fn scalar(&mut self, kind: &Kind, within: Within) -> Option<(usize, &'t str)> {
        if !self.is_sure() || self.alias(within) {
            return None;
        }
        let Next { offset, token, dash } = self.next(within);
        if reads_as(token, kind) {
            self.at = offset + token.len();
            return Some((offset, token));
        }
        self.at = offset;
        // An entry without a value.
        let dash = dash.filter(|_| matches!(kind, Kind::Null))?;
        self.at = dash + 1;
        Some((dash, ""))
    }

    /// A list or an object begins. What is given is for [`leave`](Self::leave).
    pub(super) fn enter(&mut self, within: Within) -> bool {
        if !self.is_sure() {
            return false;
        }
        if self.alias(within) {
            self.aliases += 1;
            return true;
        }
        let start = self.skip(within, b"").0;
        if matches!(self.text.as_bytes().get(start), Some(b'[' | b'{')) {
            self.at = start + 1;
        }
        false
    }

    pub(super) fn leave(&mut self, is_alias: bool) {
        self.aliases -= usize::from(is_alias);
    }

    fn is_sure(&self) -> bool {
        self.known && self.aliases == 0
    }

    /// Goes over an alias, if one is next.
    fn alias(&mut self, within: Within) -> bool {
        let (start, _) = self.skip(within, b"");
        let rest = self.text.get(start..).filter(|rest| rest.starts_with('*'));
        if let Some(rest) = rest {
            self.at = start + word(rest).len();
        }
        rest.is_some()
    }

    fn next(&self, within: Within) -> Next<'t> {
        let (offset, dash) = self.skip(within, b"[{");
        Next { offset, token: self.text.get(offset..).map_or("", word), dash }
    }

    /// Goes over separators, comments, tags and anchors: to where the next value begins, and the dash before it.
    fn skip(&self, within: Within, open: &[u8]) -> (usize, Option<usize>) {
        let bytes = self.text.as_bytes();
        let is_list = within == Within::List;
        let is_blank = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
        let mut at = self.at;
        let mut dash = None;
        // Where the line of the first dash starts.
        let mut line = None;
        // The quote behind the last text.
        at += usize::from(matches!(bytes.get(at), Some(b'"' | b'\'')));
        while let Some(byte) = bytes.get(at) {
            let rest = bytes.get(at..).unwrap_or_default();
            at += match byte {
                b'\n' => {
                    line = line.map(|_| at + 1);
                    1
                }
                b' ' | b'\t' | b'\r' | b':' => 1,
                b'#' => rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
                b'!' | b'&' => self.text.get(at..).map_or(1, |rest| word(rest).len().max(1)),
                b',' | b']' | b'}' if is_list => 1,
                b'?' if is_list && is_blank(at + 1) => 1,
                b'-' if is_list && is_blank(at + 1) => {
                    // One that stands no deeper is that of the next entry.
                    let column = at - *line.get_or_insert_with(|| self.line(at));
                    if dash.is_some_and(|(_, before)| column <= before) {
                        break;
                    }
                    dash = Some((at, column));
                    1
                }
                b'-' if is_list && rest.starts_with(b"---") && is_blank(at + 3) => 3,
                byte if is_list && open.contains(byte) => 1,
                _ => break,
            };
        }
        (at, dash.map(|(at, _)| at))
    }

    /// Where the line of a place starts.
    fn line(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
    }
}

/// A text up to a blank or a bracket: all of a scalar that is no text, of a tag, an anchor or an alias.
pub(super) fn word(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// Whether a text without quotes is this value (YAML 1.2.2, section 10.3.2).
pub(super) fn reads_as(token: &str, kind: &Kind) -> bool {
    match kind {
        Kind::Null => matches!(token, "null" | "Null" | "NULL" | "~"),
        Kind::Bool(true) => matches!(token, "true" | "True" | "TRUE"),
        Kind::Bool(false) => matches!(token, "false" | "False" | "FALSE"),
        Kind::Number(text) => {
            let is_integer = |text: &str| text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
            match is_integer(text) {
                _ if *token == **text => true,
                true => integer(token).as_deref() == Some(text),
                false => token.parse::<f64>().is_ok() && token.parse::<f64>() == text.parse(),
            }
        }
        // Those that JSON has not.
        Kind::String(text) => token.trim_start_matches('+').eq_ignore_ascii_case(text),
        Kind::Array(_) | Kind::Object(_) => false,
    }
}

/// An integer in digits.
fn integer(token: &str) -> Option<String> {
    let (sign, digits) = match token.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", token.strip_prefix('+').unwrap_or(token)),
    };
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter();
    let found = radix.clone().find_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, radix)));
    let (digits, radix) = found.unwrap_or((digits, 10));
    let value = u128::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
    Some(format!("{sign}{value}"))
}

/// How many bytes a text in quotes has; nothing where there is none.
fn quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let mut at = 1;
    loop {
        at += match (*bytes.get(at)?, bytes.get(at + 1)) {
            (b'\\', _) if quote == b'"' => 2,
            (b'\'', Some(b'\'')) if quote == b'\'' => 2,
            (byte, _) if byte == quote => return Some(at + 1),
            _ => 1,
        };
    }
}
