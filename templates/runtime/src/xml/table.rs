//! The tables that generated code consists of.

/// Where a value stands in a document (OpenAPI 3.2, XML Node Types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlKind {
    /// In an element of its own.
    Element,
    /// In an attribute of the element around it.
    Attribute,
    /// In the text of the element around it.
    Text,
    /// The same as a CDATA section.
    Cdata,
    /// Among the nodes of the element around it: a list without an element of its own.
    Inline,
}

/// A member of an object, an item of a list, or the root: where it stands and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct XmlNode {
    /// The name of the member in JSON.
    pub json: &'static str,
    /// The name of the element or attribute, without a prefix.
    pub name: &'static str,
    /// Its prefix and its namespace; either may be empty.
    pub space: (&'static str, &'static str),
    /// Where it stands.
    pub kind: XmlKind,
    /// Whether a list is there even if it has no items.
    pub required: bool,
    /// What is in it.
    pub content: &'static XmlContent,
}

impl XmlNode {
    /// An element.
    #[must_use]
    pub const fn element(json: &'static str, name: &'static str, content: &'static XmlContent) -> Self {
        Self { json, name, space: ("", ""), kind: XmlKind::Element, required: false, content }
    }

    /// An attribute.
    #[must_use]
    pub const fn attribute(json: &'static str, name: &'static str, content: &'static XmlContent) -> Self {
        Self { kind: XmlKind::Attribute, ..Self::element(json, name, content) }
    }

    /// The text of the element around it.
    #[must_use]
    pub const fn text(json: &'static str, content: &'static XmlContent) -> Self {
        Self { kind: XmlKind::Text, ..Self::element(json, "", content) }
    }

    /// A CDATA section in the element around it.
    #[must_use]
    pub const fn cdata(json: &'static str, content: &'static XmlContent) -> Self {
        Self { kind: XmlKind::Cdata, ..Self::element(json, "", content) }
    }

    /// A list, or an object, without an element of its own.
    #[must_use]
    pub const fn inline(json: &'static str, content: &'static XmlContent) -> Self {
        Self { kind: XmlKind::Inline, ..Self::element(json, "", content) }
    }

    /// The same in a namespace.
    #[must_use]
    pub const fn space(self, prefix: &'static str, namespace: &'static str) -> Self {
        Self { space: (prefix, namespace), ..self }
    }

    /// The same, always there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// What is in an element or attribute.
#[derive(Clone, Copy, Debug)]
pub enum XmlContent {
    /// A text, whatever it looks like.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Anything: a text, or what its elements and attributes make of it.
    Any,
    /// An object of these members; all others are described by the last node, or kept as they are.
    Object(&'static [XmlNode], Option<&'static XmlNode>),
    /// A list of such items.
    List(&'static XmlNode),
}

/// The answers of an operation that may be XML, or what the server sends by itself.
#[derive(Clone, Copy, Debug)]
pub struct XmlReply {
    /// The first and the last status.
    pub status: (u16, u16),
    /// The root of the document.
    pub root: &'static XmlNode,
}

impl XmlReply {
    /// Answers with a status in this range.
    #[must_use]
    pub const fn new(first: u16, last: u16, root: &'static XmlNode) -> Self {
        Self { status: (first, last), root }
    }

    /// A request of the server: it comes without a status.
    #[must_use]
    pub const fn request(root: &'static XmlNode) -> Self {
        Self::new(0, 0, root)
    }

    /// The root of an answer with this status: the narrowest range counts.
    pub(crate) fn root(replies: &'static [Self], status: u16) -> Option<&'static XmlNode> {
        let holds = |reply: &&Self| (reply.status.0..=reply.status.1).contains(&status);
        replies.iter().filter(holds).min_by_key(|reply| reply.status.1 - reply.status.0).map(|reply| reply.root)
    }
}
