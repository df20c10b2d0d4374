//! How values stand in XML (OpenAPI 3.2, XML Object; 2.0 to 3.1 with `attribute` and `wrapped`).
//!
//! Where the versions differ in the name of what is behind a reference, each is read as it says: up to 3.1 a member is
//! called like its property, from 3.2 on like the component, unless either has a name of its own for XML.

use indexmap::IndexMap;

use super::Lower;
use super::body::Way;
use super::keywords::says_no_shape;
use crate::diag::{Code, Diagnostic, Severity};
use crate::ir::{XmlContent, XmlId, XmlKind, XmlNode, XmlObject, XmlRootId};
use crate::load::{At, Version};

/// Schemas nest at most this deep without an object between them.
const DEPTH: usize = 32;

/// What items are called that have no name for XML.
#[derive(Clone, Copy)]
struct Usual<'n> {
    name: &'n str,
    /// Like the component that they refer to, where they do.
    component: bool,
}

/// The members of an object from all its parts, and what its other members are.
#[derive(Default)]
struct Members<'a> {
    by_name: IndexMap<&'a str, At<'a>>,
    required: Vec<&'a str>,
    rest: Option<At<'a>>,
}

impl<'a> Lower<'a> {
    /// The root of a body. What it is called only matters where it is sent: it is read by any name.
    pub(super) fn xml_root(&mut self, schema: At<'a>, way: Way) -> XmlRootId {
        let (target, referred) = self.behind(schema);
        let given = name_of(schema).or_else(|| name_of(target)).or_else(|| self.component(target));
        let name = given.map(str::to_owned).unwrap_or_else(|| {
            if way == Way::Out {
                let message = "a body in XML has no `xml.name`, and no component whose name could be taken";
                let finding = Diagnostic::new(Code::MediaType, Severity::Warning, schema.origin(), message);
                let finding = Diagnostic { effect: Some("its root element is called `root`".to_owned()), ..finding };
                self.sink.push(finding.help("add `xml: {name: ...}` with the name of the root element to the schema"));
            }
            "root".to_owned()
        });
        let (prefix, namespace) = space_of(schema, target, referred);
        let content = match self.list_items(target) {
            Some(items) => XmlContent::List(Box::new(self.xml_item(items, Usual { name: &name, component: true }, 0))),
            None => self.xml_content(target, 0),
        };
        let node =
            XmlNode { json: String::new(), name, prefix, namespace, kind: XmlKind::Element, required: false, content };
        let known = self.api.xml_roots.iter().find(|(_, known)| **known == node).map(|(id, _)| id);
        known.unwrap_or_else(|| self.api.xml_roots.push(node))
    }

    fn xml_member(&mut self, property: &str, at: At<'a>, required: bool, depth: usize) -> XmlNode {
        let (target, referred) = self.behind(at);
        let own = name_of(at).or_else(|| name_of(target).filter(|_| referred));
        let component = self.component(target).filter(|_| referred && self.doc.version >= Version::V32);
        let explicit = kind_of(at).or_else(|| kind_of(target).filter(|_| referred));
        let name = own.or(component.filter(|_| explicit.is_none())).unwrap_or(property).to_owned();
        let (prefix, namespace) = space_of(at, target, referred);
        let items = self.list_items(target);
        let content = match items {
            // An element around the list lends its name to items that have none.
            Some(items) => {
                let wrapped = explicit == Some(XmlKind::Element);
                let usual = Usual {
                    name: if wrapped { &name } else { property },
                    component: wrapped || self.doc.version >= Version::V32,
                };
                XmlContent::List(Box::new(self.xml_item(items, usual, depth)))
            }
            None => self.xml_content(target, depth),
        };
        let kind = match explicit {
            Some(kind) => kind,
            None if items.is_some() => XmlKind::Inline,
            None => XmlKind::Element,
        };
        XmlNode { json: property.to_owned(), name, prefix, namespace, kind, required, content }
    }

