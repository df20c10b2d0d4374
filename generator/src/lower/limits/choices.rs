//! Limits that hold for one of several schemas, and those of the names of members.

use std::collections::BTreeSet;

use super::keywords::Keywords;
use super::{PARTS, Reader};
use crate::diag::Code;
use crate::ir::{Access, Rule, Shape, Struct, TextFormat};
use crate::load::{At, Kind};

/// The types that a schema is for, none for all, and its limits.
type Choice = (Vec<String>, Vec<Rule>);

impl<'a> Reader<'_, 'a> {
    /// The limits of the names of members (JSON Schema Core 2020-12, section 10.3.2.4).
    pub(super) fn names(&self, parts: &[At<'a>]) -> Vec<Rule> {
        let schemas: Vec<At<'a>> = parts.iter().filter_map(|part| part.get("propertyNames")).collect();
        if schemas.is_empty() {
            return Vec::new();
        }
        let parts = self.parts(&schemas);
        let mut keywords = Keywords::new(self.cx, &parts);
        keywords.literals();
        let texts = self.rules(&parts, &Shape::Text(TextFormat::Plain), 1);
        keywords.into_rules().into_iter().chain(texts).collect()
    }

    /// What `anyOf` and `oneOf` ask for beside shapes; one rule for each of them. Which of the limits hold is told by the
    /// type of the value; an object that has a type of its own has its limits with it, unless the choice is `of` that
    /// very type.
    ///
    /// `oneOf` forbids that two hold (JSON Schema Core 2020-12, section 10.2.1.3). A value can keep the limits of two
    /// schemas and still be of one of them only: the rules know limits, not all that a schema asks for. So nothing
    /// checks that, and where two could hold it is told.
    pub(super) fn choices(&self, parts: &[At<'a>], of: Option<&Struct>) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (part, key) in parts.iter().flat_map(|part| [(part, "anyOf"), (part, "oneOf")]) {
            let list = part.get(key).filter(|list| matches!(list.node.kind, Kind::Array(_)) && !list.is_empty());
            // Those are among the parts.
            let list = list.filter(|list| of.is_some() || self.or_null(*list).is_none());
            let Some((list, choices)) = list.and_then(|list| Some((list, self.choice(list, of)?))) else { continue };
            if key == "oneOf" && may_meet(&choices) {
                self.cx.sink.warning(
                    Code::Condition,
                    list.origin(),
                    "`oneOf` forbids values that more than one of its schemas allow",
                    "checks ask for the limits of at least one of them",
                );
            }
            rules.push(Rule::AnyOf(choices));
        }
        rules
    }

    fn choice(&self, list: At<'a>, of: Option<&Struct>) -> Option<Vec<Choice>> {
        if !self.cx.spend_on_limits(4 * list.len(), list) {
            return None;
        }
        let mut choices = Vec::new();
        for schema in list.items() {
            let parts = self.parts(&[schema]);
            let mut types: Vec<String> = Vec::new();
            for name in parts.iter().flat_map(|part| self.type_names(*part)) {
                if !types.contains(&name) {
                    types.push(name);
                }
            }
            let mut keywords = Keywords::new(self.cx, &parts);
            keywords.numbers();
            keywords.texts();
            keywords.lists();
            if let Some(structure) = of {
                keywords.objects();
                // What the server sets is not there yet.
                let set_by_server = |name: &str| {
                    structure.fields.iter().any(|field| field.wire == name && field.access == Access::ReadOnly)
                };
                keywords.required(&BTreeSet::new(), set_by_server);
            }
            // What is not understood here may let everything pass, so it sets no limit.
            let clear = parts.len() < PARTS && parts.iter().all(|part| !part.entries().any(|(key, _)| is_unclear(key)));
            choices.push((types, if clear { keywords.into_rules() } else { Vec::new() }));
        }
        let limited = choices.iter().any(|(_, rules)| !rules.is_empty());
        (limited && can_be_broken(&choices)).then_some(choices)
    }

    /// The types that a schema names, `null` among them.
    fn type_names(&self, at: At<'a>) -> Vec<String> {
        let mut names: Vec<String> = self.cx.types_of(at).into_iter().map(str::to_owned).collect();
        if names.is_empty() && self.cx.only_null(at) || !names.is_empty() && self.cx.nullable(at, 0) {
            names.push("null".to_owned());
        }
        names
    }
}

/// A keyword that makes it open what the limits of a schema are.
fn is_unclear(key: &str) -> bool {
    matches!(key, "anyOf" | "oneOf" | "not" | "if")
}

/// Whether there are values that keep none of the choices: one that is for all and asks for nothing lets all pass.
fn can_be_broken(choices: &[Choice]) -> bool {
    !choices.iter().any(|(types, rules)| types.is_empty() && rules.is_empty())
}

/// Whether a value can be of the types of two of the choices.
fn may_meet(choices: &[Choice]) -> bool {
    // Every integer is a number.
    let kind = |name: &String| if name == "integer" { "number".to_owned() } else { name.clone() };
    let mut seen = BTreeSet::new();
    choices.iter().any(|(types, _)| {
        let kinds: BTreeSet<String> = types.iter().map(kind).collect();
        // Without a type it is for all values, and each schema has some.
        choices.len() > 1 && (kinds.is_empty() || !kinds.into_iter().all(|kind| seen.insert(kind)))
    })
}
