//! Named types, and the shapes of values.

use clientsmith_runtime::json::Value;

use super::{Doc, FloatKind, IntKind, NameHint, Origin, TextFormat, TypeId};

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
    /// Ready sentences on its values.
    pub notes: Vec<String>,
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
    /// Members that are always there and always the same, so that they need no field.
    pub constants: Vec<Constant>,
}

/// A member that can only be one value.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Name on the wire.
    pub wire: String,
    /// The value.
    pub value: Said,
    /// Prose.
    pub doc: Doc,
}

/// What a member always is. Constants of other kinds are enums of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A text.
    Text(String),
    /// A boolean.
    Bool(bool),
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

/// A value that a member always has. Texts and numbers are enums of one value instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
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
    /// What it always is, where that is no type of its own.
    pub fixed: Option<Fixed>,
    /// Whether it may be absent. That it may be `null` is in the shape.
    pub presence: Presence,
    /// It is described under conditions alone, so that what is said of it need not hold.
    pub conditional: bool,
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

impl Said {
    /// The value as it is shown: a text without quotes.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Bool(value) => value.to_string(),
        }
    }

    /// Whether a JSON value is this one.
    pub fn is(&self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Bool(own) => value.as_bool() == Some(*own),
        }
    }
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
