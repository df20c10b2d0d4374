//! The one way by which every call goes out and comes back.

use super::super::auth::{Plan, Shared, Target, Used};
use super::super::http::{BoxFuture, HttpRequest, HttpResponse, Pull};
use super::build::{Prepared, prepare};
use super::core::Core;
use super::draft::Draft;
use super::error::{Error, ErrorKind};
use super::op::Op;
use super::payload::Payload;
use super::reply::{Reply, Rest, essence};
use super::summary;
use std::time::Duration;

/// Redirects within one origin that are followed before the answer is taken as it is.
const REDIRECTS: usize = 5;

impl Core {
    /// Sends a call and gives its successful answer.
    pub(crate) async fn exchange(&self, draft: &Draft) -> Result<Reply, Error> {
        self.exchange_without(draft, &[]).await
    }

    /// Sends a log-in: it cannot wait for the credentials that it is to bring itself.
    ///
    /// Boxed, since it happens within an exchange.
    pub(crate) fn log_in<'a>(&'a self, draft: &'a Draft) -> BoxFuture<'a, Result<Reply, Error>> {
        Box::pin(async move {
            let fed = self.fed_by(draft.op);
            self.exchange_without(draft, &fed).await
        })
    }

    async fn exchange_without(&self, draft: &Draft, but: &[&str]) -> Result<Reply, Error> {
        let (answer, timeout, secrets) = self.answer(draft, but).await?;
        self.receive(draft.op, answer, secrets, timeout).await
    }

    /// Sends a call whose answer is read while it arrives: gives the head of a successful answer, and its body unread.
    pub(crate) async fn open(&self, draft: &Draft) -> Result<Reply, Error> {
        let op = draft.op;
        let (answer, timeout, secrets) = self.answer(draft, &[]).await?;
        if !is_success(op, answer.status()) {
            return self.receive(op, answer, secrets, timeout).await;
        }
        let media = essence(answer.headers());
        if let Some(stream) = draft.stream
            && !stream.suits(&media)
        {
            let reply = self.receive(op, answer, secrets, timeout).await?;
            let message = format!(
                "the answer ({}) is {media}, where {} was asked for; the request may have to ask for it in its own way too",
                summary::status_text(reply.status()),
                stream.accept
            );
            return Err(reply.error(ErrorKind::Decode, message));
        }
        let (status, headers, body) = answer.into_parts();
        let reply = Reply::new(op, status, headers, Vec::new(), self.now()).with_secrets(secrets);
        Ok(reply.with_rest(Rest {
            body: Pull::new(body),
            pause: draft.pause(timeout),
            limit: self.limit(),
            again: Some((self.clone(), Box::new(draft.clone()))),
        }))
    }

    /// Sends a call, twice if new credentials may help, and gives the answer with what its errors must not show.
    async fn answer(
        &self,
        draft: &Draft,
        but: &[&str],
    ) -> Result<(HttpResponse, Option<Duration>, Vec<Shared>), Error> {
        let op = draft.op;
        let prepared = prepare(self, draft)?;
        let plan = if self.site().trusts(op, &prepared.address) {
            Plan::choose(self, op, but)?
        } else {
            Plan::without_credentials(op, &prepared.address)?
        };
        let timeout = draft.options.timeout.or(self.timeout());
        let time = (timeout, draft.stream.map(|_| draft.pause(timeout)));
        let (answer, used) = self.attempt(op, &prepared, &plan, &Used::default(), time).await?;
        // Once, and only when there is something new to try, and the same body to send.
        let repeatable = prepared.payload.as_ref().is_none_or(Payload::is_repeatable);
        let (answer, used) = if answer.status() == 401 && plan.is_renewable() && repeatable {
            drop(answer);
            self.attempt(op, &prepared, &plan, &used, time).await?
        } else {
            (answer, used)
        };
        Ok((answer, timeout, used.secrets))
    }

