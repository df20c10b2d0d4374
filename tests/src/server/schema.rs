//! Whether a JSON value is what a schema asks for.
//!
//! Just enough for what clients send: types, required members, members of objects and lists, `allOf` and `oneOf`.
//! Enumerations are open, as everywhere in this project, so values are not compared with them.

use super::description::Description;
use super::reader::follow;
use openapiv3::{AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

/// What is wrong with `value`, each with its place.
pub(super) fn problems(description: &Description, schema: &Schema, value: &Value) -> Vec<String> {
    let mut check = Check { description, problems: Vec::new() };
    check.value(schema, value, "$");
    check.problems
}

struct Check<'d> {
    description: &'d Description,
    problems: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Schema, value: &Value, at: &str) {
        if value.is_null() && (schema.schema_data.nullable || matches!(schema.schema_kind, SchemaKind::Any(_))) {
            return;
        }
        match &schema.schema_kind {
            SchemaKind::Type(of) => self.of_type(of, value, at),
            SchemaKind::AllOf { all_of } => {
                for part in all_of {
                    self.value(&self.schema(part).clone(), value, at);
                }
            }
            SchemaKind::OneOf { one_of: any } | SchemaKind::AnyOf { any_of: any } => {
                let fits = |part| problems(self.description, self.schema(part), value).is_empty();
                if !any.iter().any(fits) {
                    self.problems.push(format!("{at} is {value}, which fits no variant"));
                }
            }
            SchemaKind::Any(AnySchema { properties, .. }) if properties.is_empty() => {}
            other => panic!("the server does not know this schema: {other:?}"),
        }
    }

    fn of_type(&mut self, of: &Type, value: &Value, at: &str) {
        match (of, value) {
            (Type::String(_), Value::String(_))
            | (Type::Number(_), Value::Number(_))
            | (Type::Boolean(_), Value::Bool(_)) => {}
            (Type::Integer(_), Value::Number(number))
                if number.as_f64().is_some_and(|number| number.fract() == 0.0) => {}
            (Type::Array(list), Value::Array(elements)) => {
                if let Some(items) = &list.items {
                    let items = self.schema(&items.clone().unbox()).clone();
                    for (index, element) in elements.iter().enumerate() {
                        self.value(&items, element, &format!("{at}[{index}]"));
                    }
                }
            }
            (Type::Object(object), Value::Object(members)) => self.object(object, members, at),
            (of, value) => self.problems.push(format!("{at} is {value}, not {}", name(of))),
        }
    }

    fn object(&mut self, object: &ObjectType, members: &serde_json::Map<String, Value>, at: &str) {
        for name in &object.required {
            if !members.contains_key(name) {
                self.problems.push(format!("{at} lacks {name}"));
            }
        }
        for (name, property) in &object.properties {
            if let Some(value) = members.get(name) {
                self.value(&self.schema(&property.clone().unbox()).clone(), value, &format!("{at}.{name}"));
            }
        }
    }

    fn schema<'s>(&'s self, schema: &'s ReferenceOr<Schema>) -> &'s Schema {
        let components = self.description.document.components.as_ref().expect("components");
        follow(schema, &components.schemas)
    }
}

fn name(of: &Type) -> &'static str {
    match of {
        Type::String(_) => "a string",
        Type::Number(_) => "a number",
        Type::Integer(_) => "an integer",
        Type::Object(_) => "an object",
        Type::Array(_) => "a list",
        Type::Boolean(_) => "a boolean",
    }
}
