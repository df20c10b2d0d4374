//! Whether keywords have values of the types that the specifications give them. What reads a keyword passes over a value of
//! another type; it is told here, in one walk over all that is generated from, so that no reader has to.

use std::collections::BTreeSet;

use super::Lower;
use super::keywords::is_schema_instead;
use super::limits::keywords::{LEFT_OUT, MEMBERS_LEFT_OUT, is_pattern};
use super::object::is_for_all;
use super::paths::{Found, METHODS};
use crate::diag::Code;
use crate::ir::Origin;
use crate::load::{At, Kind};

/// Objects of the specifications.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Info,
    Server,
    Tag,
    Components,
    PathItem,
    Operation,
    Parameter,
    Body,
    Media,
    Response,
    Callback,
    Hook,
    Header,
    Link,
    Schema,
    Discriminator,
}

/// Types that a value can be of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    Flag,
    List,
    Object,
}

/// What stands inside of a value.
#[derive(Clone, Copy)]
enum Inside {
    Nothing,
    One(Place),
    List(Place),
    Map(Place),
    /// Schemas that are named, by their names or by references.
    Named,
    /// Names of members, and such lists by the name of a member.
    Names,
    NamesByName,
    /// A regular expression, and schemas by such.
    Pattern,
    ByPattern,
}

use Inside::{Nothing, One};
use Type::{Flag, Number, Object, Text};

/// Walks over the document, over the operations that are generated, and over what these refer to, in whichever file it is.
pub(super) fn tell<'a>(cx: &Lower<'a>, found: &[Found<'a>]) {
    let mut walk = Walk { cx, seen: BTreeSet::new(), targets: Vec::new() };
    walk.object(cx.root, Place::Root);
    for entry in found {
        walk.object(entry.item, Place::PathItem);
        walk.object(entry.at, Place::Operation);
    }
    while let Some((at, inside)) = walk.targets.pop() {
        walk.value(at, inside);
    }
}

/// One walk.
struct Walk<'c, 'a> {
    cx: &'c Lower<'a>,
    /// The objects that were looked at: each is looked at once, so what refers to itself comes to an end.
    seen: BTreeSet<Origin>,
    /// What references lead to. It waits here, so that a long chain of references cannot exhaust the stack.
    targets: Vec<(At<'a>, Inside)>,
}

impl<'a> Walk<'_, 'a> {
    fn object(&mut self, at: At<'a>, place: Place) {
        if !self.seen.insert(at.origin()) {
            return;
        }
        if place != Place::Root && at.get("$ref").is_some() {
            self.reference(at, One(place));
            if place != Place::Schema || !self.cx.siblings_count() {
                return;
            }
        }
        let place = if self.is_schema(at, place) { Place::Schema } else { place };
        for (key, value) in at.entries() {
            let Some((types, inside)) = keyword(place, key) else { continue };
            if value.is_null() {
                self.nothing(value, key, types, inside);
            } else if types.is_empty() || types.contains(&type_of(value)) {
                self.value(value, inside);
            } else {
                wrong(self.cx, value, key, types);
            }
        }
    }

    /// A keyword without a value: an empty text where a text belongs, a slip elsewhere.
    fn nothing(&self, at: At<'a>, key: &str, types: &[Type], inside: Inside) {
        match (types, inside) {
            // That there is none is told where they are read.
            ([Text], _) | ([], Inside::List(_)) | (_, Inside::Map(Place::Response | Place::Media)) => {}
            ([], One(Place::Schema)) if matches!(key, "schema" | "itemSchema" | "items") => {}
            ([], One(Place::Schema)) => {
                let message = format!("`{key}` is null, and must be a schema");
                self.cx.sink.warning(Code::KeywordType, at.origin(), message, "it is passed over");
            }
            ([], _) => {}
            _ => wrong(self.cx, at, key, types),
        }
    }

    /// Whether a schema stands there in place of a body or response, as which it is read.
    fn is_schema(&self, at: At<'a>, place: Place) -> bool {
        matches!(place, Place::Body | Place::Response | Place::Media) && is_schema_instead(at)
    }

