//! The limits of values, checked on request.

use crate::rt::{self, Check, Extra, Map, Maybe, Rule, UnixTime, Value, Violations, check_value};

rt::object! {
    pub struct Item, extra: Map<i64> [Values(&[Maximum("9")]), MinProperties(2)] {
        REQ "code" code: String [MinLength(2), MaxLength(3)],
    }
}

rt::object! {
    pub struct Order, extra: Extra [NoOthers, DependentRequired(&[("at", &["name", "free"])])] {
        OPT "name" name: Maybe<String> [MaxLength(5)],
        OPT "at" at: Option<rt::DateTime>,
        REQ "items" items: Vec<Item> [MinItems(1), Items(&[MinProperties(1)])],
        OPT "by name" by_name: Option<Map<Item>>,
        OPT "free" free: Option<Value>,
    }
}

fn told(value: &dyn rt::Encode) -> Vec<String> {
    let violations = value.check().err();
    violations.iter().flat_map(Violations::iter).map(ToString::to_string).collect()
}

fn item(code: &str, more: i64) -> Item {
    Item { code: code.to_owned(), extra: [("more", more)].into_iter().map(|(k, v)| (k.to_owned(), v)).collect() }
}

#[test]
fn what_keeps_its_limits() {
    assert_eq!(told(&Order { items: vec![item("ab", 9)], ..Order::default() }), [""; 0]);
    assert_eq!(told(&Order { name: Maybe::Null, items: vec![item("äöü", 0)], ..Order::default() }), [""; 0]);
    assert_eq!(told(&f64::NAN), [""; 0]);
}

#[test]
fn every_place_is_told() {
    let order = Order {
        name: "Maximilian".to_owned().into(),
        at: Some("soon".into()),
        items: vec![item("ab", 9), item("", 10)],
        by_name: Some([("a b".to_owned(), item("long", 1))].into_iter().collect()),
        free: None,
        extra: [("later".to_owned(), Value::Null)].into_iter().collect(),
    };
    assert_eq!(
        told(&vec![order]),
        [
            "$[0].at must be of the format `date-time`",
            "$[0].items[1].code must have at least 2 characters, and has 0",
            "$[0].items[1].more must be at most 9",
            "$[0][\"by name\"][\"a b\"].code must have at most 3 characters, and has 4",
            "$[0].name must have at most 5 characters, and has 10",
            "$[0] must have the member `free` beside `at`",
            "$[0].later is no member that the description allows",
        ]
    );
    let order = Order { items: vec![Item { code: "ab".to_owned(), ..Item::default() }], ..Order::default() };
    let violations = order.check().unwrap_err();
    let [violation] = violations.as_slice() else { panic!("{violations}") };
    assert_eq!((violation.path(), violation.rule(), violation.parameter()), ("$.items[0]", "minProperties", None));
    assert_eq!(told(&Order::default()), ["$.items must have at least 1 item, and has 0"]);
}

rt::object! {
    pub struct Cat, extra closed: Extra [NoOthers], is("kind", "cat") {
        OPT "lives" lives: Option<i64> [Maximum("9")],
    }
}

