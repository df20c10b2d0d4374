//! The page on credentials, on what a call gives, and on errors.

use super::operation::table;
use super::site::{AUTH, MODELS, OPERATIONS, Site};
use super::walks;
use super::{MARK, markdown, prose};
use crate::ir::{
    Flow, FlowKind, Jwt, KeyPlace, OpId, Operation, Presence, Scheme, SchemeKind, Shape, TextFormat, TypeKind,
};
use crate::names::EXPORTS;
use crate::template::{self, Value, list, markup, markups, values};

/// The page.
pub(super) fn page(site: &Site<'_>) -> String {
    let schemes = site.api.schemes.iter().enumerate().map(|(index, scheme)| section(site, index, scheme));
    let logins = site.api.ops.iter().filter(|(_, op)| op.login.is_some()).map(|(id, _)| id);
    let logins = logins.filter_map(|id| Some(format!("{}: {}", site.op_link(AUTH, id), walks::login(site, AUTH, id)?)));
    let back = [markdown::link("Operations", OPERATIONS), markdown::link("Models", MODELS)];
    template::render(
        "docs/errors-and-auth.md",
        values([
            ("mark", markup(MARK)),
            ("title", markup(site.title())),
            ("back", markup(back.join(" · "))),
            ("example", markup(markdown::fence("rust", &client_example(site)))),
            ("logins", markups(logins)),
            ("schemes", list(schemes)),
            ("fetched", markups(fetched(site).then(|| FETCHED.to_owned()))),
            ("call_example", markup(markdown::fence("rust", &error_example(site)))),
        ]),
    )
}

const FETCHED: &str = "A token that was fetched is kept, renewed shortly before it ends, and fetched once more when a call is answered with 401; of calls at the same time only one fetches it.";

/// Whether the client gets tokens by itself.
fn fetched(site: &Site<'_>) -> bool {
    let grants = |scheme: &Scheme| matches!(&scheme.kind, SchemeKind::OAuth2(flows) if flows.iter().any(|flow| flow.kind == FlowKind::ClientCredentials));
    site.api.schemes.iter().any(grants) || site.api.ops.iter().any(|(_, op)| op.login.is_some())
}

fn section(site: &Site<'_>, index: usize, scheme: &Scheme) -> Value {
    let mut about = prose::blocks(&scheme.doc);
    about.push(sent(&scheme.kind));
    about.push(format!("Set it on the builder: {}", markdown::code(&call(site, index))));
    if scheme.kind == SchemeKind::MutualTls {
        about.push(
            "The certificate itself is the transport's: see `ReqwestTransport::builder().identity(…)`.".to_owned(),
        );
    }
    let [browser, device] = site.own.names.log_ins.get(index).cloned().unwrap_or_default();
    if !browser.is_empty() {
        let start = markdown::code(&format!(".{browser}(AuthorizationCode::new(\"client id\", \"redirect\"))"));
        about.push(format!("{start} starts a log-in by a browser, with proof key (PKCE); the tokens that it gives are set on the builder."));
    }
    if !device.is_empty() {
        let start = markdown::code(&format!(".{device}(DeviceCode::new(\"client id\"))"));
        about.push(format!(
            "{start} starts a log-in on another device; the tokens that it gives are set on the builder."
        ));
    }
    if let Some(jwt) = &scheme.jwt {
        about.push(signed(jwt));
    }
    let claims = scheme.jwt.iter().flat_map(|jwt| &jwt.claims).map(|(name, what)| {
        values([("name", markup(markdown::code_cell(name))), ("what", markup(markdown::cell(what)))])
    });
    let flows = match &scheme.kind {
        SchemeKind::OAuth2(flows) => flows.as_slice(),
        _ => &[],
    };
    let scopes =
        flows.iter().flat_map(|flow| flow.scopes.iter().map(|(name, what)| (flow_name(flow.kind), name, what)));
    let scopes = scopes.map(|(flow, name, what)| {
        values([
            ("name", markup(markdown::code_cell(name))),
            ("flow", markup(flow)),
            ("description", markup(markdown::cell(what))),
        ])
    });
    values([
        ("anchor", markup(site.scheme_anchor(index))),
        ("name", markup(markdown::label(&scheme.name))),
        ("about", markups(about)),
        ("flows", table(flows.iter().map(flow_row).collect())),
        ("scopes", table(scopes.collect())),
        ("claims", table(claims.collect())),
    ])
}

