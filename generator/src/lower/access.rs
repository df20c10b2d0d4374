//! `readOnly` and `writeOnly`: they may stand at the member itself, or in what its schema refers to or is made of.

use super::Lower;
use crate::diag::Code;
use crate::ir::reach::directions;
use crate::ir::{Access, Field, Presence, TypeKind};
use crate::load::{At, Document};

/// Looks behind references and into `allOf` for the members whose own schema says nothing.
pub(super) fn finish(cx: &mut Lower<'_>) {
    let doc = cx.doc;
    for definition in cx.api.types.iter_mut() {
        let TypeKind::Struct(structure) = &mut definition.kind else { continue };
        for field in structure.fields.iter_mut().filter(|field| field.access == Access::Both) {
            let Some(at) = doc.node(field.origin) else { continue };
            // Two steps: a wrapper of `allOf`, and the reference in it.
            let direct = parts(doc, at);
            let all: Vec<At<'_>> =
                direct.iter().copied().chain(direct.iter().flat_map(|part| parts(doc, *part))).collect();
            let says = |key: &str| all.iter().any(|part| part.bool(key) == Some(true));
            field.access = match (says("readOnly"), says("writeOnly")) {
                (true, false) => Access::ReadOnly,
                (false, true) => Access::WriteOnly,
                _ => Access::Both,
            };
        }
    }
    send_what_nothing_gives(cx);
}

/// `required` beside `readOnly` counts for answers (OpenAPI 3.0, Schema Object, `readOnly`). In a schema that no answer has
/// it can only be meant for the caller, so the member is sent when it is set.
fn send_what_nothing_gives(cx: &mut Lower<'_>) {
    let lost = |field: &Field| field.access == Access::ReadOnly && field.presence == Presence::Required;
    let has_lost = |kind: &TypeKind| matches!(kind, TypeKind::Struct(structure) if structure.fields.iter().any(lost));
    // Few descriptions have any, and the walk goes over all of them.
    if !cx.api.types.iter().any(|(_, definition)| has_lost(&definition.kind)) {
        return;
    }
    let (sent, received) = directions(&cx.api);
    for (definition, ways) in cx.api.types.iter_mut().zip(sent.into_iter().zip(received)) {
        let TypeKind::Struct(structure) = &mut definition.kind else { continue };
        if ways != (true, false) {
            continue;
        }
        for field in structure.fields.iter_mut().filter(|field| lost(field)) {
            field.access = Access::Both;
            field.presence = Presence::Optional;
            cx.sink.warning(
                Code::SchemaConflict,
                field.origin,
                "the member is required and read-only, and its schema is only sent",
                "it is optional, and sent where it is set",
            );
        }
    }
}

/// What a schema refers to, and the parts of its `allOf`.
fn parts<'a>(doc: &'a Document, at: At<'a>) -> Vec<At<'a>> {
    let target = doc.resolve(at).ok();
    let all_of = [Some(at), target].into_iter().flatten().filter_map(|at| at.get("allOf"));
    target.into_iter().chain(all_of.flat_map(At::items)).collect()
}
