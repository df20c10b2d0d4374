//! What the tables point at: one instance for each type, none for each operation.

use super::super::call::{self, Error, ErrorBody, ErrorKind, Reply, Request, Response};
use super::super::json::{self, Decode, Encode, Value};
use super::show::{Pending, Shown};

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
/// When the value is not what the type can hold.
pub(super) fn json_body<T: Decode + Encode + Default>(
    request: Request,
    media: &'static str,
    value: &Value,
) -> Result<Request, json::Error> {
    Ok(request.json_as(media, &json::from_value::<T>(value)?))
}

/// Decodes a value into a type of the models.
///
/// # Errors
///
/// When the value is not what the type can hold.
pub fn model<T: Decode + Default>(value: &Value) -> Result<T, json::Error> {
    json::from_value(value)
}
