//! Settings as a whole: a description and a TOML file in, code or messages out.

mod gaps;
mod names;
mod output;
mod selection;

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
            "pub struct HTTPAnimal, ",
            "kind: String",
            "born: Option<String>",
            "price: Option<f64>",
            "added: Option<i32>",
            "owner: Option<Keeper>",
        ],
    );
    has(models, &["pub struct Keeper, ", "r#type: Option<String>", "        \"available\" InStock,"]);
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
    let ftp = "2:10 OA0070 `server` is a URL with `http` or `https`, and this is one of `ftp`";
    assert_eq!(lines("server = 'ftp://x'\n"), [ftp]);
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
