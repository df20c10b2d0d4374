//! A whole small API, written as the generator writes it: one operation of each form.
//!
//! It holds the contract between the emitter and the runtime; the tests at the end call through it.
mod zoo;

use clientsmith_runtime::codegen::{ClientCredentials, Error, Options, Value};
use clientsmith_runtime::http::{FakeTransport, HttpResponse};
use zoo::models::{LoginRequest, Trigger};
use zoo::{Client, Domain, PostTriggersError, PostTriggersReply};

/// One transport that plays all servers.
fn world() -> FakeTransport {
    FakeTransport::new(|sent| match (sent.method(), sent.path()) {
        (_, "/oauth/token") => HttpResponse::json(200, r#"{"access_token":"t"}"#),
        (_, "/api/v2/workspace/login") => HttpResponse::json(200, r#"{"accessToken":"a","organizationLabel":"acme"}"#),
        ("POST", "/api/v2/triggers") => HttpResponse::json(201, r#"{"id":"new"}"#),
        ("POST", "/api/v2/jobs") => HttpResponse::json(200, r#"{"id":"7"}"#),
        (_, "/api/v2/jobs/7") => HttpResponse::json(200, r#"{"jobState":"Success"}"#),
        ("DELETE", _) => HttpResponse::empty(204),
        (_, "/api/v1/insights/runners") => HttpResponse::json(200, "[{}]"),
        (_, "/api/v2/triggers") => match sent.query() {
            "" => HttpResponse::json(200, r#"{"entities":[{"id":"1"}],"nextUri":"/api/v2/triggers?after=1"}"#),
            _ => HttpResponse::json(200, r#"{"entities":[{"id":"2"}]}"#),
        },
        _ => HttpResponse::json(200, r#"{"id":"x"}"#),
    })
}

#[tokio::test]
async fn it_is_called_like_this() -> Result<(), Error> {
    let fake = world();
    let client = Client::builder()
        .domain(Domain::ZooEu)
        .pure_cloud_oauth(ClientCredentials::new("id", "secret"))
        .workspace_login(&LoginRequest { login: "ann".into(), key: "k".into(), ..Default::default() })
        .transport(fake.clone())
        .build()?;

    let trigger = client.get_trigger("a/{b}").expand(vec!["x".into(), "y".into()]).x_trace("1").send().await?;
    assert_eq!(trigger.id.as_deref(), Some("x"));
    assert_eq!(fake.sent()[0].address().to_string(), "https://login.zoo.eu/oauth/token");
    assert_eq!(fake.sent()[1].address().to_string(), "https://api.zoo.eu/api/v2/triggers/a%2F%7Bb%7D?expand=x,y");

    match client.post_triggers(&Trigger::default()).send().await?.into_body() {
        PostTriggersReply::Created(trigger) => assert_eq!(trigger.id.as_deref(), Some("new")),
        other => panic!("{other:?}"),
    }

    let mut ids = Vec::new();
    let mut items = client.list_triggers().items();
    while let Some(trigger) = items.next().await {
        ids.extend(trigger?.id);
    }
    assert_eq!(ids, ["1", "2"]);
    assert_eq!(client.list_triggers().pages().try_collect().await?.len(), 2);

    let job = client.post_jobs(&Value::Null).wait().await?;
    assert_eq!(job.job_state.as_deref(), Some("Success"));

    assert_eq!(client.list_runners().send().await?.len(), 1);
    assert_eq!(fake.sent().last().unwrap().header("organization"), Some("acme"));

    let error = client.delete_rows("t").send().await.unwrap_err();
    assert!(error.to_string().contains("`jwt`"), "{error}");
    Ok(())
}

#[tokio::test]
async fn each_scheme_has_its_method() -> Result<(), Error> {
    let fake = world();
    let builder = || Client::builder().transport(fake.clone()).url("https://zoo.test");
    let client = builder().bearer("b").jwt_credential("j").token("t").organization("o").build()?;
    client.get_trigger("1").options(Options::new().header("X-A", "1")).send().await?;
    client.delete_rows("rows").body(&Value::object([("a", 1)])).send().await?;
    client.list_runners().send().await?;
    let sent = fake.sent();
    assert_eq!((sent[0].header("authorization"), sent[0].header("x-a")), (Some("Bearer b"), Some("1")));
    assert_eq!((sent[1].header("auth"), sent[1].text().as_str()), (Some("j"), r#"{"a":1}"#));
    assert_eq!((sent[2].header("token"), sent[2].header("organization")), (Some("t"), Some("o")));
    let signing = builder().jwt("app", "me", "key").basic("user", "word").pure_cloud_oauth_token_url("/token");
    signing.build()?;
    Ok(())
}

#[tokio::test]
async fn errors_have_types() -> Result<(), Error> {
    let fake = FakeTransport::new(|sent| match sent.path() {
        "/api/v2/triggers" => HttpResponse::json(409, r#"{"id":"old"}"#),
        _ => HttpResponse::json(200, "{}"),
    });
    let client = Client::builder().pure_cloud_oauth("token").transport(fake).build()?;
    let error = client.post_triggers(&Trigger::default()).send().await.unwrap_err();
    match error.typed::<PostTriggersError>() {
        Some(PostTriggersError::Conflict(trigger)) => assert_eq!(trigger.id.as_deref(), Some("old")),
        other => panic!("{other:?}"),
    }
    assert_eq!(client.list_triggers().send().await.unwrap_err().status(), Some(409));
    client.post_jobs(&Value::Null).send().await?;
    Ok(())
}

#[tokio::test]
async fn every_style_of_paging_ends() {
    for (op, paging) in [
        (&zoo::LIST_TRIGGERS, &zoo::ADDRESS_OR_CURSOR),
        (&zoo::LIST_TRIGGERS, &zoo::CURSOR),
        (&zoo::LIST_TRIGGERS, &zoo::BY_PAGE),
        (&zoo::LIST_TRIGGERS, &zoo::BY_OFFSET),
        (&zoo::LIST_TRIGGERS, &zoo::BY_LAST_ITEM),
    ] {
        let client = Client::builder().transport(world()).build().unwrap();
        assert!(client.walk(op, paging).try_collect().await.unwrap().len() <= 1);
    }
    let _ = &zoo::BY_PAGE_IN_BODY;
}
