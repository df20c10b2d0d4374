//! `paths`: which operations there are (OpenAPI 3.2, Paths Object and Path Item Object).

use std::collections::BTreeMap;

use super::operation::{self, Identity};
use super::{Lower, server};
use crate::diag::Code;
use crate::load::At;

/// HTTP methods that a path item can hold (OpenAPI 3.2, Path Item Object; `query` is new there).
pub(super) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
/// What else it can hold.
const OTHERS: &[&str] = &["$ref", "summary", "description", "servers", "parameters", "additionalOperations"];

/// Every operation of the document, in document order.
pub(super) fn find<'a>(cx: &Lower<'a>) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    // `x-ms-paths` holds paths that differ in their fixed query alone.
    let paths: Vec<At<'a>> = ["paths", "x-ms-paths"].into_iter().filter_map(|key| cx.section(&[key])).collect();
    for (path, item) in paths.into_iter().flat_map(At::entries) {
        if !path.starts_with("x-") {
            found.extend(of_item(cx, path, item));
        }
    }
    tell_twins(cx, &found);
    found
}

/// The operations of one path item.
pub(super) fn of_item<'a>(cx: &Lower<'a>, path: &'a str, item: At<'a>) -> Vec<Found<'a>> {
    // A path item may be a reference with siblings, whose meaning is left open (OpenAPI 3.2, Path Item Object, `$ref`):
    // both sides count, and what stands here goes before what stands there.
    let Some(target) = cx.resolve(item) else { return Vec::new() };
    if !target.is_object() {
        cx.sink.left_out(
            Code::KeywordType,
            target.origin(),
            format!("a path item cannot be {}", target.node.type_name()),
            format!("the path `{path}` is left out"),
        );
        return Vec::new();
    }
    let mut found = own(cx, path, item, [item, target]);
    if target.origin() != item.origin() {
        for new in own(cx, path, target, [item, target]) {
            match found.iter().find(|known| known.method == new.method) {
                Some(known) => cx.sink.left_out(
                    Code::BrokenRef,
                    known.at.origin(),
                    format!("{} {path} stands beside a `$ref` to a path item that has it too", new.method),
                    "the one that stands here counts",
                ),
                None => found.push(new),
            }
        }
    }
    found
}

/// The operations that stand in one of the two sides of a path item.
fn own<'a>(cx: &Lower<'a>, path: &'a str, side: At<'a>, [given, item]: [At<'a>; 2]) -> Vec<Found<'a>> {
    let mut found: Vec<Found<'a>> = Vec::new();
    let mut add = |method: String, at: At<'a>| {
        // Descriptions in several files often keep an operation in one, behind a `$ref` that the specification does not
        // have there.
        let at = cx.doc.resolve(at).unwrap_or(at);
        if let Some((code, message)) = refusal(at) {
            let effect = format!("the operation {method} {path} is left out");
            return cx.sink.left_out(code, at.origin(), message, effect);
        }
        if found.iter().any(|known: &Found<'_>| known.method == method) {
            cx.sink.warning(
                Code::UnknownMethod,
                at.origin(),
                format!("{method} {path} is described twice"),
                "both are generated",
            );
        }
        found.push(Found { path, given, item, method, at });
    };
    for (key, at) in side.entries() {
        if OTHERS.contains(&key) || key.starts_with("x-") {
            continue;
        }
        let lower = key.to_ascii_lowercase();
        let is_operation = || at.get("responses").is_some() || at.get("operationId").is_some();
        if METHODS.contains(&lower.as_str()) {
            if lower != key {
                cx.sink.warning(
                    Code::UnknownMethod,
                    at.origin(),
                    format!("`{key}` should be written in small letters"),
                    "it is taken as the method",
                );
            }
            add(key.to_ascii_uppercase(), at);
        } else if is_operation() && is_token(key) {
            let method = key.to_ascii_uppercase();
            cx.sink.warning(
                Code::UnknownMethod,
                at.origin(),
                format!("`{key}` is not a method that stands in a path item by itself"),
                format!("it is taken as the method {method}, as if it stood under `additionalOperations`"),
            );
            add(method, at);
        } else {
            let message = format!("a path item has no `{key}`");
            cx.sink.warning(Code::UnknownKeyword, at.origin(), message, "it is passed over");
        }
    }
    for (method, at) in side.get("additionalOperations").into_iter().flat_map(At::entries) {
        // The key is the method as it is sent (OpenAPI 3.2, Path Item Object, `additionalOperations`).
        if is_token(method) {
            add(method.to_owned(), at);
        } else {
            let message = format!("`{method}` cannot be a method");
            cx.sink.left_out(Code::UnknownMethod, at.origin(), message, "the operation is left out");
        }
    }
    found
}

