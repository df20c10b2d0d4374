//! What makes a folder of modules a crate: `Cargo.toml`, `README.md`, `.gitignore`.
//!
//! A crate comes in two forms. One with a vendored runtime stands alone and names everything that it needs; one that
//! depends on `clientsmith-runtime` is a member of the workspace where that is, and inherits from it.

use std::collections::BTreeSet;

use crate::emit::docs::{self, File, MARK, markdown};
use crate::emit::text;
use crate::features::{self, TagFeature};
use crate::ir::{Api, DefaultFeatures, Id as _, OpId};
use crate::plan::{ApiPlan, PAYLOADS_FEATURE, Plan, UNREFERENCED_FEATURE};
use crate::settings::{Config, Runtime};
use crate::template::{self, Value, list, markup, markups, values};

/// A feature of the runtime: what it switches on where the runtime is vendored, and what it is for.
struct Feature {
    name: &'static str,
    needs: &'static [&'static str],
    what: &'static str,
    default: bool,
}

/// The feature of bodies in XML: on by default where an API has some.
const XML: &str = "xml";

fn is_on(feature: &Feature, apis: &[Api]) -> bool {
    feature.default || feature.name == XML && apis.iter().any(|api| !api.xml_roots.is_empty())
}

const RUNTIME: &[Feature] = &[
    Feature {
        name: "reqwest",
        needs: &["dep:reqwest", "dep:http-body", "dep:bytes", "tokio/time"],
        what: "the default transport: HTTP and HTTPS by `reqwest`",
        default: true,
    },
    Feature {
        name: "serde",
        needs: &["dep:serde"],
        what: "`Serialize` and `Deserialize` for every model",
        default: true,
    },
    Feature { name: "jiff", needs: &["dep:jiff"], what: "conversions of dates and times", default: true },
    Feature { name: "uuid", needs: &["dep:uuid"], what: "conversions of UUIDs", default: true },
    Feature { name: "base64", needs: &["dep:base64"], what: "decoding and encoding of binary values", default: true },
    Feature { name: "jwt", needs: &["dep:jsonwebtoken"], what: "tokens that the client signs", default: true },
    Feature {
        name: "pkce",
        needs: &["dep:aws-lc-rs"],
        what: "log-in by a browser (OAuth 2 with proof key)",
        default: true,
    },
    Feature { name: "gzip", needs: &["reqwest?/gzip"], what: "answers packed by gzip", default: false },
    Feature { name: "brotli", needs: &["reqwest?/brotli"], what: "answers packed by Brotli", default: false },
    Feature { name: "zstd", needs: &["reqwest?/zstd"], what: "answers packed by Zstandard", default: false },
    Feature {
        name: "patterns",
        needs: &["dep:regress"],
        what: "patterns (regular expressions) in checks of values",
        default: false,
    },
    Feature { name: XML, needs: &["dep:quick-xml"], what: "bodies in XML", default: false },
    Feature {
        name: "cli",
        needs: &["reqwest", "base64", "dep:lexopt", "tokio/rt"],
        what: "the command-line client: `cargo run --features cli -- --help`",
        default: false,
    },
];

