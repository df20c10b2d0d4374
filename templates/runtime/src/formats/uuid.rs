//! Identifiers.

use super::shape;
use super::text::text_format;

text_format! {
    /// A UUID, as the text that was received.
    ///
    /// Two of them are equal when their texts are; convert them to have upper and lower case be the same.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "uuid")] {
    /// use clientsmith_runtime::formats::Uuid;
    ///
    /// let id = Uuid::from("123E4567-E89B-12D3-A456-426614174000");
    /// assert_eq!(Uuid::from(id.to_uuid()?).as_str(), "123e4567-e89b-12d3-a456-426614174000");
    /// # }
    /// # Ok::<(), clientsmith_runtime::formats::FormatError>(())
    /// ```
    Uuid, "uuid", shape::uuid
}

#[cfg(feature = "uuid")]
impl Uuid {
    /// The identifier (feature `uuid`).
    ///
    /// # Errors
    /// When the text is no UUID.
    pub fn to_uuid(&self) -> Result<::uuid::Uuid, super::FormatError> {
        self.as_str().parse().map_err(|error: ::uuid::Error| super::FormatError::new(self.as_str(), "uuid", &error))
    }
}

#[cfg(feature = "uuid")]
impl From<::uuid::Uuid> for Uuid {
    fn from(id: ::uuid::Uuid) -> Self {
        Self::new(id.to_string())
    }
}
