//! Enums of literals: open, and one table for both directions.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Comment;
use super::{Cx, types};
use crate::emit::docs::markdown;
use crate::ir::{Enum, Id as _, TypeId};

pub(super) fn enumeration(cx: Cx<'_>, id: TypeId, list: &Enum) -> TokenStream {
    let definition = &cx.api.types[id];
    let name = types::ident(cx.type_name(id));
    let unknown = types::ident(&cx.own.names.unknown[id.index()]);
    let mut comment = Comment::default();
    comment.prose(&definition.doc);
    if comment.is_empty() {
        comment.own(format!("`{}`", super::doc_name(&definition.hint)));
    }
    let comment = comment.tokens();
    let mut variants = Vec::new();
    let mut rows = Vec::new();
    for (value, variant) in list.values.iter().zip(&cx.own.names.variants[id.index()]) {
        let variant = types::ident(variant);
        let mut comment = Comment::default();
        comment.own(markdown::code(&value.wire));
        comment.prose(&value.doc);
        let comment = comment.tokens();
        variants.push(quote! { #comment #variant });
        let wire = &value.wire;
        rows.push(quote! { (#wire, #variant) });
    }
    // The only value is what a blank one is.
    let constant = list.constant().and(cx.own.names.variants[id.index()].first()).map(|only| {
        let only = types::ident(only);
        quote!(= #only)
    });
    let (derives, kind, table) = if list.text {
        (quote!(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash), quote!(String), quote!(text_enum))
    } else {
        (quote!(Clone, Debug, PartialEq, Eq), quote!(rt::Value), quote!(value_enum))
    };
    quote! {
        #comment
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the description does not list, as received."]
            #unknown(#kind),
        }
        rt::#table!(#name #constant, #unknown #(, #rows)*);
    }
}
