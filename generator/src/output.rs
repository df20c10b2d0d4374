//! [`FileSet`] ↔ folder: only what differs is written, and only what is ours is deleted.

mod stage;
pub(crate) mod stamp;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::{FileSet, MARK};
use crate::lock::{self, Lock};

/// What [`write()`] may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write, but refuse to replace files that clientsmith did not make.
    Write,
    /// Write, and replace whatever is in the way.
    Force,
    /// Only tell what would change.
    Check,
}

/// What was done, or would be; all paths within the output, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or differ.
    pub written: Vec<String>,
    /// How many files were the same already.
    pub unchanged: usize,
    /// Files of an earlier run that are no part of the output any more.
    pub deleted: Vec<String>,
}

impl Changes {
    /// Whether the folder is as it should be.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.deleted.is_empty()
    }
}

/// Why the output cannot be written. In every case nothing was.
#[derive(Debug)]
pub enum OutputError {
    /// The system refuses.
    Io {
        /// At which file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Files that clientsmith did not make are in the way.
    Foreign(Vec<String>),
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Foreign(paths) => {
                let first: Vec<&str> = paths.iter().take(5).map(String::as_str).collect();
                let more = if paths.len() > 5 { format!(" and {} more", paths.len() - 5) } else { String::new() };
                write!(f, "files that were not made by clientsmith are in the way: {}{more}", first.join(", "))
            }
        }
    }
}

impl std::error::Error for OutputError {}

/// Brings a folder to the state of the files.
///
/// Files that are the same (but for line endings) are not touched, so build systems see no change. New content is
/// written into a folder of its own first and moved to its place when all of it could be written. Files of earlier runs, which their
/// first lines tell, are deleted when they are no part of the output any more; nothing else ever is.
///
/// # Errors
/// When the system refuses, or when files that clientsmith did not make are in the way. A [`Mode::Check`] only reads.
pub fn write(files: &FileSet, folder: &Path, mode: Mode) -> Result<Changes, OutputError> {
    let mut changes = Changes::default();
    let mut foreign = Vec::new();
    // Where a folder is missing there is nothing to read in it.
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for (path, content) in files.iter() {
        let above = path.rsplit_once('/').map_or("", |(above, _)| above);
        let is_there = match known.get(above) {
            Some(is_there) => *is_there,
            None => {
                let place = folder.join(above);
                // A file in the place of a folder above is an error, and nothing is written then.
                let is_there = place.try_exists().map_err(|error| failed(&place, error))?;
                known.insert(above, is_there);
                is_there
            }
        };
        let old = if is_there { read(&folder.join(path))? } else { None };
        match old {
            Some(old) if same(&old, content) => changes.unchanged += 1,
            old => {
                if mode == Mode::Write && old.is_some_and(|old| is_ours(content.as_bytes()) && !is_ours(&old)) {
                    foreign.push(path.to_owned());
                }
                changes.written.push(path.to_owned());
            }
        }
    }
    if !foreign.is_empty() {
        return Err(OutputError::Foreign(foreign));
    }
    changes.deleted = stale(files, folder)?;
    if mode != Mode::Check {
        apply(files, folder, &changes)?;
    }
    Ok(changes)
}

/// Writes one file that is no part of a [`FileSet`], such as a report, and makes its folder.
///
/// # Errors
/// When the system refuses.
pub fn write_file(path: &Path, content: &str) -> Result<(), OutputError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    }
    fs::write(path, content).map_err(|error| failed(path, error))
}

/// A file of an earlier run as text, if there is one.
pub(crate) fn read_text(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// The names that earlier runs gave to what is in a folder.
///
/// # Errors
/// When there is a lock that cannot be read, which says what to do.
pub(crate) fn read_lock(folder: &Path) -> Result<Lock, String> {
    Lock::read(&read_text(&folder.join(lock::PATH)).unwrap_or_default())
}

fn apply(files: &FileSet, folder: &Path, changes: &Changes) -> Result<(), OutputError> {
    stage::bring(files, folder, &changes.written)?;
    for path in &changes.deleted {
        let place = folder.join(path);
        fs::remove_file(&place).map_err(|error| failed(&place, error))?;
        // Folders that are empty now go too; those that are not refuse.
        let above = place.ancestors().skip(1).take_while(|above| *above != folder);
        for empty in above {
            if fs::remove_dir(empty).is_err() {
                break;
            }
        }
    }
    Ok(())
}

/// Files below the folders of the output that an earlier run made.
fn stale(files: &FileSet, folder: &Path) -> Result<Vec<String>, OutputError> {
    let top: BTreeSet<&str> = files.iter().filter_map(|(path, _)| path.split_once('/').map(|(top, _)| top)).collect();
    let mut found = Vec::new();
    let mut open: Vec<String> = top.into_iter().map(str::to_owned).collect();
    list(folder, "", &mut found, &mut Vec::new())?;
    while let Some(here) = open.pop() {
        list(&folder.join(&here), &format!("{here}/"), &mut found, &mut open)?;
    }
    found.retain(|path| files.get(path).is_none() && head(&folder.join(path)).is_some_and(|head| is_ours(&head)));
    found.sort();
    Ok(found)
}

/// Files and folders directly in a folder. Links are passed over, so that nothing outside is met.
fn list(place: &Path, prefix: &str, files: &mut Vec<String>, folders: &mut Vec<String>) -> Result<(), OutputError> {
    let entries = match fs::read_dir(place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(place, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| failed(place, error))?;
        let kind = entry.file_type().map_err(|error| failed(place, error))?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if kind.is_dir() {
            folders.push(format!("{prefix}{name}"));
        } else if kind.is_file() {
            files.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, OutputError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, error)),
    }
}

/// How many bytes of a file are looked at for the mark.
const HEAD: usize = 512;

