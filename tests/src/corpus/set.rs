//! Which descriptions a folder holds.

use std::fs;
use std::path::Path;

use super::raw;
use crate::workspace;

/// A description of the set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Path of its main file from the folder of the set, with `/`.
    pub(super) file: String,
    /// `api` or `fixture`; empty when nobody says.
    pub(super) kind: String,
}

impl Entry {
    /// Name of the crate that is made from it: says which file it is, and no other file gives the same.
    pub(super) fn crate_name(&self) -> String {
        let plain = self.file.strip_suffix(".gz").unwrap_or(&self.file).to_ascii_lowercase();
        let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let name = words.collect::<Vec<_>>().join("-");
        let name = if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { format!("x{name}") };
        if name.len() <= 56 {
            return name;
        }
        // The end of a path says more than its beginning.
        let end = name[name.len() - 40..].trim_start_matches('-');
        format!("x{:08x}-{end}", fnv(&self.file))
    }

    /// The folder that its references may read, from the folder of the set: its topmost one. Files at the top stand
    /// alone.
    pub(super) fn folder(&self) -> Option<&str> {
        self.file.split_once('/').map(|(folder, _)| folder)
    }
}

/// A short number from a text (FNV-1a).
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// All descriptions of a folder, sorted.
///
/// # Errors
/// When the folder or its index cannot be read.
pub(super) fn entries(folder: &Path) -> Result<Vec<Entry>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::read_dir(folder).map_err(failed)?;
    let index = folder.join("INDEX.tsv");
    let mut found = if index.is_file() {
        indexed(&fs::read_to_string(&index).map_err(failed)?)?
    } else {
        workspace::below(folder)
            .iter()
            .filter(|path| raw::text(path).is_ok_and(|text| looks_like_one(&path.to_string_lossy(), &text)))
            .filter_map(|path| path.strip_prefix(folder).ok())
            .map(|path| Entry { file: path.to_string_lossy().replace('\\', "/"), kind: String::new() })
            .collect()
    };
    found.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(found)
}

/// So many of all, spread evenly.
pub(super) fn spread<T: Clone>(all: &[T], wanted: usize) -> Vec<T> {
    if wanted >= all.len() {
        return all.to_vec();
    }
    (0..wanted).filter_map(|step| all.get((2 * step + 1) * all.len() / (2 * wanted)).cloned()).collect()
}

/// A description of more bytes is not in a sample.
const LARGE: usize = 1_000_000;

/// So many descriptions, spread over those that are not large.
pub(super) fn sample(entries: &[Entry], folder: &Path, wanted: usize) -> Vec<Entry> {
    let small = |entry: &&Entry| raw::text(&folder.join(&entry.file)).is_ok_and(|text| text.len() <= LARGE);
    let small: Vec<Entry> = entries.iter().filter(small).cloned().collect();
    spread(&small, wanted)
}

/// The rows of an index, whose first line names the columns.
fn indexed(text: &str) -> Result<Vec<Entry>, String> {
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| columns.iter().position(|column| *column == name);
    let file = column("file").ok_or("INDEX.tsv has no column `file`")?;
    let kind = column("kind");
    let rows = lines.filter(|line| !line.trim().is_empty()).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        Entry { file: cell(file), kind: kind.map(cell).unwrap_or_default() }
    });
    Ok(rows.collect())
}

/// Whether a file says of itself that it is a description, judged by its text alone.
fn looks_like_one(path: &str, text: &str) -> bool {
    let plain = path.strip_suffix(".gz").unwrap_or(path).to_ascii_lowercase();
    let named = |word: &str| {
        let mut rest = text;
        while let Some(at) = rest.find(word) {
            let (before, after) = (&rest[..at], &rest[at + word.len()..]);
            let quoted = before.ends_with(['"', '\'']);
            // In YAML without quotes, the key of the document stands at the beginning of a line.
            let begins = quoted || before.is_empty() || before.ends_with('\n') || before.ends_with('\u{FEFF}');
            let value = after.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':');
            let value = value.map(|value| value.trim_start().trim_start_matches(['"', '\'']));
            if begins && value.is_some_and(|value| value.starts_with(['2', '3'])) {
                return true;
            }
            rest = after;
        }
        false
    };
    let known = [".json", ".yaml", ".yml"].iter().any(|ending| plain.ends_with(ending));
    known && (named("openapi") || named("swagger"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str) -> Entry {
        Entry { file: file.to_owned(), kind: String::new() }
    }

    #[test]
    fn an_index() {
        let text = "file\tversion\tkind\na.yaml\t3.0.0\tapi\n\nb/c.json.gz\t2.0\tfixture\n";
        let found = indexed(text).unwrap();
        assert_eq!(found[0], Entry { file: "a.yaml".to_owned(), kind: "api".to_owned() });
        assert_eq!(found[1], Entry { file: "b/c.json.gz".to_owned(), kind: "fixture".to_owned() });
        assert_eq!(found.len(), 2);
        assert!(indexed("kind\napi\n").is_err());
    }

    #[test]
    fn names_of_crates() {
        assert_eq!(entry("git-hub_api.v3.json.gz").crate_name(), "git-hub-api-v3-json");
        assert_eq!(entry("2.0/a.yaml").crate_name(), "x2-0-a-yaml");
        let long = format!("{}/a.yaml", "folder".repeat(20));
        assert!(long.len() > 64 && entry(&long).crate_name().len() <= 64);
        assert_ne!(entry(&long).crate_name(), entry(&format!("x{long}")).crate_name());
    }

    #[test]
    fn the_folder_that_may_be_read() {
        assert_eq!(entry("a/b/c.json").folder(), Some("a"));
        assert_eq!(entry("c.json").folder(), None);
    }

    #[test]
    fn samples() {
        let all: Vec<usize> = (0..100).collect();
        assert_eq!(spread(&all, 4), [12, 37, 62, 87]);
        assert_eq!(spread(&all, 0), [0_usize; 0]);
        assert_eq!(spread(&all[..3], 9), [0, 1, 2]);
        let folder = tempfile::tempdir().unwrap();
        for (name, size) in [("a", 1), ("b", LARGE + 1), ("c", LARGE)] {
            fs::write(folder.path().join(name), "x".repeat(size)).unwrap();
        }
        let chosen = sample(&[entry("a"), entry("b"), entry("c"), entry("gone")], folder.path(), 5);
        assert_eq!(chosen, [entry("a"), entry("c")]);
    }

    #[test]
    fn what_looks_like_a_description() {
        for good in [
            "openapi: 3.0.3\n",
            "# x\n\"openapi\" : '3.1.0'",
            "info: {}\nswagger: \"2.0\"\n",
            "{\"paths\":{},\"swagger\":\"2.0\"}",
            "\u{FEFF}openapi: 3.0.0",
        ] {
            assert!(looks_like_one("a.yaml", good), "{good}");
        }
        for bad in ["", "type: object", "info:\n  openapi: 3.0.3\n", "{\"openapi\": true}", "openapi"] {
            assert!(!looks_like_one("a.yaml", bad), "{bad}");
        }
        assert!(looks_like_one("a.JSON.gz".to_lowercase().as_str(), "{\"openapi\":\"3.0.0\"}"));
        assert!(!looks_like_one("a.md", "openapi: 3.0.3\n"));
    }
}
