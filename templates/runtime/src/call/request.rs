//! A request with its client: what generated methods hold.

use super::super::http::form::FormField;
use super::super::http::{Body, BoxFuture};
use super::super::json::{self, Encode, Rule};
use super::super::multipart::{Part, PartSpec};
use super::super::stream::Wanted;
use super::super::xml::XmlNode;
use super::backoff::Backoff;
use super::core::Core;
use super::draft::Draft;
use super::error::Error;
use super::future::Call;
use super::op::Op;
use super::options::Options;
use super::payload::Payload;
use super::polling::{Polling, poll};
use super::reply::Reply;
use super::response::Response;
use std::fmt;

/// One call that is being put together: the arguments so far, and the client that will send it.
///
/// Generated request types wrap it. Nothing happens until [`call`](Self::call).
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
///     ..rt::Op::BASE
/// };
///
/// async fn get_pet(core: &rt::Core, id: &str) -> Result<rt::Response<rt::Value>, rt::Error> {
///     core.request(&GET_PET).set(0, &id).set(1, &vec!["owner"]).call(rt::json).await
/// }
/// ```
#[must_use]
#[derive(Clone)]
pub struct Request {
    core: Core,
    /// On the heap, so that setters, which move the request, move two words.
    draft: Box<Draft>,
}

impl Request {
    pub(super) fn new(core: Core, op: &'static Op) -> Self {
        let mut draft = Box::new(Draft::new(op));
        draft.violations = core.checks().then(Vec::new);
        Self { core, draft }
    }

    /// Sets the parameter at `index` of [`Op::params`]; an absent value takes it away.
    pub fn set(mut self, index: usize, value: &dyn Encode) -> Self {
        self.draft.set_param(index, value);
        self
    }

    /// Sets the body: a value as JSON, in the operation's media type. An absent value is no body.
    pub fn json(mut self, value: &dyn Encode) -> Self {
        let media = self.draft.media("application/json");
        self.draft.set_json(media, value);
        self
    }

    /// Sets the body: a value as JSON under another of the operation's media types. An absent value is no body.
    pub fn json_as(mut self, media: &'static str, value: &dyn Encode) -> Self {
        self.draft.set_json(media, value);
        self
    }

    /// Sets the body: a value as a form, written as `fields` say.
    pub fn form(self, fields: &[FormField], value: &dyn Encode) -> Self {
        self.change(|draft| draft.form(fields, value))
    }

    /// Sets the body: a value as XML of this media type. An absent value is no body.
    pub fn xml(self, media: &'static str, root: &XmlNode, value: &dyn Encode) -> Self {
        self.change(|draft| draft.xml(media, root, value))
    }

    /// Sets the body: a value as a form of parts, in this media type, written as `specs` say.
    pub fn multipart(self, media: &'static str, specs: &[PartSpec], value: &dyn Encode) -> Self {
        self.change(|draft| draft.multipart(media, specs, value))
    }

    /// Sets the body: parts in this order. `first` says how those at the front are written, `rest` how the others are.
    pub fn parts(
        self,
        media: &'static str,
        first: &[PartSpec],
        rest: Option<&PartSpec>,
        parts: impl IntoIterator<Item = impl Into<Part>>,
    ) -> Self {
        self.change(|draft| draft.parts(media, first, rest, parts))
    }

    /// Sets the body: text, in the operation's media type.
    pub fn text(self, text: impl Into<Body>) -> Self {
        let text = text.into();
        self.change(|draft| draft.text(text))
    }

    /// Sets the body: bytes or a stream, in the operation's media type.
    pub fn bytes(self, bytes: impl Into<Body>) -> Self {
        let bytes = bytes.into();
        self.change(|draft| draft.bytes(bytes))
    }

    /// Sets the body as given, in a media type of its own.
    pub fn body(self, payload: Payload) -> Self {
        self.change(|draft| draft.body(payload))
    }

    /// Sets the body, or keeps why it cannot be written as the error of the call.
    pub(crate) fn try_body(self, payload: Result<Payload, json::Error>) -> Self {
        self.change(|draft| draft.try_body(payload))
    }

    /// Sets what does not come from the API's document.
    pub fn options(self, options: Options) -> Self {
        self.change(|draft| draft.options(options))
    }

    /// Sends the request; `read` turns a successful answer into what the call gives.
    ///
    /// What is wrong with the arguments is the error of the call, and nothing is sent then.
    pub fn call<T>(self, read: fn(Reply) -> Result<Response<T>, Error>) -> Call<T> {
        Call::new(self.start(), read)
    }

    /// Sends the request, which starts a job, and waits until the job is done.
    pub fn wait<T>(
        self,
        polling: &'static Polling,
        backoff: Backoff,
        read: fn(Reply) -> Result<Response<T>, Error>,
    ) -> Call<T> {
        Call::new(self.follow(polling, backoff), read)
    }

    /// Not generic, so that a program has one state machine for all calls.
    fn start(self) -> BoxFuture<'static, Result<Reply, Error>> {
        let Self { core, draft } = self;
        Box::pin(async move { core.exchange(&draft).await })
    }

    /// Checks the items of a body that are all there, and gives the rules for those that are not, where calls are checked.
    pub(crate) fn check_items(
        mut self,
        media: &'static str,
        items: Option<&dyn Encode>,
    ) -> (Self, Option<&'static [Rule<'static>]>) {
        let rules = self.draft.check_items(media, items);
        (self, rules)
    }

    /// As `start`, for an answer that is read while it arrives.
    pub(crate) fn start_stream(mut self, wanted: Wanted) -> BoxFuture<'static, Result<Reply, Error>> {
        self.draft.stream = Some(wanted);
        let Self { core, draft } = self;
        Box::pin(async move { core.open(&draft).await })
    }

    fn follow(self, polling: &'static Polling, backoff: Backoff) -> BoxFuture<'static, Result<Reply, Error>> {
        Box::pin(poll(self.core, self.draft, polling, backoff))
    }

    pub(super) fn into_parts(self) -> (Core, Box<Draft>) {
        (self.core, self.draft)
    }

    fn change(self, change: impl FnOnce(Draft) -> Draft) -> Self {
        Self { core: self.core, draft: Box::new(change(*self.draft)) }
    }
}

/// Shows the operation and the names of the parameters that are set, and no value.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
