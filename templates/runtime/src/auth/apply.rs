//! Choosing what authorizes a call, and putting it into the request.

use super::super::call::{Core, Error, ErrorKind, Op};
use super::super::http::percent::{Keep, encode};
use super::super::http::{Address, HeaderError, Headers};
use super::Shared;
use super::cache::{Cache, Grant};
use super::scheme::{KeyPlace, Scheme, SchemeKind};
use std::sync::Arc;

/// The credential that a client holds for one scheme.
#[derive(Clone)]
pub(crate) enum Held {
    /// A text that never changes.
    Fixed(Shared),
    /// The text at `part` of what the cache holds.
    Cached { cache: Arc<Cache>, part: usize },
    /// The transport sees to it.
    Transport,
}

/// The schemes that a call uses, chosen before anything is sent.
pub(crate) struct Plan<'c> {
    parts: Vec<(&'static Scheme, &'c Held)>,
}

/// What a request was given: the texts, and the numbers of the grants they came from.
#[derive(Default)]
pub(crate) struct Used {
    pub(crate) secrets: Vec<Shared>,
    grants: Vec<Option<u64>>,
}

/// Where credentials go in a request.
pub(crate) struct Target<'r> {
    pub(crate) address: &'r mut Address,
    pub(crate) headers: &'r mut Headers,
    pub(crate) cookies: &'r mut Vec<String>,
}

impl<'c> Plan<'c> {
    /// The first set of schemes for which the client has all credentials; schemes in `but` do not count.
    ///
    /// A set with credentials goes before the empty set: who gave credentials wants them used.
    pub(crate) fn choose(core: &'c Core, op: &'static Op, but: &[&str]) -> Result<Self, Error> {
        if op.security.is_empty() {
            return Ok(Self { parts: Vec::new() });
        }
        let mut anonymous = false;
        let mut collides = None;
        for names in op.security {
            if names.is_empty() {
                anonymous = true;
            } else if let Some(parts) = Self::all(core, names, but) {
                match foreseen(op, &parts) {
                    Some(error) => collides = collides.or(Some(error)),
                    None => return Ok(Self { parts }),
                }
            }
        }
        if let Some(error) = collides {
            return Err(error);
        }
        if anonymous || !but.is_empty() {
            return Ok(Self { parts: Vec::new() });
        }
        Err(Error::new(ErrorKind::Credentials, op.id, missing(core, op)))
    }

    /// For a call to an address where credentials must not go.
    pub(crate) fn without_credentials(op: &'static Op, address: &Address) -> Result<Self, Error> {
        if op.security.is_empty() || op.security.iter().any(|names| names.is_empty()) {
            return Ok(Self { parts: Vec::new() });
        }
        let origin = address.origin();
        let message = format!("not sent: it needs credentials, and {origin} is no address that they may go to");
        Err(Error::new(ErrorKind::Credentials, op.id, message))
    }

    fn all(core: &'c Core, names: &[&'static str], but: &[&str]) -> Option<Vec<(&'static Scheme, &'c Held)>> {
        names.iter().map(|name| if but.contains(name) { None } else { core.held(name) }).collect()
    }

    /// Whether a refusal may be answered by new credentials.
    pub(crate) fn is_renewable(&self) -> bool {
        self.parts.iter().any(|(_, held)| matches!(held, Held::Cached { cache, .. } if cache.is_renewable()))
    }

    /// Puts keys that stand in the query into an address that the server leads on to. The headers go there as they are.
    pub(crate) fn follow(&self, used: &Used, address: &mut Address) {
        let sent = self.parts.iter().filter(|(_, held)| !matches!(held, Held::Transport));
        for ((scheme, _), secret) in sent.zip(&used.secrets) {
            if let SchemeKind::ApiKey { place: KeyPlace::Query, name } = scheme.kind {
                address.set_query(name, secret.expose());
            }
        }
    }

    /// Puts the credentials into a request. `refused` is what the server would not take before.
    pub(crate) async fn attach(
        &self,
        core: &Core,
        op: &'static Op,
        refused: &Used,
        target: Target<'_>,
    ) -> Result<Used, Error> {
        let mut used = Used::default();
        // Schemes that one log-in feeds get their values from one and the same answer.
        let mut grants: Vec<(&Arc<Cache>, Arc<Grant>)> = Vec::new();
        for (at, (_, held)) in self.parts.iter().enumerate() {
            let (secret, number) = match held {
                Held::Transport => (None, None),
                Held::Fixed(secret) => (Some(Arc::clone(secret)), None),
                Held::Cached { cache, part } => {
                    let known = grants.iter().find(|(known, _)| Arc::ptr_eq(known, cache));
                    let grant = match known {
                        Some((_, grant)) => Arc::clone(grant),
                        None => {
                            let stale = refused.grants.get(at).copied().flatten().filter(|_| cache.is_renewable());
                            cache.grant(core, op.id, stale).await?
                        }
                    };
                    grants.push((cache, Arc::clone(&grant)));
                    (grant.value(*part).map(Arc::clone), Some(grant.number))
                }
            };
            used.grants.push(number);
            used.secrets.extend(secret);
        }
        let mut secrets = used.secrets.iter();
        let mut filled: Vec<(&Scheme, (KeyPlace, &str), String)> = Vec::new();
        for (scheme, _) in self.parts.iter().filter(|(_, held)| !matches!(held, Held::Transport)) {
            let (Some(secret), Some(place)) = (secrets.next(), place(scheme.kind)) else { continue };
            let value = value(scheme.kind, secret.expose());
            match filled.iter().find(|(_, other, _)| is_same(place, *other)) {
                // RFC 9110, 11.6.2: `Authorization` holds the credentials of one scheme. Only one and the same text does for
                // two, such as a token that a description asks for in two ways.
                Some((other, _, held)) if *held != value => return Err(collision(op, other, scheme, place)),
                Some(_) => {}
                None => filled.push((scheme, place, value)),
            }
        }
        let Target { address, headers, cookies } = target;
        for (scheme, place, value) in filled {
            put(place, &value, address, headers, cookies).map_err(|error| refuse(op, scheme, &error))?;
        }
        Ok(used)
    }
}

