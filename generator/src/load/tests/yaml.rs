//! YAML as descriptions hold it.

use super::super::{Failure, Limits, yaml};
use crate::diag::Code;

fn parse(text: &str) -> Result<String, Failure> {
    yaml::parse(text, &Limits::default()).map(|tree| tree.root.to_json())
}

#[track_caller]
fn check(text: &str, json: &str) {
    assert_eq!(parse(text).as_deref(), Ok(json), "{text}");
}

#[test]
fn scalars_of_the_core_schema() {
    check("[n, y, yes, no, on, off, NO]", r#"["n","y","yes","no","on","off","NO"]"#);
    check("[true, False, TRUE, null, ~, Null]", "[true,false,true,null,null,null]");
    check("[1, -1, +1, 0x1F, 0o17, 010, 1_000]", r#"[1,-1,1,31,15,"010","1_000"]"#);
    check("['1', \"true\", !!str 3, '']", r#"["1","true","3",""]"#);
    check("2020-01-01", "\"2020-01-01\"");
    check("a:\nb: ''\n", r#"{"a":null,"b":""}"#);
}

#[test]
fn numbers_keep_their_text() {
    check(
        "a: 1.10\nb: 3.0\nc: 1e3\nd: -0.50 # x\ne: {f: 2.50, g: 1.0}",
        r#"{"a":1.10,"b":3.0,"c":1e3,"d":-0.50,"e":{"f":2.50,"g":1.0}}"#,
    );
    check(
        "min: -9223372036854775808\nmax: 18446744073709551615",
        r#"{"min":-9223372036854775808,"max":18446744073709551615}"#,
    );
    check(
        "a: -9223372036854776000\nb: 340282366920938463463374607431768211455",
        r#"{"a":-9223372036854776000,"b":340282366920938463463374607431768211455}"#,
    );
    check(
        "a: 1000000000000000000000000000000000000000000000000",
        r#"{"a":1000000000000000000000000000000000000000000000000}"#,
    );
    check("[1.10, .5, 1e300]", "[1.10,0.5,1e300]");
    check("[{a: 'x', \"b\": 1.50}, '1', 2.50, [3.0, []], {}, 4.0]", r#"[{"a":"x","b":1.50},"1",2.50,[3.0,[]],{},4.0]"#);
    check(
        "- 1.10 # 2.20\n# 3.30\n- !t &x 2.20\n-\n- - 3.30\n  -\n  - a\n- b:\n- 4.40\n",
        r#"[1.10,2.20,null,[3.30,null,"a"],{"b":null},4.40]"#,
    );
    check("a:\n- \"\\n\"\n- 'it''s'\n- 1.10\n-\n  1.20", r#"{"a":["\n","it's",1.10,1.20]}"#);
    check("[&x 1.10, *x, 1.10, &y [1.20, 2], *y, *y , 1.20]", "[1.10,1.1,1.10,[1.20,2],[1.2,2],[1.2,2],1.20]");
    check("- &x a\n- *x\n- 1.10\n- {b: *x}\n- 2.20", r#"["a","a",1.10,{"b":"a"},2.20]"#);
    check("- |\n 1.10\n- 1.10\n- a\n- 1.20", r#"["1.10\n",1.1,"a",1.20]"#);
    check("--- # x\n1.10", "1.10");
    check("a: .inf\nb: -.inf\nc: .nan", r#"{"a":".inf","b":"-.inf","c":".nan"}"#);
}

#[test]
fn keys_are_their_text() {
    check(
        "200: a\nn: b\nnull: c\ntrue: d\n1.10: e\n~: f\n'x y': g",
        r#"{"200":"a","n":"b","null":"c","true":"d","1.10":"e","~":"f","x y":"g"}"#,
    );
    check("? a\n: 1", r#"{"a":1}"#);
}

#[test]
fn anchors_aliases_and_merge_keys() {
    check("a: &x {b: 1}\nc: *x\n", r#"{"a":{"b":1},"c":{"b":1}}"#);
    check("a: &x {b: 1, c: 2}\nd:\n  e: 3\n  <<: *x\n  c: 4\n", r#"{"a":{"b":1,"c":2},"d":{"e":3,"b":1,"c":4}}"#);
    check(
        "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}",
        r#"{"a":{"b":1},"c":{"b":2,"d":3},"e":{"b":1,"d":3}}"#,
    );
    check("a: {<<: text}", r#"{"a":{"<<":"text"}}"#);
    check("a: &x 1\nb: &x 2\nc: *x", r#"{"a":1,"b":2,"c":2}"#);
    check("a: &x 1\nb: &x 2\nc: &y 3\nd: *x\ne: *y", r#"{"a":1,"b":2,"c":3,"d":2,"e":3}"#);
    check("a: &x 1\nb: *x\nc: &x [2]\nd: *x", r#"{"a":1,"b":1,"c":[2],"d":[2]}"#);
}

#[test]
fn tags_of_ones_own_are_passed_over() {
    check("a: !!binary aGk=\nb: !foo bar\nc: !foo {d: !bar [1, x]}", r#"{"a":"aGk=","b":"bar","c":{"d":[1,"x"]}}"#);
    check("a: !foo\nb: !foo 12", r#"{"a":null,"b":12}"#);
}

#[test]
fn text_in_all_its_styles() {
    check(
        "a: |\n  x\n   y\nb: >-\n  x\n  y\nc: \"\\u00e9\\n\"\nd: x\n  y\ne: 'it''s'",
        r#"{"a":"x\n y\n","b":"x y","c":"é\n","d":"x y","e":"it's"}"#,
    );
    check("a: [\n  1,\n  2,\n]\nb: {\n}\n", r#"{"a":[1,2],"b":{}}"#);
    check("# tab in a comment\t\na: 1 \t# here\n", r#"{"a":1}"#);
    check("%YAML 1.2\n---\na: 1\n...\n", r#"{"a":1}"#);
}

#[test]
fn what_is_wrong_has_its_place() {
    let failure = |text: &str| parse(text).map_err(|failure| (failure.code, failure.offset, failure.message));
    let syntax = |offset, message: &str| Err((Code::Syntax, offset, message.to_owned()));
    assert_eq!(failure("a: é: b"), syntax(5, "mapping values are not allowed in this context"));
    assert_eq!(failure("a: *x"), syntax(3, "unknown anchor"));
    assert_eq!(failure("a: 'x"), syntax(3, "found unexpected end of stream, while scanning a quoted scalar"));
    assert!(failure("? [a]\n: b").is_err());
}

#[test]
fn later_documents_and_doubled_keys_are_told() {
    let tree = yaml::parse("a: 1\nb: 2\na: 3\n---\nc: 4", &Limits::default()).unwrap();
    assert_eq!(tree.root.to_json(), r#"{"b":2,"a":3}"#);
    assert_eq!(
        tree.found.iter().map(|found| found.message.as_str()).collect::<Vec<_>>(),
        ["`a` stands twice in this object", "the text holds several YAML documents; the second one begins at line 4"]
    );
    let text = "a: {b: 1}\nc: 2\na:\n  d: 3\n";
    let tree = yaml::parse(text, &Limits::default()).unwrap();
    let place = tree.offsets[tree.found[0].node as usize] as usize;
    assert_eq!(&text[place..], "a:\n  d: 3\n", "the key that is repeated");
    assert!(yaml::parse("a: 1\n---\n", &Limits::default()).unwrap().found.len() <= 1);
}

#[test]
fn places() {
    let text = "a: b\nc:\n  d: 'e'\n  f: [g, 1]\n  h: |\n    i\n";
    let tree = yaml::parse(text, &Limits::default()).unwrap();
    let at = |needle: &str| u32::try_from(text.find(needle).unwrap()).unwrap();
    // Root and `c` stand at their first key, scalars at themselves, a list and a text in lines of its own at its key.
    assert_eq!(tree.offsets, [0, at("b\n"), at("d:"), at("e'"), at("f:"), at("g,"), at("1]"), at("h:")]);
    let text = "- null\n-\n- [~, true]\n- a:\n  b: 0x1F\n- - # here\n";
    let tree = yaml::parse(text, &Limits::default()).unwrap();
    let at = |needle: &str| u32::try_from(text.find(needle).unwrap()).unwrap();
    let list = [at("~"), at("true"), at("a:"), at("a:"), at("0x1F"), 0, at("- # here")];
    assert_eq!(tree.offsets, [&[0, at("null"), at("-\n"), 0], list.as_slice()].concat());
}
