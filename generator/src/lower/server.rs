//! Servers and their variables (OpenAPI 3.2, Server Object and Server Variable Object).

use super::Lower;
use super::paths::Found;
use crate::diag::{Code, Sink};
use crate::ir::{Api, Server, ServerVariable};
use crate::load::{At, Version};

/// The servers of a document, path item or operation.
pub(super) fn servers(at: At<'_>, sink: &Sink) -> Vec<Server> {
    at.get("servers").into_iter().flat_map(At::items).filter_map(|server| one(server, sink)).collect()
}

/// The servers that an operation has in place of the document's: its own, else those of its path.
pub(super) fn own<'a>(cx: &Lower<'a>, entry: &Found<'a>) -> Vec<Server> {
    if cx.doc.version == Version::V2 {
        return cx.own_servers_v2(entry.at);
    }
    let own = servers(entry.at, cx.sink);
    if own.is_empty() { servers(entry.item, cx.sink) } else { own }
}

/// Servers of operations that are the document's say nothing; and those that all operations have are the document's.
pub(super) fn settle(api: &mut Api) {
    let same = {
        let mut all = api.ops.iter().map(|(_, operation)| &operation.servers);
        let first = all.next().filter(|first| !first.is_empty());
        first.filter(|first| all.all(|servers| servers == *first)).cloned()
    };
    if let Some(servers) = same {
        api.servers = servers;
    }
    let ids: Vec<_> = api.ops.ids().collect();
    for id in ids {
        if api.ops[id].servers == api.servers {
            api.ops[id].servers.clear();
        }
    }
}

fn one(at: At<'_>, sink: &Sink) -> Option<Server> {
    let Some(given) = at.str("url") else {
        sink.left_out(Code::Server, at.origin(), "a server has no `url`", "the server is left out");
        return None;
    };
    let url = given.trim();
    if other_scheme(url).is_some() {
        let message = format!("the server `{url}` is not called by HTTP");
        sink.left_out(Code::Server, at.origin(), message, "the server is left out");
        return None;
    }
    // Paths are added to it, so it cannot have a query or a fragment (OpenAPI 3.2, Server Object, `url`).
    let end = url.find(['?', '#']).unwrap_or(url.len());
    if end < url.len() {
        sink.warning(
            Code::Server,
            at.origin(),
            format!("the address `{url}` has a query or a fragment"),
            "it is cut off: paths are added to the address of a server",
        );
    }
    let url = &url[..end];
    let mut variables: Vec<ServerVariable> = at
        .get("variables")
        .into_iter()
        .flat_map(At::entries)
        .map(|(name, variable)| declared_variable(name, variable, sink))
        .collect();
    // A part of the template without a declaration is taken as a variable that any text may fill.
    for name in template_names(url) {
        if !variables.iter().any(|variable| variable.name == name) {
            sink.warning(
                Code::Server,
                at.origin(),
                format!("the server's variable `{name}` is not declared"),
                "it is taken as free text without a default",
            );
            variables.push(ServerVariable { name: name.to_owned(), ..ServerVariable::default() });
        }
    }
    let text = |key| at.str(key).map(str::to_owned);
    Some(Server { url: url.to_owned(), name: text("name"), description: text("description"), variables })
}

/// The scheme of an address that no HTTP client can call (RFC 9110, section 4.2); one in a variable is not known yet.
pub(super) fn other_scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once("://").filter(|(scheme, _)| !scheme.contains(['{', '/']))?;
    let is_http = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (!is_http).then_some(scheme)
}

/// A variable with its values. Its default is one of them (OpenAPI 3.2, Server Variable Object, `default`).
pub(super) fn declared_variable(name: &str, at: At<'_>, sink: &Sink) -> ServerVariable {
    let text = |at: At<'_>| at.as_str().map_or_else(|| at.node.to_json(), str::to_owned);
    let mut values: Vec<String> = Vec::new();
    for value in at.get("enum").into_iter().flat_map(At::items).map(text) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let given = at.get("default").map(text);
    let default = match given {
        Some(default) if values.is_empty() || values.contains(&default) => default,
        Some(default) if !default.is_empty() => {
            sink.warning(
                Code::Server,
                at.origin(),
                format!("the default `{default}` of the server's variable `{name}` is none of its values"),
                "it is added to them",
            );
            values.insert(0, default.clone());
            default
        }
        _ => values.first().cloned().unwrap_or_default(),
    };
    ServerVariable { name: name.to_owned(), default, values, description: at.str("description").map(str::to_owned) }
}

/// The names in braces of a template.
pub(super) fn template_names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((_, tail)) = rest.split_once('{') {
        let Some((name, tail)) = tail.split_once('}') else { break };
        names.push(name);
        rest = tail;
    }
    names
}
