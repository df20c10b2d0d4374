//! Keeping tokens: one for all calls, renewed early, by one call at a time.

use super::super::call::{Core, Draft, Error, ErrorKind};
use super::super::formats::Secret;
use super::super::json::{self, Value};
use super::Shared;
use super::endpoint::seconds;
use super::grant::Session;
use super::jwt::JwtSigner;
use super::provider::TokenProvider;
use super::scheme::Login;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// A token is renewed this long before it ends, or a fifth of its life if that is shorter.
const EARLY: Duration = Duration::from_secs(60);

/// After an early renewal failed, the old token is used for this long before the next try.
const PAUSE: Duration = Duration::from_secs(10);

/// Where the tokens of a [`Cache`] come from.
pub(crate) enum Issuer {
    OAuth(Box<Session>),
    Login { login: &'static Login, draft: Box<Draft> },
    Jwt(Box<JwtSigner>),
    Provider(Arc<dyn TokenProvider>),
}

/// What an issuer gave: one value, or for a log-in one for each scheme that it feeds.
pub(crate) struct Issued {
    pub(super) values: Vec<Shared>,
    pub(super) lifetime: Option<Duration>,
}

/// Issued values as they are kept.
pub(crate) struct Grant {
    /// Counts renewals: a refusal of an older grant than the current one needs no renewal.
    pub(crate) number: u64,
    values: Vec<Shared>,
    renew_at: Option<SystemTime>,
    ends_at: Option<SystemTime>,
}

impl Grant {
    pub(crate) fn value(&self, part: usize) -> Option<&Shared> {
        self.values.get(part)
    }

    fn is_good(&self, now: SystemTime) -> bool {
        self.ends_at.is_none_or(|end| now < end)
    }

    fn is_fresh(&self, now: SystemTime) -> bool {
        self.renew_at.is_none_or(|early| now < early)
    }
}

/// The tokens of one credential, shared by all calls of a client and its clones.
pub(crate) struct Cache {
    issuer: Issuer,
    state: Mutex<State>,
    /// Held while a renewal is under way.
    flight: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    current: Option<Arc<Grant>>,
    /// Renewals that ended, well or not.
    attempts: u64,
    /// The error of the last one, if it failed.
    failed: Option<Error>,
}

impl Cache {
    pub(crate) fn new(issuer: Issuer) -> Self {
        Self { issuer, state: Mutex::default(), flight: tokio::sync::Mutex::new(()) }
    }

    /// Whether a new token may help when the server refuses one.
    pub(crate) fn is_renewable(&self) -> bool {
        match &self.issuer {
            Issuer::Jwt(signer) => signer.is_renewable(),
            Issuer::OAuth(session) => session.is_renewable(),
            _ => true,
        }
    }

    /// The grant to use now. `refused` is the number of one that the server would not take.
    pub(crate) async fn grant(
        &self,
        core: &Core,
        operation: &'static str,
        refused: Option<u64>,
    ) -> Result<Arc<Grant>, Error> {
        let now = core.now();
        let (kept, attempts) = self.look(now, refused);
        let guard = match &kept {
            Some(grant) if grant.is_fresh(now) => return Ok(Arc::clone(grant)),
            // Due, but still good: one call renews it, the others go on with it.
            Some(grant) => match self.flight.try_lock() {
                Ok(guard) => guard,
                Err(_) => return Ok(Arc::clone(grant)),
            },
            None => self.flight.lock().await,
        };
        let now = core.now();
        if let (Some(grant), _) = self.look(now, refused)
            && grant.is_fresh(now)
        {
            return Ok(grant);
        }
        if let Some(error) = self.failed_since(attempts) {
            return match kept {
                Some(grant) => Ok(grant),
                None => Err(error.within(ErrorKind::Credentials, operation, "")),
            };
        }
        let issued = self.issue(core, operation).await;
        let outcome = self.keep(issued, core.now(), refused);
        drop(guard);
        outcome
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, now: SystemTime, refused: Option<u64>) -> (Option<Arc<Grant>>, u64) {
        let state = self.state();
        let usable = |grant: &&Arc<Grant>| grant.is_good(now) && Some(grant.number) != refused;
        (state.current.as_ref().filter(usable).map(Arc::clone), state.attempts)
    }

    /// The error of a renewal that ended while this call waited for it: all who waited share it, so that a
    /// dead token endpoint is not asked once for each of them.
    fn failed_since(&self, attempts: u64) -> Option<Error> {
        let state = self.state();
        if state.attempts == attempts { None } else { state.failed.clone() }
    }

    fn keep(&self, issued: Result<Issued, Error>, now: SystemTime, refused: Option<u64>) -> Result<Arc<Grant>, Error> {
        let mut state = self.state();
        state.attempts += 1;
        let number = state.attempts;
        match issued {
            Ok(Issued { values, lifetime }) => {
                let end = |lifetime: Duration| now.checked_add(lifetime);
                let early = |lifetime: Duration| now.checked_add(lifetime - EARLY.min(lifetime / 5));
                let (renew_at, ends_at) = (lifetime.and_then(early), lifetime.and_then(end));
                let grant = Arc::new(Grant { number, values, renew_at, ends_at });
                state.failed = None;
                state.current = Some(Arc::clone(&grant));
                Ok(grant)
            }
            Err(error) => {
                state.failed = Some(error.clone());
                let old = state.current.as_ref().filter(|old| old.is_good(now) && Some(old.number) != refused);
                let Some(old) = old else { return Err(error) };
                let later = Grant {
                    number: old.number,
                    values: old.values.clone(),
                    renew_at: now.checked_add(PAUSE),
                    ends_at: old.ends_at,
                };
                let later = Arc::new(later);
                state.current = Some(Arc::clone(&later));
                Ok(later)
            }
        }
    }

    async fn issue(&self, core: &Core, operation: &'static str) -> Result<Issued, Error> {
        let failed = |message: String| Error::new(ErrorKind::Credentials, operation, message);
        match &self.issuer {
            Issuer::OAuth(session) => session.issue(core, operation).await,
            Issuer::Login { login, draft } => log_in(core, login, draft, operation).await,
            Issuer::Jwt(signer) => {
                let token = signer.sign(core.now()).map_err(failed)?;
                Ok(Issued { values: vec![Arc::new(token)], lifetime: signer.kept_for() })
            }
            Issuer::Provider(provider) => {
                let token = provider.token(core.transport()).await;
                let token = token.map_err(|error| failed(format!("no token: {error}")))?;
                Ok(Issued { values: vec![Arc::new(token.secret)], lifetime: token.lifetime })
            }
        }
    }
}

async fn log_in(core: &Core, login: &'static Login, draft: &Draft, operation: &'static str) -> Result<Issued, Error> {
    let before = format!("log-in ({}): ", login.op.id);
    let within = |error: Error| error.within(ErrorKind::Credentials, operation, &before);
    let reply = core.log_in(draft).await.map_err(within)?;
    let bad = |message: String| within(reply.error(ErrorKind::Credentials, message));
    let answer = json::from_slice::<Value>(reply.bytes()).map_err(|_| bad("the answer is not JSON".to_owned()))?;
    let value = |pointer: &str| match answer.pointer(pointer) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let mut values = Vec::with_capacity(login.provides.len());
    for (scheme, pointer) in login.provides {
        let found = value(pointer).ok_or_else(|| bad(format!("the answer has no text for `{scheme}` at {pointer}")))?;
        values.push(Arc::new(Secret::from(found)));
    }
    let lifetime = login.lifetime.and_then(|pointer| answer.pointer(pointer)).and_then(seconds);
    Ok(Issued { values, lifetime })
}
