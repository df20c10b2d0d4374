//! What generated models do: nothing is lost from decode to encode, and nothing is guessed.

mod support;

use golden::runtime::json::{Encode, Maybe, from_str, to_string};
use support::{kept, refused};

#[test]
fn absent_null_and_value_are_three_states() {
    use golden::struct_three_states::models::Pet;

    let pet: Pet = kept(r#"{"plain":"a","nullable":null}"#);
    assert_eq!((pet.optional, pet.nullable, pet.both), (None, None, Maybe::Absent));
    let pet: Pet = kept(r#"{"plain":"a","nullable":"b","both":null,"bothReference":null,"bothList":[null,"c"]}"#);
    assert_eq!((pet.nullable.as_deref(), &pet.both), (Some("b"), &Maybe::Null));
    assert!(pet.both_reference.is_null());
    assert_eq!(pet.both_list, Maybe::Value(vec![None, Some("c".to_owned())]));
    let pet: Pet = kept(r#"{"plain":"a","nullable":"b","both":"c"}"#);
    assert_eq!(pet.both, Maybe::Value("c".to_owned()));
    // A `null` where the description has none is not taken for a value, and still comes back.
    let pet: Pet = kept(r#"{"plain":"a","optional":null,"nullable":null}"#);
    assert_eq!(pet.optional, None);
}

#[test]
fn what_is_required_must_be_there() {
    use golden::struct_three_states::models::Pet;

    assert!(refused::<Pet>(r#"{"nullable":null}"#).contains("plain"));
    assert!(refused::<Pet>(r#"{"plain":"a"}"#).contains("nullable"));
    assert!(refused::<Pet>(r#"{"plain":null,"nullable":null}"#).contains("$.plain"));
    let error = refused::<Pet>(r#"{"plain":"a","nullable":null,"bothReference":{"name":7}}"#);
    assert!(error.contains("$.bothReference.name") && error.contains("string"), "{error}");
}

#[test]
fn unknown_members_are_kept() {
    use golden::maps_closed::models::Point;
    use golden::names_ours::models::Client;

    let point: Point = kept(r#"{"x":1,"later":{"a":[1.50,null]}}"#);
    assert_eq!(to_string(&point.extra).unwrap(), r#"{"later":{"a":[1.50,null]}}"#);
    let client: Client = kept(r#"{"extra":"theirs","Extra":"also","more":1}"#);
    assert_eq!(client.extra.len(), 1);
}

#[test]
fn typed_members_beside_fixed_ones() {
    use golden::maps_beside_members::models::Row;

    let row: Row = kept(r#"{"sys_Id":"1","price":12.50,"count":3}"#);
    assert_eq!(row.extra.get("price").unwrap().to_string(), "12.50");
}

#[test]
fn enums_are_open() {
    use golden::enum_collisions::models::State;
    use golden::enum_integer::models::Level;
    use golden::enum_mixed::models::Limit;
    use golden::enum_signs::models::Operator;

    assert_eq!(kept::<Operator>(r#""!=""#), Operator::Ne);
    assert_eq!(kept::<Operator>(r#""like""#), Operator::Unknown("like".to_owned()));
    assert_eq!(kept::<State>(r#""unknown""#), State::UnknownLower);
    assert_eq!(kept::<State>(r#""something""#), State::Unknown("something".to_owned()));
    assert_eq!(kept::<Level>("-1"), Level::Minus1);
    // An integer may arrive as `10.0`.
    assert_eq!(from_str::<Level>("10.0").unwrap(), Level::N10);
    assert!(matches!(kept::<Level>("7"), Level::Unknown(_)));
    assert_eq!(kept::<Limit>(r#""none""#), Limit::None);
    assert_eq!(kept::<Limit>("2.5"), Limit::N2Point5);
    assert_eq!(kept::<Limit>("true"), Limit::True);
    assert!(matches!(kept::<Limit>("[1]"), Limit::Unknown(_)));
}

#[test]
fn numbers_keep_their_text() {
    use golden::formats_numbers::models::Everything;

    let everything: Everything = kept(
        r#"{"i64":9007199254740993,"u64":18446744073709551615,"exact":0.1000,"huge":340282366920938463463374607431768211455}"#,
    );
    assert_eq!((everything.i64, everything.u64), (Some(9_007_199_254_740_993), Some(u64::MAX)));
    assert_eq!(everything.exact.as_ref().map(ToString::to_string).as_deref(), Some("0.1000"));
    assert_eq!(from_str::<Everything>(r#"{"integer":0.0}"#).unwrap().integer, Some(0));
    // Never rounded, never cut: what the type cannot hold is an error that says where.
    for (member, value) in [
        ("i8", "128"),
        ("i8", "1.5"),
        ("i16", "-32769"),
        ("i32", "3000000000"),
        ("i64", "9223372036854775808"),
        ("integer", "1e30"),
        ("u8", "256"),
        ("u16", "-1"),
        ("u32", "4294967296"),
        ("u64", "-1"),
        ("wide", "18446744073709551616"),
        ("double", "1e400"),
        ("moment", "\"1\""),
    ] {
        assert!(refused::<Everything>(&format!(r#"{{"{member}":{value}}}"#)).contains(&format!("$.{member}")));
    }
}

#[test]
fn times_and_spans_as_numbers() {
    use golden::formats_numbers::models::Everything;
    use std::time::{Duration, SystemTime};

    let everything: Everything = kept(r#"{"moment":1686566864,"instant":-1,"wait":35.6250,"pause":36250}"#);
    let moment = everything.moment.unwrap().to_system_time();
    assert_eq!(moment, Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(1_686_566_864)));
    assert_eq!(everything.wait.unwrap().to_duration(), Ok(Duration::from_millis(35_625)));
    assert_eq!(everything.pause.unwrap().to_duration(), Ok(Duration::from_millis(36_250)));
    kept::<Everything>(r#"{"moment":1e400,"wait":-1,"pause":0.0}"#);
}

#[test]
fn texts_with_a_format_keep_their_text() {
    use golden::formats_text::models::Everything;

    let everything: Everything = kept(
        r#"{"at":"2024-05-06T07:08:09.100Z","day":"2024-05-06","local":"2024-02-23T23:00:02.513","time":"07:08","span":"P1D","id":"00000000-0000-5000-8000-0000000000AA","data":"QQ==","link":"x","header":"Fri, 26 Aug 2022 14:38:00 GMT","large":"9007199254740993","price":"0.10","commas":"blue,red,green","lines":"a\nb"}"#,
    );
    assert_eq!(everything.large.unwrap().to_i64(), Ok(9_007_199_254_740_993));
    assert_eq!(everything.commas.unwrap().items().collect::<Vec<_>>(), ["blue", "red", "green"]);
    // What is no date does not break an answer.
    kept::<Everything>(r#"{"at":"soon","day":"","id":"7","data":"?","header":"1","span":"1 h","large":"x","price":""}"#);
}

#[test]
fn json_inside_of_a_string() {
    use golden::v31_content_schema::models::{Pet, Token, TokenClaimsContent};

    let token: Token = kept(r#"{"claims":"{\"sub\": \"ann\"}","named":"?","free":"[1]","coded":"MQ==","hex":"0f"}"#);
    assert_eq!(token.claims.unwrap().decode().unwrap().sub, "ann");
    assert!(token.named.unwrap().decode().is_err());
    let named = golden::JsonText::encode(&Pet { name: Some("rex".to_owned()), ..Pet::default() }).unwrap();
    let claims = golden::JsonText::encode(&TokenClaimsContent { sub: "bob".to_owned(), ..TokenClaimsContent::default() }).unwrap();
    let token = Token { named: Some(named), claims: Some(claims), ..Token::default() };
    assert_eq!(to_string(&token).unwrap(), r#"{"claims":"{\"sub\":\"bob\"}","named":"{\"name\":\"rex\"}"}"#);
}

#[test]
fn limits_are_checked_on_request() {
    use golden::Check;
    use golden::limits::models::{Inner, Limited};

    let told = |value: &dyn Encode| {
        let violations = value.check().err();
        violations.iter().flatten().map(ToString::to_string).collect::<Vec<_>>()
    };
    let limited: Limited = kept(r#"{"size":7,"name":"","tags":["a","a"],"tag":"","grid":[[1],[1,10,3]],"address":"x","late":1}"#);
    assert_eq!(
        told(&limited),
        [
            "$.size must be a multiple of 5",
            "$.name must have at least 1 character, and has 0",
            "$.name must match the pattern `^[a-z`]+$`",
            "$.tags[1] must not be equal to an earlier item",
            "$.tag must have at least 1 character, and has 0",
            "$.grid[1] must have at most 2 items, and has 3",
            "$.grid[1][1] must be at most 9",
            "$.address must be of the format `ipv4`",
            "$.late is no member that the description allows",
        ]
    );
    let inner = Inner { extra: [("c".to_owned(), 0)].into_iter().collect(), ..Inner::default() };
    assert_eq!(told(&inner), ["$.c must be at least 1"]);
    assert_eq!(
        told(&Limited { inner: Some(inner), ..Limited::default() }),
        ["$.inner.c must be at least 1", "$ must have the member `late`"]
    );
    use golden::v31_limits::models::{Limited as Limited31, LimitedEither};
    let limited = Limited31 { either: Some(LimitedEither::String("long".to_owned())), ..Limited31::default() };
    assert_eq!(told(&limited), ["$.either must have at most 3 characters, and has 4", "$ must have the member `unseen`"]);
}

/// A type that is only another name has no table: its limits are with each value that is of it.
#[test]
fn limits_of_aliases_are_checked_where_they_are_used() {
    use golden::Check;
    use golden::limits_aliases::models::A;

    let told = |text: &str| {
        let violations = kept::<A>(text).check().err();
        violations.iter().flatten().map(|violation| violation.path().to_owned()).collect::<Vec<_>>()
    };
    let good = r#"{"plain":"ab","perhaps":null,"perhaps_codes":null,"perhaps_either":null,"either":9,"by_pattern":{"x":9},"others":{"a":9}}"#;
    assert_eq!(told(good), [""; 0]);
    let bad = r#"{"plain":"a","same":"a","perhaps":"a","perhaps_codes":["ab","a"],"perhaps_either":10,"either":"a","narrow":"abcde","codes":["a"],"lists":[["a"]],"eithers":[10],"sizes":{},"maps":{"m":{"n":10}},"by_pattern":{"x":10},"others":{"a":10},"pair":["ab",1],"all":{"x":"abcd","y":"abcd"},"z":"a"}"#;
    let wanted = "plain same perhaps perhaps_codes[1] perhaps_either either narrow codes[0] lists[0][0] eithers[0] sizes maps.m.n by_pattern.x others.a all.y z";
    let mut found = told(bad);
    let mut wanted: Vec<String> = wanted.split(' ').map(|place| format!("$.{place}")).collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}

#[test]
fn unions_by_discriminator() {
    use golden::oneof_mapping::models::Pet;

    assert!(matches!(kept::<Pet>(r#"{"claws":3,"pet/kind":"kitten"}"#), Pet::Cat(cat) if cat.claws == Some(3)));
    assert!(matches!(kept::<Pet>(r#"{"pet/kind":"dog","tail":true}"#), Pet::Dog(dog) if dog.tail == Some(true)));
    assert!(matches!(kept::<Pet>(r#"{"pet/kind":"bird","tail":true}"#), Pet::Unknown(_)));
}

#[test]
fn unions_by_constant_kind_and_members() {
    use golden::oneof_constants::models::Event;
    use golden::oneof_keys::models::Payment;
    use golden::oneof_kinds::models::Value as Kinds;

    assert!(matches!(kept::<Event>(r#"{"type":"created","id":"1"}"#), Event::Created(_)));
    assert!(matches!(kept::<Event>(r#"{"type":"lost","id":"1"}"#), Event::Gone(_)));
    assert!(matches!(kept::<Event>(r#"{"type":"new kind","id":"1"}"#), Event::Unknown(_)));
    assert!(matches!(kept::<Kinds>(r#""a""#), Kinds::Text(_)));
    assert!(matches!(kept::<Kinds>("1.5"), Kinds::Number(_)));
    assert!(matches!(kept::<Kinds>("false"), Kinds::Bool(false)));
    assert!(matches!(kept::<Kinds>(r#"["a"]"#), Kinds::TextList(_)));
    assert!(matches!(kept::<Payment>(r#"{"number":"4"}"#), Payment::Card(_)));
    assert!(matches!(kept::<Payment>(r#"{"iban":"D","later":1}"#), Payment::Transfer(_)));
    assert!(matches!(kept::<Payment>(r#"{"cash":true}"#), Payment::Unknown(_)));
}

#[test]
fn unions_by_trial() {
    use golden::oneof_trial::models::{Near, Rows};

    assert!(matches!(kept::<Rows>("[1,2]"), Rows::IntegerList(_)));
    assert!(matches!(kept::<Rows>(r#"["a"]"#), Rows::TextList(_)));
    assert!(matches!(kept::<Rows>(r#"[1,"a"]"#), Rows::Unknown(_)));
    // The one that knows most members.
    assert!(matches!(kept::<Near>(r#"{"x":"1","y":"2"}"#), Near::B(_)));
}

#[test]
fn recursive_values() {
    use golden::recursion_alias::models::{Nested, Tree};
    use golden::recursion_containers::models::Node;
    use golden::recursion_required::models::Node as Chain;
    use golden::recursion_union::models::Expression;

    kept::<Nested>("[[],[[]]]");
    kept::<Tree>(r#"{"a":{"b":{}}}"#);
    let node: Node = kept(r#"{"children":[{"children":[]}],"named":{"a":{}},"other":{"children":[]}}"#);
    assert!(node.extra.get("other").is_some());
    kept::<Chain>(r#"{"name":"a","next":{"name":"b","next":{"name":"c"}}}"#);
    let text = r#"{"left":1,"right":{"of":[2,{"of":3.50}]}}"#;
    assert!(matches!(kept::<Expression>(text), Expression::Sum(_)));
}

#[test]
fn inherited_members_are_there() {
    use golden::allof_merge::models::Pet;

    let pet: Pet = kept(r#"{"id":"1","name":"Rex","age":3}"#);
    assert_eq!((pet.id.as_str(), pet.name.as_str(), pet.age), ("1", "Rex", Some(3)));
    assert!(refused::<Pet>(r#"{"id":"1"}"#).contains("name"));
}

#[test]
fn secrets_are_not_shown() {
    use golden::password::models::Login;

    let login: Login = kept(r#"{"user":"u","password":"hunter2"}"#);
    let shown = format!("{login:?} {login:#?}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn models_speak_serde() {
    use golden::struct_three_states::models::Pet;

    let text = r#"{"plain":"a","nullable":null,"both":null,"later":1}"#;
    let pet: Pet = serde_json::from_str(text).unwrap();
    assert_eq!(pet, from_str(text).unwrap());
    assert_eq!(serde_json::to_value(&pet).unwrap(), serde_json::from_str::<serde_json::Value>(text).unwrap());
}

#[test]
fn constructors_take_what_is_required() {
    use golden::struct_members::models::Pet;

    let pet = Pet { age: Some(3), ..Pet::new(7, "Rex") };
    assert_eq!(to_string(&pet).unwrap(), r#"{"id":7,"name":"Rex","age":3}"#);
}
