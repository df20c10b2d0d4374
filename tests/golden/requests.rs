//! What generated calls send, to the letter.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use golden::runtime::http::{FakeTransport, Headers, HttpResponse, Sent};

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
        let fake = FakeTransport::new(|_| HttpResponse::json(200, "{}"));
        let $client =
            golden::$api::Client::builder().url("https://x.example/base").transport(fake.clone()).build().unwrap();
        run($call.send()).unwrap();
        one(&fake)
    }};
}

fn one(fake: &FakeTransport) -> Sent {
    let [sent] = <[Sent; 1]>::try_from(fake.sent()).unwrap();
    sent
}

#[test]
fn path_parameters() {
    use golden::params_path::models::Point;

    let point = Point { x: 1, y: 2, ..Point::default() };
    let sent = sent!(params_path, |client| client.get_a("a/b {c}", ["x", "y,z"], &point, [1, 2], [3, 4], &point));
    assert_eq!(sent.method(), "GET");
    assert_eq!(sent.path(), "/base/a/a%2Fb%20%7Bc%7D/x,y%2Cz/x=1,y=2/.1.2/;matrix=3,4/;x=1;y=2");
}

#[test]
fn parameters_with_a_media_type() {
    let sent = sent!(params_content, |c| c.get_a("a/b").q("a b&\"c").n(5).x_h("a, \"b\"").c("x;y z"));
    assert_eq!((sent.path(), sent.query()), ("/base/a/a%2Fb", "q=a%20b%26%22c&n=5"));
    assert_eq!((sent.header("x-h"), sent.header("cookie")), (Some("a, \"b\""), Some("c=x%3By%20z")));
}

#[test]
fn query_parameters() {
    use golden::params_query::models::Point;

    let point = Point { x: 1, y: 2, ..Point::default() };
    let query = |sent: Sent| sent.query().to_owned();
    assert_eq!(query(sent!(params_query, |c| c.get_a("a, b&c=d"))), "plain=a%2C%20b%26c%3Dd");
    assert_eq!(query(sent!(params_query, |c| c.get_a("").exploded(["a", "b"]))), "plain=&exploded=a&exploded=b");
    assert_eq!(query(sent!(params_query, |c| c.get_a("").joined(["a", "b,c"]))), "plain=&joined=a,b%2Cc");
    assert_eq!(query(sent!(params_query, |c| c.get_a("").spaces([1, 2]))), "plain=&spaces=1%202");
    assert_eq!(query(sent!(params_query, |c| c.get_a("").pipes([1, 2]))), "plain=&pipes=1%7C2");
    assert_eq!(query(sent!(params_query, |c| c.get_a("").deep(&point))), "plain=&deep%5Bx%5D=1&deep%5By%5D=2");
    assert_eq!(query(sent!(params_query, |c| c.get_a("").flat(&point))), "plain=&x=1&y=2");
    assert_eq!(query(sent!(params_query, |c| c.get_a("").raw("a/b?c"))), "plain=&raw=a/b?c");
    assert_eq!(
        query(sent!(params_query, |c| c.get_a("").json(&point))),
        "plain=&json=%7B%22x%22%3A1%2C%22y%22%3A2%7D"
    );
    // A setter replaces what was set before.
    assert_eq!(query(sent!(params_query, |c| c.get_a("").odd("1").odd("2"))), "plain=&odd=2");
}

/// `allowEmptyValue`: a text can be empty, which is not the same as absent. What is no text can be sent so in the options.
#[test]
fn empty_values() {
    use golden::Options;

    assert_eq!(sent!(params_docs, |client| client.get_a("i")).query(), "");
    assert_eq!(sent!(params_docs, |client| client.get_a("i").note("")).query(), "note=");
    let options = Options::new().query("size", "");
    assert_eq!(sent!(params_docs, |client| client.get_a("i").with_options(options)).query(), "size=");
}

