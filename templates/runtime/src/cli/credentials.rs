//! From flags and environment to a client.

use super::super::auth::{ClientCredentials, Credential, Scheme, SchemeKind};
use super::super::call::{Core, CoreBuilder};
use super::super::http::{ReqwestTransport, Transport};
use super::content;
use super::hide::Secrets;
use super::outcome::{Failure, refused};
use super::parse::Settings;
use super::table::{Entry, Tool};
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
        SchemeKind::MutualTls => Some("FILE in PEM, certificate and private key"),
        _ => Some("VALUE"),
    }
}

/// The client that the flags and the environment make for a call of an operation.
pub(super) fn client(
    tool: &'static Tool,
    entry: &Entry,
    settings: &Settings,
    world: &mut World,
) -> Result<Core, Failure> {
    let mut core = CoreBuilder::new(tool.api);
    let server = settings.server.clone().or_else(|| (world.variable)(&variable(tool, "server")));
    if let Some(server) = server {
        core = match server.parse::<usize>() {
            Ok(number) if (1..=tool.api.servers.len()).contains(&number) => core.server(number - 1),
            Ok(number) => return refused(format!("--server {number}: there is no server of that number")),
            Err(_) => core.url(server),
        };
    }
    if let Some(url) = &settings.document {
        core = core.document_url(url);
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
    for (name, _) in &settings.scopes {
        scheme(tool, name)?;
    }
    let mut given: Vec<(&'static Scheme, String)> = Vec::new();
    for scheme in tool.api.schemes {
        given.extend((world.variable)(&variable(tool, scheme.name)).map(|value| (scheme, value)));
    }
    for (name, value) in &settings.auth {
        let scheme = scheme(tool, name)?;
        // Of a certificate the file itself is what is given.
        let from_file = value.starts_with('@') && scheme.kind != SchemeKind::MutualTls;
        let value = if from_file { content::text(world, value)? } else { value.clone() };
        given.push((scheme, value.trim_end_matches(['\r', '\n']).to_owned()));
    }
    let (mut secrets, mut certificate) = (Secrets::default(), None);
    for (scheme, value) in given {
        if scheme.kind == SchemeKind::MutualTls {
            let path = value.strip_prefix('@').unwrap_or(&value);
            // Without a name, something between here and the server shows one.
            if !path.is_empty() {
                certificate = Some((scheme.name, content::file(path)?));
            }
        } else {
            secrets.add(secret(scheme, &value));
        }
        core = core.credential(scheme.name, credential(scheme, &value, &scopes(entry, settings, scheme))?);
    }
    if let Some(transport) = transport(tool, settings, secrets, certificate, world)? {
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

fn credential(scheme: &Scheme, value: &str, scopes: &[&str]) -> Result<Credential, Failure> {
    match scheme.kind {
        SchemeKind::HttpBasic => match value.split_once(':') {
            Some((user, password)) => Ok(Credential::basic(user, password)),
            None => refused(format!("the credential of `{}` has the form USER:PASSWORD", scheme.name)),
        },
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } if let Some((id, secret)) = grantee(value) => {
            Ok(ClientCredentials::new(id, secret).scopes(scopes.iter().copied()).into())
        }
        SchemeKind::MutualTls => Ok(Credential::by_transport()),
        _ => Ok(Credential::token(value)),
    }
}

/// The scopes to ask for: those that the operation needs of a scheme, unless a flag says otherwise.
fn scopes<'a>(entry: &Entry, settings: &'a Settings, scheme: &Scheme) -> Vec<&'a str> {
    if let Some((_, scopes)) = settings.scopes.iter().find(|(name, _)| name == scheme.name) {
        return scopes.split_whitespace().collect();
    }
    entry.scopes.iter().find(|(name, _)| *name == scheme.name).map(|(_, scopes)| scopes.to_vec()).unwrap_or_default()
}

/// Id and secret of a client, where the value has its form.
fn grantee(value: &str) -> Option<(&str, &str)> {
    value.strip_prefix("client:")?.split_once(':')
}

/// What of a credential is not to be shown.
fn secret<'a>(scheme: &Scheme, value: &'a str) -> &'a str {
    match scheme.kind {
        SchemeKind::HttpBasic => value.split_once(':').map_or(value, |(_, password)| password),
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } => {
            grantee(value).map_or(value, |(_, secret)| secret)
        }
        _ => value,
    }
}

fn transport(
    tool: &Tool,
    settings: &Settings,
    secrets: Secrets,
    certificate: Option<(&str, Vec<u8>)>,
    world: &World,
) -> Result<Option<Arc<dyn Transport>>, Failure> {
    let given = match (&world.transport, certificate) {
        (Some(_), Some((scheme, _))) => {
            return refused(format!(
                "--auth {scheme}: this program has a transport of its own, which takes no certificate"
            ));
        }
        (Some(given), None) => Some(Arc::clone(given)),
        (None, None) if !settings.verbose => None,
        (None, certificate) => Some(default(certificate)?),
    };
    Ok(match given {
        Some(given) if settings.verbose => {
            Some(Arc::new(Verbose::new(given, tool.api, secrets, Arc::clone(&world.errors))))
        }
        other => other,
    })
}

fn default(certificate: Option<(&str, Vec<u8>)>) -> Result<Arc<dyn Transport>, Failure> {
    let builder = ReqwestTransport::builder();
    match certificate {
        None => match builder.build() {
            Ok(transport) => Ok(Arc::new(transport)),
            Err(error) => Err(Failure::Disk(error.to_string())),
        },
        Some((scheme, pem)) => match builder.identity(pem).build() {
            Ok(transport) => Ok(Arc::new(transport)),
            Err(error) => refused(format!("--auth {scheme}: {error}")),
        },
    }
}
