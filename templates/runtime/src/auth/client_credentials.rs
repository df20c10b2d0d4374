//! OAuth 2, client credentials grant (RFC 6749, 4.4).

use super::super::call::summary;
use super::super::call::{Error, ErrorKind};
use super::super::formats::Secret;
use super::super::http::form;
use super::super::http::percent::{Keep, encode};
use super::super::http::{Address, Headers, HttpRequest, Transport};
use super::super::json::{self, Map, Value};
use super::base64;
use super::cache::Issued;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A token answer is small; anything larger is not one.
const LIMIT: usize = 1 << 20;

/// An id and a secret that are exchanged for tokens at a token endpoint.
///
/// The token is kept, renewed shortly before it ends, and renewed once when the server refuses it; under
/// concurrent calls there is one exchange at a time.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::auth::{ClientCredentials, Credential};
///
/// let grant = ClientCredentials::new("id", "secret").scopes(["pets:read"]).param("audience", "pets");
/// let credential = Credential::from(grant);
/// ```
#[must_use]
#[derive(Clone)]
pub struct ClientCredentials {
    id: String,
    secret: Secret,
    scopes: Vec<String>,
    params: Vec<(String, String)>,
    pub(super) token_url: Option<String>,
    in_body: bool,
}

impl ClientCredentials {
    /// The grant for this client.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            scopes: Vec::new(),
            params: Vec::new(),
            token_url: None,
            in_body: false,
        }
    }

    /// Asks for these scopes.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sends one more form field, such as `audience`.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// Gets tokens here, instead of where the API's document says.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends id and secret as form fields, for endpoints that do not take HTTP Basic.
    pub fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// One exchange at the endpoint.
    pub(super) async fn issue(
        &self,
        url: &Address,
        transport: &dyn Transport,
        timeout: Option<Duration>,
        operation: &'static str,
    ) -> Result<Issued, Error> {
        let failed = |message: String| Error::new(ErrorKind::Credentials, operation, message);
        let request = self.request(url).map_err(failed)?.with_timeout(timeout);
        let no_answer = |error| {
            Error::from_transport(operation, error, timeout).within(ErrorKind::Credentials, operation, "no token: ")
        };
        let (status, headers, body) = transport.send(request).await.map_err(no_answer)?.into_parts();
        let body = body.collect(LIMIT).await.map_err(no_answer)?;
        if (200..300).contains(&status) {
            return read(&body)
                .ok_or_else(|| failed(format!("no token: {:?} answered without an access_token", url.origin())));
        }
        let says = summary::of_body(&headers, &body, [self.secret.expose()].into_iter());
        let message = format!("no token: the token endpoint answered {}: {says}", summary::status_text(status));
        let error = failed(message.trim_end_matches([' ', ':']).to_owned());
        Err(error.with_answer(status, headers, body, transport.now()).without([self.secret.expose()].into_iter()))
    }

    fn request(&self, url: &Address) -> Result<HttpRequest, String> {
        let mut fields: Map<Value> = Map::default();
        fields.insert("grant_type".to_owned(), Value::from("client_credentials"));
        if !self.scopes.is_empty() {
            fields.insert("scope".to_owned(), Value::from(self.scopes.join(" ")));
        }
        for (name, value) in &self.params {
            fields.insert(name.clone(), Value::from(value.as_str()));
        }
        let mut headers = Headers::new();
        let sent = headers
            .insert("Accept", "application/json")
            .and_then(|()| headers.insert("Content-Type", "application/x-www-form-urlencoded"));
        sent.map_err(|error| error.to_string())?;
        if self.in_body {
            fields.insert("client_id".to_owned(), Value::from(self.id.as_str()));
            fields.insert("client_secret".to_owned(), Value::from(self.secret.expose()));
        } else {
            // RFC 6749, 2.3.1: both are form-encoded before they become user name and password.
            let pair = format!("{}:{}", encode(&self.id, Keep::Form), encode(self.secret.expose(), Keep::Form));
            let value = format!("Basic {}", base64::standard(pair.as_bytes()));
            headers.insert("Authorization", value).map_err(|error| error.to_string())?;
        }
        let body = form::write(&Value::Object(fields), &[]);
        Ok(HttpRequest::new("POST", url.clone()).with_headers(headers).with_body(body))
    }
}

fn read(body: &[u8]) -> Option<Issued> {
    let answer = json::from_slice::<Value>(body).ok()?;
    let token = answer.pointer("/access_token")?.as_str().filter(|token| !token.is_empty())?;
    let lifetime = answer.pointer("/expires_in").and_then(seconds);
    Some(Issued { values: vec![Arc::new(Secret::from(token))], lifetime })
}

/// A number of seconds; some servers write it as text, some with a fraction.
pub(super) fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse::<f64>().ok()?,
        _ => return None,
    };
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

/// Shows no secret.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("id", &self.id)
            .field("secret", &"***")
            .field("scopes", &self.scopes)
            .field("token_url", &self.token_url)
            .finish_non_exhaustive()
    }
}
