//! The stages in a row: sources in, files and findings out. Pure: nothing is read but the sources, nothing printed,
//! and the same input gives the same output on any number of threads.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Severity, Sink};
use crate::emit;
use crate::features;
use crate::files::FileSet;
use crate::ir::{Api, DefaultFeatures, OpId};
use crate::load::{Document, load};
use crate::parallel;
use crate::plan::{self, ApiPlan, Plan};
use crate::report::{Finding, clean};
use crate::settings::{Allowed, ApiSettings, Config, selects_operation};
use crate::source::Source;
use crate::summary::{ApiSummary, LeftOut, Outcome};

/// A step of a run, told while it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A description is being read.
    Reading(String),
    /// A description is understood: its name and how many operations it has.
    Understood(String, usize),
    /// The output is being made.
    Writing,
}

/// A stage whose result can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The APIs, free of the documents.
    Ir,
    /// Names, boxes, modules and files.
    Plan,
}

/// Generates one output from all descriptions.
///
/// Every problem of every description is in the outcome. There are no files when one of them is an error.
///
/// # Example
/// ```
/// use clientsmith::{settings::Config, source::Source};
///
/// let spec = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {'204': {description: none}}\n";
/// let outcome = clientsmith::generate(&[Source::new("pets.yaml", spec)], &Config::default());
/// assert!(!outcome.has_errors());
/// assert_eq!(outcome.summary.operations_generated(), 1);
/// assert!(outcome.files.get("src/lib.rs").is_some());
/// ```
pub fn generate(inputs: &[Source], config: &Config) -> Outcome {
    generate_with(inputs, config, &|_| {})
}

/// The same as [`generate`], telling each step as it begins.
pub fn generate_with(inputs: &[Source], config: &Config, tell: &(dyn Fn(Step) + Sync)) -> Outcome {
    large_stack(|| whole(inputs, config, tell))
}

fn whole(inputs: &[Source], config: &Config, tell: &(dyn Fn(Step) + Sync)) -> Outcome {
    let Run { apis, plan, left_out, mut outcome } = Run::new(inputs, config, tell);
    if !outcome.has_errors() {
        tell(Step::Writing);
        for (path, content) in emit::emit(&apis, &plan, config, &left_out) {
            if let Err(error) = outcome.files.insert(path, content) {
                outcome.findings.push(Finding::of_run(Code::Limit, error.to_string()));
            }
        }
    }
    if outcome.has_errors() {
        outcome.files = FileSet::default();
        outcome.summary.apis.iter_mut().for_each(|api| api.operations_generated = 0);
    }
    outcome.summary.docs_pages =
        outcome.files.iter().filter(|(path, _)| path.starts_with("docs/") && path.ends_with(".md")).count();
    outcome.summary.files = outcome.files.len();
    outcome
}

/// Finds every problem of the descriptions without making any output.
pub fn check(inputs: &[Source], config: &Config) -> Outcome {
    large_stack(|| Run::new(inputs, config, &|_| {}).outcome)
}

/// A stage's result as text for people, with what was found on the way.
pub fn inspect(inputs: &[Source], config: &Config, stage: Stage) -> (String, Outcome) {
    large_stack(|| {
        let run = Run::new(inputs, config, &|_| {});
        let text = match stage {
            Stage::Ir => format!("{:#?}\n", run.apis),
            Stage::Plan => format!("{:#?}\n", run.plan),
        };
        (text, run.outcome)
    })
}

/// The Cargo features that a crate of these descriptions has for its operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFeatures {
    /// How many operations each feature switches on, by name; empty where no feature is needed.
    pub all: BTreeMap<String, usize>,
    /// The features that the operations need which were asked for, with those that these need.
    pub needed: BTreeSet<String>,
    /// What was asked for and is no operation.
    pub unknown: Vec<String>,
}

/// Which Cargo features a program needs for the operations that it calls.
///
/// An operation is named by its `operationId`, the method of the client, or `METHOD /path`; patterns as in the settings
/// name several.
///
/// # Example
/// ```
/// use clientsmith::{settings::Config, source::Source};
///
/// let spec = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {tags: [x]}}\n  /b: {get: {tags: [y]}}\n";
/// let source = Source::new("t.yaml", spec).with_settings("t.toml", "features.per-tag = 1");
/// let (features, _) = clientsmith::pipeline::features(&[source], &Config::default(), &["GET /b".to_owned()]);
/// assert_eq!(features.needed.into_iter().collect::<Vec<_>>(), ["y"]);
/// ```
pub fn features(inputs: &[Source], config: &Config, wanted: &[String]) -> (OperationFeatures, Outcome) {
    large_stack(|| {
        let Run { apis, plan, outcome, .. } = Run::new(inputs, config, &|_| {});
        let mut found = OperationFeatures { unknown: wanted.to_vec(), ..OperationFeatures::default() };
        for (api, own) in apis.iter().zip(&plan.apis) {
            for (name, count) in features::counts(api, own) {
                *found.all.entry(name.to_owned()).or_default() += count;
            }
            let asked = |id: OpId, text: &str| {
                let operation = &api.ops[id];
                let method = own.op(id).method.trim_start_matches("r#");
                text == method || selects_operation(text, Some(&operation.id), &operation.method, &operation.path)
            };
            let ops = api.ops.ids().filter(|id| wanted.iter().any(|text| asked(*id, text)));
            found.needed.extend(features::closure(api, own, ops).into_iter().map(str::to_owned));
            found.unknown.retain(|text| !api.ops.ids().any(|id| asked(id, text)));
        }
        (found, outcome)
    })
}

