//! Cargo features of the output: one per tag where an API is large, so that a program compiles what it calls.
//!
//! A feature needs no other one: models that several tags use are always there, and the ones of a single tag stand with
//! its operations. The exceptions are a job that one tag starts and another tells the state of, and a tag in which others
//! stand: its feature switches those on too, while each of them can be had alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Id as _, OpId, TagId};
use crate::plan::{ApiPlan, Layout, Names, PAYLOADS_FEATURE, UNREFERENCED_FEATURE};

/// The feature that switches all tags of all APIs on.
pub const FULL: &str = "full";
/// From this many operations on, tags get features.
pub const THRESHOLD: usize = 400;
/// Beyond this many operations no tag is on by default: the whole would not compile on an ordinary machine.
pub const WHOLE: usize = 5_000;

/// Features that mean something else.
const OTHERS: &[&str] = &[
    "base64",
    "brotli",
    "cli",
    "default",
    "embed",
    "gzip",
    "jiff",
    "jwt",
    "pkce",
    "reqwest",
    "serde",
    "uuid",
    "xml",
    "zstd",
    FULL,
    UNREFERENCED_FEATURE,
    PAYLOADS_FEATURE,
];

/// The feature of a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagFeature {
    /// Its name.
    pub name: String,
    /// Features that it needs.
    pub needs: Vec<String>,
}

/// Registries cap the features of a crate (crates.io at 300); the other ones need room too.
pub const MOST: usize = 260;

/// The features of an API's tags, by tag; empty for an API that is not large. `taken` are the features of the crate so
/// far. A tag that holds no operation, not even inside of other tags, has none: it would switch nothing on.
///
/// Where there are more tags than a crate can have features, tags that begin alike share one.
pub fn tags(
    api: &Api,
    names: &Names,
    layout: &Layout,
    api_feature: &str,
    threshold: usize,
    taken: &mut BTreeSet<String>,
) -> Vec<Option<TagFeature>> {
    if api.ops.len() < threshold || layout.operations.len() < 2 {
        return Vec::new();
    }
    let used: BTreeSet<usize> = api.tag_tree().into_iter().map(TagId::index).collect();
    let words: Vec<&str> = used.iter().filter_map(|tag| names.tags.get(*tag)).map(|module| word(module)).collect();
    let groups = groups(&words, MOST.saturating_sub(taken.len()).max(1));
    let mut chosen: BTreeMap<&str, String> = BTreeMap::new();
    for group in &groups {
        if !chosen.contains_key(group.as_str()) {
            let word = group.replace('_', "-");
            let wanted = if api_feature.is_empty() { word } else { format!("{api_feature}-{word}") };
            let mut name = wanted.clone();
            while OTHERS.contains(&name.as_str()) || !taken.insert(name.clone()) {
                name.push_str("-tag");
            }
            chosen.insert(group, name);
        }
    }
    let by_tag: BTreeMap<usize, &str> = used
        .iter()
        .zip(&groups)
        .filter_map(|(tag, group)| Some((*tag, chosen.get(group.as_str())?.as_str())))
        .collect();
    let of = |tag: usize| by_tag.get(&tag).copied().unwrap_or_default();
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, operation) in api.ops.iter() {
        let Some(polling) = &operation.polling else { continue };
        let (own, other) = (of(operation.tag.index()), of(api.ops[polling.operation].tag.index()));
        if own != other {
            needs.entry(own).or_default().insert(other);
        }
    }
    // What is meant with a tag is meant with those inside of it.
    for (id, tag) in api.tags.iter() {
        let (own, outer) = (of(id.index()), tag.parent.map_or("", |parent| of(parent.index())));
        if !own.is_empty() && !outer.is_empty() && own != outer {
            needs.entry(outer).or_default().insert(own);
        }
    }
    let feature = |tag: usize| {
        let name = *by_tag.get(&tag)?;
        let needs = needs.get(name).into_iter().flatten().map(|need| (*need).to_owned()).collect();
        Some(TagFeature { name: name.to_owned(), needs })
    };
    (0..names.tags.len()).map(feature).collect()
}

/// The module of a tag as a word.
fn word(module: &str) -> &str {
    module.strip_prefix("r#").unwrap_or(module).trim_matches('_')
}

