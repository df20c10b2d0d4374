//! What makes a folder of modules a crate: `Cargo.toml`, `README.md`, `.gitignore`.
//!
//! A crate comes in two forms. One with a vendored runtime stands alone and names everything that it needs; one that
//! depends on `clientsmith-runtime` is a member of the workspace where that is, and inherits from it.

mod readme;
mod version;

use std::collections::BTreeSet;

use self::readme::readme;
use self::version::{FIRST, version};
use crate::emit::docs::{Entry, File};
use crate::features::{self, TagFeature};
use crate::ir::{Api, DefaultFeatures, FlowKind, Id as _, SchemeKind};
use crate::plan::{ApiPlan, PAYLOADS_FEATURE, Plan, UNREFERENCED_FEATURE};
use crate::settings::{Config, Runtime};
use crate::template::{self, Value, list, markup, values};

/// A feature of the runtime: what it switches on where the runtime is vendored, and what it is for.
struct Feature {
    name: &'static str,
    needs: &'static [&'static str],
    what: &'static str,
    default: On,
}

/// When a feature is on by default.
enum On {
    Always,
    /// Where an API of the crate has something that needs it.
    For(fn(&Api) -> bool),
    Never,
}

fn is_on(feature: &Feature, apis: &[Api]) -> bool {
    match feature.default {
        On::Always => true,
        On::For(has) => apis.iter().any(has),
        On::Never => false,
    }
}

fn has_signed_tokens(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| scheme.jwt.is_some())
}

/// Whether someone may log in by a browser.
fn has_browser_login(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| match &scheme.kind {
        SchemeKind::OAuth2(flows) => flows.iter().any(|flow| flow.kind == FlowKind::AuthorizationCode),
        SchemeKind::OpenId { .. } => true,
        _ => false,
    })
}

const RUNTIME: &[Feature] = &[
    Feature {
        name: "reqwest",
        needs: &["dep:reqwest", "dep:http-body", "dep:bytes", "tokio/time"],
        what: "the default transport: HTTP and HTTPS by `reqwest`",
        default: On::Always,
    },
    Feature {
        name: "serde",
        needs: &["dep:serde"],
        what: "`Serialize` and `Deserialize` for every model",
        default: On::Always,
    },
    Feature { name: "jiff", needs: &["dep:jiff"], what: "conversions of dates and times", default: On::Always },
    Feature { name: "uuid", needs: &["dep:uuid"], what: "conversions of UUIDs", default: On::Always },
    Feature {
        name: "base64",
        needs: &["dep:base64"],
        what: "decoding and encoding of binary values",
        default: On::Always,
    },
    Feature {
        name: "jwt",
        needs: &["dep:jsonwebtoken"],
        what: "tokens that the client signs",
        default: On::For(has_signed_tokens),
    },
    Feature {
        name: "pkce",
        needs: &["dep:aws-lc-rs"],
        what: "log-in by a browser (OAuth 2 with proof key)",
        default: On::For(has_browser_login),
    },
    Feature { name: "gzip", needs: &["reqwest?/gzip"], what: "answers packed by gzip", default: On::Never },
    Feature { name: "brotli", needs: &["reqwest?/brotli"], what: "answers packed by Brotli", default: On::Never },
    Feature { name: "zstd", needs: &["reqwest?/zstd"], what: "answers packed by Zstandard", default: On::Never },
    Feature {
        name: "patterns",
        needs: &["dep:regress"],
        what: "patterns (regular expressions) in checks of values",
        default: On::Never,
    },
    Feature {
        name: "xml",
        needs: &["dep:quick-xml"],
        what: "bodies in XML",
        default: On::For(|api| !api.xml_roots.is_empty()),
    },
    Feature {
        name: "cli",
        needs: &["reqwest", "base64", "dep:lexopt", "tokio/rt"],
        what: "the command-line client: `cargo run --features cli -- --help`",
        default: On::Never,
    },
];

/// The files, by their path within the output. `pages` says for each API where its docs start.
pub(crate) fn emit(apis: &[Api], plan: &Plan, config: &Config, pages: &[Entry]) -> Vec<File> {
    let mut files = vec![
        ("Cargo.toml".to_owned(), cargo_toml(apis, plan, config)),
        ("README.md".to_owned(), readme(apis, plan, pages)),
    ];
    if config.runtime == Runtime::Vendored {
        files.push((".gitignore".to_owned(), template::render("crate/gitignore", values([]))));
    }
    files
}

