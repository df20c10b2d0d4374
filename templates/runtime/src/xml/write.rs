//! From a value to XML.

use super::super::json::{Map, Value};
use super::XmlError;
use super::table::{XmlContent, XmlKind, XmlNode};
use quick_xml::escape::escape;
use std::borrow::Cow;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NIL: (&str, &str) = ("xsi", "http://www.w3.org/2001/XMLSchema-instance");
/// Values nest at most this deep.
const DEPTH: usize = 512;

/// A document. Prefixes are declared at its root; one that stands for another namespace somewhere is declared again there.
pub(super) fn document(root: &XmlNode, value: &Value) -> Result<String, XmlError> {
    let mut pen = Pen { out: DECLARATION.to_owned(), ..Pen::default() };
    let name = pen.qualified(root.name, root.space)?;
    let declarations = pen.out.len() + 1 + name.len();
    pen.element(root, value)?;
    let spaces: String =
        pen.spaces.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{}\"", escape(uri.as_str()))).collect();
    pen.out.insert_str(declarations, &spaces);
    Ok(pen.out)
}

#[derive(Default)]
struct Pen {
    out: String,
    /// Prefixes that the root declares, and what they stand for.
    spaces: Vec<(String, String)>,
    /// The same of elements that are open.
    inner: Vec<(String, String)>,
    /// What stands in the tag that is being written.
    tag: Vec<(String, String)>,
    depth: usize,
}

