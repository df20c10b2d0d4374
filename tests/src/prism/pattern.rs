//! A text that a pattern allows.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::random::Random;

/// A text for a pattern; `None` when the pattern cannot be read.
pub(super) fn text(pattern: &str, random: &mut Random) -> Option<String> {
    let hir = ParserBuilder::new().unicode(true).utf8(true).build().parse(&ecma(pattern)).ok()?;
    let mut out = String::new();
    write(&hir, random, &mut out)?;
    Some(out)
}

/// The pattern with classes as ECMA-262 has them, which rules in schemas (JSON Schema Core, section 6.4): its `\s` has U+FEFF
/// and not U+0085, and its `\d` and `\w` are ASCII.
fn ecma(pattern: &str) -> String {
    const SPACE: &str = r"\t\n\x0B\f\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(letter) = chars.next() {
        match (letter, if letter == '\\' { chars.next() } else { None }) {
            ('\\', Some('s')) => out.push_str(&format!("[{SPACE}]")),
            ('\\', Some('S')) => out.push_str(&format!("[^{SPACE}]")),
            ('\\', Some('d')) => out.push_str("[0-9]"),
            ('\\', Some('D')) => out.push_str("[^0-9]"),
            ('\\', Some('w')) => out.push_str("[0-9A-Za-z_]"),
            ('\\', Some('W')) => out.push_str("[^0-9A-Za-z_]"),
            (first, second) => out.extend([Some(first), second].into_iter().flatten()),
        }
    }
    out
}

fn write(hir: &Hir, random: &mut Random, out: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => out.push(one(class, random)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min + 3).min(repetition.min + 3);
            for _ in 0..random.between(i64::from(repetition.min), i64::from(most)) {
                write(&repetition.sub, random, out)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, random, out)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, random, out))?,
        HirKind::Alternation(parts) => write(random.pick(parts)?, random, out)?,
    }
    Some(())
}

/// A character of a class: one that is seen on paper, where there is one.
fn one(class: &Class, random: &mut Random) -> Option<char> {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => {
            class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect()
        }
        Class::Bytes(class) => class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let seen: Vec<(u32, u32)> = ranges
        .iter()
        .map(|(low, high)| ((*low).max(0x21), (*high).min(0x7e)))
        .filter(|(low, high)| low <= high)
        .collect();
    let (low, high) = *random.pick(if seen.is_empty() { &ranges } else { &seen })?;
    char::from_u32(u32::try_from(random.between(low.into(), high.into())).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_schemas() {
        let cases =
            [(r"^\s+$", " \u{feff}\u{a0}", true), (r"^\s$", "\u{85}", false), (r"^[^\s,]\\s$", "\u{85}\\s", true)];
        for (pattern, text, fits) in cases {
            // The validator, which decides over there, is of the same mind.
            let schema = serde_json::json!({"type": "string", "pattern": pattern});
            assert_eq!(jsonschema::is_valid(&schema, &text.into()), fits, "{pattern}");
        }
        assert_eq!(ecma(r"\\s\d\."), r"\\s[0-9]\.");
        let mut random = Random::new(1, "spaces");
        for _ in 0..500 {
            let text = text(r"^\s$", &mut random).expect("the pattern can be read");
            assert_ne!(text, "\u{85}");
        }
    }

    #[test]
    fn texts_match_their_patterns() {
        let mut random = Random::new(1, "patterns");
        for pattern in ["^[a-z0-9-]{3,5}$", r"^\d+\.\d+$", "^(a|bc)*x?$", r"^[^\s]+@[^\s]+$", "^[A-Z]{2}[0-9]{4}$"] {
            for _ in 0..50 {
                let text = text(pattern, &mut random).expect("the pattern can be read");
                let schema = serde_json::json!({"type": "string", "pattern": pattern});
                assert!(jsonschema::is_valid(&schema, &text.clone().into()), "{pattern}: {text}");
            }
        }
    }
}
