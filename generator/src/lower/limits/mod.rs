//! Limits of values, read once all types are known: which keywords count depends on what a value has become.

mod choices;
mod defaults;
mod keywords;

use std::collections::{BTreeMap, BTreeSet};

use self::keywords::Keywords;
use super::Lower;
use super::memo::for_text;
use crate::diag::Code;
use crate::ir::{Arena, Limits, Origin, Rest, Rule, Shape, Struct, TextFormat, TypeDef, TypeKind};
use crate::load::{At, Version};

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
            // The places of a tuple are limited by their types alone.
            TypeKind::Struct(structure) if !structure.tuple => reader.structure(definition, structure),
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
        let media = operation.body.iter().flat_map(|body| body.media.iter().map(move |media| (body, media)));
        let bodies = media.map(|(body, media)| {
            let schema = cx.doc.node(body.origin).and_then(|at| reader.schema_of(at, Some(&media.name)));
            schema.map(|schema| reader.value(schema, &media.shape)).unwrap_or_default()
        });
        limits.bodies.push(bodies.collect());
    }
    limits
}

struct Reader<'c, 'a> {
    cx: &'c Lower<'a>,
    types: &'c Arena<crate::ir::TypeId, TypeDef>,
}

impl<'a> Reader<'_, 'a> {
    /// The schema of a parameter or body: in 2.0 a parameter is its own.
    fn schema_of(&self, at: At<'a>, media: Option<&str>) -> Option<At<'a>> {
        let content = at.get("content");
        let content = match media {
            Some(name) => content.and_then(|content| content.get(name)),
            None => content.and_then(|content| content.entries().next()).map(|(_, media)| media),
        };
        let in_content = content.and_then(|media| self.cx.doc.resolve(media).ok()?.get("schema"));
        let own = (self.cx.doc.version == Version::V2 && media.is_none()).then_some(at);
        in_content.or_else(|| at.get("schema")).or(own)
    }

    /// The limits of a value of this shape, and whether its default keeps them.
    fn value(&self, at: At<'a>, shape: &Shape) -> Vec<Rule> {
        let rules = self.rules(&self.parts(&[at]), shape, 0);
        self.default(at, self.plain(shape), &rules);
        rules
    }

    /// A schema with all that it refers to and is made of, itself first.
    fn parts(&self, starts: &[At<'a>]) -> Vec<At<'a>> {
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        let mut work: Vec<At<'a>> = starts.iter().rev().copied().collect();
        while let Some(at) = work.pop() {
            if !at.is_object() || out.len() >= PARTS || !seen.insert(at.origin()) {
                continue;
            }
            out.push(at);
            let all_of: Vec<At<'a>> = at.get("allOf").into_iter().flat_map(At::items).collect();
            work.extend(all_of.into_iter().rev());
            work.extend(self.cx.doc.resolve(at).ok());
        }
        out
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
        let mut keywords = Keywords::new(self.cx.sink, parts);
        let inside = |key: &str, inner: &Shape| {
            let schemas: Vec<At<'a>> = parts.iter().filter_map(|part| part.get(key)).collect();
            match depth < DEPTH && !schemas.is_empty() {
                true => self.rules(&self.parts(&schemas), inner, depth + 1),
                false => Vec::new(),
            }
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
                keywords.required(|_| false);
                keywords.add_inside(Rule::Names, self.names(parts));
                keywords.add_inside(Rule::Values, inside("additionalProperties", inner));
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
            // An object has its own limits with it, and a list of literals needs none.
            Shape::Named(_) | Shape::Bool | Shape::Binary | Shape::Nullable(_) => return Vec::new(),
        }
        self.choices(parts, None).into_iter().for_each(|rule| keywords.add(rule));
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
        let mut keywords = Keywords::new(self.cx.sink, &parts);
        keywords.objects();
        let known: BTreeSet<&str> = structure.fields.iter().map(|field| field.wire.as_str()).collect();
        keywords.required(|name| known.contains(name));
        keywords.add_inside(Rule::Names, self.names(&parts));
        self.choices(&parts, Some(structure)).into_iter().for_each(|rule| keywords.add(rule));
        match &structure.rest {
            Rest::Closed => keywords.add(Rule::NoOthers),
            Rest::Typed(shape) => {
                let schemas: Vec<At<'a>> = parts.iter().filter_map(|part| part.get("additionalProperties")).collect();
                keywords.add_inside(Rule::Values, self.rules(&self.parts(&schemas), shape, 1));
            }
            Rest::Open => {}
        }
        // Each part may describe a member, and all of them count.
        let mut described: BTreeMap<&str, Vec<At<'a>>> = BTreeMap::new();
        for (name, at) in parts.iter().filter_map(|part| part.get("properties")).flat_map(At::entries) {
            described.entry(name).or_default().push(at);
        }
        let fields = structure.fields.iter().map(|field| {
            let here = self.cx.doc.node(field.origin);
            let mut schemas: Vec<At<'a>> = here.into_iter().collect();
            let same = |at: &At<'a>| at.origin() != field.origin;
            schemas.extend(described.get(field.wire.as_str()).into_iter().flatten().copied().filter(same));
            let rules = self.rules(&self.parts(&schemas), &field.shape, 0);
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

    fn tell(&self, at: Origin, message: String, effect: &str) {
        self.cx.sink.warning(Code::Constraint, at, message, effect);
    }
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
        Rule::AnyOf(choices) => choices.iter().flat_map(|(_, rules)| rules).map(|rule| 4 + cost(rule)).sum(),
        Rule::DependentRequired(rows) => rows.iter().map(|(name, with)| 4 + for_text(name.len()) + names(with)).sum(),
        _ => 0,
    }
}

/// A value in a message: short, on one line.
fn shown(at: At<'_>) -> String {
    let text = at.as_str().map_or_else(|| at.node.to_json(), str::to_owned);
    let mut short: String = text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace('`', "'")
}
