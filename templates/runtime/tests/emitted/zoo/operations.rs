//! The operations of the zoo, one of each form.

use clientsmith_runtime::codegen as rt;

use super::{Client, models};

// ---- path and query parameters ----

pub(crate) static GET_TRIGGER: rt::Op = rt::Op {
    id: "getTrigger",
    path: "/api/v2/triggers/{triggerId}",
    params: &[
        rt::Param::path("triggerId"),
        rt::Param::query("expand").explode(false),
        rt::Param::query("filter").style(rt::Place::Query(rt::QueryStyle::DeepObject)),
        rt::Param::header("X-Trace"),
    ],
    security: &[&["PureCloud OAuth"], &["bearer"]],
    ..rt::Op::BASE
};

/// A call of `getTrigger`.
#[must_use]
#[derive(Clone, Debug)]
pub struct GetTrigger {
    request: rt::Request,
}

impl Client {
    /// Gets a trigger.
    pub fn get_trigger(&self, trigger_id: impl Into<String>) -> GetTrigger {
        GetTrigger { request: self.core.request(&GET_TRIGGER).set(0, &trigger_id.into()) }
    }
}

impl GetTrigger {
    /// Query parameter `expand`.
    pub fn expand(mut self, expand: Vec<String>) -> Self {
        self.request = self.request.set(1, &expand);
        self
    }

    /// Header `X-Trace`.
    pub fn x_trace(mut self, x_trace: impl Into<String>) -> Self {
        self.request = self.request.set(3, &x_trace.into());
        self
    }

    /// What does not come from the document.
    pub fn options(mut self, options: rt::Options) -> Self {
        self.request = self.request.options(options);
        self
    }

    /// Sends it.
    pub fn send(self) -> rt::Call<models::Trigger> {
        self.request.call(rt::json)
    }
}

// ---- JSON body, several success types, several error types ----

pub(crate) static POST_TRIGGERS: rt::Op = rt::Op {
    id: "postTriggers",
    method: "POST",
    path: "/api/v2/triggers",
    body: Some(rt::BodySpec::json(true)),
    security: &[&["PureCloud OAuth"]],
    ..rt::Op::BASE
};

/// A call of `postTriggers`.
#[must_use]
#[derive(Clone, Debug)]
pub struct PostTriggers {
    request: rt::Request,
}

/// The answers of `postTriggers`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PostTriggersReply {
    /// 200
    Updated(models::Trigger),
    /// 201
    Created(models::Trigger),
    /// 202
    Accepted,
    /// 203, `text/plain`
    Told(String),
}

/// The errors of `postTriggers`: `error.typed::<PostTriggersError>()`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PostTriggersError {
    /// 409
    Conflict(models::Trigger),
    /// 4XX, `text/plain`
    Refused(String),
    /// default
    Other(rt::Value),
}

impl Client {
    /// Makes a trigger.
    pub fn post_triggers(&self, body: &models::Trigger) -> PostTriggers {
        PostTriggers { request: self.core.request(&POST_TRIGGERS).json(body) }
    }
}

impl PostTriggers {
    /// Sends it.
    pub fn send(self) -> rt::Call<PostTriggersReply> {
        self.request.call(|reply| match (reply.status(), &*reply.media()) {
            (201, _) => reply.json_as(PostTriggersReply::Created),
            (202, _) => reply.empty_as(PostTriggersReply::Accepted),
            (203, "text/plain") => reply.text_as(PostTriggersReply::Told),
            _ => reply.json_as(PostTriggersReply::Updated),
        })
    }
}

impl rt::ErrorBody for PostTriggersError {
    fn from_reply(reply: &rt::ErrorReply<'_>) -> Option<Self> {
        match reply.status() {
            409 => reply.json().map(Self::Conflict),
            400..=499 => reply.text().map(Self::Refused),
            _ => reply.json().map(Self::Other),
        }
    }
}

// ---- no answer body, optional JSON body ----

pub(crate) static DELETE_ROWS: rt::Op = rt::Op {
    id: "deleteRows",
    method: "DELETE",
    path: "/api/public/tables/{tableName}",
    params: &[rt::Param::path("tableName")],
    body: Some(rt::BodySpec::json(false)),
    accept: "",
    security: &[&["jwt"]],
    ..rt::Op::BASE
};

/// A call of `deleteRows`.
#[must_use]
#[derive(Clone, Debug)]
pub struct DeleteRows {
    request: rt::Request,
}

impl Client {
    /// Deletes rows.
    pub fn delete_rows(&self, table_name: impl Into<String>) -> DeleteRows {
        DeleteRows { request: self.core.request(&DELETE_ROWS).set(0, &table_name.into()) }
    }
}

impl DeleteRows {
    /// The body, which is optional.
    pub fn body(mut self, body: &rt::Value) -> Self {
        self.request = self.request.json(body);
        self
    }

    /// Sends it.
    pub fn send(self) -> rt::Call<()> {
        self.request.call(rt::none)
    }
}

// ---- paging, in every style ----

pub(crate) static LIST_TRIGGERS: rt::Op = rt::Op {
    id: "listTriggers",
    path: "/api/v2/triggers",
    params: &[rt::Param::query("after"), rt::Param::query("page"), rt::Param::query("q64")],
    ..rt::Op::BASE
};

/// `next: { address: $response.body#/nextUri }`
static LIST_TRIGGERS_PAGING: rt::Paging =
    rt::Paging { items: "/entities", next: rt::Next::address("/nextUri"), ..rt::Paging::BASE };

/// `next: { address: $response.body#/nextPage, into: $request.query.q64 }`
pub(crate) static ADDRESS_OR_CURSOR: rt::Paging = rt::Paging {
    items: "/results",
    next: rt::Next::Address { at: "/nextPage", cursor: Some(rt::Move::Param(2)) },
    ..rt::Paging::BASE
};

