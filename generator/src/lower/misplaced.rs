//! Bodies that are written as another version has them: `content` in 2.0, `schema` right inside of a body or response of
//! 3.x, and a schema in place of either. They are read as what they mean, with a warning.

use super::Lower;
use super::body::Way;
use super::keywords::is_schema_instead;
use crate::diag::Code;
use crate::ir::{Media, NameHint};
use crate::load::{At, Version};

impl<'a> Lower<'a> {
    /// The media types of a body or response of an operation, which stands at `given`, and at `at` behind its references.
    pub(super) fn media_of(
        &mut self,
        operation: At<'a>,
        given: At<'a>,
        at: At<'a>,
        hint: &NameHint,
        way: Way,
    ) -> Vec<Media> {
        let old = self.doc.version == Version::V2 && way == Way::In;
        let kind = if way == Way::In { "response" } else { "request body" };
        let key = if way == Way::In { "produces" } else { "consumes" };
        if is_schema_instead(at) {
            self.sink.warning(
                Code::MissingKeyword,
                given.get("$ref").unwrap_or(at).origin(),
                format!("a schema stands where a {kind} should"),
                "it is taken as the schema of the body",
            );
            return self.media_of_schema(operation, key, given, at, hint, way);
        }
        let (content, schema) = (at.get("content"), at.get("schema"));
        let other = if old { content } else { schema };
        let counts = if old { schema.is_some() } else { content.is_none() };
        if let Some(other) = other {
            let (version, name) = if old { ("Swagger 2.0", "content") } else { ("OpenAPI 3", "schema") };
            let effect = match (old, counts) {
                (true, true) => "`schema` counts",
                (true, false) => "it is read as in OpenAPI 3",
                (false, true) => "it is read as in Swagger 2.0",
                (false, false) => "`content` counts",
            };
            let message = format!("a {kind} of {version} has no `{name}`");
            self.sink.warning(Code::UnknownKeyword, other.origin(), message, effect);
        }
        match schema.filter(|_| counts) {
            Some(schema) => self.media_of_schema(operation, key, schema, at, hint, way),
            None => self.media_types(at, hint, way),
        }
    }

    /// The schema of a body parameter or a media type; one that is written without `schema` around it is told.
    pub(super) fn schema_or_own(&self, at: At<'a>) -> Option<At<'a>> {
        let own = || {
            let own = is_schema_instead(at).then_some(at)?;
            self.sink.warning(
                Code::MissingKeyword,
                at.origin(),
                "the keywords of a schema stand here without `schema` around them",
                "they are taken as the schema",
            );
            Some(own)
        };
        at.get("schema").or_else(own)
    }
}