impl Pen {
    fn node(&mut self, node: &XmlNode, value: &Value) -> Result<(), XmlError> {
        match (node.kind, node.content, value) {
            (XmlKind::Attribute, ..) => Ok(()),
            (XmlKind::Inline, XmlContent::List(item), Value::Array(values)) => {
                values.iter().try_for_each(|value| self.node(item, value))
            }
            (XmlKind::Inline, content, value) => self.content(content, value),
            (XmlKind::Text, content, value) => self.text(&plain(content, value)),
            (XmlKind::Cdata, content, value) => {
                let text = plain(content, value);
                check(&text)?;
                // The end of a section cannot stand in it.
                self.out.push_str(&format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")));
                Ok(())
            }
            (XmlKind::Element, ..) => self.element(node, value),
        }
    }

    fn element(&mut self, node: &XmlNode, value: &Value) -> Result<(), XmlError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(XmlError::new(format!("the value is nested deeper than {DEPTH}")));
        }
        let outer = self.inner.len();
        let name = self.open(node.name, node.space)?;
        if node.space.0.is_empty() && !node.space.1.is_empty() {
            self.out.push_str(&format!(" xmlns=\"{}\"", escape(node.space.1)));
        }
        if value.is_null() {
            // OpenAPI 3.2, Handling `null` Values.
            self.nil()?;
            self.close(outer);
            return Ok(());
        }
        self.attributes(node.content, value)?;
        self.out.push('>');
        let start = self.out.len();
        self.content(node.content, value)?;
        if self.out.len() == start {
            self.out.truncate(start - 1);
            self.out.push_str("/>");
        } else {
            self.out.push_str(&format!("</{name}>"));
        }
        self.close(outer);
        Ok(())
    }

    /// Begins a tag.
    fn open(&mut self, name: &str, space: (&str, &str)) -> Result<String, XmlError> {
        self.tag.clear();
        let before = self.inner.len();
        let name = self.qualified(name, space)?;
        self.out.push('<');
        self.out.push_str(&name);
        self.declare(before);
        Ok(name)
    }

    /// Writes the prefixes that were bound since then.
    fn declare(&mut self, before: usize) {
        for (prefix, uri) in self.inner.get(before..).unwrap_or_default() {
            self.out.push_str(&format!(" xmlns:{prefix}=\"{}\"", escape(uri.as_str())));
        }
    }

    fn close(&mut self, outer: usize) {
        self.inner.truncate(outer);
        self.depth -= 1;
    }

    /// Ends the tag of a `null`.
    fn nil(&mut self) -> Result<(), XmlError> {
        let nil = self.attribute("nil", NIL)?;
        self.out.push_str(&format!(" {nil}=\"true\"/>"));
        Ok(())
    }

    /// The name of an attribute; its prefix is declared before it where that has to be here.
    fn attribute(&mut self, name: &str, space: (&str, &str)) -> Result<String, XmlError> {
        let before = self.inner.len();
        let name = self.qualified(name, space)?;
        self.declare(before);
        Ok(name)
    }

    fn attributes(&mut self, content: &XmlContent, value: &Value) -> Result<(), XmlError> {
        let (XmlContent::Object(members, _), Value::Object(object)) = (content, value) else { return Ok(()) };
        for node in *members {
            match (node.kind, object.get(node.json)) {
                (XmlKind::Attribute, Some(value)) if !value.is_null() => {
                    let name = self.attribute(node.name, node.space)?;
                    let text = plain(node.content, value);
                    check(&text)?;
                    // Line breaks and tabs would be read as spaces (XML 1.0, section 3.3.3).
                    let text =
                        escape(text.as_ref()).replace('\t', "&#9;").replace('\n', "&#10;").replace('\r', "&#13;");
                    self.out.push_str(&format!(" {name}=\"{text}\""));
                }
                (XmlKind::Inline, Some(value)) => self.attributes(node.content, value)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn content(&mut self, content: &XmlContent, value: &Value) -> Result<(), XmlError> {
        match (content, value) {
            (XmlContent::Object(members, rest), Value::Object(object)) => {
                for node in *members {
                    if let Some(value) = object.get(node.json) {
                        self.node(node, value)?;
                    }
                }
                let others = object.iter().filter(|(name, _)| !members.iter().any(|node| node.json == *name));
                others.into_iter().try_for_each(|(name, value)| match rest {
                    Some(rest) => self.named(name, rest.content, value),
                    None => self.any(name, value),
                })
            }
            (XmlContent::List(item), Value::Array(values)) => {
                values.iter().try_for_each(|value| self.node(item, value))
            }
            (XmlContent::Any, Value::Object(object)) => self.members(object),
            (XmlContent::Any, Value::Array(values)) => values.iter().try_for_each(|value| self.any("item", value)),
            (content, value) => self.text(&plain(content, value)),
        }
    }

    /// An element whose name comes with the value.
    fn named(&mut self, name: &str, content: &XmlContent, value: &Value) -> Result<(), XmlError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(XmlError::new(format!("the value is nested deeper than {DEPTH}")));
        }
        let outer = self.inner.len();
        let name = self.open(name, ("", ""))?;
        if value.is_null() {
            self.nil()?;
        } else {
            self.attributes(content, value)?;
            self.out.push('>');
            self.content(content, value)?;
            self.out.push_str(&format!("</{name}>"));
        }
        self.close(outer);
        Ok(())
    }

    /// What the description does not know.
    fn any(&mut self, name: &str, value: &Value) -> Result<(), XmlError> {
        match value {
            Value::Array(values) => values.iter().try_for_each(|value| self.any(name, value)),
            value => self.named(name, &XmlContent::Any, value),
        }
    }

    fn members(&mut self, object: &Map<Value>) -> Result<(), XmlError> {
        object.iter().try_for_each(|(name, value)| match (name, value) {
            ("#text", Value::String(text)) => self.text(text),
            _ => self.any(name, value),
        })
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        check(text)?;
        // A carriage return would be read as a line feed (XML 1.0, section 2.11).
        self.out.push_str(&escape(text).replace('\r', "&#13;"));
        Ok(())
    }

    /// The name with its prefix, which is noted.
    fn qualified(&mut self, name: &str, (prefix, uri): (&str, &str)) -> Result<String, XmlError> {
        for part in [name, prefix] {
            if !(is_name(part) || part.is_empty() && !name.is_empty()) {
                return Err(XmlError::new(format!("`{}` cannot be a name in XML", part.escape_debug())));
            }
        }
        if prefix.is_empty() {
            return Ok(name.to_owned());
        }
        let bound = self.inner.iter().rev().chain(&self.spaces).find(|(known, _)| known == prefix);
        let uri = match bound {
            Some((_, known)) if uri.is_empty() || known == uri => known.clone(),
            Some(_) => {
                if self.tag.iter().any(|(known, other)| known == prefix && other != uri) {
                    return Err(XmlError::new(format!("the prefix `{prefix}` stands for two namespaces in one tag")));
                }
                self.inner.push((prefix.to_owned(), uri.to_owned()));
                uri.to_owned()
            }
            None => {
                if !uri.is_empty() {
                    self.spaces.push((prefix.to_owned(), uri.to_owned()));
                }
                uri.to_owned()
            }
        };
        self.tag.push((prefix.to_owned(), uri));
        Ok(format!("{prefix}:{name}"))
    }
}

/// A scalar as text; items of a list with spaces between them.
fn plain<'v>(content: &XmlContent, value: &'v Value) -> Cow<'v, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        Value::Array(values) if matches!(content, XmlContent::List(_)) => {
            Cow::Owned(values.iter().map(|value| plain(&XmlContent::Text, value)).collect::<Vec<_>>().join(" "))
        }
        other => Cow::Owned(other.to_string()),
    }
}

/// XML 1.0, section 2.2: what no document can hold, escaped or not.
fn check(text: &str) -> Result<(), XmlError> {
    match text
        .chars()
        .find(|c| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
    {
        Some(c) => Err(XmlError::new(format!("a text holds `{}`, which XML cannot", c.escape_debug()))),
        None => Ok(()),
    }
}

/// XML Namespaces 1.0, section 3: a name without a colon.
fn is_name(text: &str) -> bool {
    let start = |c: char| c == '_' || c.is_alphabetic();
    let rest = |c: char| start(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{b7}');
    text.starts_with(start) && text.chars().all(rest)
}
