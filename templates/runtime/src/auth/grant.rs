//! OAuth 2: how the first token is got, and how the next ones (RFC 6749, 4 and 6).

use super::super::call::{Core, Error};
use super::super::formats::Secret;
use super::cache::Issued;
use super::discovery::Endpoint;
use super::endpoint::{Answer, Application, Way};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// Everything that a user says of a grant.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) application: Application,
    pub(super) start: Start,
    pub(super) scopes: Vec<String>,
    pub(super) params: Vec<(String, String)>,
    pub(super) token_url: Option<String>,
    pub(super) given: Given,
}

/// How a token is got without an earlier one.
#[derive(Clone)]
pub(super) enum Start {
    ClientCredentials,
    Password {
        user: String,
        password: Secret,
    },
    /// Not at all: a person has to log in.
    Nothing,
}

/// What an earlier exchange gave.
#[derive(Clone, Default)]
pub(super) struct Given {
    /// A token that was not used yet, and its end.
    pub(super) token: Option<(Secret, Option<SystemTime>)>,
    pub(super) refresh: Option<Secret>,
}

impl Grant {
    pub(super) fn new(application: Application, start: Start) -> Self {
        Self { application, start, scopes: Vec::new(), params: Vec::new(), token_url: None, given: Given::default() }
    }

    pub(super) fn show(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        f.debug_struct(name)
            .field("id", &self.application.id)
            .field("secret", &"***")
            .field("scopes", &self.scopes)
            .field("token_url", &self.token_url)
            .finish_non_exhaustive()
    }
}

/// A grant at work for one client: it keeps what the endpoint gave for the next time. The cache sees to it that one call
/// at a time renews.
pub(crate) struct Session {
    grant: Grant,
    endpoint: Endpoint,
    given: Mutex<Given>,
}

impl Session {
    pub(super) fn new(grant: Grant, endpoint: Endpoint) -> Self {
        let given = Mutex::new(grant.given.clone());
        Self { grant, endpoint, given }
    }

    /// Whether there is a way to another token.
    pub(super) fn is_renewable(&self) -> bool {
        !matches!(self.grant.start, Start::Nothing) || self.given().refresh.is_some()
    }

    pub(super) async fn issue(&self, core: &Core, operation: &'static str) -> Result<Issued, Error> {
        let way = Way { transport: core.transport(), timeout: core.timeout(), operation };
        let (token, refresh) = {
            let mut given = self.given();
            (given.token.take(), given.refresh.clone())
        };
        if let Some((token, end)) = token {
            let now = core.now();
            let lifetime = end.map(|end| end.duration_since(now).unwrap_or_default());
            if lifetime.is_none_or(|lifetime| !lifetime.is_zero()) {
                return Ok(Issued { values: vec![Arc::new(token)], lifetime });
            }
        }
        let url = self.endpoint.token(&way).await?;
        if let Some(refresh) = refresh {
            let fields = vec![("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
            match way.token(&url, &self.grant.application, fields, &[refresh.expose()]).await {
                Ok(answer) => return Ok(self.keep(answer)),
                // Only what the endpoint itself refuses is worth nothing any more.
                Err(refusal) if refusal.code.is_none() => return Err(refusal.error),
                Err(refusal) => {
                    self.given().refresh = None;
                    if let Start::Nothing = self.grant.start {
                        return Err(refusal.error);
                    }
                }
            }
        }
        let scopes = self.grant.scopes.join(" ");
        let mut fields = Vec::new();
        let mut secrets = Vec::new();
        match &self.grant.start {
            Start::ClientCredentials => fields.push(("grant_type", "client_credentials")),
            Start::Password { user, password } => {
                secrets.push(password.expose());
                fields.extend([
                    ("grant_type", "password"),
                    ("username", user.as_str()),
                    ("password", password.expose()),
                ]);
            }
            Start::Nothing => {
                let message = "no token: the one that the log-in gave has ended, and there is none to renew it with";
                return Err(way.failed(message.to_owned()));
            }
        }
        if !scopes.is_empty() {
            fields.push(("scope", &scopes));
        }
        fields.extend(self.grant.params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let answer = way.token(&url, &self.grant.application, fields, &secrets).await;
        answer.map(|answer| self.keep(answer)).map_err(|refusal| refusal.error)
    }

    fn keep(&self, answer: Answer) -> Issued {
        let Answer { token, lifetime, refresh } = answer;
        // RFC 6749, 4.4.3: who has client credentials needs no other way; 6: an endpoint may leave the old one in use.
        if let (Some(refresh), false) = (refresh, matches!(self.grant.start, Start::ClientCredentials)) {
            self.given().refresh = Some(refresh);
        }
        Issued { values: vec![Arc::new(token)], lifetime }
    }

    fn given(&self) -> MutexGuard<'_, Given> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
