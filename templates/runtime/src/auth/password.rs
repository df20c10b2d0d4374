//! OAuth 2, resource owner password credentials grant (RFC 6749, 4.3).

use super::super::formats::Secret;
use super::endpoint::Application;
use super::grant::{Grant, Start};
use std::fmt;

/// A person's name and password that are exchanged for tokens at a token endpoint.
///
/// For APIs whose document has the flow `password`, and nothing better. The token is renewed with the refresh token when
/// the endpoint gives one, else with the password again.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::{Credential, PasswordGrant};
///
/// let grant = PasswordGrant::new("my-app", "ann", "s3cret").scopes(["pets:read"]);
/// assert!(!format!("{grant:?}").contains("s3cret"));
/// let credential = Credential::from(grant);
/// ```
#[must_use]
#[derive(Clone)]
pub struct PasswordGrant {
    pub(super) grant: Grant,
}

impl PasswordGrant {
    /// The grant for this client and this person.
    pub fn new(id: impl Into<String>, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let application = Application { id: id.into(), secret: None, in_body: false };
        let start = Start::Password { user: user.into(), password: password.into() };
        Self { grant: Grant::new(application, start) }
    }

    /// The secret of the client, where it has one.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.grant.application.secret = Some(secret.into());
        self
    }

    /// Asks for these scopes.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.grant.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sends one more form field.
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
impl fmt::Debug for PasswordGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.grant.show(f, "PasswordGrant")
    }
}
