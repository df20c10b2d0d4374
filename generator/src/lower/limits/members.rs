//! Limits of the members that an object does not name (JSON Schema Core 2020-12, sections 10.3.2.2, 10.3.2.3 and 11.3).

use super::Reader;
use super::keywords::{MEMBERS_LEFT_OUT, is_pattern};
use crate::ir::{Rule, Shape};
use crate::load::{At, Kind};
use crate::lower::object::is_for_all;

impl<'a> Reader<'_, 'a> {
    /// The limits of the values of all other members, by the patterns that their names match.
    pub(super) fn others(&self, parts: &[At<'a>], shape: &Shape, depth: usize) -> Vec<Rule> {
        let values = |rules: Vec<Rule>| (!rules.is_empty()).then_some(Rule::Values(rules));
        let patterns = parts.iter().filter_map(|part| part.get("patternProperties")).flat_map(At::entries);
        let (of_all, of_some): (Vec<_>, Vec<_>) = patterns.partition(|(pattern, _)| is_for_all(pattern));
        let mut everywhere: Vec<At<'a>> = of_all.into_iter().map(|(_, schema)| schema).collect();
        let own = |key: &str| parts.iter().filter_map(|part| part.get(key)).collect::<Vec<At<'a>>>();
        // What is additional has been evaluated by that.
        let rest = Some(own("additionalProperties")).filter(|rest| !rest.is_empty());
        let rest = rest.unwrap_or_else(|| own("unevaluatedProperties"));
        if of_some.is_empty() {
            everywhere.extend(rest);
            return values(self.inside(&everywhere, shape, depth)).into_iter().collect();
        }
        let closed = rest.iter().any(|schema| matches!(schema.node.kind, Kind::Bool(false)));
        let patterns: Vec<(String, Vec<Rule>)> = of_some
            .iter()
            .filter(|(pattern, schema)| is_pattern(self.cx.sink, *schema, pattern, MEMBERS_LEFT_OUT))
            .map(|(pattern, schema)| ((*pattern).to_owned(), self.inside(&[*schema], shape, depth)))
            .collect();
        let others = (!closed).then(|| self.inside(&rest, shape, depth));
        let mut rules: Vec<Rule> = values(self.inside(&everywhere, shape, depth)).into_iter().collect();
        let each: Vec<&Vec<Rule>> = patterns.iter().map(|(_, rules)| rules).chain(&others).collect();
        match each.first() {
            // What all have to keep can be asked without a look at names.
            Some(first) if !closed && each.iter().all(|rules| rules == first) => {
                rules.extend(values((*first).clone()));
            }
            // A pattern that is none has been told; whether a name matches the others says nothing without it.
            _ if patterns.len() < of_some.len() => {}
            _ => rules.push(Rule::Matching(patterns, others)),
        }
        rules
    }

    /// The limits of what stands inside of a value.
    pub(super) fn inside(&self, schemas: &[At<'a>], shape: &Shape, depth: usize) -> Vec<Rule> {
        match depth < super::DEPTH && !schemas.is_empty() {
            true => self.rules(&self.parts_of_value(schemas), shape, depth + 1),
            false => Vec::new(),
        }
    }
}
