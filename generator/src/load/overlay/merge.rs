//! How an update or a copy becomes part of what a target selects (Overlay 1.1, Action Object).

use super::super::{Kind, Members, Node};

/// Two values that cannot become one.
#[derive(Debug, PartialEq)]
pub(super) struct Misfit {
    /// Number of the value that does not fit.
    pub node: u32,
    /// Why.
    pub message: String,
}

/// The three kinds of value that the rules of merging tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Object,
    Array,
    Primitive,
}

pub(super) fn class(node: &Node) -> Class {
    match node.kind {
        Kind::Object(_) => Class::Object,
        Kind::Array(_) => Class::Array,
        _ => Class::Primitive,
    }
}

/// Whether `update` can become part of `target`; so that a change is made whole or not at all.
///
/// # Errors
/// When an object, an array and a primitive would have to become one.
pub(super) fn check(target: &Node, update: &Node) -> Result<(), Misfit> {
    match (&target.kind, &update.kind) {
        (Kind::Object(_), Kind::Object(_)) => check_members(target, update),
        // To an array anything can be added.
        (Kind::Array(_), _) => Ok(()),
        _ if class(target) == class(update) => Ok(()),
        _ => Err(misfit(target, update, "what the target selects")),
    }
}

fn check_members(target: &Node, update: &Node) -> Result<(), Misfit> {
    let Kind::Object(members) = &update.kind else { return Ok(()) };
    for (key, value) in members.iter() {
        let Some(old) = target.get(key) else { continue };
        if class(old) != class(value) {
            return Err(misfit(old, value, &format!("`{key}`")));
        }
        check_members(old, value)?;
    }
    Ok(())
}

fn misfit(target: &Node, update: &Node, what: &str) -> Misfit {
    Misfit {
        node: update.id,
        message: format!("{what} is {}, and {} cannot be merged with it", target.type_name(), update.type_name()),
    }
}

/// Makes `update` part of `target`, after [`check`] has found that it fits.
pub(super) fn merge(target: &mut Node, update: Node) {
    match (&mut target.kind, update.kind) {
        (Kind::Object(_), Kind::Object(members)) => merge_members(target, members),
        (Kind::Array(items), Kind::Array(more)) => items.extend(more),
        (Kind::Array(items), kind) => items.push(Node { id: update.id, kind }),
        (_, kind) => *target = Node { id: update.id, kind },
    }
}

fn merge_members(target: &mut Node, update: Members) {
    let Kind::Object(members) = &mut target.kind else { return };
    let mut new = Vec::new();
    for (key, value) in update.into_entries() {
        match members.get_mut(&key) {
            Some(old) => merge_member(old, value),
            None => new.push((key, value)),
        }
    }
    if !new.is_empty() {
        members.extend(new);
    }
}

/// As [`merge`], but an array takes the items of an array alone.
fn merge_member(old: &mut Node, value: Node) {
    match (&mut old.kind, value.kind) {
        (Kind::Object(_), Kind::Object(members)) => merge_members(old, members),
        (Kind::Array(items), Kind::Array(more)) => items.extend(more),
        (_, kind) => *old = Node { id: value.id, kind },
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Limits, yaml};
    use super::*;

    fn merged(target: &str, update: &str) -> Result<String, String> {
        let [mut target, update] = [target, update].map(|text| yaml::parse(text, &Limits::default()).unwrap().root);
        check(&target, &update).map_err(|misfit| misfit.message)?;
        merge(&mut target, update);
        Ok(target.to_json())
    }

    #[test]
    fn objects_merge_recursively() {
        let target = "{a: 1, b: {c: [1], d: x}, e: true}";
        let update = "{b: {c: [2, 3], f: null}, a: two, g: {h: 1}}";
        let expected = r#"{"a":"two","b":{"c":[1,2,3],"d":"x","f":null},"e":true,"g":{"h":1}}"#;
        assert_eq!(merged(target, update), Ok(expected.to_owned()));
    }

    #[test]
    fn arrays_take_items_or_the_items_of_an_array() {
        assert_eq!(merged("[1]", "{a: 1}"), Ok(r#"[1,{"a":1}]"#.to_owned()));
        assert_eq!(merged("[1]", "x"), Ok(r#"[1,"x"]"#.to_owned()));
        assert_eq!(merged("[1]", "[2, [3]]"), Ok("[1,2,[3]]".to_owned()));
    }

    #[test]
    fn primitives_replace_primitives() {
        assert_eq!(merged("old", "new"), Ok("\"new\"".to_owned()));
        assert_eq!(merged("old", "null"), Ok("null".to_owned()));
    }

    #[test]
    fn other_pairs_do_not_merge() {
        let failed = |target, update| merged(target, update).unwrap_err();
        assert_eq!(
            failed("{a: 1}", "x"),
            "what the target selects is an object, and a string cannot be merged with it"
        );
        assert_eq!(failed("1", "[x]"), "what the target selects is a number, and an array cannot be merged with it");
        assert_eq!(
            failed("{a: {b: {c: 1}}}", "{a: {b: []}}"),
            "`b` is an object, and an array cannot be merged with it"
        );
        assert_eq!(failed("{a: [1]}", "{a: 2}"), "`a` is an array, and a number cannot be merged with it");
    }
}
