//! Operations, and requests that come in.

use super::{Body, Doc, NameHint, Need, OpId, Origin, Paging, Param, Replies, Server, TagId};

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId` where it is its own, or a stable text from method and path.
    pub id: String,
    /// `operationId` as written.
    pub given: Option<String>,
    /// Method and path as written: what tells it from others from run to run.
    pub place: String,
    /// What the names of method and request type are made from.
    pub hint: NameHint,
    /// HTTP method in capitals.
    pub method: String,
    /// Path template as written, without query or fragment.
    pub path: String,
    /// Its group.
    pub tag: TagId,
    /// Parameters: path ones in template order, then the others in document order.
    pub params: Vec<Param>,
    /// Request body.
    pub body: Option<Body>,
    /// All answers.
    pub replies: Replies,
    /// Security: OR of ANDs. Empty: none needed. An empty inner list: none needed either way.
    pub security: Vec<Vec<Need>>,
    /// Servers of its own, which it has in place of the API's.
    pub servers: Vec<Server>,
    /// How to walk its pages.
    pub paging: Option<Paging>,
    /// How to wait for the job that it starts.
    pub polling: Option<Polling>,
    /// What it provides to other calls as a log-in.
    pub login: Option<Login>,
    /// Permissions that the caller needs.
    pub permissions: Option<Permissions>,
    /// Prose.
    pub doc: Doc,
    /// Place in the document.
    pub origin: Origin,
}

/// A request that the server sends to an address that it was given.
#[derive(Clone, Debug)]
pub struct Hook {
    /// Its key under `webhooks` or `callbacks`.
    pub name: String,
    /// What the name of its function is made from.
    pub hint: NameHint,
    /// HTTP method in capitals.
    pub method: String,
    /// Who makes the server send it; webhooks are set up outside of the API.
    pub caller: Option<Caller>,
    /// What comes along in headers and in the query.
    pub params: Vec<Param>,
    /// Its body.
    pub body: Option<Body>,
    /// Prose.
    pub doc: Doc,
    /// Place in the document.
    pub origin: Origin,
}

/// The operation behind a callback.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The operation.
    pub operation: OpId,
    /// Runtime expression of the address that the server calls.
    pub address: String,
}

/// Permissions that a caller needs (`x-clientsmith-permissions`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permissions {
    /// One of these.
    pub any: Vec<String>,
    /// All of these.
    pub all: Vec<String>,
    /// In words.
    pub note: Option<String>,
}

/// How to wait for a job (`x-clientsmith-polling`).
#[derive(Clone, Debug, PartialEq)]
pub struct Polling {
    /// The operation that tells the state.
    pub operation: OpId,
    /// Index of its parameter and the pointer into the answer that started the job.
    pub parameters: Vec<(usize, String)>,
    /// Pointer to the state.
    pub state: String,
    /// States that are a success.
    pub done: Vec<String>,
    /// States that are a failure.
    pub failed: Vec<String>,
}

/// What a log-in operation provides (`x-clientsmith-login`).
#[derive(Clone, Debug, PartialEq)]
pub struct Login {
    /// Security scheme and the pointer into the answer.
    pub provides: Vec<(String, String)>,
}
