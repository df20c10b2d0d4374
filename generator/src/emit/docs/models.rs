//! A page for each model, and the index of models.

use super::operation::{json_fence, table};
use super::site::{MODELS, OPERATIONS, Site, relative};
use super::{File, MARK, markdown, notes, prose};
use crate::emit::text;
use crate::ir::{Constant, Enum, Field, Id as _, OpId, Pick, Presence, Shape, Struct, TypeId, TypeKind, Union};
use crate::parallel;
use crate::template::{self, Value, markup, markups, values};

/// Longer examples are not shown.
const EXAMPLE: usize = 8_000;
/// Longer lists of users are cut.
const USERS: usize = 40;

/// All pages of models.
pub(super) fn pages(site: &Site<'_>) -> Vec<File> {
    let own = |id: &TypeId| site.model_anchor(*id).is_none();
    let models: Vec<(TypeId, &str)> =
        site.api.types.ids().filter(own).filter_map(|id| Some((id, site.model(id)?))).collect();
    let mut out = vec![(site.path(MODELS), index(site))];
    out.extend(parallel::map(&models, |(id, page)| (site.path(page), page_of(site, page, *id))));
    out
}

fn name(site: &Site<'_>, id: TypeId) -> String {
    site.own.names.types.get(id.index()).map_or_else(String::new, |name| name.trim_start_matches("r#").to_owned())
}

fn index(site: &Site<'_>) -> String {
    let mut ids: Vec<TypeId> = site.api.types.ids().filter(|id| site.model(*id).is_some()).collect();
    ids.sort_by_key(|id| name(site, *id));
    let rows = ids.iter().map(|id| {
        let target = site.model_target(MODELS, *id).unwrap_or_default();
        values([
            ("name", markup(markdown::link(&format!("**{}**", markdown::plain(&name(site, *id))), &target))),
            ("kind", markup(kind(&site.api.types[*id].kind))),
            ("description", markup(prose::short(&site.api.types[*id].doc))),
        ])
    });
    let back = markdown::link("Operations", &relative(MODELS, OPERATIONS));
    template::render(
        "docs/models.md",
        values([
            ("mark", markup(MARK)),
            ("title", markup(site.title())),
            ("back", markup(back)),
            ("models", table(rows.collect())),
        ]),
    )
}

fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(structure) if structure.tuple => "tuple",
        TypeKind::Struct(_) => "object",
        TypeKind::Enum(_) => "enum",
        TypeKind::Union(_) => "one of several",
        TypeKind::Alias(_) => "alias",
    }
}

/// A model and those that are only parts of it.
fn page_of(site: &Site<'_>, page: &str, id: TypeId) -> String {
    let back = [
        markdown::link("All models", &relative(page, MODELS)),
        markdown::link("Operations", &relative(page, OPERATIONS)),
    ];
    let more = [
        ("back", markup(back.join(" · "))),
        ("headings", Value::from(true)),
        ("users", table(user_rows(site, page, id))),
    ];
    let mut text = template::render("docs/model.md", values(described(site, page, id).into_iter().chain(more)));
    for inner in site.inner_models(id) {
        let anchor = site.model_anchor(*inner).unwrap_or_default();
        // The headings of one page are known: `Site` keeps them apart from the names of models.
        let more = [("anchor", markup(format!("<a id=\"{anchor}\"></a>"))), ("headings", Value::from(false))];
        text.push('\n');
        text.push_str(&template::render(
            "docs/inner-model.md",
            values(described(site, page, *inner).into_iter().chain(more)),
        ));
    }
    text
}

/// What is said of a model wherever it stands.
fn described(site: &Site<'_>, page: &str, id: TypeId) -> Vec<(&'static str, Value)> {
    let definition = &site.api.types[id];
    let mut remarks = Vec::new();
    let (mut fields, mut literals, mut variants) = (Vec::new(), Vec::new(), Vec::new());
    match &definition.kind {
        TypeKind::Struct(structure) => {
            fields = field_rows(site, page, id, structure);
            let extra = site.own.names.extra.get(id.index()).map_or("extra", String::as_str);
            remarks.push(notes::rest(site, page, structure, extra));
        }
        TypeKind::Enum(list) => {
            literals = enum_rows(site, id, list);
            remarks.push(format!("Other values are kept in {}.", unknown(site, id)));
        }
        TypeKind::Union(union) => {
            variants = union_rows(site, page, id, union);
            remarks.push(told_apart(union));
            remarks.push(format!("A value that fits none of them is kept in {}.", unknown(site, id)));
        }
        TypeKind::Alias(shape) => remarks.push(format!("Another name for {}.", site.shape_link(page, shape))),
    }
    remarks.extend(notes::limits(&definition.notes).into_iter().map(|note| format!("{note}.")));
    if site.own.facts.secret.get(id.index()).copied().unwrap_or(false) {
        remarks.push("It holds secrets: neither `Debug` nor errors show them.".to_owned());
    }
    if let Some(feature) = site.own.gate(id) {
        remarks.push(format!("No operation uses it; it needs the feature `{feature}`."));
    }
    let example = definition.examples.iter().find(|text| text.len() <= EXAMPLE).map(|text| json_fence(text));
    vec![
        ("mark", markup(MARK)),
        ("name", markup(markdown::plain(&name(site, id)))),
        ("path", markup(markdown::code(&path(site, id)))),
        ("about", markups(prose::blocks(&definition.doc))),
        ("fields", table(fields)),
        ("literals", table(literals)),
        ("variants", table(variants)),
        ("remarks", markups(remarks)),
        ("example", markups(example)),
    ]
}

