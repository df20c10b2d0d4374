//! The intermediate representation: what an API is, free of the document it was read from.
//!
//! Plain data with ids and arenas, shaped like OpenAPI 3.2 and JSON Schema 2020-12; older versions are lowered into
//! it. Nothing here knows Rust: names are hints, and every decision about idents, boxes, modules and files is a
//! side table of the [plan](crate::plan::Plan). This module uses nothing else of ours.

mod choices;
mod limits;
mod stream;
mod tags;

pub use choices::{Choices, DefaultFeatures, GivenName, GivenNames};
pub use limits::{Limits, Rule};
pub use stream::{EventCase, EventData, Item};
pub use tags::{MAX_TAG_DEPTH, Tag};

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// Where something stands in the input: a file and a node of it. Turned into `file:line:col` by the loader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Index of the file among the loaded files.
    pub file: u32,
    /// Number of the node in that file, in document order.
    pub node: u32,
}

/// A list that is indexed by an id of its own type.
#[derive(Clone)]
pub struct Arena<I, T> {
    items: Vec<T>,
    id: PhantomData<fn() -> I>,
}

/// An index into an [`Arena`].
pub trait Id: Copy + Eq + Ord {
    /// Makes an id from its index.
    fn from_index(index: usize) -> Self;
    /// The index.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);
        impl Id for $name {
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids!(
    /// A named type.
    TypeId,
    /// An operation.
    OpId,
    /// A tag.
    TagId,
    /// An object as it stands in XML.
    XmlId,
    /// The root of a body in XML.
    XmlRootId
);

impl<I: Id, T> Arena<I, T> {
    /// Adds an item and gives its id.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::from_index(self.items.len() - 1)
    }
    /// All ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.items.len()).map(I::from_index)
    }
    /// All items with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        self.items.iter().enumerate().map(|(i, t)| (I::from_index(i), t))
    }
    /// All items in order, for changing them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
    /// The item, if the id is of this arena.
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        Self { items: Vec::new(), id: PhantomData }
    }
}
impl<I: Id, T> Index<I> for Arena<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}
impl<I: Id, T> IndexMut<I> for Arena<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
impl<I, T: fmt::Debug> fmt::Debug for Arena<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
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

/// A server of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// URL template with `{variable}` parts; it may be relative.
    pub url: String,
    /// `name` (3.2).
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its variables in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerVariable {
    /// Name as written in the template.
    pub name: String,
    /// Value used when none is chosen.
    pub default: String,
    /// Allowed values; empty when any is.
    pub values: Vec<String>,
    /// What it is for.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its key under `securitySchemes`.
    pub name: String,
    /// What the client has to do.
    pub kind: SchemeKind,
    /// Prose.
    pub doc: Doc,
    /// How a token is made by the caller, from `x-clientsmith-jwt`.
    pub jwt: Option<Jwt>,
    /// Place in the document.
    pub origin: Origin,
}

