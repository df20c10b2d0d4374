//! Structs: fields, and the list that lends them to the codec.

use super::doc::Comment;
use super::lines::{self, literal, literals};
use super::{Cx, limits, types};
use crate::emit::docs::markdown;
use crate::ir::{Access, Field, Id as _, Presence, Rest, Rule, Shape, Struct, TypeId, TypeKind};

pub(super) fn structure(out: &mut String, cx: Cx<'_>, id: TypeId, structure: &Struct) {
    let name = cx.type_name(id);
    let facts = &cx.own.facts;
    let limits = limits(cx, id);
    lines::comment(out, &super::about(cx, id), "");
    out.push_str(&format!("#[derive(Clone, Debug, Default, PartialEq)]\npub struct {name} {{\n"));
    let mut members = Vec::new();
    for (index, field) in structure.fields.iter().enumerate() {
        let forced = facts.forced_optional[id.index()][index];
        let ident = &cx.own.names.fields[id.index()][index];
        let kind = types::field(cx, field, facts.boxed[id.index()][index], forced);
        // `#[deprecated]` would warn in the codec's own lists; the words are in the docs.
        lines::comment(out, &comment(field, ident, is_sent(cx, id)), "    ");
        out.push_str(&format!("    pub {ident}: {kind},\n"));
        let need = if field.presence == Presence::Required && !forced { "REQ" } else { "OPT" };
        let rules = limits.and_then(|(_, members)| members.get(index)).filter(|rules| !rules.is_empty());
        let rules = rules.map(|list| format!(" [{}]", limits::rules(list, ""))).unwrap_or_default();
        members.push(if structure.tuple {
            format!("({need}, {ident})")
        } else if field.wire == *ident {
            format!("{need} {ident}{rules}")
        } else {
            format!("{need} {ident} = {}{rules}", literal(&field.wire))
        });
    }
    let extra = &cx.own.names.extra[id.index()];
    let (rest, about) = rest(cx, structure);
    // What the type `Extra` is, its own page tells.
    let about = if rest == "rt::Extra" { String::new() } else { format!("    /// {about}\n") };
    out.push_str(&format!("{about}    pub {extra}: {rest},\n}}\n"));
    constructor(out, cx, id, structure);
    let own = limits.filter(|_| !structure.tuple).map(|(own, _)| format!(" [{}]", limits::rules(own, "")));
    let closed = if structure.rest == Rest::Closed { "closed " } else { "" };
    let mut entries = vec![name.to_owned(), format!("{closed}{extra}{}", own.unwrap_or_default())];
    entries.extend(structure.tags.iter().map(|(wire, text)| format!("is({}, {})", literal(wire), literal(text))));
    let comes: Vec<&str> = structure
        .fields
        .iter()
        .filter(|field| is_sent(cx, id) && only_comes(field))
        .map(|field| field.wire.as_str())
        .collect();
    entries.extend((!comes.is_empty()).then(|| format!("comes({})", literals(&comes))));
    if let Some(last) = entries.last_mut().filter(|_| !structure.tuple && !members.is_empty()) {
        let first = members.remove(0);
        last.push_str("; ");
        last.push_str(&first);
    }
    entries.extend(members);
    lines::list(out, if structure.tuple { "rt::tuple!(" } else { "rt::object!(" }, &entries, ");");
}

/// What is said of a member. Nothing is, where there is but its name and that is the field's.
fn comment(field: &Field, ident: &str, sent: bool) -> Comment {
    let mut comment = Comment::default();
    comment.prose(&field.doc);
    if comment.is_empty() && field.wire != ident.trim_start_matches("r#") {
        comment.sentence(format!("{}.", markdown::code(&field.wire)));
    }
    comment.notes(&field.notes);
    match field.access {
        Access::ReadOnly if sent && only_comes(field) => comment.sentence("Only in answers: it is not sent."),
        Access::ReadOnly => comment.sentence("Only in answers."),
        Access::WriteOnly => comment.sentence("Only in requests."),
        Access::Both => &mut comment,
    };
    comment
}

/// Whether some call sends a type.
fn is_sent(cx: Cx<'_>, id: TypeId) -> bool {
    cx.own.facts.sent.get(id.index()).copied().unwrap_or(false)
}

/// Whether a member is left out of what is sent (OpenAPI 3.0.4, Schema Object, `readOnly`). What it must be is known to
/// both sides, and mostly tells them what the object is.
fn only_comes(field: &Field) -> bool {
    field.access == Access::ReadOnly && field.fixed.is_none()
}

