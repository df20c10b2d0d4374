//! Whether a schema allows an example, as the crate `jsonschema` sees it.
//!
//! The schemas of OpenAPI 3.0 and 2.0 are brought to JSON Schema 2020-12 first. What a schema refers to travels along
//! as a definition, so nothing is looked up elsewhere.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::super::count::resolve;
use super::super::raw::Files;
use super::Place;

/// What is said about an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Its schema allows it.
    Valid,
    /// Its schema does not allow it.
    Invalid,
    /// The schema cannot be read by others: it refers to nothing, or uses what cannot be brought over.
    Unjudged,
}

/// Judges the examples of one description.
pub(super) struct Judge {
    files: Files,
    /// Whether schemas are JSON Schema 2020-12 as they are.
    modern: bool,
    known: BTreeMap<Place, Option<Validator>>,
}

impl Judge {
    pub(super) fn new(mut files: Files, main: &str) -> Self {
        let version = files.get(main).and_then(|root| root.get("openapi")?.as_str().map(str::to_owned));
        let modern = version.is_some_and(|version| !version.starts_with("3.0"));
        Self { files, modern, known: BTreeMap::new() }
    }

    pub(super) fn files(&mut self) -> &mut Files {
        &mut self.files
    }

    /// Whether the schema at a place allows a value.
    pub(super) fn allows(&mut self, schema: &Place, value: &Value) -> Verdict {
        if !self.known.contains_key(schema) {
            let validator = self.validator(schema);
            self.known.insert(schema.clone(), validator);
        }
        match self.known.get(schema).and_then(Option::as_ref) {
            Some(validator) if validator.is_valid(value) => Verdict::Valid,
            Some(_) => Verdict::Invalid,
            None => Verdict::Unjudged,
        }
    }

    fn validator(&mut self, place: &Place) -> Option<Validator> {
        let schema = self.standalone(place)?;
        let build =
            |schema: &Value| jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(schema).ok();
        // A pattern of another dialect of regular expressions must not stand in the way of the rest.
        build(&schema).or_else(|| {
            let mut schema = schema;
            without_patterns(&mut schema);
            build(&schema)
        })
    }

    /// The schema with everything that it refers to.
    fn standalone(&mut self, place: &Place) -> Option<Value> {
        let mut lowering = Lowering {
            files: &mut self.files,
            modern: self.modern,
            numbers: BTreeMap::new(),
            open: Vec::new(),
            sound: true,
        };
        let start = lowering.number(place.clone());
        let mut definitions = Map::new();
        while let Some((number, (file, pointer))) = lowering.open.pop() {
            let root = lowering.files.get(&file)?;
            let lowered = lowering.schema(&file, root.pointer(&pointer)?);
            definitions.insert(format!("d{number}"), lowered);
        }
        lowering.sound.then(|| json!({ "$ref": format!("#/$defs/d{start}"), "$defs": definitions }))
    }
}

fn without_patterns(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.retain(|key, value| !(key == "pattern" && value.is_string()) && key != "patternProperties");
            object.values_mut().for_each(without_patterns);
        }
        Value::Array(list) => list.iter_mut().for_each(without_patterns),
        _ => {}
    }
}

struct Lowering<'f> {
    files: &'f mut Files,
    modern: bool,
    /// Definitions by the place that they come from.
    numbers: BTreeMap<Place, usize>,
    /// Those that are not there yet.
    open: Vec<(usize, Place)>,
    /// Whether everything could be brought over.
    sound: bool,
}

/// Keywords whose value is taken as it is, where it has the type that the keyword needs.
const NUMBERS: &[&str] = &["multipleOf", "maximum", "minimum"];
const COUNTS: &[&str] =
    &["maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties", "maxContains", "minContains"];
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf"];
const MAPS: &[&str] = &["properties", "patternProperties", "dependentSchemas"];
const SCHEMAS: &[&str] =
    &["not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties"];