/// The files, by their path within the output.
pub fn emit(apis: &[Api], plan: &Plan, config: &Config) -> Vec<File> {
    let mut files =
        vec![("Cargo.toml".to_owned(), cargo_toml(apis, plan, config)), ("README.md".to_owned(), readme(apis, plan))];
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
    let tags = plan.apis.iter().flat_map(|api| &api.tag_features);
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
            DefaultFeatures::All if whole => out.extend(own.tag_features.iter().map(|tag| tag.name.as_str())),
            DefaultFeatures::Tags(tags) => {
                out.extend(tags.iter().filter_map(|(tag, _)| Some(own.tag_features.get(tag.index())?.name.as_str())));
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

/// A row of the table of features.
fn row(name: &str, on: bool, what: String) -> Value {
    let on = if on { "yes" } else { "no" };
    values([("name", markup(markdown::code_cell(name))), ("default", markup(on)), ("what", markup(what))])
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

/// Version of a crate whose API names none that Cargo could read.
const FIRST: &str = "0.1.0";

/// The version of an API as Cargo reads versions: `v2` is `2.0.0`, `2024-01-31` is `2024.1.31`.
fn version(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let (numbers, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()));
    let date = text.split('-').collect::<Vec<_>>();
    // Dates have hyphens where versions have dots.
    if let ([year, month, day], true) = (date.as_slice(), date.iter().all(|part| number(part).is_some())) {
        return [year, month, day].map(|part| number(part).unwrap_or_default().to_string()).join(".");
    }
    let parts: Vec<&str> = numbers.trim_end_matches('.').split('.').collect();
    let Some(mut parts) = parts.iter().take(3).map(|part| number(part)).collect::<Option<Vec<u64>>>() else {
        return FIRST.to_owned();
    };
    parts.resize(3, 0);
    let core = parts.iter().map(u64::to_string).collect::<Vec<_>>().join(".");
    match pre_release(rest) {
        Some(pre) => format!("{core}-{pre}"),
        None => core,
    }
}

fn number(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number| *number < 1 << 53)
}

/// `-beta.1` without its hyphen, if it is one that Cargo accepts; build metadata is dropped.
fn pre_release(rest: &str) -> Option<&str> {
    let pre = rest.strip_prefix('-')?.split('+').next()?;
    let part = |part: &str| {
        let known = !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        known && !(part.len() > 1 && part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit()))
    };
    (pre.len() <= 40 && pre.split('.').all(part)).then_some(pre)
}

fn readme(apis: &[Api], plan: &Plan) -> String {
    let pages = docs::entry_points(apis, plan);
    let rows = apis.iter().zip(&pages).map(|(api, page)| {
        values([
            ("title", markup(markdown::label(&title(api)))),
            ("version", markup(markdown::label(&api.info.version))),
            ("operations", Value::from(api.ops.len())),
            ("docs", markup(markdown::link("operations", &page.operations))),
        ])
    });
    let about = match apis {
        [only] => only
            .info
            .doc
            .description
            .as_deref()
            .map(markdown::opening)
            .or_else(|| only.info.doc.summary.as_deref().map(markdown::line)),
        _ => Some("Typed clients of these APIs. Each is a module behind a feature of its own.".to_owned()),
    };
    let first =
        apis.iter().zip(&plan.apis).enumerate().filter_map(|(at, (api, own))| Some((at, api, own, simplest(api)?)));
    let first = first.min_by_key(|(_, api, _, id)| effort(api, *id));
    let client = first.as_ref().and_then(|(at, ..)| pages.get(*at)).or(pages.first());
    let call = first.as_ref().map(|(_, api, own, id)| markdown::fence("rust", &text::example(api, plan, own, *id)));
    let tags = plan.apis.iter().any(|api| !api.tag_features.is_empty()).then(|| {
        let what = "everything; each tag has a feature of its own too, named after it: a program that switches the default features off names the ones that it calls";
        row(features::FULL, true, what.to_owned())
    });
    let unreferenced = plan.has_unreferenced().then(|| {
        let what = "models that nothing sends or receives";
        row(UNREFERENCED_FEATURE, false, what.to_owned())
    });
    let payloads = plan.has_payloads().then(|| {
        let what = "webhooks and callbacks: what the server sends, and a function for each that reads it";
        row(PAYLOADS_FEATURE, false, what.to_owned())
    });
    let own = plan.apis.iter().zip(apis).filter(|(own, _)| !own.feature.is_empty());
    let own = own.map(|(own, api)| {
        let on = api.choices.default_features != DefaultFeatures::Nothing;
        row(&own.feature, on, format!("the API {}", markdown::plain(&title(api))))
    });
    let runtime = RUNTIME.iter().map(|feature| row(feature.name, is_on(feature, apis), feature.what.to_owned()));
    // A program for several APIs is told which one first.
    let command = apis.first().filter(|_| plan.many()).map_or_else(String::new, |api| format!("{} ", api.name));
    let auth = client.map_or_else(
        || "documentation".to_owned(),
        |page| markdown::link("page on credentials and errors", &page.auth),
    );
    template::render(
        "crate/README.md",
        values([
            ("mark", markup(MARK)),
            ("name", markup(markdown::plain(&plan.crate_name))),
            ("about", markups(about.filter(|text| !text.is_empty()))),
            ("apis", list(rows)),
            ("dependency", markup(&plan.crate_name)),
            ("command", markup(command)),
            ("client", markup(client.map_or_else(String::new, |page| markdown::fence("rust", &page.client)))),
            ("call", markups(call)),
            ("auth", markup(auth)),
            ("features", list(own.chain(tags).chain(unreferenced).chain(payloads).chain(runtime))),
            ("plural", markup(if apis.len() == 1 { "" } else { "s" })),
        ]),
    )
}

