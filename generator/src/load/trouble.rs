//! What the YAML parser says of a text that it cannot read, with its place, and in words that help.

use super::tree::Failure;
use crate::diag::Code;

/// How deep the parser lets values be inside each other.
const DEEP: usize = 128;

/// An error of the parser: all that it says, and the line and column that it gives. `last` is where the last value stood
/// that could be read.
pub(super) fn failure(text: &str, full: &str, location: Option<(usize, usize)>, last: usize) -> Failure {
    let told = without_places(full);
    let offset = place(text, location, full, &told);
    if full.contains("recursion limit exceeded") {
        return Failure::limit(offset, format!("values are nested more than {DEEP} deep"))
            .help("nest less; an alias inside of its own anchor never ends");
    }
    if full.contains("repetition limit exceeded") {
        return Failure::limit(last, "aliases repeat far more than the text holds")
            .help("write out what the aliases repeat, or repeat less");
    }
    if told.contains("control characters are not allowed") {
        let found = text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'));
        let (offset, named) =
            found.map_or((offset, String::new()), |(at, c)| (at, format!(" (U+{:04X})", u32::from(c))));
        return Failure::syntax(offset, format!("a control character stands here{named}"))
            .help("remove it, if this is a text at all; in double quotes it can be written as an escape");
    }
    if told.contains("cannot start any token") {
        return match text.get(offset..).and_then(|rest| rest.chars().next()) {
            Some('\t') => Failure::syntax(offset, "a tab cannot indent YAML").help("indent with spaces"),
            Some(c) => Failure::syntax(offset, format!("a plain text cannot start with `{c}`"))
                .help("put the text into quotes"),
            None => Failure::syntax(offset, told),
        };
    }
    let help = [
        ("mapping values are not allowed", "put a text that holds `: ` into quotes, or mend the indentation"),
        ("could not find expected ':'", "a key needs a colon and a space behind it; mend the indentation"),
        (
            "unknown anchor",
            "an alias repeats what an anchor of that name marked before it; a text that starts with `*` needs quotes",
        ),
        ("while scanning a quoted scalar", "close the quotes"),
        ("while scanning a block scalar", "indent the lines of the text alike"),
        ("while parsing a flow", "close the bracket, put the missing comma, or put a text that holds `: ` into quotes"),
        ("while parsing a block", "indent all entries alike; a text with quotes inside needs the other kind around it"),
        ("found undefined tag handle", "put a text that starts with `!` into quotes"),
    ];
    let help = help.iter().find(|(said, _)| told.contains(said)).map(|(_, help)| *help);
    Failure { help, ..Failure::syntax(offset, told) }
}

/// A limit that was met while aliases were written out says so.
pub(super) fn spread_out(text: &str, failure: Failure) -> Failure {
    if failure.code != Code::Limit || !(text.contains('&') && text.contains('*')) {
        return failure;
    }
    let message = format!("with its aliases written out, {}", failure.message);
    Failure { message, ..failure }.help("repeat less by aliases")
}

/// The line at which the second document of a text begins: behind all that the first one holds.
pub(super) fn second_document(text: &str, offsets: &[u32]) -> Option<usize> {
    let last = offsets.iter().max().map_or(0, |offset| *offset as usize);
    let start = last + text.get(last..)?.find("\n---")? + 1;
    Some(text.get(..start)?.matches('\n').count() + 1)
}

/// Where an error is. What is open at the end of the text is told where it was opened.
fn place(text: &str, location: Option<(usize, usize)>, full: &str, told: &str) -> usize {
    if told.contains("unexpected end of stream, while scanning a quoted scalar")
        && let Some((line, column)) = full.rsplit_once(" at line ").and_then(|(_, place)| place.split_once(" column "))
        && let (Ok(line), Ok(column)) = (line.parse::<usize>(), column.parse::<usize>())
    {
        return offset_of(text, line, column);
    }
    location.map_or(0, |(line, column)| offset_of(text, line, column))
}

/// The byte offset of a line and column, both counted from one, the latter in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(offset, _)| offset)
}

/// Takes every ` at line 3 column 5` and ` at position 7` out of a message.
fn without_places(message: &str) -> String {
    let digits = |c: char| c.is_ascii_digit();
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once(" at ") {
        out.push_str(before);
        let line = behind.strip_prefix("line ").map(|place| place.trim_start_matches(digits));
        let column = line.and_then(|place| place.strip_prefix(" column ")).or(behind.strip_prefix("position "));
        rest = match column {
            Some(place) => place.trim_start_matches(digits),
            None => {
                out.push_str(" at ");
                behind
            }
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, yaml};
    use super::*;

    #[track_caller]
    fn check(text: &str, marked: &str, message: &str, help: &str) {
        let failure = yaml::parse(text, &Limits::default()).unwrap_err();
        assert_eq!(failure.message, message);
        assert!(text[failure.offset..].starts_with(marked), "{:?}", &text[failure.offset..]);
        assert!(failure.help.unwrap_or_default().contains(help), "{:?}", failure.help);
    }

    #[test]
    fn usual_mistakes() {
        check("a:\n  é:\n\tb: 1", "\tb", "a tab cannot indent YAML", "spaces");
        check("a: %b", "%b", "a plain text cannot start with `%`", "quotes");
        check("a: b: c", ": c", "mapping values are not allowed in this context", "`: `");
        check("a: \"b\nc: d\n", "\"b", "found unexpected end of stream, while scanning a quoted scalar", "close");
        check("a: [b\nc: d\n", "", "did not find expected ',' or ']', while parsing a flow sequence", "bracket");
        check("é: 'b\0'", "\0", "a control character stands here (U+0000)", "remove");
        check("\0\0", "\0", "a control character stands here (U+0000)", "remove");
        check("a: *b", "*b", "unknown anchor", "anchor");
        check(&"[".repeat(130), "[", "values are nested more than 128 deep", "nest less");
        check("a: &a [*a]", "&a", "values are nested more than 128 deep", "anchor");
    }

    #[test]
    fn places_are_taken_out() {
        assert_eq!(without_places("a at line 3 column 5, b at position 7 at all"), "a, b at all");
    }

    #[test]
    fn documents() {
        let told = |text: &str| -> Vec<String> {
            let tree = yaml::parse(text, &Limits::default()).unwrap();
            tree.found.into_iter().map(|found| found.message).collect()
        };
        let several = "the text holds several YAML documents; the second one begins at line 3";
        assert_eq!(told("---\na: 1\n---\nb: 2\n---\nc: 3"), [several]);
        assert_eq!(told("---\na: 1\n---\nb: [\n"), [several], "also one that is broken");
        assert_eq!(told("---\na: 1\n---\n"), Vec::<String>::new());
        assert_eq!(told("a: 1\n---\n# nothing\n---\n...\n"), Vec::<String>::new());
    }
}
