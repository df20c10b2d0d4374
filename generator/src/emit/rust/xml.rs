//! The tables of bodies in XML: what is an attribute, what an element is called, which lists have one around them.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{Cx, types};
use crate::emit::text;
use crate::ir::{Api, Codec, Hook, Id as _, Media, Operation, Reply, Status, XmlContent, XmlKind, XmlNode, XmlRootId};

/// The file of all tables.
pub(super) fn tables(cx: Cx<'_>) -> TokenStream {
    let used = used(cx.api);
    let contents = cx.api.xml.iter().filter(|(id, _)| used.contains(&id.index())).map(|(id, object)| {
        let name = content_ident(id.index());
        let about = about(if object.name.is_empty() { "An object" } else { &object.name });
        let members = object.members.iter().map(node);
        let rest = match &object.rest {
            Some(rest) => {
                let rest = content(rest);
                quote!(Some(&rt::XmlNode::element("", "", #rest)))
            }
            None => quote!(None),
        };
        quote! {
            #[doc = #about]
            static #name: rt::XmlContent = rt::XmlContent::Object(&[#(#members),*], #rest);
        }
    });
    let roots = cx.api.xml_roots.iter().map(|(id, root)| {
        let (name, about) = (root_ident(id), about(&root.name));
        let root = node(root);
        quote! {
            #[doc = #about]
            pub(super) static #name: rt::XmlNode = #root;
        }
    });
    quote! { use super::rt; #(#contents)* #(#roots)* }
}

/// The objects that a body comes to. Those of variants alone are in the object that has the members of all of them.
fn used(api: &Api) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    let mut open: Vec<&XmlContent> = api.xml_roots.iter().map(|(_, root)| &root.content).collect();
    while let Some(content) = open.pop() {
        match content {
            XmlContent::List(item) => open.push(&item.content),
            XmlContent::Object(id) if used.insert(id.index()) => {
                let object = &api.xml[*id];
                open.extend(object.members.iter().map(|member| &member.content).chain(&object.rest));
            }
            _ => {}
        }
    }
    used
}

/// A root, as operations and the command line reach it.
pub(super) fn root(id: XmlRootId) -> TokenStream {
    let name = root_ident(id);
    quote!(super::super::xml::#name)
}

/// The row of the answers that may be XML.
pub(super) fn replies(operation: &Operation) -> Option<TokenStream> {
    let replies = &operation.replies;
    let all = replies.ok.iter().chain(&replies.err).chain(&replies.fallback);
    let rows: Vec<TokenStream> = all.filter_map(reply).collect();
    (!rows.is_empty()).then(|| quote! { xml: &[#(#rows),*] })
}

/// The same row of a webhook or callback.
pub(super) fn hook(hook: &Hook) -> Option<TokenStream> {
    // From the module of all hooks the tables are nearer than from an operation.
    let root = root_ident(root_of(&hook.body.as_ref()?.media)?);
    Some(quote! { xml: &[rt::XmlReply::request(&super::xml::#root)], })
}

fn root_of(media: &[Media]) -> Option<XmlRootId> {
    media.iter().find(|media| media.codec == Codec::Xml)?.xml
}

fn reply(reply: &Reply) -> Option<TokenStream> {
    let root = root(root_of(&reply.media)?);
    let (first, last) = match reply.status {
        Status::Code(code) => (code, code),
        Status::Range(digit) => (u16::from(digit) * 100, u16::from(digit) * 100 + 99),
        Status::Any => (100, 599),
    };
    let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
    Some(quote!(rt::XmlReply::new(#first, #last, &#root)))
}

fn about(name: &str) -> String {
    format!(" `{}`.", text::plain(name))
}

fn content_ident(index: usize) -> Ident {
    types::ident(&format!("CONTENT_{index}"))
}

fn root_ident(id: XmlRootId) -> Ident {
    types::ident(&format!("ROOT_{}", id.index()))
}

fn node(node: &XmlNode) -> TokenStream {
    let XmlNode { json, name, prefix, namespace, kind, required, content } = node;
    let content = self::content(content);
    let made = match kind {
        XmlKind::Element => quote!(element(#json, #name, #content)),
        XmlKind::Attribute => quote!(attribute(#json, #name, #content)),
        XmlKind::Text => quote!(text(#json, #content)),
        XmlKind::Cdata => quote!(cdata(#json, #content)),
        XmlKind::Inline => quote!(inline(#json, #content)),
    };
    let space = (!prefix.is_empty() || !namespace.is_empty()).then(|| quote!(.space(#prefix, #namespace)));
    // Only where nothing in the document stands for it does it matter.
    let needed = *required && matches!(kind, XmlKind::Inline | XmlKind::Text | XmlKind::Cdata);
    let required = needed.then(|| quote!(.required()));
    quote!(rt::XmlNode::#made #space #required)
}

fn content(content: &XmlContent) -> TokenStream {
    match content {
        XmlContent::Text => quote!(&rt::XmlContent::Text),
        XmlContent::Number => quote!(&rt::XmlContent::Number),
        XmlContent::Bool => quote!(&rt::XmlContent::Bool),
        XmlContent::Any => quote!(&rt::XmlContent::Any),
        XmlContent::List(item) => {
            let item = node(item);
            quote!(&rt::XmlContent::List(&#item))
        }
        XmlContent::Object(id) => {
            let name = content_ident(id.index());
            quote!(&#name)
        }
    }
}