/// Kinds of security scheme (OpenAPI 3.2, Security Scheme Object).
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// A key under `name` in header, query or cookie.
    ApiKey {
        /// Where it goes.
        place: KeyPlace,
        /// Name of the header, query parameter or cookie.
        name: String,
    },
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`.
    Bearer {
        /// `bearerFormat`.
        format: Option<String>,
    },
    /// Another scheme of the `Authorization` header, by its name.
    Http(String),
    /// OAuth 2 flows.
    OAuth2(Vec<Flow>),
    /// OpenID Connect discovery.
    OpenId {
        /// `openIdConnectUrl`.
        url: String,
    },
    /// Client certificates: the transport's task.
    MutualTls,
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// One OAuth 2 flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Which one.
    pub kind: FlowKind,
    /// `tokenUrl`, perhaps a template over the server's variables.
    pub token_url: Option<String>,
    /// `authorizationUrl`.
    pub authorization_url: Option<String>,
    /// `refreshUrl`.
    pub refresh_url: Option<String>,
    /// `deviceAuthorizationUrl` (3.2).
    pub device_url: Option<String>,
    /// Scope and its description.
    pub scopes: Vec<(String, String)>,
}

/// Kinds of OAuth 2 flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKind {
    /// `clientCredentials`, 2.0 `application`.
    ClientCredentials,
    /// `password`.
    Password,
    /// `authorizationCode`, 2.0 `accessCode`.
    AuthorizationCode,
    /// `implicit`.
    Implicit,
    /// `deviceAuthorization` (3.2).
    Device,
}

/// A token that the caller signs (`x-clientsmith-jwt`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jwt {
    /// `HS256`, …
    pub algorithm: String,
    /// Claim and what goes there.
    pub claims: Vec<(String, String)>,
    /// What the key is.
    pub key: Option<String>,
}

/// What a name is made from; `names` turns it into an ident.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameHint {
    /// Text in the document to start from, such as `FlowSearchCriteria` or `get /pets/{id}`.
    pub base: String,
    /// Where the thing stands under that base, such as `["items", "value"]` for an inline schema.
    pub path: Vec<String>,
}

impl NameHint {
    /// A hint that is a name of the document's own.
    pub fn named(base: impl Into<String>) -> Self {
        Self { base: bounded(base.into()), path: Vec::new() }
    }
    /// The hint of something inside.
    #[must_use]
    pub fn child(&self, part: impl Into<String>) -> Self {
        let mut path = self.path.clone();
        path.push(bounded(part.into()));
        Self { base: self.base.clone(), path }
    }
}

/// A text that is copied into the hints of all that stands inside is never long: beyond some length its beginning and a
/// number made from all of it tell it from others.
fn bounded(mut text: String) -> String {
    const LONGEST: usize = 300;
    if text.len() > LONGEST {
        let number = format!(" {:08x}", fingerprint(&text));
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push_str(&number);
    }
    text
}

/// A number made from all of a text, the same on every machine (FNV-1a, 32 bits).
pub fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A named type.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// What its name is made from.
    pub hint: NameHint,
    /// Whether the document itself names it (`components/schemas/…`).
    pub component: bool,
    /// What it is.
    pub kind: TypeKind,
    /// Prose.
    pub doc: Doc,
    /// JSON texts of the examples that belong to the schema.
    pub examples: Vec<String>,
    /// Place in the document.
    pub origin: Origin,
}

/// Kinds of named type.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// An object with known members.
    Struct(Struct),
    /// A closed list of literals in the document, open in code.
    Enum(Enum),
    /// One of several shapes.
    Union(Union),
    /// Another name for a shape.
    Alias(Shape),
}

/// The shape of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int(IntKind),
    /// A number.
    Float(FloatKind),
    /// A string.
    Text(TextFormat),
    /// JSON text in a string (`contentMediaType: application/json`), of what has this shape (`contentSchema`).
    JsonText(Box<Shape>),
    /// Raw bytes outside JSON: a body or a part.
    Binary,
    /// Any JSON value.
    Json,
    /// A list.
    List(Box<Shape>),
    /// An object whose members all have one shape.
    Map(Box<Shape>),
    /// The shape, or `null`.
    Nullable(Box<Shape>),
    /// A named type.
    Named(TypeId),
}

impl Shape {
    /// The shape, or `null`; never twice.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Json => self,
            other => Self::Nullable(Box::new(other)),
        }
    }
    /// The named type at the core of lists, maps, nullables and JSON texts.
    pub fn core(&self) -> &Shape {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::JsonText(inner) => inner.core(),
            other => other,
        }
    }
}

/// Widths of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntKind {
    /// `format: int8`.
    I8,
    /// `format: int16`.
    I16,
    /// `format: int32`.
    I32,
    /// `format: int64`, and no format.
    I64,
    /// `format: uint8`.
    U8,
    /// `format: uint16`.
    U16,
    /// `format: uint32`.
    U32,
    /// `format: uint64`.
    U64,
}

/// Kinds of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatKind {
    /// `format: float`.
    F32,
    /// `format: double`.
    F64,
    /// No format: the text of the number is kept.
    Exact,
    /// `format: unixtime`: a moment as seconds since 1970, its text kept.
    UnixTime,
    /// `format: seconds`: a span of time, its text kept.
    Seconds,
    /// `format: milliseconds`: a span of time, its text kept.
    Milliseconds,
}

impl FloatKind {
    /// Whether the text of the number is kept.
    pub fn keeps_text(self) -> bool {
        !matches!(self, Self::F32 | Self::F64)
    }
}

/// Formats of text that get a type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// Any text.
    Plain,
    /// `date-time` (RFC 3339).
    DateTime,
    /// `date` (RFC 3339 full-date).
    Date,
    /// `time`.
    Time,
    /// A date and time without zone.
    LocalDateTime,
    /// `duration` (ISO 8601).
    Duration,
    /// `uuid`.
    Uuid,
    /// `byte` (base64), `contentEncoding: base64`.
    Base64,
    /// `contentEncoding: base64url`.
    Base64Url,
    /// `password`: never shown.
    Password,
    /// `http-date` (RFC 9110, section 5.6.7).
    HttpDate,
    /// A whole number in a string, such as `int64`.
    Integer,
    /// A number in a string, such as `decimal`.
    Decimal,
    /// A list in a string.
    List(Separator),
}

/// What stands between the items of a list in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// A space.
    Space,
    /// `|`
    Pipe,
    /// A line feed.
    Line,
}

/// An object with known members.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Members in document order.
    pub fields: Vec<Field>,
    /// Members beside those.
    pub rest: Rest,
    /// It is an array: the fields are its first items, named by their index, and the rest are the items after them.
    pub tuple: bool,
    /// Members that tell that an object is of this type, with their texts: written where nothing is set.
    pub tags: Vec<(String, String)>,
}

/// What members beside the known ones look like. They are kept in every case.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Rest {
    /// Not described, or `additionalProperties: true`.
    #[default]
    Open,
    /// `additionalProperties: false`.
    Closed,
    /// `additionalProperties: {schema}`.
    Typed(Shape),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name on the wire.
    pub wire: String,
    /// What its name in code is made from, where that is not the name on the wire.
    pub name: Option<String>,
    /// Shape of its value.
    pub shape: Shape,
    /// The boolean that it always is. Other constants are enums of one value.
    pub fixed: Option<bool>,
    /// Whether it may be absent. That it may be `null` is in the shape.
    pub presence: Presence,
    /// Directions in which it is sent.
    pub access: Access,
    /// Prose.
    pub doc: Doc,
    /// Ready sentences on limits, defaults and patterns.
    pub notes: Vec<String>,
    /// Place in the document.
    pub origin: Origin,
}

/// Whether a member may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always there.
    Required,
    /// May be left out.
    Optional,
}

/// Directions in which a member is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Both.
    #[default]
    Both,
    /// `readOnly`: only in answers.
    ReadOnly,
    /// `writeOnly`: only in requests.
    WriteOnly,
}

/// A list of literals, open to more.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The literals in document order.
    pub values: Vec<EnumValue>,
    /// Whether all are strings.
    pub text: bool,
    /// Whether the document itself allows others.
    pub open: bool,
}

impl Enum {
    /// The JSON text of one of its values.
    pub fn json(&self, value: &EnumValue) -> String {
        if !self.text {
            return value.wire.clone();
        }
        let mut out = String::from("\"");
        for c in value.wire.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => out.push(c),
            }
        }
        out.push('"');
        out
    }

    /// The only value, where there is but one: what a blank value is.
    pub fn constant(&self) -> Option<&EnumValue> {
        match self.values.as_slice() {
            [only] if !self.open => Some(only),
            _ => None,
        }
    }
}

/// One literal of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The string itself for text enums, else the JSON text of the literal.
    pub wire: String,
    /// Name given by an extension such as `x-enum-varnames`.
    pub name: Option<String>,
    /// Prose given by an extension such as `x-enum-descriptions`.
    pub doc: Doc,
}

/// One of several shapes, open to unknown ones.
#[derive(Clone, Debug)]
pub struct Union {
    /// The known variants in document order.
    pub variants: Vec<Variant>,
    /// How the right one is told.
    pub pick: Pick,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What its name is made from.
    pub hint: NameHint,
    /// What it holds.
    pub shape: Shape,
    /// Values of the tag that stand for it.
    pub tags: Vec<String>,
    /// It stands for values whose tag is not there or says nothing that is known.
    pub fallback: bool,
    /// Members that are always there: what tells it from others by keys.
    pub keys: Vec<String>,
    /// Members that, when they are there, are one of a few constants, as JSON texts.
    pub consts: Vec<(String, Vec<String>)>,
    /// Prose.
    pub doc: Doc,
}

impl Default for Variant {
    fn default() -> Self {
        Self {
            hint: NameHint::default(),
            shape: Shape::Json,
            tags: Vec::new(),
            fallback: false,
            keys: Vec::new(),
            consts: Vec::new(),
            doc: Doc::default(),
        }
    }
}

/// How a union is told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// By the text of a member (`discriminator.propertyName`, or a constant that each variant requires).
    Tag {
        /// Name of the member.
        property: String,
    },
    /// By keys, JSON kind and validated trial, in that order.
    Trial,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId` where it is its own, or a stable text from method and path.
    pub id: String,
    /// `operationId` as written.
    pub given: Option<String>,
    /// Method and path as written: what tells it from others from run to run.
    pub place: String,
    /// What the names of method and request type are made from.
    pub hint: NameHint,
    /// HTTP method in capitals.
    pub method: String,
    /// Path template as written, without query or fragment.
    pub path: String,
    /// Its group.
    pub tag: TagId,
    /// Parameters: path ones in template order, then the others in document order.
    pub params: Vec<Param>,
    /// Request body.
    pub body: Option<Body>,
    /// All answers.
    pub replies: Replies,
    /// Security: OR of ANDs. Empty: none needed. An empty inner list: none needed either way.
    pub security: Vec<Vec<Need>>,
    /// Servers of its own, which it has in place of the API's.
    pub servers: Vec<Server>,
    /// How to walk its pages.
    pub paging: Option<Paging>,
    /// How to wait for the job that it starts.
    pub polling: Option<Polling>,
    /// What it provides to other calls as a log-in.
    pub login: Option<Login>,
    /// Permissions that the caller needs.
    pub permissions: Option<Permissions>,
    /// Prose.
    pub doc: Doc,
    /// Place in the document.
    pub origin: Origin,
}

