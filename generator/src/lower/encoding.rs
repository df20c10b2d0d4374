//! How the members of forms are written (OpenAPI 3.2, Encoding Object and Encoding Usage and Restrictions).

use super::{Lower, body};
use crate::diag::Code;
use crate::ir::{Codec, Order, Part, QueryStyle};
use crate::load::{At, Version};

impl<'a> Lower<'a> {
    /// The members of a form that are not written the usual way.
    pub(super) fn parts_by_name(&self, codec: Codec, media: At<'a>) -> Vec<Part> {
        let Some(schema) = media.get("schema").and_then(|schema| self.doc.resolve(schema).ok()) else {
            return Vec::new();
        };
        let encoding = media.get("encoding");
        let said = encoding.into_iter().flat_map(At::entries).filter_map(|(wire, at)| {
            let member = self.member_of(schema, wire);
            // It MUST be one (OpenAPI 3.1, Media Type Object, `encoding`).
            if member.is_none() && !wire.starts_with("x-") {
                let message = format!("`encoding` has `{wire}`, which is no property of the form");
                self.sink.warning(Code::UnknownKeyword, at.origin(), message, "it is passed over");
            }
            Some((wire, Some(at), member?))
        });
        let encoded = self.encoded_members(codec, media, schema);
        let unsaid = encoded.into_iter().filter(|(wire, _)| encoding.and_then(|all| all.get(wire)).is_none());
        said.chain(unsaid.map(|(wire, member)| (wire, None, member)))
            .map(|(wire, at, member)| self.part(codec, wire, at, member))
            .filter(|part| *part != Part::usual(&part.wire))
            .collect()
    }

    /// The members whose own schema says that they are not of the usual type: those with `contentEncoding`.
    fn encoded_members(&self, codec: Codec, media: At<'a>, schema: At<'a>) -> Vec<(&'a str, At<'a>)> {
        if codec != Codec::Multipart {
            return Vec::new();
        }
        let members = self.holders(schema).into_iter().filter_map(|holder| holder.get("properties"));
        let members = members.flat_map(At::entries).filter_map(|(wire, at)| Some((wire, self.doc.resolve(at).ok()?)));
        let encoded = members.filter(|(_, member)| self.is_encoded(*member) || self.has_encoded_items(*member));
        let encoded: Vec<_> = encoded.collect();
        // What many forms share is written out for each.
        let may = encoded.is_empty() || media.get("schema").is_some_and(|written| self.resolve(written).is_some());
        if may { encoded } else { Vec::new() }
    }

    fn part(&self, codec: Codec, wire: &str, at: Option<At<'a>>, member: At<'a>) -> Part {
        let style = at.and_then(|at| self.part_style(codec, at));
        let is_list = self.types_of(member).contains(&"array");
        let inner = if is_list { self.items_of(member) } else { Some(member) };
        let is_file = self.is_file(member, at) || inner.is_some_and(|inner| self.is_file(inner, at));
        // A style is for values; a file has none.
        let styled = style.is_some() && !is_file;
        let mut media = at.filter(|_| !styled).map(content_types).unwrap_or_default();
        let json = media.first().is_some_and(|name| body::codec(name) == Codec::Json);
        if codec == Codec::Form {
            self.tell_unwritten(wire, &media, at, inner);
            media.clear();
        } else if media.is_empty() && !styled && !is_file {
            // What is given as a part has no type that could be seen from it, and what is encoded looks like a text.
            let given = at.is_some_and(needs_part) || inner.is_some_and(|inner| self.is_encoded(inner));
            media.extend(inner.filter(|_| given).and_then(|inner| self.usual_type(inner)).map(str::to_owned));
        }
        // From 3.2 on each item is a part; before, `contentType` was said of the property as a whole.
        let by_item = is_list && self.doc.version >= Version::V32;
        Part {
            wire: wire.to_owned(),
            style: style.filter(|_| !is_file),
            whole: json && !is_file && (codec == Codec::Form || is_list) && !by_item,
            json_items: json && !is_file && codec == Codec::Form && by_item,
            value: !is_file && at.is_some_and(needs_part),
            xml: None,
            media,
        }
    }

    /// Says so where a field of an URL-encoded form has a media type that its value has no form in.
    fn tell_unwritten(&self, wire: &str, media: &[String], at: Option<At<'a>>, inner: Option<At<'a>>) {
        let types = inner.map(|inner| self.types_of(inner)).unwrap_or_default();
        let is_text = types.iter().all(|name| !matches!(*name, "object" | "array")) && !types.is_empty();
        if is_text || media.is_empty() || media.iter().any(|name| body::codec(name) == Codec::Json) {
            return;
        }
        let Some(at) = at.and_then(|at| at.get("contentType")) else { return };
        self.sink.left_out(
            Code::MediaType,
            at.origin(),
            format!("the field `{wire}` of a form cannot be written as `{}`", media.join(", ")),
            "an object in it is sent as JSON text",
        );
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
            part.media.extend(schema.and_then(|schema| self.usual_type(schema)).map(str::to_owned));
        }
        part
    }

    /// The media type of a part that names none: the table of defaults under the Encoding Object. `None` is a file.
    fn usual_type(&self, schema: At<'a>) -> Option<&'static str> {
        let mut types = self.types_of(schema);
        types.retain(|name| *name != "null");
        match types.as_slice() {
            ["object" | "array"] => Some("application/json"),
            ["string"] if self.is_encoded(schema) => Some("application/octet-stream"),
            ["string"] if self.is_binary(schema) => None,
            ["string" | "number" | "integer" | "boolean"] => Some("text/plain"),
            _ => None,
        }
    }

    /// Whether a schema describes bytes that are written as text, which 3.1 begins with.
    fn is_encoded(&self, schema: At<'a>) -> bool {
        self.doc.version >= Version::V31 && schema.get("contentEncoding").is_some()
    }

    fn has_encoded_items(&self, member: At<'a>) -> bool {
        self.items_of(member).is_some_and(|item| self.is_encoded(item))
    }

    /// The member of a form's schema, also where parts of an `allOf` or some of several choices hold it.
    pub(super) fn member_of(&self, schema: At<'a>, name: &str) -> Option<At<'a>> {
        let member = self.holders(schema).into_iter().find_map(|holder| holder.get("properties")?.get(name))?;
        self.doc.resolve(member).ok()
    }

    /// A schema, the parts of its `allOf` and its choices, which hold its members together.
    pub(super) fn holders(&self, schema: At<'a>) -> Vec<At<'a>> {
        let mut work = vec![schema];
        let mut holders = Vec::new();
        while let Some(at) = work.pop().filter(|_| holders.len() < 64) {
            holders.push(at);
            let parts = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key)).flat_map(At::items);
            work.extend(parts.filter_map(|part| self.doc.resolve(part).ok()));
        }
        holders
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
