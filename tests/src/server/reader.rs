//! From the types of `openapiv3` to what the server works with.

use super::description::{Body, Declared, Description, Example, KeyPlace, Operation, Parameter, Place, Scheme};
use openapiv3::{
    APIKeyLocation, Components, MediaType, OpenAPI, ParameterSchemaOrContent, ReferenceOr, Response, Schema,
    SecurityRequirement, SecurityScheme, StatusCode,
};
use serde_json::Value;

/// Reads one document; panics at what the server has no use for, so that nothing is passed over.
pub(super) struct Reader<'d> {
    api: &'static str,
    document: &'d OpenAPI,
}

impl<'d> Reader<'d> {
    pub(super) fn new(api: &'static str, document: &'d OpenAPI) -> Self {
        Self { api, document }
    }

    pub(super) fn description(&self) -> Description {
        let items = self.document.paths.iter();
        let operations = items.flat_map(|(path, item)| {
            let item = item.as_item().expect("a path item");
            item.iter().map(|(method, operation)| self.operation(path, method, &item.parameters, operation))
        });
        Description {
            api: self.api,
            operations: operations.collect(),
            schemes: self.schemes(),
            document: self.document.clone(),
        }
    }

    fn operation(
        &self,
        path: &str,
        method: &str,
        shared: &[ReferenceOr<openapiv3::Parameter>],
        operation: &openapiv3::Operation,
    ) -> Operation {
        let own = operation.parameters.iter().map(|parameter| self.parameter(parameter)).collect::<Vec<_>>();
        let inherited = shared.iter().map(|parameter| self.parameter(parameter));
        let inherited =
            inherited.filter(|outer| !own.iter().any(|inner| inner.name == outer.name && inner.place == outer.place));
        let parameters = inherited.collect::<Vec<_>>().into_iter().chain(own).collect();
        let security = operation.security.as_ref().or(self.document.security.as_ref());
        let body = operation.request_body.as_ref().map(|body| {
            let body = follow(body, &self.components().request_bodies);
            let media = &body.content["application/json"];
            Body { required: body.required, schema: self.schema_of(media), examples: self.examples(media) }
        });
        let responses = &operation.responses;
        let mut answers: Vec<Declared> = responses
            .responses
            .iter()
            .map(|(status, response)| {
                let StatusCode::Code(status) = *status else { panic!("a range of statuses") };
                self.declared(Some(status), response)
            })
            .collect();
        answers.extend(responses.default.iter().map(|response| self.declared(None, response)));
        Operation {
            api: self.api,
            id: operation.operation_id.clone().expect("an operationId"),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            parameters,
            security: security.into_iter().flatten().map(names).collect(),
            body,
            answers,
        }
    }

    fn parameter(&self, parameter: &ReferenceOr<openapiv3::Parameter>) -> Parameter {
        let parameter = follow(parameter, &self.components().parameters);
        let place = match parameter {
            openapiv3::Parameter::Path { .. } => Place::Path,
            openapiv3::Parameter::Query { .. } => Place::Query,
            openapiv3::Parameter::Header { .. } => Place::Header,
            openapiv3::Parameter::Cookie { .. } => Place::Cookie,
        };
        let data = parameter.parameter_data_ref();
        let ParameterSchemaOrContent::Schema(schema) = &data.format else { panic!("{} has content", data.name) };
        let schema = follow(schema, &self.components().schemas).clone();
        Parameter { name: data.name.clone(), place, required: data.required, schema }
    }

    fn declared(&self, status: Option<u16>, response: &ReferenceOr<Response>) -> Declared {
        let response = follow(response, &self.components().responses);
        let headers = response.headers.iter().filter_map(|(name, header)| {
            let example = follow(header, &self.components().headers).example.as_ref()?;
            Some((name.clone(), plain(example)))
        });
        let media = response.content.get("application/json");
        Declared {
            status,
            headers: headers.collect(),
            has_body: media.is_some(),
            examples: media.map(|media| self.examples(media)).unwrap_or_default(),
        }
    }

    fn examples(&self, media: &MediaType) -> Vec<Example> {
        let named = media.examples.iter().map(|(name, example)| {
            let example = follow(example, &self.components().examples);
            Example { name: name.clone(), value: example.value.clone().unwrap_or(Value::Null) }
        });
        let single = media.example.iter().map(|value| Example { name: "example".to_owned(), value: value.clone() });
        named.chain(single).collect()
    }

    fn schema_of(&self, media: &MediaType) -> Schema {
        follow(media.schema.as_ref().expect("a schema"), &self.components().schemas).clone()
    }

    fn schemes(&self) -> Vec<Scheme> {
        let schemes = self.components().security_schemes.iter();
        let key = |scheme: &SecurityScheme| match scheme {
            SecurityScheme::APIKey { location: APIKeyLocation::Header, name, .. } => KeyPlace::Header(name.clone()),
            SecurityScheme::OAuth2 { .. } => KeyPlace::Bearer,
            other => panic!("the server does not know this scheme: {other:?}"),
        };
        schemes
            .map(|(name, scheme)| Scheme { name: name.clone(), key: key(scheme.as_item().expect("a scheme")) })
            .collect()
    }

    fn components(&self) -> &'d Components {
        self.document.components.as_ref().expect("components")
    }
}

/// What stands here, or what a `$ref` leads to.
pub(super) fn follow<'d, T>(found: &'d ReferenceOr<T>, among: &'d indexmap::IndexMap<String, ReferenceOr<T>>) -> &'d T {
    match found {
        ReferenceOr::Item(item) => item,
        ReferenceOr::Reference { reference } => {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let target = among.get(name).unwrap_or_else(|| panic!("{reference} leads nowhere"));
            follow(target, among)
        }
    }
}

fn names(requirement: &SecurityRequirement) -> Vec<String> {
    requirement.keys().cloned().collect()
}

/// A value as it stands in a header field.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
