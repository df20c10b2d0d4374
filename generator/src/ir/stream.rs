//! What streams are made of.

use super::Shape;

/// One item of a stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// JSON of this shape: a line, a text of a sequence, the data of an event.
    Json(Shape),
    /// The data of an event, as it is.
    Text,
    /// Events that are told apart by their names, in document order.
    Named(Vec<EventCase>),
}

/// One kind of event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventCase {
    /// The name of the event; `None` where any will do.
    pub event: Option<String>,
    /// What its name in code is made from.
    pub hint: String,
    /// What its data is.
    pub data: EventData,
    /// Prose.
    pub doc: super::Doc,
}

/// The data of one kind of event.
#[derive(Clone, Debug, PartialEq)]
pub enum EventData {
    /// JSON of this shape.
    Json(Shape),
    /// Text.
    Text,
    /// This very text, by which the event is known.
    Literal(String),
    /// Nothing that is described.
    Nothing,
}

impl Item {
    /// The shapes that stand in it.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        let (one, cases) = match self {
            Self::Json(shape) => (Some(shape), [].as_slice()),
            Self::Text => (None, [].as_slice()),
            Self::Named(cases) => (None, cases.as_slice()),
        };
        one.into_iter().chain(cases.iter().filter_map(|case| match &case.data {
            EventData::Json(shape) => Some(shape),
            EventData::Text | EventData::Literal(_) | EventData::Nothing => None,
        }))
    }

    /// The same, to be changed.
    pub fn shapes_mut(&mut self) -> impl Iterator<Item = &mut Shape> {
        let (one, cases) = match self {
            Self::Json(shape) => (Some(shape), [].as_mut_slice()),
            Self::Text => (None, [].as_mut_slice()),
            Self::Named(cases) => (None, cases.as_mut_slice()),
        };
        one.into_iter().chain(cases.iter_mut().filter_map(|case| match &mut case.data {
            EventData::Json(shape) => Some(shape),
            EventData::Text | EventData::Literal(_) | EventData::Nothing => None,
        }))
    }
}
