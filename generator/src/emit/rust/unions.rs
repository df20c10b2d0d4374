//! Unions: open, one table for how a variant is told, one match for each direction.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Comment;
use super::{Cx, types};
use crate::ir::{Id as _, Pick, Shape, TypeId, TypeKind, Union};
use crate::names::screaming;

pub(super) fn union(cx: Cx<'_>, id: TypeId, union: &Union) -> TokenStream {
    let definition = &cx.api.types[id];
    let name = types::ident(cx.type_name(id));
    let unknown = types::ident(&cx.own.names.unknown[id.index()]);
    let here = TokenStream::new();
    let mut comment = Comment::default();
    comment.prose(&definition.doc);
    if comment.is_empty() {
        comment.own(format!("`{}`", super::doc_name(&definition.hint)));
    }
    let comment = comment.tokens();
    let table = types::ident(&screaming(cx.type_name(id)));
    let mut declared = Vec::new();
    let mut rows = Vec::new();
    let mut read = Vec::new();
    let mut write = Vec::new();
    for (index, variant) in union.variants.iter().enumerate() {
        let ident = types::ident(&cx.own.names.variants[id.index()][index]);
        let mut kind = types::shape(cx, &variant.shape, &here);
        if cx.own.facts.boxed[id.index()][index] {
            kind = quote!(Box<#kind>);
        }
        let mut comment = Comment::default();
        comment.prose(&variant.doc);
        if comment.is_empty() {
            comment.own(format!("`{}`", super::doc_name(&variant.hint)));
        }
        let comment = comment.tokens();
        declared.push(quote! { #comment #ident(#kind) });
        let kinds = kinds(cx, &variant.shape);
        let (tags, keys) = (&variant.tags, &variant.keys);
        let label = &cx.own.names.variants[id.index()][index];
        let tags = (!tags.is_empty()).then(|| quote!(.tags(&[#(#tags),*])));
        let keys = (!keys.is_empty()).then(|| quote!(.keys(&[#(#keys),*])));
        let consts = variant.consts.iter().map(|(name, json)| quote! { (#name, &[#(#json),*]) });
        let consts = (!variant.consts.is_empty()).then(|| quote!(.consts(&[#(#consts),*])));
        let fallback = variant.fallback.then(|| quote!(.fallback()));
        rows.push(quote! { rt::Variant::new(#label) #kinds #tags #keys #consts #fallback });
        let number = proc_macro2::Literal::usize_unsuffixed(index);
        read.push(quote! { #number => Self::#ident(r.value()?) });
        write.push(quote! { Self::#ident(value) => w.tagged(&#table, #number, value) });
    }
    let tag = match &union.pick {
        Pick::Tag { property } => Some(quote!(.tag(#property))),
        Pick::Trial => None,
    };
    let label = cx.type_name(id);
    quote! {
        #comment
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            #[doc = " A value that fits no variant of the description, as received."]
            #unknown(rt::Value),
        }
        impl Default for #name {
            fn default() -> Self {
                Self::#unknown(rt::Value::Null)
            }
        }
        static #table: rt::Union = rt::Union::new(#label, &[#(#rows),*]) #tag;
        impl rt::Decode for #name {
            #[inline]
            fn decode(&mut self, r: &mut rt::Reader<'_>) -> Result<(), rt::Stop> {
                r.union(&#table, &mut |r, variant| {
                    *self = match variant {
                        #(#read,)*
                        _ => Self::#unknown(r.value()?),
                    };
                    Ok(())
                })
            }
        }
        impl rt::Encode for #name {
            #[inline]
            fn encode(&self, w: &mut rt::Writer) {
                match self { #(#write,)* Self::#unknown(value) => value.encode(w) }
            }
        }
        rt::models!(#name);
    }
}

/// JSON kinds that a value of the shape can have; nothing where any will do.
fn kinds(cx: Cx<'_>, shape: &Shape) -> Option<TokenStream> {
    let mut found = Vec::new();
    collect(cx, shape, &mut found, &mut BTreeSet::new(), 0)?;
    found.sort_unstable();
    found.dedup();
    let found = found.into_iter().map(types::ident);
    Some(quote!(.kinds(&[#(rt::Kind::#found),*])))
}

/// `done` are the unions that have been looked through.
fn collect(
    cx: Cx<'_>,
    shape: &Shape,
    found: &mut Vec<&'static str>,
    done: &mut BTreeSet<TypeId>,
    depth: usize,
) -> Option<()> {
    match types::plain(cx, shape) {
        Shape::Bool => found.push("Bool"),
        Shape::Int(_) | Shape::Float(_) => found.push("Number"),
        Shape::Text(_) | Shape::JsonText(_) => found.push("String"),
        Shape::List(_) => found.push("Array"),
        Shape::Map(_) => found.push("Object"),
        Shape::Nullable(inner) => {
            found.push("Null");
            collect(cx, inner, found, done, depth)?;
        }
        // A part is a text in JSON, or an object that says more of it.
        Shape::Binary => found.extend(["String", "Object"]),
        Shape::Json => return None,
        Shape::Named(id) => match &cx.api.types[*id].kind {
            TypeKind::Struct(structure) => found.push(if structure.tuple { "Array" } else { "Object" }),
            TypeKind::Enum(list) if list.text => found.push("String"),
            TypeKind::Enum(list) => found.extend(list.values.iter().map(|value| match value.wire.as_bytes().first() {
                Some(b'"') => "String",
                Some(b't' | b'f') => "Bool",
                Some(b'{') => "Object",
                Some(b'[') => "Array",
                Some(b'n') => "Null",
                _ => "Number",
            })),
            TypeKind::Union(_) if done.contains(id) => {}
            TypeKind::Union(union) if depth < 8 => {
                for variant in &union.variants {
                    collect(cx, &variant.shape, found, done, depth + 1)?;
                }
                done.insert(*id);
            }
            TypeKind::Union(_) | TypeKind::Alias(_) => return None,
        },
    }
    Some(())
}
