//! From a draft to an address, headers and a body.

use super::super::http::percent::{Keep, encode_into};
use super::super::http::style::{CookieStyle, Place, write};
use super::super::http::{Address, HeaderError, Headers, is_dot_segment};
use super::super::json::Value;
use super::core::Core;
use super::draft::Draft;
use super::error::{Error, ErrorKind};
use super::op::Param;
use super::payload::Payload;

/// A request that lacks only its credentials.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) method: &'static str,
    pub(super) address: Address,
    pub(super) headers: Headers,
    pub(super) cookies: Vec<String>,
    pub(super) payload: Option<Payload>,
}

/// Puts everything in its place, or says what is wrong.
pub(super) fn prepare(core: &Core, draft: &Draft) -> Result<Prepared, Error> {
    let op = draft.op;
    let wrong = |message: String| Error::new(ErrorKind::Request, op.id, format!("not sent: {message}"));
    if let Some(problem) = draft.problem() {
        return Err(wrong(problem));
    }
    if let Some(violations) = draft.violations.iter().find(|violations| !violations.is_empty()) {
        let all = violations.iter().map(|(_, violation)| violation.clone()).collect();
        return Err(Error::invalid(op.id, all));
    }
    let missing = op.params.iter().zip(&draft.values).find(|(param, value)| param.required && is_unset(param, value));
    if let Some((param, _)) = missing {
        return Err(wrong(format!("parameter `{}` is required", param.name)));
    }
    if draft.payload.is_none() && !draft.as_get && op.body.is_some_and(|body| body.required) {
        return Err(wrong("a body is required".to_owned()));
    }
    let address = target(core, draft).map_err(wrong)?;
    for (param, value) in op.params.iter().zip(&draft.values) {
        let plain = matches!(param.place, Place::Cookie(CookieStyle::Cookie));
        if plain && value.as_ref().is_some_and(|value| value.to_string().contains(';')) {
            return Err(wrong(format!("cookie parameter `{}` has a value with `;`, which would end it", param.name)));
        }
    }
    let random = &mut || core.transport().random();
    let body = draft.payload.as_ref().filter(|_| !draft.as_get);
    let payload = body.map(|payload| payload.sealed(random)).transpose().map_err(wrong)?;
    let (headers, cookies) =
        fields(core, draft, &address, payload.as_ref()).map_err(|error| wrong(error.to_string()))?;
    let method = if draft.as_get { "GET" } else { op.method };
    Ok(Prepared { method, address, headers, cookies, payload })
}

/// `null` is a value where JSON text is sent, and nothing elsewhere.
fn is_unset(param: &Param, value: &Option<Value>) -> bool {
    match value {
        None => true,
        Some(value) => value.is_null() && !param.json,
    }
}

/// The address that a draft goes to, without credentials.
pub(super) fn target(core: &Core, draft: &Draft) -> Result<Address, String> {
    match &draft.address {
        Some(address) => Ok(address.clone()),
        None => address(core, draft),
    }
}

/// The parameters that are set, as they stand on the wire.
fn written<'d>(draft: &'d Draft) -> impl Iterator<Item = (&'static Param, String)> + 'd {
    let set = draft.op.params.iter().zip(&draft.values);
    set.filter_map(|(param, value)| Some((param, write(param.as_style(), value.as_ref()?)?)))
}

fn address(core: &Core, draft: &Draft) -> Result<Address, String> {
    let template = draft.op.path.split('#').next().unwrap_or_default();
    // A fixed query in the template: it is no legal path, but documents have it.
    let (path, fixed) = template.split_once('?').unwrap_or((template, ""));
    let mut address = match &draft.options.url {
        Some(url) => core.base().join(url).map_err(|error| format!("the address {url:?}: {error}"))?,
        None => core.site().of(draft.op)?,
    };
    address.append_path(&expand(path, draft)?);
    address.append_query(fixed);
    for (_, pairs) in written(draft).filter(|(param, _)| matches!(param.place, Place::Query(_) | Place::QueryString)) {
        address.append_query(&pairs);
    }
    for pair in &draft.options.query {
        address.append_query(pair);
    }
    Ok(address)
}

/// Replaces each `{name}` of the template once; what a value holds is never looked at again.
fn expand(template: &str, draft: &Draft) -> Result<String, String> {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (text, from) = rest.split_at(start);
        encode_into(&mut out, text, Keep::PathText);
        let name = from.find('}').map(|end| &from[1..end]);
        let Some((name, value)) = name.and_then(|name| Some((name, path_value(draft, name)?))) else {
            encode_into(&mut out, "{", Keep::PathText);
            rest = &from[1..];
            continue;
        };
        if value.is_empty() {
            return Err(format!("path parameter `{name}` must not be empty"));
        }
        out.push_str(&value);
        rest = &from[name.len() + 2..];
    }
    encode_into(&mut out, rest, Keep::PathText);
    // HTTP libraries take such segments out, whether encoded or not, and so call another operation.
    if out.split('/').any(is_dot_segment) && !template.split('/').any(is_dot_segment) {
        return Err("a path parameter must not make a path segment `.` or `..`".to_owned());
    }
    Ok(out)
}

fn path_value(draft: &Draft, name: &str) -> Option<String> {
    written(draft).find(|(param, _)| matches!(param.place, Place::Path(_)) && param.name == name).map(|(_, text)| text)
}

/// Header fields from the client, the operation and the call, in this order of strength, and cookies.
fn fields(
    core: &Core,
    draft: &Draft,
    address: &Address,
    payload: Option<&Payload>,
) -> Result<(Headers, Vec<String>), HeaderError> {
    let accept = match draft.stream {
        Some(stream) if !stream.accept.is_empty() => stream.accept,
        _ => draft.op.accept,
    };
    let mut headers = Headers::new();
    headers.insert("User-Agent", core.user_agent())?;
    if !accept.is_empty() {
        headers.insert("Accept", accept)?;
    }
    if address.same_origin(core.base()) {
        headers.replace_with(core.headers());
    } else {
        // What the user set for the client is meant for its server, as far as it may be a secret.
        headers.replace_with(&core.headers().without(|name| core.is_secret(name)));
    }
    if let Some(payload) = payload {
        headers.insert("Content-Type", payload.media())?;
    }
    let mut cookies = Vec::new();
    for (param, text) in written(draft) {
        match param.place {
            Place::Header | Place::DelimitedHeader(_) => headers.give(param.name, text)?,
            Place::Cookie(_) => cookies.push(text),
            _ => {}
        }
    }
    headers.replace_with(&draft.options.headers);
    Ok((headers, cookies))
}
