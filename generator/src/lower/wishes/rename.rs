//! `rename`: names for types, members, values, operations, parameters, tags and security schemes.

use std::collections::BTreeMap;

use super::{Wishes, find_operation, find_tag, given, splits};
use crate::ir::{Api, Origin, TypeId, TypeKind};
use crate::load::{At, Document};
use crate::settings::Renamed;

/// The schema that a text means: a component by its name, or any by a pointer.
pub(super) fn schema<'a>(doc: &'a Document, name: &str) -> Option<At<'a>> {
    if name.contains('#') {
        return doc.follow(0, name).ok();
    }
    let section = |path: &[&str]| path.iter().try_fold(doc.root()?, |at, key| doc.resolve(at.get(key)?).ok());
    [section(&["components", "schemas"]), section(&["definitions"])]
        .into_iter()
        .flatten()
        .find_map(|schemas| schemas.get(name))
}

/// Notes the names that belong to parts of the API, and tells the entries that belong to none.
pub(super) fn apply(wishes: &Wishes<'_>, api: &mut Api) {
    let rename = &wishes.settings.rename;
    let by_type = [&rename.types, &rename.fields, &rename.values];
    // Where several types stand at one place, the last one is the outermost.
    let types: BTreeMap<Origin, TypeId> = match by_type.iter().all(|list| list.is_empty()) {
        true => BTreeMap::new(),
        false => api.types.iter().map(|(id, definition)| (definition.origin, id)).collect(),
    };
    let named = |what: &str| types.get(&schema(wishes.doc, what)?.origin()).copied();
    let mut names = std::mem::take(&mut api.choices.names);
    for entry in &rename.types {
        match named(&entry.what) {
            Some(id) => wishes.once(entry, names.types.insert(id, given(entry))),
            None => wishes.unmatched(
                entry.what_at,
                format!("the description has no schema `{}` that is a type of its own", entry.what),
            ),
        }
    }
    for entry in &rename.fields {
        let found = part(entry, named, |id, field| match &api.types[id].kind {
            TypeKind::Struct(structure) => structure.fields.iter().position(|known| known.wire == field),
            _ => None,
        });
        match found {
            Some(key) => wishes.once(entry, names.fields.insert(key, given(entry))),
            None => wishes.unmatched(entry.what_at, format!("there is no member `{}`", entry.what)),
        }
    }
    for entry in &rename.values {
        let found = part(entry, named, |id, value| match &api.types[id].kind {
            TypeKind::Enum(list) => list.values.iter().position(|known| known.wire == value),
            TypeKind::Union(union) => union.variants.iter().position(|known| known.hint.base == value),
            _ => None,
        });
        match found {
            Some(key) => wishes.once(entry, names.variants.insert(key, given(entry))),
            None => {
                wishes.unmatched(entry.what_at, format!("there is no enum or union with the value `{}`", entry.what))
            }
        }
    }
    for entry in &rename.operations {
        wishes.unless_true(entry.what_at, format!("no operation is called `{}`", entry.what));
    }
    for entry in &rename.params {
        let found = part(
            entry,
            |name| find_operation(api, name),
            |id, param| api.ops[id].params.iter().position(|known| known.wire == param),
        );
        match found {
            Some(key) => wishes.once(entry, names.params.insert(key, given(entry))),
            None => {
                wishes.unmatched(entry.what_at, format!("there is no operation with the parameter `{}`", entry.what))
            }
        }
    }
    let grouping = if rename.tags.is_empty() { Vec::new() } else { api.tag_tree() };
    for entry in &rename.tags {
        match find_tag(api, &entry.what).filter(|tag| grouping.contains(tag)) {
            Some(tag) => wishes.once(entry, names.tags.insert(tag, given(entry))),
            None => wishes.unmatched(entry.what_at, format!("no operation is grouped by the tag `{}`", entry.what)),
        }
    }
    for entry in &rename.schemes {
        match api.schemes.iter().position(|scheme| scheme.name == entry.what) {
            Some(index) => wishes.once(entry, names.schemes.insert(index, given(entry))),
            None => wishes.unmatched(entry.what_at, format!("the description has no security scheme `{}`", entry.what)),
        }
    }
    api.choices.names = names;
}

/// The owner and the index of what `Owner.part` names.
fn part<I: Copy>(
    entry: &Renamed,
    owner: impl Fn(&str) -> Option<I>,
    index: impl Fn(I, &str) -> Option<usize>,
) -> Option<(I, usize)> {
    splits(&entry.what).find_map(|(name, part)| {
        let id = owner(name)?;
        Some((id, index(id, part)?))
    })
}
