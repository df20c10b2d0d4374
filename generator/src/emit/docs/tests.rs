//! The pages of a small API of every construct.

use std::collections::BTreeMap;

use super::fixture::{api, planned};
use super::*;
use crate::ir::{NameHint, Need, TypeKind};
use crate::settings::Config;

fn pages(apis: &[Api], config: &Config, left_out: &[Vec<LeftOut>]) -> BTreeMap<String, String> {
    let (_, files) = emit(apis, &planned(apis, config), left_out);
    assert_eq!(check::broken_links(&files), Vec::<String>::new());
    let mut folded: Vec<String> = files.iter().map(|(path, _)| path.to_ascii_lowercase()).collect();
    folded.sort();
    folded.dedup();
    assert_eq!(folded.len(), files.len(), "names that differ only in case");
    for (path, text) in &files {
        assert!(text.starts_with(MARK), "{path} has no mark");
        assert!(!text.contains("could not fill"), "{path}: {text}");
        assert!(!text.contains("\n\n\n"), "{path} has two blank lines in a row:\n{text}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path} does not end with one line break");
        assert!(
            !text.lines().any(|line| line.trim_start() != line && line.trim().is_empty()),
            "{path} has blanks on an empty line"
        );
    }
    files.into_iter().collect()
}

fn one() -> BTreeMap<String, String> {
    pages(&[api()], &Config::default().with_name("shop"), &[])
}

/// The part of a page from a line that starts with `from` to the next anchor.
fn section<'a>(page: &'a str, from: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    let end = page[start + from.len()..].find("\n<a id=").map_or(page.len(), |end| start + from.len() + end);
    &page[start..end]
}

#[test]
fn one_api_has_its_pages_at_the_top() {
    let names: Vec<String> = one().into_keys().collect();
    assert_eq!(
        names,
        [
            "docs/README.md",
            "docs/errors-and-auth.md",
            "docs/models/Either.md",
            "docs/models/Job.md",
            "docs/models/Kind.md",
            "docs/models/LogIn.md",
            "docs/models/MaybePet.md",
            "docs/models/Page.md",
            "docs/models/Pet.md",
            "docs/models/Problem.md",
            "docs/models/README.md",
        ]
    );
}

#[test]
fn several_apis_have_folders_and_an_index() {
    let mut other = api();
    other.name = "Pet-Shop".to_owned();
    let pages = pages(&[api(), other], &Config::default().with_name("shops"), &[]);
    assert!(pages.contains_key("docs/pet-shop/README.md") && pages.contains_key("docs/Pet-Shop-2/models/Pet.md"));
    assert!(
        pages["docs/README.md"]
            .contains("| [**Pet \\| Shop \\<b>**](pet-shop/README.md) | 1.2 | `pet_shop` | `pet-shop` | 6 |"),
        "{}",
        pages["docs/README.md"]
    );
}

#[test]
fn the_page_of_operations() {
    let page = &one()["docs/README.md"];
    for part in [
        "# Pet \\| Shop \\<b>\n\nVersion 1.2 · Rust module `shop`\n\n[Models](models/README.md) · [Credentials and errors](errors-and-auth.md)\n\nBuys and sells pets.\n\nAll URIs are relative to *<https://eu.pets.example/v1>*.",
        "| `https://{region}.pets.example/v1` | `Server::new(region)` | Live \\| now |",
        "| **region** | `https://{region}.pets.example/v1` | `Region` | `eu` | `eu`, `us` |  |",
        "2 of 6 operations can be called without credentials. The schemes are [`key`](errors-and-auth.md#key), [`My OAuth`](errors-and-auth.md#My-OAuth), [`signed`](errors-and-auth.md#signed).",
        "### pets\n\nAll about pets.\n\n| Method | HTTP request | Description |\n| --- | --- | --- |\n| [**get_pet**](#get_pet) | **GET** /pets/{petId} | Gets a pet. |\n",
        "### a\\|b \\[c\\](d)\n\n| Method",
        // An operation that is called like a heading of the page.
        "| [**errors**](#errors-2) | **POST** /login | **Deprecated.** Does errors. |",
    ] {
        assert!(page.contains(part), "no {part:?} in\n{page}");
    }
}

