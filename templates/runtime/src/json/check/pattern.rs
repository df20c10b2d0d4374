//! Regular expressions of ECMA-262, as JSON Schema has them (Core 2020-12, section 6.4).

/// Whether patterns are looked at.
pub(super) const ARE_READ: bool = cfg!(feature = "patterns");

/// Whether some part of a text matches. A pattern that is none matches everything: the generator has said so.
#[cfg(feature = "patterns")]
pub(super) fn matches(source: &str, text: &str) -> bool {
    use regress::Regex;
    use std::collections::BTreeMap;
    use std::sync::{Mutex, PoisonError};

    /// Patterns are few and come from tables, so each is compiled once and kept.
    static COMPILED: Mutex<BTreeMap<String, Option<Regex>>> = Mutex::new(BTreeMap::new());

    // A search may take long, so it is made without the lock.
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = match compiled.get(source) {
        Some(regex) => regex.clone(),
        None => {
            // Sets and classes are meant for Unicode; what is only right without is published all the same.
            let regex = Regex::with_flags(source, "u").or_else(|_| Regex::new(source)).ok();
            compiled.insert(source.to_owned(), regex.clone());
            regex
        }
    };
    drop(compiled);
    regex.is_none_or(|regex| regex.find(text).is_some())
}

/// Without the feature `patterns` no pattern is looked at.
#[cfg(not(feature = "patterns"))]
pub(super) fn matches(_: &str, _: &str) -> bool {
    true
}
