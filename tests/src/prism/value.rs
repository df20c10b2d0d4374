//! A value for a schema.

use serde_json::{Map, Value, json};

use super::document::{Document, child};
use super::pattern;
use super::random::Random;

/// Beyond this depth only what is required is given.
const DEEP: usize = 4;
/// Beyond this depth nothing is given any more: the schema requires itself.
const END: usize = 24;

/// How many values are made before the first one is taken as it is.
const TRIES: usize = 60;

/// Makes values for the schemas of a description.
pub(super) struct Maker<'d> {
    pub(super) document: &'d Document,
    pub(super) random: Random,
}

/// A schema with the parts of its `allOf` in it: keywords and where they stand.
#[derive(Default)]
struct Flat<'d> {
    /// Keyword, pointer of the keyword, value; the first one counts.
    keywords: Vec<(&'d str, String, &'d Value)>,
    /// Members with the pointers of their schemas.
    properties: Vec<(String, String)>,
    required: Vec<String>,
    /// Pointers of `oneOf` and `anyOf`.
    choices: Vec<String>,
    /// The member that tells the choice, and what it says.
    tag: Option<(String, String)>,
}

impl<'d> Flat<'d> {
    fn get(&self, name: &str) -> Option<&'d Value> {
        self.keywords.iter().find(|(known, ..)| *known == name).map(|(.., value)| *value)
    }

    fn pointer(&self, name: &str) -> Option<&str> {
        self.keywords.iter().find(|(known, ..)| *known == name).map(|(_, pointer, _)| pointer.as_str())
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.get(name).and_then(Value::as_f64)
    }

    fn count(&self, name: &str) -> Option<usize> {
        self.number(name).map(|number| number.max(0.0) as usize)
    }
}

impl<'d> Maker<'d> {
    /// A value for the schema at a pointer.
    pub(super) fn value(&mut self, pointer: &str, depth: usize) -> Value {
        let mut flat = Flat::default();
        self.flatten(pointer, &mut flat, 0);
        if depth > END {
            return Value::Null;
        }
        if let Some(value) = flat.get("const") {
            return value.clone();
        }
        if let Some(list) = flat.get("enum").and_then(Value::as_array) {
            let real: Vec<&Value> = list.iter().filter(|value| !value.is_null()).collect();
            return self.random.pick(&real).map_or(Value::Null, |value| (*value).clone());
        }
        // One of the choices joins the schema itself.
        for choice in std::mem::take(&mut flat.choices) {
            self.choose(&choice, &mut flat);
        }
        if flat.get("enum").is_some() || flat.get("const").is_some() {
            let list = flat.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
            return flat.get("const").or(self.random.pick(&list)).cloned().unwrap_or_default();
        }
        match kind(&flat) {
            "object" => self.object(&flat, depth),
            "array" => self.array(&flat, depth),
            "boolean" => self.random.coin().into(),
            "integer" => self.integer(&flat),
            "number" => self.number(&flat),
            "null" => Value::Null,
            "string" => self.text(&flat).into(),
            // Anything goes; a text is taken everywhere.
            _ => "any".into(),
        }
    }

    /// A value of which the schema as a whole is true: choices that are made one by one may suit two of a `oneOf`.
    pub(super) fn fitting(&mut self, pointer: &str) -> Value {
        let first = self.value(pointer, 0);
        let mut root = self.document.root.clone();
        root["$ref"] = format!("#{}", fragment(pointer)).into();
        // What is no schema of today's JSON Schema cannot be asked.
        let Ok(validator) = jsonschema::validator_for(&root) else { return first };
        let mut value = first.clone();
        for _ in 0..TRIES {
            if validator.is_valid(&value) {
                return value;
            }
            value = self.value(pointer, 0);
        }
        first
    }

