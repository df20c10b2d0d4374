//! One namespace: no two idents in it are the same, and what is added to it renames nothing that is there.
//!
//! Things are named after texts of the description, and several texts may want the same ident. Who gets it:
//!
//! 1. whoever the settings give it to;
//! 2. whoever had it in an earlier run, as the [lock](crate::lock) tells;
//! 3. what the document names before what we name, the usual spelling before odd ones, then the smaller text.
//!
//! Who is called to the letter as another one wants to be, `OK` beside `o-k`, wants that as well, and is spelled as usual.
//!
//! So the order of things in a document does not matter. Whoever comes too late is told apart by its own text: the
//! symbols in it in words, its case, or a number made from all of it.

use std::collections::{BTreeMap, BTreeSet};

use super::ident::{Kind, exact, spelled};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::ir::{GivenName, Origin, fingerprint};

/// A namespace while its idents are claimed.
pub(super) struct Scope<'k> {
    kind: Kind,
    /// Words that are ours.
    reserved: BTreeSet<String>,
    claims: Vec<Claim>,
    /// Idents of an earlier run, by the text that they are made from.
    known: Option<&'k BTreeMap<String, String>>,
    /// Idents that the settings give, and where they do.
    given: BTreeMap<String, Origin>,
    /// What is wrong with those.
    wrong: Vec<(Origin, String)>,
}

/// Someone who wants an ident.
struct Claim {
    wanted: String,
    /// The text that it is made from, and how many claims before this one are made from the same.
    source: String,
    repeats: usize,
    /// The ident that the settings give.
    given: Option<String>,
    /// Whether the document has the name, or we make it up.
    ours: bool,
    /// Whether it wants its text to the letter because someone else wants that.
    to_the_letter: bool,
    /// What it is called where someone else has what is wanted.
    otherwise: Option<String>,
}

/// The idents of a scope, in the order of the claims.
pub(super) struct Settled {
    pub idents: Vec<String>,
    /// What is worth to be kept for later runs.
    pub notes: BTreeMap<String, String>,
}

impl<'k> Scope<'k> {
    /// A scope for idents of one kind, in which some words are ours.
    pub(super) fn new(kind: Kind, reserved: &[&str]) -> Self {
        let reserved = reserved.iter().map(|word| (*word).to_owned()).collect();
        Self { kind, reserved, claims: Vec::new(), known: None, given: BTreeMap::new(), wrong: Vec::new() }
    }

    /// The same with what earlier runs gave.
    pub(super) fn remembering(mut self, known: Option<&'k BTreeMap<String, String>>) -> Self {
        self.known = known;
        self
    }

