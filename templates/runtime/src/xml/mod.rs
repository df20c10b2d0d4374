//! XML bodies: values to text and back, by tables.
//!
//! A model has one codec, that of JSON. What is XML is turned into the JSON of the model, or made from it, by a table
//! that says which member is an attribute, what elements are called, and which lists have an element around them
//! (OpenAPI's XML Object). Only bodies in XML have such tables.
//!
//! Both directions need the feature `xml`; without it they are errors.

#[cfg(feature = "xml")]
mod read;
mod table;
#[cfg(feature = "xml")]
mod tree;
#[cfg(feature = "xml")]
mod write;

pub use self::table::{XmlContent, XmlKind, XmlNode, XmlReply};
use super::json::Value;
use std::fmt;

/// A value as an XML document whose root is described by `root`.
///
/// # Errors
///
/// When the value holds what XML cannot: a control character, or a name that is none of XML.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "xml")] {
/// use clientsmith_runtime::json::Value;
/// use clientsmith_runtime::xml::{self, XmlContent, XmlNode};
///
/// static PET: XmlContent = XmlContent::Object(
///     &[
///         XmlNode::attribute("id", "id", &XmlContent::Number),
///         XmlNode::inline("tags", &XmlContent::List(&XmlNode::element("", "tag", &XmlContent::Text))),
///     ],
///     None,
/// );
/// let root = XmlNode::element("", "pet", &PET);
/// let pet: Value = r#"{"id":7,"tags":["a","<b>"]}"#.parse()?;
/// let text = xml::write(&root, &pet)?;
/// assert!(text.ends_with(r#"<pet id="7"><tag>a</tag><tag>&lt;b&gt;</tag></pet>"#));
/// assert_eq!(xml::read(&root, text.as_bytes())?, pet);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(root: &XmlNode, value: &Value) -> Result<String, XmlError> {
    #[cfg(feature = "xml")]
    return write::document(root, value);
    #[cfg(not(feature = "xml"))]
    {
        let _ = (root, value);
        Err(XmlError::without_feature())
    }
}

/// The value of an XML document whose root is described by `root`.
///
/// It reads what is meant: namespaces and the order of elements do not matter, and a list may have an element around it
/// where the table says that it has none. What the table does not know is kept under its name.
///
/// # Errors
///
/// When the text is no XML, refers to an entity of its own, or is nested deeper than 256 elements.
pub fn read(root: &XmlNode, text: &[u8]) -> Result<Value, XmlError> {
    #[cfg(feature = "xml")]
    return read::document(root, text);
    #[cfg(not(feature = "xml"))]
    {
        let _ = (root, text);
        Err(XmlError::without_feature())
    }
}

/// Why there is no XML, or no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError(String);

impl XmlError {
    #[cfg(feature = "xml")]
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    #[cfg(not(feature = "xml"))]
    fn without_feature() -> Self {
        Self("XML needs the feature `xml` of this crate, which is off".to_owned())
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for XmlError {}

/// Whether a media type is XML (RFC 7303, section 4).
pub(crate) fn is_xml(essence: &str) -> bool {
    essence.ends_with("/xml") || essence.ends_with("+xml")
}