/// What each word is called after so that there are at most so many of them: itself, its first words, its first letter.
fn groups(words: &[&str], most: usize) -> Vec<String> {
    let first = |count: usize| move |word: &str| word.split('_').take(count).collect::<Vec<_>>().join("_");
    let letter = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
    let ways: [&dyn Fn(&str) -> String; 6] =
        [&|word| word.to_owned(), &first(4), &first(3), &first(2), &first(1), &letter];
    let mut out = Vec::new();
    for way in ways {
        out = words.iter().map(|word| way(word)).collect();
        if out.iter().collect::<BTreeSet<_>>().len() <= most {
            break;
        }
    }
    out
}

/// How many operations each feature switches on; nothing where no feature is needed.
pub fn counts<'a>(api: &'a Api, own: &'a ApiPlan) -> BTreeMap<&'a str, usize> {
    let mut alone: BTreeMap<&str, usize> = BTreeMap::new();
    for id in api.ops.ids() {
        *alone.entry(of_operation(api, &own.tag_features, id).map_or("", |feature| &feature.name)).or_default() += 1;
    }
    let mut out: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in own.tag_features.iter().flatten() {
        let all = with_needs(own, vec![&feature.name]);
        out.insert(&feature.name, all.into_iter().filter_map(|name| alone.get(name)).sum());
    }
    if !own.feature.is_empty() {
        out.insert(&own.feature, api.ops.len());
    }
    out
}

/// The features that operations of an API need, with those that these need.
pub fn closure<'a>(api: &'a Api, own: &'a ApiPlan, ops: impl Iterator<Item = OpId>) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = Vec::new();
    for id in ops {
        match of_operation(api, &own.tag_features, id) {
            Some(feature) => open.push(&feature.name),
            None => open.extend(Some(own.feature.as_str()).filter(|feature| !feature.is_empty())),
        }
    }
    let mut out = with_needs(own, open);
    // The module of the API is behind its own feature as well.
    if !own.feature.is_empty() && !out.is_empty() {
        out.insert(&own.feature);
    }
    out
}

/// Features with those that they need.
fn with_needs<'a>(own: &'a ApiPlan, mut open: Vec<&'a str>) -> BTreeSet<&'a str> {
    let mut out: BTreeSet<&str> = BTreeSet::new();
    while let Some(name) = open.pop() {
        if out.insert(name) {
            let needs =
                own.tag_features.iter().flatten().find(|feature| feature.name == name).map(|feature| &feature.needs);
            open.extend(needs.into_iter().flatten().map(String::as_str));
        }
    }
    out
}

/// The feature that an operation needs, if its API has features per tag.
pub fn of_operation<'a>(api: &Api, features: &'a [Option<TagFeature>], id: OpId) -> Option<&'a TagFeature> {
    features.get(api.ops[id].tag.index())?.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Config;
    use crate::source::Source;

    #[test]
    fn tags_that_begin_alike_share_a_feature_when_there_are_too_many() {
        let words: Vec<String> = (0..300).map(|number| format!("t{}_u{}_v{number}", number % 3, number % 60)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let count = |most: usize| groups(&words, most).iter().collect::<BTreeSet<_>>().len();
        assert_eq!([count(300), count(260), count(59), count(3), count(1)], [300, 60, 3, 3, 1]);
    }

    #[test]
    fn tags_without_operations_have_no_feature() {
        let operation = |tag: &str, id: &str| {
            let answers = "responses: {204: {description: done}}";
            format!("  /{id}: {{get: {{operationId: {id}, tags: [{tag}], {answers}}}}}\n")
        };
        // `outer` has operations inside of it alone, `unused` and the one inside of it have none.
        let tags = "[{name: outer}, {name: unused}, {name: empty, parent: unused}, {name: inner, parent: outer}]";
        let spec = format!(
            "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\ntags: {tags}\npaths:\n{}{}",
            operation("inner", "a"),
            operation("other", "b")
        );
        let source = Source::new("t.yaml", spec).with_settings("t.toml", "features.per-tag = 1");
        let outcome = crate::generate(&[source], &Config::default());
        let manifest = outcome.files.get("Cargo.toml").unwrap_or_default();
        let own: Vec<&str> = manifest.lines().filter(|line| line.starts_with('"')).take(4).collect();
        let wanted = [r#""full" = ["outer", "inner", "other"]"#, r#""outer" = ["inner"]"#, r#""inner" = []"#];
        assert_eq!(own, [&wanted[..], &[r#""other" = []"#]].concat(), "{manifest}");
        assert!(!manifest.contains("unused") && !manifest.contains("empty"), "{manifest}");
    }
}
