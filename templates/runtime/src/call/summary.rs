//! One line about an answer, for error messages.

use super::super::http::Headers;
use super::super::http::status::phrase;
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

/// What the body of an error answer says, in one line that may be empty.
pub(crate) fn of_body(headers: &Headers, body: &[u8]) -> String {
    if let Ok(value) = json::from_slice::<Value>(body) {
        return of_json(&value);
    }
    let media = essence(headers);
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if text.is_empty() {
        String::new()
    } else if text.starts_with('<') || text.contains('\u{FFFD}') || text.contains('\0') {
        let media = if media.is_empty() { "unknown type".to_owned() } else { media };
        format!("a body of {} bytes ({media})", body.len())
    } else {
        one_line(text)
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
        (Some(text), Some(code)) if text != code => one_line(&format!("{text} ({code})")),
        (Some(text), _) | (None, Some(text)) => one_line(&text),
        (None, None) => one_line(&value.to_string()),
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

/// Replaces `secret` in `text` by stars; whether it was there.
pub(crate) fn hide(text: &mut String, secret: &str) -> bool {
    let found = !secret.is_empty() && text.contains(secret);
    if found {
        *text = text.replace(secret, "***");
    }
    found
}