#[test]
fn methods() {
    let methods = [
        sent!(operations_methods, |client| client.get_a()),
        sent!(operations_methods, |client| client.put_a()),
        sent!(operations_methods, |client| client.post_a()),
        sent!(operations_methods, |client| client.delete_a()),
        sent!(operations_methods, |client| client.options_a()),
        sent!(operations_methods, |client| client.head_a()),
        sent!(operations_methods, |client| client.patch_a()),
        sent!(operations_methods, |client| client.trace_a()),
        // Of 3.2.
        sent!(operations_methods, |client| client.query_a()),
        sent!(operations_methods, |client| client.purge_a()),
        sent!(operations_methods, |client| client.fetch_a()),
    ];
    assert_eq!(
        methods.map(|sent| sent.method().to_owned()),
        ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY", "PURGE", "FETCH"]
    );
}

#[test]
fn swagger_2_parameters() {
    let sent = sent!(v2_params, |client| client.get_a([1, 2]).csv(["a", "b"]).ssv(["a", "b"]).tsv(["a", "b"]));
    assert_eq!((sent.path(), sent.query()), ("/base/a/1,2", "csv=a,b&ssv=a%20b&tsv=a%09b"));
    let sent = sent!(v2_params, |client| client.get_a([1]).pipes(["a", "b"]).multi(["a", "b"]).limit(5));
    assert_eq!(sent.query(), "pipes=a%7Cb&multi=a&multi=b&limit=5");
}

#[test]
fn collection_formats_of_swagger_2() {
    let sent = sent!(v2_collections, |client| client
        .get_a(["a", "b c"], "x/y")
        .x_tabs(["a", "b"])
        .pipes(["a", "b"])
        .authorization("Custom k"));
    assert_eq!((sent.path(), sent.query()), ("/base/a/a%7Cb%20c/x/y", "pipes=a%7Cb"));
    assert_eq!((sent.header("x-tabs"), sent.header("authorization")), (Some("a\tb"), Some("Custom k")));
}

#[test]
fn parameters_of_openapi_3_2() {
    let all = golden::params_v32::models::GetAAll { q: Some("a b".to_owned()), ..Default::default() };
    let sent = sent!(params_v32, |client| client.get_a("x/y?z", &all).plain(["a", "b c"]));
    assert_eq!((sent.path(), sent.query()), ("/base/a/x/y%3Fz", "q=a+b"));
    assert_eq!(sent.header("cookie"), Some("plain=a; plain=b c"));
    assert_eq!(sent!(params_v32, |client| client.get_c().path("$.a[1]")).query(), "%24.a%5B1%5D");
    let inner = golden::params_v32::models::GetDAllO { s: Some("z".to_owned()), ..Default::default() };
    let all = golden::params_v32::models::GetDAll {
        a: Some(vec!["x".to_owned(), "y".to_owned()]),
        o: Some(inner),
        ..Default::default()
    };
    assert_eq!(sent!(params_v32, |client| client.get_d().all(&all)).query(), "a=x,y&o%5Bs%5D=z");
}

#[test]
fn templates_as_they_were_meant() {
    assert_eq!(sent!(paths_templates, |client| client.open("i")).path(), "/base/a/i");
    assert_eq!(sent!(paths_templates, |client| client.router("i")).path(), "/base/b/i/c%7D");
    let sent = sent!(paths_templates, |client| client.rfc6570(["a", "b"]).limit("5"));
    assert_eq!((sent.path(), sent.query()), ("/base/c.a.b", "limit=5"));
    assert_eq!(sent!(paths_templates, |client| client.nearly(3)).path(), "/base/d/3");
    let sent = sent!(paths_templates, |client| client.query(4));
    assert_eq!((sent.path(), sent.query()), ("/base/e", "kind=a&size=4"));
    assert_eq!(sent!(paths_templates, |client| client.several("1", "2", "x")).path(), "/base/f/1...2.x");
}

#[test]
fn headers_and_cookies() {
    let sent = sent!(params_header, |client| client.get_a("00000000-0000-5000-8000-000000000001").x_list(["a", "b"]));
    assert_eq!(sent.header("x-request-id"), Some("00000000-0000-5000-8000-000000000001"));
    assert_eq!(sent.header("X-List"), Some("a,b"));
    let sent = sent!(params_cookie, |client| client.get_a("s").flavours(["a", "b"]));
    assert_eq!(sent.header("cookie"), Some("session=s; flavours=a,b"));
}

