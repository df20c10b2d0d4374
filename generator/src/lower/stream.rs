//! Streams: what one item of a sequential media type is (OpenAPI 3.2, Sequential Media Types).
//!
//! For server-sent events the specification describes the event as an object with the members `event`, `data`, `id` and
//! `retry` (Special Considerations for Server-Sent Events). Descriptions from before 3.2, and many since, describe the
//! data alone. What a schema describes is told by its members: those of an event and no others.

use std::collections::BTreeMap;

use super::body::codec;
use super::{Lower, prose};
use crate::diag::Code;
use crate::ir::{Codec, EventCase, EventData, Item, NameHint, Shape, TypeKind};
use crate::load::At;

/// How deep references and `allOf` are followed to find the members of an event.
const DEPTH: usize = 16;

/// The members of an object, by name.
type Members<'a> = BTreeMap<&'a str, At<'a>>;

impl<'a> Lower<'a> {
    /// One item of a body in a sequential media type; `None` for the other media types.
    pub(super) fn stream_item(&mut self, codec: Codec, media: At<'a>, hint: &NameHint) -> Option<Item> {
        let hint = hint.child("item");
        let of_item = media.get("itemSchema");
        let schema = of_item.or_else(|| media.get("schema").map(|schema| self.item_of(schema)));
        Some(match (codec, schema) {
            (Codec::Events, None) => Item::Text,
            (Codec::Events, Some(schema)) => self.event(schema, of_item.is_some(), &hint),
            (Codec::JsonLines | Codec::JsonSeq, Some(schema)) if !self.is_text(schema) => {
                Item::Json(self.shape(schema, &hint))
            }
            // What is called a string is the whole body.
            (Codec::JsonLines | Codec::JsonSeq, _) => Item::Json(Shape::Json),
            (_, _) => Item::Json(self.shape(of_item?, &hint)),
        })
    }

