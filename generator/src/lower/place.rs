//! What a schema without a name of its own is called after: the place where it stands.

use super::{Lower, reply};
use crate::ir::{NameHint, Origin};
use crate::load::{At, Kind};

impl<'a> Lower<'a> {
    /// What a schema is called after that only a pointer reaches: as it would be where it stands.
    pub(super) fn hint_of_place(&self, at: At<'a>) -> NameHint {
        let pointer = self.doc.short_pointer(at.origin());
        match self.in_operation(at) {
            Some(whole) => match part_of_all(&pointer) {
                Some(number) => whole.child(format!("part {number}")),
                None => whole,
            },
            None => hint_from_place(self.doc.path(at.file), &pointer, at.file == 0),
        }
    }

    /// What the members of a schema are called after.
    pub(super) fn hint_of(&self, schema: Origin) -> NameHint {
        if let Some(wanted) = self.wishes.hint(schema) {
            return wanted;
        }
        let at = self.doc.node(schema);
        // There they are called after the whole that the schema is a part of, whoever uses them first.
        if let Some(hint) = at.and_then(|at| self.in_operation(at)) {
            return hint;
        }
        match (self.types.get(&schema), at) {
            (Some(id), _) => self.api.types[*id].hint.clone(),
            (None, Some(at)) => self.hint_of_place(at),
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
            "requestBodies" => {
                let name = NameHint::named(steps.next()?);
                Some(if name.base.to_ascii_lowercase().ends_with("body") { name } else { name.child("body") })
            }
            "paths" => {
                let path = steps.next()?;
                match steps.next()?.as_str() {
                    // The parameters of all operations of a path.
                    "parameters" => Some(NameHint::named(path).child(hint.path.last().map_or("", String::as_str))),
                    // What stands in another operation is shared with that.
                    _ => self.in_operation(at).filter(|place| place.base != hint.base),
                }
            }
            _ => None,
        }
    }

    /// What a schema is called after that stands in an operation.
    fn in_operation(&self, at: At<'a>) -> Option<NameHint> {
        let pointer = self.doc.pointer(at.origin());
        let mut way =
            Way { at: At { file: at.file, node: &self.doc.files.get(at.file as usize)?.root }, pointer: &pointer };
        way.step()?;
        let hint = loop {
            if let Some(hint) = self.operations.get(&way.at.origin()) {
                break hint;
            }
            way.step()?;
        };
        let mut hint = match way.step()?.as_str() {
            "requestBody" => hint.child("body"),
            "responses" => hint.child(reply::word(reply::status(&way.step()?)?)),
            "parameters" => {
                way.step()?;
                match (way.at.str("in")?, way.at.str("name")) {
                    ("body", _) => hint.child("body"),
                    ("formData", name) => hint.child("body").child(name?),
                    (_, name) => hint.child(name?),
                }
            }
            _ => return None,
        };
        let mut keyword = way.step()?;
        if keyword == "headers" {
            hint = hint.child(way.step()?);
            keyword = way.step()?;
        }
        if keyword == "content" {
            way.step()?;
            keyword = way.step()?;
        }
        let hint = match keyword.as_str() {
            "schema" => hint,
            "itemSchema" => hint.child("item"),
            _ => return None,
        };
        self.in_schema(way, hint)
    }

    /// What a schema inside of another is called after.
    fn in_schema(&self, mut way: Way<'a, '_>, mut hint: NameHint) -> Option<NameHint> {
        loop {
            let Some(keyword) = way.step() else { return Some(hint) };
            let under = way.at;
            let is_list = matches!(under.node.kind, Kind::Array(_));
            hint = match keyword.as_str() {
                "properties" | "$defs" | "definitions" => hint.child(way.step()?),
                "patternProperties" => {
                    let pattern = way.step()?;
                    hint.child(if under.len() == 1 { "value".to_owned() } else { pattern })
                }
                "items" | "prefixItems" if is_list => {
                    let index = way.step()?;
                    hint.child(way.at.str("title").map_or_else(|| format!("item {index}"), str::to_owned))
                }
                "items" | "additionalItems" | "unevaluatedItems" => hint.child("item"),
                "additionalProperties" | "unevaluatedProperties" => hint.child("value"),
                // What all parts hold is called after the whole.
                "allOf" if is_list => {
                    way.step()?;
                    hint
                }
                "oneOf" | "anyOf" if is_list => {
                    let choices = under.items().filter(|choice| !self.is_null_variant(under, *choice)).count();
                    match way.step()?.parse::<usize>() {
                        Ok(index) if choices > 1 => hint.child(self.name_of_variant(way.at, index).0),
                        _ => hint,
                    }
                }
                _ => hint.child(keyword),
            };
        }
    }
}

/// The way down to a place, along its pointer.
#[derive(Clone)]
struct Way<'a, 'p> {
    /// How far it has come.
    at: At<'a>,
    /// The steps that are left.
    pointer: &'p str,
}

impl Way<'_, '_> {
    /// Takes a step, and says which.
    fn step(&mut self) -> Option<String> {
        let rest = self.pointer.trim_start_matches('#').strip_prefix('/')?;
        let end = rest.find('/').unwrap_or(rest.len());
        let step = unescaped(&rest[..end]);
        self.at = match self.at.node.kind {
            Kind::Array(_) => self.at.items().nth(step.parse().ok()?)?,
            _ => self.at.get(&step)?,
        };
        self.pointer = &rest[end..];
        Some(step)
    }
}

/// Which part of an `allOf` a pointer leads to, counted from one.
fn part_of_all(pointer: &str) -> Option<usize> {
    let (whole, last) = pointer.rsplit_once('/')?;
    whole.ends_with("/allOf").then(|| last.parse::<usize>().ok())?.map(|index| index + 1)
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
