//! What the constructs of schemas become: tuples, maps, constants, kinds, unions, conditions.

mod support;

use golden::runtime::json::{Maybe, Value, to_string, to_value};
use support::{kept, refused};

#[test]
fn tuples_keep_their_places_and_what_comes_behind() {
    use golden::v31_prefix_items::models::{Nested, Pair, Point, Rest};

    let pair: Pair = kept(r#"["a",1]"#);
    assert_eq!((pair.item_0, pair.item_1), (Maybe::Value("a".to_owned()), Maybe::Value(1)));
    // Nothing says how many there must be.
    kept::<Pair>("[]");
    kept::<Pair>(r#"["a"]"#);
    kept::<Pair>(r#"["a",null]"#);
    // More than the description allows.
    assert_eq!(kept::<Pair>(r#"["a",1,true,null]"#).extra.len(), 2);
    assert_eq!(kept::<Rest>(r#"["a",1,2]"#).extra, [1, 2]);
    let point: Point = kept("[1.50,2]");
    assert_eq!(point.latitude.to_string(), "1.50");
    let error = refused::<Point>("[1]");
    assert!(error.contains("at least 2 items"), "{error}");
    let error = refused::<Point>(r#"[1,"a"]"#);
    assert!(error.contains("$[1]"), "{error}");
    let nested: Nested = kept(r#"[[1,2],["x","more"],true,false]"#);
    assert_eq!(nested.extra, [true, false]);
}

#[test]
fn members_with_patterns_in_their_names() {
    use golden::maps_patterns::models::{Closed, Headers, HeadersValue, Mixed, Several, SeveralValue};

    assert_eq!(kept::<Closed>(r#"{"x-a":"b"}"#).get("x-a").unwrap(), "b");
    let headers: Headers = kept(r#"{"x-a":"b","other":[1]}"#);
    assert_eq!(headers.get("x-a"), Some(&HeadersValue::Text("b".to_owned())));
    kept::<Mixed>(r#"{"a":"b","x-n":7,"free":{"a":null}}"#);
    let several: Several = kept(r#"{"s-a":"b","n-a":7,"z":true}"#);
    assert_eq!(several.get("n-a"), Some(&SeveralValue::Integer(7)));
}

#[test]
fn constants_are_there_without_being_set() {
    use golden::const_kinds::models::{All, AllNumber, AllObject};

    let text = r#"{"text":"fixed","number":2,"flag":true,"object":{"a":1},"list":[1,2],"name":"n"}"#;
    assert_eq!(to_value(&All::new("n")).unwrap(), text.parse::<Value>().unwrap());
    let all: All = kept(text);
    assert_eq!((all.number, all.object), (AllNumber::N2, AllObject::Value1));
    assert!(all.extra.is_empty(), "a text that is as it must be needs no place");
    kept::<All>(
        r#"{"text":"other","number":3,"flag":false,"object":{},"list":[],"name":"n","nothing":null,"perhaps":null}"#,
    );
}

#[test]
fn kinds_of_kinds() {
    use golden::inheritance_nested::models::{Fish, FishBase, Salmon, SawShark, Shark};

    let text = r#"{"kind":"salmon","age":1,"friends":[{"kind":"shark","sharktype":"saw","age":2,"teeth":3}],"partner":{"kind":"shark","sharktype":"new","age":4}}"#;
    let Fish::Salmon(salmon) = kept::<Fish>(text) else { panic!() };
    let friends = salmon.friends.unwrap();
    assert!(matches!(&friends[..], [Fish::Shark(Shark::SawShark(saw))] if saw.teeth == Some(3)));
    assert!(matches!(salmon.partner.as_deref(), Some(Fish::Shark(Shark::Base(base))) if base.sharktype == "new"));
    // A kind that the description does not have is still a fish.
    assert!(matches!(kept::<Fish>(r#"{"kind":"eel","age":1,"length":7}"#), Fish::Base(base) if base.age == 1));
    assert!(matches!(kept::<Fish>(r#"{"kind":"shark"}"#), Fish::Shark(Shark::Unknown(_))));
    assert!(matches!(kept::<Fish>("[]"), Fish::Unknown(_)));
    // What is made in code says of which kind it is, alone and inside of a union.
    let saw = SawShark::new(2);
    let wanted: Value = r#"{"kind":"shark","age":2,"sharktype":"saw"}"#.parse().unwrap();
    assert_eq!(to_value(&saw).unwrap(), wanted);
    assert_eq!(to_value(&Fish::Shark(Shark::SawShark(saw))).unwrap(), wanted);
    let salmon = Fish::Salmon(Salmon::new(1));
    assert_eq!(to_string(&salmon).unwrap(), r#"{"kind":"salmon","age":1}"#);
    assert_eq!(to_string(&Fish::Base(FishBase::new("eel", 1))).unwrap(), r#"{"kind":"eel","age":1}"#);
}

#[test]
fn kinds_as_swagger_2_has_them() {
    use golden::v2_inheritance::models::{CookieShark, Fish, Round, Shape, Shark, Tank};

    let text = r#"{"fish":{"fish.type":"goblin","jaw":5,"siblings":[{"fish.type":"cookieShark"},{"fish.type":"Fish"}]},"shark":{"fish.type":"shark","age":1}}"#;
    let tank: Tank = kept(text);
    let Some(Fish::Shark(Shark::GoblinShark(goblin))) = tank.fish else { panic!() };
    assert_eq!(goblin.jaw, Some(5));
    assert!(matches!(&goblin.siblings.unwrap()[..], [Fish::Shark(Shark::CookieShark(_)), Fish::Base(_)]));
    assert!(matches!(tank.shark, Some(Shark::Base(base)) if base.age == Some(1)));
    let cookie = Fish::Shark(Shark::CookieShark(CookieShark::default()));
    assert_eq!(to_string(&cookie).unwrap(), r#"{"fish.type":"cookieShark"}"#);
    assert!(matches!(kept::<Shape>(r#"{"kind":"square"}"#), Shape::Square(_)));
    assert_eq!(to_string(&Shape::Round(Round::default())).unwrap(), r#"{"kind":"round"}"#);
}

#[test]
fn unions_inside_each_other() {
    use golden::oneof_default_mapping::models::Pet;
    use golden::oneof_nested::models::{Change, Event, Message};
    use golden::recursion_products::models::{U, V};

    assert!(matches!(kept::<Event>(r#"{"type":"gone","id":"1"}"#), Event::Change(Change::Gone(_))));
    assert!(matches!(kept::<Message>(r#"{"type":"added"}"#), Message::Change(Change::Added(_))));
    assert!(matches!(kept::<Message>(r#"{"type":"ping"}"#), Message::Ping(_)));
    assert!(matches!(kept::<Message>(r#"{"type":"pong"}"#), Message::Unknown(_)));
    assert!(matches!(kept::<Pet>(r#"{"kind":"cat","claws":1}"#), Pet::Cat(_)));
    assert!(matches!(kept::<Pet>(r#"{"kind":"bird","words":"hello"}"#), Pet::Other(_)));
    assert!(matches!(kept::<Pet>(r#"{"words":"hello"}"#), Pet::Other(_)));
    // Unions that lead to each other without anything between them.
    assert!(matches!(kept::<V>(r#"{"v":"a"}"#), V::Variant2(_)));
    assert!(matches!(kept::<V>(r#"{"w":"a"}"#), V::W(_)));
    assert!(matches!(kept::<V>("7"), V::Unknown(_)));
    assert!(matches!(kept::<U>(r#"{"a":"b"}"#), U::Variant2(_)));
}

#[test]
fn unions_by_facts() {
    use golden::allof_products::models::{Many, Shape};
    use golden::oneof_facts::models::{Overlap, Places, ResultValue, Strict, Time, Versioned};

    assert!(matches!(kept::<Versioned>(r#"{"version":2,"a":"x"}"#), Versioned::Two(_)));
    assert!(matches!(kept::<Versioned>(r#"{"version":3,"a":"x"}"#), Versioned::Unknown(_)));
    assert!(matches!(kept::<ResultValue>(r#"{"ok":false}"#), ResultValue::Bad(_)));
    assert!(matches!(kept::<Overlap>(r#"{"side":"r","x":"1"}"#), Overlap::Right(_)));
    assert!(matches!(kept::<Overlap>(r#"{"side":"m","y":"1"}"#), Overlap::Right(_)));
    assert!(matches!(kept::<Overlap>(r#"{"side":"m","x":"1"}"#), Overlap::Left(_)));
    assert!(matches!(kept::<Strict>(r#"{"a":"1"}"#), Strict::Closed(_)));
    assert!(matches!(kept::<Strict>(r#"{"a":"1","c":"1"}"#), Strict::Open(_)));
    assert!(matches!(kept::<Time>(r#""2024-01-31T10:20:30Z""#), Time::Moment(_)));
    assert!(matches!(kept::<Time>(r#""soon""#), Time::Word(_)));
    assert!(matches!(kept::<Places>(r#"["a",1]"#), Places::Pair(_)));
    assert!(matches!(kept::<Places>(r#"["a","b"]"#), Places::Words(_)));
    assert!(matches!(kept::<Shape>(r#"{"id":"1","side":2,"blue":3}"#), Shape::SquareBlue(_)));
    assert!(matches!(kept::<Many>(r#"{"a2":"1","b1":"2","b6":"3"}"#), Many::Variant2(_)));
}

#[test]
fn conditions_are_optional_members() {
    use golden::v31_conditions::models::{Order, OrderAmount};

    let order: Order = kept(r#"{"kind":"card","number":"4","amount":3,"odd":1}"#);
    assert_eq!((order.number.as_deref(), order.amount), (Some("4"), Some(OrderAmount::Integer(3))));
    let order: Order = kept(r#"{"kind":"transfer","iban":"D","amount":"3","bank":{"name":"b"}}"#);
    assert_eq!(order.amount, Some(OrderAmount::Text("3".to_owned())));
}
