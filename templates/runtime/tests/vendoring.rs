//! The runtime's sources also live inside stand-alone crates: what that asks of them.

use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let mut sources: Vec<_> = found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect();
    sources.sort();
    sources
}

#[test]
fn no_path_starts_at_the_crate() {
    for (file, text) in sources() {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let exported = file == "codegen.rs" && line.starts_with("pub use crate::__");
            let path = line.contains("$crate") || line.replace("pub(crate)", "").contains("crate::") && !exported;
            assert!(!path, "{file}: {line}");
        }
    }
}

#[test]
fn no_file_has_inner_attributes() {
    for (file, text) in sources() {
        assert!(!text.contains("#!["), "{file}");
    }
}

#[cfg(feature = "embed")]
#[test]
fn the_embedded_files_are_all_files() {
    let embedded: Vec<&str> = clientsmith_runtime::sources().iter().map(|(path, _)| *path).collect();
    let sources = sources();
    let expected: Vec<&str> =
        sources.iter().map(|(path, _)| path.as_str()).filter(|path| *path != "embed.rs").collect();
    assert_eq!(embedded, expected, "the list in src/embed.rs is not that of the files in src/");
}
