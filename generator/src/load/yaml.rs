//! YAML 1.2 (core schema) → tree, through libyaml.
//!
//! libyaml, by way of `serde_yaml`, is the one parser found to read every YAML file as it is published (flow brackets
//! closed at the indentation of their parent, for one). Its own `Value` is of no use here: it refuses integers beyond
//! 64 bits and forgets places, so the tree is built by a visitor. Places come from borrowed text: a key or text that is
//! a slice of the input tells its offset by where the slice starts; other scalars are looked for behind it.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::anchors;
use super::tree::{Builder, Failure, Found, Tree};
use super::trouble;
use super::written::{Within, Written};
use super::{Kind, Limits, Node};
use crate::diag::Code;

/// What libyaml may spend on flow collections: it looks at every open bracket for every token.
const FLOW_WORK: u64 = 2_000_000_000;

/// Parses the first document of a text.
///
/// # Errors
/// When the text is not YAML, or goes beyond a limit.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Tree, Failure> {
    foresee(text, limits)?;
    let renamed = anchors::distinct(text)?;
    let text = renamed.as_deref().unwrap_or(text);
    // Aliases may repeat what stands there, but not without end: a small text stays a small document.
    let limits =
        &Limits { nodes: limits.nodes.min(text.len().saturating_mul(100).saturating_add(10_000)), ..limits.clone() };
    let bytes = text.len().saturating_mul(16).saturating_add(16 << 20).min(limits.bytes.max(text.len()));
    let mut cx = Context {
        text,
        builder: Builder::new(limits),
        written: Written::new(text),
        failure: None,
        depth: 0,
        max_depth: limits.depth,
        bytes,
        left: bytes,
    };
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        let id = cx.builder.number(0)?;
        return Ok(cx.builder.finish(Node { id, kind: Kind::Null }));
    };
    let parsed = NodeSeed { cx: &mut cx, place: Place { near: 0, within: Within::List } }.deserialize(first);
    let root = match parsed {
        Ok(root) => root,
        Err(error) => {
            let known = cx.failure.take().map(|failure| trouble::spread_out(text, failure));
            return Err(known.unwrap_or_else(|| {
                let last = cx.builder.offsets.last().map_or(0, |offset| *offset as usize);
                let location = error.location().map(|location| (location.line(), location.column()));
                trouble::failure(text, &error.to_string(), location, last)
            }));
        }
    };
    // One that holds nothing, such as behind a closing `---`, is none.
    let holds_something = |next| !matches!(Option::<IgnoredAny>::deserialize(next), Ok(None));
    if documents.any(holds_something) {
        let line = trouble::second_document(text, &cx.builder.offsets);
        let line = line.map(|line| format!("; the second one begins at line {line}")).unwrap_or_default();
        let message = format!("the text holds several YAML documents{line}");
        let found = Found { code: Code::Syntax, node: 0, message, effect: "only the first one is read", offset: None };
        cx.builder.found.push(found);
    }
    Ok(cx.builder.finish(root))
}

/// Refuses texts that libyaml would take too long over or too much memory for, before it sees them: it reads a whole
/// document before it hands anything out.
fn foresee(text: &str, limits: &Limits) -> Result<(), Failure> {
    let (mut open, mut work, mut events) = (0u64, 0u64, 0usize);
    let mut next = text.bytes().skip(1);
    for (offset, byte) in text.bytes().enumerate() {
        let ends = next.next().is_none_or(|next| next.is_ascii_whitespace());
        // What each of these adds at most: a scalar, or a key with the start and end of its mapping.
        events += match byte {
            b'[' | b'{' => 2,
            b':' if ends => 2,
            b',' | b'\n' => 1,
            b'-' | b'?' if ends => 1,
            b':' | b']' | b'}' => 0,
            _ => continue,
        };
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        work += open;
        if work > FLOW_WORK {
            return Err(Failure::limit(offset, "brackets are nested too deeply"));
        }
        if events / 2 > limits.nodes {
            return Err(Failure::limit(offset, format!("the document has more than {} values", limits.nodes)));
        }
    }
    Ok(())
}

