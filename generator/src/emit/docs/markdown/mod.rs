//! Markdown that is safe whatever the input says.
//!
//! Titles, summaries and descriptions come from the document and are hostile until they have passed through here:
//! they may hold raw HTML, unclosed fences, headings that break a page's outline, table pipes, links with a script
//! scheme, or text direction marks that rustc refuses. Descriptions are CommonMark, so their structure is kept: they
//! are read into blocks and written anew from known-safe parts, never copied.
//!
//! | for | function |
//! |---|---|
//! | a doc comment | [`doc_block`] |
//! | a paragraph or more of a page | [`block`] |
//! | a heading, a list item, a sentence | [`line()`] |
//! | a cell of a table | [`cell`] |
//! | a name or a value that is no Markdown | [`plain`], [`label`], [`code`], [`code_cell`] |
//! | a code block | [`fence`] |
//! | less than all of a description | [`opening`], [`first_sentence`] |

mod blocks;
mod html;
mod inline;
mod links;
mod render;

#[cfg(test)]
mod tests;

pub use links::safe_url;

/// CommonMark from the document as the text of a Rust doc comment, without a trailing line break.
///
/// Every code block is labelled `text`, so that no doctest runs it; brackets and `<` are escaped, so that rustdoc sees
/// neither intra-doc links nor HTML; bare URLs become `<https://…>`. Lines start with no blank: the caller adds one.
///
/// ```
/// use clientsmith::emit::docs::markdown::doc_block;
///
/// assert_eq!(doc_block("Gives [Pet]s of <owner>."), r"Gives \[Pet\]s of \<owner>.");
/// assert_eq!(doc_block("```rust\nfn main() {"), "```text\nfn main() {\n```");
/// ```
pub fn doc_block(text: &str) -> String {
    render::blocks(&blocks::parse(text), render::Target::DocComment)
}

/// CommonMark from the document as blocks of a page, without a trailing line break.
///
/// As [`doc_block`], but code blocks keep the language that they name.
pub fn block(text: &str) -> String {
    render::blocks(&blocks::parse(text), render::Target::Page)
}

/// CommonMark from the document as one line: line breaks become blanks, and blocks follow each other.
pub fn line(text: &str) -> String {
    render::flat(&blocks::parse(text), " ", false)
}

/// CommonMark from the document as one cell of a table: as [`line()`], with `<br>` between blocks and no bare `|`.
pub fn cell(text: &str) -> String {
    render::flat(&blocks::parse(text), "<br>", true)
}

/// Text that is no Markdown, such as a title or a name, as one line that shows exactly that text.
pub fn plain(text: &str) -> String {
    inline::plain(&one_line(text))
}

/// As [`plain`], for headings and the text of links: addresses in it are not made links themselves.
pub fn label(text: &str) -> String {
    inline::label(&one_line(text))
}

/// Text that is no Markdown as a code span. Text of which nothing would be seen, or whose blanks at an end would not, stands
/// in quotes.
pub fn code(text: &str) -> String {
    code_line(text, false)
}

/// As [`code`], for a cell of a table.
pub fn code_cell(text: &str) -> String {
    code_line(text, true)
}

fn code_line(text: &str, cell: bool) -> String {
    let line = one_line(text);
    let seen = !line.is_empty() && text.trim() == text;
    if seen { inline::code_span(&line, cell) } else { inline::code_span(&format!("{text:?}"), cell) }
}

/// A fenced code block, without a trailing line break. The fence is longer than any in the text.
pub fn fence(language: &str, text: &str) -> String {
    render::fence(language, &blocks::clean(text))
}

/// A link to another page. `text` is Markdown that has been made safe; `target` is an address that we made.
pub fn link(text: &str, target: &str) -> String {
    format!("[{text}]({target})")
}

/// The first sentence of a description, for tables of contents; the whole first paragraph when it has none.
pub fn first_sentence(text: &str) -> String {
    let Some(first) = blocks::first_text(&blocks::parse(text)) else { return String::new() };
    let first = one_line(&first);
    let end = first.match_indices(". ").map(|(at, _)| at + 1).find(|&at| {
        // `e.g. ` and `i.e. ` end no sentence, and a sentence starts with a capital.
        let word = first[..at - 1].rsplit([' ', '(']).next().unwrap_or("");
        !word.contains('.')
            && word.len() > 1
            && first[at..].trim_start().chars().next().is_none_or(|c| !c.is_lowercase())
    });
    line(end.map_or(first.as_str(), |end| &first[..end]))
}

/// The start of a description: what comes before its first heading, three blocks at most.
pub fn opening(text: &str) -> String {
    let mut blocks = blocks::parse(text);
    let end = blocks.iter().take(3).take_while(|block| !matches!(block, blocks::Block::Heading(..))).count();
    blocks.truncate(end);
    render::blocks(&blocks, render::Target::Page)
}

pub(in crate::emit) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in blocks::clean(text).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
