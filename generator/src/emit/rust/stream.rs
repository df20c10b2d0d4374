//! Answers that are read while they arrive: the methods that ask for them, and the enum of named events.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Comment;
use super::{Cx, types};
use crate::emit::docs::markdown;
use crate::emit::text;
use crate::ir::{Codec, EventCase, EventData, Item, Media, OpId, Shape, TypeKind};
use crate::plan::{self, Outcome, Streamed};

/// The methods of a request that give a stream.
pub(super) fn methods(cx: Cx<'_>, id: OpId) -> TokenStream {
    let stream = plan::stream(cx.api, id).map(|streamed| stream(cx, id, streamed));
    let bytes = bytes(cx, id);
    let items = list_item(cx, id).map(|item| {
        let item = types::shape(cx, item, "models::");
        quote! {
            #[doc = " The items of the answer, a stream that reads each while the answer arrives: for lists too long to be kept whole."]
            pub fn items(self) -> rt::Items<#item> {
                rt::Items::of_list(self.0)
            }
        }
    });
    quote! { #stream #bytes #items }
}

fn stream(cx: Cx<'_>, id: OpId, streamed: Streamed<'_>) -> TokenStream {
    let wire = &streamed.media.name;
    let kind = kind(cx, id, streamed);
    let call = match (streamed.media.codec, streamed.item) {
        (Codec::JsonLines, _) => quote!(lines),
        (Codec::JsonSeq, _) => quote!(sequence),
        (_, Item::Json(_)) => quote!(events),
        (_, Item::Text) => quote!(text_events),
        (_, Item::Named(_)) => quote!(named_events),
    };
    let mut comment = Comment::default();
    let what = if streamed.media.codec == Codec::Events { "events" } else { "items" };
    comment.own(format!(
        "Sends the request and asks for {}: gives the head of the answer, and then its {what} as they arrive.",
        markdown::code(wire)
    ));
    if let Some(switch) = text::stream_switch(cx, id) {
        comment.own(format!("The request has to say so too, it seems: see {switch}."));
    }
    let comment = comment.tokens();
    quote! {
        #comment
        pub fn stream(self) -> rt::Call<#kind> {
            self.0.#call(#wire)
        }
    }
}

