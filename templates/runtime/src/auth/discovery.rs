//! Where the endpoints of an authorization server are: known, or told by its discovery document (OpenID Connect
//! Discovery 1.0, 4).

use super::super::call::{Error, summary};
use super::super::http::{Address, Headers, HttpRequest};
use super::super::json::{self, Value};
use super::endpoint::Way;
use std::sync::{Mutex, PoisonError};

/// The path of the document below the address of an issuer.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// An endpoint, or the document that names it.
pub(super) enum Endpoint {
    Known(Address),
    Discovered(Discovery),
}

/// A discovery document, read once.
pub(super) struct Discovery {
    document: Address,
    found: Mutex<Option<Value>>,
}

impl Endpoint {
    /// The endpoint that the document at `url` names; `url` may be that of the issuer too.
    pub(super) fn discovered(mut url: Address) -> Self {
        if !url.path().contains("/.well-known/") {
            url.append_path(WELL_KNOWN);
        }
        Self::Discovered(Discovery { document: url, found: Mutex::new(None) })
    }

    /// The token endpoint.
    pub(super) async fn token(&self, way: &Way<'_>) -> Result<Address, Error> {
        self.named(way, "token_endpoint").await
    }

    /// The endpoint of this name.
    pub(super) async fn named(&self, way: &Way<'_>, name: &str) -> Result<Address, Error> {
        let discovery = match self {
            Self::Known(address) => return Ok(address.clone()),
            Self::Discovered(discovery) => discovery,
        };
        let found = discovery.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let document = match found {
            Some(document) => document,
            None => {
                let document = discovery.read(way).await?;
                *discovery.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(document.clone());
                document
            }
        };
        let url = document.pointer(&format!("/{name}")).and_then(Value::as_str);
        let origin = discovery.document.origin();
        let url =
            url.ok_or_else(|| way.failed(format!("no token: the discovery document of {origin} has no {name}")))?;
        let address = discovery.document.join(url);
        let address = address.map_err(|error| way.failed(format!("no token: the {name} of {origin}: {error}")))?;
        // Whoever could change the document on its way would get the secrets.
        if discovery.document.is_secure() && !address.is_secure() {
            return Err(way.failed(format!("no token: the {name} of {origin} is not reached by https")));
        }
        Ok(address)
    }
}

impl Discovery {
    async fn read(&self, way: &Way<'_>) -> Result<Value, Error> {
        let mut headers = Headers::new();
        headers.insert("Accept", "application/json").map_err(|error| way.failed(error.to_string()))?;
        let request = HttpRequest::new("GET", self.document.clone()).with_headers(headers);
        let (status, _, body) = way.send(request, "discovery document").await?;
        let origin = self.document.origin();
        if status != 200 {
            let status = summary::status_text(status);
            return Err(way.failed(format!("no discovery document: {origin} answered {status}")));
        }
        let value = json::from_slice::<Value>(&body).ok();
        value.ok_or_else(|| way.failed(format!("no discovery document: what {origin} answered is no JSON")))
    }
}
