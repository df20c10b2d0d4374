//! Request bodies: the type of the argument, and the call that takes it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Cx, types};
use crate::ir::{Codec, Media, Shape, TextFormat};

/// The setter of a body in one of several media types, or of one that may be left out.
pub(super) fn setter(cx: Cx<'_>, media: &Media, name: &Ident, first: bool) -> TokenStream {
    let (kind, call) = argument(cx, media, name, first);
    let about = format!(" Sets the body, as `{}`.", media.name.replace('`', "'"));
    quote! {
        #[doc = #about]
        pub fn #name(mut self, #name: #kind) -> Self {
            self.request = self.request #call;
            self
        }
    }
}

/// Type of the body's argument, and the call that takes it. The first media type is the one of the operation's table.
pub(super) fn argument(cx: Cx<'_>, media: &Media, name: &Ident, first: bool) -> (TokenStream, TokenStream) {
    let models = quote!(models::);
    let wire = &media.name;
    match media.codec {
        Codec::Json => {
            let kind = types::shape(cx, &media.shape, &models);
            let kind = match types::plain(cx, &media.shape) {
                Shape::List(inner) => {
                    let inner = types::shape(cx, inner, &models);
                    quote!(&[#inner])
                }
                Shape::Text(TextFormat::Plain) => quote!(&str),
                _ => quote!(&#kind),
            };
            // What has no size of its own is lent once more.
            let name = match types::plain(cx, &media.shape) {
                Shape::List(_) | Shape::Text(TextFormat::Plain) => quote!(&#name),
                _ => quote!(#name),
            };
            if first { (kind, quote!(.json(#name))) } else { (kind, quote!(.json_as(#wire, #name))) }
        }
        Codec::Form => {
            let kind = types::shape(cx, &media.shape, &models);
            (quote!(&#kind), quote!(.form(#name)))
        }
        // Which of its media types is meant is the caller's to say.
        _ if media.is_range() => (quote!(rt::Payload), quote!(.body(#name))),
        _ if first => (quote!(impl Into<rt::Body>), quote!(.bytes(#name))),
        _ => (quote!(impl Into<rt::Body>), quote!(.body(rt::Payload::new(#wire, #name)))),
    }
}
