//! Valid descriptions with every text in them turned into an attack.
//!
//! All attacks hold the call `zq9x!()`. Names are made from texts, so the word alone may stand in code; with a `!`
//! behind it, it can only be an attack that got through.

use serde_json::Value;

/// The word that tells an attack.
pub const MARKER: &str = "zq9x";

/// What is put into texts: it ends strings, comments, blocks, tables, links, pages, files and templates.
pub const ATTACKS: &[&str] = &[
    "\"); zq9x!(); (\"",
    "*/ zq9x!() /*",
    "\nzq9x!();\n",
    "{} {zq9x!()} }}} {:?} {0}",
    "` zq9x!() `` ```",
    "](javascript:zq9x!()) [x](javascript:zq9x!()) ![x](zq9x!())",
    "<script>zq9x!()</script><img src=x onerror=zq9x!()><a href=\"javascript:zq9x!()\">",
    "../../zq9x!()/../..",
    "\"# zq9x!() r#\" \"## r##\"",
    "\u{202E}zq9x!()\u{2066}\u{2028}\u{FEFF}\u{0}\u{1B}[31m\u{7F}\u{85}",
    "\r\nzq9x!();\r",
    "*/\n//! zq9x!()\n/// zq9x!()\n/** zq9x!() */",
    "]]\n[dependencies]\nzq9x!() = \"1\"\n[[bin]]",
    "\"\"\"\n'''\nzq9x!()\n",
    "\\\" zq9x!() \\",
    "\n```\nzq9x!();\n```\n~~~rust\nzq9x!();\n~~~\n",
    "\n# zq9x!()\n\n    zq9x!();\n\n\tzq9x!();\n",
    "\n[zq9x!()]: javascript:zq9x!()\n\n[zq9x!()] <javascript:zq9x!()> [`zq9x!()`]",
    "| zq9x!() |\n|---|\n| `|` <br>",
    "$(zq9x!()) ${zq9x!()} {{ zq9x!() }} {% zq9x!() %} {# zq9x!() #}",
    "#![zq9x!()] #[doc = include_str!(\"zq9x!()\")] #[cfg(zq9x)]",
    "&lt;zq9x!()&gt; &#60;b onclick=zq9x!()&#62; <!-- zq9x!() --><![CDATA[ zq9x!() ]]>",
    "--> zq9x!() <!-- ?> <?php zq9x!() -- ;",
    "' or zq9x!() -- 'zq9x!()' '\\''",
];

/// Members whose text is no free text but a word of the specification, or leads somewhere.
const WORDS: &[&str] =
    &["openapi", "swagger", "type", "in", "style", "scheme", "flow", "collectionFormat", "$schema", "operationRef"];

/// Puts attacks into every text of a description. The same text always becomes the same, so names stay in step with
/// what refers to them; another `seed` chooses other attacks.
///
/// Gives nothing for a description that holds numbers which no value of ours can.
pub fn spoil(description: &str, seed: u64) -> Option<String> {
    let read: Value = serde_yaml::from_str(description).ok()?;
    serde_json::to_string(&Spoiler { seed }.value(&read, "", false)).ok()
}

struct Spoiler {
    seed: u64,
}

impl Spoiler {
    /// `named` says whether the keys of an object are names that the description makes up.
    fn value(&self, value: &Value, key: &str, named: bool) -> Value {
        match value {
            Value::String(text) if key == "$ref" => Value::from(self.reference(text)),
            Value::String(text) if WORDS.contains(&key) => Value::from(text.clone()),
            Value::String(text) => Value::from(self.text(text)),
            Value::Array(items) => items.iter().map(|item| self.value(item, key, false)).collect(),
            Value::Object(members) => {
                let spoiled = members.iter().map(|(name, inner)| {
                    let word = named && !(key == "responses" && name.len() == 3 || name.starts_with("x-"));
                    // What an operation or a schema holds has names of its own to give.
                    let holds_names = !named && names_things(name);
                    // Our own extensions lead to other places by their texts.
                    let inner = if name.starts_with("x-clientsmith") {
                        inner.clone()
                    } else {
                        self.value(inner, name, holds_names)
                    };
                    (if word { self.text(name) } else { name.clone() }, inner)
                });
                Value::Object(spoiled.collect())
            }
            other => other.clone(),
        }
    }

    /// The text with an attack in it. Templates of paths and servers keep their braces, and a path its first slash.
    fn text(&self, text: &str) -> String {
        let number = text.bytes().fold(self.seed ^ 0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        let attack = ATTACKS[usize::try_from(number >> 20).expect("addresses have 64 bits") % ATTACKS.len()];
        match number >> 60 {
            0..=5 => format!("{text}{attack}"),
            _ if text.starts_with('/') || text.contains("://") => format!("{text}{attack}"),
            6..=10 => format!("{attack}{text}"),
            _ => format!("{attack}{text}{attack}"),
        }
    }

    /// A reference with the names in it as they are called now.
    fn reference(&self, text: &str) -> String {
        let (start, name) = text.rsplit_once('/').unwrap_or(("", text));
        let named = ["#/components/", "#/definitions/", "#/parameters/", "#/responses/"];
        if !named.iter().any(|place| text.starts_with(place)) || text.matches('/').count() > 3 {
            return text.to_owned();
        }
        let plain = name.replace("~1", "/").replace("~0", "~");
        let spoiled = self.text(&plain).replace('%', "%25").replace('~', "~0").replace('/', "~1");
        format!("{start}/{spoiled}")
    }
}

/// Whether the keys below a member are names that the description makes up.
fn names_things(member: &str) -> bool {
    const HOLDERS: &[&str] = &[
        "properties",
        "patternProperties",
        "schemas",
        "definitions",
        "$defs",
        "parameters",
        "responses",
        "requestBodies",
        "headers",
        "securitySchemes",
        "securityDefinitions",
        "examples",
        "links",
        "callbacks",
        "pathItems",
        "paths",
        "variables",
        "scopes",
        "mapping",
        "content",
        "encoding",
        "security",
        "example",
        "default",
        "value",
    ];
    HOLDERS.contains(&member)
}
