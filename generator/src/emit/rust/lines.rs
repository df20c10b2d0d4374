//! Rust as lines, for what there is most of: models and operations. What a description says becomes a literal, an ident of
//! the plan or a doc comment here, and nothing else.
//!
//! Everything else is made of tokens and laid out by prettyplease, which takes longer than all other work on them.

use proc_macro2::Literal;

use super::doc::Comment;
use crate::ir::Doc;

/// Width of a line that holds more than it must.
pub(super) const WIDTH: usize = 110;

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Texts as literals, separated by commas.
pub(super) fn literals<T: AsRef<str>>(texts: &[T]) -> String {
    texts.iter().map(|text| literal(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Adds a comment, indented like what it stands before.
pub(super) fn comment(out: &mut String, comment: &Comment, indent: &str) {
    for line in comment.lines() {
        out.push_str(indent);
        out.push_str("///");
        out.push_str(&line);
        out.push('\n');
    }
}

/// Adds `head`, the entries and `tail`: on one line, or as many entries to a line as there is room for, one level deeper
/// than `head`.
pub(super) fn list(out: &mut String, head: &str, entries: &[String], tail: &str) {
    let indent = &head[..head.len() - head.trim_start().len()];
    let tail = tail.trim_start();
    let length = entries.iter().map(|entry| entry.len() + 2).sum::<usize>();
    if head.len() + length.saturating_sub(2) + tail.len() <= WIDTH {
        out.push_str(head);
        out.push_str(&entries.join(", "));
        if tail.starts_with('}') {
            out.push(' ');
        }
    } else {
        out.push_str(head.trim_end());
        out.push('\n');
        rows(out, entries, &format!("{indent}    "));
        out.push_str(indent);
    }
    out.push_str(tail);
    out.push('\n');
}

/// Adds entries, as many to a line as there is room for.
pub(super) fn rows(out: &mut String, entries: &[String], indent: &str) {
    let mut column = WIDTH;
    for (index, entry) in entries.iter().enumerate() {
        if column + entry.len() + 2 > WIDTH {
            out.push_str(if index == 0 { "" } else { "\n" });
            out.push_str(indent);
            column = indent.len();
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(entry);
        column += entry.len();
        if index + 1 < entries.len() {
            out.push(',');
            column += 1;
        }
    }
    out.push('\n');
}

/// Adds a function: on one line where there is room for it.
pub(super) fn function(out: &mut String, head: &str, body: &str) {
    let indent = &head[..head.len() - head.trim_start().len()];
    let one = format!("{head} {{ {body} }}\n");
    out.push_str(&if one.len() <= WIDTH && !body.contains('\n') {
        one
    } else {
        format!("{head} {{\n{indent}    {body}\n{indent}}}\n")
    });
}

/// Adds `#[deprecated]` where the document says so.
pub(super) fn deprecated(out: &mut String, doc: &Doc, indent: &str) {
    if doc.deprecated {
        out.push_str(&format!("{indent}#[deprecated]\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_wrap() {
        let mut out = String::new();
        list(&mut out, "one!(", &["a".to_owned(), "b".to_owned()], ");");
        assert_eq!(out, "one!(a, b);\n");
        let mut out = String::new();
        list(&mut out, "enum One { ", &["A".to_owned(), "B".to_owned()], "}");
        assert_eq!(out, "enum One { A, B }\n");
        let mut out = String::new();
        list(&mut out, "two!(", &["a".repeat(60), "b".repeat(40), "c".repeat(10)], ");");
        assert_eq!(out, format!("two!(\n    {}, {},\n    {}\n);\n", "a".repeat(60), "b".repeat(40), "c".repeat(10)));
    }

    #[test]
    fn functions_wrap() {
        let mut out = String::new();
        function(&mut out, "  fn a()", "1");
        function(&mut out, "  fn b()", &"2".repeat(110));
        assert_eq!(out, format!("  fn a() {{ 1 }}\n  fn b() {{\n      {}\n  }}\n", "2".repeat(110)));
    }

    #[test]
    fn texts_stay_texts() {
        assert_eq!(literal("a\"b\\\n\u{202e}"), r#""a\"b\\\n\u{202e}""#);
        let mut note = Comment::default();
        note.own("x\r y\u{7}");
        let mut out = String::new();
        comment(&mut out, &note, "  ");
        assert_eq!(out, "  /// x y\n");
    }
}
