//! Parameters (OpenAPI 3.2, Parameter Object and Style Values).

use super::paths::{Found, Refusal};
use super::{Lower, prose, server};
use crate::diag::Code;
use crate::ir::{Doc, NameHint, Param, PathStyle, Place, QueryStyle, Shape, TextFormat};
use crate::load::{At, Version};

impl<'a> Lower<'a> {
    /// The parameters of an operation: those of the path item, overridden by its own.
    pub(super) fn params(&mut self, entry: &Found<'a>, path: &str, hint: &NameHint) -> Result<Vec<Param>, Refusal> {
        let mut found: Vec<(&'a str, &'a str, At<'a>)> = Vec::new();
        for (level, list) in [entry.item.get("parameters"), entry.at.get("parameters")].into_iter().enumerate() {
            let start = found.len();
            for param in list.into_iter().flat_map(At::items) {
                let Some(param) = self.resolve(param) else { continue };
                let (Some(name), Some(place)) = (param.str("name"), param.str("in")) else {
                    self.sink.left_out(
                        Code::MissingKeyword,
                        param.origin(),
                        "a parameter needs `name` and `in`",
                        "the parameter is left out",
                    );
                    continue;
                };
                // One is told by its name and place together.
                match found.iter().position(|(other, other_place, _)| *other == name && *other_place == place) {
                    Some(index) => {
                        if level == 0 || index >= start {
                            self.sink.warning(
                                Code::DuplicateParameter,
                                param.origin(),
                                format!("the {place} parameter `{name}` is declared twice"),
                                "the last one counts",
                            );
                        }
                        found[index] = (name, place, param);
                    }
                    None => found.push((name, place, param)),
                }
            }
        }
        let template = server::template_names(path);
        let mut params = Vec::new();
        for name in &template {
            if params.iter().any(|param: &Param| param.wire == *name) {
                continue;
            }
            match found.iter().find(|(other, place, _)| other == name && *place == "path") {
                Some((_, _, at)) => params.extend(self.param(name, "path", *at, hint)),
                None => {
                    self.sink.warning(
                        Code::PathParameter,
                        entry.at.origin(),
                        format!("the path parameter `{name}` of `{path}` is not declared"),
                        "it is taken as a required string",
                    );
                    params.push(undeclared(name, entry.at));
                }
            }
        }
        for (name, place, at) in found {
            if self.doc.version == Version::V2 && matches!(place, "body" | "formData") {
                continue;
            }
            if place == "path" {
                if !template.contains(&name) {
                    self.sink.left_out(
                        Code::PathParameter,
                        at.origin(),
                        format!("the path `{path}` has no place for the parameter `{name}`"),
                        "the parameter is left out",
                    );
                }
                continue;
            }
            // These three are described elsewhere and must be passed over (OpenAPI 3.2, Parameter Object, `header`).
            if place == "header"
                && ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
            {
                continue;
            }
            params.extend(self.param(name, place, at, hint));
        }
        Ok(params)
    }

    fn param(&mut self, name: &str, place: &str, at: At<'a>, hint: &NameHint) -> Option<Param> {
        let v2 = self.doc.version == Version::V2;
        let media = at.get("content").and_then(|content| content.entries().next());
        // In 2.0 the parameter is its own schema.
        let schema =
            if v2 { Some(at) } else { media.map_or_else(|| at.get("schema"), |(_, media)| media.get("schema")) };
        let shape = match schema {
            Some(schema) => self.shape(schema, &hint.child(name)),
            None => Shape::Text(TextFormat::Plain),
        };
        let place = if v2 { super::v2::place(place, at)? } else { self.place(place, at)? };
        let mut notes = schema.map(prose::limits).unwrap_or_default();
        if at.bool("allowEmptyValue") == Some(true) {
            notes.push("may be empty".to_owned());
        }
        let example = self
            .examples(at)
            .into_iter()
            .next()
            .map(|(_, text)| text)
            .or_else(|| schema.and_then(|schema| prose::schema_examples(schema).into_iter().next()));
        Some(Param {
            wire: name.to_owned(),
            place,
            shape,
            required: matches!(place, Place::Path(..)) || at.bool("required").unwrap_or(false),
            media: media.map(|(name, _)| name.to_owned()),
            doc: schema.map_or_else(|| prose::doc(at), |schema| merge_docs(prose::doc(at), prose::doc(schema))),
            notes,
            example,
            origin: at.origin(),
        })
    }

    /// Where the parameter goes and how it is written; a style that the place does not allow is a diagnostic.
    fn place(&self, place: &str, at: At<'a>) -> Option<Place> {
        let style = at.str("style");
        let wrong = |style: &str, default: &str| {
            let origin = at.get("style").unwrap_or(at).origin();
            self.sink.warning(
                Code::ParameterStyle,
                origin,
                format!("the style `{style}` does not fit a parameter in `{place}`"),
                format!("it is written as `{default}`"),
            );
        };
        let explode = |default: bool| at.bool("explode").unwrap_or(default);
        Some(match place {
            "path" => {
                let style = match style {
                    None | Some("simple") => PathStyle::Simple,
                    Some("label") => PathStyle::Label,
                    Some("matrix") => PathStyle::Matrix,
                    Some(other) => {
                        wrong(other, "simple");
                        PathStyle::Simple
                    }
                };
                Place::Path(style, explode(false))
            }
            "query" => {
                let style = match style {
                    None | Some("form") => QueryStyle::Form,
                    Some("spaceDelimited") => QueryStyle::Space,
                    Some("pipeDelimited") => QueryStyle::Pipe,
                    Some("deepObject") => QueryStyle::DeepObject,
                    Some(other) => {
                        wrong(other, "form");
                        QueryStyle::Form
                    }
                };
                // `form` explodes unless told otherwise; the others do not.
                Place::Query(style, explode(style == QueryStyle::Form), at.bool("allowReserved").unwrap_or(false))
            }
            "querystring" => Place::QueryString,
            "header" => {
                if let Some(other) = style.filter(|style| *style != "simple") {
                    wrong(other, "simple");
                }
                Place::Header(explode(false))
            }
            "cookie" => {
                if let Some(other) = style.filter(|style| !matches!(*style, "form" | "cookie")) {
                    wrong(other, "form");
                }
                Place::Cookie(explode(true))
            }
            other => {
                self.sink.left_out(
                    Code::ParameterStyle,
                    at.origin(),
                    format!("a parameter cannot be in `{other}`"),
                    "the parameter is left out",
                );
                return None;
            }
        })
    }
}

/// The style that a `collectionFormat` of 2.0 names.
pub(super) fn delimited(format: &str) -> QueryStyle {
    match format {
        "ssv" => QueryStyle::Space,
        "tsv" => QueryStyle::Tab,
        "pipes" => QueryStyle::Pipe,
        _ => QueryStyle::Form,
    }
}

fn merge_docs(own: Doc, schema: Doc) -> Doc {
    Doc {
        summary: own.summary,
        description: own.description.or(schema.description).or(schema.summary),
        link: own.link.or(schema.link),
        deprecated: own.deprecated || schema.deprecated,
    }
}

fn undeclared(name: &str, at: At<'_>) -> Param {
    Param {
        wire: name.to_owned(),
        place: Place::Path(PathStyle::Simple, false),
        shape: Shape::Text(TextFormat::Plain),
        required: true,
        media: None,
        doc: Doc::default(),
        notes: Vec::new(),
        example: None,
        origin: at.origin(),
    }
}
