//! Server-sent events, as they arrive.

use crate::api::models::Pet;
use crate::pieces::{Pieces, client, client_of, cuts};
use clientsmith_runtime::codegen::{
    Error, ErrorKind, Event, EventData, EventStream, JsonError, Op, Options, RawEvent, Reconnect, Value,
};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, TransportError};
use std::time::Duration;

static EVENTS: Op = Op { id: "events", path: "/events", ..Op::BASE };
const TYPE: &str = "text/event-stream";

/// All events of a text, which are the same however it is cut.
async fn read(text: impl AsRef<[u8]>) -> Vec<Event<String>> {
    let mut all: Vec<Vec<Event<String>>> = Vec::new();
    for chunks in cuts(text.as_ref()) {
        let client = client(Pieces::new(chunks.clone()).answer(TYPE));
        let events = client.core.request(&EVENTS).text_events(TYPE).await.unwrap().into_body();
        let seen = events.try_collect().await.unwrap();
        if let Some(expected) = all.first() {
            assert_eq!(&seen, expected, "{chunks:?}");
        }
        all.push(seen);
    }
    all.swap_remove(0)
}

fn parts(events: &[Event<String>]) -> Vec<(&str, &str)> {
    events.iter().map(|event| (event.event.as_str(), event.data.as_str())).collect()
}

#[tokio::test]
async fn types_and_data() {
    let seen = read("data: one\n\nevent: add\ndata:73857293\n\n: comment\n\nevent: none\n\ndata:  two\n\n").await;
    assert_eq!(parts(&seen), [("message", "one"), ("add", "73857293"), ("message", " two")]);
    // The examples of the standard.
    let seen = read("data: YHOO\ndata: +2\ndata: 10\n\n").await;
    assert_eq!(parts(&seen), [("message", "YHOO\n+2\n10")]);
    let seen = read("data\n\ndata\ndata\n\ndata:").await;
    assert_eq!(parts(&seen), [("message", ""), ("message", "\n")], "the last block has no end");
    let seen = read("data:test\n\ndata: test\n\n").await;
    assert_eq!(parts(&seen), [("message", "test"), ("message", "test")]);
    assert_eq!(read("").await, []);
}

#[tokio::test]
async fn all_line_ends() {
    let seen =
        read("\u{feff}data: a\r\rdata: b\r\ndata: c\r\n\r\ndata: d\n\r\ndata: e\r\n\ndata: f\n\rdata: g\n\n").await;
    let data: Vec<&str> = seen.iter().map(|event| event.data.as_str()).collect();
    assert_eq!(data, ["a", "b\nc", "d", "e", "f", "g"]);
    // A byte order mark stands at the start alone.
    assert_eq!(parts(&read("data: a\n\n\u{feff}data: b\n\n").await), [("message", "a")]);
}

#[tokio::test]
async fn ids_and_times() {
    let text = "id: 1\nretry: 1500\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: x\0y\nretry: -1\ndata: d\n\nid: 5\n\nretry: 1e3\ndata: e\n\n";
    let seen = read(text).await;
    let ids: Vec<Option<&str>> = seen.iter().map(|event| event.id.as_deref()).collect();
    assert_eq!(ids, [Some("1"), None, Some(""), None, None]);
    assert_eq!(seen[0].retry, Some(Duration::from_millis(1500)));
    assert!(seen[1..].iter().all(|event| event.retry.is_none()));
    let client = client(Pieces::new([text]).answer(TYPE));
    let mut events = client.core.request(&EVENTS).text_events(TYPE).await.unwrap();
    let mut last = Vec::new();
    while events.next().await.is_some() {
        last.push(events.last_event_id().to_owned());
    }
    // The whole text is one chunk, and what was not given out yet does not count.
    assert_eq!(last, ["1", "1", "", "", "5"]);
}

#[tokio::test]
async fn what_is_no_utf8_is_replaced() {
    let seen = read(b"data: gr\xfc\xdfe \xf0\x9d\x84\x9e\n\n").await;
    assert_eq!(seen[0].data, "gr\u{fffd}\u{fffd}e 𝄞");
}

