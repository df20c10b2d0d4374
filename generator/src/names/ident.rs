//! One text → one ident: case, keywords, symbols, digits, other scripts.

use std::borrow::Cow;

use heck::{ToKebabCase as _, ToLowerCamelCase as _, ToPascalCase as _, ToShoutySnakeCase as _, ToSnakeCase as _};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::ir::fingerprint;

/// What an ident is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Types, variants.
    Type,
    /// Types that are called after operations.
    Request,
    /// Methods, members, arguments, modules.
    Value,
    /// Statics.
    Static,
}

impl Kind {
    /// The ident that a text makes.
    pub(super) fn ident(self, text: &str) -> String {
        match self {
            Self::Type | Self::Request => pascal(text),
            Self::Value => snake(text),
            Self::Static => screaming(text),
        }
    }

    /// How far a text is from what descriptions usually call a thing whose ident is `ident`. No two texts are 0.
    pub(super) fn oddness(self, ident: &str, text: &str) -> usize {
        let plain = ident.strip_prefix("r#").unwrap_or(ident);
        let spellings = self.spellings();
        spellings.iter().position(|spelling| spelling(plain) == text).unwrap_or(spellings.len())
    }

    /// Whether [`oddness`](Self::oddness) is 0.
    pub(super) fn is_usual(self, ident: &str, text: &str) -> bool {
        let plain = ident.strip_prefix("r#").unwrap_or(ident);
        let [usual, ..] = self.spellings();
        match self {
            Self::Type => plain == text,
            // To make a spelling takes time, and this tells most of those that differ at once.
            _ => !text.contains(['_', '-', ' ', '/', '.']) && usual(plain) == text,
        }
    }

    /// How descriptions spell names, the most usual spelling first.
    fn spellings(self) -> [fn(&str) -> String; 5] {
        match self {
            Self::Type => [
                |s| s.to_owned(),
                |s| s.to_lower_camel_case(),
                |s| s.to_snake_case(),
                |s| s.to_kebab_case(),
                |s| s.to_shouty_snake_case(),
            ],
            _ => [
                |s| s.to_lower_camel_case(),
                |s| s.to_snake_case(),
                |s| s.to_pascal_case(),
                |s| s.to_kebab_case(),
                |s| s.to_shouty_snake_case(),
            ],
        }
    }
}

/// No ident is made from more bytes of a text than these: names of files are bounded, and a name is repeated wherever
/// the thing is used.
const LONGEST: usize = 160;

/// The text, or its beginning and a number that is made from all of it.
fn bounded(text: &str) -> Cow<'_, str> {
    match text.len() {
        0..=LONGEST => Cow::Borrowed(text),
        _ => format!("{} {:08x}", &text[..text.floor_char_boundary(LONGEST - 40)], fingerprint(text)).into(),
    }
}

/// The text as rustc compares idents: in Unicode's form NFC (the Rust reference, Identifiers).
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }
}

/// The words of a text, of bounded length, with nothing in them that no ident can hold.
fn words(text: &str) -> String {
    bounded(&readable(&bounded(&composed(text)))).into_owned()
}

/// Keywords that may be written raw (`r#type`), of every edition (the Rust reference, Keywords).
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
/// Keywords that may not.
const NEVER_RAW: &[&str] = &["self", "super", "crate", "_", "Self"];

/// An ident for values: `snake_case`, keywords raw.
pub fn snake(text: &str) -> String {
    let ident = start(words(text).to_snake_case(), "n", "field");
    if KEYWORDS.contains(&ident.as_str()) {
        return format!("r#{ident}");
    }
    if NEVER_RAW.contains(&ident.as_str()) {
        return format!("{ident}_");
    }
    ident
}

