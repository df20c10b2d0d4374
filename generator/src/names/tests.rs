//! Descriptions that grow and shrink: nothing that stays is renamed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::*;
use crate::analyze::analyze;
use crate::load::{Limits, load};
use crate::settings::ApiSettings;
use crate::source::Source;

/// A small generator of numbers, so that the same descriptions are tried each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// Texts that like to meet: other spellings, other cases, what we make up ourselves, words of Rust, other scripts.
const TEXTS: &[&str] = &[
    "FooBar",
    "fooBar",
    "foo_bar",
    "foo-bar",
    "foo.bar",
    "foo bar",
    "FOO_BAR",
    "Foo Bar",
    "foobar",
    "FOOBAR",
    "Foobar",
    "fooBarBody",
    "foo_bar body",
    "FooBarReply",
    "FooBarError",
    "FooBarItem",
    "FooBarLower",
    "FooBarUpper",
    "fooBar200Reply",
    "String",
    "string",
    "Option",
    "self",
    "Self",
    "type",
    "Type",
    "Client",
    "client",
    "Default",
    "new",
    "send",
    "1",
    "N1",
    "-1",
    "",
    "größe",
    "GRÖSSE",
    "日本",
    "日-本",
    "a/b",
    "a b",
    "A_B",
    "aB",
    "Ab",
    "get /foo",
    "GetFoo",
    "getFoo",
    "getFooReply",
    "getFoo 200 reply",
    "GetFooError",
    "Ok",
    "OK",
    "o-k",
];

/// One operation or one schema.
#[derive(Clone, Debug)]
enum Part {
    Schema { name: String, form: usize },
    Operation { path: String, id: Option<String>, tag: Option<String>, form: usize },
    Tag { name: String, parent: Option<String> },
}

impl Part {
    fn random(random: &mut Random, number: usize) -> Self {
        let text = (*random.of(TEXTS)).to_owned();
        let form = random.below(4);
        match random.below(9) {
            0..4 => return Self::Schema { name: text, form },
            4 => {
                let parent = (random.below(2) > 0).then(|| (*random.of(TEXTS)).to_owned());
                return Self::Tag { name: text, parent };
            }
            _ => {}
        }
        // Each has a path of its own, which may look like that of another.
        let path = format!("/{}{}", ["foo", "Foo", "foo-", "foo/", "{foo}"][random.below(5)], "/x".repeat(number));
        let tag = (random.below(2) > 0).then(|| (*random.of(TEXTS)).to_owned());
        Self::Operation { path, id: (random.below(3) > 0).then_some(text), tag, form }
    }

    fn key(&self) -> String {
        match self {
            Self::Schema { name, .. } => format!("schema {name}"),
            Self::Tag { name, .. } => format!("tag {name}"),
            Self::Operation { path, .. } => format!("path {path}"),
        }
    }
}

fn description(parts: &[Part]) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let inline = [
        "type: string, enum: [a]",
        "type: object, properties: {a: {type: object, properties: {b: {}}}}",
        "type: array, items: {properties: {c: {}}}",
        "oneOf: [{properties: {d: {}}}, {type: string}]",
    ];
    let (mut paths, mut schemas, mut tags) = (String::new(), String::new(), String::new());
    for part in parts {
        // Writing to a string cannot fail.
        let _ = match part {
            Part::Schema { name, form } => write!(schemas, "{}: {{{}}}, ", text(name), inline[*form]),
            Part::Tag { name, parent } => {
                let parent = parent.as_ref().map(|parent| format!(", parent: {}", text(parent))).unwrap_or_default();
                write!(tags, "{{name: {}{parent}}}, ", text(name))
            }
            Part::Operation { path, id, tag, form } => {
                let id = id.as_ref().map(|id| format!("operationId: {}, ", text(id))).unwrap_or_default();
                let tag = tag.as_ref().map(|tag| format!("tags: [{}], ", text(tag))).unwrap_or_default();
                let content = format!("content: {{application/json: {{schema: {{{}}}}}}}", inline[*form]);
                let other = "content: {application/json: {schema: {type: integer}}}";
                write!(
                    paths,
                    "{}: {{post: {{{id}{tag}requestBody: {{{content}}}, responses: {{'200': {{description: d, {content}}}, '201': {{description: d, {other}}}, '400': {{description: d, {content}}}, '404': {{description: d, {other}}}}}}}}}, ",
                    text(path)
                )
            }
        };
    }
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\ntags: [{tags}]\npaths: {{{paths}}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
    )
}

