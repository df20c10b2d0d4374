//! The runtime's own sources, for a crate that stands alone: one file for each of its modules.
//!
//! There they are many small files; here nobody edits them, and each file costs time to write, to read and to look at.

use std::collections::BTreeMap;

use super::rust::HEADER;
use crate::plan::Plan;

/// Their paths and texts.
pub(super) fn files(plan: &Plan) -> Vec<(String, String)> {
    let sources: BTreeMap<&str, &str> = clientsmith_runtime::sources().iter().copied().collect();
    // Examples in the runtime's docs name the crate that they stand in.
    let here = format!("{}::runtime", plan.crate_ident());
    let file = |name: &str, text: &str| {
        (format!("src/runtime/{name}.rs"), format!("{HEADER}\n\n{}", text.replace("clientsmith_runtime", &here)))
    };
    let root = sources.get("lib.rs").copied().unwrap_or_default();
    let modules = root.lines().filter_map(declared).filter_map(|name| {
        let mut text = String::new();
        inline(&mut text, &sources, "", name);
        (!text.is_empty()).then(|| file(name, &text))
    });
    [file("mod", root)].into_iter().chain(modules).collect()
}

/// Adds the text of a module, with those of the modules in it where they are declared.
fn inline(out: &mut String, sources: &BTreeMap<&str, &str>, above: &str, name: &str) {
    let (alone, folder) = (format!("{above}{name}.rs"), format!("{above}{name}/"));
    let Some(text) = sources.get(alone.as_str()).or_else(|| sources.get(format!("{folder}mod.rs").as_str())) else {
        return;
    };
    // Its tests have been run where it comes from.
    let text = text.split_once("\n#[cfg(test)]\nmod tests {").map_or(*text, |(text, _)| text);
    for line in text.lines() {
        match declared(line) {
            Some(name) => {
                out.push_str(line.trim_end_matches(';'));
                out.push_str(" {\n");
                inline(out, sources, &folder, name);
                out.push_str("}\n");
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
}

/// The name of the module that a line declares to stand in a file of its own.
fn declared(line: &str) -> Option<&str> {
    let (visibility, name) = line.strip_suffix(';')?.split_once("mod ")?;
    let is_declaration = visibility.is_empty() || visibility.starts_with("pub") && visibility.ends_with(' ');
    (is_declaration && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_part_of_a_file() {
        let files = files(&Plan::default());
        let text: String = files.iter().map(|(_, text)| text.as_str()).collect();
        for (path, source) in clientsmith_runtime::sources() {
            let source = source.split("\n#[cfg(test)]\n").next().unwrap_or_default();
            let last = source.lines().rfind(|line| line.len() > 30 && !line.contains("clientsmith_runtime"));
            assert!(last.is_none_or(|line| text.contains(line)), "{path} is missing: {last:?}");
        }
        assert!(files.len() < 15 && !text.contains("cfg(test)"));
    }

    #[test]
    fn declarations_are_told_from_other_lines() {
        for (line, name) in [
            ("mod map;", Some("map")),
            ("pub mod json;", Some("json")),
            ("pub(crate) mod site;", Some("site")),
            ("//! mod map;", None),
            ("    mod inner;", None),
            ("use a::mod_b;", None),
        ] {
            assert_eq!(declared(line), name, "{line}");
        }
    }
}
