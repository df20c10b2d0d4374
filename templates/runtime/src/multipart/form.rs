//! From a value, or a list of parts, to a multipart body.

use super::super::http::charset;
use super::super::http::style::{QueryStyle, plain};
use super::super::json::{self, Attached, Encode, Kind, Reader, Stop, Value, Writer};
use super::super::xml;
use super::compose::Multipart;
use super::part::Part;
use super::spec::{PartSpec, is_json};
use std::collections::VecDeque;
use std::sync::Arc;

/// A form: each member of `value` by its name.
///
/// # Errors
///
/// When the value has no such form; the text says why.
pub(crate) fn named(media: &str, specs: &[PartSpec], value: &dyn Encode) -> Result<Multipart, String> {
    let mut w = Writer::with_attachments();
    value.encode(&mut w);
    let unwritable = |error: json::Error| format!("the body cannot be written: {}", error.without_excerpt());
    let (text, attached) = w.finish_attached().map_err(unwritable)?;
    let mut form = Form { multipart: Multipart::new(media), attached: attached.into(), problem: None };
    let mut r = Reader::new(&text).with_depth(usize::MAX);
    if r.peek().is_ok_and(|kind| kind != Kind::Object) {
        return Err("the body is a form, and so has to be an object".to_owned());
    }
    let read = r.members(|r, name| {
        let usual = PartSpec::new("");
        let spec = specs.iter().find(|spec| spec.name == name).unwrap_or(&usual);
        form.member(r, &name, spec)
    });
    if let Err(stop) = read {
        return Err(unwritable(r.error(stop)));
    }
    form.finish()
}

/// Parts that are known by their place.
///
/// # Errors
///
/// When it is open of which media type a part is.
pub(crate) fn listed(
    media: &str,
    first: &[PartSpec],
    rest: Option<&PartSpec>,
    parts: Vec<Part>,
) -> Result<Multipart, String> {
    let usual = PartSpec::new("");
    let mut out = Multipart::new(media);
    for (place, mut part) in parts.into_iter().enumerate() {
        if part.media.is_none() {
            let spec = first.get(place).or(rest).unwrap_or(&usual);
            part.media = Some(spec.choose("application/octet-stream").map_err(|why| at_place(&why, place))?);
        }
        out = out.part(part);
    }
    Ok(out)
}

fn at_place(why: &str, place: usize) -> String {
    why.replace("part ``", &format!("part {}", place + 1))
}

struct Form {
    multipart: Multipart,
    attached: VecDeque<Attached>,
    problem: Option<String>,
}

impl Form {
    fn member(&mut self, r: &mut Reader<'_>, name: &str, spec: &PartSpec) -> Result<(), Stop> {
        let styled = spec.style.is_some_and(|(style, explode)| !explode || style == QueryStyle::DeepObject);
        match r.peek()? {
            Kind::Array if spec.whole || styled && !self.holds_parts(r) => self.value(r, name, spec),
            Kind::Array => r.array(|r| self.item(r, name, spec)),
            _ => self.item(r, name, spec),
        }
    }

    /// One part; in some styles an object is several.
    fn item(&mut self, r: &mut Reader<'_>, name: &str, spec: &PartSpec) -> Result<(), Stop> {
        let kind = r.peek()?;
        if self.is_part(r.position()) {
            r.skip()?;
            if let Some(part) = self.attached.pop_front().and_then(|attached| attached.value.downcast::<Part>().ok()) {
                self.part(name, spec, Arc::unwrap_or_clone(part));
            }
            return Ok(());
        }
        if kind == Kind::Null { r.null() } else { self.value(r, name, spec) }
    }

    fn part(&mut self, name: &str, spec: &PartSpec, mut part: Part) {
        if part.media.is_none() {
            match spec.choose("application/octet-stream") {
                Ok(media) => part.media = Some(media),
                Err(problem) => self.wrong(problem),
            }
        }
        // Most servers know a file by its having a name (RFC 7578, section 4.2).
        if part.file_name.is_none() && !spec.value {
            part.file_name = Some(name.to_owned());
        }
        self.add(name, part);
    }

