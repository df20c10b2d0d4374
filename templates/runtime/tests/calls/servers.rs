//! Where calls go, and which addresses credentials go along to.

use crate::api::API;
use clientsmith_runtime::codegen as rt;
use clientsmith_runtime::http::{FakeTransport, HttpResponse, Sent};

static ITEM: rt::Op = rt::Op { id: "item", path: "/item", security: &[&["key"]], ..rt::Op::BASE };
static FILES: rt::Op = rt::Op {
    servers: &[
        rt::Server::at("https://files.{domain}/up").variables(&[("domain", "zoo.example")]),
        rt::Server::at("https://mirror.example"),
    ],
    ..ITEM
};
static PLAIN_FILES: rt::Op = rt::Op { servers: &[rt::Server::at("http://files.zoo.example")], ..ITEM };
static BESIDE: rt::Op = rt::Op { servers: &[rt::Server::at("/v9")], ..ITEM };
static OPEN: rt::Op = rt::Op { security: &[], servers: &[rt::Server::at("https://files.example")], ..ITEM };

static RELATIVE: rt::Api = rt::Api { servers: &[rt::Server::at("/v1")], ..API };
static PLACED: rt::Api = rt::Api { document: Some("https://docs.example/zoo/openapi.json"), ..RELATIVE };
static BARE: rt::Api = rt::Api { servers: &[], ..API };

struct Zoo {
    fake: FakeTransport,
    core: rt::Core,
}

impl Zoo {
    fn new(api: &'static rt::Api, set: impl FnOnce(rt::CoreBuilder) -> rt::CoreBuilder) -> Result<Self, rt::Error> {
        let fake = FakeTransport::new(|_| HttpResponse::empty(204));
        let core = set(rt::CoreBuilder::new(api).transport(fake.clone()).credential("key", "k")).build()?;
        Ok(Self { fake, core })
    }

    fn plain() -> Self {
        Self::new(&API, |core| core).unwrap()
    }

    async fn call(&self, op: &'static rt::Op, options: rt::Options) -> Result<Sent, rt::Error> {
        self.core.request(op).options(options).call(rt::none).await?;
        Ok(self.fake.sent().pop().unwrap())
    }

    async fn url(&self, op: &'static rt::Op) -> String {
        self.call(op, rt::Options::new()).await.unwrap().address().to_string()
    }
}

#[tokio::test]
async fn an_operation_can_have_a_server_of_its_own() {
    let zoo = Zoo::plain();
    assert_eq!(zoo.url(&ITEM).await, "https://api.zoo.example/v2/item");
    assert_eq!(zoo.url(&FILES).await, "https://files.zoo.example/up/item");
    let eu = Zoo::new(&API, |core| core.variable("domain", "eu.example")).unwrap();
    assert_eq!(eu.url(&FILES).await, "https://files.eu.example/up/item");
}

#[tokio::test]
async fn the_address_of_the_user_stands_in_place_of_all_servers() {
    let zoo = Zoo::new(&API, |core| core.url("http://127.0.0.1:8080/x")).unwrap();
    for op in [&ITEM, &FILES, &OPEN] {
        assert_eq!(zoo.url(op).await, "http://127.0.0.1:8080/x/item");
    }
}

#[tokio::test]
async fn one_call_can_go_elsewhere() {
    let zoo = Zoo::plain();
    let mirror = zoo.call(&FILES, rt::Options::new().url("https://mirror.example/m")).await.unwrap();
    assert_eq!(mirror.address().to_string(), "https://mirror.example/m/item");
    assert_eq!(mirror.header("x-key"), Some("k"));
    let path = zoo.call(&ITEM, rt::Options::new().url("/v3")).await.unwrap();
    assert_eq!(
        (path.address().to_string().as_str(), path.header("x-key")),
        ("https://api.zoo.example/v3/item", Some("k"))
    );
}

#[tokio::test]
async fn credentials_go_to_the_servers_that_the_document_names_for_the_operation() {
    let zoo = Zoo::plain();
    assert_eq!(zoo.call(&FILES, rt::Options::new()).await.unwrap().header("x-key"), Some("k"));
    assert_eq!(zoo.call(&OPEN, rt::Options::new()).await.unwrap().header("x-key"), None);
}

#[tokio::test]
async fn credentials_go_nowhere_else() {
    let zoo = Zoo::plain();
    for (op, url) in [
        (&ITEM, "https://evil.example"),
        // Named for another operation.
        (&ITEM, "https://files.zoo.example"),
        (&FILES, "https://files.zoo.example.evil.example"),
        (&FILES, "https://files.zoo.example:8443"),
        (&FILES, "http://mirror.example"),
    ] {
        let error = zoo.call(op, rt::Options::new().url(url)).await.unwrap_err();
        assert_eq!(error.kind(), rt::ErrorKind::Credentials, "{url}");
        assert_eq!(
            error.to_string(),
            format!("item: not sent: it needs credentials, and {url} is no address that they may go to")
        );
    }
    // Where the user says where the API is, the document's own addresses are strange too.
    let local = Zoo::new(&API, |core| core.url("https://local.example")).unwrap();
    assert!(local.call(&FILES, rt::Options::new().url("https://files.zoo.example")).await.is_err());
    assert!(zoo.fake.sent().is_empty() && local.fake.sent().is_empty());
    let open = zoo.call(&OPEN, rt::Options::new().url("https://other.example")).await.unwrap();
    assert_eq!(open.header("x-key"), None);
}

