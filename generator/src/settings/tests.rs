//! Settings as a whole: a description and a TOML file in, code or messages out.

use super::Config;
use crate::pipeline::{Stage, generate, inspect};
use crate::report::{Style, to_text};
use crate::source::Source;
use crate::summary::Outcome;

const SPEC: &str = include_str!("tests/shop.yaml");

fn source(settings: &str) -> Source {
    Source::new("specs/shop.yaml", SPEC).with_settings("specs/shop.toml", settings)
}

/// Generates strictly, but with the one gap of the description allowed.
fn run(settings: &str) -> Outcome {
    let allow = "allow = [{ code = \"OA0020\", at = \"#/**/404/**\", reason = \"not published\" }]\n";
    generate(&[source(&format!("{allow}{settings}"))], &Config::default().with_strict(true))
}

/// What is said about settings.
fn told(settings: &str) -> String {
    let outcome = run(settings);
    let mut findings = outcome.findings;
    findings.retain(|finding| finding.file == "specs/shop.toml");
    to_text(&findings, Style::default())
}

/// One line for each finding about settings: place, code and message. The first line of the file is the second here.
fn lines(settings: &str) -> Vec<String> {
    let outcome = run(settings);
    let own = outcome.findings.iter().filter(|finding| finding.file == "specs/shop.toml");
    own.map(|finding| format!("{}:{} {} {}", finding.line, finding.column, finding.code.id(), finding.message))
        .collect()
}

fn file<'a>(outcome: &'a Outcome, path: &str) -> &'a str {
    assert_eq!(
        to_text(
            &outcome
                .findings
                .iter()
                .filter(|f| f.severity == crate::diag::Severity::Error)
                .cloned()
                .collect::<Vec<_>>(),
            Style::default()
        ),
        ""
    );
    outcome.files.get(path).unwrap_or_else(|| {
        panic!("{path} is not among {:?}", outcome.files.iter().map(|(path, _)| path).collect::<Vec<_>>())
    })
}

/// All sources of the API together.
fn code(outcome: &Outcome) -> String {
    file(outcome, "src/lib.rs");
    outcome
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime/"))
        .map(|(_, text)| text)
        .collect()
}

fn has(code: &str, parts: &[&str]) {
    for part in parts {
        assert!(code.contains(part), "{part} is not in\n{code}");
    }
}

#[test]
fn nothing_said_nothing_changed() {
    let plain = generate(&[Source::new("specs/shop.yaml", SPEC)], &Config::default());
    let empty = generate(&[source("# nothing\n")], &Config::default());
    assert_eq!(plain.files, empty.files);
    assert_eq!(empty.inputs, ["specs/shop.yaml", "specs/shop.toml"]);
}

#[test]
fn every_key_at_once() {
    let settings = r##"
name = "pet-shop"
server = 1
layout = "single"
overlays = ["shop.overlay.yaml"]

[rename.types]
Pet = "HTTPAnimal"
"#/components/schemas/Pet/properties/owner" = "Keeper"

[rename.fields]
"Pet.type" = "kind"
"#/components/schemas/Pet/properties/owner.first.name" = "type"

[rename.values]
"#/components/schemas/Pet/properties/status.available" = "InStock"
"Thing.Pet" = "Animal"

[rename.operations]
listPets = "pets"
"GET /pets/{id}" = "pet"

[rename.params]
"listPets.limit" = "page_size"

[rename.tags]
pets = "animals"

[rename.schemes]
key = "api_key"

[skip]
operations = ["/admin/**"]
tags = ["debug"]

[[allow]]
code = "OA0020"
at = "#/paths/~1pets~1{id}/get/responses/404/**"
reason = "the vendor never published it"

[formats]
date-time = "text"
int64 = "exact"
decimal = "f64"
uuid = "text"
integer = "i32"

[features]
default = false
"##;
    let overlay = "overlay: 1.1.0\ninfo: {title: o, version: '1'}\nactions:\n- target: $.components.schemas.Pet.properties\n  update: {added: {type: integer}}\n";
    let source = source(settings).with_file("shop.overlay.yaml", overlay);
    let config = Config::default().with_strict(true).with_api_modules(true).with_name("shops");
    let outcome = generate(std::slice::from_ref(&source), &config);
    let models = file(&outcome, "src/pet_shop/models/shared.rs");
    has(
        models,
        &[
            "pub struct HTTPAnimal {",
            "pub kind: String",
            "pub born: Option<String>",
            "pub price: Option<f64>",
            "pub added: Option<i32>",
            "pub owner: Option<Keeper>",
        ],
    );
    has(models, &["pub struct Keeper {", "pub r#type: Option<String>", "        \"available\" InStock,"]);
    has(file(&outcome, "src/pet_shop/models/unreferenced.rs"), &["Animal(HTTPAnimal)"]);
    let operations = file(&outcome, "src/pet_shop/operations/all.rs");
    has(
        operations,
        &[
            "pub fn pets(&self) -> Pets",
            "pub fn pet(&self, id: impl Into<String>) -> Pet",
            "pub fn page_size(self, page_size: impl Into<rt::Number>)",
        ],
    );
    assert!(!operations.contains("list_users") && !operations.contains("ping"));
    has(file(&outcome, "src/pet_shop/client.rs"), &["pub fn api_key("]);
    has(file(&outcome, "Cargo.toml"), &["default = [\"reqwest\"", "\n\"pet-shop\" = []"]);
    assert!(!outcome.files.iter().any(|(_, text)| text.contains("AdminUser")), "a component of skipped operations");
    let summary = &outcome.summary.apis[0];
    assert_eq!((summary.operations_in_spec, summary.operations_skipped, summary.operations_generated), (4, 2, 2));
    assert_eq!(outcome.summary.left_out[0].allowed.as_deref(), Some("the vendor never published it"));

    for _ in 0..3 {
        let again = generate(std::slice::from_ref(&source), &config);
        assert_eq!(
            (&again.files, &again.findings, &again.summary),
            (&outcome.files, &outcome.findings, &outcome.summary)
        );
    }
}