/// An ident for types and variants: `PascalCase`.
pub fn pascal(text: &str) -> String {
    let mut ident = words(text).to_pascal_case();
    // A script without capitals stays as it is; lints are told so in the generated file.
    if ident.chars().next().is_some_and(|first| first.is_ascii_digit()) {
        ident.insert(0, 'N');
    }
    let ident = start(ident, "N", "Empty");
    if NEVER_RAW.contains(&ident.as_str()) { format!("{ident}_") } else { ident }
}

/// An ident for statics: `SCREAMING_CASE`.
pub fn screaming(text: &str) -> String {
    start(words(text).to_shouty_snake_case(), "N", "EMPTY")
}

/// An ident that is written as someone asked for it, keywords raw; nothing if the text cannot be one.
pub(super) fn exact(text: &str) -> Option<String> {
    let text = &*composed(text);
    let mut letters = text.chars();
    let first = letters.next()?;
    let fits = (first == '_' || unicode_ident::is_xid_start(first)) && letters.all(unicode_ident::is_xid_continue);
    match text {
        _ if !fits || NEVER_RAW.contains(&text) => None,
        _ if KEYWORDS.contains(&text) => Some(format!("r#{text}")),
        _ => Some(text.to_owned()),
    }
}

/// Makes sure that the ident starts like one, and is composed: letters in another case may be of two characters.
fn start(ident: String, digit: &str, empty: &str) -> String {
    let ident = composed(&ident).into_owned();
    match ident.chars().next() {
        None => empty.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => ident,
        Some('_') if ident.len() > 1 => ident,
        Some(_) => format!("{digit}{ident}"),
    }
}

/// The text with everything that no ident can hold turned into word borders; symbols alone become words.
fn readable(text: &str) -> String {
    let text = text.replace("OAuth", "Oauth").replace("oAuth", "oauth");
    if let Some(word) = operator(text.trim()) {
        return word.to_owned();
    }
    let has_letters = text.chars().any(|c| unicode_ident::is_xid_continue(c) && c != '_');
    if !has_letters {
        return spelled(&text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        let digit_follows = letters.peek().is_some_and(char::is_ascii_digit);
        match c {
            // `-1`, `+1`, `1.5`: the sign and the point are what tells numbers apart.
            '-' if digit_follows && !unicode_ident::is_xid_continue(before) => out.push_str(" minus "),
            '+' => out.push_str(" plus "),
            '.' if digit_follows && before.is_ascii_digit() => out.push_str(" point "),
            c if unicode_ident::is_xid_continue(c) => out.push(c),
            _ => out.push(' '),
        }
        before = c;
    }
    out
}

/// The usual names of comparison operators.
fn operator(text: &str) -> Option<&'static str> {
    Some(match text {
        "=" | "==" => "eq",
        "!=" | "<>" => "ne",
        "<" => "lt",
        ">" => "gt",
        "<=" => "le",
        ">=" => "ge",
        "" => "empty",
        _ => return None,
    })
}

