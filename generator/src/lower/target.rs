//! References to an object of another kind than belongs where they stand. Published descriptions refer to all kinds of
//! places, so what an object is is told by its keywords; where those leave it open, by the part of the components that it is
//! in.

use super::Lower;
use super::keywords::{is_schema_instead, says_no_shape};
use super::paths::METHODS;
use crate::diag::Code;
use crate::load::At;

pub(super) const PARAMETER: &str = "a parameter";
pub(super) const BODY: &str = "a request body";
pub(super) const RESPONSE: &str = "a response";
pub(super) const SCHEMA: &str = "a schema";

impl<'a> Lower<'a> {
    /// What an object is, as far as it can be told.
    pub(super) fn kind_of(&self, at: At<'a>) -> Option<&'static str> {
        by_keywords(at).or_else(|| self.kind_of_part(at))
    }

    /// What stands at the end of a reference where something else is `wanted`.
    fn other_kind(&self, given: At<'a>, at: At<'a>, wanted: &str) -> Option<&'static str> {
        // A body of 2.0 is read as the body that it is.
        let is_old_body = wanted == BODY && at.str("in") == Some("body");
        if given.origin() == at.origin() || !at.is_object() || is_old_body {
            return None;
        }
        let by_keywords = by_keywords(at);
        if by_keywords == Some(wanted) {
            return None;
        }
        let by_part = self.kind_of_part(at).filter(|kind| fits(kind, at));
        by_keywords.or(by_part).filter(|_| by_part != Some(wanted))
    }

    /// Whether a reference leads to what cannot be read as what is `wanted`; told with the effect.
    pub(super) fn is_astray(&self, given: At<'a>, at: At<'a>, wanted: &str, effect: &str) -> bool {
        let Some(kind) = self.other_kind(given, at, wanted).filter(|kind| *kind != SCHEMA || wanted == PARAMETER)
        else {
            return false;
        };
        let reference = given.get("$ref").unwrap_or(given);
        let message =
            format!("a reference leads to {kind}, not to {wanted}: `{}`", reference.as_str().unwrap_or_default());
        // The two are alike but for what stands around them.
        let is_read = [BODY, RESPONSE].contains(&kind) && [BODY, RESPONSE].contains(&wanted);
        if is_read {
            self.sink.warning(Code::BrokenRef, reference.origin(), message, format!("it is read as {wanted}"));
        } else {
            self.sink.left_out(Code::BrokenRef, reference.origin(), message, effect);
        }
        !is_read
    }

    /// Whether an object says nothing of which kind it is, and stands with those that are no schemas.
    pub(super) fn is_with_others(&self, at: At<'a>) -> bool {
        !at.is_empty()
            && at.entries().all(|(key, _)| says_no_shape(key))
            && self.kind_of_part(at).is_some_and(|kind| kind != SCHEMA)
    }

    /// The kind of objects in the part of the components that an object is in.
    fn kind_of_part(&self, at: At<'a>) -> Option<&'static str> {
        let pointer = self.doc.pointer(at.origin());
        let path = pointer.strip_prefix("#/")?;
        let (part, name) = path.strip_prefix("components/").unwrap_or(path).split_once('/')?;
        let kind = match part {
            "parameters" => PARAMETER,
            "requestBodies" => BODY,
            "responses" => RESPONSE,
            "schemas" | "definitions" => SCHEMA,
            "headers" => "a header",
            "examples" => "an example",
            "links" => "a link",
            "callbacks" => "a callback",
            "securitySchemes" | "securityDefinitions" => "a security scheme",
            "pathItems" => "a path item",
            "mediaTypes" => "a media type",
            _ => return None,
        };
        (!name.contains('/')).then_some(kind)
    }
}

/// What an object can only be.
fn by_keywords(at: At<'_>) -> Option<&'static str> {
    if at.str("openapi").or(at.str("swagger")).is_some() {
        return Some("a whole description");
    }
    match at.str("in") {
        Some(_) if at.str("type") == Some("apiKey") => return Some("a security scheme"),
        Some(_) => return Some(PARAMETER),
        None => {}
    }
    if is_schema_instead(at) {
        return Some(SCHEMA);
    }
    if METHODS.iter().any(|method| at.get(method).is_some_and(At::is_object)) {
        return Some("a path item");
    }
    at.get("responses").map(|_| "an operation")
}

/// Whether an object can be of the kind of those around it. Whatever has `content` and no name is a body or a response.
fn fits(kind: &str, at: At<'_>) -> bool {
    at.get("content").is_none() || [BODY, RESPONSE, PARAMETER, "a header"].contains(&kind)
}
