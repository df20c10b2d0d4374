//! Small files that ask for much: deep nesting, products, circles, sharing, long texts.

use std::fmt::Write as _;

use crate::process::{Ended, generate};

/// A description whose models are `schemas`, JSON without the braces; one operation gives `A0`.
pub(crate) fn schemas(schemas: &str) -> String {
    format!(
        r##"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}},
        "paths": {{"/a": {{"get": {{"operationId": "getA", "responses": {{"200": {{"description": "d", "content":
            {{"application/json": {{"schema": {{"$ref": "#/components/schemas/A0"}}}}}}}}}}}},
            "post": {{"operationId": "putA", "requestBody": {{"content":
            {{"application/json": {{"schema": {{"$ref": "#/components/schemas/A0"}}, "example": {{"a": {{"a": []}}}}}}}}}},
            "responses": {{"204": {{"description": "d"}}}}}}}}}},
        "components": {{"schemas": {{{schemas}}}}}}}"##
    )
}

/// `count` schemas `A0`, `A1`, …; each is made of its number and a reference to the next one. The last is a string.
fn chain(count: usize, one: impl Fn(usize, &str) -> String) -> String {
    let mut out = String::new();
    for number in 0..count {
        let next = format!(r##"{{"$ref": "#/components/schemas/A{}"}}"##, number + 1);
        let _ = write!(out, r#""A{number}": {}, "#, one(number, &next));
    }
    let _ = write!(out, r#""A{count}": {{"type": "string"}}"#);
    schemas(&out)
}

#[track_caller]
pub(crate) fn run(text: &str) -> Ended {
    generate(&[("a.json", text.as_bytes())])
}

/// The crate is made, whatever is left out of it.
#[track_caller]
pub(crate) fn made(text: &str) -> String {
    let ended = run(text);
    assert!(ended.success, "{}", ended.told);
    ended.told
}

#[test]
fn schemas_inside_each_other() {
    for (open, close) in [
        (r#"{"type": "object", "properties": {"p": "#, "}}"),
        (r#"{"type": "array", "items": "#, "}"),
        (r#"{"type": "object", "additionalProperties": "#, "}"),
        (r#"{"type": "object", "patternProperties": {"^a": "#, "}}"),
        (r#"{"type": "array", "prefixItems": ["#, "]}"),
        (r#"{"allOf": ["#, "]}"),
        (r#"{"allOf": [{"properties": {"a": {}}}, "#, "]}"),
        (r#"{"oneOf": [{"type": "string"}, "#, "]}"),
        (r#"{"anyOf": [{"type": "integer"}, "#, "]}"),
        (r#"{"not": "#, "}"),
        (r#"{"$defs": {"a": "#, "}}"),
        (r#"{"if": {}, "then": "#, "}"),
    ] {
        // The whole may be 200 deep.
        let deep = 85;
        made(&schemas(&format!(r#""A0": {}{{"type": "string"}}{}"#, open.repeat(deep), close.repeat(deep))));
        let told = run(&schemas(&format!(r#""A0": {}{{}}{}"#, open.repeat(50_000), close.repeat(50_000)))).told;
        assert!(told.contains("OA0005"), "{told}");
    }
}

#[test]
fn schemas_one_after_the_other() {
    made(&chain(300, |_, next| format!(r#"{{"type": "object", "required": ["a"], "properties": {{"a": {next}}}}}"#)));
    made(&chain(300, |_, next| format!(r#"{{"type": "array", "items": {next}}}"#)));
    made(&chain(300, |_, next| next.to_owned()));
    made(&chain(300, |number, next| format!(r#"{{"allOf": [{next}, {{"properties": {{"p{number}": {{}}}}}}]}}"#)));
    made(&chain(300, |_, next| format!(r#"{{"oneOf": [{next}, {{"type": "integer"}}]}}"#)));
    made(&chain(300, |_, next| format!(r#"{{"anyOf": [{next}, {{"type": "null"}}]}}"#)));
}

#[test]
fn products() {
    let twice = |word: &'static str| move |_: usize, next: &str| format!(r#"{{"{word}": [{next}, {next}]}}"#);
    for word in ["allOf", "oneOf", "anyOf"] {
        made(&chain(60, twice(word)));
    }
    let many = |word: &'static str| {
        move |number: usize, next: &str| {
            let own: String = (0..30).map(|part| format!(r#"{{"type": "object", "required": ["a{number}x{part}"], "properties": {{"a{number}x{part}": {next}}}}}, "#)).collect();
            format!(r#"{{"{word}": [{own}{next}]}}"#)
        }
    };
    for word in ["allOf", "oneOf", "anyOf"] {
        made(&chain(30, many(word)));
    }
    // Ten members of the next kind, eight levels of them, and an example for each.
    made(&chain(30, |_, next| {
        let members: String = (0..10).map(|part| format!(r#""a{part}": {next}, "#)).collect();
        format!(r#"{{"type": "object", "required": ["a0", "a1", "a2", "a3"], "properties": {{{members}"a": {next}}}}}"#)
    }));
    // `allOf` of choices: 20 × 20 × 20 × … forms.
    let choice = |part: usize| {
        let forms: Vec<String> =
            (0..20).map(|form| format!(r#"{{"properties": {{"p{part}f{form}": {{"type": "string"}}}}}}"#)).collect();
        format!(r#"{{"oneOf": [{}]}}"#, forms.join(", "))
    };
    let choices: Vec<String> = (0..20).map(choice).collect();
    made(&schemas(&format!(r#""A0": {{"allOf": [{}]}}"#, choices.join(", "))));
}

#[test]
fn many_heirs_of_much() {
    let members: Vec<String> = (0..300).map(|number| format!(r#""m{number}": {{"type": "string"}}"#)).collect();
    let heirs: String = (0..300)
        .map(|number| format!(r##", "H{number}": {{"allOf": [{{"$ref": "#/components/schemas/A0"}}]}}, "I{number}": {{"allOf": [{{"$ref": "#/components/schemas/A0"}}, {{"properties": {{"own": {{}}}}}}]}}"##))
        .collect();
    let base = format!(r#""A0": {{"type": "object", "properties": {{{}}}}}"#, members.join(", "));
    let told = made(&schemas(&format!("{base}{heirs}")));
    assert!(told.contains("OA0005"), "{told}");
    // Each form has all members.
    let variants: Vec<String> = (0..300)
        .map(|number| format!(r#"{{"type": "object", "required": ["v{number}"], "properties": {{"v{number}": {{"type": "string"}}}}}}"#))
        .collect();
    let told = made(&schemas(&format!(
        r#""A0": {{"type": "object", "properties": {{{}}}, "oneOf": [{}]}}"#,
        members.join(", "),
        variants.join(", ")
    )));
    assert!(told.contains("OA0005"), "{told}");
}

#[test]
fn circles_of_schemas() {
    let own = r##"{"$ref": "#/components/schemas/A0"}"##;
    let other = r##"{"$ref": "#/components/schemas/A1"}"##;
    for there in [own, other] {
        for schema in [
            there.to_owned(),
            format!(r#"{{"allOf": [{there}]}}"#),
            format!(r#"{{"allOf": [{there}, {there}, {{"properties": {{"a": {there}}}}}]}}"#),
            format!(r#"{{"oneOf": [{there}]}}"#),
            format!(r#"{{"oneOf": [{there}, {there}, {{"type": "null"}}]}}"#),
            format!(r#"{{"anyOf": [{there}, {{"type": "string"}}]}}"#),
            format!(r#"{{"type": "array", "items": {there}}}"#),
            format!(r#"{{"type": "object", "additionalProperties": {there}}}"#),
            format!(r#"{{"type": "object", "required": ["a"], "properties": {{"a": {there}}}}}"#),
            format!(r#"{{"not": {there}}}"#),
            format!(r#"{{"if": {there}, "then": {there}, "else": {there}}}"#),
            format!(r#"{{"properties": {{"a": {there}}}, "oneOf": [{there}, {{"required": ["a"]}}]}}"#),
            format!(
                r#"{{"discriminator": {{"propertyName": "k", "mapping": {{"x": "A0", "y": "A1"}}}}, "oneOf": [{there}], "properties": {{"k": {there}}}}}"#
            ),
            r##"{"$ref": "#/components/schemas/A0/properties/a/properties/a"}"##.to_owned(),
            r##"{"properties": {"a": {"$ref": "#/components/schemas/A0/properties/a"}}}"##.to_owned(),
            r##"{"properties": {"a": {"$ref": "#/components/schemas/A1/properties/a/items"}}}"##.to_owned(),
            r##"{"$id": "x", "$dynamicAnchor": "n", "properties": {"a": {"$dynamicRef": "#n"}, "b": {"$ref": "x"}}}"##
                .to_owned(),
        ] {
            let back = schema.replace("schemas/A1", "schemas/A0");
            made(&schemas(&format!(r#""A0": {schema}, "A1": {back}"#)));
        }
    }
}

#[test]
fn circles_of_everything_else() {
    for (section, place) in [
        ("pathItems", r##""/b": {"$ref": "#/components/pathItems/x"}"##),
        (
            "parameters",
            r##""/b": {"parameters": [{"$ref": "#/components/parameters/x"}], "get": {"parameters": [{"$ref": "#/components/parameters/x"}], "responses": {}}}"##,
        ),
        (
            "responses",
            r##""/b": {"get": {"responses": {"200": {"$ref": "#/components/responses/x"}, "default": {"$ref": "#/components/responses/y"}}}}"##,
        ),
        (
            "requestBodies",
            r##""/b": {"post": {"requestBody": {"$ref": "#/components/requestBodies/x"}, "responses": {}}}"##,
        ),
        (
            "headers",
            r##""/b": {"get": {"responses": {"200": {"description": "d", "headers": {"h": {"$ref": "#/components/headers/x"}}}}}}"##,
        ),
        (
            "examples",
            r##""/b": {"get": {"parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}, "examples": {"e": {"$ref": "#/components/examples/x"}}}], "responses": {}}}"##,
        ),
        (
            "links",
            r##""/b": {"get": {"responses": {"200": {"description": "d", "links": {"l": {"$ref": "#/components/links/x"}}}}}}"##,
        ),
        (
            "callbacks",
            r##""/b": {"get": {"callbacks": {"c": {"$ref": "#/components/callbacks/x"}}, "responses": {}}}"##,
        ),
        ("securitySchemes", r##""/b": {"get": {"security": [{"x": []}], "responses": {}}}"##),
        (
            "mediaTypes",
            r##""/b": {"post": {"requestBody": {"content": {"application/json": {"$ref": "#/components/mediaTypes/x"}}}, "responses": {}}}"##,
        ),
    ] {
        for (x, y) in [("x", "x"), ("y", "x")] {
            made(&format!(
                r##"{{"openapi": "3.2.0", "info": {{"title": "T", "version": "1"}}, "paths": {{{place}, "/c": {{"$ref": "#/paths/~1c"}}, "/d": {{"$ref": "#/paths/~1e"}}, "/e": {{"$ref": "#/paths/~1d"}}}},
                "components": {{"{section}": {{"x": {{"$ref": "#/components/{section}/{x}"}}, "y": {{"$ref": "#/components/{section}/{y}"}}}}}}}}"##
            ));
        }
    }
    let a = r##"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/b": {"$ref": "b.json#/paths/~1b"}, "/c": {"get": {"parameters": [{"$ref": "b.json#/p"}], "responses": {"200": {"$ref": "b.json#/r"}}}}}, "components": {"schemas": {"A": {"$ref": "b.json#/A"}, "B": {"allOf": [{"$ref": "b.json#/B"}]}}}}"##;
    let b = r##"{"paths": {"/b": {"$ref": "a.json#/paths/~1b"}}, "p": {"$ref": "b.json#/p"}, "r": {"$ref": "./b.json#/r"}, "A": {"$ref": "a.json#/components/schemas/A"}, "B": {"allOf": [{"$ref": "a.json#/components/schemas/B"}, {"$ref": "b.json"}]}}"##;
    let ended = generate(&[("a.json", a.as_bytes()), ("b.json", b.as_bytes())]);
    assert!(ended.success, "{}", ended.told);
}

/// What many operations share is not copied for each without end.
#[test]
fn much_that_is_shared() {
    let long = "word ".repeat(2000);
    let members: String =
        (0..200).map(|number| format!(r#""m{number}": {{"type": "string", "description": "d"}}, "#)).collect();
    let inline = format!(
        r#"{{"type": "object", "properties": {{{members}"z": {{"type": "object", "properties": {{{members}"z": {{}}}}}}}}}}"#
    );
    let params: Vec<String> = (0..300)
        .map(|number| format!(r#"{{"name": "p{number}", "in": "query", "schema": {{"type": "string"}}}}"#))
        .collect();
    let parts = [
        (
            "responses",
            format!(r#"{{"description": "{long}", "content": {{"application/json": {{"schema": {inline}}}}}}}"#),
        ),
        (
            "requestBodies",
            format!(r#"{{"description": "{long}", "content": {{"application/json": {{"schema": {inline}}}}}}}"#),
        ),
        ("parameters", format!(r#"{{"name": "q", "in": "query", "description": "{long}", "schema": {inline}}}"#)),
        (
            "pathItems",
            format!(
                r#"{{"parameters": [{}], "get": {{"description": "{long}", "responses": {{}}}}}}"#,
                params.join(", ")
            ),
        ),
        ("examples", format!(r#"{{"value": "{long}"}}"#)),
    ];
    for (section, part) in parts {
        let uses: Vec<String> = (0..300)
            .map(|number| {
                let here = format!(r##"{{"$ref": "#/components/{section}/x"}}"##);
                let inside = match section {
                    "responses" => format!(r#"{{"get": {{"responses": {{"200": {here}}}}}}}"#),
                    "requestBodies" => format!(r#"{{"post": {{"requestBody": {here}, "responses": {{}}}}}}"#),
                    "parameters" => format!(r#"{{"get": {{"parameters": [{here}], "responses": {{}}}}}}"#),
                    "examples" => format!(r#"{{"get": {{"parameters": [{{"name": "q", "in": "query", "schema": {{"type": "string"}}, "examples": {{"e": {here}}}}}], "responses": {{}}}}}}"#),
                    _ => here,
                };
                format!(r#""/p{number}": {inside}"#)
            })
            .collect();
        let text = format!(
            r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{{}}}, "components": {{"{section}": {{"x": {part}}}}}}}"#,
            uses.join(", ")
        );
        run(&text);
    }
}

#[test]
fn long_texts() {
    let long = "n".repeat(1 << 18);
    let uses: Vec<String> =
        (0..50).map(|number| format!(r##""u{number}": {{"$ref": "#/components/schemas/{long}"}}"##)).collect();
    made(&schemas(&format!(
        r#""{long}": {{"type": "object", "properties": {{"{long}": {{"enum": ["{long}"]}}}}}}, "A0": {{"type": "object", "properties": {{{}}}}}"#,
        uses.join(", ")
    )));
    made(&format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "{long}", "version": "{long}", "description": "{long}"}}, "servers": [{{"url": "https://a.b/{{{long}}}", "variables": {{"{long}": {{"default": "{long}", "enum": ["{long}"]}}}}}}],
        "tags": [{{"name": "{long}"}}], "security": [{{"{long}": []}}],
        "paths": {{"/{long}/{{{long}}}": {{"get": {{"operationId": "{long}", "tags": ["{long}"], "summary": "{long}", "parameters": [{{"name": "{long}", "in": "path", "required": true, "schema": {{"type": "string"}}}}], "responses": {{"200": {{"description": "{long}"}}}}}}}}}},
        "components": {{"securitySchemes": {{"{long}": {{"type": "http", "scheme": "basic"}}}}}}}}"#
    ));
    // Thousands of findings below one long key.
    let broken: Vec<String> =
        (0..8000).map(|number| format!(r##""m{number}": {{"$ref": "#/no/{number}"}}"##)).collect();
    made(&schemas(&format!(r#""A0": {{}}, "{long}": {{"type": "object", "properties": {{{}}}}}"#, broken.join(", "))));
}

#[test]
fn many_of_each() {
    let list = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(", ");
    made(&schemas(&format!(r#""A0": {{"type": "string", "enum": [{}]}}"#, list(3000, &|n| format!(r#""v{n}""#)))));
    made(&schemas(&format!(
        r#""A0": {{"type": "string", "enum": [{}]}}"#,
        list(500, &|n| format!(r#""{}""#, " ".repeat(n)))
    )));
    made(&schemas(&format!(
        r#""A0": {{"type": "object", "properties": {{{}}}}}"#,
        list(2000, &|n| format!(r#""v{n}": {{}}"#))
    )));
    made(&schemas(&format!(
        r#""A0": {{"oneOf": [{}]}}"#,
        list(300, &|n| format!(r#"{{"required": ["v{n}"], "properties": {{"v{n}": {{}}}}}}"#))
    )));
    made(&schemas(&format!(
        r#""A0": {{}}, {}"#,
        list(500, &|n| format!(r#""{}": {{"type": "string"}}"#, "-".repeat(n + 1)))
    )));
    // Identifiers, and references that find none.
    made(&schemas(&format!(
        r##""A0": {{}}, {}"##,
        list(2000, &|n| format!(
            r##""I{n}": {{"$id": "i{n}", "properties": {{"a": {{"$ref": "#no{n}"}}, "b": {{"$ref": "i{n}"}}}}}}"##
        ))
    )));
    let paths = list(600, &|n| {
        format!(r#""/p{n}": {{"get": {{"tags": ["t{n}"], "responses": {{"204": {{"description": "d"}}}}}}}}"#)
    });
    made(&format!(r#"{{"openapi": "3.0.3", "info": {{"title": "T", "version": "1"}}, "paths": {{{paths}}}}}"#));
}

#[test]
fn numbers_without_measure() {
    let digits = "9".repeat(5000);
    for number in [
        digits.as_str(),
        "1e999999999",
        "-1e400",
        "1e-999999999",
        "0.1e+400",
        "18446744073709551616",
        "-9223372036854775809",
    ] {
        made(&schemas(&format!(
            r#""A0": {{"type": "object", "properties": {{"i": {{"type": "integer", "minimum": {number}, "maximum": {number}, "default": {number}, "example": {number}, "enum": [{number}, 1]}},
                "n": {{"type": "number", "multipleOf": {number}, "exclusiveMinimum": {number}, "const": {number}}},
                "s": {{"type": "string", "minLength": {number}, "maxLength": {number}}},
                "a": {{"type": "array", "minItems": {number}, "maxItems": {number}, "items": {{"enum": [{number}]}}}}}}}}"#
        )));
        run(&format!(
            r#"{{"openapi": "3.0.3", "info": {{"title": "T", "version": {number}}}, "paths": {{"/a": {{"get": {{"operationId": {number}, "tags": [{number}], "deprecated": {number}, "parameters": [{{"name": "q", "in": "query", "example": {number}, "schema": {{"type": "integer"}}}}], "responses": {{"{number}": {{"description": "d"}}, "200": {{"description": {number}, "content": {{"application/json": {{"example": {number}, "schema": {number}}}}}}}}}}}}}}}}}"#
        ));
        run(&format!(r#"{{"openapi": {number}}}"#));
        run(&format!(r#"{{"openapi": "3.{number}.0"}}"#));
    }
}

#[test]
fn everything_twice() {
    let text = schemas(
        r#""A0": {"type": "object", "type": "string", "properties": {"a": {}, "a": {"type": "string"}}, "properties": {"a": {}}}, "A0": {"type": "integer"}"#,
    );
    let text = text.replacen(r#""paths":"#, r#""paths": {}, "openapi": "3.0.3", "paths":"#, 1);
    assert!(made(&text).contains("OA0006"));
}

#[test]
fn tags_inside_each_other() {
    let tags = |parent: &dyn Fn(usize) -> usize| {
        let one = |number: usize| format!(r#"{{"name": "t{number}", "parent": "t{}"}}"#, parent(number));
        let tags = (0..20_000).map(one).collect::<Vec<_>>().join(", ");
        let text = schemas(r#""A0": {"type": "string"}"#).replacen(
            r#""paths":"#,
            &format!(r#""tags": [{tags}], "paths":"#),
            1,
        );
        text.replacen(r#""operationId": "getA","#, r#""operationId": "getA", "tags": ["t19999"],"#, 1)
    };
    // A chain, a chain the other way round, one circle of all, and many circles of two.
    assert!(made(&tags(&|number| number.saturating_sub(1))).contains("tags stand more than 8 deep"));
    assert!(made(&tags(&|number| number + 1)).contains("tags stand more than 8 deep"));
    assert!(made(&tags(&|number| (number + 1) % 20_000)).contains("stands inside of itself"));
    assert!(made(&tags(&|number| number ^ 1)).contains("stands inside of itself"));
}
