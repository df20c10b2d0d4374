//! Cargo, run by tests on packages that are no members of this workspace.
//!
//! They stand in `target/nested/` and stay there from run to run: what has not changed is not compiled again. All share
//! one target folder, so dependencies are compiled once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::workspace;

/// The right to run Cargo here: one test at a time.
#[derive(Debug)]
pub struct Nested {
    root: PathBuf,
    /// Held until the test is done.
    _lock: File,
}

impl Nested {
    /// Waits until no other test is at it.
    pub fn lock() -> Self {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
        let root = workspace::root().join(target).join("nested");
        fs::create_dir_all(&root).expect("the target folder can be written");
        let lock = File::create(root.join(".lock")).expect("the target folder can be written");
        lock.lock().expect("the file system knows locks");
        // Where some cannot be loaded, the run that needs them says so.
        let _ = workspace::fetch();
        Self { root, _lock: lock }
    }

    /// The place of a package.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Brings a package to the given files, and gives its place. What is the same is not touched, what is no part of it
    /// is deleted. It gets the versions of dependencies that this workspace has locked.
    pub fn package(&self, name: &str, mut files: BTreeMap<String, String>) -> PathBuf {
        let folder = self.folder(name);
        files.insert("Cargo.lock".to_owned(), workspace::read("Cargo.lock"));
        bring(&folder, &files);
        folder
    }

    /// A copy of this workspace, without its tests: nothing in it is an input of a build.
    pub fn workspace(&self) -> PathBuf {
        let mut files: BTreeMap<String, String> = ["generator", "templates", "generated", "specs"]
            .into_iter()
            .flat_map(workspace::files)
            .filter(|path| !path.contains("/tests/"))
            .map(|path| (path.clone(), workspace::read(path)))
            .collect();
        let manifest = workspace::read("Cargo.toml");
        let members = r#""generated", "tests"]"#;
        assert!(manifest.contains(members), "the members have moved");
        files.insert("Cargo.toml".to_owned(), manifest.replace(members, r#""generated"]"#));
        self.package("workspace", files)
    }

    /// Runs Cargo in a folder; nothing is fetched.
    pub fn cargo(&self, folder: &Path, arguments: &[&str]) -> Ran {
        self.cargo_with(folder, arguments, &[])
    }

    /// The same with variables of the environment.
    pub fn cargo_with(&self, folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = workspace::cargo();
        // `cargo doc` and `cargo test` say what they find in plain words alone.
        let json = matches!(arguments.first(), Some(&("build" | "check")));
        command.current_dir(folder).args(arguments).args(json.then_some("--message-format=json"));
        command.env_remove("CLIENTSMITH").env("CARGO_NET_OFFLINE", "true").env("CARGO_TERM_COLOR", "never");
        command.env("CARGO_TARGET_DIR", self.root.join("target"));
        // The packages have different profiles; dependencies are shared only where those agree.
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_TEST_DEBUG", "0");
        command.envs(variables.iter().copied());
        let output = command.output().expect("cargo can be run");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ran { success: output.status.success(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// What a run of Cargo said.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Whether it ended well.
    pub success: bool,
    /// Standard output: lines of JSON for `build` and `check`.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Ran {
    /// Fails unless Cargo ended well, with all that was said.
    #[track_caller]
    pub fn expect(self, what: &str) -> Self {
        assert!(self.success, "{what}:\n{}", self.said());
        self
    }

    /// Fails unless Cargo ended well and without a warning.
    #[track_caller]
    pub fn expect_clean(self, what: &str) -> Self {
        let said = self.said();
        assert!(self.success && !said.contains("warning"), "{what}:\n{said}");
        self
    }

    /// What was said to people.
    pub fn said(&self) -> String {
        let rendered: String = self
            .json()
            .filter(|line| line["reason"] == "compiler-message")
            .filter_map(|line| line["message"]["rendered"].as_str().map(str::to_owned))
            .collect();
        let plain = if self.stdout.starts_with('{') { "" } else { &self.stdout };
        format!("{rendered}{plain}{}", self.stderr)
    }

    /// The packages that were compiled (or whose build script was run) rather than found done, sorted.
    pub fn compiled(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .json()
            .filter(|line| line["reason"] == "compiler-artifact" && line["fresh"] == false)
            .filter_map(|line| line["target"]["name"].as_str().map(str::to_owned))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    fn json(&self) -> impl Iterator<Item = Value> {
        self.stdout.lines().filter(|line| line.starts_with('{')).filter_map(|line| serde_json::from_str(line).ok())
    }
}

/// Brings a folder to the given files.
fn bring(folder: &Path, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let place = folder.join(path);
        if fs::read(&place).ok().as_deref() != Some(text.as_bytes()) {
            fs::create_dir_all(place.parent().unwrap_or(folder)).expect("the target folder can be written");
            fs::write(&place, text).expect("the target folder can be written");
        }
    }
    for place in workspace::below(folder) {
        let path = place.strip_prefix(folder).expect("it is below the folder").to_string_lossy().replace('\\', "/");
        if !files.contains_key(&path) {
            fs::remove_file(&place).expect("the target folder can be written");
        }
    }
}