#[test]
fn tags_have_modules() {
    let outcome = run("rename.tags.pets = 'animals'\n");
    has(file(&outcome, "src/operations/animals.rs"), &["pub fn list_pets"]);
    assert_eq!(
        lines("rename.tags.pets = 'ünïcode'\n"),
        ["2:20 OA0070 `ünïcode` cannot be the name of a module: rustc wants the names of files in ASCII"]
    );
    assert_eq!(lines("rename.tags.pets = 'client'\n"), ["2:20 OA0070 `client` is taken already"]);
    assert_eq!(lines("rename.tags.nothing = 'client'\n"), ["2:13 OA0071 no operation is grouped by the tag `nothing`"]);
}

#[test]
fn the_name_must_be_one() {
    assert_eq!(run("name = 'pet-shop'\n").summary.name, "pet-shop");
    let given = generate(&[source("name = 'pet-shop'\n").named("other")], &Config::default());
    assert_eq!(given.summary.name, "other", "the caller has the last word");
    let expected = "error[OA0070]: `Pet Shop` cannot be the name of an API: it needs small letters, digits and single hyphens, and starts with a letter
 --> specs/shop.toml:2:8
  |
2 | name = \"Pet Shop\"
  |        ^^^^^^^^^^

";
    assert_eq!(told("name = \"Pet Shop\"\n"), expected);
    assert_eq!(lines("name = 7\n"), ["2:8 OA0070 `name` is a string, but this is a number"]);
    assert_eq!(lines("name = ' '\n"), ["2:8 OA0070 `name` is empty"]);
    let two = generate(&[source("name = 'a'\n"), Source::new("a.yaml", SPEC)], &Config::default());
    assert_eq!(two.summary.apis.iter().map(|api| api.name.as_str()).collect::<Vec<_>>(), ["a", "a-2"]);
}

#[test]
fn unknown_keys_are_errors() {
    let expected = "error[OA0070]: `nane` is no key of the settings
 --> specs/shop.toml:2:1
  |
2 | nane = \"x\"
  | ^^^^
  = help: did you mean `name`?

error[OA0070]: `colour` is no key of `skip`
 --> specs/shop.toml:4:1
  |
4 | colour = 1
  | ^^^^^^
  = help: the keys are operations, tags

";
    assert_eq!(told("nane = \"x\"\n[skip]\ncolour = 1\n"), expected);
    assert_eq!(lines("rename = 1\n"), ["2:10 OA0070 `rename` is a table, but this is a number"]);
    assert_eq!(lines("[rename]\ntype = {}\n"), ["3:1 OA0070 `type` is no key of `rename`"]);
    assert_eq!(lines("features = { defaults = true }\n"), ["2:14 OA0070 `defaults` is no key of `features`"]);
    assert_eq!(lines("overlays = 'x'\n"), ["2:12 OA0070 `overlays` is a list of strings, but this is a string"]);
    assert_eq!(lines("overlays = [1]\n"), ["2:13 OA0070 `overlays` is a string, but this is a number"]);
}

