//! Form bodies.

use clientsmith_runtime::codegen::{FormField, QueryStyle, Value};
use clientsmith_runtime::http::form::write;

fn form(json: &str, fields: &[FormField]) -> String {
    write(&json.parse::<Value>().unwrap(), fields)
}

#[test]
fn members_are_fields_in_order() {
    assert_eq!(form(r#"{"b":"x y","a":1,"c":true}"#, &[]), "b=x+y&a=1&c=true");
}

#[test]
fn arrays_repeat_and_objects_are_json() {
    // The example of the specification, under "Encoding the x-www-form-urlencoded media type".
    let body = r#"{"id":"f81d","address":{"city":"Some where","zip":"99999+1234"},"tags":["a","b"]}"#;
    assert_eq!(
        form(body, &[]),
        "id=f81d&address=%7B%22city%22%3A%22Some+where%22%2C%22zip%22%3A%2299999%2B1234%22%7D&tags=a&tags=b"
    );
}

#[test]
fn null_is_left_out() {
    assert_eq!(form(r#"{"a":null,"b":[null,"x"]}"#, &[]), "b=x");
}

#[test]
fn characters_outside_the_set_are_encoded() {
    assert_eq!(form(r#"{"a&b":"~ü=*-._"}"#, &[]), "a%26b=%7E%C3%BC%3D*-._");
}

#[test]
fn a_field_can_have_a_style() {
    let deep = [FormField::new("expand").style(QueryStyle::DeepObject, true), FormField::new("n").json()];
    assert_eq!(form(r#"{"expand":{"a":{"b":[1]}},"n":"x"}"#, &deep), "expand%5Ba%5D%5Bb%5D%5B0%5D=1&n=%22x%22");
    for (style, explode, sent) in [
        (QueryStyle::Form, true, "ids=1&ids=a%20b"),
        (QueryStyle::Form, false, "ids=1,a%20b"),
        (QueryStyle::SpaceDelimited, false, "ids=1%20a%20b"),
        (QueryStyle::PipeDelimited, false, "ids=1%7Ca%20b"),
        (QueryStyle::TabDelimited, false, "ids=1%09a%20b"),
    ] {
        assert_eq!(form(r#"{"ids":[1,"a b"]}"#, &[FormField::new("ids").style(style, explode)]), sent);
    }
    let reserved = [FormField::new("path").style(QueryStyle::Form, true).reserved()];
    assert_eq!(form(r#"{"path":"a/b c?"}"#, &reserved), "path=a/b%20c?");
}

#[test]
fn json_fields_are_one_text() {
    let json = [FormField::new("a").json(), FormField::new("b").json()];
    assert_eq!(form(r#"{"a":[1,"x y"],"b":"t","c":["u"]}"#, &json), "a=%5B1%2C%22x+y%22%5D&b=%22t%22&c=u");
    assert_eq!(form(r#"{"a":null}"#, &json), "");
    let items = [FormField::new("a").json_items()];
    assert_eq!(form(r#"{"a":["x",null,{"b":1}]}"#, &items), "a=%22x%22&a=%7B%22b%22%3A1%7D");
}

#[test]
fn what_is_no_object_has_no_fields() {
    assert_eq!(form("[1]", &[]), "");
}