/// Why something cannot be an operation.
fn refusal(at: At<'_>) -> Option<(Code, String)> {
    match at.str("$ref") {
        Some(target) => Some((Code::BrokenRef, format!("`$ref` leads nowhere: `{target}`"))),
        None if at.is_object() => None,
        None => Some((Code::KeywordType, format!("an operation cannot be {}", at.node.type_name()))),
    }
}

/// RFC 9110, section 9.1: a method is a token.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&c))
}

/// Paths that differ only in the names of their parameters are the same to a server (OpenAPI 3.2, Paths Object).
fn tell_twins(cx: &Lower<'_>, found: &[Found<'_>]) {
    let mut seen: BTreeMap<(String, &str), &str> = BTreeMap::new();
    for entry in found {
        let key = (shape_of(entry.path), entry.method.as_str());
        let first = *seen.entry(key).or_insert(entry.path);
        if first != entry.path {
            cx.sink.warning(
                Code::Path,
                entry.at.origin(),
                format!("{} `{}` and `{first}` are one and the same call", entry.method, entry.path),
                "both are generated",
            );
        }
    }
}

/// A path without the names of its parameters.
fn shape_of(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((text, tail)) = rest.split_once('{') {
        out.push_str(text);
        out.push_str("{}");
        rest = tail.split_once('}').map_or("", |(_, tail)| tail);
    }
    out + rest
}

/// Lowers operations.
pub(super) fn lower<'a>(cx: &mut Lower<'a>, root: At<'a>, found: &[Found<'a>], ids: Vec<Identity<'a>>) {
    let mut lowered = Vec::new();
    for (entry, id) in found.iter().zip(ids) {
        let name = cx.wishes.operation(&id.id, entry);
        let operation = operation::lower(cx, root, entry, id);
        let op = cx.api.ops.push(operation);
        cx.api.choices.names.ops.extend(name.map(|name| (op, name)));
        lowered.push((op, entry.at));
    }
    // Polling and pages name other operations, so they wait until all are known.
    for (op, at) in &lowered {
        let polling = cx.polling(*op, *at);
        cx.api.ops[*op].polling = polling;
        if at.get("x-clientsmith-paging").is_none() {
            cx.api.ops[*op].paging = cx.pageable(*op, *at);
        }
        cx.long_running(*at);
    }
    cx.webhooks();
    cx.callbacks(&lowered);
    server::settle(&mut cx.api);
}

/// An operation of the document.
pub(super) struct Found<'a> {
    pub(super) path: &'a str,
    /// The path item where the path is, and at the end of its references.
    pub(super) given: At<'a>,
    pub(super) item: At<'a>,
    pub(super) method: String,
    pub(super) at: At<'a>,
}

impl<'a> Found<'a> {
    /// The values of a keyword that apply to the operation: the later one goes before.
    pub(super) fn values(&self, key: &str) -> impl DoubleEndedIterator<Item = At<'a>> + use<'a> {
        let given = Some(self.given).filter(|given| given.origin() != self.item.origin());
        [Some(self.item), given, Some(self.at)].map(|at| at?.get(key)).into_iter().flatten()
    }
}
