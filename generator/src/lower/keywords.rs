//! What the keywords of a schema are about.

use crate::load::{At, Kind};

/// The reference that a schema is.
pub(super) fn reference_of(at: At<'_>) -> Option<&str> {
    at.str("$ref").or_else(|| at.str("$dynamicRef"))
}

/// Whether a schema only says which members there must be, or sets limits: it chooses no shape.
pub(super) fn is_constraint(at: At<'_>) -> bool {
    at.is_object()
        && !at.is_empty()
        && at.entries().all(|(key, value)| match key {
            "required" | "not" => true,
            // `properties: {a: {}}` beside `required` is how some name a member.
            "properties" => value.entries().all(|(_, member)| member.is_object() && member.is_empty()),
            "oneOf" | "anyOf" | "allOf" => value.items().all(is_constraint),
            key => says_no_shape(key) || LIMITS.contains(&key),
        })
}

/// Whether a keyword says something of the shape of a value.
pub(super) fn adds_shape(key: &str) -> bool {
    SHAPE.contains(&key)
}

/// Whether a schema has a keyword of its own that a type could follow from.
pub(super) fn says_something(at: At<'_>) -> bool {
    at.entries().any(|(key, value)| match key {
        // A parameter of 2.0 is its own schema, and `required` is a flag there.
        "required" => matches!(value.node.kind, Kind::Array(_)),
        key => adds_shape(key) || LIMITS.contains(&key),
    })
}

/// Keywords that only make sense for one kind of value.
pub(super) const KINDS: &[(&str, &[&str])] = &[
    (
        "object",
        &[
            "properties",
            "additionalProperties",
            "required",
            "patternProperties",
            "unevaluatedProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "dependentSchemas",
        ],
    ),
    ("array", &["items", "prefixItems", "minItems", "maxItems", "contains", "uniqueItems", "unevaluatedItems"]),
    ("string", &["contentEncoding", "contentMediaType", "contentSchema", "pattern", "minLength", "maxLength"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
];

/// Whether a schema stands where something should that has one inside.
pub(super) fn is_schema_instead(at: At<'_>) -> bool {
    let is_wrapped = ["content", "schema", "itemSchema", "headers"].iter().any(|key| at.get(key).is_some());
    !is_wrapped && (says_something(at) || at.get("allOf").is_some())
}

/// Whether all that an object says is said by other keywords than those of schemas.
pub(super) fn is_no_schema(at: At<'_>) -> bool {
    const OTHERS: &[&str] = &[
        "allOf",
        "definitions",
        "dependentRequired",
        "discriminator",
        "id",
        "if",
        "maxContains",
        "minContains",
        "not",
        "nullable",
    ];
    let mut said = at.entries().map(|(key, _)| key).filter(|key| !says_no_shape(key)).peekable();
    let is_of_schemas = |key: &str| key.starts_with('$') || OTHERS.contains(&key);
    said.peek().is_some() && !says_something(at) && !said.any(is_of_schemas)
}

/// Keywords from which a shape follows.
const SHAPE: &[&str] = &[
    "$dynamicRef",
    "additionalItems",
    "additionalProperties",
    "anyOf",
    "const",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependencies",
    "dependentSchemas",
    "else",
    "enum",
    "format",
    "items",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
    "required",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords that narrow a value, and tell its kind where nothing else does.
const LIMITS: &[&str] = &[
    "contains",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "propertyNames",
    "uniqueItems",
];

/// Whether a keyword limits the values of a type.
pub(super) fn adds_limit(key: &str) -> bool {
    LIMITS.contains(&key)
}

/// Whether a keyword says nothing of the shape of a value.
pub(super) fn says_no_shape(key: &str) -> bool {
    const PROSE: &[&str] = &[
        "$comment",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    ];
    PROSE.contains(&key) || key.starts_with("x-")
}
