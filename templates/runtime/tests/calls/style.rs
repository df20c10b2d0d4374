//! Golden tests: OpenAPI's own table of styles, and the cases that it leaves open.

use clientsmith_runtime::codegen::{CookieStyle, Delimiter, FormField, PathStyle, Place, QueryStyle, Value};
use clientsmith_runtime::http::style::{Style, write};

fn style(place: Place, explode: bool) -> Style<'static> {
    Style { name: "color", place, explode, required: false, raw: false, json: false, fields: &[] }
}

fn value(json: &str) -> Value {
    json.parse().unwrap()
}

/// The values of the table in the specification.
const EMPTY: &str = r#""""#;
const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue","black","brown"]"#;
const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

#[test]
fn the_table_of_the_specification() {
    use Place::{Cookie, Header, Path, Query};
    type Columns = [Option<&'static str>; 4];
    #[rustfmt::skip]
    let table: &[(Place, bool, Columns)] = &[
        (Path(PathStyle::Matrix), false, [Some(";color"), Some(";color=blue"), Some(";color=blue,black,brown"), Some(";color=R,100,G,200,B,150")]),
        (Path(PathStyle::Matrix), true, [Some(";color"), Some(";color=blue"), Some(";color=blue;color=black;color=brown"), Some(";R=100;G=200;B=150")]),
        (Path(PathStyle::Label), false, [Some("."), Some(".blue"), Some(".blue,black,brown"), Some(".R,100,G,200,B,150")]),
        (Path(PathStyle::Label), true, [Some("."), Some(".blue"), Some(".blue.black.brown"), Some(".R=100.G=200.B=150")]),
        (Path(PathStyle::Simple), false, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
        (Path(PathStyle::Simple), true, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
        (Header, false, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
        (Header, true, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
        (Query(QueryStyle::Form), false, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=R,100,G,200,B,150")]),
        (Query(QueryStyle::Form), true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
        (Query(QueryStyle::SpaceDelimited), false, [Some("color="), Some("color=blue"), Some("color=blue%20black%20brown"), Some("color=R%20100%20G%20200%20B%20150")]),
        (Query(QueryStyle::PipeDelimited), false, [Some("color="), Some("color=blue"), Some("color=blue%7Cblack%7Cbrown"), Some("color=R%7C100%7CG%7C200%7CB%7C150")]),
        (Query(QueryStyle::DeepObject), true, [Some("color="), Some("color=blue"), Some("color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown"), Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]),
        (Cookie(CookieStyle::Form), false, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=R,100,G,200,B,150")]),
        (Cookie(CookieStyle::Form), true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
        (Cookie(CookieStyle::Cookie), false, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=R,100,G,200,B,150")]),
        (Cookie(CookieStyle::Cookie), true, [Some("color="), Some("color=blue"), Some("color=blue; color=black; color=brown"), Some("R=100; G=200; B=150")]),
        // Not defined by the specification; as `form`.
        (Query(QueryStyle::SpaceDelimited), true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
        (Query(QueryStyle::PipeDelimited), true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
        (Query(QueryStyle::DeepObject), false, [Some("color="), Some("color=blue"), Some("color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown"), Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]),
    ];
    for (place, explode, expected) in table {
        for (json, expected) in [EMPTY, STRING, ARRAY, OBJECT].into_iter().zip(expected) {
            let found = write(style(*place, *explode), &value(json));
            assert_eq!(found.as_deref(), *expected, "{place:?}, explode {explode}, {json}");
        }
    }
}

#[test]
fn the_delimiters_of_swagger_2() {
    let list = Value::array(["a b", "c|d"]);
    let path = |delimiter| write(style(Place::Path(PathStyle::Delimited(delimiter)), false), &list).unwrap();
    assert_eq!(path(Delimiter::Space), "a%20b%20c%7Cd");
    assert_eq!(path(Delimiter::Tab), "a%20b%09c%7Cd");
    assert_eq!(path(Delimiter::Pipe), "a%20b%7Cc%7Cd");
    let header = |delimiter| write(style(Place::DelimitedHeader(delimiter), false), &Value::array(["a", "b"])).unwrap();
    assert_eq!(header(Delimiter::Space), "a b");
    assert_eq!(header(Delimiter::Tab), "a\tb");
    assert_eq!(header(Delimiter::Pipe), "a|b");
    let tabs = style(Place::Query(QueryStyle::TabDelimited), false);
    assert_eq!(write(tabs, &value(ARRAY)).as_deref(), Some("color=blue%09black%09brown"));
}

#[test]
fn nothing_is_sent_for_nothing() {
    for json in ["null", "[]", "{}", "[null]", r#"{"a":null}"#] {
        for query in [QueryStyle::Form, QueryStyle::SpaceDelimited, QueryStyle::PipeDelimited, QueryStyle::DeepObject] {
            for explode in [true, false] {
                assert_eq!(write(style(Place::Query(query), explode), &value(json)), None, "{query:?} {json}");
            }
        }
        assert_eq!(write(style(Place::Header, false), &value(json)), None);
        assert_eq!(write(style(Place::Cookie(CookieStyle::Form), true), &value(json)), None);
    }
}

#[test]
fn a_required_list_that_is_empty_is_sent_empty() {
    let required = |place| write(Style { required: true, ..style(place, true) }, &value("[]"));
    assert_eq!(required(Place::Query(QueryStyle::Form)).as_deref(), Some("color="));
    assert_eq!(required(Place::Query(QueryStyle::DeepObject)).as_deref(), Some("color="));
    assert_eq!(required(Place::Header).as_deref(), Some(""));
    assert_eq!(required(Place::Path(PathStyle::Matrix)).as_deref(), Some(";color"));
    assert_eq!(required(Place::Path(PathStyle::Label)).as_deref(), Some("."));
    assert_eq!(required(Place::Path(PathStyle::Simple)).as_deref(), Some(""));
}

#[test]
fn an_empty_text_is_an_item() {
    for (place, text) in [
        (Place::Header, ""),
        (Place::Query(QueryStyle::Form), "color="),
        (Place::Query(QueryStyle::PipeDelimited), "color="),
        (Place::Cookie(CookieStyle::Form), "color="),
    ] {
        for explode in [true, false] {
            assert_eq!(write(style(place, explode), &value(r#"[""]"#)).as_deref(), Some(text), "{place:?}");
        }
    }
}

#[test]
fn null_items_and_members_are_left_out() {
    let form = style(Place::Query(QueryStyle::Form), true);
    assert_eq!(write(form, &value(r#"["a",null,"b"]"#)).as_deref(), Some("color=a&color=b"));
    assert_eq!(write(form, &value(r#"{"a":null,"b":""}"#)).as_deref(), Some("b="));
}

#[test]
fn every_scalar_has_its_json_text() {
    let form = style(Place::Query(QueryStyle::Form), true);
    for (json, text) in [("true", "true"), ("1.50", "1.50"), ("12345678901234567890", "12345678901234567890")] {
        assert_eq!(write(form, &value(json)), Some(format!("color={text}")));
    }
}

#[test]
fn what_is_nested_follows_the_stated_conventions() {
    let query = |query, explode, json: &str| write(style(Place::Query(query), explode), &value(json)).unwrap();
    let deep = r#"{"a":{"b":[1,{"c":"x y"}]},"d":null}"#;
    assert_eq!(
        query(QueryStyle::DeepObject, true, deep),
        "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=x%20y"
    );
    let mixed = r#"{"tags":["a","b"],"size":{"w":1,"h":2},"n":3}"#;
    assert_eq!(query(QueryStyle::Form, true, mixed), "tags=a&tags=b&size%5Bw%5D=1&size%5Bh%5D=2&n=3");
    assert_eq!(query(QueryStyle::Form, false, r#"[{"a":1}]"#), "color=%7B%22a%22%3A1%7D");
    let header = write(style(Place::Header, false), &value(r#"["a",{"b":1}]"#));
    assert_eq!(header.as_deref(), Some(r#"a,{"b":1}"#));
}

#[test]
fn each_place_encodes_its_own_way() {
    let text = Value::from("a b/c?d&e=f%20{g}ü");
    let at = |place| write(style(place, false), &text).unwrap();
    let encoded = "a%20b%2Fc%3Fd%26e%3Df%2520%7Bg%7D%C3%BC";
    assert_eq!(at(Place::Path(PathStyle::Simple)), encoded);
    assert_eq!(at(Place::Query(QueryStyle::Form)), format!("color={encoded}"));
    assert_eq!(at(Place::Cookie(CookieStyle::Form)), format!("color={encoded}"));
    assert_eq!(at(Place::Cookie(CookieStyle::Cookie)), "color=a b/c?d&e=f%20{g}ü");
    assert_eq!(at(Place::Header), "a b/c?d&e=f%20{g}ü");
}

#[test]
fn items_are_encoded_and_their_delimiters_are_not() {
    let list = Value::array(["a,b", "c d"]);
    let form = style(Place::Query(QueryStyle::Form), false);
    assert_eq!(write(form, &list).as_deref(), Some("color=a%2Cb,c%20d"));
    let path = style(Place::Path(PathStyle::Simple), false);
    assert_eq!(write(path, &list).as_deref(), Some("a%2Cb,c%20d"));
}

#[test]
fn reserved_characters_stay_where_they_are_allowed_to() {
    let text = Value::from("a/b?c#d[e]&f+g%20h%zz i");
    let raw = |place| write(Style { raw: true, ..style(place, false) }, &text).unwrap();
    assert_eq!(raw(Place::Query(QueryStyle::Form)), "color=a/b?c%23d%5Be%5D&f+g%20h%25zz%20i");
    assert_eq!(raw(Place::Path(PathStyle::Simple)), "a/b%3Fc%23d%5Be%5D&f+g%20h%25zz%20i");
    assert_eq!(raw(Place::Cookie(CookieStyle::Form)), "color=a/b?c#d[e]&f+g%20h%25zz%20i");
    let list = Style { raw: true, ..style(Place::Cookie(CookieStyle::Form), false) };
    // RFC 6265, 4.1.1: these two would end the value.
    assert_eq!(write(list, &Value::array(["a,b", "c;d"])).as_deref(), Some("color=a%2Cb,c%3Bd"));
}

#[test]
fn names_are_encoded() {
    let odd = Style { name: "a b[]", ..style(Place::Query(QueryStyle::Form), true) };
    assert_eq!(write(odd, &Value::array(["x"])).as_deref(), Some("a%20b%5B%5D=x"));
}

#[test]
fn content_is_json_text() {
    let json = |place| write(Style { json: true, ..style(place, true) }, &value(r#"{"a":[1,null]}"#)).unwrap();
    assert_eq!(json(Place::Query(QueryStyle::Form)), "color=%7B%22a%22%3A%5B1%2Cnull%5D%7D");
    assert_eq!(json(Place::Header), r#"{"a":[1,null]}"#);
    assert_eq!(json(Place::Path(PathStyle::Simple)), "%7B%22a%22%3A%5B1%2Cnull%5D%7D");
    assert_eq!(json(Place::Path(PathStyle::Matrix)), ";color=%7B%22a%22%3A%5B1%2Cnull%5D%7D");
}

#[test]
fn a_whole_query_string() {
    let place = Place::QueryString;
    assert_eq!(write(style(place, true), &value(r#"{"a":1,"b":["x","y"]}"#)).as_deref(), Some("a=1&b=x&b=y"));
    // The examples of the specification (OpenAPI 3.2, Parameter Object, "in: querystring").
    assert_eq!(
        write(style(place, true), &value(r#"{"foo":"a + b","bar":true}"#)).as_deref(),
        Some("foo=a+%2B+b&bar=true")
    );
    let json = Style { json: true, ..style(place, true) };
    assert_eq!(
        write(json, &value(r#"{"numbers":[1,2],"flag":null}"#)).as_deref(),
        Some("%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D")
    );
    assert_eq!(write(style(place, true), &Value::from("$.a.b[1:1]")).as_deref(), Some("%24.a.b%5B1%3A1%5D"));
    assert_eq!(write(style(place, true), &value("{}")), None);
    let fields =
        &[FormField::new("a").style(QueryStyle::Form, false), FormField::new("o").style(QueryStyle::DeepObject, false)];
    let encoded = Style { fields, ..style(place, true) };
    assert_eq!(write(encoded, &value(r#"{"a":["x","y"],"o":{"s":"z"}}"#)).as_deref(), Some("a=x,y&o%5Bs%5D=z"));
}
