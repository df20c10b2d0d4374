//! Log-ins by a person, started from the builder of a client.

use super::super::auth::{Authorization, AuthorizationCode, DeviceCode, DeviceLogIn, LogInSite};
use super::super::http::BoxFuture;
use super::builder::CoreBuilder;
use super::error::Error;

type LogIn<T> = BoxFuture<'static, Result<T, Error>>;

impl CoreBuilder {
    /// Starts the log-in by a browser for `scheme`, at the page at `url`, with tokens from `token`; where the scheme has a
    /// discovery document, at what that names.
    pub fn authorize(
        &self,
        scheme: &'static str,
        url: &'static str,
        token: &'static str,
        flow: AuthorizationCode,
    ) -> LogIn<Authorization> {
        start(self.log_in_site(scheme, url, token), move |site| Box::pin(flow.start(site)))
    }

    /// Starts the log-in on another device for `scheme`, at the endpoint at `url`, with tokens from `token`; where the
    /// scheme has a discovery document, at what that names.
    pub fn authorize_device(
        &self,
        scheme: &'static str,
        url: &'static str,
        token: &'static str,
        flow: DeviceCode,
    ) -> LogIn<DeviceLogIn> {
        start(self.log_in_site(scheme, url, token), move |site| Box::pin(flow.start(site)))
    }
}

fn start<T: Send + 'static>(
    site: Result<LogInSite, Error>,
    flow: impl FnOnce(LogInSite) -> LogIn<T> + Send + 'static,
) -> LogIn<T> {
    match site {
        Ok(site) => flow(site),
        Err(error) => Box::pin(std::future::ready(Err(error))),
    }
}
