//! Whether two JSON values are the same.

use serde_json::{Number, Value};

/// Where two values differ first, as a JSON Pointer with both; `None` when they are the same. Numbers are compared by
/// what they are worth, objects without regard to order.
pub(super) fn difference(wanted: &Value, found: &Value) -> Option<String> {
    match (wanted, found) {
        (Value::Number(a), Value::Number(b)) if same_number(a, b) => None,
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(at, (a, b))| difference(a, b).map(|text| format!("/{at}{text}")))
        }
        (Value::Object(a), Value::Object(b)) => {
            let missing = a.iter().find_map(|(key, a)| match b.get(key) {
                Some(b) => difference(a, b).map(|text| format!("/{key}{text}")),
                None => Some(format!("/{key}: {} is not there any more", short(a))),
            });
            missing.or_else(|| {
                b.iter().find(|(key, _)| !a.contains_key(*key)).map(|(key, b)| format!("/{key}: {} is new", short(b)))
            })
        }
        (a, b) if a == b => None,
        (a, b) => Some(format!(": {} became {}", short(a), short(b))),
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    a == b || a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| a == b)
}

/// The beginning of a value's text.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 60 { text } else { format!("{}…", text.chars().take(59).collect::<String>()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn differences() {
        assert_eq!(difference(&json!({"a": [1, 2.0], "b": null}), &json!({"b": null, "a": [1.0, 2]})), None);
        assert_eq!(difference(&json!({"a": [1]}), &json!({"a": [2]})).unwrap(), "/a/0: 1 became 2");
        assert_eq!(difference(&json!({"a": 1}), &json!({})).unwrap(), "/a: 1 is not there any more");
        assert_eq!(difference(&json!({}), &json!({"a": 1})).unwrap(), "/a: 1 is new");
        assert_eq!(difference(&json!("1"), &json!(1)).unwrap(), ": \"1\" became 1");
        assert!(difference(&json!([1]), &json!([1, 2])).is_some());
    }
}
