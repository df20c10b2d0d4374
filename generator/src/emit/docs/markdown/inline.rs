//! Prose inside a block: code spans, links and emphasis are kept, everything else that has a meaning is escaped.

use super::links::{LINK, Link, autolink, bare_url, is_email, safe_url};

/// How inline text is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// What stands for a line break of the input.
    pub(super) soft: &'static str,
    /// What stands for a forced line break.
    pub(super) hard: &'static str,
    /// Whether the text is in a table.
    pub(super) cell: bool,
    /// Whether links may be made: not inside of one.
    pub(super) links: bool,
}

impl Style {
    /// Lines stay lines.
    pub(super) const LINES: Self = Self { soft: "\n", hard: "\\\n", cell: false, links: true };
    /// One line.
    pub(super) const LINE: Self = Self { soft: " ", hard: " ", cell: false, links: true };
    /// One line of a table.
    pub(super) const CELL: Self = Self { soft: " ", hard: "<br>", cell: true, links: true };
}

/// Writes inline CommonMark so that it means the same but can do no harm.
pub(super) fn inline(text: &str, style: Style) -> String {
    let ticks = Ticks::of(text);
    let mut writer = Writer::new(text.len(), style);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at += step(text, at, c, &ticks, &mut writer);
    }
    writer.out.truncate(writer.out.trim_end_matches(' ').len());
    writer.out
}

/// Handles what stands at `at`; gives its length.
fn step(text: &str, at: usize, c: char, ticks: &Ticks, w: &mut Writer) -> usize {
    let rest = &text[at..];
    match c {
        '\n' => {
            w.line_break(w.style.soft);
            1 + spaces(&rest[1..])
        }
        ' ' => {
            let n = spaces(rest);
            if rest[n..].starts_with('\n') && n >= 2 {
                w.line_break(w.style.hard);
                n + 1 + spaces(&rest[n + 1..])
            } else if rest[n..].starts_with('\n') {
                n
            } else {
                // A run of blanks shows as one.
                w.blank();
                n
            }
        }
        '\\' => match rest[1..].chars().next() {
            Some('\n') => {
                w.line_break(w.style.hard);
                2 + spaces(&rest[2..])
            }
            Some(next) if next.is_ascii_punctuation() => {
                w.escaped(next);
                2
            }
            _ => {
                w.escaped('\\');
                1
            }
        },
        '`' => {
            let n = rest.len() - rest.trim_start_matches('`').len();
            if let Some(end) = ticks.closing(at, n) {
                w.raw(&code_span(&text[at + n..end], w.style.cell));
                return end + n - at;
            }
            for _ in 0..n {
                w.escaped('`');
            }
            n
        }
        '<' => {
            if let Some((url, len)) = autolink(rest) {
                if is_email(url) {
                    w.raw(&code_span(url, w.style.cell));
                } else {
                    w.url(url);
                }
                return len;
            }
            if let Some(tag) = super::html::tag(rest) {
                if tag.name == "br" {
                    w.line_break(w.style.hard);
                    return tag.len + spaces(&rest[tag.len..]);
                }
                if tag.is_dropped() {
                    return tag.len;
                }
            }
            w.escaped('<');
            1
        }
        '!' if rest[1..].starts_with('[') => {
            if let Some(link) = Link::read(&rest[1..]) {
                w.link(&link);
                return link.len + 1;
            }
            w.plain('!', &rest[1..]);
            1
        }
        '[' => {
            if let Some(link) = Link::read(rest) {
                w.link(&link);
                return link.len;
            }
            w.escaped('[');
            1
        }
        'h' | 'H' => {
            if let Some(len) = bare_url(rest) {
                w.url(&rest[..len]);
                return len;
            }
            w.plain(c, &rest[1..]);
            1
        }
        c => {
            w.plain(c, &rest[c.len_utf8()..]);
            c.len_utf8()
        }
    }
}

/// Text that is no Markdown: every character shows as it is.
pub(super) fn plain(text: &str) -> String {
    literal(text, Style::LINE)
}

/// As [`plain`], without links.
pub(super) fn label(text: &str) -> String {
    literal(text, Style { links: false, ..Style::LINE })
}

fn literal(text: &str, style: Style) -> String {
    let mut w = Writer::new(text.len(), style);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(len) = bare_url(rest) {
            w.url(&rest[..len]);
            at += len;
            continue;
        }
        let next = rest[c.len_utf8()..].chars().next();
        match c {
            // Inside of a word it is no emphasis.
            '_' if w.out.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) => w.plain(c, ""),
            '\\' | '`' | '*' | '_' | '<' | '[' | '&' => w.escaped(c),
            c => w.plain(c, &rest[c.len_utf8()..]),
        }
        at += c.len_utf8();
    }
    w.out
}

