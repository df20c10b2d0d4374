//! Parameters (OpenAPI 3.2, Parameter Object): which ones an operation has, and what each is.

use super::paths::Found;
use super::target::PARAMETER;
use super::template::{Operator, QuerySlot, Slot, Template};
use super::{Lower, body, prose, style, x_ms};
use crate::diag::Code;
use crate::ir::{Codec, Content, Doc, NameHint, Param, PathStyle, Place, QueryStyle, Shape, TextFormat};
use crate::load::{At, Version};

/// A parameter as it is declared.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) name: &'a str,
    /// What `in` says, in the spelling of the specification.
    pub(super) place: &'static str,
    pub(super) at: At<'a>,
    /// Where it is declared, or referred to.
    given: At<'a>,
}

const PLACES: &[&str] = &["path", "query", "querystring", "header", "cookie", "body", "formData"];

/// Parameters of headers that other parts of a description rule.
const RULED_ELSEWHERE: &[&str] = &["accept", "content-type", "authorization"];

/// Headers that frame and route a message: they follow from it, and any other value breaks it (RFC 9110, sections 7.2, 7.6.1
/// and 8.6).
const BY_TRANSPORT: &[&str] = &["content-length", "transfer-encoding", "connection", "host"];

impl<'a> Lower<'a> {
    /// The parameters of an operation: those of the path item, overridden by its own.
    pub(super) fn declared(&self, entry: &Found<'a>) -> Vec<Declared<'a>> {
        let mut found: Vec<Declared<'a>> = Vec::new();
        for list in entry.values("parameters") {
            let start = found.len();
            for param in list.items() {
                let Some(at) = self.resolve(param) else { continue };
                if self.is_astray(param, at, PARAMETER, "the parameter is left out") {
                    continue;
                }
                let Some(new) = self.declaration(entry, param, at) else { continue };
                // One is told by its name and place together; the names of headers ignore case.
                let same = |old: &Declared<'_>| {
                    old.place == new.place
                        && (old.name == new.name || (old.place == "header" && old.name.eq_ignore_ascii_case(new.name)))
                };
                // There can be one body only (2.0, Parameter Object).
                let same = |old: &Declared<'_>| same(old) || old.place == "body" && new.place == "body";
                match found.iter().position(same) {
                    Some(index) => {
                        // In one list, or twice in the list of the path item.
                        if index >= start {
                            let effect = "the last one counts";
                            match found.get(index).filter(|old| old.name != new.name && new.place == "body") {
                                Some(old) => {
                                    let message = format!("`{}` and `{}` are both the body", old.name, new.name);
                                    self.sink.left_out(Code::DuplicateParameter, at.origin(), message, effect);
                                }
                                None => {
                                    let message =
                                        format!("the {} parameter `{}` is declared twice", new.place, new.name);
                                    self.sink.warning(Code::DuplicateParameter, at.origin(), message, effect);
                                }
                            }
                        }
                        found[index] = new;
                    }
                    None => found.push(new),
                }
            }
        }
        found
    }

