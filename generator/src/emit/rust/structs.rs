//! Structs: one list for the fields and for the codec.

use super::doc::Comment;
use super::lines::{self, literal, literals};
use super::{Cx, limits, types};
use crate::emit::docs::markdown;
use crate::ir::{Access, Field, Fixed, Id as _, Presence, Rest, Rule, Said, Shape, Struct, TypeId, TypeKind};

pub(super) fn structure(out: &mut String, cx: Cx<'_>, id: TypeId, structure: &Struct) {
    if structure.tuple {
        return tuple(out, cx, id, structure);
    }
    let limits = limits(cx, id);
    let closed = if structure.rest == Rest::Closed { " closed" } else { "" };
    let own = limits.map(|(own, _)| format!(" [{}]", limits::rules(own, ""))).unwrap_or_default();
    let mut head = format!(
        "    pub struct {}, {}{closed}: {}{own}",
        cx.type_name(id),
        cx.own.names.extra[id.index()],
        rest(cx, structure)
    );
    for (wire, text) in &structure.tags {
        head.push_str(&format!(", is({}, {})", literal(wire), literal(text)));
    }
    for constant in &structure.constants {
        let value = match &constant.value {
            Said::Text(text) => literal(text),
            Said::Bool(value) => value.to_string(),
        };
        head.push_str(&format!(", says({}, {value})", literal(&constant.wire)));
    }
    let sent = is_sent(cx, id);
    // OpenAPI 3.0.4, Schema Object, `readOnly`: such a member is left out of what is sent.
    let comes = structure.fields.iter().filter(|field| sent && field.access == Access::ReadOnly);
    let comes: Vec<&str> = comes.map(|field| field.wire.as_str()).collect();
    if !comes.is_empty() {
        head.push_str(&format!(", comes({})", literals(&comes)));
    }
    out.push_str("rt::object! {\n");
    let mut about = super::about(cx, id);
    for constant in &structure.constants {
        let (wire, value) = (markdown::code(&constant.wire), markdown::code(&constant.value.shown()));
        about.sentence(format!("Its {wire} is {value}."));
    }
    lines::comment(out, &about, "    ");
    let mut rows = String::new();
    for (index, field) in structure.fields.iter().enumerate() {
        let (ident, kind, need) = member(cx, id, index, field);
        // `#[deprecated]` would warn in the codec's own lists; the words are in the docs.
        lines::comment(&mut rows, &comment(cx, field, ident, &kind, sent), "        ");
        let rules = rules_of(limits, index);
        rows.push_str(&format!("        {need} {} {ident}: {kind}{rules},\n", literal(&field.wire)));
    }
    let rows = if rows.is_empty() { rows } else { format!("\n{rows}    ") };
    out.push_str(&format!("{head} {{{rows}}}\n}}\n"));
    constructor(out, cx, id, structure);
}

/// A list whose places have types of their own.
fn tuple(out: &mut String, cx: Cx<'_>, id: TypeId, structure: &Struct) {
    let name = cx.type_name(id);
    let extra = &cx.own.names.extra[id.index()];
    let closed = if structure.rest == Rest::Closed { "closed " } else { "" };
    let limits = limits(cx, id);
    let own = limits.map(|(own, _)| format!(" [{}]", limits::rules(own, ""))).unwrap_or_default();
    let mut entries = vec![name.to_owned(), format!("{closed}{extra}{own}")];
    lines::comment(out, &super::about(cx, id), "");
    out.push_str(&format!("#[derive(Clone, Debug, Default, PartialEq)]\npub struct {name} {{\n"));
    for (index, field) in structure.fields.iter().enumerate() {
        let (ident, kind, need) = member(cx, id, index, field);
        lines::comment(out, &comment(cx, field, ident, &kind, is_sent(cx, id)), "    ");
        out.push_str(&format!("    pub {ident}: {kind},\n"));
        entries.push(format!("({need}, {ident}{})", rules_of(limits, index)));
    }
    let about = match structure.rest {
        Rest::Typed(_) => "All items behind those.",
        Rest::Open | Rest::Closed => "Items behind those that the description knows, as received.",
    };
    out.push_str(&format!("    /// {about}\n    pub {extra}: {},\n}}\n", rest(cx, structure)));
    constructor(out, cx, id, structure);
    lines::list(out, "rt::tuple!(", &entries, ");");
}

