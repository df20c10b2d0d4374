//! Whether a schema allows an example, as the crate `jsonschema` sees it.
//!
//! The schemas of OpenAPI 3.0 and 2.0 are brought to JSON Schema 2020-12 first. What a schema refers to travels along
//! as a definition, so nothing is looked up elsewhere.

use std::collections::{BTreeMap, BTreeSet};

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
///
/// One validator serves them all: an example of the schema number 7 is shown to it as the member `d7` of an object.
pub(super) struct Judge {
    numbers: BTreeMap<Place, usize>,
    /// By number: whether the schema and all that it refers to can be judged.
    sound: Vec<bool>,
    validator: Option<Validator>,
}

impl Judge {
    /// Reads the schemas at some places, and what they refer to.
    pub(super) fn new<'p>(files: &mut Files, main: &str, places: impl Iterator<Item = &'p Place>) -> Self {
        let version = files.get(main).and_then(|root| root.get("openapi")?.as_str().map(str::to_owned));
        let modern = version.is_some_and(|version| !version.starts_with("3.0"));
        let mut lowering = Lowering {
            files,
            modern,
            numbers: BTreeMap::new(),
            open: Vec::new(),
            refers: Vec::new(),
            sound: true,
            patterns: BTreeMap::new(),
        };
        let asked: BTreeSet<usize> = places.map(|place| lowering.number(place.clone())).collect();
        let mut definitions: BTreeMap<usize, Definition> = BTreeMap::new();
        while let Some((number, (file, pointer))) = lowering.open.pop() {
            let root = lowering.files.get(&file);
            let schema = root.as_ref().and_then(|root| root.pointer(&pointer));
            lowering.sound = schema.is_some();
            lowering.refers.clear();
            let value = schema.map_or(Value::Bool(true), |schema| lowering.schema(&file, schema));
            definitions.insert(number, Definition { value, refers: lowering.refers.clone(), sound: lowering.sound });
        }
        let numbers = std::mem::take(&mut lowering.numbers);
        let sound = soundness(&definitions);
        let members: Map<String, Value> = asked
            .iter()
            .map(|number| (format!("d{number}"), json!({ "$ref": format!("#/$defs/d{number}") })))
            .collect();
        let definitions: Map<String, Value> =
            definitions.into_iter().map(|(number, definition)| (format!("d{number}"), definition.value)).collect();
        let schema = json!({ "properties": members, "$defs": definitions });
        Self { numbers, sound, validator: build(&schema) }
    }

    /// Whether the schema at a place allows a value.
    pub(super) fn allows(&self, schema: &Place, value: &Value) -> Verdict {
        let number = self.numbers.get(schema).filter(|number| self.sound.get(**number) == Some(&true));
        let (Some(number), Some(validator)) = (number, &self.validator) else { return Verdict::Unjudged };
        let shown = Value::Object(Map::from_iter([(format!("d{number}"), value.clone())]));
        if validator.is_valid(&shown) { Verdict::Valid } else { Verdict::Invalid }
    }
}

fn build(schema: &Value) -> Option<Validator> {
    jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(schema).ok()
}

/// A schema in the dialect of the judge.
struct Definition {
    value: Value,
    refers: Vec<usize>,
    sound: bool,
}

/// By number: whether a schema and all that it refers to are sound.
fn soundness(definitions: &BTreeMap<usize, Definition>) -> Vec<bool> {
    let mut referred: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, definition) in definitions {
        for target in &definition.refers {
            referred.entry(*target).or_default().push(*number);
        }
    }
    let mut sound = vec![true; definitions.len()];
    let mut open: Vec<usize> =
        definitions.iter().filter(|(_, definition)| !definition.sound).map(|(number, _)| *number).collect();
    while let Some(number) = open.pop() {
        if std::mem::replace(&mut sound[number], false) {
            open.extend(referred.get(&number).into_iter().flatten());
        }
    }
    sound
}

struct Lowering<'f> {
    files: &'f mut Files,
    modern: bool,
    /// Definitions by the place that they come from.
    numbers: BTreeMap<Place, usize>,
    /// Those that are not there yet.
    open: Vec<(usize, Place)>,
    /// What the definition at hand refers to.
    refers: Vec<usize>,
    /// Whether all of it could be brought over.
    sound: bool,
    /// Whether a pattern can be read; those of other dialects of regular expressions must not stand in the way.
    patterns: BTreeMap<String, bool>,
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
                    let number = self.number(place);
                    self.refers.push(number);
                    out.insert("$ref".to_owned(), json!(format!("#/$defs/d{number}")));
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
                let known = map.iter().filter(|(name, _)| *key != "patternProperties" || self.readable(name));
                let known: Vec<_> = known.collect();
                let map = known.into_iter().map(|(name, part)| (name.clone(), self.schema(file, part))).collect();
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

    /// Whether a pattern is one that the judge can read.
    fn readable(&mut self, pattern: &str) -> bool {
        if let Some(known) = self.patterns.get(pattern) {
            return *known;
        }
        let readable = build(&json!({ "pattern": pattern })).is_some();
        self.patterns.insert(pattern.to_owned(), readable);
        readable
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
        keep("uniqueItems", Value::is_boolean);
        keep("enum", |value| value.as_array().is_some_and(|list| !list.is_empty()));
        keep("required", |value| value.as_array().is_some_and(|list| list.iter().all(Value::is_string)));
        if self.modern {
            keep("const", |_| true);
            keep("dependentRequired", Value::is_object);
        }
        if let Some(pattern) = object.get("pattern").and_then(Value::as_str).filter(|pattern| self.readable(pattern)) {
            out.insert("pattern".to_owned(), json!(pattern));
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
            "openapi: {version}\nS: {schema}\nT: {{type: string}}\nL: {{properties: {{l: {{$ref: '#/L'}}}}, required: [l]}}\nG: {{properties: {{l: {{$ref: '#/gone'}}}}}}\n"
        );
        let mut files = Files::of(&[("a.yaml", &text), ("b.yaml", "B: {type: integer, format: int32}\n")]);
        let place = ("a.yaml".to_owned(), "/S".to_owned());
        let other = ("a.yaml".to_owned(), "/T".to_owned());
        let judge = Judge::new(&mut files, "a.yaml", [&place, &other].into_iter());
        // Each is judged by its own schema.
        assert_eq!(judge.allows(&other, &json!(1)), Verdict::Invalid);
        judge.allows(&place, &value)
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
        for schema in [
            "{$ref: '#/gone'}",
            "{properties: {a: {items: {$ref: '#/gone'}}}}",
            "{properties: {a: {$ref: '#/G'}}}",
            "{type: file}",
            "{properties: {a: {type: 3}}}",
            "5",
        ] {
            assert_eq!(verdict("3.0.3", schema, json!({})), Verdict::Unjudged, "{schema}");
        }
        assert_eq!(verdict("3.1.0", "{$dynamicRef: '#x'}", json!({})), Verdict::Unjudged);
        assert_eq!(verdict("3.0.3", "{type: string, pattern: '(?<x'}", json!("x")), Verdict::Valid);
    }
}
