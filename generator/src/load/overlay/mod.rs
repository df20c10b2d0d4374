//! OpenAPI Overlay 1.0 and 1.1: changes to a description that leave its file alone.
//!
//! Overlays are applied to the tree of the main file before anything looks at it. Values that they bring keep the
//! place where they are written, so a finding about them points into the overlay. Merging follows the rules of 1.1,
//! which say in full what 1.0 leaves open. One thing is stricter than the specification: a target that selects nothing
//! is an error, since it means that the description has changed under the overlay.

mod draft;
mod merge;

use serde_json_path::JsonPath;

use super::document::Document;
use super::follow::nearest_name;
use super::tree::Found;
use super::{At, Kind, Limits, Node, uri};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use draft::{Draft, Step, graft, height, size};
use merge::{check, class};

/// Longest query, and how many brackets may be open in it: its parser is recursive.
const LONGEST: usize = 10_000;
const OPEN: usize = 50;

/// Applies overlays, given as numbers of files, to the main file. `found` is what was found in that; its places are
/// moved along.
pub(super) fn apply(document: &mut Document, overlays: &[u32], found: &mut Vec<Found>, limits: &Limits, sink: &Sink) {
    let Some(main) = document.files.first_mut().filter(|_| !overlays.is_empty()) else { return };
    let root = std::mem::replace(&mut main.root, Node { id: 0, kind: Kind::Null });
    let name = main.path.clone();
    let mut draft = Draft::new(root, std::mem::take(&mut main.offsets));
    for number in overlays {
        let Some(file) = document.files.get(*number as usize) else { continue };
        let at = At { file: *number, node: &file.root };
        let Some(base) = draft.admit(*number, &file.offsets) else {
            sink.error(Code::Limit, at.origin(), "there are too many values in all files together");
            continue;
        };
        Overlay { draft: &mut draft, base, minor: 0, path: &file.path, name: &name, limits, sink }.apply(at);
    }
    let finished = draft.finish();
    found.retain_mut(|found| match finished.moved.get(found.node as usize) {
        Some(Some(new)) => {
            found.node = *new;
            true
        }
        _ => false,
    });
    if let Some(main) = document.files.first_mut() {
        main.root = finished.root;
        main.offsets = finished.offsets;
        main.grafts = finished.grafts;
    }
}

/// One overlay while it is applied.
struct Overlay<'d, 'l> {
    draft: &'d mut Draft,
    /// What is added to the numbers of its values.
    base: u32,
    /// Its version is 1 point this.
    minor: u32,
    /// Where it stands.
    path: &'l str,
    /// What the description is called.
    name: &'l str,
    limits: &'l Limits,
    sink: &'l Sink,
}

impl Overlay<'_, '_> {
    fn apply(&mut self, at: At<'_>) {
        let Some(minor) = self.version(at) else { return };
        self.minor = minor;
        self.keys(at, &["overlay", "info", "extends", "actions"], "an overlay");
        match at.get("info") {
            Some(info) if info.is_object() => {
                self.keys(info, &["title", "version", "description"], "`info`");
                for key in ["title", "version"].into_iter().filter(|key| info.get(key).is_none()) {
                    self.warn(info, format!("`info` of an overlay needs `{key}`"));
                }
            }
            _ => self.warn(at, "an overlay needs `info` with `title` and `version`".to_owned()),
        }
        if let Some(extends) = at.get("extends") {
            self.extends(extends);
        }
        match at.get("actions") {
            Some(actions) if matches!(actions.node.kind, Kind::Array(_)) && !actions.is_empty() => {
                actions.items().for_each(|action| self.action(action));
            }
            Some(other) => self.refuse(other, "`actions` is a list of at least one action".to_owned()),
            None => self.refuse(at, "an overlay needs `actions`".to_owned()),
        }
    }

