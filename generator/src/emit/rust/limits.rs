//! Limits of values, as the tables that checks on request read.

use super::lines::{literal, literals};
use crate::ir::Rule;

/// The rules, separated by commas, each under `path`: `rt::Rule::`, or nothing where the variants are in scope.
pub(super) fn rules(rules: &[Rule], path: &str) -> String {
    rules.iter().map(|one| rule(one, path)).collect::<Vec<_>>().join(", ")
}

/// The limits of a parameter or of a whole body.
pub(super) fn setter(list: Option<&Vec<Rule>>) -> String {
    let list = list.filter(|list| !list.is_empty());
    list.map(|list| format!(".rules(&[{}])", rules(list, "rt::Rule::"))).unwrap_or_default()
}

fn rule(rule: &Rule, path: &str) -> String {
    let with = |name: &str, argument: &str| format!("{path}{name}({argument})");
    let text = |name: &str, text: &str| with(name, &literal(text));
    let size = |name: &str, size: u64| with(name, &size.to_string());
    let inside = |name: &str, of_each: &[Rule]| with(name, &format!("&[{}]", rules(of_each, path)));
    match rule {
        Rule::Minimum(least) => text("Minimum", least),
        Rule::ExclusiveMinimum(least) => text("ExclusiveMinimum", least),
        Rule::Maximum(most) => text("Maximum", most),
        Rule::ExclusiveMaximum(most) => text("ExclusiveMaximum", most),
        Rule::MultipleOf(step) => text("MultipleOf", step),
        Rule::MinLength(least) => size("MinLength", *least),
        Rule::MaxLength(most) => size("MaxLength", *most),
        Rule::Pattern(pattern) => text("Pattern", pattern),
        Rule::Format(format) => text("Format", format),
        Rule::MinItems(least) => size("MinItems", *least),
        Rule::MaxItems(most) => size("MaxItems", *most),
        Rule::UniqueItems => format!("{path}UniqueItems"),
        Rule::Items(of_each) => inside("Items", of_each),
        Rule::MinProperties(least) => size("MinProperties", *least),
        Rule::MaxProperties(most) => size("MaxProperties", *most),
        Rule::Names(of_each) => inside("Names", of_each),
        Rule::Required(names) => with("Required", &format!("&[{}]", literals(names))),
        Rule::DependentRequired(dependents) => {
            let row = |(name, needed): &(String, Vec<String>)| format!("({}, &[{}])", literal(name), literals(needed));
            with("DependentRequired", &format!("&[{}]", dependents.iter().map(row).collect::<Vec<_>>().join(", ")))
        }
        Rule::OneOf(texts) => with("OneOf", &format!("&[{}]", literals(texts))),
        Rule::AnyOf(choices) => {
            let rows =
                choices.iter().map(|(types, of_each)| format!("(&[{}], &[{}])", literals(types), rules(of_each, path)));
            with("AnyOf", &format!("&[{}]", rows.collect::<Vec<_>>().join(", ")))
        }
        Rule::NoOthers => format!("{path}NoOthers"),
        Rule::Values(of_each) => inside("Values", of_each),
        Rule::Matching(patterns, rest) => {
            let row = |(pattern, of_each): &(String, Vec<Rule>)| {
                format!("({}, &[{}])", literal(pattern), rules(of_each, path))
            };
            let rest = rest.as_ref().map_or("None".to_owned(), |of_each| format!("Some(&[{}])", rules(of_each, path)));
            with("Matching", &format!("&[{}], {rest}", patterns.iter().map(row).collect::<Vec<_>>().join(", ")))
        }
    }
}
