//! What every client is made of.

use super::super::auth::{Held, KeyPlace, Scheme, SchemeKind};
use super::super::http::{Address, Headers, Transport};
use super::op::{Api, Op};
use super::request::Request;
use super::site::Site;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The inside of a client: where the API is, how it is reached, and what authorizes calls.
///
/// It is cheap to clone; clones share connections and tokens. Generated clients wrap it and get it from a
/// [`CoreBuilder`](super::CoreBuilder).
#[derive(Clone)]
pub struct Core {
    inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) api: &'static Api,
    pub(super) site: Site,
    pub(super) user_agent: String,
    pub(super) timeout: Option<Duration>,
    pub(super) limit: usize,
    /// Whether the arguments of calls are checked.
    pub(super) checks: bool,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) headers: Headers,
    /// What is held for each of the API's schemes, in their order.
    pub(super) held: Vec<Option<Held>>,
}

impl Core {
    pub(super) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// A call of `op` with no arguments yet.
    pub fn request(&self, op: &'static Op) -> Request {
        Request::new(self.clone(), op)
    }

    /// The address that paths are added to.
    #[must_use]
    pub fn base(&self) -> &Address {
        &self.inner.site.base
    }

    pub(super) fn site(&self) -> &Site {
        &self.inner.site
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.inner.transport
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.inner.timeout
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.inner.transport.now()
    }

    pub(super) fn limit(&self) -> usize {
        self.inner.limit
    }

    pub(super) fn checks(&self) -> bool {
        self.inner.checks
    }

    pub(super) fn user_agent(&self) -> &str {
        &self.inner.user_agent
    }

    pub(super) fn headers(&self) -> &Headers {
        &self.inner.headers
    }

    /// Whether a header of this name holds a credential: by what HTTP says, or by what the document says.
    pub(super) fn is_secret(&self, name: &str) -> bool {
        let is_key = |scheme: &Scheme| matches!(scheme.kind, SchemeKind::ApiKey { place: KeyPlace::Header, name: key } if key.eq_ignore_ascii_case(name));
        self.inner.headers.is_sensitive(name) || self.inner.api.schemes.iter().any(is_key)
    }

    /// The scheme of this name.
    pub(crate) fn scheme(&self, name: &str) -> Option<&'static Scheme> {
        self.inner.api.schemes.iter().find(|scheme| scheme.name == name)
    }

    /// The scheme of this name with what the client holds for it.
    pub(crate) fn held(&self, name: &str) -> Option<(&'static Scheme, &Held)> {
        let index = self.inner.api.schemes.iter().position(|scheme| scheme.name == name)?;
        Some((self.inner.api.schemes.get(index)?, self.inner.held.get(index)?.as_ref()?))
    }

    /// The schemes that get their values from this log-in operation.
    pub(super) fn fed_by(&self, op: &Op) -> Vec<&'static str> {
        let logins = self.inner.api.logins.iter().filter(|login| std::ptr::eq(login.op, op));
        logins.flat_map(|login| login.provides).map(|(scheme, _)| *scheme).collect()
    }
}

/// Shows the address, and no credentials.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes = self.inner.api.schemes.iter().zip(&self.inner.held);
        let given: Vec<&str> = schemes.filter(|(_, held)| held.is_some()).map(|(scheme, _)| scheme.name).collect();
        f.debug_struct("Core")
            .field("api", &self.inner.api.name)
            .field("base", &self.inner.site.base)
            .field("credentials", &given)
            .finish_non_exhaustive()
    }
}
