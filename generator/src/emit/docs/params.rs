//! The table of what a call takes.

use clientsmith_runtime::json;

use super::notes::{self, join};
use super::site::Site;
use super::{markdown, prose};
use crate::emit::rust;
use crate::ir::{OpId, Param, Place, QueryStyle, Shape};
use crate::template::{Value, markup, values};

/// Rows of the table of parameters: parameters in the order of the description, then the body.
pub(super) fn rows(site: &Site<'_>, from: &str, id: OpId) -> Vec<Value> {
    let operation = &site.api.ops[id];
    let names = site.own.op(id);
    let mut rows: Vec<Value> = Vec::new();
    for (index, param) in operation.params.iter().enumerate() {
        let name = names.params.get(index).map_or("", String::as_str);
        rows.push(row(
            &param.wire,
            site.type_link(from, &param.shape, &argument(site, &param.shape)),
            prose::cell(&param.doc),
            param_notes(site, from, param, name),
        ));
    }
    if let Some(body) = &operation.body {
        let argument = rust::takes_body(site.cx(), id);
        for (index, media) in body.media.iter().enumerate() {
            let name = names.bodies.get(index).map_or("body", String::as_str);
            let mut out = Vec::new();
            if !body.required {
                out.push("[optional]".to_owned());
            }
            if !argument {
                out.push(format!("Setter: {}", markdown::code_cell(name)));
            }
            if media.name != "application/json" {
                out.push(format!("Media type: {}", markdown::code_cell(&media.name)));
            }
            out.push(notes::values(site, from, &media.shape));
            let kind = site.type_link(from, &media.shape, &rust::body_text(site.cx(), media));
            rows.push(row(name.trim_start_matches("r#"), kind, prose::cell(&body.doc), join(out)));
        }
    }
    rows
}

fn row(name: &str, kind: String, description: String, notes: String) -> Value {
    values([
        ("name", markup(bold(name))),
        ("type", markup(kind)),
        ("description", markup(description)),
        ("notes", markup(notes)),
    ])
}

/// A wire name in bold, as text that shows exactly that name.
fn bold(name: &str) -> String {
    let text = markdown::plain(name);
    if text.is_empty() { "(empty)".to_owned() } else { format!("**{text}**") }
}

/// The Rust type of a parameter, without the conversions that the argument also takes.
fn argument(site: &Site<'_>, shape: &Shape) -> String {
    crate::emit::text::shape(site.api, site.own, shape)
}

fn param_notes(site: &Site<'_>, from: &str, param: &Param, name: &str) -> String {
    let mut out = Vec::new();
    if !param.required {
        out.push("[optional]".to_owned());
    }
    if param.doc.deprecated {
        out.push("**Deprecated**".to_owned());
    }
    let rust = name.trim_start_matches("r#");
    match (param.required, rust == param.wire) {
        (_, true) => {}
        (true, false) => out.push(format!("Argument: {}", markdown::code_cell(rust))),
        (false, false) => out.push(format!("Setter: {}", markdown::code_cell(rust))),
    }
    out.push(place(param));
    out.extend(notes::limits(&param.notes));
    out.push(notes::values(site, from, &param.shape));
    if let Some(example) = param.example.as_deref().map(shown) {
        // The default serves as an example where there is no other.
        if !param.notes.contains(&format!("default `{example}`")) {
            out.push(format!("Example: {}", notes::literal(&shorten(&example))));
        }
    }
    join(out)
}

/// Where a parameter travels, when that is not plain from the path.
fn place(param: &Param) -> String {
    if let Some(content) = &param.content {
        let place = match param.place {
            Place::QueryString => "; the whole query",
            Place::Header(_) => "; header",
            Place::Cookie(..) => "; cookie",
            Place::Path(..) | Place::Query(..) => "",
        };
        return format!("Sent as {}{place}", markdown::code_cell(&content.media));
    }
    let list = matches!(param.shape, Shape::List(_));
    match param.place {
        Place::Path(_, _, true) | Place::Query(_, _, true) => {
            "Delimiters such as `/` and `&` are sent as they are".to_owned()
        }
        Place::Path(..) | Place::Query(QueryStyle::Form, true, _) => String::new(),
        Place::Query(QueryStyle::Form, false, _) if list => "Items are joined by commas".to_owned(),
        Place::Query(QueryStyle::Form, false, _) => String::new(),
        Place::Query(QueryStyle::Space, ..) if list => "Items are joined by spaces".to_owned(),
        Place::Query(QueryStyle::Pipe, ..) if list => "Items are joined by \\|".to_owned(),
        Place::Query(QueryStyle::Tab, ..) if list => "Items are joined by tabs".to_owned(),
        Place::Query(QueryStyle::DeepObject, ..) => {
            format!("Sent as {}", markdown::code_cell(&format!("{}[member]=value", param.wire)))
        }
        Place::Query(..) => String::new(),
        Place::QueryString => "The whole query".to_owned(),
        Place::Header(_) => "Header".to_owned(),
        Place::Cookie(..) => "Cookie".to_owned(),
    }
}

/// The JSON text of an example, or the text itself when it is a string.
fn shown(example: &str) -> String {
    match json::from_str::<json::Value>(example) {
        Ok(json::Value::String(text)) => text,
        _ => example.to_owned(),
    }
}

/// Examples in a cell are short, or cut.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        text.to_owned()
    } else {
        text.chars().take(LONGEST).chain("…".chars()).collect()
    }
}
