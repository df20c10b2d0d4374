//! `oneOf` and `anyOf`: open unions, and how each is told apart.

use super::object::Merged;
use super::schema::Lowered;
use super::{Lower, prose};
use crate::diag::Code;
use crate::ir::{
    Api, Doc, Enum, EnumValue, FloatKind, NameHint, Pick, Presence, Shape, Struct, TextFormat, TypeId, TypeKind, Union,
    Variant,
};
use crate::load::At;

impl<'a> Lower<'a> {
    /// A schema with `oneOf` or `anyOf`.
    pub(super) fn union(&mut self, at: At<'a>, hint: &NameHint) -> Lowered {
        let Some(list) = ["oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key)).find(|list| !list.is_empty())
        else {
            return self.object(at, hint);
        };
        let mut base = Merged::default();
        if at.get("properties").is_some() || at.get("allOf").is_some() {
            self.merge(at, &mut base, 0);
            base.unions.clear();
        }
        self.union_over(at, list, &base, hint)
    }

    /// The variants in `list`, each merged with the members of `base`.
    pub(super) fn union_over(&mut self, at: At<'a>, list: At<'a>, base: &Merged<'a>, hint: &NameHint) -> Lowered {
        let members: Vec<At<'a>> = list.items().filter(|member| !self.only_null(*member)).collect();
        if base.members.is_empty() {
            if let Some(text) = self.open_text(&members) {
                return text;
            }
            if let [only] = members.as_slice() {
                return Lowered::Plain(self.shape(*only, hint));
            }
        } else if members.iter().all(|member| self.only_required(*member)) {
            // `anyOf: [{required: [a]}, {required: [b]}]` limits a struct; it is no choice of shapes.
            return Lowered::Type(TypeKind::Struct(self.structure(base, hint)));
        }
        let mut variants: Vec<Variant> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let variant = self.variant(*member, index, base, hint);
            if let Some(same) = variants.iter_mut().find(|known| known.shape == variant.shape) {
                same.tags.extend(variant.tags);
                continue;
            }
            variants.push(variant);
        }
        if let [only] = variants.as_slice() {
            return Lowered::Plain(only.shape.clone());
        }
        let pick = self.pick(at, &members, &mut variants);
        Lowered::Type(TypeKind::Union(Union { variants, pick }))
    }

    /// A union of shapes of different JSON kinds.
    pub(super) fn kinds_union(&mut self, members: Vec<(NameHint, Shape)>) -> Lowered {
        let variants = members
            .into_iter()
            .map(|(hint, shape)| Variant { hint, shape, tags: Vec::new(), keys: Vec::new(), doc: Doc::default() })
            .collect();
        Lowered::Type(TypeKind::Union(Union { variants, pick: Pick::Trial }))
    }

    fn variant(&mut self, at: At<'a>, index: usize, base: &Merged<'a>, hint: &NameHint) -> Variant {
        let target = self.doc.resolve(at).unwrap_or(at);
        let name = match at.str("$ref") {
            Some(reference) => reference.rsplit('/').next().unwrap_or(reference).to_owned(),
            None => target.str("title").map_or_else(|| format!("variant {}", index + 1), str::to_owned),
        };
        let shape = if base.members.is_empty() {
            self.shape(at, &hint.child(&name))
        } else if !self.budget.spend(base.members.len()) {
            self.too_much(at);
            Shape::Json
        } else {
            let mut merged =
                Merged { members: base.members.clone(), required: base.required.clone(), ..Merged::default() };
            self.merge(at, &mut merged, 0);
            let child = hint.child(&name);
            let kind = TypeKind::Struct(self.structure(&merged, &child));
            self.inline(at, &child, kind)
        };
        let shape = match shape {
            Shape::Nullable(inner) => *inner,
            other => other,
        };
        // A variant without a name of its own is called after what it holds.
        let hint = if at.str("$ref").is_none() && target.str("title").is_none() {
            self.hint_of_shape(&shape, name)
        } else {
            NameHint::named(name)
        };
        Variant { hint, shape, tags: Vec::new(), keys: Vec::new(), doc: prose::doc(at) }
    }

