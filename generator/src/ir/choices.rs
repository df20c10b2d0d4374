//! What the settings of an API decide about it, by the ids of the API. Empty when there are no settings.

use std::collections::BTreeMap;

use super::{OpId, Origin, TagId, TypeId};

/// Choices of the settings that concern names, modules and features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    /// Names that replace those made from the description.
    pub names: GivenNames,
    /// Whether all operations stand in one module, and all models in another.
    pub single_module: bool,
    /// From how many operations on each tag has a feature of its own.
    pub per_tag: Option<usize>,
    /// Which features of the API are on by default.
    pub default_features: DefaultFeatures,
}

/// Which features of an API are on by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DefaultFeatures {
    /// All of them.
    #[default]
    All,
    /// None of them.
    Nothing,
    /// That of the API, and those of some tags; with the place where the settings say so.
    Tags(Vec<(TagId, Origin)>),
}

/// Names that the settings give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenNames {
    /// Types.
    pub types: BTreeMap<TypeId, GivenName>,
    /// Members of structs, by type and index.
    pub fields: BTreeMap<(TypeId, usize), GivenName>,
    /// Values of enums and variants of unions, by type and index.
    pub variants: BTreeMap<(TypeId, usize), GivenName>,
    /// Methods of the client.
    pub ops: BTreeMap<OpId, GivenName>,
    /// Parameters, by operation and index.
    pub params: BTreeMap<(OpId, usize), GivenName>,
    /// Modules of tags.
    pub tags: BTreeMap<TagId, GivenName>,
    /// Security schemes, by index.
    pub schemes: BTreeMap<usize, GivenName>,
}

/// A name that the settings give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenName {
    /// The name, as it is to be.
    pub name: String,
    /// Where the settings say so.
    pub at: Origin,
}
