//! A request that is being put together.

use super::super::http::form::{self, FormField};
use super::super::http::{Address, Body, HeaderError};
use super::super::json::{self, Encode, Rule, Value, Violation};
use super::super::multipart::{self, Multipart, Part, PartSpec};
use super::super::stream::Wanted;
use super::super::xml::{self, XmlNode};
use super::op::Op;
use super::options::Options;
use super::payload::Payload;
use std::fmt;
use std::time::Duration;

/// The arguments of one call, without the client that will send it.
///
/// A [`Request`](super::Request) is a draft with its client. On its own a draft says how to log in:
/// generated builders give one to [`CoreBuilder::login`](super::CoreBuilder::login).
///
/// The first thing that is wrong (a value that JSON cannot hold, a header that cannot be sent) is kept, and
/// is the error of the call.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static LOG_IN: rt::Op = rt::Op {
///     id: "logIn",
///     method: "POST",
///     path: "/login",
///     body: Some(rt::BodySpec::json(true)),
///     secret: true,
///     ..rt::Op::BASE
/// };
/// let draft = rt::Draft::new(&LOG_IN).json(&rt::Value::object([("login", "ann"), ("key", "s3cret")]));
/// assert!(!format!("{draft:?}").contains("s3cret"));
/// ```
#[derive(Clone)]
pub struct Draft {
    pub(super) op: &'static Op,
    pub(super) values: Vec<Option<Value>>,
    pub(super) payload: Option<Payload>,
    pub(super) options: Options,
    /// A next address that a page gave: it stands in place of path and query.
    pub(super) address: Option<Address>,
    /// That address is asked for with GET and without a body, whatever the operation does.
    pub(super) as_get: bool,
    pub(super) problem: Option<String>,
    /// Set where the answer is read while it arrives.
    pub(super) stream: Option<Wanted>,
    /// When the arguments are to be checked: what is wrong with each, by the index of the parameter; `None` is the body.
    pub(super) violations: Option<Vec<(Option<usize>, Violation)>>,
}

impl Draft {
    /// A call of `op` with no arguments yet.
    #[must_use]
    pub fn new(op: &'static Op) -> Self {
        let values = vec![None; op.params.len()];
        Self {
            op,
            values,
            payload: None,
            options: Options::new(),
            address: None,
            as_get: false,
            problem: None,
            stream: None,
            violations: None,
        }
    }

    /// Sets the parameter at `index` of [`Op::params`]; an absent value takes it away.
    #[must_use]
    pub fn set(mut self, index: usize, value: &dyn Encode) -> Self {
        self.set_param(index, value);
        self
    }

    /// Sets the body: a value as JSON, in the operation's media type. An absent value is no body.
    #[must_use]
    pub fn json(mut self, value: &dyn Encode) -> Self {
        let media = self.media("application/json");
        self.set_json(media, value);
        self
    }

    /// Sets the body: a value as a form, written as `fields` say.
    #[must_use]
    pub fn form(mut self, fields: &[FormField], value: &dyn Encode) -> Self {
        self.check_body("application/x-www-form-urlencoded", value);
        if value.is_absent() {
            self.payload = None;
        } else if let Some(value) = self.checked_body(value) {
            self.payload = Some(Payload::new("application/x-www-form-urlencoded", form::write(&value, fields)));
        }
        self
    }

    /// Sets the body: a value as XML of this media type. An absent value is no body.
    #[must_use]
    pub fn xml(mut self, media: &'static str, root: &XmlNode, value: &dyn Encode) -> Self {
        self.check_body(media, value);
        if value.is_absent() {
            self.payload = None;
        } else if let Some(value) = self.checked_body(value) {
            match xml::write(root, &value) {
                Ok(text) => self.payload = Some(Payload::new(media, text)),
                Err(error) => self.wrong(format!("the body cannot be written: {error}")),
            }
        }
        self
    }

    /// Sets the body: a value as a form of parts, in this media type, written as `specs` say.
    #[must_use]
    pub fn multipart(mut self, media: &'static str, specs: &[PartSpec], value: &dyn Encode) -> Self {
        self.check_body(media, value);
        self.parts_or(multipart::named(media, specs, value))
    }

    /// Sets the body: parts in this order. `first` says how those at the front are written, `rest` how the others are.
    #[must_use]
    pub fn parts(
        self,
        media: &'static str,
        first: &[PartSpec],
        rest: Option<&PartSpec>,
        parts: impl IntoIterator<Item = impl Into<Part>>,
    ) -> Self {
        let parts = parts.into_iter().map(Into::into).collect();
        self.parts_or(multipart::listed(media, first, rest, parts))
    }

    fn parts_or(mut self, parts: Result<Multipart, String>) -> Self {
        match parts {
            Ok(parts) => self.payload = Some(parts.into()),
            Err(problem) => self.wrong(problem),
        }
        self
    }

    /// Sets the body: text, in the operation's media type.
    #[must_use]
    pub fn text(self, text: impl Into<Body>) -> Self {
        let media = self.media("text/plain; charset=utf-8");
        self.body(Payload::new(media, text))
    }

    /// Sets the body: bytes or a stream, in the operation's media type.
    #[must_use]
    pub fn bytes(self, bytes: impl Into<Body>) -> Self {
        let media = self.media("application/octet-stream");
        self.body(Payload::new(media, bytes))
    }

