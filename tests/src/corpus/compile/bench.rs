//! The workspace that the generated crates stand in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::messages::{self, Spoken};
use super::wrapper::{self, Measured};
use crate::workspace;

/// A folder with a workspace: `crates/NAME` are its members, and `templates/runtime` is what they depend on.
#[derive(Clone, Debug)]
pub(in super::super) struct Bench {
    root: PathBuf,
    jobs: usize,
    /// Seconds and GiB that the compiler may take for one crate.
    bounds: (u64, u64),
}

impl Bench {
    /// The workspace in `root`, with the runtime as it is now.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in super::super) fn new(root: PathBuf, jobs: usize, bounds: (u64, u64)) -> Result<Self, String> {
        let bench = Self { root, jobs, bounds };
        for path in workspace::files("templates/runtime").iter().filter(|path| !path.contains("/tests/")) {
            bench.bring(path, &workspace::read(path))?;
        }
        bench.bring("Cargo.lock", &workspace::read("Cargo.lock"))?;
        for folder in ["crates", "measures", "messages"] {
            fs::create_dir_all(bench.root.join(folder)).map_err(|error| error.to_string())?;
        }
        Ok(bench)
    }

    /// Where a crate stands.
    pub(in super::super) fn crate_folder(&self, name: &str) -> PathBuf {
        self.root.join("crates").join(name)
    }

    /// Builds what all crates depend on: with a crate that has nothing in it.
    ///
    /// # Errors
    /// When that fails.
    pub(super) fn dependencies(&self, doc: bool, clippy: bool) -> Result<(), String> {
        let manifest = "[package]\nname = \"nothing\"\nversion.workspace = true\nedition.workspace = true\n\n[dependencies]\nclientsmith-runtime = { workspace = true, features = [\"default\"] }\n";
        self.bring("crates/nothing/Cargo.toml", manifest)?;
        self.bring("crates/nothing/src/lib.rs", "")?;
        let commands = [Some("check"), doc.then_some("doc"), clippy.then_some("clippy")];
        if !workspace::fetch() {
            return Err("the dependencies cannot be loaded".to_owned());
        }
        for what in commands.into_iter().flatten() {
            let said = self.cargo(&["nothing".to_owned()], what, &["--all-features"])?;
            if !said.crates.get("nothing").is_some_and(|said| said.built) {
                return Err(format!("the dependencies do not build:\n{}", said.stderr));
            }
        }
        Ok(())
    }

    /// The features of a crate, sorted by name.
    ///
    /// # Errors
    /// When Cargo cannot tell.
    pub(super) fn features(&self, name: &str) -> Result<Vec<String>, String> {
        self.members(&[name.to_owned()])?;
        let mut command = workspace::cargo();
        command.current_dir(&self.root).args(["metadata", "--offline", "--no-deps", "--format-version=1"]);
        let output = command.output().map_err(|error| format!("cargo: {error}"))?;
        let told: serde_json::Value = serde_json::from_slice(&output.stdout)
            .map_err(|_| format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)))?;
        let packages = told["packages"].as_array().into_iter().flatten();
        let features =
            packages.filter(|package| package["name"] == name).find_map(|package| package["features"].as_object());
        let mut names: Vec<String> = features.into_iter().flat_map(|features| features.keys().cloned()).collect();
        names.sort();
        Ok(names)
    }

    /// Makes these crates the members of the workspace.
    fn members(&self, names: &[String]) -> Result<(), String> {
        let quoted: Vec<String> = names.iter().map(|name| format!("\"crates/{name}\"")).collect();
        self.bring("Cargo.toml", &manifest(&workspace::read("Cargo.toml"), &quoted.join(", "))?)
    }

    /// Runs a command of Cargo on some crates, as far as each goes.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(super) fn cargo(&self, names: &[String], what: &str, features: &[&str]) -> Result<Spoken, String> {
        self.members(names)?;
        let mut command = workspace::cargo();
        command.current_dir(&self.root).args([what, "--offline", "--keep-going", "--message-format=json"]);
        command.args(["--jobs", &self.jobs.to_string()]).args(features);
        command.args(match what {
            "doc" => &["--no-deps"] as &[&str],
            "build" => &["--bins"],
            _ => &["--lib", "--bins"],
        });
        command.args(names.iter().flat_map(|name| ["-p", name]));
        command.env("CARGO_TARGET_DIR", self.root.join("target")).env("CARGO_INCREMENTAL", "0");
        command.env("CARGO_TERM_COLOR", "never").env("CARGO_PROFILE_DEV_DEBUG", "false");
        command.env_remove("CLIENTSMITH_CORPUS");
        // Clippy stands there itself.
        if matches!(what, "check" | "build") {
            wrapper::stand_between(&mut command, &self.root.join("measures"), self.bounds)?;
        }
        let output = command.output().map_err(|error| format!("cargo: {error}"))?;
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let spoken = messages::read(&String::from_utf8_lossy(&output.stdout), stderr);
        for (name, text) in &spoken.rendered {
            let place = self.root.join("messages").join(format!("{name}.{what}.txt"));
            fs::write(&place, text).map_err(|error| format!("{}: {error}", place.display()))?;
        }
        for name in names.iter().filter(|name| !spoken.rendered.contains_key(*name)) {
            // What an earlier run had to say is over.
            let _ = fs::remove_file(self.root.join("messages").join(format!("{name}.{what}.txt")));
        }
        Ok(spoken)
    }

    /// Builds programs and gives what came out, by package.
    ///
    /// # Errors
    /// When Cargo cannot be started.
    pub(in super::super) fn programs(&self, names: &[String]) -> Result<BTreeMap<String, Program>, String> {
        let spoken = self.cargo(names, "build", &["--all-features"])?;
        // One that Cargo cannot read stops all of them.
        if spoken.crates.is_empty() && names.len() > 1 {
            let each = names.iter().map(|name| self.programs(std::slice::from_ref(name)));
            return Ok(each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
        }
        let program = |name: &String| {
            let said = spoken.crates.get(name);
            let program = match said.and_then(|said| said.program.clone()) {
                Some(path) => Program::Built(path.into()),
                None => {
                    Program::Failed(said.map(|said| said.first.clone()).unwrap_or_else(|| last_error(&spoken.stderr)))
                }
            };
            (name.clone(), program)
        };
        Ok(names.iter().map(program).collect())
    }

    /// Deletes what was built of some packages and is large: programs and pages. What a check has left stays, so that a
    /// crate that is the same next time is not checked again.
    pub(in super::super) fn sweep(&self, names: &[String]) {
        let names: BTreeSet<String> = names.iter().map(|name| name.replace('-', "_")).collect();
        let target = self.root.join("target");
        // The index of the pages as well: rustdoc adds each crate to that of all before it, one crate at a time. What is not
        // there needs no deleting.
        let _ = fs::remove_dir_all(target.join("doc"));
        for folder in ["debug", "debug/deps"] {
            for entry in fs::read_dir(target.join(folder)).into_iter().flatten().flatten() {
                let file = entry.file_name().to_string_lossy().replace('-', "_");
                let stem = file.split('.').next().unwrap_or_default();
                // Below `deps` a hash follows.
                let program = file.ends_with(".exe") || !file.contains('.') || file.ends_with(".o");
                let of = |stem: &str| names.contains(stem);
                if program && (of(stem) || stem.rsplit_once('_').is_some_and(|(stem, _)| of(stem))) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    /// What the compiler took for a crate, now or when it was last at it.
    pub(super) fn measured(&self, name: &str) -> Option<Measured> {
        wrapper::measured(&self.root.join("measures"), name)
    }

    fn bring(&self, path: &str, text: &str) -> Result<(), String> {
        let place = self.root.join(path);
        if fs::read(&place).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        let failed = |error: std::io::Error| format!("{}: {error}", place.display());
        fs::create_dir_all(place.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        fs::write(&place, text).map_err(failed)
    }
}

/// A program that was to be built.
#[derive(Clone, Debug)]
pub(in super::super) enum Program {
    /// Its file.
    Built(PathBuf),
    /// Why there is none.
    Failed(String),
}

/// The last line of Cargo that tells an error.
pub(super) fn last_error(stderr: &str) -> String {
    stderr.lines().rfind(|line| line.trim_start().starts_with("error")).unwrap_or_default().to_owned()
}

/// The manifest of our workspace with other members.
fn manifest(ours: &str, members: &str) -> Result<String, String> {
    let line =
        ours.lines().find(|line| line.starts_with("members = ")).ok_or("the workspace has no line of members")?;
    Ok(ours.replace(line, &format!("members = [\"templates/runtime\", {members}]")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let bench = Bench { root: folder.path().to_owned(), jobs: 1, bounds: (1, 1) };
        let put = |path: &str| {
            let path = folder.path().join("target").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        let all = [
            "doc/a_b/index.html",
            "debug/a-b",
            "debug/deps/a_b-0123",
            "debug/deps/a_b-0123.x.rcgu.o",
            "doc/a/index.html",
            "debug/a",
            "debug/deps/liba_b-0123.rmeta",
            "debug/deps/a_b_c-0123",
        ];
        all.into_iter().for_each(put);
        bench.sweep(&["a-b".to_owned()]);
        let left = all.map(|path| folder.path().join("target").join(path).exists());
        assert_eq!(left, [false, false, false, false, false, true, true, true]);
    }

    #[test]
    fn members() {
        let ours = workspace::read("Cargo.toml");
        let text = manifest(&ours, "\"crates/a\"").unwrap();
        assert!(text.contains("members = [\"templates/runtime\", \"crates/a\"]\n"), "{text}");
        assert_eq!(text.lines().count(), ours.lines().count());
        assert!(manifest("", "").is_err());
    }
}
