//! Where every page and anchor of an API is, and how pages link to each other.

use std::collections::{BTreeMap, BTreeSet};

use super::homes::homes;
use super::markdown;
use super::users::Users;
use crate::emit::{rust::Cx, text};
use crate::ir::{Api, Id as _, OpId, Shape, Tag, TagId, TypeId};
use crate::plan::{ApiPlan, Plan};

/// With more operations than this, each tag has a page of its own.
const OPERATIONS_PER_PAGE: usize = 60;

/// Headings of the pages themselves: an operation of that name gets another anchor.
const HEADINGS: &[&str] = &[
    "credentials",
    "errors",
    "example",
    "operations",
    "pages",
    "parameters",
    "request-body",
    "response-headers",
    "return-type",
    "servers",
    "waiting",
];

/// The same on the page of a model.
const MODEL_HEADINGS: &[&str] = &["example", "fields", "used-by", "values", "variants"];

/// The page of operations, of credentials and errors, of what was left out, of webhooks, and the index of models.
pub(super) const OPERATIONS: &str = "README.md";
pub(super) const AUTH: &str = "errors-and-auth.md";
pub(super) const LEFT_OUT: &str = "left-out.md";
pub(super) const HOOKS: &str = "webhooks.md";
pub(super) const MODELS: &str = "models/README.md";

/// The pages of one API. Paths are relative to its folder.
pub(super) struct Site<'a> {
    pub(super) api: &'a Api,
    pub(super) plan: &'a Plan,
    pub(super) own: &'a ApiPlan,
    /// Its folder, such as `docs/kore-ai`.
    pub(super) folder: String,
    /// Tags that have operations, with these, each before those inside of it.
    pub(super) tags: Vec<(TagId, Vec<OpId>)>,
    /// Whether each tag has a page of its own.
    pub(super) split: bool,
    tag_pages: Vec<String>,
    op_anchors: Vec<String>,
    scheme_anchors: Vec<String>,
    models: Vec<Option<Place>>,
    /// For each page of a model the others that stand on it, in the order of the document.
    inner: BTreeMap<TypeId, Vec<TypeId>>,
    /// Who uses each model.
    pub(super) users: Users,
}

/// Where a model is described.
struct Place {
    page: String,
    /// Nothing where the page is its own.
    anchor: Option<String>,
}

impl<'a> Site<'a> {
    pub(super) fn new(api: &'a Api, plan: &'a Plan, own: &'a ApiPlan, folder: String) -> Self {
        let of = |tag: TagId| api.ops.iter().filter(|(_, op)| op.tag == tag).map(|(id, _)| id).collect::<Vec<_>>();
        let tags: Vec<(TagId, Vec<OpId>)> =
            api.tag_tree().into_iter().map(|tag| (tag, of(tag))).filter(|(_, ops)| !ops.is_empty()).collect();
        let split = api.ops.len() > OPERATIONS_PER_PAGE && tags.len() > 1;
        let mut pages = Taken::of(&["readme", "errors-and-auth", "left-out", "models", "webhooks"]);
        let tag_pages = api
            .tags
            .iter()
            .map(|(id, tag)| format!("{}.md", pages.take(or(&tag.name, &own.names.tags, id.index()))))
            .collect();
        let mut anchors = Taken::of(HEADINGS);
        let op_anchors = api.ops.iter().map(|(id, _)| anchors.take(&own.op(id).method)).collect();
        let mut anchors = Taken::of(&["a-call", "credentials", "errors", "unknown-values"]);
        let scheme_anchors = api.schemes.iter().map(|scheme| anchors.take(&scheme.name)).collect();
        let users = Users::of(api);
        let (models, inner) = models(api, own, &users);
        Self { users, inner, api, plan, own, folder, tags, split, tag_pages, op_anchors, scheme_anchors, models }
    }