/// What travels with a call.
fn sent(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { place, name } => {
            let place = match place {
                KeyPlace::Header => "header",
                KeyPlace::Query => "query parameter",
                KeyPlace::Cookie => "cookie",
            };
            format!("A key in the {place} {}.", markdown::code(name))
        }
        SchemeKind::Basic => "User name and password, as HTTP Basic.".to_owned(),
        SchemeKind::Bearer { format: Some(format) } => {
            format!("A bearer token ({}) in the header `Authorization`.", markdown::plain(format))
        }
        SchemeKind::Bearer { format: None } => "A bearer token in the header `Authorization`.".to_owned(),
        SchemeKind::Http(scheme) => format!("The header `Authorization` with the scheme {}.", markdown::code(scheme)),
        SchemeKind::OAuth2(_) => "An OAuth 2 access token, as bearer token in the header `Authorization`.".to_owned(),
        SchemeKind::OpenId { url } => format!(
            "An OpenID Connect token, as bearer token in the header `Authorization`; the provider describes itself at {}.",
            markdown::plain(url)
        ),
        SchemeKind::MutualTls => "A client certificate (mutual TLS).".to_owned(),
    }
}

fn signed(jwt: &Jwt) -> String {
    let key = jwt.key.as_deref().map_or_else(String::new, |key| format!(" The key: {}.", markdown::line(key)));
    format!(
        "The value is a JSON Web Token that the client signs with {}; `JwtSigner` makes it.{key}",
        markdown::code(&jwt.algorithm)
    )
}

fn flow_name(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::ClientCredentials => "client credentials",
        FlowKind::Password => "password",
        FlowKind::AuthorizationCode => "authorization code",
        FlowKind::Implicit => "implicit",
        FlowKind::Device => "device authorization",
    }
}

fn flow_row(flow: &Flow) -> Value {
    let urls = [
        ("token", &flow.token_url),
        ("authorization", &flow.authorization_url),
        ("refresh", &flow.refresh_url),
        ("device", &flow.device_url),
    ];
    let urls = urls
        .into_iter()
        .filter_map(|(what, url)| url.as_ref().map(|url| format!("{what}: {}", markdown::code_cell(url))));
    let done = match flow.kind {
        FlowKind::ClientCredentials => "The client fetches the token, keeps it and renews it.",
        FlowKind::Password => {
            "Give a `PasswordGrant` to the builder: the client fetches the token, keeps it and renews it."
        }
        FlowKind::AuthorizationCode | FlowKind::Device => {
            "The builder starts the log-in; the client renews the tokens."
        }
        FlowKind::Implicit => "Get a token by this flow and give it to the builder, or give a `TokenProvider`.",
    };
    values([
        ("name", markup(flow_name(flow.kind))),
        ("urls", markup(urls.collect::<Vec<_>>().join("<br>"))),
        ("done", markup(done)),
    ])
}

/// The builder's call that sets a scheme.
fn call(site: &Site<'_>, index: usize) -> String {
    let name = site.own.names.schemes.get(index).map_or("", String::as_str);
    let Some(scheme) = site.api.schemes.get(index) else { return String::new() };
    let value = match (&scheme.kind, &scheme.jwt) {
        (SchemeKind::MutualTls, _) => return format!(".{name}()"),
        (SchemeKind::Basic, _) => return format!(".{name}(\"user\", \"password\")"),
        (SchemeKind::OAuth2(flows), _) if flows.iter().any(|flow| flow.kind == FlowKind::ClientCredentials) => {
            "Credential::client_credentials(\"client id\", \"client secret\")".to_owned()
        }
        (_, Some(jwt)) if signer(jwt).is_some() => signer(jwt).unwrap_or_default(),
        _ => "Credential::token(\"secret\")".to_owned(),
    };
    format!(".{name}({value})")
}

/// The signer of a token, where the algorithm is one that it knows.
fn signer(jwt: &Jwt) -> Option<String> {
    let method = match jwt.algorithm.as_str() {
        "HS256" => "hs256",
        "HS384" => "hs384",
        "HS512" => "hs512",
        _ => return None,
    };
    let mut out = format!("JwtSigner::{method}(\"secret\")");
    for (name, what) in &jwt.claims {
        match name.as_str() {
            // The signer writes these itself.
            "iat" => out.push_str(".issued_at()"),
            "exp" => out.push_str(".lasting(std::time::Duration::from_secs(600))"),
            "nbf" => {}
            "jti" => out.push_str(".unique_id()"),
            name => out.push_str(&format!(".claim({}, {})", literal(name), literal(what))),
        }
    }
    Some(out)
}

