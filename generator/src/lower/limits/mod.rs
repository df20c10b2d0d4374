//! Limits of values, read once all types are known: which keywords count depends on what a value has become.

mod choices;
mod defaults;
pub(super) mod keywords;
mod members;

use std::collections::{BTreeMap, BTreeSet};

use self::keywords::Keywords;
use super::Lower;
use super::keywords::reference_of;
use super::memo::for_text;
use crate::diag::Code;
use crate::ir::{
    Arena, Codec, Field, Item, Limits, Media, Origin, Presence, Rest, Rule, Shape, Struct, TextFormat, TypeDef, TypeId,
    TypeKind,
};
use crate::load::{At, Kind, Version};

/// Limits of lists of lists are followed this deep.
const DEPTH: usize = 16;
/// Of a schema that refers to others, so many are looked at.
const PARTS: usize = 64;

/// Reads all limits, and puts their words to the notes of members and parameters.
pub(super) fn finish(cx: &mut Lower<'_>) {
    let limits = read(cx);
    for (definition, parts) in cx.api.types.iter_mut().zip(&limits.parts) {
        if let TypeKind::Struct(structure) = &mut definition.kind {
            for (field, rules) in structure.fields.iter_mut().zip(parts) {
                field.notes.splice(0..0, rules.iter().map(Rule::to_string));
            }
        }
    }
    for (operation, rules) in cx.api.ops.iter_mut().zip(&limits.params) {
        for (param, rules) in operation.params.iter_mut().zip(rules) {
            param.notes.splice(0..0, rules.iter().map(Rule::to_string));
        }
    }
    cx.api.limits = limits;
}

fn read(cx: &Lower<'_>) -> Limits {
    let reader = Reader { cx, types: &cx.api.types };
    let mut limits = Limits::default();
    for (_, definition) in cx.api.types.iter() {
        let (own, parts) = match &definition.kind {
            TypeKind::Struct(structure) if !structure.tuple => reader.structure(definition, structure),
            TypeKind::Struct(structure) => reader.tuple_type(definition, structure),
            _ => (Vec::new(), Vec::new()),
        };
        limits.types.push(own);
        limits.parts.push(parts);
    }
    for (_, operation) in cx.api.ops.iter() {
        let params = operation.params.iter().map(|param| {
            let schema = cx.doc.node(param.origin).and_then(|at| reader.schema_of(at, None));
            schema.map(|schema| reader.value(schema, &param.shape)).unwrap_or_default()
        });
        limits.params.push(params.collect());
        let media =
            operation.body.iter().flat_map(|body| body.media.iter().enumerate().map(move |media| (body, media)));
        let bodies = media.map(|(body, (index, media))| {
            let at = cx.doc.node(body.origin);
            let schema = at.and_then(|at| reader.schema_of(at, Some(&media.name)));
            let item = at.and_then(|at| reader.media_of(at, &media.name)?.get("itemSchema"));
            // Of what is sent item by item, each item has limits.
            let (schema, shape) = match (&media.item, media.codec) {
                (Some(Item::Json(shape)), Codec::JsonLines | Codec::JsonSeq) => {
                    (item.or_else(|| Some(cx.item_of(schema?))), shape)
                }
                _ => (schema, &media.shape),
            };
            let rules = schema.map(|schema| reader.value(schema, shape)).unwrap_or_default();
            reader.tell_body(schema, media, index == 0, &rules);
            rules
        });
        limits.bodies.push(bodies.collect());
    }
    limits
}

struct Reader<'c, 'a> {
    cx: &'c Lower<'a>,
    types: &'c Arena<TypeId, TypeDef>,
}

