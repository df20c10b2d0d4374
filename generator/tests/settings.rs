//! Settings of whole descriptions, and what is said about them.

use clientsmith::settings::Config;
use clientsmith::source::Source;

const NESTED: &str = "openapi: 3.2.0
info: {title: T, version: '1'}
tags:
- {name: pets}
- {name: dogs, parent: pets}
paths:
  /a: {get: {operationId: getPets, tags: [pets], responses: {'204': {description: d}}}}
  /b: {get: {operationId: getDogs, tags: [dogs], responses: {'204': {description: d}}}}
  /c: {get: {operationId: getOwners, tags: [owners], responses: {'204': {description: d}}}}
components:
  schemas: {Pet: {type: object, properties: {a: {type: string}}}}
";

/// The errors, and the names of the operations.
fn run(settings: &str) -> (Vec<String>, Vec<&'static str>) {
    let source = Source::new("t.yaml", NESTED).with_settings("t.toml", settings);
    let outcome = clientsmith::generate(&[source], &Config::default());
    let told = outcome.findings.iter().map(|finding| {
        format!("{}:{}:{} {} {}", finding.file, finding.line, finding.column, finding.code.id(), finding.message)
    });
    let code: String =
        outcome.files.iter().filter(|(path, _)| path.contains("operations")).map(|(_, text)| text).collect();
    let ops = ["get_pets", "get_dogs", "get_owners"].into_iter().filter(|op| code.contains(&format!("pub fn {op}(")));
    (told.collect(), ops.collect())
}

#[test]
fn a_tag_means_those_inside_of_it() {
    assert_eq!(run("only.tags = ['pets']"), (vec![], vec!["get_pets", "get_dogs"]));
    assert_eq!(run("skip.tags = ['pets']"), (vec![], vec!["get_owners"]));
    assert_eq!(run("only.tags = ['dogs']"), (vec![], vec!["get_dogs"]));
    let (told, _) = run("only.tags = ['cats']");
    assert_eq!(told, ["t.toml:1:14 OA0071 no operation has the tag `cats`"]);
}

#[test]
fn the_feature_of_a_tag_switches_those_inside_of_it_on() {
    let source = || Source::new("t.yaml", NESTED).with_settings("t.toml", "features.per-tag = 1");
    let needed = |op: &str| {
        let (features, _) = clientsmith::pipeline::features(&[source()], &Config::default(), &[op.to_owned()]);
        (features.needed.into_iter().collect::<Vec<_>>().join(" "), features.all.get("pets").copied())
    };
    assert_eq!(needed("getDogs"), ("dogs".to_owned(), Some(2)));
    assert_eq!(needed("getPets"), ("dogs pets".to_owned(), Some(2)));
    let manifest = clientsmith::generate(&[source()], &Config::default());
    let manifest = manifest.files.get("Cargo.toml").unwrap_or_default();
    assert!(manifest.contains("\"pets\" = [\"dogs\"]\n") && manifest.contains("\"dogs\" = []\n"), "{manifest}");
}

#[test]
fn one_thing_has_one_name() {
    let (told, _) = run("[rename.types]\nPet = 'A'\n'#/components/schemas/Pet' = 'B'\n");
    assert_eq!(told, ["t.toml:3:30 OA0070 `#/components/schemas/Pet` is called `A` by another entry already"]);
}
