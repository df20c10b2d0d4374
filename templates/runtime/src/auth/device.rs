//! OAuth 2, device authorization grant (RFC 8628).

use super::super::call::Error;
use super::super::formats::Secret;
use super::super::http::Address;
use super::super::json::Value;
use super::endpoint::{Application, seconds};
use super::site::LogInSite;
use super::tokens::Tokens;
use std::fmt;
use std::time::{Duration, SystemTime};

/// RFC 8628, 3.2: the interval where the server names none.
const INTERVAL: Duration = Duration::from_secs(5);

/// A log-in by a person on another device, before it starts.
///
/// For programs without a browser. The builder of a client with such a scheme starts it and gives a [`DeviceLogIn`].
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::DeviceCode;
///
/// let flow = DeviceCode::new("my-app").scopes(["pets:read"]);
/// // let log_in = Client::builder().my_oauth_device(flow).await?;
/// // println!("open {} and enter {}", log_in.verification_uri(), log_in.user_code());
/// // let client = Client::builder().my_oauth(log_in.wait().await?).build()?;
/// ```
#[must_use]
#[derive(Clone)]
pub struct DeviceCode {
    application: Application,
    scopes: Vec<String>,
}

impl DeviceCode {
    /// The log-in for this client.
    pub fn new(id: impl Into<String>) -> Self {
        Self { application: Application { id: id.into(), secret: None, in_body: true }, scopes: Vec::new() }
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

    /// Asks for the codes.
    pub(crate) async fn start(self, site: LogInSite) -> Result<DeviceLogIn, Error> {
        let (url, token) = site.endpoints("device_authorization_endpoint").await?;
        let scopes = self.scopes.join(" ");
        let fields = if scopes.is_empty() { Vec::new() } else { vec![("scope", scopes.as_str())] };
        let answer = site.way().post(&url, &self.application, fields, &[], "device code").await;
        let answer = answer.map_err(|refusal| refusal.error)?;
        let text = |name: &str| answer.pointer(name).and_then(Value::as_str).map(str::to_owned);
        // Some servers call it a URL.
        let page = text("/verification_uri").or_else(|| text("/verification_url"));
        let (Some(device_code), Some(user_code), Some(page)) = (text("/device_code"), text("/user_code"), page) else {
            return Err(site.error(format!("no device code: {} answered without the codes", url.origin())));
        };
        let ends_at = answer.pointer("/expires_in").and_then(seconds);
        let ends_at = ends_at.and_then(|lifetime| site.transport.now().checked_add(lifetime));
        Ok(DeviceLogIn {
            application: self.application,
            token,
            device_code: Secret::from(device_code),
            user_code,
            page,
            whole_page: text("/verification_uri_complete"),
            ends_at,
            interval: answer.pointer("/interval").and_then(seconds).unwrap_or(INTERVAL),
            site,
        })
    }
}

/// Shows no secret.
impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode")
            .field("id", &self.application.id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// A log-in under way: a person enters a code on another device, while [`wait`](Self::wait) waits.
pub struct DeviceLogIn {
    application: Application,
    site: LogInSite,
    token: Address,
    device_code: Secret,
    user_code: String,
    page: String,
    whole_page: Option<String>,
    ends_at: Option<SystemTime>,
    interval: Duration,
}

impl DeviceLogIn {
    /// The code that the person enters.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The page where the person enters it.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.page
    }

    /// The page with the code filled in, for a QR code or a link, when the server gives one.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.whole_page.as_deref()
    }

    /// Until when the person has to be done.
    #[must_use]
    pub fn ends_at(&self) -> Option<SystemTime> {
        self.ends_at
    }

    /// Waits until the person has logged in, asking as often as the server wants to be asked.
    ///
    /// # Errors
    ///
    /// When the person refuses, or takes too long.
    pub async fn wait(self) -> Result<Tokens, Error> {
        let mut interval = self.interval;
        loop {
            self.site.transport.sleep(interval).await;
            let now = self.site.transport.now();
            if self.ends_at.is_some_and(|end| now >= end) {
                return Err(self.site.error("no token: nobody logged in before the code ended"));
            }
            let fields = vec![
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ("device_code", self.device_code.expose()),
            ];
            let secrets = [self.device_code.expose()];
            let refusal = match self.site.way().token(&self.token, &self.application, fields, &secrets).await {
                Ok(answer) => {
                    let now = self.site.transport.now();
                    return Ok(Tokens::new(self.application.clone(), answer, now, self.token.to_string()));
                }
                Err(refusal) => refusal,
            };
            // RFC 8628, 3.5.
            match refusal.code.as_deref() {
                Some("authorization_pending") => {}
                Some("slow_down") => interval += INTERVAL,
                // No answer at all: less and less often, while there is time.
                None if refusal.error.status().is_none() && self.ends_at.is_some() => {
                    interval = interval.saturating_mul(2);
                }
                _ => return Err(refusal.error),
            }
        }
    }
}

/// Shows no code.
impl fmt::Debug for DeviceLogIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceLogIn").field("page", &self.page).field("ends_at", &self.ends_at).finish_non_exhaustive()
    }
}
