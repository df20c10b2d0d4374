//! Header fields of answers, read as what the document says of them.

use super::super::http::Headers;
use super::super::http::style::Delimiter;
use super::super::json::{self, Decode};
use super::error::{Error, ErrorKind};

/// The header fields of one answer, for the accessors that generated code has for each operation.
///
/// A value is read when it is asked for, in the style `simple` (OpenAPI 3.2, Header Object): nothing is spent on headers
/// that nobody looks at.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::codegen as rt;
///
/// struct GetPetHeaders<'a>(rt::TypedHeaders<'a>);
///
/// impl<'a> From<&'a rt::Headers> for GetPetHeaders<'a> {
///     fn from(headers: &'a rt::Headers) -> Self {
///         Self(rt::TypedHeaders::new("getPet", headers))
///     }
/// }
///
/// impl GetPetHeaders<'_> {
///     fn calls_left(&self) -> Result<Option<u32>, rt::Error> {
///         self.0.plain("X-Calls-Left")
///     }
/// }
///
/// let mut headers = rt::Headers::new();
/// headers.receive("x-calls-left", b"41");
/// let answer = rt::Response::new(200, headers, ());
/// assert_eq!(answer.headers_as::<GetPetHeaders>().calls_left()?, Some(41));
/// # Ok::<(), rt::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TypedHeaders<'a> {
    operation: &'static str,
    headers: &'a Headers,
    /// What stands between the items of a list.
    between: char,
}

impl<'a> TypedHeaders<'a> {
    /// The headers of an answer of this operation.
    #[must_use]
    pub fn new(operation: &'static str, headers: &'a Headers) -> Self {
        Self { operation, headers, between: ',' }
    }

    /// The same with lists that are joined by something else (Swagger 2.0, Header Object, `collectionFormat`).
    ///
    /// # Example
    ///
    /// ```
    /// use clientsmith_runtime::codegen as rt;
    ///
    /// let headers: rt::Headers = [("x-sizes", "1|2")].into_iter().collect();
    /// let headers = rt::TypedHeaders::new("getPet", &headers).delimited(rt::Delimiter::Pipe);
    /// assert_eq!(headers.plains::<Vec<u8>>("X-Sizes")?, Some(vec![1, 2]));
    /// # Ok::<(), rt::Error>(())
    /// ```
    #[must_use]
    pub fn delimited(self, delimiter: Delimiter) -> Self {
        let between = match delimiter {
            Delimiter::Space => ' ',
            Delimiter::Tab => '\t',
            Delimiter::Pipe => '|',
        };
        Self { between, ..self }
    }

    /// A text, or a value that is written as one.
    ///
    /// # Errors
    ///
    /// When the value is not one of that type: kind [`Decode`](ErrorKind::Decode).
    pub fn text<T: Decode + Default>(&self, name: &str) -> Result<Option<T>, Error> {
        self.get(name, &quoted)
    }

    /// A number or a boolean.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    pub fn plain<T: Decode + Default>(&self, name: &str) -> Result<Option<T>, Error> {
        self.get(name, &str::to_owned)
    }

    /// A JSON text.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    pub fn json<T: Decode + Default>(&self, name: &str) -> Result<Option<T>, Error> {
        self.get(name, &str::to_owned)
    }

    /// A list of texts, with commas between if nothing else is said; from all fields of the name (RFC 9110, 5.3).
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    pub fn texts<T: Decode + Default>(&self, name: &str) -> Result<Option<T>, Error> {
        self.get(name, &|text| self.list(text, quoted))
    }

    /// A list of numbers or booleans, likewise.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    pub fn plains<T: Decode + Default>(&self, name: &str) -> Result<Option<T>, Error> {
        self.get(name, &|text| self.list(text, str::to_owned))
    }

    fn get<T: Decode + Default>(&self, name: &str, to_json: &dyn Fn(&str) -> String) -> Result<Option<T>, Error> {
        let Some(text) = self.joined(name) else { return Ok(None) };
        json::from_str(&to_json(&text)).map(Some).map_err(|error| self.wrong(name, error))
    }

    /// All values of a name in one text.
    fn joined(&self, name: &str) -> Option<String> {
        let all: Vec<&str> = self.headers.get_all(name).map(str::trim).collect();
        let between = if self.between == ',' { ", ".to_owned() } else { self.between.to_string() };
        (!all.is_empty()).then(|| all.join(&between))
    }

    fn list(&self, text: &str, item: fn(&str) -> String) -> String {
        let items = text.split(self.between).map(str::trim).filter(|text| !text.is_empty()).map(item);
        format!("[{}]", items.collect::<Vec<_>>().join(","))
    }

    /// Without the value, which may be a secret.
    fn wrong(&self, name: &str, error: json::Error) -> Error {
        let error = error.without_excerpt();
        let message = format!("the header {name:?} of the answer could not be decoded: {error}");
        Error::new(ErrorKind::Decode, self.operation, message).with_source(error)
    }
}

fn quoted(text: &str) -> String {
    json::to_string(&text).unwrap_or_default()
}
