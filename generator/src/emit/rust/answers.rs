//! What an answer is read into: the ways to send a request that wait for the whole answer.

use super::lines;
use super::{Cx, operations, types};
use crate::emit::text;
use crate::ir::{Codec, Media, OpId, Status};
use crate::plan::{self, Case, Outcome};

/// The type that a body in this media type decodes to.
pub(super) fn decoded(cx: Cx<'_>, media: &Media) -> String {
    match decode(media) {
        "json" => types::text(cx, &media.shape, "models::"),
        "text" => "String".to_owned(),
        _ => "Vec<u8>".to_owned(),
    }
}

/// The function of the runtime that decodes it.
pub(super) fn decode(media: &Media) -> &'static str {
    match media.codec {
        Codec::Json | Codec::Xml => "json",
        Codec::Text | Codec::Form => "text",
        _ => "bytes",
    }
}

/// What `send` gives and the function that reads it, where there is one case.
pub(super) fn only(cx: Cx<'_>, id: OpId) -> Option<(String, String)> {
    match plan::success(cx.api, id) {
        Outcome::Streamed | Outcome::Many(_) => None,
        // Without any description the body is whatever comes.
        Outcome::Nothing if cx.api.ops[id].replies.ok.is_empty() => Some(("Vec<u8>".to_owned(), "bytes".to_owned())),
        Outcome::Nothing => Some(("()".to_owned(), "none".to_owned())),
        Outcome::One(media) => Some((decoded(cx, media), decode(media).to_owned())),
    }
}

/// The method `send`, where there are several cases.
pub(super) fn send(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Outcome::Many(cases) = plan::success(cx.api, id) else { return };
    let Some(names) = &cx.own.op(id).reply else { return };
    let arms = arms(&cases, |index| read_variant(&cases[index], &names.variants[index], &names.name));
    let arms: String = arms.iter().map(|arm| format!("\n            {arm},")).collect();
    let method = cx.own.op(id).method.trim_start_matches("r#");
    out.push_str(&format!(
        "    /// Sends the request; [`{method}`](Client::{method}) tells of the errors.
    pub fn send(self) -> rt::Call<{}> {{
        self.0.call(|reply| match (reply.status(), reply.media().as_str()) {{{arms}
        }})
    }}\n",
        names.name
    ));
}

/// One arm for each case, with what `read` makes of it; the first case also takes what no case names, so that an
/// undeclared 2xx is still read.
pub(super) fn arms(cases: &[Case<'_>], read: impl Fn(usize) -> String) -> Vec<String> {
    let mut arms = Vec::new();
    let mut ordered: Vec<(usize, &Case<'_>)> = cases.iter().enumerate().collect();
    ordered.sort_by_key(|(_, case)| rank(case.status));
    for (index, case) in ordered {
        let value = read(index);
        let status = status_pattern(case.status);
        arms.push(format!("({status}, {}) => {value}", media_pattern(cases, case)));
    }
    let alone = |status| cases.iter().filter(|other| other.status == status).count() == 1;
    if !cases.is_empty() && !alone(Status::Any) {
        arms.push(format!("_ => {}", read(0)));
    }
    arms
}

/// The media type of a case as a pattern: any, where its status has but one.
pub(super) fn media_pattern(cases: &[Case<'_>], case: &Case<'_>) -> String {
    let alone = cases.iter().filter(|other| other.status == case.status).count() == 1;
    match case.media {
        Some(media) if !alone => {
            lines::literal(&media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
        }
        _ => "_".to_owned(),
    }
}

/// How a case is read into its variant of the answer's enum.
pub(super) fn read_variant(case: &Case<'_>, variant: &str, kind: &str) -> String {
    let decode = case.media.map_or("empty", decode);
    format!("reply.{decode}_as({kind}::{variant})")
}

/// A status of its own counts before its range, and both before `default` (OpenAPI 3.2, Responses Object).
pub(super) fn rank(status: Status) -> u8 {
    match status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Any => 2,
    }
}

pub(super) fn status_pattern(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}00..={digit}99"),
        Status::Any => "_".to_owned(),
    }
}

/// The enum of the answers, where there are several.
pub(super) fn choice(out: &mut String, cx: Cx<'_>, id: OpId) {
    let Some(names) = cx.own.op(id).reply.as_ref() else { return };
    let Outcome::Many(cases) = plan::success(cx.api, id) else { return };
    out.push_str(&format!(
        "\n/// What {} gives.\n#[derive(Clone, Debug, PartialEq)]\npub enum {} {{\n",
        operations::link(cx, id),
        names.name
    ));
    for (case, variant) in cases.iter().zip(&names.variants) {
        let holds = case.media.map(|media| format!("({})", decoded(cx, media))).unwrap_or_default();
        out.push_str(&format!("    /// {}.\n    {variant}{holds},\n", text::case(case)));
    }
    out.push_str("}\n");
}