/// Where the credential of a scheme goes, unless the transport sees to it.
fn place(kind: SchemeKind) -> Option<(KeyPlace, &'static str)> {
    match kind {
        SchemeKind::MutualTls => None,
        SchemeKind::ApiKey { place, name } => Some((place, name)),
        _ => Some((KeyPlace::Header, "Authorization")),
    }
}

fn is_same((place, name): (KeyPlace, &str), (other, other_name): (KeyPlace, &str)) -> bool {
    place == other && (name == other_name || place == KeyPlace::Header && name.eq_ignore_ascii_case(other_name))
}

/// What stands before the secret in `Authorization`.
fn word(kind: SchemeKind) -> Option<&'static str> {
    match kind {
        SchemeKind::ApiKey { .. } | SchemeKind::MutualTls => None,
        SchemeKind::HttpBasic => Some("Basic"),
        SchemeKind::HttpBearer | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => Some("Bearer"),
        SchemeKind::Http { scheme } => Some(scheme),
    }
}

/// What stands there.
fn value(kind: SchemeKind, secret: &str) -> String {
    word(kind).map_or_else(|| secret.to_owned(), |word| format!("{word} {secret}"))
}

/// Schemes that cannot go together whatever their secrets are, so that no token is asked for in vain.
fn foreseen(op: &Op, parts: &[(&Scheme, &Held)]) -> Option<Error> {
    let sent = parts.iter().filter(|(_, held)| !matches!(held, Held::Transport));
    let mut words = sent.filter_map(|(scheme, _)| Some((*scheme, word(scheme.kind)?)));
    let (first, one) = words.next()?;
    let (second, _) = words.find(|(_, other)| !other.eq_ignore_ascii_case(one))?;
    Some(collision(op, first, second, place(first.kind)?))
}

fn put(
    (place, name): (KeyPlace, &str),
    value: &str,
    address: &mut Address,
    headers: &mut Headers,
    cookies: &mut Vec<String>,
) -> Result<(), HeaderError> {
    match place {
        KeyPlace::Header => {
            headers.give(name, value)?;
            headers.mark_sensitive(name);
        }
        KeyPlace::Query => address.set_query(name, value),
        KeyPlace::Cookie => cookies.push(format!("{name}={}", encode(value, Keep::Unreserved))),
    }
    Ok(())
}

fn collision(op: &Op, one: &Scheme, other: &Scheme, (place, name): (KeyPlace, &str)) -> Error {
    let what = match place {
        KeyPlace::Header => "header",
        KeyPlace::Query => "query parameter",
        KeyPlace::Cookie => "cookie",
    };
    let message = format!(
        "not sent: it needs `{}` and `{}` together, and the {what} {name:?} can hold only one of them",
        one.name, other.name
    );
    Error::new(ErrorKind::Credentials, op.id, message)
}

fn refuse(op: &'static Op, scheme: &Scheme, error: &HeaderError) -> Error {
    Error::new(ErrorKind::Credentials, op.id, format!("not sent: the credential for `{}`: {error}", scheme.name))
}

/// Which credentials would do, in words.
fn missing(core: &Core, op: &Op) -> String {
    let one = |name: &&str| match core.scheme(name) {
        Some(scheme) => format!("`{name}` ({})", words(scheme.kind)),
        None => format!("`{name}`"),
    };
    let set = |names: &&[&str]| names.iter().map(one).collect::<Vec<_>>().join(" and ");
    let sets: Vec<String> = op.security.iter().map(set).collect();
    format!("not sent: it needs credentials for {}; give them to the client's builder", sets.join(", or for "))
}

/// What a scheme takes.
fn words(kind: SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { place: KeyPlace::Header, name } => format!("a key for the header {name:?}"),
        SchemeKind::ApiKey { place: KeyPlace::Query, name } => format!("a key for the query parameter {name:?}"),
        SchemeKind::ApiKey { place: KeyPlace::Cookie, name } => format!("a key for the cookie {name:?}"),
        SchemeKind::HttpBasic => "a user name and a password".to_owned(),
        SchemeKind::HttpBearer => "a bearer token".to_owned(),
        SchemeKind::Http { scheme } => format!("what stands behind `Authorization: {scheme}`"),
        SchemeKind::OAuth2 { .. } => "an OAuth 2 token, or a grant that gets one".to_owned(),
        SchemeKind::OpenIdConnect { .. } => "an OpenID Connect token, or a grant that gets one".to_owned(),
        SchemeKind::MutualTls => "a client certificate, which the transport shows".to_owned(),
    }
}
