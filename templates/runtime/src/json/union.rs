//! Values of one of several types: what tells them apart, and how they are written.

use std::borrow::Cow;

use super::{Encode, Kind, Writer, literal};

/// What tells the variants of a union apart. It has to be a `static`, because its address is its identity.
///
/// Which variant a value is of is decided by what the value says, never by luck. A static table per union says what is
/// known of each variant; the steps are these, each on the variants that the one before has left:
///
/// 1. **Kind.** Variants that cannot be of the value's JSON kind are out.
/// 2. **Tag.** For an object, when the union has a tag: the variants that list the tag's text. When exactly one does, it
///    is *the* variant, and what does not decode then is an error. When the tag is absent, `null` or listed nowhere, the
///    variants without tags, and fallbacks, are left.
/// 3. **Keys.** For an object: variants of which a required member is missing, or a member with fixed values has
///    another value, are out.
/// 4. **Trial.** Each variant that is left is decoded. What does not decode is out. Of several that do, the one with the
///    fewest misfits and surprises together wins, then the one with fewer misfits, then the one that most of the value is
///    known to, then the one that the spec lists first. Misfits are what the spec does not allow: enum values that are not listed, texts
///    that are not of their field's format, a `null` where the field has no place for one, members without a field in a
///    type that allows none, items beyond the end of a tuple, and unions that stay unknown. Surprises are members without
///    a field in a type that says nothing of them. Known are members that have a field, enum values that are listed and
///    texts that are of their field's format.
/// 5. Nothing is left: the value is kept as it is, in the variant `Unknown`. That is no error;
///    [`explain`](super::explain) tells why.
///
/// A union inside another one that is on trial is settled once per place in the text, so that nested unions cost time in
/// proportion to their depth and do not double it with every level.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{Kind, Union, Variant};
///
/// static PET: Union = Union::new("Pet", &[
///     Variant::new("Cat").kinds(&[Kind::Object]).tags(&["cat"]).keys(&["name"]),
///     Variant::new("Dog").kinds(&[Kind::Object]).tags(&["dog", "puppy"]),
///     Variant::new("Text").kinds(&[Kind::String]),
/// ]).tag("type");
/// ```
#[derive(Debug)]
pub struct Union {
    pub(super) name: &'static str,
    pub(super) tag: Option<&'static str>,
    pub(super) variants: &'static [Variant],
}

impl Union {
    /// A union of the given variants, in the order of the spec. Variant numbers are places in this list; the number
    /// after the last one stands for `Unknown`.
    pub const fn new(name: &'static str, variants: &'static [Variant]) -> Self {
        Self { name, tag: None, variants }
    }

    /// Names the property whose value tells the variant (`discriminator`).
    #[must_use]
    pub const fn tag(mut self, property: &'static str) -> Self {
        self.tag = Some(property);
        self
    }

    /// What the text of the tag says, whatever the variants' kinds are.
    pub(super) fn tagged<'a>(&self, text: Option<Cow<'a, str>>) -> Tag<'a> {
        match text {
            Some(text) if self.variants.iter().any(|variant| variant.tags.contains(&&*text)) => Tag::Listed(text),
            _ => Tag::Unlisted,
        }
    }

    /// Whether the members of an object say anything about its variant.
    pub(super) fn has_keys(&self) -> bool {
        self.variants.iter().any(|variant| !variant.keys.is_empty() || !variant.consts.is_empty())
    }
}

/// What is known of one variant of a [`Union`].
#[derive(Debug)]
pub struct Variant {
    pub(super) name: &'static str,
    kinds: &'static [Kind],
    tags: &'static [&'static str],
    keys: &'static [&'static str],
    consts: &'static [(&'static str, &'static [&'static str])],
    fallback: bool,
}

