//! Examples that are written as text.
//!
//! OpenAPI 3.0 (Media Type Object and Schema Object, `example`; Example Object, `value`) lets an author put an example
//! into a string, with what has to be escaped in it. Where the schema describes the members of an object, a text that is
//! itself JSON is such an example: what it holds is judged, not the text around it.

use serde_json::Value;

use super::super::count::resolve;
use super::super::raw::Files;
use super::Place;

/// What a text holds that is an example of a schema with members and without a `type` that texts may have.
pub(super) fn held(files: &mut Files, schema: &Place, value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim_start();
    if !text.starts_with('{') || !describes_members(files, schema) {
        return None;
    }
    serde_json::from_str(text).ok()
}

fn describes_members(files: &mut Files, (file, pointer): &Place) -> bool {
    let Some(root) = files.get(file) else { return false };
    let Some(schema) = root.pointer(pointer) else { return false };
    let members = |schema: &Value| schema.get("type").is_none() && schema.get("properties").is_some();
    match resolve(files, file, schema) {
        Some(((_, pointer), root)) => root.pointer(&pointer).is_some_and(members),
        None => members(schema),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_objects_without_type() {
        let text =
            r##"{"a": {"properties": {}}, "b": {"$ref": "#/a"}, "c": {"type": "string", "properties": {}}, "d": {}}"##;
        let mut files = Files::of(&[("a.json", text)]);
        let mut held = |at: &str, value: Value| held(&mut files, &("a.json".to_owned(), at.to_owned()), &value);
        assert_eq!(held("/a", json!(" {\"x\": 1}")), Some(json!({"x": 1})));
        assert_eq!(held("/b", json!("{\"x\": 1}\n")), Some(json!({"x": 1})));
        assert_eq!(held("/a", json!("{not JSON}")), None);
        assert_eq!(held("/a", json!("1")), None, "no object");
        assert_eq!(held("/a", json!({"x": 1})), None, "no text");
        assert_eq!(held("/c", json!("{}")), None, "a text may be meant");
        assert_eq!(held("/d", json!("{}")), None, "a text may be meant");
    }
}