#[test]
fn an_operation() {
    let pages = one();
    let get = section(&pages["docs/README.md"], "<a id=\"get_pet\"></a>");
    let start = "<a id=\"get_pet\"></a>\n\n## `client.get_pet(pet_id: impl Into<String>) -> models::MaybePet`\n\n**GET** /pets/{petId}\n\nGets a pet.\n\nA \\| b `c` \\<script>x\\</script> d \\]\\] **\n\n#### Head\n\n```sh\nrm\n```\n\n```text\n</td> --> \"\"\" \\\n```\n\nOperation id: `getPet`\n\nCredentials: [`key`](errors-and-auth.md#key)\n\nRequires ANY permissions:\n\n* pets:view\n* pets:edit\n\nPermissions: Ask \\| the owner.\n\n### Example\n\n```rust\n";
    assert!(get.starts_with(start), "{get}");
    let end = "### Parameters\n\n| Name | Type | Description | Notes |\n| --- | --- | --- | --- |\n| **petId** | `String` | The petId. | Argument: `pet_id` |\n| **expand** | [`Vec<models::Kind>`](models/Kind.md) | The expand. | [optional]<br>Items are joined by commas<br>Default `cat`<br>**Values**: `cat`, `a\\|b`, `` `=` ``, `\"\"` |\n\n### Return type\n\n**[`models::MaybePet`](models/MaybePet.md)**\n\nStatus 200: Answer 200.\n\n### Errors\n\n| Status | Type | Description |\n| --- | --- | --- |\n| 404 | [`models::Problem`](models/Problem.md) | Answer 404. |\n\n`error.typed::<models::Problem>()` gives the body of an error status. More on [Errors](errors-and-auth.md#errors).\n\n### Response headers\n\n| Name | Type | Status | Description |\n| --- | --- | --- | --- |\n| **X-Rate\\|Limit** | `i64` | 200 | How many. |\n\n`answer.headers_as::<operations::GetPetHeaders>()` has a method for each of these; an error has it too.\n";
    assert!(get.ends_with(end), "{get}");
}

#[test]
fn bodies_cases_and_error_enums() {
    let pages = one();
    let make = section(&pages["docs/README.md"], "<a id=\"make_pet\"></a>");
    for part in [
        "| **body** | [`&models::Pet`](models/Pet.md) | What to do. | Setter: `body` |",
        "| Setter: `body_text`<br>Media type: `text/plain` |",
        "A body:\n\n```json\n{\n  \"id\": \"7\",\n  \"type\": \"cat\"\n}\n```",
        "`operations::MakePetReply`, an enum with a variant for each case:\n\n| Variant | Status | Type | Description |",
        "| 201 | [`models::Pet`](models/Pet.md) | Answer 201. |",
        "| 204 | no body | Answer 204. |",
        "| any other | no body described | Answer 0. |",
        "`error.typed::<operations::MakePetError>()`",
    ] {
        assert!(make.contains(part), "no {part:?} in\n{make}");
    }
}

#[test]
fn walks_and_credentials_of_operations() {
    let pages = one();
    let page = &pages["docs/README.md"];
    for part in [
        "### Pages\n\n`.items()` gives the items in `items` of this page and of all following ones as a stream, `.pages()` the pages. `next` of a page is sent as `cursor` to get the next one; the last page has none.",
        "### Waiting\n\n`.wait()` starts the job and asks [`get_job`](#get_job) for its state, less and less often, until `state` is `Done`; the answer is then that of [`get_job`](#get_job). `Failed` or `Lost` is an error of the kind `Job`.",
        "Credentials: [`My OAuth`](errors-and-auth.md#My-OAuth) (scopes: `pets:read`), or none",
        "Credentials: none\n\nThis log-in provides [`key`](errors-and-auth.md#key) (from `id`) to the other calls",
        "This operation does not need any parameter.",
    ] {
        assert!(page.contains(part), "no {part:?} in\n{page}");
    }
}

