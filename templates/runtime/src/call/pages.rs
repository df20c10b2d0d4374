//! Streams of pages and of items.

use super::super::http::{BoxFuture, Headers};
use super::super::json::Decode;
use super::super::stream::ItemStream;
use super::draft::Draft;
use super::error::Error;
use super::future::Call;
use super::paging::{Paging, Walk};
use super::probe::items_at;
use super::reply::Reply;
use super::request::Request;
use super::response::Response;
use futures_core::Stream;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type Exchange = BoxFuture<'static, Result<(Reply, Box<Draft>), Error>>;

/// What comes next in a walk.
enum Step {
    Send(Box<Draft>),
    Wait(Exchange),
    /// The page before was good, but there is no way on.
    Fail(Error),
    End,
}

/// The part of both streams that does not depend on a type.
struct Walker {
    walk: Walk,
    step: Step,
}

impl Walker {
    fn new(request: Request, paging: &'static Paging) -> Self {
        let (core, draft) = request.into_parts();
        Self { walk: Walk::new(core, paging), step: Step::Send(draft) }
    }

    /// The next answer; after an error there is none.
    fn poll_reply(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Reply, Error>>> {
        loop {
            match std::mem::replace(&mut self.step, Step::End) {
                Step::End => return Poll::Ready(None),
                Step::Fail(error) => return Poll::Ready(Some(Err(error))),
                Step::Send(draft) => {
                    let core = self.walk.core().clone();
                    self.step = Step::Wait(Box::pin(async move { Ok((core.exchange(&draft).await?, draft)) }));
                }
                Step::Wait(mut exchange) => match exchange.as_mut().poll(context) {
                    Poll::Pending => {
                        self.step = Step::Wait(exchange);
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Ok((reply, draft))) => {
                        self.step = match self.walk.next(&draft, &reply) {
                            Ok(Some(draft)) => Step::Send(draft),
                            Ok(None) => Step::End,
                            Err(error) => Step::Fail(error),
                        };
                        return Poll::Ready(Some(Ok(reply)));
                    }
                },
            }
        }
    }

    fn stop(&mut self) {
        self.step = Step::End;
    }
}

/// The pages of an answer, each with its status and headers: a stream of `Result<Response<P>, Error>`.
///
/// A page is asked for when it is wanted. The stream ends after the last page, or after an error.
///
/// # Example
///
/// ```no_run
/// # async fn example(mut pages: clientsmith_runtime::call::Pages<Vec<u32>>) -> Result<(), clientsmith_runtime::call::Error> {
/// while let Some(page) = pages.next().await {
///     println!("{} items", page?.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct Pages<P> {
    walker: Walker,
    read: fn(Reply) -> Result<Response<P>, Error>,
}

impl<P: Decode + Default> Pages<P> {
    /// The pages that `request` starts.
    pub fn new(request: Request, paging: &'static Paging) -> Self {
        Self { walker: Walker::new(request, paging), read: super::reply::json }
    }
}

impl<P> Pages<P> {
    /// The next page; `None` at the end.
    ///
    /// # Errors
    ///
    /// What a call can fail with; kind [`Paging`](super::ErrorKind::Paging) when there is no way on.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All pages.
    ///
    /// # Errors
    ///
    /// The first error that a page gives.
    pub async fn try_collect(mut self) -> Result<Vec<Response<P>>, Error> {
        let mut all = Vec::new();
        while let Some(page) = self.next().await {
            all.push(page?);
        }
        Ok(all)
    }
}

impl<P> Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.walker.poll_reply(context)).map(|reply| reply.and_then(self.read));
        if let Some(Err(_)) = &page {
            self.walker.stop();
        }
        Poll::Ready(page)
    }
}

/// The items of all pages, or of one answer that is a list: a stream of `Result<T, Error>`.
///
/// A page is asked for when the items before it are used up. The stream ends after the last item, or after
/// an error. The items of a list are read one by one while it arrives, however long it is; one that cannot be decoded is
/// an error that carries its text, and the stream goes on after it.
///
/// # Example
///
/// ```no_run
/// # async fn example(items: clientsmith_runtime::call::Items<String>) -> Result<(), clientsmith_runtime::call::Error> {
/// let names = items.try_collect().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct Items<T> {
    source: Source<T>,
    head: Option<(u16, Headers)>,
}

enum Source<T> {
    Pages { walker: Walker, ready: std::vec::IntoIter<T>, read: fn(&Reply, &'static str) -> Result<Vec<T>, Error> },
    Call(Call<ItemStream<T>>),
    List(ItemStream<T>),
    End,
}

impl<T: Decode + Default> Items<T> {
    /// The items of the pages that `request` starts.
    pub fn new(request: Request, paging: &'static Paging) -> Self {
        let walker = Walker::new(request, paging);
        Self { source: Source::Pages { walker, ready: Vec::new().into_iter(), read: items_at }, head: None }
    }

    /// The elements of the JSON array that `request` is answered with.
    pub fn of_list(request: Request) -> Self {
        Self { source: Source::Call(request.elements()), head: None }
    }
}

impl<T> Items<T> {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// What a call can fail with; kind [`Paging`](super::ErrorKind::Paging) when there is no way on.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Status and header fields of the answer that the last item came with; `None` before the first answer.
    pub fn head(&self) -> Option<(u16, &Headers)> {
        self.head.as_ref().map(|(status, headers)| (*status, headers))
    }

    /// All items of all pages.
    ///
    /// # Errors
    ///
    /// The first error that a page gives.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
            if let Source::Pages { ready, .. } = &mut self.source {
                all.extend(ready);
            }
        }
        Ok(all)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            match &mut self.source {
                Source::End => return Poll::Ready(None),
                Source::List(items) => return items.poll_item(context),
                Source::Call(call) => match ready!(Pin::new(call).poll(context)) {
                    Ok(answer) => {
                        self.head = Some((answer.status(), answer.headers().clone()));
                        self.source = Source::List(answer.into_body());
                    }
                    Err(error) => {
                        self.source = Source::End;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                Source::Pages { walker, ready, read } => {
                    if let Some(item) = ready.next() {
                        return Poll::Ready(Some(Ok(item)));
                    }
                    let items = match ready!(walker.poll_reply(context)) {
                        None => return Poll::Ready(None),
                        Some(reply) => reply.and_then(|reply| {
                            self.head = Some((reply.status(), reply.headers().clone()));
                            read(&reply, walker.walk.items())
                        }),
                    };
                    match items {
                        Ok(items) => *ready = items.into_iter(),
                        Err(error) => {
                            self.source = Source::End;
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                }
            }
        }
    }
}

// Nothing in the stream is pinned in place: items are only handed on.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
