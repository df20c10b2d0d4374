//! Header fields, in order, with names that ignore case.

use std::fmt;

/// The header fields of a request or an answer.
///
/// Fields keep their order and may repeat; names are compared without regard to case. A value that could
/// split a header (a line break or another control character) is refused when it is put in, so what is
/// here can be sent.
///
/// Use it to read an answer's headers, and to give headers to a [`Transport`](super::Transport) of your own.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::Headers;
///
/// let mut headers = Headers::new();
/// headers.insert("Accept", "application/json")?;
/// headers.append("X-Tag", "a")?;
/// headers.append("x-tag", "b")?;
/// assert_eq!(headers.get("accept"), Some("application/json"));
/// assert_eq!(headers.get_all("X-TAG").collect::<Vec<_>>(), ["a", "b"]);
/// assert!(headers.insert("X-Tag", "a\r\nInjected: yes").is_err());
/// # Ok::<(), clientsmith_runtime::http::HeaderError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers {
    fields: Vec<Field>,
}

#[derive(Clone, PartialEq, Eq)]
struct Field {
    name: String,
    value: String,
    sensitive: bool,
}

/// Fields whose values are hidden in `Debug` whoever put them in.
const ALWAYS_SENSITIVE: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "set-cookie"];

/// Fields that say where a message ends and whom a connection is for. The transport writes them, and a second opinion cuts
/// a body short or lets a server wait for more of it (RFC 9110, 7.2, 7.6.1 and 8.6; RFC 9112, 6.1).
const BY_TRANSPORT: [&str; 4] = ["content-length", "transfer-encoding", "connection", "host"];

impl Headers {
    /// No fields.
    #[must_use]
    pub const fn new() -> Self {
        Self { fields: Vec::new() }
    }

    /// The number of fields; a name that occurs twice counts twice.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The first value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value.as_str())
    }

    /// All values of `name`, in order.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value.as_str())
    }

    /// Whether a field called `name` is here.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All fields as name and value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| (field.name.as_str(), field.value.as_str()))
    }

    /// Sets `name` to this one value and drops its earlier values.
    ///
    /// # Errors
    ///
    /// When the name is not a header name, or the value holds a control character.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) -> Result<(), HeaderError> {
        let field = Field::checked(name.into(), value.into())?;
        self.remove(&field.name);
        self.fields.push(field);
        Ok(())
    }

    /// The same for a field that a caller gives: those that the transport writes are refused as well.
    pub(crate) fn give(&mut self, name: impl Into<String>, value: impl Into<String>) -> Result<(), HeaderError> {
        let name = name.into();
        if BY_TRANSPORT.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return Err(HeaderError { name, reason: "is written by the transport and cannot be given" });
        }
        self.insert(name, value)
    }

    /// Adds a value to `name` and keeps its earlier values.
    ///
    /// # Errors
    ///
    /// As [`insert`](Self::insert).
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) -> Result<(), HeaderError> {
        self.fields.push(Field::checked(name.into(), value.into())?);
        Ok(())
    }

    /// Adds a field that came over the wire.
    ///
    /// For a [`Transport`](super::Transport): a value that is not UTF-8 is read as Latin-1, the old meaning of
    /// such bytes, so that nothing an answer holds can make it unreadable.
    pub fn receive(&mut self, name: &str, value: &[u8]) {
        let value = match std::str::from_utf8(value) {
            Ok(text) => text.to_owned(),
            Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
        };
        self.fields.push(Field { name: name.to_owned(), value, sensitive: false });
    }

    /// Drops all values of `name`.
    pub fn remove(&mut self, name: &str) {
        self.fields.retain(|field| !field.name.eq_ignore_ascii_case(name));
    }

    /// Hides the values of `name` in `Debug`; [`is_sensitive`](Self::is_sensitive) tells transports.
    pub fn mark_sensitive(&mut self, name: &str) {
        for field in self.fields.iter_mut().filter(|field| field.name.eq_ignore_ascii_case(name)) {
            field.sensitive = true;
        }
    }

    /// Whether a value of `name` must not be logged or put into a compression table.
    #[must_use]
    pub fn is_sensitive(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.hidden() && field.name.eq_ignore_ascii_case(name))
    }

    /// The fields but those whose names are `left_out`.
    pub(crate) fn without(&self, left_out: impl Fn(&str) -> bool) -> Self {
        Self { fields: self.fields.iter().filter(|field| !left_out(&field.name)).cloned().collect() }
    }

    /// Sets every field of `other` here, replacing fields of the same name.
    pub(crate) fn replace_with(&mut self, other: &Self) {
        for field in &other.fields {
            self.remove(&field.name);
        }
        self.fields.extend(other.fields.iter().cloned());
    }
}

/// Fields that came over the wire, as [`receive`](Headers::receive) takes them.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::Headers;
///
/// // What the types of other HTTP libraries give when they are iterated over.
/// let headers: Headers = [("Content-Type", b"application/json")].into_iter().collect();
/// assert_eq!(headers.get("content-type"), Some("application/json"));
/// ```
impl<N: AsRef<str>, V: AsRef<[u8]>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let mut headers = Self::new();
        for (name, value) in fields {
            headers.receive(name.as_ref(), value.as_ref());
        }
        headers
    }
}

impl Field {
    fn checked(name: String, value: String) -> Result<Self, HeaderError> {
        if name.is_empty() || !name.bytes().all(is_token_byte) {
            return Err(HeaderError { name, reason: "is not a header name" });
        }
        // RFC 9110, 5.5: a tab is the one control character that a value may hold.
        if value.chars().any(|c| c != '\t' && c.is_ascii_control()) {
            let reason = "has a value with a line break or another control character, which cannot be sent";
            return Err(HeaderError { name, reason });
        }
        // RFC 9110, 5.5: such blanks are no part of a value, so they would be lost.
        if value.trim_matches([' ', '\t']).len() < value.len() {
            return Err(HeaderError {
                name,
                reason: "has a value that begins or ends with a blank, which would be lost",
            });
        }
        Ok(Self { name, value, sensitive: false })
    }

    fn hidden(&self) -> bool {
        self.sensitive || ALWAYS_SENSITIVE.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

/// RFC 9110, 5.6.2: the characters of a token.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |field: &Field| if field.hidden() { "***".to_owned() } else { field.value.clone() };
        f.debug_map().entries(self.fields.iter().map(|field| (&field.name, shown(field)))).finish()
    }
}

/// Why a header field cannot be sent. It names the field and never shows the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    name: String,
    reason: &'static str,
}

impl HeaderError {
    /// The name of the field.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "header {:?} {}", self.name, self.reason)
    }
}

impl std::error::Error for HeaderError {}