    fn value(&mut self, r: &mut Reader<'_>, name: &str, spec: &PartSpec) -> Result<(), Stop> {
        let kind = r.peek()?;
        let start = r.position();
        let text = r.skip()?;
        // Parts within a value that becomes a text would be lost.
        if self.is_part_before(start + text.len()) {
            self.wrong(format!("part `{name}` is a value with a file inside, which has no place of its own"));
            return Ok(());
        }
        if let Some((style, explode)) = spec.style {
            let value = json::from_str::<Value>(text).unwrap_or_default();
            for (name, text) in styled(style, explode, name, &value) {
                self.add(&name, Part::from(text));
            }
            return Ok(());
        }
        let usual = if matches!(kind, Kind::Object | Kind::Array) { "application/json" } else { "text/plain" };
        let media = spec.of_value(usual);
        let content = match (kind, spec.xml) {
            (_, Some(root)) => match xml::write(root, &json::from_str::<Value>(text).unwrap_or_default()) {
                Ok(text) => text,
                Err(error) => {
                    self.wrong(format!("part `{name}` cannot be written: {error}"));
                    return Ok(());
                }
            },
            (Kind::String, _) if !is_json(media) => json::from_str::<String>(text).unwrap_or_default(),
            _ => text.to_owned(),
        };
        let content = match charset::encode(media, content) {
            Ok(content) => content,
            Err(why) => {
                self.wrong(format!("part `{name}` cannot be written: {why}"));
                return Ok(());
            }
        };
        let mut part = Part::from(content);
        // Without a media type a part is `text/plain` (RFC 7578, section 4.4), which old servers know better unsaid.
        if media != "text/plain" || !spec.media.is_empty() {
            part = part.media_type(media);
        }
        self.add(name, part);
        Ok(())
    }

    fn add(&mut self, name: &str, part: Part) {
        let multipart = std::mem::replace(&mut self.multipart, Multipart::new(""));
        self.multipart = multipart.named(name, part);
    }

    fn is_part(&self, position: usize) -> bool {
        self.attached.front().is_some_and(|attached| attached.position == position)
    }

    fn is_part_before(&self, position: usize) -> bool {
        self.attached.front().is_some_and(|attached| attached.position < position)
    }

    /// Whether the array that is next begins with a part: a style cannot apply to it.
    fn holds_parts(&self, r: &Reader<'_>) -> bool {
        self.is_part(r.position() + 1)
    }

    fn wrong(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    fn finish(self) -> Result<Multipart, String> {
        self.problem.map_or(Ok(self.multipart), Err)
    }
}

/// Names and texts of a value that is written like a query parameter, without percent-encoding (OpenAPI 3.2, Encoding
/// Object).
fn styled(style: QueryStyle, explode: bool, name: &str, value: &Value) -> Vec<(String, String)> {
    let named = |name: &str, value: &Value| (name.to_owned(), plain(value).into_owned());
    let mut out = Vec::new();
    match value {
        Value::Null => {}
        Value::Object(_) | Value::Array(_) if style == QueryStyle::DeepObject => deep(&mut out, name, value),
        Value::Array(items) if !explode => {
            let items: Vec<_> = items.iter().filter(|item| !item.is_null()).map(plain).collect();
            if !items.is_empty() {
                out.push((name.to_owned(), items.join(between(style))));
            }
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            if explode {
                out.extend(members.map(|(member, value)| named(member, value)));
            } else {
                let flat: Vec<_> = members.flat_map(|(member, value)| [member.into(), plain(value)]).collect();
                if !flat.is_empty() {
                    out.push((name.to_owned(), flat.join(between(style))));
                }
            }
        }
        value => out.push(named(name, value)),
    }
    out
}

fn between(style: QueryStyle) -> &'static str {
    match style {
        QueryStyle::Form | QueryStyle::DeepObject => ",",
        QueryStyle::SpaceDelimited => " ",
        QueryStyle::PipeDelimited => "|",
        QueryStyle::TabDelimited => "\t",
    }
}

/// `name[a][0]`, as in a query.
fn deep(out: &mut Vec<(String, String)>, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (member, value) in members.iter() {
                deep(out, &format!("{name}[{member}]"), value);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                deep(out, &format!("{name}[{at}]"), value);
            }
        }
        value => out.push((name.to_owned(), plain(value).into_owned())),
    }
}
