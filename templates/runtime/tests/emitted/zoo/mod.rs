//! The `zoo` API.

pub mod models;
mod operations;

use clientsmith_runtime::codegen as rt;

pub use self::operations::*;

const _: () = assert!(rt::CONTRACT == 1, "regenerate this crate: it was made for another version of the runtime");

pub(crate) static API: rt::Api = rt::Api {
    name: "zoo",
    user_agent: "automation-clients/0.1.0 (zoo)",
    servers: &[rt::Server::at("https://api.{domain}").variables(&[("domain", "zoo.example")])],
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
    logins: &[rt::Login::new(&WORKSPACE_LOGIN, &[("token", "/accessToken"), ("organization", "/organizationLabel")])],
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
