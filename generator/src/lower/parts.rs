//! Schemas that hold at once: a schema together with what its `$ref` and `allOf` bring along.
//!
//! JSON Schema has no inheritance: every keyword beside another, every part of an `allOf` and every target of a
//! reference applies to the same value (JSON Schema Core 2020-12, section 10.2). So lowering looks at a list of parts.
//! What a later part says of something refines what an earlier one says.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Lower;
use super::keywords::{adds_limit, adds_shape, is_constraint, is_no_schema, reference_of, says_something};
use super::target::SCHEMA;
use crate::diag::Code;
use crate::ir::Origin;
use crate::load::{At, Kind};

/// One of several schemas that hold for a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) at: At<'a>,
    pub(super) role: Role,
    /// The schema that brought it along by a reference: what stands in it is named after that one.
    pub(super) owner: Option<Origin>,
}

/// How much of a schema counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// All of it.
    Whole,
    /// Its own keywords; its `$ref` and `allOf` are parts of their own.
    Own,
    /// As `Own`, and one schema of its `oneOf` or `anyOf` is a part of its own.
    Settled,
    /// All of it or nothing, as of a `then`: what it adds are optional members.
    Maybe,
}

impl<'a> Part<'a> {
    pub(super) fn whole(at: At<'a>) -> Self {
        Self { at, role: Role::Whole, owner: None }
    }
    /// A schema inside of this one.
    pub(super) fn inside(self, at: At<'a>) -> Self {
        Self { at, role: Role::Whole, ..self }
    }
    fn with(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

/// All that holds for a value, with no reference left to follow.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    /// What was referred to first, then the schema itself.
    pub(super) list: Vec<Part<'a>>,
    /// Every schema that is among them: the targets of references, and where the parts stand.
    pub(super) seen: BTreeSet<Origin>,
}

/// `allOf` and references inside each other are followed this deep.
const DEEP: usize = 64;

/// Of more references than this, none is asked whether it holds another.
const MANY: usize = 64;

impl<'a> Lower<'a> {
    /// Takes `allOf` apart and passes over what says nothing of a shape. References stay.
    pub(super) fn spread(&self, part: Part<'a>, out: &mut Vec<Part<'a>>) {
        if part.role != Role::Whole {
            return out.push(part);
        }
        let at = part.at;
        if !at.is_object() {
            // `true`, and an empty member in YAML, allow anything.
            if !matches!(at.node.kind, Kind::Bool(true) | Kind::Null) {
                out.push(part.with(Role::Own));
            }
            return;
        }
        if reference_of(at).is_some() {
            out.push(part);
            if !self.siblings_count() {
                return self.passed_over(at);
            }
        }
        for inner in at.get("allOf").into_iter().flat_map(At::items) {
            self.spread(part.inside(inner), out);
        }
        if says_something(at) {
            out.push(part.with(Role::Own));
        }
        self.tell_conditions(at);
    }

    /// Conditions have no form in a type: they are told.
    fn tell_conditions(&self, at: At<'a>) {
        for key in ["if", "dependentSchemas", "dependencies"] {
            let Some(condition) = at.get(key) else { continue };
            let typed = match key {
                "if" => at.get("then").is_some() || at.get("else").is_some(),
                _ => condition.entries().any(|(_, schema)| schema.is_object()),
            };
            if typed {
                self.sink.warning(
                    Code::Condition,
                    condition.origin(),
                    format!("`{key}` makes a part of the schema depend on the value"),
                    "members that only this part describes are optional ones, and nothing checks the condition",
                );
            }
        }
        if let Some(branch) = at.get("then").or_else(|| at.get("else")).filter(|_| at.get("if").is_none()) {
            self.sink.warning(
                Code::Condition,
                branch.origin(),
                "`then` and `else` count for nothing without `if`",
                "it is passed over",
            );
        }
        if let Some(contains) = at.get("contains").filter(|schema| schema.is_object()) {
            self.sink.warning(
                Code::Condition,
                contains.origin(),
                "`contains` asks that some item fits a schema, which the type of a list cannot say",
                "it is left to the server",
            );
        }
        if let Some(not) = at.get("not").filter(|not| !not.is_null() && not.as_bool() != Some(false)) {
            self.sink.warning(
                Code::Condition,
                not.origin(),
                "`not` rules out values that the type has",
                "it is left to the server",
            );
        }
    }

    /// Beside `$ref` nothing counts up to 3.0 (OpenAPI 3.0, Reference Object).
    fn passed_over(&self, at: At<'a>) {
        let beside =
            at.entries().find(|(key, _)| *key == "allOf" || adds_limit(key) || adds_shape(key) && *key != "type");
        if let Some((key, value)) = beside {
            self.sink.warning(
                Code::UnknownKeyword,
                value.origin(),
                format!("`{key}` stands beside `$ref`, where nothing counts before OpenAPI 3.1"),
                "it is passed over",
            );
        }
    }

