//! JSON Pointer (RFC 6901): one value inside another.

use std::borrow::Cow;
use std::fmt;

use super::{Map, Value};

/// A pointer that leads nowhere, or cannot be followed when setting a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointerError {
    pointer: String,
    reason: &'static str,
}

impl fmt::Display for PointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot set {:?}: {}", self.pointer, self.reason)
    }
}

impl std::error::Error for PointerError {}

/// The steps of a pointer; `None` when it does not start with a slash.
fn steps(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let mut parts = pointer.split('/');
    (parts.next() == Some("")).then(|| {
        parts.map(|step| match step.contains('~') {
            true => Cow::Owned(step.replace("~1", "/").replace("~0", "~")),
            false => Cow::Borrowed(step),
        })
    })
}

/// The index that a step means in an array: digits without a leading zero.
fn index(step: &str) -> Option<usize> {
    let padded = step.len() > 1 && step.starts_with('0');
    if padded || !step.bytes().all(|byte| byte.is_ascii_digit()) { None } else { step.parse().ok() }
}

impl Value {
    /// The value that a JSON pointer leads to.
    ///
    /// The empty pointer is the value itself. In a step, `~1` stands for a slash and `~0` for a tilde.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::Value;
    ///
    /// let value: Value = r#"{"a/b": [10, {"c": true}]}"#.parse()?;
    /// assert_eq!(value.pointer("/a~1b/1/c"), Some(&Value::Bool(true)));
    /// assert_eq!(value.pointer("/a~1b/2"), None);
    /// # Ok::<(), clientsmith_runtime::json::Error>(())
    /// ```
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        steps(pointer)?.try_fold(self, |value, step| match value {
            Self::Object(members) => members.get(&step),
            Self::Array(elements) => elements.get(index(&step)?),
            _ => None,
        })
    }

    /// The value that a JSON pointer leads to, for changing it.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        steps(pointer)?.try_fold(self, |value, step| match value {
            Self::Object(members) => members.get_mut(&step),
            Self::Array(elements) => elements.get_mut(index(&step)?),
            _ => None,
        })
    }

    /// Puts a value where a JSON pointer leads to, and gives the value that was there.
    ///
    /// What is missing on the way is made: a `null` becomes an object. In an array an index must be one that is there,
    /// or the next one, or `-`, which also means the next one.
    ///
    /// # Errors
    /// When the way leads through a text, a number or a boolean, or past the end of an array. Nothing is changed then.
    ///
    /// # Example
    /// ```
    /// use clientsmith_runtime::json::Value;
    ///
    /// let mut body = Value::Null;
    /// body.set_pointer("/paging/page", 2)?;
    /// assert_eq!(body.to_string(), r#"{"paging":{"page":2}}"#);
    /// # Ok::<(), clientsmith_runtime::json::PointerError>(())
    /// ```
    pub fn set_pointer(&mut self, pointer: &str, value: impl Into<Self>) -> Result<Self, PointerError> {
        let fail = |reason| PointerError { pointer: pointer.to_owned(), reason };
        let Some(steps) = steps(pointer) else { return Err(fail("it does not start with a slash")) };
        self.passable(pointer).map_err(fail)?;
        let mut place = self;
        for step in steps {
            if place.is_null() {
                *place = Self::Object(Map::new());
            }
            place = match place {
                Self::Object(members) => members.get_or_insert_with(&step, || Self::Null),
                Self::Array(elements) => {
                    let at = index(&step).unwrap_or(elements.len());
                    if at >= elements.len() {
                        elements.push(Self::Null);
                    }
                    &mut elements[at]
                }
                _ => return Err(fail("it leads through a value without members")),
            };
        }
        Ok(std::mem::replace(place, value.into()))
    }

    /// Whether [`set_pointer`](Self::set_pointer) can follow a pointer, and if not, why.
    fn passable(&self, pointer: &str) -> Result<(), &'static str> {
        let mut place = self;
        for step in steps(pointer).into_iter().flatten() {
            let next = match place {
                Self::Null => return Ok(()),
                Self::Object(members) => members.get(&step),
                Self::Array(elements) if step == "-" || index(&step) == Some(elements.len()) => None,
                Self::Array(elements) => match index(&step).and_then(|at| elements.get(at)) {
                    None => return Err("it leads past the end of an array"),
                    element => element,
                },
                _ => return Err("it leads through a value without members"),
            };
            match next {
                Some(value) => place = value,
                None => return Ok(()),
            }
        }
        Ok(())
    }
}
