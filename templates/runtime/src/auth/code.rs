//! OAuth 2, authorization code grant (RFC 6749, 4.1) with proof key (RFC 7636).

use super::super::call::Error;
use super::super::formats::Secret;
use super::super::http::Address;
use super::super::http::percent::{Keep, decode, encode};
use super::base64;
use super::endpoint::Application;
use super::site::LogInSite;
use super::tokens::Tokens;
use std::fmt;

/// A log-in by a person in a browser, before it starts.
///
/// The builder of a client with such a scheme starts it and gives an [`Authorization`].
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::AuthorizationCode;
///
/// let flow = AuthorizationCode::new("my-app", "http://127.0.0.1:7000/callback").scopes(["pets:read", "offline_access"]);
/// // let start = Client::builder().my_oauth_authorize(flow).await?;
/// // println!("open {}", start.url());
/// // … the browser comes back to the callback …
/// // let tokens = start.finish("http://127.0.0.1:7000/callback?code=…&state=…").await?;
/// // let client = Client::builder().my_oauth(tokens).build()?;
/// ```
#[must_use]
#[derive(Clone)]
pub struct AuthorizationCode {
    application: Application,
    redirect: String,
    scopes: Vec<String>,
    params: Vec<(String, String)>,
}

impl AuthorizationCode {
    /// The log-in for this client; the browser comes back to `redirect`, which is registered for the client.
    pub fn new(id: impl Into<String>, redirect: impl Into<String>) -> Self {
        let application = Application { id: id.into(), secret: None, in_body: false };
        Self { application, redirect: redirect.into(), scopes: Vec::new(), params: Vec::new() }
    }

    /// The secret of the client, where it has one.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.application.secret = Some(secret.into());
        self
    }

    /// Asks for these scopes.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a parameter to the address that the browser opens, such as `prompt`.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret as form fields, for endpoints that do not take HTTP Basic.
    pub fn in_body(mut self) -> Self {
        self.application.in_body = true;
        self
    }

    /// Starts with a new state and a new key.
    pub(crate) async fn start(self, site: LogInSite) -> Result<Authorization, Error> {
        let (state, verifier) = match (random(), random()) {
            (Ok(state), Ok(verifier)) => (state, verifier),
            (Err(message), _) | (_, Err(message)) => return Err(site.error(message)),
        };
        let (mut page, token) = site.endpoints("authorization_endpoint").await?;
        let challenge = challenge(&verifier).map_err(|message| site.error(message))?;
        let scopes = self.scopes.join(" ");
        let own = [
            ("response_type", "code"),
            ("client_id", &self.application.id),
            ("redirect_uri", &self.redirect),
            ("scope", &scopes),
            ("state", &state),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let more = self.params.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.into_iter().filter(|(_, value)| !value.is_empty()).chain(more) {
            page.append_query(&format!("{}={}", encode(name, Keep::Unreserved), encode(value, Keep::Unreserved)));
        }
        Ok(Authorization { flow: self, site, page, token, state, verifier: Secret::from(verifier) })
    }
}

/// Shows no secret.
impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationCode")
            .field("id", &self.application.id)
            .field("redirect", &self.redirect)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// A log-in under way: a person opens [`url`](Self::url), and [`finish`](Self::finish) takes what the browser brings back.
pub struct Authorization {
    flow: AuthorizationCode,
    site: LogInSite,
    page: Address,
    token: Address,
    state: String,
    verifier: Secret,
}

impl Authorization {
    /// The address that the person opens in a browser.
    #[must_use]
    pub fn url(&self) -> String {
        self.page.to_string()
    }

    /// The value by which the answer is known to be to this very log-in. [`finish`](Self::finish) compares it.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Exchanges the code for tokens. `redirected` is the address that the browser came back to, or its query.
    ///
    /// # Errors
    ///
    /// When the person or the server refused, when the answer is to another log-in, or when the code is not taken.
    pub async fn finish(self, redirected: &str) -> Result<Tokens, Error> {
        let query = redirected.split_once('?').map_or(redirected, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(known, _)| *known == name).map(|(_, value)| decode(&value.replace('+', " ")).into_owned())
        };
        // RFC 6749, 10.12: before anything else, so that nobody else's code is used.
        if value("state").as_deref() != Some(&self.state) {
            return Err(self.site.error("no token: the answer is to another log-in: its `state` is not the one sent"));
        }
        if let Some(code) = value("error") {
            let says = value("error_description").map_or_else(String::new, |text| format!(": {text}"));
            return Err(self.site.error(format!("no token: the log-in was refused ({code}){says}")));
        }
        match value("code") {
            Some(code) => self.exchange(&code).await,
            None => Err(self.site.error("no token: the answer holds no code")),
        }
    }

    async fn exchange(self, code: &str) -> Result<Tokens, Error> {
        let fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.flow.redirect.as_str()),
            ("code_verifier", self.verifier.expose()),
        ];
        let secrets = [code, self.verifier.expose()];
        let answer = self.site.way().token(&self.token, &self.flow.application, fields, &secrets).await;
        let answer = answer.map_err(|refusal| refusal.error)?;
        let now = self.site.transport.now();
        Ok(Tokens::new(self.flow.application.clone(), answer, now, self.token.to_string()))
    }
}

/// Shows neither the address, which holds the state, nor the key.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization").field("flow", &self.flow).finish_non_exhaustive()
    }
}

/// 256 random bits as text (RFC 7636, 4.1).
#[cfg(feature = "pkce")]
fn random() -> Result<String, &'static str> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| "no log-in: this machine has no source of randomness")?;
    Ok(base64::url_safe(&bytes))
}

/// RFC 7636, 4.2.
#[cfg(feature = "pkce")]
fn challenge(verifier: &str) -> Result<String, &'static str> {
    use aws_lc_rs::digest::{SHA256, digest};
    Ok(base64::url_safe(digest(&SHA256, verifier.as_bytes()).as_ref()))
}

#[cfg(not(feature = "pkce"))]
fn random() -> Result<String, &'static str> {
    Err("no log-in: it needs the feature `pkce`, which is off")
}

#[cfg(not(feature = "pkce"))]
fn challenge(verifier: &str) -> Result<String, &'static str> {
    Ok(base64::url_safe(verifier.as_bytes()))
}
