//! What generated calls send as their body, to the letter.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use golden::runtime::http::{FakeTransport, HttpResponse, Sent};
use golden::{Body, Map, Maybe, Multipart, Part, Payload};

/// Runs a future that never waits, as all are over a [`FakeTransport`].
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// The one request that a call sends.
macro_rules! sent {
    ($api:ident, |$client:ident| $call:expr) => {{
        let fake = FakeTransport::new(|_| HttpResponse::empty(204));
        let $client =
            golden::$api::Client::builder().url("https://x.example/base").transport(fake.clone()).build().unwrap();
        run($call.send()).unwrap();
        let [sent] = <[Sent; 1]>::try_from(fake.sent()).unwrap();
        sent
    }};
}

fn typed(sent: &Sent) -> (Option<&str>, &[u8]) {
    (sent.header("content-type"), sent.body())
}

#[test]
fn bytes_text_and_streams_are_given_as_they_are() {
    let sent = sent!(bodies_kinds, |client| client.send_bytes(Body::from_reader(&b"piece by piece"[..])));
    assert_eq!(typed(&sent), (Some("application/octet-stream"), &b"piece by piece"[..]));
    let sent = sent!(bodies_kinds, |client| client.send_text(Body::from_reader(&b"text"[..])));
    assert_eq!(typed(&sent), (Some("text/plain"), &b"text"[..]));
    // A file whose media type happens to be JSON.
    let sent = sent!(bodies_ranges, |client| client.send_file("{ }"));
    assert_eq!(typed(&sent), (Some("application/json"), &b"{ }"[..]));
}

#[test]
fn a_range_is_never_sent() {
    let sent = sent!(bodies_ranges, |client| client.send_picture(Payload::new("image/png", b"\x89PNG")));
    assert_eq!(typed(&sent), (Some("image/png"), &b"\x89PNG"[..]));
    let sent = sent!(bodies_ranges, |client| client.send_any_json(&Default::default()));
    assert_eq!(typed(&sent), (Some("application/json"), &b"{}"[..]));
    let sent = sent!(bodies_ranges, |client| client.send_choice().body_jpeg(b"\xff\xd8"));
    assert_eq!(typed(&sent), (Some("image/jpeg"), &b"\xff\xd8"[..]));
    let sent = sent!(bodies_ranges, |client| client.send_choice().body_image(Payload::new("image/webp", "RIFF")));
    assert_eq!(typed(&sent), (Some("image/webp"), &b"RIFF"[..]));
}

/// The boundary of the one body that a fake transport is given.
const BOUNDARY: &str = "clientsmith-00000000000000010000000000000002";

/// A multipart body with line ends as `\n` and the boundary as `B`.
fn parts(sent: &Sent, media: &str) -> String {
    assert_eq!(sent.header("content-type"), Some(&*format!("{media}; boundary={BOUNDARY}")));
    sent.text().replace("\r\n", "\n").replace(BOUNDARY, "B")
}

