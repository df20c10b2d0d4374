//! Our own extensions: permissions, paging, polling and log-in (see `specs/README.md`).

use super::Lower;
use crate::diag::Code;
use crate::ir::{Id as _, Login, Next, OpId, Operation, Paging, Permissions, Place, Polling, Target};
use crate::load::At;

impl<'a> Lower<'a> {
    /// `x-clientsmith-permissions`.
    pub(super) fn permissions(&self, at: At<'a>) -> Option<Permissions> {
        let at = at.get("x-clientsmith-permissions")?;
        self.only(at, &["any", "all", "note"])?;
        let list =
            |key| at.get(key).into_iter().flat_map(At::items).filter_map(At::as_str).map(str::to_owned).collect();
        Some(Permissions { any: list("any"), all: list("all"), note: at.str("note").map(str::to_owned) })
    }

    /// `x-clientsmith-login`.
    pub(super) fn login(&self, at: At<'a>) -> Option<Login> {
        let at = at.get("x-clientsmith-login")?;
        self.only(at, &["provides"])?;
        let mut provides = Vec::new();
        for (scheme, expression) in at.get("provides").into_iter().flat_map(At::entries) {
            if !self.api.schemes.iter().any(|known| known.name == scheme) {
                self.unusable(expression, format!("`{scheme}` is no security scheme of this document"));
                return None;
            }
            provides.push((scheme.to_owned(), self.response_body(expression)?));
        }
        Some(Login { provides })
    }

    /// `x-clientsmith-paging`.
    pub(super) fn paging(&self, operation: &Operation, at: At<'a>) -> Option<Paging> {
        let at = at.get("x-clientsmith-paging")?;
        self.only(at, &["items", "next", "more", "until", "pages"])?;
        let pointer = |key: &str| at.get(key).map(|at| self.response_body(at));
        let items = pointer("items").or_else(|| {
            self.unusable(at, "it has no `items`");
            None
        })??;
        let next = at.get("next").or_else(|| {
            self.unusable(at, "it has no `next`");
            None
        })?;
        let mut until = Vec::new();
        for flag in at.get("until").into_iter().flat_map(At::items) {
            until.push(self.response_body(flag)?);
        }
        let more = match pointer("more") {
            Some(found) => Some(found?),
            None => None,
        };
        let pages = match pointer("pages") {
            Some(found) => Some(found?),
            None => None,
        };
        Some(Paging { items, next: self.next(operation, next)?, more, until, pages, origin: at.origin() })
    }

    fn next(&self, operation: &Operation, at: At<'a>) -> Option<Next> {
        self.only(at, &["address", "into", "method", "set", "by", "first", "from", "value"])?;
        if let Some(address) = at.get("address") {
            if let Some(method) = at.get("method") {
                return self.link(address, method, at.get("into"));
            }
            let into = match at.get("into") {
                Some(into) => Some(self.target(operation, into)?),
                None => None,
            };
            return Some(Next::Address { at: self.response_body(address)?, into });
        }
        let Some(set_at) = at.get("set") else {
            self.unusable(at, "`next` needs `address` or `set`");
            return None;
        };
        let set = self.target(operation, set_at)?;
        if let Some(value) = at.get("value") {
            return Some(Next::Value { set, from: self.response_body(value)? });
        }
        let first = |default: i64| {
            at.get("first").and_then(At::as_number).and_then(|text| text.parse().ok()).unwrap_or(default)
        };
        match at.str("by") {
            Some("page") => Some(Next::Page { set, first: first(0) }),
            Some("offset") => Some(Next::Offset { set, first: first(0) }),
            Some("last-item") => {
                let Some(from) = at.str("from") else {
                    self.unusable(at, "`by: last-item` needs `from`");
                    return None;
                };
                Some(Next::LastItem { set, from: from.to_owned() })
            }
            other => {
                self.unusable(
                    at,
                    format!("`by` is `{}`; it can be `page`, `offset` or `last-item`", other.unwrap_or("absent")),
                );
                None
            }
        }
    }