    async fn attempt(
        &self,
        op: &'static Op,
        prepared: &Prepared,
        plan: &Plan<'_>,
        refused: &Used,
        (timeout, pause): (Option<Duration>, Option<Option<Duration>>),
    ) -> Result<(HttpResponse, Used), Error> {
        let Prepared { mut method, mut address, mut headers, mut cookies, mut payload } = prepared.clone();
        let target = Target { address: &mut address, headers: &mut headers, cookies: &mut cookies };
        let used = plan.attach(self, op, refused, target).await?;
        let no_answer = |error| {
            Error::from_transport(op.id, error, timeout).without(used.secrets.iter().map(|secret| secret.expose()))
        };
        if !cookies.is_empty() {
            let set: Vec<&str> = headers.get_all("Cookie").chain(cookies.iter().map(String::as_str)).collect();
            let joined = set.join("; ");
            let bad = |error| Error::new(ErrorKind::Request, op.id, format!("not sent: {error}"));
            headers.insert("Cookie", joined).map_err(bad)?;
        }
        let mut hops = 0;
        loop {
            let mut request = HttpRequest::new(method, address.clone()).with_headers(headers.clone());
            if let Some(payload) = &payload {
                let spent = |why| Error::new(ErrorKind::Request, op.id, format!("not sent: {why}"));
                request = request.with_body(payload.open().map_err(spent)?);
            }
            request = request.with_timeout(timeout);
            if let Some(pause) = pause {
                request = request.with_streamed_answer(pause);
            }
            let answer = self.transport().send(request).await.map_err(no_answer)?;
            let Some(next) = redirect(op, method, &answer) else { return Ok((answer, used)) };
            // A stream is gone once it was sent: the answer says where the body should have gone.
            if !next.as_get && payload.as_ref().is_some_and(|payload| !payload.is_repeatable()) {
                return Ok((answer, used));
            }
            match address.join(&next.location) {
                Ok(target) if target.same_origin(&address) && hops < REDIRECTS => address = target,
                // Another origin must not see the credentials, nor the body.
                _ => return Ok((answer, used)),
            }
            plan.follow(&used, &mut address);
            hops += 1;
            if next.as_get {
                method = "GET";
                payload = None;
                headers.remove("Content-Type");
            }
        }
    }

    async fn receive(
        &self,
        op: &'static Op,
        answer: HttpResponse,
        secrets: Vec<Shared>,
        timeout: Option<Duration>,
    ) -> Result<Reply, Error> {
        let (status, headers, body) = answer.into_parts();
        let (body, broken) = match body.collect(self.limit()).await {
            Ok(body) => (body, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let reply = Reply::new(op, status, headers, body, self.now()).with_secrets(secrets);
        match (is_success(op, status), broken) {
            (true, None) => Ok(reply),
            (false, None) => Err(refusal(&reply)),
            (true, Some(error)) => Err(Error::from_transport(op.id, error, timeout).without(reply.secrets())),
            // What became of the call is known, though not why.
            (false, Some(error)) => {
                let answered = summary::status_text(status);
                let message = format!("the server answered {answered}, and its body could not be read: {error}");
                Err(reply.error(ErrorKind::Status, message).without(reply.secrets()))
            }
        }
    }
}

fn is_success(op: &Op, status: u16) -> bool {
    (200..300).contains(&status) || op.success.contains(&status)
}

/// The error for an answer that is no success.
fn refusal(reply: &Reply) -> Error {
    let status = reply.status();
    let mut message = format!("the server answered {}", summary::status_text(status));
    let says = if reply.op().secret {
        String::new()
    } else {
        summary::of_body(reply.headers(), reply.bytes(), reply.secrets())
    };
    if (300..400).contains(&status) && reply.headers().contains("location") {
        message.push_str(
            ", a redirect that was not followed: it leads to another origin or on and on, or the body was a stream",
        );
    } else if !says.is_empty() {
        message.push_str(": ");
        message.push_str(&says);
    }
    reply.error(ErrorKind::Status, message)
}

struct Redirect {
    location: String,
    as_get: bool,
}

/// RFC 9110, 15.4: where an answer sends the request on to, and in what form.
fn redirect(op: &Op, method: &str, answer: &HttpResponse) -> Option<Redirect> {
    let status = answer.status();
    if op.success.contains(&status) {
        return None;
    }
    let safe = method == "GET" || method == "HEAD";
    let as_get = match status {
        307 | 308 => false,
        301 | 302 => !safe && method == "POST",
        303 => !safe,
        _ => return None,
    };
    // Repeating another method with another meaning is not for us to decide.
    if !safe && !as_get && !matches!(status, 307 | 308) {
        return None;
    }
    answer.headers().get("location").map(|location| Redirect { location: location.to_owned(), as_get })
}
