//! JSON inside of a string.

use std::fmt;
use std::marker::PhantomData;

use super::super::json::{self, Decode, Encode, Reader, Stop, Writer};

/// A value that travels as JSON text inside of a string (`contentMediaType: application/json`), kept as the text that
/// was received and decoded on demand.
///
/// # Example
/// ```
/// use clientsmith_runtime::formats::JsonText;
///
/// let text: JsonText<Vec<u32>> = JsonText::encode(&vec![1, 2])?;
/// assert_eq!(text.as_str(), "[1,2]");
/// assert_eq!(text.decode()?, [1, 2]);
/// assert!(JsonText::<Vec<u32>>::from("none").decode().is_err());
/// # Ok::<(), clientsmith_runtime::json::Error>(())
/// ```
pub struct JsonText<T> {
    text: String,
    value: PhantomData<fn() -> T>,
}

impl<T> JsonText<T> {
    /// Takes a text as it is. It is not checked: what a server sends is kept, whatever it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), value: PhantomData }
    }

    /// The text of a value.
    ///
    /// # Errors
    /// When the value holds what JSON cannot: a NaN or an infinite number.
    pub fn encode(value: &T) -> Result<Self, json::Error>
    where
        T: Encode,
    {
        Ok(Self::new(json::to_string(value)?))
    }

    /// The value.
    ///
    /// # Errors
    /// When the text is no JSON, or not what `T` can hold.
    pub fn decode(&self) -> Result<T, json::Error>
    where
        T: Decode + Default,
    {
        json::from_str(&self.text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, taken out.
    pub fn into_string(self) -> String {
        self.text
    }
}

// By hand, since none of them asks anything of `T`.
impl<T> Clone for JsonText<T> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<T> Default for JsonText<T> {
    fn default() -> Self {
        Self::new("")
    }
}

impl<T> PartialEq for JsonText<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for JsonText<T> {}

impl<T> fmt::Debug for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonText").field(&self.text).finish()
    }
}

impl<T> fmt::Display for JsonText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T> From<&str> for JsonText<T> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<T> From<String> for JsonText<T> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl<T> Decode for JsonText<T> {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        self.text.decode(r)
    }
}

impl<T> Encode for JsonText<T> {
    fn encode(&self, w: &mut Writer) {
        w.string(&self.text);
    }
}

#[cfg(feature = "serde")]
impl<T> json::bridge::Serialize for JsonText<T> {
    fn serialize<S: json::bridge::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "serde")]
impl<'de, T> json::bridge::Deserialize<'de> for JsonText<T> {
    fn deserialize<D: json::bridge::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::bridge::deserialize(deserializer)
    }
}
