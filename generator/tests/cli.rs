//! The command, run as a user runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SPEC: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example'}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '404': {$ref: '#/components/responses/Gone'}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

fn clientsmith(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_clientsmith")).current_dir(folder).args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), SPEC).unwrap();
    folder
}

/// `NAME: O operations, T types, D docs pages, L left out, S s`, with the seconds taken off.
fn closing_line(stdout: &str) -> &str {
    let (line, seconds) = stdout.lines().last().unwrap().rsplit_once(", ").unwrap();
    assert!(seconds.strip_suffix(" s").is_some_and(|seconds| seconds.parse::<f64>().is_ok()), "{seconds}");
    line
}

#[test]
fn a_crate_is_written_once() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let (status, stdout, stderr) =
        clientsmith(folder.path(), &["generate", "pets.yaml", "--out", "out", "--report", "reports/r.json"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(
        closing_line(&stdout).starts_with("pets: 1 operations, ") && closing_line(&stdout).ends_with(" 1 left out"),
        "{stdout}"
    );
    assert!(stderr.starts_with("left-out[OA0020]: `$ref` leads nowhere: `#/components/responses/Gone`\n"), "{stderr}");
    assert!(
        stderr.contains("--> pets.yaml:11:")
            && stderr.ends_with("clientsmith: 1 left out; `clientsmith explain OA0020` tells more\n"),
        "{stderr}"
    );
    assert!(!stderr.contains('\u{1b}'), "no colours in a pipe");
    assert!(at("out/src/lib.rs").is_file());

    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(at("reports/r.json")).unwrap()).unwrap();
    for (key, value) in [
        ("name", "pets".into()),
        ("operations_in_spec", 1.into()),
        ("operations_generated", serde_json::Value::from(1)),
        ("warnings", 0.into()),
    ] {
        assert_eq!(report[key], value, "{key}");
    }
    assert_eq!(report["left_out"][0]["code"], "OA0020");
    assert!(report["left_out"][0]["pointer"].as_str().unwrap().starts_with("#/paths/~1pets~1{id}/get/responses/404"));
    assert!(report["types"].is_u64() && report["files"].as_u64().unwrap() > 1 && report["seconds"].is_number());

    let stamp = || fs::metadata(at("out/src/lib.rs")).unwrap().modified().unwrap();
    let first = stamp();
    assert_eq!(clientsmith(folder.path(), &["generate", "pets.yaml", "--out", "out"]).0, 0);
    assert_eq!(stamp(), first, "what is the same is not written again");
    assert_eq!(clientsmith(folder.path(), &["generate", "pets.yaml", "--out", "out", "--check"]).0, 0);
    fs::write(at("pets.yaml"), SPEC.replace("getPet", "readPet")).unwrap();
    let (status, _, stderr) = clientsmith(folder.path(), &["generate", "pets.yaml", "--out", "out", "--check"]);
    assert!(status == 1 && stderr.contains(" would be written"), "{stderr}");
    assert_eq!(stamp(), first);
}

/// A run with nothing new says the same as the one before; a hand edit and a missing file are noticed.
#[test]
fn a_run_with_nothing_new_does_nothing() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let spec = SPEC.replace("        '404': {$ref: '#/components/responses/Gone'}\n", "");
    fs::write(at("pets.yaml"), spec.replace("operationId: getPet", "x: y")).unwrap();
    let generate = || {
        let (status, stdout, stderr) =
            clientsmith(folder.path(), &["generate", "pets.yaml", "--out", "out", "--report", "r.json"]);
        assert_eq!(status, 0, "{stderr}");
        assert!(fs::remove_file(at("r.json")).is_ok());
        (closing_line(&stdout).to_owned(), stderr)
    };
    let first = generate();
    assert!(first.1.contains("OA0031"), "{}", first.1);
    assert!(at("out/.clientsmith.stamp").is_file());
    assert!(fs::read_to_string(at("out/.gitignore")).unwrap().contains("/.clientsmith.stamp\n"));
    assert_eq!(generate(), first);
    for path in ["out/src/lib.rs", "out/Cargo.toml"] {
        let right = fs::read_to_string(at(path)).unwrap();
        fs::write(at(path), format!("{right}\n")).unwrap();
        assert_eq!(generate(), first);
        assert_eq!(fs::read_to_string(at(path)).unwrap(), right, "an edit is undone");
        fs::remove_file(at(path)).unwrap();
        assert_eq!(generate(), first);
        assert!(at(path).is_file(), "what is gone comes back");
    }
    fs::write(at("pets.toml"), "rename.operations.'GET /pets/{id}' = 'read'\n").unwrap();
    assert!(generate().1.is_empty());
    assert!(fs::read_to_string(at("out/src/operations/general.rs")).unwrap().contains("fn read("));
}