/// The member that tells the kind is written though the type does not name it; it is no stranger.
#[test]
fn tags_are_no_strangers() {
    let mut cat = Cat { lives: Some(9), ..Cat::default() };
    assert_eq!(rt::to_string(&cat).unwrap(), r#"{"kind":"cat","lives":9}"#);
    assert_eq!(told(&cat), [""; 0]);
    assert_eq!(told(&vec![cat.clone(), Cat { lives: Some(10), ..cat.clone() }]), ["$[1].lives must be at most 9"]);
    cat.extra.insert("owner".to_owned(), Value::Null);
    assert_eq!(told(&cat), ["$.owner is no member that the description allows"]);
}

#[test]
fn names_of_members() {
    let rules = [Rule::Names(&[Rule::MaxLength(3), Rule::OneOf(&["ab", "abcd"])])];
    assert_eq!(broken(&rules, r#"{"ab": 1}"#), [""; 0]);
    assert_eq!(broken(&rules, r#"["abcde"]"#), [""; 0]);
    assert_eq!(
        broken(&rules, r#"{"abcd": 1, "x": 2}"#),
        [
            "$.abcd has a name that must have at most 3 characters, and has 4",
            "$.x has a name that must be one of those that the description lists"
        ]
    );
}

/// What no schema is for keeps the limits: values that the description does not know are no violation.
#[test]
fn one_of_several() {
    let rules = [Rule::AnyOf(&[
        (&["string"], &[Rule::MinLength(3)]),
        (&["string", "null"], &[Rule::MaxLength(1)]),
        (&["integer"], &[Rule::Minimum("5")]),
        (&["object"], &[Rule::Required(&["a"])]),
        (&["object"], &[Rule::Required(&["b", "c"])]),
    ])];
    for good in [r#""abc""#, r#""a""#, "5", "0.5", "true", "null", "[]", r#"{"a": 1}"#, r#"{"b": 1, "c": 2}"#] {
        assert_eq!(broken(&rules, good), [""; 0], "{good}");
    }
    for bad in [r#""ab""#, "4", "4.0", "{}", r#"{"b": 1}"#] {
        assert_eq!(broken(&rules, bad), ["$ must keep the limits of one of the schemas that it can be of"], "{bad}");
    }
    let of_all = [Rule::Items(&[Rule::AnyOf(&[(&[], &[Rule::Minimum("5")]), (&[], &[Rule::Maximum("2")])])])];
    assert_eq!(broken(&of_all, "[1, 3, 7]"), ["$[1] must keep the limits of one of the schemas that it can be of"]);
}

#[test]
fn what_is_told_is_bounded() {
    let order = Order { items: vec![item("", 0); 1000], ..Order::default() };
    assert_eq!(order.check().unwrap_err().as_slice().len(), 100);
}

/// What is wrong with a JSON text.
fn broken(rules: &[Rule<'_>], text: &str) -> Vec<String> {
    check_value(rules, &text.parse().unwrap()).iter().map(ToString::to_string).collect()
}

#[test]
fn bounds_are_exact() {
    let bounds = [Rule::Minimum("-1.5"), Rule::ExclusiveMaximum("9007199254740993")];
    for good in ["-1.5", "-15e-1", "0", "9007199254740992", "9007199254740992.999", "\"x\"", "null", "true", "[]"] {
        assert_eq!(broken(&bounds, good), [""; 0], "{good}");
    }
    assert_eq!(broken(&bounds, "-1.50000000000000000000000001"), ["$ must be at least -1.5"]);
    assert_eq!(broken(&bounds, "9007199254740993"), ["$ must be less than 9007199254740993"]);
    assert_eq!(broken(&[Rule::ExclusiveMinimum("0")], "-0.0"), ["$ must be more than 0"]);
    assert_eq!(broken(&[Rule::Maximum("1")], "1e400"), ["$ must be at most 1"]);
    assert_eq!(broken(&[Rule::MultipleOf("0.01")], "19.99"), [""; 0]);
    assert_eq!(broken(&[Rule::MultipleOf("0.01")], "19.999"), ["$ must be a multiple of 0.01"]);
}

#[test]
fn texts() {
    // Characters are counted, not bytes.
    assert_eq!(broken(&[Rule::MaxLength(1)], r#""😀""#), [""; 0]);
    assert_eq!(broken(&[Rule::MinLength(2)], r#""😀""#), ["$ must have at least 2 characters, and has 1"]);
    assert_eq!(broken(&[Rule::Format("ipv4")], r#""1.2.3""#), ["$ must be of the format `ipv4`"]);
    assert_eq!(broken(&[Rule::Format("unheard of")], r#""1.2.3""#), [""; 0]);
    assert_eq!(told(&UnixTime::from(1)), [""; 0]);
    assert_eq!(told(&rt::Base64::from("?")), ["$ must be of the format `byte`"]);
}

#[test]
fn lists() {
    assert_eq!(broken(&[Rule::UniqueItems], "[1, \"1\", [1], {\"a\":1}, {\"a\":2}]"), [""; 0]);
    assert_eq!(broken(&[Rule::UniqueItems], "[1, 2, 1.0]"), ["$[2] must not be equal to an earlier item"]);
    let many: Vec<Value> = (0..2000).chain([7]).map(Value::from).collect();
    let [violation] = &check_value(&[Rule::UniqueItems], &Value::Array(many))[..] else { panic!() };
    assert_eq!(violation.path(), "$[2000]");
    let nested = [Rule::Items(&[Rule::Items(&[Rule::Maximum("1")]), Rule::MaxItems(2)])];
    assert_eq!(
        broken(&nested, "[[1], [1, 2, 3]]"),
        ["$[1][1] must be at most 1", "$[1][2] must be at most 1", "$[1] must have at most 2 items, and has 3"]
    );
}

#[test]
fn objects() {
    assert_eq!(broken(&[Rule::MaxProperties(1)], r#"{"a":1,"b":2}"#), ["$ must have at most 1 member, and has 2"]);
    assert_eq!(broken(&[Rule::Required(&["a", "b"])], r#"{"a":null}"#), ["$ must have the member `b`"]);
    assert_eq!(broken(&[Rule::Values(&[Rule::Minimum("1")])], r#"{"a-b":0}"#), [r#"$["a-b"] must be at least 1"#]);
}

#[cfg(feature = "patterns")]
#[test]
fn patterns() {
    // Not anchored, and with the letters of ECMA-262 (JSON Schema Validation 2020-12, section 6.3.3).
    assert_eq!(broken(&[Rule::Pattern("^a\\d$")], r#""a1""#), [""; 0]);
    assert_eq!(broken(&[Rule::Pattern("b")], r#""abc""#), [""; 0]);
    assert_eq!(broken(&[Rule::Pattern("^\\p{L}+$")], r#""é""#), [""; 0]);
    assert_eq!(broken(&[Rule::Pattern("^.$")], r#""😀""#), [""; 0]);
    // Only right without the flag `u`, as published ones are.
    assert_eq!(broken(&[Rule::Pattern("^[\\w-.]+$")], r#""a-.""#), [""; 0]);
    assert_eq!(broken(&[Rule::Pattern("^a$")], r#""b""#), ["$ must match the pattern `^a$`"]);
    assert_eq!(broken(&[Rule::Pattern("(")], r#""b""#), [""; 0]);
}

#[cfg(not(feature = "patterns"))]
#[test]
fn patterns_are_not_looked_at() {
    assert_eq!(broken(&[Rule::Pattern("^a$")], r#""b""#), [""; 0]);
}
