//! Free values.

use crate::rt::{self, Kind, Map, Number, Value};

#[test]
fn access() {
    let mut value: Value = r#"{"a": [true, 1.5, "x", null], "b": {"c": -3}}"#.parse().unwrap();
    assert_eq!(value["a"][0].as_bool(), Some(true));
    assert_eq!(value["a"][1].as_f64(), Some(1.5));
    assert_eq!(value["a"][2].as_str(), Some("x"));
    assert!(value["a"][3].is_null() && value["a"][9].is_null() && value["x"]["y"].is_null());
    assert_eq!((value["b"]["c"].as_i64(), value["b"]["c"].as_u64()), (Some(-3), None));
    assert_eq!(value["b"]["c"].as_number(), Some(&Number::from(-3)));
    assert_eq!(value.get("b").and_then(Value::as_object).map(Map::len), Some(1));
    assert_eq!(value["a"].as_array().map(Vec::len), Some(4));
    assert_eq!((value.as_str(), value["a"].as_object(), value["a"].get("x")), (None, None, None));
    value.as_object_mut().unwrap().remove("b");
    value["a"].clone().as_array_mut().unwrap().clear();
    assert_eq!(value.take().as_object().map(Map::len), Some(1));
    assert!(value.is_null());
}

#[test]
fn building() {
    let value = Value::object([
        ("text", "x".into()),
        ("owned", String::from("y").into()),
        ("int", 1_i64.into()),
        ("big", u64::MAX.into()),
        ("float", 0.0.into()),
        ("single", 0.1_f32.into()),
        ("bool", true.into()),
        ("null", ().into()),
        ("none", None::<i32>.into()),
        ("some", Some("z").into()),
        ("list", vec![1, 2].into()),
        ("map", Map::<Value>::new().into()),
        ("number", Number::from(7).into()),
        ("array", Value::array(["a"])),
    ]);
    assert_eq!(
        value.to_string(),
        r#"{"text":"x","owned":"y","int":1,"big":18446744073709551615,"float":0.0,"single":0.1,"bool":true,"null":null,"none":null,"some":"z","list":[1,2],"map":{},"number":7,"array":["a"]}"#
    );
}

#[test]
fn equality_is_that_of_json() {
    for (left, right) in [(r#"{"a":1,"b":[1.0]}"#, r#"{"b":[1],"a":1e0}"#), (r#""\u0061""#, r#""a""#), ("0", "-0.0")] {
        assert_eq!(left.parse::<Value>().unwrap(), right.parse().unwrap());
    }
    for (left, right) in
        [("[1,2]", "[2,1]"), ("1", r#""1""#), ("null", "false"), ("9007199254740993", "9007199254740992"), ("{}", "[]")]
    {
        assert_ne!(left.parse::<Value>().unwrap(), right.parse().unwrap());
    }
}

#[test]
fn kinds() {
    for (text, kind, name) in [
        ("null", Kind::Null, "null"),
        ("true", Kind::Bool, "boolean"),
        ("1", Kind::Number, "number"),
        ("\"\"", Kind::String, "string"),
        ("[]", Kind::Array, "array"),
        ("{}", Kind::Object, "object"),
    ] {
        let value: Value = text.parse().unwrap();
        assert_eq!((value.kind(), value.kind().name()), (kind, name));
        assert_eq!(rt::Reader::new(text).peek(), Ok(kind));
    }
}

#[test]
fn pretty() {
    let value: Value = r#"{"a":[1,{"b":null}],"c":[],"d":{}}"#.parse().unwrap();
    let expected = "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": [],\n  \"d\": {}\n}";
    assert_eq!(format!("{value:#}"), expected);
}

#[test]
fn encodes_by_reference() {
    let texts = ["a", "b"];
    assert_eq!(rt::to_string(&texts).unwrap(), r#"["a","b"]"#);
    assert_eq!(rt::to_string(&&texts[..]).unwrap(), r#"["a","b"]"#);
    assert_eq!(rt::to_string(&Some(&Box::new(1))).unwrap(), "1");
    assert_eq!(rt::to_string(&()).unwrap(), "null");
    rt::from_str::<()>(r#"{"any": ["thing"]}"#).unwrap();
    rt::from_str::<()>(r#"{"any": ["thing"}"#).unwrap_err();
    assert_eq!(rt::Encode::to_value(&vec![Some(1), None]), Value::array([Value::from(1), Value::Null]));
    assert_eq!(rt::Encode::to_value(&Map::from_iter([("a", true)])), Value::object([("a", true)]));
}
