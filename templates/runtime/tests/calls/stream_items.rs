//! The items of an answer, as they arrive: JSON Lines, JSON text sequences, the elements of an array.

use crate::api::models::Pet;
use crate::pieces::{Pieces, client, client_of, cuts};
use clientsmith_runtime::codegen::{Call, Decode, Error, ErrorKind, ItemStream, Items, Op, Request, Value};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, TransportError};
use std::sync::atomic::Ordering;

static LIST: Op = Op { id: "list", path: "/list", ..Op::BASE };

#[derive(Clone, Copy)]
enum Form {
    Lines,
    Sequence,
    Array,
}
use Form::{Array as ARRAY, Lines as LINES, Sequence as SEQUENCE};

impl Form {
    fn open(self, request: Request) -> Call<ItemStream<Value>> {
        match self {
            LINES => request.lines("application/jsonl"),
            SEQUENCE => request.sequence("application/json-seq"),
            ARRAY => request.elements(),
        }
    }

    fn media(self) -> &'static str {
        if let ARRAY = self { "application/json" } else { "application/octet-stream" }
    }
}

/// Items as their JSON, errors in brackets, for every cut of the text. All cuts must give the same.
async fn read(form: Form, text: impl AsRef<[u8]>) -> Vec<String> {
    let mut all: Vec<(Vec<Vec<u8>>, Vec<String>)> = Vec::new();
    for chunks in cuts(text.as_ref()) {
        let client = client(Pieces::new(chunks.clone()).answer(form.media()));
        let mut items = form.open(client.core.request(&LIST)).await.unwrap();
        let mut seen = Vec::new();
        while let Some(item) = items.next().await {
            seen.push(match item {
                Ok(item) => item.to_string(),
                Err(error) => {
                    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{error}");
                    format!("<{error}>")
                }
            });
            assert!(seen.len() < 100, "{seen:?}");
        }
        assert!(items.next().await.is_none());
        if let Some((other, expected)) = all.first() {
            assert_eq!(&seen, expected, "{chunks:?} beside {other:?}");
        }
        all.push((chunks, seen));
    }
    all.swap_remove(0).1
}

#[tokio::test]
async fn lines() {
    assert_eq!(read(LINES, "{\"a\":1}\n[2]\r\n\"x\\ny\"\n").await, ["{\"a\":1}", "[2]", "\"x\\ny\""]);
    assert_eq!(read(LINES, "1\n2").await, ["1", "2"], "the last line needs no end");
    assert_eq!(read(LINES, "\u{feff}1\n\n \r\n2\n\n").await, ["1", "2"], "blank lines and a byte order mark");
    assert_eq!(read(LINES, "\"grüße 𝄞\"\n").await, ["\"grüße 𝄞\""]);
    assert_eq!(read(LINES, "").await, [""; 0]);
    assert_eq!(read(LINES, "\n").await, [""; 0]);
}

#[tokio::test]
async fn a_bad_line_is_an_error_and_the_others_are_good() {
    let seen = read(LINES, "1\n{\"a\":\n3\n").await;
    assert_eq!((seen.len(), &*seen[0], &*seen[2]), (3, "1", "3"));
    assert!(seen[1].starts_with("<list: item 1 of the answer (200 OK) could not be decoded: "), "{}", seen[1]);
    let client = client(Pieces::new(["{\"id\":true}\n"]).answer("application/x-ndjson"));
    let mut pets = client.core.request(&LIST).lines::<Pet>("application/x-ndjson").await.unwrap();
    let error = pets.next().await.unwrap().unwrap_err();
    assert_eq!(error.body(), b"{\"id\":true}\n");
    assert!(error.to_string().contains("$.id"), "{error}");
}

#[tokio::test]
async fn sequences() {
    assert_eq!(read(SEQUENCE, "\u{1e}{\"a\":1}\n\u{1e}[\n2\n]\n\u{1e}3\n").await, ["{\"a\":1}", "[2]", "3"]);
    assert_eq!(read(SEQUENCE, "\u{1e}\u{1e}1\n\u{1e}\n\u{1e}2\n").await, ["1", "2"], "empty texts are none");
    assert_eq!(read(SEQUENCE, "\u{1e}{}").await, ["{}"], "the line feed after the last one may be missing");
    assert_eq!(read(SEQUENCE, "1\n\u{1e}2\n").await, ["1", "2"], "the first separator may be missing");
    assert_eq!(read(SEQUENCE, "").await, [""; 0]);
}

