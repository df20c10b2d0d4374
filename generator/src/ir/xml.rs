//! Values as they stand in XML.

use super::XmlId;

/// Where a value stands in XML, and what is in it (OpenAPI 3.2, XML Object).
#[derive(Clone, Debug, PartialEq)]
pub struct XmlNode {
    /// Name of the member in JSON; empty for items and roots.
    pub json: String,
    /// Name of the element or attribute.
    pub name: String,
    /// Its prefix; may be empty.
    pub prefix: String,
    /// Its namespace; may be empty.
    pub namespace: String,
    /// Where it stands.
    pub kind: XmlKind,
    /// Whether the member must be there.
    pub required: bool,
    /// What is in it.
    pub content: XmlContent,
}

/// Kinds of node (OpenAPI 3.2, XML Node Types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlKind {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// A CDATA section in the element around it.
    Cdata,
    /// No node of its own.
    Inline,
}

/// What is in a node.
#[derive(Clone, Debug, PartialEq)]
pub enum XmlContent {
    /// A string.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Bool,
    /// Anything.
    Any,
    /// A list of such items.
    List(Box<XmlNode>),
    /// An object.
    Object(XmlId),
}

/// An object as it stands in XML.
#[derive(Clone, Debug, Default)]
pub struct XmlObject {
    /// Name of its schema, if it has one.
    pub name: String,
    /// Its members in document order.
    pub members: Vec<XmlNode>,
    /// What its other members are.
    pub rest: Option<XmlContent>,
}
