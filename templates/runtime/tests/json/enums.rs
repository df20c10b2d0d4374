//! Open enums.

use crate::models::{Level, State};
use crate::rt::{self, TextEnum, Value};

#[test]
fn texts() {
    let states: Vec<State> =
        rt::from_str(r#"["active", "not active", "!=", "gone", "", "Active", "\u0061ctive"]"#).unwrap();
    assert_eq!(
        states,
        [
            State::Active,
            State::NotActive,
            State::Ne,
            State::Unknown("gone".into()),
            State::Unknown(String::new()),
            State::Unknown("Active".into()),
            State::Active,
        ]
    );
    assert_eq!(rt::to_string(&states).unwrap(), r#"["active","not active","!=","gone","","Active","active"]"#);
    let error = rt::from_str::<Vec<State>>(r#"["active", 1]"#).unwrap_err();
    assert_eq!((error.path(), error.expected()), ("$[1]", "string"));
}

#[test]
fn what_text_enums_have() {
    assert_eq!(State::default(), State::Unknown(String::new()));
    assert_eq!(State::NotActive.as_str(), "not active");
    assert_eq!(State::from("gone").as_str(), "gone");
    assert_eq!(format!("{:>8}|", State::Active), "  active|");
    assert!(State::Ne.is_known() && !State::from("gone").is_known());
    assert_eq!(State::from_text("!="), State::Ne);
    assert_eq!(rt::Encode::to_value(&State::Ne), "!=".into());
}

#[test]
fn values() {
    let text = r#"[1, 1.0, 25e-1, "auto", "\u0061uto", false, true, null, 3, "x", [1.10], {"a": 1}]"#;
    let levels: Vec<Level> = rt::from_str(text).unwrap();
    assert_eq!(levels[..6], [Level::Low, Level::Low, Level::High, Level::Auto, Level::Auto, Level::Off]);
    assert!(levels[6..].iter().all(|level| !level.is_known()));
    assert_eq!(levels[10], Level::Unknown(Value::array([1.1])));
    assert_eq!(rt::to_string(&levels).unwrap(), r#"[1,1,2.5,"auto","auto",false,true,null,3,"x",[1.10],{"a":1}]"#);
    rt::from_str::<Level>("[1,").unwrap_err();
}

#[test]
fn what_value_enums_have() {
    assert_eq!(Level::default(), Level::Unknown(Value::Null));
    assert_eq!(Level::from(Value::from(1)), Level::Low);
    assert_eq!(Level::from(Value::from("auto")), Level::Auto);
    assert_eq!(Level::from(Value::from(7)), Level::Unknown(7.into()));
    assert_eq!(Level::High.to_string(), "2.5");
    assert_eq!(Level::Auto.to_string(), r#""auto""#);
    assert!(Level::Off.is_known());
}
