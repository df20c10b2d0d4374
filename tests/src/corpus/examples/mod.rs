//! Every JSON example of a description through its models: decoded and encoded again, it is the same value.
//!
//! Examples are looked for in the raw document, and those that their own schema does not allow are set aside; both
//! without the generator. Its part is to say which type the schema of an example has become. From that a program is
//! made that holds the models alone and takes each example through its type.

mod escaped;
mod find;
mod judge;
mod program;
mod run;
mod same;
mod targets;

use std::path::Path;

use clientsmith::files::FileSet;
use clientsmith::source::Source;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::raw::Files;
use targets::Targets;

pub(super) use run::run;

/// Where something stands: a file of the set and a JSON Pointer.
pub(super) type Place = (String, String);

/// What became of the examples of a description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Examples {
    /// All that are embedded.
    pub(super) found: u64,
    /// Those that are JSON inside of a text.
    pub(super) escaped: u64,
    /// Those that their schema does not allow, or that have none.
    pub(super) invalid: u64,
    /// Those whose schema cannot be judged.
    pub(super) unjudged: u64,
    /// Plain texts, numbers and the like, whose schema became no type: out of reach of every operation and model.
    pub(super) plain: u64,
    /// Objects and lists of this kind.
    pub(super) untyped: u64,
    /// The first of these.
    pub(super) untyped_places: Vec<String>,
    /// Those that came back the same.
    pub(super) passed: u64,
    /// Those that did not.
    pub(super) failed: u64,
    /// The first of these, in a line each.
    pub(super) failures: Vec<String>,
}

/// An example that goes through a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Case {
    /// Where it stands.
    place: String,
    /// Its type.
    kind: String,
    /// The example.
    value: Value,
}

/// How many places of a kind are told one by one.
const TOLD: usize = 20;

/// The schema that a variant of a union or a part of an `allOf` belongs to.
fn around((file, pointer): &Place) -> Option<Place> {
    let (rest, number) = pointer.rsplit_once('/')?;
    let (whole, key) = rest.rsplit_once('/')?;
    let is_part = matches!(key, "oneOf" | "anyOf" | "allOf") && number.parse::<usize>().is_ok();
    is_part.then(|| (file.clone(), whole.to_owned()))
}

/// Looks for the examples of a description and writes the program for them; nothing is written when there are none.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn prepare(
    set: &Path,
    main: &str,
    source: &Source,
    generated: &FileSet,
    folder: &Path,
) -> Result<Examples, String> {
    let mut files = Files::new(set);
    let found = find::find(&mut files, main);
    let targets = Targets::of(source, set, &mut files);
    let places: Vec<Place> =
        found.iter().flat_map(|example| std::iter::successors(Some(example.schema.clone()), around)).collect();
    let judge = judge::Judge::new(&mut files, main, places.iter());
    let mut examples = Examples { found: found.len() as u64, ..Examples::default() };
    let mut cases = Vec::new();
    for mut example in found {
        if let Some(held) = escaped::held(&mut files, &example.schema, &example.value) {
            examples.escaped += 1;
            example.value = held;
        }
        match judge.allows(&example.schema, &example.value) {
            judge::Verdict::Valid => {}
            judge::Verdict::Invalid => {
                examples.invalid += 1;
                continue;
            }
            judge::Verdict::Unjudged => {
                examples.unjudged += 1;
                continue;
            }
        }
        let place = format!("{}#{}", example.at.0, example.at.1);
        // A part of a union or of an `allOf` has no type of its own; what the whole allows goes through its type.
        let kind = std::iter::successors(Some(example.schema.clone()), around)
            .filter(|schema| judge.allows(schema, &example.value) == judge::Verdict::Valid)
            .find_map(|schema| targets.kind(&mut files, &schema, &example.value));
        let Some(kind) = kind else {
            let is_plain = !example.value.is_object() && !example.value.is_array();
            *(if is_plain { &mut examples.plain } else { &mut examples.untyped }) += 1;
            if examples.untyped_places.len() < TOLD {
                examples.untyped_places.push(place);
            }
            continue;
        };
        cases.push(Case { place, kind, value: example.value });
    }
    program::write(&cases, generated, folder)?;
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_schema() {
        let around = |pointer: &str| around(&("a".to_owned(), pointer.to_owned())).map(|(_, pointer)| pointer);
        assert_eq!(around("/b/anyOf/0").as_deref(), Some("/b"));
        assert_eq!(around("/b/properties/oneOf/x"), None);
        assert_eq!(around("/b"), None);
    }
}
