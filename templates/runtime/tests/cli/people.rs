//! Sub-commands with flags.

use super::zoo::{run, run_with};
use clientsmith_runtime::http::HttpResponse;

#[test]
fn flags_are_parameters() {
    let ran = run(&["find-pets", "--limit", "5", "--tag", "a", "--tag=b", "--x-trace", "12", "--strict"]);
    assert_eq!(ran.status, 0, "{}", ran.errors);
    assert_eq!(ran.sent[0].address().to_string(), "https://us.zoo.example/pets?limit=5&tag=a&tag=b&strict=true");
    assert_eq!(ran.sent[0].headers().get("X-Trace"), Some("12"));
    assert_eq!(ran.output, "[\n  {\n    \"id\": 1,\n    \"name\": \"Rex\"\n  }\n]\n");
    // A group may stand before its operations.
    assert_eq!(run(&["pets", "find-pets", "--compact"]).output, "[{\"id\":1,\"name\":\"Rex\"}]\n");
}

#[test]
fn wrong_words_are_refused_by_name() {
    let cases: [(&[&str], &str); 8] = [
        (&["find-pets", "--limit", "many"], "query parameter `limit` of findPets: expected integer, found string"),
        (&["find-pets", "--limits", "5"], "find-pets has no flag --limits"),
        (&["find-pets", "--limit", "5", "--limit", "6"], "--limit is given twice"),
        (&["find-pets", "rex"], "unexpected argument \"rex\""),
        (&["find-cats"], "there is no operation or group \"find-cats\""),
        (&["pets", "find-cats"], "pets has no operation \"find-cats\"; there are: find-pets, get-pet, add-pet"),
        (&["--limit", "5", "find-pets"], "there is no flag --limit here"),
        (&["get-pet"], "parameter `petId` is required"),
    ];
    for (words, wanted) in cases {
        let ran = run(words);
        assert_eq!((ran.status, ran.sent.len()), (2, 0), "{words:?}");
        assert!(ran.errors.contains(wanted), "{words:?}: {}", ran.errors);
    }
}

#[test]
fn a_parameter_comes_before_a_general_flag_of_its_name() {
    let ran = run(&["--header", "X-Other=1", "find-pets", "--header", "own"]);
    assert_eq!(ran.sent[0].headers().get("X-Other"), Some("1"));
    assert_eq!(ran.sent[0].address().to_string(), "https://us.zoo.example/pets?header=own");
}

#[test]
fn the_items_of_all_pages_come_line_by_line() {
    let ran = run(&["list-pets", "--all"]);
    assert_eq!((ran.status, ran.sent.len()), (0, 3), "{}", ran.errors);
    assert_eq!(ran.output, "{\"id\":1,\"name\":\"Rex\"}\n{\"id\":2}\n{\"id\":3}\n");
}

