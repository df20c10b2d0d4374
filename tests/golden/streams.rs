//! What generated streams ask for and give.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use golden::runtime::http::{Body, FakeTransport, Headers, HttpResponse};

/// Runs a future that never waits, as all are over a [`FakeTransport`].
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn answering(media: &'static str, body: &'static str) -> FakeTransport {
    FakeTransport::new(move |_| {
        HttpResponse::new(200, Headers::new(), Body::from(body)).with_header("Content-Type", media)
    })
}

macro_rules! client {
    ($api:ident, $fake:expr) => {
        golden::$api::Client::builder().url("https://x.example").transport($fake.clone()).build().unwrap()
    };
}

#[test]
fn events_by_name() {
    use golden::streams_events::operations::GetNamedEvent;

    let body = "event: step.made\ndata: {\"count\":1}\n\nevent: log\ndata: {}\n\nevent: unknown\ndata: {\"at\":2}\n\nevent: new\ndata: x\n\ndata: [DONE]\n\n";
    let fake = answering("text/event-stream", body);
    let answer = run(client!(streams_events, fake).get_named().stream()).unwrap();
    let data: Vec<GetNamedEvent> =
        run(answer.into_body().try_collect()).unwrap().into_iter().map(|event| event.data).collect();
    let [
        GetNamedEvent::StepMade(step),
        GetNamedEvent::Log(log),
        GetNamedEvent::UnknownValue(value),
        GetNamedEvent::Unknown(new),
        GetNamedEvent::Done,
    ] = data.as_slice()
    else {
        panic!("{data:?}")
    };
    assert_eq!((step.count, log.as_str(), value.at, new.as_str()), (1, "{}", Some(2), "x"));
    assert_eq!(fake.sent()[0].header("accept"), Some("text/event-stream"));
}

#[test]
fn json_or_events() {
    use golden::streams_data::models::Question;

    let question = Question::new("why");
    let fake = answering("application/json", "{\"answer\":\"so\"}");
    let client = client!(streams_data, fake);
    assert_eq!(run(client.chat(&question).send()).unwrap().answer, "so");
    let error = run(client.chat(&question).stream()).unwrap_err();
    assert!(error.to_string().contains("is application/json, where text/event-stream was asked for"), "{error}");
    let accepts: Vec<String> = fake.sent().iter().map(|sent| sent.header("accept").unwrap().to_owned()).collect();
    assert_eq!(accepts, ["application/json, application/problem+json;q=0.1", "text/event-stream"]);

    let fake = answering(
        "text/event-stream",
        "data: {\"id\":\"1\",\"data\":\"x\",\"at\":\"2024-01-01T00:00:00Z\"}\n\ndata: [DONE]\n\n",
    );
    let mut events = run(client!(streams_data, fake).chat(&question).stream()).unwrap();
    let chunk = run(events.next()).unwrap().unwrap().data;
    assert_eq!((chunk.id.as_str(), chunk.data.as_str()), ("1", "x"));
    assert!(run(events.next()).is_none());
}

#[test]
fn data_of_an_event_that_has_a_type() {
    use golden::streams_data::models::EnvelopeData;

    let fake = answering("text/event-stream", "event: error\nid: 7\ndata: {\"error\":\"x\"}\n\n");
    let mut events = run(client!(streams_data, fake).get_event().stream()).unwrap();
    let event = run(events.next()).unwrap().unwrap();
    assert_eq!((event.event.as_str(), event.id.as_deref()), ("error", Some("7")));
    assert!(matches!(event.data, EnvelopeData::Variant2(error) if error.error == "x"));
}

#[test]
fn lines_and_sequences() {
    let fake = answering("application/x-ndjson", "{\"row\":1}\n{\"row\":2}\n");
    let rows = run(client!(streams_items, fake).get_row().stream()).unwrap().into_body();
    assert_eq!(run(rows.try_collect()).unwrap().len(), 2);
    let fake = answering("application/geo+json-seq", "\u{1e}{\"row\":1}\n\u{1e}{\"row\":2}\n");
    let mut rows = run(client!(streams_items, fake).get_seq().stream()).unwrap();
    assert_eq!(run(rows.next()).unwrap().unwrap().row, Some(1));
}

#[test]
fn items_of_a_list_and_bytes_of_a_file() {
    let fake = answering("application/json", "[{\"row\":1},{\"row\":2}]");
    let rows = run(client!(streams_items, fake).get_list().items().try_collect()).unwrap();
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [Some(1), Some(2)]);
    let fake = answering("application/pdf", "%PDF");
    let mut file = run(client!(streams_items, fake).get_file().stream_bytes()).unwrap();
    assert_eq!(run(file.next()).unwrap().unwrap(), b"%PDF");
    assert_eq!(fake.sent()[0].header("accept"), Some("application/pdf, text/csv"));
}