#[test]
fn a_form_with_files() {
    use golden::bodies_multipart::models::{UploadBody, UploadBodyEither, UploadBodyMeta, UploadBodyRowsItem};

    let mut body = UploadBody::new(Part::from(b"P").file_name("p.png").media_type("image/png"));
    body.more = Some(vec!["1".into(), Part::new(Body::from_reader(&b"2"[..])).file_name("two")]);
    body.note = Some("hi".to_owned());
    body.meta = Some(UploadBodyMeta { a: Some("x".to_owned()), ..Default::default() });
    body.rows = Some([1, 2].map(|b| UploadBodyRowsItem { b: Some(b), ..Default::default() }).into());
    body.table = Some("t".into());
    body.either = Some(UploadBodyEither::FileList(vec!["e".into()]));
    let sent = sent!(bodies_multipart, |client| client.upload(&body));
    assert_eq!(
        parts(&sent, "multipart/form-data"),
        "--B\nContent-Disposition: form-data; name=\"file\"; filename=\"p.png\"\nContent-Type: image/png\n\nP\n\
         --B\nContent-Disposition: form-data; name=\"more\"; filename=\"more\"\n\
         Content-Type: application/octet-stream\n\n1\n\
         --B\nContent-Disposition: form-data; name=\"more\"; filename=\"two\"\n\
         Content-Type: application/octet-stream\n\n2\n\
         --B\nContent-Disposition: form-data; name=\"note\"\n\nhi\n\
         --B\nContent-Disposition: form-data; name=\"meta\"\nContent-Type: application/json\n\n{\"a\":\"x\"}\n\
         --B\nContent-Disposition: form-data; name=\"rows\"\nContent-Type: application/json\n\n[{\"b\":1},{\"b\":2}]\n\
         --B\nContent-Disposition: form-data; name=\"table\"; filename=\"table\"\n\
         Content-Type: application/vnd.ms-excel\n\nt\n\
         --B\nContent-Disposition: form-data; name=\"either\"; filename=\"either\"\n\
         Content-Type: application/octet-stream\n\ne\n--B--\n"
    );
    // What the caller has to choose is asked for before anything is sent.
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = golden::bodies_multipart::Client::builder().url("https://x.example").transport(fake.clone());
    let error = run(client.build().unwrap().upload(&UploadBody::new("P")).send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "upload: not sent: part `file` can be image/png, image/jpeg: say which with `media_type`"
    );
    assert!(fake.sent().is_empty());
}

#[test]
fn files_of_open_api_3_1() {
    use golden::bodies_multipart_31::models::{UploadBody, UploadBodyFilter};

    let mut body = UploadBody::new(Part::from("P").media_type("image/png").header("X-Size", "1"));
    body.pages = Some(vec!["1".into()]);
    body.maybe = Maybe::Null;
    body.ids = Some(vec![1, 2]);
    body.filter = Some(UploadBodyFilter { a: Some("x y".to_owned()), ..Default::default() });
    body.table = Some(Part::from("[1]").header("X-Rows", "1"));
    body.data = Some("text".into());
    body.code = Some(golden::runtime::codegen::Base64::from_bytes(b"?"));
    body.line = Some(Part::from("L").header("X-Line", "1"));
    let sent = sent!(bodies_multipart_31, |client| client.upload(&body));
    assert_eq!(
        parts(&sent, "multipart/form-data"),
        "--B\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo\"\nX-Size: 1\n\
         Content-Type: image/png\n\nP\n\
         --B\nContent-Disposition: form-data; name=\"pages\"; filename=\"pages\"\n\
         Content-Type: application/octet-stream\n\n1\n\
         --B\nContent-Disposition: form-data; name=\"code\"\nContent-Type: application/octet-stream\n\nPw==\n\
         --B\nContent-Disposition: form-data; name=\"ids\"\n\n1,2\n\
         --B\nContent-Disposition: form-data; name=\"filter[a]\"\n\nx y\n\
         --B\nContent-Disposition: form-data; name=\"table\"\nX-Rows: 1\nContent-Type: application/json\n\n[1]\n\
         --B\nContent-Disposition: form-data; name=\"data\"\nContent-Type: application/json\n\n\"text\"\n\
         --B\nContent-Disposition: form-data; name=\"line\"\nX-Line: 1\nContent-Type: text/plain\n\nL\n--B--\n"
    );
}

