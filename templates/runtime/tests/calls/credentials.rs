//! Which credentials a call takes, and where they go.

use crate::api::{Client, ClientBuilder, secured};
use clientsmith_runtime::codegen::{
    CookieStyle, Credential, ErrorKind, Headers, JwtSigner, Op, Options, Param, Place, none,
};
use clientsmith_runtime::http::{FakeTransport, HttpResponse, Sent};

static KEY: Op = secured(&[&["key"]]);
static QUERY: Op = secured(&[&["queryKey"]]);
static COOKIE: Op = secured(&[&["cookieKey"]]);
static BASIC: Op = secured(&[&["basic"]]);
static BEARER: Op = secured(&[&["bearer"]]);
static DIGEST: Op = secured(&[&["digest"]]);
static BOTH: Op = secured(&[&["token", "organization"]]);
static EITHER: Op = secured(&[&["token", "organization"], &["key"]]);
static OPTIONAL: Op = secured(&[&[], &["key"]]);
static MUTUAL: Op = secured(&[&["mtls"]]);
static OPEN: Op = secured(&[]);

async fn sent(op: &'static Op, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Sent {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = set(Client::builder().transport(fake.clone())).build().unwrap();
    client.call(op).await.unwrap();
    fake.sent().pop().unwrap()
}

fn names(headers: &Headers) -> Vec<&str> {
    headers.iter().map(|(name, _)| name).filter(|name| !["User-Agent", "Accept"].contains(name)).collect()
}

#[tokio::test]
async fn each_kind_has_its_place() {
    let tok = || Credential::token("to k/=");
    assert_eq!(sent(&KEY, |b| b.with("key", tok())).await.header("x-key"), Some("to k/="));
    assert_eq!(sent(&QUERY, |b| b.with("queryKey", tok())).await.query(), "api%20key=to%20k%2F%3D");
    assert_eq!(sent(&COOKIE, |b| b.with("cookieKey", tok())).await.header("cookie"), Some("sid=to%20k%2F%3D"));
    let auth = async |op, scheme, credential| {
        let sent = sent(op, |b| b.with(scheme, credential)).await;
        sent.header("authorization").map(str::to_owned).unwrap()
    };
    assert_eq!(auth(&BEARER, "bearer", Credential::token("t")).await, "Bearer t");
    assert_eq!(auth(&DIGEST, "digest", Credential::token("d")).await, "Digest d");
    // The example of RFC 7617.
    let basic = Credential::basic("Aladdin", "open sesame");
    assert_eq!(auth(&BASIC, "basic", basic).await, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(auth(&BASIC, "basic", Credential::basic("a", "")).await, "Basic YTo=");
}

#[tokio::test]
async fn two_headers_together() {
    let sent = sent(&BOTH, |b| {
        b.with("organization", Credential::token("acme"))
            .with("token", Credential::token("t"))
            .with("key", Credential::token("k"))
    })
    .await;
    assert_eq!((sent.header("token"), sent.header("organization")), (Some("t"), Some("acme")));
    assert_eq!(names(sent.headers()), ["token", "organization"]);
}

#[tokio::test]
async fn the_first_complete_set_counts() {
    let key = |b: ClientBuilder| b.with("key", Credential::token("k"));
    let token = |b: ClientBuilder| b.with("token", Credential::token("t"));
    let organization = |b: ClientBuilder| b.with("organization", Credential::token("o"));
    let got = async |set: &dyn Fn(ClientBuilder) -> ClientBuilder| names(sent(&EITHER, set).await.headers()).join(" ");
    assert_eq!(got(&|b| key(token(b))).await, "X-Key");
    assert_eq!(got(&|b| key(organization(token(b)))).await, "token organization");
    assert_eq!(got(&|b| key(b)).await, "X-Key");
}

#[tokio::test]
async fn credentials_are_used_where_they_are_optional() {
    assert!(names(sent(&OPTIONAL, |b| b).await.headers()).is_empty());
    assert_eq!(sent(&OPTIONAL, |b| b.with("key", Credential::token("k"))).await.header("x-key"), Some("k"));
    assert!(names(sent(&OPEN, |b| b.with("key", Credential::token("k"))).await.headers()).is_empty());
}

#[tokio::test]
async fn missing_credentials_are_named_and_nothing_is_sent() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).with("token", Credential::token("t")).build().unwrap();
    let error = client.call(&EITHER).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(
        error.to_string(),
        "secured: not sent: it needs credentials for `token` (a key for the header \"token\") and `organization` (a key \
         for the header \"organization\"), or for `key` (a key for the header \"X-Key\"); give them to the client's builder"
    );
    assert!(client.call(&MUTUAL).await.is_err());
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn the_transport_can_authorize() {
    assert!(names(sent(&MUTUAL, |b| b.with("mtls", Credential::by_transport())).await.headers()).is_empty());
}