    /// `schema` describes a sequence as an array of its items (OpenAPI 3.2, Sequential Media Types); before 3.2 it
    /// mostly describes an item.
    pub(super) fn item_of(&self, schema: At<'a>) -> At<'a> {
        let target = self.doc.resolve(schema).unwrap_or(schema);
        match target.get("items") {
            Some(items) if self.types_of(target) == ["array"] => items,
            _ => schema,
        }
    }

    /// Whether a schema describes text that is nothing else.
    fn is_text(&self, schema: At<'a>) -> bool {
        let target = self.doc.resolve(schema).unwrap_or(schema);
        self.types_of(target) == ["string"] && target.get("contentSchema").is_none() && target.get("enum").is_none()
    }

    fn event(&mut self, schema: At<'a>, strict: bool, hint: &NameHint) -> Item {
        let target = self.doc.resolve(schema).unwrap_or(schema);
        let own = self.members(target, 0);
        let variants = ["oneOf", "anyOf"].into_iter().find_map(|key| target.get(key));
        let Some(variants) = variants else {
            return match own.get("data") {
                Some(data) if is_event(&own, strict) => match self.data(target, *data, hint) {
                    EventData::Json(shape) => Item::Json(shape),
                    EventData::Text | EventData::Literal(_) | EventData::Nothing => Item::Text,
                },
                _ => self.payload(schema, hint),
            };
        };
        let mut kinds = Vec::new();
        for variant in variants.items() {
            let at = self.doc.resolve(variant).unwrap_or(variant);
            let mut members = self.members(at, 0);
            for (name, member) in &own {
                members.entry(name).or_insert(*member);
            }
            if !is_event(&members, strict) {
                return self.payload(schema, hint);
            }
            kinds.push((at, members));
        }
        self.named_events(schema, &kinds, hint)
    }

    /// Events of several kinds, each with members of its own.
    fn named_events(&mut self, schema: At<'a>, kinds: &[(At<'a>, Members<'a>)], hint: &NameHint) -> Item {
        let mut cases: Vec<EventCase> = Vec::new();
        for (at, members) in kinds {
            let event = members.get("event").and_then(|event| constant(*event));
            let child = hint.child(event.unwrap_or("data"));
            let data = match members.get("data") {
                Some(data) => self.data(*at, *data, &child),
                None => EventData::Nothing,
            };
            let hint = match (&event, &data) {
                (Some(event), _) => (*event).to_owned(),
                (None, EventData::Literal(text)) => text.clone(),
                (None, _) => "message".to_owned(),
            };
            let same =
                |case: &EventCase| case.event.as_deref() == event && !is_literal(&case.data) && !is_literal(&data);
            if cases.iter().any(same) {
                self.sink.left_out(
                    Code::Events,
                    at.origin(),
                    "another kind of event is told by the same name",
                    "the data of all events is free JSON",
                );
                return Item::Json(Shape::Json);
            }
            cases.push(EventCase { event: event.map(str::to_owned), hint, data, doc: prose::doc(*at) });
        }
        match cases.as_slice() {
            // One kind that is always meant: browsers call an event without a name so.
            [EventCase { event, data: EventData::Json(shape), .. }] if is_usual(event.as_deref()) => {
                Item::Json(shape.clone())
            }
            [EventCase { event, data: EventData::Text, .. }] if is_usual(event.as_deref()) => Item::Text,
            [] => self.payload(schema, hint),
            _ => Item::Named(cases),
        }
    }

    /// A schema that describes the data, not the event.
    fn payload(&mut self, schema: At<'a>, hint: &NameHint) -> Item {
        let target = self.doc.resolve(schema).unwrap_or(schema);
        if !target.is_object() || target.is_empty() || self.is_text(schema) {
            return Item::Text;
        }
        match target.get("contentSchema") {
            Some(content) => Item::Json(self.shape(content, hint)),
            None => Item::Json(self.shape(schema, hint)),
        }
    }

    /// What the member `data` of an event says that its data is. `event` is the object that it is a member of.
    fn data(&mut self, event: At<'a>, at: At<'a>, hint: &NameHint) -> EventData {
        let target = self.doc.resolve(at).unwrap_or(at);
        let is_json = target.str("contentMediaType").is_some_and(|media| codec(media) == Codec::Json);
        match (target.get("contentSchema"), is_json, constant(target)) {
            (Some(content), true, _) => EventData::Json(self.shape(content, hint)),
            (None, true, _) => EventData::Json(Shape::Json),
            (_, false, Some(text)) => EventData::Literal(text.to_owned()),
            _ if target.get("contentMediaType").is_some() || self.is_text(target) => EventData::Text,
            _ => match self.known_member(event) {
                Some(shape) => EventData::Json(shape),
                None => EventData::Json(self.shape(at, hint)),
            },
        }
    }

    /// The shape of `data` where the event has a type of its own, so that the types within have one name.
    fn known_member(&self, event: At<'a>) -> Option<Shape> {
        let id = *self.types.get(&event.origin())?;
        let TypeKind::Struct(structure) = &self.api.types[id].kind else { return None };
        let field = structure.fields.iter().find(|field| field.wire == "data")?;
        Some(match &field.shape {
            Shape::Nullable(inner) => (**inner).clone(),
            other => other.clone(),
        })
    }

    /// The members of an object, those of the parts of an `allOf` included.
    fn members(&self, at: At<'a>, depth: usize) -> Members<'a> {
        let mut out = BTreeMap::new();
        if depth > DEPTH {
            return out;
        }
        out.extend(at.get("properties").into_iter().flat_map(At::entries));
        for part in at.get("allOf").into_iter().flat_map(At::items) {
            let part = self.doc.resolve(part).unwrap_or(part);
            for (name, member) in self.members(part, depth + 1) {
                out.entry(name).or_insert(member);
            }
        }
        out
    }
}

/// Whether members are those of an event and not of its data. `strict` is how 3.2 says that they must be.
fn is_event(members: &Members<'_>, strict: bool) -> bool {
    let has = |name| members.contains_key(name);
    let fields = members.keys().all(|name| matches!(*name, "event" | "data" | "id" | "retry"));
    // Libraries that model an event have a comment too, and call its type a name.
    let modelled = members.keys().all(|name| matches!(*name, "event" | "data" | "id" | "retry" | "name" | "comment"));
    (has("data") && (fields || modelled && (has("event") || has("retry")))) || (strict && fields && has("event"))
}

/// The one text that a schema allows.
fn constant<'a>(at: At<'a>) -> Option<&'a str> {
    if let Some(text) = at.str("const") {
        return Some(text);
    }
    let mut values = at.get("enum")?.items();
    let first = values.next()?.as_str()?;
    values.next().is_none().then_some(first)
}

fn is_literal(data: &EventData) -> bool {
    matches!(data, EventData::Literal(_))
}

fn is_usual(event: Option<&str>) -> bool {
    event.is_none_or(|event| event == "message")
}
