//! The examples of a description, each with the place of its schema.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::super::count::resolve;
use super::super::raw::Files;
use super::Place;

/// An example.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Example {
    /// Where it stands.
    pub(super) at: Place,
    /// Where its schema stands.
    pub(super) schema: Place,
    /// The example.
    pub(super) value: Value,
}

/// What an object of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Callback,
    Schema,
}

/// All examples that can be reached from the main file, in the order of the document.
pub(super) fn find(files: &mut Files, main: &str) -> Vec<Example> {
    let Some(root) = files.get(main) else { return Vec::new() };
    let version = ["openapi", "swagger"].into_iter().find_map(|key| root.get(key)?.as_str()).unwrap_or_default();
    let v2 = root.get("swagger").is_some();
    let mut finder =
        Finder { files, v2, lists: !v2 && !version.starts_with("3.0"), seen: BTreeSet::new(), found: Vec::new() };
    finder.document(main, &root);
    finder.found
}

struct Finder<'f> {
    files: &'f mut Files,
    v2: bool,
    /// Whether a schema may have `examples`.
    lists: bool,
    seen: BTreeSet<(Kind, Place)>,
    found: Vec<Example>,
}

/// Where the finder is: the file and pointer of a value.
struct Here<'v> {
    file: &'v str,
    pointer: String,
    value: &'v Value,
}

impl<'v> Here<'v> {
    fn child(&self, key: &str) -> Option<Here<'v>> {
        let value = match self.value {
            Value::Array(list) => list.get(key.parse::<usize>().ok()?)?,
            other => other.get(key)?,
        };
        Some(Here { file: self.file, pointer: format!("{}/{}", self.pointer, escape(key)), value })
    }
    fn place(&self) -> Place {
        (self.file.to_owned(), self.pointer.clone())
    }
    /// The keys of an object, or the numbers of a list.
    fn keys(&self) -> Vec<String> {
        match self.value {
            Value::Object(map) => map.keys().cloned().collect(),
            Value::Array(list) => (0..list.len()).map(|at| at.to_string()).collect(),
            _ => Vec::new(),
        }
    }
    fn children(&self) -> Vec<Here<'v>> {
        self.keys().iter().filter_map(|key| self.child(key)).collect()
    }
}

