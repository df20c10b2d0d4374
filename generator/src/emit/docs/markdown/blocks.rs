//! Reads CommonMark into blocks. Lenient where the standard is: whatever is not a known block is a paragraph.

/// A block of a description. Texts are raw: the renderer escapes them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// Lines of prose, joined by line breaks.
    Paragraph(String),
    /// Level 1 to 6 and text.
    Heading(usize, String),
    /// Language and text.
    Code(String, String),
    /// Number of the first item when it is numbered, and the items.
    List(Option<u32>, Vec<Vec<Block>>),
    /// Quoted blocks.
    Quote(Vec<Block>),
    /// Head and rows of raw cells, each row as wide as the head.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// Deeper lists and quotes are read as prose: bounds the recursion over hostile text.
const DEPTH: usize = 8;

/// Without carriage returns, tabs, control characters and the text direction marks that rustc refuses in sources.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\n' => out.push('\n'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Reads a description.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let clean = clean(text);
    let lines: Vec<&str> = clean.lines().collect();
    parse_lines(&lines, 0)
}

/// The text of the first paragraph or heading.
pub(super) fn first_text(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(text) | Block::Heading(_, text) => Some(text.clone()),
        Block::Quote(inner) => first_text(inner),
        Block::List(_, items) => items.iter().find_map(|item| first_text(item)),
        Block::Code(..) | Block::Table(..) => None,
    })
}

fn parse_lines(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut reader = Lines { lines, at: 0, depth, out: Vec::new(), paragraph: Vec::new() };
    while reader.at < lines.len() {
        reader.step();
    }
    reader.end_paragraph();
    reader.out
}

struct Lines<'a> {
    lines: &'a [&'a str],
    at: usize,
    depth: usize,
    out: Vec<Block>,
    paragraph: Vec<&'a str>,
}

impl<'a> Lines<'a> {
    fn step(&mut self) {
        let line = self.lines[self.at];
        let text = bare(line);
        if text.is_empty() {
            self.end_paragraph();
            self.at += 1;
        } else if indent(line) >= 4 && self.paragraph.is_empty() {
            self.indented_code();
        } else if indent(line) >= 4 {
            self.text(line);
        } else if let Some((mark, info)) = fence_start(text) {
            self.fenced_code(mark, info, indent(line));
        } else if !self.paragraph.is_empty() && is_underline(text) {
            let heading = self.paragraph.join(" ");
            self.paragraph.clear();
            self.out.push(Block::Heading(if text.starts_with('=') { 1 } else { 2 }, heading));
            self.at += 1;
        } else if is_rule(text) {
            self.end_paragraph();
            self.at += 1;
        } else if let Some((level, heading)) = heading(text) {
            self.end_paragraph();
            self.out.push(Block::Heading(level, heading.to_owned()));
            self.at += 1;
        } else if self.depth < DEPTH && text.starts_with('>') {
            self.quote();
        } else if self.depth < DEPTH && self.starts_list(text) {
            self.list();
        } else if self.paragraph.is_empty() && self.is_table() {
            self.table();
        } else {
            self.text(line);
        }
    }

    fn text(&mut self, line: &'a str) {
        self.paragraph.push(bare(line));
        self.at += 1;
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() {
            super::html::split(&self.paragraph.join("\n"), &mut self.out);
            self.paragraph.clear();
        }
    }

    /// An item that would break into a paragraph must have text, and a number must be 1 (CommonMark 5.2).
    fn starts_list(&self, text: &str) -> bool {
        marker(text).is_some_and(|m| {
            !is_blank(&text[m.width..]) && (self.paragraph.is_empty() || m.number.is_none_or(|n| n == 1))
        })
    }

