//! Security schemes and requirements (OpenAPI 3.2, Security Scheme Object and Security Requirement Object).

use super::{Lower, prose};
use crate::diag::Code;
use crate::ir::{Flow, FlowKind, Jwt, KeyPlace, Need, Scheme, SchemeKind};
use crate::load::{At, Version};

/// All schemes under `components/securitySchemes`.
pub(super) fn schemes(cx: &Lower<'_>) -> Vec<Scheme> {
    let schemes = [cx.section(&["securityDefinitions"]), cx.section(&["components", "securitySchemes"])];
    schemes.into_iter().flatten().flat_map(At::entries).filter_map(|(name, at)| scheme(cx, name, at)).collect()
}

fn scheme<'a>(cx: &Lower<'a>, name: &str, at: At<'a>) -> Option<Scheme> {
    let at = cx.resolve(at)?;
    let kind = match if cx.doc.version == Version::V2 { super::v2::scheme(at) } else { kind(at) } {
        Ok(kind) => kind,
        Err(reason) => {
            cx.sink.left_out(
                Code::Scheme,
                at.origin(),
                format!("the security scheme `{name}` cannot be expressed: {reason}"),
                "the scheme is left out",
            );
            return None;
        }
    };
    for flow in at.get("flows").into_iter().flat_map(At::entries).map(|(_, flow)| flow) {
        let refresh = flow.get("refreshUrl").filter(|url| url.as_str() != flow.str("tokenUrl"));
        if let Some(url) = refresh.filter(|_| flow.get("tokenUrl").is_some()) {
            let message = "tokens are renewed where they are issued, at `tokenUrl`";
            cx.sink.left_out(Code::Scheme, url.origin(), message, "the URL is in the docs alone");
        }
    }
    Some(Scheme {
        name: name.to_owned(),
        kind,
        doc: prose::doc(at),
        jwt: at.get("x-clientsmith-jwt").map(jwt),
        origin: at.origin(),
    })
}

fn kind(at: At<'_>) -> Result<SchemeKind, String> {
    match at.str("type").unwrap_or_default() {
        "apiKey" => {
            let name = at.str("name").ok_or("it has no `name`")?.to_owned();
            let place = match at.str("in") {
                Some("header") => KeyPlace::Header,
                Some("query") => KeyPlace::Query,
                Some("cookie") => KeyPlace::Cookie,
                other => return Err(format!("`in` is `{}`", other.unwrap_or("absent"))),
            };
            Ok(SchemeKind::ApiKey { place, name })
        }
        // Scheme names are compared without regard to case (RFC 9110, section 11.1).
        "http" => match at.str("scheme").unwrap_or_default().to_ascii_lowercase().as_str() {
            "basic" => Ok(SchemeKind::Basic),
            "bearer" => Ok(SchemeKind::Bearer { format: at.str("bearerFormat").map(str::to_owned) }),
            "" => Err("it has no `scheme`".to_owned()),
            _ => Ok(SchemeKind::Http(at.str("scheme").unwrap_or_default().to_owned())),
        },
        "oauth2" => Ok(SchemeKind::OAuth2(
            at.get("flows")
                .into_iter()
                .flat_map(At::entries)
                .filter_map(|(name, flow)| oauth_flow(at, name, flow))
                .collect(),
        )),
        "openIdConnect" => Ok(SchemeKind::OpenId { url: at.str("openIdConnectUrl").unwrap_or_default().to_owned() }),
        "mutualTLS" => Ok(SchemeKind::MutualTls),
        other => Err(format!("its `type` is `{other}`")),
    }
}

fn oauth_flow(scheme: At<'_>, name: &str, at: At<'_>) -> Option<Flow> {
    let kind = match name {
        "clientCredentials" => FlowKind::ClientCredentials,
        "password" => FlowKind::Password,
        "authorizationCode" => FlowKind::AuthorizationCode,
        "implicit" => FlowKind::Implicit,
        "deviceAuthorization" => FlowKind::Device,
        _ => return None,
    };
    let text = |key| at.str(key).map(str::to_owned);
    // A template over the server's variables, so that the token comes from the region that is called.
    let template =
        at.str("x-clientsmith-token-url").or_else(|| scheme.str("x-clientsmith-token-url")).map(str::to_owned);
    Some(Flow {
        kind,
        token_url: template.or_else(|| text("tokenUrl")),
        authorization_url: text("authorizationUrl"),
        refresh_url: text("refreshUrl"),
        device_url: text("deviceAuthorizationUrl"),
        scopes: at
            .get("scopes")
            .into_iter()
            .flat_map(At::entries)
            .map(|(name, at)| (name.to_owned(), at.as_str().unwrap_or_default().to_owned()))
            .collect(),
    })
}

