//! The operations of a document, read without the generator.

use serde_json::Value;

/// A document of the suite.
pub(super) struct Document {
    root: Value,
    pub(super) operations: Vec<Operation>,
}

/// An operation, as far as a call needs it.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    /// The path with that of the server before it, and `{name}` for each parameter and variable.
    pub(super) path: String,
    pub(super) parameters: Vec<Parameter>,
    /// Media types of the body, with their schemas.
    pub(super) bodies: Vec<(String, Value)>,
    /// Media types of its answers.
    pub(super) answers: Vec<String>,
    /// Names of the security schemes that it can use.
    pub(super) security: Vec<String>,
}

/// A parameter, as far as a call needs it.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) style: String,
    pub(super) explode: bool,
    pub(super) schema: Value,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Document {
    /// Reads the text of a document.
    ///
    /// # Errors
    /// When it is no YAML.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let root: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        let mut document = Self { root, operations: Vec::new() };
        let paths = document.root["paths"].as_object().cloned().unwrap_or_default();
        for (path, item) in &paths {
            let item = document.follow(item);
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    let read = document.operation(path, method, &item, operation);
                    document.operations.push(read);
                }
            }
        }
        Ok(document)
    }

    /// The variables of the server's address.
    pub(super) fn variables(&self) -> Vec<String> {
        let variables = self.root["servers"][0]["variables"].as_object();
        variables.map(|variables| variables.keys().cloned().collect()).unwrap_or_default()
    }

    /// The version of the API.
    pub(super) fn version(&self) -> &str {
        self.root["info"]["version"].as_str().unwrap_or_default()
    }

    /// The values that a variable of the server can have, when the document lists them or has but one version.
    pub(super) fn listed(&self, name: &str) -> Option<Vec<String>> {
        let values = self.root["servers"][0]["variables"][name]["enum"].as_array()?;
        Some(values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
    }

    /// The address of the server, with `{name}` for each variable.
    pub(super) fn server(&self) -> &str {
        self.root["servers"][0]["url"].as_str().unwrap_or_default()
    }

    /// A security scheme.
    pub(super) fn scheme(&self, name: &str) -> &Value {
        &self.root["components"]["securitySchemes"][name]
    }

    /// What a reference leads to; a value that is none leads to itself.
    pub(super) fn follow(&self, value: &Value) -> Value {
        let mut value = value;
        for _ in 0..32 {
            let Some(target) = value.get("$ref").and_then(Value::as_str) else { break };
            let Some(found) = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) else { break };
            value = found;
        }
        value.clone()
    }

    fn operation(&self, path: &str, method: &str, item: &Value, operation: &Value) -> Operation {
        let server = self.server();
        // An address whose host is a variable has no path of its own there.
        let base = match server.find("://") {
            Some(at) => server[at + 3..].find('/').map_or("", |slash| &server[at + 3 + slash..]),
            None => server.find('/').map_or("", |slash| &server[slash..]),
        };
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let parameters = list(&item["parameters"]).into_iter().chain(list(&operation["parameters"]));
        let security = operation.get("security").or(self.root.get("security")).map(list).unwrap_or_default();
        let content = |value: &Value| value["content"].as_object().cloned().unwrap_or_default();
        let answers = operation["responses"].as_object().cloned().unwrap_or_default();
        let answers = answers.values().flat_map(|answer| content(&self.follow(answer)));
        Operation {
            id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_owned(),
            path: format!("{}{path}", base.trim_end_matches('/')),
            parameters: parameters.map(|parameter| self.parameter(&parameter)).collect(),
            bodies: content(&self.follow(&operation["requestBody"]))
                .into_iter()
                .map(|(name, media)| (name, self.schema(&media["schema"], 0)))
                .collect(),
            answers: answers.map(|(name, _)| name).collect(),
            security: security.iter().filter_map(Value::as_object).flat_map(|needs| needs.keys().cloned()).collect(),
        }
    }

    fn parameter(&self, parameter: &Value) -> Parameter {
        let parameter = self.follow(parameter);
        let text = |name: &str| parameter[name].as_str().unwrap_or_default().to_owned();
        let place = text("in");
        let style = match (text("style"), place.as_str()) {
            (style, "path" | "header") if style.is_empty() => "simple".to_owned(),
            (style, _) if style.is_empty() => "form".to_owned(),
            (style, _) => style,
        };
        let explode = parameter["explode"].as_bool().unwrap_or(style == "form");
        let content = parameter["content"].as_object().and_then(|content| content.values().next());
        let schema = content.map_or(&parameter["schema"], |media| &media["schema"]);
        Parameter { name: text("name"), place, style, explode, schema: self.schema(schema, 0) }
    }

    /// A schema with what it refers to, as deep as a parameter goes.
    fn schema(&self, schema: &Value, depth: usize) -> Value {
        let mut schema = self.follow(schema);
        if depth > 4 {
            return schema;
        }
        if let Some([only]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            return self.schema(only, depth + 1);
        }
        for name in ["items", "additionalProperties", "unevaluatedProperties"] {
            if let Some(inner) = schema.get(name).filter(|inner| inner.is_object()) {
                schema[name] = self.schema(inner, depth + 1);
            }
        }
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let properties = properties.iter().map(|(name, inner)| (name.clone(), self.schema(inner, depth + 1)));
            schema["properties"] = Value::Object(properties.collect());
        }
        schema
    }
}
