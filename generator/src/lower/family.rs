//! Inheritance as 2.0 and 3.0 have it: a schema with a `discriminator`, and others that extend it by `allOf` (OpenAPI 3.2,
//! "Models with Polymorphism Support").
//!
//! Where the base is referred to, a value can be of any schema that extends it, at any depth. So its name stands for an
//! open union of them; the members of the base alone are a struct of their own, which also takes the values of kinds that
//! the description does not have.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::discriminator::discriminator_of;
use super::keywords::{is_constraint, reference_of};
use super::parts::Part;
use crate::ir::{Api, Doc, NameHint, Origin, Pick, Presence, Shape, Struct, TypeId, TypeKind, Union, Variant};
use crate::load::{At, Document};

/// Extensions of extensions are followed this deep.
const DEEP: usize = 32;

/// Which schemas extend which.
#[derive(Default)]
pub(super) struct Families<'a> {
    /// Those that extend a schema directly, by its place, in document order.
    children: BTreeMap<Origin, Vec<Child<'a>>>,
    /// The names of schemas, by their places.
    names: BTreeMap<Origin, &'a str>,
    /// Kinds of value that are told by a member: the type, the member and its text.
    tags: Vec<(TypeId, String, String)>,
}

#[derive(Clone, Copy)]
struct Child<'a> {
    name: &'a str,
    at: At<'a>,
}

/// A schema that others extend.
pub(super) struct Family<'a> {
    property: &'a str,
    /// Those others, each with the texts of the member that stand for it.
    variants: Vec<(&'a str, At<'a>, Vec<String>)>,
    /// The texts that stand for the schema itself.
    own: Vec<String>,
}

impl<'a> Families<'a> {
    /// Looks at the named schemas of all files.
    pub(super) fn find(doc: &'a Document, drops: impl Fn(Origin) -> bool) -> Self {
        let mut families = Self::default();
        let files = (0_u32..).zip(&doc.files).filter(|(_, file)| !file.is_aside());
        for (index, file) in files {
            let root = At { file: index, node: &file.root };
            let sections = [root.get("definitions"), root.get("components").and_then(|all| all.get("schemas"))];
            for (name, at) in sections.into_iter().flatten().flat_map(At::entries) {
                if drops(at.origin()) {
                    continue;
                }
                families.names.insert(at.origin(), name);
                let mut parents = BTreeSet::new();
                parents_of(doc, at, &mut parents, 0);
                for parent in parents.into_iter().filter(|parent| *parent != at.origin()) {
                    families.children.entry(parent).or_default().push(Child { name, at });
                }
            }
        }
        families
    }
}

fn parents_of(doc: &Document, at: At<'_>, parents: &mut BTreeSet<Origin>, depth: usize) {
    for part in at.get("allOf").into_iter().flat_map(At::items) {
        if part.str("$ref").is_some() {
            parents.extend(doc.resolve(part).ok().map(At::origin));
        } else if depth < 4 {
            parents_of(doc, part, parents, depth + 1);
        }
    }
}

