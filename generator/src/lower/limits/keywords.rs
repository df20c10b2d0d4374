//! The keywords of validation in the parts of a schema (JSON Schema Validation 2020-12, section 6; 3.0 writes exclusive
//! bounds as booleans beside the bound).
//!
//! A limit that no value can keep is told and left out.

use std::collections::BTreeSet;

use clientsmith_runtime::json::{CHECKED_FORMATS, Number};

use super::{shortened, shown};
use crate::diag::{Code, Sink};
use crate::ir::{Origin, Rule};
use crate::load::{At, Document, Kind};
use crate::lower::Lower;

/// Patterns longer than this, or deeper than that, are not compiled.
const PATTERN: usize = 10_000;
const GROUPS: usize = 100;

/// What becomes of a limit that says nothing.
pub(in crate::lower) const LEFT_OUT: &str = "it is left out of docs and checks";
/// What becomes of a name in `patternProperties` that is none.
pub(in crate::lower) const MEMBERS_LEFT_OUT: &str = "the limits of the members that it is for are left out";

/// Collects the limits of one value.
pub(super) struct Keywords<'k, 'a> {
    doc: &'a Document,
    sink: &'k Sink,
    parts: &'k [At<'a>],
    rules: Vec<Rule>,
}

/// A bound with its place.
struct Bound<T> {
    value: T,
    exclusive: bool,
    at: Origin,
}

