//! Security schemes, as generated code writes them down.

use super::super::call::Op;

/// One security scheme of an API.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::{Scheme, SchemeKind};
///
/// static OAUTH: Scheme =
///     Scheme { name: "oauth", kind: SchemeKind::OAuth2 { token_url: Some("https://login.{domain}/oauth/token") } };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// Its name in the document.
    pub name: &'static str,
    /// What a request needs for it.
    pub kind: SchemeKind,
}

/// What a request needs for a [`Scheme`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A value of its own in a header field, the query or a cookie.
    ApiKey {
        /// Where it goes.
        place: KeyPlace,
        /// The name of the field, query parameter or cookie.
        name: &'static str,
    },
    /// `Authorization: Basic …`
    HttpBasic,
    /// `Authorization: Bearer …`
    HttpBearer,
    /// `Authorization: SCHEME …` with another scheme, such as `Digest` or `Token`.
    Http {
        /// The scheme, as it is sent.
        scheme: &'static str,
    },
    /// `Authorization: Bearer …` with a token from an OAuth 2 token endpoint.
    OAuth2 {
        /// The token endpoint, when the document names one: relative to the server, or with the variables of
        /// the server in braces.
        token_url: Option<&'static str>,
    },
    /// `Authorization: Bearer …` with a token from an OpenID provider.
    OpenIdConnect {
        /// The discovery document of the provider.
        url: &'static str,
    },
    /// A client certificate, which the transport shows.
    MutualTls,
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// A header field.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// A log-in operation: its answer holds the values of one or more security schemes.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static LOG_IN: rt::Op = rt::Op { id: "logIn", method: "POST", path: "/login", secret: true, ..rt::Op::BASE };
/// static LOGIN: rt::Login = rt::Login::new(&LOG_IN, &[("token", "/accessToken"), ("organization", "/label")]);
/// assert_eq!(LOGIN.provides.len(), 2);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Login {
    /// The operation.
    pub op: &'static Op,
    /// Names of schemes, and JSON pointers into the answer where their values are.
    pub provides: &'static [(&'static str, &'static str)],
    /// A JSON pointer to the number of seconds for which the values are good, when the answer tells.
    pub lifetime: Option<&'static str>,
}

impl Login {
    /// A log-in whose values are good until the server says otherwise.
    #[must_use]
    pub const fn new(op: &'static Op, provides: &'static [(&'static str, &'static str)]) -> Self {
        Self { op, provides, lifetime: None }
    }
}
