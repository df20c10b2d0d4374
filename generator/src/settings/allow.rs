//! `allow`: gaps that are known and accepted, each with its reason.

use super::ApiSettings;
use super::pattern::glob;
use crate::diag::{Code, Diagnostic, Severity};

/// The entries of `allow`, and which of them were needed.
pub(crate) struct Allowed<'a> {
    settings: &'a ApiSettings,
    used: Vec<bool>,
}

impl<'a> Allowed<'a> {
    pub(crate) fn new(settings: &'a ApiSettings) -> Self {
        Self { settings, used: vec![false; settings.allow.len()] }
    }

    /// Why something may be left out, if it may. The place is a reference from the main file, `#/paths/~1pets`.
    pub(crate) fn reason(&mut self, code: Code, place: impl FnOnce() -> String) -> Option<String> {
        if !self.settings.allow.iter().any(|entry| entry.code == code) {
            return None;
        }
        let (mut reason, place) = (None, place());
        for (entry, used) in self.settings.allow.iter().zip(&mut self.used) {
            if entry.code == code && glob(&entry.at, &place) {
                *used = true;
                reason.get_or_insert(&entry.reason);
            }
        }
        reason.cloned()
    }

    /// The entries that nothing needed: what they allowed is not left out any more.
    pub(crate) fn unused(self) -> Vec<Diagnostic> {
        let unused = self.settings.allow.iter().zip(self.used).filter(|(_, used)| !used);
        let told = unused.map(|(entry, _)| {
            let message = format!("nothing at `{}` is left out by {}", entry.at, entry.code.id());
            Diagnostic::new(Code::UnusedSetting, Severity::Error, entry.origin, message)
                .help("mend the entry, or remove it")
        });
        told.collect()
    }
}