/// Every ident by what has it, and the lock that comes out.
fn idents(parts: &[Part], lock: &Lock) -> (BTreeMap<String, String>, Lock) {
    let sink = Sink::default();
    let document = load(&Source::new("a.yaml", description(parts)), &Limits::default(), &sink);
    let api = crate::lower::lower_as_before(&document, "a", &ApiSettings::default(), lock, &sink);
    let names = names(&api, &analyze(&api, &sink), lock, &sink);
    let mut out = BTreeMap::new();
    for (id, definition) in api.types.iter() {
        out.insert(format!("type {}", document.pointer(definition.origin)), names.types[id.index()].clone());
    }
    for ((_, operation), names) in api.ops.iter().zip(&names.ops) {
        let reply = names.reply.as_ref().map_or("", |names| names.name.as_str());
        let error = names.error.as_ref().map_or("", |names| names.name.as_str());
        let all = [&names.method, &names.request, reply, error].join(" ");
        out.insert(format!("operation {}", operation.path), all);
        out.insert(format!("table {}", operation.path), names.table.clone());
    }
    for ((_, tag), name) in api.tags.iter().zip(&names.tags) {
        out.insert(format!("tag {}", tag.name), name.clone());
    }
    let mut lock = Lock::default();
    lock.note("a", names.notes);
    (out, lock)
}

#[track_caller]
fn unique(idents: &BTreeMap<String, String>) {
    let mut taken: BTreeMap<(&str, usize, &str), &str> = BTreeMap::new();
    for (thing, names) in idents {
        let (kind, _) = thing.split_once(' ').unwrap();
        for (column, name) in names.split(' ').enumerate().filter(|(_, name)| !name.is_empty()) {
            // Requests and the enums of answers share a scope.
            let column = if kind == "operation" && column >= 2 { 1 } else { column };
            if let Some(other) = taken.insert((kind, column, name), thing) {
                panic!("`{name}` is {thing} and {other}");
            }
        }
    }
}

#[track_caller]
fn same_where_both(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, what: &str) {
    // Nobody outside of the generated code names its tables.
    for (thing, name) in before.iter().filter(|(thing, _)| !thing.starts_with("table ")) {
        if let Some(now) = after.get(thing) {
            assert_eq!(now, name, "{what}: {thing} was {name} and is {now}");
        }
    }
}

#[test]
fn what_is_added_or_removed_renames_nothing() {
    for seed in 0..150 {
        let mut random = Random(seed);
        let mut parts: Vec<Part> = Vec::new();
        let (mut before, mut lock) = idents(&parts, &Lock::default());
        for step in 0..14 {
            let what = if step % 5 == 4 && !parts.is_empty() {
                let gone = parts.remove(random.below(parts.len()));
                format!("seed {seed}: without {gone:?}")
            } else {
                let new = Part::random(&mut random, step);
                if parts.iter().any(|part| part.key() == new.key()) {
                    continue;
                }
                let at = random.below(parts.len() + 1);
                parts.insert(at, new.clone());
                format!("seed {seed}: with {new:?} at {at} among {parts:?}")
            };
            // The lock travels as text.
            let (after, noted) = idents(&parts, &Lock::read(&lock.text()).unwrap());
            unique(&after);
            same_where_both(&before, &after, &what);
            (before, lock) = (after, noted);
        }
    }
}

#[test]
fn the_order_of_a_document_does_not_matter() {
    for seed in 0..60 {
        let mut random = Random(seed);
        let mut parts: Vec<Part> = Vec::new();
        for number in 0..10 {
            let new = Part::random(&mut random, number);
            if parts.iter().all(|part| part.key() != new.key()) {
                parts.push(new);
            }
        }
        let (first, _) = idents(&parts, &Lock::default());
        for _ in 0..3 {
            let (from, to) = (random.below(parts.len()), random.below(parts.len()));
            parts.swap(from, to);
            assert_eq!(idents(&parts, &Lock::default()).0, first, "seed {seed}: {parts:?}");
        }
    }
}

#[test]
fn types_of_answers_are_called_after_their_request() {
    for seed in 0..60 {
        let mut random = Random(seed);
        let parts: Vec<Part> = (0..12).map(|number| Part::random(&mut random, number)).collect();
        for (thing, names) in
            idents(&parts, &Lock::default()).0.iter().filter(|(thing, _)| thing.starts_with("operation "))
        {
            let [_, request, reply, error] = names.split(' ').collect::<Vec<_>>()[..] else { panic!("{names}") };
            assert!(reply.starts_with(&format!("{request}Reply")), "{thing}: {names}");
            assert!(error.starts_with(&format!("{request}Error")), "{thing}: {names}");
        }
    }
}

