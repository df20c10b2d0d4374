//! How the members of forms are written (OpenAPI 3.2, Encoding Object and Encoding Usage and Restrictions).

use super::{Lower, body};
use crate::diag::Code;
use crate::ir::{Codec, Order, Part, QueryStyle};
use crate::load::{At, Version};

impl<'a> Lower<'a> {
    /// The members of a form that are not written the usual way.
    pub(super) fn parts_by_name(&self, codec: Codec, media: At<'a>) -> Vec<Part> {
        let schema = media.get("schema").and_then(|schema| self.doc.resolve(schema).ok());
        let encoding = media.get("encoding");
        encoding
            .into_iter()
            .flat_map(At::entries)
            .filter_map(|(wire, at)| {
                let member = schema.and_then(|schema| self.member_of(schema, wire))?;
                let part = self.part(codec, wire, at, member);
                (part != Part::usual(wire)).then_some(part)
            })
            .collect()
    }

    fn part(&self, codec: Codec, wire: &str, at: At<'a>, member: At<'a>) -> Part {
        let style = self.part_style(codec, at);
        let is_list = self.types_of(member).contains(&"array");
        let is_file = self.is_file(member, Some(at))
            || is_list && self.items_of(member).is_some_and(|item| self.is_file(item, Some(at)));
        // A style is for values; a file has none.
        let media = if style.is_some() && !is_file { Vec::new() } else { content_types(at) };
        let json = media.first().is_some_and(|name| body::codec(name) == Codec::Json);
        Part {
            wire: wire.to_owned(),
            style: style.filter(|_| !is_file),
            // From 3.2 on each item is a part; before, `contentType` was said of the property as a whole.
            whole: json
                && !is_file
                && (codec == Codec::Form || is_list)
                && !(is_list && self.doc.version >= Version::V32),
            value: !is_file && needs_part(at),
            xml: None,
            media: if codec == Codec::Form { Vec::new() } else { media },
        }
    }

    /// `style`, `explode` and `allowReserved`: any of them makes the member one that is written like a query parameter.
    fn part_style(&self, codec: Codec, at: At<'a>) -> Option<(QueryStyle, bool, bool)> {
        if ["style", "explode", "allowReserved"].iter().all(|key| at.get(key).is_none()) {
            return None;
        }
        // 3.0 has them for `application/x-www-form-urlencoded` alone.
        if codec == Codec::Multipart && self.doc.version < Version::V31 {
            return None;
        }
        let style = match at.str("style") {
            None | Some("form") => QueryStyle::Form,
            Some("spaceDelimited") => QueryStyle::Space,
            Some("pipeDelimited") => QueryStyle::Pipe,
            Some("deepObject") => QueryStyle::DeepObject,
            Some(other) => {
                self.sink.warning(
                    Code::ParameterStyle,
                    at.get("style").unwrap_or(at).origin(),
                    format!("the style `{other}` does not fit a form"),
                    "it is written as `form`",
                );
                QueryStyle::Form
            }
        };
        let explode = at.bool("explode").unwrap_or(style == QueryStyle::Form);
        Some((style, explode, at.bool("allowReserved").unwrap_or(false)))
    }

    /// How parts without names are written (OpenAPI 3.2, Encoding By Position), where the media type has such.
    pub(super) fn parts_by_place(&self, media: At<'a>) -> Option<Order> {
        let schema = media.get("schema").and_then(|schema| self.doc.resolve(schema).ok());
        let is_list = schema
            .is_some_and(|schema| self.types_of(schema).contains(&"array") || schema.get("prefixItems").is_some());
        if !is_list && media.get("itemSchema").is_none() {
            return None;
        }
        let schemas: Vec<_> =
            schema.and_then(|schema| schema.get("prefixItems")).into_iter().flat_map(At::items).collect();
        let encodings: Vec<_> = media.get("prefixEncoding").into_iter().flat_map(At::items).collect();
        let first = (0..schemas.len().max(encodings.len()))
            .map(|place| self.placed(schemas.get(place).copied(), encodings.get(place).copied()))
            .collect();
        let item = schema.and_then(|schema| schema.get("items")).or_else(|| media.get("itemSchema"));
        let rest = (item.is_some() || media.get("itemEncoding").is_some())
            .then(|| self.placed(item, media.get("itemEncoding")));
        Some(Order { first, rest })
    }