    fn indented_code(&mut self) {
        let mut code: Vec<&str> = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            if !is_blank(line) && indent(line) < 4 {
                break;
            }
            code.push(line.get(4..).unwrap_or(""));
            self.at += 1;
        }
        while code.last().is_some_and(|line| is_blank(line)) {
            code.pop();
        }
        self.out.push(Block::Code(String::new(), code.join("\n")));
    }

    /// An unclosed fence runs to the end of what holds it.
    fn fenced_code(&mut self, mark: &str, info: &str, margin: usize) {
        self.end_paragraph();
        self.at += 1;
        let mut code = String::new();
        while let Some(line) = self.lines.get(self.at) {
            self.at += 1;
            let text = line.trim_matches(' ');
            if indent(line) < 4
                && text.starts_with(mark)
                && text.trim_start_matches(mark.as_bytes()[0] as char).is_empty()
            {
                break;
            }
            code.push_str(&line[indent(line).min(margin)..]);
            code.push('\n');
        }
        let language = info.split_whitespace().next().unwrap_or("");
        self.out.push(Block::Code(language.to_owned(), code.trim_end_matches('\n').to_owned()));
    }

    fn quote(&mut self) {
        self.end_paragraph();
        let mut inner: Vec<&str> = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            let text = bare(line);
            let lazy = !inner.is_empty() && is_lazy(text, inner.last());
            if let (Some(rest), true) = (text.strip_prefix('>'), indent(line) < 4) {
                inner.push(rest.strip_prefix(' ').unwrap_or(rest));
            } else if lazy {
                inner.push(text);
            } else {
                break;
            }
            self.at += 1;
        }
        let blocks = parse_lines(&inner, self.depth + 1);
        if !blocks.is_empty() {
            self.out.push(Block::Quote(blocks));
        }
    }

    fn list(&mut self) {
        self.end_paragraph();
        let mut items = Vec::new();
        let mut start = None;
        let mut kind = None;
        while let Some(line) = self.lines.get(self.at) {
            let text = bare(line);
            let Some(m) = marker(text).filter(|_| indent(line) < 4 && !is_rule(text)) else { break };
            if *kind.get_or_insert(m.kind) != m.kind {
                break;
            }
            if items.is_empty() {
                start = m.number;
            }
            let item = self.item(indent(line), &m);
            if !item.is_empty() {
                items.push(item);
            }
        }
        if !items.is_empty() {
            self.out.push(Block::List(start, items));
        }
    }

    /// Reads one item and the blank lines after it.
    fn item(&mut self, margin: usize, marker: &Marker) -> Vec<Block> {
        let first = &self.lines[self.at][margin + marker.width..];
        let blanks = indent(first);
        // Five blanks and more: one belongs to the marker, the rest to indented code.
        let content = margin + marker.width + if blanks > 4 || is_blank(first) { 1 } else { blanks.max(1) };
        let mut inner: Vec<&str> = vec![self.lines[self.at].get(content..).unwrap_or("")];
        self.at += 1;
        while let Some(line) = self.lines.get(self.at) {
            let text = bare(line);
            if text.is_empty() {
                inner.push("");
            } else if indent(line) >= content {
                inner.push(&line[content..]);
            } else if is_lazy(text, inner.last()) {
                inner.push(text);
            } else {
                break;
            }
            self.at += 1;
        }
        parse_lines(&inner, self.depth + 1)
    }

    fn is_table(&self) -> bool {
        let (Some(head), Some(rule)) = (self.lines.get(self.at), self.lines.get(self.at + 1)) else { return false };
        let dashes = |cell: &String| {
            let bare = cell.strip_prefix(':').unwrap_or(cell);
            let bare = bare.strip_suffix(':').unwrap_or(bare);
            !bare.is_empty() && bare.bytes().all(|b| b == b'-')
        };
        head.contains('|')
            && rule.contains('|')
            && cells(rule).iter().all(dashes)
            && cells(head).len() == cells(rule).len()
    }

    fn table(&mut self) {
        let head = cells(self.lines[self.at]);
        self.at += 2;
        let mut rows = Vec::new();
        while let Some(line) = self.lines.get(self.at).filter(|line| line.contains('|')) {
            let mut row = cells(line);
            // Nothing is lost: cells beyond the head join the last one.
            if row.len() > head.len() {
                let rest = row.split_off(head.len()).join(" | ");
                if let Some(last) = row.last_mut() {
                    last.push_str(" | ");
                    last.push_str(&rest);
                }
            }
            row.resize(head.len(), String::new());
            rows.push(row);
            self.at += 1;
        }
        self.out.push(Block::Table(head, rows));
    }
}

// Only blanks count: `trim` would also take other white space of Unicode, which is text in CommonMark.
fn bare(line: &str) -> &str {
    line.trim_start_matches(' ')
}

fn is_blank(line: &str) -> bool {
    bare(line).is_empty()
}

fn indent(line: &str) -> usize {
    line.len() - bare(line).len()
}

/// Whether the line goes on with the paragraph before it although its container has ended.
fn is_lazy(text: &str, before: Option<&&str>) -> bool {
    let open = before
        .is_some_and(|line| !is_blank(line) && fence_start(bare(line)).is_none() && heading(bare(line)).is_none());
    let starts = text.is_empty()
        || text.starts_with('>')
        || is_rule(text)
        || marker(text).is_some()
        || heading(text).is_some()
        || fence_start(text).is_some();
    open && !starts
}

fn fence_start(text: &str) -> Option<(&str, &str)> {
    let c = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let (mark, info) = text.split_at(text.len() - text.trim_start_matches(c).len());
    (mark.len() >= 3 && !(c == '`' && info.contains('`'))).then_some((mark, info))
}

fn is_underline(text: &str) -> bool {
    let text = text.trim_end();
    text.bytes().all(|b| b == b'=') || text.bytes().all(|b| b == b'-')
}

fn is_rule(text: &str) -> bool {
    let Some(c) = text.chars().next().filter(|c| matches!(c, '-' | '*' | '_')) else { return false };
    text.chars().filter(|x| *x == c).count() >= 3 && text.chars().all(|x| x == c || x == ' ')
}

fn heading(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let rest = rest.trim();
    let bare = rest.trim_end_matches('#');
    Some((level, if bare.is_empty() || bare.ends_with(' ') { bare.trim_end() } else { rest }))
}

/// A list marker: its width without the blanks after it.
struct Marker {
    width: usize,
    number: Option<u32>,
    kind: char,
}

fn marker(text: &str) -> Option<Marker> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let kind = text[digits..].chars().next()?;
    let bullet = digits == 0 && matches!(kind, '-' | '*' | '+');
    let numbered = (1..=9).contains(&digits) && matches!(kind, '.' | ')');
    let after = &text[digits + kind.len_utf8()..];
    ((bullet || numbered) && (after.is_empty() || after.starts_with(' '))).then(|| Marker {
        width: digits + 1,
        number: text[..digits].parse().ok(),
        kind,
    })
}

/// The cells of a table's row; `\|` is a pipe inside a cell.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '|' if chars.peek().is_none() => {}
            '|' => cells.push(String::new()),
            '\\' if chars.peek() == Some(&'|') => {
                chars.next();
                if let Some(cell) = cells.last_mut() {
                    cell.push('|');
                }
            }
            c => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}
