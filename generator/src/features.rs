//! Cargo features of the output: one per tag where an API is large, so that a program compiles what it calls.
//!
//! A feature needs no other one: models that several tags use are always there, and the ones of a single tag stand with
//! its operations. The exception is a job that one tag starts and another tells the state of.

use std::collections::BTreeSet;

use crate::ir::{Api, Id as _, OpId};
use crate::plan::{Layout, Names, UNREFERENCED_FEATURE};

/// The feature that switches all tags of all APIs on.
pub const FULL: &str = "full";
/// From this many operations on, tags get features.
pub const THRESHOLD: usize = 400;
/// Beyond this many operations no tag is on by default: the whole would not compile on an ordinary machine.
pub const WHOLE: usize = 5_000;

/// Features that mean something else.
const OTHERS: &[&str] =
    &["base64", "cli", "default", "embed", "jiff", "jwt", "reqwest", "serde", "uuid", FULL, UNREFERENCED_FEATURE];

/// The feature of a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagFeature {
    /// Its name.
    pub name: String,
    /// Features that it needs.
    pub needs: Vec<String>,
}

/// The features of an API's tags, by tag; empty for an API that is not large.
pub fn tags(api: &Api, names: &Names, layout: &Layout, api_feature: &str, threshold: usize) -> Vec<TagFeature> {
    if api.ops.len() < threshold || layout.operations.len() < 2 {
        return Vec::new();
    }
    let mut taken: BTreeSet<String> = OTHERS.iter().map(|name| (*name).to_owned()).collect();
    let mut features: Vec<TagFeature> = names
        .tags
        .iter()
        .map(|module| {
            let word = module.strip_prefix("r#").unwrap_or(module).trim_matches('_').replace('_', "-");
            let wanted = if api_feature.is_empty() { word } else { format!("{api_feature}-{word}") };
            let name = if taken.contains(&wanted) { format!("{wanted}-tag") } else { wanted };
            taken.insert(name.clone());
            TagFeature { name, needs: Vec::new() }
        })
        .collect();
    for (_, operation) in api.ops.iter() {
        let Some(polling) = &operation.polling else { continue };
        let other = api.ops[polling.operation].tag.index();
        let needed = features[other].name.clone();
        let own = &mut features[operation.tag.index()];
        if own.name != needed && !own.needs.contains(&needed) {
            own.needs.push(needed);
        }
    }
    features
}

/// The feature that an operation needs, if its API has features per tag.
pub fn of_operation<'a>(api: &Api, features: &'a [TagFeature], id: OpId) -> Option<&'a TagFeature> {
    features.get(api.ops[id].tag.index())
}
