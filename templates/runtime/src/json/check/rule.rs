//! One limit, and whether a free value keeps it (JSON Schema Validation 2020-12, section 6).

use std::collections::BTreeSet;

use super::super::{Map, Value, decimal, path};
use super::{format, pattern};

/// Lists longer than this are looked through for equal items by their texts, in which `1` and `1.0` differ.
const PAIRWISE: usize = 500;

/// A limit that the description sets. Each is about values of one JSON kind; values of another kind keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule<'a> {
    /// `minimum`, as the text of the number.
    Minimum(&'a str),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(&'a str),
    /// `maximum`.
    Maximum(&'a str),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(&'a str),
    /// `multipleOf`.
    MultipleOf(&'a str),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`, a regular expression of ECMA-262; only looked at with the feature `patterns`.
    Pattern(&'a str),
    /// `format`, as far as it is cheap to tell.
    Format(&'a str),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `items`: the rules of each of them.
    Items(&'a [Rule<'a>]),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `propertyNames`: the rules of each name.
    Names(&'a [Rule<'a>]),
    /// `required`: members that have no schema, so that no type holds them.
    Required(&'a [&'a str]),
    /// `dependentRequired`: the members that must be there when another is.
    DependentRequired(&'a [(&'a str, &'a [&'a str])]),
    /// `enum` inside of `propertyNames`: one of these texts.
    OneOf(&'a [&'a str]),
    /// `anyOf` and `oneOf`: the limits of one of several schemas, each with the types that it is for, or none for all. A
    /// value that is of the types of none of them keeps it.
    ///
    /// `oneOf` too asks for at least one of them here, though it forbids that a value is valid against two (JSON Schema
    /// Core 2020-12, section 10.2.1.3): a value can keep the limits of two schemas and be valid against one of them
    /// only, since schemas ask for more than limits.
    AnyOf(&'a [(&'a [&'a str], &'a [Rule<'a>])]),
    /// `additionalProperties: false`.
    NoOthers,
    /// `additionalProperties`: the rules of each value.
    Values(&'a [Rule<'a>]),
    /// `patternProperties`: patterns, each with the rules of the values whose names match it; then those of the values
    /// whose names match none, or nothing where there may be no such. Only looked at with the feature `patterns`.
    Matching(&'a [(&'a str, &'a [Rule<'a>])], Option<&'a [Rule<'a>]>),
}

/// Takes the keyword, the message and the path of a violation.
pub(super) type Tell<'t> = dyn FnMut(&'static str, String, &str) + 't;