    pub(super) fn cx(&self) -> Cx<'a> {
        Cx { api: self.api, plan: self.plan, own: self.own }
    }

    /// Path of a page within the output.
    pub(super) fn path(&self, page: &str) -> String {
        format!("{}/{page}", self.folder)
    }

    /// The API's title.
    pub(super) fn title(&self) -> String {
        markdown::label(if self.api.info.title.trim().is_empty() { &self.api.name } else { &self.api.info.title })
    }

    /// Page of a tag.
    pub(super) fn tag_page(&self, tag: TagId) -> &str {
        if self.split { self.tag_pages.get(tag.index()).map_or(OPERATIONS, String::as_str) } else { OPERATIONS }
    }

    /// A tag's heading.
    pub(super) fn tag_title(&self, tag: TagId) -> String {
        let Tag { name, title, .. } = &self.api.tags[tag];
        let name = title.as_ref().unwrap_or(name);
        if name.trim().is_empty() { "Other operations".to_owned() } else { markdown::label(name) }
    }

    /// A tag's heading with those of the tags that it stands in.
    pub(super) fn tag_path(&self, tag: TagId) -> String {
        let chain: Vec<String> = self.api.tag_chain(tag).into_iter().map(|id| self.tag_title(id)).collect();
        chain.join(" › ")
    }

    /// Anchor of an operation on its page.
    pub(super) fn anchor(&self, id: OpId) -> &str {
        self.op_anchors.get(id.index()).map_or("", String::as_str)
    }

    /// Anchor of a security scheme on the page of credentials.
    pub(super) fn scheme_anchor(&self, index: usize) -> &str {
        self.scheme_anchors.get(index).map_or("", String::as_str)
    }

    /// Page of a model, if it is part of the output.
    pub(super) fn model(&self, id: TypeId) -> Option<&str> {
        self.models.get(id.index())?.as_ref().map(|place| place.page.as_str())
    }

    /// Anchor of a model on the page of another.
    pub(super) fn model_anchor(&self, id: TypeId) -> Option<&str> {
        self.models.get(id.index())?.as_ref()?.anchor.as_deref()
    }

    /// The models that stand on the page of another one.
    pub(super) fn inner_models(&self, id: TypeId) -> &[TypeId] {
        self.inner.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The address of a model; nothing for the page itself and for what is not part of the output.
    pub(super) fn model_target(&self, from: &str, id: TypeId) -> Option<String> {
        let page = self.model(id)?;
        match self.model_anchor(id) {
            Some(anchor) if page == from => Some(format!("#{anchor}")),
            Some(anchor) => Some(format!("{}#{anchor}", relative(from, page))),
            None => (page != from).then(|| relative(from, page)),
        }
    }

    /// A link to an operation, with its method as text.
    pub(super) fn op_link(&self, from: &str, id: OpId) -> String {
        let text = markdown::code(self.own.op(id).method.trim_start_matches("r#"));
        markdown::link(&text, &self.op_target(from, id))
    }

    pub(super) fn op_target(&self, from: &str, id: OpId) -> String {
        let page = self.tag_page(self.api.ops[id].tag);
        let anchor = self.anchor(id);
        if page == from { format!("#{anchor}") } else { format!("{}#{anchor}", relative(from, page)) }
    }

    /// A link to a security scheme, with its name as text.
    pub(super) fn scheme_link(&self, from: &str, name: &str) -> String {
        let text = markdown::code_cell(name);
        match self.api.schemes.iter().position(|scheme| scheme.name == name) {
            Some(index) if from == AUTH => markdown::link(&text, &format!("#{}", self.scheme_anchor(index))),
            Some(index) => markdown::link(&text, &format!("{}#{}", relative(from, AUTH), self.scheme_anchor(index))),
            None => text,
        }
    }

    /// A Rust type as a code span that links to the page of the model in it.
    pub(super) fn type_link(&self, from: &str, shape: &Shape, text: &str) -> String {
        let text = markdown::code_cell(text);
        let target = match shape.core() {
            Shape::Named(id) => self.model_target(from, *id),
            _ => None,
        };
        target.map_or_else(|| text.clone(), |target| markdown::link(&text, &target))
    }

    /// A shape as a linked Rust type.
    pub(super) fn shape_link(&self, from: &str, shape: &Shape) -> String {
        self.type_link(from, shape, &text::shape(self.api, self.own, shape))
    }
}

