//! Swagger 2.0: where it says things in other words than OpenAPI 3. Everything else is shared.

use super::body::Way;
use super::paths::Found;
use super::{Lower, prose, types};
use crate::diag::Code;
use crate::ir::{
    Access, Body, Codec, Field, Flow, FlowKind, KeyPlace, Media, NameHint, Part, Presence, QueryStyle, SchemeKind,
    Shape, Struct, TextFormat, TypeKind,
};
use crate::load::At;

/// A Security Scheme Object of 2.0.
pub(super) fn scheme(at: At<'_>) -> Result<SchemeKind, String> {
    match at.str("type").unwrap_or_default() {
        "basic" => Ok(SchemeKind::Basic),
        "apiKey" => {
            let name = at.str("name").ok_or("it has no `name`")?.to_owned();
            let place = match at.str("in") {
                Some("header") => KeyPlace::Header,
                Some("query") => KeyPlace::Query,
                other => return Err(format!("`in` is `{}`", other.unwrap_or("absent"))),
            };
            Ok(SchemeKind::ApiKey { place, name })
        }
        "oauth2" => {
            let kind = match at.str("flow") {
                Some("application") => FlowKind::ClientCredentials,
                Some("password") => FlowKind::Password,
                Some("accessCode") => FlowKind::AuthorizationCode,
                Some("implicit") => FlowKind::Implicit,
                other => return Err(format!("`flow` is `{}`", other.unwrap_or("absent"))),
            };
            let text = |key| at.str(key).map(str::to_owned);
            let scopes = at.get("scopes").into_iter().flat_map(At::entries);
            let scopes =
                scopes.map(|(name, at)| (name.to_owned(), at.as_str().unwrap_or_default().to_owned())).collect();
            let flow = Flow {
                kind,
                token_url: text("tokenUrl"),
                authorization_url: text("authorizationUrl"),
                refresh_url: None,
                device_url: None,
                scopes,
            };
            Ok(SchemeKind::OAuth2(vec![flow]))
        }
        other => Err(format!("its `type` is `{other}`")),
    }
}

