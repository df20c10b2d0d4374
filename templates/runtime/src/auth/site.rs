//! An authorization server, as a log-in by a person needs it.

use super::super::call::{Error, ErrorKind};
use super::super::http::{Address, Transport};
use super::discovery::Endpoint;
use super::endpoint::Way;
use std::sync::Arc;
use std::time::Duration;

/// How the authorization server of one security scheme is reached.
#[derive(Clone)]
pub(crate) struct LogInSite {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) timeout: Option<Duration>,
    /// The name of the API, for messages.
    pub(crate) name: &'static str,
    pub(crate) urls: Urls,
}

/// Its addresses.
#[derive(Clone)]
pub(crate) enum Urls {
    /// Those of the document: of the page or endpoint where the log-in starts, and of the token endpoint.
    Known { start: Address, token: Address },
    /// Those that a discovery document names.
    Discovered(Address),
}

impl LogInSite {
    pub(super) fn way(&self) -> Way<'_> {
        Way { transport: &*self.transport, timeout: self.timeout, operation: self.name }
    }

    /// Where the log-in starts, and where tokens are: `start` is the name of the former in a discovery document.
    pub(super) async fn endpoints(&self, start: &str) -> Result<(Address, Address), Error> {
        match &self.urls {
            Urls::Known { start, token } => Ok((start.clone(), token.clone())),
            Urls::Discovered(document) => {
                let endpoint = Endpoint::discovered(document.clone());
                Ok((endpoint.named(&self.way(), start).await?, endpoint.token(&self.way()).await?))
            }
        }
    }

    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Credentials, self.name, message)
    }
}
