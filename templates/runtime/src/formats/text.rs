//! What all text formats have in common.

/// A type that keeps a text of some format as it was received.
macro_rules! text_format {
    ($(#[$attribute:meta])* $name:ident, $format:literal, $shape:expr) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes a text as it is. It is not checked: what a server sends is kept, whatever it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, taken out.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::new(text))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl super::super::json::Decode for $name {
            fn decode(&mut self, r: &mut super::super::json::Reader<'_>) -> Result<(), super::super::json::Stop> {
                self.0.decode(r)?;
                let shape: fn(&str) -> bool = $shape;
                r.format($format, || shape(&self.0));
                Ok(())
            }
        }

        impl super::super::json::Encode for $name {
            fn encode(&self, w: &mut super::super::json::Writer) {
                w.formatted(&self.0, $format, $shape);
            }
        }

        #[cfg(feature = "serde")]
        impl super::super::json::bridge::Serialize for $name {
            fn serialize<S: super::super::json::bridge::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> super::super::json::bridge::Deserialize<'de> for $name {
            fn deserialize<D: super::super::json::bridge::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::super::json::bridge::deserialize(deserializer)
            }
        }
    };
}

pub(super) use text_format;
