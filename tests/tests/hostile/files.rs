//! Files that are hardly texts, several of them at once, and what they say of each other in circles. Each is a plain finding
//! with its place and with what to do, or is read as what was meant.

use crate::process::{Bounds, generate, generate_within};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
const WHOLE: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: x}}}}}\n";

/// The file is refused: with this finding, at this place (or at one that begins so), and with advice.
#[track_caller]
fn refused(bytes: impl AsRef<[u8]>, code: &str, place: &str, message: &str) {
    let ended = generate(&[("a.yaml", bytes.as_ref())]);
    assert!(!ended.success, "{}", ended.told);
    for part in [
        format!("error[{code}]: {message}"),
        format!("--> {place}{}", if place.ends_with(':') { "" } else { "\n" }),
        "= help: ".to_owned(),
    ] {
        assert!(ended.told.contains(&part), "{part:?} is not in:\n{}", ended.told);
    }
}

/// The file is read, and this is said about it.
#[track_caller]
fn read(bytes: impl AsRef<[u8]>, told: &str) {
    let ended = generate(&[("a.yaml", bytes.as_ref())]);
    assert!(ended.success && ended.told.contains(told), "{}", ended.told);
    assert_eq!(told.is_empty(), ended.told.is_empty(), "{}", ended.told);
}

#[test]
fn nothing_to_read() {
    for empty in ["", " \n\n", "# only this\n# and this\n", "---\n...\n", "null", "\u{feff}"] {
        refused(
            empty,
            "OA0003",
            if empty.is_empty() || empty == "\u{feff}" { "a.yaml" } else { "a.yaml:1:1" },
            "the document is empty",
        );
    }
    refused("[]", "OA0003", "a.yaml:1:1", "a description is an object, but this is an array");
    refused("<html>\n<body>404: Not Found</body>\n</html>", "OA0003", "a.yaml:1:1", "this looks like HTML or XML");
    refused("just a text", "OA0003", "a.yaml:1:1", "a description is an object, but this is a string");
}

#[test]
fn bytes_that_are_no_text() {
    refused(
        "openapi: 3.1.0\ninfo: {title: a\0b}\n",
        "OA0002",
        "a.yaml:2:16",
        "a control character stands here (U+0000)",
    );
    refused(vec![0; 100_000], "OA0002", "a.yaml:1:1", "a control character stands here (U+0000)");
    refused("{\"openapi\": \"3.1.0\", \"x\": \"a\0b\"}", "OA0002", "a.yaml:1:29", "expected escaped control character");
    let all: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    refused(all, "OA0002", "a.yaml:1:1", "a control character stands here");
    refused(b"\x1f\x8b not gzip at all", "OA0001", "a.yaml", "the gzip data is damaged");
    let latin = WHOLE.replace("title: T", "title: caf\u{e9}").chars().map(|c| c as u8).collect::<Vec<u8>>();
    read(latin, "a.yaml:2:18");
    read([WHOLE.as_bytes(), b"# \xff\xfe\x80"].concat(), "there are bytes here that are not UTF-8");
}

#[test]
fn other_encodings() {
    let utf16 = |order: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> { text.encode_utf16().flat_map(order).collect() };
    for text in
        [WHOLE, "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"\u{1f600}\", \"version\": \"1\"}, \"paths\": {}}"]
    {
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{text}");
            read(&text, "");
            read(utf16(u16::to_le_bytes, &text), "");
            read(utf16(u16::to_be_bytes, &text), "");
        }
    }
    read(WHOLE.replace('\n', "\r\n"), "");
    read(WHOLE.replace('\n', "\r"), "");
    let broken = WHOLE.replace("title: T", "title: \"T");
    for line_end in ["\n", "\r\n", "\r"] {
        refused(broken.replace('\n', line_end), "OA0002", "a.yaml:2:15", "");
        refused(utf16(u16::to_le_bytes, &broken.replace('\n', line_end)), "OA0002", "a.yaml:2:15", "");
    }
}

#[test]
fn several_documents() {
    read(format!("---\n{WHOLE}---\nb: 1\n"), "the second one begins at line 5");
    read(format!("{WHOLE}---\n- [broken\n"), "the second one begins at line 4");
    read(format!("---\n{WHOLE}...\n---\n"), "");
    read(format!("{WHOLE}{}", "---\nb: 1\n".repeat(200_000)), "the text holds several YAML documents");
}