/// Tells what is wrong with a value. `at` is its path, and is the same again at the end.
pub(super) fn apply(rules: &[Rule<'_>], value: &Value, at: &mut String, tell: &mut Tell<'_>) {
    for rule in rules {
        if let Rule::AnyOf(choices) = rule {
            any_of(choices, value, at, tell);
            continue;
        }
        match value {
            Value::Number(number) => of_number(rule, number.as_str(), at, tell),
            Value::String(text) => of_text(rule, text, at, tell),
            Value::Array(items) => of_array(rule, items, at, tell),
            Value::Object(members) => of_object(rule, members, at, tell),
            Value::Null | Value::Bool(_) => {}
        }
    }
}

fn any_of(choices: &[(&[&str], &[Rule<'_>])], value: &Value, at: &mut String, tell: &mut Tell<'_>) {
    let mut fitting = choices.iter().filter(|(types, _)| types.is_empty() || types.iter().any(|name| is(name, value)));
    let mut fits = false;
    let keeps_one = fitting.any(|(_, rules)| {
        fits = true;
        let mut keeps = true;
        apply(rules, value, at, &mut |_, _, _| keeps = false);
        keeps
    });
    if fits && !keeps_one {
        tell("anyOf", "must keep the limits of one of the schemas that it can be of".to_owned(), at);
    }
}

/// Whether a value is of a type of JSON Schema.
fn is(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || name == "integer" && decimal::is_multiple(number.as_str(), "1"),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

fn of_number(rule: &Rule<'_>, number: &str, at: &str, tell: &mut Tell<'_>) {
    let (keyword, words, bound) = match rule {
        Rule::Minimum(bound) if decimal::compare(number, bound).is_lt() => ("minimum", "at least", bound),
        Rule::ExclusiveMinimum(bound) if decimal::compare(number, bound).is_le() => {
            ("exclusiveMinimum", "more than", bound)
        }
        Rule::Maximum(bound) if decimal::compare(number, bound).is_gt() => ("maximum", "at most", bound),
        Rule::ExclusiveMaximum(bound) if decimal::compare(number, bound).is_ge() => {
            ("exclusiveMaximum", "less than", bound)
        }
        Rule::MultipleOf(unit) if !decimal::is_multiple(number, unit) => ("multipleOf", "a multiple of", unit),
        _ => return,
    };
    tell(keyword, format!("must be {words} {bound}"), at);
}

fn of_text(rule: &Rule<'_>, text: &str, at: &str, tell: &mut Tell<'_>) {
    match rule {
        Rule::MinLength(least) => size("minLength", *least, false, text.chars().count(), "character", at, tell),
        Rule::MaxLength(most) => size("maxLength", *most, true, text.chars().count(), "character", at, tell),
        Rule::Pattern(source) if !pattern::matches(source, text) => {
            tell("pattern", format!("must match the pattern `{source}`"), at);
        }
        Rule::OneOf(texts) if !texts.contains(&text) => {
            tell("enum", "must be one of those that the description lists".to_owned(), at);
        }
        Rule::Format(name) if !format::fits(name, text) => {
            tell("format", format!("must be of the format `{name}`"), at);
        }
        _ => {}
    }
}

fn of_array(rule: &Rule<'_>, items: &[Value], at: &mut String, tell: &mut Tell<'_>) {
    match rule {
        Rule::MinItems(least) => size("minItems", *least, false, items.len(), "item", at, tell),
        Rule::MaxItems(most) => size("maxItems", *most, true, items.len(), "item", at, tell),
        Rule::UniqueItems => {
            if let Some(second) = repeated(items) {
                inside(at, &format!("[{second}]"), |at| {
                    tell("uniqueItems", "must not be equal to an earlier item".to_owned(), at)
                });
            }
        }
        Rule::Items(rules) => {
            for (index, item) in items.iter().enumerate() {
                inside(at, &format!("[{index}]"), |at| apply(rules, item, at, tell));
            }
        }
        _ => {}
    }
}

fn of_object(rule: &Rule<'_>, members: &Map<Value>, at: &mut String, tell: &mut Tell<'_>) {
    match rule {
        Rule::MinProperties(least) => size("minProperties", *least, false, members.len(), "member", at, tell),
        Rule::MaxProperties(most) => size("maxProperties", *most, true, members.len(), "member", at, tell),
        Rule::Names(rules) => {
            for name in members.keys() {
                let text = Value::String(name.to_owned());
                let mut of_name = |_: &'static str, message: String, at: &str| {
                    tell("propertyNames", format!("has a name that {message}"), at)
                };
                inside(at, &path::step(name), |at| apply(rules, &text, at, &mut of_name));
            }
        }
        Rule::Required(names) => {
            for name in names.iter().filter(|name| members.get(name).is_none()) {
                tell("required", format!("must have the member `{name}`"), at);
            }
        }
        Rule::DependentRequired(dependents) => {
            for (name, needed) in dependents.iter().filter(|(name, _)| members.get(name).is_some()) {
                for other in needed.iter().filter(|other| members.get(other).is_none()) {
                    tell("dependentRequired", format!("must have the member `{other}` beside `{name}`"), at);
                }
            }
        }
        Rule::NoOthers => members.keys().for_each(|name| not_allowed(name, at, tell)),
        Rule::Values(rules) => {
            for (name, value) in members {
                inside(at, &path::step(name), |at| apply(rules, value, at, tell));
            }
        }
        Rule::Matching(patterns, rest) if pattern::ARE_READ => {
            for (name, value) in members {
                let mut rest = Some(*rest);
                for (_, rules) in patterns.iter().filter(|(source, _)| pattern::matches(source, name)) {
                    rest = None;
                    inside(at, &path::step(name), |at| apply(rules, value, at, tell));
                }
                match rest {
                    None => {}
                    Some(Some(rules)) => inside(at, &path::step(name), |at| apply(rules, value, at, tell)),
                    Some(None) => not_allowed(name, at, tell),
                }
            }
        }
        _ => {}
    }
}

fn not_allowed(name: &str, at: &mut String, tell: &mut Tell<'_>) {
    inside(at, &path::step(name), |at| {
        tell("additionalProperties", "is no member that the description allows".to_owned(), at)
    });
}

fn inside(at: &mut String, step: &str, work: impl FnOnce(&mut String)) {
    let before = at.len();
    at.push_str(step);
    work(at);
    at.truncate(before);
}

fn size(keyword: &'static str, bound: u64, most: bool, size: usize, thing: &str, at: &str, tell: &mut Tell<'_>) {
    let size = size as u64;
    if if most { size <= bound } else { size >= bound } {
        return;
    }
    let words = if most { "at most" } else { "at least" };
    let plural = if bound == 1 { "" } else { "s" };
    tell(keyword, format!("must have {words} {bound} {thing}{plural}, and has {size}"), at);
}

/// The index of the first item that is equal to an earlier one.
fn repeated(items: &[Value]) -> Option<usize> {
    if items.len() <= PAIRWISE {
        return (1..items.len()).find(|&at| items[..at].contains(&items[at]));
    }
    let mut seen = BTreeSet::new();
    items.iter().position(|item| !seen.insert(item.to_string()))
}
