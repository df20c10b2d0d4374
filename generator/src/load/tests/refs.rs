//! References: through files, identifiers, anchors and pointers, and where they end.

use super::super::*;
use super::{load_files, load_source};

/// Where a reference in the main file leads, as JSON text.
fn lead(document: &Document, reference: &str) -> Result<String, RefError> {
    document.follow(0, reference).and_then(|at| document.resolve(at)).map(|at| at.node.to_json())
}

fn missing(reference: &str) -> Result<String, RefError> {
    Err(RefError::Missing(reference.to_owned()))
}

fn outside(reference: &str) -> Result<String, RefError> {
    Err(RefError::Outside(reference.to_owned()))
}

#[test]
fn within_one_file() {
    let text = "openapi: 3.0.3\npaths: {'/a/{b}': {get: 1}}\ncomponents: {schemas: {A B: {$ref: '#/components/schemas/C'}, C: {x: [10, 11]}, p%25: 5, a~b: 6}}\n";
    let (document, told) = load_files(text, &[]);
    assert!(told.is_empty());
    assert_eq!(lead(&document, "#/paths/~1a~1{b}/get").as_deref(), Ok("1"));
    assert_eq!(lead(&document, "#/paths/~1a~1%7Bb%7D/get").as_deref(), Ok("1"));
    assert_eq!(lead(&document, "#/components/schemas/A%20B").as_deref(), Ok(r#"{"x":[10,11]}"#));
    assert_eq!(lead(&document, "#/components/schemas/A B/x/1").as_deref(), Ok("11"), "a step behind a reference");
    assert_eq!(lead(&document, "#/components/schemas/p%25").as_deref(), Ok("5"), "a key that looks encoded");
    assert_eq!(lead(&document, "#/components/schemas/a~0b").as_deref(), Ok("6"));
    assert_eq!(lead(&document, "main.yaml#/components/schemas/C/x/0").as_deref(), Ok("10"));
    for gone in [
        "#/components/schemas/D",
        "#/components/schemas/C/x/2",
        "#/components/schemas/C/x/-1",
        "#nowhere",
        "other.yaml",
        "#/components/schemas/",
    ] {
        assert_eq!(lead(&document, gone), missing(gone));
    }
    assert!(lead(&document, "#").is_ok());
    assert_eq!(document.did_you_mean(0, "#/components/schemas/Cc").as_deref(), None);
    assert_eq!(document.did_you_mean(0, "#/components/schemas/c").as_deref(), Some("#/components/schemas/C"));
    assert_eq!(document.did_you_mean(0, "#/definitions/A_B").as_deref(), Some("#/components/schemas/A B"));
}

#[test]
fn circles() {
    let (document, _) =
        load_files("openapi: 3.0.3\na: {$ref: '#/b'}\nb: {$ref: '#/a'}\nc: {$ref: '#/c'}\nd: {$ref: '#/d/e'}\n", &[]);
    for start in ["#/a", "#/b", "#/c"] {
        assert_eq!(lead(&document, start), Err(RefError::Cycle), "{start}");
    }
    assert!(lead(&document, "#/d").is_err());
    assert!(lead(&document, "#/a/x/y/z").is_err());
}

#[test]
fn through_files() {
    let main = "openapi: 3.0.3\npaths: {$ref: 'paths/all.yaml'}\nx: {$ref: './schemas/pet.json#/Pet'}\ny: {$ref: 'notes.md'}\n";
    let files = [
        (
            "paths/all.yaml",
            "a: {$ref: '../schemas/pet.json#/Pet'}\nb: {$ref: '#/a'}\nc: {$ref: '../main.yaml#/info'}\n",
        ),
        ("schemas/pet.json", r##"{"Pet": {"owner": {"$ref": "owner%20x.yaml"}}}"##),
        ("schemas/owner x.yaml", "name: {$ref: pet.json}\n"),
        ("notes.md", "# Notes: [\n"),
        ("unused.yaml", "a: ["),
    ];
    let (document, told) = load_files(main, &files);
    assert_eq!(told, [""; 0]);
    assert_eq!(
        document.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        [
            "specs/main.yaml",
            "specs/schemas/pet.json",
            "specs/notes.md",
            "specs/paths/all.yaml",
            "specs/schemas/owner x.yaml"
        ]
    );
    assert_eq!(lead(&document, "#/paths/a/owner/name/Pet/owner").as_deref(), Ok(r#"{"name":{"$ref":"pet.json"}}"#));
    assert_eq!(lead(&document, "#/paths/b").as_deref(), Ok(r#"{"owner":{"$ref":"owner%20x.yaml"}}"#));
    assert_eq!(lead(&document, "#/y").as_deref(), Ok("\"# Notes: [\""));
    assert!(matches!(lead(&document, "#/paths/c"), Err(RefError::Missing(_))));
}

#[test]
fn what_may_not_be_read() {
    let main = "openapi: 3.0.3\na: {$ref: 'https://example.com/a.yaml'}\nb: {$ref: '../b.yaml'}\nc: {$ref: '/etc/passwd'}\nd: {$ref: 'file:///etc/passwd'}\ne: {$ref: 'x/../../common/e.yaml'}\n";
    let files = [("../b.yaml", "1"), ("../common/e.yaml", "{f: {$ref: '../secret.yaml'}}"), ("../secret.yaml", "2")];
    let (document, told) = load_files(main, &files);
    assert!(told.is_empty());
    assert_eq!(lead(&document, "#/a"), outside("https://example.com/a.yaml"));
    assert_eq!(lead(&document, "#/b"), outside("../b.yaml"));
    assert_eq!(lead(&document, "#/c"), outside("/etc/passwd"));
    assert_eq!(lead(&document, "#/d"), outside("file:///etc/passwd"));
    assert_eq!(lead(&document, "#/e"), outside("x/../../common/e.yaml"));

    let mut source = Source::new("specs/main.yaml", main).allow("../common");
    for (path, text) in files {
        source = source.with_file(path, text);
    }
    let (document, _) = load_source(&source);
    assert_eq!(
        document.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        ["specs/main.yaml", "common/e.yaml"]
    );
    assert_eq!(lead(&document, "#/e/f"), outside("../secret.yaml"));
}

#[test]
fn a_file_that_cannot_be_parsed_is_told_at_its_own_place() {
    let (document, told) = load_files("openapi: 3.0.3\na: {$ref: 'b.yaml#/x'}\n", &[("b.yaml", "x: 1\ny: [}\n")]);
    assert_eq!(told, ["LeftOut OA0002 specs/b.yaml:2:5 did not find expected node content, while parsing a flow node"]);
    assert_eq!(lead(&document, "#/a"), missing("b.yaml#/x"));
}

#[test]
fn identifiers_and_anchors() {
    let main = r##"
openapi: 3.1.0
components:
  schemas:
    Tree:
      $id: https://example.com/tree
      $anchor: top
      x: {$ref: '#/$defs/leaf'}
      y: {$ref: '#/components/schemas/Plain'}
      z: {$ref: leaf#green}
      $defs:
        leaf: {v: 1}
        named: {$id: leaf, w: {$anchor: green, v: 2}}
    Plain: {$anchor: plain, v: 3}
    A: {$ref: 'https://example.com/tree#/$defs/leaf'}
    B: {$ref: '#plain'}
    C: {$ref: 'https://example.com/leaf'}
    D: {$ref: 'https://example.com/tree#top'}
    E: {$ref: 'https://example.com/none'}
"##;
    let (document, told) = load_files(main, &[]);
    assert!(told.is_empty());
    let at = |pointer: &str| lead(&document, &format!("#/components/schemas/{pointer}"));
    assert_eq!(at("Tree/x").as_deref(), Ok(r#"{"v":1}"#));
    assert_eq!(at("Tree/y").as_deref(), Ok(r##"{"$anchor":"plain","v":3}"##));
    assert_eq!(at("Tree/z").as_deref(), Ok(r#"{"$anchor":"green","v":2}"#));
    assert_eq!(at("A").as_deref(), Ok(r#"{"v":1}"#));
    assert_eq!(at("B/v").as_deref(), Ok("3"));
    assert_eq!(at("C/w/v").as_deref(), Ok("2"));
    assert_eq!(at("D/x/v").as_deref(), Ok("1"));
    assert_eq!(at("E"), outside("https://example.com/none"));
    // Before 3.1 these are members like any other.
    let (document, _) = load_files(&main.replace("3.1.0", "3.0.3"), &[]);
    assert_eq!(lead(&document, "#/components/schemas/B"), missing("#plain"));
}

#[test]
fn a_document_may_name_itself() {
    let (document, _) = load_files(
        "openapi: 3.2.0\n$self: https://example.com/api/main\na: {$ref: 'https://example.com/api/main#/b'}\nb: 1\nc: {$ref: 'd.yaml#/e'}\n",
        &[("d.yaml", "e: {$ref: 'main.yaml#/b'}")],
    );
    assert_eq!(lead(&document, "#/a").as_deref(), Ok("1"));
    assert_eq!(lead(&document, "#/c").as_deref(), Ok("1"));
}

#[test]
fn mappings_of_discriminators_are_followed() {
    let main = "openapi: 3.0.3\ns: {discriminator: {propertyName: k, mapping: {a: 'a.yaml', b: B, c: 'c.yaml#/C', d: '#/s'}}}\n";
    let (document, told) = load_files(main, &[("a.yaml", "x: 1"), ("c.yaml", "C: 2")]);
    assert!(told.is_empty());
    assert_eq!(
        (lead(&document, "a.yaml").as_deref(), lead(&document, "c.yaml#/C").as_deref()),
        (Ok(r#"{"x":1}"#), Ok("2"))
    );
}

#[test]
fn what_is_meant() {
    let main = r##"openapi: 3.1.0
paths:
  x: {$ref: 'part.yaml#/A'}
  y:
    schema:
      $defs: {B: {b: 1, $ref: '#/$defs/C'}, C: 2}
      properties: {p: {$ref: '#/$defs/B'}, q: {$ref: '#/$defs/D'}}
definitions: {M: 3}
"##;
    let (document, _) = load_files(main, &[("part.yaml", "A: {$ref: '#/definitions/M'}\nB: {$ref: '#/A/x'}\n")]);
    let at = |pointer: &str| document.follow(0, pointer).unwrap();
    let told = |pointer: &str| {
        document.resolve_told(at(pointer)).map(|(at, guessed)| (at.node.to_json(), guessed)).map_err(|_| ())
    };
    assert_eq!(told("#/paths/y/schema/properties/p"), Ok(("2".to_owned(), true)), "definitions beside a schema");
    assert_eq!(told("#/paths/y/schema/properties/q"), Err(()));
    assert_eq!(told("#/paths/x"), Ok(("3".to_owned(), true)), "the main file has it");
    assert_eq!(told("#/definitions/M"), Ok(("3".to_owned(), false)));
    assert!(told("part.yaml#/B").is_err());
}
