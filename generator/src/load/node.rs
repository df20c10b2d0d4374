//! The tree that JSON and YAML are read into: what both can say, each node with a number of its own.

use super::Members;
use crate::ir::Origin;

/// A value of the document.
#[derive(Clone, Debug)]
pub struct Node {
    /// Number in document order; [`Document`](super::Document) knows its byte offset.
    pub id: u32,
    /// The value itself.
    pub kind: Kind,
}

/// Kinds of value.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its text.
    Number(Box<str>),
    /// A string.
    String(Box<str>),
    /// A list.
    Array(Vec<Node>),
    /// An object, in document order. Keys that YAML reads as numbers, booleans or null are their text.
    Object(Members),
}

impl Node {
    /// What the value is, in words for messages.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }
    /// The member of that name, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Object(members) => members.get(key),
            _ => None,
        }
    }
    /// The value as compact JSON text.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }
    fn write_json(&self, out: &mut String) {
        match &self.kind {
            Kind::Null => out.push_str("null"),
            Kind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Kind::Number(text) => out.push_str(text),
            Kind::String(text) => write_json_string(text, out),
            Kind::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write_json(out);
                }
                out.push(']');
            }
            Kind::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_json_string(key, out);
                    out.push(':');
                    value.write_json(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_json_string(text: &str, out: &mut String) {
    use std::fmt::Write;
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A node together with the file it stands in: what the stages after loading walk with. Copying it is free.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// Index of the file.
    pub file: u32,
    /// The node.
    pub node: &'a Node,
}

impl<'a> At<'a> {
    /// Its place, for diagnostics and the IR.
    pub fn origin(self) -> Origin {
        Origin { file: self.file, node: self.node.id }
    }
    /// The member of that name; absent and not an object are the same.
    pub fn get(self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| At { file: self.file, node })
    }
    /// The string, if it is one.
    pub fn as_str(self) -> Option<&'a str> {
        match &self.node.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }
    /// The boolean, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        match self.node.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }
    /// The text of the number, if it is one.
    pub fn as_number(self) -> Option<&'a str> {
        match &self.node.kind {
            Kind::Number(text) => Some(text),
            _ => None,
        }
    }
    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        matches!(self.node.kind, Kind::Null)
    }
    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        matches!(self.node.kind, Kind::Object(_))
    }
    /// The string member of that name.
    pub fn str(self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_str()
    }
    /// The boolean member of that name.
    pub fn bool(self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }
    /// The items, if it is an array; else none.
    pub fn items(self) -> impl Iterator<Item = At<'a>> + use<'a> {
        let items: &'a [Node] = match &self.node.kind {
            Kind::Array(items) => items,
            _ => &[],
        };
        items.iter().map(move |node| At { file: self.file, node })
    }
    /// The members in document order, if it is an object; else none.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, At<'a>)> + use<'a> {
        let members = match &self.node.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flat_map(Members::iter).map(move |(key, node)| (key, At { file: self.file, node }))
    }
    /// How many items or members it has.
    pub fn len(self) -> usize {
        match &self.node.kind {
            Kind::Array(items) => items.len(),
            Kind::Object(members) => members.len(),
            _ => 0,
        }
    }
    /// Whether it has no item or member.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}
