//! What a user can choose about the output.
//!
//! [`Config`] is for a run as a whole. Choices that belong to one API alone (renames, skips, allowed gaps) are read from
//! a TOML file beside its description: [`ApiSettings`].

mod allow;
mod api;
mod pattern;
mod read;
#[cfg(test)]
mod tests;

pub(crate) use allow::Allowed;
pub use api::{Allow, ApiSettings, Defaults, FormatChoice, Rename, Renamed, Said, Selection, ServerChoice};
pub(crate) use pattern::{names_operation, selects_operation};

use crate::load::Limits;
use crate::lock::Lock;

/// Where generated code finds the runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Runtime {
    /// Its files travel in the output, under `src/runtime/`: the crate depends on nothing of clientsmith.
    #[default]
    Vendored,
    /// The output depends on the crate `clientsmith-runtime`.
    Crate,
}

/// What the output is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A whole crate: `Cargo.toml`, `README.md`, `src/`, `docs/`.
    #[default]
    Crate,
    /// Only modules, to be included in a crate of someone's own: `mod.rs` and what it needs.
    Modules,
}

/// How to generate. Start from [`Config::default`] and change what you need.
///
/// # Example
/// ```
/// use clientsmith::settings::{Config, Runtime};
///
/// let config = Config::default().with_name("acme-clients").with_strict(true).with_runtime(Runtime::Crate);
/// assert_eq!(config.name.as_deref(), Some("acme-clients"));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Config {
    /// Name of the crate; the API's own name, or `clients` for several, when it is not set.
    pub name: Option<String>,
    /// Whether everything that would be left out is an error.
    pub strict: bool,
    /// Where generated code finds the runtime.
    pub runtime: Runtime,
    /// What the output is made for.
    pub form: Form,
    /// Whether each API is a module and a Cargo feature of its own even when there is only one.
    pub api_modules: bool,
    /// Bounds on what is read.
    pub limits: Limits,
    /// Names that earlier runs gave.
    pub lock: Lock,
}

impl Config {
    /// Names the crate.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
    /// Makes everything that would be left out an error.
    #[must_use]
    pub fn with_strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }
    /// Chooses where generated code finds the runtime.
    #[must_use]
    pub fn with_runtime(mut self, runtime: Runtime) -> Self {
        self.runtime = runtime;
        self
    }
    /// Chooses what the output is made for.
    #[must_use]
    pub fn with_form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }
    /// Makes each API a module and a feature of its own even when there is only one.
    #[must_use]
    pub fn with_api_modules(mut self, api_modules: bool) -> Self {
        self.api_modules = api_modules;
        self
    }
    /// Bounds what is read.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
    /// Keeps names that earlier runs gave.
    #[must_use]
    pub fn with_lock(mut self, lock: Lock) -> Self {
        self.lock = lock;
        self
    }
    /// The crate's name for APIs of these names.
    pub fn crate_name(&self, apis: &[String]) -> String {
        match (&self.name, apis) {
            (Some(name), _) => name.clone(),
            (None, [only]) => only.clone(),
            (None, _) => "clients".to_owned(),
        }
    }
}