fn head(path: &Path) -> Option<Vec<u8>> {
    use io::Read;
    let mut head = Vec::new();
    fs::File::open(path).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Some(head)
}

fn is_ours(content: &[u8]) -> bool {
    let head = content.get(..HEAD.min(content.len())).unwrap_or_default();
    head.windows(MARK.len()).any(|window| window == MARK.as_bytes())
}

/// Whether two texts are the same but for line endings.
fn same(old: &[u8], new: &str) -> bool {
    if old == new.as_bytes() {
        return true;
    }
    if !old.contains(&b'\r') && !new.contains('\r') {
        return false;
    }
    let plain = |bytes: &[u8]| -> Vec<u8> {
        let mut ahead = bytes.iter().skip(1).copied().chain([0]);
        bytes.iter().copied().filter(|byte| ahead.next() != Some(b'\n') || *byte != b'\r').collect()
    };
    plain(old) == plain(new.as_bytes())
}

fn failed(path: &Path, error: io::Error) -> OutputError {
    OutputError::Io { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(files: &[(&str, &str)]) -> FileSet {
        let mut out = FileSet::default();
        for (path, content) in files {
            out.insert(*path, *content).unwrap();
        }
        out
    }

    const OLD: &str = "// @generated by clientsmith from `a.yaml`\nold";
    const NEW: &str = "// @generated by clientsmith from `a.yaml`\nnew\n";

    #[test]
    fn only_what_differs_is_written_and_only_ours_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let first = set(&[("src/lib.rs", OLD), ("src/a/old.rs", OLD), ("src/b.rs", NEW), ("README.md", NEW)]);
        let changes = write(&first, folder.path(), Mode::Write).unwrap();
        assert_eq!((changes.written.len(), changes.unchanged, changes.deleted.len()), (4, 0, 0));

        fs::write(at("src/mine.rs"), "mine").unwrap();
        fs::create_dir_all(at("other")).unwrap();
        fs::write(at("other/x.rs"), OLD).unwrap();
        fs::write(at("src/b.rs"), NEW.replace('\n', "\r\n")).unwrap();
        let stamp = fs::metadata(at("README.md")).unwrap().modified().unwrap();

        let second = set(&[("src/lib.rs", NEW), ("src/b.rs", NEW), ("README.md", NEW)]);
        let expected =
            Changes { written: vec!["src/lib.rs".to_owned()], unchanged: 2, deleted: vec!["src/a/old.rs".to_owned()] };
        assert_eq!(write(&second, folder.path(), Mode::Check).unwrap(), expected);
        assert_eq!(fs::read_to_string(at("src/lib.rs")).unwrap(), OLD);
        assert_eq!(write(&second, folder.path(), Mode::Write).unwrap(), expected);
        assert_eq!(fs::read_to_string(at("src/lib.rs")).unwrap(), NEW);
        assert_eq!(fs::metadata(at("README.md")).unwrap().modified().unwrap(), stamp);
        assert!(!at("src/a").exists() && at("src/mine.rs").exists() && at("other/x.rs").exists());
        assert!(write(&second, folder.path(), Mode::Check).unwrap().is_empty());
        let leftovers = fs::read_dir(at("src"))
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".tmp"));
        assert_eq!(leftovers.count(), 0);
    }

    #[test]
    fn files_of_others_are_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("lib.rs"), "mine").unwrap();
        let files = set(&[("lib.rs", NEW), ("x.rs", NEW)]);
        let error = write(&files, folder.path(), Mode::Write).unwrap_err();
        assert_eq!(error.to_string(), "files that were not made by clientsmith are in the way: lib.rs");
        assert!(!folder.path().join("x.rs").exists());
        assert!(write(&files, folder.path(), Mode::Force).is_ok());
        assert_eq!(fs::read_to_string(folder.path().join("lib.rs")).unwrap(), NEW);
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("z.rs")).unwrap();
        let files = set(&[("a.rs", NEW), ("z.rs", NEW)]);
        assert!(write(&files, folder.path(), Mode::Force).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_moved_as_a_whole_only_where_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("src/old")).unwrap();
        fs::write(at("src/mine.txt"), "mine").unwrap();
        let files = set(&[("src/old/a.rs", NEW), ("src/new/b.rs", NEW), ("docs/c.md", NEW)]);
        assert_eq!(write(&files, folder.path(), Mode::Write).unwrap().written.len(), 3);
        assert!(files.iter().all(|(path, text)| fs::read_to_string(at(path)).unwrap() == text));
        assert!(at("src/mine.txt").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_an_error_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("docs")).unwrap();
        fs::write(folder.path().join("docs/a"), "mine").unwrap();
        let files = set(&[("README.md", NEW), ("docs/a/models/x.md", NEW)]);
        assert!(matches!(write(&files, folder.path(), Mode::Write), Err(OutputError::Io { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    /// Where there is a second file system to link to, as on most Linux machines.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_may_be_on_another_disk() {
        let folder = tempfile::tempdir().unwrap();
        let Ok(other) = tempfile::tempdir_in("/dev/shm") else { return };
        std::os::unix::fs::symlink(other.path(), folder.path().join("docs")).unwrap();
        let files = set(&[("docs/a.md", NEW), ("docs/models/b.md", NEW), ("c.md", NEW)]);
        write(&files, folder.path(), Mode::Write).unwrap();
        assert!(files.iter().all(|(path, text)| fs::read_to_string(folder.path().join(path)).unwrap() == text));
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 2);
    }

    #[test]
    fn line_endings_do_not_matter() {
        assert!(same(b"a\r\nb\n", "a\nb\n") && same(b"a\nb", "a\r\nb") && !same(b"a\rb", "ab") && !same(b"a\r", "a"));
    }
}
