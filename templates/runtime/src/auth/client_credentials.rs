//! OAuth 2, client credentials grant (RFC 6749, 4.4).

use super::super::formats::Secret;
use super::endpoint::Application;
use super::grant::{Grant, Start};
use std::fmt;

/// An id and a secret that are exchanged for tokens at a token endpoint.
///
/// The token is kept, renewed shortly before it ends, and renewed once when the server refuses it; under
/// concurrent calls there is one exchange at a time.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::{ClientCredentials, Credential};
///
/// let grant = ClientCredentials::new("id", "secret").scopes(["pets:read"]).param("audience", "pets");
/// let credential = Credential::from(grant);
/// ```
#[must_use]
#[derive(Clone)]
pub struct ClientCredentials {
    pub(super) grant: Grant,
}

impl ClientCredentials {
    /// The grant for this client.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        let application = Application { id: id.into(), secret: Some(secret.into()), in_body: false };
        Self { grant: Grant::new(application, Start::ClientCredentials) }
    }

    /// Asks for these scopes.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.grant.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sends one more form field, such as `audience`.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.grant.params.push((name.into(), value.into()));
        self
    }

    /// Gets tokens here, instead of where the API's document says.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.grant.token_url = Some(url.into());
        self
    }

    /// Sends id and secret as form fields, for endpoints that do not take HTTP Basic.
    pub fn in_body(mut self) -> Self {
        self.grant.application.in_body = true;
        self
    }
}

/// Shows no secret.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.grant.show(f, "ClientCredentials")
    }
}
