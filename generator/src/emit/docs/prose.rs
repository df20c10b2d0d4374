//! Summary and description, wherever they stand.

use super::markdown;
use crate::ir::{Doc, Permissions};

/// As paragraphs of a page. A description that only repeats the summary is said once.
pub(super) fn blocks(doc: &Doc) -> Vec<String> {
    let mut out = Vec::new();
    if doc.deprecated {
        out.push("**Deprecated.**".to_owned());
    }
    if let Some(summary) = &doc.summary {
        out.push(markdown::line(summary));
    }
    if let Some(description) = description(doc) {
        out.push(markdown::block(description));
    }
    out.extend(link(doc));
    out.retain(|text| !text.trim().is_empty());
    out
}

/// As one cell of a table.
pub(super) fn cell(doc: &Doc) -> String {
    let mut out = Vec::new();
    if let Some(summary) = &doc.summary {
        out.push(markdown::cell(summary));
    }
    if let Some(description) = description(doc) {
        out.push(markdown::cell(description));
    }
    out.extend(link(doc));
    out.retain(|text| !text.trim().is_empty());
    out.join("<br>")
}

/// As one short line: the summary, or the first sentence of the description.
pub(super) fn short(doc: &Doc) -> String {
    let text = match (&doc.summary, &doc.description) {
        (Some(summary), _) if !summary.trim().is_empty() => markdown::cell(summary),
        (_, Some(description)) => markdown::first_sentence(description),
        _ => String::new(),
    };
    if doc.deprecated { format!("**Deprecated.** {text}").trim_end().to_owned() } else { text }
}

fn description(doc: &Doc) -> Option<&str> {
    let description = doc.description.as_deref()?;
    let said = doc
        .summary
        .as_deref()
        .is_some_and(|summary| summary.trim().trim_end_matches('.') == description.trim().trim_end_matches('.'));
    (!said).then_some(description)
}

fn link(doc: &Doc) -> Option<String> {
    let url = doc.link.as_deref()?;
    Some(match markdown::safe_url(url) {
        Some(_) => format!("See {}", markdown::plain(url)),
        None => format!("See {}", markdown::code_cell(url)),
    })
}

/// Permissions as lists: how they count, and their names.
pub(super) fn permissions(permissions: Option<&Permissions>) -> (Vec<(&'static str, Vec<String>)>, Option<String>) {
    let Some(permissions) = permissions else { return (Vec::new(), None) };
    let lists = [("ANY", &permissions.any), ("ALL", &permissions.all)];
    let lists = lists
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(how, names)| (how, names.iter().map(|name| markdown::plain(name)).collect()));
    let note = permissions.note.as_deref().map(|note| format!("Permissions: {}", markdown::line(note)));
    (lists.collect(), note)
}

/// Names joined for a sentence: `a`, `a or b`, `a, b or c`.
pub(super) fn any_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// A JSON Pointer as a path that people read: `/page/next` is `page.next`.
pub(super) fn pointer(pointer: &str) -> String {
    let path: Vec<String> = pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    if path.is_empty() { "the answer".to_owned() } else { markdown::code(&path.join(".")) }
}