/// The text with each symbol as a word, so that `a-b` and `a_b` differ.
pub(super) fn spelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let is_symbol = |c: char| c != ' ' && !unicode_ident::is_xid_continue(c);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        let follows = letters.peek().copied().unwrap_or(' ');
        let beside_symbol = is_symbol(before) || is_symbol(follows);
        before = c;
        let word = match c {
            // Words of symbols are words anyway.
            ' ' if beside_symbol => "",
            ' ' => "space",
            '!' => "not",
            '"' => "quote",
            '#' => "hash",
            '$' => "dollar",
            '%' => "percent",
            '&' => "and",
            '\'' => "tick",
            '(' => "open",
            ')' => "close",
            '*' => "star",
            '+' => "plus",
            ',' => "comma",
            '-' => "dash",
            '.' => "dot",
            '/' => "slash",
            ':' => "colon",
            ';' => "semicolon",
            '<' => "less",
            '=' => "equals",
            '>' => "greater",
            '?' => "question",
            '@' => "at",
            // A parameter that is a list, as servers in PHP want it.
            '[' if letters.next_if_eq(&']').is_some() => "list",
            '[' => "open bracket",
            '\\' => "backslash",
            ']' => "close bracket",
            '^' => "caret",
            '_' => "underscore",
            '`' => "backtick",
            '{' => "open brace",
            '|' => "pipe",
            '}' => "close brace",
            '~' => "tilde",
            c if unicode_ident::is_xid_continue(c) => {
                out.push(c);
                continue;
            }
            c => {
                out.push_str(&format!(" u{:x} ", u32::from(c)));
                continue;
            }
        };
        out.push(' ');
        out.push_str(word);
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_read_well() {
        assert_eq!(snake("sys_Id"), "sys_id");
        assert_eq!(snake("_id"), "id");
        assert_eq!(snake("Date/Time"), "date_time");
        assert_eq!(snake("eventTTLSeconds"), "event_ttl_seconds");
        assert_eq!(snake("type"), "r#type");
        assert_eq!(snake("self"), "self_");
        assert_eq!(snake("PureCloud OAuth"), "pure_cloud_oauth");
        assert_eq!(pascal("not active"), "NotActive");
        assert_eq!(pascal("STARTS_WITH"), "StartsWith");
        assert_eq!(pascal("!="), "Ne");
        assert_eq!(pascal("400details"), "N400details");
        assert_eq!(screaming("GetTrigger"), "GET_TRIGGER");
    }

    #[test]
    fn numbers_keep_sign_and_point() {
        assert_eq!(pascal("-1"), "Minus1");
        assert_eq!(pascal("1"), "N1");
        assert_ne!(pascal("1.5"), pascal("15"));
        assert_ne!(pascal("Etc/GMT+1"), pascal("Etc/GMT1"));
    }

    #[test]
    fn long_texts_make_idents_of_bounded_length() {
        let (one, other) = (format!("{}x", "word ".repeat(1000)), format!("{}y", "word ".repeat(1000)));
        for make in [snake, pascal, screaming] {
            assert!(make(&one).len() <= LONGEST && make(&one) != make(&other), "{}", make(&one));
        }
        assert!(snake(&"語".repeat(1000)).len() <= LONGEST);
    }

    #[test]
    fn what_rustc_takes_for_one_ident_is_one() {
        for (one, other) in
            [("K", "\u{212a}"), ("\u{c5}", "\u{212b}"), ("\u{e9}a", "e\u{301}a"), ("\u{1100}\u{1161}", "\u{ac00}")]
        {
            for make in [snake, pascal, screaming] {
                assert_eq!(make(one), make(other));
            }
            assert_eq!(exact(one), exact(other));
        }
        // The capital of this letter has no character of its own that holds both marks.
        let capital = screaming("\u{390}");
        assert!(is_nfc(&capital), "{capital:?}");
    }

    #[test]
    fn usual_spellings() {
        let odd = |kind: Kind, text: &str| kind.oddness(&kind.ident(text), text);
        assert_eq!([odd(Kind::Type, "FooBar"), odd(Kind::Type, "fooBar"), odd(Kind::Type, "foo bar")], [0, 1, 5]);
        assert_eq!([odd(Kind::Value, "fooBar"), odd(Kind::Value, "foo_bar"), odd(Kind::Value, "FOO_BAR")], [0, 1, 4]);
    }

    #[test]
    fn no_text_is_without_an_ident() {
        for text in ["", " ", "*", "🦀", "größe", "日本", "-", "__", "1", "crate", "Self", "\n", "a\u{0}b", "r#fn"]
        {
            for ident in [snake(text), pascal(text), screaming(text)] {
                let plain = ident.strip_prefix("r#").unwrap_or(&ident);
                let mut letters = plain.chars();
                let first = letters.next().unwrap_or(' ');
                assert!(first == '_' || unicode_ident::is_xid_start(first), "{text:?} gives {ident:?}");
                assert!(letters.all(unicode_ident::is_xid_continue), "{text:?} gives {ident:?}");
                assert_ne!(plain, "_");
            }
        }
    }
}
