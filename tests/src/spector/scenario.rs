//! What a scenario asks for and gives, as the suite's own files say it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// One request of a scenario.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Step {
    pub(super) scenario: String,
    pub(super) folder: String,
    /// `response-success`, `status-code` or `by-key`.
    pub(super) pass_condition: String,
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) request: Request,
    pub(super) response: Response,
}

/// What must be sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Request {
    pub(super) query: BTreeMap<String, Value>,
    pub(super) headers: BTreeMap<String, Value>,
    pub(super) body: Option<Body>,
}

/// What is answered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, Value>,
    pub(super) body: Option<Body>,
}

/// A body, in one of its forms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Body {
    pub(super) content_type: String,
    /// The text of a JSON value.
    pub(super) json: Option<String>,
    pub(super) text: Option<String>,
    pub(super) base64: Option<String>,
    /// Parts of a multipart body that are no files.
    pub(super) parts: Option<BTreeMap<String, Value>>,
    pub(super) files: Option<Vec<File>>,
}

/// A file in a multipart body.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct File {
    pub(super) fieldname: String,
    pub(super) originalname: String,
    pub(super) mimetype: String,
    pub(super) base64: String,
}

impl Step {
    /// The name of its folder among the documents.
    pub(super) fn document(&self) -> String {
        self.folder.replace('/', "-")
    }
}
