//! The descriptions in `specs/`, read with `openapiv3`.

use super::reader::Reader;
use openapiv3::{OpenAPI, Schema};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The APIs that the server knows: the names of files in `specs/` without their ending.
pub const APIS: [&str; 4] = ["botcity-insights", "genesys-bots", "genesys-process-automation", "kore-ai"];

/// One description.
#[derive(Debug)]
pub struct Description {
    /// The name of the API.
    pub api: &'static str,
    /// Its operations in the order of the file.
    pub operations: Vec<Operation>,
    /// Its security schemes.
    pub schemes: Vec<Scheme>,
    /// Where `$ref`s lead.
    pub(super) document: OpenAPI,
}

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// The name of the API.
    pub api: &'static str,
    /// Its `operationId`.
    pub id: String,
    /// The method, in capital letters.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Its parameters, those of the path item among them.
    pub parameters: Vec<Parameter>,
    /// Names of schemes: any one list will do, the schemes of a list are needed together.
    pub security: Vec<Vec<String>>,
    /// The body that it takes.
    pub body: Option<Body>,
    /// What it answers with, in the order of the file, the default last.
    pub answers: Vec<Declared>,
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Whether it must be there.
    pub required: bool,
    /// What its value must be.
    pub schema: Schema,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header field.
    Header,
    /// In a cookie.
    Cookie,
}

/// The body that an operation takes.
#[derive(Debug)]
pub struct Body {
    /// Whether it must be there.
    pub required: bool,
    /// What it must be.
    pub schema: Schema,
    /// Its examples.
    pub examples: Vec<Example>,
}

/// An answer that an operation declares.
#[derive(Debug)]
pub struct Declared {
    /// Its status; `None` for the default.
    pub status: Option<u16>,
    /// The header fields that have an example, with it.
    pub headers: Vec<(String, String)>,
    /// Whether it has a body.
    pub has_body: bool,
    /// The examples of its body.
    pub examples: Vec<Example>,
}

/// An example with its name.
#[derive(Clone, Debug)]
pub struct Example {
    /// The key under `examples`.
    pub name: String,
    /// The value.
    pub value: Value,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The key under `securitySchemes`.
    pub name: String,
    /// Where the credential goes.
    pub key: KeyPlace,
}

/// Where a credential goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// As it is, in a header field of this name.
    Header(String),
    /// As `Authorization: Bearer …`.
    Bearer,
}

impl Operation {
    /// The answer that counts as success.
    pub fn success(&self) -> &Declared {
        let found = self.answers.iter().find(|answer| answer.status.is_some_and(|status| (200..300).contains(&status)));
        found.unwrap_or_else(|| panic!("{} declares no success", self.id))
    }

    /// The answer for a status, else the default.
    pub fn answer(&self, status: u16) -> Option<&Declared> {
        let exact = self.answers.iter().find(|answer| answer.status == Some(status));
        exact.or_else(|| self.answers.iter().find(|answer| answer.status.is_none()))
    }
}

/// The folder with the descriptions.
pub fn specs() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs"))
}

/// All descriptions, read once in a process.
///
/// # Panics
///
/// When one cannot be read.
pub fn descriptions() -> &'static [Description] {
    static ALL: OnceLock<Vec<Description>> = OnceLock::new();
    ALL.get_or_init(|| APIS.into_iter().map(load).collect())
}

fn load(api: &'static str) -> Description {
    let path = specs().join(api).with_extension("yaml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let document: OpenAPI = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{api}: {error}"));
    Reader::new(api, &document).description()
}