    fn hint_of_shape(&self, shape: &Shape, otherwise: String) -> NameHint {
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

    /// How the variants are told apart: by discriminator, by a constant that each requires, else by trial.
    fn pick(&mut self, at: At<'a>, members: &[At<'a>], variants: &mut [Variant]) -> Pick {
        if let Some(discriminator) = at.get("discriminator")
            && let Some(property) = discriminator.str("propertyName").or_else(|| discriminator.as_str())
        {
            let mapping = discriminator.get("mapping");
            let mut tagged: Vec<(Shape, String)> = Vec::new();
            for (value, target) in mapping.into_iter().flat_map(At::entries) {
                let Some(target_text) = target.as_str() else { continue };
                // A mapping value is a reference or the bare name of a schema (OpenAPI 3.2, Discriminator Object).
                let reference = if target_text.contains('/') || target_text.contains('#') {
                    target_text.to_owned()
                } else {
                    format!("#/components/schemas/{target_text}")
                };
                match self.doc.follow(at.file, &reference) {
                    Ok(schema) => tagged.push((Shape::Named(self.named(schema)), value.to_owned())),
                    Err(_) => self.sink.warning(
                        Code::Discriminator,
                        target.origin(),
                        format!("the mapping of `{value}` leads nowhere: `{target_text}`"),
                        "the entry is passed over",
                    ),
                }
            }
            for (shape, value) in &tagged {
                if let Some(variant) = variants.iter_mut().find(|variant| &variant.shape == shape) {
                    variant.tags.push(value.clone());
                }
            }
            for (variant, member) in variants.iter_mut().zip(members) {
                // Without a mapping the schema's name is the tag.
                if variant.tags.is_empty()
                    && let Some(reference) = member.str("$ref")
                {
                    variant.tags.extend(reference.rsplit('/').next().map(str::to_owned));
                }
            }
            if variants.iter().all(|variant| !variant.tags.is_empty()) {
                return Pick::Tag { property: property.to_owned() };
            }
            self.sink.warning(
                Code::Discriminator,
                discriminator.origin(),
                "some variants of the union have no name that the discriminator could hold",
                "the union is told apart by its members",
            );
            for variant in variants.iter_mut() {
                variant.tags.clear();
            }
        }
        Pick::Trial
    }

    fn only_null(&self, at: At<'a>) -> bool {
        at.str("type") == Some("null")
            || at.is_null()
            || (at.get("enum").is_some_and(|list| list.len() == 1 && list.items().all(At::is_null)))
    }

    fn only_required(&self, at: At<'a>) -> bool {
        at.is_object() && at.entries().all(|(key, _)| matches!(key, "required" | "description" | "title" | "not"))
    }