    /// An address that is asked for with GET, whatever the operation does.
    fn link(&self, address: At<'a>, method: At<'a>, into: Option<At<'a>>) -> Option<Next> {
        if let Some(into) = into {
            self.unusable(into, "a page that is asked for by a `method` of its own takes no cursor");
            return None;
        }
        match method.as_str() {
            Some("get") => Some(Next::Link { at: self.response_body(address)? }),
            other => {
                self.unusable(method, format!("`method` is `{}`; it can be `get`", other.unwrap_or("absent")));
                None
            }
        }
    }

    /// `x-clientsmith-polling`.
    pub(super) fn polling(&self, _starter: OpId, at: At<'a>) -> Option<Polling> {
        let at = at.get("x-clientsmith-polling")?;
        self.only(at, &["operation", "parameters", "state", "done", "failed"])?;
        let name = at.str("operation").unwrap_or_default();
        let Some((id, operation)) = self.api.ops.iter().find(|(_, operation)| operation.id == name) else {
            self.unusable(at.get("operation").unwrap_or(at), format!("`{name}` is no operation of this document"));
            return None;
        };
        let mut parameters = Vec::new();
        for (name, expression) in at.get("parameters").into_iter().flat_map(At::entries) {
            let Some(index) = operation.params.iter().position(|param| param.wire == name) else {
                self.unusable(expression, format!("`{}` has no parameter `{name}`", operation.id));
                return None;
            };
            parameters.push((index, self.response_body(expression)?));
        }
        let list =
            |key| at.get(key).into_iter().flat_map(At::items).filter_map(At::as_str).map(str::to_owned).collect();
        let Some(state) = at.get("state") else {
            self.unusable(at, "it has no `state`");
            return None;
        };
        Some(Polling {
            operation: OpId::from_index(id.index()),
            parameters,
            state: self.response_body(state)?,
            done: list("done"),
            failed: list("failed"),
        })
    }

    /// The pointer of `$response.body#/…` (OpenAPI 3.2, Runtime Expressions).
    fn response_body(&self, at: At<'a>) -> Option<String> {
        let text = at.as_str().unwrap_or_default();
        let pointer = text
            .strip_prefix("$response.body")
            .and_then(|rest| if rest.is_empty() { Some("") } else { rest.strip_prefix('#') });
        if pointer.is_none() {
            self.unusable(at, format!("`{text}` is no expression such as `$response.body#/items`"));
        }
        pointer.map(str::to_owned)
    }

    /// `$request.query.name`, `$request.path.name`, `$request.header.name` or `$request.body#/…`.
    fn target(&self, operation: &Operation, at: At<'a>) -> Option<Target> {
        let text = at.as_str().unwrap_or_default();
        if let Some(pointer) = text.strip_prefix("$request.body#") {
            return Some(Target::Body(pointer.to_owned()));
        }
        let found = text.strip_prefix("$request.").and_then(|rest| rest.split_once('.')).and_then(|(place, name)| {
            operation.params.iter().position(|param| {
                param.wire == name
                    && match param.place {
                        Place::Path(..) => place == "path",
                        Place::Query(..) | Place::QueryString => place == "query",
                        Place::Header(_) => place == "header",
                        Place::Cookie(..) => place == "cookie",
                    }
            })
        });
        if found.is_none() {
            self.unusable(at, format!("`{text}` names no value of the request"));
        }
        found.map(Target::Param)
    }

    /// Refuses keys that the extension does not have: most are slips of the pen.
    fn only(&self, at: At<'a>, known: &[&str]) -> Option<()> {
        let unknown = at.entries().find(|(key, _)| !known.contains(key));
        if let Some((key, value)) = unknown {
            self.unusable(value, format!("`{key}` is no key of this extension; it has {}", known.join(", ")));
            return None;
        }
        Some(())
    }

    fn unusable(&self, at: At<'a>, reason: impl Into<String>) {
        self.sink.left_out(
            Code::Extension,
            at.origin(),
            reason,
            "the extension is left out; the operation is generated without it",
        );
    }
}
