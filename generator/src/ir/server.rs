//! Servers.

/// A server of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// URL template with `{variable}` parts; it may be relative.
    pub url: String,
    /// `name` (3.2).
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its variables in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerVariable {
    /// Name as written in the template.
    pub name: String,
    /// Value used when none is chosen.
    pub default: String,
    /// Allowed values; empty when any is.
    pub values: Vec<String>,
    /// What it is for.
    pub description: Option<String>,
}
