//! Generation from a build script. This module speaks to Cargo: it reads the environment and prints directives.
//!
//! # Example
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), clientsmith::build_script::Failed> {
//!     clientsmith::build_script::Builder::new().spec("specs/pets.yaml").run()
//! }
//! ```
//! The modules go to `OUT_DIR` then; the crate includes them and depends on `clientsmith-runtime`:
//! ```ignore
//! pub mod pets {
//!     include!(concat!(env!("OUT_DIR"), "/clientsmith/mod.rs"));
//! }
//! ```

mod directives;
mod workspace;

use std::fmt;
use std::path::{Path, PathBuf};

use directives::Directives;
pub use workspace::regenerate_workspace;

use crate::output::{self, Mode};
use crate::settings::{Config, Form, Runtime};
use crate::source::Source;

/// The build script has told Cargo what is wrong; what is left is to end with a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed(String);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failed {}

/// Generates modules for the crate whose build script runs.
///
/// Paths are relative to the folder of that crate, which is where Cargo runs build scripts.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Builder {
    specs: Vec<Spec>,
    /// What was to go with a description before there was one.
    stray: Option<PathBuf>,
    allowed: Vec<PathBuf>,
    out: Option<PathBuf>,
    config: Config,
}

/// A description, and what goes with it.
#[derive(Clone, Debug, Default)]
struct Spec {
    path: PathBuf,
    settings: Option<PathBuf>,
    overlays: Vec<PathBuf>,
}

impl Builder {
    /// A builder with nothing to generate from.
    pub fn new() -> Self {
        let config = Config::default().with_form(Form::Modules).with_runtime(Runtime::Crate);
        Self { config, ..Self::default() }
    }

