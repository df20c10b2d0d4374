//! A small API as the generator would write it: the tables and types that the tests call through.

use clientsmith_runtime::codegen as rt;

const _: () = assert!(rt::CONTRACT == 1);

pub mod models {
    use super::rt;

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Pet {
        pub id: i64,
        pub name: Option<String>,
        pub extra: rt::Extra,
    }
    impl rt::Decode for Pet {
        #[inline]
        fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
            r.object(&mut [("id", rt::REQ, &mut self.id), ("name", rt::OPT, &mut self.name)], &mut self.extra)
        }
    }
    impl rt::Encode for Pet {
        #[inline]
        fn encode(&self, w: &mut rt::Writer) {
            w.object(&[("id", rt::REQ, &self.id), ("name", rt::OPT, &self.name)], &self.extra)
        }
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Problem {
        pub message: Option<String>,
        pub code: Option<String>,
        pub extra: rt::Extra,
    }
    impl rt::Decode for Problem {
        #[inline]
        fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
            r.object(&mut [("message", rt::OPT, &mut self.message), ("code", rt::OPT, &mut self.code)], &mut self.extra)
        }
    }
    impl rt::Encode for Problem {
        #[inline]
        fn encode(&self, w: &mut rt::Writer) {
            w.object(&[("message", rt::OPT, &self.message), ("code", rt::OPT, &self.code)], &self.extra)
        }
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct LoginRequest {
        pub login: String,
        pub key: rt::Secret,
        pub extra: rt::Extra,
    }
    impl rt::Encode for LoginRequest {
        #[inline]
        fn encode(&self, w: &mut rt::Writer) {
            w.object(&[("login", rt::REQ, &self.login), ("key", rt::REQ, &self.key)], &self.extra)
        }
    }
}

pub static API: rt::Api = rt::Api {
    name: "zoo",
    user_agent: "zoo/1.0",
    servers: &[rt::Server::at("https://api.{domain}/v2").variables(&[("domain", "zoo.example")])],
    schemes: &[
        rt::Scheme {
            name: "oauth",
            kind: rt::SchemeKind::OAuth2 { token_url: Some("https://login.{domain}/oauth/token") },
        },
        rt::Scheme { name: "key", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "X-Key" } },
        rt::Scheme { name: "queryKey", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Query, name: "api key" } },
        rt::Scheme { name: "cookieKey", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Cookie, name: "sid" } },
        rt::Scheme { name: "basic", kind: rt::SchemeKind::HttpBasic },
        rt::Scheme { name: "bearer", kind: rt::SchemeKind::HttpBearer },
        rt::Scheme { name: "digest", kind: rt::SchemeKind::Http { scheme: "Digest" } },
        rt::Scheme { name: "mtls", kind: rt::SchemeKind::MutualTls },
        rt::Scheme { name: "token", kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "token" } },
        rt::Scheme {
            name: "organization",
            kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "organization" },
        },
    ],
    logins: &[rt::Login::new(&LOG_IN, &[("token", "/accessToken"), ("organization", "/organizationLabel")])],
    ..rt::Api::BASE
};

pub static GET_PET: rt::Op = rt::Op {
    id: "getPet",
    path: "/pets/{petId}",
    params: &[
        rt::Param::path("petId"),
        rt::Param::query("expand"),
        rt::Param::header("X-Trace"),
        rt::Param::cookie("theme"),
        rt::Param::query("filter").style(rt::Place::Query(rt::QueryStyle::DeepObject)),
    ],
    ..rt::Op::BASE
};

pub static POST_PETS: rt::Op =
    rt::Op { id: "postPets", method: "POST", path: "/pets", body: Some(rt::BodySpec::json(true)), ..rt::Op::BASE };

pub static DELETE_PETS: rt::Op =
    rt::Op { id: "deletePets", method: "DELETE", path: "/pets", body: Some(rt::BodySpec::json(false)), ..rt::Op::BASE };

pub static HEAD_PET: rt::Op = rt::Op {
    id: "headPet",
    method: "HEAD",
    path: "/pets/{petId}",
    params: &[rt::Param::path("petId")],
    ..rt::Op::BASE
};

pub static REQUIRED: rt::Op = rt::Op {
    id: "required",
    path: "/required",
    params: &[rt::Param::query("q").required(), rt::Param::query("page")],
    success: &[304],
    ..rt::Op::BASE
};