impl Variant {
    /// A variant of which nothing is known but its name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, kinds: &[], tags: &[], keys: &[], consts: &[], fallback: false }
    }

    /// The JSON kinds that a value of the variant can have; none means any.
    #[must_use]
    pub const fn kinds(mut self, kinds: &'static [Kind]) -> Self {
        self.kinds = kinds;
        self
    }

    /// The texts of the union's tag that mean this variant. The first one is written when the tag is blank.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// Takes the objects whose tag is absent or listed nowhere, also when the variant has tags of its own.
    #[must_use]
    pub const fn fallback(mut self) -> Self {
        self.fallback = true;
        self
    }

    /// The members that an object of this variant must have.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
        self
    }

    /// Members that, when they are there, have one of a few fixed values, each given as JSON text.
    #[must_use]
    pub const fn consts(mut self, consts: &'static [(&'static str, &'static [&'static str])]) -> Self {
        self.consts = consts;
        self
    }

    /// Why a value of this kind and tag cannot be of this variant.
    pub(super) fn unfit(&self, kind: Kind, tag: &Tag<'_>) -> Option<Unfit> {
        if !self.kinds.is_empty() && !self.kinds.contains(&kind) {
            return Some(Unfit::Kind(self.kinds));
        }
        let fits = match tag {
            Tag::Unasked => true,
            Tag::Listed(text) => self.tags.contains(&&**text),
            Tag::Unlisted => self.tags.is_empty() || self.fallback,
        };
        if fits { None } else { Some(Unfit::Tag(self.tags)) }
    }

    /// Why an object of these members cannot be of this variant.
    pub(super) fn lacks(&self, members: &[Member<'_>]) -> Option<Unfit> {
        let missing = self.keys.iter().find(|key| !members.iter().any(|member| member.name == **key));
        if let Some(key) = missing {
            return Some(Unfit::Missing(key));
        }
        self.consts.iter().find_map(|(property, literals)| {
            let member = members.iter().rev().find(|member| member.name == *property)?;
            let fits = literals.iter().any(|literal| literal::same(literal, member.raw));
            (!fits).then_some(Unfit::Const(literals, member.position))
        })
    }
}

/// What an object says about its variant by the union's tag.
pub(super) enum Tag<'a> {
    /// The union has no tag, or the value is no object.
    Unasked,
    /// A text that some variant lists.
    Listed(Cow<'a, str>),
    /// Absent, or a text that no variant lists.
    Unlisted,
}

/// A member of an object that has been looked over but not decoded.
pub(super) struct Member<'a> {
    pub name: Cow<'a, str>,
    pub position: usize,
    pub raw: &'a str,
}

/// Why a variant is ruled out without being tried.
pub(super) enum Unfit {
    Kind(&'static [Kind]),
    Tag(&'static [&'static str]),
    Missing(&'static str),
    Const(&'static [&'static str], usize),
}

impl Writer {
    /// Writes the value that a union holds as the variant of the given number.
    ///
    /// When the union has a tag and the variant lists texts for it and is no fallback, an object that has no tag, or a
    /// blank one (`""` or `null`), is written with the first of them. A tag that was set is written as it is.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::{Encode, Map, Union, Value, Variant, Writer};
    ///
    /// static PET: Union = Union::new("Pet", &[Variant::new("Cat").tags(&["cat"])]).tag("type");
    ///
    /// let cat: Map<Value> = [("name", "Tom".into())].into_iter().collect();
    /// let mut w = Writer::new();
    /// w.tagged(&PET, 0, &cat);
    /// assert_eq!(w.finish_text()?, r#"{"type":"cat","name":"Tom"}"#);
    /// # Ok::<(), clientsmith_runtime::json::Error>(())
    /// ```
    pub fn tagged(&mut self, union: &'static Union, variant: usize, value: &dyn Encode) {
        // A value without a tag that a fallback took goes back without one.
        let known = union.variants.get(variant).filter(|variant| !variant.fallback);
        let text = known.and_then(|variant| variant.tags.first());
        if let Some((property, &text)) = union.tag.zip(text) {
            // Of unions inside each other by the same tag, the inner one knows better.
            self.says(property, text);
        }
        value.encode(self);
        self.tags.clear();
    }
}