fn type_of(at: At<'_>) -> Option<&'static str> {
    types::meant(at.str("type")?)
}

fn is_form(codec: Codec) -> bool {
    matches!(codec, Codec::Form | Codec::Multipart)
}

/// How a form's array is written: joined unless `collectionFormat` says `multi`.
fn joined(wire: &str, at: At<'_>) -> Option<Part> {
    let is_list = type_of(at) == Some("array") && at.get("items").and_then(type_of) != Some("file");
    let style = match at.str("collectionFormat").unwrap_or("csv") {
        _ if !is_list => return None,
        "multi" => return None,
        "ssv" => QueryStyle::Space,
        "tsv" => QueryStyle::Tab,
        "pipes" => QueryStyle::Pipe,
        _ => QueryStyle::Form,
    };
    Some(Part { style: Some((style, false, false)), ..Part::usual(wire) })
}

/// `consumes` or `produces` of an operation, else of the document.
fn media_names<'a>(root: At<'a>, operation: At<'a>, key: &str) -> Vec<&'a str> {
    operation.get(key).or_else(|| root.get(key)).into_iter().flat_map(At::items).filter_map(At::as_str).collect()
}

/// The media types that a `Content-Type` parameter lists, or the one that it has by default.
fn told_types(header: At<'_>) -> Vec<&str> {
    let listed = header.get("enum").into_iter().flat_map(At::items).filter_map(At::as_str);
    let mut told: Vec<&str> = listed.filter(|name| super::body::is_media_type(name)).collect();
    if told.is_empty() {
        told.extend(header.str("default").filter(|name| super::body::is_media_type(name)));
    }
    told
}

impl<'a> Lower<'a> {
    /// The body of an operation: its `body` parameter, or its `formData` parameters together.
    pub(super) fn body_v2(&mut self, root: At<'a>, entry: &Found<'a>, hint: &NameHint) -> Option<Body> {
        let mut form: Vec<(&'a str, At<'a>)> = Vec::new();
        let mut body = None;
        let mut header = None;
        for param in entry.values("parameters").flat_map(At::items) {
            let Ok(param) = self.doc.resolve(param) else { continue };
            match (param.str("in"), param.str("name")) {
                (Some("body"), _) => body = Some(param),
                (Some("header"), Some(name)) if name.eq_ignore_ascii_case("content-type") => header = Some(param),
                (Some("formData"), Some(name)) => {
                    form.retain(|(other, _)| *other != name);
                    form.push((name, param));
                }
                _ => {}
            }
        }
        let consumes = media_names(root, entry.at, "consumes");
        let hint = hint.child("body");
        if let Some(at) = body {
            let shape = self.schema_or_own(at).map_or(Shape::Json, |schema| self.shape(schema, &hint));
            // The header says it for this operation, where `consumes` often speaks for the whole document.
            let told = header.map(told_types).unwrap_or_default();
            let names = match (told.is_empty(), consumes.is_empty()) {
                (false, _) => told,
                (true, false) => {
                    consumes.iter().copied().take(if shape == Shape::Binary { 1 } else { usize::MAX }).collect()
                }
                (true, true) => vec!["application/json"],
            };
            let mut media = self.media_v2(&names, shape, at, Way::Out);
            let required = at.bool("required").unwrap_or(false);
            if let Some((_, first)) = form.first() {
                let message = "a form stands beside another body";
                if consumes.iter().any(|name| is_form(super::body::codec(name))) {
                    let effect = "a request has one or the other";
                    self.sink.warning(Code::ParameterStyle, first.origin(), message, effect);
                    media.retain(|media| !is_form(media.codec));
                    media.extend(self.form_media(&form, &consumes, &hint.child("form")));
                } else {
                    for (name, field) in &form {
                        let effect = format!("the field `{name}` is left out");
                        self.sink.left_out(Code::ParameterStyle, field.origin(), message, effect);
                    }
                }
            }
            return Some(Body { required, media, doc: prose::doc(at), origin: at.origin() });
        }
        let origin = form.first()?.1.origin();
        let required = form.iter().any(|(_, at)| at.bool("required") == Some(true));
        let media = vec![self.form_media(&form, &consumes, &hint)?];
        Some(Body { required, media, doc: Default::default(), origin })
    }

    /// The body that the fields of a form are together.
    fn form_media(&mut self, form: &[(&'a str, At<'a>)], consumes: &[&str], hint: &NameHint) -> Option<Media> {
        let (_, first) = form.first()?;
        let has_file = form.iter().any(|(_, at)| type_of(*at) == Some("file"));
        let mut fields = Vec::new();
        let mut parts = Vec::new();
        for (name, at) in form {
            parts.extend(joined(name, *at));
            self.tell_nested_v2(*at);
            let shape = self.shape(*at, &hint.child(*name));
            let presence = if at.bool("required") == Some(true) { Presence::Required } else { Presence::Optional };
            fields.push(Field {
                wire: (*name).to_owned(),
                name: None,
                fixed: None,
                conditional: false,
                shape,
                presence,
                access: Access::Both,
                doc: prose::doc(*at),
                notes: prose::limits(*at),
                origin: at.origin(),
            });
        }
        let shape = self.inline(*first, hint, TypeKind::Struct(Struct { fields, ..Struct::default() }));
        if let Shape::Named(id) = shape {
            self.api.types[id].doc = Default::default();
        }
        let multipart = has_file || consumes.iter().any(|name| name.starts_with("multipart/"));
        let name = if multipart { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        let codec = if multipart { Codec::Multipart } else { Codec::Form };
        Some(Media {
            name: name.to_owned(),
            codec,
            shape,
            item: None,
            parts,
            order: None,
            xml: None,
            examples: Vec::new(),
        })
    }

    /// The bodies of a response or request at `at`: one schema for all media types that the operation `produces` or
    /// `consumes`.
    pub(super) fn media_of_schema(
        &mut self,
        operation: At<'a>,
        key: &str,
        schema: At<'a>,
        at: At<'a>,
        hint: &NameHint,
        way: Way,
    ) -> Vec<Media> {
        let shape = self.shape(schema, hint);
        let told = media_names(self.root, operation, key);
        let names = if told.is_empty() {
            vec![if shape == Shape::Binary { "application/octet-stream" } else { "application/json" }]
        } else {
            told
        };
        let most = if shape == Shape::Binary { 1 } else { usize::MAX };
        self.media_v2(names.get(..most.min(names.len())).unwrap_or_default(), shape, at, way)
    }

    fn media_v2(&mut self, names: &[&'a str], shape: Shape, at: At<'a>, way: Way) -> Vec<Media> {
        let codec = |name: &'a str| match super::body::codec(name) {
            Codec::Json if name == "*/*" => {
                super::body::any(shape == Shape::Text(TextFormat::Plain), shape == Shape::Json, way)
            }
            other => other,
        };
        let mut coded: Vec<(&str, Codec)> = names.iter().map(|name| (*name, codec(name))).collect();
        // An example in JSON tells more of an answer than what the operation `produces`, which is often said of its success.
        let in_json = at.get("examples").and_then(|all| all.entries().map(|(name, _)| name).find(|name| is_json(name)));
        if let Some(name) = in_json.filter(|_| way == Way::In && !coded.iter().any(|(_, codec)| codec.is_model())) {
            coded = vec![(name, Codec::Json)];
        }
        // One schema for all of them: where JSON is offered, it is what a typed client speaks.
        let json: Vec<_> = coded.iter().filter(|(_, codec)| *codec == Codec::Json).take(1).copied().collect();
        let chosen = if json.is_empty() || shape == Shape::Binary { coded } else { json };
        let has_parts = matches!(shape, Shape::List(_)) || self.has_members(&shape);
        let is_told = has_parts && !chosen.iter().any(|(_, codec)| codec.is_model());
        chosen
            .into_iter()
            .map(|(name, codec)| {
                let codec = if shape == Shape::Binary { Codec::Binary } else { codec };
                let is_raw = has_parts && (codec.is_raw() || way.is_raw(codec));
                if is_raw && is_told {
                    self.tell_raw(name, codec, at, way);
                }
                let shape = if is_raw || codec == Codec::Binary { codec.raw() } else { shape.clone() };
                let example = at
                    .get("examples")
                    .and_then(|examples| examples.get(name))
                    .map(|example| (String::new(), example.node.to_json()));
                // Any JSON is sent as the type that every server knows.
                let name =
                    if name == "*/*" && codec == Codec::Json && way == Way::Out { "application/json" } else { name };
                Media {
                    name: name.to_owned(),
                    codec,
                    shape,
                    item: None,
                    parts: Vec::new(),
                    order: None,
                    xml: if codec == Codec::Xml {
                        at.get("schema").map(|schema| self.xml_root(schema, way))
                    } else {
                        None
                    },
                    examples: example.into_iter().collect(),
                }
            })
            .collect()
    }
}

fn is_json(name: &str) -> bool {
    name != "*/*" && super::body::codec(name) == Codec::Json
}
