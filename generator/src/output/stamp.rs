//! What the last run read and wrote, so that a run with nothing new only hashes its inputs.
//!
//! The stamp lies in the output and belongs to the machine: it is ignored by Git and goes unnoticed when it is missing,
//! broken, or of another build of the program. It is trusted only when every input has its content, every output its
//! size and time of change, and every file that was not there still is not.

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::files::FileSet;
use crate::parallel;

/// Where the stamp lies in the output.
const NAME: &str = ".clientsmith.stamp";

/// What a run said, for one that does not have to do it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Said {
    /// The findings as they were shown.
    pub findings: String,
    /// The last line.
    pub line: String,
    /// The numbers, as JSON.
    pub report: String,
}

#[derive(Serialize, Deserialize)]
struct Stamp {
    /// The program and what it was asked for.
    key: String,
    /// Files that were read, with a number made from their content.
    inputs: Vec<(PathBuf, u64)>,
    /// Files that would have been read if they were there.
    absent: Vec<PathBuf>,
    /// Files that were written: size, and time of change in nanoseconds.
    outputs: Vec<(String, u64, u128)>,
    said: Said,
}

/// What an earlier run with the same `key` said, if a new one would do and say the same.
pub(crate) fn fresh(folder: &Path, key: &str) -> Option<Said> {
    let stamp: Stamp = serde_json::from_str(&fs::read_to_string(folder.join(NAME)).ok()?).ok()?;
    let same = stamp.key == key
        && stamp.absent.iter().all(|path| !path.exists())
        && stamp.outputs.iter().all(|(path, size, time)| state(&folder.join(path)) == Some((*size, *time)))
        && stamp.inputs.iter().all(|(path, number)| content(path) == Some(*number));
    same.then_some(stamp.said)
}

/// Leaves a stamp. Without one the next run does everything again, so a failure is none.
pub(crate) fn leave(
    folder: &Path,
    key: String,
    inputs: impl Iterator<Item = PathBuf>,
    absent: Vec<PathBuf>,
    files: &FileSet,
    said: Said,
) {
    let inputs = inputs.map(|path| content(&path).map(|number| (path, number))).collect::<Option<Vec<_>>>();
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    let outputs = parallel::map(&paths, |path| {
        let (size, time) = state(&folder.join(path))?;
        Some(((*path).to_owned(), size, time))
    });
    let (Some(inputs), Some(outputs)) = (inputs, outputs.into_iter().collect::<Option<Vec<_>>>()) else {
        forget(folder);
        return;
    };
    match serde_json::to_string(&Stamp { key, inputs, absent, outputs, said }) {
        Ok(text) if fs::write(folder.join(NAME), &text).is_ok() => {}
        _ => forget(folder),
    }
}

/// Takes a stamp away that is not true any more.
pub(crate) fn forget(folder: &Path) {
    // There may be none.
    let _ = fs::remove_file(folder.join(NAME));
}

fn content(path: &Path) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read(path).ok()?);
    Some(hasher.finish())
}

/// Size and time of change of a file.
pub(crate) fn state(path: &Path) -> Option<(u64, u128)> {
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((found.len(), found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut files = FileSet::default();
        files.insert("a.rs", "a").unwrap();
        let said = Said { line: "done".to_owned(), ..Said::default() };
        let leave = || {
            fs::write(at("a.rs"), "a").unwrap();
            fs::write(at("in.yaml"), "x").unwrap();
            let inputs = [at("in.yaml")].into_iter();
            leave(folder.path(), "key".to_owned(), inputs, vec![at("in.toml")], &files, said.clone());
            assert_eq!(fresh(folder.path(), "key"), Some(said.clone()));
        };
        let changes: [&dyn Fn(); 5] = [
            &|| fs::write(at("in.yaml"), "y").unwrap(),
            &|| fs::write(at("in.toml"), "").unwrap(),
            &|| fs::write(at("a.rs"), "edited").unwrap(),
            &|| fs::remove_file(at("a.rs")).unwrap(),
            &|| forget(folder.path()),
        ];
        for change in changes {
            leave();
            assert_eq!(fresh(folder.path(), "other"), None);
            change();
            assert_eq!(fresh(folder.path(), "key"), None);
            let _ = fs::remove_file(at("in.toml"));
        }
    }
}
