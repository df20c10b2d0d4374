//! The impls that generated types have in common. Generated code calls these macros through `rt`, the name under which
//! it has the `codegen` module in scope.

/// `serde::Serialize` and `serde::Deserialize` for models, through their JSON.
#[doc(hidden)]
#[cfg(feature = "serde")]
#[macro_export]
macro_rules! __models {
    ($($name:ty),* $(,)?) => {$(
        impl rt::bridge::Serialize for $name {
            fn serialize<S: rt::bridge::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                rt::bridge::serialize(self, serializer)
            }
        }

        impl<'de> rt::bridge::Deserialize<'de> for $name {
            fn deserialize<D: rt::bridge::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                rt::bridge::deserialize(deserializer)
            }
        }
    )*};
}

/// Without the feature `serde` models have no serde impls.
#[doc(hidden)]
#[cfg(not(feature = "serde"))]
#[macro_export]
macro_rules! __models {
    ($($name:ty),* $(,)?) => {};
}

/// Everything that an open enum of texts has beside its `TextEnum` impl.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_enums {
    ($($name:ty),* $(,)?) => {$(
        impl $name {
            /// The text that stands for the value.
            pub fn as_str(&self) -> &str {
                rt::TextEnum::text(self)
            }

            /// Whether the value is one that the spec lists.
            pub fn is_known(&self) -> bool {
                rt::TextEnum::as_unknown(self).is_none()
            }
        }

        /// An unknown empty text: what decoding fills.
        impl ::core::default::Default for $name {
            fn default() -> Self {
                rt::TextEnum::unknown(::std::string::String::new())
            }
        }

        impl rt::Decode for $name {
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                *self = rt::TextEnum::read(r)?;
                ::core::result::Result::Ok(())
            }
        }

        impl rt::Encode for $name {
            fn encode(&self, w: &mut rt::Writer) {
                rt::TextEnum::write(self, w);
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// A text that the spec does not list becomes the unknown value, so this never fails.
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(rt::TextEnum::from_text(text))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                rt::TextEnum::from_text(text)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                rt::TextEnum::from_text(&text)
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        rt::models!($name);
    )*};
}

/// Everything that an open enum of JSON values has beside its `ValueEnum` impl.
#[doc(hidden)]
#[macro_export]
macro_rules! __value_enums {
    ($($name:ty),* $(,)?) => {$(
        impl $name {
            /// Whether the value is one that the spec lists.
            pub fn is_known(&self) -> bool {
                rt::ValueEnum::as_unknown(self).is_none()
            }
        }

        /// An unknown `null`: what decoding fills.
        impl ::core::default::Default for $name {
            fn default() -> Self {
                rt::ValueEnum::unknown(rt::Value::Null)
            }
        }

        impl rt::Decode for $name {
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                *self = rt::ValueEnum::read(r)?;
                ::core::result::Result::Ok(())
            }
        }

        impl rt::Encode for $name {
            fn encode(&self, w: &mut rt::Writer) {
                rt::ValueEnum::write(self, w);
            }
        }

        /// The JSON text of the value.
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&rt::ValueEnum::json(self))
            }
        }

        /// JSON that the spec does not list becomes the unknown value.
        impl ::core::convert::From<rt::Value> for $name {
            fn from(value: rt::Value) -> Self {
                rt::ValueEnum::from_value(value)
            }
        }

        rt::models!($name);
    )*};
}
