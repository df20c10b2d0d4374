//! From a tree of elements to a value.

use super::super::json::{Map, Value};
use super::XmlError;
use super::table::{XmlContent, XmlKind, XmlNode};
use super::tree::{Element, parse};

/// The value of a document. The name of its root is not looked at: servers differ in it more than in what it holds.
pub(super) fn document(root: &XmlNode, text: &[u8]) -> Result<Value, XmlError> {
    Ok(element(root.content, &parse(text)?))
}

/// The value of an element.
fn element(content: &XmlContent, found: &Element) -> Value {
    let is_nil = |(_, name, value): &(String, String, String)| name == "nil" && matches!(value.as_str(), "true" | "1");
    if found.attributes.iter().any(|attribute| attribute.0 == "xsi" && is_nil(attribute)) {
        return Value::Null;
    }
    match content {
        XmlContent::Object(members, rest) => {
            let mut taken = Taken::new(found);
            let mut out = Map::new();
            fill(&mut out, members, &mut taken);
            others(&mut out, *rest, &taken);
            Value::Object(out)
        }
        XmlContent::List(item) => Value::Array(items(item, found)),
        XmlContent::Any => any(found),
        scalar => self::scalar(scalar, &found.text),
    }
}

/// The items in an element around a list. Whatever they are called, they are its items.
fn items(item: &XmlNode, found: &Element) -> Vec<Value> {
    found.elements.iter().map(|found| element(item.content, found)).collect()
}

fn scalar(content: &XmlContent, text: &str) -> Value {
    let trimmed = text.trim();
    match content {
        XmlContent::Number => match trimmed.parse() {
            Ok(number) => Value::Number(number),
            Err(_) if trimmed.is_empty() => Value::Null,
            Err(_) => Value::from(text),
        },
        XmlContent::Bool => match trimmed {
            "true" | "1" => Value::Bool(true),
            "false" | "0" => Value::Bool(false),
            "" => Value::Null,
            _ => Value::from(text),
        },
        XmlContent::List(item) => {
            Value::Array(trimmed.split_whitespace().map(|text| scalar(item.content, text)).collect())
        }
        _ => Value::from(text),
    }
}

/// An element of which a member was made already is not another member as well.
struct Taken<'e> {
    element: &'e Element,
    elements: Vec<bool>,
    attributes: Vec<bool>,
}

impl<'e> Taken<'e> {
    fn new(element: &'e Element) -> Self {
        let (elements, attributes) = (vec![false; element.elements.len()], vec![false; element.attributes.len()]);
        Self { element, elements, attributes }
    }

    /// The next element of this name; one with the same prefix comes first.
    fn next(&mut self, node: &XmlNode) -> Option<&'e Element> {
        let free = |(at, found): (usize, &'e Element)| {
            (!*self.elements.get(at)? && found.name == node.name).then_some((at, found))
        };
        let mut found = self.element.elements.iter().enumerate().filter_map(free);
        let first = found.next()?;
        let same = |(_, found): &(usize, &Element)| found.prefix == node.space.0;
        let (at, element) = if same(&first) { first } else { found.find(same).unwrap_or(first) };
        if let Some(flag) = self.elements.get_mut(at) {
            *flag = true;
        }
        Some(element)
    }
}

fn fill(out: &mut Map<Value>, members: &[XmlNode], taken: &mut Taken<'_>) {
    for node in members {
        let value = match (node.kind, node.content) {
            (XmlKind::Attribute, content) => {
                let mut attributes = taken.element.attributes.iter().enumerate();
                let found = attributes.find(|(_, (_, name, _))| name == node.name);
                found.map(|(at, (_, _, text))| {
                    if let Some(flag) = taken.attributes.get_mut(at) {
                        *flag = true;
                    }
                    scalar(content, text)
                })
            }
            (XmlKind::Text | XmlKind::Cdata, content) => {
                let text = &taken.element.text;
                (node.required || !text.trim().is_empty()).then(|| scalar(content, text))
            }
            (XmlKind::Inline, XmlContent::List(item)) => {
                let mut values = Vec::new();
                while let Some(found) = taken.next(item) {
                    // One element that holds elements where a scalar is meant, or elements that are no members: it stands
                    // around the list, whatever the description says.
                    if values.is_empty() && is_around(item, found) {
                        values.extend(items(item, found));
                    } else {
                        values.push(element(item.content, found));
                    }
                }
                (node.required || !values.is_empty()).then_some(Value::Array(values))
            }
            (XmlKind::Inline, XmlContent::Object(members, _)) => {
                let mut inner = Map::new();
                fill(&mut inner, members, taken);
                (node.required || !inner.is_empty()).then_some(Value::Object(inner))
            }
            (XmlKind::Inline | XmlKind::Element, content) => taken.next(node).map(|found| element(content, found)),
        };
        if let Some(value) = value {
            out.insert(node.json, value);
        }
    }
}

fn is_around(item: &XmlNode, found: &Element) -> bool {
    let Some(first) = found.elements.first() else { return false };
    match item.content {
        XmlContent::Object(members, None) => {
            let names = |node: &XmlNode| match (node.kind, node.content) {
                (XmlKind::Inline, XmlContent::List(item)) => item.name,
                _ => node.name,
            };
            !members.iter().any(|node| node.kind == XmlKind::Inline || names(node) == first.name)
        }
        XmlContent::Text | XmlContent::Number | XmlContent::Bool => true,
        _ => false,
    }
}

/// What no member was made of.
fn others(out: &mut Map<Value>, rest: Option<&XmlNode>, taken: &Taken<'_>) {
    let content = rest.map_or(&XmlContent::Any, |rest| rest.content);
    for ((prefix, name, value), used) in taken.element.attributes.iter().zip(&taken.attributes) {
        if !used && prefix.is_empty() && !out.contains_key(name) {
            out.insert(name.as_str(), scalar(content, value));
        }
    }
    for (found, used) in taken.element.elements.iter().zip(&taken.elements) {
        if !used {
            add(out, &found.name, element(content, found));
        }
    }
}

/// An element of which nothing is known.
fn any(found: &Element) -> Value {
    if found.attributes.is_empty() && found.elements.is_empty() {
        return Value::from(found.text.as_str());
    }
    let mut out = Map::new();
    for (_, name, value) in &found.attributes {
        add(&mut out, name, Value::from(value.as_str()));
    }
    for found in &found.elements {
        add(&mut out, &found.name, any(found));
    }
    if !found.text.trim().is_empty() {
        add(&mut out, "#text", Value::from(found.text.as_str()));
    }
    Value::Object(out)
}

/// Adds a member; what comes again makes a list.
fn add(out: &mut Map<Value>, name: &str, value: Value) {
    match out.get_mut(name) {
        Some(Value::Array(values)) => values.push(value),
        Some(before) => *before = Value::Array(vec![std::mem::take(before), value]),
        None => drop(out.insert(name, value)),
    }
}