    /// `anyOf: [string, enum of strings, …]`: one text enum, which is open anyway; plain strings of several formats: text.
    fn open_text(&mut self, members: &[At<'a>]) -> Option<Lowered> {
        if members.len() < 2 {
            return None;
        }
        let mut values: Vec<EnumValue> = Vec::new();
        let mut numbers = 0;
        for member in members {
            let target = self.doc.resolve(*member).ok()?;
            match self.types_of(target).as_slice() {
                ["integer" | "number"] if target.get("enum").is_none() => numbers += 1,
                ["string"]
                    if target.get("oneOf").is_none()
                        && target.get("anyOf").is_none()
                        && target.get("allOf").is_none() => {}
                _ => return None,
            }
            if target.get("enum").is_some() || target.get("const").is_some() {
                match self.enumeration(target) {
                    Lowered::Type(TypeKind::Enum(Enum { values: more, text: true })) => {
                        for value in more {
                            if !values.iter().any(|known| known.wire == value.wire) {
                                values.push(value);
                            }
                        }
                    }
                    _ => return None,
                }
            }
        }
        if numbers == members.len() {
            return Some(Lowered::Plain(Shape::Float(FloatKind::Exact)));
        }
        if numbers > 0 {
            return None;
        }
        Some(if values.is_empty() {
            Lowered::Plain(Shape::Text(TextFormat::Plain))
        } else {
            Lowered::Type(TypeKind::Enum(Enum { values, text: true }))
        })
    }
}

/// Once all types are known: what tells the variants of each union apart.
pub(super) fn finish(api: &mut Api) {
    for id in api.types.ids() {
        if let TypeKind::Alias(shape) = &api.types[id].kind
            && leads_to(api, shape, id)
        {
            // An alias cannot contain itself; a union of one variant can.
            let variant = Variant {
                hint: NameHint::named("value"),
                shape: shape.clone(),
                tags: Vec::new(),
                keys: Vec::new(),
                doc: Doc::default(),
            };
            let only_itself = matches!(variant.shape, Shape::Named(_));
            api.types[id].kind = if only_itself {
                TypeKind::Alias(Shape::Json)
            } else {
                TypeKind::Union(Union { variants: vec![variant], pick: Pick::Trial })
            };
        }
    }
    for id in api.types.ids() {
        let TypeKind::Union(union) = &api.types[id].kind else { continue };
        let mut union = union.clone();
        for variant in &mut union.variants {
            variant.keys = required_keys(api, &variant.shape, 0);
        }
        if union.pick == Pick::Trial
            && let Some(pick) = constant_tag(api, &mut union.variants)
        {
            union.pick = pick;
        }
        api.types[id].kind = TypeKind::Union(union);
    }
}

/// Whether a shape comes to a type through aliases alone.
fn leads_to(api: &Api, shape: &Shape, target: TypeId) -> bool {
    let mut shape = shape;
    for _ in 0..api.types.len().saturating_add(1) {
        let Shape::Named(id) = shape.core() else { return false };
        if *id == target {
            return true;
        }
        match &api.types[*id].kind {
            TypeKind::Alias(inner) => shape = inner,
            _ => return false,
        }
    }
    false
}

/// Members that a value of the shape always has.
fn required_keys(api: &Api, shape: &Shape, depth: usize) -> Vec<String> {
    match struct_of(api, shape, depth) {
        Some(structure) => structure
            .fields
            .iter()
            .filter(|field| field.presence == Presence::Required)
            .map(|field| field.wire.clone())
            .collect(),
        None => Vec::new(),
    }
}

fn struct_of<'x>(api: &'x Api, shape: &Shape, depth: usize) -> Option<&'x Struct> {
    let Shape::Named(id) = shape else { return None };
    match &api.types[*id].kind {
        TypeKind::Struct(structure) => Some(structure),
        TypeKind::Alias(inner) if depth < 32 => struct_of(api, inner, depth + 1),
        _ => None,
    }
}

/// A member that every variant requires with constants of its own.
fn constant_tag(api: &Api, variants: &mut [Variant]) -> Option<Pick> {
    for property in variants.first()?.keys.clone() {
        let mut all: Vec<Vec<String>> = Vec::new();
        for variant in variants.iter() {
            let tags = constants(api, &variant.shape, &property);
            if tags.is_empty() || all.iter().flatten().any(|known| tags.contains(known)) {
                break;
            }
            all.push(tags);
        }
        if all.len() == variants.len() {
            for (variant, tags) in variants.iter_mut().zip(all) {
                variant.tags = tags;
            }
            return Some(Pick::Tag { property });
        }
    }
    None
}

/// The strings that a required member of the shape can hold; none when it is no text enum.
fn constants(api: &Api, shape: &Shape, property: &str) -> Vec<String> {
    let Some(structure) = struct_of(api, shape, 0) else { return Vec::new() };
    let field = structure.fields.iter().find(|field| field.wire == property && field.presence == Presence::Required);
    let Some(Shape::Named(kind)) = field.map(|field| &field.shape) else { return Vec::new() };
    match &api.types[*kind].kind {
        TypeKind::Enum(list) if list.text => list.values.iter().map(|value| value.wire.clone()).collect(),
        _ => Vec::new(),
    }
}
