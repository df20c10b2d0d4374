//! Credentials: what a user gives, how tokens are got and kept, and how they get into a request.

mod apply;
mod base64;
mod cache;
mod client_credentials;
mod code;
mod credential;
mod device;
mod discovery;
mod endpoint;
mod grant;
mod hold;
mod jwt;
mod password;
mod provider;
mod scheme;
mod site;
mod tokens;

pub(crate) use self::apply::{Held, Plan, Target, Used};
pub use self::client_credentials::ClientCredentials;
pub use self::code::{Authorization, AuthorizationCode};
pub use self::credential::Credential;
pub use self::device::{DeviceCode, DeviceLogIn};
pub(crate) use self::hold::{hold, hold_login};
pub use self::jwt::JwtSigner;
pub use self::password::PasswordGrant;
pub use self::provider::{AccessToken, ProviderError, TokenProvider};
pub use self::scheme::{KeyPlace, Login, Scheme, SchemeKind};
pub(crate) use self::site::{LogInSite, Urls};
pub use self::tokens::Tokens;

/// A secret that several requests use.
pub(crate) type Shared = std::sync::Arc<super::formats::Secret>;
