//! A transport that shows what passes, without secrets.

use super::super::call::{Api, summary};
use super::super::http::{Body, BoxFuture, Headers, HttpRequest, HttpResponse, Transport, TransportError};
use super::hide::{Secrets, is_secret};
use super::world::{Errors, tell};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Shows heads and the sizes of bodies: a body may hold secrets that nobody has marked, such as a token.
pub(super) struct Verbose {
    below: Arc<dyn Transport>,
    api: &'static Api,
    secrets: Mutex<Secrets>,
    errors: Errors,
}

impl Verbose {
    pub(super) fn new(below: Arc<dyn Transport>, api: &'static Api, secrets: Secrets, errors: Errors) -> Self {
        Self { below, api, secrets: Mutex::new(secrets), errors }
    }

    fn show(&self, mark: char, head: &str, headers: &Headers, size: &Body) {
        let secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = format!("{mark} {}\n", secrets.hide(self.api, head));
        for (name, value) in headers.iter() {
            let query = value.find('?').filter(|_| name.eq_ignore_ascii_case("location"));
            let value = match query {
                _ if is_secret(self.api, name) || headers.is_sensitive(name) => "***".to_owned(),
                // Such an address may hold a secret that only begins with it, such as an authorization code.
                Some(at) => format!("{}?***", secrets.hide(self.api, &value[..at])),
                None => secrets.hide(self.api, value),
            };
            text.push_str(&format!("{mark} {name}: {value}\n"));
        }
        text.push_str(&format!("{mark} ({size:?})"));
        tell(&self.errors, &text);
    }
}

impl Transport for Verbose {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            self.secrets.lock().unwrap_or_else(PoisonError::into_inner).learn(self.api, &request);
            let head = format!("{} {}", request.method(), request.address());
            self.show('>', &head, request.headers(), request.body());
            let (status, headers, body) = self.below.send(request).await?.into_parts();
            self.show('<', &summary::status_text(status), &headers, &body);
            Ok(HttpResponse::new(status, headers, body))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.below.sleep(duration)
    }

    fn now(&self) -> SystemTime {
        self.below.now()
    }
}
