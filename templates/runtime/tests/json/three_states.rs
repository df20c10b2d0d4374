//! Absent, null, and a value.

use crate::models::Trigger;
use crate::rt::{self, Maybe};

#[test]
fn in_a_model() {
    for (text, expected) in [
        (r#"{"name":"n","state":null}"#, Maybe::Absent),
        (r#"{"name":"n","note":null,"state":null}"#, Maybe::Null),
        (r#"{"name":"n","note":"","state":null}"#, Maybe::Value(String::new())),
    ] {
        let trigger: Trigger = rt::from_str(text).unwrap();
        assert_eq!(trigger.note, expected);
        assert_eq!(rt::to_string(&trigger).unwrap(), text);
    }
}

#[test]
fn alone() {
    assert_eq!(rt::to_string(&vec![Maybe::Absent, Maybe::Null, Maybe::Value(1)]).unwrap(), "[null,null,1]");
    assert_eq!(rt::from_str::<Vec<Maybe<u8>>>("[null,1]").unwrap(), [Maybe::Null, Maybe::Value(1)]);
    rt::from_str::<Maybe<u8>>(r#""x""#).unwrap_err();
}

#[test]
fn conversions() {
    assert_eq!(Maybe::from(1), Maybe::Value(1));
    assert_eq!(Maybe::from(Some(1)), Maybe::Value(1));
    assert_eq!(Maybe::<u8>::from(None), Maybe::Null);
    assert_eq!(Option::from(Maybe::Value(1)), Some(1));
    assert_eq!(Option::<u8>::from(Maybe::Null), None);
    assert_eq!(Maybe::Value(1).as_option(), Some(Some(&1)));
    assert_eq!(Maybe::<u8>::Null.as_option(), Some(None));
    assert_eq!(Maybe::<u8>::Absent.as_option(), None);
    assert_eq!(Maybe::Value(1).map(|n| n + 1), Maybe::Value(2));
    assert_eq!(Maybe::<u8>::Null.map(|n| n + 1), Maybe::Null);
    assert!(Maybe::<u8>::default().is_absent());
    let mut maybe = Maybe::Value("a".to_owned());
    if let Some(text) = maybe.value_mut() {
        text.push('b');
    }
    assert_eq!(maybe.as_deref(), Some("ab"));
    assert_eq!(maybe.take().into_option(), Some("ab".to_owned()));
    assert!(maybe.is_absent());
}
