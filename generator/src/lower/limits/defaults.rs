//! Whether a default is a value that the schema allows.

use clientsmith_runtime::json::{self, Kind, Value};

use crate::ir::{Arena, IntKind, Rule, Shape, TypeDef, TypeId, TypeKind};
use crate::load::At;

/// What is wrong with a default, in words that follow it. `null` is taken for none at all.
pub(super) fn wrong(default: At<'_>, shape: &Shape, rules: &[Rule], types: &Arena<TypeId, TypeDef>) -> Option<String> {
    let value: Value = json::from_str(&default.node.to_json()).ok()?;
    if value.is_null() {
        return None;
    }
    kind(&value, shape, types).or_else(|| rules.iter().find_map(|rule| broken(rule, &value)))
}

/// Whether the value is of another kind than its type holds.
fn kind(value: &Value, shape: &Shape, types: &Arena<TypeId, TypeDef>) -> Option<String> {
    let found = value.kind();
    let is = |wanted: Kind, words: &str| (found != wanted).then(|| format!("is no {words}"));
    match shape {
        Shape::Bool => is(Kind::Bool, "boolean"),
        Shape::Int(width) => match value {
            Value::Number(number) if fits(number, *width) => None,
            Value::Number(_) => Some("is no whole number in the range of its type".to_owned()),
            _ => Some("is no number".to_owned()),
        },
        Shape::Float(_) => is(Kind::Number, "number"),
        Shape::Text(_) | Shape::JsonText(_) => is(Kind::String, "string"),
        Shape::List(_) => is(Kind::Array, "array"),
        Shape::Map(_) => is(Kind::Object, "object"),
        Shape::Named(id) => match &types[*id].kind {
            TypeKind::Struct(structure) if structure.tuple => is(Kind::Array, "array"),
            TypeKind::Struct(_) => is(Kind::Object, "object"),
            TypeKind::Enum(list) => {
                let text = match value {
                    Value::String(text) if list.text => text.clone(),
                    other => other.to_string(),
                };
                let same =
                    |wire: &str| wire == text || !list.text && wire.parse::<Value>().is_ok_and(|one| one == *value);
                (!list.values.iter().any(|known| same(&known.wire))).then(|| "is none of the listed values".to_owned())
            }
            TypeKind::Union(_) | TypeKind::Alias(_) => None,
        },
        Shape::Json | Shape::Binary | Shape::Nullable(_) => None,
    }
}

fn fits(number: &json::Number, width: IntKind) -> bool {
    let Some(value) = number.as_i128() else { return false };
    match width {
        IntKind::I8 => i8::try_from(value).is_ok(),
        IntKind::I16 => i16::try_from(value).is_ok(),
        IntKind::I32 => i32::try_from(value).is_ok(),
        IntKind::I64 => i64::try_from(value).is_ok(),
        IntKind::U8 => u8::try_from(value).is_ok(),
        IntKind::U16 => u16::try_from(value).is_ok(),
        IntKind::U32 => u32::try_from(value).is_ok(),
        IntKind::U64 => u64::try_from(value).is_ok(),
    }
}

/// How the value breaks a limit.
fn broken(rule: &Rule, value: &Value) -> Option<String> {
    let check = |rule: json::Rule<'_>| {
        let violations = json::check_value(&[rule], value);
        violations.first().map(|violation| violation.to_string().trim_start_matches("$ ").to_owned())
    };
    match rule {
        Rule::Minimum(bound) => check(json::Rule::Minimum(bound)),
        Rule::ExclusiveMinimum(bound) => check(json::Rule::ExclusiveMinimum(bound)),
        Rule::Maximum(bound) => check(json::Rule::Maximum(bound)),
        Rule::ExclusiveMaximum(bound) => check(json::Rule::ExclusiveMaximum(bound)),
        Rule::MultipleOf(unit) => check(json::Rule::MultipleOf(unit)),
        Rule::MinLength(size) => check(json::Rule::MinLength(*size)),
        Rule::MaxLength(size) => check(json::Rule::MaxLength(*size)),
        Rule::MinItems(size) => check(json::Rule::MinItems(*size)),
        Rule::MaxItems(size) => check(json::Rule::MaxItems(*size)),
        Rule::UniqueItems => check(json::Rule::UniqueItems),
        Rule::MinProperties(size) => check(json::Rule::MinProperties(*size)),
        Rule::MaxProperties(size) => check(json::Rule::MaxProperties(*size)),
        Rule::Items(rules) => match value {
            Value::Array(items) => items.iter().find_map(|item| rules.iter().find_map(|rule| broken(rule, item))),
            _ => None,
        },
        Rule::Values(rules) => match value {
            Value::Object(members) => members.values().find_map(|one| rules.iter().find_map(|rule| broken(rule, one))),
            _ => None,
        },
        // A regular expression may take longer than a description is worth, and what a format allows is for servers to say.
        Rule::Pattern(_) | Rule::Matching(..) | Rule::Format(_) | Rule::Names(_) | Rule::OneOf(_) | Rule::AnyOf(_) => {
            None
        }
        // An object as a default is rarely meant in full.
        Rule::Required(_) | Rule::DependentRequired(_) | Rule::NoOthers => None,
    }
}
