//! One operation: everything that a caller has to know, in the order of the seeds of this format.

use super::site::Site;
use super::{markdown, params, prose, replies, walks};
use crate::emit::text;
use crate::ir::{Media, OpId};
use crate::template::{self, Value, list, markup, markups, values};

/// Longer examples would bury the page.
const EXAMPLE: usize = 4_000;

/// The section of an operation on the page `from`.
pub(super) fn section(site: &Site<'_>, from: &str, id: OpId) -> String {
    let operation = &site.api.ops[id];
    let (permissions, permissions_note) = prose::permissions(operation.permissions.as_ref());
    let mut about = prose::blocks(&operation.doc);
    about.push(format!("Operation id: {}", markdown::code(&operation.id)));
    about.push(walks::security(site, from, id));
    about.extend(walks::login(site, from, id));
    about.extend(servers(site, id));
    let permissions =
        permissions.into_iter().map(|(how, names)| values([("how", markup(how)), ("names", markups(names))]));
    let rows = params::rows(site, from, id);
    let (returns, cases) = replies::returns(site, from, id);
    let errors = replies::errors(site, from, id);
    let headers = replies::headers(site, from, id);
    let body = operation.body.as_ref().and_then(|body| example(&body.media));
    let answer = operation.replies.ok.iter().find_map(|reply| example(&reply.media));
    template::render(
        "docs/operation.md",
        values([
            ("anchor", markup(site.anchor(id))),
            ("signature", markup(markdown::code(&text::signature(site.api, site.plan, site.own, id)))),
            ("method", markup(markdown::plain(&operation.method))),
            ("path", markup(markdown::plain(&operation.path))),
            ("about", markups(about)),
            ("permissions", list(permissions)),
            ("permissions_note", markups(permissions_note)),
            ("example", markup(markdown::fence("rust", &text::example(site.api, site.plan, site.own, id)))),
            ("parameters", table(rows)),
            ("body_example", markups(body)),
            ("returns", markups(returns)),
            ("cases", table(cases)),
            ("answer_example", markups(answer)),
            ("streams", markups(text::streams(site.cx(), id))),
            ("paging", markups(walks::paging(site, id))),
            ("polling", markups(walks::polling(site, from, id))),
            ("errors", table(errors)),
            ("error_note", markup(replies::error_note(site, from, id))),
            ("headers", table(headers)),
            ("headers_note", markups(replies::headers_note(site, id))),
        ]),
    )
}

/// A table, or none when it would have no row: a list of one or none, so that templates need no condition.
pub(super) fn table(rows: Vec<Value>) -> Value {
    list((!rows.is_empty()).then(|| list(rows)))
}

/// The row of an operation in the table of all.
pub(super) fn row(site: &Site<'_>, from: &str, id: OpId) -> Value {
    let operation = &site.api.ops[id];
    let method = format!("**{}**", markdown::plain(site.own.op(id).method.trim_start_matches("r#")));
    values([
        ("method", markup(markdown::link(&method, &site.op_target(from, id)))),
        ("request", markup(format!("**{}** {}", markdown::plain(&operation.method), markdown::plain(&operation.path)))),
        ("description", markup(prose::short(&operation.doc))),
    ])
}

fn servers(site: &Site<'_>, id: OpId) -> Option<String> {
    let urls: Vec<String> = site.api.ops[id].servers.iter().map(|server| markdown::code(&server.url)).collect();
    let first = urls.first()?;
    let others = match &urls[1..] {
        [] => String::new(),
        others => format!(" `Options::url` sends a call to another one: {}.", others.join(", ")),
    };
    Some(format!("It has a server of its own: {first}, unless the client was given an address with `url`.{others}"))
}

/// The first example of a body that is not too long.
fn example(media: &[Media]) -> Option<String> {
    let (text, json) = media.iter().find_map(|media| {
        media.examples.iter().find(|(_, text)| text.len() <= EXAMPLE).map(|(_, text)| (text, is_json(&media.name)))
    })?;
    Some(if json { json_fence(text) } else { markdown::fence("text", text) })
}

fn is_json(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or_default().trim();
    name.ends_with("json")
}

/// JSON as a code block, with a line for each member.
pub(super) fn json_fence(text: &str) -> String {
    markdown::fence("json", &indented_json(text))
}

/// Adds line breaks and indentation to JSON text; nothing else of it changes, numbers and escapes least of all.
fn indented_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0usize;
    let (mut in_string, mut escaped) = (false, false);
    let mut chars = text.chars().filter(|c| !matches!(c, '\u{0}'..='\u{8}')).peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth.min(40)));
    };
    while let Some(c) = chars.next() {
        if in_string {
            out.push(c);
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match c {
            c if c.is_whitespace() => {}
            '"' => {
                in_string = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while chars.peek().is_some_and(|next| next.is_whitespace()) {
                    chars.next();
                }
                if chars.peek().is_some_and(|next| matches!(next, '}' | ']')) {
                    out.extend(chars.next());
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::indented_json;

    #[test]
    fn json_is_indented_and_kept() {
        assert_eq!(
            indented_json(r#"{"a":[1.0,{}],"b":"x,\"{","c":[ ]}"#),
            "{\n  \"a\": [\n    1.0,\n    {}\n  ],\n  \"b\": \"x,\\\"{\",\n  \"c\": []\n}"
        );
        assert_eq!(indented_json("12"), "12");
        assert_eq!(indented_json("]]{"), "\n]\n]{\n  ");
    }
}