fn jwt(at: At<'_>) -> Jwt {
    let claims = at.get("claims").into_iter().flat_map(At::entries);
    Jwt {
        algorithm: at.str("algorithm").unwrap_or("HS256").to_owned(),
        claims: claims.map(|(name, text)| (name.to_owned(), text.as_str().unwrap_or_default().to_owned())).collect(),
        key: at.str("key").map(str::to_owned),
    }
}

/// The requirements of an operation: its own list, else the document's.
pub(super) fn requirements<'a>(cx: &Lower<'a>, root: At<'a>, operation: At<'a>) -> Vec<Vec<Need>> {
    let own = operation.get("security");
    let Some(list) = own.or_else(|| root.get("security")) else { return Vec::new() };
    let mut out = Vec::new();
    let mut lost = Vec::new();
    for requirement in list.items() {
        // What all operations inherit is written out for each.
        if own.is_none() && !cx.budget.copy(cx.doc, requirement) {
            cx.sink.left_out(
                Code::Limit,
                requirement.origin(),
                "what all operations ask for makes much more than the description holds itself",
                "some operations are without this requirement",
            );
            continue;
        }
        let mut needs: Vec<Need> = Vec::new();
        let mut unknown = false;
        for (name, scopes) in requirement.entries() {
            let Some(scheme) = named(cx, requirement, name) else {
                lost.push((requirement, name));
                unknown = true;
                continue;
            };
            needs.push(Need {
                scheme: scheme.name.clone(),
                scopes: scopes.items().filter_map(At::as_str).map(str::to_owned).collect(),
            });
        }
        if !unknown {
            out.extend(apart(cx, requirement, needs));
        }
    }
    for (requirement, name) in lost {
        let effect = if out.is_empty() {
            "the requirement is left out, and with no other one calls are sent without a credential"
        } else {
            "the requirement is left out"
        };
        cx.sink.warning(
            Code::Security,
            requirement.origin(),
            format!("the security requirement names `{name}`, which is not declared, or could not be expressed"),
            effect,
        );
    }
    out
}

/// The scheme that a requirement names: by the name of a component first, else by its URI (OpenAPI 3.2, Security
/// Requirement Object).
fn named<'s>(cx: &'s Lower<'_>, requirement: At<'_>, name: &str) -> Option<&'s Scheme> {
    let by_name = cx.api.schemes.iter().find(|scheme| scheme.name == name);
    by_name.or_else(|| {
        let target = cx.doc.follow_from(requirement, name).and_then(|at| cx.doc.resolve(at)).ok()?;
        cx.api.schemes.iter().find(|scheme| scheme.origin == target.origin())
    })
}

/// A requirement is not split further than this.
const WAYS: usize = 16;

/// Takes schemes apart that are asked for together and go into one place. `Authorization` holds the credentials of one
/// scheme (RFC 9110, section 11.6.2), so no call could have all of them: one of them is meant, and each will do.
fn apart(cx: &Lower<'_>, requirement: At<'_>, needs: Vec<Need>) -> Vec<Vec<Need>> {
    let place_of =
        |need: &Need| cx.api.schemes.iter().find(|known| known.name == need.scheme).map(|one| place(&one.kind));
    let places: Vec<_> = needs.iter().map(|need| place_of(need).flatten()).collect();
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    for (index, place) in places.iter().enumerate() {
        let first = places.iter().position(|other| other == place).filter(|_| place.is_some()).unwrap_or(index);
        if first == index {
            ways.iter_mut().for_each(|way| way.push(index));
            continue;
        }
        let name = |index: usize| needs.get(index).map_or("", |need| need.scheme.as_str());
        let pair = (name(first).to_owned(), name(index).to_owned());
        let message = format!("`{}` and `{}` are asked for together and go into one place", pair.0, pair.1);
        // Descriptions that do so do it at each operation.
        if cx.memo.told_together.borrow_mut().insert(pair) {
            let effect = "either of them will do, here and wherever both are asked for";
            cx.sink.warning(Code::Security, requirement.origin(), message, effect);
        }
        let others = ways
            .iter()
            .filter(|way| way.contains(&first))
            .map(|way| way.iter().map(|one| if *one == first { index } else { *one }).collect::<Vec<usize>>());
        let others: Vec<Vec<usize>> = others.take(WAYS.saturating_sub(ways.len())).collect();
        ways.extend(others);
    }
    let pick = |way: &Vec<usize>| way.iter().filter_map(|index| needs.get(*index).cloned()).collect();
    ways.iter().map(pick).collect()
}

/// Where a request holds the credential of a scheme.
fn place(kind: &SchemeKind) -> Option<(KeyPlace, String)> {
    match kind {
        SchemeKind::ApiKey { place: KeyPlace::Header, name } => Some((KeyPlace::Header, name.to_ascii_lowercase())),
        SchemeKind::ApiKey { place, name } => Some((*place, name.clone())),
        SchemeKind::MutualTls => None,
        _ => Some((KeyPlace::Header, "authorization".to_owned())),
    }
}