/// Text as a Rust string literal.
fn literal(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A function that makes a client with the credentials that the first call with any needs.
pub(crate) fn client_example(site: &Site<'_>) -> String {
    let needed = site.api.ops.iter().find_map(|(_, op)| op.security.iter().find(|needs| !needs.is_empty()));
    let mut calls = Vec::new();
    let mut login = None;
    for need in needed.into_iter().flatten() {
        let provider = site.api.ops.iter().find(|(_, op)| {
            op.login.as_ref().is_some_and(|login| login.provides.iter().any(|(scheme, _)| *scheme == need.scheme))
        });
        if let Some((id, operation)) = provider {
            login.get_or_insert((id, operation));
        } else if let Some(index) = site
            .api
            .schemes
            .iter()
            .position(|scheme| scheme.name == need.scheme && scheme.kind != SchemeKind::MutualTls)
        {
            calls.push(call(site, index));
        }
    }
    let mut body = String::new();
    if let Some((text, call)) = login.and_then(|(id, operation)| login_call(site, id, operation)) {
        body = text;
        calls.insert(0, call);
    }
    let root = site.plan.crate_ident();
    let module = if site.own.module.is_empty() { root.clone() } else { format!("{root}::{}", site.own.module) };
    let mut uses = imports(&root, &module, body.contains("models::"), &calls);
    uses.sort();
    let calls: String = calls.iter().map(|call| wrapped(call)).collect();
    format!(
        "{}\nfn client() -> Result<Client, Error> {{\n{body}    Client::builder()\n{calls}        .build()\n}}",
        uses.concat()
    )
}

/// A call of the builder, on several lines when it is long.
fn wrapped(call: &str) -> String {
    let line = format!("        {call}\n");
    let chain = call
        .split_once('(')
        .and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?)))
        .filter(|(_, value)| line.len() > 100 && value.contains("JwtSigner"));
    let Some((name, value)) = chain else { return line };
    // Claims are literals of ours: a quote inside of one is escaped, so `").` only ends a call.
    format!("        {name}(\n            {},\n        )\n", value.replace("\").", "\")\n                ."))
}

/// The lines that bring the names of the example into scope. Some stand at the crate's root, others in the runtime.
fn imports(root: &str, module: &str, models: bool, calls: &[String]) -> Vec<String> {
    let used = |name: &&str| *name == "Error" || calls.iter().any(|call| call.contains(&format!("{name}::")));
    let names: Vec<&str> = ["Credential", "Error", "JwtSigner"].into_iter().filter(used).collect();
    let (at_root, inside): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| EXPORTS.contains(name));
    let mut own = if models { vec!["Client", "models"] } else { vec!["Client"] };
    let mut groups = vec![(format!("{root}::runtime::auth"), inside)];
    if module == root {
        own.extend(at_root);
    } else {
        groups.push((root.to_owned(), at_root));
    }
    groups.push((module.to_owned(), own));
    let line = |(path, mut names): (String, Vec<&str>)| {
        names.sort_unstable();
        match names.as_slice() {
            [] => None,
            [only] => Some(format!("use {path}::{only};\n")),
            many => Some(format!("use {path}::{{{}}};\n", many.join(", "))),
        }
    };
    groups.into_iter().filter_map(line).collect()
}

/// The body of a log-in, and the builder's call that takes it.
fn login_call(site: &Site<'_>, id: OpId, operation: &Operation) -> Option<(String, String)> {
    use crate::ir::Id as _;
    let media = operation.body.as_ref()?.media.first()?;
    let Shape::Named(kind) = &media.shape else { return None };
    let TypeKind::Struct(structure) = &site.api.types[*kind].kind else { return None };
    let mut fields: Vec<String> = Vec::new();
    for (field, name) in structure.fields.iter().zip(site.own.names.fields.get(kind.index())?) {
        if field.presence == Presence::Required
            && matches!(field.shape, Shape::Text(TextFormat::Plain | TextFormat::Password))
        {
            fields.push(format!("        {name}: {}.into(),\n", literal(&field.wire)));
        }
    }
    // All members but these, and the one for unknown members, which is always there.
    fields.push("        ..Default::default()\n".to_owned());
    let body = format!("    let body = {} {{\n{}    }};\n", site.own.type_path(*kind), fields.concat());
    Some((body, format!(".{}(&body)", site.own.op(id).method)))
}

/// How an error is looked at.
fn error_example(site: &Site<'_>) -> String {
    let root = site.plan.crate_ident();
    format!(
        "use {root}::{{Error, ErrorKind}};\n\nfn report(error: &Error) -> String {{\n    match (error.kind(), error.retry_after()) {{\n        (ErrorKind::Status, Some(wait)) => format!(\"try again in {{}} s\", wait.as_secs()),\n        (ErrorKind::Status, None) if error.status() == Some(404) => \"not there\".to_owned(),\n        _ => error.to_string(),\n    }}\n}}"
    )
}
