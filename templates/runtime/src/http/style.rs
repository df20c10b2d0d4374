//! Parameter styles: how a value becomes text in a path, a query, a header or a cookie.
//!
//! One table serves all of them. The rows are OpenAPI's (3.0.4 and later, "Style Examples"), which follow
//! RFC 6570. Where OpenAPI leaves a case open, this is what we do:
//!
//! | case | what is sent |
//! |---|---|
//! | `null` for the whole parameter | nothing; an error when it is required |
//! | `null` as an item or a member | nothing, as RFC 6570 does with undefined values |
//! | an empty array or object in a query, header or cookie | nothing; `name=` when the parameter is required |
//! | an array or object inside a list (`a,b`), a path, a header or a cookie | its compact JSON |
//! | an array inside an exploded `form` object | the member's name, once for each item |
//! | an object inside an exploded `form` object | `name[member]=…`, as in `deepObject` |
//! | `deepObject` deeper than one level | `name[a][b]=…`; an array as `name[a][0]=…`, as qs, PHP, ASP.NET and Stripe read it |
//! | `spaceDelimited` or `pipeDelimited` with `explode: true` | as `form` |
//! | one text in a delimited style or `deepObject` | as `form` |
//! | a whole query string that is an object | a form (`application/x-www-form-urlencoded`): a space is `+` |
//! | a whole query string that is a text | that text, encoded |
//! | an exploded list in a cookie of style `form` | `name=a&name=b`, as the table says, though few servers read it |

use super::super::json::{Map, Value};
use super::form::{self, FormField};
use super::percent::{Keep, encode};
use std::borrow::Cow;

/// How a path parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `blue,black`: the default.
    Simple,
    /// `.blue,black`
    Label,
    /// `;color=blue,black`
    Matrix,
    /// `blue|black`: `simple` with another delimiter, of Swagger 2.0.
    Delimited(Delimiter),
}

/// What joins the items of a list in a path or a header of Swagger 2.0, where it is no comma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `ssv`
    Space,
    /// `tsv`
    Tab,
    /// `pipes`
    Pipe,
}