#[test]
fn answers_without_a_body() {
    let fake = FakeTransport::new(|sent| HttpResponse::empty(if sent.method() == "HEAD" { 200 } else { 204 }));
    let client = client!(replies_no_body, fake);
    run(client.head_a().send()).unwrap();
    run(client.delete_a().send()).unwrap();
}

#[test]
fn items_are_sent() {
    use golden::SendItems;
    use golden::bodies_streams::models::Row;

    let fake = FakeTransport::new(|_| HttpResponse::empty(204));
    let client = client!(bodies_streams, fake);
    let rows = vec![Row { row: 1, ..Row::default() }, Row { row: 2, ..Row::default() }];
    run(client.send_lines(rows.clone()).send()).unwrap();
    run(client.send_lines(SendItems::iter(rows)).send()).unwrap();
    run(client.send_any().body([golden::Value::from(1)]).send()).unwrap();
    run(client.send_seq().body_seq([golden::Number::from(1)]).send()).unwrap();
    let texts: Vec<String> = fake.sent().iter().map(|sent| sent.text()).collect();
    let lines = "{\"row\":1}\n{\"row\":2}\n";
    assert_eq!(texts, [lines, lines, "1\n", "\u{1e}1\n"]);
}

#[test]
fn headers_with_types() {
    use golden::replies_headers::operations::GetAHeaders;

    let fake = FakeTransport::new(|_| HttpResponse::empty(204).with_header("x-rate-limit", "7"));
    let answer = run(client!(replies_headers, fake).get_a().send()).unwrap();
    let headers = answer.headers_as::<GetAHeaders>();
    assert_eq!((headers.x_rate_limit().unwrap(), headers.x_id().unwrap()), (Some(7), None));
    let fake = FakeTransport::new(|_| HttpResponse::empty(429).with_header("Retry-After", "x").with_header("X-Kinds", "a, c"));
    let error = run(client!(replies_headers, fake).get_a().send()).unwrap_err();
    let headers = error.headers_as::<GetAHeaders>();
    headers.retry_after().unwrap_err();
    assert_eq!(headers.retry_after_default().unwrap().as_deref(), Some("x"));
    assert_eq!(headers.x_kinds().unwrap().unwrap().len(), 2);
}

/// The answer to HEAD tells of a body that does not come, and whatever is described is not looked for.
#[test]
fn headers_alone() {
    use golden::replies_no_body::operations::HeadAHeaders;

    let head = |status| {
        let fake = FakeTransport::new(move |_| {
            HttpResponse::empty(status).with_header("Content-Type", "application/json").with_header("X-Size", "99")
        });
        run(client!(replies_no_body, fake).head_a().send())
    };
    let answer = head(200).unwrap();
    assert_eq!(answer.headers_as::<HeadAHeaders>().x_size().unwrap(), Some(99));
    let error = head(404).unwrap_err();
    assert_eq!((error.status(), error.body()), (Some(404), &b""[..]));
    assert_eq!(error.headers_as::<HeadAHeaders>().x_size().unwrap(), Some(99));
}

#[test]
fn pages_by_links() {
    let fake = FakeTransport::new(|sent| match sent.query() {
        "" => HttpResponse::json(200, r#"{"pets":[{"$tag":"a"}],"next":"?page=2"}"#),
        _ => HttpResponse::json(200, r#"{"pets":[{"$tag":"b","color":"1"}],"next":null}"#),
    });
    let client = client!(v2_extensions, fake);
    let pets = run(client.find_pets(&golden::v2_extensions::models::Animal::default()).items().try_collect()).unwrap();
    let labels: Vec<Option<&str>> = pets.iter().map(|pet| pet.label.as_deref()).collect();
    assert_eq!(labels, [Some("a"), Some("b")]);
    assert_eq!(pets[1].color, Some(golden::v2_extensions::models::Shade::Light));
    let methods: Vec<String> = fake.sent().iter().map(|sent| sent.method().to_owned()).collect();
    assert_eq!(methods, ["POST", "GET"]);
    // One page, whatever it says of a next one.
    let fake = FakeTransport::new(|_| HttpResponse::json(200, r#"{"value":[{}],"@odata.nextLink":"?page=2"}"#));
    assert_eq!(run(client!(v2_extensions, fake).list_kinds().items().try_collect()).unwrap().len(), 1);
    assert_eq!(fake.sent().len(), 1);
}

#[test]
fn tags_inside_of_others_are_one_client() {
    let fake = answering("application/json", r#"{"tail":{"length":3}}"#);
    let dog = run(client!(tags_nested, fake).get_dogs().send()).unwrap();
    assert_eq!(dog.tail.as_ref().and_then(|tail| tail.length), Some(3));
}
