//! New files, all written into a folder of their own before any is moved to its place.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::{OutputError, failed};
use crate::files::FileSet;
use crate::parallel;

/// Writes these files of the set below a folder.
///
/// # Errors
/// When the system refuses. Nothing is moved unless all could be written.
pub(super) fn bring(files: &FileSet, folder: &Path, paths: &[String]) -> Result<(), OutputError> {
    if paths.is_empty() {
        return Ok(());
    }
    let stage = folder.join(format!(".clientsmith.{}.tmp", std::process::id()));
    // A process of the same number may have been stopped here once.
    let _ = fs::remove_dir_all(&stage);
    let moved = fill(files, &stage, paths).and_then(|()| settle(&stage, folder));
    // Nothing is left in it but what could not be moved, and the first error is the one to tell.
    let _ = fs::remove_dir_all(&stage);
    moved
}

/// Writes files below a folder that is for them alone.
fn fill(files: &FileSet, stage: &Path, paths: &[String]) -> Result<(), OutputError> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::from([("", Vec::new())]);
    for path in paths {
        folders.entry(path.rsplit_once('/').map_or("", |(above, _)| above)).or_default().push(path);
    }
    for folder in folders.keys().map(|folder| stage.join(folder)) {
        fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
    }
    // The system makes one file of a folder at a time, so two threads in one would wait for each other.
    let folders: Vec<Vec<&str>> = folders.into_values().collect();
    let written = parallel::map(&folders, |paths| {
        paths.iter().try_for_each(|path| {
            let place = stage.join(path);
            fs::write(&place, files.get(path).unwrap_or_default()).map_err(|error| failed(&place, error))
        })
    });
    written.into_iter().collect()
}

/// Moves what lies in one folder into another: as a whole what has no counterpart there.
fn settle(from: &Path, to: &Path) -> Result<(), OutputError> {
    // All are listed first: not every system lists what is left when some have been moved away.
    let entries: Result<Vec<_>, _> = fs::read_dir(from).and_then(Iterator::collect);
    for entry in entries.map_err(|error| failed(from, error))? {
        let (from, place) = (entry.path(), to.join(entry.file_name()));
        let is_folder = entry.file_type().map_err(|error| failed(&from, error))?.is_dir();
        if is_folder && place.is_dir() {
            settle(&from, &place)?;
            continue;
        }
        match fs::rename(&from, &place) {
            // A folder of the output may be a link to another disk.
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices && is_folder => {
                fs::create_dir(&place).map_err(|error| failed(&place, error))?;
                settle(&from, &place)?;
            }
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let beside = place.with_file_name(format!(".{}.tmp", std::process::id()));
                let moved = fs::copy(&from, &beside).and_then(|_| fs::rename(&beside, &place));
                if moved.is_err() {
                    let _ = fs::remove_file(&beside);
                }
                moved.map_err(|error| failed(&place, error))?;
            }
            moved => moved.map_err(|error| failed(&place, error))?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_moved_leaves_no_stage_behind() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("z.rs")).unwrap();
        let mut files = FileSet::default();
        files.insert("z.rs", "new").unwrap();
        let error = bring(&files, folder.path(), &["z.rs".to_owned()]).unwrap_err();
        assert!(matches!(error, OutputError::Io { path, .. } if path.ends_with("z.rs")));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
