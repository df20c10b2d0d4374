//! Prose of the document → doc comments. The prose is hostile; `markdown` makes it harmless.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::markdown;
use crate::ir::Doc;

/// Collects the lines of one doc comment.
#[derive(Default)]
pub(super) struct Comment {
    lines: Vec<String>,
}

impl Comment {
    /// One safe line as a paragraph of its own.
    pub(super) fn line(&mut self, text: &str) -> &mut Self {
        self.gap();
        self.lines.push(markdown::line(text));
        self
    }
    /// Lines of ours, as they are.
    pub(super) fn own(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.gap();
        self.lines.extend(text.as_ref().lines().map(str::to_owned));
        self
    }
    /// Lines of ours directly behind the last one, such as the next entry of a list.
    pub(super) fn next(&mut self, text: impl Into<String>) -> &mut Self {
        self.lines.extend(text.into().lines().map(str::to_owned));
        self
    }
    /// CommonMark of the document.
    pub(super) fn block(&mut self, text: &str) -> &mut Self {
        let safe = markdown::doc_block(text);
        if !safe.trim().is_empty() {
            self.gap();
            self.lines.extend(safe.lines().map(str::to_owned));
        }
        self
    }
    /// Summary, description and link.
    pub(super) fn prose(&mut self, doc: &Doc) -> &mut Self {
        self.prose_below(doc.summary.as_deref(), doc)
    }
    /// The same with another summary, or none.
    pub(super) fn prose_below(&mut self, summary: Option<&str>, doc: &Doc) -> &mut Self {
        if let Some(summary) = summary {
            self.line(summary);
        }
        if let Some(description) = &doc.description
            && summary.is_none_or(|summary| summary.trim() != description.trim())
        {
            self.block(description);
        }
        if let Some(link) = &doc.link {
            self.line(&format!("See {link}"));
        }
        self
    }
    /// Ready notes as one line.
    pub(super) fn notes(&mut self, notes: &[String]) -> &mut Self {
        if !notes.is_empty() {
            let safe: Vec<String> = notes.iter().map(|note| markdown::line(note)).collect();
            let mut line = safe.join("; ");
            if let Some(first) = line.chars().next() {
                line.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
            }
            line.push('.');
            self.sentence(line);
        }
        self
    }
    /// That what it is about should no longer be used, where the document says so.
    pub(super) fn deprecation(&mut self, doc: &Doc) -> &mut Self {
        if doc.deprecated { self.sentence("**Deprecated.**") } else { self }
    }
    /// A sentence of ours: the end of the line where a description is one plain line, else a paragraph of its own.
    pub(super) fn sentence(&mut self, line: impl AsRef<str>) -> &mut Self {
        let line = line.as_ref();
        if self.ends_sentence()
            && let [first] = self.lines.as_mut_slice()
        {
            first.push(' ');
            first.push_str(line);
        } else {
            self.gap();
            self.lines.push(line.to_owned());
        }
        self
    }
    /// Forgets all where it only says one of these names again, as titles of schemas do.
    pub(super) fn forget_echo(&mut self, names: &[&str]) -> &mut Self {
        if let [line] = self.lines.as_slice()
            && names.iter().any(|name| is_echo(line, name))
        {
            self.lines.clear();
        }
        self
    }
    /// Whether all that was said is one line of plain words; it then ends as a sentence does.
    fn ends_sentence(&mut self) -> bool {
        let [line] = self.lines.as_mut_slice() else { return false };
        let plain = line.starts_with(|first: char| first.is_alphabetic() || first == '`');
        match line.chars().next_back() {
            Some('.' | '!' | '?') if plain => true,
            Some('*') if plain && line.ends_with(".**") => true,
            Some(last) if plain && (last.is_alphanumeric() || matches!(last, '`' | ')' | '"')) => {
                line.push('.');
                true
            }
            _ => false,
        }
    }
    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
    /// The lines as they stand behind `///`.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.lines.iter().map(|line| {
            // rustc refuses a bare carriage return, and no other control character has a meaning here.
            let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
            if line.is_empty() { line } else { format!(" {line}") }
        })
    }
    /// The attributes.
    pub(super) fn tokens(&self) -> TokenStream {
        let lines = self.lines();
        quote! { #(#[doc = #lines])* }
    }
}

/// Whether a text is a name but for case and marks.
pub(super) fn is_echo(text: &str, name: &str) -> bool {
    bare(text).eq(bare(name.trim_start_matches("r#")))
}

/// A text without its case and marks.
fn bare(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// `#[deprecated]` where the document says so.
pub(super) fn deprecated(doc: &Doc) -> Option<TokenStream> {
    doc.deprecated.then(|| quote! { #[deprecated] })
}
