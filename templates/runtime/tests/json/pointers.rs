//! JSON pointers.

use crate::rt::Value;

/// The example of RFC 6901.
const RFC: &str = r##"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"##;

#[test]
fn reading() {
    let value: Value = RFC.parse().unwrap();
    assert_eq!(value.pointer(""), Some(&value));
    for (pointer, expected) in [
        ("/foo", r#"["bar","baz"]"#),
        ("/foo/0", r#""bar""#),
        ("/", "0"),
        ("/a~1b", "1"),
        ("/c%d", "2"),
        ("/e^f", "3"),
        ("/g|h", "4"),
        ("/i\\j", "5"),
        ("/k\"l", "6"),
        ("/ ", "7"),
        ("/m~0n", "8"),
    ] {
        assert_eq!(value.pointer(pointer).map(Value::to_string).as_deref(), Some(expected), "{pointer}");
    }
    for pointer in ["foo", "/foo/2", "/foo/00", "/foo/-", "/foo/+1", "/foo/", "/bar", "/foo/0/x", "/m~n~2", "//"] {
        assert_eq!(value.pointer(pointer), None, "{pointer}");
    }
    let odd: Value = r#"{"~1": 1}"#.parse().unwrap();
    assert_eq!(odd.pointer("/~01").and_then(Value::as_i64), Some(1));
}

#[test]
fn changing() {
    let mut value: Value = r#"{"a": {"b": [1, 2]}}"#.parse().unwrap();
    *value.pointer_mut("/a/b/1").unwrap() = "x".into();
    assert_eq!(value.pointer_mut("/a/c"), None);
    assert_eq!(value.set_pointer("/a/b/0", true), Ok(1.into()));
    assert_eq!(value.set_pointer("/a/b/-", 3), Ok(Value::Null));
    assert_eq!(value.set_pointer("/a/b/3/deep~1er", 4), Ok(Value::Null));
    assert_eq!(value.set_pointer("/a/new/er", Value::Null), Ok(Value::Null));
    assert_eq!(value.to_string(), r#"{"a":{"b":[true,"x",3,{"deep/er":4}],"new":{"er":null}}}"#);
    assert_eq!(value.set_pointer("", 1).unwrap()["a"]["b"][1], "x".into());
    assert_eq!(value, 1.into());
}

#[test]
fn what_cannot_be_set_changes_nothing() {
    let mut value: Value = r#"{"a": "text", "b": [1]}"#.parse().unwrap();
    let before = value.to_string();
    for (pointer, message) in [
        ("/a/b", r#"cannot set "/a/b": it leads through a value without members"#),
        ("/b/0/c", r#"cannot set "/b/0/c": it leads through a value without members"#),
        ("/b/2", r#"cannot set "/b/2": it leads past the end of an array"#),
        ("/b/x", r#"cannot set "/b/x": it leads past the end of an array"#),
        ("b", r#"cannot set "b": it does not start with a slash"#),
    ] {
        assert_eq!(value.set_pointer(pointer, 1).unwrap_err().to_string(), message);
        assert_eq!(value.to_string(), before);
    }
}
