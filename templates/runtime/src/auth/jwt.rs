//! Tokens that the caller signs.

use super::super::formats::Secret;
use super::super::json::{Map, Value};
use super::base64;
use std::fmt;
use std::time::{Duration, SystemTime};

/// Signs JSON Web Tokens with a key that caller and server share.
///
/// For APIs where there is no token endpoint: the caller writes the claims and signs them. Without further
/// settings the token holds just the claims given, so it never changes and is signed once. With
/// [`lasting`](Self::lasting) it is signed again shortly before it ends; with [`unique_id`](Self::unique_id)
/// it is signed for every call.
///
/// Signing needs the feature `jwt`; without it, a call that has to sign fails and says so.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::{Credential, JwtSigner};
/// use std::time::Duration;
///
/// let signer = JwtSigner::hs256("client secret")
///     .claim("appId", "cs-1234")
///     .claim("sub", "nightly import")
///     .issued_at()
///     .lasting(Duration::from_secs(600));
/// let credential = Credential::from(signer);
/// ```
#[must_use]
#[derive(Clone)]
pub struct JwtSigner {
    // Read only where signing is compiled in.
    #[cfg_attr(not(feature = "jwt"), allow(dead_code))]
    algorithm: Hmac,
    #[cfg_attr(not(feature = "jwt"), allow(dead_code))]
    key: Secret,
    claims: Map<Value>,
    issued_at: bool,
    lifetime: Option<Duration>,
    unique_id: bool,
    each_call: bool,
}

#[derive(Clone, Copy, Debug)]
enum Hmac {
    Sha256,
    Sha384,
    Sha512,
}

impl JwtSigner {
    /// Signs with HMAC and SHA-256.
    pub fn hs256(key: impl Into<Secret>) -> Self {
        Self::new(Hmac::Sha256, key.into())
    }

    /// Signs with HMAC and SHA-384.
    pub fn hs384(key: impl Into<Secret>) -> Self {
        Self::new(Hmac::Sha384, key.into())
    }

    /// Signs with HMAC and SHA-512.
    pub fn hs512(key: impl Into<Secret>) -> Self {
        Self::new(Hmac::Sha512, key.into())
    }

    fn new(algorithm: Hmac, key: Secret) -> Self {
        Self {
            algorithm,
            key,
            claims: Map::default(),
            issued_at: false,
            lifetime: None,
            unique_id: false,
            each_call: false,
        }
    }

    /// Adds a claim that is the same in every token.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self
    }

    /// Adds `iat`, the time of signing.
    pub fn issued_at(mut self) -> Self {
        self.issued_at = true;
        self
    }

    /// Adds `exp`: the token ends this long after it is signed.
    pub fn lasting(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Adds `jti`, an id that no other token has: such a token works once, so each call signs its own.
    pub fn unique_id(mut self) -> Self {
        self.unique_id = true;
        self
    }

    /// Signs for every call, even where a token could be kept.
    pub fn each_call(mut self) -> Self {
        self.each_call = true;
        self
    }

    /// For how long a token is kept; `None` is for ever.
    pub(super) fn kept_for(&self) -> Option<Duration> {
        if self.unique_id || self.each_call { Some(Duration::ZERO) } else { self.lifetime }
    }

    /// Whether a refused token could be followed by a better one.
    pub(super) fn is_renewable(&self) -> bool {
        !self.unique_id && !self.each_call && self.lifetime.is_some()
    }

    /// A token of now.
    pub(super) fn sign(&self, now: SystemTime) -> Result<Secret, String> {
        let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut claims = self.claims.clone();
        if self.issued_at {
            claims.insert("iat".to_owned(), Value::from(seconds));
        }
        if let Some(lifetime) = self.lifetime {
            claims.insert("exp".to_owned(), Value::from(seconds + lifetime.as_secs()));
        }
        if self.unique_id {
            claims.insert("jti".to_owned(), Value::from(unique(now)));
        }
        self.signed(&Value::Object(claims).to_string())
    }

    #[cfg(feature = "jwt")]
    fn signed(&self, claims: &str) -> Result<Secret, String> {
        use jsonwebtoken::{Algorithm, EncodingKey, crypto};
        let (name, algorithm) = match self.algorithm {
            Hmac::Sha256 => ("HS256", Algorithm::HS256),
            Hmac::Sha384 => ("HS384", Algorithm::HS384),
            Hmac::Sha512 => ("HS512", Algorithm::HS512),
        };
        let header = format!(r#"{{"alg":"{name}","typ":"JWT"}}"#);
        let message = format!("{}.{}", base64::url_safe(header.as_bytes()), base64::url_safe(claims.as_bytes()));
        let key = EncodingKey::from_secret(self.key.expose().as_bytes());
        let signature = crypto::sign(message.as_bytes(), &key, algorithm).map_err(|error| error.to_string())?;
        Ok(Secret::from(format!("{message}.{signature}")))
    }

    #[cfg(not(feature = "jwt"))]
    fn signed(&self, _: &str) -> Result<Secret, String> {
        Err("signing tokens needs the feature `jwt`, which is off".to_owned())
    }
}

/// An id of 192 bits: the time, a counter, and the random state that the standard library gives each map.
fn unique(now: SystemTime) -> String {
    use std::collections::hash_map::RandomState;
    use std::hash::BuildHasher;
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let nanos = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    let mut bytes = Vec::with_capacity(24);
    for round in 0_u8..3 {
        bytes.extend(RandomState::new().hash_one((count, nanos, round)).to_be_bytes());
    }
    base64::url_safe(&bytes)
}

/// Shows which claims there are, and neither the key nor a value.
impl fmt::Debug for JwtSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.claims.keys().collect();
        f.debug_struct("JwtSigner").field("claims", &names).field("key", &"***").finish_non_exhaustive()
    }
}
