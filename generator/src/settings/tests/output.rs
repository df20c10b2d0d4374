//! What is written how: `formats`, `server`, `layout`, `features`.

use super::*;

#[test]
fn formats_become_what_is_asked() {
    let field = |settings: &str, text: &str| has(&code(&run(settings)), &[text]);
    field("formats.date-time = 'text'\n", "born: Option<String>");
    field("formats.date-time = 'local-date-time'\n", "born: Option<rt::LocalDateTime>");
    field("formats.decimal = 'exact'\n", "price: Option<rt::Number>");
    field("formats.decimal = 'f32'\n", "price: Option<f32>");
    field("formats.integer = 'u64'\n", "n: Option<u64>");
    field("formats.integer = 'u8'\n", "n: Option<u8>");
    field("formats.integer = 'unix-time'\n", "n: Option<rt::UnixTime>");
    field("formats.decimal = 'milliseconds'\n", "price: Option<rt::Milliseconds>");
    field("formats.date-time = 'http-date'\n", "born: Option<rt::HttpDate>");
    field("formats.date-time = 'comma-list'\n", "born: Option<rt::CommaList>");
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
    // A tag whose operations are all skipped would switch nothing on.
    let skipped = "skip.tags = ['admin']\nfeatures = { per-tag = true, default = ['pets'";
    let without = manifest(&format!("{skipped}] }}\n"));
    has(&without, &["default = [\"pets\", \"reqwest\",", "\"full\" = [\"pets\", \"debug\"]"]);
    assert!(!without.contains("admin"), "{without}");
    assert_eq!(lines(&format!("{skipped}, 'admin'] }}\n")), ["3:49 OA0071 this tag has no operations, so no feature"]);
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
