//! What is built from arguments, without a network.

use crate::api::{Client, DELETE_PETS, GET_PET, POST_PETS, REQUIRED, models};
use clientsmith_runtime::codegen::{ErrorKind, Map, Maybe, Options, Payload, Value, none};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, Sent};

pub fn fake() -> (FakeTransport, Client) {
    let fake = FakeTransport::new(|_| HttpResponse::json(200, r#"{"id":1}"#));
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    (fake, client)
}

fn last(fake: &FakeTransport) -> Sent {
    fake.sent().pop().unwrap()
}

#[tokio::test]
async fn every_part_is_where_it_belongs() {
    let (fake, client) = fake();
    let call = client.get_pet("a b").expand(vec!["x".into(), "y&z".into()]).trace("t 1").theme("dark;1");
    call.send().await.unwrap();
    let sent = last(&fake);
    assert_eq!(sent.method(), "GET");
    assert_eq!(sent.address().to_string(), "https://api.zoo.example/v2/pets/a%20b?expand=x&expand=y%26z");
    assert_eq!(sent.header("x-trace"), Some("t 1"));
    assert_eq!(sent.header("cookie"), Some("theme=dark%3B1"));
    assert_eq!(sent.header("user-agent"), Some("zoo/1.0"));
    assert_eq!(sent.header("accept"), Some("application/json"));
    assert_eq!(sent.header("content-type"), None);
    assert!(!sent.has_body());
}

#[tokio::test]
async fn the_braces_of_a_value_are_not_a_template() {
    let (fake, client) = fake();
    for (value, path) in [
        ("v2.detail.{id}.end", "/v2/pets/v2.detail.%7Bid%7D.end"),
        ("{petId}", "/v2/pets/%7BpetId%7D"),
        ("a/b", "/v2/pets/a%2Fb"),
        ("50%", "/v2/pets/50%25"),
        ("?x#y", "/v2/pets/%3Fx%23y"),
        ("..a", "/v2/pets/..a"),
        ("ü", "/v2/pets/%C3%BC"),
    ] {
        client.get_pet(value).send().await.unwrap();
        assert_eq!(last(&fake).path(), path);
    }
}

#[tokio::test]
async fn what_would_call_another_operation_is_not_sent() {
    let (fake, client) = fake();
    for value in ["", ".", ".."] {
        let error = client.get_pet(value).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{value:?}");
        assert!(error.to_string().starts_with("getPet: not sent: "), "{error}");
    }
    assert_eq!(
        client.get_pet("").send().await.unwrap_err().to_string(),
        "getPet: not sent: path parameter `petId` must not be empty"
    );
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn a_value_set_again_replaces_and_an_absent_one_removes() {
    let (fake, client) = fake();
    let twice = client.get_pet("1").expand(vec!["a".into()]).expand(vec!["b".into()]);
    twice.clone().send().await.unwrap();
    assert_eq!(last(&fake).query(), "expand=b");
    let mut removed = twice;
    removed.request = removed.request.set(1, &None::<Vec<String>>);
    removed.clone().send().await.unwrap();
    assert_eq!(last(&fake).query(), "");
    removed.request = removed.request.set(1, &Maybe::<String>::Absent);
    removed.send().await.unwrap();
    assert_eq!(last(&fake).query(), "");
}

#[tokio::test]
async fn an_empty_text_is_a_value() {
    let (fake, client) = fake();
    client.core.request(&GET_PET).set(0, &"1").set(1, &"").call(none).await.unwrap();
    assert_eq!(last(&fake).query(), "expand=");
}

#[tokio::test]
async fn a_deep_object() {
    let (fake, client) = fake();
    let filter: Map<Value> = [("a".to_owned(), Value::from(1))].into_iter().collect();
    client.core.request(&GET_PET).set(0, &"1").set(4, &filter).call(none).await.unwrap();
    assert_eq!(last(&fake).query(), "filter%5Ba%5D=1");
}

#[tokio::test]
async fn what_is_required_is_asked_for_by_name() {
    let (fake, client) = fake();
    let error = client.call(&REQUIRED).await.unwrap_err();
    assert_eq!(error.to_string(), "required: not sent: parameter `q` is required");
    let error = client.call(&POST_PETS).await.unwrap_err();
    assert_eq!(error.to_string(), "postPets: not sent: a body is required");
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn headers_that_cannot_be_sent_are_refused() {
    let (fake, client) = fake();
    let injected = client.get_pet("1").trace("a\r\nX-Admin: 1");
    let error = injected.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("X-Trace"), "{error}");
    assert!(!error.to_string().contains("Admin"), "{error}");
    let options = Options::new().header("X-Other", "b\nc");
    let error = client.get_pet("1").options(options).send().await.unwrap_err();
    assert!(error.to_string().contains("X-Other"), "{error}");
    let error = Client::builder().transport(fake.clone()).header("X\n", "1").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    let error =
        client.core.request(&POST_PETS).body(Payload::new("text/plain\r\nX: 1", "")).call(none).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn bodies() {
    let (fake, client) = fake();
    let pet = models::Pet { id: 7, name: Some("Rex".into()), ..Default::default() };
    client.post_pets(&pet).send().await.unwrap();
    let sent = last(&fake);
    assert_eq!(sent.text(), r#"{"id":7,"name":"Rex"}"#);
    assert_eq!(sent.header("content-type"), Some("application/json"));

    let request = || client.core.request(&DELETE_PETS);
    request().json(&pet).call(none).await.unwrap();
    assert_eq!((last(&fake).method(), last(&fake).text().as_str()), ("DELETE", r#"{"id":7,"name":"Rex"}"#));

    request().json(&None::<models::Pet>).call(none).await.unwrap();
    assert!(!last(&fake).has_body());
    assert_eq!(last(&fake).header("content-type"), None);

    request().form(&[], &pet).call(none).await.unwrap();
    assert_eq!(last(&fake).text(), "id=7&name=Rex");
    assert_eq!(last(&fake).header("content-type"), Some("application/x-www-form-urlencoded"));

    request().text("hello").call(none).await.unwrap();
    assert_eq!(last(&fake).text(), "hello");

    request().bytes(vec![0, 255]).call(none).await.unwrap();
    assert_eq!(last(&fake).body(), [0, 255]);

    request().body(Payload::json("application/merge-patch+json", &pet).unwrap()).call(none).await.unwrap();
    assert_eq!(last(&fake).header("content-type"), Some("application/merge-patch+json"));
}

#[tokio::test]
async fn what_json_cannot_hold_is_not_sent() {
    let (fake, client) = fake();
    let error = client.core.request(&REQUIRED).set(0, &f64::NAN).call(none).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().starts_with("required: not sent: q cannot be written"), "{error}");
    let error = client.core.request(&POST_PETS).json(&vec![f64::INFINITY]).call(none).await.unwrap_err();
    assert!(error.to_string().starts_with("postPets: not sent: the body cannot be written"), "{error}");
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn options_add_and_replace() {
    let fake = FakeTransport::new(|_| HttpResponse::json(200, r#"{"id":1}"#));
    let builder = Client::builder().transport(fake.clone()).header("X-A", "client").header("Accept", "text/x");
    let client = builder.user_agent("mine/2").build().unwrap();
    client.get_pet("1").send().await.unwrap();
    assert_eq!(last(&fake).header("x-a"), Some("client"));
    assert_eq!(last(&fake).header("accept"), Some("text/x"));
    assert_eq!(last(&fake).header("user-agent"), Some("mine/2"));
    let options = Options::new().header("x-a", "call").query("a b", "c&d");
    client.get_pet("1").expand(vec!["e".into()]).options(options).send().await.unwrap();
    assert_eq!(last(&fake).headers().get_all("x-a").collect::<Vec<_>>(), ["call"]);
    assert_eq!(last(&fake).query(), "expand=e&a%20b=c%26d");
}

#[tokio::test]
async fn the_address_comes_from_the_server_its_variables_or_the_user() {
    let fake = FakeTransport::new(|_| HttpResponse::json(200, r#"{"id":1}"#));
    let builder = || Client::builder().transport(fake.clone());
    let address = async |client: Client| {
        client.get_pet("1").send().await.unwrap();
        last(&fake).address().to_string()
    };
    assert_eq!(address(builder().build().unwrap()).await, "https://api.zoo.example/v2/pets/1");
    assert_eq!(address(builder().domain("eu.zoo").build().unwrap()).await, "https://api.eu.zoo/v2/pets/1");
    assert_eq!(address(builder().url("http://127.0.0.1:81/x/").build().unwrap()).await, "http://127.0.0.1:81/x/pets/1");
    for bad in ["", "zoo", "ftp://x", "https://u:p@x", "https://x?key=1", "https://x y"] {
        let error = builder().url(bad).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{bad}");
    }
    assert!(builder().domain("evil.org/@x y").build().is_err());
}

#[test]
fn debug_shows_names_and_no_values() {
    let (_, client) = fake();
    let request =
        client.get_pet("s3cret").trace("s3cret").options(Options::new().header("X", "s3cret").query("q", "s3cret"));
    let shown = format!("{request:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(shown.contains("getPet") && shown.contains("petId") && shown.contains("X-Trace"), "{shown}");
    assert!(!shown.contains("expand"), "{shown}");
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_a_transport_the_builder_says_what_to_do() {
    let error = Client::builder().build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "zoo: no client: no transport: turn on the feature `reqwest`, or give one with `transport`"
    );
}