    /// An item of a list; `usual` is its name where it has none.
    fn xml_item(&mut self, at: Option<At<'a>>, usual: Usual<'_>, depth: usize) -> XmlNode {
        let element = |name: &str, content| XmlNode {
            json: String::new(),
            name: name.to_owned(),
            prefix: String::new(),
            namespace: String::new(),
            kind: XmlKind::Element,
            required: false,
            content,
        };
        let Some(at) = at.filter(|_| depth < DEPTH) else { return element(usual.name, XmlContent::Any) };
        let (target, referred) = self.behind(at);
        let component = self.component(target).filter(|_| referred && usual.component);
        let name = name_of(at).or_else(|| name_of(target)).or(component).unwrap_or(usual.name);
        let content = match self.list_items(target) {
            Some(items) => XmlContent::List(Box::new(self.xml_item(items, Usual { name, ..usual }, depth + 1))),
            None => self.xml_content(target, depth + 1),
        };
        let (prefix, namespace) = space_of(at, target, referred);
        XmlNode { prefix, namespace, ..element(name, content) }
    }

    /// What is in an element of a schema that is no list.
    fn xml_content(&mut self, at: At<'a>, depth: usize) -> XmlContent {
        if depth >= DEPTH || !at.is_object() {
            return XmlContent::Any;
        }
        let variants: Vec<(At<'a>, At<'a>)> = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| at.get(key))
            .flat_map(|choice| choice.items().map(move |variant| (choice, variant)))
            .collect();
        let has = |key: &str| at.get(key).is_some();
        match self.types_of(at).as_slice() {
            ["string"] => XmlContent::Text,
            ["integer" | "number"] => XmlContent::Number,
            ["boolean"] => XmlContent::Bool,
            ["object"] => self.xml_object(at, depth),
            [] if has("properties") || has("allOf") || has("additionalProperties") => self.xml_object(at, depth),
            [] if !variants.is_empty() => {
                let mut contents = Vec::new();
                for (choice, variant) in variants {
                    if !self.is_null_variant(choice, variant) {
                        let target = self.behind(variant).0;
                        contents.push(self.xml_content(target, depth + 1));
                    }
                }
                match contents.as_slice() {
                    // An object of any of its variants has the members of all.
                    all if all.iter().all(|one| matches!(one, XmlContent::Object(_))) => self.xml_object(at, depth),
                    [first, rest @ ..] if rest.iter().all(|other| other == first) => first.clone(),
                    _ => XmlContent::Any,
                }
            }
            [] if at.get("enum").into_iter().flat_map(At::items).next().is_some_and(|one| one.as_str().is_some()) => {
                XmlContent::Text
            }
            _ => XmlContent::Any,
        }
    }

    fn xml_object(&mut self, at: At<'a>, depth: usize) -> XmlContent {
        if let Some(id) = self.xml_objects.get(&at.origin()) {
            return XmlContent::Object(*id);
        }
        let mut members = Members::default();
        self.xml_members(at, &mut members, 0);
        if members.by_name.is_empty() && members.rest.is_none() {
            // An `allOf` may narrow what is no object.
            let part = at.get("allOf").into_iter().flat_map(At::items).map(|part| self.behind(part).0);
            let scalar = part.into_iter().find(|part| !self.types_of(*part).is_empty());
            return match scalar.filter(|part| self.types_of(*part) != ["object"]) {
                Some(part) => self.xml_content(part, depth + 1),
                None => XmlContent::Any,
            };
        }
        let id: XmlId = self.api.xml.push(XmlObject::default());
        // Before its members are looked at, since they may lead back.
        self.xml_objects.insert(at.origin(), id);
        let nodes = members
            .by_name
            .iter()
            .map(|(name, member)| self.xml_member(name, *member, members.required.contains(name), 0))
            .collect();
        let rest = members.rest.map(|rest| {
            let target = self.behind(rest).0;
            match self.list_items(target) {
                Some(items) => {
                    XmlContent::List(Box::new(self.xml_item(items, Usual { name: "item", component: true }, 1)))
                }
                None => self.xml_content(target, 1),
            }
        });
        self.api.xml[id] = XmlObject { name: self.component(at).unwrap_or_default().to_owned(), members: nodes, rest };
        XmlContent::Object(id)
    }

    fn xml_members(&self, at: At<'a>, out: &mut Members<'a>, depth: usize) {
        let Ok(at) = self.doc.resolve(at) else { return };
        if depth > DEPTH {
            return;
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            at.get(key).into_iter().flat_map(At::items).for_each(|part| self.xml_members(part, out, depth + 1));
        }
        out.by_name.extend(at.get("properties").into_iter().flat_map(At::entries));
        out.required.extend(at.get("required").into_iter().flat_map(At::items).filter_map(|name| self.doc.word(name)));
        let rest = ["additionalProperties", "unevaluatedProperties"].into_iter().find_map(|key| at.get(key));
        if let Some(rest) = rest.filter(|rest| rest.is_object() && !rest.is_empty()) {
            out.rest = Some(rest);
        }
    }

    /// The `items` of a schema that is a list; what a tuple holds in order is a finding.
    #[allow(clippy::option_option)]
    fn list_items(&self, at: At<'a>) -> Option<Option<At<'a>>> {
        if let Some(tuple) = at.get("prefixItems") {
            self.sink.left_out(
                Code::MediaType,
                tuple.origin(),
                "nodes of XML in the order of `prefixItems` are not expressed yet",
                "each item is an element of the same name",
            );
        }
        let is_list = self.types_of(at) == ["array"] || at.get("type").is_none() && at.get("items").is_some();
        (is_list || at.get("prefixItems").is_some()).then(|| at.get("items").filter(|items| items.is_object()))
    }

    /// The schema behind a reference, also behind one in an `allOf` that only adds to it, and whether there was one.
    fn behind(&self, at: At<'a>) -> (At<'a>, bool) {
        let mut at = at;
        let mut referred = false;
        for _ in 0..DEPTH {
            let next = if at.str("$ref").is_some() { Some(at) } else { wrapped_reference(at) };
            let Some(target) = next.and_then(|next| self.doc.resolve(next).ok()) else { break };
            (at, referred) = (target, true);
        }
        (at, referred)
    }

    /// The name of a schema under `components`.
    fn component(&self, at: At<'a>) -> Option<&'a str> {
        self.types.get(&at.origin()).filter(|id| self.api.types[**id].component)?;
        let sections = [self.section(&["definitions"]), self.section(&["components", "schemas"])];
        let mut schemas = sections.into_iter().flatten().flat_map(At::entries);
        schemas.find(|(_, schema)| schema.origin() == at.origin()).map(|(name, _)| name)
    }
}

/// The one reference in an `allOf` beside which nothing has a shape: how 3.0 adds `xml` or prose to a reference.
fn wrapped_reference(at: At<'_>) -> Option<At<'_>> {
    let prose = |part: At<'_>| part.is_object() && part.entries().all(|(key, _)| says_no_shape(key));
    let mut parts = at.get("allOf")?.items().filter(|part| !prose(*part));
    let only = parts.next().filter(|only| only.str("$ref").is_some())?;
    let bare = |key: &str| matches!(key, "allOf" | "nullable" | "type") || says_no_shape(key);
    (parts.next().is_none() && at.entries().all(|(key, _)| bare(key))).then_some(only)
}

/// `xml.name`.
fn name_of(at: At<'_>) -> Option<&str> {
    at.get("xml")?.str("name").filter(|name| !name.is_empty())
}

/// Prefix and namespace; those of what is behind a reference count where its own name does.
fn space_of(at: At<'_>, target: At<'_>, referred: bool) -> (String, String) {
    let own = |at: At<'_>| {
        let xml = at.get("xml")?;
        let text = |key| xml.str(key).unwrap_or_default().to_owned();
        (xml.get("prefix").is_some() || xml.get("namespace").is_some()).then(|| (text("prefix"), text("namespace")))
    };
    own(at).or_else(|| own(target).filter(|_| referred)).unwrap_or_default()
}

/// What the XML Object says of the kind of node.
fn kind_of(at: At<'_>) -> Option<XmlKind> {
    let xml = at.get("xml")?;
    match xml.str("nodeType") {
        Some("element") => return Some(XmlKind::Element),
        Some("attribute") => return Some(XmlKind::Attribute),
        Some("text") => return Some(XmlKind::Text),
        Some("cdata") => return Some(XmlKind::Cdata),
        Some("none") => return Some(XmlKind::Inline),
        _ => {}
    }
    if xml.bool("attribute") == Some(true) {
        return Some(XmlKind::Attribute);
    }
    // An extension that says what `nodeType` says since 3.2.
    if xml.bool("x-ms-text") == Some(true) {
        return Some(XmlKind::Text);
    }
    (xml.bool("wrapped") == Some(true)).then_some(XmlKind::Element)
}
