//! Tokens that a log-in gave.

use super::super::formats::Secret;
use super::endpoint::{Answer, Application};
use super::grant::{Given, Grant, Start};
use std::fmt;
use std::time::SystemTime;

/// What a log-in by a person gave: a token, and mostly one by which the next is got without that person.
///
/// Give it to the builder of a client. Keep the [refresh token](Self::refresh_token) in a safe place to log in later
/// without the person: [`Tokens::from_refresh_token`] takes it up again.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::{Credential, Tokens};
///
/// let tokens = Tokens::from_refresh_token("my-app", "kept since the last time");
/// assert_eq!(tokens.refresh_token().map(|token| token.expose().to_owned()).as_deref(), Some("kept since the last time"));
/// let credential = Credential::from(tokens);
/// ```
#[must_use]
#[derive(Clone)]
pub struct Tokens {
    pub(super) grant: Grant,
}

impl Tokens {
    pub(super) fn new(application: Application, answer: Answer, now: SystemTime, token_url: String) -> Self {
        let Answer { token, lifetime, refresh } = answer;
        let ends_at = lifetime.and_then(|lifetime| now.checked_add(lifetime));
        let mut grant = Grant::new(application, Start::Nothing);
        grant.given = Given { token: Some((token, ends_at)), refresh };
        grant.token_url = Some(token_url);
        Self { grant }
    }

    /// The tokens of an earlier log-in of this client.
    pub fn from_refresh_token(id: impl Into<String>, token: impl Into<Secret>) -> Self {
        let application = Application { id: id.into(), secret: None, in_body: false };
        let mut grant = Grant::new(application, Start::Nothing);
        grant.given.refresh = Some(token.into());
        Self { grant }
    }

    /// The secret of the client, where it has one.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.grant.application.secret = Some(secret.into());
        self
    }

    /// Gets the next tokens here, instead of where the API's document says.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.grant.token_url = Some(url.into());
        self
    }

    /// The token that goes with requests; none before the first one was got.
    #[must_use]
    pub fn access_token(&self) -> Option<&Secret> {
        self.grant.given.token.as_ref().map(|(token, _)| token)
    }

    /// Until when the token is good, when the server told.
    #[must_use]
    pub fn ends_at(&self) -> Option<SystemTime> {
        self.grant.given.token.as_ref().and_then(|(_, end)| *end)
    }

    /// The token that the next one is got with.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.grant.given.refresh.as_ref()
    }
}

/// Shows no token.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("client", &self.grant.application.id)
            .field("ends_at", &self.ends_at())
            .field("can_be_renewed", &self.refresh_token().is_some())
            .finish()
    }
}
