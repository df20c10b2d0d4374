//! `discriminator`: which value of a member stands for which variant (OpenAPI 3.2, Discriminator Object).

use std::collections::BTreeMap;

use super::Lower;
use super::keywords::reference_of;
use super::parts::{Part, Parts, Role};
use super::union::Choice;
use crate::diag::Code;
use crate::ir::{Origin, Pick, Variant};
use crate::load::At;

/// Unions inside each other are searched this deep.
const DEEP: usize = 8;

impl<'a> Lower<'a> {
    /// How the variants of a union are told apart. `sources` are the schemas of each.
    pub(super) fn pick(
        &mut self,
        choices: &[Choice<'a>],
        parts: &Parts<'a>,
        sources: &[Vec<Part<'a>>],
        variants: &mut [Variant],
    ) -> Pick {
        let places = choices.iter().map(|choice| choice.at).chain(parts.list.iter().rev().map(|part| part.at));
        let Some((discriminator, property)) = places.into_iter().find_map(discriminator_of) else { return Pick::Trial };
        let says_values = ["mapping", "defaultMapping"].iter().any(|key| discriminator.get(key).is_some());
        if !says_values && !self.may_have(&parts.list, sources, property) {
            self.sink.warning(
                Code::Discriminator,
                discriminator.origin(),
                format!("no variant of the union has the member `{property}`"),
                "the union is told apart by its other members",
            );
            return Pick::Trial;
        }
        let origins: Vec<Vec<Origin>> =
            sources.iter().map(|members| members.iter().map(|member| self.identity(member)).collect()).collect();
        for (value, target) in self.mapping(discriminator) {
            let direct = origins.iter().position(|own| own.contains(&target.origin()));
            let inside = || {
                sources
                    .iter()
                    .position(|members| members.iter().any(|member| self.leads_to(member.at, target.origin(), 0)))
            };
            match direct.or_else(inside).and_then(|index| variants.get_mut(index)) {
                Some(variant) => variant.tags.push(value),
                None => self.sink.warning(
                    Code::Discriminator,
                    discriminator.origin(),
                    format!("the mapping of `{value}` names a schema that is no variant"),
                    "the entry is passed over",
                ),
            }
        }
        let constants: Vec<Vec<String>> =
            sources.iter().map(|members| self.constants(members, property).unwrap_or_default()).collect();
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        constants.iter().flatten().for_each(|constant| *counts.entry(constant).or_default() += 1);
        for (index, variant) in variants.iter_mut().enumerate() {
            // What its own schema requires of the member, if no other variant has the same.
            let own = constants.get(index).map(Vec::as_slice).unwrap_or_default();
            if own.iter().all(|constant| counts.get(constant) == Some(&1)) {
                let more = own.iter().filter(|constant| !variant.tags.contains(constant)).cloned().collect::<Vec<_>>();
                variant.tags.extend(more);
            }
            // Without a mapping the schema's name is the tag.
            if variant.tags.is_empty() {
                let members = sources.get(index).map(Vec::as_slice).unwrap_or_default();
                let names = members.iter().filter_map(|member| implicit_name(reference_of(member.at)?));
                variant.tags.extend(names.map(str::to_owned));
            }
        }
        if let Some(fallback) = discriminator.get("defaultMapping") {
            let target = self.mapped(fallback).map(At::origin);
            let found = target.and_then(|target| origins.iter().position(|own| own.contains(&target)));
            match found.and_then(|index| variants.get_mut(index)) {
                Some(variant) => variant.fallback = true,
                None => self.sink.warning(
                    Code::Discriminator,
                    fallback.origin(),
                    "`defaultMapping` names a schema that is no variant",
                    "it is passed over",
                ),
            }
        }
        if variants.iter().all(|variant| variant.tags.is_empty()) {
            self.sink.warning(
                Code::Discriminator,
                discriminator.origin(),
                "no variant of the union has a name that the discriminator could hold",
                "the union is told apart by its members",
            );
            return Pick::Trial;
        }
        Pick::Tag { property: property.to_owned() }
    }

    /// The entries of a mapping that lead somewhere.
    pub(super) fn mapping(&self, discriminator: At<'a>) -> Vec<(String, At<'a>)> {
        let mut found = Vec::new();
        for (value, entry) in discriminator.get("mapping").into_iter().flat_map(At::entries) {
            match self.mapped(entry) {
                Some(target) => found.push((value.to_owned(), target)),
                None => self.sink.warning(
                    Code::Discriminator,
                    entry.origin(),
                    format!("the mapping of `{value}` leads nowhere: `{}`", entry.as_str().unwrap_or_default()),
                    "the entry is passed over",
                ),
            }
        }
        found
    }

    /// The schema that a value of a mapping means: the name of one, else a reference.
    pub(super) fn mapped(&self, entry: At<'a>) -> Option<At<'a>> {
        let text = entry.as_str()?;
        let by_name = || {
            let sections = [self.quiet_section(&["components", "schemas"]), self.quiet_section(&["definitions"])];
            sections.into_iter().flatten().find_map(|schemas| schemas.get(text))
        };
        let target = if text.contains('#') { None } else { by_name() };
        let target = match target {
            Some(target) => target,
            None => self.doc.follow_from(entry, text).ok()?,
        };
        if reference_of(target).is_some() { self.quiet_target(target) } else { Some(target) }
    }

    fn quiet_section(&self, path: &[&str]) -> Option<At<'a>> {
        path.iter().try_fold(self.root, |at, key| self.doc.resolve(at.get(key)?).ok())
    }

    /// Whether a schema is a choice in which another one is, at any depth.
    fn leads_to(&self, at: At<'a>, wanted: Origin, depth: usize) -> bool {
        if depth > DEEP || !self.spend(1, at) {
            return false;
        }
        let target = if reference_of(at).is_some() { self.quiet_target(at) } else { Some(at) };
        let Some(target) = target else { return false };
        if target.origin() == wanted {
            return true;
        }
        let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| target.get(key)).flat_map(At::items);
        lists.into_iter().any(|item| self.leads_to(item, wanted, depth + 1))
    }

    /// Whether some variant describes a member, or leaves open which members it has.
    fn may_have(&self, base: &[Part<'a>], sources: &[Vec<Part<'a>>], property: &str) -> bool {
        let has = |part: &Part<'a>| {
            self.map(part.at, "properties").is_some_and(|members| members.get(property).is_some())
                || part.at.get("required").into_iter().flat_map(At::items).any(|name| name.as_str() == Some(property))
        };
        let is_open = |part: &Part<'a>| ["oneOf", "anyOf", "if"].iter().any(|key| part.at.get(key).is_some());
        base.iter().any(has)
            || sources.iter().any(|schemas| {
                let parts = self.parts_of(schemas).list;
                let describes = |part: &Part<'a>| part.at.get("properties").is_some_and(|members| !members.is_empty());
                !parts.iter().any(describes) || parts.iter().any(|part| has(part) || is_open(part))
            })
    }