pub static LOG_IN: rt::Op = rt::Op {
    id: "logIn",
    method: "POST",
    path: "/login",
    body: Some(rt::BodySpec::json(true)),
    secret: true,
    ..rt::Op::BASE
};

/// An operation without parameters that needs what `security` says.
pub const fn secured(security: &'static [&'static [&'static str]]) -> rt::Op {
    rt::Op { id: "secured", path: "/secured", security, ..rt::Op::BASE }
}

pub static BY_LOGIN: rt::Op = secured(&[&["token", "organization"]]);
pub static BY_OAUTH: rt::Op = secured(&[&["oauth"]]);

#[must_use]
#[derive(Clone, Debug)]
pub struct Client {
    pub core: rt::Core,
}

#[must_use]
#[derive(Clone, Debug)]
pub struct ClientBuilder {
    pub core: rt::CoreBuilder,
}

rt::client!(Client, ClientBuilder, API);

impl ClientBuilder {
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.core = self.core.variable("domain", domain);
        self
    }

    pub fn oauth(mut self, credential: impl Into<rt::Credential>) -> Self {
        self.core = self.core.credential("oauth", credential);
        self
    }

    pub fn oauth_token_url(mut self, url: impl Into<String>) -> Self {
        self.core = self.core.token_url("oauth", url);
        self
    }

    pub fn login(mut self, body: &models::LoginRequest) -> Self {
        self.core = self.core.login(&API.logins[0], rt::Draft::new(&LOG_IN).json(body));
        self
    }

    /// Any scheme: generated code has a method for each instead.
    pub fn with(mut self, scheme: &'static str, credential: impl Into<rt::Credential>) -> Self {
        self.core = self.core.credential(scheme, credential);
        self
    }
}

#[must_use]
#[derive(Clone, Debug)]
pub struct GetPet {
    pub request: rt::Request,
}

impl Client {
    pub fn get_pet(&self, pet_id: impl Into<String>) -> GetPet {
        GetPet { request: self.core.request(&GET_PET).set(0, &pet_id.into()) }
    }

    pub fn post_pets(&self, body: &models::Pet) -> PostPets {
        PostPets { request: self.core.request(&POST_PETS).json(body) }
    }

    /// Any operation, for its status.
    pub fn call(&self, op: &'static rt::Op) -> rt::Call<()> {
        self.core.request(op).call(rt::none)
    }
}

impl GetPet {
    pub fn expand(mut self, expand: Vec<String>) -> Self {
        self.request = self.request.set(1, &expand);
        self
    }

    pub fn trace(mut self, trace: impl Into<String>) -> Self {
        self.request = self.request.set(2, &trace.into());
        self
    }

    pub fn theme(mut self, theme: impl Into<String>) -> Self {
        self.request = self.request.set(3, &theme.into());
        self
    }

    pub fn options(mut self, options: rt::Options) -> Self {
        self.request = self.request.options(options);
        self
    }

    pub fn send(self) -> rt::Call<models::Pet> {
        self.request.call(rt::json)
    }
}

#[must_use]
#[derive(Clone, Debug)]
pub struct PostPets {
    pub request: rt::Request,
}

/// The answers that `postPets` documents.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PostPetsReply {
    /// 200
    Updated(models::Pet),
    /// 201
    Created(models::Pet),
    /// 202
    Accepted,
    /// 203, `text/plain`
    Told(String),
}

impl PostPets {
    pub fn send(self) -> rt::Call<PostPetsReply> {
        self.request.call(|reply| match (reply.status(), &*reply.media()) {
            (201, _) => reply.json_as(PostPetsReply::Created),
            (202, _) => reply.empty_as(PostPetsReply::Accepted),
            (203, "text/plain") => reply.text_as(PostPetsReply::Told),
            _ => reply.json_as(PostPetsReply::Updated),
        })
    }
}

/// The errors that `postPets` documents.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PostPetsError {
    /// 409
    Conflict(models::Problem),
    /// Other statuses from 400 to 499, `text/plain`
    Refused(String),
    /// Every other status
    Other(models::Problem),
}

impl rt::ErrorBody for PostPetsError {
    fn from_reply(reply: &rt::ErrorReply<'_>) -> Option<Self> {
        match reply.status() {
            409 => reply.json().map(Self::Conflict),
            400..=499 => reply.text().map(Self::Refused),
            _ => reply.json().map(Self::Other),
        }
    }
}
