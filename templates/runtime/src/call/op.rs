//! The static tables that generated code consists of: one per operation, one per API.

use super::super::auth::{Login, Scheme};
use super::super::http::form::FormField;
use super::super::http::style::{CookieStyle, PathStyle, Place, QueryStyle, Style};
use super::super::json::Rule;
use super::super::xml::XmlReply;

/// One operation of an API, as plain data.
///
/// Generated code writes one `static` for each operation; the shared core does the rest. Fields that have
/// their usual value come from [`Op::BASE`].
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static GET_PET: rt::Op = rt::Op {
///     id: "getPet",
///     path: "/pets/{petId}",
///     params: &[rt::Param::path("petId"), rt::Param::query("expand")],
///     security: &[&["apiKey"]],
///     ..rt::Op::BASE
/// };
/// assert_eq!(GET_PET.method, "GET");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Op {
    /// The operation id, as the document has it.
    pub id: &'static str,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path template, as the document has it.
    pub path: &'static str,
    /// The parameters; [`Request::set`](super::Request::set) names them by their place here.
    pub params: &'static [Param],
    /// The body, when the operation takes one.
    pub body: Option<BodySpec>,
    /// The `Accept` header; empty for none.
    pub accept: &'static str,
    /// What authorizes a call: any one of these sets of security schemes. No sets: nothing is needed. An
    /// empty set: calls without credentials are allowed too.
    pub security: &'static [&'static [&'static str]],
    /// Statuses below 400 that are a success beside 2xx, such as 304.
    pub success: &'static [u16],
    /// The servers that it has in place of the API's; the first is called.
    pub servers: &'static [Server],
    /// Whether its bodies hold secrets: then no error shows them.
    pub secret: bool,
    /// Its answers that may be XML.
    pub xml: &'static [XmlReply],
}

impl Op {
    /// A GET without parameters that answers with JSON.
    pub const BASE: Self = Self {
        id: "",
        method: "GET",
        path: "/",
        params: &[],
        body: None,
        accept: "application/json",
        security: &[],
        success: &[],
        servers: &[],
        secret: false,
        xml: &[],
    };

    /// A webhook or callback: a POST that the server sends. Only its body is read, by [`incoming`](super::incoming()).
    pub const HOOK: Self = Self { method: "POST", path: "", ..Self::BASE };
}

/// One parameter of an operation.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static PARAMS: &[rt::Param] = &[
///     rt::Param::path("petId"),
///     rt::Param::query("tags").explode(false).required(),
///     rt::Param::query("filter").style(rt::Place::Query(rt::QueryStyle::DeepObject)),
///     rt::Param::header("X-Trace"),
/// ];
/// assert!(PARAMS[0].required && PARAMS[1].required && !PARAMS[3].required);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it goes, and how.
    pub place: Place,
    /// OpenAPI's `explode`.
    pub explode: bool,
    /// Whether a call without it is an error before anything is sent.
    pub required: bool,
    /// OpenAPI's `allowReserved`.
    pub raw: bool,
    /// Whether the value is sent as JSON text (OpenAPI's `content`).
    pub json: bool,
    /// In a whole query string: the fields that are not written the usual way.
    pub fields: &'static [FormField],
    /// The limits of the value, beside those of its type.
    pub rules: &'static [Rule<'static>],
}