#[test]
fn parts_by_their_place() {
    use golden::bodies_multipart_32::models::{SendFormBody, SendFormBodyListItem};

    let author = Part::json(&Map::from_iter([("author".to_owned(), "Ann")])).unwrap();
    let picture = Part::from("P").media_type("image/png");
    let sent = sent!(bodies_multipart_32, |client| client.send_mixed([author, picture]));
    assert_eq!(
        parts(&sent, "multipart/mixed"),
        "--B\nContent-Type: application/json\n\n{\"author\":\"Ann\"}\n--B\nContent-Type: image/png\n\nP\n--B--\n"
    );
    let sent = sent!(bodies_multipart_32, |client| client.send_stream().body(["1", "2"]));
    assert_eq!(
        parts(&sent, "multipart/mixed"),
        "--B\nContent-Type: image/jpg\n\n1\n--B\nContent-Type: image/jpg\n\n2\n--B--\n"
    );
    // From 3.2 on, a list is as many parts; a part may have parts.
    let fields = golden::bodies_multipart_32::models::SendFieldsBody {
        list: Some(vec!["x".to_owned(), "y".to_owned()]),
        one: Some("z".to_owned()),
        ..Default::default()
    };
    let sent = sent!(bodies_multipart_32, |client| client.send_fields(&fields));
    assert_eq!(sent.text(), "list=%22x%22&list=%22y%22&one=%22z%22");
    let item = || SendFormBodyListItem { a: Some("x".to_owned()), ..Default::default() };
    let inner = Multipart::new("multipart/mixed").part(Part::from("P").media_type("image/png"));
    let body =
        SendFormBody { list: Some(vec![item(), item()]), inner: Some(vec![inner.into()]), ..Default::default() };
    let sent = sent!(bodies_multipart_32, |client| client.send_form(&body));
    let text = sent.text().replace("\r\n", "\n").replace("clientsmith-00000000000000030000000000000004", "OUTER");
    assert_eq!(
        text.replace(BOUNDARY, "B"),
        "--OUTER\nContent-Disposition: form-data; name=\"list\"\nContent-Type: application/json\n\n{\"a\":\"x\"}\n\
         --OUTER\nContent-Disposition: form-data; name=\"list\"\nContent-Type: application/json\n\n{\"a\":\"x\"}\n\
         --OUTER\nContent-Disposition: form-data; name=\"inner\"\nContent-Type: multipart/mixed; boundary=B\n\n\
         --B\nContent-Type: image/png\n\nP\n--B--\n\n--OUTER--\n"
    );
}

/// Other kinds of bodies with parts, as far as descriptions say of what: by name, by place, or not at all.
#[test]
fn parts_that_are_no_form() {
    use golden::bodies_multipart_31::models::{PostMixedBody, PostMixedBodyMeta};

    let meta = PostMixedBodyMeta { a: Some(1), ..Default::default() };
    let body = PostMixedBody {
        note: Some("# hi".to_owned()),
        meta: Some(meta),
        file: Some(Part::from("%PDF").file_name("a.pdf")),
        ..Default::default()
    };
    let sent = sent!(bodies_multipart_31, |client| client.post_mixed(&body));
    assert_eq!(
        parts(&sent, "multipart/mixed"),
        "--B\nContent-Disposition: form-data; name=\"note\"\nContent-Type: text/markdown\n\n# hi\n\
         --B\nContent-Disposition: form-data; name=\"meta\"\nContent-Type: application/json\n\n{\"a\":1}\n\
         --B\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\n\
         Content-Type: application/pdf\n\n%PDF\n--B--\n"
    );

    // RFC 2387: the type of the root is told, and parts are found by what their header fields say.
    let root = Part::json(&Map::from_iter([("name", "a.png")])).unwrap();
    let file = Part::from("P").media_type("image/png").header("Content-ID", "<a@x>");
    let related = Multipart::new("multipart/related").part(root).part(file.clone());
    let sent = sent!(bodies_multipart_31, |client| client.post_related(related));
    assert_eq!(
        parts(&sent, "multipart/related; type=\"application/json\""),
        "--B\nContent-Type: application/json\n\n{\"name\":\"a.png\"}\n\
         --B\nContent-ID: <a@x>\nContent-Type: image/png\n\nP\n--B--\n"
    );

    // 3.2: each place has its media type; the one that the description gives the whole body stays.
    let page = Part::from("<p>").header("Content-Location", "https://x.example/");
    let body = [page, file, Part::from("a{}").media_type("text/css")];
    let sent = sent!(bodies_multipart_32, |client| client.send_related(body));
    assert_eq!(
        parts(&sent, "multipart/related; type=text/html"),
        "--B\nContent-Location: https://x.example/\nContent-Type: text/html\n\n<p>\n\
         --B\nContent-ID: <a@x>\nContent-Type: image/png\n\nP\n\
         --B\nContent-Type: text/css\n\na{}\n--B--\n"
    );
}

