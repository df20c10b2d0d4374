//! Extensions that begin with `x-ms-` and change what a client does: pages, jobs, names, directions. Those of single
//! constructs stand with these: hosts with parameters, paths with a query, enums, values of discriminators.

use super::Lower;
use crate::diag::Code;
use crate::ir::{Access, Next, OpId, Paging, Place, Shape};
use crate::load::At;

impl<'a> Lower<'a> {
    /// `x-ms-pageable`: the member of an answer with the items, and the one with the address of the next page. Without
    /// the latter there is one page.
    pub(super) fn pageable(&self, op: OpId, at: At<'a>) -> Option<Paging> {
        let at = at.get("x-ms-pageable").filter(|at| !at.is_null())?;
        let unusable = |at: At<'a>, reason: String| {
            let effect = "the extension is left out; the operation is generated without it";
            self.sink.left_out(Code::Extension, at.origin(), reason, effect);
        };
        if !at.is_object() {
            unusable(at, format!("`x-ms-pageable` is an object, not {}", at.node.type_name()));
            return None;
        }
        let text = |key: &str| -> Result<Option<&'a str>, ()> {
            match at.get(key).filter(|value| !value.is_null()) {
                None => Ok(None),
                Some(value) => value.as_str().map(Some).ok_or_else(|| {
                    unusable(value, format!("`{key}` is the name of a member, not {}", value.node.type_name()));
                }),
            }
        };
        for (key, value) in at.entries().filter(|(key, _)| !KEYS.contains(key)) {
            let message = format!("`x-ms-pageable` has no `{key}`; it has {}", KEYS.join(", "));
            self.sink.warning(Code::UnknownKeyword, value.origin(), message, "it is passed over");
        }
        let item = text("itemName").ok()?.unwrap_or("value");
        let link = text("nextLinkName").ok()?.filter(|name| !name.is_empty());
        if let Some(name) = text("operationName").ok()?
            && let Some((other, operation)) = self.api.ops.iter().find(|(_, operation)| operation.id == name)
            && other != op
            && operation.params.iter().any(|param| {
                matches!(param.place, Place::Path(..)) && link.is_some_and(|link| param.wire.eq_ignore_ascii_case(link))
            })
        {
            let reason =
                format!("the next page is asked for with `{name}`, which takes a part of its path from the page");
            unusable(at, reason);
            return None;
        }
        let next = link.map_or(Next::End, |name| Next::Link { at: member(name) });
        // A bare list is one page, whose items are read one by one anyway.
        let mut answers = self.api.ops[op].replies.ok.iter().flat_map(|reply| &reply.media);
        if next == Next::End && answers.any(|media| matches!(media.shape, Shape::List(_))) {
            return None;
        }
        Some(Paging { items: member(item), next, more: None, until: Vec::new(), pages: None, origin: at.origin() })
    }

    /// `x-ms-long-running-operation`: how its end is waited for is said nowhere in the description.
    pub(super) fn long_running(&self, at: At<'a>) {
        if at.bool("x-ms-long-running-operation") == Some(true) && at.get("x-clientsmith-polling").is_none() {
            self.sink.warning(
                Code::NotFollowed,
                at.get("x-ms-long-running-operation").unwrap_or(at).origin(),
                "the call starts a job, and the description does not say which call tells its state",
                "the call gives the first answer; its headers and its body say where the state is",
            );
        }
    }
}

const KEYS: [&str; 3] = ["nextLinkName", "itemName", "operationName"];

/// The pointer to a member.
fn member(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// `x-ms-client-name`: what a parameter, a member or a schema is called in code.
pub(super) fn client_name(at: At<'_>) -> Option<&str> {
    at.str("x-ms-client-name").map(str::trim).filter(|name| !name.is_empty())
}

/// `x-ms-mutability`: whether a member is only read, or only written.
pub(super) fn mutability(at: At<'_>) -> Option<Access> {
    let list = at.get("x-ms-mutability")?;
    let has = |word: &str| list.items().any(|item| item.as_str() == Some(word));
    match (has("read"), has("create") || has("update")) {
        (true, false) => Some(Access::ReadOnly),
        (false, true) => Some(Access::WriteOnly),
        _ => None,
    }
}
