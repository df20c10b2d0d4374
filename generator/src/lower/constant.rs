//! Members that say the same in every object: the type stands for them, so they need neither a field nor an enum of one
//! value.
//!
//! That is so of a required member whose own schema allows one text or one boolean only, such as the `type` of each
//! variant of a union. A schema that is referred to, or has a name of its own, is left alone: it may get a second value,
//! which users will want to tell apart. So is what the settings give a name to.

use std::collections::BTreeSet;

use super::keywords::reference_of;
use crate::ir::{Access, Api, Constant, Field, Fixed, Id as _, Presence, Rest, Said, Shape, TypeId, TypeKind};
use crate::load::Document;

/// Takes all such members out of the fields.
pub(super) fn finish(doc: &Document, api: &mut Api) {
    for id in api.types.ids() {
        let TypeKind::Struct(structure) = &api.types[id].kind else { continue };
        // What says something else than it should goes to the other members; typed ones have no place for it.
        if structure.tuple || matches!(structure.rest, Rest::Typed(_)) {
            continue;
        }
        let found: Vec<(usize, Constant)> = structure
            .fields
            .iter()
            .enumerate()
            .filter(|(index, _)| !api.choices.names.fields.contains_key(&(id, *index)))
            .filter_map(|(index, field)| {
                let value = said(doc, api, field)?;
                Some((index, Constant { wire: field.wire.clone(), value, doc: field.doc.clone() }))
            })
            .collect();
        if !found.is_empty() {
            take_out(api, id, found);
        }
    }
}

fn said(doc: &Document, api: &Api, field: &Field) -> Option<Said> {
    let at = doc.node(field.origin)?;
    let is_own = reference_of(at).is_none()
        && (at.get("const").is_some() || at.get("enum").is_some_and(|list| list.len() == 1))
        && field.presence == Presence::Required
        && field.access == Access::Both;
    match &field.shape {
        _ if !is_own => None,
        Shape::Bool => match field.fixed {
            Some(Fixed::Bool(value)) => Some(Said::Bool(value)),
            _ => None,
        },
        Shape::Named(kind) => {
            let definition = &api.types[*kind];
            let TypeKind::Enum(list) = &definition.kind else { return None };
            let names = &api.choices.names;
            let is_named = definition.hint.path.is_empty()
                || names.types.contains_key(kind)
                || names.variants.contains_key(&(*kind, 0));
            let only = list.constant().filter(|_| list.text && !is_named)?;
            Some(Said::Text(only.wire.clone()))
        }
        _ => None,
    }
}

fn take_out(api: &mut Api, id: TypeId, found: Vec<(usize, Constant)>) {
    let gone: BTreeSet<usize> = found.iter().map(|(index, _)| *index).collect();
    let TypeKind::Struct(structure) = &mut api.types[id].kind else { return };
    structure.constants = found.into_iter().map(|(_, constant)| constant).collect();
    // What the schema says of itself is more than what others call it.
    structure.tags.retain(|tag| !structure.constants.iter().any(|one| one.wire == tag.0));
    retain(&mut structure.fields, &gone);
    if let Some(rules) = api.limits.parts.get_mut(id.index()) {
        retain(rules, &gone);
    }
    // The others move up.
    let names = std::mem::take(&mut api.choices.names.fields);
    let moved = |index: usize| index - gone.range(..index).count();
    api.choices.names.fields = names
        .into_iter()
        .map(|((of, index), name)| ((of, if of == id { moved(index) } else { index }), name))
        .collect();
}

fn retain<T>(list: &mut Vec<T>, gone: &BTreeSet<usize>) {
    let mut index = 0;
    list.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}
