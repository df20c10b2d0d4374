//! What the types would keep though the description does not allow it.

use super::zoo::{Ran, run};

fn add(body: &str) -> Ran {
    run(&["call", "addPet", "--auth", "key=k", "--args", &format!(r#"{{"body":{body}}}"#)])
}

fn find(query: &str) -> Ran {
    run(&["call", "findPets", "--args", &format!(r#"{{"query":{query}}}"#)])
}

fn message(ran: &Ran) -> String {
    ran.json()["error"]["message"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn what_cannot_be_meant_is_refused_by_its_path() {
    let cases = [
        (add(r#"{"id":1,"name":null}"#), "`body`: expected a value, found null at $.name"),
        (add(r#"{"id":1,"young":[{"id":2,"name":null}]}"#), "`body`: expected a value, found null at $.young[0].name"),
        (add(r#"{"id":1,"seen":"nonsense"}"#), "`body`: expected text of the format `date-time` at $.seen"),
        (
            find(r#"{"since":"nonsense"}"#),
            "query parameter `since` of findPets: expected text of the format `date-time` at $",
        ),
        (find(r#"{"limit":null}"#), "query parameter `limit` of findPets: expected integer, found null"),
        (find(r#"{"limit":""}"#), "query parameter `limit` of findPets: expected integer, found string"),
    ];
    for (ran, wanted) in cases {
        assert_eq!((ran.status, ran.sent.len()), (2, 0), "{wanted}: {}", ran.output);
        assert!(message(&ran).contains(wanted), "{wanted}: {}", ran.output);
        // The value may be a secret.
        assert!(!ran.output.contains("nonsense"), "{}", ran.output);
    }
    let ran = run(&["find-pets", "--since", "nonsense"]);
    assert_eq!((ran.status, ran.sent.len()), (2, 0));
    assert!(ran.errors.contains("query parameter `since`"), "{}", ran.errors);
}

#[test]
fn what_a_newer_server_may_know_is_told_and_sent() {
    let ran = add(r#"{"id":1,"kind":"bird","young":[{"id":2,"food":{"type":"wet","grams":1,"brand":"x"}}]}"#);
    assert_eq!(ran.status, 0, "{}", ran.output);
    assert_eq!(
        ran.errors,
        "zoo: note: `body`: $.kind is not among the values that the description lists; it is sent as it is\n\
         zoo: note: `body`: $.young[0].food.type is not the text that the description gives; it is sent as it is\n\
         zoo: note: `body`: $.young[0].food.brand is not what the description allows beside the others; it is sent as it is\n"
    );
    assert!(ran.sent[0].text().contains(r#""type":"wet""#), "{}", ran.sent[0].text());
    let ran = add(r#"{"id":1,"photo":"-_8"}"#);
    assert_eq!((ran.status, &*ran.sent[0].text()), (0, r#"{"id":1,"photo":"-_8"}"#));
    assert!(ran.errors.contains("`body`: $.photo is not in the Base64 of the format `byte`"), "{}", ran.errors);
    let ran = find(r#"{"kind":"bird"}"#);
    assert_eq!((ran.status, ran.sent[0].query()), (0, "kind=bird"));
    assert!(
        ran.errors.starts_with("zoo: note: query parameter `kind` of findPets: the value is not among"),
        "{}",
        ran.errors
    );
    for ran in [add(r#"{"id":1,"kind":"cat","food":{"type":"dry"},"other":1}"#), find(r#"{"kind":"dog"}"#)] {
        assert_eq!((ran.status, &*ran.errors), (0, ""));
    }
}

#[test]
fn null_and_empty_texts_where_the_description_allows_them() {
    for (query, wanted) in [(r#"{"age":null}"#, ""), (r#"{"age":""}"#, "age="), (r#"{"age":7}"#, "age=7")] {
        let ran = find(query);
        assert_eq!((ran.status, ran.sent[0].query()), (0, wanted), "{}", ran.output);
    }
    assert_eq!(run(&["find-pets", "--age", ""]).sent[0].query(), "age=");
    assert!(message(&find(r#"{"age":"x"}"#)).contains("expected integer, found string"));
}
