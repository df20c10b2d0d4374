//! Operations (OpenAPI 3.2, Operation Object).

use std::collections::BTreeSet;

use super::paths::{Found, Refusal};
use super::{Lower, prose, security, server};
use crate::diag::Code;
use crate::ir::{NameHint, Operation};
use crate::load::{At, Version};

/// The id of each operation: its `operationId` where that is its own, else a stable text from method and path. With it
/// comes what names are made from.
pub(super) fn ids(cx: &Lower<'_>, found: &[Found<'_>]) -> Vec<(String, NameHint)> {
    let mut taken = BTreeSet::new();
    let mut id_of = |entry: &Found<'_>| {
        let given = entry.at.str("operationId").map(str::trim).filter(|id| !id.is_empty());
        if let Some(id) = given.filter(|id| taken.insert((*id).to_owned())) {
            return id.to_owned();
        }
        let id = format!("{} {}", entry.method.to_ascii_lowercase(), entry.path);
        taken.insert(id.clone());
        if cx.wishes.operation(&id, entry).is_some() {
            // The settings name it.
        } else if let Some(given) = given {
            let at = entry.at.get("operationId").unwrap_or(entry.at).origin();
            cx.sink.warning(
                Code::DuplicateOperationId,
                at,
                format!("the operationId `{given}` is used twice"),
                "this operation is named after its method and path",
            );
        } else {
            cx.sink.warning(
                Code::MissingOperationId,
                entry.at.origin(),
                format!("{} {} has no operationId", entry.method, entry.path),
                "it is named after its method and path",
            );
        }
        id
    };
    found
        .iter()
        .map(|entry| {
            let id = id_of(entry);
            let given = cx.wishes.operation(&id, entry).map(|given| given.name);
            (id.clone(), NameHint::named(given.unwrap_or(id)))
        })
        .collect()
}

/// Lowers one operation.
pub(super) fn lower<'a>(
    cx: &mut Lower<'a>,
    root: At<'a>,
    entry: &Found<'a>,
    (id, hint): (String, NameHint),
) -> Result<Operation, Refusal> {
    let at = entry.at;
    if let Some(target) = at.str("$ref") {
        return Err(Refusal { code: Code::BrokenRef, message: format!("`$ref` leads nowhere: `{target}`") });
    }
    if !at.is_object() {
        return Err(Refusal {
            code: Code::KeywordType,
            message: format!("an operation cannot be {}", at.node.type_name()),
        });
    }
    // A fragment after `#` only tells operations of one path apart; it never travels.
    let template = entry.path.split('#').next().unwrap_or_default();
    let (path, fixed_query) = template.split_once('?').unwrap_or((template, ""));
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    let params = cx.params(entry, &path, &hint)?;
    let path = if fixed_query.is_empty() { path } else { format!("{path}?{fixed_query}") };
    let body = if cx.doc.version == Version::V2 { cx.body_v2(root, entry, &hint) } else { cx.request_body(at, &hint) };
    let replies = cx.replies(at, &hint);
    let tag = at.get("tags").and_then(|tags| tags.items().find_map(At::as_str)).unwrap_or_default();
    let tag = cx.tag(tag);
    if let Some(callbacks) = at.get("callbacks").filter(|callbacks| !callbacks.is_empty()) {
        cx.sink.left_out(
            Code::NotCalls,
            callbacks.origin(),
            "what the server calls back is not expressed yet",
            "the callbacks are left out; their models are there when they have names",
        );
    }
    let own = server::servers(at, cx.sink);
    if let Some(server) = at.get("servers").or_else(|| entry.item.get("servers")).filter(|servers| !servers.is_empty())
    {
        cx.sink.left_out(
            Code::Server,
            server.origin(),
            "servers of one path or operation are not expressed yet",
            "the call goes to the client's server",
        );
    }
    let servers = if own.is_empty() { server::servers(entry.item, cx.sink) } else { own };
    let mut operation = Operation {
        id,
        hint,
        method: entry.method.clone(),
        path,
        tag,
        params,
        body,
        replies,
        security: security::requirements(cx, root, at),
        servers,
        paging: None,
        polling: None,
        login: None,
        permissions: cx.permissions(at),
        doc: prose::doc(at),
        origin: at.origin(),
    };
    if operation.doc == crate::ir::Doc::default() {
        operation.doc = prose::doc(entry.item);
    }
    operation.paging = cx.paging(&operation, at);
    operation.login = cx.login(at);
    Ok(operation)
}
