//! A transport that shows what passes, without secrets.

use super::super::auth::{KeyPlace, SchemeKind};
use super::super::call::{Api, summary};
use super::super::http::percent::{Keep, encode};
use super::super::http::{Body, BoxFuture, Headers, HttpRequest, HttpResponse, Transport, TransportError};
use super::world::{Errors, tell};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Shows heads and the sizes of bodies: a body may hold secrets that nobody has marked, such as a token.
pub(super) struct Verbose {
    below: Arc<dyn Transport>,
    api: &'static Api,
    errors: Errors,
}

impl Verbose {
    pub(super) fn new(below: Arc<dyn Transport>, api: &'static Api, errors: Errors) -> Self {
        Self { below, api, errors }
    }

    fn keys(&self, wanted: KeyPlace) -> impl Iterator<Item = &'static str> + use<> {
        self.api.schemes.iter().filter_map(move |scheme| match scheme.kind {
            SchemeKind::ApiKey { place, name } if place == wanted => Some(name),
            _ => None,
        })
    }

    fn show(&self, mark: char, head: &str, headers: &Headers, size: &Body) {
        let mut text = format!("{mark} {head}\n");
        for (name, value) in headers.iter() {
            let key = self.keys(KeyPlace::Header).any(|key| key.eq_ignore_ascii_case(name));
            let query = value.find('?').filter(|_| name.eq_ignore_ascii_case("location"));
            let value = match query {
                _ if key || headers.is_sensitive(name) => "***".to_owned(),
                // Some servers send the query back, with the key in it.
                Some(at) => format!("{}?***", &value[..at]),
                None => value.to_owned(),
            };
            text.push_str(&format!("{mark} {name}: {value}\n"));
        }
        text.push_str(&format!("{mark} ({size:?})"));
        tell(&self.errors, &text);
    }

    /// The address with the values of keys hidden.
    fn address(&self, request: &HttpRequest) -> String {
        let address = request.address();
        let mut text = format!("{}{}", address.origin(), address.path());
        let pairs = address.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        for (index, pair) in pairs.enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            match pair.split_once('=') {
                Some((name, _)) if self.keys(KeyPlace::Query).any(|key| encode(key, Keep::Unreserved) == name) => {
                    text.push_str(&format!("{name}=***"));
                }
                _ => text.push_str(pair),
            }
        }
        text
    }
}

impl Transport for Verbose {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let head = format!("{} {}", request.method(), self.address(&request));
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
