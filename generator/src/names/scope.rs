//! One namespace: no two idents in it are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::exact;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::ir::{GivenName, Origin};

/// The idents taken so far.
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// Idents that the settings give, and where they do.
    given: BTreeMap<String, Origin>,
    /// What is wrong with those.
    wrong: Vec<(Origin, String)>,
}

impl Scope {
    /// A scope in which some words are ours.
    pub(super) fn reserving(words: &[&str]) -> Self {
        let taken = words.iter().map(|word| (*word).to_owned()).collect();
        Self { taken, given: BTreeMap::new(), wrong: Vec::new() }
    }

    /// Takes the idents that the settings give, before any other: what else wants one of them is not renamed for it, it
    /// is an error. So the settings never rename what they do not name.
    pub(super) fn give<'n>(&mut self, names: impl Iterator<Item = &'n GivenName>) {
        for GivenName { name, at } in names {
            let Some(ident) = exact(name) else {
                self.wrong.push((*at, format!("`{name}` cannot be a name in Rust")));
                continue;
            };
            if !self.taken.insert(ident.clone()) {
                self.wrong.push((*at, format!("`{name}` is taken already")));
            }
            self.given.insert(ident, *at);
        }
    }

    /// The ident that the settings give, else what [`take`](Self::take) finds.
    pub(super) fn take_or(&mut self, given: Option<&GivenName>, wanted: &str, source: &str) -> String {
        match given.and_then(|given| exact(&given.name)) {
            Some(ident) => ident,
            None => self.take(wanted, source),
        }
    }

    /// Tells what is wrong with the idents that the settings give.
    pub(super) fn tell(self, sink: &Sink) {
        for (at, message) in self.wrong {
            let help = "choose another name, or rename the other thing as well";
            sink.push(Diagnostic::new(Code::Setting, Severity::Error, at, message).help(help));
        }
    }

    /// Takes `wanted`, or the nearest free ident; `source` is the text it was made from.
    ///
    /// A repeated ident is told apart by its own source (the symbols in it, in words), which does not depend on what
    /// else is in the scope; only sources that spell the same get a number.
    pub(super) fn take(&mut self, wanted: &str, source: &str) -> String {
        if let Some(at) = self.given.get(wanted) {
            self.wrong.push((*at, format!("`{wanted}` is already what `{source}` is called")));
        }
        let found = self.find(wanted, source);
        self.taken.insert(found.clone());
        found
    }

    fn find(&self, wanted: &str, source: &str) -> String {
        if !self.taken.contains(wanted) {
            return wanted.to_owned();
        }
        let upper = wanted.chars().next().is_some_and(char::is_uppercase);
        let spelled = super::ident::spelled(source);
        let spelled = if upper { super::pascal(&spelled) } else { super::snake(&spelled) };
        if !self.taken.contains(&spelled) {
            return spelled;
        }
        let plain = wanted.strip_prefix("r#").unwrap_or(wanted);
        if upper {
            let value = format!("{plain}Value");
            if !self.taken.contains(&value) {
                return value;
            }
        } else {
            let marked = format!("{plain}_");
            if !self.taken.contains(&marked) {
                return marked;
            }
        }
        let mut number = 2_usize;
        loop {
            let numbered = if upper { format!("{plain}{number}") } else { format!("{plain}_{number}") };
            if !self.taken.contains(&numbered) {
                return numbered;
            }
            number += 1;
        }
    }
}