    fn value(&mut self, at: At<'a>, inside: Inside) {
        match inside {
            Nothing => {}
            One(place) => self.object(at, place),
            Inside::List(place) => at.items().for_each(|item| self.entry(item, place, "an entry")),
            Inside::Map(_) if !self.seen.insert(at.origin()) => {}
            // A whole map behind a reference.
            Inside::Map(_) if at.str("$ref").is_some() => self.reference(at, inside),
            Inside::Map(place) => {
                for (name, item) in at.entries().filter(|(name, _)| place == Place::Schema || !name.starts_with("x-")) {
                    self.entry(item, place, name);
                }
            }
            Inside::Names => {
                for item in at.items().filter(|item| self.cx.doc.word(*item).is_none()) {
                    wrong(self.cx, item, "an entry", &[Text]);
                }
            }
            Inside::NamesByName => at.entries().for_each(|(_, names)| self.value(names, Inside::Names)),
            Inside::Pattern => {
                // Limits that no type has are read by nothing else.
                if let Some(pattern) = at.as_str() {
                    is_pattern(self.cx.sink, at, pattern, LEFT_OUT);
                }
            }
            Inside::ByPattern => {
                for (pattern, schema) in at.entries().filter(|(pattern, _)| !is_for_all(pattern)) {
                    is_pattern(self.cx.sink, schema, pattern, MEMBERS_LEFT_OUT);
                }
                self.value(at, Inside::Map(Place::Schema));
            }
            Inside::Named => {
                for target in at.entries().filter_map(|(_, entry)| self.cx.mapped(entry)) {
                    self.later(target, One(Place::Schema));
                }
            }
        }
    }

    fn later(&mut self, target: At<'a>, inside: Inside) {
        if !self.cx.wishes.drops(target.origin()) {
            self.targets.push((target, inside));
        }
    }

    /// One of several objects. Of schemas and parameters that are none more is said where they are read.
    fn entry(&mut self, at: At<'a>, place: Place, name: &str) {
        if at.is_object() {
            if !self.cx.wishes.drops(at.origin()) {
                self.object(at, place);
            }
        } else if !matches!(place, Place::Schema | Place::Parameter | Place::Hook) {
            wrong(self.cx, at, name, &[Object]);
        }
    }

    /// What stands behind one reference; of those that lead nowhere is told where they are followed.
    fn reference(&mut self, at: At<'a>, inside: Inside) {
        let Some(reference) = at.get("$ref").filter(|reference| !reference.is_null()) else { return };
        match reference.as_str() {
            Some(text) => {
                if let Ok(target) = self.cx.doc.follow_from(at, text) {
                    self.later(target, inside);
                }
            }
            None => wrong(self.cx, reference, "$ref", &[Text]),
        }
    }
}

fn wrong(cx: &Lower<'_>, at: At<'_>, key: &str, types: &[Type]) {
    let words: Vec<&str> = types.iter().map(|wanted| word(*wanted)).collect();
    let named = if key == "an entry" { key.to_owned() } else { format!("`{key}`") };
    let message = format!("{named} is {}, and must be {}", at.node.type_name(), words.join(" or "));
    cx.sink.warning(Code::KeywordType, at.origin(), message, "it is passed over");
}

fn type_of(at: At<'_>) -> Type {
    match at.node.kind {
        Kind::String(_) | Kind::Null => Text,
        Kind::Number(_) => Number,
        Kind::Bool(_) => Flag,
        Kind::Array(_) => Type::List,
        Kind::Object(_) => Object,
    }
}

fn word(wanted: Type) -> &'static str {
    match wanted {
        Text => "a string",
        Number => "a number",
        Flag => "true or false",
        Type::List => "an array",
        Object => "an object",
    }
}

const TEXT: Option<(&[Type], Inside)> = Some((&[Text], Nothing));
const FLAG: Option<(&[Type], Inside)> = Some((&[Flag], Nothing));
const LIST: Option<(&[Type], Inside)> = Some((&[Type::List], Nothing));
const OBJECT: Option<(&[Type], Inside)> = Some((&[Object], Nothing));
const NUMBER: Option<(&[Type], Inside)> = Some((&[Number], Nothing));
/// A schema, whatever stands there.
const SCHEMA: Option<(&[Type], Inside)> = Some((&[], One(Place::Schema)));

fn one(place: Place) -> Option<(&'static [Type], Inside)> {
    Some((&[Object], One(place)))
}

fn list(place: Place) -> Option<(&'static [Type], Inside)> {
    Some((&[Type::List], Inside::List(place)))
}

fn map(place: Place) -> Option<(&'static [Type], Inside)> {
    Some((&[Object], Inside::Map(place)))
}