#[test]
fn url_encoded_forms() {
    use golden::bodies_form::models::{Form, FormMeta};

    let expand = Map::from_iter([("a".to_owned(), Map::from_iter([("b".to_owned(), 1.into())]))]);
    let texts = || Some(vec!["x y".to_owned(), "z".to_owned()]);
    let form = Form {
        expand: Some(expand),
        ids: Some(vec![1, 2]),
        words: texts(),
        path: Some("a/b".to_owned()),
        meta: Some(FormMeta { a: Some("ü".to_owned()), ..Default::default() }),
        list: texts(),
        plain: texts(),
        ..Default::default()
    };
    let sent = sent!(bodies_form, |client| client.send_form().body_form(&form));
    assert_eq!(
        sent.text(),
        "expand%5Ba%5D%5Bb%5D=1&ids=1,2&words=x%20y%20z&path=a/b&meta=%7B%22a%22%3A%22%C3%BC%22%7D\
         &list=%5B%22x+y%22%2C%22z%22%5D&plain=x+y&plain=z"
    );
    let form = golden::v2_form::models::SendFormBody { tags: texts(), ..golden::v2_form::models::SendFormBody::new("n") };
    assert_eq!(sent!(v2_form, |client| client.send_form(&form)).text(), "name=n&tags=x%20y,z");
}

