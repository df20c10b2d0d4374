//! Limits that hold for one of several schemas, and those of the names of members.

use super::keywords::Keywords;
use super::{PARTS, Reader};
use crate::ir::{Access, Rule, Shape, Struct, TextFormat};
use crate::load::{At, Kind};

impl<'a> Reader<'_, 'a> {
    /// The limits of the names of members (JSON Schema Core 2020-12, section 10.3.2.4).
    pub(super) fn names(&self, parts: &[At<'a>]) -> Vec<Rule> {
        let schemas: Vec<At<'a>> = parts.iter().filter_map(|part| part.get("propertyNames")).collect();
        if schemas.is_empty() {
            return Vec::new();
        }
        let parts = self.parts(&schemas);
        let mut keywords = Keywords::new(self.cx.sink, &parts);
        keywords.literals();
        let texts = self.rules(&parts, &Shape::Text(TextFormat::Plain), 1);
        keywords.into_rules().into_iter().chain(texts).collect()
    }

    /// What `anyOf` and `oneOf` ask for beside shapes; one rule for each of them. Which of the limits hold is told by the
    /// type of the value; an object that has a type of its own has its limits with it, unless the choice is `of` that
    /// very type. `oneOf` forbids that two hold, which is left to the server.
    pub(super) fn choices(&self, parts: &[At<'a>], of: Option<&Struct>) -> Vec<Rule> {
        let lists = parts.iter().flat_map(|part| ["anyOf", "oneOf"].into_iter().filter_map(|key| part.get(key)));
        let lists = lists.filter(|list| matches!(list.node.kind, Kind::Array(_)) && !list.is_empty());
        lists.filter_map(|list| self.choice(list, of)).collect()
    }

    fn choice(&self, list: At<'a>, of: Option<&Struct>) -> Option<Rule> {
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
            let mut keywords = Keywords::new(self.cx.sink, &parts);
            keywords.numbers();
            keywords.texts();
            keywords.lists();
            if let Some(structure) = of {
                keywords.objects();
                // What the server sets is not there yet.
                let set_by_server = |name: &str| {
                    structure.fields.iter().any(|field| field.wire == name && field.access == Access::ReadOnly)
                };
                keywords.required(set_by_server);
            }
            // What is not understood here may let everything pass, so it sets no limit.
            let clear = parts.len() < PARTS && parts.iter().all(|part| !part.entries().any(|(key, _)| is_unclear(key)));
            choices.push((types, if clear { keywords.into_rules() } else { Vec::new() }));
        }
        choices.iter().any(|(_, rules)| !rules.is_empty()).then_some(Rule::AnyOf(choices)).filter(can_be_broken)
    }

    /// The types that a schema names, `null` among them.
    fn type_names(&self, at: At<'a>) -> Vec<String> {
        let mut names: Vec<String> = self.cx.types_of(at).into_iter().map(str::to_owned).collect();
        if !names.is_empty() && self.cx.nullable(at, 0) {
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
fn can_be_broken(rule: &Rule) -> bool {
    match rule {
        Rule::AnyOf(choices) => !choices.iter().any(|(types, rules)| types.is_empty() && rules.is_empty()),
        _ => true,
    }
}