#[tokio::test]
async fn data_that_is_json() {
    let text = "event: pet\ndata: {\"id\":1,\ndata: \"name\":\"Rex\"}\n\ndata: {\"id\":true}\n\ndata: {\"id\":2}\n\ndata: [DONE]\n\ndata: {\"id\":3}\n\n";
    for chunks in cuts(text.as_bytes()) {
        let client = client(Pieces::new(chunks).answer("Text/Event-Stream; charset=utf-8"));
        let mut events: EventStream<Pet> = client.core.request(&EVENTS).events(TYPE).await.unwrap().into_body();
        let first = events.next().await.unwrap().unwrap();
        assert_eq!((first.event.as_str(), first.data.id, first.data.name.as_deref()), ("pet", 1, Some("Rex")));
        let error = events.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.text()), (ErrorKind::Decode, "{\"id\":true}".into()));
        assert!(error.to_string().starts_with("events: an event `message` of the answer (200 OK)"), "{error}");
        assert_eq!(events.next().await.unwrap().unwrap().data.id, 2);
        assert!(events.next().await.is_none(), "what is written where there is no more");
        assert!(events.next().await.is_none());
    }
}

#[derive(Debug, PartialEq)]
enum Progress {
    Step(Value),
    Done,
    Unknown(String),
}

impl EventData for Progress {
    fn read(event: RawEvent<'_>) -> Result<Self, JsonError> {
        match (event.name(), event.data()) {
            ("step", _) => event.json_as(Self::Step),
            (_, "[DONE]") => Ok(Self::Done),
            _ => Ok(Self::Unknown(event.text())),
        }
    }
}

#[tokio::test]
async fn events_told_apart_by_name() {
    let text = "event: step\ndata: 1\n\nevent: odd\ndata: x\n\nevent: step\ndata: x\n\ndata: [DONE]\n\n";
    let client = client(Pieces::new([text]).answer(TYPE));
    let mut events: EventStream<Progress> = client.core.request(&EVENTS).named_events(TYPE).await.unwrap().into_body();
    assert_eq!(events.next().await.unwrap().unwrap().data, Progress::Step(1.into()));
    let odd = events.next().await.unwrap().unwrap();
    assert_eq!((odd.event.as_str(), odd.data), ("odd", Progress::Unknown("x".to_owned())));
    assert!(events.next().await.unwrap().unwrap_err().to_string().contains("an event `step`"));
    assert_eq!(events.next().await.unwrap().unwrap().data, Progress::Done);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn only_an_event_stream_is_one() {
    let fake = FakeTransport::new(|_| HttpResponse::json(200, "{}"));
    let client = client_of(fake.clone());
    let error = client.core.request(&EVENTS).events::<Value>(TYPE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("is application/json, where text/event-stream was asked for"), "{error}");
    assert_eq!(fake.sent()[0].header("accept"), Some(TYPE));
}

/// Answers each request with the next text, and keeps what `Last-Event-ID` was sent.
fn texts(texts: &'static [&'static str]) -> FakeTransport {
    let count = std::sync::atomic::AtomicUsize::new(0);
    FakeTransport::failing(move |_| match texts.get(count.fetch_add(1, std::sync::atomic::Ordering::SeqCst)) {
        Some(&"503") => Ok(HttpResponse::json(503, "{}")),
        Some(&"403") => Ok(HttpResponse::json(403, "{}")),
        Some(&"fail") => Err(TransportError::new("refused")),
        Some(text) => Ok(Pieces::new([*text]).answer(TYPE)),
        None => Ok(HttpResponse::empty(204)),
    })
}

async fn open(fake: &FakeTransport) -> EventStream<String> {
    client_of(fake.clone()).core.request(&EVENTS).text_events(TYPE).await.unwrap().into_body()
}

