//! `only` and `skip`: which operations there are.

use std::collections::BTreeSet;

use super::{Wishes, tags};
use crate::ir::{Api, TagId};
use crate::lower::paths::Found;
use crate::settings::{Said, Selection, selects_operation};

/// Divides the operations into those that are generated and those that are skipped.
pub(super) fn split<'a>(wishes: &Wishes<'_>, found: Vec<Found<'a>>, api: &Api) -> (Vec<Found<'a>>, Vec<Found<'a>>) {
    let mut kept: Vec<bool> = match &wishes.settings.only {
        None => vec![true; found.len()],
        Some(only) => with_states(&found, selected(wishes, only, &found, api, |_| true)),
    };
    let skipped = selected(wishes, &wishes.settings.skip, &found, api, |at| kept.get(at) == Some(&true));
    kept.iter_mut().zip(skipped).for_each(|(kept, skipped)| *kept &= !skipped);
    let mut kept = kept.into_iter();
    found.into_iter().partition(|_| kept.next() == Some(true))
}

/// Which operations a selection means, among those that are still there. An entry that means none is told.
fn selected(
    wishes: &Wishes<'_>,
    selection: &Selection,
    found: &[Found<'_>],
    api: &Api,
    there: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let mut out = vec![false; found.len()];
    let mut mark = |entry: &Said<String>, what: &str, means: &dyn Fn(&Found<'_>) -> bool| {
        let mut any = false;
        for (at, (operation, marked)) in found.iter().zip(out.iter_mut()).enumerate() {
            if there(at) && means(operation) {
                *marked = true;
                any = true;
            }
        }
        if !any {
            wishes.unmatched(entry.at, format!("no operation {what} `{}`", entry.value));
        }
    };
    for entry in &selection.operations {
        mark(entry, "fits", &|operation| {
            selects_operation(&entry.value, operation.at.str("operationId"), &operation.method, operation.path)
        });
    }
    for entry in &selection.tags {
        // What is meant with a tag is meant with those inside of it.
        let is_meant = |id: &TagId| api.tag_chain(*id).iter().any(|outer| api.tags[*outer].name == entry.value);
        let inside: BTreeSet<&str> = api.tags.ids().filter(is_meant).map(|id| api.tags[id].name.as_str()).collect();
        mark(entry, "has the tag", &|operation| {
            tags(operation.at).any(|tag| tag == entry.value || inside.contains(tag))
        });
    }
    out
}

/// Adds the operations that tell the state of a job which an operation starts.
fn with_states(found: &[Found<'_>], mut kept: Vec<bool>) -> Vec<bool> {
    let needed: Vec<&str> = found
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept)
        .filter_map(|(operation, _)| operation.at.get("x-clientsmith-polling")?.str("operation"))
        .collect();
    for (operation, kept) in found.iter().zip(kept.iter_mut()) {
        *kept |= operation.at.str("operationId").is_some_and(|id| needed.contains(&id));
    }
    kept
}
