//! Error bodies: an enum by status where an operation has several types of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::{decoder, rank, status_pattern};
use super::{Cx, types};
use crate::emit::text;
use crate::ir::{Codec, OpId, Status};
use crate::plan::{self, Outcome};

pub(super) fn error_enum(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let names = cx.own.op(id).error.as_ref()?;
    let Outcome::Many(cases) = plan::failure(cx.api, id) else { return None };
    let name = types::ident(&names.name);
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    let mut ordered: Vec<_> = cases.iter().zip(&names.variants).collect();
    ordered.sort_by_key(|(case, _)| rank(case.status));
    for (case, variant) in ordered {
        let about = format!(" {}.", text::case(case));
        let variant = types::ident(variant);
        let status = status_pattern(case.status);
        let Some(media) = case.media else {
            variants.push(quote! { #[doc = #about] #variant });
            arms.push(quote! { (#status, _) => Some(Self::#variant) });
            continue;
        };
        let (kind, _) = decoder(cx, media);
        variants.push(quote! { #[doc = #about] #variant(#kind) });
        let read = match media.codec {
            Codec::Json | Codec::Xml => quote!(reply.json()),
            Codec::Text | Codec::Form => quote!(reply.text()),
            _ => quote!(Some(reply.bytes().to_vec())),
        };
        let alone = cases.iter().filter(|other| other.status == case.status).count() == 1;
        if alone {
            arms.push(quote! { (#status, _) => #read.map(Self::#variant) });
        } else {
            let wanted = media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            arms.push(quote! { (#status, #wanted) => #read.map(Self::#variant) });
        }
    }
    let any = cases.iter().filter(|case| case.status == Status::Any).count() == 1;
    let rest = (!any).then(|| quote! { _ => None });
    let about = format!(
        " Error bodies of [`{}`](Client::{}), by status: `error.typed::<{}>()`.",
        text::plain(&cx.api.ops[id].id),
        cx.own.op(id).method.trim_start_matches("r#"),
        names.name
    );
    Some(quote! {
        #[doc = #about]
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name { #(#variants,)* }
        impl rt::ErrorBody for #name {
            fn from_reply(reply: &rt::ErrorReply<'_>) -> Option<Self> {
                match (reply.status(), reply.media().as_str()) { #(#arms,)* #rest }
            }
        }
    })
}
