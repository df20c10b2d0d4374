//! Documents made at random (the same ones in every run), decoded and encoded.

use crate::models::Trigger;
use crate::rt::{self, Value};

/// Numbers that look random.
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 11) as usize % limit
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

fn blank(rng: &mut Rng, out: &mut String) {
    if rng.below(4) == 0 {
        out.push_str(rng.pick(&[" ", "\n", "\t", "\r\n", "          ", "\n        "]));
    }
}

pub fn string(rng: &mut Rng, out: &mut String) {
    out.push('"');
    for _ in 0..rng.below(4) {
        out.push_str(rng.pick(&[
            "a",
            "id",
            "name",
            "plain text",
            "é",
            "😀",
            "\u{7f}",
            "\u{2028}",
            r"\n",
            r"\u0000",
            r"\ud83d\ude00",
            r"\/",
            r#"\""#,
            r"\\",
            r"\u00e9",
            "a text of more than sixteen bytes",
            "/",
            "~1",
        ]));
    }
    out.push('"');
}

pub fn number(rng: &mut Rng) -> &'static str {
    rng.pick(&[
        "0",
        "-0",
        "1",
        "-1",
        "7",
        "0.0",
        "1.50",
        "-0.000",
        "1e3",
        "1E-3",
        "2.5e+10",
        "9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.1000000000000000000000000001",
        "1e400",
        "-1e-400",
        "3.141592653589793",
    ])
}

/// Writes a random value.
fn value(rng: &mut Rng, depth: usize, out: &mut String) {
    blank(rng, out);
    match rng.below(if depth == 0 { 5 } else { 9 }) {
        0 => out.push_str("null"),
        1 => out.push_str(rng.pick(&["true", "false"])),
        2 => out.push_str(number(rng)),
        3 | 4 => string(rng, out),
        5 | 6 => {
            out.push('[');
            for n in 0..rng.below(5) {
                if n > 0 {
                    out.push(',');
                }
                value(rng, depth - 1, out);
            }
            blank(rng, out);
            out.push(']');
        }
        _ => {
            out.push('{');
            let mut names: Vec<String> = Vec::new();
            let most = if rng.below(20) == 0 { 60 } else { 6 };
            for _ in 0..rng.below(most) {
                let mut name = String::new();
                string(rng, &mut name);
                let seen: Value = name.parse().unwrap();
                let seen = seen.to_string();
                if names.contains(&seen) {
                    continue;
                }
                if !names.is_empty() {
                    out.push(',');
                }
                names.push(seen);
                blank(rng, out);
                out.push_str(&name);
                blank(rng, out);
                out.push(':');
                value(rng, depth - 1, out);
            }
            blank(rng, out);
            out.push('}');
        }
    }
    blank(rng, out);
}

pub fn document(rng: &mut Rng) -> String {
    let mut out = String::new();
    value(rng, 5, &mut out);
    out
}

