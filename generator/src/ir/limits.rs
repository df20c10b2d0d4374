//! Limits on values: said in the docs, checked on request.

use std::fmt;

/// The limits of an API, by the ids of what they are about.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// By type: of an object itself, and of the members that it does not name; of each item behind the places of a tuple.
    pub types: Vec<Vec<Rule>>,
    /// By type, then by field: of its value.
    pub parts: Vec<Vec<Vec<Rule>>>,
    /// By operation, then by parameter: of its value.
    pub params: Vec<Vec<Vec<Rule>>>,
    /// By operation, then by media type: of the whole body.
    pub bodies: Vec<Vec<Vec<Rule>>>,
}

/// One limit (JSON Schema Validation 2020-12, section 6). Numbers are JSON texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `minimum`.
    Minimum(String),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(String),
    /// `maximum`.
    Maximum(String),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(String),
    /// `multipleOf`.
    MultipleOf(String),
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`.
    Pattern(String),
    /// `format`, where no type tells it.
    Format(String),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `items`: of each.
    Items(Vec<Rule>),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `propertyNames`: of each name.
    Names(Vec<Rule>),
    /// `required`, of members without a schema.
    Required(Vec<String>),
    /// `dependentRequired`.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `enum` inside of `propertyNames`.
    OneOf(Vec<String>),
    /// `anyOf` and `oneOf`: types and limits of each.
    AnyOf(Vec<(Vec<String>, Vec<Rule>)>),
    /// `additionalProperties: false`.
    NoOthers,
    /// `additionalProperties`: of each value.
    Values(Vec<Rule>),
    /// `patternProperties`: of each value whose name matches a pattern, and of those whose names match none, where there
    /// may be such.
    Matching(Vec<(String, Vec<Rule>)>, Option<Vec<Rule>>),
}

/// The limit in words, as a part of a sentence.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = |f: &mut fmt::Formatter<'_>, rules: &[Self], of: &str| {
            for (place, rule) in rules.iter().enumerate() {
                write!(f, "{}{of}: {rule}", if place == 0 { "" } else { "; " })?;
            }
            Ok(())
        };
        match self {
            Self::Minimum(bound) => write!(f, "at least {bound}"),
            Self::ExclusiveMinimum(bound) => write!(f, "more than {bound}"),
            Self::Maximum(bound) => write!(f, "at most {bound}"),
            Self::ExclusiveMaximum(bound) => write!(f, "less than {bound}"),
            Self::MultipleOf(unit) => write!(f, "a multiple of {unit}"),
            Self::MinLength(least) => write!(f, "at least {}", count(*least, "character")),
            Self::MaxLength(most) => write!(f, "at most {}", count(*most, "character")),
            Self::Pattern(pattern) => write!(f, "matches the pattern `{pattern}`"),
            Self::Format(name) => write!(f, "format `{name}`"),
            Self::MinItems(least) => write!(f, "at least {}", count(*least, "item")),
            Self::MaxItems(most) => write!(f, "at most {}", count(*most, "item")),
            Self::UniqueItems => write!(f, "no item twice"),
            Self::Items(rules) => all(f, rules, "each item"),
            Self::MinProperties(least) => write!(f, "at least {}", count(*least, "member")),
            Self::MaxProperties(most) => write!(f, "at most {}", count(*most, "member")),
            Self::Names(rules) => all(f, rules, "each name"),
            Self::Required(names) => write!(f, "with {}", quoted(names)),
            Self::DependentRequired(dependents) => {
                for (place, (name, needed)) in dependents.iter().enumerate() {
                    let before = if place == 0 { "" } else { "; " };
                    write!(f, "{before}with {} where there is `{name}`", quoted(needed))?;
                }
                Ok(())
            }
            Self::OneOf(texts) => write!(f, "one of {}", quoted(texts)),
            Self::AnyOf(choices) => {
                for (place, (types, rules)) in choices.iter().enumerate() {
                    let before = if place == 0 { "either " } else { ", or " };
                    let rules: Vec<String> = rules.iter().map(Self::to_string).collect();
                    let types = types.join(" or ");
                    let words = match (types.as_str(), rules.as_slice()) {
                        ("", []) => "anything".to_owned(),
                        ("", rules) => rules.join(" and "),
                        (types, []) => types.to_owned(),
                        (types, rules) => format!("{types}: {}", rules.join(" and ")),
                    };
                    write!(f, "{before}{words}")?;
                }
                Ok(())
            }
            Self::NoOthers => write!(f, "no other members"),
            Self::Values(rules) => all(f, rules, "each value"),
            Self::Matching(patterns, rest) => {
                let mut before = "";
                for (pattern, rules) in patterns.iter().filter(|(_, rules)| !rules.is_empty()) {
                    write!(f, "{before}")?;
                    all(f, rules, &format!("each value whose name matches `{pattern}`"))?;
                    before = "; ";
                }
                match rest {
                    Some(rules) if rules.is_empty() => Ok(()),
                    Some(rules) => {
                        write!(f, "{before}")?;
                        all(f, rules, "each other value")
                    }
                    None => {
                        let all: Vec<String> = patterns.iter().map(|(pattern, _)| format!("`{pattern}`")).collect();
                        write!(f, "{before}each name matches {}", all.join(" or "))
                    }
                }
            }
        }
    }
}

fn count(size: u64, thing: &str) -> String {
    format!("{size} {thing}{}", if size == 1 { "" } else { "s" })
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
