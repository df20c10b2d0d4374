//! A value that someone wrote down, on its way into a type.

use super::super::json::{self, Decode, Misfit, Value};
use std::cell::RefCell;

/// How many members are named that a value must not have.
pub(super) const NAMED: usize = 20;

/// The value of a body, and what is to be told of it.
#[derive(Debug)]
pub struct Given<'a> {
    value: &'a Value,
    notes: RefCell<Vec<String>>,
}

impl<'a> Given<'a> {
    pub(super) fn new(value: &'a Value) -> Self {
        Self { value, notes: RefCell::default() }
    }

    /// Decodes it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(&self, model: &mut dyn Decode) -> Result<(), String> {
        read(model, self.value, &mut self.notes.borrow_mut())
    }

    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes.into_inner()
    }
}

/// Decodes a value. Types keep much that the description does not allow, since servers send it. What cannot be meant is
/// refused here; what a newer server may know, such as a value that an enum does not list, is told and sent.
pub(super) fn read(model: &mut dyn Decode, value: &Value, notes: &mut Vec<String>) -> Result<(), String> {
    // The value may be a secret, so no message shows it.
    let plain = |error: json::Error| error.without_excerpt().to_string();
    let text = json::to_string(value).map_err(plain)?;
    for (path, misfit) in json::read_with_misfits(model, &text).map_err(plain)? {
        let what = match misfit {
            Misfit::Null => return Err(format!("expected a value, found null at {path}")),
            // Many mean the alphabet for addresses, or leave out the padding.
            Misfit::Format("byte") => "is not in the Base64 of the format `byte`",
            Misfit::Format(format) => return Err(format!("expected text of the format `{format}` at {path}")),
            Misfit::Unlisted => "is not among the values that the description lists",
            Misfit::Stranger => "is not what the description allows beside the others",
            Misfit::Constant => "is not the text that the description gives",
            Misfit::Unknown => "is none of the types that the description names",
        };
        if notes.len() < NAMED {
            let place = if path == "$" { "the value" } else { &path };
            notes.push(format!("{place} {what}; it is sent as it is"));
        }
    }
    Ok(())
}