fn path(site: &Site<'_>, id: TypeId) -> String {
    let module = &site.own.module;
    let module = if module.is_empty() { String::new() } else { format!("{module}::") };
    format!("{}::{module}{}", site.plan.crate_ident(), site.own.type_path(id))
}

fn unknown(site: &Site<'_>, id: TypeId) -> String {
    markdown::code(site.own.names.unknown.get(id.index()).map_or("Unknown", String::as_str))
}

fn field_rows(site: &Site<'_>, page: &str, id: TypeId, structure: &Struct) -> Vec<Value> {
    let flag = |flags: &[Vec<bool>], at: usize| {
        flags.get(id.index()).and_then(|flags| flags.get(at)).copied().unwrap_or(false)
    };
    let rows = structure.fields.iter().enumerate().map(|(at, field)| {
        let name = site.own.names.fields.get(id.index()).and_then(|names| names.get(at)).map_or("", String::as_str);
        let forced = flag(&site.own.facts.forced_optional, at);
        let kind = field_type(site, field, flag(&site.own.facts.boxed, at), forced);
        values([
            ("name", markup(format!("**{}**", markdown::plain(&field.wire)))),
            ("type", markup(site.type_link(page, &field.shape, &kind))),
            ("description", markup(prose::cell(&field.doc))),
            ("notes", markup(notes::field(site, page, field, name, forced))),
        ])
    });
    structure.constants.iter().map(constant_row).chain(rows).collect()
}

fn constant_row(constant: &Constant) -> Value {
    let mut said = vec!["Always this: written and expected without a field".to_owned()];
    said.extend(constant.doc.deprecated.then(|| "**Deprecated**".to_owned()));
    values([
        ("name", markup(format!("**{}**", markdown::plain(&constant.wire)))),
        ("type", markup(notes::literal(&constant.value.shown()))),
        ("description", markup(prose::cell(&constant.doc))),
        ("notes", markup(notes::join(said))),
    ])
}

/// The type of a member as the emitted struct has it: absence and `null` are two things.
fn field_type(site: &Site<'_>, field: &Field, boxed: bool, forced: bool) -> String {
    let (inner, null) = match &field.shape {
        Shape::Nullable(inner) => (inner.as_ref(), true),
        other => (other, false),
    };
    let mut value = text::shape(site.api, site.own, inner);
    if boxed {
        value = format!("Box<{value}>");
    }
    match (field.presence == Presence::Optional || forced, null) {
        (false, false) => value,
        (true, true) => format!("Maybe<{value}>"),
        _ => format!("Option<{value}>"),
    }
}

fn variant(site: &Site<'_>, id: TypeId, at: usize) -> String {
    markdown::code_cell(
        site.own.names.variants.get(id.index()).and_then(|names| names.get(at)).map_or("", String::as_str),
    )
}

fn enum_rows(site: &Site<'_>, id: TypeId, list: &Enum) -> Vec<Value> {
    let rows = list.values.iter().enumerate().map(|(at, value)| {
        values([
            ("value", markup(notes::literal(&value.wire))),
            ("variant", markup(variant(site, id, at))),
            ("description", markup(prose::cell(&value.doc))),
        ])
    });
    rows.collect()
}

fn union_rows(site: &Site<'_>, page: &str, id: TypeId, union: &Union) -> Vec<Value> {
    let rows = union.variants.iter().enumerate().map(|(at, one)| {
        let told = match &union.pick {
            Pick::Tag { property } if !one.tags.is_empty() => {
                let tags: Vec<String> = one.tags.iter().map(|tag| notes::literal(tag)).collect();
                format!("{} is {}", markdown::code_cell(property), prose::any_of(&tags))
            }
            _ if !one.keys.is_empty() => {
                format!("has {}", one.keys.iter().map(|key| markdown::code_cell(key)).collect::<Vec<_>>().join(", "))
            }
            _ => String::new(),
        };
        values([
            ("variant", markup(variant(site, id, at))),
            ("type", markup(site.shape_link(page, &one.shape))),
            ("told", markup(told)),
            ("description", markup(prose::cell(&one.doc))),
        ])
    });
    rows.collect()
}

fn told_apart(union: &Union) -> String {
    match &union.pick {
        Pick::Tag { property } => format!("The member {} tells which one a value is.", markdown::code(property)),
        Pick::Trial => "Which one a value is follows from its JSON kind and the members that it has; where that is not enough, the first one in this order that it fits is taken.".to_owned(),
    }
}

/// A row for each way in which the type is used.
fn user_rows(site: &Site<'_>, page: &str, id: TypeId) -> Vec<Value> {
    let users = &site.users;
    let ops = |ops: Option<&Vec<OpId>>| ops.into_iter().flatten().map(|op| site.op_link(page, *op)).collect::<Vec<_>>();
    let whole = users.parts.get(&id).into_iter().flatten().filter(|id| site.model(**id).is_some());
    let whole = whole.map(|id| site.shape_link(page, &Shape::Named(*id)).replace("models::", ""));
    let rows = [
        ("Sent by", ops(users.sent.get(&id))),
        ("Given by", ops(users.received.get(&id))),
        ("Part of", whole.collect()),
    ];
    let rows = rows.into_iter().filter(|(_, links)| !links.is_empty()).map(|(how, mut links)| {
        let more = links.len().saturating_sub(USERS);
        links.truncate(USERS);
        if more > 0 {
            links.push(format!("{more} more"));
        }
        values([("how", markup(how)), ("links", markup(links.join(", ")))])
    });
    rows.collect()
}