/// How a query parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `color=blue&color=black`, or `color=blue,black` when not exploded: the default.
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color=blue%09black`: of Swagger 2.0.
    TabDelimited,
    /// `color[R]=100&color[G]=200`, with the brackets encoded.
    DeepObject,
}

/// How a cookie parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// As in a query: the default up to OpenAPI 3.1. Values are percent-encoded.
    Form,
    /// `color=blue; color=black`, nothing encoded: OpenAPI 3.2's own style.
    Cookie,
}

/// Where a parameter goes, and in which style; a style that the place does not have cannot be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path template.
    Path(PathStyle),
    /// Into the query.
    Query(QueryStyle),
    /// The whole query is this one value (OpenAPI 3.2, `in: querystring`).
    QueryString,
    /// Into a header field of its name; always `simple`, never percent-encoded.
    Header,
    /// Into a header field, with another delimiter (Swagger 2.0).
    DelimitedHeader(Delimiter),
    /// Into the `Cookie` header.
    Cookie(CookieStyle),
}

/// One row of the table.
struct Row {
    /// Before the first item.
    lead: &'static str,
    /// Between exploded items.
    between: &'static str,
    /// Between items that are not exploded.
    joined: &'static str,
    /// Whether items carry the parameter's name.
    named: bool,
    /// After the name of an empty text.
    empty: &'static str,
}

const SIMPLE: Row = Row { lead: "", between: ",", joined: ",", named: false, empty: "" };
const LABEL: Row = Row { lead: ".", between: ".", joined: ",", named: false, empty: "" };
const MATRIX: Row = Row { lead: ";", between: ";", joined: ",", named: true, empty: "" };
const FORM: Row = Row { lead: "", between: "&", joined: ",", named: true, empty: "=" };
const SPACE: Row = Row { joined: "%20", ..FORM };
const PIPE: Row = Row { joined: "%7C", ..FORM };
const TAB: Row = Row { joined: "%09", ..FORM };
const COOKIE: Row = Row { between: "; ", ..FORM };
const SIMPLE_SPACE: Row = Row { joined: "%20", ..SIMPLE };
const SIMPLE_TAB: Row = Row { joined: "%09", ..SIMPLE };
const SIMPLE_PIPE: Row = Row { joined: "%7C", ..SIMPLE };
const HEADER_SPACE: Row = Row { joined: " ", ..SIMPLE };
const HEADER_TAB: Row = Row { joined: "\t", ..SIMPLE };
const HEADER_PIPE: Row = Row { joined: "|", ..SIMPLE };

/// What [`write()`] has to know about a parameter beside its value.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// Where it goes.
    pub place: Place,
    /// OpenAPI's `explode`.
    pub explode: bool,
    /// OpenAPI's `required`: an empty array or object is then sent as an empty text.
    pub required: bool,
    /// OpenAPI's `allowReserved`.
    pub raw: bool,
    /// The value is sent as JSON text (OpenAPI's `content`).
    pub json: bool,
    /// In a whole query string: the fields that are not written the usual way (OpenAPI 3.2, `encoding`).
    pub fields: &'a [FormField],
}

/// `value` as it stands on the wire, encoded for its place; `None` when nothing is to be sent.
///
/// A header gives the value of the field; a query gives `name=value` pairs joined by `&`; a cookie gives
/// what stands in the `Cookie` field; a path gives what replaces the braces.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::style::{Place, QueryStyle, Style, write};
/// use clientsmith_runtime::json::Value;
///
/// let place = Place::Query(QueryStyle::Form);
/// let mut style =
///     Style { name: "color", place, explode: true, required: false, raw: false, json: false, fields: &[] };
/// let colors = Value::array(["blue", "black"]);
/// assert_eq!(write(style, &colors).as_deref(), Some("color=blue&color=black"));
/// style.explode = false;
/// assert_eq!(write(style, &colors).as_deref(), Some("color=blue,black"));
/// ```
#[must_use]
pub fn write(style: Style<'_>, value: &Value) -> Option<String> {
    let pen = Pen { keep: keep(style) };
    if style.json {
        return Some(content(style, pen, value));
    }
    let row = match style.place {
        Place::Path(PathStyle::Simple) | Place::Header => &SIMPLE,
        Place::Path(PathStyle::Label) => &LABEL,
        Place::Path(PathStyle::Matrix) => &MATRIX,
        Place::Path(PathStyle::Delimited(Delimiter::Space)) => &SIMPLE_SPACE,
        Place::Path(PathStyle::Delimited(Delimiter::Tab)) => &SIMPLE_TAB,
        Place::Path(PathStyle::Delimited(Delimiter::Pipe)) => &SIMPLE_PIPE,
        Place::DelimitedHeader(Delimiter::Space) => &HEADER_SPACE,
        Place::DelimitedHeader(Delimiter::Tab) => &HEADER_TAB,
        Place::DelimitedHeader(Delimiter::Pipe) => &HEADER_PIPE,
        // `application/x-www-form-urlencoded` is what a query is (OpenAPI 3.2, Parameter Object, "Examples").
        Place::QueryString if matches!(value, Value::Object(_)) => {
            return pen.or_required(style, some(form::write(value, style.fields)));
        }
        Place::Query(QueryStyle::DeepObject) if matches!(value, Value::Array(_) | Value::Object(_)) => {
            let mut pairs = Vec::new();
            deep(&mut pairs, pen, &pen.text(style.name), value);
            return pen.or_required(style, some(pairs.join("&")));
        }
        Place::Query(QueryStyle::SpaceDelimited) => &SPACE,
        Place::Query(QueryStyle::PipeDelimited) => &PIPE,
        Place::Query(QueryStyle::TabDelimited) => &TAB,
        Place::QueryString => &SIMPLE,
        Place::Query(_) | Place::Cookie(CookieStyle::Form) => &FORM,
        Place::Cookie(CookieStyle::Cookie) => &COOKIE,
    };
    match value {
        Value::Null => None,
        Value::Array(items) => pen.or_required(style, pen.array(row, style, items)),
        Value::Object(members) => pen.or_required(style, pen.object(row, style, members)),
        scalar => Some(pen.one(row, style.name, &pen.text(&plain(scalar)))),
    }
}

fn keep(style: Style<'_>) -> Option<Keep> {
    match style.place {
        Place::Header | Place::DelimitedHeader(_) | Place::Cookie(CookieStyle::Cookie) => None,
        Place::Path(_) if style.raw => Some(Keep::ReservedPath),
        Place::Query(_) | Place::QueryString if style.raw => Some(Keep::ReservedQuery),
        Place::Cookie(_) if style.raw => Some(Keep::ReservedCookie),
        _ => Some(Keep::Unreserved),
    }
}

/// A parameter with `content`: its JSON text is one value.
fn content(style: Style<'_>, pen: Pen, value: &Value) -> String {
    let text = pen.text(&value.to_string()).into_owned();
    match style.place {
        Place::Path(PathStyle::Simple | PathStyle::Delimited(_))
        | Place::Header
        | Place::DelimitedHeader(_)
        | Place::QueryString => text,
        Place::Path(PathStyle::Label) => format!(".{text}"),
        Place::Path(PathStyle::Matrix) => format!(";{}={text}", pen.text(style.name)),
        Place::Query(_) | Place::Cookie(_) => format!("{}={text}", pen.text(style.name)),
    }
}

