//! Wire names → Rust idents, per scope: collision-free first, pretty second.
//!
//! Who gets a name that several things want is decided in `scope`. Words that we add ourselves (`extra`, `Unknown`,
//! `send`) are reserved in every scope, so that a new name in a document never renames ours.

mod ident;
mod operations;
mod scope;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use ident::Kind;
pub use ident::{pascal, screaming, snake};
use operations::operations;
use scope::Scope;
pub use words::EXPORTS;
use words::{BUILDER, PRELUDE};

use crate::diag::{Code, Sink};
use crate::ir::{Api, Id as _, NameHint, Scheme, SchemeKind, TypeId, TypeKind};
use crate::lock::Lock;
use crate::plan::{self, EnumNames, Facts, HookNames, Names, Outcome, VariableNames};

/// Gives every item of an API its ident. What is wrong with names that the settings give goes to `sink`.
pub fn names(api: &Api, facts: &Facts, lock: &Lock, sink: &Sink) -> Names {
    let mut names = Names::default();
    let known = |kind: &str| lock.api(&api.name).and_then(|known| known.get(kind));
    operations(api, &known, &mut names, sink);
    types(api, facts, known("types"), &mut names, sink);
    members(api, &mut names, sink);
    hooks(api, known("webhooks"), &mut names, sink);
    servers(api, &mut names, sink);
    tags(api, known("tags"), &mut names, sink);
    let mut schemes = Scope::new(Kind::Value, BUILDER);
    let given = &api.choices.names.schemes;
    for (index, scheme) in api.schemes.iter().enumerate() {
        schemes.claim(given.get(&index), snake(&scheme.name), &scheme.name);
    }
    let oauth = |scheme: &Scheme| matches!(scheme.kind, SchemeKind::OAuth2(_));
    let urls: Vec<Option<usize>> = api
        .schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| {
            let own = given.get(&index).map_or_else(|| snake(&scheme.name), |given| given.name.clone());
            let wanted = format!("{}_token_url", own.trim_start_matches("r#"));
            oauth(scheme).then(|| schemes.claim_ours(wanted, &format!("{} token url", scheme.name)))
        })
        .collect();
    let log_ins: Vec<[Option<usize>; 2]> = api
        .schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| {
            let own = given.get(&index).map_or_else(|| snake(&scheme.name), |given| given.name.clone());
            let own = own.trim_start_matches("r#");
            let ways = [plan::authorization(&scheme.kind).is_some(), plan::device(&scheme.kind).is_some()];
            let [browser, device] = ways;
            [(browser, "authorize"), (device, "device")].map(|(is_there, word)| {
                is_there.then(|| schemes.claim_ours(format!("{own}_{word}"), &format!("{} {word}", scheme.name)))
            })
        })
        .collect();
    let idents = schemes.settle(sink).idents;
    let named = |at: Option<usize>| at.map_or_else(String::new, |at| idents[at].clone());
    names.log_ins = log_ins.into_iter().map(|ways| ways.map(named)).collect();
    names.token_urls = urls.into_iter().map(|url| url.map_or_else(String::new, |at| idents[at].clone())).collect();
    names.schemes = idents.into_iter().take(api.schemes.len()).collect();
    names
}

fn tags(api: &Api, known: Option<&BTreeMap<String, String>>, names: &mut Names, sink: &Sink) {
    // Modules are files, and Windows keeps some names for devices.
    let devices = (1..=9)
        .flat_map(|port| [format!("com{port}"), format!("lpt{port}")])
        .chain(["aux", "con", "nul", "prn"].map(str::to_owned));
    let own = ["client", "r#mod", "models", "operations", "rt", "shared", "unreferenced", "webhook_payloads"]
        .map(str::to_owned);
    let words: Vec<String> = own.into_iter().chain(devices).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut scope = Scope::new(Kind::Value, &words).remembering(known);
    let given = &api.choices.names.tags;
    for name in given.values().filter(|name| !name.name.is_ascii()) {
        sink.error(
            Code::Setting,
            name.at,
            format!("`{}` cannot be the name of a module: rustc wants the names of files in ASCII", name.name),
        );
    }
    for (id, tag) in api.tags.iter() {
        scope.claim(given.get(&id), module(&tag.name), &tag.name);
    }
    let settled = scope.settle(sink);
    names.tags = settled.idents;
    names.notes.insert("tags".to_owned(), settled.notes);
}

