//! A document as a tree of elements, in memory.

use super::XmlError;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements nest at most this deep: what reads them goes down as deep.
const DEPTH: usize = 256;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) prefix: String,
    pub(super) name: String,
    /// Prefix, name and value; declarations of namespaces are left out.
    pub(super) attributes: Vec<(String, String, String)>,
    pub(super) elements: Vec<Element>,
    /// The text between its elements, together.
    pub(super) text: String,
}

impl Element {
    fn new(start: &BytesStart<'_>) -> Result<Self, XmlError> {
        let (prefix, name) = split(start.name().as_ref());
        let mut element = Self { prefix, name, ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| broken(&error))?;
            let (prefix, name) = split(attribute.key.as_ref());
            if prefix == "xmlns" || prefix.is_empty() && name == "xmlns" {
                continue;
            }
            let value =
                attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).map_err(|error| broken(&error))?;
            element.attributes.push((prefix, name, value.into_owned()));
        }
        Ok(element)
    }
}

/// The root element of a document.
pub(super) fn parse(text: &[u8]) -> Result<Element, XmlError> {
    let text = std::str::from_utf8(text).map_err(|error| {
        XmlError::new(format!("expected XML in UTF-8, found a byte that is none at byte {}", error.valid_up_to()))
    })?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|error| broken(&error))?;
        let text = match &event {
            Event::Start(start) => {
                if open.len() >= DEPTH {
                    return Err(XmlError::new(format!("the XML is nested deeper than {DEPTH} elements")));
                }
                open.push(Element::new(start)?);
                continue;
            }
            Event::Empty(start) => {
                close(Element::new(start)?, &mut open, &mut root)?;
                continue;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| XmlError::new("an element ends that did not begin"))?;
                close(element, &mut open, &mut root)?;
                continue;
            }
            Event::Text(text) => text.xml10_content(),
            Event::CData(text) => text.xml10_content(),
            Event::GeneralRef(reference) => resolve(reference)?.into(),
            // What a document type says of entities is not read, so nothing can grow.
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            Event::Eof => break,
        };
        match open.last_mut() {
            Some(element) => element.text.push_str(&text),
            None if text.trim().is_empty() => {}
            None => return Err(XmlError::new("the XML has text outside of its root element")),
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        Some(_) | None => Err(XmlError::new("the XML ends before its root element does")),
    }
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(around) => around.elements.push(element),
        None if root.is_none() => *root = Some(element),
        None => return Err(XmlError::new("the XML has two root elements")),
    }
    Ok(())
}

/// The text that a reference stands for: a character, or one of the five entities that every document has.
fn resolve(reference: &BytesRef<'_>) -> Result<String, XmlError> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| broken(&error))? {
        return Ok(character.to_string());
    }
    let name = reference.xml10_content();
    match resolve_predefined_entity(&name) {
        Some(text) => Ok(text.to_owned()),
        None => {
            Err(XmlError::new(format!("the XML refers to the entity `{}`, which is not known", name.escape_debug())))
        }
    }
}

/// Prefix and local name.
fn split(name: &str) -> (String, String) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    (prefix.to_owned(), local.to_owned())
}

fn broken(error: &dyn std::error::Error) -> XmlError {
    XmlError::new(format!("the text is no XML: {error}"))
}
