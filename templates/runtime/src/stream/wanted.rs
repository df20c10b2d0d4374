//! What an answer is asked for, when it is read while it arrives.

/// The form of a streamed answer, and the media type by which it is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The `Accept` header; empty for that of the operation.
    pub(crate) accept: &'static str,
    pub(crate) form: Form,
}

/// How the body of a streamed answer is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Bytes,
    Array,
    Lines,
    Sequence,
    Events,
}

impl Wanted {
    pub(crate) const fn new(accept: &'static str, form: Form) -> Self {
        Self { accept, form }
    }

    /// Whether an answer of this media type can be read as what was asked for. One that names none is believed.
    pub(crate) fn suits(&self, media: &str) -> bool {
        match self.form {
            Form::Bytes | Form::Array => true,
            // The one media type of its kind, without which it is none (WHATWG HTML, 9.2.2).
            Form::Events => media.is_empty() || media == "text/event-stream",
            // Lines go by many names, plain text among them; but a whole JSON document, a page or events are none.
            Form::Lines | Form::Sequence => {
                !matches!(media, "application/json" | "text/html" | "text/event-stream" | "application/problem+json")
            }
        }
    }

    /// Whether silence is a part of such an answer: then no pause in it is too long.
    pub(crate) fn may_pause(&self) -> bool {
        !matches!(self.form, Form::Bytes | Form::Array)
    }
}
