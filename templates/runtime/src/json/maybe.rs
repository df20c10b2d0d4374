//! A member in one of three states.

use super::{Decode, Encode, Reader, Stop, Value, Writer};

/// A member that may be absent, `null`, or a value.
///
/// A model uses it where the spec makes a property optional *and* nullable. The difference matters when something is
/// changed: an absent member of a `PATCH` body says "leave it", a `null` says "remove it".
///
/// # Example
/// ```
/// use clientsmith_runtime::json::Maybe;
///
/// let mut note: Maybe<String> = Maybe::Absent;   // leave it as it is
/// note = "call back".to_owned().into();          // set it
/// assert_eq!(note.as_deref(), Some("call back"));
/// note = Maybe::Null;                            // remove it
/// assert!(note.is_null());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is there and `null`.
    Null,
    /// The member is there with a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether the member is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is there and `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one; absent and `null` are not told apart.
    pub fn value(&self) -> Option<&T> {
        self.as_ref().into_option()
    }

    /// The value for changing it, if there is one.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value, if there is one; absent and `null` are not told apart.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// `None` when the member is absent, `Some(None)` when it is `null`.
    pub fn as_option(&self) -> Option<Option<&T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// The same state with a reference to the value.
    pub fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// The value, if there is one, as what it derefs to (`&str` for a `String`).
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: std::ops::Deref,
    {
        self.value().map(std::ops::Deref::deref)
    }

    /// The same state with another value.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(with(value)),
        }
    }

    /// Takes the state out and leaves [`Maybe::Absent`].
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Absent)
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes [`Maybe::Null`]: who has an option at hand wants the member to be written.
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Maybe<T>> for Option<T> {
    fn from(value: Maybe<T>) -> Self {
        value.into_option()
    }
}

impl<T: Decode + Default> Decode for Maybe<T> {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        if r.byte() == Some(b'n') {
            *self = Self::Null;
            return r.null();
        }
        let mut value = T::default();
        value.decode(r)?;
        *self = Self::Value(value);
        Ok(())
    }

    fn keeps_null(&self) -> bool {
        true
    }

    fn clear(&mut self) {
        *self = Self::Absent;
    }
}

impl<T: Encode> Encode for Maybe<T> {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Value(value) => value.encode(w),
            _ => w.null(),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    fn to_value(&self) -> Value {
        self.value().map_or(Value::Null, Encode::to_value)
    }
}
