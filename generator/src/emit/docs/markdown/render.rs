//! Writes blocks as Markdown that every reader takes the same way.

use super::blocks::Block;
use super::inline::{Style, code_span, inline};

/// Where the text goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// A doc comment: code is labelled `text`.
    DocComment,
    /// A page: code keeps its language.
    Page,
}

/// Headings of a description stand below those of the page around it: its highest ones are of this level.
const HEADING: usize = 4;

/// Writes blocks with a blank line between them.
pub(super) fn blocks(blocks: &[Block], target: Target) -> String {
    join(blocks, Place { target, top: top(blocks) }, false)
}

/// What the writers of blocks have to know.
#[derive(Clone, Copy)]
struct Place {
    target: Target,
    /// Level of the highest heading.
    top: usize,
}

fn top(blocks: &[Block]) -> usize {
    let levels = blocks.iter().map(|block| match block {
        Block::Heading(level, _) => *level,
        Block::Quote(inner) => top(inner),
        Block::List(_, items) => items.iter().map(|item| top(item)).min().unwrap_or(6),
        Block::Paragraph(_) | Block::Code(..) | Block::Table(..) => 6,
    });
    levels.min().unwrap_or(6)
}

/// In a tight item a list follows its paragraph at once.
fn join(blocks: &[Block], place: Place, tight: bool) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        let text = one(block, place);
        if text.is_empty() {
            continue;
        }
        match (before, block) {
            (None, _) => {}
            // Two lists in a row would be one: a paragraph that shows nothing keeps them apart.
            (Some(Block::List(a, _)), Block::List(b, _)) if a.is_some() == b.is_some() => out.push_str("\n\n&#32;\n\n"),
            (Some(Block::Paragraph(_)), Block::List(None | Some(1), _)) if tight => out.push('\n'),
            _ => out.push_str("\n\n"),
        }
        out.push_str(&text);
        before = Some(block);
    }
    out
}

fn one(block: &Block, place: Place) -> String {
    match block {
        Block::Paragraph(text) => inline(text, Style::LINES),
        Block::Heading(level, text) => {
            let text = inline(text, Style::LINE);
            if text.is_empty() {
                text
            } else {
                format!("{} {text}", "#".repeat((level.saturating_sub(place.top) + HEADING).min(6)))
            }
        }
        Block::Code(language, text) => fence(if place.target == Target::DocComment { "text" } else { language }, text),
        Block::List(start, items) => {
            let mut out = Vec::new();
            for (at, item) in items.iter().enumerate() {
                let text = join(item, place, true);
                if text.is_empty() {
                    continue;
                }
                let number = numbered(*start, at);
                let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
                out.push(format!("{marker}{}", indented(&text, &" ".repeat(marker.len()))));
            }
            let loose = items
                .iter()
                .any(|item| item.len() > 1 && !item[1..].iter().all(|block| matches!(block, Block::List(..))));
            out.join(if loose { "\n\n" } else { "\n" })
        }
        Block::Quote(inner) => {
            let text = join(inner, place, false);
            if text.is_empty() { text } else { format!("> {}", indented(&text, "> ")).replace("\n> \n", "\n>\n") }
        }
        Block::Table(head, rows) => {
            let row = |cells: &[String]| {
                format!("| {} |", cells.iter().map(|cell| inline(cell, Style::CELL)).collect::<Vec<_>>().join(" | "))
            };
            let mut out = row(head);
            out.push_str(&format!("\n|{}", " --- |".repeat(head.len())));
            for cells in rows {
                out.push('\n');
                out.push_str(&row(cells));
            }
            out
        }
    }
}

/// A fenced code block.
pub(super) fn fence(language: &str, text: &str) -> String {
    let safe = language.len() <= 20 && language.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+'));
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let language = if safe && !language.is_empty() { language } else { "text" };
    let text = text.trim_end_matches('\n');
    if text.is_empty() { format!("{fence}{language}\n{fence}") } else { format!("{fence}{language}\n{text}\n{fence}") }
}

/// Writes blocks on one line.
pub(super) fn flat(blocks: &[Block], between: &str, in_cell: bool) -> String {
    let style = if in_cell { Style::CELL } else { Style::LINE };
    let mut parts = Vec::new();
    collect(blocks, style, &mut parts);
    parts.retain(|part| !part.is_empty());
    parts.join(between)
}

fn collect(blocks: &[Block], style: Style, parts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading(_, text) => parts.push(inline(text, style)),
            Block::Code(_, text) => {
                parts.push(code_span(&text.split_whitespace().collect::<Vec<_>>().join(" "), style.cell))
            }
            Block::List(start, items) => {
                for (at, item) in items.iter().enumerate() {
                    let mut inner = Vec::new();
                    collect(item, style, &mut inner);
                    inner.retain(|part| !part.is_empty());
                    let Some(first) = inner.first_mut() else { continue };
                    // A mark that shows as such and starts no list.
                    *first = numbered(*start, at)
                        .map_or_else(|| format!("• {first}"), |number| format!("{number}\\. {first}"));
                    parts.append(&mut inner);
                }
            }
            Block::Quote(inner) => collect(inner, style, parts),
            Block::Table(head, rows) => {
                for cells in std::iter::once(head).chain(rows) {
                    let cells: Vec<String> =
                        cells.iter().map(|cell| inline(cell, style)).filter(|cell| !cell.is_empty()).collect();
                    parts.push(cells.join(", "));
                }
            }
        }
    }
}

/// Number of an item. A marker has nine digits at most.
fn numbered(start: Option<u32>, at: usize) -> Option<u32> {
    start.map(|first| first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)).min(999_999_999))
}

/// All lines but the first with a margin; blank lines stay blank unless the margin is a mark.
fn indented(text: &str, margin: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() || margin.starts_with('>') {
                out.push_str(margin);
            }
        }
        out.push_str(line);
    }
    out
}
