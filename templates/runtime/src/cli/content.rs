//! Where texts and bytes come from: an argument itself, a file, standard input.

use super::super::formats::Base64;
use super::super::json::{self, Map, Value};
use super::outcome::{Failure, refused};
use super::world::World;
use std::io::Read;

/// The bytes that an argument stands for: `@FILE`, `-` for standard input, or the text itself.
pub(super) fn bytes(world: &mut World, argument: &str) -> Result<Vec<u8>, Failure> {
    if argument == "-" {
        let mut bytes = Vec::new();
        return match world.input.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Failure::Disk(format!("standard input: {error}"))),
        };
    }
    match argument.strip_prefix('@') {
        Some(path) => file(path),
        None => Ok(argument.as_bytes().to_vec()),
    }
}

/// The same as text.
pub(super) fn text(world: &mut World, argument: &str) -> Result<String, Failure> {
    match String::from_utf8(bytes(world, argument)?) {
        Ok(text) => Ok(text),
        Err(_) => refused(format!("{argument:?} is not UTF-8")),
    }
}

/// The bytes that a JSON value of the machine form stands for: `{"$file": PATH}`, `{"$base64": TEXT}`, or a string.
pub(super) fn of_value(value: &Value) -> Result<Vec<u8>, Failure> {
    let one = value.as_object().filter(|members| members.len() == 1);
    match (value, one.and_then(|members| members.iter().next())) {
        (Value::String(text), _) => Ok(text.clone().into_bytes()),
        (_, Some(("$file", Value::String(path)))) => file(path),
        (_, Some(("$base64", Value::String(text)))) => match Base64::from(text.as_str()).to_bytes() {
            Ok(bytes) => Ok(bytes),
            Err(error) => refused(format!("`body`: {error}")),
        },
        _ => refused("`body`: expected a string, {\"$file\": PATH} or {\"$base64\": TEXT}"),
    }
}

/// The same value with the content of files in place of `{"$file": PATH}`, as [`Part`](super::super::multipart::Part)
/// reads it.
pub(super) fn with_files(value: &Value) -> Result<Value, Failure> {
    match value {
        Value::Array(items) => Ok(Value::Array(items.iter().map(with_files).collect::<Result<_, _>>()?)),
        Value::Object(members) => {
            let mut out = Map::new();
            for (name, member) in members.iter() {
                match (name, member) {
                    ("$file", Value::String(path)) => {
                        out.insert("$base64", Value::from(Base64::from_bytes(&file(path)?).as_str()));
                        let name = std::path::Path::new(path).file_name().and_then(|name| name.to_str());
                        if let Some(name) = name.filter(|_| members.get("fileName").is_none()) {
                            out.insert("fileName", Value::from(name));
                        }
                    }
                    _ => drop(out.insert(name, with_files(member)?)),
                }
            }
            Ok(Value::Object(out))
        }
        other => Ok(other.clone()),
    }
}

/// The value of a JSON text.
pub(super) fn json(text: &[u8], what: &str) -> Result<Value, Failure> {
    let value = match json::from_slice(text) {
        Ok(value) => value,
        // The text may be a secret.
        Err(error) => return refused(format!("{what}: {}", error.without_excerpt())),
    };
    match std::str::from_utf8(text).ok().and_then(json::named_twice) {
        Some(path) => refused(format!("{what}: the member {path} is given twice")),
        None => Ok(value),
    }
}

/// The values of a text that is JSON Lines, or a JSON text sequence (RFC 7464, 2.1: each item behind a record separator,
/// which no JSON text has in it).
pub(super) fn items(bytes: &[u8]) -> Result<Value, Failure> {
    let mark = if bytes.contains(&0x1E) { 0x1E } else { b'\n' };
    let texts = bytes.split(|byte| *byte == mark).filter(|text| !text.trim_ascii().is_empty());
    let items = texts.enumerate().map(|(index, text)| json(text, &format!("`body`: item {}", index + 1)));
    items.collect::<Result<_, _>>().map(Value::Array)
}

/// The bytes of a file.
pub(super) fn file(path: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Disk(format!("{path:?}: {error}")))
}

/// Writes a file.
pub(super) fn write(path: &str, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure::Disk(format!("{path:?}: {error}")))
}
