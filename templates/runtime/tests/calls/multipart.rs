//! Bodies of several parts, to the letter.

use crate::api::Client;
use crate::streamed_bodies::pieces;
use clientsmith_runtime::codegen::{
    Body, BodySpec, Encode, Error, Map, Multipart, Op, Part, PartSpec, Payload, QueryStyle, Request, Value, none,
};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, Sent};
use clientsmith_runtime::json;

static UPLOAD: Op = Op {
    id: "upload",
    method: "POST",
    path: "/form",
    body: Some(BodySpec::new("multipart/form-data", true)),
    ..Op::BASE
};

const FORM: &str = "multipart/form-data";
/// The boundary of the first body that a fake transport is given.
const BOUNDARY: &str = "clientsmith-00000000000000010000000000000002";

async fn send(fill: impl FnOnce(Request) -> Request) -> Result<Sent, Error> {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    fill(client.core.request(&UPLOAD)).call(none).await?;
    Ok(fake.sent().remove(0))
}

/// The body of a form, with line ends as `\n` and the boundary as `--B`.
async fn form(specs: &[PartSpec], value: &dyn Encode) -> String {
    let sent = send(|request| request.multipart(FORM, specs, value)).await.unwrap();
    assert_eq!(sent.header("content-type"), Some(&*format!("multipart/form-data; boundary={BOUNDARY}")));
    shown(&sent)
}

fn shown(sent: &Sent) -> String {
    let text = sent.text();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    text.replace("\r\n", "\n").replace(BOUNDARY, "B")
}

async fn problem(specs: &[PartSpec], value: &dyn Encode) -> String {
    let error = send(|request| request.multipart(FORM, specs, value)).await.unwrap_err();
    error.to_string().strip_prefix("upload: not sent: ").unwrap().to_owned()
}

/// A form as generated code has it: members by name, some of them parts.
fn parts(members: impl IntoIterator<Item = (&'static str, Part)>) -> Map<Part> {
    members.into_iter().map(|(name, part)| (name.to_owned(), part)).collect()
}

#[tokio::test]
async fn values_are_written_by_their_kind() {
    let value: Value = r#"{"id":"a\n\"b\"ü","count":1.50,"yes":true,"no":null,"tags":["x",null,2],
        "address":{"city":"X","tags":[1]},"list":[{"a":1},[2,3]],"none":[]}"#
        .parse()
        .unwrap();
    let expected = "\
--B\nContent-Disposition: form-data; name=\"id\"\n\na\n\"b\"ü
--B\nContent-Disposition: form-data; name=\"count\"\n\n1.50
--B\nContent-Disposition: form-data; name=\"yes\"\n\ntrue
--B\nContent-Disposition: form-data; name=\"tags\"\n\nx
--B\nContent-Disposition: form-data; name=\"tags\"\n\n2
--B\nContent-Disposition: form-data; name=\"address\"\nContent-Type: application/json\n\n{\"city\":\"X\",\"tags\":[1]}
--B\nContent-Disposition: form-data; name=\"list\"\nContent-Type: application/json\n\n{\"a\":1}
--B\nContent-Disposition: form-data; name=\"list\"\nContent-Type: application/json\n\n[2,3]
--B--\n";
    // The line break in the text of the first part is its own.
    let sent = send(|request| request.multipart(FORM, &[], &value)).await.unwrap();
    assert_eq!(sent.text().replace("\r\n", "\n").replace(BOUNDARY, "B"), expected);
}

#[tokio::test]
async fn the_very_bytes_of_a_file() {
    let photo = Part::from(b"\xff\xd8\r\n--\x00").file_name("a.jpg").media_type("image/jpeg").header("X-Size", "7");
    let sent = send(|request| request.multipart(FORM, &[], &parts([("photo", photo)]))).await.unwrap();
    let mut expected = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\nX-Size: 7\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    )
    .into_bytes();
    expected.extend(b"\xff\xd8\r\n--\x00\r\n");
    expected.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    assert_eq!(sent.body(), expected);
}

