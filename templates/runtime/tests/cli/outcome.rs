//! Each exit status that the program documents.

use super::zoo::{Ran, run, run_over, run_with};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, TransportError};
use std::sync::Arc;

const GET: [&str; 4] = ["call", "getPet", "--args", r#"{"path":{"petId":1}}"#];
const ADD: [&str; 4] = ["call", "addPet", "--args", r#"{"body":{"id":1}}"#];

fn failing(words: &[&str], error: fn() -> TransportError) -> Ran {
    run_over(words, &[], "", Some(Arc::new(FakeTransport::failing(move |_| Err(error())))))
}

fn kind(ran: &Ran) -> String {
    ran.json()["error"]["kind"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn in_both_forms() {
    let refused_token = |words: &[&str]| {
        run_with(&[words, &["--auth", "o-auth=client:id:secret"]].concat(), &[], "", |_| {
            HttpResponse::json(400, r#"{"error":"invalid_client"}"#)
        })
    };
    let broken = |words: &[&str]| failing(words, || TransportError::new("the connection was refused"));
    let slow = |words: &[&str]| failing(words, TransportError::timeout);
    let to = ["--output", "/no/such/folder/file"];
    let people_add = ["add-pet", "--body", r#"{"id":1}"#];
    let people = |id: &'static str| ["get-pet", "--pet-id", id];
    let cases: [(u8, &str, Ran, Ran); 9] = [
        (0, "", run(&GET), run(&people("1"))),
        (1, "status", run(&["call", "getPet", "--args", r#"{"path":{"petId":9}}"#]), run(&people("9"))),
        (2, "arguments", run(&["call", "getPet"]), run(&["get-pet"])),
        (3, "credentials", run(&ADD), run(&people_add)),
        (3, "credentials", refused_token(&ADD), refused_token(&people_add)),
        (4, "transport", broken(&GET), broken(&people("1"))),
        (4, "timeout", slow(&GET), slow(&people("1"))),
        (5, "decode", run(&["call", "getPet", "--args", r#"{"path":{"petId":2}}"#]), run(&people("2"))),
        (6, "disk", run(&[&GET[..], &to].concat()), run(&[&people("1")[..], &to].concat())),
    ];
    let mut seen = Vec::new();
    for (status, word, machine, people) in cases {
        assert_eq!((machine.status, &*kind(&machine)), (status, word), "{}", machine.output);
        assert_eq!(people.status, status, "{}", people.errors);
        assert_eq!(people.errors.is_empty(), status == 0, "{}", people.errors);
        if !seen.contains(&status) {
            seen.push(status);
        }
    }
    // The help names these, and no others.
    let help = run(&["--help"]).output;
    let (_, listed) = help.split_once("Exit status:").unwrap();
    let listed: Vec<u8> = listed.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect();
    assert_eq!(listed, seen);
}