/// The field of a member, its type, and whether the member must be there.
fn member<'a>(cx: Cx<'a>, id: TypeId, index: usize, field: &Field) -> (&'a str, String, &'static str) {
    let facts = &cx.own.facts;
    let forced = facts.forced_optional[id.index()][index];
    let kind = types::field(cx, field, facts.boxed[id.index()][index], forced);
    let need = if field.presence == Presence::Required && !forced { "REQ" } else { "OPT" };
    (&cx.own.names.fields[id.index()][index], kind, need)
}

/// What is said of a member. Nothing is, where there is but a name: that of the field or of its type.
fn comment(cx: Cx<'_>, field: &Field, ident: &str, kind: &str, sent: bool) -> Comment {
    let kind = kind.trim_end_matches('>').rsplit(['<', ':']).next().unwrap_or_default();
    // The title of a schema that is referred to names the type, which stands right behind.
    let is_of_type = named(&field.shape).is_some_and(|id| cx.api.types[id].doc.summary == field.doc.summary);
    let title = field.doc.summary.as_deref().filter(|_| !is_of_type);
    let mut comment = Comment::default();
    comment.prose_below(title, &field.doc).forget_echo(&[ident, kind]);
    if comment.is_empty() && field.wire != ident.trim_start_matches("r#") {
        comment.sentence(format!("{}.", markdown::code(&field.wire)));
    }
    comment.deprecation(&field.doc).notes(&field.notes);
    match field.access {
        Access::ReadOnly if sent => comment.sentence("Only in answers: it is not sent."),
        Access::ReadOnly => comment.sentence("Only in answers."),
        Access::WriteOnly => comment.sentence("Only in requests."),
        Access::Both => &mut comment,
    };
    comment
}

/// The type that a shape names, if it is no list of such.
fn named(shape: &Shape) -> Option<TypeId> {
    match shape {
        Shape::Named(id) => Some(*id),
        Shape::Nullable(inner) => named(inner),
        _ => None,
    }
}

/// Whether some call sends a type.
fn is_sent(cx: Cx<'_>, id: TypeId) -> bool {
    cx.own.facts.sent.get(id.index()).copied().unwrap_or(false)
}

/// The type of what is behind the members that have names.
fn rest(cx: Cx<'_>, structure: &Struct) -> String {
    match &structure.rest {
        Rest::Typed(shape) if structure.tuple => format!("Vec<{}>", types::text(cx, shape, "")),
        Rest::Typed(shape) => format!("rt::Map<{}>", types::text(cx, shape, "")),
        Rest::Open | Rest::Closed if structure.tuple => "Vec<rt::Value>".to_owned(),
        Rest::Open | Rest::Closed => "rt::Extra".to_owned(),
    }
}

/// The limits of an object and those of its members.
type Limits<'a> = (&'a [Rule], &'a [Vec<Rule>]);

/// The limits of a member, as they stand behind it.
fn rules_of(limits: Option<Limits<'_>>, index: usize) -> String {
    let rules = limits.and_then(|(_, members)| members.get(index)).filter(|rules| !rules.is_empty());
    rules.map(|list| format!(" [{}]", limits::rules(list, ""))).unwrap_or_default()
}

/// The limits of an object and of its members; nothing where there is none at all.
fn limits<'a>(cx: Cx<'a>, id: TypeId) -> Option<Limits<'a>> {
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
        if field.fixed == Some(Fixed::Bool(true)) && field.shape == Shape::Bool {
            values.push(format!("{ident}: true"));
        }
    }
    values.push("..Self::default()".to_owned());
    let name = cx.type_name(id);
    out.push_str(&format!("impl {name} {{\n    /// With the required members; the others are set on the value.\n"));
    let head = format!("    pub fn new({}) -> Self", arguments.join(", "));
    lines::function(out, &head, &format!("Self {{ {} }}", values.join(", ")));
    out.push_str("}\n");
}

pub(super) fn alias(out: &mut String, cx: Cx<'_>, id: TypeId, shape: &Shape) {
    let mut about = super::about(cx, id);
    about.notes(&cx.api.types[id].notes);
    lines::comment(out, &about, "");
    out.push_str(&format!("pub type {} = {};\n", cx.type_name(id), types::text(cx, shape, "")));
}
