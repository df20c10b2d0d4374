//! How the next page is told from this one.

use super::super::json::{Number, Value};
use super::build;
use super::core::Core;
use super::draft::Draft;
use super::error::{Error, ErrorKind};
use super::probe::{last_item, value_at};
use super::reply::Reply;
use std::collections::BTreeSet;

/// The way in which an operation gives its answer in pages.
///
/// All places in an answer are JSON pointers. [`Paging::BASE`] has the usual values.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static BY_CURSOR: rt::Paging = rt::Paging { items: "/entities", next: rt::Next::address("/nextUri"), ..rt::Paging::BASE };
/// static BY_PAGE: rt::Paging = rt::Paging {
///     items: "/content",
///     next: rt::Next::Page { to: rt::Move::Param(0), first: 0 },
///     until: &["/last", "/empty"],
///     ..rt::Paging::BASE
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// The array of items; the empty pointer when the answer is the array.
    pub items: &'static str,
    /// Where the next page is.
    pub next: Next,
    /// Go on only while the boolean here is true.
    pub more: Option<&'static str>,
    /// Stop when one of the booleans here is true.
    pub until: &'static [&'static str],
    /// Stop when as many pages as the number here were read.
    pub pages: Option<&'static str>,
}

impl Paging {
    /// An answer that is one array and has no further page.
    pub const BASE: Self = Self { items: "", next: Next::End, more: None, until: &[], pages: None };
}

/// Where the next page is.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    /// There is none.
    End,
    /// An address in the answer, followed as it is given; absent, empty or `null` is the end.
    Address {
        /// Where the address is.
        at: &'static str,
        /// When it is not an address but a bare cursor (no `/` and no `?`), it goes here.
        cursor: Option<Move>,
    },
    /// An address in the answer that is asked for with GET and without a body, whatever the first request was; absent,
    /// empty or `null` is the end.
    Link {
        /// Where the address is.
        at: &'static str,
    },
    /// A cursor in the answer; absent, empty or `null` is the end.
    Cursor {
        /// Where the cursor is.
        at: &'static str,
        /// Where it goes.
        to: Move,
    },
    /// The number of the page, one more each time.
    Page {
        /// Where it goes.
        to: Move,
        /// The first page, when the call names none.
        first: i64,
    },
    /// The number of items to skip: as many more as this page has.
    Offset {
        /// Where it goes.
        to: Move,
        /// The start, when the call names none.
        first: i64,
    },
    /// A value of the last item of this page.
    LastItem {
        /// Where it is in the item.
        at: &'static str,
        /// Where it goes.
        to: Move,
    },
}

impl Next {
    /// An address in the answer that never is a bare cursor.
    #[must_use]
    pub const fn address(at: &'static str) -> Self {
        Self::Address { at, cursor: None }
    }
}

/// The part of a request that moves from page to page.
#[derive(Clone, Copy, Debug)]
pub enum Move {
    /// The parameter at this index of [`Op::params`](super::Op::params).
    Param(usize),
    /// The value at this JSON pointer of the body.
    Body(&'static str),
}

/// A walk through pages: what was seen, and how to get on.
pub(super) struct Walk {
    core: Core,
    paging: &'static Paging,
    /// Addresses and cursors that were used: one that comes again would go on for ever.
    seen: BTreeSet<String>,
}

impl Walk {
    pub(super) fn new(core: Core, paging: &'static Paging) -> Self {
        Self { core, paging, seen: BTreeSet::new() }
    }

    pub(super) fn core(&self) -> &Core {
        &self.core
    }

    pub(super) fn items(&self) -> &'static str {
        self.paging.items
    }

    /// The request for the page after `reply`, which answered `sent`; `None` at the end.
    pub(super) fn next(&mut self, sent: &Draft, reply: &Reply) -> Result<Option<Box<Draft>>, Error> {
        let goes_on = self.goes_on(sent, reply)?;
        if goes_on == Some(false) {
            return Ok(None);
        }
        match self.paging.next {
            Next::End => Ok(None),
            Next::Address { at, cursor } => match text_at(reply, at)? {
                None => Ok(None),
                Some(text) => self.follow(sent, reply, &text, cursor).map(Some),
            },
            Next::Link { at } => match text_at(reply, at)? {
                None => Ok(None),
                Some(text) => {
                    let mut draft = self.follow(sent, reply, &text, None)?;
                    draft.as_get = draft.op.method != "HEAD";
                    Ok(Some(draft))
                }
            },
            Next::Cursor { at, to } => match text_at(reply, at)? {
                None => Ok(None),
                Some(text) => self.with_cursor(sent, reply, &text, to).map(Some),
            },
            Next::Page { to, first } => {
                let empty = goes_on.is_none() && last_item(reply, self.paging.items)?.0 == 0;
                let next = current(sent, to).unwrap_or(first).saturating_add(1);
                if empty { Ok(None) } else { moved(sent, reply, to, number_like(sent, to, next)).map(Some) }
            }
            Next::Offset { to, first } => {
                let (count, _) = last_item(reply, self.paging.items)?;
                match (count, goes_on) {
                    (0, Some(true)) => Err(paging(reply, "the answer says that more follows, but it has no items")),
                    (0, _) => Ok(None),
                    _ => {
                        let step = i64::try_from(count).unwrap_or(i64::MAX);
                        let next = current(sent, to).unwrap_or(first).saturating_add(step);
                        moved(sent, reply, to, number_like(sent, to, next)).map(Some)
                    }
                }
            }
            Next::LastItem { at, to } => {
                let (count, last) = last_item(reply, self.paging.items)?;
                let text = last.as_ref().and_then(|item| item.pointer(at)).and_then(text_of);
                match (count, text, goes_on) {
                    (0, _, Some(true)) => Err(paging(reply, "the answer says that more follows, but it has no items")),
                    (0, _, _) => Ok(None),
                    (_, Some(text), _) => self.with_cursor(sent, reply, &text, to).map(Some),
                    (_, None, _) => Err(paging(reply, &format!("the last item has no value at {at}"))),
                }
            }
        }
    }