#[tokio::test]
async fn a_credential_must_fit_its_scheme() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let error = |scheme, credential: Credential| {
        let built = Client::builder().transport(fake.clone()).with(scheme, credential).build();
        built.unwrap_err().to_string()
    };
    assert_eq!(
        error("key", Credential::basic("a", "b")),
        "zoo: no client: `key` does not take a user name and a password"
    );
    assert_eq!(
        error("basic", JwtSigner::hs256("k").into()),
        "zoo: no client: `basic` takes a user name and a password"
    );
    assert_eq!(error("nope", Credential::token("t")), "zoo: no client: there is no security scheme `nope`");
    assert_eq!(
        error("bearer", Credential::client_credentials("a", "b")),
        "zoo: no client: `bearer` has no token endpoint: set its token URL"
    );
}

#[tokio::test]
async fn a_credential_that_cannot_be_sent_is_refused_without_showing_it() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).with("key", Credential::token("s3cret\n")).build().unwrap();
    let error = client.call(&KEY).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("line break"), "{error}");
    assert!(!format!("{error} {error:?}").contains("s3cret"));
    assert!(fake.sent().is_empty());
}

#[tokio::test]
async fn a_cookie_key_stands_beside_cookie_parameters() {
    static WITH_COOKIE: Op = Op { params: &[Param::cookie("theme")], ..secured(&[&["cookieKey"]]) };
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).with("cookieKey", Credential::token("k")).build().unwrap();
    client.core.request(&WITH_COOKIE).set(0, &"dark").call(none).await.unwrap();
    assert_eq!(fake.sent()[0].header("cookie"), Some("theme=dark; sid=k"));
}

#[tokio::test]
async fn a_cookie_header_of_the_user_stays() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let builder = Client::builder().transport(fake.clone()).header("Cookie", "mine=1").with("cookieKey", "k");
    builder.build().unwrap().call(&COOKIE).await.unwrap();
    assert_eq!(fake.sent()[0].header("cookie"), Some("mine=1; sid=k"));
}

#[tokio::test]
async fn a_plain_cookie_cannot_bring_another_one() {
    static PLAIN: Op =
        Op { params: &[Param::cookie("theme").style(Place::Cookie(CookieStyle::Cookie))], ..secured(&[]) };
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).build().unwrap();
    let call = |value: &str| client.core.request(&PLAIN).set(0, &value).call(none);
    let error = call("dark; admin=1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "secured: not sent: cookie parameter `theme` has a value with `;`, which would end it"
    );
    call("a b").await.unwrap();
    assert_eq!(fake.sent()[0].header("cookie"), Some("theme=a b"));
}

#[tokio::test]
async fn a_refused_fixed_credential_is_not_tried_again() {
    let fake = FakeTransport::new(|_| HttpResponse::empty(401));
    let client = Client::builder().transport(fake.clone()).with("key", Credential::token("k")).build().unwrap();
    let error = client.call(&KEY).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(401)));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn two_schemes_of_one_header_cannot_go_together() {
    static CLASH: Op = secured(&[&["basic", "bearer"]]);
    static TWICE: Op = secured(&[&["oauth", "bearer"]]);
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = |token: &str| {
        let client = Client::builder().transport(fake.clone()).with("basic", Credential::basic("a", "b"));
        client.with("bearer", "t").with("oauth", Credential::token(token.to_owned())).build().unwrap()
    };
    let error = client("t").call(&CLASH).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(
        error.to_string(),
        "secured: not sent: it needs `basic` and `bearer` together, and the header \"Authorization\" can hold only one of \
         them"
    );
    static GRANTED: Op = secured(&[&["oauth", "basic"]]);
    let grant = Client::builder().transport(fake.clone()).with("basic", Credential::basic("a", "b"));
    let grant = grant.with("oauth", Credential::client_credentials("id", "s3cret")).build().unwrap();
    assert!(grant.call(&GRANTED).await.unwrap_err().to_string().contains("`oauth` and `basic` together"));
    assert!(client("other").call(&TWICE).await.is_err());
    assert!(fake.sent().is_empty());
    // Another set does; and one and the same token, that a description asks for twice.
    static ELSE: Op = secured(&[&["basic", "bearer"], &["bearer"]]);
    for op in [&ELSE, &TWICE] {
        client("t").call(op).await.unwrap();
        assert_eq!(fake.sent().pop().unwrap().header("authorization"), Some("Bearer t"));
    }
}

#[tokio::test]
async fn a_key_in_the_query_replaces_an_argument_of_its_name() {
    static ARGUMENT: Op = Op { params: &[Param::query("api key"), Param::query("q")], ..secured(&[&["queryKey"]]) };
    let fake = FakeTransport::new(|_| HttpResponse::empty(200));
    let client = Client::builder().transport(fake.clone()).with("queryKey", "s3cret").build().unwrap();
    client.core.request(&ARGUMENT).set(0, &vec!["mine", "too"]).set(1, &"x").call(none).await.unwrap();
    let options = Options::new().query("api+key", "mine");
    client.core.request(&ARGUMENT).options(options).call(none).await.unwrap();
    let sent: Vec<String> = fake.sent().iter().map(|sent| sent.query().to_owned()).collect();
    assert_eq!(sent, ["api%20key=s3cret&q=x", "api%2Bkey=mine&api%20key=s3cret"]);
}