fn last_ids(fake: &FakeTransport) -> Vec<Option<String>> {
    fake.sent().iter().map(|sent| sent.header("last-event-id").map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_stream_ends_when_it_ends_unless_asked_otherwise() {
    let fake = texts(&["data: a\n\n", "data: b\n\n"]);
    assert_eq!(open(&fake).await.try_collect().await.unwrap().len(), 1);
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn reconnecting() {
    let fake =
        texts(&["id: e1\ndata: a\n\ndata: half", "fail", "503", "retry: 700\nid: é2\ndata: b\n\n", "id:\ndata: c\n\n"]);
    let events = open(&fake).await.reconnecting();
    let seen = events.try_collect().await.unwrap();
    assert_eq!(parts(&seen), [("message", "a"), ("message", "b"), ("message", "c")]);
    let e1 = Some("e1".to_owned());
    assert_eq!(last_ids(&fake), [None, e1.clone(), e1.clone(), e1, Some("é2".to_owned()), None]);
    let seconds: Vec<f64> = fake.slept().iter().map(Duration::as_secs_f64).collect();
    assert_eq!(seconds, [3.0, 6.0, 12.0, 0.7, 0.7], "what the server says counts from then on");
}

#[tokio::test]
async fn reconnecting_ends() {
    // By a refusal.
    let fake = texts(&["data: a\n\n", "403"]);
    let mut events = open(&fake).await.reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert_eq!(events.next().await.unwrap().unwrap_err().status(), Some(403));
    assert!(events.next().await.is_none());
    // By too many failures in a row.
    let fake = texts(&["data: a\n\n", "fail", "fail", "fail", "data: b\n\n"]);
    let mut events = open(&fake).await.reconnecting_with(Reconnect::new().tries(2).wait(Duration::from_secs(1)));
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
    assert!(events.next().await.is_none());
    assert_eq!(fake.sent().len(), 3);
    // By answers without an event.
    let fake = texts(&["", "", ":\n\n", "data: late\n\n"]);
    let events = open(&fake).await.reconnecting_with(Reconnect::new().tries(2));
    assert_eq!(events.try_collect().await.unwrap(), []);
    assert_eq!(fake.sent().len(), 3);
    // By what says that there is no more.
    let fake = texts(&["data: {}\n\ndata: [DONE]\n\n", "data: {}\n\n"]);
    let client = client_of(fake.clone());
    let events = client.core.request(&EVENTS).events::<Value>(TYPE).await.unwrap().into_body().reconnecting();
    assert_eq!(events.try_collect().await.unwrap().len(), 1);
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn a_broken_connection() {
    let failing = |_: &_| Ok(Pieces::new(["data: a\n\ndata: b"]).failing(TransportError::new("reset")).answer(TYPE));
    let fake = FakeTransport::failing(failing);
    let mut events = open(&fake).await;
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    let error: Error = events.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::Transport, "events: the answer broke off: reset")
    );
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_over_the_limit_ends_the_stream() {
    for text in
        ["data: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", ": aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
    {
        let endless: Vec<&str> = std::iter::repeat_n(text, 20).collect();
        let fake = FakeTransport::new(move |_| Pieces::new(endless.clone()).answer(TYPE));
        let core = clientsmith_runtime::codegen::CoreBuilder::new(&crate::api::API);
        let core = core.transport(fake).answer_limit(100).build().unwrap();
        let mut events = core.request(&EVENTS).text_events(TYPE).await.unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "events: an event of the answer is larger than the limit of 100 bytes");
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn silence_is_without_limit_unless_one_is_set() {
    // What the transport is told.
    type Time = (Option<Duration>, bool, Option<Duration>);
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    struct Told(std::sync::Arc<std::sync::Mutex<Vec<Time>>>);
    impl clientsmith_runtime::http::Transport for Told {
        fn send(
            &self,
            request: clientsmith_runtime::http::HttpRequest,
        ) -> clientsmith_runtime::http::BoxFuture<'_, Result<HttpResponse, TransportError>> {
            self.0.lock().unwrap().push((request.timeout(), request.is_streamed(), request.pause()));
            Box::pin(std::future::ready(Ok(Pieces::new([""]).answer(TYPE))))
        }
        fn sleep(&self, _: Duration) -> clientsmith_runtime::http::BoxFuture<'_, ()> {
            Box::pin(std::future::ready(()))
        }
    }
    let client = client_of(Told(told.clone()));
    let minute = Some(Duration::from_secs(60));
    let second = Duration::from_secs(1);
    client.core.request(&EVENTS).text_events(TYPE).await.unwrap();
    client.core.request(&EVENTS).options(Options::new().pause(second)).text_events(TYPE).await.unwrap();
    client.core.request(&EVENTS).byte_stream("").await.unwrap();
    client.core.request(&EVENTS).call(clientsmith_runtime::codegen::none).await.unwrap();
    let told = told.lock().unwrap();
    assert_eq!(
        *told,
        [(minute, true, None), (minute, true, Some(second)), (minute, true, minute), (minute, false, None)]
    );
}
