//! What the column "Notes" of a table says: whether a value is needed, what is allowed, what it is when left out.

use super::markdown;
use super::site::Site;
use crate::ir::{Access, Enum, Field, Presence, Rest, Shape, Struct, TypeKind};

/// Longer lists of values are only on the model's own page.
const VALUES: usize = 30;

/// Joins notes for a cell.
pub(super) fn join(notes: Vec<String>) -> String {
    notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("<br>")
}

/// Notes of the document: limits, patterns, defaults.
pub(super) fn limits(notes: &[String]) -> Vec<String> {
    notes.iter().map(|note| markdown::cell(&capital(note))).collect()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The allowed values of a shape whose core is an enum.
pub(super) fn values(site: &Site<'_>, from: &str, shape: &Shape) -> String {
    let Shape::Named(id) = shape.core() else { return String::new() };
    match &site.api.types[*id].kind {
        TypeKind::Enum(list) if list.values.len() <= VALUES => format!("**Values**: {}", literals(list)),
        TypeKind::Enum(list) => match site.model_target(from, *id) {
            Some(target) => {
                format!("**Values**: {} in all, see {}", list.values.len(), markdown::link("the model", &target))
            }
            None => String::new(),
        },
        // An alias may name an enum; aliases of aliases end at some point, since no type is its own name.
        TypeKind::Alias(inner) if !matches!(inner.core(), Shape::Named(other) if other == id) => match inner.core() {
            Shape::Named(other) if matches!(site.api.types[*other].kind, TypeKind::Enum(_)) => {
                values(site, from, inner)
            }
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn literals(list: &Enum) -> String {
    list.values.iter().map(|value| literal(&value.wire)).collect::<Vec<_>>().join(", ")
}

/// A literal as a code span.
pub(super) fn literal(wire: &str) -> String {
    markdown::code_cell(wire)
}

/// Notes of a member.
pub(super) fn field(site: &Site<'_>, from: &str, field: &Field, name: &str, forced: bool) -> String {
    let mut out = Vec::new();
    if field.presence == Presence::Optional {
        out.push("[optional]".to_owned());
    }
    if forced {
        out.push("[optional] in Rust: no finite value would exist otherwise".to_owned());
    }
    if matches!(field.shape, Shape::Nullable(_)) {
        out.push("[nullable]".to_owned());
    }
    match field.access {
        Access::Both => {}
        Access::ReadOnly => out.push("[read-only]".to_owned()),
        Access::WriteOnly => out.push("[write-only]".to_owned()),
    }
    if field.doc.deprecated {
        out.push("**Deprecated**".to_owned());
    }
    if name.trim_start_matches("r#") != field.wire {
        out.push(format!("Rust: {}", markdown::code_cell(name)));
    }
    out.extend(limits(&field.notes));
    out.push(values(site, from, &field.shape));
    join(out)
}

/// What is said of members beside the known ones.
pub(super) fn rest(site: &Site<'_>, from: &str, structure: &Struct, extra: &str) -> String {
    let extra = markdown::code(extra);
    match &structure.rest {
        Rest::Open if structure.tuple => format!("Further items are kept in {extra}."),
        Rest::Closed if structure.tuple => {
            format!("The description allows no further items; should one come all the same, it is kept in {extra}.")
        }
        Rest::Typed(shape) if structure.tuple => {
            format!("All further items are in {extra}, each of the type {}.", site.shape_link(from, shape))
        }
        Rest::Open => format!("Members that the description does not name are kept in {extra}."),
        Rest::Closed => {
            format!("The description allows no other members; should one come all the same, it is kept in {extra}.")
        }
        Rest::Typed(shape) => {
            format!("All other members are in {extra}; their values are of the type {}.", site.shape_link(from, shape))
        }
    }
}
