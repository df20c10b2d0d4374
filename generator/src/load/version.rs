//! Which specification a description follows.

use super::{At, Kind};
use crate::diag::Code;
use crate::ir::Origin;

/// Versions of OpenAPI that differ in what they can say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V2,
    /// OpenAPI 3.0.
    #[default]
    V30,
    /// OpenAPI 3.1.
    V31,
    /// OpenAPI 3.2.
    V32,
}

/// Why a document is turned away.
#[derive(Debug)]
pub(super) struct Refused {
    pub code: Code,
    pub at: Origin,
    pub message: String,
    pub help: Option<String>,
}

/// The version that a document says it follows.
///
/// # Errors
/// When it is no description of an API, or one of a version that cannot be read.
pub(super) fn version(root: At<'_>) -> Result<Version, Refused> {
    let refuse = |code, at: At<'_>, message: String, help: Option<&str>| {
        Err(Refused { code, at: at.origin(), message, help: help.map(str::to_owned) })
    };
    if let Some(at) = root.get("openapi") {
        let text = text(at);
        return match series(&text) {
            Some((3, None | Some(0))) => Ok(Version::V30),
            Some((3, Some(1))) => Ok(Version::V31),
            Some((3, Some(2))) => Ok(Version::V32),
            _ => refuse(
                Code::Version,
                at,
                format!("`openapi: {text}` is not a version that can be read"),
                Some("3.0, 3.1 and 3.2 can be read"),
            ),
        };
    }
    if let Some(at) = root.get("swagger") {
        let text = text(at);
        return match series(&text) {
            Some((2, None | Some(0))) => Ok(Version::V2),
            _ => refuse(
                Code::Version,
                at,
                format!("`swagger: {text}` is not a version that can be read"),
                Some("the last version under that name was 2.0"),
            ),
        };
    }
    if let Some(at) = root.get("swaggerVersion") {
        return refuse(
            Code::Version,
            at,
            format!("Swagger {} is not a version that can be read", text(at)),
            Some("convert it to OpenAPI 3 first"),
        );
    }
    let other = [
        ("asyncapi", "an AsyncAPI document"),
        ("arazzo", "an Arazzo document"),
        ("overlay", "an OpenAPI Overlay; it is applied to a description, not read by itself"),
        ("discoveryVersion", "a Google Discovery document"),
        ("smithy", "a Smithy model"),
        ("__schema", "a GraphQL schema"),
        ("$schema", "a JSON Schema, not a description of an API"),
    ];
    if let Some((key, what)) = other.iter().find(|(key, _)| root.get(key).is_some()) {
        return refuse(Code::NotASpec, root.get(key).unwrap_or(root), format!("this is {what}"), Some(START));
    }
    let message = match root.node.kind {
        Kind::Object(_) if root.get("item").is_some() && root.get("info").is_some() => {
            "this is a Postman collection".to_owned()
        }
        Kind::Object(_) if ["paths", "components", "definitions"].iter().any(|key| root.get(key).is_some()) => {
            "the version is missing".to_owned()
        }
        Kind::Object(_) => "this object is no API description: it has neither `openapi` nor `swagger`".to_owned(),
        Kind::Null => "the document is empty".to_owned(),
        _ => format!("a description is an object, but this is {}", root.node.type_name()),
    };
    refuse(Code::NotASpec, root, message, Some(START))
}

const START: &str = "a description starts with `openapi: 3.x.y` or `swagger: \"2.0\"`";

fn text(at: At<'_>) -> String {
    at.as_str().or_else(|| at.as_number()).map_or_else(|| at.node.to_json(), str::to_owned)
}

/// `3.0.3`, `3.1`, `3`: the first two numbers. What comes behind them (`-rc2`) does not matter.
fn series(text: &str) -> Option<(u32, Option<u32>)> {
    let mut parts = text.trim().trim_start_matches(['v', 'V']).split(['.', '-', '+']);
    let major = parts.next()?.parse().ok()?;
    match parts.next() {
        None => Some((major, None)),
        Some(minor) => Some((major, Some(minor.parse().ok()?))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, yaml};
    use super::*;

    fn of(text: &str) -> Result<Version, (Code, String)> {
        let tree = yaml::parse(text, &Limits::default()).unwrap();
        version(At { file: 0, node: &tree.root }).map_err(|refused| (refused.code, refused.message))
    }

    #[test]
    fn versions() {
        assert_eq!(of("openapi: 3.0.3"), Ok(Version::V30));
        assert_eq!(of("openapi: 3.0"), Ok(Version::V30));
        assert_eq!(of("openapi: '3'"), Ok(Version::V30));
        assert_eq!(of("openapi: 3.0.0-rc2"), Ok(Version::V30));
        assert_eq!(of("openapi: 3.1.1"), Ok(Version::V31));
        assert_eq!(of("openapi: 3.2.0"), Ok(Version::V32));
        assert_eq!(of("swagger: '2.0'"), Ok(Version::V2));
        assert_eq!(of("swagger: 2.0"), Ok(Version::V2));
        assert_eq!(of("swagger: 2"), Ok(Version::V2));
    }

    #[test]
    fn what_is_refused_says_why() {
        let refused = |code, message: &str| Err((code, message.to_owned()));
        assert_eq!(of("openapi: 4.0.0"), refused(Code::Version, "`openapi: 4.0.0` is not a version that can be read"));
        assert_eq!(of("openapi: []"), refused(Code::Version, "`openapi: []` is not a version that can be read"));
        assert_eq!(
            of("swaggerVersion: '1.2'"),
            refused(Code::Version, "Swagger 1.2 is not a version that can be read")
        );
        assert_eq!(of("asyncapi: 2.0.0"), refused(Code::NotASpec, "this is an AsyncAPI document"));
        assert_eq!(of("paths: {}"), refused(Code::NotASpec, "the version is missing"));
        assert_eq!(
            of("a: 1"),
            refused(Code::NotASpec, "this object is no API description: it has neither `openapi` nor `swagger`")
        );
        assert_eq!(of("[1]"), refused(Code::NotASpec, "a description is an object, but this is an array"));
        assert_eq!(of(""), refused(Code::NotASpec, "the document is empty"));
    }
}