    /// Which description the overlay is for (Overlay 1.1, Overlay Object, `extends`). Where a description was published
    /// is not known here, so only paths can be compared.
    fn extends(&self, at: At<'_>) {
        let Some(address) = at.as_str() else {
            return self.refuse(at, format!("`extends` is {}, not the address of a description", at.node.type_name()));
        };
        let (address, _) = uri::split(address);
        if !uri::is_remote(address) && !uri::is_rooted(address) && uri::path(self.path, address) != self.name {
            let message = format!("the overlay says that it is for `{address}`, and this is {}", self.name);
            self.sink.warning(Code::Overlay, at.origin(), message, "it is applied all the same");
        }
    }

    /// The number behind the point of `1.0` and `1.1`.
    fn version(&self, at: At<'_>) -> Option<u32> {
        let Some(version) = at.get("overlay") else {
            self.refuse(at, "this is no overlay: it has no `overlay: 1.x.y`".to_owned());
            return None;
        };
        let text = version.as_str().or_else(|| version.as_number()).unwrap_or_default();
        let mut numbers = text.split('.');
        match (numbers.next(), numbers.next()) {
            (Some("1"), Some("0")) => Some(0),
            (Some("1"), Some("1")) => Some(1),
            _ => {
                let message = format!(
                    "`overlay: {}` is not a version that can be read",
                    version.node.to_json().trim_matches('"')
                );
                let help = "1.0 and 1.1 can be read";
                self.sink.push(Diagnostic::new(Code::Version, Severity::Error, version.origin(), message).help(help));
                None
            }
        }
    }

    fn action(&mut self, at: At<'_>) {
        if !at.is_object() {
            return self.refuse(at, format!("an action is an object, but this is {}", at.node.type_name()));
        }
        let known: &[&str] = match self.minor {
            0 => &["target", "description", "update", "remove"],
            _ => &["target", "description", "update", "copy", "remove"],
        };
        if self.minor == 0
            && let Some(copy) = at.get("copy")
        {
            return self.refuse(copy, "`copy` came with Overlay 1.1; write `overlay: 1.1.0`".to_owned());
        }
        if !self.keys(at, known, "an action") {
            return;
        }
        let Some(target) = at.get("target") else {
            return self.refuse(at, "an action needs a `target`".to_owned());
        };
        let Some(query) = self.query(target) else { return };
        let remove = match at.get("remove") {
            None => false,
            Some(remove) => match remove.as_bool() {
                Some(remove) => remove,
                None => {
                    return self
                        .refuse(remove, format!("`remove` is true or false, but this is {}", remove.node.type_name()));
                }
            },
        };
        let (update, copy) = (at.get("update"), at.get("copy"));
        if !remove && update.is_some() && copy.is_some() {
            return self.refuse(at, "an action has either `update` or `copy`".to_owned());
        }
        let paths = self.draft.select(&query);
        if paths.is_empty() {
            return self.unmatched(target);
        }
        if remove {
            return self.remove(target, &paths);
        }
        if let Some(update) = update {
            self.merge(target, update, &paths, update.node, self.base);
        } else if let Some(copy) = copy {
            self.copy(target, copy, &paths);
        } else {
            self.refuse(
                at,
                "this action changes nothing: it has neither `update` nor `copy` nor `remove: true`".to_owned(),
            );
        }
    }

    fn remove(&mut self, target: At<'_>, paths: &[Vec<Step>]) {
        if paths.iter().any(Vec::is_empty) {
            return self.refuse(target, "the whole description cannot be removed".to_owned());
        }
        self.draft.remove(paths);
    }

    fn copy(&mut self, target: At<'_>, copy: At<'_>, paths: &[Vec<Step>]) {
        let Some(query) = self.query(copy) else { return };
        let found = self.draft.select(&query);
        match found.as_slice() {
            [] => self.unmatched(copy),
            [one] => {
                // What is copied may be changed by the copy itself.
                let Some(node) = self.draft.get(one).cloned() else { return };
                self.merge(target, copy, paths, &node, 0);
            }
            many => self.refuse(copy, format!("`copy` selects one value, but this selects {}", many.len())),
        }
    }

