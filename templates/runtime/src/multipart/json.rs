//! A part where JSON is written and read.

use super::super::http::Body;
use super::super::http::content::Content;
use super::super::json::{Decode, Encode, Kind, Reader, Stop, Value, Writer};
use super::part::{Inside, Part};
use std::sync::Arc;

/// Within a form the part itself is taken; elsewhere it is its text. A stream and bytes that are no text have no JSON
/// form, which is an error of the call.
impl Encode for Part {
    fn encode(&self, w: &mut Writer) {
        if w.attach(|| Arc::new(self.clone())) {
            return;
        }
        match self.as_bytes().map(std::str::from_utf8) {
            Some(Ok(text)) => w.string(text),
            Some(Err(_)) => w.refuse("text", "bytes that are none"),
            None => w.refuse("text", "stream"),
        }
    }
}

/// A text is the content. So that programs can hand over files in JSON, an object
/// `{"$base64": "…", "fileName": "…", "mediaType": "…", "headers": {"…": "…"}}` is read too; all but its first member may be
/// absent.
impl Decode for Part {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        *self = Self::default();
        if r.peek()? == Kind::String {
            self.inside = Inside::Content(Content::from(Body::from(r.string()?.into_owned())));
            return Ok(());
        }
        let start = r.position();
        let value: Value = r.value()?;
        let read = from_object(&value);
        *self = read.ok_or_else(|| r.reject(start, "text, or object with the member `$base64`"))?;
        Ok(())
    }
}

fn from_object(value: &Value) -> Option<Part> {
    let mut part = Part::new(decode(value.get("$base64")?.as_str()?)?);
    for (name, member) in value.as_object()?.iter() {
        part = match name {
            "$base64" => part,
            "fileName" => part.file_name(member.as_str()?),
            "mediaType" => part.media_type(member.as_str()?),
            "headers" => {
                let fields = member.as_object()?.iter();
                fields.map(|(name, value)| Some((name, value.as_str()?))).try_fold(part, |part, field| {
                    let (name, value) = field?;
                    Some(part.header(name, value))
                })?
            }
            _ => return None,
        };
    }
    Some(part)
}

/// Base64 (RFC 4648, section 4), with or without padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
    }
    // One character alone is less than a byte.
    (text.len() % 4 != 1).then_some(out)
}