impl Param {
    /// A path parameter: `simple`, not exploded, required.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::at(name, Place::Path(PathStyle::Simple), false).required()
    }

    /// A query parameter: `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::at(name, Place::Query(QueryStyle::Form), true)
    }

    /// The whole query string as one parameter (OpenAPI 3.2).
    #[must_use]
    pub const fn query_string(name: &'static str) -> Self {
        Self::at(name, Place::QueryString, true)
    }

    /// A header parameter: `simple`, not exploded.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::at(name, Place::Header, false)
    }

    /// A cookie parameter: `form`, exploded.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::at(name, Place::Cookie(CookieStyle::Form), true)
    }

    /// A parameter at `place`.
    #[must_use]
    pub const fn at(name: &'static str, place: Place, explode: bool) -> Self {
        Self { name, place, explode, required: false, raw: false, json: false, fields: &[], rules: &[] }
    }

    /// The same, required.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same with `explode` as given.
    #[must_use]
    pub const fn explode(self, explode: bool) -> Self {
        Self { explode, ..self }
    }

    /// The same at `place`: how a style is set.
    #[must_use]
    pub const fn style(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The same with reserved characters left as they are.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { raw: true, ..self }
    }

    /// The same, sent as JSON text.
    #[must_use]
    pub const fn json(self) -> Self {
        Self { json: true, ..self }
    }

    /// The same, a whole query string with these fields.
    #[must_use]
    pub const fn fields(self, fields: &'static [FormField]) -> Self {
        Self { fields, ..self }
    }

    /// The same with limits of its value.
    #[must_use]
    pub const fn rules(self, rules: &'static [Rule<'static>]) -> Self {
        Self { rules, ..self }
    }

    pub(super) fn as_style(&self) -> Style<'static> {
        let Self { name, place, explode, required, raw, json, fields, .. } = *self;
        Style { name, place, explode, required, raw, json, fields }
    }
}

/// The body that an operation takes.
#[derive(Clone, Copy, Debug)]
pub struct BodySpec {
    /// The media type that is sent, when the call does not choose another.
    pub media: &'static str,
    /// Whether a call without a body is an error before anything is sent.
    pub required: bool,
    /// The limits of the body, beside those of its type.
    pub rules: &'static [Rule<'static>],
}

impl BodySpec {
    /// A body of this media type.
    #[must_use]
    pub const fn new(media: &'static str, required: bool) -> Self {
        Self { media, required, rules: &[] }
    }

    /// A body of `application/json`.
    #[must_use]
    pub const fn json(required: bool) -> Self {
        Self::new("application/json", required)
    }

    /// A body of `application/x-www-form-urlencoded`.
    #[must_use]
    pub const fn form(required: bool) -> Self {
        Self::new("application/x-www-form-urlencoded", required)
    }

    /// The same with limits of the whole body.
    #[must_use]
    pub const fn rules(self, rules: &'static [Rule<'static>]) -> Self {
        Self { rules, ..self }
    }
}

/// One API: where it is, and what its calls can be authorized with.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static API: rt::Api = rt::Api {
///     name: "zoo",
///     user_agent: "zoo-client/1.0",
///     servers: &[rt::Server::at("https://api.zoo.example")],
///     schemes: &[rt::Scheme {
///         name: "key",
///         kind: rt::SchemeKind::ApiKey { place: rt::KeyPlace::Header, name: "X-Key" },
///     }],
///     ..rt::Api::BASE
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The name of the API, for messages.
    pub name: &'static str,
    /// The `User-Agent` that is sent unless the client sets one.
    pub user_agent: &'static str,
    /// Where the document lies, when it says so itself: its relative addresses start there.
    pub document: Option<&'static str>,
    /// The servers that the document lists; the first is the default.
    pub servers: &'static [Server],
    /// The security schemes that the document defines.
    pub schemes: &'static [Scheme],
    /// The log-in operations whose answers feed security schemes.
    pub logins: &'static [Login],
}

impl Api {
    /// An API without servers and schemes.
    pub const BASE: Self =
        Self { name: "", user_agent: "clientsmith", document: None, servers: &[], schemes: &[], logins: &[] };
}

/// One server of an API.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    /// The address, with `{name}` for each variable; it may be relative.
    pub url: &'static str,
    /// The variables with their default values.
    pub variables: &'static [(&'static str, &'static str)],
    /// The values that some of them are confined to.
    pub values: &'static [(&'static str, &'static [&'static str])],
}

impl Server {
    /// A server without variables.
    #[must_use]
    pub const fn at(url: &'static str) -> Self {
        Self { url, variables: &[], values: &[] }
    }

    /// The same with these variables and their default values.
    #[must_use]
    pub const fn variables(self, variables: &'static [(&'static str, &'static str)]) -> Self {
        Self { variables, ..self }
    }

    /// The same, where variables are confined to these values.
    #[must_use]
    pub const fn values(self, values: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { values, ..self }
    }
}
