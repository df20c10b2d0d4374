//! The names that generated code uses, and nothing else does.
//!
//! Generated modules import this one as `rt`.

pub use super::auth::{
    Authorization, AuthorizationCode, ClientCredentials, Credential, DeviceCode, DeviceLogIn, JwtSigner, KeyPlace,
    Login, PasswordGrant, Scheme, SchemeKind, Tokens,
};
pub use super::call::{
    Api, Backoff, BodySpec, Call, Core, CoreBuilder, Draft, Error, ErrorBody, ErrorKind, ErrorReply, Items, Move, Next,
    Op, Options, Pages, Paging, Param, Payload, Polling, Reply, Request, Response, Server, Source, TypedHeaders, bytes,
    error_as, incoming, json, none, text,
};
#[cfg(feature = "cli")]
pub use super::cli;
pub use super::formats::{
    Base64, Base64Url, CommaList, Date, DateTime, DecimalText, HttpDate, IntegerText, IsoDuration, JsonText, LineList,
    LocalDateTime, Milliseconds, PipeList, Seconds, Secret, SpaceList, Time, UnixTime, Uuid,
};
pub use super::http::form::FormField;
pub use super::http::style::{CookieStyle, Delimiter, PathStyle, Place, QueryStyle};
pub use super::http::{Body, BoxFuture, Headers, Transport};
pub use super::json::{
    Check, Closed, ClosedItems, Decode, Encode, Error as JsonError, Extra, Kind, Map, Maybe, Need, Number, Reader,
    Rule, Rules, Said, Stop, TextEnum, Union, Value, ValueEnum, Variant, Violation, Violations, Writer,
};
pub use super::stream::{ByteStream, Event, EventData, EventStream, ItemStream, RawEvent, Reconnect, SendItems};

pub use super::multipart::{Multipart, Part, PartSpec};
pub use super::xml::{XmlContent, XmlNode, XmlReply};

#[cfg(feature = "serde")]
pub use super::json::bridge;
pub use crate::__client as client;
pub use crate::__error_body as error_body;
pub use crate::__models as models;
pub use crate::__object as object;
pub use crate::__reply_headers as reply_headers;
pub use crate::__request as request;
pub use crate::__text_enum as text_enum;
pub use crate::__text_enums as text_enums;
pub use crate::__tuple as tuple;
pub use crate::__union as union;
pub use crate::__value_enum as value_enum;
pub use crate::__value_enums as value_enums;

/// The contract between generated code and this runtime.
///
/// Generated code asserts the number that it was made for, so that a pair that does not fit is a message of
/// the compiler and not a riddle.
pub const CONTRACT: u32 = 1;

/// A member that must be there.
pub const REQ: Need = Need::Req;
/// A member that may be left out.
pub const OPT: Need = Need::Opt;
