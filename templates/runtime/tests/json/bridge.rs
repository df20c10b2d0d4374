//! Models in serde's formats.

use crate::documents::{Rng, document, trigger};
use crate::models::{Level, State, Trigger};
use crate::rt::{self, Map, Number, Value};

#[test]
fn through_serde_json() {
    let mut rng = Rng(0xb71d6e);
    for _ in 0..500 {
        let text = trigger(&mut rng, 2);
        let model: Trigger = rt::from_str(&text).unwrap();
        let by_serde: Trigger = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(by_serde, model);
        let written = serde_json::to_string(&model).unwrap();
        assert_eq!(written.parse::<Value>().unwrap(), rt::to_value(&model).unwrap());
        let value = serde_json::to_value(&model).unwrap();
        assert_eq!(serde_json::from_value::<Trigger>(value).unwrap(), model);
        assert_eq!(serde_json::from_reader::<_, Trigger>(text.as_bytes()).unwrap(), model);
    }
}

#[test]
fn through_yaml() {
    let mut rng = Rng(0x7a41);
    for _ in 0..300 {
        let text = trigger(&mut rng, 2);
        let model: Trigger = rt::from_str(&text).unwrap();
        let yaml = serde_yaml::to_string(&model).unwrap();
        let again: Trigger = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        assert_eq!(again, model, "{yaml}");
    }
    let yaml = "name: n\nstate: active\nlabels: {1: one, true: yes, x: ''}\nanything: {~: .5, 2.5: [0x10]}\n";
    let model: Trigger = serde_yaml::from_str(yaml).unwrap();
    assert_eq!(
        rt::to_string(&model).unwrap(),
        r#"{"name":"n","state":"active","labels":{"1":"one","true":"yes","x":""},"anything":{"null":0.5,"2.5":[16]}}"#
    );
}

#[test]
fn free_values() {
    let mut rng = Rng(0xf4ee);
    for _ in 0..1000 {
        let text = document(&mut rng);
        let value: Value = text.parse().unwrap();
        if text.contains("e400") || text.contains("0.10000000") {
            continue; // beyond what serde's data model can hold
        }
        let written = serde_json::to_string(&value).unwrap();
        let mut plain = value.to_string();
        // An integer of more than 128 bits would become a float; the documents have none.
        for (exact, float) in [("1E-3", "0.001"), ("2.5e+10", "25000000000.0"), ("1e3", "1000.0"), ("-1e-400", "-0.0")]
        {
            plain = plain.replace(exact, float);
        }
        assert_eq!(written.parse::<Value>().unwrap(), plain.parse().unwrap(), "{text}");
        let again: Value = serde_json::from_str(&plain).unwrap_or_else(|error| panic!("{error} {plain}"));
        if !plain.contains("123456789012345678901234567890") && !plain.contains("18446744073709551616") {
            assert_eq!(again, plain.parse().unwrap(), "{plain}");
        }
    }
}

#[test]
fn large_integers() {
    for text in [
        "18446744073709551615",
        "-9223372036854775808",
        "170141183460469231731687303715884105727",
        "340282366920938463463374607431768211455",
    ] {
        let number: Number = text.parse().unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), text);
        assert_eq!(serde_yaml::to_string(&number).unwrap().trim(), text);
        assert_eq!(serde_yaml::from_str::<Number>(text).unwrap().as_str(), text);
    }
    serde_json::to_string(&"1e400".parse::<Number>().unwrap()).unwrap_err();
}