/// `next: { set: $request.query.after, value: $response.body#/cursor }`
pub(crate) static CURSOR: rt::Paging = rt::Paging {
    items: "/entities",
    next: rt::Next::Cursor { at: "/cursor", to: rt::Move::Param(0) },
    ..rt::Paging::BASE
};

/// `next: { set: $request.query.page, by: page, first: 0 }, until: […]`
pub(crate) static BY_PAGE: rt::Paging = rt::Paging {
    items: "/content",
    next: rt::Next::Page { to: rt::Move::Param(1), first: 0 },
    until: &["/last", "/empty"],
    ..rt::Paging::BASE
};

/// `next: { set: $request.body#/pageNumber, by: page, first: 1 }, pages: $response.body#/pageCount`
pub(crate) static BY_PAGE_IN_BODY: rt::Paging = rt::Paging {
    items: "/results",
    next: rt::Next::Page { to: rt::Move::Body("/pageNumber"), first: 1 },
    pages: Some("/pageCount"),
    ..rt::Paging::BASE
};

/// `next: { set: $request.query.page, by: offset }, more: $response.body#/hasMore`
pub(crate) static BY_OFFSET: rt::Paging = rt::Paging {
    items: "/queryResult",
    next: rt::Next::Offset { to: rt::Move::Param(1), first: 0 },
    more: Some("/hasMore"),
    ..rt::Paging::BASE
};

/// `next: { set: $request.query.after, by: last-item, from: /AuditLogId }, more: $response.body#/moreAvailable`
pub(crate) static BY_LAST_ITEM: rt::Paging = rt::Paging {
    items: "/auditlogs",
    next: rt::Next::LastItem { at: "/AuditLogId", to: rt::Move::Param(0) },
    more: Some("/moreAvailable"),
    ..rt::Paging::BASE
};

/// A call of `listTriggers`.
#[must_use]
#[derive(Clone, Debug)]
pub struct ListTriggers {
    request: rt::Request,
}

impl Client {
    /// Lists triggers.
    pub fn list_triggers(&self) -> ListTriggers {
        ListTriggers { request: self.core.request(&LIST_TRIGGERS) }
    }
}

impl ListTriggers {
    /// One page.
    pub fn send(self) -> rt::Call<models::TriggerListing> {
        self.request.call(rt::json)
    }

    /// All pages.
    pub fn pages(self) -> rt::Pages<models::TriggerListing> {
        rt::Pages::new(self.request, &LIST_TRIGGERS_PAGING)
    }

    /// The items of all pages.
    pub fn items(self) -> rt::Items<models::Trigger> {
        rt::Items::new(self.request, &LIST_TRIGGERS_PAGING)
    }
}

// ---- polling ----

pub(crate) static POST_JOBS: rt::Op = rt::Op {
    id: "postJobs",
    method: "POST",
    path: "/api/v2/jobs",
    body: Some(rt::BodySpec::json(true)),
    ..rt::Op::BASE
};

pub(crate) static GET_JOB: rt::Op =
    rt::Op { id: "getJob", path: "/api/v2/jobs/{jobId}", params: &[rt::Param::path("jobId")], ..rt::Op::BASE };

static POST_JOBS_POLLING: rt::Polling = rt::Polling {
    op: &GET_JOB,
    params: &[(0, rt::Source::Body("/id"))],
    state: "/jobState",
    done: &["Success"],
    failed: &["Failed"],
};

/// A call of `postJobs`.
#[must_use]
#[derive(Clone, Debug)]
pub struct PostJobs {
    request: rt::Request,
}

impl Client {
    /// Starts a job.
    pub fn post_jobs(&self, body: &rt::Value) -> PostJobs {
        PostJobs { request: self.core.request(&POST_JOBS).json(body) }
    }
}

impl PostJobs {
    /// Starts the job and does not wait.
    pub fn send(self) -> rt::Call<models::Job> {
        self.request.call(rt::json)
    }

    /// Starts the job and waits for its end.
    pub fn wait(self) -> rt::Call<models::Job> {
        self.wait_with(rt::Backoff::new())
    }

    /// As `wait`, in another rhythm.
    pub fn wait_with(self, backoff: rt::Backoff) -> rt::Call<models::Job> {
        self.request.wait(&POST_JOBS_POLLING, backoff, rt::json)
    }
}

// ---- log-in ----

pub(crate) static WORKSPACE_LOGIN: rt::Op = rt::Op {
    id: "workspaceLogin",
    method: "POST",
    path: "/api/v2/workspace/login",
    body: Some(rt::BodySpec::json(true)),
    secret: true,
    ..rt::Op::BASE
};

pub(crate) static LIST_RUNNERS: rt::Op = rt::Op {
    id: "listRunners",
    path: "/api/v1/insights/runners",
    security: &[&["token", "organization"]],
    ..rt::Op::BASE
};

/// A call of `listRunners`.
#[must_use]
#[derive(Clone, Debug)]
pub struct ListRunners {
    request: rt::Request,
}

impl Client {
    /// Lists runners.
    pub fn list_runners(&self) -> ListRunners {
        ListRunners { request: self.core.request(&LIST_RUNNERS) }
    }

    /// For the tests of the other styles of paging.
    pub(crate) fn walk(&self, op: &'static rt::Op, paging: &'static rt::Paging) -> rt::Items<rt::Value> {
        rt::Items::new(self.core.request(op), paging)
    }
}

impl ListRunners {
    /// Sends it.
    pub fn send(self) -> rt::Call<Vec<rt::Value>> {
        self.request.call(rt::json)
    }
}
