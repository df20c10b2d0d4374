//! Numbers and texts.

/// Widths of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntKind {
    /// `format: int8`.
    I8,
    /// `format: int16`.
    I16,
    /// `format: int32`.
    I32,
    /// `format: int64`, and no format.
    I64,
    /// `format: uint8`.
    U8,
    /// `format: uint16`.
    U16,
    /// `format: uint32`.
    U32,
    /// `format: uint64`.
    U64,
}

/// Kinds of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatKind {
    /// `format: float`.
    F32,
    /// `format: double`.
    F64,
    /// No format: the text of the number is kept.
    Exact,
    /// `format: unixtime`: a moment as seconds since 1970, its text kept.
    UnixTime,
    /// `format: seconds`: a span of time, its text kept.
    Seconds,
    /// `format: milliseconds`: a span of time, its text kept.
    Milliseconds,
}

impl FloatKind {
    /// Whether the text of the number is kept.
    pub fn keeps_text(self) -> bool {
        !matches!(self, Self::F32 | Self::F64)
    }
}

/// Formats of text that get a type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// Any text.
    Plain,
    /// `date-time` (RFC 3339).
    DateTime,
    /// `date` (RFC 3339 full-date).
    Date,
    /// `time`.
    Time,
    /// A date and time without zone.
    LocalDateTime,
    /// `duration` (ISO 8601).
    Duration,
    /// `uuid`.
    Uuid,
    /// `byte` (base64), `contentEncoding: base64`.
    Base64,
    /// `contentEncoding: base64url`.
    Base64Url,
    /// `password`: never shown.
    Password,
    /// `http-date` (RFC 9110, section 5.6.7).
    HttpDate,
    /// A whole number in a string, such as `int64`.
    Integer,
    /// A number in a string, such as `decimal`.
    Decimal,
    /// A list in a string.
    List(Separator),
}

/// What stands between the items of a list in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// A space.
    Space,
    /// `|`
    Pipe,
    /// A line feed.
    Line,
}