    fn declaration(&self, entry: &Found<'a>, given: At<'a>, at: At<'a>) -> Option<Declared<'a>> {
        let lost = |message: String| {
            self.sink.left_out(Code::MissingKeyword, at.origin(), message, "the parameter is left out");
            None
        };
        if !at.is_object() {
            return lost(format!("a parameter cannot be {}", at.node.type_name()));
        }
        let Some(name) = at.str("name") else { return lost("a parameter needs `name` and `in`".to_owned()) };
        let Some(within) = at.str("in") else {
            if entry.path.contains(&format!("{{{name}}}")) {
                self.sink.warning(
                    Code::MissingKeyword,
                    at.origin(),
                    format!("the parameter `{name}` does not say where it is"),
                    "it is in the path, which names it",
                );
                return Some(Declared { name, place: "path", at, given });
            }
            return lost("a parameter needs `name` and `in`".to_owned());
        };
        if name.is_empty() && ["query", "header", "cookie"].contains(&within) {
            return lost(format!("a parameter of the {within} has an empty name"));
        }
        if let Some(place) = PLACES.iter().find(|place| **place == within) {
            return Some(Declared { name, place, at, given });
        }
        let origin = at.get("in").unwrap_or(at).origin();
        let Some(place) = PLACES.iter().find(|place| place.eq_ignore_ascii_case(within.trim())) else {
            self.sink.left_out(
                Code::ParameterStyle,
                origin,
                format!("a parameter cannot be in `{within}`"),
                "the parameter is left out",
            );
            return None;
        };
        self.sink.warning(
            Code::ParameterStyle,
            origin,
            format!("`in: {within}` should be `in: {place}`"),
            "it is taken so",
        );
        Some(Declared { name, place, at, given })
    }

    /// Lowers the parameters: those of the path in the order of the template, then the others in document order.
    pub(super) fn params(
        &mut self,
        entry: &Found<'a>,
        template: &Template,
        declared: &[Declared<'a>],
        hint: &NameHint,
    ) -> Vec<Param> {
        let mut params = Vec::new();
        for slot in &template.slots {
            params.extend(self.in_path(entry, template, slot, declared, hint));
        }
        for slot in &template.query {
            params.extend(self.in_query(entry, slot, declared, hint));
        }
        for known in declared.iter().copied() {
            let Declared { name, place, at, .. } = known;
            match place {
                // Bodies, wherever they are declared.
                "body" | "formData" => {}
                "path" => {
                    let used = template.slots.iter().any(|slot| slot.declared.as_deref() == Some(name))
                        || template.query.iter().any(|slot| slot.name == name);
                    if !used {
                        self.sink.left_out(
                            Code::PathParameter,
                            at.origin(),
                            format!("the path `{}` has no place for the parameter `{name}`", template.path),
                            "the parameter is left out",
                        );
                    }
                }
                "header" if self.is_ruled_elsewhere(name, entry, at) => {}
                place => params.extend(self.param(known, place, hint)),
            }
        }
        self.check_query_string(&mut params);
        params
    }

    fn in_path(
        &mut self,
        entry: &Found<'a>,
        template: &Template,
        slot: &Slot,
        declared: &[Declared<'a>],
        hint: &NameHint,
    ) -> Option<Param> {
        let known = declared.iter().find(|known| known.place == "path" && Some(known.name) == slot.declared.as_deref());
        let mut param = match known {
            Some(known) => self.param(*known, "path", hint)?,
            None => {
                self.sink.warning(
                    Code::PathParameter,
                    entry.at.origin(),
                    format!("the path parameter `{}` of `{}` is not declared", slot.name, template.path),
                    "it is taken as a required string",
                );
                undeclared(&slot.name, Place::Path(PathStyle::Simple, false, false), entry.at)
            }
        };
        // The template names it, whatever the declaration calls it.
        param.wire.clone_from(&slot.name);
        let silent = known.is_none_or(|known| known.at.get("style").is_none() && known.at.get("explode").is_none());
        if let (Some(Operator { style, explode, reserved }), true) = (slot.operator, silent) {
            param.place = Place::Path(style, explode, reserved);
        }
        Some(param)
    }

    /// A parameter that the template puts into its query, unless it is declared there.
    fn in_query(
        &mut self,
        entry: &Found<'a>,
        slot: &QuerySlot,
        declared: &[Declared<'a>],
        hint: &NameHint,
    ) -> Option<Param> {
        let is = |known: &&Declared<'_>, place: &str| {
            known.place == place && (known.name == slot.wire || known.name == slot.name)
        };
        if declared.iter().any(|known| is(&known, "query")) {
            return None;
        }
        if let Some(known) = declared.iter().find(|known| is(known, "path")) {
            let param = self.param(*known, "query", hint)?;
            return Some(Param { wire: slot.wire.clone(), required: slot.required, ..param });
        }
        self.sink.warning(
            Code::PathParameter,
            entry.at.origin(),
            format!("the query parameter `{}` of the path is not declared", slot.name),
            "it is taken as a string",
        );
        let param = undeclared(&slot.wire, Place::Query(QueryStyle::Form, true, false), entry.at);
        Some(Param { required: slot.required, ..param })
    }

    /// Three headers are described by `content`, by responses and by `security`, and must be passed over as parameters
    /// (OpenAPI 3.2, Parameter Object, `name`). 2.0 has no such rule, and often no other way to ask for the last.
    fn is_ruled_elsewhere(&self, name: &str, entry: &Found<'a>, at: At<'a>) -> bool {
        if BY_TRANSPORT.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            self.sink.warning(
                Code::ParameterStyle,
                at.origin(),
                format!("the header `{name}` follows from the request, and is no parameter of it"),
                "it is passed over; it is sent as the request has it",
            );
            return true;
        }
        let Some(which) = RULED_ELSEWHERE.iter().find(|known| known.eq_ignore_ascii_case(name)) else { return false };
        if *which != "authorization" {
            return true;
        }
        if self.doc.version == Version::V2 {
            return false;
        }
        let security = entry.at.get("security").or_else(|| self.root.get("security"));
        if security.is_none_or(At::is_empty) {
            self.sink.warning(
                Code::ParameterStyle,
                at.origin(),
                "`Authorization` as a parameter has no meaning: `security` rules that header",
                "it is passed over; a call can be given the header by its options",
            );
        }
        true
    }

    /// `in: querystring` is the whole query: it stands alone, and once (OpenAPI 3.2, Parameter Locations).
    fn check_query_string(&self, params: &mut Vec<Param>) {
        let Some(first) = params.iter().position(|param| param.place == Place::QueryString) else { return };
        let mut index = 0;
        params.retain(|param| {
            index += 1;
            let lost = index - 1 != first && matches!(param.place, Place::QueryString | Place::Query(..));
            if lost {
                self.sink.left_out(
                    Code::ParameterStyle,
                    param.origin,
                    format!("`{}` stands beside a parameter that is the whole query", param.wire),
                    "the parameter is left out",
                );
            }
            !lost
        });
    }

    fn param(&mut self, declared: Declared<'a>, place: &str, hint: &NameHint) -> Option<Param> {
        let Declared { name, at, given, .. } = declared;
        let media = self.content(at);
        let own_schema = ["type", "enum", "items", "oneOf", "anyOf", "allOf"].iter().any(|key| at.get(key).is_some());
        // In 2.0 the parameter is its own schema.
        let schema = if self.doc.version == Version::V2 {
            at.get("schema").or(Some(at))
        } else if let Some((_, media)) = media {
            media.get("schema")
        } else if let Some(schema) = at.get("schema") {
            Some(schema)
        } else {
            let effect = if own_schema { "its own `type` is taken" } else { "it is taken as a string" };
            self.sink.warning(
                Code::MissingKeyword,
                at.origin(),
                format!("the parameter `{name}` has no `schema`"),
                effect,
            );
            own_schema.then_some(at)
        };
        let shape = match schema {
            Some(schema) => self.shape(schema, &hint.child(name)),
            None => Shape::Text(TextFormat::Plain),
        };
        let place = self.place(place, at)?;
        if self.doc.version == Version::V2 {
            self.tell_nested_v2(at);
        }
        let content = media.map(|(name, media)| {
            let codec = body::codec(name);
            let is_form = codec == Codec::Form && place == Place::QueryString;
            let parts = if is_form { self.parts_by_name(codec, media) } else { Vec::new() };
            Content { media: name.to_owned(), codec, parts }
        });
        let nullable = content.is_none() && matches!(shape, Shape::Nullable(_));
        let shape = self.on_the_wire(shape, place, content.as_ref(), at);
        let mut notes = schema.map(|schema| self.limits_of_value(schema)).unwrap_or_default();
        // It is for queries alone (OpenAPI 3.2, Parameter Object).
        let empty = at.bool("allowEmptyValue") == Some(true) && matches!(place, Place::Query(..));
        if empty {
            notes.push("may be empty".to_owned());
        }
        let in_path = matches!(place, Place::Path(..));
        let required = in_path || at.bool("required").unwrap_or(false);
        let example = self.example_of(at, schema, required);
        if in_path && at.bool("required") != Some(true) {
            self.sink.warning(
                Code::PathParameter,
                at.get("required").unwrap_or(at).origin(),
                format!("the path parameter `{name}` is not marked as required"),
                "it is required: a path without it is another one",
            );
        }
        Some(Param {
            wire: name.to_owned(),
            name: x_ms::client_name(at).map(str::to_owned),
            place,
            shape,
            required,
            nullable,
            empty,
            content,
            joined: if self.doc.version == Version::V2 { style::joined_v2(place, at) } else { None },
            doc: merge_docs(self.said(given, at, false), schema.map(prose::doc).unwrap_or_default()),
            notes,
            example,
            origin: at.origin(),
        })
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

fn undeclared(name: &str, place: Place, at: At<'_>) -> Param {
    Param {
        wire: name.to_owned(),
        name: None,
        place,
        shape: Shape::Text(TextFormat::Plain),
        required: true,
        nullable: false,
        empty: false,
        content: None,
        joined: None,
        doc: Doc::default(),
        notes: Vec::new(),
        example: None,
        origin: at.origin(),
    }
}