#[tokio::test]
async fn a_file_without_a_name_is_called_after_its_field() {
    let expected = "\
--B\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\nContent-Type: application/octet-stream\n\nx
--B--\n";
    assert_eq!(form(&[], &parts([("file", "x".into())])).await, expected);
    // A part that is no file has no name, unless it is given one.
    let expected = "\
--B\nContent-Disposition: form-data; name=\"meta\"\nContent-Type: application/json\n\n[1]
--B--\n";
    let meta = Part::json(&vec![1]).unwrap();
    assert_eq!(form(&[PartSpec::new("meta").value()], &parts([("meta", meta)])).await, expected);
}

#[tokio::test]
async fn files_of_one_field_have_its_name() {
    let files: Map<Vec<Part>> =
        [("files".to_owned(), vec![Part::from("1").file_name("a"), Part::from("2").file_name("b")])]
            .into_iter()
            .collect();
    let specs = [PartSpec::new("files").media(&["image/png"]).style(QueryStyle::Form, false)];
    let expected = "\
--B\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\nContent-Type: image/png\n\n1
--B\nContent-Disposition: form-data; name=\"files\"; filename=\"b\"\nContent-Type: image/png\n\n2
--B--\n";
    assert_eq!(form(&specs, &files).await, expected);
}

/// RFC 7578, section 4.2, and the way of browsers; nothing in a name can begin a header field or another part.
#[tokio::test]
async fn names_cannot_break_out() {
    let evil = "a\"; x=\"\r\nContent-Type: text/html\r\n\r\n\u{0}ü\\";
    let file = Part::from("x").file_name(evil);
    let value: Map<Part> = [(format!("f\"\r\n{BOUNDARY}"), file)].into_iter().collect();
    let text = form(&[], &value).await;
    assert_eq!(
        text,
        "--B\nContent-Disposition: form-data; name=\"f%22%0D%0AB\"; \
         filename=\"a%22; x=%22%0D%0AContent-Type: text/html%0D%0A%0D%0A%00ü\\\"\n\
         Content-Type: application/octet-stream\n\nx\n--B--\n"
    );
    for part in [Part::from("x").media_type("a/b\r\nX: y"), Part::from("x").header("X", "a\r\nY: b")] {
        let problem = problem(&[], &parts([("f", part)])).await;
        assert!(problem.starts_with("part `f`: header "), "{problem}");
    }
}

#[tokio::test]
async fn media_types_of_the_description() {
    let choose = |media| [PartSpec::new("f").media(media)];
    let media = |text: String| text.lines().find_map(|line| line.strip_prefix("Content-Type: ").map(str::to_owned));
    let plain = || parts([("f", "x".into())]);
    for (allowed, sent) in [
        (&["image/png"][..], "image/png"),
        (&["*/*"], "application/octet-stream"),
        (&["image/png", "application/*"], "application/octet-stream"),
    ] {
        assert_eq!(media(form(&choose(allowed), &plain()).await).as_deref(), Some(sent));
    }
    for allowed in [&["image/png", "image/jpeg"][..], &["image/*"]] {
        let given = parts([("f", Part::from("x").media_type("image/jpeg"))]);
        assert_eq!(media(form(&choose(allowed), &given).await).as_deref(), Some("image/jpeg"));
        let expected = format!("part `f` can be {}: say which with `media_type`", allowed.join(", "));
        assert_eq!(problem(&choose(allowed), &plain()).await, expected);
    }
    // Values that are no files.
    let value: Value = r#"{"f":{"a":1}}"#.parse().unwrap();
    let json = form(&choose(&["application/xml", "application/hal+json"]), &value).await;
    assert_eq!(media(json).as_deref(), Some("application/hal+json"));
    let value: Value = r#"{"f":"t"}"#.parse().unwrap();
    let text = form(&choose(&["text/csv; charset=utf-8"]), &value).await;
    assert_eq!(media(text).as_deref(), Some("text/csv; charset=utf-8"));
    let text = form(&choose(&["application/json"]), &value).await;
    assert!(text.ends_with("Content-Type: application/json\n\n\"t\"\n--B--\n"), "{text}");
}

