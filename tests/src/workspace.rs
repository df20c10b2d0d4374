//! Where things are in this repository, and reading them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the tests stand in a folder of the workspace").to_owned()
}

/// A text file of the workspace, by its path from the root.
pub fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The Cargo that runs this program, or else the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Loads every dependency that the workspace has locked, optional ones too, and tells whether all are there: what is built
/// for tests needs some that a build of the workspace alone does not, and goes without a network.
#[must_use]
pub fn fetch() -> bool {
    let mut command = cargo();
    command.args(["fetch", "--quiet", "--locked"]).current_dir(root());
    command.status().is_ok_and(|status| status.success())
}

/// Puts a table into `CONTRIBUTING.md`, between the two marks of its name.
///
/// # Errors
/// When the marks are not there or the file cannot be written.
pub fn note(name: &str, table: &str) -> Result<(), String> {
    let path = root().join("CONTRIBUTING.md");
    let text = read("CONTRIBUTING.md");
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->\n"));
    let parts = text.split_once(&start).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let (before, after) = parts.ok_or_else(|| format!("CONTRIBUTING.md has no marks for {name}"))?;
    fs::write(&path, format!("{before}{start}{}\n{end}{after}", table.trim_end()))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// The files below a folder of the workspace, by their path from the root, with `/`, sorted. Hidden ones and `target`
/// are passed over.
pub fn files(folder: impl AsRef<Path>) -> Vec<String> {
    below(&root().join(folder))
        .into_iter()
        .map(|path| path.strip_prefix(root()).expect("it is below the root").to_string_lossy().replace('\\', "/"))
        .collect()
}

/// The files below any folder, sorted.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here).unwrap_or_else(|error| panic!("{}: {error}", here.display())) {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') || name == "target" {
                continue;
            }
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}