/// What a keyword of an object may be, where that matters here.
fn keyword(place: Place, key: &str) -> Option<(&'static [Type], Inside)> {
    match place {
        Place::Root => root(key),
        Place::Components => components(key),
        Place::Info => match key {
            "title" | "summary" | "description" | "termsOfService" => TEXT,
            "contact" | "license" => OBJECT,
            _ => None,
        },
        Place::Server => match key {
            "url" | "description" => TEXT,
            "variables" => OBJECT,
            _ => None,
        },
        Place::Tag => match key {
            "name" | "description" => TEXT,
            _ => None,
        },
        Place::PathItem => match key {
            "summary" | "description" => TEXT,
            "parameters" => list(Place::Parameter),
            "servers" => list(Place::Server),
            _ => None,
        },
        Place::Operation => match key {
            "operationId" | "summary" | "description" => TEXT,
            "tags" | "security" | "consumes" | "produces" | "schemes" => LIST,
            "deprecated" => FLAG,
            "parameters" => list(Place::Parameter),
            "servers" => list(Place::Server),
            "requestBody" => one(Place::Body),
            "responses" => map(Place::Response),
            "callbacks" => map(Place::Callback),
            _ => None,
        },
        Place::Callback => (!key.starts_with("x-")).then_some((&[], One(Place::Hook))),
        // Of what is no operation more is said where it is read.
        Place::Hook if METHODS.contains(&key.to_ascii_lowercase().as_str()) => Some((&[], One(Place::Operation))),
        Place::Hook => keyword(Place::PathItem, key),
        // Up to 2.0 a parameter is its own schema.
        Place::Link => None,
        Place::Header => keyword(Place::Parameter, key),
        Place::Parameter => match key {
            "name" | "in" | "style" | "collectionFormat" => TEXT,
            "required" | "deprecated" | "allowEmptyValue" | "explode" | "allowReserved" => FLAG,
            "content" => map(Place::Media),
            "schema" => SCHEMA,
            _ => schema(key),
        },
        Place::Body => match key {
            "description" => TEXT,
            "required" => FLAG,
            "content" => map(Place::Media),
            "schema" => SCHEMA,
            _ => None,
        },
        Place::Media => match key {
            "schema" | "itemSchema" => SCHEMA,
            "examples" | "encoding" => OBJECT,
            _ => None,
        },
        Place::Response => match key {
            "description" => TEXT,
            "headers" => map(Place::Header),
            "content" => map(Place::Media),
            "schema" => SCHEMA,
            "links" => map(Place::Link),
            _ => None,
        },
        Place::Schema => schema(key),
        Place::Discriminator => (key == "mapping").then_some((&[Object], Inside::Named)),
    }
}

fn root(key: &str) -> Option<(&'static [Type], Inside)> {
    match key {
        "info" => one(Place::Info),
        "servers" => list(Place::Server),
        "tags" => list(Place::Tag),
        "paths" | "securityDefinitions" => OBJECT,
        "webhooks" => map(Place::Hook),
        "security" | "schemes" | "consumes" | "produces" => LIST,
        "host" | "basePath" => TEXT,
        "components" => one(Place::Components),
        "definitions" => map(Place::Schema),
        "parameters" => map(Place::Parameter),
        "responses" => map(Place::Response),
        _ => None,
    }
}

fn components(key: &str) -> Option<(&'static [Type], Inside)> {
    match key {
        "schemas" => map(Place::Schema),
        "responses" => map(Place::Response),
        "parameters" => map(Place::Parameter),
        "headers" => map(Place::Header),
        "links" => map(Place::Link),
        "requestBodies" => map(Place::Body),
        "mediaTypes" => map(Place::Media),
        "examples" | "securitySchemes" | "callbacks" | "pathItems" => OBJECT,
        _ => None,
    }
}

fn schema(key: &str) -> Option<(&'static [Type], Inside)> {
    match key {
        "title" | "description" | "format" | "contentEncoding" | "contentMediaType" => TEXT,
        "pattern" => Some((&[Text], Inside::Pattern)),
        "multipleOf" | "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems"
        | "minProperties" | "maxProperties" => NUMBER,
        "exclusiveMinimum" | "exclusiveMaximum" => Some((&[Number, Flag], Nothing)),
        "uniqueItems" | "nullable" | "readOnly" | "writeOnly" | "deprecated" => FLAG,
        "required" => Some((&[Type::List], Inside::Names)),
        "allOf" | "prefixItems" => list(Place::Schema),
        // What is wrong with their own types is told where they are read.
        "oneOf" | "anyOf" => Some((&[], Inside::List(Place::Schema))),
        "patternProperties" => Some((&[Object], Inside::ByPattern)),
        "properties" | "dependentSchemas" | "$defs" | "definitions" => map(Place::Schema),
        "items"
        | "additionalProperties"
        | "unevaluatedProperties"
        | "additionalItems"
        | "unevaluatedItems"
        | "contains"
        | "propertyNames"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => SCHEMA,
        "dependentRequired" => Some((&[Object], Inside::NamesByName)),
        // A name alone up to 2.0.
        "discriminator" => Some((&[Object, Text], One(Place::Discriminator))),
        "xml" => OBJECT,
        _ => None,
    }
}
