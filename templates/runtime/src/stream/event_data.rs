//! What the data of an event is read as.

use super::super::json::{self, Decode};

/// An event before its data is read as something: what [`EventData`] sees.
#[derive(Clone, Copy, Debug)]
pub struct RawEvent<'a> {
    name: &'a str,
    data: &'a str,
}

impl<'a> RawEvent<'a> {
    /// An event of these parts.
    #[must_use]
    pub fn new(name: &'a str, data: &'a str) -> Self {
        Self { name, data }
    }

    /// The type of the event; `message` when it names none.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The data, as it is.
    #[must_use]
    pub fn data(&self) -> &'a str {
        self.data
    }

    /// The data as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.data.to_owned()
    }

    /// The data as JSON of this type.
    ///
    /// # Errors
    ///
    /// When it is not JSON of that form.
    pub fn json<T: Decode + Default>(&self) -> Result<T, json::Error> {
        json::from_str(self.data)
    }

    /// The data as JSON, put into a variant of an enum of events.
    ///
    /// # Errors
    ///
    /// As [`json`](Self::json).
    pub fn json_as<T: Decode + Default, U>(&self, wrap: fn(T) -> U) -> Result<U, json::Error> {
        self.json().map(wrap)
    }
}

/// What the events of a stream are read as, where their names tell them apart.
///
/// Generated code implements it for an enum by name.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::json;
/// use clientsmith_runtime::stream::{EventData, RawEvent};
///
/// enum Progress { Step(u32), Done, Unknown(String) }
///
/// impl EventData for Progress {
///     fn read(event: RawEvent<'_>) -> Result<Self, json::Error> {
///         match event.name() {
///             "step" => event.json_as(Self::Step),
///             "done" => Ok(Self::Done),
///             _ => Ok(Self::Unknown(event.text())),
///         }
///     }
/// }
/// ```
pub trait EventData: Sized {
    /// Reads an event.
    ///
    /// # Errors
    ///
    /// When its data is not what its name promises.
    fn read(event: RawEvent<'_>) -> Result<Self, json::Error>;
}
