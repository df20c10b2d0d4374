//! Values out of an address or a header, by the style that they were written in (OpenAPI 3.2, Style Values).

use serde_json::{Map, Value};

use super::document::Parameter;

/// The value that stands as `text` for a parameter in a path or a header.
pub(super) fn value(parameter: &Parameter, text: &str) -> Value {
    let Parameter { name, style, explode, schema, .. } = parameter;
    let (text, between) = match style.as_str() {
        "label" => (text.strip_prefix('.').unwrap_or(text), if *explode { '.' } else { ',' }),
        "matrix" => {
            let text = text.strip_prefix(';').unwrap_or(text);
            let named = format!("{name}=");
            let own = text.strip_prefix(&named).filter(|_| !(*explode && kind(schema) == "object"));
            match (own, explode) {
                (Some(rest), true) if kind(schema) == "array" => {
                    return items(schema, rest.split(&format!(";{named}")));
                }
                (Some(rest), _) => (rest, ','),
                (None, _) => (text, ';'),
            }
        }
        "spaceDelimited" => (text, ' '),
        "pipeDelimited" => (text, '|'),
        _ => (text, ','),
    };
    match kind(schema) {
        "array" if text.is_empty() => Value::Array(Vec::new()),
        "array" => items(schema, text.split(between)),
        "object" if *explode => {
            members(schema, text.split(between).filter_map(|pair| pair.split_once('=')).collect::<Vec<_>>())
        }
        "object" => {
            let words: Vec<&str> = text.split(between).collect();
            members(schema, words.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        }
        _ => scalar(schema, text),
    }
}

/// The value of a parameter in the query, which the server has already taken apart; what was used is taken out.
pub(super) fn query(parameter: &Parameter, pairs: &mut std::collections::BTreeMap<String, Value>) -> Option<Value> {
    let Parameter { name, explode, schema, .. } = parameter;
    let spread = kind(schema) == "object" && *explode && parameter.style == "form";
    if spread {
        let known = schema["properties"].as_object();
        let open = known.is_none_or(Map::is_empty);
        let names: Vec<String> =
            pairs.keys().filter(|name| open || known.is_some_and(|known| known.contains_key(*name))).cloned().collect();
        let found = names.into_iter().filter_map(|name| pairs.remove(&name).map(|value| (name, value)));
        let found = found.map(|(name, value)| {
            let value = scalar(member(schema, &name), &text(&value));
            (name, value)
        });
        let found: Map<String, Value> = found.collect();
        return (!found.is_empty()).then_some(Value::Object(found));
    }
    // Arrays are also written with brackets behind the name.
    let found = pairs.remove(name)?;
    Some(match found {
        Value::Array(values) => items(schema, values.iter().map(text).collect::<Vec<_>>().iter().map(String::as_str)),
        other if kind(schema) == "array" && *explode => items(schema, [text(&other).as_str()].into_iter()),
        other => value(parameter, &text(&other)),
    })
}

/// A value as the text that it is on the wire.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn kind(schema: &Value) -> &str {
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        other => other.as_str(),
    };
    kind.unwrap_or(if schema.get("properties").is_some() { "object" } else { "" })
}

fn items<'a>(schema: &Value, texts: impl Iterator<Item = &'a str>) -> Value {
    Value::Array(texts.map(|text| scalar(&schema["items"], text)).collect())
}

fn members(schema: &Value, pairs: Vec<(&str, &str)>) -> Value {
    Value::Object(pairs.into_iter().map(|(name, text)| (name.to_owned(), scalar(member(schema, name), text))).collect())
}

fn member<'a>(schema: &'a Value, name: &str) -> &'a Value {
    match schema["properties"].get(name) {
        Some(own) => own,
        None if schema.get("unevaluatedProperties").is_some() => &schema["unevaluatedProperties"],
        None => &schema["additionalProperties"],
    }
}

fn scalar(schema: &Value, text: &str) -> Value {
    match kind(schema) {
        "integer" | "number" | "boolean" => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn parameter(style: &str, explode: bool, schema: Value) -> Parameter {
        Parameter { name: "param".to_owned(), place: "path".to_owned(), style: style.to_owned(), explode, schema }
    }

    #[test]
    fn the_table_of_styles() {
        let text = || json!({"type": "string"});
        let list = || json!({"type": "array", "items": {"type": "string"}});
        let map = || json!({"type": "object", "additionalProperties": {"type": "integer"}});
        let (ab, of) = (json!(["a", "b"]), json!({"a": 1, "b": 2}));
        let cases = [
            ("simple", false, text(), "a", json!("a")),
            ("simple", false, list(), "a,b", ab.clone()),
            ("simple", false, map(), "a,1,b,2", of.clone()),
            ("simple", true, map(), "a=1,b=2", of.clone()),
            ("label", false, text(), ".a", json!("a")),
            ("label", false, list(), ".a,b", ab.clone()),
            ("label", true, list(), ".a.b", ab.clone()),
            ("label", true, map(), ".a=1.b=2", of.clone()),
            ("matrix", false, text(), ";param=a", json!("a")),
            ("matrix", false, list(), ";param=a,b", ab.clone()),
            ("matrix", true, list(), ";param=a;param=b", ab.clone()),
            ("matrix", false, map(), ";param=a,1,b,2", of.clone()),
            ("matrix", true, map(), ";a=1;b=2", of.clone()),
            ("pipeDelimited", false, list(), "a|b", ab.clone()),
            ("spaceDelimited", false, list(), "a b", ab),
        ];
        for (style, explode, schema, text, wanted) in cases {
            assert_eq!(value(&parameter(style, explode, schema), text), wanted, "{style} {explode} {text}");
        }
    }

    #[test]
    fn members_in_the_query() {
        let map = parameter("form", true, json!({"type": "object", "additionalProperties": {"type": "integer"}}));
        let mut pairs = BTreeMap::from([("a".to_owned(), json!("1")), ("b".to_owned(), json!("2"))]);
        assert_eq!(query(&map, &mut pairs), Some(json!({"a": 1, "b": 2})));
        assert!(pairs.is_empty());
    }
}