struct Context<'t> {
    text: &'t str,
    builder: Builder,
    written: Written<'t>,
    failure: Option<Failure>,
    depth: usize,
    max_depth: usize,
    /// Bytes that keys and texts may have together, and how many of them are left.
    bytes: usize,
    left: usize,
}

impl Context<'_> {
    /// The offset of a slice of the text.
    fn offset(&self, slice: &str) -> Option<usize> {
        let offset = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (offset + slice.len() <= self.text.len()).then_some(offset)
    }

    fn fail<E: serde::de::Error>(&mut self, failure: Failure) -> E {
        let error = E::custom(&failure.message);
        self.failure.get_or_insert(failure);
        error
    }

    /// Takes a key or a text into account: an alias repeats it at the cost of two bytes.
    fn keep<E: serde::de::Error>(&mut self, offset: usize, text: &str) -> Result<(), E> {
        match self.left.checked_sub(text.len()) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                let message = format!("the document has more than {} bytes", self.bytes);
                Err(self.fail(Failure::limit(offset, message)))
            }
        }
    }

    /// A scalar that is no text, in its own writing where that is JSON: `version: 1.10` stays `1.10`.
    fn plain<E: serde::de::Error>(&mut self, place: Place, kind: Kind) -> Result<Node, E> {
        match (self.written.scalar(&kind, place.within), &kind) {
            (Some((offset, token)), Kind::Number(_)) if is_json_number(token) => {
                self.scalar(offset, Kind::Number(token.into()))
            }
            (Some((offset, _)), _) => self.scalar(offset, kind),
            (None, _) => self.scalar(place.near, kind),
        }
    }

    fn scalar<E: serde::de::Error>(&mut self, offset: usize, kind: Kind) -> Result<Node, E> {
        if let Kind::String(text) = &kind {
            self.keep(offset, text)?;
        }
        match self.builder.number(offset) {
            Ok(id) => Ok(Node { id, kind }),
            Err(failure) => Err(self.fail(failure)),
        }
    }

    /// Numbers a collection and enters it.
    fn enter<E: serde::de::Error>(&mut self, offset: usize) -> Result<u32, E> {
        self.depth += 1;
        if self.depth > self.max_depth {
            let message = format!("values are nested more than {} deep", self.max_depth);
            return Err(self.fail(Failure::limit(offset, message)));
        }
        self.builder.number(offset).map_err(|failure| self.fail(failure))
    }
}

/// Where a value stands that does not tell it by itself.
#[derive(Clone, Copy)]
struct Place {
    /// Offset of its key, or of the collection that it is in.
    near: usize,
    within: Within,
}