fn cargo_toml(apis: &[Api], plan: &Plan, config: &Config) -> String {
    let alone = config.runtime == Runtime::Vendored;
    let apis_of = api_features(plan);
    // Tags may share a feature.
    let mut known = BTreeSet::new();
    let tags = plan.apis.iter().flat_map(|api| api.tag_features.iter().flatten());
    let tags: Vec<&TagFeature> = tags.filter(|tag| known.insert(tag.name.as_str())).collect();
    let whole = apis.iter().map(|api| api.ops.len()).sum::<usize>() <= features::WHOLE;
    let opted = apis.iter().any(|api| api.choices.default_features != DefaultFeatures::All);
    let full = (!tags.is_empty() && whole && !opted).then_some(features::FULL);
    let some = if opted { default_tags(apis, plan, whole) } else { Vec::new() };
    let on = apis_of.iter().copied().filter(|feature| !is_opt_in(apis, plan, feature));
    let default = on
        .chain(full)
        .chain(some)
        .chain(RUNTIME.iter().filter(|feature| is_on(feature, apis)).map(|feature| feature.name));
    let mut own: Vec<(&str, Vec<&str>)> = apis_of.iter().map(|name| (*name, Vec::new())).collect();
    if !tags.is_empty() {
        own.push((features::FULL, tags.iter().map(|tag| tag.name.as_str()).collect()));
        own.extend(tags.iter().map(|tag| (tag.name.as_str(), tag.needs.iter().map(String::as_str).collect())));
    }
    if plan.has_unreferenced() {
        // Models that nothing calls may hold models of any tag.
        let full = (!tags.is_empty()).then_some(features::FULL);
        own.push((
            UNREFERENCED_FEATURE,
            full.into_iter().chain(plan.has_payloads().then_some(PAYLOADS_FEATURE)).collect(),
        ));
    }
    if plan.has_payloads() {
        own.push((PAYLOADS_FEATURE, Vec::new()));
    }
    let own = own
        .into_iter()
        .map(|(name, needs)| values([("name", Value::from(name)), ("needs", markup(strings(needs.into_iter())))]));
    let runtime = RUNTIME.iter().map(|feature| {
        let forwarded = format!("clientsmith-runtime/{}", feature.name);
        let needs = if alone { feature.needs.to_vec() } else { vec![forwarded.as_str()] };
        values([("name", markup(feature.name)), ("needs", markup(strings(needs.into_iter())))])
    });
    let one = match apis {
        [only] => version(&only.info.version),
        _ => FIRST.to_owned(),
    };
    let package =
        values([("version", Value::from(one)), ("rust_version", Value::from(env!("CARGO_PKG_RUST_VERSION")))]);
    template::render(
        "crate/Cargo.toml",
        values([
            ("name", Value::from(plan.crate_name.clone())),
            ("description", Value::from(description(apis))),
            ("alone", list(alone.then_some(package))),
            ("default", markup(strings(default))),
            ("apis", list(own)),
            ("runtime", list(runtime)),
        ]),
    )
}

/// Whether the settings of an API take its feature out of those that are on by default.
fn is_opt_in(apis: &[Api], plan: &Plan, feature: &str) -> bool {
    let mut of_feature = plan.apis.iter().zip(apis).filter(|(own, _)| own.feature == feature);
    of_feature.any(|(_, api)| api.choices.default_features == DefaultFeatures::Nothing)
}

/// The features of tags that are on by default, where the settings of some API choose them.
fn default_tags<'a>(apis: &[Api], plan: &'a Plan, whole: bool) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for (api, own) in apis.iter().zip(&plan.apis) {
        match &api.choices.default_features {
            DefaultFeatures::All if whole => out.extend(own.tag_features.iter().flatten().map(|tag| tag.name.as_str())),
            DefaultFeatures::Tags(tags) => {
                let named = tags.iter().filter_map(|(tag, _)| own.tag_features.get(tag.index())?.as_ref());
                out.extend(named.map(|feature| feature.name.as_str()));
            }
            DefaultFeatures::All | DefaultFeatures::Nothing => {}
        }
    }
    out
}

/// Features of the APIs, each once. One that is called like a feature of the runtime is that feature too.
fn api_features(plan: &Plan) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for ApiPlan { feature, .. } in &plan.apis {
        if !feature.is_empty()
            && feature != "default"
            && !out.contains(&feature.as_str())
            && !RUNTIME.iter().any(|known| known.name == feature)
        {
            out.push(feature);
        }
    }
    out
}

fn strings<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.map(template::toml_string).collect::<Vec<_>>().join(", ")
}

fn title(api: &Api) -> String {
    let title = if api.info.title.trim().is_empty() { &api.name } else { &api.info.title };
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn description(apis: &[Api]) -> String {
    let titles: Vec<String> = apis.iter().map(title).collect();
    let text = match titles.as_slice() {
        [] => "Typed API clients".to_owned(),
        [only] => format!("Typed client of the API {only}"),
        [rest @ .., last] => format!("Typed clients of the APIs {} and {last}", rest.join(", ")),
    };
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    // Registries refuse long ones.
    if text.chars().count() <= 300 { text } else { text.chars().take(299).chain("…".chars()).collect() }
}

#[cfg(test)]
mod tests;
