//! Parameters, and how they are written.

use super::{Codec, Doc, Origin, Part, Shape};

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// Name on the wire.
    pub wire: String,
    /// What its name in code is made from, where that is not the name on the wire.
    pub name: Option<String>,
    /// Where it goes and how it is written.
    pub place: Place,
    /// Shape of its value.
    pub shape: Shape,
    /// Whether it must be given.
    pub required: bool,
    /// Whether its schema allows `null` where that has no form of its own: it is what is not sent.
    pub nullable: bool,
    /// Whether an empty text may stand in place of a value (`allowEmptyValue`).
    pub empty: bool,
    /// Written as this media type instead of a style (`content`).
    pub content: Option<Content>,
    /// What joins items in place of the comma of `simple` (2.0, `collectionFormat` in a path or a header).
    pub joined: Option<Delimiter>,
    /// Prose.
    pub doc: Doc,
    /// Ready sentences on limits and defaults.
    pub notes: Vec<String>,
    /// JSON text of an example.
    pub example: Option<String>,
    /// Place in the document.
    pub origin: Origin,
}

/// The media type of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Media type as written.
    pub media: String,
    /// How it is written.
    pub codec: Codec,
    /// For a form that is the whole query: its members that are not written the usual way.
    pub parts: Vec<Part>,
}

/// Where a parameter goes; an illegal style cannot be built (OpenAPI 3.2, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A part of the path.
    Path(PathStyle, Explode, Reserved),
    /// The query.
    Query(QueryStyle, Explode, Reserved),
    /// The whole query string (`in: querystring`, 3.2).
    QueryString,
    /// A header, always `simple`.
    Header(Explode),
    /// A cookie.
    Cookie(CookieStyle, Explode, Reserved),
}

/// Styles of path parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`.
    Simple,
    /// `.a.b`.
    Label,
    /// `;n=a,b`.
    Matrix,
}

/// Styles of query parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `n=a&n=b` or `n=a,b`.
    Form,
    /// `n=a%20b`.
    Space,
    /// `n=a|b`.
    Pipe,
    /// `n=a\tb` (2.0 `tsv`).
    Tab,
    /// `n[k]=a`.
    DeepObject,
}

/// What joins items in 2.0, where it is no comma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `ssv`.
    Space,
    /// `tsv`.
    Tab,
    /// `pipes`.
    Pipe,
}

/// Styles of cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// As in a query, percent-encoded.
    Form,
    /// As it is (3.2).
    Cookie,
}

/// Whether each item and member stands alone.
pub type Explode = bool;

/// Whether reserved characters stay as they are.
pub type Reserved = bool;
