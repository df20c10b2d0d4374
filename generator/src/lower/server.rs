//! Servers and their variables (OpenAPI 3.2, Server Object).

use crate::diag::{Code, Sink};
use crate::ir::{Server, ServerVariable};
use crate::load::At;

/// The servers of a document, path item or operation.
pub(super) fn servers(at: At<'_>, sink: &Sink) -> Vec<Server> {
    at.get("servers").into_iter().flat_map(At::items).filter_map(|server| one(server, sink)).collect()
}

fn one(at: At<'_>, sink: &Sink) -> Option<Server> {
    let Some(url) = at.str("url") else {
        sink.left_out(Code::Server, at.origin(), "a server has no `url`", "the server is left out");
        return None;
    };
    let mut variables = Vec::new();
    for (name, variable) in at.get("variables").into_iter().flat_map(At::entries) {
        let text = |at: At<'_>| at.as_str().map_or_else(|| at.node.to_json(), str::to_owned);
        let values: Vec<String> = variable.get("enum").into_iter().flat_map(At::items).map(text).collect();
        let default = variable.get("default").map(text).or_else(|| values.first().cloned()).unwrap_or_default();
        variables.push(ServerVariable {
            name: name.to_owned(),
            default,
            values,
            description: variable.str("description").map(str::to_owned),
        });
    }
    // A part of the template without a declaration is taken as a variable that any text may fill.
    for name in template_names(url) {
        if !variables.iter().any(|variable| variable.name == name) {
            sink.warning(
                Code::Server,
                at.origin(),
                format!("the server's variable `{name}` is not declared"),
                "it is taken as free text without a default",
            );
            variables.push(ServerVariable {
                name: name.to_owned(),
                default: String::new(),
                values: Vec::new(),
                description: None,
            });
        }
    }
    Some(Server { url: url.trim().to_owned(), description: at.str("description").map(str::to_owned), variables })
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