#[test]
fn toml_that_is_none_has_its_place() {
    let expected = "error[OA0002]: not valid TOML: unclosed table, expected `]`
 --> specs/shop.toml:3:8
  |
3 | [rename
  |        ^

";
    assert_eq!(told("name = \"x\"\n[rename\n"), expected);
    assert!(told("name = 'a'\nname = 'b'\n").contains("3 | name = 'b'\n  | ^^^^\n"));
    let unreadable = generate(&[Source::new("a.yaml", SPEC).read_settings("/does/not/exist.toml")], &Config::default());
    assert_eq!(unreadable.findings[0].line_text(), "/does/not/exist.toml: [OA0001] there is no such file");
}

#[test]
fn renames_that_name_nothing_are_errors() {
    let expected = "error[OA0071]: the description has no schema `Pett` that is a type of its own
 --> specs/shop.toml:3:1
  |
3 | Pett = \"Animal\"
  | ^^^^
  = help: mend the entry, or remove it

";
    assert_eq!(told("[rename.types]\nPett = \"Animal\"\n"), expected);
    let one = |table: &str, what: &str| lines(&format!("[rename.{table}]\n\"{what}\" = \"x\"\n")).join("; ");
    assert_eq!(
        one("types", "#/components/schemas/Pet/properties/born"),
        "3:1 OA0071 the description has no schema `#/components/schemas/Pet/properties/born` that is a type of its own"
    );
    assert_eq!(one("fields", "Pet.kind"), "3:1 OA0071 there is no member `Pet.kind`");
    assert_eq!(one("fields", "Pet"), "3:1 OA0071 there is no member `Pet`");
    assert_eq!(one("values", "Role.c"), "3:1 OA0071 there is no enum or union with the value `Role.c`");
    assert_eq!(one("operations", "GET /pet"), "3:1 OA0071 no operation is called `GET /pet`");
    assert_eq!(one("params", "listPets.size"), "3:1 OA0071 there is no operation with the parameter `listPets.size`");
    assert_eq!(one("schemes", "oauth"), "3:1 OA0071 the description has no security scheme `oauth`");
    assert_eq!(
        lines("rename.operations.ping = 'p'\nskip.tags = ['debug']\n"),
        ["2:19 OA0071 no operation is called `ping`"],
        "skipped operations have no names"
    );
}

#[test]
fn names_are_as_asked_or_an_error() {
    let expected = "error[OA0070]: `Role` is already what `Role` is called
 --> specs/shop.toml:3:7
  |
3 | Pet = \"Role\"
  |       ^^^^^^
  = help: choose another name, or rename the other thing as well

";
    assert_eq!(told("[rename.types]\nPet = \"Role\"\n"), expected);
    has(
        &code(&run("[rename.types]\nPet = 'Role'\nRole = 'Pet'\n")),
        &["pub struct Role {\n    pub r#type: ", "pub enum Pet, Unknown {"],
    );
    assert_eq!(lines("[rename.types]\nPet = 'A'\nRole = 'A'\n"), ["4:8 OA0070 `A` is taken already"]);
    assert_eq!(lines("[rename.types]\nPet = 'Vec'\n"), ["3:7 OA0070 `Vec` is taken already"]);
    for bad in ["1a", "a b", "self", "_", "a-b"] {
        assert_eq!(
            lines(&format!("rename.fields.'Pet.type' = '{bad}'\n")),
            [format!("2:28 OA0070 `{bad}` cannot be a name in Rust")]
        );
    }
    assert_eq!(lines("rename.fields.'Pet.type' = 'born'\n"), ["2:28 OA0070 `born` is already what `born` is called"]);
    assert_eq!(
        lines("rename.operations.listPets = 'list_users'\n"),
        ["2:30 OA0070 `list_users` is already what `listUsers` is called"]
    );
    assert_eq!(lines("rename.params.'listPets.limit' = 'send'\n"), ["2:34 OA0070 `send` is taken already"]);
    assert_eq!(lines("rename.values.'Role.a' = 'Unknown'\n"), ["2:26 OA0070 `Unknown` is taken already"]);
}

#[test]
fn what_an_operation_or_a_type_is_called_goes_into_the_names_of_its_parts() {
    let outcome = run("rename.types.Pet = 'Animal'\nrename.operations.ping = 'check'\n");
    has(&code(&outcome), &["pub struct AnimalOwner {", "pub enum AnimalStatus, Unknown {", "pub struct CheckBody {"]);
}

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
            code.contains(&format!("pub struct {stays} {{")) || code.contains(&format!("pub enum {stays} {{")),
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

#[test]
fn gaps_are_allowed_one_by_one() {
    let strict = |settings: &str| generate(&[source(settings)], &Config::default().with_strict(true));
    assert!(strict("").has_errors());
    let allow = |at: &str| format!("[[allow]]\ncode = 'OA0020'\nat = \"{at}\"\nreason = 'not published'\n");
    for at in ["#/paths/~1pets~1{id}/get/responses/404/$ref", "#/paths/**", "#/paths/*/get/responses/*/*"] {
        assert!(!strict(&allow(at)).has_errors(), "{at}");
    }
    let outcome = strict(&allow("#/**"));
    let text = to_text(&outcome.findings, Style::default());
    assert!(text.contains("left-out[OA0020]") && text.contains("= allowed: not published\n"), "{text}");
    let page = outcome.files.iter().find(|(path, _)| path.ends_with("left-out.md")).map(|(_, text)| text).unwrap();
    assert!(page.contains("(accepted: not published)"), "{page}");
    let lenient = generate(&[source(&allow("#/nothing"))], &Config::default());
    assert_eq!(
        to_text(
            &lenient.findings.iter().filter(|finding| finding.code.id() == "OA0071").cloned().collect::<Vec<_>>(),
            Style::default()
        ),
        "error[OA0071]: nothing at `#/nothing` is left out by OA0020
 --> specs/shop.toml:1:1
  |
1 | [[allow]]
  | ^
  = help: mend the entry, or remove it

"
    );
    assert_eq!(lines("[[more]]\n"), ["2:3 OA0070 `more` is no key of the settings"]);
    let one = |settings: &str| {
        strict(settings).findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(one("allow = [{ code = 'OA0020', at = '#/**' }]"), "an entry of `allow` needs `reason`");
    assert_eq!(
        one("allow = [{ code = 'OA9999', at = '#/**', reason = 'r' }]"),
        "there is no code `OA9999`; `clientsmith explain` lists all"
    );
    assert_eq!(one("allow = ['OA0020']"), "`allow` is a list of tables `{ code, at, reason }`, but this is a string");
}

#[test]
fn gaps_of_other_files_are_named_by_their_path() {
    let spec = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, responses: {'200': {$ref: 'parts/r.yaml#/R'}}}}\n";
    let source = Source::new("specs/t.yaml", spec)
        .with_file("parts/r.yaml", "R: {description: d, content: {application/json: {schema: {$ref: '#/gone'}}}}")
        .with_settings("specs/t.toml", "allow = [{ code = 'OA0020', at = 'parts/r.yaml#/R/**', reason = 'r' }]");
    let outcome = generate(&[source], &Config::default().with_strict(true));
    assert!(!outcome.has_errors(), "{}", to_text(&outcome.findings, Style::default()));
}

