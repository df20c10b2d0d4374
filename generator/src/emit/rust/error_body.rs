//! Error bodies: an enum by status where an operation has several types of them.

use super::answers::{decode, decoded, rows};
use super::{Cx, operations};
use crate::emit::text;
use crate::ir::OpId;
use crate::plan::{self, Outcome};

pub(super) fn error_enum(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Some(names) = cx.own.op(id).error.as_ref() else { return };
    let Outcome::Many(cases) = plan::failure(cx.api, id) else { return };
    out.push_str(&format!(
        "rt::error_body! {{
    /// Error bodies of {}, by status: `error.typed::<{}>()`.
    pub enum {} {{\n",
        operations::link(cx, id),
        names.name,
        names.name
    ));
    for row in rows(&cases) {
        let (case, variant) = (&cases[row.case], &names.variants[row.case]);
        let test = row.test.map(|test| format!(" if {test}")).unwrap_or_default();
        let read = match case.media {
            Some(media) => format!("(body: {}) by {}", decoded(cx, media), decode(media)),
            None => " by empty".to_owned(),
        };
        let row = format!("{}, {}{test} => {variant}{read}", row.status, row.media);
        out.push_str(&format!("        /// {}.\n        {row},\n", text::case(case)));
    }
    out.push_str("    }\n}\n");
}
