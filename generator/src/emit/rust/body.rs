//! Request bodies: the type of the argument, and the call that takes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::compact::compact;
use super::lines::{self, literal};
use super::{Cx, types, xml};
use crate::emit::docs::markdown;
use crate::ir::{Codec, Item, Media, Order, Part, QueryStyle, Shape, TextFormat};

/// The setter of a body in one of several media types, or of one that may be left out.
pub(super) fn setter(out: &mut String, cx: Cx<'_>, media: &Media, name: &str, first: bool) {
    let (kind, call) = argument(cx, media, name, first);
    out.push_str(&format!("    /// Sets the body, as {}.\n", markdown::code(&media.name)));
    lines::function(out, &format!("    pub fn {name}(self, {name}: {kind}) -> Self"), &format!("Self(self.0{call})"));
}

/// Type of the body's argument, and the call that takes it. The first media type is the one of the operation's table.
pub(super) fn argument(cx: Cx<'_>, media: &Media, name: &str, first: bool) -> (String, String) {
    let wire = literal(&media.name);
    match media.codec {
        Codec::Json => {
            let (kind, name) = lent(cx, media, name);
            (kind, if first { format!(".json({name})") } else { format!(".json_as({wire}, {name})") })
        }
        Codec::Form => {
            let fields = compact(&form_fields(&media.parts));
            (format!("&{}", types::text(cx, &media.shape, "models::")), format!(".form({fields}, {name})"))
        }
        Codec::Xml => {
            let (kind, name) = lent(cx, media, name);
            let root = media.xml.map(|root| compact(&xml::root(root))).unwrap_or_default();
            (kind, format!(".xml({wire}, &{root}, {name})"))
        }
        Codec::Multipart => multipart(cx, media, name),
        Codec::JsonLines | Codec::JsonSeq => {
            let kind = item(cx, media);
            let call = if media.codec == Codec::JsonLines { "lines_body" } else { "sequence_body" };
            (format!("impl Into<rt::SendItems<{kind}>>"), format!(".{call}({wire}, {name})"))
        }
        // Which of its media types is meant is the caller's to say.
        _ if media.is_range() => ("rt::Payload".to_owned(), format!(".body({name})")),
        _ if first => ("impl Into<rt::Body>".to_owned(), format!(".bytes({name})")),
        _ => ("impl Into<rt::Body>".to_owned(), format!(".body(rt::Payload::new({wire}, {name}))")),
    }
}

/// The type of each item of a body that is a sequence of JSON texts.
pub(super) fn item(cx: Cx<'_>, media: &Media) -> String {
    match &media.item {
        Some(Item::Json(shape)) => types::text(cx, shape, "models::"),
        _ => "rt::Value".to_owned(),
    }
}

/// A model that is lent: the type of the argument, and what is handed on.
fn lent(cx: Cx<'_>, media: &Media, name: &str) -> (String, String) {
    // What has no size of its own is lent once more.
    match types::plain(cx, &media.shape) {
        Shape::List(inner) => (format!("&[{}]", types::text(cx, inner, "models::")), format!("&{name}")),
        Shape::Text(TextFormat::Plain) => ("&str".to_owned(), format!("&{name}")),
        _ => (format!("&{}", types::text(cx, &media.shape, "models::")), name.to_owned()),
    }
}

/// How a multipart body is given.
pub(crate) enum Parts<'a> {
    /// A model, member by member.
    Named,
    /// A list of parts.
    Ordered(&'a Order),
    /// The description says nothing of its parts: the caller puts them together.
    Free,
}

/// Decides how a multipart body is given.
pub(crate) fn parts<'a>(cx: Cx<'_>, media: &'a Media) -> Parts<'a> {
    match (&media.order, types::plain(cx, &media.shape)) {
        (Some(order), _) => Parts::Ordered(order),
        (None, Shape::Named(_)) => Parts::Named,
        (None, Shape::Map(item)) if *types::plain(cx, item) != Shape::Json => Parts::Named,
        _ => Parts::Free,
    }
}

fn multipart(cx: Cx<'_>, media: &Media, name: &str) -> (String, String) {
    let wire = literal(&media.name);
    match parts(cx, media) {
        Parts::Named => {
            let specs = compact(&part_specs(&media.parts));
            (format!("&{}", types::text(cx, &media.shape, "models::")), format!(".multipart({wire}, {specs}, {name})"))
        }
        Parts::Ordered(order) => {
            let (first, rest) = self::order(order);
            let kind = "impl IntoIterator<Item = impl Into<rt::Part>>".to_owned();
            (kind, format!(".parts({wire}, {}, {}, {name})", compact(&first), compact(&rest)))
        }
        Parts::Free => ("rt::Multipart".to_owned(), format!(".body({name}.into())")),
    }
}

/// The table of the fields of a form that are not written the usual way.
pub(super) fn form_fields(parts: &[Part]) -> TokenStream {
    let fields = parts.iter().map(form_field);
    quote!(&[#(#fields),*])
}

/// The same for parts.
pub(super) fn part_specs(parts: &[Part]) -> TokenStream {
    let specs = parts.iter().map(part_spec);
    quote!(&[#(#specs),*])
}

/// The tables of parts that are known by their place: those at the front, and all others.
pub(super) fn order(order: &Order) -> (TokenStream, TokenStream) {
    let rest = order.rest.as_ref().map(part_spec);
    let rest = rest.map_or_else(|| quote!(None), |rest| quote!(Some(&#rest)));
    (part_specs(&order.first), rest)
}

fn form_field(part: &Part) -> TokenStream {
    let Part { wire, style, whole, json_items, .. } = part;
    let reserved = style.is_some_and(|(_, _, reserved)| reserved).then(|| quote!(.reserved()));
    let style = style.map(|(style, explode, _)| {
        let style = query_style(style);
        quote!(.style(#style, #explode))
    });
    let json = whole.then(|| quote!(.json()));
    let json_items = json_items.then(|| quote!(.json_items()));
    quote!(rt::FormField::new(#wire) #style #reserved #json #json_items)
}

fn part_spec(part: &Part) -> TokenStream {
    let Part { wire, media, style, whole, json_items: _, value, xml } = part;
    let media = (!media.is_empty()).then(|| quote!(.media(&[#(#media),*])));
    let style = style.map(|(style, explode, _)| {
        let style = query_style(style);
        quote!(.style(#style, #explode))
    });
    let whole = whole.then(|| quote!(.whole()));
    let value = value.then(|| quote!(.value()));
    let xml = xml.map(xml::root).map(|root| quote!(.xml(&#root)));
    quote!(rt::PartSpec::new(#wire) #media #style #whole #value #xml)
}

fn query_style(style: QueryStyle) -> TokenStream {
    match style {
        QueryStyle::Form => quote!(rt::QueryStyle::Form),
        QueryStyle::Space => quote!(rt::QueryStyle::SpaceDelimited),
        QueryStyle::Pipe => quote!(rt::QueryStyle::PipeDelimited),
        QueryStyle::Tab => quote!(rt::QueryStyle::TabDelimited),
        QueryStyle::DeepObject => quote!(rt::QueryStyle::DeepObject),
    }
}