#[tokio::test]
async fn credentials_do_not_leave_a_safe_connection() {
    let error = Zoo::plain().call(&PLAIN_FILES, rt::Options::new()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "item: not sent: it needs credentials, and http://files.zoo.example is no address that they may go to"
    );
}

#[tokio::test]
async fn secret_headers_of_the_client_stay_with_its_server() {
    let zoo = Zoo::new(&API, |core| {
        let core = core.header("Authorization", "Bearer t").header("Cookie", "a=b").header("Token", "t");
        core.header("Accept-Language", "nl")
    })
    .unwrap();
    let own = zoo.call(&ITEM, rt::Options::new()).await.unwrap();
    assert_eq!((own.header("authorization"), own.header("token")), (Some("Bearer t"), Some("t")));
    let other = zoo.call(&OPEN, rt::Options::new()).await.unwrap();
    for name in ["authorization", "cookie", "token"] {
        assert_eq!(other.header(name), None, "{name}");
    }
    assert_eq!(other.header("accept-language"), Some("nl"));
    // What is said for this very call goes where it goes.
    let said = zoo.call(&OPEN, rt::Options::new().header("Authorization", "Bearer u")).await.unwrap();
    assert_eq!(said.header("authorization"), Some("Bearer u"));
}

#[tokio::test]
async fn relative_addresses_start_where_the_document_lies() {
    let base = |api, set: fn(rt::CoreBuilder) -> rt::CoreBuilder| match Zoo::new(api, set) {
        Ok(zoo) => zoo.core.base().to_string(),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        base(&RELATIVE, |core| core),
        "zoo: no client: the server's address \"/v1\" is relative to where the document lies: say where with \
         `document_url`, or set the whole address with `url`"
    );
    assert_eq!(base(&RELATIVE, |core| core.document_url("https://h.example/a/b.json")), "https://h.example/v1");
    assert_eq!(base(&PLACED, |core| core), "https://docs.example/v1");
    assert_eq!(base(&PLACED, |core| core.document_url("http://localhost:8080")), "http://localhost:8080/v1");
    assert_eq!(base(&RELATIVE, |core| core.url("https://whole.example/v2")), "https://whole.example/v2");
    assert_eq!(base(&BARE, |core| core), "zoo: no client: the document names no server: set an address with `url`");
    assert_eq!(base(&BARE, |core| core.document_url("https://h.example/a/b.json")), "https://h.example/");
    assert!(base(&RELATIVE, |core| core.document_url("h.example")).contains("it must start with https://"));
}

#[tokio::test]
async fn a_relative_server_of_an_operation_starts_there_too() {
    let zoo = Zoo::new(&PLACED, |core| core).unwrap();
    assert_eq!(zoo.url(&BESIDE).await, "https://docs.example/v9/item");
    let error = Zoo::plain().call(&BESIDE, rt::Options::new()).await.unwrap_err();
    assert!(error.to_string().contains("say where with `document_url`"), "{error}");
}

#[tokio::test]
async fn a_variable_has_one_of_its_values_and_stays_in_its_place() {
    static VERSIONS: rt::Api = rt::Api {
        servers: &[rt::Server::at("https://zoo.example/{base}/{tenant}")
            .variables(&[("base", "v1"), ("tenant", "public")])
            .values(&[("base", &["v1", "v2"])])],
        ..API
    };
    let set = |name, value| Zoo::new(&VERSIONS, |core| core.variable(name, value));
    assert_eq!(set("base", "v2").unwrap().url(&ITEM).await, "https://zoo.example/v2/public/item");
    assert_eq!(set("tenant", "a/b.c").unwrap().url(&ITEM).await, "https://zoo.example/v1/a/b.c/item");
    assert_eq!(
        set("base", "v9").err().unwrap().to_string(),
        "zoo: no client: the server's variable `base` is \"v9\", and can be \"v1\", \"v2\""
    );
    for value in ["..", "../..", "a/%2E%2e/b", ".", "a?b", "a#b"] {
        let error = set("tenant", value).err().unwrap().to_string();
        assert!(error.ends_with("which would change the path around it"), "{error}");
    }
    // What stands in no address that is called does no harm.
    assert!(Zoo::new(&VERSIONS, |core| core.url("https://other.example").variable("base", "v9")).is_ok());
}

#[tokio::test]
async fn a_variable_can_be_the_whole_address() {
    static WHOLE: rt::Api =
        rt::Api { servers: &[rt::Server::at("{endpoint}/v1").variables(&[("endpoint", "")])], ..API };
    let base = |value| Zoo::new(&WHOLE, |core| core.variable("endpoint", value)).unwrap().core.base().to_string();
    assert_eq!(base("http://localhost:3000"), "http://localhost:3000/v1");
    assert!(Zoo::new(&WHOLE, |core| core).is_err());
}
