//! What multiplies: each part of a small description is met by each of another, and what that makes has a bound.

use crate::bounds::{made, run, schemas};

/// `count` things, separated by commas.
fn list(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(", ")
}

/// `count` operations, each with `inside` as its members, and `components` beside them.
fn operations(count: usize, inside: &str, beside: &str) -> String {
    let paths = list(count, |n| {
        format!(
            r#""/p{n}": {{"post": {{"operationId": "o{n}", {inside}, "responses": {{"204": {{"description": "d"}}}}}}}}"#
        )
    });
    format!(r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{{paths}}}, {beside}}}"#)
}

#[track_caller]
fn cut(text: &str) {
    let told = made(text);
    assert!(told.contains("OA0005"), "{told}");
}

#[test]
fn conditions_that_lead_back() {
    let branches = list(200, |n| {
        let members =
            list(40, |m| format!(r#""m{m}": {{"type": "{}"}}"#, if (n + m) % 2 == 0 { "string" } else { "integer" }));
        format!(
            r##"{{"if": {{"properties": {{"t": {{"const": {n}}}}}}}, "then": {{"properties": {{{members}}}}}, "else": {{"$ref": "#/components/schemas/A0"}}}}"##
        )
    });
    made(&schemas(&format!(r#""A0": {{"allOf": [{branches}]}}"#)));
}

#[test]
fn unions_of_all_others() {
    let all = list(50, |n| {
        let others: Vec<String> = (0..50)
            .filter(|other| *other != n)
            .map(|other| format!(r##"{{"$ref": "#/components/schemas/A{other}"}}"##))
            .collect();
        format!(r#""A{n}": {{"oneOf": [{}]}}"#, others.join(", "))
    });
    made(&schemas(&all));
}

/// Every schema is a kind of every other.
#[test]
fn families_of_all_others() {
    let all = list(40, |n| {
        let others: Vec<String> = (0..40)
            .filter(|other| *other != n)
            .map(|other| format!(r##"{{"$ref": "#/components/schemas/A{other}"}}"##))
            .collect();
        format!(
            r#""A{n}": {{"type": "object", "required": ["k"], "discriminator": {{"propertyName": "k"}}, "properties": {{"k": {{"type": "string"}}, "p{n}": {{}}}}, "allOf": [{}]}}"#,
            others.join(", ")
        )
    });
    cut(&schemas(&all));
}

/// A base with many members, and many kinds of it; and kinds of kinds of kinds.
#[test]
fn families() {
    let base = r#""A0": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, MEMBERS}, "discriminator": {"propertyName": "k"}}"#;
    let members = list(300, |n| format!(r#""m{n}": {{"type": "string"}}"#));
    let kinds = list(300, |n| {
        format!(
            r##""K{n}": {{"allOf": [{{"$ref": "#/components/schemas/A0"}}, {{"properties": {{"own{n}": {{}}}}}}]}}"##
        )
    });
    cut(&schemas(&format!("{}, {kinds}", base.replace("MEMBERS", &members))));
    let chain = list(200, |n| {
        format!(
            r##""K{}": {{"allOf": [{{"$ref": "#/components/schemas/{}"}}, {{"properties": {{"own{n}": {{"$ref": "#/components/schemas/A0"}}}}, "discriminator": {{"propertyName": "k"}}}}]}}"##,
            n + 1,
            if n == 0 { "A0".to_owned() } else { format!("K{n}") }
        )
    });
    made(&schemas(&format!("{}, {chain}", base.replace("MEMBERS", r#""a": {}"#))));
}

#[test]
fn lists_of_literals_in_many_places() {
    let values = list(3000, |n| format!(r#""value {n}""#));
    let members = list(300, |n| {
        format!(
            r##""m{n}": {{"anyOf": [{{"$ref": "#/components/schemas/E"}}, {{"type": "string", "enum": ["own {n}"]}}]}}"##
        )
    });
    cut(&schemas(&format!(
        r#""E": {{"type": "string", "enum": [{values}]}}, "A0": {{"type": "object", "properties": {{{members}}}}}"#
    )));
}

/// Limits stand in tables, in comments and on pages, once for each member that has them.
#[test]
fn limits_in_many_places() {
    let dependent = list(100, |n| format!(r#""x{n}": [{}]"#, list(100, |m| format!(r#""y{m}""#))));
    let pattern = "a".repeat(5000);
    for limits in [
        format!(r#"{{"dependentRequired": {{{dependent}}}}}"#),
        format!(r#"{{"type": "string", "pattern": "{pattern}"}}"#),
        format!(r#"{{"type": "object", "required": [{}]}}"#, list(3000, |n| format!(r#""r{n}""#))),
    ] {
        let members = list(1500, |n| format!(r##""m{n}": {{"$ref": "#/components/schemas/L"}}"##));
        run(&schemas(&format!(r#""L": {limits}, "A0": {{"type": "object", "properties": {{{members}}}}}"#)));
    }
    let members = list(100, |n| {
        format!(
            r#""m{n}": {{"type": "string", "pattern": "{n}{}", "description": "{}"}}"#,
            "a".repeat(500),
            "d ".repeat(200)
        )
    });
    let heirs = list(200, |n| {
        format!(r##""H{n}": {{"allOf": [{{"$ref": "#/components/schemas/A0"}}, {{"properties": {{"own": {{}}}}}}]}}"##)
    });
    cut(&schemas(&format!(r#""A0": {{"type": "object", "properties": {{{members}}}}}, {heirs}"#)));
}

/// An example is shown on the page of each operation and in its comment.
#[test]
fn examples_in_many_places() {
    let members = list(300, |n| format!(r#""m{n}": {{"type": "string"}}"#));
    let example = list(300, |n| format!(r#""m{n}": "{}""#, "x".repeat(1000)));
    let schema = format!(r#"{{"type": "object", "properties": {{{members}}}, "example": {{{example}}}}}"#);
    let body = r##""requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A0"}}}}"##;
    made(&operations(300, body, &format!(r#""components": {{"schemas": {{"A0": {schema}}}}}"#)));
}

/// Parameters become setters, rows of tables and flags of the command line.
#[test]
fn parameters_of_many_operations() {
    let all = list(60, |n| {
        let values = list(50, |value| format!(r#""e{value}""#));
        format!(
            r#""p{n}": {{"name": "p{n}", "in": "query", "description": "{}", "schema": {{"type": "string", "enum": [{values}]}}}}"#,
            "long ".repeat(100)
        )
    });
    let used = list(60, |n| format!(r##"{{"$ref": "#/components/parameters/p{n}"}}"##));
    cut(&operations(
        300,
        &format!(r#""parameters": [{used}]"#),
        &format!(r#""components": {{"parameters": {{{all}}}}}"#),
    ));
}

#[test]
fn requirements_of_all_operations() {
    let schemes = list(300, |n| format!(r#""s{n}": {{"type": "apiKey", "in": "header", "name": "h{n}"}}"#));
    let all = list(300, |n| format!(r#""s{n}": []"#));
    let alternatives = list(50, |_| format!("{{{all}}}"));
    cut(&operations(
        300,
        r#""tags": ["t"]"#,
        &format!(r#""security": [{alternatives}], "components": {{"securitySchemes": {{{schemes}}}}}"#),
    ));
}

#[test]
fn answers_in_many_places() {
    let media = list(20, |n| {
        format!(
            r#""application/x{n}+json": {{"schema": {{"type": "object", "properties": {{{}}}}}}}"#,
            list(20, |m| format!(r#""m{m}": {{"type": "string"}}"#))
        )
    });
    let headers = list(20, |n| format!(r#""H{n}": {{"schema": {{"type": "string", "enum": ["a", "b"]}}}}"#));
    let statuses = list(100, |n| format!(r##""{}": {{"$ref": "#/components/responses/R"}}"##, 200 + n));
    let paths = list(50, |n| format!(r#""/p{n}": {{"get": {{"operationId": "o{n}", "responses": {{{statuses}}}}}}}"#));
    cut(&format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "paths": {{{paths}}}, "components": {{"responses": {{"R": {{"description": "d", "content": {{{media}}}, "headers": {{{headers}}}}}}}}}}}"#
    ));
}

#[test]
fn callbacks_of_many_operations() {
    let members = list(300, |n| format!(r#""m{n}": {{"type": "string"}}"#));
    let callback = format!(
        r#"{{"{{$request.body#/u}}": {{"post": {{"requestBody": {{"content": {{"application/json": {{"schema": {{"type": "object", "properties": {{{members}}}}}}}}}}}, "responses": {{"204": {{"description": "d"}}}}}}}}}}"#
    );
    let used = list(10, |n| format!(r##""c{n}": {{"$ref": "#/components/callbacks/C"}}"##));
    cut(&operations(
        300,
        &format!(r#""callbacks": {{{used}}}"#),
        &format!(r#""components": {{"callbacks": {{"C": {callback}}}}}"#),
    ));
}

#[test]
fn servers_and_tags_of_many_operations() {
    let servers = list(100, |n| {
        let values = list(100, |value| format!(r#""v{value}""#));
        format!(
            r#"{{"url": "https://{{a}}.b{n}.example/{{c}}", "variables": {{"a": {{"default": "v1", "enum": [{values}]}}, "c": {{"default": "x"}}}}}}"#
        )
    });
    made(&operations(200, &format!(r#""servers": [{servers}]"#), r#""x": 1"#));
    made(&operations(300, r#""tags": ["t"]"#, &format!(r#""servers": [{servers}]"#)));
    let tags = list(300, |n| format!(r#""t{n}""#));
    made(&operations(300, &format!(r#""tags": [{tags}]"#), r#""x": 1"#));
}

/// XML and forms have tables beside the models.
#[test]
fn forms_of_one_schema() {
    let member = list(20, |n| format!(r#""n{n}": {{"type": "string", "xml": {{"attribute": true}}}}"#));
    let members = list(50, |n| format!(r#""m{n}": {{"type": "object", "properties": {{{member}}}}}"#));
    let body = list(3, |n| {
        let media = ["application/xml", "multipart/form-data", "application/x-www-form-urlencoded"][n];
        format!(r##""{media}": {{"schema": {{"$ref": "#/components/schemas/A0"}}}}"##)
    });
    made(&operations(
        200,
        &format!(r#""requestBody": {{"content": {{{body}}}}}"#),
        &format!(r#""components": {{"schemas": {{"A0": {{"type": "object", "properties": {{{members}}}}}}}}}"#),
    ));
}
