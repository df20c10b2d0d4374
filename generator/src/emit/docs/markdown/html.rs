//! The few HTML tags that descriptions use for layout, read as the Markdown that they stand for.
//!
//! Swagger tools write `<br>`, `<p>` and `<ul>` into descriptions. No tag is ever copied: known ones become blocks or
//! nothing, unknown ones show as text (`<id>` is a placeholder more often than a tag).

use super::blocks::Block;
use super::links::window;

/// A tag at the start of a text.
pub(super) struct Tag {
    /// Its name in small letters.
    pub(super) name: String,
    /// Whether it is an end tag.
    pub(super) end: bool,
    /// Length of its text.
    pub(super) len: usize,
}

impl Tag {
    /// Whether only its content counts.
    pub(super) fn is_dropped(&self) -> bool {
        const DROPPED: &[&str] = &[
            "a", "b", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "li", "ol", "p",
            "pre", "small", "span", "strong", "sub", "sup", "tt", "u", "ul", "!--",
        ];
        DROPPED.contains(&self.name.as_str())
    }

    fn is_block(&self) -> bool {
        const BLOCKS: &[&str] = &["div", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "ul"];
        BLOCKS.contains(&self.name.as_str())
    }
}

/// Reads a tag or a comment.
pub(super) fn tag(rest: &str) -> Option<Tag> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return window(comment).find("-->").map(|at| Tag { name: "!--".to_owned(), end: false, len: 4 + at + 3 });
    }
    let inner = window(rest).strip_prefix('<')?;
    let (end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name_len = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, after) = inner.split_at(name_len);
    if name.is_empty() || !after.starts_with(['>', '/', ' ', '\n']) {
        return None;
    }
    let close = after.find('>')?;
    // An angle bracket inside says that this was no tag.
    if after[..close].contains('<') {
        return None;
    }
    Some(Tag { name: name.to_ascii_lowercase(), end, len: 1 + usize::from(end) + name_len + close + 1 })
}

/// Splits a paragraph at its block tags and adds the blocks.
pub(super) fn split(text: &str, out: &mut Vec<Block>) {
    let mut piece = String::new();
    let mut item = false;
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '`']) {
        piece.push_str(&text[at..at + found]);
        at += found;
        let rest = &text[at..];
        // Code spans keep their tags.
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        if ticks > 0 {
            let mark = &rest[..ticks];
            let len = rest[ticks..].find(mark).map_or(ticks, |end| ticks + end + ticks);
            piece.push_str(&rest[..len]);
            at += len;
            continue;
        }
        match tag(rest) {
            Some(tag) if tag.is_block() || tag.name == "li" => {
                end_piece(&mut piece, item, out);
                item = tag.name == "li" && !tag.end;
                at += tag.len;
            }
            _ => {
                piece.push('<');
                at += 1;
            }
        }
    }
    piece.push_str(&text[at..]);
    end_piece(&mut piece, item, out);
}

fn end_piece(piece: &mut String, item: bool, out: &mut Vec<Block>) {
    let text = piece.trim();
    if !text.is_empty() {
        let paragraph = Block::Paragraph(text.to_owned());
        match out.last_mut() {
            Some(Block::List(None, items)) if item => items.push(vec![paragraph]),
            _ if item => out.push(Block::List(None, vec![vec![paragraph]])),
            _ => out.push(paragraph),
        }
    }
    piece.clear();
}
