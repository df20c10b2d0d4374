//! Prose: titles, descriptions, limits and examples.

use super::Lower;
use super::keywords::reference_of;
use crate::ir::{Doc, Info};
use crate::load::{At, Kind};

/// What is longer stands with its type alone, and not at each place that refers to it.
const REPEATED: usize = 200;
/// So many references in a row are followed.
const CHAIN: usize = 64;

/// The `info` object.
pub(super) fn info(root: At<'_>) -> Info {
    let Some(info) = root.get("info") else { return Info::default() };
    let text = |key| info.get(key).map(|at| at.as_str().map_or_else(|| at.node.to_json(), str::to_owned));
    let mut notes = Vec::new();
    if let Some(terms) = info.str("termsOfService") {
        notes.push(format!("Terms of service: {terms}"));
    }
    if let Some(contact) = info.get("contact") {
        let parts: Vec<&str> = ["name", "email", "url"].iter().filter_map(|key| contact.str(key)).collect();
        if !parts.is_empty() {
            notes.push(format!("Contact: {}", parts.join(", ")));
        }
    }
    if let Some(license) = info.get("license") {
        let parts: Vec<&str> = ["name", "url"].iter().filter_map(|key| license.str(key)).collect();
        if !parts.is_empty() {
            notes.push(format!("Licence of the description: {}", parts.join(", ")));
        }
    }
    Info {
        title: text("title").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        doc: Doc { summary: info.str("summary").map(str::to_owned), ..doc(info) },
        notes,
    }
}

/// What a described object says of itself.
pub(super) fn doc(at: At<'_>) -> Doc {
    let text = |key| at.str(key).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    Doc {
        summary: text("summary").or_else(|| text("title")).or_else(|| text("x-ms-summary")),
        description: text("description"),
        link: at.get("externalDocs").and_then(|link| link.str("url")).map(str::to_owned),
        deprecated: at.bool("deprecated").unwrap_or(false),
    }
}

/// The first sentence of a text, or its first paragraph.
pub(super) fn opening(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    match paragraph.find(". ") {
        Some(end) => paragraph[..=end].to_owned(),
        None => paragraph.to_owned(),
    }
}

/// JSON texts of the examples of a schema (`example`, and `examples` of 3.1).
pub(super) fn schema_examples(at: At<'_>) -> Vec<String> {
    let one = at.get("example").map(|example| example.node.to_json());
    let many = at.get("examples").into_iter().flat_map(At::items).map(|example| example.node.to_json());
    one.into_iter().chain(many).collect()
}

/// Ready sentences on the values that a schema names. Its limits are told by [`super::limits`].
pub(super) fn limits(at: At<'_>) -> Vec<String> {
    let shown = |key: &str, word: &str| at.get(key).map(|value| format!("{word} `{}`", seen(value)));
    shown("default", "default").into_iter().chain(shown("const", "always")).collect()
}

/// A value as it is shown: a text stands in quotes where nothing would be seen of it, or not of its ends.
fn seen(value: At<'_>) -> String {
    match value.as_str() {
        Some(text) if !text.is_empty() && text.trim() == text => text.to_owned(),
        _ => value.node.to_json(),
    }
}

/// What a value of a named type is where nothing is said. An object is rarely meant in full.
pub(super) fn default_of_type(at: At<'_>) -> Option<String> {
    let default = at.get("default").filter(|default| !default.is_object() && !default.is_null())?;
    Some(format!("default `{}`", seen(default)))
}

impl<'a> Lower<'a> {
    /// As [`limits`], of a value: where its schema has no default, that of the type that it refers to counts.
    pub(super) fn limits_of_value(&self, at: At<'a>) -> Vec<String> {
        let mut notes = limits(at);
        if at.get("default").is_none() {
            let of_type = self.referred_to(at).find(|at| at.get("default").is_some()).and_then(default_of_type);
            notes.splice(0..0, of_type.filter(|note| note.len() <= REPEATED));
        }
        notes
    }

    /// The JSON text of a value for a parameter: an example of its own, of its schema or of the type that this refers to;
    /// where one must be given, its default is as good.
    pub(super) fn example_of(&self, param: At<'a>, schema: Option<At<'a>>, required: bool) -> Option<String> {
        let own = self.examples(param).into_iter().map(|(_, text)| text).next();
        let of = |at: At<'a>| schema_examples(at).into_iter().next();
        if let Some(own) = own.or_else(|| of(schema?)) {
            return Some(own);
        }
        let schema = schema?;
        let all: Vec<At<'a>> = std::iter::once(schema).chain(self.referred_to(schema)).collect();
        let default = || all.iter().filter_map(|at| at.get("default")).find(|default| !default.is_null());
        let text = all.iter().find_map(|at| of(*at));
        let text = text.or_else(|| default().filter(|_| required).map(|default| default.node.to_json()));
        text.filter(|text| text.len() <= REPEATED)
    }

    /// The schemas behind a schema that is nothing but a reference, or one around it.
    fn referred_to(&self, at: At<'a>) -> impl Iterator<Item = At<'a>> {
        let next = |at: &At<'a>| match reference_of(*at) {
            Some(_) => self.quiet_target(*at),
            None => at.get("allOf").filter(|list| list.len() == 1)?.items().next(),
        };
        std::iter::successors(next(&at), next).take(CHAIN)
    }

    /// What an object says of itself. From 3.1 on, `description` beside the references to it counts instead, and `summary`
    /// where such objects have one (OpenAPI 3.2, Reference Object).
    pub(super) fn said(&self, given: At<'a>, at: At<'a>, has_summary: bool) -> Doc {
        let mut said = doc(at);
        let (mut here, mut beside) = (given, Vec::new());
        while self.siblings_count() && here.origin() != at.origin() && beside.len() < CHAIN {
            beside.push(doc(here));
            let next = here.str("$ref").and_then(|reference| self.doc.follow_from(here, reference).ok());
            here = next.unwrap_or(at);
        }
        for Doc { summary, description, .. } in beside.into_iter().rev() {
            said.description = description.or(said.description);
            said.summary = summary.filter(|_| has_summary).or(said.summary);
        }
        said
    }

    /// Name and JSON text of the examples beside a schema: `example`, `examples` with `value` or a reference.
    pub(super) fn examples(&self, at: At<'a>) -> Vec<(String, String)> {
        let mut out = Vec::new();
        if let Some(example) = at.get("example") {
            out.push((String::new(), example.node.to_json()));
        }
        let Some(examples) = at.get("examples") else { return out };
        match examples.node.kind {
            Kind::Array(_) => out.extend(examples.items().map(|example| (String::new(), example.node.to_json()))),
            _ => {
                for (name, example) in examples.entries() {
                    let Some(example) = self.resolve(example) else { continue };
                    // `dataValue` is the 3.2 name of what `value` was (OpenAPI 3.2, Example Object).
                    if let Some(value) = example.get("dataValue").or_else(|| example.get("value")) {
                        out.push((name.to_owned(), value.node.to_json()));
                    }
                }
            }
        }
        out
    }
}
