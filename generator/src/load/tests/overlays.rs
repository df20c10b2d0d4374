//! Overlays: what they make of a description, where their values stand, and what is said about bad ones.

use super::*;

const SPEC: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
tags: [{name: a}]
paths:
  /pets:
    get: {summary: all, tags: [x], deprecated: false}
    post: {summary: new}
  /owners:
    get: {summary: owners, tags: [y]}
components:
  schemas:
    Pet: {type: object, x-internal: true}
    Owner: {type: object}
";

/// Applies one overlay that consists of these actions.
fn with(actions: &str) -> (Document, Vec<String>) {
    overlaid("1.1.0", actions)
}

fn overlaid(version: &str, actions: &str) -> (Document, Vec<String>) {
    let overlay = format!("overlay: {version}\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
    load_source(&Source::new("specs/main.yaml", SPEC).with_overlay("specs/fix.overlay.yaml", overlay))
}

fn json(document: &Document, pointer: &str) -> String {
    document.follow(0, pointer).unwrap().node.to_json()
}

#[test]
fn updates_merge() {
    let (document, told) = with(
        "- target: $.paths.*.get\n  update: {tags: [z], x-new: 1}\n- target: $.tags\n  update: {name: b}\n- target: $.info.title\n  update: Animals\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(
        json(&document, "#/paths/~1pets/get"),
        r#"{"summary":"all","tags":["x","z"],"deprecated":false,"x-new":1}"#
    );
    assert_eq!(json(&document, "#/paths/~1owners/get"), r#"{"summary":"owners","tags":["y","z"],"x-new":1}"#);
    assert_eq!(json(&document, "#/tags"), r#"[{"name":"a"},{"name":"b"}]"#);
    assert_eq!(json(&document, "#/info/title"), "\"Animals\"");
}

#[test]
fn the_root_can_be_updated() {
    let (document, told) =
        with("- target: $\n  update:\n    servers: [{url: 'https://a'}]\n    paths: {/new: {get: {summary: n}}}\n");
    assert_eq!(told, [""; 0]);
    assert_eq!(json(&document, "#/servers/0/url"), "\"https://a\"");
    assert_eq!(
        document.follow(0, "#/paths").unwrap().entries().map(|(key, _)| key).collect::<Vec<_>>(),
        ["/pets", "/owners", "/new"]
    );
}

#[test]
fn removals() {
    let (document, told) = with(
        "- target: $.components.schemas[?@['x-internal']]\n  remove: true\n- target: $.paths.*.get.tags[0]\n  remove: true\n- target: $..summary\n  remove: true\n- target: $.tags\n  remove: true\n  update: {passed: over}\n",
    );
    assert_eq!(told, [""; 0]);
    let expected = r#"{"openapi":"3.0.3","info":{"title":"Pets","version":"1"},"paths":{"/pets":{"get":{"tags":[],"deprecated":false},"post":{}},"/owners":{"get":{"tags":[]}}},"components":{"schemas":{"Owner":{"type":"object"}}}}"#;
    assert_eq!(document.root().unwrap().node.to_json(), expected);
    let several = "- target: $\n  update: {list: [0, 1, [2, 3], 4]}\n- target: $.list[1, 3, 1]\n  remove: true\n- target: \"$..[?@ == 3]\"\n  remove: true\n";
    assert_eq!(json(&with(several).0, "#/list"), "[0,[2]]");
}

#[test]
fn actions_see_what_earlier_ones_did() {
    let (document, told) = with(
        "- target: $.tags\n  remove: true\n- target: $\n  update: {tags: [{name: c}]}\n- target: \"$.tags[?@.name == 'c']\"\n  update: {description: d}\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(json(&document, "#/tags"), r#"[{"name":"c","description":"d"}]"#);
}

#[test]
fn copies() {
    let (document, told) = with(
        "- target: $.paths\n  update: {/animals: {}}\n- target: $.paths['/animals']\n  copy: $.paths['/pets']\n- target: $.paths['/pets']\n  remove: true\n- target: $.tags\n  copy: $.tags[0]\n- target: $.info\n  copy: $.info\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(json(&document, "#/paths/~1animals/post"), r#"{"summary":"new"}"#);
    assert!(document.follow(0, "#/paths/~1pets").is_err());
    assert_eq!(json(&document, "#/tags"), r#"[{"name":"a"},{"name":"a"}]"#);
    let at = document.follow(0, "#/paths/~1animals/post/summary").unwrap().origin();
    assert_eq!((document.place(at).0, document.position(at).line), (0, 7), "a copy stands where it was written first");
}

#[test]
fn places_and_pointers_stay_right() {
    let (document, told) = with(
        "- target: $.paths['/pets'].get\n  update:\n    responses: {'200': {$ref: '#/gone'}}\n- target: $.tags\n  remove: true\n",
    );
    assert_eq!(told, [""; 0]);
    assert_eq!(
        document.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        ["specs/main.yaml", "specs/fix.overlay.yaml"]
    );
    for pointer in [
        "#/paths/~1pets/get/responses/200/$ref",
        "#/paths/~1pets/get/summary",
        "#/paths/~1owners/get/tags/0",
        "#/components/schemas/Owner/type",
    ] {
        let at = document.follow(0, pointer).unwrap();
        assert_eq!(document.pointer(at.origin()), pointer);
        assert_eq!(document.node(at.origin()).unwrap().node.to_json(), at.node.to_json());
    }
    let place = |pointer: &str| {
        let origin = document.follow(0, pointer).unwrap().origin();
        let (file, _) = document.place(origin);
        let Position { line, column } = document.position(origin);
        format!("{}:{line}:{column}", document.path(file))
    };
    assert_eq!(place("#/paths/~1pets/get/responses/200/$ref"), "specs/fix.overlay.yaml:6:32");
    assert_eq!(place("#/paths/~1owners/get/summary"), "specs/main.yaml:9:20");
    assert_eq!(place("#/paths/~1pets/get"), "specs/main.yaml:6:11");
    // Numbers are in document order again, each once.
    let mut seen = Vec::new();
    let mut work = vec![document.root().unwrap().node];
    while let Some(node) = work.pop() {
        seen.push(node.id);
        match &node.kind {
            Kind::Array(items) => work.extend(items.iter().rev()),
            Kind::Object(members) => work.extend(members.values().collect::<Vec<_>>().into_iter().rev()),
            _ => {}
        }
    }
    assert_eq!(seen, (0..u32::try_from(seen.len()).unwrap()).collect::<Vec<_>>());
    assert_eq!(document.files[0].offsets.len(), seen.len());
}

#[test]
fn references_of_an_overlay_are_those_of_the_description() {
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- target: $.components.schemas.Owner\n  update: {properties: {pet: {$ref: 'pet.yaml#/Pet'}}}\n";
    let source = Source::new("specs/main.yaml", SPEC)
        .with_overlay("elsewhere/fix.yaml", overlay)
        .with_file("pet.yaml", "Pet: {type: string}");
    let (document, told) = load_source(&source);
    assert_eq!(told, [""; 0]);
    let at = document.follow(0, "#/components/schemas/Owner/properties/pet").unwrap();
    assert_eq!(document.resolve(at).unwrap().str("type"), Some("string"));
}

#[test]
fn warnings_about_the_description_move_along() {
    let spec = "openapi: 3.0.3\ninfo: {}\na: {k: 1, k: 2}\nb: {k: 1, k: 2}\n";
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.info, update: {x: {y: {z: 1}}}}\n- {target: $.a, remove: true}\n";
    let (_, told) = load_source(&Source::new("main.yaml", spec).with_overlay("fix.yaml", overlay));
    assert_eq!(told, ["Warning OA0006 main.yaml:4:11 `k` stands twice in this object"]);
}

#[test]
fn a_target_that_selects_nothing_is_an_error() {
    assert_eq!(
        with("- target: $.paths['/pest'].get\n  update: {x: 1}\n- target: $.gone\n  remove: true\n").1,
        [
            "Error OA0071 specs/fix.overlay.yaml:4:11 `$.paths['/pest'].get` selects nothing in specs/main.yaml",
            "Error OA0071 specs/fix.overlay.yaml:6:11 `$.gone` selects nothing in specs/main.yaml"
        ]
    );
}

#[test]
fn bad_overlays_say_why() {
    let told = |actions: &str| {
        with(actions)
            .1
            .into_iter()
            .map(|line| line.split_once("yaml:").unwrap().1.to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(told("- {target: $.info, updates: {}}"), "4:20 `updates` is no key of an action");
    assert_eq!(
        told("- {target: $.info}"),
        "4:4 this action changes nothing: it has neither `update` nor `copy` nor `remove: true`"
    );
    assert_eq!(told("- {update: {}}"), "4:4 an action needs a `target`");
    assert_eq!(told("- {target: $.info, update: {a: 1}, copy: $.tags}"), "4:4 an action has either `update` or `copy`");
    assert_eq!(told("- {target: $, remove: true}"), "4:12 the whole description cannot be removed");
    assert_eq!(told("- {target: $.info, remove: yes please}"), "4:28 `remove` is true or false, but this is a string");
    assert_eq!(
        told("- {target: $.info, update: {title: [1]}}"),
        "4:29 `title` is a string, and an array cannot be merged with it"
    );
    assert_eq!(
        told("- {target: $.info, copy: $.tags}"),
        "4:26 what the target selects is an object, and an array cannot be merged with it"
    );
    assert_eq!(told("- {target: $.info, copy: '$.paths.*'}"), "4:27 `copy` selects one value, but this selects 2");
    assert_eq!(
        told("- {target: '$[''info'', ''tags'']', update: {a: 1}}"),
        "4:4 the target selects objects, arrays and primitive values at once"
    );
    assert_eq!(told("- nothing"), "4:3 an action is an object, but this is a string");
    let query = told("- {target: '$.paths./pets', update: {}}");
    assert!(query.starts_with("4:13 `$.paths./pets` is no JSONPath (RFC 9535): "), "{query}");
    assert!(
        told(&format!("- {{target: '$[?{}@.a{}]', update: {{}}}}", "(".repeat(60), ")".repeat(60)))
            .contains("nested too deep")
    );
}

#[test]
fn versions() {
    let first = |version: &str, actions: &str| overlaid(version, actions).1.first().cloned().unwrap_or_default();
    assert_eq!(first("1.0", "- {target: $.info, update: {a: 1}}"), "");
    assert_eq!(
        first("2.0.0", "- {target: $.info}"),
        "Error OA0004 specs/fix.overlay.yaml:1:10 `overlay: 2.0.0` is not a version that can be read"
    );
    assert_eq!(
        first("1.0.0", "- {target: $.info, copy: $.tags}"),
        "Error OA0072 specs/fix.overlay.yaml:4:26 `copy` came with Overlay 1.1; write `overlay: 1.1.0`"
    );
    assert!(
        first("1.0.0", "- {target: $.info.title, update: x}").contains("Overlay 1.0 changes objects and arrays alone")
    );
    let no_overlay = load_source(&Source::new("a.yaml", SPEC).with_overlay("b.yaml", "openapi: 3.0.3\n")).1;
    assert_eq!(no_overlay, ["Error OA0072 b.yaml:1:1 this is no overlay: it has no `overlay: 1.x.y`"]);
    let no_actions =
        load_source(&Source::new("a.yaml", SPEC).with_overlay("b.yaml", "overlay: 1.0.0\nactions: []\n")).1;
    assert_eq!(
        no_actions,
        [
            "Warning OA0011 b.yaml:1:1 an overlay needs `info` with `title` and `version`",
            "Error OA0072 b.yaml:2:1 `actions` is a list of at least one action"
        ]
    );
}

#[test]
fn settings_name_overlays() {
    let source = Source::new("specs/main.yaml", SPEC)
        .with_settings("specs/main.toml", "overlays = [\"a.yaml\", \"none.yaml\"]")
        .with_file("a.yaml", "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $.info, update: {title: First}}]")
        .with_overlay("b.yaml", "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions: [{target: \"$.info[?@ == 'First']\", update: Second}]");
    let (document, told) = load_source(&source);
    assert_eq!(told, ["Error OA0001 specs/main.toml:1:23 `none.yaml`: there is no such file"]);
    assert_eq!(json(&document, "#/info/title"), "\"Second\"");
    assert_eq!(
        document.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        ["specs/main.yaml", "specs/main.toml", "specs/a.yaml", "specs/none.yaml", "b.yaml"]
    );
}

#[test]
fn copies_cannot_fill_the_memory() {
    let limits = Limits { nodes: 10_000, ..Limits::default() };
    let wide = "- {target: $, copy: $}\n- {target: $.paths, copy: $}\n".repeat(40);
    let deep = "- {target: $.info, update: {x: {}}}\n".to_owned() + &"- {target: '$..x', copy: $}\n".repeat(30);
    for actions in [wide, deep] {
        let sink = Sink::default();
        let overlay = format!("overlay: 1.1.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
        let document = load(&Source::new("a.yaml", SPEC).with_overlay("b.yaml", overlay), &limits, &sink);
        assert!(sink.into_sorted().iter().any(|found| found.code == Code::Limit));
        assert!(document.files[0].offsets.len() <= limits.nodes);
    }
}

#[test]
fn no_query_panics() {
    let pieces = [
        "$",
        ".",
        "..",
        "*",
        "[",
        "]",
        "?",
        "@",
        "(",
        ")",
        "'",
        "\"",
        "a",
        "é",
        "0",
        "-1",
        ":",
        ",",
        "==",
        "&&",
        "!",
        "length(",
        "match(",
        "\\u",
        "\\ud83d",
        "1e999",
        "99999999999999999999",
        "'[('",
        " ",
        "null",
        "\u{0}",
    ];
    let mut seed: usize = 7;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for _ in 0..3000 {
        let query: String = (0..=next(9)).map(|_| pieces[next(pieces.len())]).collect();
        let text = serde_json::to_string(&format!("${query}")).unwrap();
        let overlay = format!(
            "{{\"overlay\": \"1.1.0\", \"info\": {{}}, \"actions\": [{{\"target\": {text}, \"update\": {{\"x\": [1]}}}}, {{\"target\": {text}, \"remove\": true}}]}}"
        );
        let (document, _) = load_source(&Source::new("a.yaml", SPEC).with_overlay("b.json", overlay));
        for node in 0..u32::try_from(document.files[0].offsets.len()).unwrap() {
            let origin = Origin { file: 0, node };
            assert_eq!(document.node(origin).unwrap().node.id, node);
            document.position(origin);
        }
    }
}
