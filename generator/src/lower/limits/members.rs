//! Limits of the members that an object does not name (JSON Schema Core 2020-12, sections 10.3.2.2, 10.3.2.3 and 11.3).

use super::Reader;
use crate::ir::{Rule, Shape};
use crate::load::{At, Kind};
use crate::lower::object::is_for_all;

impl<'a> Reader<'_, 'a> {
    /// The limits of the values of all other members. Which pattern a name matches is nothing that a rule could ask for,
    /// so what only some of them have to keep is told.
    pub(super) fn others(&self, parts: &[At<'a>], shape: &Shape, depth: usize) -> Vec<Rule> {
        let patterns = parts.iter().filter_map(|part| part.get("patternProperties")).flat_map(At::entries);
        let (of_all, of_some): (Vec<_>, Vec<_>) = patterns.partition(|(pattern, _)| is_for_all(pattern));
        let mut everywhere: Vec<At<'a>> = of_all.into_iter().map(|(_, schema)| schema).collect();
        let own = |key: &str| parts.iter().filter_map(|part| part.get(key)).collect::<Vec<At<'a>>>();
        // What is additional has been evaluated by that.
        let rest = Some(own("additionalProperties")).filter(|rest| !rest.is_empty());
        let rest = rest.unwrap_or_else(|| own("unevaluatedProperties"));
        if of_some.is_empty() {
            everywhere.extend(rest);
            return self.inside(&everywhere, shape, depth);
        }
        let mut each: Vec<Vec<Rule>> =
            of_some.iter().map(|(_, schema)| self.inside(&[*schema], shape, depth)).collect();
        if !rest.iter().any(|schema| matches!(schema.node.kind, Kind::Bool(false))) {
            each.push(self.inside(&rest, shape, depth));
        }
        let mut rules = self.inside(&everywhere, shape, depth);
        let same = each.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
        match of_some.first() {
            Some((_, first)) if !same => {
                self.unchecked(first.origin(), "members whose names match a pattern have limits that others have not");
            }
            _ => rules.extend(each.into_iter().next().unwrap_or_default()),
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