impl Lowering<'_> {
    fn number(&mut self, place: Place) -> usize {
        if let Some(number) = self.numbers.get(&place) {
            return *number;
        }
        let number = self.numbers.len();
        self.numbers.insert(place.clone(), number);
        self.open.push((number, place));
        number
    }

    fn schema(&mut self, file: &str, schema: &Value) -> Value {
        let Some(object) = schema.as_object() else {
            // `true`, `false`, and what is no schema at all.
            self.sound &= schema.is_boolean();
            return if schema.is_boolean() { schema.clone() } else { Value::Bool(true) };
        };
        let mut out = Map::new();
        if object.get("$ref").is_some_and(Value::is_string) {
            match resolve(self.files, file, schema) {
                Some((place, _)) => {
                    drop(out.insert("$ref".to_owned(), json!(format!("#/$defs/d{}", self.number(place)))))
                }
                None => self.sound = false,
            }
            // Before 3.1 nothing counts beside a reference.
            if !self.modern {
                return Value::Object(out);
            }
        }
        // References to names, and schemas that say themselves where they are, are left to others.
        self.sound &= !["$dynamicRef", "$recursiveRef", "$id"].iter().any(|key| object.contains_key(*key));
        self.scalars(object, &mut out);
        self.types(object, &mut out);
        for key in LISTS {
            if let Some(list) = object.get(*key).and_then(Value::as_array).filter(|list| !list.is_empty()) {
                let list = list.iter().map(|part| self.schema(file, part)).collect();
                out.insert((*key).to_owned(), Value::Array(list));
            }
        }
        for key in MAPS {
            if let Some(map) = object.get(*key).and_then(Value::as_object) {
                let map = map.iter().map(|(name, part)| (name.clone(), self.schema(file, part))).collect();
                out.insert((*key).to_owned(), Value::Object(map));
            }
        }
        for key in SCHEMAS.iter().chain(&["additionalProperties", "items"]) {
            match object.get(*key) {
                Some(part) if part.is_object() || part.is_boolean() => {
                    drop(out.insert((*key).to_owned(), self.schema(file, part)))
                }
                _ => {}
            }
        }
        if let Some(list) = object.get("prefixItems").and_then(Value::as_array).filter(|_| self.modern) {
            let list = list.iter().map(|part| self.schema(file, part)).collect();
            out.insert("prefixItems".to_owned(), Value::Array(list));
        }
        Value::Object(out)
    }

    /// Keywords with a value that is no schema.
    fn scalars(&mut self, object: &Map<String, Value>, out: &mut Map<String, Value>) {
        let mut keep = |key: &str, fits: fn(&Value) -> bool| {
            if let Some(value) = object.get(key).filter(|value| fits(value)) {
                out.insert(key.to_owned(), value.clone());
            }
        };
        NUMBERS.iter().for_each(|key| keep(key, Value::is_number));
        COUNTS.iter().for_each(|key| keep(key, |value| value.as_u64().is_some()));
        keep("pattern", Value::is_string);
        keep("uniqueItems", Value::is_boolean);
        keep("enum", |value| value.as_array().is_some_and(|list| !list.is_empty()));
        keep("required", |value| value.as_array().is_some_and(|list| list.iter().all(Value::is_string)));
        if self.modern {
            keep("const", |_| true);
            keep("dependentRequired", Value::is_object);
        }
        for (limit, exclusive) in [("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")] {
            match object.get(exclusive) {
                Some(Value::Number(number)) => drop(out.insert(exclusive.to_owned(), Value::Number(number.clone()))),
                Some(Value::Bool(true)) => {
                    if let Some(number) = out.remove(limit) {
                        out.insert(exclusive.to_owned(), number);
                    }
                }
                _ => {}
            }
        }
    }

    /// `type`, `nullable`, and the formats of numbers.
    fn types(&mut self, object: &Map<String, Value>, out: &mut Map<String, Value>) {
        let known =
            |name: &str| matches!(name, "string" | "number" | "integer" | "boolean" | "array" | "object" | "null");
        let mut names: Vec<&str> = match object.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            Some(_) => {
                self.sound = false;
                return;
            }
            None => return,
        };
        if !names.iter().all(|name| known(name)) {
            self.sound = false;
            return;
        }
        // In 3.0 it only counts beside a `type` (OpenAPI 3.0.3, Schema Object).
        let nullable = ["nullable", "x-nullable"].iter().any(|key| object.get(*key) == Some(&Value::Bool(true)));
        if nullable && !self.modern && !names.contains(&"null") {
            names.push("null");
        }
        out.insert("type".to_owned(), json!(names));
        let range = match object.get("format").and_then(Value::as_str) {
            Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
            Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
            _ => return,
        };
        // The narrower bound is the one that counts.
        if names.iter().any(|name| matches!(*name, "integer" | "number")) {
            let bounds = json!({ "minimum": range.0, "maximum": range.1 });
            out.insert("allOf".to_owned(), json!([bounds]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(version: &str, schema: &str, value: Value) -> Verdict {
        let text = format!(
            "openapi: {version}\nS: {schema}\nT: {{type: string}}\nL: {{properties: {{l: {{$ref: '#/L'}}}}, required: [l]}}\n"
        );
        let files = Files::of(&[("a.yaml", &text), ("b.yaml", "B: {type: integer, format: int32}\n")]);
        Judge::new(files, "a.yaml").allows(&("a.yaml".to_owned(), "/S".to_owned()), &value)
    }

    #[test]
    fn of_3_0() {
        let allows = |schema: &str, value: Value| verdict("3.0.3", schema, value) == Verdict::Valid;
        assert!(allows("{type: string, nullable: true}", Value::Null) && !allows("{type: string}", Value::Null));
        assert!(!allows("{nullable: true, allOf: [{$ref: '#/T'}]}", Value::Null));
        assert!(allows("{$ref: '#/T', maxLength: 1}", json!("long")));
        assert!(!allows("{type: number, minimum: 1, exclusiveMinimum: true}", json!(1)));
        assert!(allows("{type: number, minimum: 1, exclusiveMinimum: false, const: 3}", json!(1)));
        assert!(!allows("{$ref: 'b.yaml#/B'}", json!(3_000_000_000_u64)) && allows("{$ref: 'b.yaml#/B'}", json!(-5)));
        assert!(allows("{type: object, required: true, pattern: '('}", json!({})));
        assert!(
            allows("{type: array, items: {type: integer}}", json!([1]))
                && !allows("{type: array, items: {type: integer}}", json!(["1"]))
        );
        assert!(!allows("{$ref: '#/L'}", json!({"l": {}})));
        assert!(!allows("{properties: {a: {$ref: '#/T'}}, additionalProperties: false}", json!({"b": 1})));
    }

    #[test]
    fn of_3_1() {
        let allows = |schema: &str, value: Value| verdict("3.1.0", schema, value) == Verdict::Valid;
        assert!(allows("{type: [string, 'null']}", Value::Null));
        assert!(!allows("{$ref: '#/T', maxLength: 1}", json!("long")));
        assert!(!allows("{const: 3}", json!(1)) && allows("{prefixItems: [{type: string}]}", json!(["x", 1])));
        assert!(!allows("{if: {type: string}, then: {minLength: 3}}", json!("x")));
        assert!(!allows("{exclusiveMaximum: 3, type: number}", json!(3)));
    }

    #[test]
    fn what_is_not_judged() {
        for schema in ["{$ref: '#/gone'}", "{type: file}", "{properties: {a: {type: 3}}}", "5"] {
            assert_eq!(verdict("3.0.3", schema, json!({})), Verdict::Unjudged, "{schema}");
        }
        assert_eq!(verdict("3.1.0", "{$dynamicRef: '#x'}", json!({})), Verdict::Unjudged);
        assert_eq!(verdict("3.0.3", "{type: string, pattern: '(?<x'}", json!("x")), Verdict::Valid);
    }
}
