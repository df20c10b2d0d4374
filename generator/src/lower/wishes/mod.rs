//! What the settings of an API want: which operations there are, what things are called, what formats become.
//!
//! A wish that comes true is noted, and at the end each one that did not is an error: it names something that the
//! description does not have (any more).

mod reach;
mod rename;
mod select;
mod server;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::paths::Found;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::ir::{Api, Choices, DefaultFeatures, GivenName, NameHint, OpId, Origin, Shape, TagId};
use crate::load::{At, Document};
use crate::settings::{ApiSettings, Defaults, Renamed, names_operation};

/// The settings while a document is lowered.
pub(super) struct Wishes<'a> {
    doc: &'a Document,
    sink: &'a Sink,
    settings: &'a ApiSettings,
    /// Entries of `rename.types` by the place of the schema.
    types: BTreeMap<Origin, &'a Renamed>,
    /// Schemas of components that only skipped operations reach.
    dropped: BTreeSet<Origin>,
    /// How many operations are skipped.
    skipped: usize,
    /// The places in the settings whose wish came true.
    true_ones: RefCell<BTreeSet<Origin>>,
}

impl<'a> Wishes<'a> {
    pub fn new(doc: &'a Document, settings: &'a ApiSettings, sink: &'a Sink) -> Self {
        let types =
            settings.rename.types.iter().filter_map(|entry| Some((rename::schema(doc, &entry.what)?.origin(), entry)));
        Self {
            doc,
            sink,
            settings,
            types: types.collect(),
            dropped: BTreeSet::new(),
            skipped: 0,
            true_ones: RefCell::default(),
        }
    }

    /// Takes out the operations that are skipped, and remembers what goes with them.
    pub fn select(&mut self, found: Vec<Found<'a>>, api: &Api) -> Vec<Found<'a>> {
        let (kept, lost) = select::split(self, found, api);
        self.skipped = lost.len();
        if !lost.is_empty() {
            self.dropped = reach::dropped(self.doc, &kept, &lost, self.settings.only.is_some());
        }
        kept
    }

    /// Whether the schema of a component goes with the skipped operations.
    pub fn drops(&self, schema: Origin) -> bool {
        self.dropped.contains(&schema)
    }

    /// What the name of a type is made from, if the settings say.
    pub fn hint(&self, schema: Origin) -> Option<NameHint> {
        self.types.get(&schema).map(|entry| NameHint::named(entry.name.clone()))
    }

    /// The name of an operation, if the settings say.
    pub fn operation(&self, id: &str, entry: &Found<'_>) -> Option<GivenName> {
        let wanted = self
            .settings
            .rename
            .operations
            .iter()
            .find(|wanted| names_operation(&wanted.what, Some(id), &entry.method, entry.path))?;
        self.came_true(wanted.what_at);
        Some(given(wanted))
    }

    /// What a value of this type and format becomes, if the settings say.
    pub fn format(&self, kind: &str, format: &str) -> Option<Shape> {
        let wanted = match (kind, format) {
            ("string" | "integer" | "number", format) if !format.is_empty() => format,
            ("integer" | "number", _) => kind,
            _ => return None,
        };
        let choice = self.settings.formats.iter().find(|choice| choice.format == wanted)?;
        let fits = matches!(choice.shape, Shape::Text(_)) == (kind == "string");
        fits.then(|| {
            self.came_true(choice.at);
            choice.shape.clone()
        })
    }

    /// Does what can be done only when all types and operations are known, and tells what came to nothing.
    pub fn finish(self, api: &mut Api) {
        api.operations_skipped = self.skipped;
        rename::apply(&self, api);
        if let Some(wanted) = &self.settings.server {
            server::apply(&self, wanted, api);
        }
        api.choices = Choices {
            names: std::mem::take(&mut api.choices.names),
            single_module: self.settings.single_module,
            per_tag: self.settings.per_tag,
            default_features: self.defaults(api),
        };
        for choice in &self.settings.formats {
            let what = match choice.shape {
                Shape::Text(_) => "string",
                _ => "number",
            };
            self.unless_true(choice.at, format!("no {what} of the description has the format `{}`", choice.format));
        }
    }

    fn defaults(&self, api: &Api) -> DefaultFeatures {
        match &self.settings.defaults {
            Defaults::All => DefaultFeatures::All,
            Defaults::Nothing => DefaultFeatures::Nothing,
            Defaults::Tags(names) => {
                let tag = |name: &crate::settings::Said<String>| {
                    let tag = find_tag(api, &name.value);
                    if tag.is_none() {
                        self.unmatched(name.at, format!("the description has no tag `{}`", name.value));
                    }
                    Some((tag?, name.at))
                };
                DefaultFeatures::Tags(names.iter().filter_map(tag).collect())
            }
        }
    }

    fn came_true(&self, at: Origin) {
        self.true_ones.borrow_mut().insert(at);
    }

    /// Tells what is wrong with a wish, unless it came true.
    fn unless_true(&self, at: Origin, message: String) {
        if !self.true_ones.borrow().contains(&at) {
            self.unmatched(at, message);
        }
    }

    fn unmatched(&self, at: Origin, message: String) {
        self.sink.push(
            Diagnostic::new(Code::UnusedSetting, Severity::Error, at, message).help("mend the entry, or remove it"),
        );
    }

    /// Refuses an entry for a thing that another entry has named by another word.
    fn once(&self, entry: &Renamed, before: Option<GivenName>) {
        if let Some(before) = before {
            self.refuse(
                entry.name_at,
                format!("`{}` is called `{}` by another entry already", entry.what, before.name),
            );
        }
    }

    fn refuse(&self, at: Origin, message: String) {
        self.sink.error(Code::Setting, at, message);
    }
}

fn given(entry: &Renamed) -> GivenName {
    GivenName { name: entry.name.clone(), at: entry.name_at }
}

fn find_tag(api: &Api, name: &str) -> Option<TagId> {
    api.tags.iter().find(|(_, tag)| tag.name == name).map(|(id, _)| id)
}

/// The operation that a text names.
fn find_operation(api: &Api, name: &str) -> Option<OpId> {
    api.ops.iter().find(|(_, op)| names_operation(name, Some(&op.id), &op.method, &op.path)).map(|(id, _)| id)
}

/// The ways to take `a.b.c` apart at a dot, the longest first part first: both parts may have dots of their own.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.rmatch_indices('.').filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)))
}

/// The tags of an operation.
fn tags<'a>(at: At<'a>) -> impl Iterator<Item = &'a str> {
    at.get("tags").into_iter().flat_map(At::items).filter_map(At::as_str)
}
