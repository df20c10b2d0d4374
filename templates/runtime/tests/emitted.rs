//! A whole small API, written as the generator writes it: one operation of each form.
//!
//! It holds the contract between the emitter and the runtime; the tests at the end call through it.

mod zoo {
    //! The `zoo` API.

    use clientsmith_runtime::codegen as rt;

    const _: () = assert!(rt::CONTRACT == 1, "regenerate this crate: it was made for another version of the runtime");

    pub(crate) static API: rt::Api = rt::Api {
        name: "zoo",
        user_agent: "automation-clients/0.1.0 (zoo)",
        servers: &[rt::Server { url: "https://api.{domain}", variables: &[("domain", "zoo.example")] }],
        schemes: &[
            rt::Scheme {
                name: "PureCloud OAuth",
                kind: rt::SchemeKind::OAuth2 { token_url: Some("https://login.{domain}/oauth/token") },
            },
            rt::Scheme { name: "jwt", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "auth" } },
            rt::Scheme { name: "basic", kind: rt::SchemeKind::HttpBasic },
            rt::Scheme { name: "bearer", kind: rt::SchemeKind::HttpBearer },
            rt::Scheme { name: "token", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "token" } },
            rt::Scheme {
                name: "organization",
                kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "organization" },
            },
        ],
        logins: &[rt::Login::new(
            &WORKSPACE_LOGIN,
            &[("token", "/accessToken"), ("organization", "/organizationLabel")],
        )],
        ..rt::Api::BASE
    };

    /// A client of the zoo.
    #[derive(Clone, Debug)]
    pub struct Client {
        core: rt::Core,
    }

    /// Puts a [`Client`] together.
    #[must_use]
    #[derive(Clone, Debug)]
    pub struct ClientBuilder {
        core: rt::CoreBuilder,
    }

    // builder(), url(), user_agent(), timeout(), answer_limit(), transport(), header(), build()
    rt::client!(Client, ClientBuilder, API);

    impl ClientBuilder {
        /// Server variable `domain`: an open enum, or a text where the document lists no values.
        pub fn domain(mut self, domain: impl Into<Domain>) -> Self {
            self.core = self.core.variable("domain", domain.into().as_str());
            self
        }

        /// OAuth 2: a fixed token, `rt::ClientCredentials`, or `rt::Credential::provider(…)`.
        pub fn pure_cloud_oauth(mut self, credential: impl Into<rt::Credential>) -> Self {
            self.core = self.core.credential("PureCloud OAuth", credential);
            self
        }

        /// OAuth 2: where tokens come from, instead of the document's address.
        pub fn pure_cloud_oauth_token_url(mut self, url: impl Into<String>) -> Self {
            self.core = self.core.token_url("PureCloud OAuth", url);
            self
        }

        /// An API key whose value is a signed token (`x-clientsmith-jwt`): the claims are arguments.
        pub fn jwt(mut self, app_id: impl Into<String>, sub: impl Into<String>, key: impl Into<rt::Secret>) -> Self {
            let signer = rt::JwtSigner::hs256(key).claim("appId", app_id.into()).claim("sub", sub.into());
            self.core = self.core.credential("jwt", signer);
            self
        }

        /// The same with a signer of the user's, or a token made elsewhere.
        pub fn jwt_credential(mut self, credential: impl Into<rt::Credential>) -> Self {
            self.core = self.core.credential("jwt", credential);
            self
        }

        /// HTTP Basic.
        pub fn basic(mut self, user: &str, password: impl Into<rt::Secret>) -> Self {
            self.core = self.core.credential("basic", rt::Credential::basic(user, password));
            self
        }

        /// HTTP Bearer.
        pub fn bearer(mut self, token: impl Into<rt::Credential>) -> Self {
            self.core = self.core.credential("bearer", token);
            self
        }

        /// API key.
        pub fn token(mut self, token: impl Into<rt::Credential>) -> Self {
            self.core = self.core.credential("token", token);
            self
        }

        /// API key.
        pub fn organization(mut self, organization: impl Into<rt::Credential>) -> Self {
            self.core = self.core.credential("organization", organization);
            self
        }

        /// Log-in: feeds `token` and `organization`.
        pub fn workspace_login(mut self, body: &models::LoginRequest) -> Self {
            self.core = self.core.login(&API.logins[0], rt::Draft::new(&WORKSPACE_LOGIN).json(body));
            self
        }
    }

    /// The values that the document lists for the server variable `domain`.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Domain {
        /// `zoo.example`
        ZooExample,
        /// `zoo.eu`
        ZooEu,
        /// A value that the spec does not list, kept as received.
        Unknown(String),
    }

    impl rt::TextEnum for Domain {
        const TABLE: &'static [(&'static str, Self)] = &[("zoo.example", Self::ZooExample), ("zoo.eu", Self::ZooEu)];
        fn unknown(text: String) -> Self {
            Self::Unknown(text)
        }
        fn as_unknown(&self) -> Option<&str> {
            match self {
                Self::Unknown(text) => Some(text),
                _ => None,
            }
        }
    }

    rt::text_enums!(Domain);

    // ---- path and query parameters ----

    pub(crate) static GET_TRIGGER: rt::Op = rt::Op {
        id: "getTrigger",
        path: "/api/v2/triggers/{triggerId}",
        params: &[
            rt::Param::path("triggerId"),
            rt::Param::query("expand").explode(false),
            rt::Param::query("filter").style(rt::Place::Query(rt::QueryStyle::DeepObject)),
            rt::Param::header("X-Trace"),
        ],
        security: &[&["PureCloud OAuth"], &["bearer"]],
        ..rt::Op::BASE
    };

    /// A call of `getTrigger`.
    #[must_use]
    #[derive(Clone, Debug)]
    pub struct GetTrigger {
        request: rt::Request,
    }

    impl Client {
        /// Gets a trigger.
        pub fn get_trigger(&self, trigger_id: impl Into<String>) -> GetTrigger {
            GetTrigger { request: self.core.request(&GET_TRIGGER).set(0, &trigger_id.into()) }
        }
    }

    impl GetTrigger {
        /// Query parameter `expand`.
        pub fn expand(mut self, expand: Vec<String>) -> Self {
            self.request = self.request.set(1, &expand);
            self
        }

        /// Header `X-Trace`.
        pub fn x_trace(mut self, x_trace: impl Into<String>) -> Self {
            self.request = self.request.set(3, &x_trace.into());
            self
        }

        /// What does not come from the document.
        pub fn options(mut self, options: rt::Options) -> Self {
            self.request = self.request.options(options);
            self
        }

        /// Sends it.
        pub fn send(self) -> rt::Call<models::Trigger> {
            self.request.call(rt::json)
        }
    }

    // ---- JSON body, several success types, several error types ----

    pub(crate) static POST_TRIGGERS: rt::Op = rt::Op {
        id: "postTriggers",
        method: "POST",
        path: "/api/v2/triggers",
        body: Some(rt::BodySpec::json(true)),
        security: &[&["PureCloud OAuth"]],
        ..rt::Op::BASE
    };

    /// A call of `postTriggers`.
    #[must_use]
    #[derive(Clone, Debug)]
    pub struct PostTriggers {
        request: rt::Request,
    }

    /// The answers of `postTriggers`.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PostTriggersReply {
        /// 200
        Updated(models::Trigger),
        /// 201
        Created(models::Trigger),
        /// 202
        Accepted,
        /// 203, `text/plain`
        Told(String),
    }

    /// The errors of `postTriggers`: `error.typed::<PostTriggersError>()`.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PostTriggersError {
        /// 409
        Conflict(models::Trigger),
        /// 4XX, `text/plain`
        Refused(String),
        /// default
        Other(rt::Value),
    }

    impl Client {
        /// Makes a trigger.
        pub fn post_triggers(&self, body: &models::Trigger) -> PostTriggers {
            PostTriggers { request: self.core.request(&POST_TRIGGERS).json(body) }
        }
    }

    impl PostTriggers {
        /// Sends it.
        pub fn send(self) -> rt::Call<PostTriggersReply> {
            self.request.call(|reply| match (reply.status(), &*reply.media()) {
                (201, _) => reply.json_as(PostTriggersReply::Created),
                (202, _) => reply.empty_as(PostTriggersReply::Accepted),
                (203, "text/plain") => reply.text_as(PostTriggersReply::Told),
                _ => reply.json_as(PostTriggersReply::Updated),
            })
        }
    }

    impl rt::ErrorBody for PostTriggersError {
        fn from_reply(reply: &rt::ErrorReply<'_>) -> Option<Self> {
            match reply.status() {
                409 => reply.json().map(Self::Conflict),
                400..=499 => reply.text().map(Self::Refused),
                _ => reply.json().map(Self::Other),
            }
        }
    }

    // ---- no answer body, optional JSON body ----

    pub(crate) static DELETE_ROWS: rt::Op = rt::Op {
        id: "deleteRows",
        method: "DELETE",
        path: "/api/public/tables/{tableName}",
        params: &[rt::Param::path("tableName")],
        body: Some(rt::BodySpec::json(false)),
        accept: "",
        security: &[&["jwt"]],
        ..rt::Op::BASE
    };

    /// A call of `deleteRows`.
    #[must_use]
    #[derive(Clone, Debug)]
    pub struct DeleteRows {
        request: rt::Request,
    }

    impl Client {
        /// Deletes rows.
        pub fn delete_rows(&self, table_name: impl Into<String>) -> DeleteRows {
            DeleteRows { request: self.core.request(&DELETE_ROWS).set(0, &table_name.into()) }
        }
    }

    impl DeleteRows {
        /// The body, which is optional.
        pub fn body(mut self, body: &rt::Value) -> Self {
            self.request = self.request.json(body);
            self
        }

        /// Sends it.
        pub fn send(self) -> rt::Call<()> {
            self.request.call(rt::none)
        }
    }

    // ---- paging, in every style ----

    pub(crate) static LIST_TRIGGERS: rt::Op = rt::Op {
        id: "listTriggers",
        path: "/api/v2/triggers",
        params: &[rt::Param::query("after"), rt::Param::query("page"), rt::Param::query("q64")],
        ..rt::Op::BASE
    };

    /// `next: { address: $response.body#/nextUri }`
    static LIST_TRIGGERS_PAGING: rt::Paging =
        rt::Paging { items: "/entities", next: rt::Next::address("/nextUri"), ..rt::Paging::BASE };

    /// `next: { address: $response.body#/nextPage, into: $request.query.q64 }`
    pub(crate) static ADDRESS_OR_CURSOR: rt::Paging = rt::Paging {
        items: "/results",
        next: rt::Next::Address { at: "/nextPage", cursor: Some(rt::Move::Param(2)) },
        ..rt::Paging::BASE
    };

    /// `next: { set: $request.query.after, value: $response.body#/cursor }`
    pub(crate) static CURSOR: rt::Paging = rt::Paging {
        items: "/entities",
        next: rt::Next::Cursor { at: "/cursor", to: rt::Move::Param(0) },
        ..rt::Paging::BASE
    };

    /// `next: { set: $request.query.page, by: page, first: 0 }, until: […]`
    pub(crate) static BY_PAGE: rt::Paging = rt::Paging {
        items: "/content",
        next: rt::Next::Page { to: rt::Move::Param(1), first: 0 },
        until: &["/last", "/empty"],
        ..rt::Paging::BASE
    };

    /// `next: { set: $request.body#/pageNumber, by: page, first: 1 }, pages: $response.body#/pageCount`
    pub(crate) static BY_PAGE_IN_BODY: rt::Paging = rt::Paging {
        items: "/results",
        next: rt::Next::Page { to: rt::Move::Body("/pageNumber"), first: 1 },
        pages: Some("/pageCount"),
        ..rt::Paging::BASE
    };

    /// `next: { set: $request.query.page, by: offset }, more: $response.body#/hasMore`
    pub(crate) static BY_OFFSET: rt::Paging = rt::Paging {
        items: "/queryResult",
        next: rt::Next::Offset { to: rt::Move::Param(1), first: 0 },
        more: Some("/hasMore"),
        ..rt::Paging::BASE
    };

    /// `next: { set: $request.query.after, by: last-item, from: /AuditLogId }, more: $response.body#/moreAvailable`
    pub(crate) static BY_LAST_ITEM: rt::Paging = rt::Paging {
        items: "/auditlogs",
        next: rt::Next::LastItem { at: "/AuditLogId", to: rt::Move::Param(0) },
        more: Some("/moreAvailable"),
        ..rt::Paging::BASE
    };

    /// A call of `listTriggers`.
    #[must_use]
    #[derive(Clone, Debug)]
    pub struct ListTriggers {
        request: rt::Request,
    }

    impl Client {
        /// Lists triggers.
        pub fn list_triggers(&self) -> ListTriggers {
            ListTriggers { request: self.core.request(&LIST_TRIGGERS) }
        }
    }

    impl ListTriggers {
        /// One page.
        pub fn send(self) -> rt::Call<models::TriggerListing> {
            self.request.call(rt::json)
        }

        /// All pages.
        pub fn pages(self) -> rt::Pages<models::TriggerListing> {
            rt::Pages::new(self.request, &LIST_TRIGGERS_PAGING)
        }

        /// The items of all pages.
        pub fn items(self) -> rt::Items<models::Trigger> {
            rt::Items::new(self.request, &LIST_TRIGGERS_PAGING)
        }
    }

    // ---- polling ----

    pub(crate) static POST_JOBS: rt::Op = rt::Op {
        id: "postJobs",
        method: "POST",
        path: "/api/v2/jobs",
        body: Some(rt::BodySpec::json(true)),
        ..rt::Op::BASE
    };

    pub(crate) static GET_JOB: rt::Op =
        rt::Op { id: "getJob", path: "/api/v2/jobs/{jobId}", params: &[rt::Param::path("jobId")], ..rt::Op::BASE };

    static POST_JOBS_POLLING: rt::Polling = rt::Polling {
        op: &GET_JOB,
        params: &[(0, rt::Source::Body("/id"))],
        state: "/jobState",
        done: &["Success"],
        failed: &["Failed"],
    };

    /// A call of `postJobs`.
    #[must_use]
    #[derive(Clone, Debug)]
    pub struct PostJobs {
        request: rt::Request,
    }

    impl Client {
        /// Starts a job.
        pub fn post_jobs(&self, body: &rt::Value) -> PostJobs {
            PostJobs { request: self.core.request(&POST_JOBS).json(body) }
        }
    }

    impl PostJobs {
        /// Starts the job and does not wait.
        pub fn send(self) -> rt::Call<models::Job> {
            self.request.call(rt::json)
        }

        /// Starts the job and waits for its end.
        pub fn wait(self) -> rt::Call<models::Job> {
            self.wait_with(rt::Backoff::new())
        }

        /// As `wait`, in another rhythm.
        pub fn wait_with(self, backoff: rt::Backoff) -> rt::Call<models::Job> {
            self.request.wait(&POST_JOBS_POLLING, backoff, rt::json)
        }
    }

    // ---- log-in ----

    pub(crate) static WORKSPACE_LOGIN: rt::Op = rt::Op {
        id: "workspaceLogin",
        method: "POST",
        path: "/api/v2/workspace/login",
        body: Some(rt::BodySpec::json(true)),
        secret: true,
        ..rt::Op::BASE
    };

    pub(crate) static LIST_RUNNERS: rt::Op = rt::Op {
        id: "listRunners",
        path: "/api/v1/insights/runners",
        security: &[&["token", "organization"]],
        ..rt::Op::BASE
    };

    /// A call of `listRunners`.
    #[must_use]
    #[derive(Clone, Debug)]
    pub struct ListRunners {
        request: rt::Request,
    }

    impl Client {
        /// Lists runners.
        pub fn list_runners(&self) -> ListRunners {
            ListRunners { request: self.core.request(&LIST_RUNNERS) }
        }

        /// For the tests of the other styles of paging.
        pub(crate) fn walk(&self, op: &'static rt::Op, paging: &'static rt::Paging) -> rt::Items<rt::Value> {
            rt::Items::new(self.core.request(op), paging)
        }
    }

    impl ListRunners {
        /// Sends it.
        pub fn send(self) -> rt::Call<Vec<rt::Value>> {
            self.request.call(rt::json)
        }
    }

    pub mod models {
        //! The models of the zoo.

        use clientsmith_runtime::codegen as rt;

        /// A trigger.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Trigger {
            /// Its id.
            pub id: Option<String>,
            /// Members that the spec does not describe, as received.
            pub extra: rt::Extra,
        }

        impl rt::Decode for Trigger {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
                r.object(&mut [("id", rt::OPT, &mut self.id)], &mut self.extra)
            }
        }

        impl rt::Encode for Trigger {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                w.object(&[("id", rt::OPT, &self.id)], &self.extra)
            }
        }

        /// A page of triggers.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct TriggerListing {
            /// The triggers.
            pub entities: Option<Vec<Trigger>>,
            /// Members that the spec does not describe, as received.
            pub extra: rt::Extra,
        }

        impl rt::Decode for TriggerListing {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
                r.object(&mut [("entities", rt::OPT, &mut self.entities)], &mut self.extra)
            }
        }

        /// A job.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Job {
            /// Its state.
            pub job_state: Option<String>,
            /// Members that the spec does not describe, as received.
            pub extra: rt::Extra,
        }

        impl rt::Decode for Job {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
                r.object(&mut [("jobState", rt::OPT, &mut self.job_state)], &mut self.extra)
            }
        }

        /// What logs in.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct LoginRequest {
            /// Who.
            pub login: String,
            /// The proof.
            pub key: rt::Secret,
            /// Members that the spec does not describe.
            pub extra: rt::Extra,
        }

        impl rt::Encode for LoginRequest {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                w.object(&[("login", rt::REQ, &self.login), ("key", rt::REQ, &self.key)], &self.extra)
            }
        }
    }
}

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
