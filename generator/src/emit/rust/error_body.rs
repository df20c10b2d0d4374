//! Error bodies: an enum by status where an operation has several types of them.

use super::answers::{cases_enum, decode, media_pattern, rank, status_pattern};
use super::{Cx, lines, operations};
use crate::emit::text;
use crate::ir::OpId;
use crate::plan::{self, Outcome};

pub(super) fn error_enum(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Some(names) = cx.own.op(id).error.as_ref() else { return };
    let Outcome::Many(cases) = plan::failure(cx.api, id) else { return };
    let mut ordered: Vec<_> = cases.iter().zip(&names.variants).collect();
    ordered.sort_by_key(|(case, _)| rank(case.status));
    out.push_str(&format!(
        "\n/// Error bodies of {}, by status: `error.typed::<{}>()`.\n",
        operations::link(cx, id),
        names.name
    ));
    let variants = ordered.iter().map(|(case, variant)| (text::case(case) + ".", variant.as_str(), case.media));
    cases_enum(out, cx, &names.name, variants);
    let rows = ordered.iter().map(|(case, variant)| {
        let status = status_pattern(case.status);
        match case.media {
            Some(media) => {
                format!("({status}, {}, {variant}(body), {})", media_pattern(&cases, case), decode(media))
            }
            None => format!("({status}, _, {variant}, empty)"),
        }
    });
    let mut entries = vec![names.name.clone()];
    entries.extend(rows);
    lines::list(out, "rt::error_body!(", &entries, ");");
}
