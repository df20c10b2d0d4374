//! Operations (OpenAPI 3.2, Operation Object).

use std::collections::BTreeMap;

use super::body::Way;
use super::param::Declared;
use super::paths::Found;
use super::{Lower, prose, security, server, template};
use crate::diag::{Code, Diagnostic, Severity};
use crate::ir::{Body, NameHint, Operation, Origin};
use crate::load::{At, Version};
use crate::lock;

/// What tells an operation from others, and what its names are made from.
pub(super) struct Identity<'a> {
    /// Its `operationId` where that is its own, else a stable text from method and path.
    pub(super) id: String,
    /// The `operationId` as written.
    given: Option<&'a str>,
    pub(super) hint: NameHint,
}

/// What each operation is called after, by its place; of one that stands for several paths, the smallest. What is left out
/// has a name, too: others may refer to what stands in it.
pub(super) fn hints(
    all: &[(Origin, NameHint)],
    found: &[Found<'_>],
    ids: &[Identity<'_>],
) -> BTreeMap<Origin, NameHint> {
    let mut hints: BTreeMap<Origin, NameHint> = BTreeMap::new();
    for (entry, id) in found.iter().zip(ids) {
        let known = hints.entry(entry.at.origin()).or_insert_with(|| id.hint.clone());
        if id.hint < *known {
            known.clone_from(&id.hint);
        }
    }
    for (at, hint) in all {
        hints.entry(*at).or_insert_with(|| hint.clone());
    }
    hints
}

/// What an operation is called after where no other counts.
pub(super) fn own_hint(entry: &Found<'_>) -> (Origin, NameHint) {
    (entry.at.origin(), NameHint::operation(given(entry).map_or_else(|| stable(entry), str::to_owned)))
}

/// The identity of each operation.
pub(super) fn identities<'a>(cx: &Lower<'a>, found: &[Found<'a>]) -> Vec<Identity<'a>> {
    let owners = owners(cx, found);
    let one = |(index, entry): (usize, &Found<'a>)| {
        let given = given(entry);
        let own = given.filter(|id| owners.get(id) == Some(&index));
        let id = own.map_or_else(|| stable(entry), str::to_owned);
        let name = cx.wishes.operation(&id, entry).map(|given| given.name);
        if own.is_some() || name.is_some() {
            // It has a name.
        } else if let Some(given) = given {
            let at = entry.at.get("operationId").unwrap_or(entry.at).origin();
            let message = match owners.contains_key(given) {
                true => format!("the operationId `{given}` is used twice"),
                false => format!("the operationId `{given}` was that of another operation before"),
            };
            cx.sink.warning(
                Code::DuplicateOperationId,
                at,
                message,
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
        let hint = NameHint::operation(name.unwrap_or_else(|| id.clone()));
        Identity { id, given, hint }
    };
    found.iter().enumerate().map(one).collect()
}

fn given<'a>(entry: &Found<'a>) -> Option<&'a str> {
    entry.at.str("operationId").map(str::trim).filter(|id| !id.is_empty())
}

/// The text that stands for an operation without an id of its own.
fn stable(entry: &Found<'_>) -> String {
    format!("{} {}", entry.method.to_ascii_lowercase(), entry.path)
}

/// Which operation each `operationId` belongs to. Of several with one id that is the one which had it in an earlier run,
/// else the one whose path, then whose method is smaller: the order of the document does not matter. One that had to do
/// without before does without as long as the id is written there, so that it is not renamed when the other one goes.
fn owners<'a>(cx: &Lower<'a>, found: &[Found<'a>]) -> BTreeMap<&'a str, usize> {
    let noted = |kind: &str, key: &str| cx.lock.and_then(|lock| lock.get(kind)?.get(key)).map(String::as_str);
    let mut owners: BTreeMap<&str, (bool, &Found<'_>, usize)> = BTreeMap::new();
    for (index, entry) in found.iter().enumerate() {
        let Some(id) = given(entry) else { continue };
        let place = stable(entry);
        if noted(lock::WITHOUT_ID, &place) == Some(id) {
            continue;
        }
        let had = noted(lock::IDS, id) == Some(lock::mark(&place).as_str());
        let rank = |had: bool, entry: &Found<'_>| (!had, entry.path.to_owned(), entry.method.clone());
        let before = owners.get(id).map(|(had, entry, _)| rank(*had, entry));
        if before.is_none_or(|before| rank(had, entry) < before) {
            owners.insert(id, (had, entry, index));
        }
    }
    owners.into_iter().map(|(id, (.., index))| (id, index)).collect()
}

/// Lowers one operation.
pub(super) fn lower<'a>(
    cx: &mut Lower<'a>,
    root: At<'a>,
    entry: &Found<'a>,
    Identity { id, given, hint }: Identity<'a>,
) -> Operation {
    let at = entry.at;
    let mut declared = cx.declared(entry);
    let in_path: Vec<&str> = declared.iter().filter(|known| known.place == "path").map(|known| known.name).collect();
    let mut template = template::read(entry.path, &in_path);
    cx.settle_fixed(&mut template, &mut declared);
    for (message, effect) in &template.problems {
        let problem = Diagnostic::new(Code::Path, Severity::Warning, entry.given.origin(), message);
        cx.sink.push(Diagnostic { effect: Some((*effect).to_owned()), on_key: true, ..problem });
    }
    for (name, message) in &template.misnamed {
        let param = declared.iter().find(|known| known.place == "path" && known.name == name);
        let at = param.map_or(at, |param| param.at).origin();
        cx.sink.warning(Code::Path, at, message, "one is taken for the other");
    }
    let params = cx.params(entry, &template, &declared, &hint);
    let path = if template.fixed.is_empty() { template.path } else { format!("{}?{}", template.path, template.fixed) };
    let body = body(cx, root, entry, &declared, &hint, Way::Out);
    let replies = cx.replies(at, &hint);
    let tag = cx.group(at);
    let servers = server::own(cx, entry);
    let mut operation = Operation {
        id,
        given: given.map(str::to_owned),
        place: stable(entry),
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
        operation.doc = cx.said(entry.given, entry.item, true);
    }
    operation.paging = cx.paging(&operation, at);
    operation.login = cx.login(at);
    operation
}

/// The body. One that is declared as a parameter, as 2.0 has it, is taken in 3.x as well, and the other way round.
pub(super) fn body<'a>(
    cx: &mut Lower<'a>,
    root: At<'a>,
    entry: &Found<'a>,
    declared: &[Declared<'a>],
    hint: &NameHint,
    way: Way,
) -> Option<Body> {
    if cx.doc.version == Version::V2 {
        let body = cx.body_v2(root, entry, hint);
        let Some(new) = entry.at.get("requestBody") else { return body };
        cx.sink.warning(
            Code::UnknownKeyword,
            new.origin(),
            "Swagger 2.0 has no `requestBody`",
            if body.is_some() { "the parameters count" } else { "it is read as in OpenAPI 3" },
        );
        return body.or_else(|| cx.request_body(entry.at, hint, way));
    }
    let old = declared.iter().find(|known| matches!(known.place, "body" | "formData"));
    let Some(old) = old else { return cx.request_body(entry.at, hint, way) };
    let instead = entry.at.get("requestBody").is_none();
    cx.sink.warning(
        Code::ParameterStyle,
        old.at.origin(),
        format!("OpenAPI 3 has no parameter in `{}`", old.place),
        if instead { "it is taken as the request body" } else { "`requestBody` counts" },
    );
    if instead { cx.body_v2(root, entry, hint) } else { cx.request_body(entry.at, hint, way) }
}