/// Everything up to the plan; the outcome lacks only the files.
struct Run {
    apis: Vec<Api>,
    plan: Plan,
    /// By API: what its docs list as left out.
    left_out: Vec<Vec<emit::docs::LeftOut>>,
    outcome: Outcome,
}

impl Run {
    fn new(sources: &[Source], config: &Config, tell: &(dyn Fn(Step) + Sync)) -> Self {
        let read = parallel::map(sources, |source| {
            tell(Step::Reading(source.path.clone()));
            let sink = Sink::default();
            let document = load(source, &config.limits, &sink);
            let settings = ApiSettings::read(&document, &sink);
            let name = name(source, &settings, &sink);
            let api = (!sink.has_errors())
                .then(|| crate::lower::lower_as_before(&document, &name, &settings, &config.lock, &sink));
            if let Some(api) = &api {
                tell(Step::Understood(name.clone(), api.ops.len()));
            }
            (name, Input { summary: ApiSummary::default(), document, settings, sink, index: None }, api)
        });
        let names = unique(read.iter().map(|(name, ..)| name.as_str()));
        let mut apis = Vec::new();
        let mut inputs = Vec::new();
        for ((source, name), (_, mut input, api)) in sources.iter().zip(names).zip(read) {
            input.summary = ApiSummary { name: name.clone(), path: source.path.clone(), ..ApiSummary::default() };
            if let Some(api) = api {
                input.summary.operations_in_spec = api.operations_in_spec;
                input.summary.operations_skipped = api.operations_skipped;
                input.summary.opt_in = api.choices.default_features == DefaultFeatures::Nothing;
                input.index = Some(apis.len());
                apis.push(Api { name, ..api });
            }
            inputs.push(input);
        }
        let sinks: Vec<&Sink> = inputs.iter().filter(|input| input.index.is_some()).map(|input| &input.sink).collect();
        let plan = plan::plan(&apis, config, &sinks);
        let mut outcome = Outcome { findings: problems(sources, config), ..Outcome::default() };
        outcome.summary.name.clone_from(&plan.crate_name);
        let mut left_out = Vec::new();
        for input in inputs {
            let planned = input.index.and_then(|index| Some((apis.get(index)?, plan.apis.get(index)?)));
            let gaps = input.settle(planned, config, &mut outcome);
            left_out.extend(planned.map(|_| gaps));
        }
        Self { apis, plan, left_out, outcome }
    }
}

/// What became of one source.
struct Input {
    summary: ApiSummary,
    document: Document,
    settings: ApiSettings,
    sink: Sink,
    /// Its API's index among those that could be understood.
    index: Option<usize>,
}

impl Input {
    /// Looks up the places of everything that was found, and counts; gives what is left out.
    fn settle(
        self,
        planned: Option<(&Api, &ApiPlan)>,
        config: &Config,
        outcome: &mut Outcome,
    ) -> Vec<emit::docs::LeftOut> {
        let mut gaps = Vec::new();
        let Self { mut summary, document, settings, sink, .. } = self;
        if let Some((api, own)) = planned {
            summary.operations_generated = api.ops.len();
            summary.types = own.facts.emitted.iter().filter(|emitted| **emitted).count();
        }
        outcome.summary.apis.push(summary);
        outcome.inputs.extend(document.files.iter().map(|file| file.path.clone()));
        let mut diagnostics = sink.into_sorted();
        // What is wrong with a text has a place that is no node's, behind them all.
        diagnostics.sort_by_key(|found| document.place(found.at));
        let mut allowed = Allowed::new(&settings);
        let reasons: Vec<Option<String>> = diagnostics
            .iter()
            .map(|found| {
                (found.severity == Severity::LeftOut)
                    .then(|| allowed.reason(found.code, || document.reference(found.at)))?
            })
            .collect();
        // What was not understood at all says nothing about what is left out.
        if planned.is_some() {
            diagnostics.extend(allowed.unused());
        }
        for (diagnostic, reason) in diagnostics.into_iter().zip(reasons.into_iter().chain(std::iter::repeat(None))) {
            let mut finding = Finding::new(diagnostic, &document);
            match finding.severity {
                Severity::LeftOut => {
                    finding.allowed = reason.as_deref().map(clean);
                    let effect = finding.effect.clone().unwrap_or_default();
                    gaps.push(emit::docs::LeftOut {
                        code: finding.code,
                        place: finding.place(),
                        reason: finding.message.clone(),
                        effect: finding
                            .allowed
                            .as_ref()
                            .map_or(effect.clone(), |reason| format!("{effect} (accepted: {reason})")),
                    });
                    let Finding { file, pointer, code, message, allowed, .. } = &finding;
                    outcome.summary.left_out.push(LeftOut {
                        file: file.clone(),
                        pointer: pointer.clone(),
                        code: code.id(),
                        reason: message.clone(),
                        allowed: allowed.clone(),
                    });
                    if config.strict && finding.allowed.is_none() {
                        finding.severity = Severity::Error;
                    }
                }
                Severity::Warning => outcome.summary.warnings += 1,
                Severity::Error => {}
            }
            outcome.findings.push(finding);
        }
        gaps
    }
}

