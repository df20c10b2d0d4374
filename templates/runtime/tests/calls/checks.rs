//! Arguments that are checked before anything is sent.

use clientsmith_runtime::call::{Api, CoreBuilder};
use clientsmith_runtime::codegen as rt;
use clientsmith_runtime::http::{FakeTransport, HttpResponse};
use clientsmith_runtime::json::Value;

static API: Api = Api { name: "zoo", servers: &[rt::Server::at("https://x.example")], ..Api::BASE };

static PUT_PETS: rt::Op = rt::Op {
    id: "putPets",
    method: "PUT",
    path: "/pets",
    params: &[
        rt::Param::query("limit").rules(&[rt::Rule::Maximum("10")]),
        rt::Param::header("X-Tags").rules(&[rt::Rule::MaxItems(1), rt::Rule::Items(&[rt::Rule::MinLength(1)])]),
    ],
    body: Some(rt::BodySpec::json(false).rules(&[rt::Rule::MinItems(1)])),
    ..rt::Op::BASE
};

fn core(checks: bool) -> (FakeTransport, rt::Core) {
    let fake = FakeTransport::new(|_| HttpResponse::json(200, "{}"));
    let core = CoreBuilder::new(&API).transport(fake.clone()).check_requests(checks).build().unwrap();
    (fake, core)
}

#[tokio::test]
async fn nothing_is_sent_that_breaks_a_limit() {
    let (fake, core) = core(true);
    let call = core.request(&PUT_PETS).set(0, &11).set(1, &vec!["", "b"]).json(&Vec::<i32>::new());
    let error = call.call(rt::json::<Value>).await.unwrap_err();
    assert_eq!(error.kind(), rt::ErrorKind::Invalid);
    assert_eq!(
        error.to_string(),
        "putPets: not sent: parameter `limit`: $ must be at most 10; parameter `X-Tags`: $ must have at most 1 item, \
         and has 2; parameter `X-Tags`: $[0] must have at least 1 character, and has 0; $ must have at least 1 item, and \
         has 0"
    );
    let places: Vec<_> = error.violations().iter().map(|one| (one.parameter(), one.path(), one.rule())).collect();
    assert_eq!(
        places,
        [
            (Some("limit"), "$", "maximum"),
            (Some("X-Tags"), "$", "maxItems"),
            (Some("X-Tags"), "$[0]", "minLength"),
            (None, "$", "minItems")
        ]
    );
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn what_is_set_anew_is_checked_anew() {
    let (fake, core) = core(true);
    let call = core.request(&PUT_PETS).set(0, &11).json(&Vec::<i32>::new());
    call.clone().set(0, &10).json(&vec![1]).call(rt::json::<Value>).await.unwrap();
    call.clone().set(0, &None::<i32>).json(&None::<Vec<i32>>).call(rt::json::<Value>).await.unwrap();
    call.set(0, &1).body(rt::Payload::new("application/json", "[]")).call(rt::json::<Value>).await.unwrap();
    assert_eq!(fake.sent().len(), 3);
}

#[tokio::test]
async fn by_default_the_server_judges() {
    let (fake, core) = core(false);
    core.request(&PUT_PETS).set(0, &11).json(&Vec::<i32>::new()).call(rt::json::<Value>).await.unwrap();
    assert_eq!(fake.sent()[0].query(), "limit=11");
}
