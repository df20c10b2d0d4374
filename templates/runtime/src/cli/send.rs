//! What the tables point at: one instance for each type, none for each operation.

use super::super::call::{self, Error, ErrorBody, ErrorKind, Reply, Request, Response};
use super::super::json::{self, Decode, Encode};
use super::given::{Given, NAMED};
use super::show::{Pending, Shown};
use std::fmt;

/// Sends a request and reads its answer with `read`, which chooses by status and media type.
#[must_use]
pub fn send(request: Request, read: fn(Reply) -> Result<Response<Shown>, Error>) -> Pending {
    Box::pin(request.call(read))
}

/// Sends a request whose answer is JSON of this type.
#[must_use]
pub fn json<T: Decode + Encode + Default + 'static>(request: Request) -> Pending {
    send(request, read_json::<T>)
}

/// Sends a request whose answer is text.
#[must_use]
pub fn text(request: Request) -> Pending {
    send(request, read_text)
}

/// Sends a request whose answer is bytes.
#[must_use]
pub fn bytes(request: Request) -> Pending {
    send(request, read_bytes)
}

/// Sends a request whose answer has no body.
#[must_use]
pub fn none(request: Request) -> Pending {
    send(request, read_none)
}

/// Reads an answer as JSON of this type.
///
/// # Errors
///
/// As [`call::json`].
pub fn read_json<T: Decode + Encode + Default>(reply: Reply) -> Result<Response<Shown>, Error> {
    let operation = reply.op().id;
    let response = call::json::<T>(reply)?;
    match Shown::json(response.body()) {
        Ok(shown) => Ok(response.map(|_| shown)),
        Err(error) => Err(Error::new(ErrorKind::Decode, operation, format!("the answer cannot be shown: {error}"))),
    }
}

/// Reads an answer as text.
///
/// # Errors
///
/// As [`call::text`].
pub fn read_text(reply: Reply) -> Result<Response<Shown>, Error> {
    Ok(call::text(reply)?.map(Shown::Text))
}

/// Reads an answer as bytes.
///
/// # Errors
///
/// As [`call::bytes`].
pub fn read_bytes(reply: Reply) -> Result<Response<Shown>, Error> {
    Ok(call::bytes(reply)?.map(Shown::Bytes))
}

/// Reads an answer without a body.
///
/// # Errors
///
/// As [`call::none`].
pub fn read_none(reply: Reply) -> Result<Response<Shown>, Error> {
    Ok(call::none(reply)?.map(|()| Shown::Empty))
}

/// The body of an error answer, as this type.
#[must_use]
pub fn error<T: ErrorBody + Encode>(error: &Error) -> Option<Shown> {
    Shown::json(&error.typed::<T>()?).ok()
}

/// The body of an error answer, by its status, as this enum.
#[must_use]
pub fn error_case<T: ErrorBody + ErrorCase>(error: &Error) -> Option<Shown> {
    error.typed::<T>()?.shown()
}

/// An enum of error bodies that can be shown.
pub trait ErrorCase {
    /// The body, as its type writes it; nothing where it cannot be written.
    fn shown(&self) -> Option<Shown>;
}

/// For operations that declare no error bodies.
#[must_use]
pub(super) fn no_error(_: &Error) -> Option<Shown> {
    None
}

/// Decodes a value into a type and sets it as a JSON body.
///
/// # Errors
///
/// As [`model`].
pub(super) fn json_body<T: Decode + Encode + Default>(
    request: Request,
    media: &'static str,
    value: &Given<'_>,
) -> Result<Request, Unfit> {
    Ok(request.json_as(media, &model::<T>(value)?))
}

/// Decodes a list of values into a type and sets them as JSON Lines.
///
/// # Errors
///
/// As [`model`].
pub(super) fn lines_body<T: Decode + Encode + Default + 'static>(
    request: Request,
    media: &'static str,
    items: &Given<'_>,
) -> Result<Request, Unfit> {
    Ok(request.lines_body(media, model::<Vec<T>>(items)?))
}

/// The same as a JSON text sequence.
///
/// # Errors
///
/// As [`model`].
pub(super) fn sequence_body<T: Decode + Encode + Default + 'static>(
    request: Request,
    media: &'static str,
    items: &Given<'_>,
) -> Result<Request, Unfit> {
    Ok(request.sequence_body(media, model::<Vec<T>>(items)?))
}

/// Decodes a value into a type of the models that is sent.
///
/// # Errors
///
/// When the value is not what the type can hold, or has members that would not be sent.
pub fn model<T: Decode + Encode + Default>(value: &Given<'_>) -> Result<T, Unfit> {
    let mut model = T::default();
    value.read(&mut model).map_err(Unfit)?;
    Unfit::unless_sent(&model)?;
    Ok(model)
}

/// Why a value cannot be a body. It does not show the value, which may hold secrets.
#[derive(Debug)]
pub struct Unfit(String);

impl Unfit {
    /// A program that reads a value, changes it and puts it back relies on `readOnly` members being left out. Here someone
    /// wrote them down, or changed one in what was read, and would take a success as a sign that they arrived.
    fn unless_sent(model: &dyn Encode) -> Result<(), Self> {
        let (mut paths, count) = json::not_sent(model, NAMED);
        if count == 0 {
            return Ok(());
        }
        if count > paths.len() {
            paths.push(format!("and {} more", count - paths.len()));
        }
        Err(Self(format!("only the server sets what is `readOnly`, it is not sent; leave out {}", paths.join(", "))))
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