/// The module of a tag. It is a file too, and rustc wants those in ASCII.
fn module(tag: &str) -> String {
    if tag.is_empty() {
        return "general".to_owned();
    }
    let ascii: String =
        tag.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!(" u{:x} ", u32::from(c)) }).collect();
    snake(&ascii)
}

fn types(api: &Api, facts: &Facts, known: Option<&BTreeMap<String, String>>, names: &mut Names, sink: &Sink) {
    let given = &api.choices.names.types;
    let mut scope = Scope::new(Kind::Type, PRELUDE).remembering(known);
    let named: Vec<TypeId> = api
        .types
        .iter()
        .filter(|(id, definition)| definition.component || facts.emitted[id.index()])
        .map(|(id, _)| id)
        .collect();
    let requests: BTreeMap<&str, &str> = api
        .ops
        .iter()
        .zip(&names.ops)
        .map(|((_, op), names)| (op.hint.base.as_str(), names.request.as_str()))
        .collect();
    for id in &named {
        let definition = &api.types[*id];
        let text = hint_text(&definition.hint);
        match given.get(id) {
            None if !definition.component => {
                let request = requests.get(definition.hint.base.as_str()).filter(|_| definition.hint.of_operation);
                let wanted = request.map_or_else(|| pascal(&text), |request| inside(request, &definition.hint));
                scope.claim_ours(wanted, &text)
            }
            given => scope.claim(given, pascal(&text), &text),
        };
    }
    let settled = scope.settle(sink);
    names.types = vec![String::new(); api.types.len()];
    for (id, ident) in named.into_iter().zip(settled.idents) {
        names.types[id.index()] = ident;
    }
    names.notes.insert("types".to_owned(), settled.notes);
}

/// What stands inside of an operation is called after its request.
fn inside(request: &str, hint: &NameHint) -> String {
    let whole = pascal(&hint_text(hint));
    match whole.strip_prefix(&pascal(&hint.base)) {
        Some(rest) => format!("{request}{rest}"),
        None => pascal(&format!("{request} {}", hint.path.join(" "))),
    }
}

fn hint_text(hint: &NameHint) -> String {
    let parts: Vec<&str> = std::iter::once(&hint.base).chain(&hint.path).map(String::as_str).collect();
    parts.join(" ")
}

fn members(api: &Api, names: &mut Names, sink: &Sink) {
    let given = &api.choices.names;
    for (id, definition) in api.types.iter() {
        let mut fields = Vec::new();
        let mut variants = Vec::new();
        match &definition.kind {
            TypeKind::Struct(structure) => {
                let mut scope = Scope::new(Kind::Value, &["extra"]);
                for (index, field) in structure.fields.iter().enumerate() {
                    let text = field.name.as_ref().unwrap_or(&field.wire);
                    scope.claim(given.fields.get(&(id, index)), snake(text), text);
                }
                fields = scope.settle(sink).idents;
            }
            TypeKind::Enum(list) => {
                let mut scope = Scope::new(Kind::Type, &["Self", "Unknown"]);
                for (index, value) in list.values.iter().enumerate() {
                    let wanted = pascal(value.name.as_deref().unwrap_or(&value.wire));
                    scope.claim(given.variants.get(&(id, index)), wanted, &value.wire);
                }
                variants = scope.settle(sink).idents;
            }
            TypeKind::Union(union) => {
                let mut scope = Scope::new(Kind::Type, &["Self", "Unknown"]);
                for (index, variant) in union.variants.iter().enumerate() {
                    let text = hint_text(&variant.hint);
                    scope.claim(given.variants.get(&(id, index)), pascal(&text), &text);
                }
                variants = scope.settle(sink).idents;
            }
            TypeKind::Alias(_) => {}
        }
        names.fields.push(fields);
        names.extra.push("extra".to_owned());
        names.variants.push(variants);
        names.unknown.push("Unknown".to_owned());
    }
}

