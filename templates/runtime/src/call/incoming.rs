//! Requests that a server sends: webhooks and callbacks.

use super::super::http::Headers;
use super::error::Error;
use super::op::Op;
use super::reply::Reply;
use super::response::Response;
use std::time::SystemTime;

/// Reads the body of a request that came in, as its description `hook` has it.
///
/// Generated functions wrap it, one for each webhook and callback. It does not check who sent the request: signatures
/// are the business of whoever receives it, over the bytes as they came.
///
/// # Errors
///
/// When the body is not what the description says: kind [`Decode`](super::ErrorKind::Decode).
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// static NEW_PET: rt::Op = rt::Op { id: "newPet", ..rt::Op::HOOK };
///
/// let headers: rt::Headers = [("Content-Type", "application/json")].into_iter().collect();
/// let pet: rt::Value = rt::incoming(&NEW_PET, &headers, br#"{"id": 1}"#, rt::json)?;
/// assert_eq!(pet.to_string(), r#"{"id":1}"#);
/// let error = rt::incoming::<rt::Value>(&NEW_PET, &headers, b"", rt::json).unwrap_err();
/// assert_eq!(error.to_string(), "newPet: the request has no body where JSON is expected");
/// # Ok::<(), rt::Error>(())
/// ```
pub fn incoming<T>(
    hook: &'static Op,
    headers: &Headers,
    body: &[u8],
    read: fn(Reply) -> Result<Response<T>, Error>,
) -> Result<T, Error> {
    read(Reply::new(hook, REQUEST, headers.clone(), body.to_vec(), SystemTime::UNIX_EPOCH)).map(Response::into_body)
}

/// The status of what is no answer but a request.
pub(super) const REQUEST: u16 = 0;
