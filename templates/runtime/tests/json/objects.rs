//! The rules of the loop that reads and writes models.

use crate::models::{Home, Owner, State, Trigger};
use crate::rt::{self, Decode, Encode, Extra, Maybe, Need, Reader, Stop, Value, Writer};

fn read(text: &str) -> Trigger {
    rt::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn error(text: &str) -> String {
    rt::from_str::<Trigger>(text).unwrap_err().to_string()
}

#[test]
fn members_in_any_order() {
    let expected = Trigger { id: Some("i".into()), name: "n".into(), ..Trigger::default() };
    assert_eq!(read(r#"{"id":"i","name":"n","state":null}"#), expected);
    assert_eq!(read(r#" { "state" : null , "name" : "n" , "id" : "i" } "#), expected);
}

#[test]
fn unknown_members_are_kept_in_order() {
    let trigger = read(r#"{"z":1.0,"name":"n","b":[{}],"state":null,"a":null}"#);
    assert_eq!(trigger.extra.keys().collect::<Vec<_>>(), ["z", "b", "a"]);
    assert_eq!(rt::to_string(&trigger).unwrap(), r#"{"name":"n","state":null,"z":1.0,"b":[{}],"a":null}"#);
}

#[test]
fn of_duplicates_the_last_counts() {
    let trigger = read(
        r#"{"name":"a","state":"active","x":1,"name":"b","state":null,"y":2,"x":3,"tags":["a","b"],"tags":["c"]}"#,
    );
    assert_eq!(trigger.name, "b");
    assert_eq!(trigger.state, None);
    assert_eq!(trigger.tags, Some(vec!["c".into()]));
    assert_eq!(trigger.extra, [("x", Value::from(3)), ("y", 2.into())].into_iter().collect());
    assert_eq!(trigger.extra.keys().collect::<Vec<_>>(), ["x", "y"]);
}

#[test]
fn duplicates_do_not_mix() {
    let owner: Owner = rt::from_str(
        r#"{"id":1,"home":{"city":"A","x":1,"street":null},"nick":"n","home":{"street":"S"},"a":1,"a":2,"nick":null}"#,
    )
    .unwrap();
    assert_eq!(owner.home, Home { street: Some("S".into()), ..Home::default() });
    assert_eq!(owner.nick, None);
    assert_eq!(owner.extra.get("a"), Some(&2));

    // Also where the struct is not the member itself but inside of it.
    let trigger = read(
        r#"{"owner":{"id":1,"home":{"city":"A"},"nick":"n","q":1},"owner":{"id":2,"home":{}},"name":"n","state":null}"#,
    );
    assert_eq!(trigger.owner, Some(Owner { id: 2, ..Owner::default() }));
}

#[test]
fn null_for_an_optional_member_is_absent_but_not_lost() {
    let text = r#"{"id":null,"name":"n","state":null,"tags":null,"owner":null,"created":null}"#;
    let trigger = read(text);
    assert_eq!((&trigger.id, &trigger.tags, &trigger.owner), (&None, &None, &None));
    assert_eq!(trigger.extra.keys().collect::<Vec<_>>(), ["id", "tags", "owner", "created"]);
    assert_eq!(rt::to_value(&trigger).unwrap(), text.parse().unwrap());

    // Once the field is set, the null that was received gives way.
    let trigger = Trigger { id: Some("x".into()), ..trigger };
    assert_eq!(
        rt::to_string(&trigger).unwrap(),
        r#"{"id":"x","name":"n","state":null,"tags":null,"owner":null,"created":null}"#
    );
}

#[test]
fn null_after_a_value_and_before_one() {
    let trigger = read(r#"{"id":"x","name":"n","state":null,"id":null}"#);
    assert_eq!(trigger.id, None);
    assert_eq!(rt::to_string(&trigger).unwrap(), r#"{"name":"n","state":null,"id":null}"#);
    let trigger = read(r#"{"id":null,"name":"n","state":null,"id":"x"}"#);
    assert_eq!(rt::to_string(&trigger).unwrap(), r#"{"id":"x","name":"n","state":null}"#);
}

#[test]
fn null_is_a_value_where_the_type_keeps_it() {
    let trigger = read(r#"{"name":"n","note":null,"state":null,"anything":null}"#);
    assert_eq!(trigger.note, Maybe::Null);
    assert_eq!(trigger.anything, Some(Value::Null));
    assert!(trigger.extra.is_empty());
    assert_eq!(rt::to_string(&trigger).unwrap(), r#"{"name":"n","note":null,"state":null,"anything":null}"#);
}

#[test]
fn typed_extra_has_no_place_for_null() {
    let owner: Owner = rt::from_str(r#"{"id":1,"home":{},"nick":null,"a":2}"#).unwrap();
    assert_eq!(rt::to_string(&owner).unwrap(), r#"{"id":1,"home":{},"a":2}"#);
    let error = rt::from_str::<Owner>(r#"{"id":1,"home":{},"a":"x"}"#).unwrap_err();
    assert_eq!(error.path(), "$.a");
    assert_eq!(error.expected(), "integer");
}

#[test]
fn required_members() {
    assert_eq!(
        error(r#"{"state":null}"#),
        r#"expected member "name", found object without it at $ (byte 0): {"state":null}"#
    );
    // Nullable is not optional.
    assert!(error(r#"{"name":"n"}"#).starts_with(r#"expected member "state""#));
    assert!(error(r#"{"name":null,"state":null}"#).starts_with("expected string, found null at $.name (byte 8)"));
    assert!(
        error(r#"{"name":"n","state":null,"owner":{"id":1}}"#)
            .starts_with(r#"expected member "home", found object without it at $.owner"#)
    );
}

#[test]
fn required_is_written_and_absent_is_not() {
    assert_eq!(rt::to_string(&Trigger::default()).unwrap(), r#"{"name":"","state":null}"#);
    let trigger = Trigger { state: Some(State::NotActive), note: Maybe::Null, ..Trigger::default() };
    assert_eq!(rt::to_string(&trigger).unwrap(), r#"{"name":"","note":null,"state":"not active"}"#);
}

#[test]
fn names_that_need_escapes() {
    let text = r#"{"name":"","state":null,"Date/\"Time\" \\ é":"x"}"#;
    let trigger = read(text);
    assert_eq!(trigger.odd.as_deref(), Some("x"));
    assert_eq!(rt::to_string(&trigger).unwrap(), text);
    // The same name, escaped in another way.
    let trigger = read(r#"{"n\u0061me":"x","state":null,"Date\/\u0022Time\" \\ \u00e9":"y"}"#);
    assert_eq!((trigger.name.as_str(), trigger.odd.as_deref()), ("x", Some("y")));
}

#[test]
fn extra_does_not_repeat_a_field() {
    let mut trigger = Trigger { id: Some("x".into()), ..Trigger::default() };
    trigger.extra.insert("id", "other".into());
    trigger.extra.insert("size", 3.into());
    trigger.extra.insert("name", "other".into());
    assert_eq!(rt::to_string(&trigger).unwrap(), r#"{"id":"x","name":"","state":null,"size":3}"#);
}

#[test]
fn only_objects() {
    assert!(error("[]").starts_with("expected object, found array at $ (byte 0)"));
    assert!(error(r#""x""#).starts_with("expected object, found string"));
}

/// A type of very many fields.
struct Wide {
    names: Vec<&'static str>,
    values: Vec<Option<u32>>,
    extra: Extra,
}

impl Wide {
    fn new(size: usize) -> Self {
        let names = (0..size).map(|n| &*format!("field{n}").leak()).collect();
        Self { names, values: vec![None; size], extra: Extra::new() }
    }
}

impl Decode for Wide {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        let mut fields: Vec<(&'static str, Need, &mut dyn Decode)> = Vec::new();
        for (name, value) in self.names.iter().zip(&mut self.values) {
            fields.push((name, Need::Opt, value));
        }
        r.object(&mut fields, &mut self.extra)
    }
}

impl Encode for Wide {
    fn encode(&self, w: &mut Writer) {
        let mut fields: Vec<(&'static str, Need, &dyn Encode)> = Vec::new();
        for (name, value) in self.names.iter().zip(&self.values) {
            fields.push((name, Need::Opt, value));
        }
        w.object(&fields, &self.extra);
    }
}

#[test]
fn very_many_fields_in_every_order() {
    for size in [1, 255, 256, 257, 300, 1000] {
        for stride in [1, 7, size - 1, size / 2 + 1] {
            let mut wide = Wide::new(size);
            let members: Vec<_> = (0..size).map(|n| (n * stride) % size).collect();
            let text: Vec<_> = members.iter().map(|n| format!(r#""field{n}":{n},"other{n}":true"#)).collect();
            let text = format!("{{{}}}", text.join(","));
            wide.decode(&mut Reader::new(&text)).unwrap();
            for n in &members {
                assert_eq!(wide.values[*n], u32::try_from(*n).ok(), "{size} {stride}");
            }
            assert_eq!(rt::to_value(&wide).unwrap(), text.parse().unwrap());
        }
    }
}

#[test]
fn an_index_is_kept_across_objects_and_types() {
    let names = ["state", "ratio", "total", "size", "level", "created", "tags", "name", "id", "enabled"];
    let values = [r#""active""#, "0.5", "2", "1", "1", r#""x""#, "[]", r#""n""#, r#""i""#, "true"];
    let mut members: Vec<String> =
        names.iter().zip(values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
    let mut texts = Vec::new();
    for n in 0..40 {
        members.rotate_left(n % 7);
        members.swap(n % 10, (n * 3) % 10);
        texts.push(format!(r#"{{{},"owner":{{"x":1,"home":{{"q":1}},"id":{n}}},"more":{n}}}"#, members.join(",")));
    }
    let text = format!("[{}]", texts.join(","));
    let triggers: Vec<Trigger> = rt::from_str(&text).unwrap();
    assert!(triggers.iter().all(|trigger| trigger.size == Some(1) && trigger.extra.len() == 1));
    assert_eq!(rt::to_value(&triggers).unwrap(), text.parse().unwrap());
}

mod comes {
    use crate::rt;

    rt::object! {
        /// Half of what a server says of itself, and half of what it is told.
        pub struct Account, extra: rt::Extra, is("kind", "plain"), comes("id", "kind") {
            OPT "id" id: Option<String>,
            OPT "kind" kind: Option<String>,
            OPT "name" name: Option<String>,
            OPT "parent" parent: Option<Box<Account>>,
        }
    }
}

#[test]
fn what_only_comes_is_not_sent() {
    use comes::Account;

    let text = r#"{"id":"1","kind":"plain","name":"a","parent":{"id":null,"kind":"plain","new":1}}"#;
    let account: Account = rt::from_str(text).unwrap();
    // As a value of its own it is whole …
    assert_eq!(rt::to_value(&account).unwrap(), text.parse().unwrap());
    // … and on the way to the server its id is missing, wherever it stands, but not what tells its kind.
    let sent = r#"{"kind":"plain","name":"a","parent":{"kind":"plain","new":1}}"#;
    let payload = clientsmith_runtime::codegen::Payload::json("application/json", &account).unwrap();
    assert_eq!(payload.as_bytes().map(String::from_utf8_lossy).as_deref(), Some(sent));
}

/// Says what it is in a member that has no field.
mod constants {
    use crate::rt;

    rt::object! {
        pub struct Circle, extra: rt::Extra, says("kind", "circle"), says("unit", "mm") {
            REQ "radius" radius: u8,
        }
    }

    rt::object! {
        pub struct Done, extra: rt::Extra, says("done", true) {}
    }

    // The description of the union calls a circle something else as well.
    rt::union! {
        pub enum Shape, Unknown, SHAPE, tag "kind" {
            0 Circle(Circle) [.kinds(&[Object]).tags(&["a-circle", "circle"])],
        }
    }

    rt::object! {
        pub struct Alone, extra closed: rt::Extra, says("kind", "alone") {}
    }
}

#[test]
fn a_constant_is_written_and_expected_without_a_field() {
    use constants::{Alone, Circle, Done};
    let circle = Circle { radius: 2, ..Circle::default() };
    assert_eq!(rt::to_string(&circle).unwrap(), r#"{"kind":"circle","unit":"mm","radius":2}"#);
    assert_eq!(rt::from_str::<Circle>(r#"{"radius":2,"unit":"mm","kind":"circle"}"#).unwrap(), circle);
    assert_eq!(rt::to_string(&Alone::default()).unwrap(), r#"{"kind":"alone"}"#);
    assert_eq!(rt::from_str::<Alone>(r#"{"kind":"\u0061lone"}"#).unwrap(), Alone::default());
    assert_eq!(rt::to_string(&Done::default()).unwrap(), r#"{"done":true}"#);
    assert_eq!(rt::from_str::<Done>(r#"{"done":true}"#).unwrap(), Done::default());
    let missing = rt::from_str::<Circle>(r#"{"radius":2,"kind":"circle"}"#).unwrap_err().to_string();
    assert!(missing.contains("unit"), "{missing}");
}

#[test]
fn what_a_constant_says_instead_is_not_lost() {
    for other in [r#""square""#, "1", "null", r#"{"a":[1]}"#] {
        let text = format!(r#"{{"unit":"mm","radius":2,"kind":{other}}}"#);
        let circle = rt::from_str::<constants::Circle>(&text).unwrap();
        assert_eq!(circle.extra.keys().collect::<Vec<_>>(), ["kind"]);
        assert_eq!(rt::to_string(&circle).unwrap(), text);
    }
}

#[test]
fn of_a_constant_that_comes_twice_the_last_counts() {
    for (first, last) in [("square", "circle"), ("circle", "square"), ("square", "ring")] {
        let text = format!(r#"{{"unit":"mm","radius":2,"kind":"{first}","kind":"{last}"}}"#);
        let circle = rt::from_str::<constants::Circle>(&text).unwrap();
        assert_eq!(rt::to_string(&circle).unwrap(), format!(r#"{{"unit":"mm","radius":2,"kind":"{last}"}}"#));
    }
    let done = rt::from_str::<constants::Done>(r#"{"done":false}"#).unwrap();
    assert_eq!(rt::to_string(&done).unwrap(), r#"{"done":false}"#);
}

#[test]
fn a_union_does_not_know_better_than_the_constant() {
    use constants::{Circle, Shape};
    let text = r#"{"kind":"circle","unit":"mm","radius":2}"#;
    let shape = rt::from_str::<Shape>(text).unwrap();
    assert_eq!(shape, Shape::Circle(Circle { radius: 2, ..Circle::default() }));
    assert_eq!(rt::to_string(&shape).unwrap(), text);
    let other = r#"{"unit":"mm","radius":2,"kind":"a-circle"}"#;
    assert_eq!(rt::to_string(&rt::from_str::<Shape>(other).unwrap()).unwrap(), other);
}