/// Problems that concern no place of a description.
fn problems(sources: &[Source], config: &Config) -> Vec<Finding> {
    let mut out = Vec::new();
    if sources.is_empty() {
        out.push(Finding::of_run(Code::Setting, "there is no description to generate from".to_owned()));
    }
    if let Some(name) = config.name.as_deref().filter(|name| !is_name(name)) {
        out.push(Finding::of_run(Code::Setting, not_a_name("a crate", name)));
    }
    for source in sources {
        let name = source.name();
        if !is_name(&name) {
            out.push(Finding::of_run(Code::Setting, not_a_name("an API", &name)));
        }
    }
    out
}

/// Whether a text can name a crate, a module and a feature.
pub(crate) fn is_name(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.len() <= 64 && name.split('-').all(word)
}

/// What the API of a source is called: as the caller says, else as the settings do, else after its file.
fn name(source: &Source, settings: &ApiSettings, sink: &Sink) -> String {
    match &settings.name {
        Some(name) if source.given_name().is_none() => {
            if !is_name(&name.value) {
                sink.error(Code::Setting, name.at, not_a_name("an API", &name.value));
            }
            name.value.clone()
        }
        _ => source.name(),
    }
}

fn not_a_name(what: &str, name: &str) -> String {
    format!(
        "`{name}` cannot be the name of {what}: it needs small letters, digits and single hyphens, and starts with a letter"
    )
}

/// A name of its own for each API; later ones that clash get a number.
fn unique<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let names = names.map(|name| {
        let mut own = name.to_owned();
        let mut number = 2;
        // `kore-ai` and `kore_ai` would be the same module.
        while !taken.insert(own.replace('_', "-")) {
            own = format!("{name}-{number}");
            number += 1;
        }
        own
    });
    names.collect()
}

/// Stages recurse over types and tokens; the stack of a caller's thread may be small.
fn large_stack<R: Send + Default>(work: impl Fn() -> R + Sync) -> R {
    parallel::map(&[()], |()| work()).pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_apis() {
        let names = |paths: &[&str]| {
            unique(
                paths.iter().map(|path| Source::new(*path, "").name()).collect::<Vec<_>>().iter().map(String::as_str),
            )
        };
        assert_eq!(names(&["a/pets.yaml", "b/pets.json", "c/pets.yml", "x.yaml"]), ["pets", "pets-2", "pets-3", "x"]);
        assert!(is_name("kore-ai") && is_name("a_b2"));
        for bad in ["", "A", "1a", "a--b", "-a", "a-", "a/b", "é", "a b"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn errors_leave_no_files() {
        let good = Source::new("a.yaml", "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n");
        let bad = Source::new("b.yaml", "openapi: 4.0.0\n");
        let outcome = generate(&[good.clone(), bad], &Config::default());
        assert!(outcome.has_errors() && outcome.files.is_empty());
        assert_eq!(outcome.findings.iter().map(Finding::place).collect::<Vec<_>>(), ["b.yaml:1:10"]);
        assert_eq!(outcome.inputs, ["a.yaml", "b.yaml"]);
        let outcome = generate(&[good], &Config::default().with_name("No Name"));
        assert!(outcome.findings[0].message.starts_with("`No Name` cannot be the name of a crate"));
        assert!(outcome.files.is_empty());
        assert!(generate(&[], &Config::default()).has_errors());
    }

    #[test]
    fn strict_raises_what_is_left_out() {
        let spec = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {$ref: '#/gone'}}\n";
        let source = [Source::new("a.yaml", spec)];
        let lenient = generate(&source, &Config::default());
        assert!(!lenient.has_errors() && !lenient.files.is_empty());
        assert_eq!(lenient.summary.left_out.len(), 1);
        let strict = generate(&source, &Config::default().with_strict(true));
        assert!(strict.has_errors() && strict.files.is_empty());
        assert_eq!((strict.summary.left_out.len(), strict.summary.operations_generated()), (1, 0));
    }

    #[test]
    fn the_same_on_any_number_of_threads() {
        let sources: Vec<Source> = (0..8)
            .map(|number| Source::new(format!("api-{number}.yaml"), format!("openapi: 3.0.3\ninfo: {{title: A{number}, version: '1'}}\npaths:\n  /a{{b}}:\n    get: {{operationId: o{number}}}\n")))
            .collect();
        let first = generate(&sources, &Config::default());
        for _ in 0..3 {
            let again = generate(&sources, &Config::default());
            assert_eq!(
                (&again.files, &again.findings, &again.summary),
                (&first.files, &first.findings, &first.summary)
            );
        }
    }
}