impl<'a> Lower<'a> {
    /// The family of which a schema is the base.
    pub(super) fn family(&self, at: At<'a>) -> Option<Family<'a>> {
        let children = self.families.children.get(&at.origin())?;
        let chooses = ["oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key));
        if chooses.flat_map(At::items).any(|item| !is_constraint(item)) {
            return None;
        }
        // Its own discriminator, or that of a schema which it extends itself.
        let mut leaves = Vec::new();
        self.spread(Part::whole(at), &mut leaves);
        let parts = self.deep(&leaves, Some(at.origin()));
        let (discriminator, property) = parts.list.iter().rev().find_map(|part| discriminator_of(part.at))?;
        let mut mapped: BTreeMap<Origin, Vec<String>> = BTreeMap::new();
        let mapping = self.mapping(discriminator);
        for (value, target) in &mapping {
            mapped.entry(target.origin()).or_default().push(value.clone());
        }
        let mut seen = BTreeSet::from([at.origin()]);
        let mut variants = Vec::new();
        for child in children {
            let tags = self.tags(*child, property, &mapped, &mut seen, 0);
            if !tags.is_empty() {
                variants.push((child.name, child.at, tags));
            }
        }
        // What the mapping of the schema itself names is meant, whether it extends the schema or not.
        if at.get("discriminator").is_some() {
            for (_, target) in mapping {
                if seen.insert(target.origin())
                    && let Some(tags) = mapped.get(&target.origin())
                    && let Some(name) = self.name_of(target)
                {
                    variants.push((name, target, tags.clone()));
                }
            }
        }
        if variants.is_empty() {
            return None;
        }
        let name = self.name_of(at).unwrap_or_default();
        // A base that a mapping leaves out is no kind of its own.
        let named = Child { name: if mapped.is_empty() { name } else { "" }, at };
        let mut own = self.own_tags(named, property, &mapped);
        own.retain(|tag| !variants.iter().any(|(.., tags)| tags.contains(tag)));
        Some(Family { property, variants, own })
    }

    /// The texts of the member that stand for a schema.
    fn own_tags(&self, child: Child<'a>, property: &str, mapped: &BTreeMap<Origin, Vec<String>>) -> Vec<String> {
        let mut tags = mapped.get(&child.at.origin()).cloned().unwrap_or_default();
        let constants = self.constants(&[Part::whole(child.at)], property).filter(|all| all.len() == 1);
        let given = child.at.str("x-ms-discriminator-value").map(str::to_owned);
        for tag in given.into_iter().chain(constants.into_iter().flatten()) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        // What no mapping names goes by the name of its schema; where the texts are listed, by the one that is it.
        let taken = |name: &str| mapped.values().flatten().any(|text| text == name);
        if tags.is_empty() && !child.name.is_empty() && !taken(child.name) {
            match self.constants(&[Part::whole(child.at)], property) {
                None => tags.push(child.name.to_owned()),
                Some(listed) => {
                    tags.extend(listed.into_iter().find(|text| reads_like(text, child.name) && !taken(text)))
                }
            }
        }
        tags
    }

    /// The texts of the member that stand for a schema or for one that extends it.
    fn tags(
        &self,
        child: Child<'a>,
        property: &str,
        mapped: &BTreeMap<Origin, Vec<String>>,
        seen: &mut BTreeSet<Origin>,
        depth: usize,
    ) -> Vec<String> {
        if depth > DEEP || !seen.insert(child.at.origin()) {
            return Vec::new();
        }
        let mut tags = self.own_tags(child, property, mapped);
        // Those that extend it are told apart by another member, if it names one.
        let other = discriminator_of(child.at).is_some_and(|(_, own)| own != property);
        for next in self.families.children.get(&child.at.origin()).into_iter().flatten() {
            let more = match other {
                true => mapped.get(&next.at.origin()).cloned().unwrap_or_default(),
                false => self.tags(*next, property, mapped, seen, depth + 1),
            };
            tags.extend(more);
        }
        let mut known = BTreeSet::new();
        tags.retain(|tag| known.insert(tag.clone()));
        tags
    }

    /// The name under which a schema stands among others.
    fn name_of(&self, at: At<'a>) -> Option<&'a str> {
        self.families.names.get(&at.origin()).copied()
    }

    /// Whether a schema extends the one that it is a mere reference to: then it is a kind of its own.
    pub(super) fn is_member_of_family(&self, at: At<'a>) -> bool {
        let parents = at.get("allOf").into_iter().flat_map(At::items).filter(|part| reference_of(*part).is_some());
        parents.filter_map(|part| self.quiet_target(part)).any(|parent| {
            self.families.children.contains_key(&parent.origin())
                && self
                    .family(parent)
                    .is_some_and(|family| family.variants.iter().any(|(_, variant, _)| variant.origin() == at.origin()))
        })
    }

    /// The union that the name of a base stands for.
    pub(super) fn family_union(
        &mut self,
        at: At<'a>,
        leaves: &[Part<'a>],
        family: &Family<'a>,
        hint: &NameHint,
    ) -> TypeKind {
        let base_hint = hint.child("base");
        let kind = self.merged_kind(at, leaves, &base_hint);
        let base = self.push_inline(at, &base_hint, kind);
        let mut variants = Vec::new();
        for (name, child, tags) in &family.variants {
            let id = self.named(*child);
            if let Some(tag) = tags.first() {
                self.families.tags.push((id, family.property.to_owned(), tag.clone()));
            }
            variants.push(Variant {
                hint: NameHint::named(*name),
                shape: Shape::Named(id),
                tags: tags.clone(),
                doc: super::prose::doc(*child),
                ..Variant::default()
            });
        }
        // Where the member can be missing, a value without it is of this kind too.
        let required = |structure: &Struct| {
            structure.fields.iter().any(|field| field.wire == family.property && field.presence == Presence::Required)
        };
        let always = matches!(&self.api.types[base].kind, TypeKind::Struct(structure) if required(structure));
        if let Some(tag) = family.own.first().filter(|_| always) {
            self.families.tags.push((base, family.property.to_owned(), tag.clone()));
        }
        variants.push(Variant {
            hint: NameHint::named("base"),
            shape: Shape::Named(base),
            tags: family.own.clone(),
            fallback: true,
            doc: Doc {
                description: Some(
                    "What all kinds have in common; also a kind that the description does not know.".to_owned(),
                ),
                ..Doc::default()
            },
            ..Variant::default()
        });
        TypeKind::Union(Union { variants, pick: Pick::Tag { property: family.property.to_owned() } })
    }

    /// Once all types are known: a struct that is one kind of a family says so where it is written.
    pub(super) fn tell_kinds(&mut self) {
        let tags = std::mem::take(&mut self.families.tags);
        // The closest one counts, so those that name the struct itself come first.
        for (id, property, tag) in &tags {
            if let TypeKind::Struct(structure) = &mut self.api.types[*id].kind
                && !structure.tags.iter().any(|(known, _)| known == property)
            {
                structure.tags.push((property.clone(), tag.clone()));
            }
        }
        for (id, property, tag) in &tags {
            spread_tag(&mut self.api, *id, property, tag, &mut BTreeSet::new());
        }
    }
}

/// Whether two names differ in no more than case and signs.
fn reads_like(left: &str, right: &str) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    plain(left) == plain(right)
}

/// What extends a kind is of that kind too.
fn spread_tag(api: &mut Api, id: TypeId, property: &str, tag: &str, seen: &mut BTreeSet<TypeId>) {
    if seen.len() > 10_000 || !seen.insert(id) {
        return;
    }
    match &mut api.types[id].kind {
        TypeKind::Struct(structure) if structure.tags.iter().all(|(known, _)| known != property) => {
            structure.tags.push((property.to_owned(), tag.to_owned()));
        }
        TypeKind::Union(union) if matches!(union.pick, Pick::Tag { .. }) => {
            let inner: Vec<TypeId> = union
                .variants
                .iter()
                .filter_map(|variant| match variant.shape {
                    Shape::Named(id) => Some(id),
                    _ => None,
                })
                .collect();
            for id in inner {
                spread_tag(api, id, property, tag, seen);
            }
        }
        _ => {}
    }
}
