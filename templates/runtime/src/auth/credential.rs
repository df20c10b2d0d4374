//! What a user gives for a security scheme.

use super::super::formats::Secret;
use super::grant::Grant;
use super::jwt::JwtSigner;
use super::password::PasswordGrant;
use super::provider::TokenProvider;
use super::tokens::Tokens;
use super::{Shared, base64, client_credentials::ClientCredentials};
use std::fmt;
use std::sync::Arc;

/// What authorizes calls under one security scheme.
///
/// `Debug` shows its sort and no secret.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::Credential;
///
/// let key = Credential::token("s3cret");
/// let person = Credential::basic("ann", "s3cret");
/// let service = Credential::client_credentials("id", "s3cret");
/// assert!(!format!("{key:?} {person:?} {service:?}").contains("s3cret"));
/// ```
#[derive(Clone)]
pub struct Credential(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Token(Shared),
    /// `user:password` in Base64.
    Basic(Shared),
    OAuth(Box<Grant>),
    Jwt(Box<JwtSigner>),
    Provider(Arc<dyn TokenProvider>),
    Transport,
}

impl Credential {
    /// A fixed token or API key, sent as it is.
    #[must_use]
    pub fn token(token: impl Into<Secret>) -> Self {
        Self(Source::Token(Arc::new(token.into())))
    }

    /// A user name and a password, for HTTP Basic.
    #[must_use]
    pub fn basic(user: &str, password: impl Into<Secret>) -> Self {
        let pair = format!("{user}:{}", password.into().expose());
        Self(Source::Basic(Arc::new(Secret::from(base64::standard(pair.as_bytes())))))
    }

    /// The OAuth 2 client credentials grant; [`ClientCredentials`] has more settings.
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        ClientCredentials::new(id, secret).into()
    }

    /// Tokens from a provider of yours.
    #[must_use]
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self(Source::Provider(Arc::new(provider)))
    }

    /// Says that the transport authorizes the calls, as with mutual TLS: nothing is added to requests.
    #[must_use]
    pub fn by_transport() -> Self {
        Self(Source::Transport)
    }
}

/// A fixed token or API key.
impl From<&str> for Credential {
    fn from(token: &str) -> Self {
        Self::token(token)
    }
}

/// A fixed token or API key.
impl From<String> for Credential {
    fn from(token: String) -> Self {
        Self::token(token)
    }
}

/// A fixed token or API key.
impl From<Secret> for Credential {
    fn from(token: Secret) -> Self {
        Self::token(token)
    }
}

impl From<ClientCredentials> for Credential {
    fn from(client: ClientCredentials) -> Self {
        Self(Source::OAuth(Box::new(client.grant)))
    }
}

impl From<PasswordGrant> for Credential {
    fn from(person: PasswordGrant) -> Self {
        Self(Source::OAuth(Box::new(person.grant)))
    }
}

impl From<Tokens> for Credential {
    fn from(tokens: Tokens) -> Self {
        Self(Source::OAuth(Box::new(tokens.grant)))
    }
}

impl From<JwtSigner> for Credential {
    fn from(signer: JwtSigner) -> Self {
        Self(Source::Jwt(Box::new(signer)))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::Token(_) => "Credential::token(***)",
            Source::Basic(_) => "Credential::basic(***)",
            Source::OAuth(_) => "Credential::oauth(***)",
            Source::Jwt(_) => "Credential::jwt(***)",
            Source::Provider(_) => "Credential::provider(…)",
            Source::Transport => "Credential::by_transport()",
        })
    }
}
