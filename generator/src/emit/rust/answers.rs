//! What an answer is read into: the ways to send a request that wait for the whole answer.

use std::cmp::Reverse;

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
    let mut rows = rows(cases);
    // The rest is the first case in any event.
    rows.pop_if(|last| last.case == 0 && last.media == "_");
    let takes_all = rows.iter().any(|row| row.status == "_" && row.media == "_");
    let arm = |row: Row| {
        let test = row.test.map(|test| format!(" if {test}")).unwrap_or_default();
        format!("({}, {}){test} => {}", row.status, row.media, read(row.case))
    };
    let mut arms: Vec<String> = rows.into_iter().map(arm).collect();
    if !cases.is_empty() && !takes_all {
        arms.push(format!("_ => {}", read(0)));
    }
    arms
}

/// What tells one case of an answer: patterns of its status and its media type, and a condition.
pub(super) struct Row {
    /// Which case it is.
    pub case: usize,
    pub status: String,
    pub media: String,
    pub test: Option<String>,
}

/// The cases in the order in which they are tried. A status of its own counts before its range, and both before
/// `default` (OpenAPI 3.2, Responses Object); in a status a media type before the ranges that hold it (Response Object).
/// What a status names no media type for is read as its JSON, the first of it.
pub(super) fn rows(cases: &[Case<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let of_status = || cases.iter().enumerate().filter(|(_, other)| other.status == case.status);
        let first = of_status().map(|(index, _)| index).next();
        let (media, test, width) = match case.media {
            Some(media) if of_status().nth(1).is_some() => {
                let name = plan::essence(&media.name);
                let is_json = |other: &Case<'_>| other.media.is_some_and(|media| media.codec == Codec::Json);
                let first_json = of_status().find(|(_, other)| is_json(other)).map(|(index, _)| index);
                let is_in_range = || of_status().filter_map(|(_, other)| range(other)).any(|range| range.holds(&name));
                match range(case) {
                    Some(range) => range.pattern(),
                    None if first_json == Some(index) && !is_in_range() => ("_".to_owned(), None, 0),
                    None => (lines::literal(&name), None, usize::MAX),
                }
            }
            _ => ("_".to_owned(), None, 0),
        };
        let key = (rank(case.status), first, Reverse(width));
        rows.push((key, Row { case: index, status: status_pattern(case.status), media, test }));
    }
    rows.sort_by_key(|(key, _)| *key);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A range of media types, such as `image/*`: what stands before and after the star.
struct Range {
    start: String,
    end: String,
}

/// The range that a case is for, if it is for one.
fn range(case: &Case<'_>) -> Option<Range> {
    let name = plan::essence(&case.media?.name);
    let (start, _) = name.split_once('*')?;
    let (_, end) = name.rsplit_once('*')?;
    Some(Range { start: start.to_owned(), end: end.trim_start_matches('/').to_owned() })
}

impl Range {
    fn holds(&self, name: &str) -> bool {
        name.starts_with(&self.start) && name.ends_with(&self.end)
    }

    /// Its pattern, the condition beside it, and how much of a media type it fixes.
    fn pattern(&self) -> (String, Option<String>, usize) {
        let parts = [("starts_with", &self.start), ("ends_with", &self.end)];
        let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
        let tests: Vec<String> =
            parts.map(|(method, text)| format!("media.{method}({})", lines::literal(text))).collect();
        let media = if tests.is_empty() { "_" } else { "media" };
        let test = (!tests.is_empty()).then(|| tests.join(" && "));
        (media.to_owned(), test, self.start.len() + self.end.len())
    }
}

/// How a case is read into its variant of the answer's enum.
pub(super) fn read_variant(case: &Case<'_>, variant: &str, kind: &str) -> String {
    let decode = case.media.map_or("empty", decode);
    format!("reply.{decode}_as({kind}::{variant})")
}

fn rank(status: Status) -> u8 {
    match status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Any => 2,
    }
}

fn status_pattern(status: Status) -> String {
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
