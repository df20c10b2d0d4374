//! Error bodies: an enum by status where an operation has several types of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::{decoder, rank, status_pattern};
use super::{Cx, types};
use crate::emit::text;
use crate::ir::{Codec, OpId};
use crate::plan::{self, Outcome};

pub(super) fn error_enum(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let names = cx.own.op(id).error.as_ref()?;
    let Outcome::Many(cases) = plan::failure(cx.api, id) else { return None };
    let name = types::ident(&names.name);
    let mut variants = Vec::new();
    let mut rows = Vec::new();
    let mut ordered: Vec<_> = cases.iter().zip(&names.variants).collect();
    ordered.sort_by_key(|(case, _)| rank(case.status));
    for (case, variant) in ordered {
        let about = format!(" {}.", text::case(case));
        let variant = types::ident(variant);
        let status = status_pattern(case.status);
        let Some(media) = case.media else {
            variants.push(quote! { #[doc = #about] #variant });
            rows.push(quote! { (#status, _, #variant, empty) });
            continue;
        };
        let (kind, _) = decoder(cx, media);
        variants.push(quote! { #[doc = #about] #variant(#kind) });
        let how = types::ident(match media.codec {
            Codec::Json | Codec::Xml => "json",
            Codec::Text | Codec::Form => "text",
            _ => "bytes",
        });
        let alone = cases.iter().filter(|other| other.status == case.status).count() == 1;
        let wanted = (!alone).then(|| media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        let wanted = wanted.map_or_else(|| quote!(_), |name| quote!(#name));
        rows.push(quote! { (#status, #wanted, #variant(body), #how) });
    }
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
        rt::error_body!(#name #(, #rows)*);
    })
}
