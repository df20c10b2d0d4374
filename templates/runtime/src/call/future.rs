//! The future of a call.

use super::super::http::BoxFuture;
use super::error::Error;
use super::reply::Reply;
use super::response::Response;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A call under way: a future of `Result<Response<T>, Error>`.
///
/// It is one concrete type for all operations: what differs between them is a function pointer, so an
/// operation costs no state machine of its own. Nothing is sent until it is awaited; dropping it gives up.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::call::{Call, Error};
///
/// async fn name(call: Call<String>) -> Result<String, Error> {
///     let response = call.await?;
///     println!("status {}", response.status());
///     Ok(response.into_body())
/// }
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    running: BoxFuture<'static, Result<Reply, Error>>,
    read: fn(Reply) -> Result<Response<T>, Error>,
}

impl<T> Call<T> {
    pub(crate) fn new(
        running: BoxFuture<'static, Result<Reply, Error>>,
        read: fn(Reply) -> Result<Response<T>, Error>,
    ) -> Self {
        Self { running, read }
    }
}

impl<T> Future for Call<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        self.running.as_mut().poll(context).map(|reply| reply.and_then(read))
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Call")
    }
}
