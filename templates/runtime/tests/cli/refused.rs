//! What has no effect, or of which one half would be dropped, is refused by name.

use super::zoo::run;

const ID: &str = r#"{"path":{"petId":1}}"#;

#[test]
fn flags_that_a_command_has_no_use_for() {
    let cases: [(&[&str], &str); 12] = [
        (&["get-pet", "--pet-id", "1", "--args", ID], "get-pet takes no --args, which is for `call`"),
        (&["--args", ID, "get-pet", "--pet-id", "1"], "get-pet takes no --args"),
        (&["get-pet", "--pet-id", "1", "--events", "3"], "--events: getPet does not answer with a stream"),
        (&["get-pet", "--pet-id", "1", "--body", "x"], "getPet takes no body"),
        (&["list", "extra"], "list: unexpected argument \"extra\""),
        (&["list", "--nonsense"], "there is no flag --nonsense"),
        (&["list", "--body", "x"], "list takes no --body"),
        (&["--server", "1", "list"], "list takes no --server"),
        (&["completions", "bash", "zsh"], "completions: unexpected argument \"zsh\""),
        (&["completions", "bash", "--all"], "completions takes no --all"),
        (&["find-pets", "--auth", "key=a", "--auth", "key=b"], "--auth key is given twice"),
        (&["find-pets", "--server", "1", "--server", "2"], "--server is given twice"),
    ];
    for (words, wanted) in cases {
        let ran = run(words);
        assert_eq!((ran.status, ran.sent.len(), &*ran.output), (2, 0, ""), "{words:?}");
        assert!(ran.errors.contains(wanted), "{words:?}: {}", ran.errors);
    }
}

#[test]
fn in_the_machine_form_too() {
    let cases: [(&[&str], &str); 12] = [
        (&["getPet", "--args", ID, "--body", "zzz"], "call takes no --body; the body is a member of --args"),
        (&["addPet", "--body", r#"{"id":1}"#], "call takes no --body"),
        (&["getPet", "--args", ID, "--args", ID], "--args is given twice"),
        (&["getPet", "--args", ID, "--events", "3"], "--events: getPet does not answer with a stream"),
        (&["getPet", "--args", ID, "more"], "call: unexpected argument \"more\""),
        (&["getPet", "--args", r#"{"path":{"petId":1,"petId":2}}"#], "--args: the member $.path.petId is given twice"),
        (&["getPet", "--args", r#"{"path":{"petId":1},"path":{}}"#], "--args: the member $.path is given twice"),
        (
            &["findPets", "--args", r#"{"header":{"x-trace":"1","X-Trace":"2"}}"#],
            "header parameter `X-Trace` of findPets is given twice",
        ),
        (&["addPet", "--args", r#"{"body":{"id":1,"id":2}}"#], "--args: the member $.body.id is given twice"),
        (&["addPet", "--media-type", "image/*", "--args", r#"{"body":"x"}"#], "`image/*` is not one media type"),
        (&["addPet", "--media-type", "video/", "--args", r#"{"body":"x"}"#], "`video/` is not one media type"),
        (&["addPet", "--media-type", "video/*", "--args", r#"{"body":"x"}"#], "`video/*` is not one media type"),
    ];
    for (words, wanted) in cases {
        let ran = run(&[&["call"], words].concat());
        assert_eq!((ran.status, ran.sent.len()), (2, 0), "{words:?}: {}", ran.output);
        let error = &ran.json()["error"];
        let message = error["message"].as_str().unwrap_or_default();
        assert!(error["kind"].as_str() == Some("arguments") && message.contains(wanted), "{words:?}: {message}");
    }
}

#[test]
fn members_that_a_flag_names_twice() {
    let twice = r#"{"id":1,"young":[{"id":2,"id":3}]}"#;
    let ran = run(&["add-pet", "--auth", "key=k", "--body", twice]);
    assert_eq!((ran.status, ran.sent.len()), (2, 0));
    assert!(ran.errors.contains("`body`: the member $.young[0].id is given twice"), "{}", ran.errors);
}

#[test]
fn what_stands_behind_a_command_is_read() {
    assert_eq!(run(&["list", "--compact"]).output.lines().count(), 1);
    for words in [&["list", "--help"][..], &["call", "--help"], &["--help", "call"]] {
        let ran = run(words);
        assert!(ran.status == 0 && ran.output.contains("Usage: zoo"), "{words:?}: {}", ran.output);
    }
    let ran = run(&["call", "getPet", "--help"]);
    assert!(ran.status == 0 && ran.output.contains("GET /pets/{petId} (getPet)"), "{}", ran.output);
    let ran = run(&["add-pet", "--media-type", "video/mp4; codecs=\"x\"", "--body", "b", "--auth", "key=k"]);
    assert_eq!(ran.sent[0].header("Content-Type"), Some("video/mp4; codecs=\"x\""), "{}", ran.errors);
}
