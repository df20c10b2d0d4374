//! Unions: open, one table for how a variant is told, one match for each direction.

use std::collections::BTreeSet;

use super::doc::Comment;
use super::lines::{self, literal, literals};
use super::{Cx, types};
use crate::ir::{Id as _, Pick, Shape, TypeId, TypeKind, Union, Variant};
use crate::names::screaming;

pub(super) fn union(out: &mut String, cx: Cx<'_>, id: TypeId, union: &Union) {
    let name = cx.type_name(id);
    let unknown = &cx.own.names.unknown[id.index()];
    let tag = match &union.pick {
        Pick::Tag { property } => format!(", tag {}", literal(property)),
        _ => String::new(),
    };
    out.push_str("rt::union! {\n");
    lines::comment(out, &super::about(cx, id), "    ");
    out.push_str(&format!("    pub enum {name}, {unknown}, {}{tag} {{\n", screaming(name)));
    for (index, variant) in union.variants.iter().enumerate() {
        let ident = &cx.own.names.variants[id.index()][index];
        let mut kind = types::text(cx, &variant.shape, "");
        if cx.own.facts.boxed[id.index()][index] {
            kind = format!("Box<{kind}>");
        }
        let mut comment = Comment::default();
        comment.prose(&variant.doc);
        lines::comment(out, &comment, "        ");
        let told = told(cx, variant);
        let told = if told.is_empty() { told } else { format!(" [{told}]") };
        out.push_str(&format!("        {index} {ident}({kind}){told},\n"));
    }
    out.push_str("    }\n}\n");
}

/// How a variant is told, as calls on its row of the table.
fn told(cx: Cx<'_>, variant: &Variant) -> String {
    let mut out = String::new();
    let mut kinds = Vec::new();
    if collect(cx, &variant.shape, &mut kinds, &mut BTreeSet::new(), 0).is_some() {
        kinds.sort_unstable();
        kinds.dedup();
        out.push_str(&format!(".kinds(&[{}])", kinds.join(", ")));
    }
    if !variant.tags.is_empty() {
        out.push_str(&format!(".tags(&[{}])", literals(&variant.tags)));
    }
    if !variant.keys.is_empty() {
        out.push_str(&format!(".keys(&[{}])", literals(&variant.keys)));
    }
    if !variant.consts.is_empty() {
        let row = |(name, json): &(String, Vec<String>)| format!("({}, &[{}])", literal(name), literals(json));
        let rows: Vec<String> = variant.consts.iter().map(row).collect();
        out.push_str(&format!(".consts(&[{}])", rows.join(", ")));
    }
    if variant.fallback {
        out.push_str(".fallback()");
    }
    out
}

/// JSON kinds that a value of the shape can have; nothing where any will do.
/// `done` are the unions that have been looked through.
fn collect(
    cx: Cx<'_>,
    shape: &Shape,
    found: &mut Vec<&'static str>,
    done: &mut BTreeSet<TypeId>,
    depth: usize,
) -> Option<()> {
    match types::plain(cx, shape) {
        Shape::Bool => found.push("Bool"),
        Shape::Int(_) | Shape::Float(_) => found.push("Number"),
        Shape::Text(_) | Shape::JsonText(_) => found.push("String"),
        Shape::List(_) => found.push("Array"),
        Shape::Map(_) => found.push("Object"),
        Shape::Nullable(inner) => {
            found.push("Null");
            collect(cx, inner, found, done, depth)?;
        }
        // A part is a text in JSON, or an object that says more of it.
        Shape::Binary => found.extend(["String", "Object"]),
        Shape::Json => return None,
        Shape::Named(id) => match &cx.api.types[*id].kind {
            TypeKind::Struct(structure) => found.push(if structure.tuple { "Array" } else { "Object" }),
            TypeKind::Enum(list) if list.text => found.push("String"),
            TypeKind::Enum(list) => found.extend(list.values.iter().map(|value| match value.wire.as_bytes().first() {
                Some(b'"') => "String",
                Some(b't' | b'f') => "Bool",
                Some(b'{') => "Object",
                Some(b'[') => "Array",
                Some(b'n') => "Null",
                _ => "Number",
            })),
            TypeKind::Union(_) if done.contains(id) => {}
            TypeKind::Union(union) if depth < 8 => {
                for variant in &union.variants {
                    collect(cx, &variant.shape, found, done, depth + 1)?;
                }
                done.insert(*id);
            }
            TypeKind::Union(_) | TypeKind::Alias(_) => return None,
        },
    }
    Some(())
}