/// The functions that read what the server sends, and the types of bodies that can be one of several.
fn hooks(api: &Api, known: Option<&BTreeMap<String, String>>, names: &mut Names, sink: &Sink) {
    let mut functions = Scope::new(Kind::Value, &[]).remembering(known);
    let mut payloads = Scope::new(Kind::Type, PRELUDE);
    let mut enums = Vec::new();
    for hook in &api.hooks {
        let text = hint_text(&hook.hint);
        functions.claim(None, snake(&text), &text);
        let Outcome::Many(cases) = plan::payload(hook) else {
            enums.push(None);
            continue;
        };
        let mut variants = Scope::new(Kind::Type, &["Self"]);
        for media in cases.iter().filter_map(|case| case.media) {
            variants.claim(None, pascal(&media.name), &media.name);
        }
        let at = payloads.claim(None, format!("{}Payload", pascal(&text)), &text);
        enums.push(Some((at, variants.settle(sink).idents)));
    }
    let (functions, payloads) = (functions.settle(sink), payloads.settle(sink).idents);
    let mut tables = Scope::new(Kind::Static, &[]);
    for function in &functions.idents {
        tables.claim(None, table_of(function), function);
    }
    let tables = tables.settle(sink).idents;
    for ((function, table), payload) in functions.idents.into_iter().zip(tables).zip(enums) {
        let payload = payload.map(|(at, variants)| EnumNames { name: payloads[at].clone(), variants });
        names.hooks.push(HookNames { function, table, payload });
    }
    names.notes.insert("webhooks".to_owned(), functions.notes);
}

fn servers(api: &Api, names: &mut Names, sink: &Sink) {
    let mut constructors = Scope::new(Kind::Value, &["clone", "fmt", "from", "into", "url", "custom"]);
    let own = ["Client", "ClientBuilder", "Server", "Self", "Option", "String", "Vec", "Into", "From", "Result"];
    let mut kinds = Scope::new(Kind::Type, &[own.as_slice(), EXPORTS].concat());
    for (index, server) in api.servers.iter().enumerate() {
        let text = match (server.name.as_ref().or(server.description.as_ref()), api.servers.len()) {
            (_, 1) => "new".to_owned(),
            // A short description is a name; a sentence is not.
            (Some(words), _) if words.len() <= 32 => words.clone(),
            _ => format!("server {}", index + 1),
        };
        constructors.claim(None, snake(&text), &text);
        for variable in server.variables.iter().filter(|variable| !variable.values.is_empty()) {
            kinds.claim(None, pascal(&variable.name), &variable.name);
        }
    }
    names.servers = constructors.settle(sink).idents;
    let mut kinds = kinds.settle(sink).idents.into_iter();
    for server in &api.servers {
        let mut arguments = Scope::new(Kind::Value, &[]);
        for variable in &server.variables {
            arguments.claim(None, snake(&variable.name), &variable.name);
        }
        let variables = server.variables.iter().zip(arguments.settle(sink).idents).map(|(variable, argument)| {
            let mut variants = Scope::new(Kind::Type, &["Self"]);
            for value in &variable.values {
                variants.claim(None, pascal(value), value);
            }
            let kind = if variable.values.is_empty() { None } else { kinds.next() };
            VariableNames { argument, kind: kind.unwrap_or_default(), variants: variants.settle(sink).idents }
        });
        names.server_variables.push(variables.collect());
    }
}

/// What the table of a request or a hook is called. Where letters have no case, it would be called as that itself, in the
/// same place.
fn table_of(name: &str) -> String {
    let plain = name.trim_start_matches("r#");
    let table = screaming(plain);
    if table == plain { format!("{table}_OP") } else { table }
}