#[tokio::test]
async fn what_is_cut_off_in_a_sequence_does_not_touch_the_rest() {
    let seen = read(SEQUENCE, "\u{1e}{\"a\":[1\u{1e}true\n\u{1e}2").await;
    assert_eq!((seen.len(), &*seen[1]), (3, "true"));
    assert!(seen[0].contains("item 0 of the answer (200 OK) could not be decoded"), "{}", seen[0]);
    // RFC 7464, 2.4: of a number at the end there may have been more.
    assert!(seen[2].contains("may be cut off"), "{}", seen[2]);
    let seen = read(SEQUENCE, "\u{1e}1 2 3\n\u{1e}4\n\u{1e},\n\u{1e}5\n").await;
    assert_eq!((&*seen[0], &*seen[2], &*seen[4]), ("1", "4", "5"));
    assert!(seen[1].contains("a record separator is due, after 1 items (byte 3 of the answer)"), "{}", seen[1]);
    assert!(seen[3].contains("there is no JSON text"), "{}", seen[3]);
}

#[tokio::test]
async fn a_text_of_a_sequence_is_given_when_it_is_whole() {
    let pieces = Pieces::new(["\u{1e}{\"a\":1}\n", "\u{1e}{\"a\":2}\n"]);
    let read = pieces.counter();
    let client = client(pieces.answer("application/json-seq"));
    let mut items = SEQUENCE.open(client.core.request(&LIST)).await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap().to_string(), "{\"a\":1}");
    assert_eq!(read.load(Ordering::SeqCst), 1, "the next separator is not waited for");
}

#[tokio::test]
async fn arrays() {
    let text = " [ {\"a\":[1,{\"b\":\"]},\\\"\"}]} ,2,true , null,\"x\\\\\",[],-1.5e3 ] \n";
    let expected = ["{\"a\":[1,{\"b\":\"]},\\\"\"}]}", "2", "true", "null", "\"x\\\\\"", "[]", "-1.5e3"];
    assert_eq!(read(ARRAY, text).await, expected);
    assert_eq!(read(ARRAY, "[]").await, [""; 0]);
    assert_eq!(read(ARRAY, "\u{feff}[1]").await, ["1"]);
    assert_eq!(read(ARRAY, "[\"grüße 𝄞\"]").await, ["\"grüße 𝄞\""]);
}

#[tokio::test]
async fn broken_arrays() {
    for (text, good, what) in [
        ("", 0, "the JSON array is cut off, after 0 items (byte 0 of the answer)"),
        ("[1, 2", 1, "the JSON array is cut off, after 1 items (byte 4 of the answer)"),
        ("[1,", 1, "the JSON array is cut off"),
        ("[1", 0, "the JSON array is cut off"),
        ("{\"a\":1}", 0, "there is no JSON array"),
        ("null", 0, "there is no JSON array"),
        ("[1 2]", 1, "neither a comma nor the end of the JSON array"),
        ("[,1]", 0, "no JSON value where an element is due"),
        ("[1,]", 1, "no JSON value where an element is due"),
        ("[1]]", 1, "text after the JSON array"),
        ("[1] x", 1, "text after the JSON array"),
    ] {
        let seen = read(ARRAY, text).await;
        assert_eq!(seen.len(), good + 1, "{text}: {seen:?}");
        assert!(seen[good].contains(what), "{text}: {seen:?}");
    }
    let seen = read(ARRAY, "[1,tru,{\"a\" 1},4]").await;
    assert_eq!((seen.len(), &*seen[0], &*seen[3]), (4, "1", "4"), "what stands between commas is one item's matter");
}

