//! Which operations and models there are: `only` and `skip`.

use super::*;

#[test]
fn only_and_skip() {
    let operations = |settings: &str| {
        let outcome = run(settings);
        let code = code(&outcome);
        let mut known = ["list_pets", "get_pets_id", "list_users", "ping"].to_vec();
        known.retain(|name| code.contains(&format!("pub fn {name}(")));
        (known, code)
    };
    let (known, code) = operations("skip.operations = ['listUsers', 'PUT **']\n");
    assert_eq!(known, ["list_pets", "get_pets_id"]);
    assert!(!code.contains("AdminUser") && !code.contains("pub enum Role") && code.contains("pub enum Thing"));
    let (known, code) = operations("only.operations = ['* /pets/**']\nonly.tags = ['debug']\n");
    assert_eq!(known, ["get_pets_id", "ping"]);
    assert!(!code.contains("AdminUser") && !code.contains("pub enum Thing") && code.contains("pub struct Pet"));
    let both = generate(&[source("only.tags = ['pets']\nskip.operations = ['/pets/{id}']\n")], &Config::default());
    assert_eq!((both.has_errors(), both.summary.operations_generated()), (false, 1));
}

#[test]
fn selections_that_fit_nothing_are_errors() {
    let expected = "error[OA0071]: no operation fits `GET /pest/**`
 --> specs/shop.toml:2:20
  |
2 | skip.operations = [\"GET /pest/**\"]
  |                    ^^^^^^^^^^^^^^
  = help: mend the entry, or remove it

";
    assert_eq!(told("skip.operations = [\"GET /pest/**\"]\n"), expected);
    assert_eq!(lines("only.tags = ['none', 'pets']\n"), ["2:14 OA0071 no operation has the tag `none`"]);
    assert_eq!(
        lines("only.tags = ['pets']\nskip.tags = ['admin']\n"),
        ["3:14 OA0071 no operation has the tag `admin`"],
        "it is gone already"
    );
    assert_eq!(lines("skip = ['ping']\n"), ["2:8 OA0070 `skip` is a table, but this is an array"]);
    assert_eq!(
        lines("skip.operations = 'ping'\n"),
        ["2:19 OA0070 `skip.operations` is a list of strings, but this is a string"]
    );
}

#[test]
fn nothing_is_said_about_what_is_skipped() {
    let spec = SPEC.replace("role: {$ref: '#/components/schemas/Role'}", "role: {$ref: '#/nowhere'}");
    let source = |settings: &str| Source::new("shop.yaml", spec.clone()).with_settings("shop.toml", settings);
    let count = |settings: &str| generate(&[source(settings)], &Config::default()).summary.left_out.len();
    assert_eq!((count(""), count("skip.tags = ['admin']")), (2, 1));
}

#[test]
fn components_stay_that_something_else_needs() {
    let spec = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Base'}}}}}}}
  /b: {get: {operationId: b, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/OnlyB'}}}}}}}
components:
  schemas:
    Base: {type: object, discriminator: {propertyName: kind, mapping: {c: Child}}, properties: {kind: {type: string}, pick: {$ref: '#/components/schemas/Pick'}}}
    Child: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {deep: {type: string}}}]}
    Pick: {oneOf: [{$ref: '#/components/schemas/Leaf'}, {type: string}], discriminator: {propertyName: kind, mapping: {l: Leaf}}}
    Leaf: {type: object, properties: {kind: {type: string}}}
    OnlyB: {type: object, properties: {child: {$ref: '#/components/schemas/Child'}, loop: {$ref: '#/components/schemas/OnlyB'}, inner: {$ref: '#/components/schemas/Inner'}, shared: {$ref: '#/components/schemas/Shared'}}}
    Inner: {type: object, properties: {y: {type: string}}}
    Shared: {type: object, properties: {z: {type: string}}}
    Free: {type: object, properties: {shared: {$ref: '#/components/schemas/Shared'}}}
";
    let source = Source::new("t.yaml", spec).with_settings("t.toml", "skip.operations = ['b']");
    let code = code(&generate(&[source], &Config::default()));
    for stays in ["Base", "Pick", "Leaf", "Shared", "Free"] {
        assert!(
            code.contains(&format!("pub struct {stays}, ")) || code.contains(&format!("pub enum {stays}, ")),
            "{stays} in {code}"
        );
    }
    assert!(!code.contains("OnlyB") && !code.contains("Inner") && !code.contains("Child"), "{code}");
}

#[test]
fn only_brings_the_states_of_jobs() {
    let spec = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /jobs:
    post:
      operationId: start
      x-clientsmith-polling: {operation: state, parameters: {id: $response.body#/id}, state: $response.body#/state, done: [ok]}
      responses: {'200': {description: d, content: {application/json: {schema: {type: object}}}}}
  /jobs/{id}:
    get:
      operationId: state
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: d, content: {application/json: {schema: {type: object}}}}}
  /more: {get: {operationId: more, responses: {'204': {description: d}}}}
";
    let source = Source::new("t.yaml", spec).with_settings("t.toml", "only.operations = ['start']");
    let outcome = generate(&[source], &Config::default().with_strict(true));
    assert_eq!((outcome.has_errors(), outcome.summary.operations_generated()), (false, 2));
}
