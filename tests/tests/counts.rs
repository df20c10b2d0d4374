//! The operations of the generated crate against those that another reader finds in the descriptions.

use clientsmith_tests::server::{Description, Operation, Place, descriptions};
use std::path::{Path, PathBuf};

fn generated() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated")
}

fn module(description: &Description) -> String {
    description.api.replace('-', "_")
}

#[test]
fn operations_per_api() {
    let counts: Vec<_> = descriptions().iter().map(|one| (one.api, one.operations.len())).collect();
    let wanted = [("botcity-insights", 4), ("genesys-bots", 5), ("genesys-process-automation", 12), ("kore-ai", 11)];
    assert_eq!(counts, wanted);
}

/// What identifies an operation on the wire, in a line.
fn line(operation: &Operation) -> String {
    let Operation { id, method, path, parameters, security, .. } = operation;
    let place = |place| match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    let parameters = parameters.iter().map(|parameter| format!("{} {}", place(parameter.place), parameter.name));
    // Alternatives that differ in scopes alone are one.
    let mut security: Vec<String> = security.iter().map(|names| names.join("+")).collect();
    security.dedup();
    format!("{id}: {method} {path} {:?} {security:?}", parameters.collect::<Vec<_>>())
}

/// The same line from the static table of an operation in generated code.
fn line_of_code(table: &str) -> String {
    let text = |key: &str| between(table, &format!("{key}: \""), "\"").unwrap_or_default();
    let parameters = table.split("rt::Param::").skip(1).filter_map(|parameter| {
        let (place, rest) = parameter.split_once("(\"")?;
        Some(format!("{place} {}", rest.split_once('"')?.0))
    });
    let security = between(table, "security: &[", "]]").unwrap_or_default();
    let security = security.split("&[").skip(1).map(|names| names.replace(['"', ']', ','], "").replace(' ', "+"));
    let security = security.map(|names| names.trim_end_matches('+').to_owned());
    let parts = (parameters.collect::<Vec<_>>(), security.collect::<Vec<_>>());
    format!("{}: {} {} {:?} {:?}", text("id"), text("method"), text("path"), parts.0, parts.1)
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let rest = text.split_once(start)?.1;
    Some(rest.split_once(end).map_or(rest, |(found, _)| found))
}

#[test]
fn operations_of_the_code() {
    for description in descriptions() {
        let folder = generated().join("src").join(module(description)).join("operations");
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let tables = text.split(": rt::Op = rt::Op {").skip(1);
            found.extend(tables.map(|table| line_of_code(table.split("};").next().unwrap_or_default())));
        }
        let mut wanted: Vec<String> = description.operations.iter().map(line).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{}", description.api);
    }
}

#[test]
fn operations_of_the_pages() {
    for description in descriptions() {
        let page = generated().join("docs").join(description.api).join("README.md");
        let text = std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        let rows = text.lines().filter(|row| row.starts_with("| [**") && row.contains("](#"));
        let mut found: Vec<String> = rows.map(|row| row.split(" | ").nth(1).unwrap_or_default().to_owned()).collect();
        let operations = description.operations.iter();
        let mut wanted: Vec<String> = operations.map(|one| format!("**{}** {}", one.method, one.path)).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{}", description.api);
    }
}
