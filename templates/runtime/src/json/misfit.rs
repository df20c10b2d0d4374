//! What a type keeps though the description does not allow it.
//!
//! Answers are taken as they come, so none of this is an error. It speaks against a variant of a union that is being
//! tried, and whoever writes a value down can be told of it.

use super::Reader;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// It is `null`, and the member has no place for one.
    Null,
    /// The text is not of this format.
    Format(&'static str),
    /// The enum does not list it.
    Unlisted,
    /// The description allows no such member, or no such item.
    Stranger,
    /// The member has one text, and it is another one.
    Constant,
    /// No variant of the union knows it.
    Unknown,
}

impl Reader<'_> {
    /// Counts a misfit at the place of its value.
    pub(super) fn misfit(&mut self, position: usize, misfit: Misfit) {
        self.misfits += 1;
        // What is only tried may be read in another way in the end.
        if self.trials == 0
            && let Some(found) = &mut self.found
        {
            found.push((position, misfit));
        }
    }

    /// Counts the text that was just read for its type when it is of its format, and against it otherwise: it could be
    /// read, but is not quite what its type is for. Whether it is, is asked only where that matters.
    #[inline]
    pub(in super::super) fn format(&mut self, name: &'static str, fits: impl FnOnce() -> bool) {
        if self.trials > 0 || self.found.is_some() {
            match fits() {
                true => self.known += 1,
                false => self.misfit(self.position, Misfit::Format(name)),
            }
        }
    }
}

/// Reads a value and tells the misfits in it with their paths.
///
/// # Errors
/// When the text is not what the type can hold.
#[cfg(feature = "cli")]
pub(crate) fn read_with_misfits(
    value: &mut dyn super::Decode,
    text: &str,
) -> Result<Vec<(String, Misfit)>, super::Error> {
    let mut r = Reader::new(text).with_depth(usize::MAX);
    r.found = Some(Vec::new());
    // With notes on, what was tried is read once more when it is settled.
    r.notes = Some(Vec::new());
    super::read_into(value, &mut r)?;
    let found = r.found.unwrap_or_default();
    Ok(found.into_iter().map(|(at, misfit)| (super::path::path(text, at, false), misfit)).collect())
}
