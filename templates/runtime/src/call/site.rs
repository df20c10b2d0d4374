//! Where calls go: the servers of the document, and the addresses that the user gives.
//!
//! Addresses of a document may be relative (OpenAPI 3.2, Server Object, `url`): they start where the document lies,
//! which the document itself or the user says. The user's own address for a client stands in place of every server of
//! the document, those of single operations too: who points a client at a test server means all calls.

use super::super::http::{Address, is_dot_segment};
use super::op::{Api, Op, Server};

/// The addresses of one client.
pub(super) struct Site {
    /// What paths are added to, unless an operation has servers of its own.
    pub(super) base: Address,
    /// Whether the user gave it: then it counts for all operations.
    given: bool,
    start: Start,
}

/// What templates are filled with, and where relative addresses start.
#[derive(Clone)]
pub(super) struct Start {
    pub(super) document: Option<Address>,
    pub(super) variables: Vec<(&'static str, String)>,
}

impl Site {
    /// The addresses of a client of `api`: `url` is the user's own, `server` the index of one of the document's.
    pub(super) fn new(api: &Api, url: Option<&str>, server: usize, start: Start) -> Result<Self, String> {
        let base = match (url, api.servers.get(server)) {
            (Some(url), _) => parsed(url)?,
            (None, Some(server)) => start.address(server)?,
            // Without any, the server is the root of where the document lies (OpenAPI 3.2, OpenAPI Object, `servers`).
            (None, None) if start.document.is_some() => start.address(&Server::at("/"))?,
            (None, None) => return Err("the document names no server: set an address with `url`".to_owned()),
        };
        Ok(Self { base: plain(base)?, given: url.is_some(), start })
    }

    /// Where a call of `op` goes to, without its path.
    pub(super) fn of(&self, op: &Op) -> Result<Address, String> {
        match op.servers.first() {
            Some(server) if !self.given => plain(self.start.address(server)?),
            _ => Ok(self.base.clone()),
        }
    }

    /// Whether credentials may go to this address with a call of `op`: to the client's own origin, and to the origins
    /// that the document itself names for the operation. Nothing that an answer says ever adds one. From a safe
    /// connection they do not go to an unsafe one.
    pub(super) fn trusts(&self, op: &Op, address: &Address) -> bool {
        if address.same_origin(&self.base) {
            return true;
        }
        let named = |server: &Server| self.start.address(server).is_ok_and(|named| named.same_origin(address));
        !self.given && (address.is_secure() || !self.base.is_secure()) && op.servers.iter().any(named)
    }
}

impl Start {
    /// The address of a server of the document.
    fn address(&self, server: &Server) -> Result<Address, String> {
        self.check(server)?;
        let url = self.fill(server.url, server.variables);
        let absolute = url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
            || url.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://"));
        match &self.document {
            _ if absolute => parsed(&url),
            Some(document) => document.join(&url).map_err(|error| format!("the address {url:?}: {error}")),
            None => Err(format!(
                "the server's address {url:?} is relative to where the document lies: say where with `document_url`, \
                 or set the whole address with `url`"
            )),
        }
    }

    /// Whether the values that were set may stand in the address of a server: where the description lists some, it is one of
    /// these (OpenAPI 3.2, Server Variable Object, `enum`), and none leads out of the path that the description means.
    fn check(&self, server: &Server) -> Result<(), String> {
        for (name, value) in &self.variables {
            let listed = server.values.iter().find(|(known, _)| known == name);
            if let Some((_, values)) = listed.filter(|(_, values)| !values.contains(&value.as_str())) {
                let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
                return Err(format!("the server's variable `{name}` is {value:?}, and can be {}", values.join(", ")));
            }
            let is_used = server.variables.iter().any(|(known, _)| known == name);
            if is_used && (value.contains(['?', '#']) || value.split('/').any(is_dot_segment)) {
                return Err(format!(
                    "the server's variable `{name}` is {value:?}, which would change the path around it"
                ));
            }
        }
        Ok(())
    }

    /// Puts the variables into an address of the document, once. `usual` are the values of those that nobody set.
    pub(super) fn fill(&self, template: &str, usual: &[(&'static str, &'static str)]) -> String {
        let value = |variable: &str| {
            let set = self.variables.iter().find(|(name, _)| *name == variable).map(|(_, value)| value.as_str());
            set.or_else(|| usual.iter().find(|(name, _)| *name == variable).map(|(_, value)| *value))
        };
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(start) = rest.find('{') {
            out.push_str(&rest[..start]);
            let after = &rest[start + 1..];
            let found = after.find('}').and_then(|end| Some((end, value(&after[..end])?)));
            if let Some((end, value)) = found {
                out.push_str(value);
                rest = &after[end + 1..];
            } else {
                out.push('{');
                rest = after;
            }
        }
        out + rest
    }
}

pub(super) fn parsed(url: &str) -> Result<Address, String> {
    Address::parse(url).map_err(|error| format!("the address {url:?}: {error}"))
}

/// An address that paths can be added to.
fn plain(address: Address) -> Result<Address, String> {
    if address.query().is_some() { Err("the address must not have a query".to_owned()) } else { Ok(address) }
}
