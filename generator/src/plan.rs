//! Everything that is decided before printing: side tables keyed by the ids of the IR.
//!
//! `analyze`, `names` and `layout` each fill one table; emitters only read them.

mod outcome;

pub use outcome::{essence, failure, headers, page, payload, stream, success};

use std::collections::BTreeSet;

use crate::analyze::analyze;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::features::{self, TagFeature};
use crate::ir::{Api, DefaultFeatures, Flow, FlowKind, Id as _, OpId, SchemeKind, TypeId};
use crate::layout::{PAYLOADS, UNREFERENCED, layout};
use crate::lock::ApiLock;
use crate::names::{names, snake};
use crate::settings::{Config, Form};

/// Decides everything for a crate that holds `apis`. Each API brings the sink of its own document.
pub fn plan(apis: &[Api], config: &Config, sinks: &[&Sink]) -> Plan {
    let all: Vec<String> = apis.iter().map(|api| api.name.clone()).collect();
    let many = apis.len() > 1 || config.api_modules;
    let mut taken: BTreeSet<String> = if many { all.iter().cloned().collect() } else { BTreeSet::new() };
    let plans = apis.iter().zip(sinks).map(|(api, sink)| {
        let facts = analyze(api, sink);
        tell_pages(api, sink);
        let names = names(api, &facts, &config.lock, sink);
        let layout = layout(api, &facts, &names);
        let (module, feature) = if many { (snake(&api.name), api.name.clone()) } else { Default::default() };
        let is_crate = config.form == Form::Crate;
        let feature = if is_crate { feature } else { String::new() };
        let tag_features = if is_crate {
            let threshold = api.choices.per_tag.unwrap_or(features::THRESHOLD);
            features::tags(api, &names, &layout, &feature, threshold, &mut taken)
        } else {
            Vec::new()
        };
        if let (true, DefaultFeatures::Tags(tags)) = (is_crate, &api.choices.default_features) {
            for (tag, at) in tags {
                let (message, help) = match tag_features.get(tag.index()) {
                    Some(Some(_)) => continue,
                    Some(None) => {
                        ("this tag has no operations, so no feature", "take the tag out of `features.default`")
                    }
                    None => (
                        "this API has no features per tag",
                        "set `features.per-tag`, or take the tag out of `features.default`",
                    ),
                };
                sink.push(Diagnostic::new(Code::UnusedSetting, Severity::Error, *at, message).help(help));
            }
        }
        let gates_payloads = is_crate && !api.hooks.is_empty() && !api.ops.is_empty();
        ApiPlan { module, feature, gates_unreferenced: is_crate, gates_payloads, tag_features, facts, names, layout }
    });
    Plan { crate_name: config.crate_name(&all), is_crate: config.form == Form::Crate, apis: plans.collect() }
}

/// Tells the operations that are said to give pages, though their answers hold no such list.
fn tell_pages(api: &Api, sink: &Sink) {
    for (id, operation) in api.ops.iter() {
        if let Some(paging) = operation.paging.as_ref().filter(|_| page(api, id).is_none()) {
            let message = match paging.items.as_str() {
                "" => "the answer is not one list".to_owned(),
                items => format!("the answer has no list at `{items}`, or there are several kinds of answer"),
            };
            let effect = "the operation is generated without pages";
            sink.left_out(Code::Extension, paging.origin, message, effect);
        }
    }
}

/// Cargo feature of the models that no operation uses: few need them, and all would compile them.
pub const UNREFERENCED_FEATURE: &str = "unreferenced-models";

/// Cargo feature of webhooks and callbacks, where there are calls too: most programs only call.
pub const PAYLOADS_FEATURE: &str = "webhook-payloads";

/// The decisions for one output crate.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Name of the crate, such as `automation-clients`.
    pub crate_name: String,
    /// Whether the output is a crate; else it is modules, and nobody knows the path at which they will stand.
    pub is_crate: bool,
    /// One plan for each API, in the order of the APIs.
    pub apis: Vec<ApiPlan>,
}

impl Plan {
    /// Whether each API is a module and feature of its own; else the one API is the crate's root.
    pub fn many(&self) -> bool {
        self.apis.iter().any(|api| !api.module.is_empty())
    }
    /// Whether some models stand behind the feature [`UNREFERENCED_FEATURE`].
    pub fn has_unreferenced(&self) -> bool {
        self.apis
            .iter()
            .any(|api| api.gates_unreferenced && api.layout.models.iter().any(|(module, _)| module == UNREFERENCED))
    }
    /// Whether webhooks and callbacks of some API stand behind the feature [`PAYLOADS_FEATURE`].
    pub fn has_payloads(&self) -> bool {
        self.apis.iter().any(|api| api.gates_payloads)
    }
    /// The crate's name as Rust code writes it.
    pub fn crate_ident(&self) -> String {
        self.crate_name.replace('-', "_")
    }
}