impl<'k, 'a> Keywords<'k, 'a> {
    pub(super) fn new(cx: &Lower<'a>, parts: &'k [At<'a>]) -> Self
    where
        'a: 'k,
    {
        Self { doc: cx.doc, sink: cx.sink, parts, rules: Vec::new() }
    }

    pub(super) fn into_rules(self) -> Vec<Rule> {
        self.rules
    }

    /// Several parts may say the same.
    pub(super) fn add(&mut self, rule: Rule) {
        if !self.rules.contains(&rule) {
            self.rules.push(rule);
        }
    }

    pub(super) fn extend(&mut self, rules: Vec<Rule>) {
        rules.into_iter().for_each(|rule| self.add(rule));
    }

    pub(super) fn add_inside(&mut self, wrap: fn(Vec<Rule>) -> Rule, rules: Vec<Rule>) {
        if !rules.is_empty() {
            self.add(wrap(rules));
        }
    }

    /// All values of a keyword; `null` is as good as absent.
    fn all(&self, key: &str) -> Vec<At<'a>> {
        self.parts.iter().filter_map(|part| part.get(key)).filter(|at| !at.is_null()).collect()
    }

    /// `minimum`, `maximum`, `multipleOf`.
    pub(super) fn numbers(&mut self) {
        let lower = self.bounds("minimum", "exclusiveMinimum");
        let upper = self.bounds("maximum", "exclusiveMaximum");
        // The strictest of each decides whether anything is between them.
        let lowest = lower.iter().max_by(|a, b| (&a.value, a.exclusive).cmp(&(&b.value, b.exclusive)));
        let highest = upper.iter().min_by(|a, b| (&a.value, !a.exclusive).cmp(&(&b.value, !b.exclusive)));
        let empty = lowest.zip(highest).filter(|(low, high)| {
            low.value > high.value || low.value == high.value && (low.exclusive || high.exclusive)
        });
        if let Some((low, high)) = empty {
            let message = format!(
                "no number is {} {} and {} {}",
                if low.exclusive { "more than" } else { "at least" },
                low.value,
                if high.exclusive { "less than" } else { "at most" },
                high.value
            );
            self.leave_out(low.at.max(high.at), message);
        } else {
            for bound in lower {
                let text = bound.value.to_string();
                self.add(if bound.exclusive { Rule::ExclusiveMinimum(text) } else { Rule::Minimum(text) });
            }
            for bound in upper {
                let text = bound.value.to_string();
                self.add(if bound.exclusive { Rule::ExclusiveMaximum(text) } else { Rule::Maximum(text) });
            }
        }
        for at in self.all("multipleOf") {
            match self.number(at, "multipleOf") {
                Some(unit) if unit > Number::from(0) => self.add(Rule::MultipleOf(unit.to_string())),
                Some(unit) => self.leave_out(at.origin(), format!("`multipleOf` is {unit}, and must be more than 0")),
                None => {}
            }
        }
    }

    fn bounds(&self, key: &str, exclusive: &str) -> Vec<Bound<Number>> {
        let mut bounds = Vec::new();
        for part in self.parts {
            let flag = part.get(exclusive);
            let open = flag.and_then(At::as_bool) == Some(true);
            for (at, exclusive) in [(part.get(key), open), (flag.filter(|at| at.as_bool().is_none()), true)] {
                if let Some(at) = at.filter(|at| !at.is_null())
                    && let Some(value) = self.number(at, key)
                {
                    bounds.push(Bound { value, exclusive, at: at.origin() });
                }
            }
        }
        bounds
    }

    fn number(&self, at: At<'a>, key: &str) -> Option<Number> {
        let number = at.as_number().and_then(|text| text.parse().ok());
        if number.is_none() {
            self.wrong_type(at, key, "a number");
        }
        number
    }

    /// `minLength`, `maxLength`, `pattern`.
    pub(super) fn texts(&mut self) {
        self.sizes(["minLength", "maxLength"], [Rule::MinLength, Rule::MaxLength], "text", "characters");
        for at in self.all("pattern") {
            match at.as_str() {
                None => self.wrong_type(at, "pattern", "a string"),
                Some(pattern) if is_pattern(self.sink, at, pattern, LEFT_OUT) => {
                    self.add(Rule::Pattern(pattern.to_owned()));
                }
                Some(_) => {}
            }
        }
    }

    /// `format`, where it is told cheaply and by no type.
    pub(super) fn format(&mut self) {
        for at in self.all("format") {
            if let Some(name) = at.as_str().filter(|name| CHECKED_FORMATS.contains(name)) {
                self.add(Rule::Format(name.to_owned()));
            }
        }
    }

    /// `minItems`, `maxItems`, `uniqueItems`.
    pub(super) fn lists(&mut self) {
        self.sizes(["minItems", "maxItems"], [Rule::MinItems, Rule::MaxItems], "list", "items");
        for at in self.all("uniqueItems") {
            match at.as_bool() {
                Some(true) => self.add(Rule::UniqueItems),
                Some(false) => {}
                None => self.wrong_type(at, "uniqueItems", "true or false"),
            }
        }
    }

    /// `minProperties`, `maxProperties`, `dependentRequired`.
    pub(super) fn objects(&mut self) {
        self.sizes(["minProperties", "maxProperties"], [Rule::MinProperties, Rule::MaxProperties], "object", "members");
        for at in self.all("dependentRequired") {
            let names = |at: At<'a>| -> Vec<String> { self.words(at).map(str::to_owned).collect() };
            let dependents: Vec<_> = at.entries().map(|(name, at)| (name.to_owned(), names(at))).collect();
            match at.node.kind {
                Kind::Object(_) if !dependents.is_empty() => self.add(Rule::DependentRequired(dependents)),
                Kind::Object(_) => {}
                _ => self.wrong_type(at, "dependentRequired", "an object"),
            }
        }
    }

    /// `required`, of what is no member of a type; not of what its type sees to.
    ///
    /// A name that is a member's in another spelling is a slip: no server asks for both, and a check for it would refuse
    /// every request.
    pub(super) fn required(&mut self, members: &BTreeSet<&str>, seen_to: impl Fn(&str) -> bool) {
        let (mut names, mut seen) = (Vec::new(), BTreeSet::new());
        for at in self.all("required").into_iter().flat_map(At::items) {
            let Some(name) = self.doc.word(at).filter(|name| !members.contains(name) && !seen_to(name)) else {
                continue;
            };
            if !seen.insert(name) {
                continue;
            }
            match members.iter().find(|member| same_letters(member, name)) {
                Some(member) => {
                    let message = format!("`{}` is required, and the schema has `{}`", shown(at), shortened(member));
                    self.leave_out(at.origin(), message);
                }
                None => names.push(name.to_owned()),
            }
        }
        if !names.is_empty() {
            self.add(Rule::Required(names));
        }
    }

    /// `enum` of strings, of the names of members.
    pub(super) fn literals(&mut self) {
        for list in self.all("enum") {
            let texts: Vec<String> = self.words(list).map(str::to_owned).collect();
            if !texts.is_empty() {
                self.add(Rule::OneOf(texts));
            }
        }
    }

    /// Names in a list: unquoted words of YAML are what they look like, as keys are.
    fn words(&self, list: At<'a>) -> impl Iterator<Item = &'a str> {
        list.items().filter_map(|at| self.doc.word(at))
    }

    fn sizes(&mut self, [least, most]: [&str; 2], [at_least, at_most]: [fn(u64) -> Rule; 2], thing: &str, of: &str) {
        let (lower, upper) = (self.counts(least), self.counts(most));
        let lowest = lower.iter().max_by_key(|bound| bound.value);
        let highest = upper.iter().min_by_key(|bound| bound.value);
        if let Some((low, high)) = lowest.zip(highest)
            && low.value > high.value
        {
            let message = format!("no {thing} has at least {} and at most {} {of}", low.value, high.value);
            return self.leave_out(low.at.max(high.at), message);
        }
        // At least none, and at most more than there can be, is no limit.
        lower.iter().filter(|bound| bound.value > 0).for_each(|bound| self.add(at_least(bound.value)));
        upper.iter().filter(|bound| bound.value < u64::MAX).for_each(|bound| self.add(at_most(bound.value)));
    }

    fn counts(&self, key: &str) -> Vec<Bound<u64>> {
        let mut counts = Vec::new();
        for at in self.all(key) {
            let Some(number) = self.number(at, key) else { continue };
            let value = match number.as_u64() {
                Some(value) => value,
                None if number > Number::from(u64::MAX) => u64::MAX,
                None => {
                    self.leave_out(at.origin(), format!("`{key}` is {number}, and must be a whole number from 0 on"));
                    continue;
                }
            };
            counts.push(Bound { value, exclusive: false, at: at.origin() });
        }
        counts
    }

    fn leave_out(&self, at: Origin, message: String) {
        self.sink.warning(Code::Constraint, at, message, LEFT_OUT);
    }

    fn wrong_type(&self, at: At<'a>, key: &str, wanted: &str) {
        let message = format!("`{key}` is {}, and must be {wanted}", at.node.type_name());
        self.sink.warning(Code::KeywordType, at.origin(), message, "it is passed over");
    }
}

/// Whether two names differ in nothing but case and what stands between their words.
fn same_letters(left: &str, right: &str) -> bool {
    let letters = |name: &str| -> Vec<char> {
        name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (left, right) = (letters(left), letters(right));
    !left.is_empty() && left == right
}

/// Whether a pattern is a regular expression, which is told if it is none.
pub(in crate::lower) fn is_pattern(sink: &Sink, at: At<'_>, pattern: &str, effect: &str) -> bool {
    let problem = compiles(pattern).err();
    if let Some(problem) = &problem {
        let message = format!("`{}` {problem}", shortened(pattern));
        sink.warning(Code::Constraint, at.origin(), message, effect);
    }
    problem.is_none()
}

/// Whether a pattern is a regular expression, with the Unicode rules of JSON Schema or with those of old; what is wrong with
/// it, in words that follow it.
fn compiles(pattern: &str) -> Result<(), String> {
    let groups = pattern.bytes().filter(|byte| matches!(byte, b'(' | b'[')).count();
    if pattern.len() > PATTERN || groups > GROUPS {
        return Err("is longer than the patterns that are checked, and is left to the server".to_owned());
    }
    match regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("is no regular expression of ECMA-262: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bound is ours, and no fault of the pattern.
    #[test]
    fn a_long_pattern_is_not_called_wrong() {
        let said = |pattern: &str| compiles(pattern).unwrap_err();
        assert!(said(&"a".repeat(PATTERN + 1)).starts_with("is longer than"));
        assert!(said(&"(a)".repeat(GROUPS + 1)).starts_with("is longer than"));
        assert!(said("(a").starts_with("is no regular expression of ECMA-262"));
    }
}