    /// Sets the body as given, in a media type of its own.
    #[must_use]
    pub fn body(mut self, payload: Payload) -> Self {
        // What has no type has no limits that are known here.
        self.check(None, &[], &None::<Value>);
        self.payload = Some(payload);
        self
    }

    /// Sets what does not come from the API's document.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    pub(super) fn set_param(&mut self, index: usize, value: &dyn Encode) {
        let Some(param) = self.op.params.get(index) else {
            return self.wrong(format!("there is no parameter {index}"));
        };
        self.check(Some(index), param.rules, value);
        let value = if value.is_absent() { None } else { self.checked(value, param.name) };
        if let Some(slot) = self.values.get_mut(index) {
            *slot = value;
        }
    }

    pub(super) fn try_body(mut self, payload: Result<Payload, json::Error>) -> Self {
        match payload {
            Ok(payload) => self.payload = Some(payload),
            Err(error) => self.wrong(format!("the body cannot be written: {}", error.without_excerpt())),
        }
        self
    }

    pub(super) fn set_json(&mut self, media: &'static str, value: &dyn Encode) {
        self.check_body(media, value);
        if value.is_absent() {
            self.payload = None;
            return;
        }
        match json::to_sent(value) {
            Ok(bytes) => self.payload = Some(Payload::new(media, bytes)),
            Err(error) => self.wrong(format!("the body cannot be written: {}", error.without_excerpt())),
        }
    }

    /// Says what the server needs to go on where a stream of events broke off (WHATWG HTML, 9.2.3).
    pub(crate) fn set_last_event_id(&mut self, id: &str) {
        if id.is_empty() {
            self.options.headers.remove("Last-Event-ID");
        } else if let Err(error) = self.options.headers.insert("Last-Event-ID", id) {
            self.options.error.get_or_insert(error);
        }
    }

    /// How long a streamed answer may pause, when the exchange has `timeout`.
    pub(super) fn pause(&self, timeout: Option<Duration>) -> Option<Duration> {
        let may_pause = self.stream.is_some_and(|stream| stream.may_pause());
        self.options.pause.or(timeout.filter(|_| !may_pause))
    }

    /// The body as free JSON, for paging that moves a value inside it.
    pub(super) fn json_body(&self) -> Value {
        self.payload.as_ref().and_then(|payload| json::from_slice(payload.as_bytes()?).ok()).unwrap_or(Value::Null)
    }

    pub(super) fn media(&self, other: &'static str) -> &'static str {
        self.op.body.map_or(other, |body| body.media)
    }

    /// A body as free JSON, without what only comes from the server.
    fn checked_body(&mut self, value: &dyn Encode) -> Option<Value> {
        json::to_sent_value(value)
            .map_err(|error| self.wrong(format!("the body cannot be written: {}", error.without_excerpt())))
            .ok()
    }

    /// The value as free JSON; what has no JSON form is a problem and not silently left out.
    fn checked(&mut self, value: &dyn Encode, what: &str) -> Option<Value> {
        let free = value.to_value();
        if free == Value::Null
            && let Err(error) = json::to_value(value)
        {
            self.wrong(format!("{what} cannot be written: {}", error.without_excerpt()));
            return None;
        }
        Some(free)
    }

    /// The limits of a body. Those in the table are of the media type there.
    fn body_rules(&self, media: &str) -> &'static [Rule<'static>] {
        self.op.body.filter(|body| body.media == media).map_or(&[], |body| body.rules)
    }

    /// Notes what is wrong with the body.
    fn check_body(&mut self, media: &str, value: &dyn Encode) {
        self.check(None, self.body_rules(media), value);
    }

    /// The same for a body of items, each of which has to keep the limits in the table; gives these where calls are checked.
    pub(super) fn check_items(&mut self, media: &str, items: Option<&dyn Encode>) -> Option<&'static [Rule<'static>]> {
        let rules = self.body_rules(media);
        match items {
            Some(items) => self.check(None, &[Rule::Items(rules)], &items),
            None => self.check(None, &[], &None::<Value>),
        }
        self.violations.is_some().then_some(rules)
    }

    /// Notes what is wrong with an argument, in place of what was wrong with the one that it replaces.
    fn check(&mut self, index: Option<usize>, rules: &[Rule<'_>], value: &dyn Encode) {
        let Some(violations) = &mut self.violations else { return };
        violations.retain(|(of, _)| *of != index);
        if value.is_absent() {
            return;
        }
        let param = index.and_then(|index| self.op.params.get(index));
        let found = json::violations(rules, value).into_iter().map(|violation| match param {
            Some(param) => violation.of_parameter(param.name),
            None => violation,
        });
        violations.extend(found.map(|violation| (index, violation)));
    }

    fn wrong(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// What keeps the draft from being sent, if anything does.
    pub(super) fn problem(&self) -> Option<String> {
        self.problem.clone().or_else(|| self.options.error.as_ref().map(HeaderError::to_string))
    }
}

/// Shows the operation and the names of the parameters that are set, and no value.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.op.params.iter().zip(&self.values).filter(|(_, value)| value.is_some());
        let names: Vec<&str> = set.map(|(param, _)| param.name).collect();
        f.debug_struct("Draft")
            .field("operation", &self.op.id)
            .field("params", &names)
            .field("body", &self.payload)
            .finish_non_exhaustive()
    }
}
