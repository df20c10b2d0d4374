//! What can be written as JSON.

use super::{Error, Reader, Value, Writer};

/// A type that is written as JSON.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{self, Encode, Extra, Need, Writer};
///
/// struct Pet {
///     name: String,
///     age: Option<u32>,
/// }
///
/// impl Encode for Pet {
///     fn encode(&self, w: &mut Writer) {
///         w.object(&[("name", Need::Req, &self.name), ("age", Need::Opt, &self.age)], &Extra::new());
///     }
/// }
///
/// let rex = Pet { name: "Rex".into(), age: None };
/// assert_eq!(json::to_string(&rex)?, r#"{"name":"Rex"}"#);
/// # Ok::<(), json::Error>(())
/// ```
pub trait Encode {
    /// Writes exactly one value.
    fn encode(&self, w: &mut Writer);

    /// Whether an optional member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// The value as free JSON; `null` where it has no JSON form (a NaN).
    ///
    /// [`to_value`](super::to_value) is the same with an error in place of that `null`.
    fn to_value(&self) -> Value {
        let mut w = Writer::new();
        self.encode(&mut w);
        through_text(w).unwrap_or_default()
    }
}

/// Reads back what was written.
pub(super) fn through_text(w: Writer) -> Result<Value, Error> {
    let text = w.finish_text()?;
    // What was taken in or built can be deeper than what is taken in from outside.
    let mut r = Reader::new(&text).with_depth(usize::MAX);
    match r.value().and_then(|value| r.finish().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(stop) => Err(r.error(stop)),
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        (**self).encode(w);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}
