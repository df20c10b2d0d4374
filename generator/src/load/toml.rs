//! TOML → tree: the settings of an API get the same places and findings as its description.
//!
//! A member of a table is numbered twice: its value, then its key. So a finding can point at either (see
//! [`key_origin`]).

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Builder, Failure, Tree};
use super::{At, Kind, Limits, Node};
use crate::ir::Origin;

/// Parses a text.
///
/// # Errors
/// When the text is not TOML, or goes beyond a limit.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Tree, Failure> {
    let parsed = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Failure::syntax(offset, format!("not valid TOML: {}", error.message()))
    })?;
    let mut builder = Builder::new(limits);
    let id = builder.number(0)?;
    let root = table(id, parsed.into_inner(), &mut builder)?;
    Ok(builder.finish(root))
}

/// The place of the key under which a value of TOML stands.
pub fn key_origin(value: At<'_>) -> Origin {
    let Origin { file, node } = value.origin();
    Origin { file, node: node.saturating_add(1) }
}

fn table(id: u32, table: DeTable<'_>, builder: &mut Builder) -> Result<Node, Failure> {
    let mut members: Vec<_> = table.into_iter().collect();
    // The parser sorts by name.
    members.sort_by_key(|(key, _)| key.span().start);
    let mut entries = Vec::with_capacity(members.len());
    for (key, item) in members {
        let place = key.span().start;
        // A table has no place of its own that says more than its name does.
        let start = if matches!(item.get_ref(), DeValue::Table(_)) { place } else { item.span().start };
        let id = builder.number(start)?;
        builder.number(place)?;
        entries.push((Box::from(key.get_ref().as_ref()), value(id, item, builder)?));
    }
    Ok(builder.object(id, entries))
}

fn value(id: u32, item: Spanned<DeValue<'_>>, builder: &mut Builder) -> Result<Node, Failure> {
    let kind = match item.into_inner() {
        DeValue::Table(members) => return table(id, members, builder),
        DeValue::Array(items) => {
            let mut out = Vec::with_capacity(items.len());
            for item in items {
                let id = builder.number(item.span().start)?;
                out.push(value(id, item, builder)?);
            }
            Kind::Array(out)
        }
        DeValue::String(text) => Kind::String(text.as_ref().into()),
        DeValue::Boolean(value) => Kind::Bool(value),
        DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Kind::Number(number.to_string().into()),
            Err(_) => Kind::String(number.to_string().into()),
        },
        DeValue::Float(number) => Kind::Number(number.as_str().into()),
        DeValue::Datetime(time) => Kind::String(time.to_string().into()),
    };
    Ok(Node { id, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn values_and_places() {
        let text =
            "name = \"pets\"\n[rename.types]\n\"a b\" = \"X\" # x\n[[allow]]\nat = [1, 0x10]\n[more]\nf = 1.50\n";
        let tree = parse(text, &Limits::default()).unwrap();
        let expected = r#"{"name":"pets","rename":{"types":{"a b":"X"}},"allow":[{"at":[1,16]}],"more":{"f":1.50}}"#;
        assert_eq!(tree.root.to_json(), expected);
        let name = At { file: 0, node: tree.root.get("name").unwrap() };
        let at = |origin: Origin| tree.offsets[origin.node as usize] as usize;
        assert_eq!((at(name.origin()), at(key_origin(name))), (7, 0));
        let x = At { file: 0, node: tree.root.get("rename").and_then(|table| table.get("types")?.get("a b")).unwrap() };
        assert!(text[at(x.origin())..].starts_with("\"X\"") && text[at(key_origin(x))..].starts_with("\"a b\""));
    }

    #[test]
    fn errors_have_a_place() {
        let failure = parse("name = \"pets\"\nskip = [\n", &Limits::default()).unwrap_err();
        assert_eq!((failure.code, failure.offset), (Code::Syntax, 22));
        assert!(failure.message.starts_with("not valid TOML: unclosed array"), "{}", failure.message);
        assert!(parse("a = 1\na = 2\n", &Limits::default()).unwrap_err().message.contains("duplicate key"));
        let deep = format!("a = {}", "[".repeat(100_000));
        assert!(parse(&deep, &Limits::default()).is_err());
    }
}