    fn parts_of(&self, schemas: &[Part<'a>]) -> Parts<'a> {
        let mut leaves = Vec::new();
        schemas.iter().for_each(|schema| self.spread(*schema, &mut leaves));
        let mut parts = self.deep(&leaves, None);
        self.settle(&mut parts);
        parts
    }

    /// The literals that a member can be where all of these schemas hold.
    pub(super) fn constants(&self, schemas: &[Part<'a>], property: &str) -> Option<Vec<String>> {
        let parts = self.parts_of(schemas);
        let mut inner = Vec::new();
        for part in parts.list.iter().filter(|part| part.role != Role::Maybe) {
            if let Some(member) = self.map(part.at, "properties").and_then(|members| members.get(property)) {
                self.spread(part.inside(member), &mut inner);
            }
        }
        self.literals(&self.deep(&inner, None))?.texts()
    }
}

/// The discriminator of a schema and the member that it names; in 2.0 it is no more than that name.
pub(super) fn discriminator_of(at: At<'_>) -> Option<(At<'_>, &str)> {
    let discriminator = at.get("discriminator")?;
    let property = discriminator.str("propertyName").or_else(|| discriminator.as_str())?;
    Some((discriminator, property))
}

/// The name of the schema that a reference names.
pub(super) fn implicit_name(reference: &str) -> Option<&str> {
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let last = pointer.rsplit('/').next().filter(|name| !name.is_empty());
    last.or_else(|| {
        let name = file.rsplit('/').next()?;
        Some(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).filter(|name| !name.is_empty())
    })
}