/// Where each model stands, and which stand on whose page.
fn models(api: &Api, own: &ApiPlan, users: &Users) -> (Vec<Option<Place>>, BTreeMap<TypeId, Vec<TypeId>>) {
    let mut files = Taken::of(&["readme"]);
    let mut pages: Vec<Option<String>> = Vec::with_capacity(api.types.len());
    let homes = homes(api, users);
    // The page of one that is no part of the output is no home.
    let home = |id: TypeId| homes.get(id.index()).copied().filter(|home| *home != id && emitted(own, *home).is_some());
    for id in api.types.ids() {
        pages.push(
            emitted(own, id).filter(|_| home(id).is_none()).map(|name| format!("models/{}.md", files.take(name))),
        );
    }
    let mut anchors: BTreeMap<TypeId, Taken> = BTreeMap::new();
    let mut inner: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let place = |id: TypeId| {
        let name = emitted(own, id)?;
        let Some(home) = home(id) else {
            return pages.get(id.index())?.clone().map(|page| Place { page, anchor: None });
        };
        let page = pages.get(home.index())?.clone()?;
        inner.entry(home).or_default().push(id);
        let taken = anchors.entry(home).or_insert_with(|| Taken::of(MODEL_HEADINGS));
        Some(Place { page, anchor: Some(taken.take(name)) })
    };
    (api.types.ids().map(place).collect(), inner)
}

/// Name of a type that is part of the output.
fn emitted(own: &ApiPlan, id: TypeId) -> Option<&str> {
    let name = own.names.types.get(id.index()).filter(|name| !name.is_empty())?;
    own.facts.emitted.get(id.index()).copied().unwrap_or(true).then_some(name.as_str())
}

fn or<'a>(name: &'a str, names: &'a [String], index: usize) -> &'a str {
    if name.trim().is_empty() { names.get(index).map_or("other", String::as_str) } else { name }
}

/// The address of one page as another writes it.
pub(super) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let same = from.iter().zip(&to).take(from.len().min(to.len()) - 1).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(from.len() - 1 - same);
    out.push_str(&to[same..].join("/"));
    out
}

/// Names that are safe in a path and in an anchor, and differ in more than case.
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    pub(super) fn of(names: &[&str]) -> Self {
        Self(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// A name made from a text: letters, digits, `-` and `_` stay.
    pub(super) fn take(&mut self, text: &str) -> String {
        let text = text.trim_start_matches("r#");
        let mut name = String::new();
        for c in text.chars().take(80) {
            match c {
                c if c.is_ascii_alphanumeric() || c == '_' => name.push(c),
                _ if name.ends_with('-') || name.is_empty() => {}
                _ => name.push('-'),
            }
        }
        let name = name.trim_end_matches('-');
        let name = if name.is_empty() { "x" } else { name };
        // Names that Windows keeps for devices, whatever comes after the dot.
        let lower = name.to_ascii_lowercase();
        let device = matches!(lower.as_str(), "con" | "prn" | "aux" | "nul")
            || (lower.len() == 4
                && (lower.starts_with("com") || lower.starts_with("lpt"))
                && lower.ends_with(|c: char| c.is_ascii_digit()));
        let mut free = if device { format!("{name}_") } else { name.to_owned() };
        let mut number = 2;
        while !self.0.insert(free.to_ascii_lowercase()) {
            free = format!("{name}-{number}");
            number += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_differ() {
        let mut taken = Taken::of(&["readme"]);
        let names = ["Pet", "PET", "README", "con", "COM1", "r#type", "a/../b", "é", "", "Pet-2", "x"];
        let got: Vec<String> = names.iter().map(|name| taken.take(name)).collect();
        assert_eq!(got, ["Pet", "PET-2", "README-2", "con_", "COM1_", "type", "a-b", "x", "x-2", "Pet-2-2", "x-3"]);
    }

    #[test]
    fn many_equal_names_stay_apart() {
        let mut taken = Taken::of(&[]);
        let names: BTreeSet<String> = (0..100).map(|_| taken.take("É")).collect();
        assert_eq!(names.len(), 100);
    }

    #[test]
    fn addresses_are_relative() {
        assert_eq!(relative("README.md", "models/A.md"), "models/A.md");
        assert_eq!(relative("models/A.md", "models/B.md"), "B.md");
        assert_eq!(relative("models/A.md", "README.md"), "../README.md");
        assert_eq!(relative("docs/README.md", "docs/a/README.md"), "a/README.md");
        assert_eq!(relative("README.md", "docs/a/README.md"), "docs/a/README.md");
    }
}