/// A part of a JSON Pointer.
pub(super) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Finder<'_> {
    fn document(&mut self, main: &str, root: &Rc<Value>) {
        let root = Here { file: main, pointer: String::new(), value: root };
        let parts = [
            (&["paths"] as &[&str], Kind::PathItem),
            (&["x-ms-paths"], Kind::PathItem),
            (&["webhooks"], Kind::PathItem),
            (&["components", "pathItems"], Kind::PathItem),
            (&["parameters"], Kind::Parameter),
            (&["components", "parameters"], Kind::Parameter),
            (&["components", "headers"], Kind::Parameter),
            (&["components", "requestBodies"], Kind::Body),
            (&["responses"], Kind::Response),
            (&["components", "responses"], Kind::Response),
            (&["components", "callbacks"], Kind::Callback),
            (&["definitions"], Kind::Schema),
            (&["components", "schemas"], Kind::Schema),
        ];
        for (path, kind) in parts {
            if let Some(part) = path
                .iter()
                .try_fold(Here { file: root.file, pointer: String::new(), value: root.value }, |here, key| {
                    here.child(key)
                })
            {
                self.each(&part, kind);
            }
        }
    }

    /// Everything in a map or a list, which may stand behind a reference as a whole.
    fn each(&mut self, map: &Here<'_>, kind: Kind) {
        if map.value.get("$ref").is_some_and(Value::is_string) {
            if let Some(((file, pointer), root)) = resolve(self.files, map.file, map.value)
                && let Some(value) = root.pointer(&pointer)
            {
                self.each(&Here { file: &file, pointer, value }, kind);
            }
            return;
        }
        for child in map.children() {
            self.enter(&child, kind);
        }
    }

    fn enter(&mut self, here: &Here<'_>, kind: Kind) {
        if !here.value.is_object() || !self.seen.insert((kind, here.place())) {
            return;
        }
        if here.value.get("$ref").is_some_and(Value::is_string) {
            // Beside a reference there may be more.
            if kind == Kind::Schema && self.lists {
                self.schema(here);
            }
            if let Some(((file, pointer), root)) = resolve(self.files, here.file, here.value)
                && let Some(value) = root.pointer(&pointer)
            {
                self.enter(&Here { file: &file, pointer, value }, kind);
            }
            return;
        }
        match kind {
            Kind::PathItem => {
                for child in here.children() {
                    match child.pointer.rsplit('/').next().unwrap_or_default() {
                        "parameters" => self.each(&child, Kind::Parameter),
                        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
                            self.enter(&child, Kind::Operation)
                        }
                        "additionalOperations" => self.each(&child, Kind::Operation),
                        _ => {}
                    }
                }
            }
            Kind::Operation => {
                self.all(here, "parameters", Kind::Parameter);
                if let Some(body) = here.child("requestBody") {
                    self.enter(&body, Kind::Body);
                }
                self.all(here, "responses", Kind::Response);
                self.all(here, "callbacks", Kind::Callback);
            }
            Kind::Callback => self.each(here, Kind::PathItem),
            Kind::Parameter | Kind::Body => {
                self.media(here, !self.v2);
                self.content(here);
            }
            Kind::Response => {
                self.content(here);
                self.all(here, "headers", Kind::Parameter);
                if self.v2 {
                    self.response(here);
                }
            }
            Kind::Schema => self.schema(here),
        }
    }

    fn all(&mut self, here: &Here<'_>, key: &str, kind: Kind) {
        if let Some(part) = here.child(key) {
            self.each(&part, kind);
        }
    }

    fn content(&mut self, here: &Here<'_>) {
        let Some(content) = here.child("content") else { return };
        for (name, media) in content.keys().iter().zip(content.children()) {
            self.media(&media, is_json(name));
        }
    }

    /// What has a schema and examples of it.
    fn media(&mut self, here: &Here<'_>, examples: bool) {
        let Some(schema) = here.child("schema") else { return };
        if examples {
            if let Some(example) = here.child("example") {
                self.found.push(Example { at: example.place(), schema: schema.place(), value: example.value.clone() });
            }
            for example in here.child("examples").map(|examples| examples.children()).unwrap_or_default() {
                let (place, value) = self.example(&example);
                if let Some(value) = value {
                    self.found.push(Example { at: place, schema: schema.place(), value });
                }
            }
        }
        self.enter(&schema, Kind::Schema);
    }

    /// The value of an Example Object.
    fn example(&mut self, here: &Here<'_>) -> (Place, Option<Value>) {
        let value = |object: &Map<String, Value>| object.get("value").or_else(|| object.get("dataValue")).cloned();
        match here.value {
            Value::Object(object) if object.get("$ref").is_some_and(Value::is_string) => {
                match resolve(self.files, here.file, here.value) {
                    Some((place, root)) => {
                        let found = root.pointer(&place.1).and_then(Value::as_object).and_then(value);
                        (place, found)
                    }
                    None => (here.place(), None),
                }
            }
            Value::Object(object) => (here.place(), value(object)),
            _ => (here.place(), None),
        }
    }

    /// The examples of an answer in 2.0, which stand by media type.
    fn response(&mut self, here: &Here<'_>) {
        let Some(schema) = here.child("schema") else { return };
        let examples = here.child("examples");
        for (name, example) in examples.iter().flat_map(|examples| examples.keys().into_iter().zip(examples.children()))
        {
            if is_json(&name) {
                self.found.push(Example { at: example.place(), schema: schema.place(), value: example.value.clone() });
            }
        }
        self.enter(&schema, Kind::Schema);
    }

    fn schema(&mut self, here: &Here<'_>) {
        if let Some(example) = here.child("example") {
            self.found.push(Example { at: example.place(), schema: here.place(), value: example.value.clone() });
        }
        if self.lists
            && let Some(examples) = here.child("examples").filter(|examples| examples.value.is_array())
        {
            for example in examples.children() {
                self.found.push(Example { at: example.place(), schema: here.place(), value: example.value.clone() });
            }
        }
        for key in [
            "properties",
            "patternProperties",
            "dependentSchemas",
            "$defs",
            "definitions",
            "allOf",
            "anyOf",
            "oneOf",
            "prefixItems",
        ] {
            for child in here.child(key).map(|map| map.children()).unwrap_or_default() {
                self.enter(&child, Kind::Schema);
            }
        }
        for key in [
            "items",
            "additionalProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "contains",
            "not",
            "if",
            "then",
            "else",
        ] {
            if let Some(child) = here.child(key) {
                self.enter(&child, Kind::Schema);
            }
        }
    }
}

