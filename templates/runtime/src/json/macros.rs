//! The impls that generated types have in common. Generated code calls these macros through `rt`, the name under which
//! it has the `codegen` module in scope.
//!
//! # What the generator emits
//!
//! A struct lends its fields; an enum of texts has a table; a union has a table, too, and a match for each direction.
//! `Default` is the blank that decoding fills, so it must end: a union's is `Unknown`, and a required field whose type
//! leads back to the struct has to be an `Option` or a union.
//! ```
//! # mod rt {
//! #     pub use clientsmith_runtime::json::*;
//! #     pub use clientsmith_runtime::json::Need::{Opt as OPT, Req as REQ};
//! #     pub use clientsmith_runtime::{
//! #         __models as models, __object as object, __text_enum as text_enum, __text_enums as text_enums,
//! #         __union as union,
//! #     };
//! # }
//! // Each member with its name on the wire: one list for the fields and for both directions.
//! rt::object! {
//!     pub struct Cat, extra: rt::Extra {         // or `rt::Map<T>`
//!         REQ "type" kind: String,               // required
//!         REQ "state" state: Option<State>,      // required and nullable
//!         OPT "lives" lives: Option<u32>,        // optional
//!         OPT "owner" owner: rt::Maybe<String>,  // optional and nullable
//!         OPT "parent" parent: Option<Box<Cat>>,
//!     }
//! }
//!
//! // An enum with the text of each value; `Unknown` keeps those that the spec does not list.
//! rt::text_enum! {
//!     /// Whether it sleeps.
//!     pub enum State, Unknown { "awake" Awake, "asleep" Asleep }
//! }
//!
//! // A variant by its number, and how it is told; `tag "type"` says which member tells.
//! rt::union! {
//!     pub enum Pet, Unknown, PET, tag "type" {
//!         0 Cat(Box<Cat>) [.kinds(&[Object]).tags(&["cat", "kitten"])],
//!         1 Name(String) [.kinds(&[String])],
//!     }
//! }
//! #
//! # let text = r#"[{"type":"cat","state":"dreaming","lives":null,"tail":1.0},"Tom",[1]]"#;
//! # let pets: Vec<Pet> = rt::from_str(text)?;
//! # assert!(matches!(&pets[..], [Pet::Cat(cat), Pet::Name(_), Pet::Unknown(_)] if cat.lives.is_none()));
//! # assert_eq!(rt::to_value(&pets)?, text.parse()?);
//! # Ok::<(), rt::Error>(())
//! ```

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

        /// What decoding fills: an unknown empty text, or the only value that the spec allows.
        impl ::core::default::Default for $name {
            fn default() -> Self {
                rt::TextEnum::blank()
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

        /// A text that the spec does not list becomes the unknown value.
        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                rt::TextEnum::from_text(text)
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

        /// What decoding fills: an unknown `null`, or the only value that the spec allows.
        impl ::core::default::Default for $name {
            fn default() -> Self {
                rt::ValueEnum::blank()
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

/// An enum of texts with all its impls: `rt::text_enum! { pub enum State, Unknown { "awake" Awake } }`. With `= Awake` behind
/// its name that value is the only one, and the default.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident $(= $only:ident)?, $unknown:ident {
            $($(#[$note:meta])* $wire:literal $variant:ident),* $(,)?
        }
    ) => {
        $(#[$about])*
        // Each impl costs every user's compiler for every enum: what `as_str` gives in one word has none of its own.
        #[derive(Clone, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* $variant,)*
            /// A value that the description does not list, as received.
            $unknown(::std::string::String),
        }

        impl ::core::cmp::Eq for $name {}

        impl rt::TextEnum for $name {
            const TABLE: &'static [(&'static str, Self)] = &[$(($wire, Self::$variant)),*];

            $(fn blank() -> Self {
                Self::$only
            })?

            fn unknown(text: ::std::string::String) -> Self {
                Self::$unknown(text)
            }

            fn as_unknown(&self) -> ::core::option::Option<&str> {
                match self {
                    Self::$unknown(text) => ::core::option::Option::Some(text),
                    _ => ::core::option::Option::None,
                }
            }
        }

        rt::text_enums!($name);
    };
}

/// An enum of JSON literals with all its impls: `rt::value_enum! { pub enum Level, Unknown { "1" Low } }`. With `= Low` behind
/// its name that value is the only one, and the default.
#[doc(hidden)]
#[macro_export]
macro_rules! __value_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident $(= $only:ident)?, $unknown:ident {
            $($(#[$note:meta])* $wire:literal $variant:ident),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* $variant,)*
            /// A value that the description does not list, as received.
            $unknown(rt::Value),
        }

        impl rt::ValueEnum for $name {
            const TABLE: &'static [(&'static str, Self)] = &[$(($wire, Self::$variant)),*];

            $(fn blank() -> Self {
                Self::$only
            })?

            fn unknown(value: rt::Value) -> Self {
                Self::$unknown(value)
            }

            fn as_unknown(&self) -> ::core::option::Option<&rt::Value> {
                match self {
                    Self::$unknown(value) => ::core::option::Option::Some(value),
                    _ => ::core::option::Option::None,
                }
            }
        }

        rt::value_enums!($name);
    };
}

/// A union with its table and all its impls:
/// `rt::union! { pub enum Pet, Unknown, PET { 0 Cat(Cat) [.kinds(&[Object])] } }`. A row is the number of a variant, the
/// variant, and how it is told. `tag "type"` behind the name of the table is the member that tells the variants apart.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        $(#[$about:meta])*
        pub enum $name:ident, $unknown:ident, $table:ident $(, tag $tag:literal)? {
            $($(#[$note:meta])* $number:literal $variant:ident($kind:ty) $([$($told:tt)+])?),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* $variant($kind),)*
            /// A value that fits no variant of the description, as received.
            $unknown(rt::Value),
        }

        static $table: rt::Union = {
            use rt::Kind::*;
            rt::Union::new(
                ::core::stringify!($name),
                &[$(rt::Variant::new(::core::stringify!($variant)) $($($told)+)?),*],
            )$(.tag($tag))?
        };

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::$unknown(rt::Value::Null)
            }
        }

        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                r.union(&$table, &mut |r, variant| {
                    *self = match variant {
                        $($number => Self::$variant(r.value()?),)*
                        _ => Self::$unknown(r.value()?),
                    };
                    ::core::result::Result::Ok(())
                })
            }
        }

        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                match self {
                    $(Self::$variant(value) => w.tagged(&$table, $number, value),)*
                    Self::$unknown(value) => value.encode(w),
                }
            }
        }

        rt::models!($name);
    };
}
