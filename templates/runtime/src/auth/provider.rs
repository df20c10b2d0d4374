//! Tokens from somewhere else.

use super::super::formats::Secret;
use super::super::http::{BoxFuture, Transport};
use std::error::Error as StdError;
use std::time::Duration;

/// Gives tokens that are neither fixed nor got by a flow that the runtime knows.
///
/// Use it for tokens from a vault, a metadata service, or an OAuth flow with a person in it. What it gives is
/// kept until shortly before its lifetime ends or until the server refuses it; under concurrent calls it is
/// asked once.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::{AccessToken, Credential, ProviderError, TokenProvider};
/// use clientsmith_runtime::http::{BoxFuture, Transport};
/// use std::time::Duration;
///
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     fn token<'a>(&'a self, _: &'a dyn Transport) -> BoxFuture<'a, Result<AccessToken, ProviderError>> {
///         Box::pin(async { Ok(AccessToken::new("abc").lasting(Duration::from_secs(600))) })
///     }
/// }
///
/// let credential = Credential::provider(Vault);
/// ```
pub trait TokenProvider: Send + Sync {
    /// Gets a new token. The transport is the client's own, for a provider that has to call somewhere.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from getting one. The message is shown to people: it must hold no secret.
    fn token<'a>(&'a self, transport: &'a dyn Transport) -> BoxFuture<'a, Result<AccessToken, ProviderError>>;
}

/// Why a [`TokenProvider`] has no token.
pub type ProviderError = Box<dyn StdError + Send + Sync>;

/// A token with the time for which it is good.
#[derive(Clone, Debug)]
pub struct AccessToken {
    pub(super) secret: Secret,
    pub(super) lifetime: Option<Duration>,
}

impl AccessToken {
    /// A token that is good until the server refuses it.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), lifetime: None }
    }

    /// The same, good for this long.
    #[must_use]
    pub fn lasting(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}
