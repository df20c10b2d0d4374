//! The token endpoint of OAuth 2 (RFC 6749, 3.2): one question, one answer.

use super::super::call::summary;
use super::super::call::{Error, ErrorKind};
use super::super::formats::Secret;
use super::super::http::form;
use super::super::http::percent::{Keep, encode};
use super::super::http::{Address, Headers, HttpRequest, Transport};
use super::super::json::{self, Map, Value};
use super::base64;
use std::time::Duration;

/// Such answers are small; anything larger is none.
const LIMIT: usize = 1 << 20;

/// Who asks: the program as it is registered with the authorization server.
#[derive(Clone)]
pub(super) struct Application {
    pub(super) id: String,
    /// None for programs that cannot keep one, such as those on people's machines.
    pub(super) secret: Option<Secret>,
    pub(super) in_body: bool,
}

/// How the endpoint is reached, and for which operation.
#[derive(Clone, Copy)]
pub(super) struct Way<'t> {
    pub(super) transport: &'t dyn Transport,
    pub(super) timeout: Option<Duration>,
    pub(super) operation: &'static str,
}

/// What an endpoint gave.
pub(super) struct Answer {
    pub(super) token: Secret,
    pub(super) lifetime: Option<Duration>,
    pub(super) refresh: Option<Secret>,
}

/// Why it gave nothing.
pub(super) struct Refusal {
    /// The member `error` (RFC 6749, 5.2), when the endpoint said no.
    pub(super) code: Option<String>,
    pub(super) error: Error,
}

impl Way<'_> {
    /// Asks for a token. The message of an error shows none of `secrets`.
    pub(super) async fn token(
        &self,
        url: &Address,
        application: &Application,
        fields: Vec<(&str, &str)>,
        secrets: &[&str],
    ) -> Result<Answer, Refusal> {
        let body = self.post(url, application, fields, secrets, "token").await?;
        read(&body).map_err(|message| Refusal {
            code: None,
            error: self.failed(format!("no token: {:?} answered {message}", url.origin())),
        })
    }

    /// Sends a form as the application, and gives the body of a successful answer.
    pub(super) async fn post(
        &self,
        url: &Address,
        application: &Application,
        fields: Vec<(&str, &str)>,
        secrets: &[&str],
        what: &str,
    ) -> Result<Value, Refusal> {
        let plain = |error| Refusal { code: None, error };
        let request = request(url, application, fields).map_err(|message| plain(self.failed(message)))?;
        let (status, headers, body) = self.send(request, what).await.map_err(plain)?;
        let value = json::from_slice::<Value>(&body).ok();
        if (200..300).contains(&status) {
            return value.ok_or_else(|| {
                let origin = url.origin();
                plain(self.failed(format!("no {what}: {origin:?} answered without an access_token: it is no JSON")))
            });
        }
        let secrets = || application.secret.iter().map(Secret::expose).chain(secrets.iter().copied());
        let says = summary::of_body(&headers, &body, secrets());
        let message = format!("no {what}: the token endpoint answered {}: {says}", summary::status_text(status));
        let error = self.failed(message.trim_end_matches([' ', ':']).to_owned());
        let error = error.with_answer(status, headers, body, self.transport.now()).without(secrets());
        let code = value.as_ref().and_then(|value| value.pointer("/error")).and_then(Value::as_str).map(str::to_owned);
        Err(Refusal { code, error })
    }

    /// One exchange.
    pub(super) async fn send(&self, request: HttpRequest, what: &str) -> Result<(u16, Headers, Vec<u8>), Error> {
        let before = format!("no {what}: ");
        let no_answer = |error| {
            let error = Error::from_transport(self.operation, error, self.timeout);
            error.within(ErrorKind::Credentials, self.operation, &before)
        };
        let answer = self.transport.send(request.with_timeout(self.timeout)).await.map_err(no_answer)?;
        let (status, headers, body) = answer.into_parts();
        Ok((status, headers, body.collect(LIMIT).await.map_err(no_answer)?))
    }

    pub(super) fn failed(&self, message: String) -> Error {
        Error::new(ErrorKind::Credentials, self.operation, message)
    }
}

fn request(url: &Address, application: &Application, fields: Vec<(&str, &str)>) -> Result<HttpRequest, String> {
    let mut form: Map<Value> = Map::default();
    for (name, value) in fields {
        form.insert(name.to_owned(), Value::from(value));
    }
    let mut headers = Headers::new();
    let sent = headers
        .insert("Accept", "application/json")
        .and_then(|()| headers.insert("Content-Type", "application/x-www-form-urlencoded"));
    sent.map_err(|error| error.to_string())?;
    match &application.secret {
        Some(secret) if !application.in_body => {
            // RFC 6749, 2.3.1: both are form-encoded before they become user name and password.
            let pair = format!("{}:{}", encode(&application.id, Keep::Form), encode(secret.expose(), Keep::Form));
            let value = format!("Basic {}", base64::standard(pair.as_bytes()));
            headers.insert("Authorization", value).map_err(|error| error.to_string())?;
        }
        secret => {
            form.insert("client_id".to_owned(), Value::from(application.id.as_str()));
            if let Some(secret) = secret {
                form.insert("client_secret".to_owned(), Value::from(secret.expose()));
            }
        }
    }
    let body = form::write(&Value::Object(form), &[]);
    Ok(HttpRequest::new("POST", url.clone()).with_headers(headers).with_body(body))
}

fn read(answer: &Value) -> Result<Answer, String> {
    let text = |pointer| answer.pointer(pointer).and_then(Value::as_str).filter(|text: &&str| !text.is_empty());
    let token = text("/access_token").ok_or("without an access_token")?;
    // RFC 6749, 7.1: a token of a type that is not understood must not be used. Some endpoints name odd things that
    // mean bearer; these do not.
    if let Some(kind) = text("/token_type").filter(|kind| is_bound(kind)) {
        return Err(format!("with a token of the type {kind:?}, which cannot be sent as a bearer"));
    }
    let lifetime = answer.pointer("/expires_in").and_then(seconds);
    Ok(Answer { token: Secret::from(token), lifetime, refresh: text("/refresh_token").map(Secret::from) })
}

fn is_bound(kind: &str) -> bool {
    ["mac", "dpop", "pop"].iter().any(|bound| kind.eq_ignore_ascii_case(bound))
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
