//! `oneOf` and `anyOf`: open unions.

use super::keywords::{is_constraint, reference_of};
use super::memo::Slot;
use super::parts::{Part, Parts, Role};
use super::schema::{Lowered, strip_null};
use super::{Lower, prose};
use crate::diag::Code;
use crate::ir::{NameHint, Pick, Shape, TextFormat, TypeKind, Union, Variant};
use crate::load::{At, Kind};

/// A union of several choices at once has at most so many variants.
const PRODUCT: usize = 64;

/// A `oneOf` or `anyOf` that is left to be told apart.
pub(super) struct Choice<'a> {
    /// The schema that has it.
    pub(super) at: At<'a>,
    /// What can be chosen.
    pub(super) members: Vec<Part<'a>>,
    /// One of its schemas allows anything.
    any: bool,
}

/// One way through all choices.
struct Way<'a> {
    /// What was chosen, one of each.
    pub(super) members: Vec<Part<'a>>,
    name: String,
    /// Whether the document gives that name.
    named: bool,
}

impl<'a> Lower<'a> {
    /// Takes the choices that leave no choice as further parts, and gives the others.
    pub(super) fn settle(&self, parts: &mut Parts<'a>) -> Vec<Choice<'a>> {
        let mut open = Vec::new();
        let mut next = 0;
        while let Some(part) = parts.list.get(next).copied() {
            next += 1;
            if part.role != Role::Own || !part.at.is_object() {
                continue;
            }
            let mut chooses = false;
            for list in ["oneOf", "anyOf"].into_iter().filter_map(|key| part.at.get(key)) {
                let Some(choice) = self.choice(part, list, parts) else { continue };
                chooses = true;
                match choice.members.as_slice() {
                    [only] if !choice.any => {
                        let mut leaves = Vec::new();
                        self.spread(*only, &mut leaves);
                        self.add(parts, &leaves, Some(part.at.origin()));
                    }
                    _ => open.push(choice),
                }
            }
            if chooses && let Some(part) = parts.list.get_mut(next - 1) {
                part.role = Role::Settled;
            }
        }
        open
    }

    /// Puts in what a choice of one chooses, such as in `anyOf: [X, {type: null}]`.
    pub(super) fn choose_only_ones(&self, leaves: &mut Vec<Part<'a>>) {
        let nothing = Parts::default();
        let mut next = 0;
        while let Some(leaf) = leaves.get(next).copied().filter(|_| next < PRODUCT) {
            next += 1;
            if leaf.role != Role::Own || !leaf.at.is_object() {
                continue;
            }
            let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| leaf.at.get(key));
            let choices: Vec<Choice<'a>> = lists.filter_map(|list| self.choice(leaf, list, &nothing)).collect();
            if choices.is_empty() || choices.iter().any(|choice| choice.any || choice.members.len() != 1) {
                continue;
            }
            let mut chosen = Vec::new();
            choices.iter().flat_map(|choice| &choice.members).for_each(|member| self.spread(*member, &mut chosen));
            if let Some(leaf) = leaves.get_mut(next - 1) {
                leaf.role = Role::Settled;
            }
            leaves.extend(chosen);
        }
    }

