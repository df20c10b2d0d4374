//! What the Overlay Specification says, sentence by sentence: a document, actions, and what comes out.

use super::*;

/// Applies actions, as JSON, to a document, as JSON.
fn applied(version: &str, document: &str, actions: &str) -> Result<String, String> {
    let head = format!(r#"{{"overlay": "{version}", "info": {{"title": "t", "version": "1"}}, "actions": {actions}}}"#);
    let source = Source::new("specs/a.json", document).with_overlay("specs/b.json", head);
    let (document, told) = load_source(&source);
    // A document that is none is told apart from overlays.
    let told: Vec<String> = told.into_iter().filter(|line| line.contains("b.json")).collect();
    match told.first() {
        None => Ok(document.root().unwrap().node.to_json()),
        Some(first) => Err(first.split(' ').nth(1).unwrap_or_default().to_owned()),
    }
}

#[track_caller]
fn table(version: &str, rows: &[(&str, &str, &str, Result<&str, &str>)]) {
    for (rule, document, actions, expected) in rows {
        let got = applied(version, document, actions);
        assert_eq!(got.as_deref().map_err(String::as_str), *expected, "{version}: {rule}");
    }
}

/// The rules that both versions share.
const SHARED: &[(&str, &str, &str, Result<&str, &str>)] = &[
    (
        "actions are applied in order, each to what the one before left",
        r#"{"a": {"b": 1}}"#,
        r#"[{"target": "$.a", "update": {"c": {}}}, {"target": "$.a.c", "update": {"d": 2}}, {"target": "$.a.b", "remove": true}]"#,
        Ok(r#"{"a":{"c":{"d":2}}}"#),
    ),
    (
        "an update of objects keeps what it does not name, replaces what both have, and adds the rest",
        r#"{"a": {"kept": 1, "both": "old", "deep": {"x": 1, "y": 2}}}"#,
        r#"[{"target": "$.a", "update": {"both": "new", "deep": {"y": 3, "z": 4}, "added": [5]}}]"#,
        Ok(r#"{"a":{"kept":1,"both":"new","deep":{"x":1,"y":3,"z":4},"added":[5]}}"#),
    ),
    (
        "all selected nodes are changed",
        r#"{"paths": {"/a": {"get": {}}, "/b": {"get": {}, "put": {}}}}"#,
        r#"[{"target": "$.paths.*.get", "update": {"x-safe": true}}]"#,
        Ok(r#"{"paths":{"/a":{"get":{"x-safe":true}},"/b":{"get":{"x-safe":true},"put":{}}}}"#),
    ),
    (
        "an array is appended to",
        r#"{"tags": [{"name": "a"}]}"#,
        r#"[{"target": "$.tags", "update": {"name": "b"}}]"#,
        Ok(r#"{"tags":[{"name":"a"},{"name":"b"}]}"#),
    ),
    (
        "arrays inside of an update are appended, equal items too",
        r#"{"get": {"tags": ["a"]}}"#,
        r#"[{"target": "$.get", "update": {"tags": ["a", "b"]}}]"#,
        Ok(r#"{"get":{"tags":["a","a","b"]}}"#),
    ),
    (
        "a primitive inside of an update is replaced by one of another type, null too",
        r#"{"a": {"b": 1, "c": "x"}}"#,
        r#"[{"target": "$.a", "update": {"b": "one", "c": null}}]"#,
        Ok(r#"{"a":{"b":"one","c":null}}"#),
    ),
    (
        "remove takes out of maps and of arrays, and `update` beside it has no effect",
        r#"{"list": [{"k": 1}, {"k": 2}, {"k": 3}], "map": {"a": {}, "b": {}}}"#,
        r#"[{"target": "$.list[?@.k > 1]", "remove": true, "update": {"x": 1}}, {"target": "$.map.a", "remove": true}]"#,
        Ok(r#"{"list":[{"k":1}],"map":{"b":{}}}"#),
    ),
    (
        "`remove: false` is as if it was not there",
        r#"{"a": {}}"#,
        r#"[{"target": "$.a", "remove": false, "update": {"b": 1}}]"#,
        Ok(r#"{"a":{"b":1}}"#),
    ),
    (
        "a reference is a value as any other: it is changed itself, and not what it refers to",
        r##"{"a": {"$ref": "#/b"}, "b": {"c": 1}}"##,
        r#"[{"target": "$.a", "update": {"d": 2}}]"#,
        Ok(r##"{"a":{"$ref":"#/b","d":2},"b":{"c":1}}"##),
    ),
    (
        "`description` and extensions change nothing",
        r#"{"a": {}}"#,
        r#"[{"target": "$.a", "description": "why", "x-by": "me", "update": {"b": 1}}]"#,
        Ok(r#"{"a":{"b":1}}"#),
    ),
    ("an action needs a target", r#"{"a": {}}"#, r#"[{"update": {}}]"#, Err("OA0072")),
    ("a target is a JSONPath", r#"{"a": {}}"#, r#"[{"target": "/a", "update": {}}]"#, Err("OA0072")),
    ("there is at least one action", r#"{"a": {}}"#, "[]", Err("OA0072")),
    // Stricter than the specification, on purpose.
    ("a target that selects nothing", r#"{"a": {}}"#, r#"[{"target": "$.b", "update": {}}]"#, Err("OA0071")),
    (
        "an object and an array cannot become one",
        r#"{"a": {"b": []}}"#,
        r#"[{"target": "$.a", "update": {"b": {}}}]"#,
        Err("OA0072"),
    ),
];

#[test]
fn what_both_versions_say() {
    for version in ["1.0.0", "1.1.0", "1.1.7"] {
        table(version, SHARED);
    }
}

#[test]
fn what_1_1_adds() {
    table(
        "1.1.0",
        &[
            (
                "a selected primitive is replaced",
                r#"{"info": {"title": "old"}, "n": [1, 2]}"#,
                r#"[{"target": "$.info.title", "update": "new"}, {"target": "$.n[*]", "update": null}]"#,
                Ok(r#"{"info":{"title":"new"},"n":[null,null]}"#),
            ),
            (
                "an array is concatenated with an array",
                r#"{"a": [1]}"#,
                r#"[{"target": "$.a", "update": [2, [3]]}]"#,
                Ok(r#"{"a":[1,2,[3]]}"#),
            ),
            (
                "a copy is merged as an update is",
                r#"{"from": {"x": 1, "y": [1]}, "to": {"y": [0], "z": 2}}"#,
                r#"[{"target": "$.to", "copy": "$.from"}]"#,
                Ok(r#"{"from":{"x":1,"y":[1]},"to":{"y":[0,1],"z":2,"x":1}}"#),
            ),
            (
                "a copy is of what is there when the action begins",
                r#"{"a": {"b": {}}}"#,
                r#"[{"target": "$..b", "copy": "$.a"}]"#,
                Ok(r#"{"a":{"b":{"b":{}}}}"#),
            ),
            (
                "a move is a copy and a removal",
                r#"{"paths": {"/old": {"get": {}}, "/new": {}}}"#,
                r#"[{"target": "$.paths['/new']", "copy": "$.paths['/old']"}, {"target": "$.paths['/old']", "remove": true}]"#,
                Ok(r#"{"paths":{"/new":{"get":{}}}}"#),
            ),
            (
                "`copy` has no effect beside `remove`",
                r#"{"a": {}, "b": {}}"#,
                r#"[{"target": "$.a", "remove": true, "copy": "$.b"}]"#,
                Ok(r#"{"b":{}}"#),
            ),
            (
                "`copy` selects a single node",
                r#"{"a": {}, "b": {"c": {}, "d": {}}}"#,
                r#"[{"target": "$.a", "copy": "$.b.*"}]"#,
                Err("OA0072"),
            ),
            ("`copy` selects a node at all", r#"{"a": {}}"#, r#"[{"target": "$.a", "copy": "$.b"}]"#, Err("OA0071")),
            (
                "a primitive cannot be merged into an object",
                r#"{"a": {}}"#,
                r#"[{"target": "$.a", "update": 1}]"#,
                Err("OA0072"),
            ),
            (
                "an object cannot replace a primitive",
                r#"{"a": 1}"#,
                r#"[{"target": "$.a", "update": {}}]"#,
                Err("OA0072"),
            ),
        ],
    );
    table(
        "1.0.0",
        &[
            ("1.0 selects objects and arrays", r#"{"a": 1}"#, r#"[{"target": "$.a", "update": 2}]"#, Err("OA0072")),
            ("1.0 has no copy", r#"{"a": {}, "b": {}}"#, r#"[{"target": "$.a", "copy": "$.b"}]"#, Err("OA0072")),
        ],
    );
}

/// RFC 9535: what a target can say.
#[test]
fn queries() {
    let document =
        r#"{"l": [{"n": "a", "k": 1}, {"n": "b", "k": 2, "f": true}, {"n": "c"}], "o": {"n": "d", "x y": {"n": "e"}}}"#;
    for (query, left) in [
        ("$.l[0]", "b c d e"),
        ("$.l[-1]", "a b d e"),
        ("$.l[0:2]", "c d e"),
        ("$.l[::2]", "b d e"),
        ("$.l[0, 2]", "b d e"),
        ("$.l[*]", "d e"),
        ("$.o['x y']", "a b c d"),
        ("$.o.*", "a b c"),
        ("$..['x y']", "a b c d"),
        ("$.l[?@.f]", "a c d e"),
        ("$.l[?!@.k]", "a b d e"),
        ("$.l[?@.k >= 2]", "a c d e"),
        ("$.l[?@.k == 1 || @.n == 'c']", "b d e"),
        ("$.l[?@.k && @.n != 'a']", "a c d e"),
        ("$.l[?@.n == $.o.n]", "a b c d e"),
        ("$..[?length(@.n) == 1 && @.f == true]", "a c d e"),
        ("$.l[?count(@.*) == 1]", "a b d e"),
        ("$.l[?match(@.n, '[ab]')]", "c d e"),
        ("$.l[?search(@.n, 'c')]", "a b d e"),
        ("$.l[?value(@..k) == 2]", "a c d e"),
    ] {
        let action = serde_json::json!([{"target": query, "remove": true}]).to_string();
        let told = applied("1.0.0", document, &action);
        if query == "$.l[?@.n == $.o.n]" {
            assert_eq!(told, Err("OA0071".to_owned()), "{query}");
            continue;
        }
        let told = told.unwrap_or_else(|code| panic!("{query}: {code}"));
        let names: Vec<&str> =
            ["a", "b", "c", "d", "e"].into_iter().filter(|name| told.contains(&format!(r#""n":"{name}""#))).collect();
        assert_eq!(names.join(" "), left, "{query}");
    }
}

#[test]
fn the_description_that_an_overlay_is_for() {
    let told = |extends: &str| {
        let overlay = format!(
            r#"{{"overlay": "1.1.0", "info": {{"title": "t", "version": "1"}}, "extends": {extends}, "actions": [{{"target": "$.info", "update": {{"x-a": 1}}}}]}}"#
        );
        let spec = r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}"#;
        load_source(&Source::new("specs/a.json", spec).with_overlay("specs/fix/b.json", overlay)).1
    };
    for right in [r#""../a.json""#, r#""./../a.json#/info""#, r#""https://pets.example/b.yaml""#] {
        assert_eq!(told(right), [""; 0], "{right}");
    }
    assert_eq!(
        told(r#""../c.json""#),
        ["Warning OA0072 specs/fix/b.json:1:73 the overlay says that it is for `../c.json`, and this is specs/a.json"]
    );
    assert_eq!(
        told("7"),
        ["Error OA0072 specs/fix/b.json:1:73 `extends` is a number, not the address of a description"]
    );
}
