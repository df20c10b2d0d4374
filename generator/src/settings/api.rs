//! The settings of one API, as its TOML file says them. What each key means is in `docs/settings.md`.

use crate::diag::Code;
use crate::ir::{Origin, Shape};

/// The settings of one API.
///
/// [`ApiSettings::read`] takes them from the document that was loaded with them; the default is what holds without any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiSettings {
    /// `name`: the API's own name in the output.
    pub name: Option<Said<String>>,
    /// `rename`: names that replace those made from the description.
    pub rename: Rename,
    /// `only`: the operations that are generated; all when it is not there.
    pub only: Option<Selection>,
    /// `skip`: the operations that are not generated.
    pub skip: Selection,
    /// `allow`: what may be left out although nothing may.
    pub allow: Vec<Allow>,
    /// `formats`: types of formats.
    pub formats: Vec<FormatChoice>,
    /// `server`: which server is called unless the program says otherwise.
    pub server: Option<Said<ServerChoice>>,
    /// `layout = "single"`: whether all operations stand in one module, and all models in another.
    pub single_module: bool,
    /// `features.per-tag`: from how many operations on each tag has a feature of its own.
    pub per_tag: Option<usize>,
    /// `features.default`: which features of the API are on by default.
    pub defaults: Defaults,
}

/// A value of the settings, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub at: Origin,
}

/// `rename`: tables from what the description calls a thing to what the code shall call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rename {
    /// Types, by the name of the component or by pointer.
    pub types: Vec<Renamed>,
    /// Members of structs: `Type.member`.
    pub fields: Vec<Renamed>,
    /// Values of enums and variants of unions: `Type.value`.
    pub values: Vec<Renamed>,
    /// Operations, by `operationId` or `METHOD /path`.
    pub operations: Vec<Renamed>,
    /// Parameters: `operation.parameter`.
    pub params: Vec<Renamed>,
    /// Tags.
    pub tags: Vec<Renamed>,
    /// Security schemes.
    pub schemes: Vec<Renamed>,
}

/// One entry of a table under `rename`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What gets the name.
    pub what: String,
    /// Where that is said.
    pub what_at: Origin,
    /// The name.
    pub name: String,
    /// Where that is said.
    pub name_at: Origin,
}

/// `only` and `skip`: some of the operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Patterns of operations: `operationId`, `METHOD /path`, `/path`.
    pub operations: Vec<Said<String>>,
    /// Names of tags.
    pub tags: Vec<Said<String>>,
}

/// `allow`: a gap that is known and accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// Its code.
    pub code: Code,
    /// Pattern of its place, such as `#/paths/~1pets/**`.
    pub at: String,
    /// Why it is accepted.
    pub reason: String,
    /// Where the entry stands.
    pub origin: Origin,
}

/// `formats`: the type of a format.
#[derive(Clone, Debug, PartialEq)]
pub struct FormatChoice {
    /// The format; or `integer` or `number` for such values without one.
    pub format: String,
    /// What it becomes.
    pub shape: Shape,
    /// Where the entry stands.
    pub at: Origin,
}

/// `server`: which server is called unless the program says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerChoice {
    /// One of the description, counted from 0.
    Index(usize),
    /// Another one, in place of all that the description has.
    Url(String),
}

/// `features.default`: which features of the API are on by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Defaults {
    /// `true`: all of them.
    #[default]
    All,
    /// `false`: none of them.
    Nothing,
    /// A list of tags: that of the API, and those of these tags.
    Tags(Vec<Said<String>>),
}