    /// What a list leaves to choose; nothing when it only sets limits, or when the choice is made already.
    fn choice(&self, part: Part<'a>, list: At<'a>, parts: &Parts<'a>) -> Option<Choice<'a>> {
        if list.is_empty() || !matches!(list.node.kind, Kind::Array(_)) {
            self.sink.warning(
                Code::KeywordType,
                list.origin(),
                "a choice needs a list of schemas to choose from",
                "it is passed over",
            );
            return None;
        }
        if list.items().all(is_constraint) {
            return None;
        }
        let mut choice = Choice { at: part.at, members: Vec::new(), any: false };
        // `false` allows nothing, so it is no choice.
        let possible = |item: &At<'a>| !self.is_null_variant(list, *item) && item.as_bool() != Some(false);
        for item in list.items().filter(possible) {
            let member = part.inside(item);
            let mut leaves = Vec::new();
            self.spread(member, &mut leaves);
            if leaves.is_empty() {
                choice.any = true;
                continue;
            }
            let identities: Vec<_> = leaves.iter().map(|leaf| self.identity(leaf)).collect();
            // A union that names itself adds nothing by that.
            if identities == [part.at.origin()] {
                continue;
            }
            // `Pet: {oneOf: [Cat, …]}` and `Cat: {allOf: [Pet, …]}`: in a cat, that it is one is known.
            if identities.iter().all(|identity| parts.seen.contains(identity)) {
                return None;
            }
            choice.members.push(member);
        }
        (!choice.members.is_empty()).then_some(choice)
    }

    /// The union of what can be chosen, each variant with what holds in every case.
    pub(super) fn union(&mut self, parts: &Parts<'a>, choices: Vec<Choice<'a>>, hint: &NameHint) -> Lowered {
        let any = choices.iter().all(|choice| choice.any);
        let base: Vec<Part<'a>> = parts.list.iter().filter(|part| holds_more(part)).copied().collect();
        if let ([choice], true, false) = (choices.as_slice(), base.is_empty(), any)
            && let Some(list) = self.literals_or_scalars(choice, parts)
        {
            return list;
        }
        let (ways, left) = self.ways(&choices);
        let mut base: Vec<Part<'a>> = if base.is_empty() { self.typed_base(parts) } else { parts.list.clone() };
        base.extend(left);
        let mut variants: Vec<Variant> = Vec::new();
        let mut sources: Vec<Vec<Part<'a>>> = Vec::new();
        for way in ways {
            let mut raws = base.clone();
            raws.extend(&way.members);
            let shape = strip_null(self.shape_of(&raws, &hint.child(&way.name)));
            match variants.iter().position(|known| known.shape == shape) {
                Some(known) => sources[known].extend(way.members),
                None => {
                    let hint = if way.named { NameHint::named(way.name) } else { self.hint_of_shape(&shape, way.name) };
                    let doc = way.members.last().map(|member| prose::doc(member.at)).unwrap_or_default();
                    variants.push(Variant { hint, shape, doc, ..Variant::default() });
                    sources.push(way.members);
                }
            }
        }
        if let ([only], false) = (variants.as_slice(), any) {
            return Lowered::Plain(only.shape.clone());
        }
        let pick = self.pick(&choices, parts, &sources, &mut variants);
        // What takes everything cannot be told from the others; `Unknown` takes it.
        let free: Vec<bool> = variants.iter().map(|variant| variant.shape == Shape::Json).collect();
        let mut free = free.into_iter();
        variants.retain(|_| free.next() != Some(true));
        match variants.is_empty() {
            true => Lowered::Plain(Shape::Json),
            false => Lowered::Type(TypeKind::Union(Union { variants, pick })),
        }
    }

    /// Parts that only say of which type the variants are, for those that do not say it themselves.
    fn typed_base(&self, parts: &Parts<'a>) -> Vec<Part<'a>> {
        parts
            .list
            .iter()
            .filter(|part| part.role != Role::Maybe && !self.types_of(part.at).is_empty())
            .copied()
            .collect()
    }

    /// All ways through the choices. Where there are too many, only the first choice is one; what the others describe may
    /// be there or not.
    fn ways(&self, choices: &[Choice<'a>]) -> (Vec<Way<'a>>, Vec<Part<'a>>) {
        let count = choices.iter().fold(1_usize, |all, choice| all.saturating_mul(choice.members.len()));
        let (chosen, left) = choices.split_at(if count > PRODUCT { 1 } else { choices.len() });
        let mut ways = vec![Way { members: Vec::new(), name: String::new(), named: true }];
        for choice in chosen {
            let mut next = Vec::new();
            for way in &ways {
                for (index, member) in choice.members.iter().enumerate() {
                    let (name, named) = self.name_of_variant(member.at, index);
                    let mut members = way.members.clone();
                    members.push(*member);
                    let name = if way.name.is_empty() { name } else { format!("{} {name}", way.name) };
                    next.push(Way { members, name, named: named && way.named });
                }
            }
            ways = next;
        }
        for choice in left {
            self.sink.left_out(
                Code::SchemaFallback,
                choice.at.origin(),
                "several choices at once make too many variants",
                "members of this one are optional, and which belong together is not told",
            );
        }
        let left = left.iter().flat_map(|choice| &choice.members);
        (ways, left.map(|member| Part { role: Role::Maybe, ..*member }).collect())
    }

    /// What a variant is called, and whether the document says so.
    pub(super) fn name_of_variant(&self, at: At<'a>, index: usize) -> (String, bool) {
        if let Some(reference) = reference_of(at) {
            let last = reference.rsplit('/').next().unwrap_or(reference);
            let last = last.rsplit('#').next().filter(|name| !name.is_empty()).unwrap_or(last);
            return (last.split('.').next().unwrap_or(last).to_owned(), true);
        }
        match at.str("title").filter(|title| !title.trim().is_empty()) {
            Some(title) => (title.to_owned(), true),
            None => (format!("variant {}", index + 1), false),
        }
    }

    /// A union of shapes of different JSON kinds.
    pub(super) fn kinds_union(&mut self, members: Vec<(NameHint, Shape)>) -> Lowered {
        let variants = members.into_iter().map(|(hint, shape)| Variant { hint, shape, ..Variant::default() }).collect();
        Lowered::Type(TypeKind::Union(Union { variants, pick: Pick::Trial }))
    }

    /// A value of any of some shapes; with `open` of others too. `schemas` say where they come from.
    pub(super) fn any_of_shapes(
        &mut self,
        shapes: Vec<(NameHint, Shape)>,
        open: bool,
        schemas: &[Part<'a>],
        hint: &NameHint,
    ) -> Shape {
        let mut nullable = false;
        let mut variants: Vec<Variant> = Vec::new();
        for (hint, shape) in shapes {
            if shape == Shape::Json {
                return Shape::Json;
            }
            nullable |= matches!(shape, Shape::Nullable(_));
            let shape = strip_null(shape);
            if !variants.iter().any(|known| known.shape == shape) {
                variants.push(Variant { hint, shape, ..Variant::default() });
            }
        }
        let shape = match variants.as_slice() {
            [] => return Shape::Json,
            [only] if !open => only.shape.clone(),
            _ => {
                let mut key: Vec<_> = schemas.iter().map(|part| (self.identity(part), Role::Maybe)).collect();
                key.extend(open.then_some((Default::default(), Role::Whole)));
                match self.memo.anonymous.get(&key) {
                    Some(Slot::Done(id)) => Shape::Named(*id),
                    _ => {
                        let at = schemas.first().map_or(self.root, |part| part.at);
                        let kind = TypeKind::Union(Union { variants, pick: Pick::Trial });
                        let id = self.push_inline(at, hint, kind);
                        self.memo.anonymous.insert(key, Slot::Done(id));
                        Shape::Named(id)
                    }
                }
            }
        };
        if nullable { shape.nullable() } else { shape }
    }

    /// A word for what a shape is.
    pub(super) fn hint_of_shape(&self, shape: &Shape, otherwise: String) -> NameHint {
        let word = match shape {
            Shape::Bool => "bool".to_owned(),
            Shape::Int(_) => "integer".to_owned(),
            Shape::Float(_) => "number".to_owned(),
            Shape::Text(TextFormat::DateTime) => "date time".to_owned(),
            Shape::Text(TextFormat::Date) => "date".to_owned(),
            Shape::Text(TextFormat::Uuid) => "uuid".to_owned(),
            Shape::Text(_) => "text".to_owned(),
            Shape::List(inner) => format!("{} list", self.hint_of_shape(inner, String::new()).base),
            Shape::Map(_) => "map".to_owned(),
            Shape::Json => "json".to_owned(),
            Shape::Binary => "file".to_owned(),
            Shape::Named(id) if self.api.types[*id].component => self.api.types[*id].hint.base.clone(),
            _ => otherwise,
        };
        NameHint::named(word)
    }
}

/// Whether a part holds more for each variant than of which type it is.
fn holds_more(part: &Part<'_>) -> bool {
    // `additionalProperties: false` beside a choice would forbid all that the variants have: no one means that.
    const MORE: &[&str] = &["const", "enum", "items", "patternProperties", "prefixItems", "properties"];
    let filled = |value: At<'_>| !value.is_empty() || !matches!(value.node.kind, Kind::Array(_) | Kind::Object(_));
    part.role == Role::Maybe || MORE.iter().any(|key| part.at.get(key).is_some_and(filled))
}
