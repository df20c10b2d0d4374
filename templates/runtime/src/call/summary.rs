//! One line about an answer, for error messages.

use super::super::http::status::phrase;
use super::super::http::{Headers, charset};
use super::super::json::{self, Value};
use super::reply::essence;

/// Where services put the text that explains an error, best first.
const TEXTS: [&str; 12] = [
    "/message",
    "/error_description",
    "/error/message",
    "/detail",
    "/description",
    "/errors/0/message",
    "/errors/0/msg",
    "/errors/0/detail",
    "/title",
    "/msg",
    "/reason",
    "/error",
];

/// Where they put the code that programs look at.
const CODES: [&str; 5] = ["/code", "/error/code", "/errors/0/code", "/errorCode", "/error"];

/// More than this of a body is no summary.
const LIMIT: usize = 200;

/// The status with its name, such as `404 Not Found`.
pub(crate) fn status_text(status: u16) -> String {
    format!("{status} {}", phrase(status)).trim_end().to_owned()
}

/// What the body of an error answer says, in one line that may be empty and shows none of `secrets`.
pub(crate) fn of_body<'s>(headers: &Headers, body: &[u8], secrets: impl Iterator<Item = &'s str>) -> String {
    let mut says = whole(headers, body);
    // Before it is cut, so that no half of a secret is left.
    for secret in secrets {
        hide(&mut says, secret);
    }
    one_line(&says)
}

fn whole(headers: &Headers, body: &[u8]) -> String {
    if let Ok(value) = json::from_slice::<Value>(body) {
        return of_json(&value);
    }
    let media = essence(headers);
    let text = charset::shown(headers, body);
    let text = text.trim();
    if text.is_empty() {
        String::new()
    } else if text.starts_with('<') || text.contains('\u{FFFD}') || text.contains('\0') {
        let media = if media.is_empty() { "unknown type".to_owned() } else { media };
        format!("a body of {} bytes ({media})", body.len())
    } else {
        text.to_owned()
    }
}

fn of_json(value: &Value) -> String {
    let scalar = |pointer: &&str| match value.pointer(pointer) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let text = TEXTS.iter().find_map(scalar);
    let code = CODES.iter().find_map(scalar);
    match (text, code) {
        (Some(text), Some(code)) if text != code => format!("{text} ({code})"),
        (Some(text), _) | (None, Some(text)) => text,
        (None, None) => value.to_string(),
    }
}

fn one_line(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if let Some((cut, _)) = out.char_indices().nth(LIMIT) {
        out.truncate(cut);
        out.push('…');
    }
    out
}

/// A secret that is shorter than this is looked for as a whole word: elsewhere it would be found by chance.
const SHORT: usize = 8;

/// Replaces `secret` in `text` by stars; whether it was there.
pub(crate) fn hide(text: &mut String, secret: &str) -> bool {
    if secret.is_empty() {
        return false;
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, _) in text.match_indices(secret) {
        let end = at + secret.len();
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
        if secret.len() < SHORT && (before || after) {
            continue;
        }
        out.push_str(&text[copied..at]);
        out.push_str("***");
        copied = end;
    }
    let found = copied > 0;
    if found {
        out.push_str(&text[copied..]);
        *text = out;
    }
    found
}
