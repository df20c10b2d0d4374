//! Whether keywords have values of the types that the specifications give them. What reads a keyword passes over a value of
//! another type; it is told here, in one walk over all that is generated from, so that no reader has to.

use super::Lower;
use super::paths::Found;
use crate::diag::Code;
use crate::load::{At, Kind, Version};

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
    Schema,
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
}

use Inside::{Nothing, One};
use Type::{Flag, Number, Object, Text};

/// Walks over the document and over the operations that are generated.
pub(super) fn tell<'a>(cx: &Lower<'a>, found: &[Found<'a>]) {
    walk(cx, cx.root, Place::Root);
    for entry in found {
        walk(cx, entry.item, Place::PathItem);
        walk(cx, entry.at, Place::Operation);
    }
}

fn walk(cx: &Lower<'_>, at: At<'_>, place: Place) {
    if let Some(reference) = at.get("$ref").filter(|_| place != Place::Root) {
        if reference.as_str().is_none() && !reference.is_null() {
            wrong(cx, reference, "$ref", &[Text]);
        }
        // Beside it nothing counts before 3.1.
        if place != Place::Schema || cx.doc.version < Version::V31 {
            return;
        }
    }
    for (key, value) in at.entries().filter(|(_, value)| !value.is_null()) {
        let Some((types, inside)) = keyword(place, key) else { continue };
        if !types.is_empty() && !types.contains(&type_of(value)) {
            wrong(cx, value, key, types);
            continue;
        }
        match inside {
            Nothing => {}
            // A whole map behind a reference.
            Inside::Map(_) if value.str("$ref").is_some() => {}
            One(place) => walk(cx, value, place),
            Inside::List(place) => value.items().for_each(|item| entry(cx, item, place, "an entry")),
            Inside::Map(place) => {
                for (name, item) in
                    value.entries().filter(|(name, _)| place == Place::Schema || !name.starts_with("x-"))
                {
                    entry(cx, item, place, name);
                }
            }
        }
    }
}

/// One of several objects. Of schemas and parameters that are none more is said where they are read.
fn entry(cx: &Lower<'_>, at: At<'_>, place: Place, name: &str) {
    if at.is_object() {
        if !cx.wishes.drops(at.origin()) {
            walk(cx, at, place);
        }
    } else if !matches!(place, Place::Schema | Place::Parameter) && !at.is_null() {
        wrong(cx, at, name, &[Object]);
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
            "callbacks" => OBJECT,
            _ => None,
        },
        // Up to 2.0 a parameter is its own schema.
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
            "headers" => map(Place::Parameter),
            "content" => map(Place::Media),
            "schema" => SCHEMA,
            "links" => OBJECT,
            _ => None,
        },
        Place::Schema => schema(key),
    }
}

fn root(key: &str) -> Option<(&'static [Type], Inside)> {
    match key {
        "info" => one(Place::Info),
        "servers" => list(Place::Server),
        "tags" => list(Place::Tag),
        "paths" | "webhooks" | "securityDefinitions" => OBJECT,
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
        "parameters" | "headers" => map(Place::Parameter),
        "requestBodies" => map(Place::Body),
        "mediaTypes" => map(Place::Media),
        "examples" | "securitySchemes" | "links" | "callbacks" | "pathItems" => OBJECT,
        _ => None,
    }
}

fn schema(key: &str) -> Option<(&'static [Type], Inside)> {
    match key {
        "title" | "description" | "format" | "pattern" | "contentEncoding" | "contentMediaType" => TEXT,
        "multipleOf" | "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems"
        | "minProperties" | "maxProperties" => NUMBER,
        "exclusiveMinimum" | "exclusiveMaximum" => Some((&[Number, Flag], Nothing)),
        "uniqueItems" | "nullable" | "readOnly" | "writeOnly" | "deprecated" => FLAG,
        "required" => LIST,
        "allOf" | "prefixItems" => list(Place::Schema),
        // What is wrong with their own types is told where they are read.
        "oneOf" | "anyOf" => Some((&[], Inside::List(Place::Schema))),
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => map(Place::Schema),
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
        "dependentRequired" => OBJECT,
        // A name alone up to 2.0.
        "discriminator" => Some((&[Object, Text], Nothing)),
        "xml" => OBJECT,
        _ => None,
    }
}
