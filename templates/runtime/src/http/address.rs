//! Addresses: just enough of RFC 3986 to join paths and to tell one origin from another.
//!
//! The core must work without an HTTP library, so this is our own. It is stricter than browsers are: whatever
//! two parsers could read in two ways (user names, backslashes, control characters, unusual hosts) is
//! refused, since credentials go to the origin that we read here.

use super::percent::{Keep, decode, encode};
use std::fmt;

/// An absolute `http` or `https` address without a fragment.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::Address;
///
/// let base = Address::parse("https://api.example.com/v2/pets?page=1")?;
/// let next = base.join("/v2/pets?page=2")?;
/// assert_eq!(next.to_string(), "https://api.example.com/v2/pets?page=2");
/// assert!(base.same_origin(&next));
/// assert!(!base.same_origin(&base.join("https://api.example.com.evil.org/")?));
/// # Ok::<(), clientsmith_runtime::http::AddressError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    secure: bool,
    host: String,
    port: u16,
    path: String,
    query: Option<String>,
}

impl Address {
    /// Reads an absolute address.
    ///
    /// # Errors
    ///
    /// When it is not `http://` or `https://` with a plain host, or names a user.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = clean(text)?;
        let (scheme, rest) = split_scheme(&text).ok_or(AddressError("it must start with https:// or http://"))?;
        let rest = rest.strip_prefix("//").ok_or(AddressError("it must start with https:// or http://"))?;
        Self::after_scheme(is_secure(scheme)?, rest)
    }

    /// Reads `reference` as a link found at this address (RFC 3986, 5.2).
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn join(&self, reference: &str) -> Result<Self, AddressError> {
        let text = clean(reference)?;
        if let Some((scheme, rest)) = split_scheme(&text) {
            let rest = rest.strip_prefix("//").ok_or(AddressError("it must start with https:// or http://"))?;
            return Self::after_scheme(is_secure(scheme)?, rest);
        }
        if let Some(rest) = text.strip_prefix("//") {
            return Self::after_scheme(self.secure, rest);
        }
        let (path, query) = split_query(&text);
        let path = if path.is_empty() {
            self.path.clone()
        } else if path.starts_with('/') {
            without_dots(path)
        } else {
            let folder = self.path.rfind('/').map_or("/", |at| &self.path[..=at]);
            without_dots(&format!("{folder}{path}"))
        };
        let query = if text.is_empty() { self.query.clone() } else { query };
        Ok(Self { path, query, ..self.clone() })
    }

    /// Whether scheme, host and port are the same: the border that credentials do not cross.
    #[must_use]
    pub fn same_origin(&self, other: &Self) -> bool {
        self.secure == other.secure && self.host == other.host && self.port == other.port
    }

    /// Whether it is called by `https`.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Scheme, host and port as text, such as `https://api.example.com`.
    #[must_use]
    pub fn origin(&self) -> String {
        let (scheme, usual) = if self.secure { ("https", 443) } else { ("http", 80) };
        let host = &self.host;
        if self.port == usual { format!("{scheme}://{host}") } else { format!("{scheme}://{host}:{}", self.port) }
    }

    /// The path; never empty.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query without its `?`.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// Adds text that is encoded already to the end of the path; exactly one slash stands between.
    pub(crate) fn append_path(&mut self, path: &str) {
        if self.path.ends_with('/') {
            self.path.pop();
        }
        if !path.starts_with('/') {
            self.path.push('/');
        }
        self.path.push_str(path);
    }

    /// Adds `name=value` pairs that are encoded already.
    pub(crate) fn append_query(&mut self, pairs: &str) {
        if pairs.is_empty() {
            return;
        }
        let query = self.query.get_or_insert_default();
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(pairs);
    }

    /// Makes `value` the one value of `name` in the query: where a pair of that name stands, or else at the end. A pair
    /// that says the same already, such as one of a next address that a server gave, stays as it is written.
    pub(crate) fn set_query(&mut self, name: &str, value: &str) {
        let mut set = Some(format!("{}={}", encode(name, Keep::Unreserved), encode(value, Keep::Unreserved)));
        let read = |text: &str| decode(&text.replace('+', " ")).into_owned();
        let mut pairs: Vec<String> = Vec::new();
        for pair in self.query.iter().flat_map(|query| query.split('&')).filter(|pair| !pair.is_empty()) {
            let (found, held) = pair.split_once('=').unwrap_or((pair, ""));
            if read(found) != name {
                pairs.push(pair.to_owned());
            } else if let Some(set) = set.take() {
                pairs.push(if read(held) == value { pair.to_owned() } else { set });
            }
        }
        pairs.extend(set);
        self.query = Some(pairs.join("&"));
    }

    fn after_scheme(secure: bool, rest: &str) -> Result<Self, AddressError> {
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        if authority.contains('@') {
            return Err(AddressError("it must not hold a user name or password; give credentials instead"));
        }
        let (host, port) = match authority.rfind(':') {
            Some(at) if !authority[at..].contains(']') => (&authority[..at], &authority[at + 1..]),
            _ => (authority, ""),
        };
        let port = match port {
            "" if secure => 443,
            "" => 80,
            digits => digits.parse().map_err(|_| AddressError("its port is not a number below 65536"))?,
        };
        if !is_plain_host(host) {
            let message = "its host must be a name or an IP address (an international name in its xn-- form)";
            return Err(AddressError(message));
        }
        let (path, query) = split_query(rest);
        let path = if path.is_empty() { "/".to_owned() } else { without_dots(path) };
        Ok(Self { secure, host: host.to_ascii_lowercase(), port, path, query })
    }
}

/// Drops the fragment, refuses what parsers read differently, encodes the rest.
fn clean(text: &str) -> Result<String, AddressError> {
    let text = text.split('#').next().unwrap_or_default();
    if text.contains('\\') || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(AddressError("it holds a space, a backslash or a control character"));
    }
    Ok(encode(text, Keep::Address))
}

fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(legal)).then_some((scheme, rest))
}

fn is_secure(scheme: &str) -> Result<bool, AddressError> {
    if scheme.eq_ignore_ascii_case("https") {
        Ok(true)
    } else if scheme.eq_ignore_ascii_case("http") {
        Ok(false)
    } else {
        Err(AddressError("only https and http can be called"))
    }
}

fn split_query(text: &str) -> (&str, Option<String>) {
    match text.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (text, None),
    }
}

fn is_plain_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
    }
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

/// Whether a path segment means "here" or "one up" to a parser, in any spelling that one of them knows.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// RFC 3986, 5.2.4.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let dots = segment.to_ascii_lowercase().replace("%2e", ".");
        if dots == ".." {
            kept.pop();
        }
        if dots != ".." && dots != "." {
            kept.push(segment);
        } else if segments.peek().is_none() {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())?;
        f.write_str(&self.path)?;
        match &self.query {
            Some(query) => write!(f, "?{query}"),
            None => Ok(()),
        }
    }
}

/// Shows no query, since an API key may be in it.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = if self.query.is_some() { "?***" } else { "" };
        write!(f, "{}{}{query}", self.origin(), self.path)
    }
}

/// Why a text is not an address that can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError(&'static str);

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for AddressError {}