    /// What a part is: the schema referred to, or the one that stands there.
    pub(super) fn identity(&self, part: &Part<'a>) -> Origin {
        match (part.role, reference_of(part.at)) {
            (Role::Whole, Some(_)) => self.quiet_target(part.at).map_or(part.at.origin(), At::origin),
            _ => part.at.origin(),
        }
    }

    /// The schema behind a reference; what leads nowhere is a diagnostic.
    pub(super) fn referred(&self, at: At<'a>) -> Option<At<'a>> {
        if at.str("$ref").is_some() {
            self.follow(at)?;
        }
        if self.depends(at) {
            self.sink.left_out(
                Code::Condition,
                at.get("$dynamicRef").unwrap_or(at).origin(),
                "which schema this reference means depends on the schema that leads there",
                "the value is free JSON",
            );
            return None;
        }
        let found = self.quiet_target(at);
        let (here, where_to) = match found {
            Some(target) if !is_no_schema(target) && !self.is_with_others(target) => return found,
            Some(target) => {
                let kind = self.kind_of(target).filter(|kind| *kind != SCHEMA);
                let what = kind.map_or("to what is no schema".to_owned(), |kind| format!("to {kind}, not to a schema"));
                (at.get("$ref").unwrap_or(at), what)
            }
            None => (at, "nowhere".to_owned()),
        };
        self.sink.left_out(
            Code::BrokenRef,
            here.origin(),
            format!("a reference leads {where_to}: `{}`", reference_of(at).unwrap_or_default()),
            "the value is free JSON",
        );
        None
    }

    /// The schema behind a reference. A reference with keywords beside it is a schema of its own, so it ends there.
    pub(super) fn quiet_target(&self, at: At<'a>) -> Option<At<'a>> {
        let mut here = at;
        if self.depends(at) {
            return None;
        }
        for _ in 0..DEEP {
            let next = self.doc.follow_from(here, reference_of(here)?).ok()?;
            let only_leads_on = reference_of(next).is_some()
                && !self.depends(next)
                && (!self.siblings_count() || !(says_something(next) || next.get("allOf").is_some()));
            if !only_leads_on {
                return Some(next);
            }
            here = next;
        }
        None
    }

    /// Whether several schemas could be meant by a `$dynamicRef` (JSON Schema Core 2020-12, section 8.2.3.2). One that is
    /// alone is an ordinary reference.
    fn depends(&self, at: At<'a>) -> bool {
        let name = || at.str("$dynamicRef")?.split_once('#').map(|(_, name)| name);
        at.get("$ref").is_none() && name().is_some_and(|name| self.doc.anchored(name) > 1)
    }

    /// Follows all references. `own` is the schema that is lowered, when it can be referred to.
    pub(super) fn deep(&self, leaves: &[Part<'a>], own: Option<Origin>) -> Parts<'a> {
        let mut parts = Parts::default();
        parts.seen.extend(own);
        self.add(&mut parts, leaves, own);
        // A long list costs, however often it is made.
        if let Some(first) = leaves.first() {
            self.spend(parts.list.len() / 8, first.at);
        }
        parts
    }

    /// Adds more that holds.
    pub(super) fn add(&self, parts: &mut Parts<'a>, leaves: &[Part<'a>], own: Option<Origin>) {
        let mut open: Vec<Origin> = own.into_iter().collect();
        for leaf in leaves {
            self.visit(*leaf, parts, &mut open);
        }
    }

    fn visit(&self, part: Part<'a>, parts: &mut Parts<'a>, open: &mut Vec<Origin>) {
        if part.role != Role::Whole {
            if part.role == Role::Maybe || parts.seen.insert(part.at.origin()) || open.contains(&part.at.origin()) {
                parts.list.push(part);
                self.conditions(part, parts);
            }
            return;
        }
        let Some(target) = self.referred(part.at).filter(|_| self.spend(1, part.at)) else { return };
        let origin = target.origin();
        if open.contains(&origin) || open.len() > DEEP {
            return self.sink.left_out(
                Code::RefCycle,
                part.at.origin(),
                "an `allOf` contains itself",
                "the repeated part is left out",
            );
        }
        if !parts.seen.insert(origin) {
            return;
        }
        open.push(origin);
        let mut leaves = Vec::new();
        self.spread(Part { at: target, role: Role::Whole, owner: Some(origin) }, &mut leaves);
        for leaf in leaves {
            self.visit(leaf, parts, open);
        }
        open.pop();
    }

    /// What may hold or not (JSON Schema Core 2020-12, sections 10.2.2 and 10.2.2.4).
    fn conditions(&self, part: Part<'a>, parts: &mut Parts<'a>) {
        let at = part.at;
        if part.role == Role::Maybe || !at.is_object() {
            return;
        }
        // Without `if` both count for nothing.
        let branches = ["then", "else"].into_iter().filter_map(|key| at.get(key).filter(|_| at.get("if").is_some()));
        let test = at.get("if").filter(|_| at.get("then").is_some() || at.get("else").is_some());
        let dependent = ["dependentSchemas", "dependencies"].into_iter().filter_map(|key| at.get(key));
        let dependent = dependent.flat_map(At::entries).map(|(_, schema)| schema);
        // The test comes last: a branch says more of a member than that it has some value.
        let all = branches.chain(dependent).chain(test).filter(|schema| schema.is_object());
        parts.list.extend(all.map(|schema| part.inside(schema).with(Role::Maybe)));
    }

    /// Every schema that the target of a reference holds, itself included.
    fn contents(&mut self, target: At<'a>) -> Rc<BTreeSet<Origin>> {
        if let Some(known) = self.memo.contents.get(&target.origin()) {
            return Rc::clone(known);
        }
        let mut leaves = Vec::new();
        self.spread(Part { at: target, role: Role::Whole, owner: None }, &mut leaves);
        let known = Rc::new(self.deep(&leaves, Some(target.origin())).seen);
        self.memo.contents.insert(target.origin(), Rc::clone(&known));
        known
    }

    /// Takes out what the others say anyway: what a reference beside them holds, and what adds nothing to the only one.
    /// `own` is the schema that is lowered, when it can be referred to.
    pub(super) fn reduce(&mut self, leaves: &mut Vec<Part<'a>>, own: Option<Origin>) {
        self.choose_only_ones(leaves);
        if leaves.len() < 2 {
            return;
        }
        let mut known = BTreeSet::new();
        let mut left: Vec<(Part<'a>, Origin)> = leaves.drain(..).map(|leaf| (leaf, self.identity(&leaf))).collect();
        left.retain(|(leaf, identity)| known.insert((*identity, leaf.role == Role::Maybe)));
        let targets: Vec<At<'a>> = left
            .iter()
            .filter(|(leaf, _)| is_reference(leaf))
            .filter_map(|(leaf, _)| self.quiet_target(leaf.at))
            .collect();
        for target in targets.iter().filter(|_| targets.len() <= MANY) {
            let held = self.contents(*target);
            // What leads back to the schema holds all of it, and would be all that is left.
            let circle = own.is_some_and(|own| held.contains(&own));
            left.retain(|(leaf, identity)| {
                let itself = is_reference(leaf) && *identity == target.origin();
                itself || circle && leaf.role == Role::Own || leaf.role == Role::Maybe || !held.contains(identity)
            });
        }
        leaves.extend(left.into_iter().map(|(leaf, _)| leaf));
        let mut references = leaves.iter().filter(|leaf| is_reference(leaf));
        if let (Some(&only), None) = (references.next(), references.next())
            && leaves.iter().all(|leaf| is_reference(leaf) || self.adds_nothing(leaf, only))
        {
            *leaves = vec![only];
        }
    }

    /// Whether a part says no more of the shape than that it is of the kind that the target has.
    fn adds_nothing(&self, leaf: &Part<'a>, reference: Part<'a>) -> bool {
        if leaf.role == Role::Maybe || !leaf.at.is_object() {
            return false;
        }
        let settled = leaf.role == Role::Settled;
        let plain = leaf.at.entries().all(|(key, value)| match key {
            "type" | "format" => true,
            "properties" | "required" => value.is_empty(),
            "additionalProperties" => value.as_bool() == Some(true) || value.is_object() && value.is_empty(),
            "oneOf" | "anyOf" => settled || value.items().all(is_constraint),
            // They are parts of their own.
            "$ref" | "$dynamicRef" | "allOf" => true,
            key => !adds_shape(key),
        });
        let own = self.types_of(leaf.at);
        plain && (own.is_empty() || self.fits(&own, reference))
    }

    /// Whether the target of a reference is of one of these types, as far as it says.
    fn fits(&self, own: &[&str], reference: Part<'a>) -> bool {
        let Some(target) = self.quiet_target(reference.at) else { return true };
        let types = self.types_of(target);
        types.is_empty() || types.iter().all(|name| own.contains(name) || *name == "integer" && own.contains(&"number"))
    }
}

fn is_reference(part: &Part<'_>) -> bool {
    part.role == Role::Whole
}
