//! Putting a client together.

use super::super::auth::{Credential, Held, LogInSite, Login, SchemeKind, Urls, hold, hold_login};
use super::super::http::{Address, HeaderError, Headers, Transport};
use super::core::{Core, Inner};
use super::draft::Draft;
use super::error::{Error, ErrorKind};
use super::op::Api;
use super::site::{Site, Start, parsed};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How long a whole exchange may take, unless the client or the call says otherwise.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Collects the settings of a [`Core`].
///
/// Generated builders wrap it. What is wrong with a setting is the error of [`build`](Self::build).
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::{Api, CoreBuilder, Server};
/// use clientsmith_runtime::http::{FakeTransport, HttpResponse};
///
/// static API: Api = Api {
///     name: "zoo",
///     servers: &[Server::at("https://api.{region}.example").variables(&[("region", "us")])],
///     ..Api::BASE
/// };
///
/// let fake = FakeTransport::new(|_| HttpResponse::empty(204));
/// let core = CoreBuilder::new(&API).variable("region", "eu").transport(fake).build()?;
/// assert_eq!(core.base().to_string(), "https://api.eu.example/");
/// # Ok::<(), clientsmith_runtime::call::Error>(())
/// ```
#[must_use]
#[derive(Clone)]
pub struct CoreBuilder {
    api: &'static Api,
    server: usize,
    url: Option<String>,
    document: Option<String>,
    variables: Vec<(&'static str, String)>,
    user_agent: Option<String>,
    timeout: Option<Duration>,
    limit: usize,
    checks: bool,
    transport: Option<Arc<dyn Transport>>,
    headers: Headers,
    header_error: Option<HeaderError>,
    /// The last one given for a scheme counts.
    given: Vec<Given>,
    token_urls: Vec<(&'static str, String)>,
}

#[derive(Clone)]
enum Given {
    Credential(&'static str, Credential),
    Login(&'static Login, Box<Draft>),
}

impl CoreBuilder {
    /// A client for `api` with the usual settings: its first server, 60 seconds for each exchange.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            server: 0,
            url: None,
            document: None,
            variables: Vec::new(),
            user_agent: None,
            timeout: Some(TIMEOUT),
            limit: usize::MAX,
            checks: false,
            transport: None,
            headers: Headers::new(),
            header_error: None,
            given: Vec::new(),
            token_urls: Vec::new(),
        }
    }

    /// Calls the server at `index` of [`Api::servers`].
    pub fn server(mut self, index: usize) -> Self {
        self.server = index;
        self.url = None;
        self
    }

    /// Says where the API's document lies: its relative addresses start there. It stands in place of
    /// [`Api::document`].
    pub fn document_url(mut self, url: impl Into<String>) -> Self {
        self.document = Some(url.into());
        self
    }

    /// Sets a variable of the addresses of servers; token addresses that name it follow.
    pub fn variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.into()));
        self
    }

    /// Calls this address instead of the servers of the document, those of single operations too.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sends this `User-Agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How long each exchange may take, to the last byte of the answer; `None` is without end. A call may
    /// make several exchanges: for a token, for a redirect, for its repetition after a renewed token.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Refuses answers that are larger than this many bytes; there is no limit otherwise.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Checks the arguments of each call against the limits that the document sets, and sends nothing that breaks one.
    pub fn check_requests(mut self, checks: bool) -> Self {
        self.checks = checks;
        self
    }

    /// Sends through this transport instead of the default one.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends a header field with every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Err(error) = self.headers.give(name, value) {
            self.header_error.get_or_insert(error);
        }
        self
    }

    /// Sets what authorizes calls under `scheme`.
    pub fn credential(mut self, scheme: &'static str, credential: impl Into<Credential>) -> Self {
        self.given.push(Given::Credential(scheme, credential.into()));
        self
    }

    /// Gets tokens for `scheme` here, instead of where the document says.
    pub fn token_url(mut self, scheme: &'static str, url: impl Into<String>) -> Self {
        self.token_urls.retain(|(known, _)| *known != scheme);
        self.token_urls.push((scheme, url.into()));
        self
    }

    /// Logs in by this call, before the first call that needs what it brings.
    pub fn login(mut self, login: &'static Login, draft: Draft) -> Self {
        self.given.push(Given::Login(login, Box::new(draft)));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When the address is none, a header cannot be sent, a credential does not fit its scheme, or there is no
    /// transport (feature `reqwest` off and none given).
    pub fn build(self) -> Result<Core, Error> {
        let name = self.api.name;
        let wrong = |message: String| Error::new(ErrorKind::Request, name, format!("no client: {message}"));
        if let Some(error) = &self.header_error {
            return Err(wrong(error.to_string()));
        }
        let (site, start) = self.site().map_err(wrong)?;
        let held = self.held(&site.base, &start).map_err(wrong)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport().map_err(wrong)?,
        };
        Ok(Core::new(Inner {
            api: self.api,
            site,
            user_agent: self.user_agent.unwrap_or_else(|| self.api.user_agent.to_owned()),
            timeout: self.timeout,
            limit: self.limit,
            checks: self.checks,
            transport,
            headers: self.headers,
            held,
        }))
    }

    /// Where calls go.
    fn site(&self) -> Result<(Site, Start), String> {
        let document = self.document.as_deref().or(self.api.document);
        let start = Start { document: document.map(parsed).transpose()?, variables: self.variables.clone() };
        Ok((Site::new(self.api, self.url.as_deref(), self.server, start.clone())?, start))
    }

    /// Where a person logs in for `scheme`: `url` and `token` are the addresses of the document at which that starts and
    /// where the tokens are.
    pub(super) fn log_in_site(&self, scheme: &str, url: &str, token: &str) -> Result<LogInSite, Error> {
        let name = self.api.name;
        let wrong = |message: String| Error::new(ErrorKind::Request, name, format!("no log-in: {message}"));
        let (site, start) = self.site().map_err(wrong)?;
        let kind = self.api.schemes.iter().find(|known| known.name == scheme).map(|scheme| scheme.kind);
        let kind = kind.ok_or_else(|| wrong(format!("there is no security scheme `{scheme}`")))?;
        let join = |url: &str| site.base.join(url).map_err(|error| wrong(format!("the address {url:?}: {error}")));
        let urls = match kind {
            SchemeKind::OpenIdConnect { url } => Urls::Discovered(join(url)?),
            _ => {
                let chosen = self.token_urls.iter().find(|(name, _)| *name == scheme).map(|(_, url)| url.clone());
                let token = chosen.unwrap_or_else(|| self.filled(token, &start));
                Urls::Known { start: join(&self.filled(url, &start))?, token: join(&token)? }
            }
        };
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => default_transport().map_err(wrong)?,
        };
        Ok(LogInSite { transport, timeout: self.timeout, name, urls })
    }

    /// An address of the document with the variables of the server.
    fn filled(&self, url: &str, start: &Start) -> String {
        let usual = self.api.servers.get(self.server).map_or(&[][..], |server| server.variables);
        start.fill(url, usual)
    }

    fn held(&self, base: &Address, start: &Start) -> Result<Vec<Option<Held>>, String> {
        let mut held: Vec<Option<Held>> = self.api.schemes.iter().map(|_| None).collect();
        let index = |name: &str| {
            let index = self.api.schemes.iter().position(|scheme| scheme.name == name);
            index.ok_or_else(|| format!("there is no security scheme `{name}`"))
        };
        for given in &self.given {
            match given {
                Given::Credential(name, credential) => {
                    let at = index(name)?;
                    let (Some(scheme), Some(slot)) = (self.api.schemes.get(at), held.get_mut(at)) else { continue };
                    let token_url = self.token_url_of(at, start);
                    *slot = Some(hold(scheme, credential, token_url.as_deref(), base)?);
                }
                Given::Login(login, draft) => {
                    for (name, value) in hold_login(login, draft) {
                        if let Some(slot) = held.get_mut(index(name)?) {
                            *slot = Some(value);
                        }
                    }
                }
            }
        }
        Ok(held)
    }

    fn token_url_of(&self, index: usize, start: &Start) -> Option<String> {
        let scheme = self.api.schemes.get(index)?;
        if let Some((_, url)) = self.token_urls.iter().find(|(name, _)| *name == scheme.name) {
            return Some(url.clone());
        }
        match scheme.kind {
            SchemeKind::OAuth2 { token_url } => token_url.map(|url| self.filled(url, start)),
            _ => None,
        }
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, String> {
    match super::super::http::ReqwestTransport::new() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, String> {
    Err("no transport: turn on the feature `reqwest`, or give one with `transport`".to_owned())
}

/// Shows the settings that hold no secret.
impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = self.given.iter().flat_map(|given| match given {
            Given::Credential(name, _) => vec![*name],
            Given::Login(login, _) => login.provides.iter().map(|(name, _)| *name).collect(),
        });
        f.debug_struct("CoreBuilder")
            .field("api", &self.api.name)
            .field("variables", &self.variables)
            .field("timeout", &self.timeout)
            .field("credentials", &given.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