    fn placed(&self, schema: Option<At<'a>>, encoding: Option<At<'a>>) -> Part {
        let mut part = Part { media: encoding.map(content_types).unwrap_or_default(), ..Part::usual("") };
        if part.media.is_empty() {
            let schema = schema.and_then(|schema| self.doc.resolve(schema).ok());
            // The table of defaults under the Encoding Object.
            let usual = match schema.map(|schema| self.types_of(schema)).unwrap_or_default().as_slice() {
                ["object" | "array"] => Some("application/json"),
                ["string"] if schema.is_some_and(|schema| self.is_binary(schema)) => None,
                ["string" | "number" | "integer" | "boolean"] => Some("text/plain"),
                _ => None,
            };
            part.media.extend(usual.map(str::to_owned));
        }
        part
    }

    /// The member of a form's schema, also where parts of an `allOf` hold it.
    pub(super) fn member_of(&self, schema: At<'a>, name: &str) -> Option<At<'a>> {
        let mut work = vec![schema];
        let mut seen = 0;
        while let Some(at) = work.pop() {
            seen += 1;
            if seen > 64 {
                break;
            }
            if let Some(member) = at.get("properties").and_then(|members| members.get(name)) {
                return self.doc.resolve(member).ok();
            }
            work.extend(at.get("allOf").into_iter().flat_map(At::items).filter_map(|part| self.doc.resolve(part).ok()));
        }
        None
    }

    pub(super) fn items_of(&self, list: At<'a>) -> Option<At<'a>> {
        self.doc.resolve(list.get("items")?).ok()
    }

    /// Whether a member of a form (or an item of one) is a file, given its Encoding Object: raw bytes, and what has no
    /// type at all (the default `application/octet-stream` of 3.1).
    pub(super) fn is_file(&self, schema: At<'a>, encoding: Option<At<'a>>) -> bool {
        let types = encoding.map(content_types).unwrap_or_default();
        let binary = types.iter().any(|name| body::codec(name) == Codec::Binary || name.starts_with("*/*"));
        let open = schema.is_object()
            && schema.entries().all(|(key, _)| key == "contentMediaType" || super::keywords::says_no_shape(key));
        if open {
            return binary || types.is_empty() && self.doc.version >= Version::V31;
        }
        let text = self.types_of(schema) == ["string"]
            && !["enum", "const", "contentEncoding"].iter().any(|key| schema.get(key).is_some());
        self.is_binary(schema) || text && binary && matches!(schema.str("format"), None | Some("binary"))
    }
}

/// The media types that a part can have.
pub(super) fn content_types(encoding: At<'_>) -> Vec<String> {
    let listed = encoding.str("contentType").unwrap_or_default().split(',');
    listed.map(str::trim).filter(|name| body::is_media_type(name)).map(str::to_owned).collect()
}

/// Whether a value has to be given as a part, since it has header fields of its own, or parts.
pub(super) fn needs_part(encoding: At<'_>) -> bool {
    let headers = encoding.get("headers").into_iter().flat_map(At::entries);
    // These two are decided elsewhere (OpenAPI 3.2, Encoding Object; RFC 7578, section 4.2).
    let own =
        |name: &str| !name.eq_ignore_ascii_case("content-type") && !name.eq_ignore_ascii_case("content-disposition");
    headers.into_iter().any(|(name, _)| own(name))
        || content_types(encoding).iter().any(|name| body::codec(name) == Codec::Multipart)
}
