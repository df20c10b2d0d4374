//! Error bodies: an enum by status where an operation has several types of them.

use super::answers::{decode, decoded, media_pattern, rank, status_pattern};
use super::{Cx, operations};
use crate::emit::text;
use crate::ir::OpId;
use crate::plan::{self, Outcome};

pub(super) fn error_enum(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Some(names) = cx.own.op(id).error.as_ref() else { return };
    let Outcome::Many(cases) = plan::failure(cx.api, id) else { return };
    let mut ordered: Vec<_> = cases.iter().zip(&names.variants).collect();
    ordered.sort_by_key(|(case, _)| rank(case.status));
    out.push_str(&format!(
        "rt::error_body! {{
    /// Error bodies of {}, by status: `error.typed::<{}>()`.
    pub enum {} {{\n",
        operations::link(cx, id),
        names.name,
        names.name
    ));
    for (case, variant) in ordered {
        let status = status_pattern(case.status);
        let row = match case.media {
            Some(media) => format!(
                "{status}, {} => {variant}(body: {}) by {}",
                media_pattern(&cases, case),
                decoded(cx, media),
                decode(media)
            ),
            None => format!("{status}, _ => {variant} by empty"),
        };
        out.push_str(&format!("        /// {}.\n        {row},\n", text::case(case)));
    }
    out.push_str("    }\n}\n");
}
