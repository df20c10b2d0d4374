//! How structs lend their members to the codec: one list for both directions.

/// Lends the members of a struct to the codec: `rt::object!(Cat, extra; REQ kind = "type", OPT lives);`. A member that is
/// called like its field on the wire, too, needs no more.
///
/// One list serves both directions. It also adds what `__models` does. `closed` before the name of the other members says
/// that there should be none; `is("type", "cat")` behind it which member tells that an object is of the type, and then
/// `comes("id")` which members are not sent. Limits of the object stand in brackets behind the name of its extra members,
/// those of a member's value behind the member:
/// `rt::object!(Cat, extra [MinProperties(1)]; REQ kind = "type", OPT lives [Maximum("9")]);`.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (
        $name:ident, closed $extra:ident $([$($own:tt)*])? $(, is($tag:literal, $text:literal))*
        $(, comes($($read:literal),+))?
        $(; $($need:ident $field:ident $(= $wire:literal)? $([$($rules:tt)+])?),+ $(,)?)?
    ) => {
        rt::object!(@decode $name, [rt::Closed], $extra; $($($need $field $(= $wire)?),+)?);
        rt::object!(
            @encode $name, $extra $([$($own)*])? $(, is($tag, $text))* $(, comes($($read),+))?;
            $($($need $field $(= $wire)? $([$($rules)+])?),+)?
        );
    };
    (
        $name:ident, $extra:ident $([$($own:tt)*])? $(, is($tag:literal, $text:literal))*
        $(, comes($($read:literal),+))?
        $(; $($need:ident $field:ident $(= $wire:literal)? $([$($rules:tt)+])?),+ $(,)?)?
    ) => {
        rt::object!(@decode $name, [], $extra; $($($need $field $(= $wire)?),+)?);
        rt::object!(
            @encode $name, $extra $([$($own)*])? $(, is($tag, $text))* $(, comes($($read),+))?;
            $($($need $field $(= $wire)? $([$($rules)+])?),+)?
        );
    };
    (@decode $name:ident, [$($rest:path)?], $extra:ident; $($need:ident $field:ident $(= $wire:literal)?),*) => {
        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                r.object(
                    &mut [$((
                        { let _name = ::core::stringify!($field); $(let _name = $wire;)? _name },
                        rt::$need,
                        &mut self.$field,
                    )),*],
                    $(&mut $rest)?(&mut self.$extra),
                )
            }
        }
    };
    (
        @encode $name:ident, $extra:ident $(, is($tag:literal, $text:literal))*
        $(, comes($($read:literal),+))?;
        $($need:ident $field:ident $(= $wire:literal)?),*
    ) => {
        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                $(w.is($tag, $text);)*
                $(w.comes(&[$($read),+]);)?
                w.object(
                    &[$((
                        { let _name = ::core::stringify!($field); $(let _name = $wire;)? _name },
                        rt::$need,
                        &self.$field,
                    )),*],
                    &self.$extra,
                );
            }
        }

        rt::models!($name);
    };
    (
        @encode $name:ident, $extra:ident [$($own:tt)*] $(, is($tag:literal, $text:literal))*
        $(, comes($($read:literal),+))?;
        $($need:ident $field:ident $(= $wire:literal)? $([$($rules:tt)+])?),*
    ) => {
        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                use rt::Rule::*;
                static RULES: rt::Rules = rt::Rules { own: &[$($own)*], members: &[$(&[$($($rules)+)?]),*] };
                $(w.is($tag, $text);)*
                $(w.comes(&[$($read),+]);)?
                w.limited(
                    &RULES,
                    &[$((
                        { let _name = ::core::stringify!($field); $(let _name = $wire;)? _name },
                        rt::$need,
                        &self.$field,
                    )),*],
                    &self.$extra,
                );
            }
        }

        rt::models!($name);
    };
}

/// Lends the places of a tuple to the codec: `rt::tuple!(Pair, extra, (REQ, item_0), (OPT, item_1));`. With `closed` before
/// the name of the items behind them there should be none.
#[doc(hidden)]
#[macro_export]
macro_rules! __tuple {
    ($name:ident, closed $extra:ident $(, ($need:ident, $field:ident))* $(,)?) => {
        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                r.tuple(&mut [$((rt::$need, &mut self.$field)),*], &mut rt::ClosedItems(&mut self.$extra))
            }
        }

        rt::tuple!(@encode $name, $extra $(, ($need, $field))*);
    };
    ($name:ident, $extra:ident $(, ($need:ident, $field:ident))* $(,)?) => {
        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> ::core::result::Result<(), rt::Stop> {
                r.tuple(&mut [$((rt::$need, &mut self.$field)),*], &mut self.$extra)
            }
        }

        rt::tuple!(@encode $name, $extra $(, ($need, $field))*);
    };
    (@encode $name:ident, $extra:ident $(, ($need:ident, $field:ident))*) => {
        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                w.tuple(&[$((rt::$need, &self.$field)),*], &self.$extra);
            }
        }

        rt::models!($name);
    };
}