/// The type of what is behind the members that have names, and what is said of it.
fn rest(cx: Cx<'_>, structure: &Struct) -> (String, &'static str) {
    match &structure.rest {
        Rest::Typed(shape) => {
            let inner = types::text(cx, shape, "");
            if structure.tuple {
                (format!("Vec<{inner}>"), "All items behind those.")
            } else {
                (format!("rt::Map<{inner}>"), "All other members.")
            }
        }
        Rest::Open | Rest::Closed if structure.tuple => {
            ("Vec<rt::Value>".to_owned(), "Items behind those that the description knows, as received.")
        }
        Rest::Open | Rest::Closed => {
            ("rt::Extra".to_owned(), "Members that the description does not know, as received.")
        }
    }
}

/// The limits of an object and of its members; nothing where there is none at all.
fn limits<'a>(cx: Cx<'a>, id: TypeId) -> Option<(&'a [Rule], &'a [Vec<Rule>])> {
    if !cx.own.facts.checked(id) {
        return None;
    }
    let own = cx.api.limits.types.get(id.index())?;
    let members = cx.api.limits.parts.get(id.index())?;
    let any = !own.is_empty() || members.iter().any(|rules| !rules.is_empty());
    any.then_some((own, members))
}

/// `new` with the required members as arguments; with more than a handful a struct literal reads better.
fn constructor(out: &mut String, cx: Cx<'_>, id: TypeId, structure: &Struct) {
    let facts = &cx.own.facts;
    // What is known anyway need not be given.
    let known = |field: &Field| {
        field.fixed.is_some()
            || structure.tags.iter().any(|(property, _)| *property == field.wire)
            || matches!(&field.shape, Shape::Named(kind)
                if matches!(&cx.api.types[*kind].kind, TypeKind::Enum(list) if list.constant().is_some()))
    };
    let all: Vec<_> = structure
        .fields
        .iter()
        .enumerate()
        .filter(|(index, field)| {
            let optional = facts.forced_optional[id.index()][*index];
            // What only goes must be there when it goes.
            let goes = field.access == Access::WriteOnly && !facts.boxed[id.index()][*index];
            field.presence == Presence::Required && (!optional || goes)
        })
        .collect();
    let (fixed, required): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, field)| known(field));
    if required.is_empty() || required.len() > 6 || !facts.sent[id.index()] {
        return;
    }
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for (index, field) in &required {
        let ident = &cx.own.names.fields[id.index()][*index];
        let kind = types::field(cx, field, false, false);
        let into = match types::plain(cx, &field.shape) {
            Shape::Text(_) | Shape::JsonText(_) | Shape::Json | Shape::Binary => true,
            Shape::Float(number) => number.keeps_text(),
            _ => false,
        };
        arguments.push(if into { format!("{ident}: impl Into<{kind}>") } else { format!("{ident}: {kind}") });
        let value = if into { format!("{ident}.into()") } else { ident.clone() };
        let boxed = facts.boxed[id.index()][*index];
        let null = matches!(field.shape, Shape::Nullable(_));
        values.push(match (facts.forced_optional[id.index()][*index], boxed, null) {
            (true, _, true) => format!("{ident}: {value}.into()"),
            (true, _, false) => format!("{ident}: Some({value})"),
            (false, true, true) => format!("{ident}: {value}.map(Box::new)"),
            (false, true, false) => format!("{ident}: Box::new({value})"),
            (false, false, _) if into => format!("{ident}: {value}"),
            (false, false, _) => value,
        });
    }
    for (index, field) in &fixed {
        let ident = &cx.own.names.fields[id.index()][*index];
        // The others are blank ones already.
        values
            .extend(field.fixed.filter(|value| *value && field.shape == Shape::Bool).map(|_| format!("{ident}: true")));
    }
    values.push("..Self::default()".to_owned());
    out.push_str(&format!(
        "impl {} {{\n    /// With the required members; the others are set on the value.\n    #[inline]\n    pub fn new({}) -> Self {{\n        Self {{ {} }}\n    }}\n}}\n",
        cx.type_name(id),
        arguments.join(", "),
        values.join(", ")
    ));
}

pub(super) fn alias(out: &mut String, cx: Cx<'_>, id: TypeId, shape: &Shape) {
    lines::comment(out, &super::about(cx, id), "");
    out.push_str(&format!("pub type {} = {};\n", cx.type_name(id), types::text(cx, shape, "")));
}
