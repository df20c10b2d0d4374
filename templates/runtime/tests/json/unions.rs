//! Unions of every kind.

use crate::rt::{self, Kind, Union, Variant};

/// A struct of optional (`?`) and required members, as emitted.
macro_rules! model {
    ($name:ident { $($field:ident $wire:literal $need:ident $type:ty),* }) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $(pub $field: $type,)*
            pub extra: rt::Extra,
        }

        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
                r.object(&mut [$(($wire, rt::$need, &mut self.$field)),*], &mut self.extra)
            }
        }

        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                w.object(&[$(($wire, rt::$need, &self.$field)),*], &self.extra);
            }
        }
    };
}

/// A union as emitted, with or without a tag.
macro_rules! union {
    ($name:ident, $table:ident, $encode:ident, $($number:literal $variant:ident $type:ty),*) => {
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($variant($type),)*
            Unknown(rt::Value),
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(rt::Value::Null)
            }
        }

        impl rt::Decode for $name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
                r.union(&$table, &mut |r, variant| {
                    *self = match variant {
                        $($number => Self::$variant(r.value()?),)*
                        _ => Self::Unknown(r.value()?),
                    };
                    Ok(())
                })
            }
        }

        union!(@$encode $name, $table, $($number $variant),*);
    };
    (@value $name:ident, $table:ident, $($number:literal $variant:ident),*) => {
        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                w.value(match self {
                    $(Self::$variant(value) => value,)*
                    Self::Unknown(value) => value,
                });
            }
        }
    };
    (@tagged $name:ident, $table:ident, $($number:literal $variant:ident),*) => {
        impl rt::Encode for $name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                match self {
                    $(Self::$variant(value) => w.tagged(&$table, $number, value),)*
                    Self::Unknown(value) => w.value(value),
                }
            }
        }
    };
}

model!(Cat { kind "type" REQ String, lives "lives" REQ u32 });
model!(Dog { kind "type" OPT Option<String>, bark "bark" OPT Option<String>, friend "friend" OPT Option<Box<Pet>> });
model!(Fish { fins "fins" OPT Option<u32> });

static PET: Union = Union::new(
    "Pet",
    &[
        Variant::new("Cat").kinds(&[Kind::Object]).tags(&["cat"]),
        Variant::new("Dog").kinds(&[Kind::Object]).tags(&["dog", "puppy"]),
        Variant::new("Fish").kinds(&[Kind::Object]).tags(&["fish", "7"]),
        Variant::new("Name").kinds(&[Kind::String]),
    ],
)
.tag("type");
union!(Pet, PET, tagged, 0 Cat Cat, 1 Dog Dog, 2 Fish Fish, 3 Name String);
rt::models!(Cat, Dog, Fish, Pet);