/// A request that the server sends to an address that it was given.
#[derive(Clone, Debug)]
pub struct Hook {
    /// Its key under `webhooks` or `callbacks`.
    pub name: String,
    /// What the name of its function is made from.
    pub hint: NameHint,
    /// HTTP method in capitals.
    pub method: String,
    /// Who makes the server send it; webhooks are set up outside of the API.
    pub caller: Option<Caller>,
    /// What comes along in headers and in the query.
    pub params: Vec<Param>,
    /// Its body.
    pub body: Option<Body>,
    /// Prose.
    pub doc: Doc,
    /// Place in the document.
    pub origin: Origin,
}

/// The operation behind a callback.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The operation.
    pub operation: OpId,
    /// Runtime expression of the address that the server calls.
    pub address: String,
}

/// A scheme needed by a security requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Name of the scheme.
    pub scheme: String,
    /// Scopes or roles.
    pub scopes: Vec<String>,
}

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Media type as written.
    pub media: String,
    /// How it is written.
    pub codec: Codec,
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
    Cookie(CookieStyle, Explode),
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

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// Media types to choose from, the preferred one first.
    pub media: Vec<Media>,
    /// Prose.
    pub doc: Doc,
    /// Place in the document.
    pub origin: Origin,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct Media {
    /// Media type as written, such as `application/json`.
    pub name: String,
    /// How it is read and written.
    pub codec: Codec,
    /// Shape of the value.
    pub shape: Shape,
    /// One item of a stream.
    pub item: Option<Item>,
    /// Members of a form that are not written the usual way.
    pub parts: Vec<Part>,
    /// For a body of parts that are known by their place: what they are.
    pub order: Option<Order>,
    /// For a body in XML: its root.
    pub xml: Option<XmlRootId>,
    /// Name and JSON text of its examples.
    pub examples: Vec<(String, String)>,
}