#[test]
fn values_of_each_type() {
    use golden::params_types::models::{GetALevel, GetAState};

    let when = "2024-05-06T07:08:09Z";
    let sent = sent!(params_types, |client| client.get_a(
        "t",
        -1,
        5,
        when,
        GetAState::On,
        &GetALevel::N2,
        ["00000000-0000-5000-8000-000000000001"],
        &[vec![1, 2], vec![3]],
        true
    ));
    assert_eq!(
        sent.query(),
        "text=t&count=-1&exact=5&when=2024-05-06T07%3A08%3A09Z&state=on&level=2&ids=00000000-0000-5000-8000-000000000001&matrix=%5B1%2C2%5D&matrix=%5B3%5D&free=true"
    );
}

#[test]
fn formats_in_each_place() {
    use golden::{HttpDate, UnixTime};
    use std::time::{Duration, SystemTime};

    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_661_524_680);
    let price = "1.10".parse::<golden::Number>().unwrap();
    let sent = sent!(formats_params, |client| client
        .at(UnixTime::from(moment), HttpDate::from(moment), price, [1, 2])
        .moments([1_686_566_864, 1_686_734_256])
        .keys(["dGVzdA", "-_8"])
        .timeout(Duration::from_millis(35_625))
        .spans([Duration::from_secs(90), Duration::from_secs(1)]));
    assert_eq!(sent.path(), "/base/at/1661524680");
    assert_eq!(
        sent.query(),
        "since=Fri%2C%2026%20Aug%202022%2014%3A38%3A00%20GMT&price=1.10&weights=1&weights=2&moments=1686566864,1686734256&keys=dGVzdA&keys=-_8"
    );
    assert_eq!(sent.header("timeout"), Some("35.625"));
    assert_eq!(sent.header("spans"), Some("PT90S,PT1S"));
    let price = "19.99".parse().unwrap();
    let sent = sent!(formats_params, |client| client.price(0, &price));
    assert_eq!(sent.text(), "19.99");
}

