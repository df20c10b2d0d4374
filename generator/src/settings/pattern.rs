//! Patterns: texts with `*` and `**`, and how an operation is named.

/// Whether a text fits a pattern: `*` stands for anything without a `/`, `**` for anything.
pub(crate) fn glob(pattern: &str, text: &str) -> bool {
    // One row per piece of the pattern: which prefixes of the text it can end at. No pattern takes longer than its
    // length times that of the text.
    let mut ends = vec![false; text.len() + 1];
    if let Some(start) = ends.first_mut() {
        *start = true;
    }
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let (any, length) = match first {
            '*' if rest.starts_with("**") => (Some(true), rest.len() - rest.trim_start_matches('*').len()),
            '*' => (Some(false), 1),
            _ => (None, first.len_utf8()),
        };
        let mut next = vec![false; ends.len()];
        let mut open = false;
        for (at, (end, here)) in ends.iter().zip(next.iter_mut()).enumerate() {
            match any {
                Some(across) => {
                    let passed = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
                    open = *end || (open && (across || passed != Some(&b'/')));
                    *here = open;
                }
                None => {
                    *here = at.checked_sub(length).is_some_and(|before| {
                        ends.get(before) == Some(&true)
                            && text.get(before..at).is_some_and(|part| part.starts_with(first))
                    });
                }
            }
        }
        ends = next;
        rest = rest.get(length..).unwrap_or_default();
    }
    ends.last() == Some(&true)
}

/// Whether a text names one operation: its `operationId`, or `METHOD /path`.
pub(crate) fn names_operation(name: &str, id: Option<&str>, method: &str, path: &str) -> bool {
    id == Some(name) || split(name).is_some_and(|(word, own)| word.eq_ignore_ascii_case(method) && own == path)
}

/// Whether a pattern selects an operation: of its `operationId`, `METHOD /path` or `/path`.
pub(crate) fn selects_operation(pattern: &str, id: Option<&str>, method: &str, path: &str) -> bool {
    match split(pattern) {
        Some((word, own)) => (word == "*" || word.eq_ignore_ascii_case(method)) && glob(own, path),
        None if pattern.starts_with('/') => glob(pattern, path),
        None => id.is_some_and(|id| glob(pattern, id)),
    }
}

/// `METHOD /path` in its parts.
fn split(text: &str) -> Option<(&str, &str)> {
    let (method, path) = text.split_once(' ')?;
    let path = path.trim_start();
    (path.starts_with('/') || path.starts_with('*')).then_some((method, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (pattern, text) in [
            ("", ""),
            ("a", "a"),
            ("*", ""),
            ("*", "abc"),
            ("a*c", "abbc"),
            ("**", "a/b"),
            ("/a/*", "/a/b"),
            ("/a/**", "/a/b/c"),
            ("/a/**/d", "/a/b/c/d"),
            ("*é*", "aéb"),
            ("/pets/{id}", "/pets/{id}"),
            ("***", "a/b"),
            ("#/paths/~1pets/**", "#/paths/~1pets/get"),
        ] {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("a", ""),
            ("*", "a/b"),
            ("/a/*", "/a/b/c"),
            ("/a/**", "/a"),
            ("a", "é"),
            ("é", "a"),
            ("*b", "bc"),
        ] {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
        assert!(!glob(&"*a".repeat(200), &"a".repeat(199)), "and it does not take forever");
    }

    #[test]
    fn operations() {
        let selects = |pattern: &str| selects_operation(pattern, Some("getPet"), "GET", "/pets/{id}");
        for pattern in ["getPet", "get*", "GET /pets/{id}", "get /pets/*", "* /pets/**", "/pets/*", "GET **"] {
            assert!(selects(pattern), "{pattern}");
        }
        for pattern in ["getPets", "POST /pets/{id}", "/pets", "GET /pets", "pets"] {
            assert!(!selects(pattern), "{pattern}");
        }
        assert!(names_operation("GET /a", None, "GET", "/a") && names_operation("x y", Some("x y"), "GET", "/a"));
        assert!(!names_operation("GET /*", None, "GET", "/a") && !names_operation("get*", Some("getA"), "GET", "/a"));
    }
}
