//! Members that say the same in every object: the type stands for them, so they need neither a field nor an enum of one
//! value.
//!
//! That is so of a required member whose own schema allows one text only, such as the `type` of each variant of a union.
//! A schema with a name of its own is left alone: it may get a second value, which users will want to tell apart. So is
//! what the settings give a name to.

use std::collections::BTreeSet;

use crate::ir::{Access, Api, Constant, Field, Id as _, Presence, Rest, Shape, TypeId, TypeKind};

/// Takes all such members out of the fields.
pub(super) fn finish(api: &mut Api) {
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
            .filter_map(|(index, field)| Some((index, constant(api, field)?)))
            .collect();
        if !found.is_empty() {
            take_out(api, id, found);
        }
    }
}

fn constant(api: &Api, field: &Field) -> Option<Constant> {
    let Shape::Named(kind) = field.shape else { return None };
    let definition = &api.types[kind];
    let TypeKind::Enum(list) = &definition.kind else { return None };
    let names = &api.choices.names;
    let is_plain = field.presence == Presence::Required
        && field.access == Access::Both
        && list.text
        && !definition.component
        && !names.types.contains_key(&kind)
        && !names.variants.contains_key(&(kind, 0));
    let text = list.constant().filter(|_| is_plain)?.wire.clone();
    Some(Constant { wire: field.wire.clone(), text, doc: field.doc.clone() })
}

fn take_out(api: &mut Api, id: TypeId, found: Vec<(usize, Constant)>) {
    let gone: BTreeSet<usize> = found.iter().map(|(index, _)| *index).collect();
    let TypeKind::Struct(structure) = &mut api.types[id].kind else { return };
    structure.constants = found.into_iter().map(|(_, constant)| constant).collect();
    let said =
        |tag: &(String, String)| structure.constants.iter().any(|one| (&one.wire, &one.text) == (&tag.0, &tag.1));
    structure.tags.retain(|tag| !said(tag));
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