struct NodeSeed<'c, 't> {
    cx: &'c mut Context<'t>,
    place: Place,
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, '_> {
    type Value = Node;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E: serde::de::Error>(self) -> Result<Node, E> {
        self.cx.plain(self.place, Kind::Null)
    }
    fn visit_none<E: serde::de::Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }
    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node, E> {
        self.cx.plain(self.place, Kind::Bool(value))
    }
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node, E> {
        self.visit_i128(value.into())
    }
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node, E> {
        self.visit_u128(value.into())
    }
    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Node, E> {
        self.cx.plain(self.place, Kind::Number(value.to_string().into()))
    }
    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Node, E> {
        self.cx.plain(self.place, Kind::Number(value.to_string().into()))
    }
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        self.cx.plain(self.place, number(value))
    }
    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node, E> {
        self.cx.written.text(self.place.within);
        self.cx.scalar(self.place.near, Kind::String(value.into()))
    }
    fn visit_borrowed_str<E: serde::de::Error>(self, value: &'de str) -> Result<Node, E> {
        let Some(offset) = self.cx.offset(value) else { return self.visit_str(value) };
        self.cx.written.slice(offset + value.len(), self.place.within);
        self.cx.scalar(offset, Kind::String(value.into()))
    }
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        // `!tag value`: what a tag of someone's own means is not known here, so the value stands for itself.
        let (IgnoredAny, value) = data.variant()?;
        value.newtype_variant_seed(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let Self { cx, place } = self;
        let id = cx.enter(place.near)?;
        let is_alias = cx.written.enter(place.within);
        let near = Place { near: place.near, within: Within::List };
        let mut out = Vec::new();
        while let Some(item) = items.next_element_seed(NodeSeed { cx: &mut *cx, place: near })? {
            out.push(item);
        }
        out.shrink_to_fit();
        cx.written.leave(is_alias);
        cx.depth -= 1;
        Ok(Node { id, kind: Kind::Array(out) })
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let Self { cx, place } = self;
        let id = cx.enter(place.near)?;
        let is_alias = cx.written.enter(place.within);
        let mut near = place.near;
        let mut entries = Vec::new();
        let mut merges = false;
        // Where the key of each value stands.
        let mut keys: Vec<(u32, usize)> = Vec::new();
        while let Some((key, slice)) = map.next_key_seed(Key)? {
            let offset = slice.and_then(|slice| cx.offset(slice));
            if let Some(offset) = offset {
                near = offset;
                if entries.is_empty() {
                    cx.builder.place(id, offset);
                }
            }
            cx.keep(near, &key)?;
            match offset {
                Some(offset) => cx.written.slice(offset + key.len(), Within::List),
                None => cx.written.text(Within::List),
            }
            let place = Place { near, within: Within::Member };
            let value = map.next_value_seed(NodeSeed { cx: &mut *cx, place })?;
            merges |= &*key == "<<" && matches!(value.kind, Kind::Object(_) | Kind::Array(_));
            keys.push((value.id, near));
            entries.push((key, value));
        }
        if merges {
            entries = merge(entries);
        }
        cx.written.leave(is_alias);
        cx.depth -= 1;
        let known = cx.builder.found.len();
        let object = cx.builder.object(id, entries);
        // A key that is repeated is told where it stands: what counts may begin lines below.
        for index in known..cx.builder.found.len() {
            let node = cx.builder.found.get(index).map_or(0, |found| found.node);
            if let Ok(at) = keys.binary_search_by_key(&node, |(node, _)| *node) {
                cx.builder.place(node, keys.get(at).map_or(0, |(_, key)| *key));
            }
        }
        Ok(object)
    }
}

/// Puts the members of `<<` in its place. What the object says itself wins, then the first of several merged objects
/// (yaml.org/type/merge.html).
fn merge(entries: Vec<(Box<str>, Node)>) -> Vec<(Box<str>, Node)> {
    let mut known: BTreeSet<Box<str>> = entries.iter().map(|(key, _)| key.clone()).collect();
    let mut out = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        if &*key != "<<" {
            out.push((key, node));
            continue;
        }
        let sources = match node.kind {
            Kind::Array(items) if items.iter().all(|item| matches!(item.kind, Kind::Object(_))) => items,
            Kind::Object(_) => vec![node],
            kind => {
                out.push((key, Node { id: node.id, kind }));
                continue;
            }
        };
        for source in sources {
            if let Kind::Object(members) = source.kind {
                out.extend(members.into_entries().into_iter().filter(|(key, _)| known.insert(key.clone())));
            }
        }
    }
    out
}

/// A key as its text, so that `200`, `n`, `null` and `1.10` are what they look like; with the slice of the input.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = (Box<str>, Option<&'de str>);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = (Box<str>, Option<&'de str>);
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok((text.into(), None))
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok((text.into(), Some(text)))
    }
}

/// A number that is no integer of up to 128 bits, as the shortest text that reads back the same.
fn number(value: f64) -> Kind {
    match value {
        _ if value.is_finite() => Kind::Number(format!("{value:?}").into()),
        _ if value.is_nan() => Kind::String(".nan".into()),
        _ => Kind::String(if value > 0.0 { ".inf" } else { "-.inf" }.into()),
    }
}

fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}
