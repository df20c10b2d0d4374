//! Requests that the server sends: webhooks (OpenAPI 3.1, OpenAPI Object, `webhooks`) and callbacks (Callback Object).

use std::collections::BTreeSet;

use super::body::Way;
use super::paths::{self, Found};
use super::{Lower, operation, prose, template};
use crate::diag::Code;
use crate::ir::{Caller, Hook, NameHint, OpId, Origin};
use crate::load::At;

impl<'a> Lower<'a> {
    /// The webhooks of the document. Before 3.1 they stand under `x-webhooks`.
    pub(super) fn webhooks(&mut self) {
        let mut seen = BTreeSet::new();
        for section in ["webhooks", "x-webhooks"] {
            let items: Vec<(&'a str, At<'a>)> = self.section(&[section]).into_iter().flat_map(At::entries).collect();
            for (name, item) in items {
                let is_extension = name.starts_with("x-") && !item.is_object();
                // Some documents have both, for readers of either version.
                if !is_extension && seen.insert(name) {
                    self.hooks(name, item, NameHint::named(name), None, &mut BTreeSet::new());
                }
            }
        }
    }

    /// The callbacks of operations. One that several operations refer to is one.
    pub(super) fn callbacks(&mut self, operations: &[(OpId, At<'a>)]) {
        let mut seen = BTreeSet::new();
        for (id, at) in operations {
            let callbacks: Vec<(&'a str, At<'a>)> = at.get("callbacks").into_iter().flat_map(At::entries).collect();
            for (name, callback) in callbacks {
                let Some(callback) = self.resolve(callback).filter(|_| !name.starts_with("x-")) else { continue };
                let items: Vec<(&'a str, At<'a>)> =
                    callback.entries().filter(|(key, _)| !key.starts_with("x-")).collect();
                let many = items.len() > 1;
                for (index, (expression, item)) in items.into_iter().enumerate() {
                    let hint = NameHint::named(self.api.ops[*id].id.clone()).child(name);
                    let hint = if many { hint.child((index + 1).to_string()) } else { hint };
                    let caller = Caller { operation: *id, address: expression.to_owned() };
                    self.hooks(name, item, hint, Some(caller), &mut seen);
                }
            }
        }
    }

    /// The requests of one path item.
    fn hooks(
        &mut self,
        name: &'a str,
        item: At<'a>,
        hint: NameHint,
        caller: Option<Caller>,
        seen: &mut BTreeSet<Origin>,
    ) {
        let found = paths::of_item(self, name, item);
        if found.is_empty() {
            self.sink.left_out(
                Code::NotCalls,
                item.origin(),
                format!("`{name}` describes no request"),
                "it is left out",
            );
        }
        let many = found.len() > 1;
        for entry in found.into_iter().filter(|entry| seen.insert(entry.at.origin())) {
            let hint = if many { hint.child(entry.method.to_ascii_lowercase()) } else { hint.clone() };
            let hook = self.hook(name, &entry, hint, caller.clone());
            self.api.hooks.push(hook);
        }
    }

    fn hook(&mut self, name: &str, entry: &Found<'a>, hint: NameHint, caller: Option<Caller>) -> Hook {
        // What its address looks like is not the receiver's concern: it is one that the receiver gave.
        let declared: Vec<_> = self.declared(entry).into_iter().filter(|declared| declared.place != "path").collect();
        let params = self.params(entry, &template::Template::default(), &declared, &hint);
        let body = operation::body(self, self.root, entry, &declared, &hint, Way::Hook);
        let doc = prose::doc(entry.at);
        let doc = if doc == crate::ir::Doc::default() { self.said(entry.given, entry.item, true) } else { doc };
        Hook {
            name: name.to_owned(),
            hint,
            method: entry.method.clone(),
            caller,
            params,
            body,
            doc,
            origin: entry.at.origin(),
        }
    }
}
