//! What is known about a description.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::examples::Examples;
use super::measure::Used;
use super::process::State;

/// One description: a row of the table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Row {
    /// Path of its main file.
    pub(super) file: String,
    /// `api`, `fixture` or nothing.
    pub(super) kind: String,
    /// The version that it says it has.
    pub(super) version: String,
    /// How the generation ended.
    pub(super) state: State,
    /// One line about an ending that is not as it should be.
    pub(super) note: String,
    /// Operations in the document, by a count of our own.
    pub(super) operations: Option<u64>,
    /// Operations in the crate.
    pub(super) generated: u64,
    /// Everything that was left out, by code.
    pub(super) left_out: BTreeMap<String, u64>,
    /// Each of them.
    pub(super) parts: Vec<Gap>,
    /// The operations among that.
    pub(super) gaps: Vec<Gap>,
    /// Named types in the crate.
    pub(super) types: u64,
    /// Values of the API: members, variants, parameters, bodies.
    pub(super) values: u64,
    /// Those that are free JSON.
    pub(super) free: u64,
    /// Warnings of the generator.
    pub(super) warnings: u64,
    /// Source files.
    pub(super) files: u64,
    /// Their lines.
    pub(super) lines: u64,
    /// How long the generation took.
    pub(super) seconds: f64,
    /// What it took of the machine.
    pub(super) used: Used,
    /// `cargo check`.
    pub(super) check: Option<Check>,
    /// Its examples.
    pub(super) examples: Option<Examples>,
    /// Warnings and errors of `cargo doc`.
    pub(super) doc: Option<u64>,
    /// Warnings and errors of clippy.
    pub(super) clippy: Option<u64>,
}

/// Something that was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Gap {
    /// The rule.
    pub(super) code: String,
    /// Where.
    pub(super) place: String,
    /// Why.
    pub(super) reason: String,
}

/// What the compiler said about a crate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Check {
    /// How it ended; `Failed` when there are errors.
    pub(super) state: State,
    /// Errors.
    pub(super) errors: u64,
    /// Warnings.
    pub(super) warnings: u64,
    /// The first of them.
    pub(super) first: String,
    /// What it took, if the compiler was run now or before on the same sources.
    pub(super) used: Option<Used>,
}

impl Row {
    /// What was left out, as `code×count`.
    pub(super) fn left_out_text(&self) -> String {
        codes_text(&self.left_out)
    }

    /// Operations that are in the document and not in the crate.
    pub(super) fn missing(&self) -> u64 {
        self.operations.unwrap_or(self.generated).saturating_sub(self.generated)
    }
}

/// Counts by code as one word.
pub(super) fn codes_text(codes: &BTreeMap<String, u64>) -> String {
    codes.iter().map(|(code, count)| format!("{code}×{count}")).collect::<Vec<_>>().join(" ")
}

/// Counts by code from what [`codes_text`] wrote.
pub(super) fn codes_of(text: &str) -> BTreeMap<String, u64> {
    let pairs = text.split_whitespace().filter_map(|word| word.split_once('×'));
    pairs.filter_map(|(code, count)| Some((code.to_owned(), count.parse().ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        let codes = BTreeMap::from([("OA0020".to_owned(), 2), ("OA0051".to_owned(), 1)]);
        assert_eq!(codes_text(&codes), "OA0020×2 OA0051×1");
        assert_eq!(codes_of("OA0020×2 OA0051×1 x"), codes);
        assert_eq!(codes_text(&BTreeMap::new()), "");
    }

    #[test]
    fn missing_operations() {
        let row = |operations, generated| Row { operations, generated, ..Row::default() }.missing();
        assert_eq!((row(Some(5), 3), row(None, 3), row(Some(2), 3)), (2, 0, 0));
    }
}