#[test]
fn a_struct() {
    let pages = one();
    let pet = &pages["docs/models/Pet.md"];
    for part in [
        "# Pet\n\n`shop::models::Pet`\n\n[All models](README.md) · [Operations](../README.md)\n\nA \\| b `c` \\<script>",
        "| **id** | `String` | The id. | At least 1 character<br>Matches the pattern `a\\|b` |",
        "| **type** | [`models::Kind`](Kind.md) | The type. | **Values**: `cat`, `a\\|b`, `` `=` ``, `\"\"` |",
        "| **Date/Time** | `Maybe<DateTime>` | The Date/Time. | [optional]<br>[nullable]<br>Rust: `date_time` |",
        "| **a\\|b\\`c** | `Option<Vec<String>>` | A \\| b `c` \\<script>x\\</script> d \\]\\] **<br>Head<br>`rm`<br>`</td> --> \"\"\" \\` | [optional]<br>[read-only]<br>Rust: `a_b_c` |",
        "Members that the description does not name are kept in `extra`.",
        "## Example\n\n```json\n{\n  \"id\": \"1\",\n  \"type\": \"cat\",\n  \"n\": 1.0\n}\n```",
        "* Sent by [`make_pet`](../README.md#make_pet)\n* Given by [`make_pet`](../README.md#make_pet)\n* Part of [`Page`](Page.md), [`Either`](Either.md), [`MaybePet`](MaybePet.md)\n",
    ] {
        assert!(pet.contains(part), "no {part:?} in\n{pet}");
    }
    assert!(pages["docs/models/LogIn.md"].contains("It holds secrets"));
}

#[test]
fn enums_unions_and_aliases() {
    let pages = one();
    assert!(
        pages["docs/models/Kind.md"].contains("| `cat` | `Cat` | Means cat. |\n| `a\\|b` |"),
        "{}",
        pages["docs/models/Kind.md"]
    );
    let either = &pages["docs/models/Either.md"];
    assert!(either.contains("| `Pet` | [`models::Pet`](Pet.md) | `what` is `pet` or `p\\|q` |  |"), "{either}");
    assert!(
        either.contains(
            "The member `what` tells which one a value is.\n\nA value that fits none of them is kept in `Unknown`."
        ),
        "{either}"
    );
    assert!(pages["docs/models/MaybePet.md"].contains("Another name for [`Option<models::Pet>`](Pet.md)."));
    assert!(pages["docs/models/README.md"].contains("| [**Either**](Either.md) | one of several | A Either. |"));
}

#[test]
fn credentials() {
    let page = &one()["docs/errors-and-auth.md"];
    for part in [
        "```rust\nuse shop::{Client, Error, models};\n\nfn client() -> Result<Client, Error> {\n    let body = models::LogIn {\n        user: \"user\".into(),\n        key: \"key\".into(),\n        ..Default::default()\n    };\n    Client::builder()\n        .errors(&body)\n        .build()\n}\n```",
        "<a id=\"key\"></a>\n\n### key\n\nShown once.\n\nA key in the header `X-Key`.\n\nSet it on the builder: `.key(Credential::token(\"secret\"))`",
        "| client credentials | token: `https://login.example/token` | The client fetches the token, keeps it and renews it. |",
        "| `pets:read` | client credentials | Read \\| pets |",
        "Set it on the builder: `.signed(JwtSigner::hs256(\"secret\").claim(\"appId\", \"the app's id\").issued_at())`",
        "| `appId` | the app's id |",
        "A token that was fetched is kept",
    ] {
        assert!(page.contains(part), "no {part:?} in\n{page}");
    }
}

#[test]
fn examples_of_clients_are_rust() {
    let mut api = api();
    for scheme in ["key", "My OAuth", "signed"] {
        let ids: Vec<_> = api.ops.ids().collect();
        for id in ids {
            api.ops[id].login = None;
            api.ops[id].security = vec![vec![Need { scheme: scheme.to_owned(), scopes: Vec::new() }]];
        }
        let apis = [api.clone()];
        let (_, pages) = emit(&apis, &planned(&apis, &Config::default()), &[]);
        let (_, page) = pages.iter().find(|(path, _)| path.ends_with("errors-and-auth.md")).unwrap();
        for code in page.split("```rust\n").skip(1) {
            let code = code.split("\n```").next().unwrap();
            assert!(syn::parse_file(code).is_ok(), "{code}");
        }
    }
}