/// The styles of OpenAPI 3.1 and later: as in a query, without percent-encoding.
#[tokio::test]
async fn styles() {
    let value: Value = r#"{"f":["a b","c"],"o":{"x":1,"y":[2,null]}}"#.parse().unwrap();
    type Row = (QueryStyle, bool, &'static [(&'static str, &'static str)]);
    let rows: [Row; 7] = [
        (QueryStyle::Form, true, &[("f", "a b"), ("f", "c"), ("x", "1"), ("y", "[2,null]")]),
        (QueryStyle::Form, false, &[("f", "a b,c"), ("o", "x,1,y,[2,null]")]),
        (QueryStyle::SpaceDelimited, false, &[("f", "a b c"), ("o", "x 1 y [2,null]")]),
        (QueryStyle::PipeDelimited, false, &[("f", "a b|c"), ("o", "x|1|y|[2,null]")]),
        (QueryStyle::TabDelimited, false, &[("f", "a b\tc"), ("o", "x\t1\ty\t[2,null]")]),
        (QueryStyle::DeepObject, true, &[("f[0]", "a b"), ("f[1]", "c"), ("o[x]", "1"), ("o[y][0]", "2")]),
        (QueryStyle::DeepObject, false, &[("f[0]", "a b"), ("f[1]", "c"), ("o[x]", "1"), ("o[y][0]", "2")]),
    ];
    for (style, explode, expected) in rows {
        let specs = [PartSpec::new("f").style(style, explode), PartSpec::new("o").style(style, explode)];
        let mut text = String::new();
        for (name, content) in expected {
            text.push_str(&format!("--B\nContent-Disposition: form-data; name=\"{name}\"\n\n{content}\n"));
        }
        assert_eq!(form(&specs, &value).await, format!("{text}--B--\n"), "{style:?} {explode}");
    }
    let whole = [PartSpec::new("f").media(&["application/json"]).whole()];
    let value: Value = r#"{"f":[{"a":1},{"b":2}]}"#.parse().unwrap();
    let text = form(&whole, &value).await;
    assert!(text.ends_with("\n\n[{\"a\":1},{\"b\":2}]\n--B--\n"), "{text}");
}

#[tokio::test]
async fn what_has_no_form_is_not_sent() {
    assert_eq!(problem(&[], &vec![1]).await, "the body is a form, and so has to be an object");
    let nan: Map<f64> = [("f".to_owned(), f64::NAN)].into_iter().collect();
    assert!(problem(&[], &nan).await.starts_with("the body cannot be written: "));
    // A file within an object has no part of its own.
    let nested: Map<Map<Part>> = [("o".to_owned(), parts([("f", "x".into())]))].into_iter().collect();
    assert_eq!(problem(&[], &nested).await, "part `o` is a value with a file inside, which has no place of its own");
}

#[tokio::test]
async fn streams_are_parts_and_their_length_is_known_where_it_can_be() {
    let stream = || Body::from_stream(pieces([Ok("ab"), Ok("c")]));
    let value = parts([("a", Part::new(stream())), ("b", "x".into())]);
    let expected = "\
--B\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\nContent-Type: application/octet-stream\n\nabc
--B\nContent-Disposition: form-data; name=\"b\"; filename=\"b\"\nContent-Type: application/octet-stream\n\nx
--B--\n";
    assert_eq!(form(&[], &value).await, expected);
    // A stream is sent once.
    assert_eq!(problem(&[], &value).await, "the body is a stream, and was sent already by an earlier call");
    // One that can be opened again is sent as often as need be.
    let again = parts([("a", Part::repeatable(|| Body::from("x")))]);
    assert_eq!(form(&[], &again).await, form(&[], &again).await);
}

#[tokio::test]
async fn the_boundary_is_in_no_part() {
    let value = parts([("a", format!("\r\n--{BOUNDARY}--").into())]);
    let sent = send(|request| request.multipart(FORM, &[], &value)).await.unwrap();
    let other = "clientsmith-00000000000000030000000000000004";
    assert_eq!(sent.header("content-type"), Some(&*format!("multipart/form-data; boundary={other}")));
    assert!(sent.text().ends_with(&format!("\r\n--{BOUNDARY}--\r\n--{other}--\r\n")));
}

/// OpenAPI 3.2, Encoding By Position.
#[tokio::test]
async fn parts_by_their_place() {
    let first = [PartSpec::new(""), PartSpec::new("").media(&["image/*"])];
    let rest = PartSpec::new("").media(&["text/css"]);
    let list = |picture: Part| {
        vec![Part::json(&vec![1]).unwrap(), picture, "a{}".into(), Part::from("b{}").file_name("ü.css")]
    };
    let picture = Part::from("P").media_type("image/png").header("Content-Location", "https://x.example/p");
    let sent = send(|request| request.parts("multipart/related", &first, Some(&rest), list(picture))).await.unwrap();
    assert_eq!(
        sent.header("content-type"),
        Some(&*format!("multipart/related; type=\"application/json\"; boundary={BOUNDARY}"))
    );
    assert_eq!(
        shown(&sent),
        "--B\nContent-Type: application/json\n\n[1]\n\
         --B\nContent-Location: https://x.example/p\nContent-Type: image/png\n\nP\n\
         --B\nContent-Type: text/css\n\na{}\n\
         --B\nContent-Disposition: attachment; filename=\"_.css\"; filename*=UTF-8''%C3%BC.css\n\
         Content-Type: text/css\n\nb{}\n--B--\n"
    );
    let error =
        send(|request| request.parts("multipart/mixed", &first, Some(&rest), list("P".into()))).await.unwrap_err();
    assert_eq!(error.to_string(), "upload: not sent: part 2 can be image/*: say which with `media_type`");
}

#[tokio::test]
async fn parts_within_a_part() {
    let inner = Multipart::new("multipart/mixed").part("a").part(Part::from("b").media_type("text/plain"));
    let body = Multipart::new("multipart/form-data; boundary=theirs").named("files", inner);
    let sent = send(|request| request.body(Payload::from(body))).await.unwrap();
    let outer = "clientsmith-00000000000000030000000000000004";
    assert_eq!(sent.header("content-type"), Some(&*format!("multipart/form-data; boundary={outer}")));
    assert_eq!(
        shown(&sent).replace(outer, "OUTER"),
        format!(
            "--OUTER\nContent-Disposition: form-data; name=\"files\"\n\
             Content-Type: multipart/mixed; boundary={BOUNDARY}\n\n\
             --B\n\na\n--B\nContent-Type: text/plain\n\nb\n--B--\n\n--OUTER--\n"
        )
        .replace(BOUNDARY, "B")
    );
}

#[test]
fn a_part_in_json_is_its_text() {
    let part: Part = json::from_str(r#""a\nb""#).unwrap();
    assert_eq!(part, "a\nb".into());
    assert_eq!(json::to_string(&part).unwrap(), r#""a\nb""#);
    let file: Part = json::from_str(r#"{"$base64":"/9j/4A==","fileName":"a.jpg","mediaType":"image/jpeg"}"#).unwrap();
    assert_eq!(file, Part::from([0xff, 0xd8, 0xff, 0xe0]).file_name("a.jpg").media_type("image/jpeg"));
    assert_eq!(json::from_str::<Part>(r#"{"$base64":"/9j/4A"}"#).unwrap().as_bytes(), file.as_bytes());
    for wrong in [r#"{"$base64":"/9j/4"}"#, r#"{"$base64":"ä"}"#, r#"{"$base64":"","x":""}"#, "{}", "1", "[]"] {
        let error = json::from_str::<Part>(wrong).unwrap_err();
        assert_eq!(error.expected(), "text, or object with the member `$base64`", "{wrong}");
    }
    let error = json::to_string(&vec![file]).unwrap_err();
    assert!(error.to_string().starts_with("expected text, found bytes that are none at $[0]"), "{error}");
    let stream = Part::new(Body::from_reader(&b"x"[..]));
    assert!(json::to_string(&stream).unwrap_err().to_string().starts_with("expected text, found stream at $"));
}