#[test]
fn bodies() {
    use golden::bodies_kinds::models::SendFormBody;
    use golden::bodies_media::models::Pet;
    use golden::bodies_optional::models::Pet as Optional;

    let sent = sent!(bodies_kinds, |client| client.send_text("ä"));
    assert!(sent.header("content-type").unwrap().starts_with("text/plain"));
    assert_eq!(sent.text(), "ä");
    let sent = sent!(bodies_kinds, |client| client.send_bytes([0, 255]));
    assert_eq!((sent.header("content-type"), sent.body()), (Some("application/octet-stream"), &[0, 255][..]));
    let form = SendFormBody { b: Some(vec![1, 2]), ..SendFormBody::new("x y&z") };
    let sent = sent!(bodies_kinds, |client| client.send_form(&form));
    assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(sent.text(), "a=x+y%26z&b=1&b=2");
    let sent = sent!(bodies_kinds, |client| client.send_word("w"));
    assert_eq!((sent.header("content-type"), sent.text().as_str()), (Some("application/json"), r#""w""#));
    let sent = sent!(bodies_kinds, |client| client.send_list(&["a".to_owned()]));
    assert_eq!(sent.text(), r#"["a"]"#);

    let sent = sent!(bodies_optional, |client| client.post_a());
    assert!(!sent.has_body() && sent.header("content-type").is_none());
    let pet = Optional { name: Some("Rex".to_owned()), ..Optional::default() };
    let sent = sent!(bodies_optional, |client| client.delete_b(&pet));
    assert_eq!((sent.method(), sent.text().as_str()), ("DELETE", r#"{"name":"Rex"}"#));

    let pet = Pet { name: "Rex".to_owned().into(), ..Pet::default() };
    let sent = sent!(bodies_media, |client| client.post_a().body_merge_patch(&pet));
    assert_eq!(sent.header("content-type"), Some("application/merge-patch+json"));
    let sent = sent!(bodies_media, |client| client.post_a().body_form(&pet));
    assert_eq!(sent.text(), "name=Rex");
    let sent = sent!(bodies_media, |client| client.post_a().body_png([1]));
    assert_eq!(sent.header("content-type"), Some("image/png"));
}

#[test]
fn a_required_body_is_asked_for() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client =
        golden::bodies_media::Client::builder().url("https://x.example").transport(fake.clone()).build().unwrap();
    let error = run(client.post_a().send()).unwrap_err();
    assert_eq!(error.kind(), golden::ErrorKind::Request);
    assert_eq!(fake.sent().len(), 0);
}

#[test]
fn answers_by_status_and_media() {
    use golden::replies_errors::operations::GetPetsError;
    use golden::replies_media::operations::GetReportReply;
    use golden::replies_media_ranges::operations::{GetPictureError, GetPictureReply};
    use golden::replies_ranges::operations::GetAReply;
    use golden::replies_success::operations::PutPetReply;

    macro_rules! answer {
        ($api:ident, $answer:expr, |$client:ident| $call:expr) => {{
            let fake = FakeTransport::new(move |_| $answer);
            let $client = golden::$api::Client::builder().url("https://x.example").transport(fake).build().unwrap();
            run($call.send())
        }};
    }
    fn text(status: u16, media: &str, text: &str) -> HttpResponse {
        HttpResponse::new(status, Headers::new(), text.to_owned().into()).with_header("content-type", media)
    }
    let body = answer!(replies_success, HttpResponse::json(201, r#"{"id":"7"}"#), |c| c.put_pet()).unwrap();
    assert!(matches!(body.body(), PutPetReply::Created(made) if made.id.as_deref() == Some("7")));
    let body = answer!(replies_success, HttpResponse::empty(204), |c| c.put_pet()).unwrap();
    assert!(matches!(body.body(), PutPetReply::NoContent));
    // A 2xx that is not declared is read as the first one.
    let body = answer!(replies_success, HttpResponse::json(299, r#"{"name":"Rex"}"#), |c| c.put_pet()).unwrap();
    assert!(matches!(body.body(), PutPetReply::Ok(pet) if pet.name.as_deref() == Some("Rex")));

    let body = answer!(replies_media, text(200, "text/csv; charset=utf-8", "a,b"), |c| c.get_report()).unwrap();
    assert!(matches!(body.body(), GetReportReply::OkTextCsv(text) if text == "a,b"));

    // A media type counts before the range that holds it, and a range before what is not described.
    let picture = |status, media: &'static str, body: &'static str| {
        answer!(replies_media_ranges, text(status, media, body), |c| c.get_picture())
    };
    let body = picture(200, "image/png", "PNG").unwrap();
    assert!(matches!(body.body(), GetPictureReply::OkImage(bytes) if bytes == b"PNG"));
    let body = picture(200, "image/svg+xml", "<svg/>").unwrap();
    assert!(matches!(body.body(), GetPictureReply::OkImageSvgPlusXml(text) if text == "<svg/>"));
    let body = picture(200, "application/hal+json", "{}").unwrap();
    assert!(matches!(body.body(), GetPictureReply::OkApplicationJson(_)));
    let told = picture(404, "text/html", "none").unwrap_err().typed();
    assert!(matches!(told, Some(GetPictureError::NotFoundText(text)) if text == "none"));
    let told = picture(404, "application/problem+json", "{}").unwrap_err().typed();
    assert!(matches!(told, Some(GetPictureError::NotFoundApplicationJson(_))));

    // JSON under a name of a vendor's own.
    let vendor = || text(201, "application/vnd.x.v2+json; charset=utf-8", r#"{"id":"7"}"#);
    let body = answer!(replies_success, vendor(), |c| c.put_pet()).unwrap();
    assert!(matches!(body.body(), PutPetReply::Created(made) if made.id.as_deref() == Some("7")));

    // A status of its own counts before its range.
    let body = answer!(replies_ranges, HttpResponse::empty(202), |c| c.get_a()).unwrap();
    assert!(matches!(body.body(), GetAReply::Accepted));
    let body = answer!(replies_ranges, HttpResponse::json(200, r#"{"a":"b"}"#), |c| c.get_a()).unwrap();
    assert!(matches!(body.body(), GetAReply::Success(_)));

    let typed = |status, media: &'static str, body: &'static str| {
        let error = answer!(replies_errors, text(status, media, body), |c| c.get_pets()).unwrap_err();
        error.typed::<GetPetsError>()
    };
    assert!(matches!(typed(404, "application/json", "{}"), Some(GetPetsError::NotFound(_))));
    assert!(matches!(typed(409, "application/json", ""), Some(GetPetsError::Conflict)));
    assert!(matches!(typed(429, "text/plain", "slow"), Some(GetPetsError::TooManyRequests(text)) if text == "slow"));
    assert!(matches!(typed(503, "application/problem+json", "{}"), Some(GetPetsError::ServerError(_))));
    assert!(matches!(typed(418, "application/json", "[1]"), Some(GetPetsError::Default(_))));
    assert!(typed(404, "text/html", "<html>").is_none());
}

#[test]
fn nothing_is_sent_that_breaks_a_limit() {
    use golden::ErrorKind;
    use golden::limits::Client;
    use golden::limits::models::Limited;

    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let builder = || Client::builder().url("https://x.example").transport(fake.clone());
    let body = [Limited { size: Some(105), extra: [("late".to_owned(), 1.into())].into_iter().collect(), ..Limited::default() }];
    let client = builder().check_requests(true).build().unwrap();
    let error = run(client.add_pets(["ok", "too long"]).limit(0).body(&body).send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let places: Vec<_> = error.violations().iter().map(|one| (one.parameter(), one.path(), one.rule())).collect();
    assert_eq!(
        places,
        [
            (Some("tags"), "$[1]", "maxLength"),
            (Some("limit"), "$", "minimum"),
            (None, "$[0].size", "maximum"),
            (None, "$[0].late", "additionalProperties"),
        ]
    );
    let empty: [Limited; 0] = [];
    assert_eq!(run(client.add_pets(["ok"]).body(&empty).send()).unwrap_err().violations()[0].rule(), "minItems");
    assert!(fake.sent().is_empty());
    run(client.add_pets(["ok"]).limit(100).send()).unwrap();
    // Unless asked for, the server judges.
    run(builder().build().unwrap().add_pets(["too long"]).limit(0).body(&body).send()).unwrap();
    assert_eq!(fake.sent().len(), 2);
}

#[test]
fn limits_of_aliases_hold_in_arguments_and_bodies() {
    use golden::limits_aliases::Client;
    use golden::limits_aliases::models::A;

    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = Client::builder().url("https://x.example").transport(fake.clone()).check_requests(true).build().unwrap();
    let broken = |error: golden::Error| {
        let places = error.violations().iter().map(|one| (one.parameter().unwrap_or_default().to_owned(), one.path().to_owned()));
        places.collect::<Vec<_>>()
    };
    let place = |parameter: &str, path: &str| (parameter.to_owned(), path.to_owned());
    let call = client.post_a(10, &A::new("ab")).code("a").codes(["ab", "a"]).send();
    assert_eq!(broken(run(call).unwrap_err()), [place("size", "$"), place("code", "$"), place("codes", "$[1]")]);
    assert_eq!(broken(run(client.put_a(9).body(&["a".to_owned()]).send()).unwrap_err()), [place("", "$[0]")]);
    assert_eq!(broken(run(client.post_xml(&["ab".to_owned(), "a".to_owned()]).send()).unwrap_err()), [place("", "$[1]")]);
    assert!(fake.sent().is_empty());
}

#[test]
fn what_only_comes_is_not_sent_and_what_only_goes_need_not_come() {
    use golden::Maybe;
    use golden::access_both_ways::Client;
    use golden::access_both_ways::models::Account;

    let fake = FakeTransport::new(|_| HttpResponse::json(200, r#"{"id":"7","name":"ann","made":null}"#));
    let client = Client::builder().url("https://x.example").transport(fake.clone()).build().unwrap();
    let answer = run(client.put_account(&Account::new("ann", "1234", None)).send()).unwrap();
    let account = answer.into_body();
    assert_eq!((account.id.as_deref(), account.pin.as_deref(), &account.made), (Some("7"), None, &Maybe::Null));
    assert!(account.hint.is_absent());
    // What was received goes back without what the server alone says.
    run(client.put_account(&Account { pin: Some("5".to_owned()), ..account }).send()).unwrap();
    let sent: Vec<String> = fake.sent().iter().map(Sent::text).collect();
    assert_eq!(
        sent,
        [r#"{"name":"ann","pin":"1234","hint":null}"#, r#"{"name":"ann","pin":"5"}"#]
    );
}