fn read<T: rt::Decode + Default>(text: &str) -> T {
    rt::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn round<T: rt::Decode + rt::Encode + Default>(text: &str) -> T {
    let value: T = read(text);
    assert_eq!(rt::to_value(&value).unwrap(), text.parse().unwrap(), "{text}");
    value
}

#[test]
fn by_tag() {
    assert!(matches!(round(r#"{"type": "cat", "lives": 9}"#), Pet::Cat(Cat { lives: 9, .. })));
    assert!(matches!(round(r#"{"lives": 9, "x": {"type": "dog"}, "type": "cat"}"#), Pet::Cat(_)));
    assert!(matches!(round(r#"{"type": "puppy", "bark": null}"#), Pet::Dog(_)));
    assert!(matches!(round(r#"{"type": "\u0064og"}"#), Pet::Dog(_)));
    assert!(matches!(round(r#"{"type": "fish", "fins": 2}"#), Pet::Fish(_)));
    assert!(matches!(round(r#"{"fins": 2, "type": 7}"#), Pet::Fish(_)));
    assert_eq!(round::<Pet>(r#""Rex""#), Pet::Name("Rex".into()));
    assert!(matches!(
        round(r#"{"type": "dog", "friend": {"friend": {"lives": 1, "type": "cat"}, "type": "dog"}}"#),
        Pet::Dog(Dog { friend: Some(_), .. })
    ));
}

#[test]
fn by_tag_but_unknown() {
    for text in [
        r#"{"type": "bird", "wings": [2.0]}"#,
        r#"{"type": ""}"#,
        r#"{"type": null}"#,
        r#"{"type": ["cat"]}"#,
        r#"{"lives": 9}"#,
        "{}",
        "[]",
        "null",
        "1.0",
    ] {
        assert_eq!(round::<Pet>(text), Pet::Unknown(text.parse().unwrap()), "{text}");
    }
}

#[test]
fn what_the_tag_tells_has_to_decode() {
    let error = rt::from_str::<Vec<Pet>>(r#"["x", {"type": "cat", "lives": "nine"}]"#).unwrap_err();
    assert_eq!((error.path(), error.expected()), ("$[1].lives", "integer"));
    let error = rt::from_str::<Pet>(r#"{"type": "cat"}"#).unwrap_err();
    assert_eq!(error.expected(), r#"member "lives""#);
    rt::from_str::<Pet>(r#"{"type": "cat", "lives": 1"#).unwrap_err();
    rt::from_str::<Pet>(r#"{"type" "cat"}"#).unwrap_err();
}

#[test]
fn a_blank_tag_is_filled_in() {
    let text = |pet: Pet| rt::to_string(&pet).unwrap();
    assert_eq!(text(Pet::Cat(Cat { lives: 9, ..Cat::default() })), r#"{"type":"cat","lives":9}"#);
    assert_eq!(text(Pet::Dog(Dog { bark: Some("w".into()), ..Dog::default() })), r#"{"type":"dog","bark":"w"}"#);
    assert_eq!(text(Pet::Fish(Fish { fins: Some(2), ..Fish::default() })), r#"{"type":"fish","fins":2}"#);
    // What is set is left.
    assert_eq!(text(Pet::Dog(Dog { kind: Some("puppy".into()), ..Dog::default() })), r#"{"type":"puppy"}"#);
    let mut fish = Fish::default();
    fish.extra.insert("type", "7".into());
    assert_eq!(text(Pet::Fish(fish)), r#"{"type":"7"}"#);
    // The tag is that of the object itself, not of the ones inside of it or after it.
    let dog = Dog { friend: Some(Box::new(Pet::Cat(Cat::default()))), ..Dog::default() };
    assert_eq!(text(Pet::Dog(dog)), r#"{"type":"dog","friend":{"type":"cat","lives":0}}"#);
    let pets = vec![Pet::Name("x".into()), Pet::Unknown(rt::Value::object([("a", 1)])), Pet::Fish(Fish::default())];
    assert_eq!(rt::to_string(&pets).unwrap(), r#"["x",{"a":1},{"type":"fish"}]"#);
}

model!(Card { number "number" REQ String, code "code" OPT Option<u32> });
model!(Account { iban "iban" REQ String, code "code" OPT Option<u32> });
model!(Cash { method "method" REQ String });

static PAYMENT: Union = Union::new(
    "Payment",
    &[
        Variant::new("Card").kinds(&[Kind::Object]).keys(&["number"]),
        Variant::new("Account").kinds(&[Kind::Object]).keys(&["iban"]),
        Variant::new("Cash").kinds(&[Kind::Object]).keys(&["method"]).consts(&[("method", &[r#""cash""#, "1"])]),
    ],
);
union!(Payment, PAYMENT, value, 0 Card Card, 1 Account Account, 2 Cash Cash);

#[test]
fn by_keys() {
    assert!(matches!(round(r#"{"code": 1, "number": "4"}"#), Payment::Card(_)));
    assert!(matches!(round(r#"{"code": 1, "iban": "4"}"#), Payment::Account(_)));
    assert!(matches!(round(r#"{"method": "c\u0061sh"}"#), Payment::Cash(_)));
    // A value of the wrong type, a constant that is another one, no key at all.
    for text in [r#"{"number": 4}"#, r#"{"method": "check"}"#, r#"{"method": 1.0}"#, r#"{"code": 1}"#, "[]", "7"] {
        assert!(matches!(round(text), Payment::Unknown(_)), "{text}");
    }
    // Both keys: both decode, each with one member that it does not know, so the first counts.
    assert!(matches!(round(r#"{"number": "4", "iban": "5"}"#), Payment::Card(_)));
    // Both keys, but one does not decode.
    assert!(matches!(round(r#"{"number": 4, "iban": "5"}"#), Payment::Account(_)));
}

#[test]
fn broken_text_is_no_unknown_value() {
    for text in [r#"{"number": "4""#, r#"{"number": tru}"#, r#"{"number": "4", "x": [1, }"#, "[", "{"] {
        rt::from_str::<Payment>(text).unwrap_err();
        rt::from_str::<Free>(text).unwrap_err();
    }
}

model!(Small { a "a" OPT Option<u32> });
model!(Large { a "a" OPT Option<u32>, b "b" OPT Option<u32> });
model!(Named { a "a" OPT Option<rt::Value>, state "state" OPT Option<crate::models::State> });
model!(When { at "at" OPT Option<rt::DateTime> });
model!(Text { at "at" OPT Option<String> });

static FREE: Union = Union::new(
    "Free",
    &[
        Variant::new("Small"),
        Variant::new("Large"),
        Variant::new("Named"),
        Variant::new("List"),
        Variant::new("Count"),
        Variant::new("Ratio"),
        Variant::new("When"),
        Variant::new("Text"),
    ],
);
union!(Free, FREE, value, 0 Small Small, 1 Large Large, 2 Named Named, 3 List Vec<Free>, 4 Count i32, 5 Ratio f64, 6 When When, 7 Text Text);

#[test]
fn by_trial() {
    // The first of those that know everything.
    assert!(matches!(round(r#"{"a": 1}"#), Free::Small(_)));
    assert!(matches!(round("{}"), Free::Small(_)));
    // The one that knows most.
    assert!(matches!(round(r#"{"a": 1, "b": 2}"#), Free::Large(_)));
    assert!(matches!(round(r#"{"a": 1, "b": 2, "c": 3}"#), Free::Large(_)));
    assert!(matches!(round(r#"{"a": 1, "state": "active"}"#), Free::Named(_)));
    // A member without a field is allowed; a value that is not listed is not.
    assert!(matches!(round(r#"{"a": 1, "state": "other"}"#), Free::Small(_)));
    assert!(matches!(round(r#"{"a": "x", "state": "other"}"#), Free::Named(_)));
    // The one that decodes at all.
    assert!(matches!(round(r#"{"a": "x"}"#), Free::Named(_)));
    assert!(matches!(round(r#"{"a": 1, "b": "x", "state": "!="}"#), Free::Named(_)));
    assert!(matches!(round(r#"{"at": "2024-01-01T00:00:00Z"}"#), Free::When(_)));
    assert!(matches!(round(r#"{"at": "noon"}"#), Free::Text(_)));
    assert_eq!(round::<Free>("1"), Free::Count(1));
    assert_eq!(round::<Free>("1.5"), Free::Ratio(1.5));
    assert_eq!(round::<Free>("3000000000"), Free::Ratio(3e9));
    assert!(
        matches!(round(r#"[{"b": 1}, [1.5], "x"]"#), Free::List(list) if matches!(list[..], [Free::Large(_), Free::List(_), Free::Unknown(_)]))
    );
    assert_eq!(round::<Free>("true"), Free::Unknown(true.into()));
}

#[test]
fn the_choice_does_not_depend_on_the_order_of_members() {
    for text in [r#"{"b": 2, "a": 1}"#, r#"{"a": 1, "b": 2}"#, r#"{"b": 2, "x": 0, "a": 1}"#] {
        assert!(matches!(round(text), Free::Large(_)), "{text}");
    }
}

model!(Leaf { value "value" REQ i64 });
model!(Not { arg "arg" REQ Box<Expr>, not "not" REQ bool });
model!(Both { left "left" REQ Box<Expr>, right "right" REQ Box<Expr> });
model!(Wrap { arg "arg" REQ Box<Expr>, wrap "wrap" OPT Option<bool> });

static EXPR: Union =
    Union::new("Expr", &[Variant::new("Not"), Variant::new("Wrap"), Variant::new("Both"), Variant::new("Leaf")]);
union!(Expr, EXPR, value, 0 Not Not, 1 Wrap Wrap, 2 Both Both, 3 Leaf Leaf);

#[test]
fn nested_trials_do_not_double_the_work_with_every_level() {
    // Two variants decode at each level and two more fail late; without a memory that is four to the power of 100.
    for (close, whole) in [(r#", "not": true}"#, true), (r#", "wrap": 1}"#, false), ("}", true)] {
        let text = format!(r#"{}{{"value": 1}}{}"#, r#"{"arg": "#.repeat(100), close.repeat(100));
        let expr: Expr = round(&text);
        assert_eq!(!matches!(expr, Expr::Unknown(_)), whole, "{close}");
    }
    let mut text = r#"{"value": "wrong"}"#.to_owned();
    for _ in 0..60 {
        text = format!(r#"{{"left": {text}, "right": {{"value": 1}}}}"#);
    }
    assert!(matches!(round(&text), Expr::Both(_)));
}

#[test]
fn recursion_ends() {
    assert_eq!(Expr::default(), Expr::Unknown(rt::Value::Null));
    assert_eq!(Not::default().arg, Box::new(Expr::Unknown(rt::Value::Null)));
    let deep = format!("{}1{}", r#"{"arg": "#.repeat(600), "}".repeat(600));
    assert_eq!(rt::from_str::<Expr>(&deep).unwrap_err().found(), "deeper nesting");
}

#[test]
fn optional_unions() {
    model!(Holder { pet "pet" OPT Option<Pet>, pets "pets" REQ Vec<Pet>, any "any" REQ Pet, maybe "maybe" OPT rt::Maybe<Pet> });
    let holder: Holder = round(r#"{"pet": null, "pets": ["x", null, {"type": "dog"}], "any": null, "maybe": null}"#);
    assert_eq!(holder.pet, None);
    assert_eq!(holder.any, Pet::Unknown(rt::Value::Null));
    assert_eq!(holder.maybe, rt::Maybe::Null);
    assert_eq!(holder.pets[1], Pet::Unknown(rt::Value::Null));
    round::<Holder>(r#"{"maybe": {"type": "zebra"}, "any": "x", "pets": [], "pet": {"type": "cat", "lives": 0}}"#);
    round::<Holder>(r#"{"pets": [], "any": {"type": "dog"}, "pet": {"type": "dog"}}"#);
    let twice: Holder = read(r#"{"pets": [], "any": {"type": "dog", "bark": "w"}, "any": {"type": "dog"}}"#);
    assert_eq!(twice.any, Pet::Dog(Dog { kind: Some("dog".into()), ..Dog::default() }));
}

#[test]
fn reasons_are_told() {
    let notes = rt::explain::<Vec<Payment>>(r#"[{"iban": "1"}, {"number": 4, "method": "check"}, 7]"#).unwrap();
    let notes: Vec<_> = notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 6, "{notes:#?}");
    assert!(
        notes[0].starts_with("Payment is not Card: expected string, found number at $[1].number (byte 27): "),
        "{notes:#?}"
    );
    assert!(notes[1].starts_with(r#"Payment is not Account: expected member "iban", found object without it at $[1]"#));
    assert!(notes[2].starts_with(r#"Payment is not Cash: expected "cash" or 1, found string at $[1].method"#));
    assert!(notes[3].starts_with("Payment is not Card: expected object, found number at $[2]"));

    let notes = rt::explain::<Pet>(r#"{"type": "bird"}"#).unwrap();
    assert_eq!((notes[0].union(), notes[0].variant()), ("Pet", "Cat"));
    assert_eq!(notes[0].error().expected(), r#"tag "cat""#);
    assert!(rt::explain::<Pet>(r#"{"type": "cat", "lives": 1}"#).unwrap().is_empty());

    // Only what stays unknown in the end is told, not what is unknown in a variant that was only tried.
    let notes = rt::explain::<Expr>(r#"{"arg": {"value": 1}, "not": true}"#).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    let notes = rt::explain::<Expr>(r#"{"arg": {"value": "x"}, "not": true}"#).unwrap();
    assert!(notes.iter().all(|note| note.error().path().starts_with("$.arg")), "{notes:?}");
    assert_eq!(notes.len(), 4);
    rt::explain::<Expr>("{").unwrap_err();
}

#[test]
fn unions_are_small_values() {
    assert_eq!(rt::Encode::to_value(&Pet::Name("x".into())), "x".into());
    assert_eq!(rt::Encode::to_value(&Free::Count(3)), 3.into());
}
