//! Enums of literals: open, and one table for both directions.

use super::Cx;
use super::doc::{Comment, is_echo};
use super::lines::{self, literal};
use crate::emit::docs::markdown;
use crate::ir::{Doc, Enum, EnumValue, Id as _, TypeId};

/// So many values stand in one sentence.
const SHORT: usize = 30;

pub(super) fn enumeration(out: &mut String, cx: Cx<'_>, id: TypeId, list: &Enum) {
    let name = cx.type_name(id);
    let unknown = &cx.own.names.unknown[id.index()];
    let variants = &cx.own.names.variants[id.index()];
    // A few values whose variants say all there is to say are listed at once.
    let plain = |(value, variant): (&EnumValue, &String)| is_silent(&value.doc) && is_echo(&value.wire, variant);
    let short = list.values.len() <= SHORT && list.values.iter().zip(variants).all(plain);
    let mut about = super::about(cx, id);
    if short && !list.values.is_empty() {
        let values: Vec<String> = list.values.iter().map(|value| markdown::code(&value.wire)).collect();
        about.sentence(format!("{} {}.", if values.len() == 1 { "Always" } else { "One of" }, values.join(", ")));
    }
    about.notes(&cx.api.types[id].notes);
    // The only value is what a blank one is.
    let constant = list.constant().and(variants.first()).map(|only| format!(" = {only}")).unwrap_or_default();
    out.push_str(if list.text { "rt::text_enum! {\n" } else { "rt::value_enum! {\n" });
    lines::comment(out, &about, "    ");
    let head = format!("    pub enum {name}{constant}, {unknown} {{");
    if short {
        let row = |(value, variant): (&EnumValue, &String)| format!("{} {variant}", literal(&value.wire));
        let rows: Vec<String> = list.values.iter().zip(variants).map(row).collect();
        lines::list(out, &format!("{head} "), &rows, "}");
    } else {
        out.push_str(&format!("{head}\n"));
        for (value, variant) in list.values.iter().zip(variants) {
            let mut comment = Comment::default();
            comment.own(markdown::code(&value.wire));
            comment.prose(&value.doc);
            lines::comment(out, &comment, "        ");
            out.push_str(&format!("        {} {variant},\n", literal(&value.wire)));
        }
        out.push_str("    }\n");
    }
    out.push_str("}\n");
}

fn is_silent(doc: &Doc) -> bool {
    let mut comment = Comment::default();
    comment.prose(doc);
    comment.is_empty()
}
