//! The intermediate representation: what an API is, free of the document it was read from.
//!
//! Plain data with ids and arenas, shaped like OpenAPI 3.2 and JSON Schema 2020-12; older versions are lowered into
//! it. Nothing here knows Rust: names are hints, and every decision about idents, boxes, modules and files is a
//! side table of the [plan](crate::plan::Plan). This module uses nothing else of ours.

mod arena;
mod body;
mod choices;
mod hint;
mod limits;
mod operation;
mod paging;
mod param;
pub mod reach;
mod reply;
mod scalar;
mod security;
mod server;
mod stream;
mod tags;
mod types;
mod xml;

pub use arena::{Arena, Id, OpId, TagId, TypeId, XmlId, XmlRootId};
pub use body::{Body, Codec, Media, Order, Part};
pub use choices::{Choices, DefaultFeatures, GivenName, GivenNames};
pub use hint::{NameHint, fingerprint};
pub use limits::{Limits, Rule};
pub use operation::{Caller, Hook, Login, Operation, Permissions, Polling};
pub use paging::{Next, Paging, Target};
pub use param::{Content, CookieStyle, Delimiter, Explode, Param, PathStyle, Place, QueryStyle, Reserved};
pub use reply::{Header, Replies, Reply, Status};
pub use scalar::{FloatKind, IntKind, Separator, TextFormat};
pub use security::{Flow, FlowKind, Jwt, KeyPlace, Need, Scheme, SchemeKind};
pub use server::{Server, ServerVariable};
pub use stream::{EventCase, EventData, Item};
pub use tags::{MAX_TAG_DEPTH, Tag};
pub use types::{
    Access, Constant, Enum, EnumValue, Field, Fixed, Pick, Presence, Rest, Said, Shape, Struct, TypeDef, TypeKind,
    Union, Variant,
};
pub use xml::{XmlContent, XmlKind, XmlNode, XmlObject};

/// Where something stands in the input: a file and a node of it. Turned into `file:line:col` by the loader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Index of the file among the loaded files.
    pub file: u32,
    /// Number of the node in that file, in document order.
    pub node: u32,
}

/// One API: everything that its description says and that code, docs and manifest are made from.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The API's own name in the output, such as `kore-ai`: from the file name or the settings.
    pub name: String,
    /// Title, version and prose.
    pub info: Info,
    /// The address that relative addresses of the document are relative to (`$self`, 3.2).
    pub base: Option<String>,
    /// Servers, the default one first.
    pub servers: Vec<Server>,
    /// Security schemes by name.
    pub schemes: Vec<Scheme>,
    /// Tags in document order; operations without a tag share the one with an empty name.
    pub tags: Arena<TagId, Tag>,
    /// Named types in document order.
    pub types: Arena<TypeId, TypeDef>,
    /// Operations in document order.
    pub ops: Arena<OpId, Operation>,
    /// Requests that the server sends: webhooks and callbacks, in document order.
    pub hooks: Vec<Hook>,
    /// Objects as they stand in XML, where bodies need it.
    pub xml: Arena<XmlId, XmlObject>,
    /// Roots of bodies in XML.
    pub xml_roots: Arena<XmlRootId, XmlNode>,
    /// How many operations the document has, the ones left out included.
    pub operations_in_spec: usize,
    /// How many of them the settings skip.
    pub operations_skipped: usize,
    /// Limits of values.
    pub limits: Limits,
    /// What the settings decide.
    pub choices: Choices,
}

/// What the `info` object says.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// `info.title`.
    pub title: String,
    /// `info.version`, as written.
    pub version: String,
    /// `info.summary` and `info.description`.
    pub doc: Doc,
    /// `info.termsOfService`, `contact` and `license` as ready lines.
    pub notes: Vec<String>,
}

/// Prose of the document: hostile text until an emitter has escaped it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// One line.
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// `externalDocs.url`.
    pub link: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
}
