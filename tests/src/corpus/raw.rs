//! A description as it stands in its file, read without the generator: by `serde_json` and `serde_yaml`.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;
use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess as _, Visitor};
use serde_json::{Map, Number, Value};

/// The text of a file, unpacked, without a mark of its byte order.
///
/// # Errors
/// When it cannot be read or is no text.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes = fs::read(path).map_err(failed)?;
    if bytes.starts_with(&[0x1F, 0x8B]) {
        let mut unpacked = Vec::new();
        MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).map_err(failed)?;
        bytes = unpacked;
    }
    let text = String::from_utf8(bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// A text as a tree: JSON if it is, else YAML. The last of equal keys counts.
///
/// # Errors
/// When it is neither.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    // What begins with a brace may still be YAML in flow style.
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str::<Loose>(text)
    {
        return Ok(value.0);
    }
    // Some files hold several documents; the first one is the description.
    let first = serde_yaml::Deserializer::from_str(text).next().ok_or("there is nothing in it")?;
    Loose::deserialize(first).map(|value| value.0).map_err(|error| error.to_string())
}

/// The files of a description, each read once.
pub(super) struct Files {
    root: PathBuf,
    read: BTreeMap<String, Option<Rc<Value>>>,
}

impl Files {
    /// The files below a folder.
    pub(super) fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), read: BTreeMap::new() }
    }

    /// Files in memory.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let read = files.iter().map(|(path, text)| ((*path).to_owned(), Some(Rc::new(parse(text).unwrap()))));
        Self { root: PathBuf::from("/nowhere"), read: read.collect() }
    }

    /// A file by its path from the folder; `None` when there is none that can be read.
    pub(super) fn get(&mut self, path: &str) -> Option<Rc<Value>> {
        if let Some(found) = self.read.get(path) {
            return found.clone();
        }
        let place = self.root.join(path);
        let packed = self.root.join(format!("{path}.gz"));
        let text = text(&place).or_else(|_| text(&packed)).ok();
        let value = text.and_then(|text| parse(&text).ok()).map(Rc::new);
        self.read.insert(path.to_owned(), value.clone());
        value
    }
}

/// A tree from any source: keys of all kinds as text, equal keys, tags, numbers of any size.
struct Loose(Value);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree).map(Self)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }
    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Loose(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(Loose(key)) = entries.next_key()? {
            let Loose(value) = entries.next_value()?;
            match key {
                Value::String(key) if key == "<<" => merged.push(value),
                Value::String(key) => drop(map.insert(key, value)),
                other => drop(map.insert(other.to_string(), value)),
            }
        }
        for value in merged {
            merge(&mut map, value);
        }
        Ok(Value::Object(map))
    }
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, value): (Loose, _) = tagged.variant()?;
        value.newtype_variant().map(|Loose(value)| value)
    }
}

/// A merge key of YAML: adds what is not there.
fn merge(map: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(more) => {
            for (key, value) in more {
                map.entry(key).or_insert(value);
            }
        }
        Value::Array(list) => list.into_iter().for_each(|value| merge(map, value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_and_yaml() {
        let wanted = json!({"a": [1, true, null, "x"], "200": {"b": 1.5}});
        assert_eq!(parse(r#"{"a":[1,true,null,"x"],"200":{"b":1.5}}"#).unwrap(), wanted);
        assert_eq!(parse("a: [1, true, ~, x]\n200: {b: 1.5}\n").unwrap(), wanted);
        assert_eq!(parse("{a: [1, true, null, x], 200: {b: 1.5}}").unwrap(), wanted);
        assert!(parse("a: [").is_err());
    }

    #[test]
    fn what_serde_refuses_by_itself() {
        let text =
            "a: 1\na: 2\nb: &b {c: 1, d: 2}\ne:\n  <<: *b\n  d: 3\nf: 99999999999999999999999\ng: !t x\n---\nh: 1\n";
        let value = parse(text).unwrap();
        assert_eq!(value["a"], 2);
        assert_eq!(value["e"], json!({"d": 3, "c": 1}));
        assert_eq!(value["g"], "x");
        assert!(value["f"].is_f64());
        assert_eq!(value.get("h"), None);
    }
}
