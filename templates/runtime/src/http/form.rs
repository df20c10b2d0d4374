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
/// let value = Value::object([("ids", Value::array([1, 2]))]);
/// assert_eq!(form::write(&value, &[]), "ids=1&ids=2");
/// assert_eq!(form::write(&value, &[FormField::new("ids").style(QueryStyle::Form, false)]), "ids=1,2");
/// assert_eq!(form::write(&value, &[FormField::new("ids").json()]), "ids=%5B1%2C2%5D");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    /// The name on the wire.
    pub name: &'static str,
    /// Written like a query parameter: the style, and OpenAPI's `explode`.
    pub style: Option<(QueryStyle, bool)>,
    /// OpenAPI's `allowReserved`.
    pub raw: bool,
    /// The value is one JSON text whatever it is (`contentType: application/json`).
    pub json: bool,
    /// Each item of an array is a JSON text, as `contentType: application/json` means it from OpenAPI 3.2 on.
    pub json_items: bool,
}

impl FormField {
    /// The usual way.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, style: None, raw: false, json: false, json_items: false }
    }

    /// The same, written like a query parameter.
    #[must_use]
    pub const fn style(self, style: QueryStyle, explode: bool) -> Self {
        Self { style: Some((style, explode)), ..self }
    }

    /// The same with reserved characters left as they are.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { raw: true, ..self }
    }

    /// The same as one JSON text.
    #[must_use]
    pub const fn json(self) -> Self {
        Self { json: true, ..self }
    }

    /// The same with each item of an array as a JSON text.
    #[must_use]
    pub const fn json_items(self) -> Self {
        Self { json_items: true, ..self }
    }
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
        let field = fields.iter().find(|field| field.name == name);
        if let Some(FormField { style: Some((style, explode)), raw, .. }) = field.copied() {
            let style =
                Style { name, place: Place::Query(style), explode, required: false, raw, json: false, fields: &[] };
            // Here a space is `%20` where a form may also have `+`: every reader of forms takes both.
            pairs.extend(style::write(style, value));
            continue;
        }
        match value {
            Value::Null => {}
            value if field.is_some_and(|field| field.json) => {
                pairs.push(pair(name, &value.to_string()));
            }
            Value::Array(items) => {
                let as_json = field.is_some_and(|field| field.json_items);
                let text = |item| if as_json { Value::to_string(item).into() } else { plain(item) };
                let items = items.iter().filter(|item| !matches!(item, Value::Null));
                pairs.extend(items.map(|item| pair(name, &text(item))));
            }
            other => pairs.push(pair(name, &plain(other))),
        }
    }
    pairs.join("&")
}

fn pair(name: &str, text: &str) -> String {
    format!("{}={}", encode(name, Keep::Form), encode(text, Keep::Form))
}
