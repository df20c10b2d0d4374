//! Limits of values, as the tables that checks on request read.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};

use super::ident;
use crate::ir::Rule;

/// The rules, separated by commas, each under `path`: `rt::Rule::`, or nothing where the variants are in scope.
pub(super) fn rules(rules: &[Rule], path: &TokenStream) -> TokenStream {
    let rules = rules.iter().map(|one| rule(one, path));
    quote!(#(#rules),*)
}

/// The limits of a parameter or of a whole body.
pub(super) fn setter(list: Option<&Vec<Rule>>) -> Option<TokenStream> {
    let list = list.filter(|list| !list.is_empty())?;
    let list = rules(list, &quote!(rt::Rule::));
    Some(quote!(.rules(&[#list])))
}

fn rule(rule: &Rule, path: &TokenStream) -> TokenStream {
    let bound = |name: &str, text: &str| with(path, name, quote!(#text));
    let size = |name: &str, size: u64| with(path, name, Literal::u64_unsuffixed(size).into_token_stream());
    let inside = |name: &str, of_each: &[Rule]| {
        let of_each = rules(of_each, path);
        with(path, name, quote!(&[#of_each]))
    };
    match rule {
        Rule::Minimum(text) => bound("Minimum", text),
        Rule::ExclusiveMinimum(text) => bound("ExclusiveMinimum", text),
        Rule::Maximum(text) => bound("Maximum", text),
        Rule::ExclusiveMaximum(text) => bound("ExclusiveMaximum", text),
        Rule::MultipleOf(text) => bound("MultipleOf", text),
        Rule::MinLength(least) => size("MinLength", *least),
        Rule::MaxLength(most) => size("MaxLength", *most),
        Rule::Pattern(text) => bound("Pattern", text),
        Rule::Format(text) => bound("Format", text),
        Rule::MinItems(least) => size("MinItems", *least),
        Rule::MaxItems(most) => size("MaxItems", *most),
        Rule::UniqueItems => quote!(#path UniqueItems),
        Rule::Items(of_each) => inside("Items", of_each),
        Rule::MinProperties(least) => size("MinProperties", *least),
        Rule::MaxProperties(most) => size("MaxProperties", *most),
        Rule::Names(of_each) => inside("Names", of_each),
        Rule::Required(names) => with(path, "Required", quote!(&[#(#names),*])),
        Rule::DependentRequired(dependents) => {
            let rows = dependents.iter().map(|(name, needed)| quote!((#name, &[#(#needed),*])));
            with(path, "DependentRequired", quote!(&[#(#rows),*]))
        }
        Rule::OneOf(texts) => with(path, "OneOf", quote!(&[#(#texts),*])),
        Rule::AnyOf(choices) => {
            let rows = choices.iter().map(|(types, of_each)| {
                let of_each = rules(of_each, path);
                quote!((&[#(#types),*], &[#of_each]))
            });
            with(path, "AnyOf", quote!(&[#(#rows),*]))
        }
        Rule::NoOthers => quote!(#path NoOthers),
        Rule::Values(of_each) => inside("Values", of_each),
    }
}

fn with(path: &TokenStream, name: &str, argument: TokenStream) -> TokenStream {
    let name = ident(name);
    quote!(#path #name(#argument))
}