/// A random trigger as text: every member may be there, in any order, and so may others.
pub fn trigger(rng: &mut Rng, depth: usize) -> String {
    let mut members = vec![
        ("name".to_owned(), r#""n""#.to_owned()),
        ("state".to_owned(), rng.pick(&["null", r#""active""#, r#""not active""#, r#""gone""#, r#""""#]).to_owned()),
    ];
    for (name, values) in [
        ("id", &["null", r#""x""#][..]),
        ("note", &["null", r#""x""#, r#""""#]),
        ("level", &["null", "1", "1.0", "2.5", "3", "false", "true", r#""auto""#, r#""x""#, "[1]"]),
        ("size", &["null", "0", "4294967295", "1.0"]),
        ("total", &["null", "9223372036854775807", "-9223372036854775808", "-0", "12e2"]),
        ("ratio", &["null", "0.0", "-0.5", "1", "1e300"]),
        ("enabled", &["null", "true", "false"]),
        ("created", &["null", r#""2024-01-01T00:00:00Z""#, r#""soon""#]),
        ("tags", &["null", "[]", r#"["a", "b"]"#]),
        ("labels", &["null", "{}", r#"{"b": "1", "a": "2"}"#]),
        ("anything", &["null", "1.10", "[]", r#"{"z": {"y": null}}"#]),
        ("Date/\\\"Time\\\" \\\\ é", &["null", r#""x""#]),
        ("owner", &[r#"{"id": 1, "home": {}}"#, r#"{"home": {"street": null, "x": 1}, "a": 5, "id": 2, "nick": "n"}"#]),
        ("unknown", &["null", "1.0", r#"{"a": [1, 2.50]}"#]),
        ("ID", &["1"]),
        ("", &["1"]),
    ] {
        if rng.below(2) == 0 {
            members.push((name.to_owned(), rng.pick(values).to_owned()));
        }
    }
    if depth > 0 && rng.below(2) == 0 {
        members.push(("parent".to_owned(), trigger(rng, depth - 1)));
        members.push(("children".to_owned(), format!("[{}, {}]", trigger(rng, depth - 1), trigger(rng, depth - 1))));
    }
    for n in (1..members.len()).rev() {
        members.swap(n, rng.below(n + 1));
    }
    let mut out = String::from("{");
    for (n, (name, text)) in members.iter().enumerate() {
        out.push_str(if n == 0 { "" } else { "," });
        blank(rng, &mut out);
        out.push_str(&format!("\"{name}\":{text}"));
    }
    out.push('}');
    out
}

#[test]
fn free_values_keep_everything() {
    let mut rng = Rng(0x0dd_ba11);
    for _ in 0..3000 {
        let text = document(&mut rng);
        let value: Value = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
        let compact = value.to_string();
        let again: Value = compact.parse().unwrap();
        assert_eq!(again, value, "{text}");
        assert_eq!(again.to_string(), compact);
        // Nothing but white space and the way of escaping may differ from what was read.
        assert_eq!(format!("{value:#}").parse::<Value>().unwrap(), value);
        let mut r = rt::Reader::new(&text);
        r.skip().unwrap();
        r.finish().unwrap();
        assert_eq!(rt::to_value(&value).unwrap(), value);
        assert_eq!(rt::from_value::<Value>(&value).unwrap().to_string(), compact);
    }
}

#[test]
fn free_values_keep_the_text_of_numbers_and_the_order_of_members() {
    let text = r#"{"z":1.10,"a":[-0,0.0,1e400,12345678901234567890.123456789],"m":{"y":1E+2,"b":null}}"#;
    assert_eq!(text.parse::<Value>().unwrap().to_string(), text);
}

#[test]
fn models_keep_everything() {
    let mut rng = Rng(0x5eed);
    for _ in 0..2000 {
        let text = trigger(&mut rng, 2);
        let value: Value = text.parse().unwrap();
        let model: Trigger = rt::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let encoded = rt::to_string(&model).unwrap();
        assert_eq!(encoded.parse::<Value>().unwrap(), value, "{text}\n{encoded}");
        let again: Trigger = rt::from_str(&encoded).unwrap();
        assert_eq!(again, model);
        assert_eq!(rt::from_value::<Trigger>(&value).unwrap(), model);
        assert_eq!(rt::to_value(&model).unwrap(), value);
        assert_eq!(rt::from_slice::<Trigger>(text.as_bytes()).unwrap(), model);
    }
}

/// Damages a text at random.
fn damaged(rng: &mut Rng, text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..1 + rng.below(3) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.below(bytes.len());
        match rng.below(4) {
            0 => drop(bytes.remove(at)),
            1 => bytes.insert(at, rng.pick(br#""\{}[],:0-.eE1tfnu /"#)),
            2 => bytes[at] = rng.pick(br#""\{}[],:0-.eE1tfnu /"#),
            _ => bytes[at] = rng.next() as u8,
        }
    }
    bytes
}

#[test]
fn what_is_json_is_what_serde_json_thinks() {
    let mut rng = Rng(0xfa11);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..20_000 {
        let text = document(&mut rng);
        let bytes = damaged(&mut rng, &text);
        let ours = rt::from_slice::<Value>(&bytes);
        // It does not read numbers that a float cannot hold, nor halves of surrogate pairs.
        let theirs = serde_json::from_slice::<serde_json::Value>(&bytes);
        let stricter = ["number out of range", "surrogate", "unexpected end of hex escape"];
        if theirs.as_ref().is_err_and(|error| stricter.iter().any(|text| error.to_string().contains(text))) {
            continue;
        }
        match (&ours, &theirs) {
            (Ok(_), Ok(_)) => good += 1,
            (Err(_), Err(_)) => bad += 1,
            _ => panic!("{ours:?}\n{theirs:?}\n{}", String::from_utf8_lossy(&bytes)),
        }
    }
    assert!(good > 1000 && bad > 1000, "{good} {bad}");
}

#[test]
fn nothing_panics_on_damaged_models() {
    let mut rng = Rng(0xdead);
    for _ in 0..10_000 {
        let text = trigger(&mut rng, 1);
        let bytes = damaged(&mut rng, &text);
        if let Err(error) = rt::from_slice::<Trigger>(&bytes) {
            assert!(error.position() <= bytes.len());
            assert!(error.path().starts_with('$'));
            assert!(!error.to_string().contains('\n'));
        }
    }
}

#[test]
fn nothing_panics_on_texts_that_are_cut_off() {
    let mut rng = Rng(0xc07);
    for _ in 0..40 {
        let text = trigger(&mut rng, 2);
        for end in 0..text.len() {
            let cut = &text.as_bytes()[..end];
            let error = rt::from_slice::<Trigger>(cut).unwrap_err();
            assert!(error.position() <= end, "{error}");
            rt::from_slice::<Value>(cut).unwrap_err();
        }
    }
}
