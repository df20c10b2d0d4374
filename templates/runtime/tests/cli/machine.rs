//! `call` and `list`.

use super::zoo::{run, run_with};
use clientsmith_runtime::http::HttpResponse;
use clientsmith_runtime::json::Value;

#[test]
fn an_answer_goes_through_its_type() {
    let ran = run(&["call", "getPet", "--args", r#"{"path":{"petId":1}}"#, "--compact"]);
    assert_eq!(ran.status, 0, "{}", ran.errors);
    // The members stand in the order of the type, so it was decoded and encoded.
    let wanted =
        r#"{"status":200,"headers":{"content-type":"application/json"},"body":{"id":1,"name":"Rex","color":"brown"}}"#;
    assert_eq!(ran.output.trim_end(), wanted);
}

#[test]
fn arguments_go_by_their_wire_names() {
    let args = r#"{"query":{"limit":5,"tag":["a","b c"],"strict":true},"header":{"x-trace":"t"}}"#;
    let ran = run(&["call", "findPets", "--args", args]);
    assert_eq!(ran.status, 0, "{}", ran.output);
    assert_eq!(ran.sent[0].address().to_string(), "https://us.zoo.example/pets?limit=5&tag=a&tag=b%20c&strict=true");
    assert_eq!(ran.sent[0].headers().get("X-Trace"), Some("t"));
}

#[test]
fn what_is_unknown_or_ill_typed_is_refused_by_name() {
    let cases = [
        (r#"{"query":{"limit":"many"}}"#, "query parameter `limit` of findPets: expected integer, found string"),
        (
            r#"{"query":{"limt":1}}"#,
            "unknown query parameter `limt` of findPets; there are: limit, tag, strict, header, since, kind, age",
        ),
        (r#"{"cookie":{"a":1}}"#, "unknown cookie parameter `a` of findPets; it takes none"),
        (r#"{"qury":{}}"#, "unknown member `qury`"),
        (r#"{"query":[]}"#, "`query`: expected object, found array"),
        (r#"{"body":{}}"#, "findPets takes no body"),
        ("[]", "--args: expected object, found array"),
        ("{", "--args: "),
    ];
    for (args, wanted) in cases {
        let ran = run(&["call", "findPets", "--args", args]);
        let error = &ran.json()["error"];
        assert_eq!((ran.status, error["kind"].as_str()), (2, Some("arguments")), "{args}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(wanted), "{args}: {message}");
        assert!(ran.sent.is_empty(), "{args}");
    }
    assert_eq!(
        run(&["call", "noSuch"]).json()["error"]["message"],
        Value::from("there is no operation `noSuch`; `list` gives all")
    );
    let missing = run(&["call", "getPet"]);
    assert_eq!(missing.status, 2);
    assert!(missing.output.contains("parameter `petId` is required"), "{}", missing.output);
}

#[test]
fn the_exit_status_tells_the_outcome() {
    let not_there = run(&["call", "getPet", "--args", r#"{"path":{"petId":9}}"#]);
    assert_eq!((not_there.status, &not_there.json()["status"]), (1, &Value::from(404)));
    assert_eq!(not_there.json()["body"]["name"], Value::from("no such pet"));
    assert_eq!(not_there.json()["error"]["kind"], Value::from("status"));
    let undecodable = run(&["call", "getPet", "--args", r#"{"path":{"petId":2}}"#]);
    assert_eq!((undecodable.status, &undecodable.json()["error"]["kind"]), (5, &Value::from("decode")));
    let credentials = run(&["call", "addPet", "--args", r#"{"body":{"id":1}}"#]);
    assert_eq!((credentials.status, &credentials.json()["error"]["kind"]), (3, &Value::from("credentials")));
    assert!(credentials.sent.is_empty());
    let file = run(&["call", "addPet", "--args", "@/no/such/file"]);
    assert_eq!((file.status, &file.json()["error"]["kind"]), (6, &Value::from("disk")));
}

#[test]
fn bodies_by_media_type() {
    let file = std::env::temp_dir().join(format!("clientsmith-cli-{}", std::process::id()));
    std::fs::write(&file, [0x89, b'P']).unwrap();
    let of_file = format!(r#"{{"body":{{"$file":{:?}}}}}"#, file.to_string_lossy());
    let cases: [(&str, &str, &str, &[u8]); 6] = [
        ("", r#"{"body":{"name":"Rex","id":1}}"#, "application/json", br#"{"id":1,"name":"Rex"}"#),
        (
            "application/x-www-form-urlencoded",
            r#"{"body":{"id":1,"name":"a b"}}"#,
            "application/x-www-form-urlencoded",
            b"id=1&name=a+b",
        ),
        ("text/plain", r#"{"body":"hello"}"#, "text/plain", b"hello"),
        ("image/png", &of_file, "image/png", &[0x89, b'P']),
        ("video/mp4", &of_file, "video/mp4", &[0x89, b'P']),
        ("image/png", r#"{"body":{"$base64":"iVA="}}"#, "image/png", &[0x89, b'P']),
    ];
    for (media, args, wanted, bytes) in cases {
        let mut words = vec!["call", "addPet", "--args", args, "--auth", "key=k"];
        words.extend(if media.is_empty() { vec![] } else { vec!["--media-type", media] });
        let ran = run(&words);
        assert_eq!(ran.status, 0, "{}", ran.output);
        assert_eq!(ran.sent[0].headers().get("Content-Type"), Some(wanted));
        assert_eq!(ran.sent[0].body(), bytes);
    }
    std::fs::remove_file(&file).unwrap();
    let other = run(&["call", "addPet", "--args", r#"{"body":1}"#, "--media-type", "text/html", "--auth", "key=k"]);
    assert!(other.output.contains("addPet takes no body of type `text/html`; there are: application/json,"));
    let ill = run(&["call", "addPet", "--args", r#"{"body":{"id":"x"}}"#, "--auth", "key=k"]);
    assert!(ill.output.contains("`body`: expected integer, found string at $.id"), "{}", ill.output);
}

#[test]
fn a_body_with_what_would_not_be_sent_is_refused_by_name() {
    let (form, parts) = ("application/x-www-form-urlencoded", "multipart/form-data");
    let cases = [
        ("application/json", r#"{"id":1,"born":"2020"}"#, "$.born"),
        (
            "application/json",
            r#"{"id":1,"young":[{"id":2},{"id":3,"born":"x"}],"born":"y"}"#,
            "$.born, $.young[1].born",
        ),
        (form, r#"{"id":1,"born":"2020"}"#, "$.born"),
    ];
    let refusal =
        |paths: &str| format!("`body`: only the server sets what is `readOnly`, it is not sent; leave out {paths}");
    for (media, body, paths) in cases {
        let args = format!(r#"{{"body":{body}}}"#);
        let ran = run(&["call", "addPet", "--args", &args, "--media-type", media, "--auth", "key=k"]);
        let error = &ran.json()["error"];
        assert_eq!((ran.status, error["kind"].as_str()), (2, Some("arguments")), "{body}");
        assert_eq!(error["message"].as_str(), Some(&*refusal(paths)), "{body}");
        assert!(ran.sent.is_empty(), "{body}");
        // The form for people goes the same way.
        let ran = run(&["add-pet", "--body", body, "--media-type", media, "--auth", "key=k"]);
        assert_eq!((ran.status, ran.errors.trim_end()), (2, &*format!("zoo: {}", refusal(paths))), "{body}");
        assert!(ran.sent.is_empty(), "{body}");
    }
    let many = vec![r#"{"id":2,"born":"x"}"#; 23].join(",");
    let ran = run(&["add-pet", "--body", &format!(r#"{{"id":1,"young":[{many}]}}"#), "--auth", "key=k"]);
    assert!(ran.errors.contains("$.young[19].born, and 3 more"), "{}", ran.errors);
    // A name alone makes no member read-only: parts of any name go out.
    let ran = run(&["add-pet", "--body", r#"{"born":"x"}"#, "--media-type", parts, "--auth", "key=k"]);
    assert_eq!((ran.status, ran.sent.len()), (0, 1), "{}", ran.errors);
}

#[test]
fn bytes_are_printed_as_base64_or_written_to_a_file() {
    assert_eq!(run(&["call", "getPhoto"]).json()["body"]["$base64"], Value::from("iVD/"));
    let file = std::env::temp_dir().join(format!("clientsmith-cli-out-{}", std::process::id()));
    let path = file.to_string_lossy().into_owned();
    let ran = run(&["call", "getPhoto", "--output", &path]);
    assert_eq!(ran.json()["body"]["$file"], Value::from(path.as_str()));
    assert_eq!(std::fs::read(&file).unwrap(), [0x89, b'P', 0xff]);
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn arguments_can_come_from_standard_input() {
    let ran = run_with(&["call", "getPet", "--args", "-"], &[], r#"{"path":{"petId":7}}"#, |_| {
        HttpResponse::json(200, r#"{"id":7}"#)
    });
    assert_eq!(ran.sent[0].path(), "/pets/7");
}

#[test]
fn headers_that_come_twice_are_a_list() {
    let ran = run_with(&["call", "getPhoto"], &[], "", |_| {
        HttpResponse::empty(204).with_header("Warning", "a").with_header("warning", "b").with_header("Warning", "c")
    });
    assert_eq!(ran.json()["headers"]["warning"], Value::array(["a", "b", "c"]));
}

#[test]
fn the_list_has_parameters_and_media_types() {
    let list = run(&["list"]).json();
    assert_eq!(list.as_array().map(Vec::len), Some(6));
    assert_eq!(list[0]["id"], Value::from("findPets"));
    let limit = r#"{"name":"limit","in":"query","required":false,"takes":"integer","flag":"--limit"}"#;
    assert_eq!(list[0]["parameters"][0], limit.parse().unwrap());
    assert_eq!(list[0]["body"], Value::Null);
    assert_eq!(list[2]["body"]["mediaTypes"][1], Value::from("application/x-www-form-urlencoded"));
    assert_eq!(list[2]["body"]["required"], Value::from(true));
    assert_eq!(list[4]["accept"], Value::array(["image/png"]));
    assert_eq!((&list[4]["pages"], &list[5]["pages"]), (&Value::from(false), &Value::from(true)));
}

#[test]
fn all_pages_are_one_list_of_items() {
    let one = run(&["call", "listPets"]);
    assert_eq!(one.json()["body"], r#"{"pets":[{"id":1,"name":"Rex"}],"next":"/list?at=2"}"#.parse().unwrap());
    let all = run(&["call", "listPets", "--all", "--compact"]);
    assert_eq!(all.json()["status"], Value::from(200));
    // As the type of the page writes them.
    assert!(all.output.contains(r#""body":[{"id":1,"name":"Rex"},{"id":2},{"id":3}]"#), "{}", all.output);
    let some = run(&["call", "listPets", "--all", "--events", "2"]);
    assert_eq!(some.json()["body"].as_array().map(Vec::len), Some(2));
    let none = run(&["call", "getPet", "--args", r#"{"path":{"petId":1}}"#, "--all"]);
    assert_eq!((none.status, none.sent.len()), (2, 0));
    assert!(none.output.contains("--all: getPet does not give its answer in pages"), "{}", none.output);
    // What a later page fails with is the failure of the call; the items before it are there.
    let broken = run_with(&["call", "listPets", "--all"], &[], "", |sent| match sent.query() {
        "" => HttpResponse::json(200, r#"{"next":"/list?at=2","pets":[{"id":1}]}"#),
        _ => HttpResponse::json(503, "{}"),
    });
    let (status, said) = (broken.status, broken.json());
    assert_eq!((status, &said["status"], &said["error"]["status"]), (1, &Value::from(200), &Value::from(503)));
    assert_eq!(said["body"].to_string(), r#"[{"id":1}]"#);
}

#[test]
fn a_stream_is_a_list_of_its_items() {
    let one = r#"[{"event":"born","data":{"id":1,"name":"Rex"},"id":"1"}]"#;
    assert_eq!(run(&["call", "watchPets"]).json()["body"], one.parse().unwrap());
    // Until there are two it asks again, from where it was.
    let ran = run(&["call", "watchPets", "--events", "2"]);
    let two = r#"{"event":"message","data":{"id":2},"id":"2"}"#;
    assert_eq!(ran.json()["body"][1], two.parse().unwrap(), "{}", ran.output);
    assert_eq!(ran.sent.len(), 2);
}

#[test]
fn the_items_before_one_that_does_not_decode_are_kept() {
    let broken = |words: &[&str]| {
        run_with(words, &[], "", |_| {
            let text = "data: {\"id\":1}\n\ndata: {\"id\":2}\n\ndata: {\"id\":\"x\"}\n\ndata: {\"id\":4}\n\n";
            HttpResponse::new(200, Default::default(), text.into()).with_header("content-type", "text/event-stream")
        })
    };
    let ran = broken(&["call", "watchPets"]);
    let said = ran.json();
    assert_eq!((ran.status, &said["status"], &said["error"]["kind"]), (5, &Value::from(200), &Value::from("decode")));
    let two = r#"[{"event":"message","data":{"id":1}},{"event":"message","data":{"id":2}}]"#;
    assert_eq!(said["body"].to_string(), two);
    // People have seen them already, or find them in the file.
    let ran = broken(&["watch-pets"]);
    assert_eq!((ran.status, ran.output.lines().count()), (5, 2), "{}", ran.output);
    let file = std::env::temp_dir().join(format!("clientsmith-cli-events-{}", std::process::id()));
    assert_eq!(broken(&["watch-pets", "--output", &file.to_string_lossy()]).status, 5);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), two);
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn files_are_parts_of_forms() {
    let folder = std::env::temp_dir().join(format!("clientsmith-cli-parts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("größe.png");
    std::fs::write(&file, [0x89, b'P']).unwrap();
    let path = file.to_string_lossy();
    let send = |body: String| {
        let args = format!(r#"{{"body":{body}}}"#);
        run(&["call", "addPet", "--media-type", "multipart/form-data", "--args", &args, "--auth", "key=k"])
    };
    let ran = send(format!(
        r#"{{"name":"Rex","photo":{{"$file":{path:?}}},"other":{{"$file":{path:?},"fileName":"o","mediaType":"image/png","headers":{{"X-Part":"p"}}}}}}"#
    ));
    assert_eq!(ran.status, 0, "{} {}", ran.output, ran.errors);
    let text = ran.sent[0].text().replace("\r\n", "\n");
    assert!(text.contains("form-data; name=\"name\"; filename=\"name\"\n"), "{text}");
    let photo =
        "form-data; name=\"photo\"; filename=\"größe.png\"\nContent-Type: application/octet-stream\n\n\u{fffd}P\n";
    assert!(text.contains(photo), "{text}");
    let other = "form-data; name=\"other\"; filename=\"o\"\nX-Part: p\nContent-Type: image/png\n\n\u{fffd}P\n";
    assert!(text.contains(other), "{text}");
    std::fs::remove_dir_all(&folder).unwrap();

    let ran = send(r#"{"photo":{"$file":"/no/such/file"}}"#.to_owned());
    assert_eq!((ran.status, &ran.json()["error"]["kind"]), (6, &Value::from("disk")));
    let ran = send(r#"{"photo":{"$base64":"","headers":{"X-Part":"a\nb"}}}"#.to_owned());
    assert_eq!((ran.status, ran.sent.len()), (2, 0), "{}", ran.output);
    let ran = send(r#"{"photo":1}"#.to_owned());
    assert_eq!(ran.status, 2);
    assert!(ran.output.contains("`body`: expected text, or object with the member `$base64`"), "{}", ran.output);
}
