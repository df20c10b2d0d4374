//! Models in every format that serde knows.
//!
//! A model's serde impls go through its JSON: it is encoded and the text is walked into the serializer; what a
//! deserializer gives is written as JSON and decoded. So one codec decides what a model looks like, and the impls cost
//! nothing until they are used. They need a self-describing format, since the type of what comes next is asked of the
//! text (JSON, YAML, TOML, MessagePack and CBOR are; bincode and postcard can be written but not read back).
//!
//! What passes: objects with their order, null, integers of up to 128 bits (where the format has them), floats.
//!
//! What the bridge cannot keep:
//! * the text of a number: it becomes an integer or the nearest `f64`, and `1.0` and `1.00` are one (when reading,
//!   `serde_json` with its feature `arbitrary_precision` does keep the text; a number beyond the range of `f64` cannot be
//!   written at all);
//! * names that are no strings (YAML, MessagePack): `1: x` is read as `"1": x`;
//! * types that JSON does not have: byte strings are read as text when they are UTF-8 and refused otherwise, tagged
//!   values of YAML and dates of TOML are refused or come as what the format's crate makes of them.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap as _, SerializeSeq as _};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Decode, Encode, Kind, Map, Number, Reader, Stop, Value, Writer};

/// What `serde_json` with `arbitrary_precision` calls the one member of a number.
const NUMBER: &str = "$serde_json::private::Number";

/// Serializes a value through its JSON.
///
/// # Errors
/// When the value has no JSON form, or the serializer refuses it.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let text = super::to_string(value).map_err(S::Error::custom)?;
    let reader = Reader::new(&text).with_depth(usize::MAX);
    let walk = RefCell::new(Walk { reader, sizes: sizes(&text).into_iter() });
    Node(&walk).serialize(serializer)
}

/// Deserializes a value through JSON.
///
/// # Errors
/// When the deserializer fails, gives what JSON does not have, or gives what `T` cannot hold; the message then has the
/// path from where `T` starts.
pub fn deserialize<'de, T: Decode + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut w = Writer::new();
    Sink(&mut w).deserialize(deserializer)?;
    let text = w.finish_text().map_err(D::Error::custom)?;
    let mut r = Reader::new(&text).with_depth(usize::MAX);
    r.value().map_err(|stop| D::Error::custom(r.error(stop)))
}

/// A JSON text on its way into a serializer.
struct Walk<'a> {
    reader: Reader<'a>,
    /// How many elements each container has, in the order in which they start. Some formats write that first.
    sizes: std::vec::IntoIter<usize>,
}

/// The value that is next in a walk. Serde lends values, so the walk is shared.
struct Node<'w, 'a>(&'w RefCell<Walk<'a>>);

impl<'a> Node<'_, 'a> {
    fn step<T, E: serde::ser::Error>(&self, read: impl FnOnce(&mut Reader<'a>) -> Result<T, Stop>) -> Result<T, E> {
        let reader = &mut self.0.borrow_mut().reader;
        read(reader).map_err(|stop| E::custom(reader.error(stop)))
    }

    fn size(&self) -> Option<usize> {
        self.0.borrow_mut().sizes.next()
    }
}

impl Serialize for Node<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.step(Reader::peek)? {
            Kind::Null => {
                self.step(Reader::null)?;
                serializer.serialize_none()
            }
            Kind::Bool => serializer.serialize_bool(self.step(Reader::bool)?),
            Kind::Number => serialize_number(self.step(Reader::number)?, serializer),
            Kind::String => serializer.serialize_str(&self.step(Reader::string)?),
            Kind::Array => {
                self.step(Reader::begin_array)?;
                let mut elements = serializer.serialize_seq(self.size())?;
                while self.step(Reader::next_element)? {
                    elements.serialize_element(&Node(self.0))?;
                }
                elements.end()
            }
            Kind::Object => {
                self.step(Reader::begin_object)?;
                let mut members = serializer.serialize_map(self.size())?;
                while let Some(name) = self.step(Reader::next_key)? {
                    members.serialize_entry(&*name, &Node(self.0))?;
                }
                members.end()
            }
        }
    }
}

fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = text.parse::<i64>() {
        serializer.serialize_i64(number)
    } else if let Ok(number) = text.parse::<u64>() {
        serializer.serialize_u64(number)
    } else if let Ok(number) = text.parse::<i128>() {
        serializer.serialize_i128(number)
    } else if let Ok(number) = text.parse::<u128>() {
        serializer.serialize_u128(number)
    } else {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => serializer.serialize_f64(number),
            _ => Err(S::Error::custom(format_args!("the number {text} is beyond the range of serde's data model"))),
        }
    }
}

/// The number of elements of each container of a JSON text, in the order in which they start.
fn sizes(text: &str) -> Vec<usize> {
    let mut sizes: Vec<usize> = Vec::new();
    let mut open = Vec::new();
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' | b'[' => {
                open.push(sizes.len());
                while bytes.next_if(u8::is_ascii_whitespace).is_some() {}
                sizes.push(usize::from(!matches!(bytes.peek(), Some(b'}' | b']'))));
            }
            b'}' | b']' => drop(open.pop()),
            b',' => {
                if let Some(size) = open.last().and_then(|&place| sizes.get_mut(place)) {
                    *size += 1;
                }
            }
            b'"' => {
                while let Some(byte) = bytes.next()
                    && byte != b'"'
                {
                    if byte == b'\\' {
                        bytes.next();
                    }
                }
            }
            _ => {}
        }
    }
    sizes
}

/// Writes what a deserializer gives.
struct Sink<'w>(&'w mut Writer);

impl<'de> DeserializeSeed<'de> for Sink<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The same, as an element of an array.
struct Element<'w>(&'w mut Writer);

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.element();
        deserializer.deserialize_any(Sink(self.0))
    }
}

impl<'de> Visitor<'de> for Sink<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.bool(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        value.encode(self.0);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        value.encode(self.0);
        Ok(())
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.0.raw(&value.to_string());
        Ok(())
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.0.raw(&value.to_string());
        Ok(())
    }

    fn visit_f32<E>(self, value: f32) -> Result<(), E> {
        self.0.f32(value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.f64(value);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.string(value);
        Ok(())
    }

    fn visit_bytes<E: serde::de::Error>(self, value: &[u8]) -> Result<(), E> {
        let text = std::str::from_utf8(value).map_err(|_| E::custom("JSON has no byte strings"))?;
        self.visit_str(text)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        self.0.begin_array();
        while elements.next_element_seed(Element(self.0))?.is_some() {}
        self.0.end_array();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut name = members.next_key_seed(Name)?;
        if name.as_deref() == Some(NUMBER) {
            let number: Number = members.next_value::<String>()?.parse().map_err(A::Error::custom)?;
            number.encode(self.0);
            return Ok(());
        }
        self.0.begin_object();
        while let Some(text) = name {
            self.0.key(&text);
            members.next_value_seed(Sink(self.0))?;
            name = members.next_key_seed(Name)?;
        }
        self.0.end_object();
        Ok(())
    }
}

/// The name of a member as text, whatever it is in the format.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_bool<E>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E>(self, value: f64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok("null".to_owned())
    }
}

macro_rules! bridged {
    ($($name:ty $(, $parameter:ident)?;)*) => {$(
        impl$(<$parameter: Encode>)? Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }

        impl<'de $(, $parameter: Decode + Default)?> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer)
            }
        }
    )*};
}

bridged! {
    Value;
    Number;
    Map<T>, T;
}
