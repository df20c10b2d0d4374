//! What the tests of models share.

use golden::runtime::json::{Decode, Encode, Value, from_str, to_value};

/// Decodes a text, encodes it again, and gives the value; the text must be the same but for order of members.
#[track_caller]
pub fn kept<T: Decode + Default + Encode>(text: &str) -> T {
    let model: T = from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let wanted: Value = text.parse().unwrap();
    assert_eq!(to_value(&model).unwrap(), wanted, "{text}");
    model
}

/// Why a text is no such model.
#[track_caller]
pub fn refused<T: Decode + Default>(text: &str) -> String {
    from_str::<T>(text).err().unwrap_or_else(|| panic!("{text} should be refused")).to_string()
}
