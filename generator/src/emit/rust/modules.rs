//! The files that gather modules: one for operations, one for models, and one for each module that holds others.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Cx, file_stem, ident};
use crate::features;
use crate::layout::{PAYLOADS, UNREFERENCED};
use crate::plan::{PAYLOADS_FEATURE, UNREFERENCED_FEATURE};

/// All modules of an API.
pub(super) struct Modules<'a> {
    cx: Cx<'a>,
    operations: Vec<&'a str>,
    models: Vec<&'a str>,
    /// Modules that stand behind a feature of their tag.
    gated: Vec<(&'a str, &'a str)>,
}

/// One gathering file.
pub(super) struct File<'m> {
    modules: &'m Modules<'m>,
    folder: Folder,
    /// The module that it is; empty for that of the whole folder.
    at: &'m str,
}

#[derive(Clone, Copy, PartialEq)]
enum Folder {
    Operations,
    Models,
}

impl<'a> Modules<'a> {
    pub(super) fn new(cx: Cx<'a>) -> Self {
        let layout = &cx.own.layout;
        let feature = |ops: &[crate::ir::OpId]| features::of_operation(cx.api, &cx.own.tag_features, *ops.first()?);
        let gated = layout
            .operations
            .iter()
            .filter_map(|(module, ops)| Some((module.as_str(), feature(ops)?.name.as_str())))
            .collect();
        let operations = layout.operations.iter().map(|(module, _)| module.as_str()).collect();
        let models = layout.models.iter().map(|(module, _)| module.as_str()).collect();
        Self { cx, operations, models, gated }
    }

    pub(super) fn files(&'a self) -> impl Iterator<Item = File<'a>> {
        let of = |folder: Folder| {
            let mut groups: Vec<&str> = self.of(folder).iter().flat_map(|module| above(module)).collect();
            groups.sort_unstable();
            groups.dedup();
            std::iter::once("").chain(groups).map(move |at| File { modules: self, folder, at })
        };
        of(Folder::Operations).chain(of(Folder::Models))
    }

    fn of(&self, folder: Folder) -> &[&'a str] {
        if folder == Folder::Models { &self.models } else { &self.operations }
    }

    /// The module `at` of all these.
    fn tokens(&self, at: &str, modules: &[&str]) -> TokenStream {
        let mut names: Vec<&str> = Vec::new();
        for module in modules {
            let inside =
                if at.is_empty() { Some(*module) } else { module.strip_prefix(at).and_then(|m| m.strip_prefix('/')) };
            let name = inside.and_then(|inside| inside.split('/').next()).filter(|name| names.last() != Some(name));
            names.extend(name.filter(|name| !names.contains(name)));
        }
        let gates: Vec<Option<TokenStream>> = names.iter().map(|name| self.gate(at, name)).collect();
        let idents: Vec<_> = names.iter().map(|name| ident(name)).collect();
        // A module of the same name may come in from above.
        let own = (!at.is_empty()).then(|| quote!(self::));
        quote! {
            #(#gates mod #idents;)*
            #(#gates pub use #own #idents::*;)*
        }
    }

    /// The condition under which a module is there.
    fn gate(&self, at: &str, name: &str) -> Option<TokenStream> {
        let own = self.cx.own;
        let path = if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
        // What several tags share stands beside them.
        let is_there = |module: &str| {
            module == path || is_inside(module, &path) || (!at.is_empty() && name == "shared" && is_inside(module, at))
        };
        let mut found: Vec<&str> = Vec::new();
        for (_, feature) in self.gated.iter().filter(|(module, _)| is_there(module)) {
            if !found.contains(feature) {
                found.push(feature);
            }
        }
        match found.as_slice() {
            [] if own.gates_unreferenced && path == UNREFERENCED => {
                Some(quote! { #[cfg(feature = #UNREFERENCED_FEATURE)] })
            }
            [] if own.gates_payloads && path == PAYLOADS => Some(quote! { #[cfg(feature = #PAYLOADS_FEATURE)] }),
            [] => None,
            [feature] => Some(quote! { #[cfg(feature = #feature)] }),
            many => Some(quote! { #[cfg(any(#(feature = #many),*))] }),
        }
    }
}

impl File<'_> {
    pub(super) fn path(&self) -> String {
        let folder = if self.folder == Folder::Models { "models" } else { "operations" };
        if self.at.is_empty() { format!("{folder}/mod.rs") } else { path(folder, self.at) }
    }

    pub(super) fn tokens(&self) -> TokenStream {
        let imports = match (self.folder, self.at.is_empty()) {
            (Folder::Operations, true) => quote! { use super::{client::Client, models, rt}; },
            (Folder::Operations, false) => quote! { use super::{Client, models, rt}; },
            (Folder::Models, true) => quote! { use super::rt; },
            (Folder::Models, false) => quote! { use super::*; },
        };
        let modules = self.modules.tokens(self.at, self.modules.of(self.folder));
        quote! { #imports #modules }
    }
}

/// The file of a module.
pub(super) fn path(folder: &str, module: &str) -> String {
    let parts: Vec<&str> = module.split('/').map(file_stem).collect();
    format!("{folder}/{}.rs", parts.join("/"))
}

/// The module's own name.
pub(super) fn last(module: &str) -> &str {
    module.rsplit('/').next().unwrap_or(module)
}

/// The modules that one stands in.
fn above(module: &str) -> impl Iterator<Item = &str> {
    module.match_indices('/').filter_map(|(at, _)| module.get(..at))
}

fn is_inside(module: &str, other: &str) -> bool {
    module.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
}
