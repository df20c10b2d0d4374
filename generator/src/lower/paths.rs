//! `paths`: which operations there are.

use super::Lower;
use super::operation;
use crate::diag::Code;
use crate::load::At;

/// HTTP methods that a path item can hold (OpenAPI 3.2, Path Item Object; `query` is new there).
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Every operation of the document, in document order.
pub(super) fn find<'a>(cx: &Lower<'a>) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    // `x-ms-paths` holds paths that differ in their fixed query alone.
    let paths: Vec<At<'a>> = ["paths", "x-ms-paths"].into_iter().filter_map(|key| cx.section(&[key])).collect();
    for (path, item) in paths.into_iter().flat_map(At::entries) {
        if path.starts_with("x-") {
            continue;
        }
        // A path item may be a reference with siblings (OpenAPI 3.2, Path Item Object, `$ref`).
        let Some(target) = cx.resolve(item) else { continue };
        for (key, operation) in target.entries() {
            // Descriptions in several files often keep an operation in one, behind a `$ref` that the specification does
            // not have there.
            let operation = cx.doc.resolve(operation).unwrap_or(operation);
            if METHODS.contains(&key) {
                found.push(Found { path, item: target, method: key.to_ascii_uppercase(), at: operation });
            } else if METHODS.contains(&key.to_ascii_lowercase().as_str()) && operation.is_object() {
                cx.sink.warning(
                    Code::UnknownMethod,
                    operation.origin(),
                    format!("`{key}` should be written in small letters"),
                    "it is taken as the method",
                );
                found.push(Found { path, item: target, method: key.to_ascii_uppercase(), at: operation });
            }
        }
        for (method, operation) in target.get("additionalOperations").into_iter().flat_map(At::entries) {
            found.push(Found { path, item: target, method: method.to_owned(), at: operation });
        }
    }
    found
}

/// Lowers operations.
pub(super) fn lower<'a>(cx: &mut Lower<'a>, root: At<'a>, found: &[Found<'a>]) {
    if let Some(webhooks) = root.get("webhooks").filter(|webhooks| !webhooks.is_empty()) {
        cx.sink.left_out(
            Code::NotCalls,
            webhooks.origin(),
            "webhooks are not expressed yet",
            "they are left out; their models are there when they have names",
        );
    }
    let ids = operation::ids(cx, found);
    let mut lowered = Vec::new();
    for (entry, id) in found.iter().zip(ids) {
        let said = cx.sink.len();
        let name = cx.wishes.operation(&id.0, entry);
        match operation::lower(cx, root, entry, id) {
            Ok(operation) => {
                let op = cx.api.ops.push(operation);
                cx.api.choices.names.ops.extend(name.map(|name| (op, name)));
                lowered.push((op, entry.at));
            }
            Err(reason) => {
                cx.sink.truncate(said);
                cx.sink.left_out(
                    reason.code,
                    entry.at.origin(),
                    reason.message,
                    format!("the operation {} {} is left out", entry.method, entry.path),
                );
            }
        }
    }
    // Polling names another operation, so it waits until all are known.
    for (op, at) in lowered {
        let polling = cx.polling(op, at);
        cx.api.ops[op].polling = polling;
    }
}

/// An operation of the document.
pub(super) struct Found<'a> {
    pub(super) path: &'a str,
    pub(super) item: At<'a>,
    pub(super) method: String,
    pub(super) at: At<'a>,
}

/// Why an operation is left out.
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) message: String,
}
