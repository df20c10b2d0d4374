//! Whether a request is what its operation asks for.

use super::description::{Description, KeyPlace, Operation, Parameter, Place, descriptions};
use super::received::Received;
use super::route::Route;
use super::schema;
use openapiv3::{SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};
use serde_json::Value;

/// What is wrong with a request.
pub(super) fn problems(route: &Route, request: &Received) -> Vec<String> {
    let operation = route.operation;
    let mut problems = Vec::new();
    parameters(route, request, &mut problems);
    body(operation, request, &mut problems);
    if credentials(operation, request).is_none() {
        problems.push(format!("credentials are missing: it needs {:?}", operation.security));
    }
    problems
}

/// The credentials that a request carries, by the name of the scheme: those of the first list that is complete.
/// `None` when there is no such list.
pub(super) fn credentials(operation: &Operation, request: &Received) -> Option<Vec<(String, String)>> {
    if operation.security.is_empty() {
        return Some(Vec::new());
    }
    let description = description_of(operation);
    let carried = |name: &String| {
        let scheme = description.schemes.iter().find(|scheme| scheme.name == *name)?;
        let value = match &scheme.key {
            KeyPlace::Header(header) => request.header(header)?,
            KeyPlace::Bearer => request.header("authorization")?.strip_prefix("Bearer ")?,
        };
        (!value.is_empty()).then(|| (name.clone(), value.to_owned()))
    };
    operation.security.iter().find_map(|names| names.iter().map(carried).collect())
}

fn description_of(operation: &Operation) -> &'static Description {
    let found = descriptions().iter().find(|description| description.api == operation.api);
    found.expect("the description of an operation")
}

fn parameters(route: &Route, request: &Received, problems: &mut Vec<String>) {
    let operation = route.operation;
    let query = request.pairs();
    for parameter in &operation.parameters {
        let values: Vec<&str> = match parameter.place {
            Place::Path => of(&route.values, &parameter.name),
            Place::Query => of(&query, &parameter.name),
            Place::Header => request.header(&parameter.name).into_iter().collect(),
            Place::Cookie => panic!("no description has cookies"),
        };
        if parameter.required && values.is_empty() {
            problems.push(format!("parameter {} is missing", parameter.name));
        }
        if values.len() > 1 && !matches!(parameter.schema.schema_kind, SchemaKind::Type(Type::Array(_))) {
            problems.push(format!("parameter {} is given {} times", parameter.name, values.len()));
        }
        problems.extend(values.iter().filter_map(|value| misfit(parameter, value)));
    }
    let known = |name: &String| {
        operation.parameters.iter().any(|parameter| parameter.place == Place::Query && parameter.name == *name)
    };
    problems.extend(query.iter().filter(|(name, _)| !known(name)).map(|(name, _)| format!("{name} is no parameter")));
}

fn of<'v>(pairs: &'v [(String, String)], name: &str) -> Vec<&'v str> {
    pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
}

/// A value that is not of its parameter's type.
fn misfit(parameter: &Parameter, value: &str) -> Option<String> {
    let fits = match &parameter.schema.schema_kind {
        SchemaKind::Type(Type::Integer(_)) => value.parse::<i64>().is_ok(),
        SchemaKind::Type(Type::Boolean(_)) => value == "true" || value == "false",
        SchemaKind::Type(Type::String(text)) => match text.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => is_date(value),
            _ => true,
        },
        SchemaKind::Type(Type::Array(_)) => true,
        other => panic!("the server does not know parameters of this type: {other:?}"),
    };
    (!fits).then(|| format!("parameter {} is {value:?}", parameter.name))
}

fn is_date(value: &str) -> bool {
    let shape: String = value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

fn body(operation: &Operation, request: &Received, problems: &mut Vec<String>) {
    let Some(declared) = &operation.body else {
        if !request.body.is_empty() {
            problems.push("it takes no body".to_owned());
        }
        return;
    };
    if request.body.is_empty() {
        if declared.required {
            problems.push("the body is missing".to_owned());
        }
        return;
    }
    if request.header("content-type") != Some("application/json") {
        problems.push(format!("the body is {:?}, not application/json", request.header("content-type")));
    }
    match serde_json::from_slice::<Value>(&request.body) {
        Ok(value) => problems.extend(schema::problems(description_of(operation), &declared.schema, &value)),
        Err(error) => problems.push(format!("the body is not JSON: {error}")),
    }
}
