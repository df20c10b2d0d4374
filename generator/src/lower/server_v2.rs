//! Servers of Swagger 2.0: `schemes`, `host` and `basePath` (2.0, Swagger Object), and hosts with parameters.

use super::Lower;
use super::server::{declared_variable, template_names};
use crate::diag::Code;
use crate::ir::{Server, ServerVariable};
use crate::load::At;

impl<'a> Lower<'a> {
    /// The servers of the document.
    pub(super) fn servers_v2(&self) -> Vec<Server> {
        self.with_schemes(&schemes(self.root), true)
    }

    /// The servers of an operation that names schemes of its own.
    pub(super) fn own_servers_v2(&self, operation: At<'a>) -> Vec<Server> {
        let own = schemes(operation);
        if own.is_empty() { Vec::new() } else { self.with_schemes(&own, false) }
    }

    fn with_schemes(&self, schemes: &[&str], tell: bool) -> Vec<Server> {
        let root = self.root;
        let base = root.str("basePath").unwrap_or_default().trim().trim_end_matches('/');
        let base = if base.is_empty() || base.starts_with('/') { base.to_owned() } else { format!("/{base}") };
        let first = schemes.first().copied().unwrap_or("https");
        if let Some(template) = root.get("x-ms-parameterized-host") {
            let host = template.str("hostTemplate").unwrap_or_default();
            let prefixed = template.bool("useSchemePrefix").unwrap_or(true);
            let url = if prefixed { format!("{first}://{host}{base}") } else { format!("{host}{base}") };
            return vec![self.with_variables(url, template.get("parameters"))];
        }
        let host = root.str("host").unwrap_or_default().trim();
        if host.is_empty() {
            if base.is_empty() {
                return Vec::new();
            }
            if tell {
                self.sink.warning(
                    Code::Server,
                    root.origin(),
                    "the document names no `host`",
                    "the caller has to say where it is: the host, or the whole address of the server",
                );
            }
            return vec![Server { url: base, ..Server::default() }];
        }
        if let Some((scheme, _)) = host.split_once("://") {
            if tell {
                self.sink.warning(
                    Code::Server,
                    root.get("host").unwrap_or(root).origin(),
                    format!("`host` begins with the scheme `{scheme}`, which it cannot have"),
                    "the scheme counts in place of `schemes`",
                );
            }
            return vec![self.with_variables(format!("{}{base}", host.trim_end_matches('/')), None)];
        }
        let schemes = if schemes.is_empty() { &["https"][..] } else { schemes };
        schemes.iter().map(|scheme| self.with_variables(format!("{scheme}://{host}{base}"), None)).collect()
    }

    /// A server whose address may have names in braces; some of them may be declared as parameters.
    fn with_variables(&self, url: String, declared: Option<At<'a>>) -> Server {
        let declared: Vec<At<'a>> =
            declared.into_iter().flat_map(At::items).filter_map(|parameter| self.resolve(parameter)).collect();
        let variable = |name: &str| match declared.iter().find(|at| at.str("name") == Some(name)) {
            Some(at) => declared_variable(name, *at, self.sink),
            None => ServerVariable { name: name.to_owned(), ..ServerVariable::default() },
        };
        let variables = template_names(&url).into_iter().map(variable).collect();
        Server { url, variables, ..Server::default() }
    }
}

/// The schemes that a client of HTTP can use, the safe one first: it is what is called unless told otherwise.
fn schemes(at: At<'_>) -> Vec<&str> {
    let all = at.get("schemes").into_iter().flat_map(At::items).filter_map(At::as_str);
    let mut schemes: Vec<&str> = all.filter(|scheme| matches!(*scheme, "http" | "https")).collect();
    schemes.sort_by_key(|scheme| *scheme != "https");
    schemes.dedup();
    schemes
}