/// Whether a body of this media type is JSON.
fn is_json(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let show =
            |example: &Example| format!("{}#{} {} {}", example.schema.0, example.schema.1, example.at.1, example.value);
        find(&mut Files::of(files), files[0].0).iter().map(show).collect()
    }

    #[test]
    fn of_bodies_and_answers() {
        let text = r##"{"openapi": "3.0.0", "paths": {"/a": {"post": {
            "requestBody": {"content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/A"}, "examples": {"one": {"value": 1}, "two": {"$ref": "#/components/examples/E"}, "far": {"externalValue": "x"}}},
                "text/plain": {"schema": {"type": "string"}, "example": "no"}}},
            "responses": {"200": {"$ref": "#/components/responses/R"}}}}},
          "components": {"schemas": {"A": {"type": "integer", "example": 3}}, "examples": {"E": {"value": 2}},
            "responses": {"R": {"content": {"application/x+json; charset=utf-8": {"schema": {}, "example": {"schema": 1, "example": 2}}}}}}}"##;
        assert_eq!(
            found(&[("a.json", text)]),
            [
                "a.json#/paths/~1a/post/requestBody/content/application~1json/schema /paths/~1a/post/requestBody/content/application~1json/examples/one 1",
                "a.json#/paths/~1a/post/requestBody/content/application~1json/schema /components/examples/E 2",
                "a.json#/components/schemas/A /components/schemas/A/example 3",
                "a.json#/components/responses/R/content/application~1x+json; charset=utf-8/schema /components/responses/R/content/application~1x+json; charset=utf-8/example {\"schema\":1,\"example\":2}",
            ]
        );
    }

    #[test]
    fn of_schemas() {
        let text = "openapi: 3.1.0\ncomponents:\n  schemas:\n    A:\n      properties:\n        example: {type: string, examples: [x, y]}\n        a: {$ref: 'b.yaml#/B', example: 1}\n      oneOf: [{example: 2}]\n      items: {$ref: '#/components/schemas/A'}\n";
        assert_eq!(
            found(&[("a.yaml", text), ("b.yaml", "B: {example: 4}\n")]),
            [
                "a.yaml#/components/schemas/A/properties/example /components/schemas/A/properties/example/examples/0 \"x\"",
                "a.yaml#/components/schemas/A/properties/example /components/schemas/A/properties/example/examples/1 \"y\"",
                "a.yaml#/components/schemas/A/properties/a /components/schemas/A/properties/a/example 1",
                "b.yaml#/B /B/example 4",
                "a.yaml#/components/schemas/A/oneOf/0 /components/schemas/A/oneOf/0/example 2",
            ]
        );
    }

    #[test]
    fn of_version_2() {
        let text = "swagger: '2.0'\npaths:\n  /a:\n    get:\n      parameters: [{in: body, name: b, schema: {example: 1}, example: 9}]\n      responses:\n        200: {description: x, schema: {type: integer}, examples: {application/json: 2, text/xml: 3}}\ndefinitions: {$ref: 'd.yaml'}\n";
        assert_eq!(
            found(&[("a.yaml", text), ("d.yaml", "D: {example: 5, examples: [6]}\n")]),
            [
                "a.yaml#/paths/~1a/get/parameters/0/schema /paths/~1a/get/parameters/0/schema/example 1",
                "a.yaml#/paths/~1a/get/responses/200/schema /paths/~1a/get/responses/200/examples/application~1json 2",
                "d.yaml#/D /D/example 5",
            ]
        );
    }
}
