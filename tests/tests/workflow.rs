//! One `cargo build` from an edited description to compiled, documented code; the next one does nothing.
//!
//! All of it happens in a copy of the workspace that stays from run to run, so that dependencies are compiled once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clientsmith_tests::nested::{Nested, Ran};
use clientsmith_tests::workspace;

const NEW_OPERATION: &str = "paths:
  /api/public/ping:
    get:
      operationId: pingServer
      summary: Ask whether the server is there.
      description: Gives nothing.
      tags: [Users]
      security: []
      responses:
        '204':
          description: It is.
";

const NEW_SPEC: &str = "openapi: 3.0.3
info: {title: Brand New, version: '1'}
servers: [{url: 'https://new.example'}]
paths:
  /things:
    get:
      operationId: listThings
      summary: List the things.
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}}}
";

/// The copy, and Cargo in it.
struct Copy {
    nested: Nested,
    root: PathBuf,
}

impl Copy {
    fn new() -> Self {
        let nested = Nested::lock();
        let root = nested.workspace();
        Self { nested, root }
    }

    fn cargo(&self, arguments: &[&str]) -> Ran {
        self.nested.cargo(&self.root, arguments)
    }

    #[track_caller]
    fn build(&self) -> Vec<String> {
        self.cargo(&["build"]).expect("cargo build").compiled()
    }

    fn build_with(&self, mode: &str) -> Ran {
        self.nested.cargo_with(&self.root, &["build"], &[("CLIENTSMITH", mode)])
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.root.join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// When each generated file was changed.
    fn stamps(&self) -> BTreeMap<PathBuf, SystemTime> {
        let stamp = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).expect("it is there");
        workspace::below(&self.root.join("generated")).into_iter().map(|path| (path.clone(), stamp(&path))).collect()
    }

    /// The sources that the last build has compiled the clients from.
    fn compiled_sources(&self) -> String {
        let list = self.nested.folder("target").join("debug/libautomation_clients.d");
        fs::read_to_string(list).expect("Cargo lists them")
    }

    /// Compiles a program of someone who uses the clients.
    fn program(&self, features: &str, code: &str) -> Ran {
        let manifest = format!(
            "[package]\nname = \"program\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n[dependencies]\nautomation-clients = {{ path = {:?}, default-features = false, features = [{features}] }}\n",
            self.root.join("generated"),
        );
        let files = [("Cargo.toml", manifest), ("src/lib.rs", code.to_owned())];
        let files = files.map(|(path, text)| (path.to_owned(), text)).into();
        let folder = self.nested.package("program", files);
        self.nested.cargo(&folder, &["check"])
    }
}

/// Both are there to be built again by nobody.
const NOTHING: [&str; 0] = [];

#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn a_description_is_edited() {
    let copy = Copy::new();
    copy.build();
    let before = copy.stamps();
    assert_eq!(copy.build(), NOTHING, "a second build does nothing");
    assert_eq!(copy.stamps(), before, "and touches nothing");

    let spec = copy.read("specs/kore-ai.yaml");
    assert_eq!(spec.matches("\npaths:\n").count(), 1);
    copy.write("specs/kore-ai.yaml", &spec.replace("\npaths:\n", &format!("\n{NEW_OPERATION}")));
    let compiled = copy.build();
    assert!(compiled.contains(&"automation_clients".to_owned()), "{compiled:?}");
    assert!(!compiled.iter().any(|name| name == "clientsmith"), "the generator is not built again: {compiled:?}");
    assert!(copy.read("generated/src/kore_ai/operations/users.rs").contains("pub fn ping_server(&self)"));
    assert!(copy.read("generated/docs/kore-ai/README.md").contains("## `client.ping_server() -> ()`"));
    assert_eq!(copy.build(), NOTHING, "the next build does nothing");

    let code =
        "pub fn ping(client: &automation_clients::kore_ai::Client) {\n    drop(client.ping_server().send());\n}\n";
    copy.program("\"kore-ai\"", code).expect("a program that calls it");
    // Only what differs was written: the other three APIs are as they were.
    for (path, stamp) in copy.stamps() {
        let name = path.to_string_lossy();
        let other = ["botcity", "genesys"].iter().any(|api| name.contains(api));
        assert!(!other || before.get(&path) == Some(&stamp), "{name} was touched");
    }
}