#[test]
fn formats_become_what_is_asked() {
    let field = |settings: &str, text: &str| has(&code(&run(settings)), &[text]);
    field("formats.date-time = 'text'\n", "pub born: Option<String>");
    field("formats.date-time = 'local-date-time'\n", "pub born: Option<rt::LocalDateTime>");
    field("formats.decimal = 'exact'\n", "pub price: Option<rt::Number>");
    field("formats.decimal = 'f32'\n", "pub price: Option<f32>");
    field("formats.integer = 'u64'\n", "pub n: Option<u64>");
    field("formats.integer = 'u8'\n", "pub n: Option<u8>");
    field("formats.integer = 'unix-time'\n", "pub n: Option<rt::UnixTime>");
    field("formats.decimal = 'milliseconds'\n", "pub price: Option<rt::Milliseconds>");
    field("formats.date-time = 'http-date'\n", "pub born: Option<rt::HttpDate>");
    field("formats.date-time = 'comma-list'\n", "pub born: Option<rt::CommaList>");
    assert_eq!(lines("formats.int32 = 'i64'\n"), ["2:9 OA0071 no number of the description has the format `int32`"]);
    assert_eq!(
        lines("formats.decimal = 'text'\n"),
        ["2:9 OA0071 no string of the description has the format `decimal`"]
    );
    let expected = "error[OA0070]: `uuid` cannot be `txt`
 --> specs/shop.toml:2:16
  |
2 | formats.uuid = 'txt'
  |                ^^^^^
  = help: did you mean `text`?

";
    assert_eq!(told("formats.uuid = 'txt'\n"), expected);
}

