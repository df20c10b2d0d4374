//! Security schemes, and what operations need of them.

use super::{Doc, Origin};

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its key under `securitySchemes`.
    pub name: String,
    /// What the client has to do.
    pub kind: SchemeKind,
    /// Prose.
    pub doc: Doc,
    /// How a token is made by the caller, from `x-clientsmith-jwt`.
    pub jwt: Option<Jwt>,
    /// Place in the document.
    pub origin: Origin,
}

/// Kinds of security scheme (OpenAPI 3.2, Security Scheme Object).
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// A key under `name` in header, query or cookie.
    ApiKey {
        /// Where it goes.
        place: KeyPlace,
        /// Name of the header, query parameter or cookie.
        name: String,
    },
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`.
    Bearer {
        /// `bearerFormat`.
        format: Option<String>,
    },
    /// Another scheme of the `Authorization` header, by its name.
    Http(String),
    /// OAuth 2 flows.
    OAuth2(Vec<Flow>),
    /// OpenID Connect discovery.
    OpenId {
        /// `openIdConnectUrl`.
        url: String,
    },
    /// Client certificates: the transport's task.
    MutualTls,
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// One OAuth 2 flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Which one.
    pub kind: FlowKind,
    /// `tokenUrl`, perhaps a template over the server's variables.
    pub token_url: Option<String>,
    /// `authorizationUrl`.
    pub authorization_url: Option<String>,
    /// `refreshUrl`.
    pub refresh_url: Option<String>,
    /// `deviceAuthorizationUrl` (3.2).
    pub device_url: Option<String>,
    /// Scope and its description.
    pub scopes: Vec<(String, String)>,
}

/// Kinds of OAuth 2 flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKind {
    /// `clientCredentials`, 2.0 `application`.
    ClientCredentials,
    /// `password`.
    Password,
    /// `authorizationCode`, 2.0 `accessCode`.
    AuthorizationCode,
    /// `implicit`.
    Implicit,
    /// `deviceAuthorization` (3.2).
    Device,
}

/// A token that the caller signs (`x-clientsmith-jwt`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jwt {
    /// `HS256`, …
    pub algorithm: String,
    /// Claim and what goes there.
    pub claims: Vec<(String, String)>,
    /// What the key is.
    pub key: Option<String>,
}

/// A scheme needed by a security requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Name of the scheme.
    pub scheme: String,
    /// Scopes or roles.
    pub scopes: Vec<String>,
}
