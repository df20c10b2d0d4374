//! What names are made from.

/// What a name is made from; `names` turns it into an ident.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameHint {
    /// Text in the document to start from, such as `FlowSearchCriteria` or `get /pets/{id}`.
    pub base: String,
    /// Where the thing stands under that base, such as `["items", "value"]` for an inline schema.
    pub path: Vec<String>,
    /// Whether the base is what an operation is called after.
    pub of_operation: bool,
}

impl NameHint {
    /// A hint that is a name of the document's own.
    pub fn named(base: impl Into<String>) -> Self {
        Self { base: bounded(base.into()), ..Self::default() }
    }
    /// The hint of an operation.
    pub fn operation(base: impl Into<String>) -> Self {
        Self { of_operation: true, ..Self::named(base) }
    }
    /// The hint of something inside.
    #[must_use]
    pub fn child(&self, part: impl Into<String>) -> Self {
        let mut path = self.path.clone();
        path.push(bounded(part.into()));
        Self { base: self.base.clone(), path, ..*self }
    }
}

/// A text that is copied into the hints of all that stands inside is never long: beyond some length its beginning and a
/// number made from all of it tell it from others.
fn bounded(mut text: String) -> String {
    const LONGEST: usize = 300;
    if text.len() > LONGEST {
        let number = format!(" {:08x}", fingerprint(&text));
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push_str(&number);
    }
    text
}

/// A number made from all of a text, the same on every machine (FNV-1a, 32 bits).
pub fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