/// The operation that shows best what a call looks like: no body, few arguments.
fn simplest(api: &Api) -> Option<OpId> {
    let ids = api.ops.ids().filter(|id| !api.ops[*id].doc.deprecated && api.ops[*id].login.is_none());
    ids.min_by_key(|id| effort(api, *id)).or_else(|| api.ops.ids().next())
}

fn effort(api: &Api, id: OpId) -> (bool, usize, bool) {
    let operation = &api.ops[id];
    (
        operation.body.is_some(),
        operation.params.iter().filter(|param| param.required).count(),
        operation.method != "GET",
    )
}

#[cfg(test)]
mod tests {
    use super::super::docs::check::broken_links;
    use super::super::docs::fixture::{api, planned};
    use super::*;

    fn files(apis: &[Api], config: &Config) -> Vec<File> {
        emit(apis, &planned(apis, config), config)
    }

    fn file(apis: &[Api], config: &Config, path: &str) -> String {
        files(apis, config).into_iter().find(|(other, _)| other == path).unwrap().1
    }

    /// `name = value` lines of a section of a manifest.
    fn section<'a>(text: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
        let lines = text
            .lines()
            .skip_while(|line| *line != format!("[{name}]"))
            .skip(1)
            .take_while(|line| !line.starts_with('['));
        lines
            .filter_map(|line| line.split_once('=').filter(|_| !line.starts_with('#')))
            .map(|(key, value)| (key.trim(), value.trim()))
            .collect()
    }

    /// The value of `key` in an inline table.
    fn member<'a>(table: &'a str, key: &str) -> Option<&'a str> {
        let start = table.find(&format!(" {key} = "))? + key.len() + 4;
        let rest = &table[start..];
        let end = if rest.starts_with('[') { rest.find(']')? + 1 } else { rest.find([',', ' ', '}'])? };
        Some(&rest[..end])
    }

    #[test]
    fn versions() {
        let cases = [
            ("1", "1.0.0"),
            ("v2", "2.0.0"),
            ("1.2.3.4", "1.2.3"),
            ("2024-01-31", "2024.1.31"),
            ("2024-01-31-preview", "2024.0.0-01-31-preview"),
            ("01.02", "1.2.0"),
            ("1.0.0-rc.1+build", "1.0.0-rc.1"),
            ("1.0-01", "1.0.0"),
            ("1.x", "1.0.0"),
            ("", FIRST),
            ("..", FIRST),
            ("1..2", FIRST),
            ("99999999999999999999", FIRST),
            ("\"; evil", FIRST),
        ];
        for (text, wanted) in cases {
            assert_eq!(version(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_crate_that_stands_alone() {
        let text = file(&[api()], &Config::default().with_name("shop"), "Cargo.toml");
        let start = "# @generated by clientsmith. Do not edit: change the description and build again.\n\n[package]\nname = \"shop\"\ndescription = \"Typed client of the API Pet | Shop <b>\"\nversion = \"1.2.0\"\nedition = \"2024\"\nrust-version = ";
        assert!(text.starts_with(start), "{text}");
        assert!(text.contains("\n[workspace]\n\n[lib]\n"), "{text}");
        assert!(text.contains("default = [\"reqwest\", \"serde\", \"jiff\", \"uuid\", \"base64\", \"jwt\", \"pkce\"]\nreqwest = [\"dep:reqwest\", \"dep:http-body\", \"dep:bytes\", \"tokio/time\"]\n"), "{text}");
        for foreign in ["{ path =", "workspace = true", "clientsmith-runtime"] {
            assert!(!text.contains(foreign), "{text}");
        }
    }

    #[test]
    fn a_member_of_the_workspace() {
        let mut other = api();
        other.name = "serde".to_owned();
        let config = Config::default().with_name("shops").with_runtime(Runtime::Crate);
        let text = file(&[api(), other], &config, "Cargo.toml");
        assert!(text.contains("default = [\"pet-shop\", \"reqwest\", \"serde\","), "{text}");
        assert_eq!(text.matches("\nserde = ").count(), 1, "{text}");
        assert!(text.contains("\"pet-shop\" = []\nreqwest = [\"clientsmith-runtime/reqwest\"]\n"), "{text}");
        assert!(
            text.contains("version.workspace = true")
                && text.contains("[build-dependencies]\nclientsmith.workspace = true\n\n[lints]\nworkspace = true\n"),
            "{text}"
        );
        assert!(files(&[api()], &config).iter().all(|(path, _)| path != ".gitignore"));
    }

    #[test]
    fn titles_cannot_break_the_manifest() {
        let mut api = api();
        api.info.title = "a\"\n[dependencies]\nevil = \"1\" \\ \u{7f}".to_owned();
        let text = file(&[api], &Config::default().with_name("shop"), "Cargo.toml");
        assert!(
            text.contains("description = \"Typed client of the API a\\\" [dependencies] evil = \\\"1\\\" \\\\ \"\n"),
            "{text}"
        );
    }

    /// The dependencies of the vendored runtime are those of the runtime as a crate.
    #[test]
    fn dependencies_are_those_of_the_runtime() {
        let workspace = include_str!("../../../Cargo.toml");
        let runtime = include_str!("../../../templates/runtime/Cargo.toml");
        let ours = file(&[api()], &Config::default().with_name("shop"), "Cargo.toml");
        let shared = section(workspace, "workspace.dependencies");
        let ours_dependencies = section(&ours, "dependencies");
        let list = |text: &str| {
            let mut items: Vec<String> = text
                .trim_matches(['[', ']'])
                .split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect();
            items.sort();
            items
        };
        let version = |text: &str| {
            if text.starts_with('"') { text.to_owned() } else { member(text, "version").unwrap_or_default().to_owned() }
        };
        let wanted = section(runtime, "dependencies");
        assert_eq!(wanted.len(), ours_dependencies.len());
        for (name, value) in wanted {
            let name = name.trim_end_matches(".workspace");
            let (_, own) =
                ours_dependencies.iter().find(|(key, _)| *key == name).unwrap_or_else(|| panic!("{name} is missing"));
            let base = shared.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| *value);
            let inherits = value == "true" || member(value, "workspace") == Some("true");
            let base = if inherits { base } else { value };
            assert_eq!(version(own), version(base), "version of {name}");
            assert_eq!(member(own, "default-features"), member(base, "default-features"), "default-features of {name}");
            assert_eq!(member(own, "optional"), member(value, "optional"), "optional of {name}");
            let mut features = list(member(base, "features").unwrap_or_default());
            if inherits {
                features.extend(list(member(value, "features").unwrap_or_default()));
                features.sort();
            }
            assert_eq!(list(member(own, "features").unwrap_or_default()), features, "features of {name}");
        }
        // Only a crate with bodies in XML has that feature by default.
        let runtime = runtime.replacen(", \"xml\"]", "]", 1);
        let wanted: Vec<(&str, &str)> =
            section(&runtime, "features").into_iter().filter(|(name, _)| *name != "embed").collect();
        assert_eq!(section(&ours, "features"), wanted);
    }

    #[test]
    fn the_readme() {
        let config = Config::default().with_name("shop");
        let apis = [api()];
        let text = file(&apis, &config, "README.md");
        for part in [
            "# shop\n\nBuys and sells pets.\n\n| API | Version | Operations | Documentation |\n",
            "| Pet \\| Shop \\<b> | 1.2 | 6 | [operations](docs/README.md) |",
            "shop = { path = \"path/to/shop\" }",
            "fn client() -> Result<Client, Error> {",
            "client.find_pets()",
            "[page on credentials and errors](docs/errors-and-auth.md)",
            "| `jwt` | yes | tokens that the client signs |",
            "| `pkce` | yes | log-in by a browser (OAuth 2 with proof key) |",
        ] {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
        let plan = planned(&apis, &config);
        let mut all = files(&apis, &config);
        all.extend(docs::emit(&apis, &plan, &[]));
        assert_eq!(broken_links(&all), Vec::<String>::new());
    }

    #[test]
    fn the_readme_of_several() {
        let mut other = api();
        other.name = "other".to_owned();
        let text = file(&[api(), other], &Config::default().with_name("shops"), "README.md");
        assert!(
            text.contains("| `other` | yes | the API Pet \\| Shop \\<b> |")
                && text.contains("(docs/pet-shop/README.md)")
                && text.contains("API descriptions."),
            "{text}"
        );
    }
}