/// A code span; its fence is longer than any run of backticks inside.
pub(super) fn code_span(text: &str, cell: bool) -> String {
    let text = text.replace('\n', " ");
    if text.trim().is_empty() {
        return String::new();
    }
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    // A table splits its row before it looks at code spans, so a pipe is escaped even there.
    let text = if cell { text.replace('|', "\\|") } else { text };
    format!("{fence}{pad}{text}{pad}{fence}")
}

struct Writer {
    out: String,
    style: Style,
    line_start: bool,
    /// A line break that is written once something follows.
    pending: &'static str,
}

impl Writer {
    fn new(len: usize, style: Style) -> Self {
        Self { out: String::with_capacity(len + 8), style, line_start: true, pending: "" }
    }

    fn raw(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push_str(std::mem::take(&mut self.pending));
            self.out.push_str(text);
            self.line_start = false;
        }
    }

    fn escaped(&mut self, c: char) {
        self.raw("\\");
        self.out.push(c);
    }

    fn blank(&mut self) {
        if !self.line_start && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
    }

    fn line_break(&mut self, mark: &'static str) {
        if !self.line_start {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.pending = mark;
            self.line_start = true;
        }
    }

    /// A character of prose, with what follows it. At the start of a line some would start a block.
    fn plain(&mut self, c: char, rest: &str) {
        let next = rest.chars().next().unwrap_or(' ');
        let open = matches!(next, ' ' | '\n');
        let escape = match c {
            '|' | ']' | '~' => true,
            _ if !self.line_start => false,
            '#' | '>' | '=' => true,
            '-' | '+' => open || next == c,
            // A run that opens no emphasis might be a rule or a list.
            '*' | '_' => {
                let after = rest.trim_start_matches(c);
                let long = rest.len() - after.len() >= 2;
                !after.starts_with(|after: char| after.is_alphanumeric() || (!long && "`([\"'".contains(after)))
            }
            _ => false,
        };
        if escape {
            return self.escaped(c);
        }
        // `1.` at the start of a line: the digits are written one by one, the mark after them is escaped.
        if matches!(c, '.' | ')') && open && self.after_number() {
            return self.escaped(c);
        }
        self.raw(c.encode_utf8(&mut [0; 4]));
    }

    /// Whether the line holds nothing but a number so far.
    fn after_number(&self) -> bool {
        let rest = self.out.trim_end_matches(|c: char| c.is_ascii_digit());
        (1..=9).contains(&(self.out.len() - rest.len())) && (rest.is_empty() || rest.ends_with(['\n', '>']))
    }

    fn url(&mut self, url: &str) {
        match safe_url(url) {
            // Parentheses may stay in this form.
            Some(_) if self.style.links && !url.contains(['{', '}']) => {
                let url = url.replace('|', "%7C").replace('\\', "%5C");
                self.raw(&format!("<{url}>"));
            }
            // An address with placeholders is no address.
            Some(_) if self.style.links => self.raw(&code_span(url, self.style.cell)),
            _ => {
                for (at, c) in url.char_indices() {
                    match c {
                        '<' | '[' | '`' | '\\' | '*' | '_' => self.escaped(c),
                        c => self.plain(c, &url[at + c.len_utf8()..]),
                    }
                }
            }
        }
    }

    fn link(&mut self, link: &Link<'_>) {
        let target = safe_url(link.target).filter(|url| self.style.links && !url.contains(['{', '}']));
        let links = self.style.links && target.is_none();
        let text = inline(link.text, Style { links, hard: " ", soft: " ", ..self.style });
        match target {
            Some(_) if text.is_empty() => self.url(link.target),
            Some(url) => self.raw(&format!("[{text}]({url})")),
            // Something has to stand there, or what is around it would join into other marks.
            None if text.is_empty() => self.raw("&#32;"),
            None => self.raw(&text),
        }
    }
}

/// Runs of backticks, and where each one's partner is. Found once: a search per run would be quadratic.
struct Ticks(Vec<(usize, usize)>);

impl Ticks {
    fn of(text: &str) -> Self {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, _) in text.match_indices('`') {
            match runs.last_mut() {
                Some((start, len)) if *start + *len == at => *len += 1,
                _ => runs.push((at, 1)),
            }
        }
        Self(runs)
    }

    /// Where the next run of exactly this length after the one at `at` starts.
    fn closing(&self, at: usize, len: usize) -> Option<usize> {
        let own = self.0.partition_point(|(start, _)| *start <= at);
        self.0.get(own..)?.iter().take(LINK).find(|(_, n)| *n == len).map(|(start, _)| *start)
    }
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}
