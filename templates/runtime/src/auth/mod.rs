//! Credentials: what a user gives, how tokens are got and kept, and how they get into a request.

mod apply;
mod base64;
mod cache;
mod client_credentials;
mod credential;
mod hold;
mod jwt;
mod provider;
mod scheme;

pub(crate) use self::apply::{Held, Plan, Target, Used};
pub use self::client_credentials::ClientCredentials;
pub use self::credential::Credential;
pub(crate) use self::hold::{hold, hold_login};
pub use self::jwt::JwtSigner;
pub use self::provider::{AccessToken, ProviderError, TokenProvider};
pub use self::scheme::{KeyPlace, Login, Scheme, SchemeKind};

/// A secret that several requests use.
pub(crate) type Shared = std::sync::Arc<super::formats::Secret>;
