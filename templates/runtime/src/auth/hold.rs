//! From what a user gave to what a client holds.

use super::super::call::Draft;
use super::super::http::Address;
use super::apply::Held;
use super::cache::{Cache, Issuer};
use super::credential::{Credential, Source};
use super::discovery::Endpoint;
use super::grant::Session;
use super::scheme::{Login, Scheme, SchemeKind};
use std::sync::Arc;

/// What the client holds for `scheme`. `token_url` is the endpoint that the document or the user names.
///
/// # Errors
///
/// When this credential cannot serve this scheme.
pub(crate) fn hold(
    scheme: &Scheme,
    credential: &Credential,
    token_url: Option<&str>,
    base: &Address,
) -> Result<Held, String> {
    let is_basic = scheme.kind == SchemeKind::HttpBasic;
    let name = scheme.name;
    match &credential.0 {
        Source::Transport => Ok(Held::Transport),
        Source::Token(token) => Ok(Held::Fixed(Arc::clone(token))),
        Source::Basic(pair) if is_basic => Ok(Held::Fixed(Arc::clone(pair))),
        Source::Basic(_) => Err(format!("`{name}` does not take a user name and a password")),
        Source::OAuth(_) | Source::Jwt(_) if is_basic => Err(format!("`{name}` takes a user name and a password")),
        Source::Jwt(signer) => Ok(cached(Issuer::Jwt(signer.clone()))),
        Source::Provider(provider) => Ok(cached(Issuer::Provider(Arc::clone(provider)))),
        Source::OAuth(grant) => {
            let join = |url| base.join(url).map_err(|error| format!("the token URL of `{name}`: {error}"));
            let endpoint = match (grant.token_url.as_deref().or(token_url), scheme.kind) {
                (Some(url), _) => Endpoint::Known(join(url)?),
                (None, SchemeKind::OpenIdConnect { url }) => Endpoint::discovered(join(url)?),
                (None, _) => return Err(format!("`{name}` has no token endpoint: set its token URL")),
            };
            Ok(cached(Issuer::OAuth(Box::new(Session::new((**grant).clone(), endpoint)))))
        }
    }
}

/// What the client holds for each scheme that `login` feeds.
pub(crate) fn hold_login(login: &'static Login, draft: &Draft) -> Vec<(&'static str, Held)> {
    let cache = Arc::new(Cache::new(Issuer::Login { login, draft: Box::new(draft.clone()) }));
    let held = |part| Held::Cached { cache: Arc::clone(&cache), part };
    login.provides.iter().enumerate().map(|(part, (scheme, _))| (*scheme, held(part))).collect()
}

fn cached(issuer: Issuer) -> Held {
    Held::Cached { cache: Arc::new(Cache::new(issuer)), part: 0 }
}