#[test]
fn names_stay_as_a_description_grows() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let generate = |schemas: &str| {
        let spec = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
        );
        fs::write(at("a.yaml"), spec).unwrap();
        let (status, _, stderr) = clientsmith(folder.path(), &["generate", "a.yaml", "--out", "out"]);
        (status, fs::read_to_string(at("out/src/models/shared.rs")).unwrap_or_default(), stderr)
    };
    let old = "foo_bar: {type: object, properties: {old: {type: string}}}";
    assert!(generate(old).1.contains("FooBar, extra: rt::Extra {\n        OPT \"old\""));
    let (_, code, _) = generate(&format!("FooBar: {{type: object, properties: {{new: {{type: string}}}}}}, {old}"));
    assert!(code.contains("FooBar, extra: rt::Extra {\n        OPT \"old\""), "{code}");
    fs::write(at("out/clientsmith.lock"), "<<<<<<< HEAD\n").unwrap();
    let (status, _, stderr) = generate(old);
    assert!(status == 1 && stderr.contains("clientsmith.lock cannot be read"), "{stderr}");
}

#[test]
fn features_of_operations() {
    let folder = folder();
    let two = SPEC.replace("      operationId: getPet\n", "      operationId: getPet\n      tags: [Pets]\n").replace(
        "components:",
        "  /orders: {get: {operationId: listOrders, tags: [Orders], responses: {'204': {description: none}}}}\ncomponents:",
    );
    fs::write(folder.path().join("pets.yaml"), two).unwrap();
    let features =
        |wanted: &[&str]| clientsmith(folder.path(), &[&["features", "pets.yaml", "--for"], wanted].concat());
    let (status, stdout, stderr) = features(&["getPet"]);
    assert!(status == 0 && stdout.is_empty() && stderr.contains("too small for features"), "{stdout}{stderr}");
    fs::write(folder.path().join("pets.toml"), "features.per-tag = 2\n").unwrap();
    for wanted in ["getPet", "get_pet", "GET /pets/{id}"] {
        assert_eq!(features(&[wanted]), (0, "pets\n".to_owned(), String::new()));
    }
    assert_eq!(features(&["getPet", "list*"]).1, "orders\npets\n");
    let (status, _, stderr) = features(&["getPets"]);
    assert!(status == 1 && stderr.contains("there is no operation `getPets`"), "{stderr}");
    let (_, all, _) = clientsmith(folder.path(), &["features", "pets.yaml"]);
    assert_eq!(all, "orders  1\npets  1\n");
}

#[test]
fn several_descriptions_make_one_crate() {
    let folder = folder();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, SPEC.as_bytes()).unwrap();
    fs::write(folder.path().join("more.yaml.gz"), packed.finish().unwrap()).unwrap();
    let (status, stdout, _) =
        clientsmith(folder.path(), &["generate", "pets.yaml", "more.yaml.gz", "--out", "all-clients"]);
    assert_eq!(status, 0);
    assert!(closing_line(&stdout).starts_with("all-clients: 2 operations, "), "{stdout}");
    assert!(
        folder.path().join("all-clients/src/more/mod.rs").is_file()
            && folder.path().join("all-clients/src/pets/mod.rs").is_file()
    );
}

#[test]
fn errors_end_with_one_and_wrong_usage_with_two() {
    let folder = folder();
    fs::write(folder.path().join("bad.yaml"), "openapi: 3.0.3\npaths: [\n").unwrap();
    let (status, _, stderr) = clientsmith(folder.path(), &["generate", "bad.yaml", "--out", "out"]);
    assert!(
        status == 1
            && stderr.contains("error[OA0002]")
            && stderr.contains("--> bad.yaml:3:1")
            && stderr.contains("nothing was written"),
        "{stderr}"
    );
    assert!(!folder.path().join("out").exists());
    let (status, _, stderr) = clientsmith(folder.path(), &["check", "none.yaml"]);
    assert!(status == 1 && stderr.contains("error[OA0001]: there is no such file"), "{stderr}");
    assert_eq!(clientsmith(folder.path(), &["check", "pets.yaml"]).0, 0);
    assert_eq!(clientsmith(folder.path(), &["check", "pets.yaml", "--strict"]).0, 1);
    for wrong in [
        &["generate"][..],
        &["generate", "pets.yaml"],
        &["nonsense"],
        &["generate", "pets.yaml", "--out", "o", "--name", "No Name"],
        &["explain", "OA9999"],
        &[],
    ] {
        assert_eq!(clientsmith(folder.path(), wrong).0, 2, "{wrong:?}");
    }
    for right in [
        &["--help"][..],
        &["generate", "--help"],
        &["check", "--help"],
        &["docs", "--help"],
        &["inspect", "--help"],
        &["--version"],
        &["explain"],
        &["explain", "oa0020"],
    ] {
        assert_eq!(clientsmith(folder.path(), right).0, 0, "{right:?}");
    }
}

