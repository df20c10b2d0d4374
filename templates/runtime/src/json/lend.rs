//! Structs and tuples as the codec sees them: one list of members for the fields and for both directions.

/// A struct with all its impls:
/// `rt::object! { pub struct Cat, extra: rt::Extra { REQ "type" kind: String, OPT "lives" lives: Option<u8> } }`. A row is
/// whether the member must be there, its name on the wire, the field and its type.
///
/// Behind the name of the struct is the field for all other members; `extra closed: rt::Extra` says that there should be
/// none. Then may follow `is("type", "cat")`, the member which tells that an object is of the type, and `comes("id")`, the
/// members that are not sent. Limits of the object stand in brackets behind the type of its other members, those of a
/// member behind its own: `pub struct Cat, extra: rt::Extra [NoOthers] { OPT "lives" lives: Option<u8> [Maximum("9")] }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (
        $(#[$about:meta])*
        pub struct $name:ident, $extra:ident $($closed:ident)?: $others:ty $([$($own:tt)*])?
        $(, is($tag:literal, $text:literal))* $(, says($said:literal, $word:literal))* $(, comes($($read:literal),+))? {
            $($(#[$note:meta])* $need:ident $wire:literal $field:ident: $kind:ty $([$($rules:tt)+])?),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($(#[$note])* pub $field: $kind,)*
            /// All other members.
            pub $extra: $others,
        }

        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                rt::object!(
                    @read r, [$(($said, rt::Said::from($word))),*],
                    &mut [$(($wire, rt::$need, &mut self.$field)),*],
                    rt::object!(@others [$($closed)?] self.$extra)
                )
            }
        }

        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                $(w.is($tag, $text);)*
                $(w.says($said, $word);)*
                $(w.comes(&[$($read),+]);)?
                rt::object!(
                    @write w, [$([$($own)*])?] [$(&[$($($rules)+)?]),*],
                    &[$(($wire, rt::$need, &self.$field)),*], &self.$extra
                );
            }
        }

        rt::models!($name);
    };
    (@read $r:ident, [], $($what:tt)+) => { $r.object($($what)+) };
    (@read $r:ident, $said:tt, $($what:tt)+) => { $r.object_that_says(&$said, $($what)+) };
    (@others [] $($place:tt)+) => { &mut $($place)+ };
    (@others [closed] $($place:tt)+) => { &mut rt::Closed(&mut $($place)+) };
    (@write $w:ident, [] $members:tt, $($what:tt)+) => { $w.object($($what)+) };
    (@write $w:ident, [$own:tt] $members:tt, $($what:tt)+) => {
        use rt::Rule::*;
        static RULES: rt::Rules = rt::Rules { own: &$own, members: &$members };
        $w.limited(&RULES, $($what)+)
    };
}

/// Lends the places of a tuple to the codec: `rt::tuple!(Pair, extra, (REQ, item_0), (OPT, item_1));`. With `closed` before
/// the name of the items behind them there should be none. Where something is limited, the limits of those items stand
/// behind that name, and those of a place behind its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __tuple {
    ($name:ident, closed $extra:ident $([$($own:tt)*])? $(, ($need:ident, $field:ident $([$($rules:tt)+])?))* $(,)?) => {
        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                r.tuple(&mut [$((rt::$need, &mut self.$field)),*], &mut rt::ClosedItems(&mut self.$extra))
            }
        }

        rt::tuple!(@encode $name, $extra, [$([$($own)*])?] [$(&[$($($rules)+)?]),*] $(, ($need, $field))*);
    };
    ($name:ident, $extra:ident $([$($own:tt)*])? $(, ($need:ident, $field:ident $([$($rules:tt)+])?))* $(,)?) => {
        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                r.tuple(&mut [$((rt::$need, &mut self.$field)),*], &mut self.$extra)
            }
        }

        rt::tuple!(@encode $name, $extra, [$([$($own)*])?] [$(&[$($($rules)+)?]),*] $(, ($need, $field))*);
    };
    (@encode $name:ident, $extra:ident, $own:tt $places:tt $(, ($need:ident, $field:ident))*) => {
        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                rt::tuple!(@write w, $own $places, &[$((rt::$need, &self.$field)),*], &self.$extra);
            }
        }

        rt::models!($name);
    };
    (@write $w:ident, [] $places:tt, $($what:tt)+) => { $w.tuple($($what)+) };
    (@write $w:ident, [$own:tt] $places:tt, $($what:tt)+) => {
        use rt::Rule::*;
        static RULES: rt::Rules = rt::Rules { own: &$own, members: &$places };
        $w.limited_tuple(&RULES, $($what)+)
    };
}
