//! Looks for links that lead nowhere. Used by tests, on the pages alone or on a whole output.

use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with the links and anchors of the Markdown files among `files`: one line each, in order.
///
/// Links to the web are not followed. Relative links must lead to a file in the list, and their anchors to an
/// `<a id>` or a heading there; no page may have the same `<a id>` twice.
pub fn broken_links(files: &[(String, String)]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut anchors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in files {
        let known = anchors.entry(path).or_default();
        if path.ends_with(".md") {
            for line in prose_lines(text) {
                if let Some(id) = line.strip_prefix("<a id=\"").and_then(|rest| rest.split('"').next())
                    && !known.insert(id.to_owned())
                {
                    problems.push(format!("{path}: `{id}` is there twice"));
                }
            }
            known.extend(prose_lines(text).filter(|line| line.starts_with('#')).map(slug));
        }
    }
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        for target in prose_lines(text).flat_map(targets) {
            if target.contains(':') {
                continue;
            }
            let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
            let Some(file) = (if file.is_empty() { Some(path.clone()) } else { resolve(path, file) }) else {
                problems.push(format!("{path}: `{target}` leads out"));
                continue;
            };
            match (anchors.get(file.as_str()), anchor) {
                (None, _) => problems.push(format!("{path}: `{target}` leads to no file")),
                (Some(known), Some(anchor)) if !known.contains(anchor) => {
                    problems.push(format!("{path}: `{target}` leads to no anchor"))
                }
                _ => {}
            }
        }
    }
    problems
}

/// Lines outside of fenced code.
fn prose_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut fence: Option<&str> = None;
    text.lines().filter(move |line| {
        let bare = line.trim_start();
        let marks = &bare[..bare.len() - bare.trim_start_matches('`').len()];
        match fence {
            Some(open) => {
                if bare == marks && marks.len() >= open.len() {
                    fence = None;
                }
                false
            }
            None if marks.len() >= 3 && !bare[marks.len()..].contains('`') => {
                fence = Some(marks);
                false
            }
            None => true,
        }
    })
}

/// The targets of the links of a line.
fn targets(line: &str) -> Vec<&str> {
    let line_without_code = without_code(line);
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = line_without_code[from..].find("](") {
        let start = from + at + 2;
        let end = line_without_code[start..].find(')').map_or(line.len(), |end| start + end);
        if !line_without_code[..from + at].ends_with('\\') {
            out.push(&line[start..end]);
        }
        from = end;
    }
    out
}

/// The line with code spans blanked out, of the same length in bytes.
fn without_code(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let marks = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let mark = &rest[at..at + marks];
        let escaped = rest[..at].ends_with('\\');
        out.push_str(&rest[..at]);
        let inside = &rest[at + marks..];
        let close = (!escaped).then(|| closing(inside, mark)).flatten();
        let len = marks + close.map_or(0, |close| close + marks);
        out.push_str(&".".repeat(len));
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    out
}

/// Where the run of backticks that closes a span starts: one of exactly this length.
fn closing(inside: &str, mark: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = inside[from..].find('`') {
        let start = from + at;
        let run = inside[start..].len() - inside[start..].trim_start_matches('`').len();
        if run == mark.len() {
            return Some(start);
        }
        from = start + run;
    }
    None
}

/// The path that a relative link leads to.
fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The anchor that a heading gets by itself.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim();
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pages: &[(&str, &str)]) -> Vec<String> {
        broken_links(&pages.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn good_links_pass() {
        let pages = [
            (
                "a/README.md",
                "# The Title\n[x](#the-title) [y](b/c.md#z) [w](https://x.example) ![i](../LICENSE)\n`[n](o)` \\[n\\](o)\n```text\n[no](no.md)\n```",
            ),
            ("a/b/c.md", "<a id=\"z\"></a>\n[back](../README.md)"),
            ("LICENSE", ""),
        ];
        assert_eq!(check(&pages), Vec::<String>::new());
    }

    #[test]
    fn bad_links_show() {
        let pages = [("a.md", "<a id=\"q\"></a>\n<a id=\"q\"></a>\n[x](b.md) [y](#p) [z](../../c) `` ` `` [w](e.md)")];
        assert_eq!(
            check(&pages),
            [
                "a.md: `q` is there twice",
                "a.md: `b.md` leads to no file",
                "a.md: `#p` leads to no anchor",
                "a.md: `../../c` leads out",
                "a.md: `e.md` leads to no file",
            ]
        );
    }
}