impl<'a> Reader<'_, 'a> {
    /// The schema of a parameter or body: in 2.0 a parameter is its own.
    fn schema_of(&self, at: At<'a>, media: Option<&str>) -> Option<At<'a>> {
        let content = match media {
            Some(name) => self.media_of(at, name),
            None => at.get("content").and_then(|content| self.cx.doc.resolve(content.entries().next()?.1).ok()),
        };
        let in_content = content.and_then(|media| media.get("schema"));
        let own = (self.cx.doc.version == Version::V2 && media.is_none()).then_some(at);
        in_content.or_else(|| at.get("schema")).or(own)
    }

    /// A media type of a body.
    fn media_of(&self, at: At<'a>, name: &str) -> Option<At<'a>> {
        self.cx.doc.resolve(at.get("content")?.get(name)?).ok()
    }

    /// The limits of a value of this shape, and whether its default keeps them.
    fn value(&self, at: At<'a>, shape: &Shape) -> Vec<Rule> {
        let rules = self.rules(&self.parts_of_value(&[at]), shape, 0);
        self.default(at, self.plain(shape), &rules);
        rules
    }

    /// A schema with all that it refers to and is made of, itself first.
    fn parts(&self, starts: &[At<'a>]) -> Vec<At<'a>> {
        self.spread(starts, false)
    }

    /// The same of the schema of a value that may be `null`: limits say nothing of `null`, so where the other choice is one
    /// schema, its limits are those of the value.
    fn parts_of_value(&self, starts: &[At<'a>]) -> Vec<At<'a>> {
        self.spread(starts, true)
    }

    fn spread(&self, starts: &[At<'a>], of_value: bool) -> Vec<At<'a>> {
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        let mut work: Vec<At<'a>> = starts.iter().rev().copied().collect();
        while let Some(at) = work.pop() {
            if !at.is_object() || out.len() >= PARTS || !seen.insert(at.origin()) {
                continue;
            }
            if reference_of(at).is_none() || self.cx.siblings_count() {
                out.push(at);
                if of_value {
                    let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key));
                    work.extend(lists.filter_map(|list| self.or_null(list)));
                }
                let all_of: Vec<At<'a>> = at.get("allOf").into_iter().flat_map(At::items).collect();
                work.extend(all_of.into_iter().rev());
            }
            work.extend(self.cx.doc.resolve(at).ok());
        }
        out
    }

    /// The one schema that there is to choose beside `null`.
    fn or_null(&self, list: At<'a>) -> Option<At<'a>> {
        let mut others = list.items().filter(|item| !self.cx.is_null_variant(list, *item));
        let only = others.next().filter(|_| others.next().is_none())?;
        (list.len() > 1).then_some(only)
    }

    /// Looks through aliases and nullables.
    fn plain<'s>(&'s self, mut shape: &'s Shape) -> &'s Shape {
        for _ in 0..PARTS {
            shape = match shape {
                Shape::Nullable(inner) => inner,
                Shape::Named(id) => match &self.types[*id].kind {
                    TypeKind::Alias(inner) => inner,
                    _ => return shape,
                },
                _ => return shape,
            };
        }
        shape
    }

    /// The limits that the parts of a schema set for a value of this shape.
    fn rules(&self, parts: &[At<'a>], shape: &Shape, depth: usize) -> Vec<Rule> {
        let mut keywords = Keywords::new(self.cx, parts);
        let inside = |key: &str, inner: &Shape| {
            let schemas: Vec<At<'a>> = parts.iter().filter_map(|part| part.get(key)).collect();
            self.inside(&schemas, inner, depth)
        };
        match self.plain(shape) {
            Shape::Int(_) | Shape::Float(_) => keywords.numbers(),
            Shape::Text(format) => {
                keywords.texts();
                if *format == TextFormat::Plain {
                    keywords.format();
                }
            }
            Shape::JsonText(_) => keywords.texts(),
            Shape::List(inner) => {
                keywords.lists();
                keywords.add_inside(Rule::Items, inside("items", inner));
            }
            Shape::Map(inner) => {
                keywords.objects();
                keywords.required(&BTreeSet::new(), |_| false);
                keywords.add_inside(Rule::Names, self.names(parts));
                keywords.extend(self.others(parts, inner, depth));
            }
            // A limit says nothing of values of another kind.
            Shape::Json => {
                keywords.numbers();
                keywords.texts();
                keywords.lists();
                keywords.objects();
                keywords.add_inside(Rule::Names, self.names(parts));
            }
            Shape::Named(id) if matches!(self.types[*id].kind, TypeKind::Union(_)) => {
                keywords.numbers();
                keywords.texts();
                keywords.lists();
            }
            Shape::Named(id) if self.tuple(*id).is_some() => {
                keywords.lists();
                let mut rules = keywords.into_rules();
                rules.retain(|rule| !self.tuple(*id).is_some_and(|tuple| follows_from(tuple, rule)));
                return self.afforded(rules, parts);
            }
            // An object has its own limits with it, and a list of literals needs none.
            Shape::Named(_) | Shape::Bool | Shape::Binary | Shape::Nullable(_) => return Vec::new(),
        }
        keywords.extend(self.choices(parts, None));
        self.afforded(keywords.into_rules(), parts)
    }

    /// The rules, if what they hold can be written out once more.
    fn afforded(&self, rules: Vec<Rule>, parts: &[At<'a>]) -> Vec<Rule> {
        let steps = rules.iter().map(cost).sum();
        match parts.first().is_none_or(|first| self.cx.spend_on_limits(steps, *first)) {
            true => rules,
            false => Vec::new(),
        }
    }

    /// The limits of an object and of each of its members.
    fn structure(&self, definition: &TypeDef, structure: &Struct) -> (Vec<Rule>, Vec<Vec<Rule>>) {
        let own = self.cx.doc.node(definition.origin);
        let parts = own.map(|at| self.parts(&[at])).unwrap_or_default();
        let mut keywords = Keywords::new(self.cx, &parts);
        keywords.objects();
        let fields = structure.fields.iter().map(|field| field.wire.as_str());
        let known: BTreeSet<&str> = fields.chain(structure.constants.iter().map(|one| one.wire.as_str())).collect();
        keywords.required(&known, |_| false);
        keywords.add_inside(Rule::Names, self.names(&parts));
        keywords.extend(self.choices(&parts, Some(structure)));
        match &structure.rest {
            Rest::Closed => keywords.add(Rule::NoOthers),
            Rest::Typed(shape) => keywords.extend(self.others(&parts, shape, 0)),
            Rest::Open => keywords.extend(self.others(&parts, &Shape::Json, 0)),
        }
        // Each part may describe a member, and all of them count.
        let mut described: BTreeMap<&str, Vec<At<'a>>> = BTreeMap::new();
        for (name, at) in parts.iter().filter_map(|part| part.get("properties")).flat_map(At::entries) {
            described.entry(name).or_default().push(at);
        }
        let fields = structure.fields.iter().map(|field| {
            // Its limits hold when the condition does.
            if field.conditional {
                return Vec::new();
            }
            let here = self.cx.doc.node(field.origin);
            let mut schemas: Vec<At<'a>> = here.into_iter().collect();
            let same = |at: &At<'a>| at.origin() != field.origin;
            schemas.extend(described.get(field.wire.as_str()).into_iter().flatten().copied().filter(same));
            let rules = self.rules(&self.parts_of_value(&schemas), &field.shape, 0);
            if let Some(at) = here {
                self.default(at, self.plain(&field.shape), &rules);
            }
            rules
        });
        (self.afforded(keywords.into_rules(), &parts), fields.collect())
    }

    fn default(&self, at: At<'a>, shape: &Shape, rules: &[Rule]) {
        if let Some(default) = at.get("default")
            && let Some(wrong) = defaults::wrong(default, shape, rules, self.types)
        {
            self.tell(
                default.origin(),
                format!("the default `{}` {wrong}", shown(default)),
                "it is only said in the docs",
            );
        }
    }

    fn tuple(&self, id: TypeId) -> Option<&Struct> {
        match &self.types[id].kind {
            TypeKind::Struct(structure) if structure.tuple => Some(structure),
            _ => None,
        }
    }

    /// The limits of the items behind the places of a tuple, and of each of its places.
    fn tuple_type(&self, definition: &TypeDef, tuple: &Struct) -> (Vec<Rule>, Vec<Vec<Rule>>) {
        let own = self.cx.doc.node(definition.origin);
        let parts = own.map(|at| self.parts(&[at])).unwrap_or_default();
        // Beside `prefixItems` it is `items`; beside a list of `items`, `additionalItems` (JSON Schema 2020-12, 10.3.1.2).
        let is_list = |at: &At<'a>| matches!(at.node.kind, Kind::Array(_));
        let behind =
            |part: &At<'a>| part.get("items").filter(|at| !is_list(at)).or_else(|| part.get("additionalItems"));
        let behind: Vec<At<'a>> = parts.iter().filter_map(behind).collect();
        let rest = match &tuple.rest {
            Rest::Typed(shape) => self.inside(&behind, shape, 0),
            Rest::Open | Rest::Closed => self.inside(&behind, &Shape::Json, 0),
        };
        let place = |field: &Field| {
            let here = self.cx.doc.node(field.origin);
            here.map(|at| self.value(at, &field.shape)).unwrap_or_default()
        };
        (rest, tuple.fields.iter().map(place).collect())
    }

    /// The table of an operation has the limits of one body, which is no text and no list of parts; those of objects are
    /// with them.
    fn tell_body(&self, at: Option<At<'a>>, media: &Media, first: bool, rules: &[Rule]) {
        let typed = matches!(
            media.codec,
            Codec::Json | Codec::Form | Codec::Multipart | Codec::Xml | Codec::JsonLines | Codec::JsonSeq
        );
        let Some(at) = at.filter(|_| !rules.is_empty()) else { return };
        if !typed || media.order.is_some() {
            self.unchecked(at.origin(), &format!("a body that is sent as `{}` has limits", media.name));
        } else if !first {
            self.unchecked(at.origin(), "a body has limits in another media type than its first");
        }
    }

    /// What a type or a table has no place for.
    fn unchecked(&self, at: Origin, message: &str) {
        self.cx.sink.warning(Code::Condition, at, message, "checks do not ask for them");
    }

    fn tell(&self, at: Origin, message: String, effect: &str) {
        self.cx.sink.warning(Code::Constraint, at, message, effect);
    }
}

/// Whether each value of a tuple keeps a limit: what is required is always written.
fn follows_from(tuple: &Struct, rule: &Rule) -> bool {
    let required = tuple.fields.iter().filter(|field| field.presence == Presence::Required).count();
    matches!(rule, Rule::MinItems(least) if usize::try_from(*least).is_ok_and(|least| least <= required))
}

/// Steps for a rule; those inside of it have been paid for.
fn cost(rule: &Rule) -> usize {
    let names = |names: &[String]| names.iter().map(|name| 4 + for_text(name.len())).sum::<usize>();
    1 + match rule {
        Rule::Pattern(text) | Rule::Minimum(text) | Rule::Maximum(text) | Rule::MultipleOf(text) => {
            for_text(text.len())
        }
        Rule::ExclusiveMinimum(text) | Rule::ExclusiveMaximum(text) | Rule::Format(text) => for_text(text.len()),
        Rule::Required(list) | Rule::OneOf(list) => names(list),
        Rule::Matching(patterns, _) => patterns.iter().map(|(pattern, _)| 4 + for_text(pattern.len())).sum(),
        Rule::AnyOf(choices) => choices.iter().flat_map(|(_, rules)| rules).map(|rule| 4 + cost(rule)).sum(),
        Rule::DependentRequired(rows) => rows.iter().map(|(name, with)| 4 + for_text(name.len()) + names(with)).sum(),
        _ => 0,
    }
}

/// A value in a message: short, on one line.
fn shown(at: At<'_>) -> String {
    at.as_str().map_or_else(|| shortened(&at.node.to_json()), shortened)
}

/// A text of a document as it is shown in a message, between backticks.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace('`', "'")
}
