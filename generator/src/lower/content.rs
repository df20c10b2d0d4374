//! How the value of a parameter travels: in a media type of its own, or as text.

use super::{Lower, body};
use crate::diag::Code;
use crate::ir::{Codec, Content, Place, Shape, TextFormat};
use crate::load::At;

impl<'a> Lower<'a> {
    /// The media type under `content`: exactly one, and not beside `schema` (OpenAPI 3.2, Parameter Object, `content`).
    pub(super) fn content(&self, at: At<'a>) -> Option<(&'a str, At<'a>)> {
        let content = self.map(at, "content").filter(|content| !content.is_empty())?;
        if at.get("schema").is_some() {
            self.sink.warning(
                Code::ParameterStyle,
                content.origin(),
                "a parameter has `schema` or `content`, and this one has both",
                "`content` counts",
            );
        }
        let all = || content.entries();
        let (name, media) = all().find(|(name, _)| body::codec(name) == Codec::Json).or_else(|| all().next())?;
        if content.len() > 1 {
            self.sink.warning(
                Code::MediaType,
                content.origin(),
                "a parameter can have one media type",
                format!("it is sent as `{name}`"),
            );
        }
        Some((name, self.resolve(media)?))
    }

    /// The shape as far as it can travel in this place.
    pub(super) fn on_the_wire(&self, shape: Shape, place: Place, content: Option<&Content>, at: At<'a>) -> Shape {
        let text = || Shape::Text(TextFormat::Plain);
        match (content.map(|content| content.codec), shape) {
            (Some(Codec::Json), Shape::Binary) | (None, Shape::Binary) => {
                self.sink.left_out(
                    Code::MediaType,
                    at.origin(),
                    "a parameter cannot hold raw bytes",
                    "it is taken as text",
                );
                text()
            }
            (Some(Codec::Json), shape) => shape,
            (Some(Codec::Form), shape) if place == Place::QueryString => shape,
            (Some(_), shape @ (Shape::Text(_) | Shape::Bool | Shape::Int(_) | Shape::Float(_))) => shape,
            (Some(_), _) => {
                let media = content.map_or("", |content| content.media.as_str());
                self.sink.left_out(
                    Code::MediaType,
                    at.origin(),
                    format!("a parameter of `{media}` has no typed form"),
                    "it is given as text in that form",
                );
                text()
            }
            // Outside of JSON, `null` has no form of its own: it is what is not sent.
            (None, Shape::Nullable(inner)) => *inner,
            (None, shape) => shape,
        }
    }
}
