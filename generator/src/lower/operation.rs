//! Operations (OpenAPI 3.2, Operation Object).

use std::collections::BTreeSet;

use super::param::Declared;
use super::paths::{Found, Refusal};
use super::{Lower, prose, security, server, template};
use crate::diag::Code;
use crate::ir::{Body, NameHint, Operation};
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
    let declared = cx.declared(entry);
    let in_path: Vec<&str> = declared.iter().filter(|known| known.place == "path").map(|known| known.name).collect();
    let template = template::read(entry.path, &in_path);
    for (message, effect) in &template.problems {
        cx.sink.warning(Code::Path, entry.item.origin(), message.as_str(), *effect);
    }
    let params = cx.params(entry, &template, &declared, &hint);
    let path = if template.fixed.is_empty() { template.path } else { format!("{}?{}", template.path, template.fixed) };
    let body = body(cx, root, entry, &declared, &hint);
    let replies = cx.replies(at, &hint);
    let tag = cx.group(at);
    let servers = server::own(cx, entry);
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

/// The body. One that is declared as a parameter, as 2.0 has it, is taken in 3.x as well.
fn body<'a>(
    cx: &mut Lower<'a>,
    root: At<'a>,
    entry: &Found<'a>,
    declared: &[Declared<'a>],
    hint: &NameHint,
) -> Option<Body> {
    if cx.doc.version == Version::V2 {
        return cx.body_v2(root, entry, hint);
    }
    let old = declared.iter().find(|known| matches!(known.place, "body" | "formData"));
    let Some(old) = old else { return cx.request_body(entry.at, hint) };
    let instead = entry.at.get("requestBody").is_none();
    cx.sink.warning(
        Code::ParameterStyle,
        old.at.origin(),
        format!("OpenAPI 3 has no parameter in `{}`", old.place),
        if instead { "it is taken as the request body" } else { "`requestBody` counts" },
    );
    if instead { cx.body_v2(root, entry, hint) } else { cx.request_body(entry.at, hint) }
}