#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn a_description_is_dropped_in_and_taken_out() {
    let copy = Copy::new();
    copy.build();
    copy.write("specs/brand-new.yaml", NEW_SPEC);
    let compiled = copy.build();
    assert!(compiled.contains(&"automation_clients".to_owned()), "{compiled:?}");
    let sources = copy.compiled_sources();
    assert!(
        sources.contains("generated/src/brand_new/operations/general.rs"),
        "that very build compiles it: {sources}"
    );
    assert!(
        copy.read("generated/Cargo.toml").contains("\nbrand-new = []\n")
            || copy.read("generated/Cargo.toml").contains("\n\"brand-new\" = []\n")
    );
    assert!(copy.read("generated/docs/README.md").contains("brand-new/README.md"));

    // Cargo reads the new feature from the manifest only now, so it compiles this one crate once more …
    let stamps = copy.stamps();
    let again = copy.build();
    println!("after a new feature, Cargo compiles again: {again:?}");
    let own = ["automation_clients", "build-script-build"];
    assert!(again.iter().all(|name| own.contains(&name.as_str())), "{again:?}");
    assert_eq!(copy.stamps(), stamps, "but generates nothing");
    // … and then rests.
    assert_eq!(copy.build(), NOTHING);

    let code = "pub use automation_clients::brand_new::{Client, models::Thing};\n";
    copy.program("\"brand-new\"", code).expect("a program with this feature alone");

    fs::remove_file(copy.root.join("specs/brand-new.yaml")).expect("it is there");
    copy.build();
    assert!(
        !copy.root.join("generated/src/brand_new").exists() && !copy.root.join("generated/docs/brand-new").exists()
    );
    assert!(!copy.read("generated/Cargo.toml").contains("brand-new"));
    assert!(!copy.read("generated/src/lib.rs").contains("brand_new"));
}

#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn something_is_edited_by_hand() {
    let copy = Copy::new();
    copy.build();
    let path = "generated/src/kore_ai/mod.rs";
    let text = copy.read(path);
    let edited = format!("{text}\n// by hand\n");
    copy.write(path, &edited);
    copy.build();
    assert_eq!(copy.read(path), edited, "a plain build has no reason to look");

    // With `off` nothing is looked at, whatever has changed.
    let spec = copy.read("specs/kore-ai.yaml");
    copy.write("specs/kore-ai.yaml", &spec.replace("\npaths:\n", &format!("\n{NEW_OPERATION}")));
    copy.build_with("off").expect("CLIENTSMITH=off");
    assert_eq!(copy.read(path), edited);
    assert!(!copy.read("generated/docs/kore-ai/README.md").contains("ping_server"));
    copy.write("specs/kore-ai.yaml", &spec);

    let before = copy.stamps();
    let checked = copy.build_with("check");
    let said = checked.said();
    assert!(!checked.success && said.contains("src/kore_ai/mod.rs"), "{said}");
    assert!(said.contains("run `cargo build` without CLIENTSMITH=check"), "{said}");
    assert_eq!(copy.stamps(), before, "a check writes nothing");

    // Whatever makes the build script run brings the files back.
    copy.write("specs/kore-ai.yaml", &spec);
    copy.build();
    assert_eq!(copy.read(path), text);
    copy.build_with("check").expect("CLIENTSMITH=check");
}

#[test]
#[ignore = "compiles crates for a minute or more: a command of its own, see CONTRIBUTING.md"]
fn a_description_is_broken() {
    let copy = Copy::new();
    copy.build();
    let before = copy.stamps();
    let spec = copy.read("specs/kore-ai.yaml");
    copy.write("specs/kore-ai.yaml", &format!("{spec}\nbroken: [\n"));
    let ran = copy.cargo(&["build"]);
    let said = ran.said();
    let line = spec.lines().count() + 3;
    assert!(!ran.success && said.contains(&format!("specs/kore-ai.yaml:{line}:1: [OA0002]")), "{said}");
    assert_eq!(copy.stamps(), before, "a failed run writes nothing");
    copy.write("specs/kore-ai.yaml", &spec);
    copy.build();
}
