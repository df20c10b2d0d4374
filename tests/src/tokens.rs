//! Rust as a flat list of tokens: what tidy tests look at, free of comments and of code for tests.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::workspace;

/// A file as tokens.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Path from the root of the workspace.
    pub path: String,
    /// Words, signs and delimiters, in order. Literals keep their text.
    pub list: Vec<String>,
}

/// The `.rs` files below a folder, without what is only compiled for tests.
pub fn files(folder: &str) -> Vec<Tokens> {
    let mut tests = Vec::new();
    let mut out = Vec::new();
    for path in workspace::files(folder).into_iter().filter(|path| path.ends_with(".rs")) {
        let stream: TokenStream = workspace::read(&path).parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut list = Vec::new();
        let mut modules = Vec::new();
        flatten(stream, &mut list, &mut modules);
        let stem = path.trim_end_matches(".rs").trim_end_matches("/mod").trim_end_matches("/lib").to_owned();
        tests.extend(modules.into_iter().map(|module| format!("{stem}/{module}")));
        out.push(Tokens { path, list });
    }
    // A module that is declared for tests alone is a file of its own, or a folder.
    out.retain(|file| {
        let stem = file.path.trim_end_matches(".rs");
        !tests
            .iter()
            .any(|test| stem == test || stem.strip_prefix(test.as_str()).is_some_and(|rest| rest.starts_with('/')))
    });
    out
}

impl Tokens {
    /// Whether these tokens stand one after the other somewhere.
    pub fn has(&self, wanted: &[&str]) -> bool {
        self.list.windows(wanted.len()).any(|window| window == wanted)
    }

    /// Whether a word stands somewhere.
    pub fn names(&self, word: &str) -> bool {
        self.list.iter().any(|token| token == word)
    }

    /// The words directly below the root of the crate that paths name: after `crate::`, or after enough `super::`.
    pub fn roots(&self, depth: usize) -> Vec<&str> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.list.len() {
            let start = at;
            let mut supers = 0;
            while self.list.get(at).is_some_and(|token| token == "super") && self.colons(at + 1) {
                supers += 1;
                at += 3;
            }
            if supers == 0 && self.list[at] == "crate" && self.colons(at + 1) {
                at += 3;
                supers = depth;
            }
            if supers >= depth && supers > 0 {
                self.names_at(at, &mut out);
            }
            at = at.max(start + 1);
        }
        out
    }

    fn colons(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token == ":") && self.list.get(at + 1).is_some_and(|token| token == ":")
    }

    /// One name, or each first name of a list in braces.
    fn names_at<'a>(&'a self, at: usize, out: &mut Vec<&'a str>) {
        match self.list.get(at).map(String::as_str) {
            Some("{") => {
                let mut depth = 0;
                let mut first = true;
                for token in &self.list[at..] {
                    match token.as_str() {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        "," if depth == 1 => first = true,
                        word if depth == 1 && first => {
                            out.push(word);
                            first = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            Some(word) => out.push(word),
            None => {}
        }
    }
}

/// Appends the tokens of a stream. What `#[cfg(test)]` stands before is passed over; the modules among it are listed.
fn flatten(stream: TokenStream, out: &mut Vec<String>, tests: &mut Vec<String>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        if matches!(&tree, TokenTree::Punct(sign) if sign.as_char() == '#')
            && let Some(TokenTree::Group(attribute)) = trees.peek()
        {
            let words: String = attribute.stream().to_string().split_whitespace().collect();
            if words == "cfg(test)" {
                trees.next();
                let mut before = String::new();
                for skipped in trees.by_ref() {
                    match &skipped {
                        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break,
                        TokenTree::Punct(sign) if sign.as_char() == ';' => {
                            tests.push(before.clone());
                            break;
                        }
                        other => before = other.to_string(),
                    }
                }
                continue;
            }
        }
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push(open.to_owned());
                flatten(group.stream(), out, tests);
                out.push(close.to_owned());
            }
            other => out.push(other.to_string()),
        }
    }
}