    fn flatten(&self, pointer: &str, flat: &mut Flat<'d>, depth: usize) {
        let pointer = self.document.follow(pointer);
        if depth > END {
            return;
        }
        let schema = self.document.at(&pointer);
        for (name, value) in schema.as_object().into_iter().flatten() {
            let here = child(&pointer, name);
            match name.as_str() {
                "properties" => {
                    for (name, pointer) in self.document.members(&here) {
                        if !flat.properties.iter().any(|(known, _)| *known == name) {
                            flat.properties.push((name, pointer));
                        }
                    }
                }
                "required" => {
                    flat.required.extend(
                        value.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())),
                    );
                }
                "oneOf" | "anyOf" => flat.choices.push(here),
                "allOf" => {}
                _ if flat.get(name).is_none() => flat.keywords.push((name, here, value)),
                _ => {}
            }
        }
        for part in self.document.items(&child(&pointer, "allOf")) {
            self.flatten(&part, flat, depth + 1);
        }
    }

    fn choose(&mut self, choices: &str, flat: &mut Flat<'d>) {
        let all = self.document.items(choices);
        // `nullable` alone stands for `null` too.
        let is_null = |schema: &Value| {
            schema["type"] == "null"
                || schema["nullable"] == true && schema.as_object().is_some_and(|all| all.len() == 1)
        };
        let real: Vec<&String> =
            all.iter().filter(|choice| !is_null(self.document.at(&self.document.follow(choice)))).collect();
        let Some(chosen) = self.random.pick(&real).map(|chosen| (*chosen).clone()) else { return };
        if let Some(discriminator) = flat.get("discriminator")
            && let Some(property) = discriminator["propertyName"].as_str()
        {
            let target = self.document.follow(&chosen);
            let leads = |value: &Value| {
                value.as_str().is_some_and(|text| {
                    text == target.rsplit('/').next().unwrap_or_default() || text == format!("#{target}")
                })
            };
            let mapped = discriminator["mapping"].as_object().into_iter().flatten().find(|(_, value)| leads(value));
            let name = mapped.map_or_else(|| target.rsplit('/').next().unwrap_or_default(), |(key, _)| key.as_str());
            flat.tag = Some((property.to_owned(), name.to_owned()));
        }
        let before = flat.choices.len();
        self.flatten(&chosen, flat, 0);
        for inner in flat.choices.split_off(before) {
            self.choose(&inner, flat);
        }
    }

    fn object(&mut self, flat: &Flat<'d>, depth: usize) -> Value {
        let mut members = Map::new();
        for (name, pointer) in &flat.properties {
            let schema = self.document.at(&self.document.follow(pointer));
            // It is the server's to give.
            let given = self.document.at(pointer)["readOnly"] == true || schema["readOnly"] == true;
            let needed = flat.required.contains(name);
            if given || !(needed || depth < DEEP && self.random.coin()) {
                continue;
            }
            let value = self.value(pointer, depth + 1);
            members.insert(name.clone(), value);
        }
        // Some schemas require what they do not describe.
        for name in &flat.required {
            if !flat.properties.iter().any(|(known, _)| known == name) {
                members.insert(name.clone(), json!("any"));
            }
        }
        if let Some((name, value)) = &flat.tag {
            members.insert(name.clone(), json!(value));
        }
        let fewest = flat.count("minProperties").unwrap_or(0);
        let rest = flat
            .pointer("additionalProperties")
            .filter(|_| flat.get("additionalProperties").is_some_and(Value::is_object));
        let more = usize::from(rest.is_some() && depth < DEEP && self.random.coin());
        for at in members.len()..fewest.max(members.len() + more) {
            let value = rest.map_or_else(|| json!("more"), |pointer| self.value(pointer, depth + 1));
            members.insert(format!("more{at}"), value);
        }
        Value::Object(members)
    }

    fn array(&mut self, flat: &Flat<'d>, depth: usize) -> Value {
        let fewest = flat.count("minItems").unwrap_or(0);
        let most = flat.count("maxItems").unwrap_or(fewest.max(1) + 1);
        let wanted = if depth >= DEEP { fewest } else { fewest.max(1 + self.random.below(2)).min(most) };
        let Some(items) = flat.pointer("items") else { return json!([]) };
        let mut list: Vec<Value> = Vec::new();
        let unique = flat.get("uniqueItems") == Some(&Value::Bool(true));
        for _ in 0..wanted * 4 {
            let item = self.value(items, depth + 1);
            if list.len() < wanted && !(unique && list.contains(&item)) {
                list.push(item);
            }
        }
        Value::Array(list)
    }

    fn bounds(flat: &Flat<'_>, step: f64) -> (Option<f64>, Option<f64>) {
        // A number in 3.1, a flag beside the bound before.
        let strict = |name: &str, bound: Option<f64>, way: f64| match flat.get(name) {
            Some(Value::Bool(true)) => bound.map(|bound| bound + way * step),
            Some(Value::Number(number)) => number.as_f64().map(|bound| bound + way * step),
            _ => bound,
        };
        let low = strict("exclusiveMinimum", flat.number("minimum"), 1.0);
        (low, strict("exclusiveMaximum", flat.number("maximum"), -1.0))
    }

    fn integer(&mut self, flat: &Flat<'d>) -> Value {
        let (low, high) = Self::bounds(flat, 1.0);
        let low = low.map_or_else(|| high.map_or(0, |high| (high as i64).min(0)), |low| low.ceil() as i64);
        let high = high.map_or(low.saturating_add(100), |high| high.floor() as i64).min(low.saturating_add(1_000_000));
        let value = self.random.between(low, high);
        match flat.number("multipleOf").map(|step| step as i64).filter(|step| *step > 1) {
            Some(step) => (value.div_euclid(step) * step + if value.rem_euclid(step) == 0 { 0 } else { step }).into(),
            None => value.into(),
        }
    }

    fn number(&mut self, flat: &Flat<'d>) -> Value {
        let (low, high) = Self::bounds(flat, 0.5);
        let low = low.unwrap_or_else(|| high.map_or(0.0, |high| high.min(0.0)));
        let span = high.map_or(100.0, |high| high - low).max(0.0);
        let step = flat.number("multipleOf").filter(|step| *step > 0.0);
        let part = self.random.below(5) as f64 / 4.0;
        let value = low + (span * part * 4.0).floor() / 4.0;
        let value = step.map_or(value, |step| (value / step).ceil() * step);
        json!(value.min(high.unwrap_or(f64::MAX)))
    }

    fn text(&mut self, flat: &Flat<'d>) -> String {
        let (fewest, most) = (flat.count("minLength").unwrap_or(0), flat.count("maxLength"));
        let format = flat.get("format").and_then(Value::as_str).unwrap_or_default();
        if let Some(pattern) = flat.get("pattern").and_then(Value::as_str) {
            let fits = |text: &str| {
                let length = text.chars().count();
                length >= fewest && most.is_none_or(|most| length <= most)
            };
            for _ in 0..20 {
                if let Some(text) = pattern::text(pattern, &mut self.random).filter(|text| fits(text)) {
                    return text;
                }
            }
        }
        let two = |random: &mut Random, low, high| format!("{:02}", random.between(low, high));
        let random = &mut self.random;
        let date = format!("20{}-{}-{}", two(random, 10, 29), two(random, 1, 12), two(random, 1, 28));
        let time = format!("{}:{}:{}", two(random, 0, 23), two(random, 0, 59), two(random, 0, 59));
        match format {
            "date" => date,
            "date-time" => format!("{date}T{time}Z"),
            "time" => format!("{time}Z"),
            "duration" => "PT5M".to_owned(),
            "uuid" => format!("{:08x}-0000-4000-8000-{:012x}", random.below(1 << 30), random.below(1 << 30)),
            "email" | "idn-email" => "ann@example.com".to_owned(),
            "uri" | "url" | "iri" | "uri-reference" => format!("https://example.com/{}", random.below(1000)),
            "hostname" | "idn-hostname" => "www.example.com".to_owned(),
            "ipv4" | "ip" => format!("192.0.2.{}", random.below(255)),
            "ipv6" => "2001:db8::1".to_owned(),
            "byte" => "aGVsbG8=".to_owned(),
            // Numbers that stand in texts (OpenAPI's Format Registry has them for both).
            "int64" | "uint64" | "int32" | "uint32" | "decimal" => random.below(1 << 30).to_string(),
            _ => {
                let length = fewest.max(1 + random.below(8)).min(most.unwrap_or(usize::MAX));
                // What must be encoded is what goes wrong, so some texts have it.
                let letters: Vec<char> = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_.~ é&=".chars().collect();
                let plain = random.coin();
                (0..length).filter_map(|_| random.pick(if plain { &letters[..26] } else { &letters })).collect()
            }
        }
    }
}

/// A JSON Pointer as the fragment of an address (RFC 6901, section 6).
fn fragment(pointer: &str) -> String {
    pointer.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

/// The type of a schema; what its keywords say where it names none.
fn kind<'a>(flat: &Flat<'a>) -> &'a str {
    let named = match flat.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        Some(other) => other.as_str(),
        None => None,
    };
    named.unwrap_or_else(|| {
        let has = |name: &str| flat.get(name).is_some();
        if !flat.properties.is_empty() || has("additionalProperties") {
            "object"
        } else if has("items") {
            "array"
        } else if has("pattern") || has("format") || has("maxLength") || has("minLength") {
            "string"
        } else if has("minimum") || has("maximum") {
            "number"
        } else {
            ""
        }
    })
}