impl Media {
    /// Whether its name is a range such as `image/*` (RFC 9110, section 12.5.1): something to choose from, not to send.
    pub fn is_range(&self) -> bool {
        self.name.split(';').next().unwrap_or_default().contains('*')
    }
}

/// How a media type is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// JSON and everything `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` and other multiparts.
    Multipart,
    /// Text.
    Text,
    /// XML.
    Xml,
    /// Server-sent events.
    Events,
    /// JSON Lines, NDJSON.
    JsonLines,
    /// JSON text sequences.
    JsonSeq,
    /// Anything else: bytes.
    Binary,
}

impl Codec {
    /// Whether a body is a sequence that is read item by item.
    pub fn is_stream(self) -> bool {
        matches!(self, Self::Events | Self::JsonLines | Self::JsonSeq)
    }
}

impl Codec {
    /// Whether a model is read and written: JSON, and XML through it.
    pub fn is_model(self) -> bool {
        matches!(self, Self::Json | Self::Xml)
    }
}

/// Where a value stands in XML, and what is in it (OpenAPI 3.2, XML Object).
#[derive(Clone, Debug, PartialEq)]
pub struct XmlNode {
    /// Name of the member in JSON; empty for items and roots.
    pub json: String,
    /// Name of the element or attribute.
    pub name: String,
    /// Its prefix; may be empty.
    pub prefix: String,
    /// Its namespace; may be empty.
    pub namespace: String,
    /// Where it stands.
    pub kind: XmlKind,
    /// Whether the member must be there.
    pub required: bool,
    /// What is in it.
    pub content: XmlContent,
}

