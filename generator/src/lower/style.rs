//! Where a parameter goes and how it is written (OpenAPI 3.2, Parameter Locations and Style Values).

use super::Lower;
use crate::diag::Code;
use crate::ir::{CookieStyle, Delimiter, PathStyle, Place, QueryStyle};
use crate::load::{At, Version};

impl<'a> Lower<'a> {
    /// The place and style of a parameter; a style that the place does not allow is a diagnostic.
    pub(super) fn place(&self, place: &str, at: At<'a>) -> Option<Place> {
        if self.doc.version == Version::V2 {
            return self.place_v2(place, at);
        }
        let explode = |default: bool| at.bool("explode").unwrap_or(default);
        // 3.2 has it for paths and cookies too; it says nothing where nothing is encoded.
        let reserved = at.bool("allowReserved").unwrap_or(false);
        Some(match place {
            "path" => {
                let styles =
                    [("simple", PathStyle::Simple), ("label", PathStyle::Label), ("matrix", PathStyle::Matrix)];
                Place::Path(self.style(place, at, PathStyle::Simple, &styles), explode(false), reserved)
            }
            "query" => {
                let styles = [
                    ("form", QueryStyle::Form),
                    ("spaceDelimited", QueryStyle::Space),
                    ("pipeDelimited", QueryStyle::Pipe),
                    ("deepObject", QueryStyle::DeepObject),
                ];
                let style = self.style(place, at, QueryStyle::Form, &styles);
                // `form` explodes unless told otherwise; the others do not.
                Place::Query(style, explode(style == QueryStyle::Form), reserved)
            }
            "querystring" => Place::QueryString,
            "header" => {
                self.style(place, at, (), &[("simple", ())]);
                Place::Header(explode(false))
            }
            "cookie" => {
                let styles = [("form", CookieStyle::Form), ("cookie", CookieStyle::Cookie)];
                Place::Cookie(self.style(place, at, CookieStyle::Form, &styles), explode(true), reserved)
            }
            _ => return None,
        })
    }

    /// The style that a parameter names, of those that its place has.
    fn style<T: Copy>(&self, place: &str, at: At<'a>, default: T, styles: &[(&str, T)]) -> T {
        let Some(given) = at.get("style") else { return default };
        let name = given.as_str().unwrap_or_default();
        if let Some((_, style)) = styles.iter().find(|(known, _)| *known == name) {
            return *style;
        }
        let usual = styles.first().map_or("", |(name, _)| name);
        self.sink.warning(
            Code::ParameterStyle,
            given.origin(),
            format!("the style `{name}` does not fit a parameter in `{place}`"),
            format!("it is written as `{usual}`"),
        );
        default
    }

    /// Where a parameter of 2.0 goes, with `collectionFormat` in place of `style` and `explode` (2.0, Parameter Object).
    fn place_v2(&self, place: &str, at: At<'a>) -> Option<Place> {
        let raw = at.bool("x-ms-skip-url-encoding").unwrap_or(false);
        let format = at.get("collectionFormat");
        let name = format.and_then(At::as_str).unwrap_or("csv");
        let known = match name {
            "csv" | "ssv" | "tsv" | "pipes" => Some(name),
            "multi" if place == "query" => Some(name),
            "pipe" => Some("pipes"),
            _ => None,
        };
        if let Some(format) = format.filter(|_| known != Some(name)) {
            self.sink.warning(
                Code::ParameterStyle,
                format.origin(),
                format!("the collection format `{name}` does not fit a parameter in `{place}`"),
                format!("it is written as `{}`", known.unwrap_or("csv")),
            );
        }
        Some(match (place, known) {
            ("path", _) => Place::Path(PathStyle::Simple, false, raw),
            ("header", _) => Place::Header(false),
            ("query", Some("multi")) => Place::Query(QueryStyle::Form, true, raw),
            ("query", Some("ssv")) => Place::Query(QueryStyle::Space, false, raw),
            ("query", Some("tsv")) => Place::Query(QueryStyle::Tab, false, raw),
            ("query", Some("pipes")) => Place::Query(QueryStyle::Pipe, false, raw),
            ("query", _) => Place::Query(QueryStyle::Form, false, raw),
            _ => {
                self.sink.left_out(
                    Code::ParameterStyle,
                    at.origin(),
                    format!("Swagger 2.0 has no parameter in `{place}`"),
                    "the parameter is left out",
                );
                return None;
            }
        })
    }
}

impl<'a> Lower<'a> {
    /// A list inside of a list has a `collectionFormat` of its own (2.0, Items Object), which is told.
    pub(super) fn tell_nested_v2(&self, at: At<'a>) {
        let Some(items) = at.get("items").filter(|items| self.types_of(*items) == ["array"]) else { return };
        self.sink.left_out(
            Code::ParameterStyle,
            items.get("collectionFormat").unwrap_or(items).origin(),
            "lists inside of a list are not joined by a format of their own",
            "each is sent as JSON text",
        );
    }
}

/// What joins the items of a list in a path or a header of 2.0, where that is no comma.
pub(super) fn joined_v2(place: Place, at: At<'_>) -> Option<Delimiter> {
    if !matches!(place, Place::Path(..) | Place::Header(_)) {
        return None;
    }
    match at.str("collectionFormat")? {
        "ssv" => Some(Delimiter::Space),
        "tsv" => Some(Delimiter::Tab),
        "pipes" | "pipe" => Some(Delimiter::Pipe),
        _ => None,
    }
}