    /// Leaves idents to what is named later.
    pub(super) fn leave<'i>(&mut self, idents: impl Iterator<Item = &'i String>) {
        self.reserved.extend(idents.cloned());
    }

    /// Claims `wanted` for what the document calls `source`. What the settings give counts before all else: who wants
    /// the same is not renamed for it, it is an error. So the settings never rename what they do not name.
    pub(super) fn claim(&mut self, given: Option<&GivenName>, wanted: String, source: &str) -> usize {
        let given = given.and_then(|GivenName { name, at }| {
            let Some(ident) = exact(name) else {
                self.wrong.push((*at, format!("`{name}` cannot be a name in Rust")));
                return None;
            };
            if self.reserved.contains(&ident) || self.given.insert(ident.clone(), *at).is_some() {
                self.wrong.push((*at, format!("`{name}` is taken already")));
            }
            Some(ident)
        });
        self.push(wanted, source, given, false)
    }

    /// Claims an ident for something of ours that is named after `source`: names of the document come first.
    pub(super) fn claim_ours(&mut self, wanted: String, source: &str) -> usize {
        self.push(wanted, source, None, true)
    }

    /// The same with an ident for when someone else has the one that is wanted.
    pub(super) fn claim_ours_or(&mut self, wanted: String, otherwise: String, source: &str) -> usize {
        let at = self.claim_ours(wanted, source);
        self.claims[at].otherwise = Some(otherwise);
        at
    }

    fn push(&mut self, wanted: String, source: &str, given: Option<String>, ours: bool) -> usize {
        let source = source.to_owned();
        self.claims.push(Claim { wanted, source, repeats: 0, given, ours, to_the_letter: false, otherwise: None });
        self.claims.len() - 1
    }

    /// Gives everyone an ident. What is wrong with those of the settings goes to `sink`.
    pub(super) fn settle(mut self, sink: &Sink) -> Settled {
        let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
        let repeats: Vec<usize> = self
            .claims
            .iter()
            .map(|claim| {
                let count = sources.entry(&claim.source).or_default();
                *count += 1;
                *count - 1
            })
            .collect();
        for (claim, repeats) in self.claims.iter_mut().zip(repeats) {
            claim.repeats = repeats;
        }
        self.want_the_letter();
        let mut taken = std::mem::take(&mut self.reserved);
        let reserved = taken.clone();
        taken.extend(self.given.keys().cloned());
        let mut idents: Vec<Option<String>> = self.claims.iter().map(|claim| claim.given.clone()).collect();
        for (claim, ident) in self.claims.iter().zip(&mut idents).filter(|(_, ident)| ident.is_none()) {
            let known = self.known.and_then(|known| known.get(&claim.key()));
            *ident = known.filter(|known| claim.can_be(known, self.kind) && !taken.contains(*known)).cloned();
            taken.extend(ident.clone());
        }
        let mut order: Vec<usize> = (0..self.claims.len()).filter(|at| idents[*at].is_none()).collect();
        let mut rivals: BTreeMap<&str, usize> = BTreeMap::new();
        order.iter().for_each(|at| *rivals.entry(self.claims[*at].wants()).or_default() += 1);
        // Who alone wants an ident that is free need not be compared with others.
        order.retain(|at| {
            let wanted = self.claims[*at].wants();
            let is_alone = rivals.get(wanted) == Some(&1) && !taken.contains(wanted);
            if is_alone {
                idents[*at] = Some(wanted.to_owned());
            }
            !is_alone
        });
        order.sort_by_cached_key(|at| self.claims[*at].standing(self.kind));
        for at in &order {
            let claim = &self.claims[*at];
            let wanted = claim.wants();
            if let Some(place) = self.given.get(wanted) {
                self.wrong.push((*place, format!("`{wanted}` is already what `{}` is called", claim.source)));
            }
            if taken.insert(wanted.to_owned()) {
                idents[*at] = Some(wanted.to_owned());
            }
        }
        // Nobody gets what someone else wants, whether or not that one has it.
        taken.extend(self.claims.iter().map(|claim| claim.wants().to_owned()));
        for at in order {
            if idents[at].is_none() {
                let claim = &self.claims[at];
                let others = claim.others(self.kind, reserved.contains(&claim.wanted));
                let free = others.into_iter().find(|other| !taken.contains(other)).unwrap_or_else(|| {
                    let numbered = (2_usize..).map(|number| claim.numbered(number));
                    numbered.take(taken.len() + 1).find(|other| !taken.contains(other)).unwrap_or_default()
                });
                taken.insert(free.clone());
                idents[at] = Some(free);
            }
        }
        for (at, message) in self.wrong {
            let help = "choose another name, or rename the other thing as well";
            sink.push(Diagnostic::new(Code::Setting, Severity::Error, at, message).help(help));
        }
        let idents: Vec<String> = idents.into_iter().map(Option::unwrap_or_default).collect();
        let notes = self.claims.iter().zip(&idents).filter(|(claim, ident)| claim.is_contestable(ident, self.kind));
        let notes = notes.map(|(claim, ident)| (claim.key(), ident.clone())).collect();
        Settled { idents, notes }
    }
}