#[derive(Clone, Copy)]
struct Pen {
    /// `None` in places without percent-encoding.
    keep: Option<Keep>,
}

impl Pen {
    fn text<'t>(self, text: &'t str) -> Cow<'t, str> {
        match self.keep {
            Some(keep) => Cow::Owned(encode(text, keep)),
            None => Cow::Borrowed(text),
        }
    }

    fn item(self, value: &Value) -> String {
        self.text(&plain(value)).into_owned()
    }

    fn one(self, row: &Row, name: &str, text: &str) -> String {
        let Row { lead, empty, .. } = row;
        match (row.named, text.is_empty()) {
            (false, _) => format!("{lead}{text}"),
            (true, true) => format!("{lead}{}{empty}", self.text(name)),
            (true, false) => format!("{lead}{}={text}", self.text(name)),
        }
    }

    /// Nothing for no items; one that is an empty text is an item.
    fn array(self, row: &Row, style: Style<'_>, items: &[Value]) -> Option<String> {
        let items: Vec<String> = present(items).map(|item| self.item(item)).collect();
        if items.is_empty() {
            None
        } else if !style.explode {
            Some(self.one(row, style.name, &items.join(row.joined)))
        } else if row.named {
            let items: Vec<String> = items.iter().map(|item| self.named(row, style.name, item)).collect();
            Some(format!("{}{}", row.lead, items.join(row.between)))
        } else {
            Some(format!("{}{}", row.lead, items.join(row.between)))
        }
    }

    fn object(self, row: &Row, style: Style<'_>, members: &Map<Value>) -> Option<String> {
        let members: Vec<(&str, &Value)> = members.iter().filter(|(_, value)| !value.is_null()).collect();
        if members.is_empty() {
            return None;
        }
        if !style.explode {
            let parts: Vec<String> =
                members.iter().flat_map(|(name, value)| [self.text(name).into_owned(), self.item(value)]).collect();
            return Some(self.one(row, style.name, &parts.join(row.joined)));
        }
        let mut parts = Vec::new();
        for (name, value) in members {
            match (style.place, value) {
                (Place::Query(_), Value::Array(items)) => {
                    parts.extend(present(items).map(|item| self.named(row, name, &self.item(item))));
                }
                (Place::Query(_), Value::Object(_)) => {
                    deep(&mut parts, self, &self.text(name), value);
                }
                (_, value) if row.named => parts.push(self.named(row, name, &self.item(value))),
                (_, value) => parts.push(format!("{}={}", self.text(name), self.item(value))),
            }
        }
        some(parts.join(row.between)).map(|text| format!("{}{text}", row.lead))
    }

    fn named(self, row: &Row, name: &str, text: &str) -> String {
        if text.is_empty() {
            format!("{}{}", self.text(name), row.empty)
        } else {
            format!("{}={text}", self.text(name))
        }
    }

    /// Nothing to send: that is left out, unless the place needs something there.
    fn or_required(self, style: Style<'_>, text: Option<String>) -> Option<String> {
        text.or_else(|| match style.place {
            Place::Path(PathStyle::Simple | PathStyle::Delimited(_)) => Some(String::new()),
            Place::Path(PathStyle::Label) => Some(self.one(&LABEL, style.name, "")),
            Place::Path(PathStyle::Matrix) => Some(self.one(&MATRIX, style.name, "")),
            Place::Header | Place::DelimitedHeader(_) | Place::QueryString => style.required.then(String::new),
            Place::Query(_) | Place::Cookie(_) => style.required.then(|| self.one(&FORM, style.name, "")),
        })
    }
}

/// `name[a][0]=…` pairs; `name` is encoded already.
fn deep(pairs: &mut Vec<String>, pen: Pen, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members.iter() {
                deep(pairs, pen, &format!("{name}%5B{}%5D", pen.text(key)), value);
            }
        }
        Value::Array(items) => {
            for (at, value) in present(items).enumerate() {
                deep(pairs, pen, &format!("{name}%5B{at}%5D"), value);
            }
        }
        scalar => pairs.push(format!("{name}={}", pen.item(scalar))),
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn present(items: &[Value]) -> impl Iterator<Item = &Value> {
    items.iter().filter(|item| !matches!(item, Value::Null))
}

/// A scalar as plain text; what is no scalar as compact JSON.
pub(crate) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
