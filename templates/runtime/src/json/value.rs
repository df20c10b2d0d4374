//! Any JSON value.

use std::fmt;
use std::ops::Index;
use std::str::FromStr;

use super::{Decode, Encode, Error, Kind, Map, Number, Reader, Stop, Writer, text};

static NULL: Value = Value::Null;

/// Any JSON value: what a model holds where the spec allows anything, and what it does not describe.
///
/// Objects keep the order of their members and numbers keep their text, so a value that is decoded and encoded says the
/// same as before. Equality is that of JSON: numbers by what they are worth, objects without regard to order.
///
/// `Display` and `Debug` give compact JSON, `{:#}` gives indented JSON.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::Value;
///
/// let value: Value = r#"{"id": 7, "tags": ["a", "b"]}"#.parse()?;
/// assert_eq!(value["tags"][1].as_str(), Some("b"));
/// assert_eq!(value.pointer("/id").and_then(Value::as_i64), Some(7));
/// assert_eq!(value, Value::object([("tags", Value::array(["a", "b"])), ("id", 7.into())]));
/// assert_eq!(value.to_string(), r#"{"id":7,"tags":["a","b"]}"#);
/// # Ok::<(), clientsmith_runtime::json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Map<Value>),
}

impl Value {
    /// An object of the given members.
    pub fn object<K: Into<String>, V: Into<Self>>(members: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name, value.into())).collect())
    }

    /// An array of the given elements.
    pub fn array<V: Into<Self>>(elements: impl IntoIterator<Item = V>) -> Self {
        Self::Array(elements.into_iter().map(Into::into).collect())
    }

    /// What kind of value this is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number as an `i64`, if this is a whole one in its range.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number as a `u64`, if this is a whole one in its range.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number as the nearest `f64`, if this is one.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The elements for changing them, if this is an array.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&Map<Self>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The members for changing them, if this is an object.
    pub fn as_object_mut(&mut self) -> Option<&mut Map<Self>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value of a member, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// Takes the value out and leaves `null`.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// Writes indented JSON.
    fn pretty(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let indent = |f: &mut fmt::Formatter<'_>, depth: usize| write!(f, "\n{:width$}", "", width = depth * 2);
        match self {
            Self::Array(elements) if !elements.is_empty() => {
                for (index, element) in elements.iter().enumerate() {
                    f.write_str(if index == 0 { "[" } else { "," })?;
                    indent(f, depth + 1)?;
                    element.pretty(f, depth + 1)?;
                }
                indent(f, depth)?;
                f.write_str("]")
            }
            Self::Object(members) if !members.is_empty() => {
                for (index, (name, value)) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "{" } else { "," })?;
                    indent(f, depth + 1)?;
                    write!(f, "{}: ", text::quote(name))?;
                    value.pretty(f, depth + 1)?;
                }
                indent(f, depth)?;
                f.write_str("}")
            }
            _ => self.compact(f),
        }
    }

    fn compact(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut w = Writer::new();
        self.encode(&mut w);
        f.write_str(&w.finish_text().unwrap_or_default())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { self.pretty(f, 0) } else { self.compact(f) }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.compact(f)
    }
}

impl FromStr for Value {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        super::from_str(text)
    }
}

/// A member that is not there reads as `null`.
impl Index<&str> for Value {
    type Output = Self;

    fn index(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(&NULL)
    }
}

/// An element that is not there reads as `null`.
impl Index<usize> for Value {
    type Output = Self;

    fn index(&self, index: usize) -> &Self {
        self.as_array().and_then(|elements| elements.get(index)).unwrap_or(&NULL)
    }
}

impl Decode for Value {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        *self = match r.peek()? {
            Kind::Null => r.null().map(|()| Self::Null)?,
            Kind::Bool => Self::Bool(r.bool()?),
            Kind::Number => Self::Number(Number::from_text(r.number()?)),
            Kind::String => Self::String(r.string()?.into_owned()),
            Kind::Array => Self::Array(elements(r)?),
            Kind::Object => Self::Object(members(r)?),
        };
        Ok(())
    }

    fn keeps_null(&self) -> bool {
        true
    }
}

/// Reads an array. The elements are gathered on a stack that the reader keeps, so that the array is made once and in its
/// final size.
fn elements(r: &mut Reader<'_>) -> Result<Vec<Value>, Stop> {
    let base = r.element_stack.len();
    r.begin_array()?;
    while r.next_element()? {
        let element = r.value()?;
        r.element_stack.push(element);
    }
    Ok(r.element_stack.drain(base..).collect())
}

/// Reads an object, in the same way.
fn members(r: &mut Reader<'_>) -> Result<Map<Value>, Stop> {
    let base = r.member_stack.len();
    r.begin_object()?;
    while let Some(name) = r.next_key()? {
        let member = (name.into_owned(), r.value()?);
        r.member_stack.push(member);
    }
    Ok(Map::settled(r.member_stack.drain(base..).collect()))
}

impl Encode for Value {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Null => w.null(),
            Self::Bool(value) => w.bool(*value),
            Self::Number(number) => number.encode(w),
            Self::String(text) => w.string(text),
            Self::Array(elements) => elements.encode(w),
            Self::Object(members) => members.encode(w),
        }
    }

    fn to_value(&self) -> Self {
        self.clone()
    }
}

macro_rules! from_numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Value {
            fn from(value: $number) -> Self {
                Self::Number(Number::from(value))
            }
        }
    )*};
}

from_numbers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// A NaN or an infinite number becomes `null`, as JSON has none.
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

/// A NaN or an infinite number becomes `null`, as JSON has none.
impl From<f32> for Value {
    fn from(value: f32) -> Self {
        if value.is_finite() { Self::Number(Number::from_text(&format!("{value:?}"))) } else { Self::Null }
    }
}

impl From<Number> for Value {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(elements: Vec<T>) -> Self {
        Self::array(elements)
    }
}

impl From<Map<Self>> for Value {
    fn from(members: Map<Self>) -> Self {
        Self::Object(members)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<()> for Value {
    fn from((): ()) -> Self {
        Self::Null
    }
}