impl Scope<'_> {
    /// Who is called to the letter as someone else wants to be wants that, too.
    fn want_the_letter(&mut self) {
        let wanted: BTreeSet<&str> = self.claims.iter().map(|claim| claim.wanted.as_str()).collect();
        let is_meant = |claim: &Claim| {
            !claim.ours
                && claim.wanted != claim.source
                && wanted.contains(claim.source.as_str())
                && self.kind.ident(&claim.source) == claim.wanted
        };
        let meant: Vec<bool> = self.claims.iter().map(is_meant).collect();
        for (claim, is_meant) in self.claims.iter_mut().zip(meant) {
            claim.to_the_letter = is_meant;
        }
    }
}

impl Claim {
    /// What tells the claim from the others of its scope, from run to run.
    fn key(&self) -> String {
        if self.repeats == 0 { self.source.clone() } else { format!("{} #{}", self.source, self.repeats + 1) }
    }

    /// The ident that it wants most.
    fn wants(&self) -> &str {
        if self.to_the_letter { &self.source } else { &self.wanted }
    }

    /// What decides between claims to one ident; the smallest wins.
    fn standing(&self, kind: Kind) -> (bool, usize, String, usize) {
        (self.ours, kind.oddness(self.wants(), &self.source), self.source.clone(), self.repeats)
    }

    /// Whether a later run could give the ident to someone else if nobody remembered.
    fn is_contestable(&self, ident: &str, kind: Kind) -> bool {
        let is_usual = !self.ours && !self.to_the_letter && kind.is_usual(&self.wanted, &self.source);
        self.given.is_none() && (ident != self.wanted || !is_usual)
    }

    /// Whether an ident is one that this claim can end with.
    fn can_be(&self, ident: &str, kind: Kind) -> bool {
        let suffix = ident.strip_prefix(self.plain()).map(|rest| rest.trim_start_matches('_'));
        ident == self.wanted
            || (ident == self.source && exact(ident).as_deref() == Some(ident))
            || self.others(kind, true).iter().any(|other| other == ident)
            || suffix.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Other idents, from what the text itself says.
    fn others(&self, kind: Kind, is_reserved: bool) -> Vec<String> {
        let mut out = Vec::new();
        if self.repeats > 0 {
            // The same text again, so nothing in it helps.
            return vec![self.numbered(self.repeats + 1)];
        }
        if self.to_the_letter {
            out.push(self.wanted.clone());
        }
        let mut letters = self.source.chars().filter(|c| c.is_alphabetic()).map(char::is_uppercase);
        let case = match (letters.next(), letters.clone().all(|upper| upper), letters.all(|upper| !upper)) {
            (Some(false), _, true) => Some("lower"),
            (Some(true), true, _) => Some("upper"),
            (Some(true), _, true) => Some("capital"),
            _ => None,
        };
        if is_reserved {
            let end = match kind {
                Kind::Type | Kind::Request => "Value",
                Kind::Value => "_",
                Kind::Static => "_TABLE",
            };
            out.push(format!("{}{end}", self.plain()));
        }
        out.extend(self.otherwise.clone());
        if self.ours && kind == Kind::Type {
            // The spaces are ours, too.
            let words: Vec<String> = self.source.split(' ').map(spelled).collect();
            let spelled = kind.ident(&words.join(" "));
            out.push(if spelled == self.wanted { self.with("inline") } else { spelled });
        }
        let spelled = kind.ident(&spelled(&self.source));
        if spelled != self.wanted {
            out.push(spelled);
        }
        out.extend(case.map(|word| self.with(word)));
        out.push(self.with(&format!("{:04x}", fingerprint(&self.source) & 0xFFFF)));
        out.push(self.with(&format!("{:08x}", fingerprint(&self.source))));
        out
    }

    fn numbered(&self, number: usize) -> String {
        self.with(&number.to_string())
    }

    /// The ident with a word behind it.
    fn with(&self, word: &str) -> String {
        let plain = self.plain();
        if !plain.chars().next().is_some_and(char::is_uppercase) {
            return format!("{plain}_{word}");
        }
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        format!("{plain}{}{}", first.map(String::from).unwrap_or_default(), letters.as_str())
    }

    fn plain(&self) -> &str {
        self.wanted.strip_prefix("r#").unwrap_or(&self.wanted)
    }
}