    /// Merges a value, to whose numbers `base` is to be added, into all that the target selects.
    fn merge(&mut self, target: At<'_>, source: At<'_>, paths: &[Vec<Step>], new: &Node, base: u32) {
        let mut first = None;
        for path in paths {
            let Some(old) = self.draft.get(path) else { continue };
            if self.minor == 0 && class(old) == merge::Class::Primitive {
                let message =
                    format!("the target selects {}; Overlay 1.0 changes objects and arrays alone", old.type_name());
                return self.refuse(target, format!("{message}; write `overlay: 1.1.0`"));
            }
            if *first.get_or_insert(class(old)) != class(old) {
                return self
                    .refuse(target, "the target selects objects, arrays and primitive values at once".to_owned());
            }
            if let Err(misfit) = check(old, new) {
                // The numbers of a copy are not those of the overlay.
                let at = if base == 0 {
                    source.origin()
                } else {
                    crate::ir::Origin { node: misfit.node, ..source.origin() }
                };
                let help = "take the old value out first, by an action with `remove: true`";
                return self.sink.push(Diagnostic::new(Code::Overlay, Severity::Error, at, misfit.message).help(help));
            }
        }
        let (added, deep) = (size(new).saturating_mul(paths.len()), height(new));
        let deepest = paths.iter().map(Vec::len).max().unwrap_or_default() + deep;
        if self.draft.count.saturating_add(added) > self.limits.nodes || deepest > self.limits.depth {
            return self.sink.error(Code::Limit, source.origin(), "the description would become too large or too deep");
        }
        for path in paths {
            self.draft.merge(path, graft(new, base));
        }
    }

    fn query(&self, at: At<'_>) -> Option<JsonPath> {
        let Some(text) = at.as_str() else {
            self.refuse(at, format!("a JSONPath is a string, but this is {}", at.node.type_name()));
            return None;
        };
        let open = text.chars().scan(0usize, |open, c| {
            *open = match c {
                '[' | '(' | '!' => *open + 1,
                ']' | ')' => open.saturating_sub(1),
                _ => *open,
            };
            Some(*open)
        });
        if text.len() > LONGEST || open.max().unwrap_or_default() > OPEN {
            self.refuse(at, "this JSONPath is too long or nested too deep".to_owned());
            return None;
        }
        match JsonPath::parse(text) {
            Ok(query) => Some(query),
            Err(error) => {
                let message = format!(
                    "`{text}` is no JSONPath (RFC 9535): {} at character {}",
                    error.message(),
                    error.position()
                );
                let help =
                    "names with other characters than letters, digits and `_` stand in brackets: `$.paths['/pets']`";
                self.sink.push(Diagnostic::new(Code::Overlay, Severity::Error, at.origin(), message).help(help));
                None
            }
        }
    }

    /// Whether all keys are known.
    fn keys(&self, at: At<'_>, known: &[&str], what: &str) -> bool {
        let before = self.sink.len();
        for (key, value) in at.entries().filter(|(key, _)| !key.starts_with("x-") && !known.contains(key)) {
            let help = match nearest_name(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", known.join(", ")),
            };
            let message = format!("`{key}` is no key of {what}");
            self.sink.push(Diagnostic::new(Code::Overlay, Severity::Error, value.origin(), message).help(help));
        }
        self.sink.len() == before
    }

    fn unmatched(&self, at: At<'_>) {
        let message = format!("`{}` selects nothing in {}", at.as_str().unwrap_or_default(), self.name);
        let help = "the description may have changed, or an earlier action: mend the query, or remove the action";
        self.sink.push(Diagnostic::new(Code::UnusedSetting, Severity::Error, at.origin(), message).help(help));
    }

    fn refuse(&self, at: At<'_>, message: String) {
        self.sink.error(Code::Overlay, at.origin(), message);
    }

    fn warn(&self, at: At<'_>, message: String) {
        self.sink.warning(Code::MissingKeyword, at.origin(), message, "the overlay is applied all the same");
    }
}
