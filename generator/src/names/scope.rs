//! One namespace: no two idents in it are the same.

use std::collections::BTreeSet;

/// The idents taken so far.
pub(super) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which some words are ours.
    pub(super) fn reserving(words: &[&str]) -> Self {
        Self { taken: words.iter().map(|word| (*word).to_owned()).collect() }
    }

    /// Takes `wanted`, or the nearest free ident; `source` is the text it was made from.
    ///
    /// A repeated ident is told apart by its own source (the symbols in it, in words), which does not depend on what
    /// else is in the scope; only sources that spell the same get a number.
    pub(super) fn take(&mut self, wanted: &str, source: &str) -> String {
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
