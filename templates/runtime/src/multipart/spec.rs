//! How a member of a form becomes parts (OpenAPI's Encoding Object), as data.

use super::super::http::style::QueryStyle;
use super::super::xml::XmlNode;

/// How one member of a form, or one item of a list of parts, is written when it is not the usual way.
///
/// | value | the usual way |
/// |---|---|
/// | a [`Part`](super::Part) | as it is; `application/octet-stream` unless it has a media type of its own |
/// | a text, a number, `true` or `false` | its text, without a media type, which means `text/plain` |
/// | an object | `application/json` |
/// | an array | each item is a part of the same name (RFC 7578, section 4.3) |
/// | `null` | nothing |
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static PARTS: &[rt::PartSpec] = &[
///     rt::PartSpec::new("photo").media(&["image/png", "image/jpeg"]),
///     rt::PartSpec::new("ids").style(rt::QueryStyle::Form, false),
/// ];
/// assert_eq!(PARTS[0].name, "photo");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PartSpec {
    /// The name on the wire.
    pub name: &'static str,
    /// The media types to choose from, ranges such as `image/*` among them; empty for the usual one.
    pub media: &'static [&'static str],
    /// Written like a query parameter, but without percent-encoding: the style, and OpenAPI's `explode`.
    pub style: Option<(QueryStyle, bool)>,
    /// An array is one JSON text.
    pub whole: bool,
    /// The part is no file, and so has no file name unless it is given one.
    pub value: bool,
    /// A value is XML with this root.
    pub xml: Option<&'static XmlNode>,
}

impl PartSpec {
    /// The usual way.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, media: &[], style: None, whole: false, value: false, xml: None }
    }

    /// The same in one of these media types.
    #[must_use]
    pub const fn media(self, media: &'static [&'static str]) -> Self {
        Self { media, ..self }
    }

    /// The same, written like a query parameter.
    #[must_use]
    pub const fn style(self, style: QueryStyle, explode: bool) -> Self {
        Self { style: Some((style, explode)), ..self }
    }

    /// The same, with an array as one JSON text.
    #[must_use]
    pub const fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// The same, where a part is no file.
    #[must_use]
    pub const fn value(self) -> Self {
        Self { value: true, ..self }
    }

    /// The same, where a value is XML with this root.
    #[must_use]
    pub const fn xml(self, root: &'static XmlNode) -> Self {
        Self { xml: Some(root), ..self }
    }

    /// The media type of content that would usually be `usual`.
    ///
    /// # Errors
    ///
    /// When there is a choice that only the caller can make (OpenAPI 3.2, Handling Multiple `contentType` Values).
    pub(super) fn choose(&self, usual: &str) -> Result<String, String> {
        let mut names = self.media.iter().filter(|name| !name.contains('*'));
        let first = names.next();
        match (self.media, first, names.next()) {
            ([], ..) => Ok(usual.to_owned()),
            ([_], Some(only), None) => Ok((*only).to_owned()),
            (ranges, ..) if ranges.iter().any(|range| covers(range, usual)) => Ok(usual.to_owned()),
            _ => Err(format!("part `{}` can be {}: say which with `media_type`", self.name, self.media.join(", "))),
        }
    }

    /// The media type of a value that is written here: JSON where it may be, else the first that is no range.
    pub(super) fn of_value(&self, usual: &'static str) -> &'static str {
        let names = || self.media.iter().filter(|name| !name.contains('*')).copied();
        let wanted = if usual == "application/json" { names().find(|name| is_json(name)) } else { None };
        wanted.or_else(|| names().next()).unwrap_or(usual)
    }
}

/// Whether a media type is JSON (RFC 6839, section 3.1).
pub(super) fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a range (RFC 9110, section 12.5.1) holds a media type; one that is no range holds itself.
fn covers(range: &str, media: &str) -> bool {
    let essence = range.split(';').next().unwrap_or_default().trim();
    match essence.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => media.split('/').next().is_some_and(|found| found.eq_ignore_ascii_case(kind)),
        None => essence.eq_ignore_ascii_case(media),
    }
}
