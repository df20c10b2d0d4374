//! The form for programs: `call OPERATION_ID --args JSON`.

use super::super::call::{Param, Payload, Request};
use super::super::http::style::Place;
use super::super::json::{Map, Value};
use super::content;
use super::given::{self, Given};
use super::outcome::{Failure, refused};
use super::table::{Body, BodyKind, Entry, SetBody};
use std::borrow::Cow;

/// The members of `--args`; all but the last hold parameters by their names on the wire.
pub(super) const SECTIONS: [&str; 6] = ["path", "query", "querystring", "header", "cookie", "body"];

/// The section that a parameter stands in.
pub(super) fn section(param: &Param) -> &'static str {
    match param.place {
        Place::Path(_) => "path",
        Place::Query(_) => "query",
        Place::QueryString => "querystring",
        Place::Header | Place::DelimitedHeader(_) => "header",
        Place::Cookie(_) => "cookie",
    }
}

/// Reads the text of `--args`.
pub(super) fn arguments(text: &str) -> Result<Map<Value>, Failure> {
    match content::json(text.as_bytes(), "--args")? {
        Value::Object(members) => Ok(members),
        other => refused(format!("--args: expected object, found {}", other.kind().name())),
    }
}

/// Puts the arguments into the request. Each is decoded into its type first; nothing that is unknown is let pass.
pub(super) fn fill(
    entry: &'static Entry,
    mut request: Request,
    arguments: &Map<Value>,
    media: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Request, Failure> {
    let mut seen = Vec::new();
    for (name, members) in arguments.iter() {
        if !SECTIONS.contains(&name) {
            return refused(format!("--args: unknown member `{name}`; there are: {}", SECTIONS.join(", ")));
        }
        if name == "body" {
            continue;
        }
        let Value::Object(members) = members else {
            return refused(format!("--args: `{name}`: expected object, found {}", members.kind().name()));
        };
        for (wire, value) in members.iter() {
            let index = find(entry, name, wire)?;
            // The names of header fields that differ in case alone are one name.
            if seen.contains(&index) {
                return refused(format!("{name} parameter `{wire}` of {} is given twice", entry.op.id));
            }
            seen.push(index);
            request = set(request, entry, index, value, notes)?;
        }
    }
    match arguments.get("body") {
        Some(value) => body(request, chosen(entry, media)?, value, notes),
        None if media.is_some() => refused("--media-type is for a body, and there is none"),
        None => Ok(request),
    }
}

fn find(entry: &Entry, part: &str, wire: &str) -> Result<usize, Failure> {
    let same = |name: &str| if part == "header" { name.eq_ignore_ascii_case(wire) } else { name == wire };
    let here = |param: &Param| section(param) == part;
    if let Some(index) = entry.op.params.iter().position(|param| here(param) && same(param.name)) {
        return Ok(index);
    }
    let known: Vec<&str> = entry.op.params.iter().filter(|param| here(param)).map(|param| param.name).collect();
    let known = if known.is_empty() { "it takes none".to_owned() } else { format!("there are: {}", known.join(", ")) };
    refused(format!("unknown {part} parameter `{wire}` of {}; {known}", entry.op.id))
}

/// Decodes a value into the type of a parameter and sets it.
pub(super) fn set(
    request: Request,
    entry: &Entry,
    index: usize,
    value: &Value,
    notes: &mut Vec<String>,
) -> Result<Request, Failure> {
    let (Some(param), Some(arg)) = (entry.op.params.get(index), entry.params.get(index)) else {
        return refused(format!("{} has no parameter {index}", entry.op.id));
    };
    // Neither is a value of its type.
    if (arg.nullable && value.is_null()) || (arg.empty && value.as_str() == Some("")) {
        return Ok(request.set(index, value));
    }
    let mut model = (arg.blank)();
    let mut found = Vec::new();
    let read = given::read(&mut *model, value, &mut found);
    let name = format!("{} parameter `{}` of {}", section(param), param.name, entry.op.id);
    notes.extend(found.into_iter().map(|note| format!("{name}: {note}")));
    match read {
        Ok(()) => Ok(request.set(index, &*model)),
        Err(message) => refused(format!("{name}: {message}")),
    }
}

/// The body of the media type that is asked for, the first one without a wish; and the type that is sent.
pub(super) fn chosen(
    entry: &'static Entry,
    media: Option<&str>,
) -> Result<(&'static Body, Cow<'static, str>), Failure> {
    let id = entry.op.id;
    let known: Vec<&str> = entry.bodies.iter().map(|body| body.media).collect();
    if let Some(media) = media.filter(|media| !is_media_type(media)) {
        return refused(format!(
            "--media-type `{media}` is not one media type, such as `image/png`: name the one to send"
        ));
    }
    let Some(media) = media else {
        return match entry.bodies.first() {
            None => refused(format!("{id} takes no body")),
            Some(body) if body.media.contains('*') => {
                refused(format!("{id} takes any body of `{}`: say which one it is with --media-type", body.media))
            }
            Some(body) => Ok((body, Cow::Borrowed(body.media))),
        };
    };
    if let Some(body) = entry.bodies.iter().find(|body| body.media.eq_ignore_ascii_case(media)) {
        return Ok((body, Cow::Borrowed(body.media)));
    }
    match entry.bodies.iter().find(|body| covers(body.media, media)) {
        Some(body) => Ok((body, Cow::Owned(media.to_owned()))),
        None if known.is_empty() => refused(format!("{id} takes no body")),
        None => refused(format!("{id} takes no body of type `{media}`; there are: {}", known.join(", "))),
    }
}

/// Whether this is one media type (RFC 9110, section 8.3.1), with or without parameters. A range, which has the same form,
/// is only for what is accepted.
fn is_media_type(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim_ascii_end();
    let token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'+-.^_`|~".contains(&byte))
    };
    essence.split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

/// Whether a range such as `image/*` has a media type in it (RFC 9110, section 12.5.1).
fn covers(range: &str, media: &str) -> bool {
    range.split_once('*').is_some_and(|(start, _)| {
        let head = media.get(..start.len());
        range.starts_with("*/") || head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    })
}

/// Sets a body from its JSON form.
pub(super) fn body(
    request: Request,
    (body, media): (&'static Body, Cow<'static, str>),
    value: &Value,
    notes: &mut Vec<String>,
) -> Result<Request, Failure> {
    match body.kind {
        BodyKind::Value(set) => typed(request, body, set, value, notes),
        BodyKind::Parts(set) => typed(request, body, set, &content::with_files(value)?, notes),
        BodyKind::Items(set) if matches!(value, Value::Array(_)) => typed(request, body, set, value, notes),
        BodyKind::Items(_) => match content::of_value(value) {
            Err(Failure::Refused(message)) => refused(format!("{message}, or an array of the items")),
            bytes => raw(request, (body, media), bytes?, notes),
        },
        BodyKind::Text | BodyKind::Bytes => raw(request, (body, media), content::of_value(value)?, notes),
    }
}

fn typed(
    request: Request,
    body: &Body,
    set: SetBody,
    value: &Value,
    notes: &mut Vec<String>,
) -> Result<Request, Failure> {
    let given = Given::new(value);
    let request = set(request, body.media, &given);
    notes.extend(given.into_notes().into_iter().map(|note| format!("`body`: {note}")));
    request.or_else(|unfit| refused(format!("`body`: {unfit}")))
}

/// Sets a body from its bytes.
pub(super) fn raw(
    request: Request,
    (body, media): (&'static Body, Cow<'static, str>),
    bytes: Vec<u8>,
    notes: &mut Vec<String>,
) -> Result<Request, Failure> {
    match body.kind {
        BodyKind::Bytes => Ok(request.body(Payload::new(media, bytes))),
        BodyKind::Text => match String::from_utf8(bytes) {
            Ok(text) => Ok(request.body(Payload::new(media, text))),
            Err(_) => refused("`body`: the text is not UTF-8"),
        },
        BodyKind::Items(_) => self::body(request, (body, media), &content::items(&bytes)?, notes),
        BodyKind::Value(_) | BodyKind::Parts(_) => {
            self::body(request, (body, media), &content::json(&bytes, "`body`")?, notes)
        }
    }
}
