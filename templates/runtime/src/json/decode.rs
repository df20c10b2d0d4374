//! What can be read from JSON.

use super::{Reader, Stop};

/// A type that JSON fills.
///
/// Decoding fills a blank value in place: make one with `Default`, then decode into it. That keeps the trait free of
/// generics, so that a model can lend its fields to [`Reader::object`] and no code is made per type and format.
///
/// Models get this from the generator. Implement it by hand for a type of your own in terms of the [`Reader`].
///
/// # Example
/// ```
/// use clientsmith_runtime::json::{self, Decode, Extra, Need, Reader, Stop};
///
/// #[derive(Debug, Default)]
/// struct Pet {
///     name: String,
///     age: Option<u32>,
///     extra: Extra,
/// }
///
/// impl Decode for Pet {
///     fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
///         r.object(&mut [("name", Need::Req, &mut self.name), ("age", Need::Opt, &mut self.age)], &mut self.extra)
///     }
/// }
///
/// let pet: Pet = json::from_str(r#"{"name": "Rex", "color": "brown"}"#)?;
/// assert_eq!(pet.name, "Rex");
/// assert_eq!(pet.age, None);
/// assert_eq!(pet.extra["color"].as_str(), Some("brown"));
/// # Ok::<(), json::Error>(())
/// ```
pub trait Decode {
    /// Reads one value into `self`, which must be blank (as `Default` makes it).
    ///
    /// # Errors
    /// When the value is not what the type can hold. `self` is of no use then.
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop>;

    /// Whether `null` is a value of this type, to be told apart from an absent member.
    ///
    /// An optional member that does not keep null is left absent when the text has `null` for it.
    fn keeps_null(&self) -> bool {
        false
    }

    /// Makes the value absent again. Only types that can stand for an absent member do anything here.
    fn clear(&mut self) {}
}
