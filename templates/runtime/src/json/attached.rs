//! What cannot be written as JSON but travels beside it: files in the value of a form.

use std::any::Any;
use std::sync::Arc;

use super::{Error, Writer};

/// Something that stands for the value at a place of the text.
#[derive(Clone)]
pub(crate) struct Attached {
    /// Where the value begins; it is `null` there.
    pub(crate) position: usize,
    pub(crate) value: Arc<dyn Any + Send + Sync>,
}

impl Writer {
    /// A writer of what is sent that takes values beside the text.
    pub(crate) fn with_attachments() -> Self {
        let mut w = Self::sending();
        w.attached = Some(Vec::new());
        w
    }

    /// Writes a value that stands beside the text, where that can be had.
    pub(crate) fn attach(&mut self, value: impl FnOnce() -> Arc<dyn Any + Send + Sync>) -> bool {
        let position = self.out.len();
        let Some(attached) = &mut self.attached else { return false };
        attached.push(Attached { position, value: value() });
        self.null();
        true
    }

    /// The finished text, and what stands beside it in the order of the text.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub(crate) fn finish_attached(mut self) -> Result<(String, Vec<Attached>), Error> {
        let attached = self.attached.take().unwrap_or_default();
        Ok((self.finish_text()?, attached))
    }
}
