//! `readOnly` and `writeOnly`: they may stand at the member itself, or in what its schema refers to or is made of.

use super::Lower;
use crate::ir::{Access, TypeKind};
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
}

/// What a schema refers to, and the parts of its `allOf`.
fn parts<'a>(doc: &'a Document, at: At<'a>) -> Vec<At<'a>> {
    let target = doc.resolve(at).ok();
    let all_of = [Some(at), target].into_iter().flatten().filter_map(|at| at.get("allOf"));
    target.into_iter().chain(all_of.flat_map(At::items)).collect()
}
