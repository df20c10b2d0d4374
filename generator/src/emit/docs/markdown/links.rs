//! Links and addresses in prose.

/// How far a look-ahead goes: bounds the work over hostile text.
pub(super) const LINK: usize = 1_000;

/// The part of a text that a look-ahead may see.
pub(super) fn window(text: &str) -> &str {
    &text[..text.floor_char_boundary(LINK)]
}

/// The address, made fit to stand in a link, if it is one of the schemes that are safe to follow.
pub fn safe_url(url: &str) -> Option<String> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let scheme = ["https://", "http://", "mailto:"].into_iter().find(|scheme| lower.starts_with(scheme))?;
    if url.len() == scheme.len() {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            // Unbalanced, they would end the link; others end an autolink or a cell.
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '|' => out.push_str("%7C"),
            '\\' => out.push_str("%5C"),
            '<' | '>' | '"' | '`' => return None,
            c if c.is_whitespace() || c.is_control() => return None,
            c => out.push(c),
        }
    }
    Some(out)
}

/// `[text](target)`.
pub(super) struct Link<'a> {
    /// Raw text.
    pub(super) text: &'a str,
    /// Raw address.
    pub(super) target: &'a str,
    /// Length of the whole.
    pub(super) len: usize,
}

impl<'a> Link<'a> {
    /// Reads a link at the start of a text.
    pub(super) fn read(rest: &'a str) -> Option<Self> {
        let mut depth = 0usize;
        let mut escaped = false;
        let mut close = None;
        for (at, c) in rest.char_indices().take(LINK) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => depth += 1,
                ']' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        close = Some(at);
                        break;
                    }
                }
                _ => {}
            }
        }
        let close = close?;
        let inside = rest[close + 1..].strip_prefix('(')?;
        let mut depth = 0usize;
        let end = inside.char_indices().take(LINK).find_map(|(at, c)| match c {
            '(' => {
                depth += 1;
                None
            }
            ')' if depth == 0 => Some(at),
            ')' => {
                depth -= 1;
                None
            }
            _ => None,
        })?;
        let target = inside[..end].split_whitespace().next().unwrap_or("");
        let target = target.strip_prefix('<').and_then(|t| t.strip_suffix('>')).unwrap_or(target);
        Some(Self { text: &rest[1..close], target, len: close + 2 + end + 1 })
    }
}

/// `<https://…>` or `<name@host>`.
pub(super) fn autolink(rest: &str) -> Option<(&str, usize)> {
    let end = window(rest).find(['>', ' ', '\n'])?;
    let url = rest.get(1..end)?;
    (rest[end..].starts_with('>') && (safe_url(url).is_some() || is_email(url))).then_some((url, end + 1))
}

/// Whether a text is an e-mail address of the plain sort.
pub(super) fn is_email(text: &str) -> bool {
    let safe = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(&b));
    text.split_once('@').is_some_and(|(name, host)| {
        safe(name) && host.split('.').all(|label| safe(label) && !label.contains(['_', '+']))
    })
}

/// Length of the address that starts here, without the punctuation of the sentence around it.
pub(super) fn bare_url(rest: &str) -> Option<usize> {
    let head = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
    let scheme = if head.starts_with("https://") {
        8
    } else if head.starts_with("http://") {
        7
    } else {
        return None;
    };
    let rest = window(rest);
    let end = rest[scheme..].find(|c: char| c.is_whitespace() || c.is_control() || "<>\"`|\\[]^".contains(c));
    let mut url = &rest[..end.map_or(rest.len(), |end| scheme + end)];
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        let shorter = if shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count() {
            &shorter[..shorter.len() - 1]
        } else {
            shorter
        };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    (url.len() > scheme).then_some(url.len())
}