/// The decisions for one API.
#[derive(Clone, Debug, Default)]
pub struct ApiPlan {
    /// Module of the API in the crate, such as `kore_ai`; empty when the API is the crate's root.
    pub module: String,
    /// Cargo feature of the API, such as `kore-ai`; empty when there is none.
    pub feature: String,
    /// Whether models that no operation uses stand behind the feature [`UNREFERENCED_FEATURE`].
    pub gates_unreferenced: bool,
    /// Whether webhooks and callbacks stand behind the feature [`PAYLOADS_FEATURE`].
    pub gates_payloads: bool,
    /// Cargo features of the tags, by tag, none for a tag without operations; empty where the API is not large.
    pub tag_features: Vec<Option<TagFeature>>,
    /// What follows from the graph of types.
    pub facts: Facts,
    /// Every ident.
    pub names: Names,
    /// Which item stands in which file.
    pub layout: Layout,
}

/// What follows from the graph of types and operations.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// By type: whether an operation reaches it at all (unreached ones are emitted too when the document names them).
    pub emitted: Vec<bool>,
    /// By type: whether a request body or parameter reaches it.
    pub sent: Vec<bool>,
    /// By type: whether an answer reaches it.
    pub received: Vec<bool>,
    /// By type, then by field or variant: whether its value stands in a box.
    pub boxed: Vec<Vec<bool>>,
    /// By type, then by field: whether the required field is optional in the type, because no finite value exists
    /// otherwise, or because it stands in one direction only and the type goes in both.
    pub forced_optional: Vec<Vec<bool>>,
    /// By type: whether it derives `Eq` and `Hash` (text enums do).
    pub hashable: Vec<bool>,
    /// By type: whether it holds secrets, directly or inside.
    pub secret: Vec<bool>,
}

impl Facts {
    /// Whether a type has tables for checks on request: not where it is only received, since the tables of all types
    /// together cost compile time that everybody pays.
    pub fn checked(&self, id: TypeId) -> bool {
        let of = |flags: &[bool]| flags.get(id.index()).copied().unwrap_or(false);
        of(&self.sent) || !of(&self.received)
    }
}

/// Every ident of an API. No two items of one scope share one, and none is a keyword.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// By type: `FlowSearchCriteria`.
    pub types: Vec<String>,
    /// By type, then by field: `group`, `r#type`.
    pub fields: Vec<Vec<String>>,
    /// By type: the member that keeps what the spec does not describe, usually `extra`.
    pub extra: Vec<String>,
    /// By type, then by enum value or union variant: `StartsWith`.
    pub variants: Vec<Vec<String>>,
    /// By type: the variant that keeps unknown values, usually `Unknown`.
    pub unknown: Vec<String>,
    /// By operation.
    pub ops: Vec<OpNames>,
    /// By webhook or callback.
    pub hooks: Vec<HookNames>,
    /// By tag: module `triggers`.
    pub tags: Vec<String>,
    /// By scheme: method of the builder, `pure_cloud_o_auth`.
    pub schemes: Vec<String>,
    /// By scheme: method of the builder that moves the token URL; empty where there are no tokens to fetch.
    pub token_urls: Vec<String>,
    /// By scheme: methods of the builder that start a log-in by a browser and on another device; empty where there is none.
    pub log_ins: Vec<[String; 2]>,
    /// By server: constructor of `Server`, such as `new` or `staging`.
    pub servers: Vec<String>,
    /// What later runs should know: see [`Lock`](crate::lock::Lock).
    pub notes: ApiLock,
    /// By server, then by variable: type of its values when they are listed, such as `Domain`; and the argument `domain`.
    pub server_variables: Vec<Vec<VariableNames>>,
}

/// Idents of a server variable.
#[derive(Clone, Debug, Default)]
pub struct VariableNames {
    /// Argument.
    pub argument: String,
    /// Enum of the listed values; empty when any text is allowed.
    pub kind: String,
    /// Variants, by value.
    pub variants: Vec<String>,
}

/// Idents of an operation.
#[derive(Clone, Debug, Default)]
pub struct OpNames {
    /// Method of the client: `get_trigger`.
    pub method: String,
    /// Request value: `GetTrigger`.
    pub request: String,
    /// Static table: `GET_TRIGGER`.
    pub table: String,
    /// By parameter: argument or setter.
    pub params: Vec<String>,
    /// Argument or setter of the body; by media type when there are several (`body`, `body_form`, …).
    pub bodies: Vec<String>,
    /// Type of the answer when several success types exist, with its variants in the order of [`Outcome`].
    pub reply: Option<EnumNames>,
    /// Type of the error body when several error types exist.
    pub error: Option<EnumNames>,
    /// Type of the headers of the answers, with its accessors in the order of [`headers`].
    pub headers: Option<EnumNames>,
    /// Type of the events of a stream when their names tell them apart.
    pub events: Option<EnumNames>,
}

