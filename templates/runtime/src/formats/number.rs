//! What all number formats have in common.

/// A type that keeps a JSON number with a meaning, as it was received.
macro_rules! number_format {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name(super::super::json::Number);

        impl $name {
            /// Takes a number as it is. It is not checked: what a server sends is kept, whatever it is.
            pub fn new(number: impl Into<super::super::json::Number>) -> Self {
                Self(number.into())
            }

            /// The number, with the text that it was received with.
            pub fn as_number(&self) -> &super::super::json::Number {
                &self.0
            }

            /// The number as an `i64`, if it is a whole one in its range.
            pub fn as_i64(&self) -> Option<i64> {
                self.0.as_i64()
            }

            /// The nearest `f64`; `None` when the number is beyond the range of that type.
            pub fn as_f64(&self) -> Option<f64> {
                self.0.as_f64()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.0.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = super::super::json::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self(text.parse()?))
            }
        }

        number_format!(@from $name: i32 i64 u32 u64);

        impl From<super::super::json::Number> for $name {
            fn from(number: super::super::json::Number) -> Self {
                Self(number)
            }
        }

        impl super::super::json::Decode for $name {
            fn decode(&mut self, r: &mut super::super::json::Reader<'_>) -> Result<(), super::super::json::Stop> {
                self.0.decode(r)
            }
        }

        impl super::super::json::Encode for $name {
            fn encode(&self, w: &mut super::super::json::Writer) {
                self.0.encode(w);
            }

            fn to_value(&self) -> super::super::json::Value {
                self.0.to_value()
            }
        }

        #[cfg(feature = "serde")]
        impl super::super::json::bridge::Serialize for $name {
            fn serialize<S: super::super::json::bridge::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                super::super::json::bridge::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> super::super::json::bridge::Deserialize<'de> for $name {
            fn deserialize<D: super::super::json::bridge::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::super::json::bridge::deserialize(deserializer)
            }
        }
    };
    (@from $name:ident: $($integer:ty)*) => {$(
        impl From<$integer> for $name {
            fn from(number: $integer) -> Self {
                Self(number.into())
            }
        }
    )*};
}

pub(super) use number_format;
