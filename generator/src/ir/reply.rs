//! Answers.

use super::{Delimiter, Doc, Media, Origin, Shape};

/// All answers of an operation.
#[derive(Clone, Debug, Default)]
pub struct Replies {
    /// Answers that are a success, in document order.
    pub ok: Vec<Reply>,
    /// Answers that are an error, in document order.
    pub err: Vec<Reply>,
    /// `default`.
    pub fallback: Option<Reply>,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Statuses that it is for.
    pub status: Status,
    /// Bodies by media type; empty when there is no body.
    pub media: Vec<Media>,
    /// Headers that come with it.
    pub headers: Vec<Header>,
    /// Prose.
    pub doc: Doc,
    /// Place in the document.
    pub origin: Origin,
}

/// Statuses of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One code.
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    /// `default`.
    Any,
}

/// A response header.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub wire: String,
    /// Shape of its value.
    pub shape: Shape,
    /// Whether it is always there.
    pub required: bool,
    /// Whether its value is a JSON text (`content`).
    pub json: bool,
    /// What joins the items of a list, where that is no comma.
    pub joined: Option<Delimiter>,
    /// Prose.
    pub doc: Doc,
}
