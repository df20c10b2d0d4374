//! What Cargo and the compiler say, as lines of JSON.

use std::collections::BTreeMap;

use serde_json::Value;

/// What was said about one crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Errors.
    pub(super) errors: u64,
    /// Warnings.
    pub(super) warnings: u64,
    /// The first error, or the first warning, in a line.
    pub(super) first: String,
    /// Whether something came out.
    pub(super) built: bool,
    /// The program among that.
    pub(super) program: Option<String>,
}

/// What was said in one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    /// By crate, as its folder is called.
    pub(super) crates: BTreeMap<String, Said>,
    /// The messages as people read them.
    pub(super) rendered: BTreeMap<String, String>,
    /// What Cargo said itself.
    pub(super) stderr: String,
}

/// Reads the lines of a run.
pub(super) fn read(stdout: &str, stderr: String) -> Spoken {
    let mut spoken = Spoken { stderr, ..Spoken::default() };
    for line in stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let Some(name) = line["manifest_path"].as_str().and_then(member) else { continue };
        match line["reason"].as_str() {
            Some("compiler-artifact") => {
                let said = spoken.crates.entry(name.to_owned()).or_default();
                said.built = true;
                said.program = line["executable"].as_str().map(str::to_owned).or_else(|| said.program.take());
            }
            Some("compiler-message") => {
                let message = &line["message"];
                let text = message["message"].as_str().unwrap_or_default();
                let level = message["level"].as_str().unwrap_or_default();
                // The closing lines count what was said before.
                let closing = message["code"].is_null() && message["spans"].as_array().is_none_or(Vec::is_empty);
                if closing
                    && (text.starts_with("aborting due to")
                        || text.contains("warning emitted")
                        || text.contains("warnings emitted")
                        || level == "failure-note")
                {
                    continue;
                }
                let said = spoken.crates.entry(name.to_owned()).or_default();
                let error = level.starts_with("error");
                if (error && said.errors == 0) || said.first.is_empty() {
                    said.first = one_line(message, text);
                }
                said.errors += u64::from(error);
                said.warnings += u64::from(level == "warning");
                let rendered = message["rendered"].as_str().unwrap_or(text);
                spoken.rendered.entry(name.to_owned()).or_default().push_str(rendered);
            }
            _ => {}
        }
    }
    spoken
}

/// The crate that a manifest belongs to, if it is one of ours.
fn member(manifest: &str) -> Option<&str> {
    let mut parts = manifest.rsplit(['/', '\\']).skip(1);
    let name = parts.next()?;
    (parts.next() == Some("crates")).then_some(name)
}

/// Code, message and place of a message.
fn one_line(message: &Value, text: &str) -> String {
    let code = message["code"]["code"].as_str().map(|code| format!("{code}: ")).unwrap_or_default();
    let spans = message["spans"].as_array();
    let place = spans.and_then(|spans| spans.iter().find(|span| span["is_primary"] == true));
    let place = place.map(|span| {
        let file = span["file_name"].as_str().unwrap_or_default();
        let file = file.rsplit_once("/src/").map_or(file, |(_, file)| file);
        format!(" at {file}:{}", span["line_start"])
    });
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{code}{text}{}", place.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn messages_by_crate() {
        let manifest = |name: &str| format!("/t/check/crates/{name}/Cargo.toml");
        let message = |name: &str, level: &str, text: &str, spans: Value| {
            json!({"reason": "compiler-message", "manifest_path": manifest(name), "message": {
                "level": level, "message": text, "code": if spans == json!([]) { Value::Null } else { json!({"code": "E0308"}) }, "spans": spans, "rendered": format!("{level}: {text}\n"),
            }})
        };
        let span = json!([{"is_primary": true, "file_name": "crates/a/src/models/x.rs", "line_start": 7}]);
        let lines = [
            json!({"reason": "compiler-artifact", "manifest_path": manifest("b"), "executable": "/t/b"}),
            json!({"reason": "compiler-artifact", "manifest_path": "/registry/serde-1/Cargo.toml"}),
            message("a", "warning", "unused", span.clone()),
            message("a", "error", "mismatched\n types", span),
            message("a", "error", "aborting due to 1 previous error; 1 warning emitted", json!([])),
            message("c", "error", "linking failed", json!([])),
            json!({"reason": "build-finished", "success": false}),
        ];
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let spoken = read(&format!("{text}not json\n"), "bye".to_owned());
        let a = Said {
            errors: 1,
            warnings: 1,
            first: "E0308: mismatched types at models/x.rs:7".to_owned(),
            ..Said::default()
        };
        assert_eq!(spoken.crates["a"], a);
        assert_eq!(spoken.crates["b"], Said { built: true, program: Some("/t/b".to_owned()), ..Said::default() });
        assert_eq!((spoken.crates["c"].errors, spoken.crates.len()), (1, 3));
        assert_eq!(spoken.rendered["a"], "warning: unused\nerror: mismatched\n types\n");
    }
}