/// The type of the stream.
pub(super) fn kind(cx: Cx<'_>, id: OpId, streamed: Streamed<'_>) -> TokenStream {
    let item = match streamed.item {
        Item::Json(shape) => types::shape(cx, shape, "models::"),
        Item::Text => quote!(String),
        Item::Named(_) => {
            let name = types::ident(cx.own.op(id).events.as_ref().map_or("", |names| names.name.as_str()));
            quote!(#name)
        }
    };
    if streamed.media.codec == Codec::Events { quote!(rt::EventStream<#item>) } else { quote!(rt::ItemStream<#item>) }
}

/// The raw answer, where it is no JSON: such answers are files, and files can be large.
fn bytes(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let accept = bytes_accept(cx, id)?;
    Some(quote! {
        #[doc = " Sends the request; gives the head of the answer, and then its bytes as they arrive."]
        pub fn stream_bytes(self) -> rt::Call<rt::ByteStream> {
            self.0.byte_stream(#accept)
        }
    })
}

/// What bytes are asked for by: empty for what the operation gives anyway.
pub(in crate::emit) fn bytes_accept(cx: Cx<'_>, id: OpId) -> Option<String> {
    let is_file = |media: &Media| matches!(media.codec, Codec::Binary | Codec::Text);
    match plan::success(cx.api, id) {
        Outcome::One(media) if is_file(media) => Some(String::new()),
        Outcome::Many(cases) => {
            let mut names: Vec<&str> = Vec::new();
            for media in cases.iter().filter_map(|case| case.media).filter(|media| is_file(media)) {
                if !names.contains(&media.name.as_str()) {
                    names.push(&media.name);
                }
            }
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// The item of an answer that is a list, where pages do not give the items already.
pub(in crate::emit) fn list_item<'a>(cx: Cx<'a>, id: OpId) -> Option<&'a Shape> {
    let Outcome::One(media) = plan::success(cx.api, id) else { return None };
    match types::plain(cx, &media.shape) {
        Shape::List(item) if media.codec == Codec::Json && plan::page(cx.api, id).is_none() => Some(item),
        _ => None,
    }
}

/// The enum of the events of a stream that their names tell apart.
pub(super) fn events_enum(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let names = cx.own.op(id).events.as_ref()?;
    let Item::Named(cases) = plan::stream(cx.api, id)?.item else { return None };
    let name = types::ident(&names.name);
    let mut variants = Vec::new();
    // A text that stands for a kind of event says more than a name, and a name more than none.
    let (mut texts, mut named, mut any) = (Vec::new(), Vec::new(), None);
    for (case, variant) in cases.iter().zip(&names.variants) {
        let variant = types::ident(variant);
        let comment = comment(case);
        let (holds, read) = match &case.data {
            EventData::Json(shape) => {
                let kind = types::shape(cx, shape, "models::");
                (quote!((#kind)), quote!(event.json_as(Self::#variant)))
            }
            EventData::Text => (quote!((String)), quote!(Ok(Self::#variant(event.text())))),
            EventData::Literal(_) | EventData::Nothing => (TokenStream::new(), quote!(Ok(Self::#variant))),
        };
        variants.push(quote! { #comment #variant #holds });
        let event = case.event.as_ref().map_or_else(|| quote!(_), |event| quote!(#event));
        match (&case.data, &case.event) {
            (EventData::Literal(text), _) => texts.push(quote! { (#event, #text) => #read }),
            (_, Some(_)) => named.push(quote! { (#event, _) => #read }),
            (_, None) => any = Some(read),
        }
    }
    let unknown = any.is_none().then(|| {
        quote! {
            #[doc = " An event that the description does not know, with its data."]
            Unknown(String)
        }
    });
    let any = any.unwrap_or_else(|| quote!(Ok(Self::Unknown(event.text()))));
    let about = format!(
        " Data of the events of [`{}`](Client::{}), by their names.",
        text::plain(&cx.api.ops[id].id),
        cx.own.op(id).method.trim_start_matches("r#")
    );
    Some(quote! {
        #[doc = #about]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #unknown }
        impl rt::EventData for #name {
            fn read(event: rt::RawEvent<'_>) -> Result<Self, rt::JsonError> {
                match (event.name(), event.data()) { #(#texts,)* #(#named,)* _ => #any }
            }
        }
    })
}

fn comment(case: &EventCase) -> TokenStream {
    let mut comment = Comment::default();
    comment.prose(&case.doc);
    let event = case.event.as_ref().map(|event| format!("event {}", markdown::code(event)));
    let data = match &case.data {
        EventData::Literal(literal) => Some(format!("data {}", markdown::code(literal))),
        _ => None,
    };
    let facts: Vec<String> = event.into_iter().chain(data).collect();
    comment.own(if facts.is_empty() {
        "Every other event.".to_owned()
    } else {
        format!("{}.", capital(&facts.join(", ")))
    });
    comment.tokens()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The member of the body, or the parameter, that asks for a stream: a flag called so.
pub(in crate::emit) fn switch(cx: Cx<'_>, id: OpId) -> Option<String> {
    let operation = &cx.api.ops[id];
    let is_flag = |shape: &Shape| match types::plain(cx, shape) {
        Shape::Nullable(inner) => *types::plain(cx, inner) == Shape::Bool,
        other => *other == Shape::Bool,
    };
    let param = operation.params.iter().any(|param| param.wire == "stream" && is_flag(&param.shape));
    if param {
        return Some("the parameter `stream`".to_owned());
    }
    let bodies = operation.body.iter().flat_map(|body| &body.media);
    let mut structs = bodies.filter_map(|media| match types::plain(cx, &media.shape) {
        Shape::Named(id) => match &cx.api.types[*id].kind {
            TypeKind::Struct(structure) => Some(structure),
            _ => None,
        },
        _ => None,
    });
    let field = |structure: &crate::ir::Struct| {
        structure.fields.iter().any(|field| field.wire == "stream" && is_flag(&field.shape))
    };
    structs.any(field).then(|| "`stream` of the body".to_owned())
}