#[test]
fn bodies_from_text_file_and_input() {
    let file = std::env::temp_dir().join(format!("clientsmith-cli-body-{}", std::process::id()));
    std::fs::write(&file, r#"{"id":2}"#).unwrap();
    let at = format!("@{}", file.display());
    for (body, wanted) in [(r#"{"id":1}"#, r#"{"id":1}"#), (&at, r#"{"id":2}"#), ("-", r#"{"id":3}"#)] {
        let words = ["add-pet", "--body", body, "--auth", "login=ann:pw"];
        let ran = run_with(&words, &[], r#"{"id":3}"#, |_| HttpResponse::empty(204));
        assert_eq!((ran.status, ran.output.as_str()), (0, ""), "{}", ran.errors);
        assert_eq!(ran.sent[0].body(), wanted.as_bytes());
    }
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn servers_are_chosen() {
    let url = |words: &[&str], variables: &[(&str, &str)]| {
        run_with(words, variables, "", |_| HttpResponse::json(200, "[]")).sent[0].address().to_string()
    };
    assert_eq!(url(&["find-pets", "--server", "http://localhost:1/v2"], &[]), "http://localhost:1/v2/pets");
    assert_eq!(url(&["--server", "2", "find-pets"], &[]), "https://test.zoo.example/pets");
    assert_eq!(url(&["find-pets", "--server-variable", "region=eu"], &[]), "https://eu.zoo.example/pets");
    assert_eq!(url(&["find-pets"], &[("ZOO_SERVER", "http://here")]), "http://here/pets");
    let relative = ["find-pets", "--server", "3", "--document-url", "https://docs.example/api/openapi.json"];
    assert_eq!(url(&relative, &[]), "https://docs.example/v2/pets");
    let without = run(&["find-pets", "--server", "3"]);
    assert!(without.status == 2 && without.errors.contains("is relative"), "{}", without.errors);
    let none = run(&["find-pets", "--server", "4"]);
    assert!(none.status == 2 && none.errors.contains("no server of that number"), "{}", none.errors);
    let unknown = run(&["find-pets", "--server-variable", "zone=eu"]);
    assert!(unknown.status == 2 && unknown.errors.contains("zone"), "{}", unknown.errors);
}

#[test]
fn an_error_status_shows_message_and_body() {
    let ran = run(&["get-pet", "--pet-id", "9", "--compact"]);
    assert_eq!((ran.status, ran.output.as_str()), (1, "{\"id\":404,\"name\":\"no such pet\"}\n"));
    assert!(ran.errors.starts_with("zoo: getPet: the server answered 404 Not Found"), "{}", ran.errors);
}

#[test]
fn the_help_names_all() {
    let ran = run(&["--help"]);
    assert_eq!(ran.status, 0);
    for part in
        ["All about animals.", "find-pets", "Find pets.", "--server URL", "ZOO_O_AUTH", "USER:PASSWORD", "Exit status:"]
    {
        assert!(ran.output.contains(part), "no {part:?} in {}", ran.output);
    }
    let of_one = run(&["find-pets", "--help"]);
    for part in ["GET /pets (findPets)", "--limit INTEGER", "one of: small, large", "For the log. [header]"] {
        assert!(of_one.output.contains(part), "no {part:?} in {}", of_one.output);
    }
    // The operation's own flag hides the general one.
    assert_eq!(of_one.output.matches("--header").count(), 1, "{}", of_one.output);
    let nothing = run(&[]);
    assert!(nothing.status == 2 && nothing.output.is_empty() && nothing.errors.contains("Usage: zoo"));
}

#[test]
fn groups_stand_inside_of_others() {
    let ran = run(&["media", "photos", "get-photo"]);
    assert_eq!((ran.status, ran.sent.len()), (0, 1), "{}", ran.errors);
    assert!(
        run(&["media", "photos", "-h"])
            .output
            .contains("Usage: zoo media photos OPERATION [FLAGS]\n\nOperations:\n  get-photo")
    );
    assert!(run(&["media", "-h"]).output.contains("Usage: zoo media GROUP OPERATION [FLAGS]\n\nGroups:\n  photos"));
    let bare = run(&["media"]);
    assert!(bare.status == 2 && bare.errors.contains("photos"), "{}", bare.errors);
    let unknown = run(&["media", "films"]);
    assert!(unknown.status == 2 && unknown.errors.contains("\"films\"; there are: photos"), "{}", unknown.errors);
    for words in [&["photos"][..], &["media", "photos", "find-pets"], &[""]] {
        assert_eq!((run(words).status, run(words).sent.len()), (2, 0), "{words:?}");
    }
    let list = run(&["list"]).json();
    let photo = list.as_array().unwrap().iter().find(|op| op["id"].as_str() == Some("getPhoto")).unwrap();
    assert_eq!(photo["command"].to_string(), r#"["media","photos","get-photo"]"#);
}

#[test]
fn items_of_a_stream_are_lines() {
    let ran = run(&["watch-pets"]);
    assert_eq!(
        (ran.status, ran.output.as_str()),
        (0, "{\"event\":\"born\",\"data\":{\"id\":1,\"name\":\"Rex\"},\"id\":\"1\"}\n")
    );
}