/// Kinds of node (OpenAPI 3.2, XML Node Types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlKind {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// A CDATA section in the element around it.
    Cdata,
    /// No node of its own.
    Inline,
}

/// What is in a node.
#[derive(Clone, Debug, PartialEq)]
pub enum XmlContent {
    /// A string.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Bool,
    /// Anything.
    Any,
    /// A list of such items.
    List(Box<XmlNode>),
    /// An object.
    Object(XmlId),
}

/// An object as it stands in XML.
#[derive(Clone, Debug, Default)]
pub struct XmlObject {
    /// Name of its schema, if it has one.
    pub name: String,
    /// Its members in document order.
    pub members: Vec<XmlNode>,
    /// What its other members are.
    pub rest: Option<XmlContent>,
}

/// How a member of a form is written, or a part that is known by its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Property it belongs to; empty for one known by its place.
    pub wire: String,
    /// `contentType`: media types and ranges to choose from; empty for what is usual.
    pub media: Vec<String>,
    /// Style, when the part is written like a query parameter.
    pub style: Option<(QueryStyle, Explode, Reserved)>,
    /// An array is one JSON text, and in an URL-encoded form everything is.
    pub whole: bool,
    /// It is given as a part, though it is no file.
    pub value: bool,
    /// The root of a value that is written as XML.
    pub xml: Option<XmlRootId>,
}

impl Part {
    /// A member that is written as members are.
    pub fn usual(wire: &str) -> Self {
        Self { wire: wire.to_owned(), media: Vec::new(), style: None, whole: false, value: false, xml: None }
    }
}

/// Parts that are known by their place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// Those at the front (`prefixEncoding`).
    pub first: Vec<Part>,
    /// All others (`itemEncoding`), where there may be others.
    pub rest: Option<Part>,
}

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
    /// Prose.
    pub doc: Doc,
}

/// Permissions that a caller needs (`x-clientsmith-permissions`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permissions {
    /// One of these.
    pub any: Vec<String>,
    /// All of these.
    pub all: Vec<String>,
    /// In words.
    pub note: Option<String>,
}

/// How to walk the pages of a listing (`x-clientsmith-paging`, `x-ms-pageable`).
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// JSON Pointer to the items in a page; empty for a bare array.
    pub items: String,
    /// How the next request differs.
    pub next: Next,
    /// Pointer to the flag that says that there is more.
    pub more: Option<String>,
    /// Pointers to flags that say that this was the last page.
    pub until: Vec<String>,
    /// Pointer to the number of pages.
    pub pages: Option<String>,
    /// Place in the document.
    pub origin: Origin,
}

/// How the request for the next page is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// There is none.
    End,
    /// Ask for an address of the page with GET.
    Link {
        /// Pointer to the address.
        at: String,
    },
    /// Follow an address of the page.
    Address {
        /// Pointer to the address.
        at: String,
        /// Where a bare cursor goes instead.
        into: Option<Target>,
    },
    /// Add one to a request value.
    Page {
        /// The value.
        set: Target,
        /// Number of the first page.
        first: i64,
    },
    /// Add the number of items received to a request value.
    Offset {
        /// The value.
        set: Target,
        /// Offset of the first item.
        first: i64,
    },
    /// Take a value of the last item.
    LastItem {
        /// The request value.
        set: Target,
        /// Pointer into the item.
        from: String,
    },
    /// Take a value of the page.
    Value {
        /// The request value.
        set: Target,
        /// Pointer into the page.
        from: String,
    },
}

/// A value of a request, as a runtime expression names it.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Index of the operation's parameter.
    Param(usize),
    /// JSON Pointer into the body.
    Body(String),
}

/// How to wait for a job (`x-clientsmith-polling`).
#[derive(Clone, Debug, PartialEq)]
pub struct Polling {
    /// The operation that tells the state.
    pub operation: OpId,
    /// Index of its parameter and the pointer into the answer that started the job.
    pub parameters: Vec<(usize, String)>,
    /// Pointer to the state.
    pub state: String,
    /// States that are a success.
    pub done: Vec<String>,
    /// States that are a failure.
    pub failed: Vec<String>,
}

/// What a log-in operation provides (`x-clientsmith-login`).
#[derive(Clone, Debug, PartialEq)]
pub struct Login {
    /// Security scheme and the pointer into the answer.
    pub provides: Vec<(String, String)>,
}
