//! What a schema without a name of its own is called after: the place where it stands.

use super::Lower;
use crate::ir::{NameHint, Origin};
use crate::load::{At, Document};

/// What a schema is called after that only a pointer reaches.
pub(super) fn hint(doc: &Document, at: At<'_>) -> NameHint {
    hint_from_place(doc.path(at.file), &doc.short_pointer(at.origin()), at.file == 0)
}

impl<'a> Lower<'a> {
    /// What the type of a schema is called after.
    pub(super) fn hint_of(&self, schema: Origin) -> NameHint {
        if let Some(wanted) = self.wishes.hint(schema) {
            return wanted;
        }
        match (self.types.get(&schema), self.doc.node(schema)) {
            (Some(id), _) => self.api.types[*id].hint.clone(),
            (None, Some(at)) => hint(self.doc, at),
            (None, None) => NameHint::default(),
        }
    }

    /// What a schema inside a shared part of the document is called after: that part, whoever uses it first.
    pub(super) fn standing(&self, at: At<'a>, hint: &NameHint) -> Option<NameHint> {
        if self.depth > 1 {
            return None;
        }
        let pointer = self.doc.short_pointer(at.origin());
        let mut steps = pointer.trim_start_matches('#').split('/').skip(1).map(unescaped);
        let mut section = steps.next()?;
        if section == "components" {
            section = steps.next()?;
        }
        match section.as_str() {
            "parameters" | "headers" => Some(NameHint::named(steps.next()?)),
            "responses" => {
                let hint = NameHint::named(steps.next()?);
                match steps.next()?.as_str() {
                    "headers" => Some(hint.child(steps.next()?)),
                    _ => Some(hint.child("reply")),
                }
            }
            "requestBodies" => Some(NameHint::named(steps.next()?).child("body")),
            // The parameters of all operations of a path.
            "paths" => {
                let path = steps.next()?;
                let shared = steps.next()? == "parameters";
                shared.then(|| NameHint::named(path).child(hint.path.last().map_or("", String::as_str)))
            }
            _ => None,
        }
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Makes a hint from where a schema stands, for schemas that only a pointer reaches.
fn hint_from_place(file: &str, pointer: &str, main: bool) -> NameHint {
    let pointer = pointer.trim_start_matches('#').trim_start_matches('/');
    let first = pointer.split('/').next().unwrap_or_default();
    // A file that is one schema: its name is the schema's.
    let whole = matches!(first, "" | "properties" | "items" | "additionalProperties" | "allOf" | "anyOf" | "oneOf");
    let stem = (whole && !main).then(|| stem(file));
    let parts = pointer.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).filter(|part| {
        !matches!(
            part.as_str(),
            "" | "components"
                | "schemas"
                | "definitions"
                | "$defs"
                | "properties"
                | "schema"
                | "content"
                | "paths"
                | "application/json"
        )
    });
    let mut parts = stem.into_iter().chain(parts);
    let base = parts.next().unwrap_or_else(|| "root".to_owned());
    NameHint { base, path: parts.collect(), of_operation: false }
}

/// What a file is about: its name, or that of its folder where its own says nothing.
fn stem(file: &str) -> String {
    let mut parts = file.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let says_nothing = matches!(name.trim_matches('_'), "" | "index" | "schema" | "schemas");
    parts.next().filter(|_| says_nothing).unwrap_or(name).to_owned()
}
