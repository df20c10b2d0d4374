//! Paging in every style, to the true end and no further.

use crate::api::{Client, models::Pet, secured};
use clientsmith_runtime::codegen::{
    BodySpec, Credential, Error, ErrorKind, Items, Move, Next, Op, Pages, Paging, Param, Request, Value,
};
use clientsmith_runtime::http::{FakeTransport, HttpResponse};
use futures_core::Stream;

static LIST: Op = Op {
    id: "list",
    path: "/list",
    params: &[Param::query("page"), Param::query("after"), Param::query("q64")],
    ..Op::BASE
};
static SEARCH: Op = Op { id: "search", method: "POST", path: "/list", body: Some(BodySpec::json(true)), ..Op::BASE };
static SECURED: Op = Op { path: "/list", ..secured(&[&["queryKey", "key"]]) };

/// Answers with these bodies, one after the other, then with 500.
fn world(bodies: &[&str]) -> (FakeTransport, Client) {
    let bodies: Vec<String> = bodies.iter().map(|body| (*body).to_owned()).collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let fake = FakeTransport::new(move |_| match bodies.get(count.fetch_add(1, std::sync::atomic::Ordering::SeqCst)) {
        Some(body) => HttpResponse::json(200, body),
        None => HttpResponse::json(500, r#"{"message":"asked for too much"}"#),
    });
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    (fake, client)
}

fn asked(fake: &FakeTransport) -> Vec<String> {
    let line = |sent: &clientsmith_runtime::http::Sent| match sent.query() {
        "" => format!("{}{}", sent.path(), sent.text()),
        query => format!("{}?{query}{}", sent.path(), sent.text()),
    };
    fake.sent().iter().map(line).collect()
}

/// Walks all items; gives what was asked, and the items or the error.
async fn walk(
    bodies: &[&str],
    paging: &'static Paging,
    set: fn(Request) -> Request,
) -> (Vec<String>, Result<Vec<i64>, Error>) {
    let (fake, client) = world(bodies);
    let items = Items::<i64>::new(set(client.core.request(&LIST)), paging).try_collect().await;
    (asked(&fake), items)
}

async fn all(bodies: &[&str], paging: &'static Paging) -> (Vec<String>, Vec<i64>) {
    let (asked, items) = walk(bodies, paging, |request| request).await;
    (asked, items.unwrap())
}

async fn fails(bodies: &[&str], paging: &'static Paging) -> String {
    let (_, items) = walk(bodies, paging, |request| request).await;
    let error = items.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
    error.to_string()
}

static ADDRESS: Paging = Paging { items: "/entities", next: Next::address("/nextUri"), ..Paging::BASE };

#[tokio::test]
async fn a_next_address_is_followed_as_it_is() {
    let (asked, items) = all(
        &[
            r#"{"entities":[1,2],"nextUri":"/v2/list?after=a%2Bb&pageSize=2"}"#,
            r#"{"entities":[3],"nextUri":"https://api.zoo.example/v2/list?after=c"}"#,
            r#"{"entities":[4]}"#,
        ],
        &ADDRESS,
    )
    .await;
    assert_eq!(items, [1, 2, 3, 4]);
    assert_eq!(asked, ["/v2/list", "/v2/list?after=a%2Bb&pageSize=2", "/v2/list?after=c"]);
}

static LINK: Paging = Paging { items: "/value", next: Next::Link { at: "/@odata.nextLink" }, ..Paging::BASE };

#[tokio::test]
async fn a_link_is_asked_for_with_get() {
    let (fake, client) = world(&[
        r#"{"value":[1],"@odata.nextLink":"https://api.zoo.example/v2/list?skip=1"}"#,
        r#"{"value":[2],"@odata.nextLink":"?skip=2"}"#,
        r#"{"value":[3],"@odata.nextLink":null}"#,
    ]);
    let request = client.core.request(&SEARCH).json(&Value::object([("name", "Rex")]));
    assert_eq!(Items::<i64>::new(request, &LINK).try_collect().await.unwrap(), [1, 2, 3]);
    let sent: Vec<_> = fake
        .sent()
        .iter()
        .map(|sent| format!("{} {} {:?} {}", sent.method(), sent.query(), sent.header("content-type"), sent.text()))
        .collect();
    assert_eq!(sent, [r#"POST  Some("application/json") {"name":"Rex"}"#, "GET skip=1 None ", "GET skip=2 None "]);
    let error = fails(&[r#"{"value":[1],"@odata.nextLink":"https://evil.example/"}"#], &LINK).await;
    assert!(error.contains("where the credentials must not go"), "{error}");
}

#[tokio::test]
async fn an_address_that_is_absent_empty_or_null_is_the_end() {
    for last in ["", r#","nextUri":"""#, r#","nextUri":null"#] {
        let (asked, items) = all(&[&format!(r#"{{"entities":[1]{last}}}"#)], &ADDRESS).await;
        assert_eq!((asked.len(), items), (1, vec![1]));
    }
}

#[tokio::test]
async fn a_page_without_items_does_not_end_a_walk_along_addresses() {
    let (_, items) = all(&[r#"{"nextUri":"?after=x"}"#, r#"{"entities":[1]}"#], &ADDRESS).await;
    assert_eq!(items, [1]);
    let (_, items) = all(&[r#"{"entities":null,"nextUri":"?after=x"}"#, r#"{"entities":[]}"#], &ADDRESS).await;
    assert!(items.is_empty());
}

#[tokio::test]
async fn an_address_on_another_origin_is_not_followed() {
    for next in [
        "https://evil.example/v2/list",
        "//evil.example/x",
        "http://api.zoo.example/v2/list",
        "https://api.zoo.example:444/",
    ] {
        let body = format!(r#"{{"entities":[1],"nextUri":"{next}"}}"#);
        let error = fails(&[&body], &ADDRESS).await;
        assert!(error.contains("where the credentials must not go"), "{error}");
    }
    let error = fails(&[r#"{"entities":[1],"nextUri":"https://u:p@api.zoo.example/"}"#], &ADDRESS).await;
    assert!(error.starts_with("list: the address of the next page: "), "{error}");
}

#[tokio::test]
async fn an_address_that_was_used_is_not_used_again() {
    let error = fails(&[r#"{"entities":[1],"nextUri":"/v2/list"}"#], &ADDRESS).await;
    assert_eq!(error, "list: the answer leads to a page that was read already");
    let back = r#"{"entities":[2],"nextUri":"/v2/list?after=a"}"#;
    fails(&[back, back], &ADDRESS).await;
}

#[tokio::test]
async fn the_items_before_an_error_are_given() {
    let (_, client) = world(&[r#"{"entities":[1,2],"nextUri":"https://evil.example/"}"#]);
    let mut items = Items::<i64>::new(client.core.request(&LIST), &ADDRESS);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Paging);
    assert!(items.next().await.is_none());
}

static EITHER: Paging =
    Paging { items: "/results", next: Next::Address { at: "/nextPage", cursor: Some(Move::Param(2)) }, ..Paging::BASE };

#[tokio::test]
async fn a_bare_cursor_goes_into_its_parameter() {
    let bodies = [
        r#"{"results":[1],"nextPage":"H4sI+A=="}"#,
        r#"{"results":[2],"nextPage":"/v2/list?q64=next"}"#,
        r#"{"results":[3],"nextPage":"last"}"#,
        r#"{"results":[4]}"#,
    ];
    let (asked, items) = walk(&bodies, &EITHER, |request| request.set(2, &"first")).await;
    assert_eq!(items.unwrap(), [1, 2, 3, 4]);
    assert_eq!(asked, ["/v2/list?q64=first", "/v2/list?q64=H4sI%2BA%3D%3D", "/v2/list?q64=next", "/v2/list?q64=last"]);
}

static CURSOR: Paging = Paging {
    items: "/items",
    next: Next::Cursor { at: "/page/next", to: Move::Param(1) },
    more: Some("/more"),
    ..Paging::BASE
};

#[tokio::test]
async fn a_cursor_in_the_answer() {
    let bodies = [
        r#"{"items":[1],"page":{"next":"c1"}}"#,
        r#"{"items":[2],"page":{"next":7},"more":true}"#,
        r#"{"items":[3],"page":{"next":"c3"},"more":false}"#,
    ];
    let (asked, items) = all(&bodies, &CURSOR).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(asked, ["/v2/list", "/v2/list?after=c1", "/v2/list?after=7"]);
    let same = r#"{"items":[1],"page":{"next":"c1"}}"#;
    assert_eq!(fails(&[same, same], &CURSOR).await, "list: the answer leads to a page that was read already");
    let (asked, _) = all(&[r#"{"items":[1],"page":null}"#], &CURSOR).await;
    assert_eq!(asked.len(), 1);
}

static BY_PAGE: Paging = Paging {
    items: "/content",
    next: Next::Page { to: Move::Param(0), first: 0 },
    until: &["/last", "/empty"],
    ..Paging::BASE
};

#[tokio::test]
async fn zero_based_pages_until_the_last() {
    let bodies = [
        r#"{"content":[1],"last":false,"empty":false}"#,
        r#"{"content":[2],"last":false,"empty":false}"#,
        r#"{"content":[3],"last":true,"empty":false}"#,
    ];
    let (asked, items) = all(&bodies, &BY_PAGE).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(asked, ["/v2/list", "/v2/list?page=1", "/v2/list?page=2"]);
    let (asked, items) = all(&[bodies[0], r#"{"content":[],"last":false,"empty":true}"#], &BY_PAGE).await;
    assert_eq!((asked.len(), items.len()), (2, 1));
}

#[tokio::test]
async fn pages_start_where_the_call_says_and_end_when_nothing_says_more() {
    let (asked, items) = walk(&[r#"{"content":[1]}"#, r#"{"content":[]}"#], &BY_PAGE, |r| r.set(0, &4)).await;
    assert_eq!((asked.join(" ").as_str(), items.unwrap().len()), ("/v2/list?page=4 /v2/list?page=5", 1));
    let (asked, _) = walk(&[r#"{"content":[1]}"#, r#"{"content":[]}"#], &BY_PAGE, |r| r.set(0, &"4")).await;
    assert_eq!(asked, ["/v2/list?page=4", "/v2/list?page=5"]);
    let (asked, _) = all(&["{}"], &BY_PAGE).await;
    assert_eq!(asked.len(), 1);
}

static IN_BODY: Paging = Paging {
    items: "/results",
    next: Next::Page { to: Move::Body("/paging/pageNumber"), first: 1 },
    pages: Some("/pageCount"),
    ..Paging::BASE
};

#[tokio::test]
async fn a_page_number_in_the_body_up_to_the_count() {
    let body = r#"{"results":[1],"pageCount":3}"#;
    let (fake, client) = world(&[body, body, body]);
    let query: Value = r#"{"q":1.50,"paging":{"pageSize":25}}"#.parse().unwrap();
    let items = Items::<i64>::new(client.core.request(&SEARCH).json(&query), &IN_BODY).try_collect().await.unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(
        asked(&fake),
        [
            r#"/v2/list{"q":1.50,"paging":{"pageSize":25}}"#,
            r#"/v2/list{"q":1.50,"paging":{"pageSize":25,"pageNumber":2}}"#,
            r#"/v2/list{"q":1.50,"paging":{"pageSize":25,"pageNumber":3}}"#,
        ]
    );
    let (fake, client) = world(&[body]);
    let last: Value = r#"{"paging":{"pageNumber":3}}"#.parse().unwrap();
    Items::<i64>::new(client.core.request(&SEARCH).json(&last), &IN_BODY).try_collect().await.unwrap();
    assert_eq!(fake.sent().len(), 1);
    let (fake, client) = world(&[r#"{"results":[],"pageCount":0}"#]);
    Items::<i64>::new(client.core.request(&SEARCH).json(&last), &IN_BODY).try_collect().await.unwrap();
    assert_eq!(fake.sent().len(), 1);
}

static OFFSET: Paging = Paging {
    items: "/queryResult",
    next: Next::Offset { to: Move::Param(0), first: 0 },
    more: Some("/hasMore"),
    ..Paging::BASE
};

#[tokio::test]
async fn an_offset_moves_by_what_came() {
    let bodies = [
        r#"{"queryResult":[1,2,3],"hasMore":true}"#,
        r#"{"queryResult":[4],"hasMore":true}"#,
        r#"{"queryResult":[5],"hasMore":false}"#,
    ];
    let (asked, items) = all(&bodies, &OFFSET).await;
    assert_eq!(items, [1, 2, 3, 4, 5]);
    assert_eq!(asked, ["/v2/list", "/v2/list?page=3", "/v2/list?page=4"]);
    // Older answers do not say whether there is more.
    let (asked, items) =
        all(&[r#"{"queryResult":[1]}"#, r#"{"queryResult":[2]}"#, r#"{"queryResult":[]}"#], &OFFSET).await;
    assert_eq!((asked.len(), items.len()), (3, 2));
    let error = fails(&[r#"{"queryResult":[],"hasMore":true}"#], &OFFSET).await;
    assert_eq!(error, "list: the answer says that more follows, but it has no items");
}

static LAST_ITEM: Paging = Paging {
    items: "/auditlogs",
    next: Next::LastItem { at: "/AuditLogId", to: Move::Param(1) },
    more: Some("/moreAvailable"),
    ..Paging::BASE
};

#[tokio::test]
async fn a_value_of_the_last_item() {
    let bodies = [
        r#"{"auditlogs":[{"AuditLogId":"a","id":1},{"AuditLogId":"b","id":2}],"moreAvailable":true}"#,
        r#"{"auditlogs":[{"AuditLogId":"c","id":3}],"moreAvailable":false}"#,
    ];
    let (fake, client) = world(&bodies);
    let items = Items::<Pet>::new(client.core.request(&LIST), &LAST_ITEM).try_collect().await.unwrap();
    assert_eq!(items.iter().map(|pet| pet.id).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(asked(&fake), ["/v2/list", "/v2/list?after=b"]);
    let error = async |bodies: &[&str]| {
        let (_, client) = world(bodies);
        Items::<Value>::new(client.core.request(&LIST), &LAST_ITEM).try_collect().await.unwrap_err().to_string()
    };
    assert_eq!(error(&[bodies[0], bodies[0]]).await, "list: the answer leads to a page that was read already");
    assert_eq!(
        error(&[r#"{"auditlogs":[{}],"moreAvailable":true}"#]).await,
        "list: the last item has no value at /AuditLogId"
    );
    assert_eq!(
        error(&[r#"{"auditlogs":[],"moreAvailable":true}"#]).await,
        "list: the answer says that more follows, but it has no items"
    );
}

static BARE: Paging = Paging { next: Next::Page { to: Move::Param(0), first: 1 }, ..Paging::BASE };

#[tokio::test]
async fn a_bare_array() {
    let (asked, items) = all(&["[1,2]", "[3]", "[]"], &BARE).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(asked, ["/v2/list", "/v2/list?page=2", "/v2/list?page=3"]);
    let (asked, items) = all(&["[1,2]"], &Paging::BASE).await;
    assert_eq!((asked.len(), items.len()), (1, 2));
}

#[tokio::test]
async fn pages_come_with_status_and_headers() {
    let (_, client) = world(&[r#"{"content":[1,2],"last":false}"#, r#"{"content":[3],"last":true}"#]);
    let mut pages = Pages::<Value>::new(client.core.request(&LIST), &BY_PAGE);
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.status(), first.header("content-type")), (200, Some("application/json")));
    assert_eq!(first.pointer("/content/1").unwrap().as_i64(), Some(2));
    assert_eq!(pages.try_collect().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_page_is_asked_for_when_it_is_wanted() {
    let (fake, client) = world(&["[1,2]", "[3]", "[]"]);
    let mut items = Items::<i64>::new(client.core.request(&LIST), &BARE);
    assert_eq!(fake.sent().len(), 0);
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(fake.sent().len(), 1);
    items.next().await.unwrap().unwrap();
    assert_eq!(fake.sent().len(), 2);
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let (_, client) = world(&[r#"{"entities":[1],"nextUri":"?after=x"}"#]);
    let mut items = Items::<i64>::new(client.core.request(&LIST), &ADDRESS);
    assert!(items.next().await.unwrap().is_ok());
    assert_eq!(items.next().await.unwrap().unwrap_err().status(), Some(500));
    assert!(items.next().await.is_none());
    let (_, client) = world(&[r#"{"entities":["x"]}"#]);
    let mut items = Items::<i64>::new(client.core.request(&LIST), &ADDRESS);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("$.entities[0]"), "{error}");
    assert!(items.next().await.is_none());
    let (_, client) = world(&["[1]"]);
    let mut items = Items::<i64>::new(client.core.request(&LIST), &ADDRESS);
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn credentials_go_along_and_are_not_doubled() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let fake = FakeTransport::new(move |_| match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 => HttpResponse::json(200, r#"{"entities":[1],"nextUri":"/v2/list?after=a"}"#),
        1 => HttpResponse::json(200, r#"{"entities":[2],"nextUri":"/v2/list?after=b&api%20key=k"}"#),
        _ => HttpResponse::json(200, "{}"),
    });
    let builder = Client::builder().transport(fake.clone()).with("key", Credential::token("h"));
    let client = builder.with("queryKey", Credential::token("k")).build().unwrap();
    Items::<i64>::new(client.core.request(&SECURED), &ADDRESS).try_collect().await.unwrap();
    let queries: Vec<String> = fake.sent().iter().map(|sent| sent.query().to_owned()).collect();
    assert_eq!(queries, ["api%20key=k", "after=a&api%20key=k", "after=b&api%20key=k"]);
    assert!(fake.sent().iter().all(|sent| sent.header("x-key") == Some("h")));
}

#[test]
fn both_are_streams() {
    fn check<S: Stream + Unpin + Send>() {}
    check::<Items<Pet>>();
    check::<Pages<Pet>>();
}

#[tokio::test]
async fn the_head_is_that_of_the_page_of_the_item() {
    let fake = FakeTransport::new(|sent| match sent.query() {
        "" => HttpResponse::json(200, r#"{"entities":[1],"nextUri":"?at=2"}"#).with_header("page", "1"),
        _ => HttpResponse::json(203, r#"{"entities":[2]}"#).with_header("page", "2"),
    });
    let client = Client::builder().transport(fake).build().unwrap();
    let mut items = Items::<i64>::new(client.core.request(&LIST), &ADDRESS);
    assert!(items.head().is_none());
    let mut heads = Vec::new();
    while let Some(item) = items.next().await {
        let (status, headers) = items.head().unwrap();
        heads.push((item.unwrap(), status, headers.get("page").unwrap_or_default().to_owned()));
    }
    assert_eq!(heads, [(1, 200, "1".to_owned()), (2, 203, "2".to_owned())]);
}
