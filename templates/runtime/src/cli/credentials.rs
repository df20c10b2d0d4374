//! From flags and environment to a client.

use super::super::auth::{Credential, Scheme, SchemeKind};
use super::super::call::{Core, CoreBuilder};
use super::super::http::Transport;
use super::content;
use super::hide::Secrets;
use super::outcome::{Failure, refused};
use super::parse::Settings;
use super::table::Tool;
use super::verbose::Verbose;
use super::world::World;
use std::sync::Arc;

/// The environment variable that holds a credential, such as `PET_STORE_API_KEY`.
pub(super) fn variable(tool: &Tool, scheme: &str) -> String {
    let upper = |text: &str| {
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect::<String>()
    };
    format!("{}_{}", upper(tool.api.name), upper(scheme))
}

/// What the value of a scheme looks like.
pub(super) fn form(scheme: &Scheme) -> Option<&'static str> {
    match scheme.kind {
        SchemeKind::HttpBasic => Some("USER:PASSWORD"),
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => Some("TOKEN, or client:ID:SECRET"),
        SchemeKind::MutualTls => None,
        _ => Some("VALUE"),
    }
}

/// The client that the flags and the environment make.
pub(super) fn client(tool: &'static Tool, settings: &Settings, world: &mut World) -> Result<Core, Failure> {
    let mut core = CoreBuilder::new(tool.api);
    let server = settings.server.clone().or_else(|| (world.variable)(&variable(tool, "server")));
    if let Some(server) = server {
        core = match server.parse::<usize>() {
            Ok(number) if (1..=tool.api.servers.len()).contains(&number) => core.server(number - 1),
            Ok(number) => return refused(format!("--server {number}: there is no server of that number")),
            Err(_) => core.url(server),
        };
    }
    for (name, value) in &settings.variables {
        let of_operations = tool.entries().flat_map(|entry| entry.op.servers);
        let mut known = tool.api.servers.iter().chain(of_operations).flat_map(|server| server.variables);
        match known.find(|(known, _)| known == name) {
            Some((known, _)) => core = core.variable(known, value.clone()),
            None => return refused(format!("--server-variable {name}: no server has such a variable")),
        }
    }
    for (name, value) in &settings.headers {
        core = core.header(name, value);
    }
    if let Some(timeout) = settings.timeout {
        core = core.timeout(timeout);
    }
    for (name, url) in &settings.token_urls {
        core = core.token_url(scheme(tool, name)?.name, url);
    }
    let mut secrets = Secrets::default();
    for scheme in tool.api.schemes {
        if let Some(value) = (world.variable)(&variable(tool, scheme.name)) {
            secrets.add(secret(scheme, &value));
            core = core.credential(scheme.name, credential(scheme, &value)?);
        }
    }
    for (name, value) in &settings.auth {
        let scheme = scheme(tool, name)?;
        let value = if value.starts_with('@') { content::text(world, value)? } else { value.clone() };
        let value = value.trim_end_matches(['\r', '\n']);
        secrets.add(secret(scheme, value));
        core = core.credential(scheme.name, credential(scheme, value)?);
    }
    if let Some(transport) = transport(tool, settings, secrets, world)? {
        core = core.transport(transport);
    }
    Ok(core.build()?)
}

fn scheme(tool: &Tool, name: &str) -> Result<&'static Scheme, Failure> {
    match tool.api.schemes.iter().find(|scheme| scheme.name == name) {
        Some(scheme) => Ok(scheme),
        None => {
            let known: Vec<&str> = tool.api.schemes.iter().map(|scheme| scheme.name).collect();
            refused(format!("there is no security scheme `{name}`; there are: {}", known.join(", ")))
        }
    }
}

fn credential(scheme: &Scheme, value: &str) -> Result<Credential, Failure> {
    match scheme.kind {
        SchemeKind::HttpBasic => match value.split_once(':') {
            Some((user, password)) => Ok(Credential::basic(user, password)),
            None => refused(format!("the credential of `{}` has the form USER:PASSWORD", scheme.name)),
        },
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } if let Some((id, secret)) = grantee(value) => {
            Ok(Credential::client_credentials(id, secret))
        }
        SchemeKind::MutualTls => Ok(Credential::by_transport()),
        _ => Ok(Credential::token(value)),
    }
}

/// Id and secret of a client, where the value has its form.
fn grantee(value: &str) -> Option<(&str, &str)> {
    value.strip_prefix("client:")?.split_once(':')
}

/// What of a credential is not to be shown.
fn secret<'a>(scheme: &Scheme, value: &'a str) -> &'a str {
    match scheme.kind {
        SchemeKind::HttpBasic => value.split_once(':').map_or(value, |(_, password)| password),
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => grantee(value).map_or(value, |(_, secret)| secret),
        _ => value,
    }
}

fn transport(tool: &Tool, settings: &Settings, secrets: Secrets, world: &World) -> Result<Option<Arc<dyn Transport>>, Failure> {
    let given = match &world.transport {
        Some(given) => Some(Arc::clone(given)),
        None if settings.verbose => Some(default()?),
        None => None,
    };
    Ok(match given {
        Some(given) if settings.verbose => {
            Some(Arc::new(Verbose::new(given, tool.api, secrets, Arc::clone(&world.errors))))
        },
        other => other,
    })
}

fn default() -> Result<Arc<dyn Transport>, Failure> {
    match super::super::http::ReqwestTransport::new() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(Failure::Disk(error.to_string())),
    }
}
