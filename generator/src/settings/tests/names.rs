//! Names: renamed things, and what is wrong with a new name.

use super::*;

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
        &["pub struct Role, extra: rt::Extra {\n        REQ \"type\" r#type: ", "pub enum Pet, Unknown {"],
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
    has(&code(&outcome), &["pub struct AnimalOwner, ", "pub enum AnimalStatus, Unknown {", "pub struct CheckBody, "]);
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
fn what_has_a_name_in_the_settings_keeps_its_field() {
    let text = "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"components\":{\"schemas\":{\"Dot\":{\"type\":\"object\",\"required\":[\"kind\",\"unit\",\"x\"],\"properties\":{\"kind\":{\"const\":\"dot\"},\"unit\":{\"const\":\"mm\"},\"x\":{\"type\":\"integer\",\"minimum\":1}}}}}}";
    let code_of = |settings: &str| {
        let source = Source::new("specs/dot.json", text).with_settings("specs/dot.toml", settings);
        code(&generate(&[source], &Config::default()))
    };
    has(&code_of(""), &["says(\"kind\", \"dot\"), says(\"unit\", \"mm\") {\n        /// At least 1."]);
    let named = code_of("[rename.fields]\n'Dot.unit' = 'measure'\n'Dot.x' = 'across'\n");
    has(&named, &["says(\"kind\", \"dot\") {", "REQ \"unit\" measure: DotUnit,", "REQ \"x\" across: "]);
}