#[test]
fn servers() {
    let default = |settings: &str| {
        let outcome = run(settings);
        // The first one of the table is the default.
        let (_, rest) = file(&outcome, "src/client.rs").split_once("servers: &[").unwrap();
        rest.split('"').nth(1).unwrap().to_owned()
    };
    assert_eq!(default(""), "https://one.example");
    assert_eq!(default("server = 1\n"), "https://two.example");
    assert_eq!(default("server = 'https://three.example'\n"), "https://three.example");
    assert_eq!(lines("server = 2\n"), ["2:10 OA0071 there is no server 2: the description has 2, counted from 0"]);
    assert_eq!(
        lines("server = 'https://{region}.example'\n"),
        ["2:10 OA0070 no server of the description has the variable `region`"]
    );
    assert_eq!(
        lines("server = -1\n"),
        [
            "2:10 OA0070 `server` is the number of a server of the description, counted from 0, or a URL, but this is a number"
        ]
    );
}

#[test]
fn layouts() {
    let paths = |settings: &str| {
        let outcome = run(settings);
        file(&outcome, "src/lib.rs");
        let own = outcome
            .files
            .iter()
            .map(|(path, _)| path.to_owned())
            .filter(|path| path.starts_with("src/operations/") || path.starts_with("src/models/"));
        own.collect::<Vec<_>>().join(" ")
    };
    let by_tag = "src/models/admin.rs src/models/debug.rs src/models/mod.rs src/models/pets.rs src/models/unreferenced.rs src/operations/admin.rs src/operations/debug.rs src/operations/mod.rs src/operations/pets.rs";
    assert_eq!(paths(""), by_tag);
    assert_eq!(paths("layout = 'by-tag'\n"), by_tag);
    assert_eq!(
        paths("layout = 'single'\n"),
        "src/models/mod.rs src/models/shared.rs src/models/unreferenced.rs src/operations/all.rs src/operations/mod.rs"
    );
    assert_eq!(lines("layout = 'flat'\n"), ["2:10 OA0070 `layout` cannot be `flat`"]);
}

#[test]
fn features() {
    let manifest = |settings: &str| file(&run(settings), "Cargo.toml").to_owned();
    has(&manifest(""), &["default = [\"reqwest\","]);
    has(
        &manifest("features.per-tag = true\n"),
        &["default = [\"full\", \"reqwest\",", "\"full\" = [\"pets\", \"admin\", \"debug\"]", "\n\"admin\" = []"],
    );
    has(&manifest("features.per-tag = 4\n"), &["\"full\" = ["]);
    assert!(
        !manifest("features.per-tag = 5\n").contains("\"full\" = [")
            && !manifest("features.per-tag = false\n").contains("\"full\" = [")
    );
    has(&manifest("features = { per-tag = true, default = ['admin'] }\n"), &["default = [\"admin\", \"reqwest\","]);
    has(&manifest("features = { per-tag = true, default = false }\n"), &["default = [\"reqwest\","]);
    assert_eq!(lines("features.default = ['pets']\n"), ["2:21 OA0071 this API has no features per tag"]);
    assert_eq!(
        lines("features = { per-tag = true, default = ['x'] }\n"),
        ["2:41 OA0071 the description has no tag `x`"]
    );
    assert_eq!(
        lines("layout = 'single'\nfeatures.per-tag = true\n"),
        ["3:20 OA0070 with `layout = \"single\"` there can be no features per tag"]
    );
    assert_eq!(
        lines("features.default = 1\n"),
        ["2:20 OA0070 `features.default` is true, false or a list of tags, but this is a number"]
    );
    assert_eq!(
        lines("features.per-tag = 'x'\n"),
        ["2:20 OA0070 `features.per-tag` is true, false or a number of operations, but this is a string"]
    );
}

#[test]
fn findings_about_an_overlay_show_the_overlay() {
    let overlay = "overlay: 1.0.0
info: {title: o, version: '1'}
actions:
- target: $.paths['/pets'].get.responses
  update:
    '500': {$ref: '#/components/responses/Lost'}
";
    let source = source("overlays = ['fix.overlay.yaml']\nskip.operations = ['/pets/{id}']\n")
        .with_file("fix.overlay.yaml", overlay);
    let outcome = generate(std::slice::from_ref(&source), &Config::default());
    let expected = "left-out[OA0020]: `$ref` leads nowhere: `#/components/responses/Lost`
 --> specs/fix.overlay.yaml:6:20
  |
6 |     '500': {$ref: '#/components/responses/Lost'}
  |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = effect: what refers to it falls back to free JSON, or is left out when it is no schema

";
    assert_eq!(to_text(&outcome.findings, Style::default()), expected);
    assert_eq!(outcome.findings[0].pointer, "#/paths/~1pets/get/responses/500/$ref");
    assert_eq!(outcome.inputs, ["specs/shop.yaml", "specs/shop.toml", "specs/fix.overlay.yaml"]);
    let (ir, _) = inspect(&[source], &Config::default(), Stage::Ir);
    assert!(ir.contains("listPets") && !ir.contains("get /pets/{id}"));
}