#[test]
fn problems_as_json() {
    let folder = folder();
    let (status, stdout, stderr) = clientsmith(folder.path(), &["check", "pets.yaml", "--format", "json"]);
    assert_eq!((status, stdout.lines().next()), (0, Some("pets.yaml: 1 of 1 operations, 1 types")));
    let problems: serde_json::Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!(
        (&problems[0]["code"], &problems[0]["severity"], &problems[0]["file"], &problems[0]["line"]),
        (&"OA0020".into(), &"left-out".into(), &"pets.yaml".into(), &11.into())
    );
}

#[test]
fn files_of_others_stay() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("out/src")).unwrap();
    fs::write(folder.path().join("out/src/lib.rs"), "// mine").unwrap();
    let (status, _, stderr) = clientsmith(folder.path(), &["generate", "pets.yaml", "--out", "out"]);
    assert!(status == 1 && stderr.contains("not made by clientsmith are in the way: src/lib.rs"), "{stderr}");
    assert_eq!(fs::read_to_string(folder.path().join("out/src/lib.rs")).unwrap(), "// mine");
    assert_eq!(clientsmith(folder.path(), &["generate", "pets.yaml", "--out", "out", "--force"]).0, 0);
}

#[test]
fn references_read_other_folders_only_when_allowed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("specs")).unwrap();
    fs::create_dir_all(folder.path().join("common")).unwrap();
    fs::write(folder.path().join("common/types.yaml"), "Gone: {description: gone}\n").unwrap();
    fs::write(
        folder.path().join("specs/pets.yaml"),
        SPEC.replace("'#/components/responses/Gone'", "'../common/types.yaml#/Gone'"),
    )
    .unwrap();
    let check = |arguments: &[&str]| {
        clientsmith(folder.path(), &[&["check", "specs/pets.yaml", "--strict"], arguments].concat())
    };
    let (status, _, stderr) = check(&[]);
    assert!(status == 1 && stderr.contains("OA0022"), "{stderr}");
    assert_eq!(check(&["--allow", "common"]).0, 0);
}

#[test]
fn stages_can_be_looked_at() {
    let folder = folder();
    let (status, ir, _) = clientsmith(folder.path(), &["inspect", "pets.yaml"]);
    assert!(status == 0 && ir.contains("getPet"));
    let (status, plan, _) = clientsmith(folder.path(), &["inspect", "pets.yaml", "--stage", "plan"]);
    assert!(status == 0 && plan.contains("get_pet"));
}

#[test]
fn settings_and_overlays() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let overlay = |title: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: o, version: '1'}}\nactions:\n- target: $.info.title\n  update: {title}\n"
        )
    };
    write("pets.toml", "[[allow]]\ncode = \"OA0020\"\nat = \"#/paths/**\"\nreason = \"not published\"\n");
    write("o.yaml", &overlay("Overlaid"));
    let check =
        |arguments: &[&str]| clientsmith(folder.path(), &[&["check", "pets.yaml", "--strict"], arguments].concat());
    let (status, _, stderr) = check(&[]);
    assert!(status == 0 && stderr.contains("= allowed: not published"), "{stderr}");
    let (status, _, stderr) = check(&["--overlay", "none.yaml"]);
    assert!(status == 1 && stderr.contains("none.yaml") && stderr.contains("OA0001"), "{stderr}");

    write("other.toml", "name = \"shop\"\n[skip]\noperations = [\"getPet\"]\n");
    let (status, stdout, _) = check(&["--settings", "other.toml"]);
    assert!(status == 0 && stdout.contains("pets.yaml: 0 of 1 operations, 1 skipped"), "{stdout}");
    let (status, stdout, stderr) = clientsmith(
        folder.path(),
        &["generate", "pets.yaml", "--settings", "other.toml", "--overlay", "o.yaml", "--out", "out"],
    );
    assert!(status == 0 && closing_line(&stdout).starts_with("shop: 0 operations"), "{stdout}{stderr}");
    assert!(fs::read_to_string(folder.path().join("out/README.md")).unwrap().contains("Overlaid"));

    write("more.yaml", SPEC);
    let (status, _, stderr) =
        clientsmith(folder.path(), &["check", "pets.yaml", "more.yaml", "--settings", "other.toml"]);
    assert!(status == 2 && stderr.contains("for one description"), "{stderr}");
    write("pets.toml", "nane = 1\n");
    let (status, _, stderr) = check(&[]);
    assert!(status == 1 && stderr.contains("--> pets.toml:1:1") && stderr.contains("did you mean `name`?"), "{stderr}");
}