#[test]
fn enums_and_maps() {
    assert_eq!(serde_json::to_string(&[State::Ne, State::from("x")]).unwrap(), r#"["!=","x"]"#);
    assert_eq!(serde_json::from_str::<Vec<Level>>("[1.0, 9]").unwrap(), [Level::Low, Level::Unknown(9.into())]);
    let map: Map<u8> = serde_json::from_str(r#"{"b": 1, "a": 2}"#).unwrap();
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"b":1,"a":2}"#);
    assert_eq!(serde_json::from_str::<rt::DateTime>(r#""x""#).unwrap().as_str(), "x");
    assert_eq!(serde_json::to_string(&rt::Date::from("2024-01-01")).unwrap(), r#""2024-01-01""#);
}

#[test]
fn inside_derived_types() {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Cached {
        at: u64,
        trigger: Trigger,
        rest: Vec<Value>,
    }
    let text = r#"{"at":1,"trigger":{"name":"n","state":null,"x":[1,{}]},"rest":[null,{"a":{}}]}"#;
    let cached: Cached = serde_json::from_str(text).unwrap();
    assert_eq!(cached.trigger.name, "n");
    assert_eq!(serde_json::to_string(&cached).unwrap(), text);
    let yaml = serde_yaml::to_string(&cached).unwrap();
    assert_eq!(serde_yaml::from_str::<Cached>(&yaml).unwrap(), cached);
}

#[test]
fn errors_have_the_path_within_the_model() {
    let text = r#"[{"name": "n", "state": null, "owner": {"id": "x", "home": {}}}]"#;
    let error = serde_json::from_str::<Vec<Trigger>>(text).unwrap_err().to_string();
    assert!(error.starts_with("expected integer, found string at $.owner.id "), "{error}");
    assert!(error.ends_with("at line 1 column 64"), "{error}");
    let error =
        serde_json::to_string(&Trigger { ratio: Some(f64::NAN), ..Trigger::default() }).unwrap_err().to_string();
    assert!(error.contains("$.ratio"), "{error}");
    serde_yaml::from_str::<Value>("!!binary x: .nan").unwrap_err();
    let error = serde_yaml::from_str::<Value>("[1, .nan]").unwrap_err().to_string();
    assert!(error.contains("finite number"), "{error}");
}

/// A serializer that wants to know the size of every container beforehand sees the right ones.
#[test]
fn sizes_are_told() {
    use serde::ser::{Impossible, SerializeMap, SerializeSeq};
    use serde::{Serialize, Serializer};

    struct Sizes(Vec<usize>);
    struct Container<'s>(&'s mut Sizes);
    type Bad = serde::de::value::Error;

    impl SerializeSeq for Container<'_> {
        type Ok = ();
        type Error = Bad;
        fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Bad> {
            value.serialize(&mut *self.0)
        }
        fn end(self) -> Result<(), Bad> {
            Ok(())
        }
    }

    impl SerializeMap for Container<'_> {
        type Ok = ();
        type Error = Bad;
        fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Bad> {
            Ok(())
        }
        fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Bad> {
            value.serialize(&mut *self.0)
        }
        fn end(self) -> Result<(), Bad> {
            Ok(())
        }
    }

    macro_rules! nothing {
        ($($method:ident($type:ty);)*) => {
            $(fn $method(self, _: $type) -> Result<(), Bad> { Ok(()) })*
        };
    }

    impl<'s> Serializer for &'s mut Sizes {
        type Ok = ();
        type Error = Bad;
        type SerializeSeq = Container<'s>;
        type SerializeMap = Container<'s>;
        type SerializeTuple = Impossible<(), Bad>;
        type SerializeTupleStruct = Impossible<(), Bad>;
        type SerializeTupleVariant = Impossible<(), Bad>;
        type SerializeStruct = Impossible<(), Bad>;
        type SerializeStructVariant = Impossible<(), Bad>;
        nothing! {
            serialize_bool(bool); serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64);
            serialize_u8(u8); serialize_u16(u16); serialize_u32(u32); serialize_u64(u64); serialize_f32(f32);
            serialize_f64(f64); serialize_char(char); serialize_str(&str); serialize_bytes(&[u8]);
            serialize_unit_struct(&'static str);
        }
        fn serialize_none(self) -> Result<(), Bad> {
            Ok(())
        }
        fn serialize_unit(self) -> Result<(), Bad> {
            Ok(())
        }
        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Bad> {
            value.serialize(self)
        }
        fn serialize_seq(self, size: Option<usize>) -> Result<Container<'s>, Bad> {
            self.0.extend(size);
            Ok(Container(self))
        }
        fn serialize_map(self, size: Option<usize>) -> Result<Container<'s>, Bad> {
            self.serialize_seq(size)
        }
        fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Bad> {
            Ok(())
        }
        fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Bad> {
            value.serialize(self)
        }
        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            value: &T,
        ) -> Result<(), Bad> {
            value.serialize(self)
        }
        fn serialize_tuple(self, _: usize) -> Result<Impossible<(), Bad>, Bad> {
            Err(serde::ser::Error::custom("tuple"))
        }
        fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Bad>, Bad> {
            Err(serde::ser::Error::custom("tuple"))
        }
        fn serialize_tuple_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Impossible<(), Bad>, Bad> {
            Err(serde::ser::Error::custom("tuple"))
        }
        fn serialize_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Bad>, Bad> {
            Err(serde::ser::Error::custom("struct"))
        }
        fn serialize_struct_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Impossible<(), Bad>, Bad> {
            Err(serde::ser::Error::custom("struct"))
        }
    }

    let value: Value = r#"{"a,[": [1, [], [{}, "x,\"]"]], "b": {"c": {}}}"#.parse().unwrap();
    let mut sizes = Sizes(Vec::new());
    value.serialize(&mut sizes).unwrap();
    assert_eq!(sizes.0, [2, 3, 0, 2, 0, 1, 0]);
}