    /// Adds a description. With several, each API is a module of its own in the output.
    ///
    /// A TOML file beside it, `pets.toml` for `pets.yaml`, holds its settings. Cargo runs the script again when it
    /// changes or goes; one that is added later is noticed with the next change of anything that is watched.
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.specs.push(Spec { path: path.into(), ..Spec::default() });
        self
    }

    /// Reads the settings of the description that was added last from another file than the one beside it.
    ///
    /// # Example
    /// ```no_run
    /// use clientsmith::build_script::Builder;
    ///
    /// # fn main() -> Result<(), clientsmith::build_script::Failed> {
    /// Builder::new().spec("vendor/pets.yaml").settings("pets.toml").overlay("pets.overlay.yaml").run()
    /// # }
    /// ```
    pub fn settings(mut self, path: impl Into<PathBuf>) -> Self {
        match self.specs.last_mut() {
            Some(spec) => spec.settings = Some(path.into()),
            None => self.stray = Some(path.into()),
        }
        self
    }

    /// Applies an OpenAPI Overlay to the description that was added last, behind those that its settings name.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        match self.specs.last_mut() {
            Some(spec) => spec.overlays.push(path.into()),
            None => self.stray = Some(path.into()),
        }
        self
    }

    /// Lets references read another folder than the one of the description.
    pub fn allow(mut self, folder: impl Into<PathBuf>) -> Self {
        self.allowed.push(folder.into());
        self
    }

    /// Writes to a folder of your own, such as `src/clients`, to be checked in; not set, it is `clientsmith` in
    /// `OUT_DIR`. Files that clientsmith did not make are never touched.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = Some(folder.into());
        self
    }

    /// Makes everything that would be left out an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.config = self.config.with_strict(strict);
        self
    }

    /// Replaces all choices; the form should stay [`Form::Modules`] unless the output is a crate.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Generates, writes what differs, and tells Cargo which files to watch and what was found.
    ///
    /// # Errors
    /// When a description has errors or the output cannot be written. Cargo has been told why.
    pub fn run(self) -> Result<(), Failed> {
        let variable = |name: &str| std::env::var(name).ok();
        let mut directives = Directives::default();
        let result = self.run_with(&variable, &mut directives);
        directives.print();
        result
    }

    fn run_with(self, variable: &dyn Fn(&str) -> Option<String>, directives: &mut Directives) -> Result<(), Failed> {
        let Some(folder) = self.out.or_else(|| variable("OUT_DIR").map(|out| Path::new(&out).join("clientsmith")))
        else {
            return Err(directives.error("there is no folder to write to: OUT_DIR is not set; set `out_dir`"));
        };
        if let Some(stray) = &self.stray {
            let message = format!("{} was given before a description that it could go with", stray.display());
            return Err(directives.error(&message));
        }
        let source = |spec: &Spec| {
            let source = self.allowed.iter().fold(Source::open(&spec.path), |source, folder| source.allow(folder));
            let source = spec.settings.iter().fold(source, Source::read_settings);
            spec.overlays.iter().fold(source, Source::read_overlay)
        };
        let sources: Vec<Source> = self.specs.iter().map(source).collect();
        let lock = output::read_lock(&folder).map_err(|error| directives.error(&error))?;
        let outcome = crate::generate(&sources, &self.config.with_lock(lock));
        directives.watch(outcome.inputs.iter());
        directives.findings(&outcome.findings);
        if outcome.has_errors() {
            return Err(Failed("the descriptions have errors".to_owned()));
        }
        match output::write(&outcome.files, &folder, Mode::Write) {
            Ok(_) => Ok(()),
            Err(error) => Err(directives.error(&error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {'204': {description: none}}\n";

    #[test]
    fn output_goes_to_out_dir_or_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let spec = folder.path().join("pets.yaml");
        std::fs::write(&spec, SPEC).unwrap();
        let out = folder.path().join("out");
        let variable = |name: &str| (name == "OUT_DIR").then(|| out.to_string_lossy().into_owned());
        let mut directives = Directives::default();
        Builder::new().spec(&spec).run_with(&variable, &mut directives).unwrap();
        assert!(out.join("clientsmith/mod.rs").is_file());
        assert_eq!(directives.lines(), [format!("cargo::rerun-if-changed={}", spec.display())]);

        let own = folder.path().join("own");
        Builder::new().spec(&spec).out_dir(&own).run_with(&|_| None, &mut Directives::default()).unwrap();
        assert!(own.join("mod.rs").is_file());
    }

    #[test]
    fn settings_and_overlays_are_read_and_watched() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("pets.yaml"), SPEC.replace("{'204': {description: none}}", "{'204': {$ref: '#/gone'}}"))
            .unwrap();
        std::fs::write(
            at("own.toml"),
            "allow = [{ code = 'OA0020', at = '#/**', reason = 'r' }]\nrename.operations.listPets = 'all'\n",
        )
        .unwrap();
        std::fs::write(
            at("o.yaml"),
            "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions: [{target: $.info, update: {title: Other}}]\n",
        )
        .unwrap();
        let builder = Builder::new().spec(at("pets.yaml")).settings(at("own.toml")).overlay(at("o.yaml")).strict(true);
        let mut directives = Directives::default();
        builder.out_dir(at("out")).run_with(&|_| None, &mut directives).unwrap();
        let watched =
            ["o.yaml", "own.toml", "pets.yaml"].map(|name| format!("cargo::rerun-if-changed={}", at(name).display()));
        assert_eq!(directives.lines(), watched, "and what is allowed is no news");
        let code = std::fs::read_to_string(at("out/operations/general.rs")).unwrap();
        assert!(code.contains("pub fn all(&self)"), "{code}");

        let mut directives = Directives::default();
        assert!(
            Builder::new()
                .settings("own.toml")
                .spec("pets.yaml")
                .out_dir(at("out"))
                .run_with(&|_| None, &mut directives)
                .is_err()
        );
        assert_eq!(directives.lines(), ["cargo::error=own.toml was given before a description that it could go with"]);
    }

    #[test]
    fn errors_are_told_to_cargo() {
        let mut directives = Directives::default();
        let failed = Builder::new()
            .spec("/does/not/exist.yaml")
            .out_dir("/does/not/matter")
            .run_with(&|_| None, &mut directives);
        assert!(failed.is_err());
        let expected = [
            "cargo::rerun-if-changed=/does/not/exist.yaml",
            "cargo::error=/does/not/exist.yaml: [OA0001] there is no such file; effect: nothing is generated; help: check the path, and that the file may be read",
        ];
        assert_eq!(directives.lines(), expected);
        let mut directives = Directives::default();
        assert!(Builder::new().run_with(&|_| None, &mut directives).is_err());
        assert_eq!(
            directives.lines(),
            ["cargo::error=there is no folder to write to: OUT_DIR is not set; set `out_dir`"]
        );
    }
}