#[test]
fn bodies_in_xml() {
    use golden::bodies_xml::models::{Banana, Category, Pet, Problem, Tag};

    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let pet = Pet {
        id: Some(7),
        name: Some("Rex & Co".to_owned()),
        good: Some(true),
        photo_urls: vec!["a".to_owned(), "b".to_owned()],
        tags: Some(vec![Tag { id: Some(1), ..Default::default() }]),
        aliases: Some(vec!["x".to_owned()]),
        mother: Some(Box::new(Pet { id: Some(8), ..Default::default() })),
        category: Some(Category { id: Some(2), ..Default::default() }),
        owner: Some(Category { id: Some(3), ..Default::default() }),
        scores: Some(Map::from_iter([("Fun".to_owned(), 1.into())])),
        ..Default::default()
    };
    let text = "<Pet id=\"7\"><petName>Rex &amp; Co</petName><good>true</good><photoUrl>a</photoUrl><photoUrl>b</photoUrl>\
        <tags><Tag><id>1</id></Tag></tags><others><others>x</others></others><mother id=\"8\"/><kind><id>2</id></kind>\
        <boss><id>3</id></boss><scores><Fun>1</Fun></scores></Pet>";
    let answers = |text: &'static str, status| {
        let fake = FakeTransport::new(move |_| {
            HttpResponse::new(status, Default::default(), text.into()).with_header("content-type", "application/xml")
        });
        let client = golden::bodies_xml::Client::builder().url("https://x.example").transport(fake.clone());
        (client.build().unwrap(), fake)
    };
    // The same value goes out and comes back.
    let (client, fake) = answers(text, 200);
    let back = run(client.put_pet().body_xml(&pet).send()).unwrap();
    assert_eq!(fake.sent()[0].text(), format!("{head}{text}"));
    assert_eq!(fake.sent()[0].header("content-type"), Some("application/xml"));
    assert_eq!(fake.sent()[0].header("accept"), Some("application/json, application/xml;q=0.9"));
    assert_eq!(*back.body(), pet);
    // JSON is JSON.
    let sent = sent_by(|client| client.put_pet().body(&pet));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    let (client, _) = answers("<Problem><message>gone</message></Problem>", 404);
    let error = run(client.put_pet().body(&pet).send()).unwrap_err();
    assert_eq!(error.typed::<Problem>().unwrap().message.as_deref(), Some("gone"));

    let bananas = [Banana { flavor: Some("sweet".to_owned()), ..Default::default() }];
    let (client, fake) = answers("<smp:Namespaced xmlns:smp='urn:a'><smp:title>t</smp:title></smp:Namespaced>", 200);
    let answer = run(client.post_list(&bananas).send()).unwrap();
    assert_eq!(answer.title.as_deref(), Some("t"));
    assert_eq!(fake.sent()[0].text(), format!("{head}<bananas><banana><flavor>sweet</flavor></banana></bananas>"));

    let body = golden::bodies_xml::models::PostPartBody {
        pet: Some(Pet { id: Some(9), ..Default::default() }),
        ..Default::default()
    };
    let sent = sent!(bodies_xml, |client| client.post_part(&body));
    assert_eq!(
        parts(&sent, "multipart/form-data"),
        format!(
            "--B\nContent-Disposition: form-data; name=\"pet\"\nContent-Type: application/xml; charset=utf-8\n\n\
             {head}<Pet id=\"9\"/>\n--B--\n"
        )
    );

    // What a type adds to its parent is written as its own schema says.
    let dog = golden::bodies_xml::models::Dog { id: Some(1), loud: Some(true), ..Default::default() };
    assert_eq!(
        sent!(bodies_xml, |client| client.post_dog(&dog)).text(),
        format!("{head}<Dog loud=\"true\"><id>1</id></Dog>")
    );

    fn sent_by(call: impl FnOnce(&golden::bodies_xml::Client) -> golden::bodies_xml::operations::PutPet) -> Sent {
        let fake = FakeTransport::new(|_| HttpResponse::json(200, r#"{"photoUrls":[]}"#));
        let client = golden::bodies_xml::Client::builder().url("https://x.example").transport(fake.clone());
        run(call(&client.build().unwrap()).send()).unwrap();
        fake.sent().remove(0)
    }
}

#[test]
fn a_merge_patch_leaves_sets_and_takes_away() {
    use golden::bodies_merge_patch::models::{Inner, Other, Thing};

    let patch = Thing {
        note: Maybe::Null,
        map: Maybe::Value(Map::from_iter([
            ("key".to_owned(), Some(Inner { note: Maybe::Null, ..Default::default() })),
            ("gone".to_owned(), None),
        ])),
        list: Maybe::Value(vec![Other::default()]),
        ..Thing::new("1")
    };
    let sent = {
        let fake = FakeTransport::new(|_| HttpResponse::json(200, "{}"));
        let client = golden::bodies_merge_patch::Client::builder().url("https://x.example").transport(fake.clone());
        run(client.build().unwrap().patch_a(&patch).send()).unwrap();
        fake.sent().remove(0)
    };
    assert_eq!(sent.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(sent.text(), r#"{"id":"1","note":null,"list":[{}],"map":{"key":{"note":null},"gone":null}}"#);
}

#[test]
fn a_form_that_is_a_choice() {
    use golden::bodies_form_choices::models::{PutFormBody, PutFormBodyVariant1};

    let ids = vec!["x".to_owned(), "y".to_owned()];
    let body = PutFormBody::Variant1(PutFormBodyVariant1::new(ids));
    let sent = sent!(bodies_form_choices, |client| client.put_form(&body));
    assert_eq!(sent.text(), "ids=x%7Cy");
}

#[test]
fn a_member_that_is_a_file_or_a_text() {
    use golden::bodies_file_or_text::models::{EditBody, EditBodyMask};

    let send = |mask: EditBodyMask| {
        let body = EditBody { mask: Some(mask), ..Default::default() };
        parts(&sent!(bodies_file_or_text, |client| client.edit(&body)), "multipart/form-data")
    };
    assert_eq!(
        send(EditBodyMask::File(Part::from("P").file_name("p.png"))),
        "--B\nContent-Disposition: form-data; name=\"mask\"; filename=\"p.png\"\n\
         Content-Type: application/octet-stream\n\nP\n--B--\n"
    );
    assert_eq!(
        send(EditBodyMask::Text("t".to_owned())),
        "--B\nContent-Disposition: form-data; name=\"mask\"\n\nt\n--B--\n"
    );
}