#[tokio::test]
async fn the_items_of_a_list() {
    let pieces = Pieces::new(["[{\"id\":1},", "{\"id\":2}", "]"]);
    let read = pieces.counter();
    let client = client(pieces.answer("application/json"));
    let mut items = Items::<Pet>::of_list(client.core.request(&LIST));
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(read.load(Ordering::SeqCst), 1, "nothing is read before it is wanted");
    assert_eq!(items.try_collect().await.unwrap().iter().map(|pet| pet.id).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn a_list_of_any_length_needs_the_memory_of_one_item() {
    // More than the limit for answers, but no item is.
    let item = format!("{{\"id\":7,\"name\":\"{}\"}}", "x".repeat(1000));
    let chunks = std::iter::once("[".to_owned()).chain((0..2000).map(|at| match at {
        0 => item.clone(),
        _ => format!(",{item}"),
    }));
    let pieces = Pieces::new(chunks.chain(["]".to_owned()]).map(String::into_bytes).collect::<Vec<_>>());
    let fake = once(pieces.answer("application/json"));
    let core = clientsmith_runtime::codegen::CoreBuilder::new(&crate::api::API);
    let core = core.transport(fake).answer_limit(4096).build().unwrap();
    let mut items = Items::<Pet>::of_list(core.request(&LIST));
    let mut count = 0;
    while let Some(item) = items.next().await {
        assert_eq!(item.unwrap().id, 7);
        count += 1;
    }
    assert_eq!(count, 2000);
}

fn once(answer: HttpResponse) -> FakeTransport {
    let once = std::sync::Mutex::new(Some(answer));
    FakeTransport::new(move |_| once.lock().unwrap().take().unwrap())
}

#[tokio::test]
async fn an_item_over_the_limit_ends_the_stream() {
    for form in [LINES, SEQUENCE, ARRAY] {
        let endless = (0..1000).map(|at| if at == 0 { b"[\"".to_vec() } else { b"xxxxxxxxxx".to_vec() });
        let fake = once(Pieces::new(endless.collect::<Vec<_>>()).answer(form.media()));
        let core = clientsmith_runtime::codegen::CoreBuilder::new(&crate::api::API);
        let core = core.transport(fake).answer_limit(100).build().unwrap();
        let mut items = form.open(core.request(&LIST)).await.unwrap();
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "list: an item of the answer is larger than the limit of 100 bytes");
        assert!(items.next().await.is_none());
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error_of_its_kind() {
    for (broken, kind, message) in [
        (TransportError::new("reset"), ErrorKind::Transport, "list: the answer broke off: reset"),
        (TransportError::timeout(), ErrorKind::Timeout, "list: the answer did not go on in time"),
    ] {
        let client = client(Pieces::new(["1\n2"]).failing(broken).answer("application/jsonl"));
        let mut items = LINES.open(client.core.request(&LIST)).await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap().to_string(), "1");
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
        assert!(items.next().await.is_none(), "half an item is not given");
    }
}

#[tokio::test]
async fn the_head_comes_first_and_its_errors_too() {
    let fake = FakeTransport::new(|sent| match sent.header("accept") {
        Some("application/jsonl") => HttpResponse::json(200, "{\"whole\":true}"),
        _ => HttpResponse::json(404, "{\"message\":\"none\"}"),
    });
    let client = client_of(fake.clone());
    let error = LINES.open(client.core.request(&LIST)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "list: the answer (200 OK) is application/json, where application/jsonl was asked for; the request may have to ask for it in its own way too"
    );
    assert_eq!(error.text(), "{\"whole\":true}");
    let error = SEQUENCE.open(client.core.request(&LIST)).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(404)));
    assert_eq!(error.text(), "{\"message\":\"none\"}");
    let error: Error = Items::<Value>::of_list(client.core.request(&LIST)).try_collect().await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    assert_eq!(fake.sent()[2].header("accept"), Some("application/json"));
}

#[tokio::test]
async fn a_read_that_was_given_up_goes_on_where_it_was() {
    let client = client(Pieces::new(["1", "2\n3", "4\n"]).answer("application/jsonl"));
    let mut items = LINES.open(client.core.request(&LIST)).await.unwrap();
    let mut seen = Vec::new();
    loop {
        let next = tokio::select! {
            biased;
            next = items.next() => next,
            // Polled once and dropped, again and again.
            () = std::future::ready(()) => {
                tokio::task::yield_now().await;
                continue;
            }
        };
        let Some(item) = next else { break };
        seen.push(item.unwrap().to_string());
    }
    assert_eq!(seen, ["12", "34"]);
}

#[test]
fn streams_can_move_between_threads() {
    fn check<T: Send + Unpin>() {}
    fn for_all<T: Decode + Default + Send>() {
        check::<ItemStream<T>>();
        check::<Items<T>>();
    }
    for_all::<Value>();
}