    /// What the answer says about further pages; `None` when it says nothing.
    fn goes_on(&self, sent: &Draft, reply: &Reply) -> Result<Option<bool>, Error> {
        let mut says = None;
        for pointer in self.paging.until {
            match value_at(reply, pointer)?.as_ref().and_then(Value::as_bool) {
                Some(true) => return Ok(Some(false)),
                Some(false) => says = Some(true),
                None => {}
            }
        }
        if let Some(pointer) = self.paging.more
            && let Some(more) = value_at(reply, pointer)?.as_ref().and_then(Value::as_bool)
        {
            says = Some(more);
        }
        if says != Some(false)
            && let (Some(pointer), Next::Page { to, first }) = (self.paging.pages, self.paging.next)
            && let Some(pages) = value_at(reply, pointer)?.as_ref().and_then(Value::as_i64)
        {
            let read = current(sent, to).unwrap_or(first).saturating_sub(first).saturating_add(1);
            says = Some(read < pages);
        }
        Ok(says)
    }

    fn follow(&mut self, sent: &Draft, reply: &Reply, text: &str, cursor: Option<Move>) -> Result<Box<Draft>, Error> {
        if let Some(to) = cursor
            && !text.contains(['/', '?'])
        {
            return self.with_cursor(sent, reply, text, to);
        }
        let here = build::target(&self.core, sent).map_err(|problem| paging(reply, &problem))?;
        let next = here.join(text).map_err(|error| paging(reply, &format!("the address of the next page: {error}")))?;
        if !next.same_origin(&here) && !self.core.site().trusts(sent.op, &next) {
            let message = format!("the next page is at {}, where the credentials must not go", next.origin());
            return Err(paging(reply, &message));
        }
        self.seen.insert(here.to_string());
        self.once(reply, next.to_string())?;
        let mut draft = Box::new(sent.clone());
        draft.address = Some(next);
        Ok(draft)
    }

    fn with_cursor(&mut self, sent: &Draft, reply: &Reply, text: &str, to: Move) -> Result<Box<Draft>, Error> {
        self.once(reply, text.to_owned())?;
        moved(sent, reply, to, Value::from(text))
    }

    fn once(&mut self, reply: &Reply, text: String) -> Result<(), Error> {
        if self.seen.insert(text) {
            return Ok(());
        }
        Err(paging(reply, "the answer leads to a page that was read already"))
    }
}

fn paging(reply: &Reply, message: &str) -> Error {
    reply.error(ErrorKind::Paging, message)
}

/// A text or number at a pointer of the answer; `None` when it is absent, empty or `null`.
fn text_at(reply: &Reply, pointer: &str) -> Result<Option<String>, Error> {
    Ok(value_at(reply, pointer)?.as_ref().and_then(text_of))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The value that was sent in the part that moves.
fn sent_value(sent: &Draft, to: Move) -> Option<Value> {
    match to {
        Move::Param(index) => sent.values.get(index).cloned().flatten(),
        Move::Body(pointer) => sent.json_body().pointer(pointer).cloned(),
    }
}

fn current(sent: &Draft, to: Move) -> Option<i64> {
    match sent_value(sent, to)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A number, or its text where the call had a text.
fn number_like(sent: &Draft, to: Move, number: i64) -> Value {
    match sent_value(sent, to) {
        Some(Value::String(_)) => Value::from(number.to_string()),
        _ => Value::Number(Number::from(number)),
    }
}

/// The same request with `value` in the part that moves.
fn moved(sent: &Draft, reply: &Reply, to: Move, value: Value) -> Result<Box<Draft>, Error> {
    let mut draft = Box::new(sent.clone());
    draft.address = None;
    match to {
        Move::Param(index) => {
            let slot = draft.values.get_mut(index);
            *slot.ok_or_else(|| paging(reply, "the parameter that moves does not exist"))? = Some(value);
        }
        Move::Body(pointer) => {
            let mut body = draft.json_body();
            body.set_pointer(pointer, value).map_err(|error| paging(reply, &error.to_string()))?;
            let media = draft.media("application/json");
            draft.set_json(media, &body);
        }
    }
    Ok(draft)
}
