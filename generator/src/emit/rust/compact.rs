//! Tokens as one line of Rust: where prettyplease would take many lines, and for prose.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// One line, spaced as rustfmt would. Literals stay as they are.
pub(crate) fn compact(tokens: &TokenStream) -> String {
    let mut out = String::new();
    write(&mut out, tokens.clone());
    out
}

/// What stands before a token.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, or what needs no space behind it.
    Open,
    /// A name, a number or a text.
    Word,
    /// The end of a group, or `>`.
    Closed,
    /// What has a space behind it.
    Spaced,
}

/// Operators of several characters.
const LONG: &[&str] = &["::", "=>", "->", "..=", "||", "&&", "=="];

fn write(out: &mut String, tokens: TokenStream) {
    let mut before = Before::Open;
    let mut run = String::new();
    // Whether the arguments of a closure are open.
    let mut arguments = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) => {
                run.push(punct.as_char());
                if let Some(TokenTree::Punct(next)) = tokens.peek()
                    && punct.spacing() == Spacing::Joint
                    && LONG
                        .iter()
                        .any(|long| long.strip_prefix(&run).is_some_and(|rest| rest.starts_with(next.as_char())))
                {
                    continue;
                }
                before = operator(out, &run, before, &mut arguments);
                run.clear();
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if group.stream().is_empty() => ("{", "}"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let apart = before == Before::Spaced
                    || open.starts_with('{') && matches!(before, Before::Word | Before::Closed);
                if apart {
                    out.push(' ');
                }
                out.push_str(open);
                write(out, group.stream());
                out.push_str(close);
                before = Before::Closed;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if matches!(before, Before::Word | Before::Spaced) {
                    out.push(' ');
                }
                let text = token.to_string();
                out.push_str(&text);
                before = if text == "match" { Before::Spaced } else { Before::Word };
            }
        }
    }
}

/// Writes an operator and tells how it leaves the line.
fn operator(out: &mut String, run: &str, before: Before, arguments: &mut bool) -> Before {
    let space = before == Before::Spaced;
    match run {
        "," | ";" => {
            out.push_str(run);
            Before::Spaced
        }
        ":" => {
            out.push(':');
            Before::Spaced
        }
        "=" | "=>" | "->" | "+" => {
            if before != Before::Open {
                out.push(' ');
            }
            out.push_str(run);
            Before::Spaced
        }
        "|" => {
            if space {
                out.push(' ');
            }
            out.push('|');
            *arguments = !*arguments;
            if *arguments { Before::Open } else { Before::Spaced }
        }
        _ => {
            if space {
                out.push(' ');
            }
            out.push_str(run);
            match run {
                "||" => Before::Spaced,
                _ if run.ends_with('>') || run.ends_with('?') => Before::Closed,
                _ => Before::Open,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_each() {
        for text in [
            "impl IntoIterator<Item = impl Into<Vec<models::Pet>>>",
            "&[rt::Param::query(\"a : b <c , d\"), rt::Param::path(\"x\").style(rt::Place::Path(rt::PathStyle::Label))]",
            "|request| rt::cli::send(request, |reply| match (reply.status(), 1) { (200..=299, _) => reply.json(&x)?, _ => None })",
            "rt::Server::at(\"/a\").variables(&[(\"a\", \"b\")])",
            "&'static mut T",
            "&[]",
        ] {
            assert_eq!(compact(&text.parse().unwrap()), text);
        }
    }
}