/// Idents of a webhook or callback.
#[derive(Clone, Debug, Default)]
pub struct HookNames {
    /// Its function: `new_pet`.
    pub function: String,
    /// Static table: `NEW_PET`.
    pub table: String,
    /// Type of the body when it can be one of several.
    pub payload: Option<EnumNames>,
}

/// An enum that the plan adds.
#[derive(Clone, Debug, Default)]
pub struct EnumNames {
    /// Its name.
    pub name: String,
    /// Its variants.
    pub variants: Vec<String>,
}

/// Which item stands in which file. Modules are idents, those inside of others with `/` between: `pets/dogs`.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// By tag: the module of its operations.
    pub tags: Vec<String>,
    /// Modules that hold models, sorted by name, with their types in document order.
    pub models: Vec<(String, Vec<TypeId>)>,
    /// Modules that hold operations, in tag order, with their operations in document order. The name is the tag's module.
    pub operations: Vec<(String, Vec<OpId>)>,
}

/// What a call gives: the distinct kinds of success or error body, in document order.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<'a> {
    /// No body in any case.
    Nothing,
    /// One kind of body: `(codec, shape)`.
    One(&'a crate::ir::Media),
    /// Several: an enum by status and media type.
    Many(Vec<Case<'a>>),
    /// Streams alone: see [`stream`].
    Streamed,
}

/// The answer of an operation that is read item by item.
#[derive(Clone, Copy, Debug)]
pub struct Streamed<'a> {
    /// The media type.
    pub media: &'a crate::ir::Media,
    /// One item.
    pub item: &'a crate::ir::Item,
}

/// One case of an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Case<'a> {
    /// Statuses it is for.
    pub status: crate::ir::Status,
    /// The body, if there is one.
    pub media: Option<&'a crate::ir::Media>,
}

impl PartialEq for crate::ir::Media {
    fn eq(&self, other: &Self) -> bool {
        // What is read into a model is told apart by the answer itself.
        (self.codec == other.codec || self.codec.is_model() && other.codec.is_model())
            && self.shape == other.shape
            && self.item == other.item
    }
}

impl ApiPlan {
    /// The feature that a type stands behind, if it is one of those that only some programs need.
    pub fn gate(&self, id: TypeId) -> Option<&'static str> {
        let is_in = |wanted| self.layout.models.iter().any(|(module, ids)| module == wanted && ids.contains(&id));
        if self.is_gated(id) {
            return Some(UNREFERENCED_FEATURE);
        }
        (self.gates_payloads && is_in(PAYLOADS)).then_some(PAYLOADS_FEATURE)
    }
    /// Whether a type stands behind the feature [`UNREFERENCED_FEATURE`].
    pub fn is_gated(&self, id: TypeId) -> bool {
        self.gates_unreferenced
            && self
                .layout
                .models
                .iter()
                .any(|(module, types)| module == UNREFERENCED && types.binary_search(&id).is_ok())
    }
    /// Path of a type below the API's module, such as `models::Trigger`.
    pub fn type_path(&self, id: TypeId) -> String {
        format!("models::{}", self.names.types.get(id.index()).map_or("", String::as_str))
    }
    /// Names of an operation.
    pub fn op(&self, id: OpId) -> &OpNames {
        static NONE: std::sync::LazyLock<OpNames> = std::sync::LazyLock::new(OpNames::default);
        self.names.ops.get(id.index()).unwrap_or(&NONE)
    }
}

/// Where a log-in by a browser starts and where its tokens are; empty where a discovery document tells.
pub fn authorization(kind: &SchemeKind) -> Option<(&str, &str)> {
    log_in(kind, FlowKind::AuthorizationCode, |flow| flow.authorization_url.as_deref())
}

/// Where a log-in on another device starts and where its tokens are; empty where a discovery document tells.
pub fn device(kind: &SchemeKind) -> Option<(&str, &str)> {
    log_in(kind, FlowKind::Device, |flow| flow.device_url.as_deref())
}

fn log_in(kind: &SchemeKind, wanted: FlowKind, start: fn(&Flow) -> Option<&str>) -> Option<(&str, &str)> {
    match kind {
        SchemeKind::OpenId { .. } => Some(("", "")),
        SchemeKind::OAuth2(flows) => flows
            .iter()
            .filter(|flow| flow.kind == wanted)
            .find_map(|flow| Some((start(flow)?, flow.token_url.as_deref()?))),
        _ => None,
    }
}
