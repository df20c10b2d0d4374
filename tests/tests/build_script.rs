//! Someone's own package that generates its client: into `OUT_DIR`, and into a folder of its own.

use std::collections::BTreeMap;
use std::fs;

use clientsmith_tests::nested::Nested;
use clientsmith_tests::workspace;

const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example'}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

/// What such a package does with its client.
const USE: &str = r##"
#[test]
fn it_works() {
    let pet: pets::models::Pet = pets::runtime::json::from_str(r#"{"name":"Rex"}"#).unwrap();
    assert_eq!(pet.name, "Rex");
    let http = pets::runtime::http::FakeTransport::new(|_| pets::runtime::http::HttpResponse::json(200, "{}"));
    let client = pets::Client::builder().transport(http).build().unwrap();
    let _request = client.get_pet("p1");
}
"##;

/// The build script that the documentation of `clientsmith::build_script` shows.
fn documented() -> String {
    let docs = workspace::read("generator/src/build_script.rs");
    let lines = docs.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim_start);
    let lines = lines.skip_while(|line| *line != "// build.rs").take_while(|line| !line.starts_with("```"));
    let script: Vec<&str> = lines.skip(1).collect();
    assert!((3..=5).contains(&script.len()), "five lines are enough: {script:?}");
    script.join("\n") + "\n"
}

#[test]
fn packages_of_others() {
    let nested = Nested::lock();
    let copy = nested.workspace();
    let script = documented();
    let manifest = |name: &str| {
        format!(
            r#"[package]
name = "{name}"
edition = "2024"
publish = false

[dependencies]
clientsmith-runtime = {{ path = {:?}, default-features = false }}

[build-dependencies]
clientsmith = {{ path = {:?} }}

[lints.rust]
warnings = "deny"
"#,
            copy.join("templates/runtime"),
            copy.join("generator"),
        )
    };
    let include = "pub mod pets {\n    include!(concat!(env!(\"OUT_DIR\"), \"/clientsmith/mod.rs\"));\n}\n";
    let own = script.replace(".run()", ".out_dir(\"src/pets\").run()");
    let mut files: BTreeMap<String, String> = [
        ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"out-dir\", \"own-folder\"]\n".to_owned()),
        ("out-dir/Cargo.toml", manifest("out-dir")),
        ("out-dir/build.rs", script),
        ("out-dir/specs/pets.yaml", PETS.to_owned()),
        ("out-dir/src/lib.rs", format!("{include}{USE}")),
        ("own-folder/Cargo.toml", manifest("own-folder")),
        ("own-folder/build.rs", own),
        ("own-folder/specs/pets.yaml", PETS.to_owned()),
        ("own-folder/src/lib.rs", format!("pub mod pets;\n{USE}")),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into();
    // What an earlier run of this test has generated stays, so that nothing is compiled twice.
    let written = nested.folder("build-script").join("own-folder/src/pets");
    for path in written.is_dir().then(|| workspace::below(&written)).into_iter().flatten() {
        let name =
            path.strip_prefix(nested.folder("build-script")).expect("it is below").to_string_lossy().into_owned();
        files.insert(name, fs::read_to_string(&path).expect("it is text"));
    }
    let folder = nested.package("build-script", files);
    let ran = nested.cargo(&folder, &["test", "--workspace"]).expect("the packages");
    assert_eq!(ran.stdout.matches("test it_works ... ok").count(), 2, "{}", ran.stdout);
    assert!(folder.join("own-folder/src/pets/mod.rs").is_file());
    assert!(!folder.join("out-dir/src/pets").exists());
}