#[test]
fn whoever_is_spelled_as_usual_wins() {
    let mut scope = Scope::new(Kind::Type, &["Self"]);
    for text in ["foo_bar", "FOO_BAR", "foo-bar", "FooBar", "Foo bar", "self", "FooBar", "fOOBar"] {
        scope.claim(None, pascal(text), text);
    }
    let settled = scope.settle(&Sink::default());
    let expected =
        ["FooUnderscoreBar", "FooBarUpper", "FooDashBar", "FooBar", "FooSpaceBar", "Self_", "FooBar2", "FOoBar"];
    assert_eq!(settled.idents, expected);
    assert!(!settled.notes.contains_key("FooBar") && settled.notes.contains_key("FooBar #2"));
}

#[test]
fn what_is_written_to_the_letter_wins() {
    let settle = |texts: &[&str], known: &BTreeMap<String, String>| {
        let mut scope = Scope::new(Kind::Type, &[]).remembering(Some(known));
        for text in texts {
            scope.claim(None, pascal(text), text);
        }
        scope.settle(&Sink::default())
    };
    let none = BTreeMap::new();
    assert_eq!(settle(&["Ok", "ok", "OK", "o-k"], &none).idents, ["Ok", "OkLower", "OK", "ODashK"]);
    let both = settle(&["OK", "o-k"], &none);
    assert_eq!(both.idents, ["OK", "ODashK"]);
    // What is added later takes nothing, and what goes gives nothing.
    assert_eq!(settle(&["OK", "o-k"], &settle(&["OK"], &none).notes).idents, ["Ok", "OK"]);
    assert_eq!(settle(&["OK", "o-k"], &settle(&["o-k"], &none).notes).idents, ["Ok", "OK"]);
    assert_eq!(settle(&["OK"], &both.notes).idents, ["OK"]);
}

#[test]
fn what_can_be_called_better_is() {
    let known =
        BTreeMap::from([("foo_bar".to_owned(), "Strange".to_owned()), ("a_b".to_owned(), "AUnderscoreB".to_owned())]);
    let mut scope = Scope::new(Kind::Type, &[]).remembering(Some(&known));
    for text in ["foo_bar", "a_b"] {
        scope.claim(None, pascal(text), text);
    }
    assert_eq!(scope.settle(&Sink::default()).idents, ["FooBar", "AUnderscoreB"]);
}

/// The method of each path.
fn methods(parts: &[(&str, &str)], lock: &Lock) -> (Vec<String>, Lock) {
    let operation = |(path, id): &(&str, &str)| Part::Operation {
        path: (*path).to_owned(),
        id: Some((*id).to_owned()),
        tag: None,
        form: 0,
    };
    let (idents, lock) = idents(&parts.iter().map(operation).collect::<Vec<_>>(), lock);
    let method = |(path, _): &(&str, &str)| {
        idents[&format!("operation {path}")].split(' ').next().unwrap_or_default().to_owned()
    };
    (parts.iter().map(method).collect(), lock)
}

#[test]
fn an_id_stays_with_the_operation_that_had_it() {
    let alone = |path| methods(&[(path, "getIt")], &Lock::default());
    let (first, lock) = alone("/m");
    assert_eq!(first, ["get_it"]);
    // Without a past, the smaller path wins in any order.
    assert_eq!(methods(&[("/b", "getIt"), ("/a", "getIt")], &Lock::default()).0, ["post_b", "get_it"]);
    assert_eq!(methods(&[("/a", "getIt"), ("/b", "getIt")], &Lock::default()).0, ["get_it", "post_b"]);
    // With one, whoever had it.
    let (both, with_both) = methods(&[("/a", "getIt"), ("/m", "getIt"), ("/z", "getIt")], &lock);
    assert_eq!(both, ["post_a", "get_it", "post_z"]);
    // Who did without it still does when the other one is gone, and another one that is given it may have it.
    let (rest, after) = methods(&[("/a", "getIt")], &with_both);
    assert_eq!(rest, ["post_a"]);
    assert_eq!(methods(&[("/a", "getIt"), ("/x", "getIt")], &after).0, ["post_a", "get_it"]);
    // An operation that moves to another path keeps its id.
    assert_eq!(methods(&[("/v2/m", "getIt")], &lock).0, ["get_it"]);
}
