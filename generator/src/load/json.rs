//! JSON → tree, through the reader of the runtime.

use clientsmith_runtime::json::{Kind as JsonKind, Reader, Stop};

use super::tree::{Builder, Failure, Tree};
use super::{Kind, Limits, Node};
use crate::diag::Code;

/// Parses a text.
///
/// # Errors
/// When the text is not JSON, or goes beyond a limit.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Tree, Failure> {
    let mut builder = Builder::new(limits);
    let mut reader = Reader::new(text).with_depth(limits.depth);
    let mut limit = None;
    let root = value(&mut reader, &mut builder, &mut limit).and_then(|root| reader.finish().map(|()| root));
    match (root, limit) {
        (_, Some(failure)) => Err(failure),
        (Ok(root), None) => Ok(builder.finish(root)),
        (Err(stop), None) => {
            let error = reader.error(stop);
            let deep = error.expected().starts_with("at most ");
            let message = if deep {
                format!("values are nested more than {} deep", limits.depth)
            } else {
                format!("expected {}, found {}", error.expected(), error.found())
            };
            let failure = Failure::syntax(error.position(), message);
            Err(Failure { code: if deep { Code::Limit } else { Code::Syntax }, ..failure })
        }
    }
}

fn value(reader: &mut Reader<'_>, builder: &mut Builder, limit: &mut Option<Failure>) -> Result<Node, Stop> {
    let found = reader.peek()?;
    let offset = reader.position();
    let id = match builder.number(offset) {
        Ok(id) => id,
        Err(failure) => {
            *limit = Some(failure);
            return Err(reader.reject(offset, "fewer values"));
        }
    };
    let kind = match found {
        JsonKind::Null => reader.null().map(|()| Kind::Null)?,
        JsonKind::Bool => Kind::Bool(reader.bool()?),
        JsonKind::Number => Kind::Number(reader.number()?.into()),
        JsonKind::String => Kind::String(reader.string()?.into()),
        JsonKind::Array => {
            let mut items = Vec::new();
            reader.begin_array()?;
            while reader.next_element()? {
                items.push(value(reader, builder, limit)?);
            }
            items.shrink_to_fit();
            Kind::Array(items)
        }
        JsonKind::Object => {
            let mut entries = Vec::new();
            reader.begin_object()?;
            while let Some(key) = reader.next_key()? {
                entries.push((key.into(), value(reader, builder, limit)?));
            }
            return Ok(builder.object(id, entries));
        }
    };
    Ok(Node { id, kind })
}

/// The text with comments as JavaScript has them blanked, so that every place stays the same; `None` when there are
/// none.
pub(super) fn without_comments(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find(['"', '/']) {
        let (before, here) = rest.split_at_checked(at)?;
        out.push_str(before);
        let length = match here.as_bytes() {
            [b'"', ..] => string_length(here),
            [b'/', b'/', ..] => here.find('\n').unwrap_or(here.len()),
            [b'/', b'*', ..] => here.find("*/").map_or(here.len(), |end| end + 2),
            _ => 1,
        };
        let (token, behind) = here.split_at_checked(length)?;
        if token.starts_with("//") || token.starts_with("/*") {
            found = true;
            out.extend(token.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(token);
        }
        rest = behind;
    }
    out.push_str(rest);
    found.then_some(out)
}

/// How many bytes a string has, with its quotes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().enumerate().skip(1).find(|(_, byte)| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> (Code, usize, String) {
        let failure = parse(text, &Limits::default()).unwrap_err();
        (failure.code, failure.offset, failure.message)
    }

    #[test]
    fn numbers_are_in_document_order_and_places_are_exact() {
        let text = r#" {"a": [1.10, {"b": null}], "c": "\u00e9", "d": -0}"#;
        let tree = parse(text, &Limits::default()).unwrap();
        assert_eq!(tree.root.to_json(), r#"{"a":[1.10,{"b":null}],"c":"é","d":-0}"#);
        assert_eq!(tree.offsets, [1, 7, 8, 14, 20, 33, 48]);
    }

    #[test]
    fn the_last_duplicate_counts() {
        let tree = parse(r#"{"a": 1, "b": 2, "a": 3}"#, &Limits::default()).unwrap();
        assert_eq!(tree.root.to_json(), r#"{"b":2,"a":3}"#);
        assert_eq!(
            tree.found.iter().map(|found| (found.code, found.node, found.message.as_str())).collect::<Vec<_>>(),
            [(Code::DuplicateKey, 3, "`a` stands twice in this object")]
        );
    }

    #[test]
    fn errors_have_a_place() {
        assert_eq!(failure(r#"{"a": }"#), (Code::Syntax, 6, "expected value, found character '}'".to_owned()));
        assert_eq!(failure(r#"{"a": 1} x"#), (Code::Syntax, 9, "expected end of text, found character 'x'".to_owned()));
    }

    #[test]
    fn comments_are_blanked() {
        let blank = |text: &str| without_comments(text).unwrap_or_default();
        assert_eq!(blank("{ // é\n\"a//b\": /* x\n */ \"c\\\"/*\" }"), "{      \n\"a//b\":     \n    \"c\\\"/*\" }");
        assert_eq!(blank("[1] // end"), "[1]       ");
        assert_eq!(blank("[1] /* open"), "[1]        ");
        assert_eq!(
            (without_comments("{\"a\": \"//\"}"), without_comments("\"//"), without_comments("/")),
            (None, None, None)
        );
    }

    #[test]
    fn limits_hold() {
        assert_eq!(failure(&"[".repeat(100_000)).0, Code::Limit);
        assert_eq!(failure(&r#"{"a":"#.repeat(100_000)).0, Code::Limit);
        let limits = Limits { nodes: 10, ..Limits::default() };
        let failure = parse("[1,2,3,4,5,6,7,8,9,10]", &limits).unwrap_err();
        assert_eq!(
            (failure.code, failure.offset, failure.message.as_str()),
            (Code::Limit, 19, "the document has more than 10 values")
        );
        assert!(parse("[1,2,3,4,5,6,7,8,9]", &limits).is_ok());
    }
}