#[test]
fn what_was_left_out() {
    let row = LeftOut {
        code: Code::BrokenRef,
        place: "pets.yaml:3:4".to_owned(),
        reason: "`#/a|b` leads nowhere".to_owned(),
        effect: "Free <JSON>.".to_owned(),
    };
    let pages = pages(&[api()], &Config::default().with_name("shop"), &[vec![row]]);
    assert!(pages["docs/README.md"].contains("[Left out (1)](left-out.md)"));
    let page = &pages["docs/left-out.md"];
    assert!(
        page.contains(
            "| `OA0020` a `$ref` leads nowhere | `pets.yaml:3:4` | `#/a\\|b` leads nowhere | Free \\<JSON>. |"
        ),
        "{page}"
    );
}

#[test]
fn large_apis_have_a_page_for_each_tag() {
    let mut api = api();
    let ids: Vec<_> = api.ops.ids().collect();
    for round in 0..12 {
        for id in &ids {
            let mut operation = api.ops[*id].clone();
            operation.id = format!("{}{round}", operation.id);
            operation.hint = NameHint::named(operation.id.clone());
            operation.login = None;
            api.ops.push(operation);
        }
    }
    let pages = pages(&[api], &Config::default().with_name("shop"), &[]);
    let main = &pages["docs/README.md"];
    assert!(
        main.contains("### [a\\|b \\[c\\](d)](a-b-c-d.md)\n") && main.contains("| [**get_pet**](pets.md#get_pet) |"),
        "{main}"
    );
    assert!(!main.contains("### Example"));
    let tag = &pages["docs/pets.md"];
    assert!(
        tag.contains("# Pet \\| Shop \\<b>: pets\n")
            && tag.contains("| [**get_pet**](#get_pet) |")
            && tag.contains("<a id=\"find_pets3\"></a>"),
        "{tag}"
    );
    assert!(pages["docs/models/Pet.md"].contains("](../pets.md#make_pet)"));
}

#[test]
fn an_empty_api_has_pages_too() {
    let api = Api { name: "nothing".to_owned(), ..Api::default() };
    let pages = pages(&[api], &Config::default(), &[]);
    assert!(pages["docs/README.md"].contains("# nothing\n"));
    assert!(
        pages["docs/README.md"].contains("There is no operation.")
            && pages["docs/README.md"].contains("names no server")
    );
    assert!(pages["docs/models/README.md"].contains("There is no model."));
    assert!(pages["docs/errors-and-auth.md"].contains("This API needs no credentials."));
}

#[test]
fn hostile_names_break_nothing() {
    let mut api = api();
    let evil = "|`\n<img src=x onerror=y>[z](javascript:0) # \u{202e}\\";
    api.info.title = evil.to_owned();
    api.info.version = evil.to_owned();
    let ids: Vec<_> = api.ops.ids().collect();
    for id in ids {
        let operation = &mut api.ops[id];
        operation.id = format!("{evil}{}", operation.id);
        operation.path = format!("/{evil}");
        for param in &mut operation.params {
            param.wire = evil.to_owned();
        }
    }
    let types: Vec<_> = api.types.ids().collect();
    for id in types {
        api.types[id].hint = NameHint::named(evil);
        if let TypeKind::Struct(structure) = &mut api.types[id].kind {
            for field in &mut structure.fields {
                field.wire = format!("{}{evil}", field.wire);
            }
        }
    }
    let ids: Vec<_> = api.tags.ids().collect();
    for id in ids {
        api.tags[id].name = evil.to_owned();
    }
    for (path, text) in pages(&[api], &Config::default().with_name("shop"), &[]) {
        assert!(!text.contains('\u{202e}'), "{path}");
        let mut columns = 0;
        for line in text.lines() {
            // Every row of a table is as wide as its head.
            let pipes = line.replace("\\|", "").matches('|').count();
            if line.starts_with("| ") {
                assert!(columns == 0 || pipes == columns, "{path}: {line}");
                columns = pipes;
            } else {
                columns = 0;
            }
        }
    }
}