#[test]
fn yaml_in_too_deep() {
    let place = |column: usize| format!("a.yaml:3:{column}");
    refused(
        format!("{HEAD}x: {}{}", "[".repeat(300), "]".repeat(300)),
        "OA0005",
        &place(131),
        "values are nested more than 128 deep",
    );
    refused(format!("{HEAD}x: {}", "{a: ".repeat(100_000)), "OA0005", "a.yaml:3:", "");
    let block: String = (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    refused(format!("{HEAD}{block}"), "OA0005", "a.yaml:131:129", "values are nested more than 128 deep");
    refused(format!("{HEAD}x: &x [*x]\n"), "OA0005", "a.yaml:3:4", "values are nested more than 128 deep");
    refused("- ".repeat(1_000_000), "OA0005", "a.yaml:1:", "");
}

#[test]
fn aliases_without_measure() {
    let mut bomb = format!("{HEAD}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    refused(bomb, "OA0005", "a.yaml:3:", "with its aliases written out, the document has more than");
    let long = "n".repeat(1 << 16);
    let texts = format!("{HEAD}a: &a {long}\nb: [{}]\n", "*a, ".repeat(50_000));
    refused(texts, "OA0005", "a.yaml:3:", "with its aliases written out, the document has more than");
    let merges: String =
        (1..60).map(|n| format!("m{n}: &m{n} {{<<: [*m{0}, *m{0}], k{n}: 1, n: [*m{0}, *m{0}]}}\n", n - 1)).collect();
    refused(format!("{HEAD}m0: &m0 {{k: 1}}\n{merges}"), "OA0005", "a.yaml:", "");
}

/// Files that refer to each other: all of them, in a long row, and each to all others.
#[test]
fn files_in_circles() {
    let main = format!("{HEAD}paths: {{/a: {{$ref: f0.yaml}}}}\n");
    let row: Vec<(String, String)> =
        (0..400).map(|n| (format!("f{n}.yaml"), format!("$ref: f{}.yaml\n", (n + 1) % 400))).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("a.yaml", main.as_bytes())];
    files.extend(row.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let ended = generate(&files);
    assert!(ended.success && ended.told.contains("OA0021"), "{}", ended.told);
    let mesh: Vec<(String, String)> = (0..60)
        .map(|n| {
            let all: String = (0..60).map(|other| format!("  p{other}: {{$ref: f{other}.yaml}}\n")).collect();
            (format!("f{n}.yaml"), format!("allOf: [{{$ref: f{}.yaml}}]\nproperties:\n{all}", (n + 1) % 60))
        })
        .collect();
    let main = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: f0.yaml}}}}}}\n");
    let mut files: Vec<(&str, &[u8])> = vec![("a.yaml", main.as_bytes())];
    files.extend(mesh.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let ended = generate(&files);
    assert!(ended.success, "{}", ended.told);
}

/// Overlays that extend themselves, put what they found into itself again and again, or select everything many times.
#[test]
fn overlays_that_grow() {
    let overlay = |text: &str| {
        let text = format!("overlay: 1.1.0\ninfo: {{title: o, version: '1'}}\n{text}");
        let arguments = ["--overlay", "o.yaml"];
        let files: [(&str, &[u8]); 2] = [("a.yaml", WHOLE.as_bytes()), ("o.yaml", text.as_bytes())];
        generate_within(&files, Bounds { arguments: &arguments, ..Bounds::default() })
    };
    let nested = "- {target: '$.paths', copy: '$'}\n".repeat(40);
    overlay(&format!("actions:\n{nested}"));
    let doubled = "- {target: '$.x', copy: '$.x'}\n".repeat(40);
    let ended = overlay(&format!("actions:\n- {{target: $, update: {{x: [1, 2, 3]}}}}\n{doubled}"));
    assert!(!ended.success && ended.told.contains("OA0005"), "{}", ended.told);
    let everywhere = "- {target: '$..*', update: {x: {y: {z: 1}}}}\n".repeat(40);
    let ended = overlay(&format!("actions:\n{everywhere}"));
    assert!(!ended.success && ended.told.contains("OA00"), "{}", ended.told);
    for extends in ["o.yaml", "a.yaml", "none.yaml"] {
        overlay(&format!("extends: {extends}\nactions: [{{target: $.info, update: {{title: U}}}}]\n"));
    }
    let query = "$".to_owned() + &"..*".repeat(30);
    overlay(&format!("actions: [{{target: '{query}', update: {{x: 1}}}}]\n"));
    overlay(&format!("actions: [{{target: '$[?({})]', remove: true}}]\n", "(".repeat(5000)));
}
