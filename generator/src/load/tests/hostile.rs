//! Inputs made to hurt: they end in bounded time, with a diagnostic, and never in a panic.

use std::time::{Duration, Instant};

use super::super::*;
use super::load_source;

/// Loads a text and gives the codes of what was found. Debug builds on a busy machine are slow: the bound only tells
/// seconds from hours.
fn codes(text: impl Into<Vec<u8>>) -> Vec<Code> {
    let start = Instant::now();
    let sink = Sink::default();
    let document = load(&Source::new("a.yaml", text), &Limits::default(), &sink);
    drop(document);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    sink.into_sorted().into_iter().map(|found| found.code).collect()
}

#[test]
fn deep_nesting() {
    let deep = 100_000;
    assert_eq!(codes("[".repeat(deep)), [Code::Limit]);
    assert_eq!(codes(r#"{"a":"#.repeat(deep)), [Code::Limit]);
    assert_eq!(codes(format!("a: {}", "[".repeat(deep))), [Code::Limit]);
    assert_eq!(codes(format!("a: {}", "{a: ".repeat(deep))), [Code::Limit]);
    assert_eq!(codes("- ".repeat(deep)), [Code::Limit]);
    assert_eq!(codes("? ".repeat(20_000)).len(), 1);
    assert_eq!(codes((0..3000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>()), [Code::Limit]);
    let within = format!("{{\"openapi\": \"3.0.3\", \"x\": {}{}}}", "[".repeat(190), "]".repeat(190));
    assert_eq!(codes(within), []);
}

#[test]
fn alias_bombs() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(codes(bomb), [Code::Limit]);
    let mut merges = "a0: &a0 {k0: 1, j0: 2}\n".to_owned();
    for level in 1..40 {
        merges.push_str(&format!(
            "a{level}: &a{level} {{<<: [*a{0}, *a{0}], k{level}: 1, n: [*a{0}, *a{0}]}}\n",
            level - 1
        ));
    }
    assert_eq!(codes(merges), [Code::Limit]);
    assert_eq!(codes("a: &a [*a]"), [Code::Limit]);
    assert_eq!(codes("a: &a {b: *a}"), [Code::Limit]);
    assert_eq!(codes("&a a: *a").len(), 1);
}

#[test]
fn many_values_and_many_equal_keys() {
    let limits = Limits { nodes: 1000, ..Limits::default() };
    for (name, text) in
        [("a.json", format!("[{}0]", "0,".repeat(2000))), ("a.yaml", format!("a: [{}0]", "0,".repeat(2000)))]
    {
        let sink = Sink::default();
        load(&Source::new(name, text), &limits, &sink);
        assert_eq!(sink.len(), 1, "{name}");
    }
    let doubled = format!("{{{}\"openapi\": \"3.0.3\"}}", r#""k": 1, "#.repeat(200_000));
    assert_eq!(codes(doubled), [Code::DuplicateKey]);
}

#[test]
fn files_that_are_too_large_or_too_many() {
    let limits = Limits { bytes: 100, files: 3, ..Limits::default() };
    let told = |source: &Source| {
        let sink = Sink::default();
        let document = load(source, &limits, &sink);
        (document.files.len(), sink.into_sorted().into_iter().map(|found| found.message).collect::<Vec<_>>())
    };
    assert_eq!(
        told(&Source::new("a.yaml", " ".repeat(101))).1,
        ["the files of the description are too large together"]
    );
    let two = Source::new("a.yaml", "openapi: 3.0.3\nx: {$ref: b.yaml}\n").with_file("b.yaml", " ".repeat(90));
    let document = load(&two, &limits, &Sink::default());
    let why = "`b.yaml`: the files of the description are too large together".to_owned();
    assert_eq!(document.follow(0, "b.yaml").unwrap_err(), RefError::Unreadable(why));
    let mut many = Source::new("a.yaml", "openapi: 3.0.3\nx: {$ref: '1'}\n");
    for file in 1..9 {
        many = many.with_file(file.to_string(), format!("$ref: '{}'", file + 1));
    }
    assert_eq!(told(&many), (4, vec!["there are more than 3 files".to_owned()]));
}

/// A small generator of numbers, so that the same inputs are tried each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

#[test]
fn cut_and_changed_texts() {
    let yaml = "openapi: 3.1.0\ninfo: &i {title: \"T\\u00e9\", version: 1.10}\npaths:\n  /p/{a}:\n    get: {<<: *i, $ref: 'b.yaml#/x', d: >-\n      text\n      more\n      }\n    ? q\n    : [1, 0x1, .5, ~, !t v]\n";
    let json = r##"{"openapi": "3.1.0", "$id": "x", "paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": [1.5e3, true, null, "\ud83d\ude00 \n"]}, "$anchor": "k"}"##;
    let odd: &[&[u8]] = &[
        b"[",
        b"{",
        b"}",
        b":",
        b"\"",
        b"'",
        b"\n",
        b"\t",
        b"\0",
        b"\xFF",
        b"&a",
        b"*a",
        b"<<: ",
        b"$ref",
        b"- ",
        b"|",
        b">",
        b"%",
        b"#",
        b"---\n",
        b"\xEF\xBB\xBF",
        b"\xE2\x80\xA8",
        b"1e999",
        b"-",
    ];
    let mut random = Random(7);
    for text in [yaml, json] {
        for end in 0..text.len() {
            load_source(&Source::new("a.yaml", text.as_bytes()[..end].to_vec()));
        }
        for _ in 0..4000 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len() + 1);
                let end = (at + random.below(6)).min(bytes.len());
                let new = odd[random.below(odd.len())];
                bytes.splice(at..end, new.iter().copied());
            }
            let (document, _) = load_source(&Source::new("a.yaml", bytes.clone()).with_file("b.yaml", bytes));
            for file in &document.files {
                for node in 0..u32::try_from(file.offsets.len()).unwrap() {
                    let origin = Origin { file: 0, node };
                    document.position(origin);
                    document.pointer(origin);
                    if let Some(at) = document.node(origin) {
                        let _ = document.resolve(at);
                    }
                }
            }
        }
    }
}
