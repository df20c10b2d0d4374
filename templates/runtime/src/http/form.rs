//! `application/x-www-form-urlencoded` bodies.
//!
//! Each member of the value is one field. An array is repeated, an object inside is JSON text: that is what
//! OpenAPI's Encoding Object says when a document says nothing else. A [`FormField`] says something else.

use super::super::json::Value;
use super::percent::{Keep, encode};
use super::style::{self, Place, QueryStyle, Style, plain};

/// How one field of a form is written when it is not the usual way (OpenAPI's Encoding Object).
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::{form, form::FormField, style::QueryStyle};
/// use clientsmith_runtime::json::Value;
///
/// let ids = FormField { name: "ids", style: QueryStyle::Form, explode: false, raw: false, json: false };
/// let value = Value::object([("ids", Value::array([1, 2]))]);
/// assert_eq!(form::write(&value, &[]), "ids=1&ids=2");
/// assert_eq!(form::write(&value, &[ids]), "ids=1,2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    /// The name on the wire.
    pub name: &'static str,
    /// The style, as for a query parameter.
    pub style: QueryStyle,
    /// OpenAPI's `explode`.
    pub explode: bool,
    /// OpenAPI's `allowReserved`.
    pub raw: bool,
    /// The value is JSON text whatever it is (`contentType: application/json`).
    pub json: bool,
}

/// `value`, which should be an object, as a form.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::form;
/// use clientsmith_runtime::json::Value;
///
/// let login = Value::object([("grant_type", "client_credentials"), ("scope", "a b")]);
/// assert_eq!(form::write(&login, &[]), "grant_type=client_credentials&scope=a+b");
/// ```
#[must_use]
pub fn write(value: &Value, fields: &[FormField]) -> String {
    let Value::Object(members) = value else {
        return String::new();
    };
    let mut pairs: Vec<String> = Vec::new();
    for (name, value) in members.iter() {
        if let Some(field) = fields.iter().find(|field| field.name == name) {
            let place = Place::Query(field.style);
            let style =
                Style { name, place, explode: field.explode, required: false, raw: field.raw, json: field.json };
            // Here a space is `%20` where a form may also have `+`: every reader of forms takes both.
            pairs.extend(style::write(style, value));
        } else {
            match value {
                Value::Null => {}
                Value::Array(items) => {
                    pairs.extend(items.iter().filter(|item| !matches!(item, Value::Null)).map(|item| pair(name, item)));
                }
                other => pairs.push(pair(name, other)),
            }
        }
    }
    pairs.join("&")
}

fn pair(name: &str, value: &Value) -> String {
    format!("{}={}", encode(name, Keep::Form), encode(&plain(value), Keep::Form))
}
